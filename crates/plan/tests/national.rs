//! A committee's progress paper against a register that has two of its three inspections, on both engines.

#![expect(clippy::unwrap_used, reason = "a helper of a test is not seen as one")]

#[path = "national/older.rs"]
mod older;

use std::collections::BTreeMap;

use import::NationalPaper;
use jiff::{Timestamp, civil::Date};
use journal::{Actor, AsAt, Id, Journal, Refusal, Tx, act, clear, dump, entries, head, testing::engines};
use plan::{
    Memory, TABLES,
    inspection::{
        rows::Inspections,
        rules::{Command as Register, Details, Known as Others},
    },
    pages::recall,
    published::{
        carry::{When, digest},
        national::{
            carry::{PaperSource, carry_paper},
            rules::{Held, PaperComparison},
        },
        rules::Compared,
    },
    recommendation::{
        rows::Recommendations,
        rules::{Command, Known, Printed},
        status::Status,
    },
    refold,
    register::{
        rows::load,
        rules::{Item, Register as Whole},
    },
    target::{self, rows::Targets},
};

/// An invented paper in the shape of a published one. Night Desk is of 2020 and was published in March 2021.
const PAPER: &str = "<b>Meeting</b>\t<b>Night Performance Committee</b>\n\
<b>Date</b>\t<b>16 September 2025</b>\n\
<b>Title of Paper</b>\t<b>Night Improvement Plans – Progress Summary</b>\n\n\
## 2. CLOSURES WITHIN REPORTING PERIOD\n\n- 2.1 Over the reporting period 3 recommendations were closed.\n\n\
Night Desk (2021)\t\nRecommendation\tWhat we did and the impact\n\
R2 Borderland Police should answer.\tThe desk answers.\n\
R7 Borderland Police should call back.\tIt calls back.\n\
R8 Borderland Police should ring.\tIt rings.\n\n\
### 3. OPEN RECOMMENDATIONS\n\n\
<b>Publication</b>\t<b>Closed</b>\t<b>Open (Delayed)</b>\t<b>Business Plan Link (direct links only)</b>\n\
Night Desk\t3\t5 (2)\tSafer Nights 1.02\n\n\
<b>Night Desk 2020</b>\t\n<b>Recommendation</b>\t<b>What we are doing</b>\n\
R3 Borderland Police should listen.\t<p>A group listens.</p> <p>The initial target for completion was Sept 2022. Revised timescales are awaited.</p> <p>Risk: Nobody hears.</p>\n\
R4 Borderland Police should write it down.\t<p>As above.</p> <p>The initial target date was 31 July 2024, revised to 31 March 2026.</p>\n\
R5 Borderland Police should read.\t<p>As above.</p>\n\
R6 Borderland Police should rest.\t<p>It rests. The target date for delivery is January 2026.</p>\n\
R9 Borderland Police should wake.\t<p>It wakes.</p>\n\n\
Hushed Streets 2023\t\nRecommendation\tWhat we are doing\n\
R1 Borderland Police should hush.\t<p>Work goes on.</p> <p>The target date for delivery is May 2026.</p> <p>Risk: Noise.</p>\n\n\
Lantern Audit 2019\t\nRecommendation\tWhat we are doing\n\
R1 Borderland Police should count lanterns.\t<p>They are counted.</p>\n";

fn paper(text: &str) -> NationalPaper {
    let sheets = import::read("paper.txt", text.as_bytes()).unwrap();
    assert!(import::is_national(&sheets));
    import::place_paper(&sheets).unwrap()
}

/// A day's clock and the person who does it all.
struct Desk {
    who: Actor,
    now: Timestamp,
    today: Date,
}

impl Desk {
    fn on(day: &str) -> Self {
        let who = Actor { who: "tester".into(), role: "audit_manager".into(), task: "Import".into() };
        Self { who, now: format!("{day}T10:00:00Z").parse().unwrap(), today: day.parse().unwrap() }
    }

    async fn inspect(&self, tx: &mut Tx, title: &str, code: &str, published_on: &str) -> Id {
        let id = Id::new(self.now);
        let details = Details {
            title: title.into(),
            code: code.into(),
            kind: "audit".into(),
            published_on: published_on.into(),
            inspectorate: "HMICS".into(),
            addressees: "Caledonia Police".into(),
        };
        let command = Register::Register(details);
        act::<Inspections>(tx, &self.who, self.now, &id, &Others::default(), command).await.unwrap().unwrap();
        id
    }

    async fn make(&self, tx: &mut Tx, inspection: &Id, reference: &str, text: &str) -> Id {
        let id = Id::new(self.now);
        let printed = Printed {
            inspection: Some(inspection.clone()),
            reference: reference.into(),
            text: text.into(),
            ..Printed::default()
        };
        self.change(tx, &id, Command::Make(printed)).await;
        id
    }

    async fn change(&self, tx: &mut Tx, id: &Id, command: Command) {
        let known = Known { today: self.today, taken: BTreeMap::new(), successor: None };
        act::<Recommendations>(tx, &self.who, self.now, id, &known, command).await.unwrap().unwrap();
    }

    async fn target(&self, tx: &mut Tx, id: &Id, words: &str) {
        let command = target::rules::Command::Set { target: words.into() };
        let recommendation = recall(tx, id).await.unwrap();
        let known = target::pages::known_of(tx, recommendation).await.unwrap();
        act::<Targets>(tx, &self.who, self.now, id, &known, command).await.unwrap().unwrap();
    }

    async fn propose(&self, tx: &mut Tx, id: &Id) {
        self.change(tx, id, Command::AssembleEvidence { evidence: "All of it".into() }).await;
        self.change(tx, id, Command::ProposeClosure { what_we_did: "It".into(), impact: "Better".into() })
            .await;
    }

    /// The register before the paper: two of its three inspections, and one that it does not name.
    async fn begin(&self, journal: &Journal) {
        let mut tx = journal.begin().await.unwrap();
        let night = self.inspect(&mut tx, "Night Desk 2020", "ND20", "2021-03-10").await;
        self.make(&mut tx, &night, "1", "Borderland Police should greet.").await;
        let two = self.make(&mut tx, &night, "2", "Borderland Police should answer.").await;
        self.propose(&mut tx, &two).await;
        let three = self.make(&mut tx, &night, "R03", "Borderland Police should listen.").await;
        self.target(&mut tx, &three, "June 2022").await;
        let four = self.make(&mut tx, &night, "4", "Borderland Police should write.").await;
        self.target(&mut tx, &four, "31 July 2024").await;
        self.make(&mut tx, &night, "5", "Borderland Police should read.").await;
        let six = self.make(&mut tx, &night, "6", "Borderland Police should rest.").await;
        self.target(&mut tx, &six, "December 2025").await;
        self.make(&mut tx, &night, "7", "Borderland Police should call back.").await;
        let nine = self.make(&mut tx, &night, "9", "Borderland Police should wake.").await;
        self.propose(&mut tx, &nine).await;
        self.change(&mut tx, &nine, Command::Discharge { reason: "Enough".into() }).await;
        self.inspect(&mut tx, "HUSHED STREETS", "HS23", "2023-05-02").await;
        let custody = self.inspect(&mut tx, "Custody", "C24", "2024-01-09").await;
        self.make(&mut tx, &custody, "1", "Borderland Police should keep custody.").await;
        tx.commit().await.unwrap();
    }

    /// Carries the paper in and commits it; a refusal is dropped with all that went before it.
    async fn carry(&self, journal: &Journal, text: &str) -> Result<PaperComparison, Refusal> {
        let mut tx = journal.begin().await.unwrap();
        let when = When { who: &self.who, now: self.now, today: self.today };
        let source = PaperSource { file: "paper.txt".into(), digest: digest(text.as_bytes()) };
        let comparison = carry_paper(&mut tx, &when, &source, &paper(text)).await.unwrap()?;
        tx.commit().await.unwrap();
        Ok(comparison)
    }

    async fn register(&self, journal: &Journal) -> Whole {
        load(&mut journal.read().await.unwrap(), AsAt::Now, self.now).await.unwrap()
    }
}

async fn rows(journal: &Journal) -> (i64, Vec<String>) {
    let mut tx = journal.begin().await.unwrap();
    let head = head(&mut tx).await.unwrap();
    (head, dump(&mut tx, &TABLES).await.unwrap())
}

fn item<'a>(register: &'a Whole, label: &str) -> &'a Item {
    register.items.iter().find(|item| item.label() == label).unwrap()
}

/// "R3 Changed: Risk, Target, Update"
fn told(held: &Held) -> Vec<String> {
    let differences = |one: &Compared| {
        one.differences.iter().map(|differs| differs.what.clone()).collect::<Vec<_>>().join(", ")
    };
    let tell = |one: &Compared| format!("{} {:?}: {}", one.reference, one.stand, differences(one));
    held.comparison.compared.iter().map(tell).collect()
}

fn the_comparison(comparison: &PaperComparison) {
    let [night, hushed] = &comparison.held[..] else { panic!("{:?}", comparison.held) };
    assert_eq!((&*night.printed, &*night.title), ("Night Desk (2021)", "Night Desk 2020"));
    let [year] = &night.notes[..] else { panic!("{:?}", night.notes) };
    assert!(year.contains("“Night Desk (2021)”") && year.contains("published on 10 March 2021"), "{year}");
    assert_eq!((hushed.title.as_str(), hushed.notes.len()), ("HUSHED STREETS", 0));
    assert_eq!(
        told(night),
        [
            "R3 Changed: Risk, Update",
            "R4 Changed: Target, Update",
            "R5 Changed: Update",
            "R6 Changed: Target, Update"
        ]
    );
    assert_eq!(told(hushed), ["R1 New: "]);
    assert_eq!(comparison.tally(), (1, 4, 0));
    assert_eq!(
        (night.comparison.gone.as_slice(), hushed.comparison.gone.len()),
        (&["ND20-R1".to_owned()][..], 0)
    );

    // The inspectorate's words stay; the other first target is told.
    let compared = &night.comparison.compared;
    let kept: Vec<_> = compared.iter().map(|one| one.kept.len()).collect();
    assert_eq!(kept, [0, 1, 0, 0]);
    assert_eq!(compared[1].kept[0].now, "Borderland Police should write it down.");
    assert!(
        compared[0].notes.iter().any(|note| note.contains("September 2022") && note.contains("June 2022"))
    );

    let closed: Vec<_> = night.closed.iter().map(|one| (one.reference.as_str(), one.agrees)).collect();
    assert_eq!(closed, [("R2", false), ("R7", false), ("R8", false)]);
    for (told, part) in night.closed.iter().zip([
        "the register says proposed for closure: the inspectorate’s decision has to be recorded by the reviewer.",
        "the register says open: its evidence has to be assembled",
        "the register does not have it.",
    ]) {
        assert!(told.sentence.starts_with("The paper says closed; ") && told.sentence.contains(part), "{told:?}");
    }
    let [nine] = &night.not_carried[..] else { panic!("{:?}", night.not_carried) };
    assert!(nine.reference == "R9" && nine.why.contains("discharged on 1 September 2025"), "{nine:?}");

    let [lantern] = &comparison.missing[..] else { panic!("{:?}", comparison.missing) };
    assert_eq!((&*lantern.printed, lantern.open, lantern.closed), ("Lantern Audit 2019", 1, 0));
    assert!(lantern.why.contains("no inspection of the title “Lantern Audit”"), "{lantern:?}");
    let [custody] = &comparison.not_named[..] else { panic!("{:?}", comparison.not_named) };
    assert_eq!((&*custody.title, custody.open), ("Custody", 1));
}

fn the_register(register: &Whole) {
    let targets = |label: &str| -> Vec<String> {
        item(register, label).targets.iter().map(|given| given.target.iso()).collect()
    };
    let said = |label: &str| register.last_update(item(register, label)).unwrap_or_default();
    let three = item(register, "ND20-R3");
    assert_eq!(three.recommendation.risk_statement, "Nobody hears.");
    assert_eq!(
        (targets("ND20-R3"), said("ND20-R3")),
        (vec!["2022-06".to_owned()], "A group listens.".to_owned())
    );
    for label in ["ND20-R4", "ND20-R5"] {
        let [update] = &item(register, label).updates[..] else { panic!("{label}") };
        assert_eq!(update.inherited_from.as_ref(), Some(&three.id), "{label}");
        assert!(update.text.is_empty() && said(label).ends_with(": A group listens."), "{label}");
    }
    assert_eq!(targets("ND20-R4"), ["2024-07-31", "2026-03-31"]);
    let moved = item(register, "ND20-R4").targets.last().unwrap();
    assert_eq!(moved.reason, "As published in paper.txt (Night Performance Committee, 16 September 2025)");
    assert_eq!(item(register, "ND20-R4").recommendation.text, "Borderland Police should write.");
    // "The target date is" a later one: the target has moved, and the first is kept.
    assert_eq!(
        (targets("ND20-R6"), said("ND20-R6")),
        (vec!["2025-12".into(), "2026-01".into()], "It rests.".to_owned())
    );
    let hush = item(register, "HS23-R1");
    assert_eq!(hush.recommendation.text, "Borderland Police should hush.");
    assert_eq!(
        (targets("HS23-R1"), hush.recommendation.risk_statement.as_str()),
        (vec!["2026-05".to_owned()], "Noise.")
    );
    // Nothing is discharged by an import, and what was discharged is as it was.
    let status = |label: &str| item(register, label).recommendation.status;
    assert_eq!(
        ["ND20-R2", "ND20-R7", "ND20-R9"].map(status),
        [Status::ProposedForClosure, Status::Open, Status::Discharged]
    );
    assert!(item(register, "ND20-R9").updates.is_empty());
}

#[tokio::test]
async fn a_paper_is_compared_and_carried_once() {
    for t in engines().await {
        let (before, later) = (Desk::on("2025-09-01"), Desk::on("2025-09-16"));
        before.begin(&t.journal).await;
        let had = rows(&t.journal).await;
        let comparison = later.carry(&t.journal, PAPER).await.unwrap();
        the_comparison(&comparison);
        the_register(&later.register(&t.journal).await);
        let carried = rows(&t.journal).await;
        assert!(carried.0 > had.0);

        // The same file again; and the same paper in another file, which no digest knows.
        for (text, seen) in [(PAPER.to_owned(), true), (format!("{PAPER}\n\n"), false)] {
            let again = later.carry(&t.journal, &text).await.unwrap();
            assert!(again.is_idle() && again.seen_before() == seen, "{:?}", again.held);
            assert_eq!(again.tally(), (0, 0, 5));
            assert_eq!(rows(&t.journal).await, carried);
        }

        // A later paper has new words where the others stand for them: these are said anew too.
        let text = PAPER.replace("A group listens.", "A group has listened.");
        let next = later.carry(&t.journal, &text).await.unwrap();
        assert_eq!(
            told(&next.held[0])[..3],
            ["R3 Changed: Update", "R4 Changed: Update", "R5 Changed: Update"]
        );
        let register = later.register(&t.journal).await;
        assert_eq!(item(&register, "ND20-R5").updates.len(), 2);
        the_rows_are_the_fold(&t.journal).await;
    }
}

#[tokio::test]
async fn a_refusal_takes_back_the_whole_paper() {
    for t in engines().await {
        let desk = Desk::on("2025-09-16");
        desk.begin(&t.journal).await;
        let before = rows(&t.journal).await;
        // Night Desk comes first and is sound; the update of Hushed Streets is too long to be one.
        let text = PAPER.replace("Work goes on.", &"Work goes on and on. ".repeat(600));
        let refusal = desk.carry(&t.journal, &text).await.unwrap_err();
        assert!(refusal.sentence.starts_with("Hushed Streets 2023: "), "{refusal}");
        assert!(
            refusal.sentence.contains("recommendation R1") && refusal.sentence.contains("Shorten it"),
            "{refusal}"
        );
        assert_eq!(rows(&t.journal).await, before);
        assert!(!desk.carry(&t.journal, PAPER).await.unwrap().is_idle());
    }
}

#[tokio::test]
async fn as_above_without_words_above_is_told_and_not_guessed() {
    for t in engines().await {
        let desk = Desk::on("2025-09-16");
        desk.begin(&t.journal).await;
        let first = "<p>A group listens.</p> <p>The initial target for completion was Sept 2022. Revised timescales are awaited.</p> <p>Risk: Nobody hears.</p>";
        let comparison = desk.carry(&t.journal, &PAPER.replace(first, "<p>As above.</p>")).await.unwrap();
        let compared = &comparison.held[0].comparison.compared;
        for one in &compared[..3] {
            let notes = one.notes.join(" ");
            assert!(
                notes.contains("Its update is not carried: ") && notes.contains("Add it yourself."),
                "{notes}"
            );
        }
        let register = desk.register(&t.journal).await;
        let updates = ["ND20-R3", "ND20-R4", "ND20-R5"].map(|label| item(&register, label).updates.len());
        assert_eq!(updates, [0, 0, 0]);
    }
}

async fn the_rows_are_the_fold(journal: &Journal) {
    let mut tx = journal.begin().await.unwrap();
    let before = dump(&mut tx, &TABLES).await.unwrap();
    clear(&mut tx, &TABLES).await.unwrap();
    let mut memory = Memory::default();
    for entry in entries(&mut tx, 0, i64::MAX).await.unwrap() {
        refold(&mut tx, &mut memory, &entry).await.unwrap();
    }
    assert_eq!(dump(&mut tx, &TABLES).await.unwrap(), before);
}

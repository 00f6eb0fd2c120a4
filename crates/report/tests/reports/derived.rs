//! After an organisation merged and definitions changed, every figure that was ever published is derived again, byte for
//! byte: by what `answerable check` does.

use contact::unit::Organisation;
use evidence::evidence::{
    again::Again,
    list::rows::Listed,
    rows::{all_again as all_evidence, attach, count, count_again, period},
    rules::Wish,
};
use failure::definition::Definitions;
use force::Shape;
use jiff::{Timestamp, ToSpan};
use journal::{Actor, AsAt, Id, Journal, clear, testing::engines};
use measure::{
    catalogue::Catalogue,
    worker::{catch_up_by, catch_up_within_by},
};
use report::{
    all_again, freeze_by,
    pack::rules::{About, Asked},
    report::again::Derived,
};

const MEASURES: &str = include_str!("../../../../definitions/measures.toml");
const FAILURE: &str = include_str!("../../../../definitions/failure.toml");
const ORGANISATION: &str = include_str!("../../../../definitions/organisation.toml");

fn now() -> Timestamp {
    "2026-11-11T20:00:00Z".parse().expect("a moment")
}

fn who() -> Actor {
    Actor { who: "tester".into(), role: "analyst".into(), task: "Publish".into() }
}

/// A block of a file: from where `start` stands to the next `end`.
fn block<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let from = text.find(start).expect("it is in the file");
    let rest = &text[from + start.len()..];
    &text[from..from + start.len() + rest.find(end).unwrap_or(rest.len())]
}

/// The definitions before the change: appointments kept has its first version only.
fn before() -> &'static Catalogue {
    let second = block(
        MEASURES,
        "[[measure]]\nkey = \"appointments_kept\"\nname = \"Appointments kept on time\"\nversion = 2",
        "[[measure]]",
    );
    let read = Catalogue::read(&MEASURES.replacen(second, "", 1), failure::definition::definitions());
    let read = read.expect("it is read");
    assert_eq!(read.versions("appointments_kept").len(), 1);
    Box::leak(Box::new(read))
}

/// After it: appointments kept has its second, failure demand judges by another version of FD-1 from the middle of October,
/// to which no web form is eligible, and two divisions became one.
fn after() -> &'static Catalogue {
    let (head, first) = FAILURE.split_at(FAILURE.find("[[version]]").expect("a version"));
    let second = first
        .replacen("number = 1", "number = 2", 1)
        .replacen("2026-01-01", "2026-10-15", 1)
        .replacen("key = \"web_form\"\nrole = \"web\"", "key = \"web_form\"\nrole = \"never\"", 1);
    assert_ne!(first.replacen("number = 1", "number = 2", 1).replacen("2026-01-01", "2026-10-15", 1), second);
    let both = Definitions::read(&format!("{head}{first}{second}")).expect("it is read");
    let own = block(MEASURES, "[[measure]]\n# Versions 1 and 2 were replaced", "[[measure]]");
    let next = own
        .replacen("version = 3", "version = 4", 1)
        .replacen("from = \"2026-01-01\"", "from = \"2026-10-15\"", 1)
        .replacen("failure_definition = 1", "failure_definition = 2", 1)
        .replacen("changes = [", "changes = [\"0: of the test.\", ", 1);
    let text = MEASURES.replacen(own, &format!("{own}{next}"), 1);
    let read = Catalogue::read(&text, &both).expect("it is read");
    assert_eq!(read.versions("failure_demand").len(), 2);
    Box::leak(Box::new(read.with_organisation(merged())))
}

/// Edinburgh, and the Lothians and Scottish Borders, became one that has the letter of the first.
fn merged() -> Organisation {
    let mut text = ORGANISATION.to_owned();
    for letter in ["E", "J"] {
        let line = format!("letter = \"{letter}\"\n");
        let ends = format!("{line}until = \"2026-10-31\"\nbecame = \"division_of_the_capital\"\n");
        text = text.replacen(&line, &ends, 1);
    }
    let unit = "[[unit]]\nkey = \"division_of_the_capital\"\nname = \"Capital Division\"\nkind = \"division\"\nletter = \"E\"\n\
                control_room = \"control_room_east\"\nfrom = \"2026-11-01\"\n";
    let merged = Organisation::read(&format!("{text}\n{unit}")).expect("it is read");
    assert_eq!(merged.made_of("E", journal::day_of(now())), ["E", "J"]);
    merged
}

/// A small generator of numbers: the same seed asks for the same figures on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % most
    }
}

async fn grow(journal: &Journal, catalogue: &Catalogue, seed: u64, many: u64) {
    force::many_contacts(journal, seed, many, now(), |_| {}).await.expect("contacts are made");
    catch_up_by(catalogue, journal).await.expect("it is counted");
}

/// Freezes an edition of each of these reports where one of its figures changed.
async fn freeze_all(journal: &Journal, catalogue: &Catalogue) -> usize {
    let mut frozen = 0;
    for (pack, period, division) in [
        ("control_room_weekly", "2026-11-04", ""),
        ("authority_monthly", "2026-10-20", ""),
        ("authority_quarterly", "2026-10-20", ""),
        ("division_monthly", "2026-10-20", "J"),
    ] {
        let asked = Asked { pack: pack.into(), period: period.into(), division: division.into() };
        let (_, about): (_, About) = asked.read(journal::day_of(now())).expect("it is understood");
        match freeze_by(catalogue, journal, (&who(), now()), &about, "Late records.").await.expect("sql") {
            Ok(_) => frozen += 1,
            Err(refusal) => assert!(refusal.sentence.contains("No figure changed"), "{refusal}"),
        }
    }
    frozen
}

/// Attaches figures of random measures, periods and divisions, and of those whose definition changes.
async fn attach_some(journal: &Journal, catalogue: &'static Catalogue, chance: &mut Chance) -> usize {
    let mut read = journal.read().await.expect("a reading begins");
    let register = plan::register::rows::load(&mut read, AsAt::Now, now()).await.expect("it is read");
    let recommendation = register.items.iter().next().expect("there is one").id.clone();
    drop(read);
    let mut attached = 0;
    let today = journal::day_of(now());
    for number in 0..10 {
        let all = catalogue.all();
        let measure = match number {
            0 => "appointments_kept",
            1 | 2 => "failure_demand",
            3 => "contacts",
            _ => &all[chance.below(all.len())].key,
        };
        let back = |days: usize| today.saturating_sub(i64::try_from(days).expect("few").days()).to_string();
        let (length, end) = (20 + chance.below(200), chance.below(20));
        let wish = Wish {
            measure: measure.to_owned(),
            from: back(end + length),
            until: back(end),
            by: ["day", "week", "month"][chance.below(3)].into(),
            division: ["", "", "E", "J", "G"][chance.below(5)].into(),
            claim: "is_counted".into(),
            words: "It is to be seen.".into(),
            although: "It is looked at.".into(),
            ..Wish::default()
        };
        let wanted = wish.read_by(catalogue, now()).expect("it is understood");
        let mut tx = journal.begin().await.expect("it begins");
        match attach(&mut tx, &who(), now(), (&Id::new(now()), &recommendation), wanted).await.expect("sql") {
            Ok(_) => {
                tx.commit().await.expect("it is committed");
                attached += 1;
            }
            Err(refusal) => assert!(refusal.sentence.contains("Nothing was counted"), "{refusal}"),
        }
    }
    attached
}

fn json(of: &impl serde::Serialize) -> String {
    serde_json::to_string(of).expect("it is written")
}

/// Everything that was published is as it was, to the byte; gives it.
async fn all_the_same(journal: &Journal, catalogue: &Catalogue, when: &str) -> (Vec<Derived>, Vec<Listed>) {
    let mut read = journal.read().await.expect("a reading begins");
    let editions = all_again(&mut read, catalogue).await.expect("sql");
    for one in &editions {
        assert_eq!(one.differing(), Vec::<&str>::new(), "{when}: {}", one.words());
        assert_eq!(json(&one.again), json(&one.was), "{when}: {}", one.words());
    }
    let evidence = all_evidence(&mut read, catalogue).await.expect("sql");
    for (listed, outcome) in &evidence {
        let was = &listed.evidence.attached;
        assert_eq!(*outcome, Again::Same, "{when}: {was:?}");
        let again = count_again(&mut read, was).await.expect("sql").expect("it is counted");
        assert_eq!(json(&again), json(&was.counted), "{when}");
    }
    (editions, evidence.into_iter().map(|(listed, _)| listed).collect())
}

/// How many pieces of evidence would be other figures by the versions in force now, as at their own entries.
async fn otherwise(journal: &Journal, catalogue: &Catalogue, all: &[Listed]) -> usize {
    let mut read = journal.read().await.expect("a reading begins");
    let mut others = 0;
    for listed in all {
        let was = &listed.evidence.attached;
        let (carried, entry) = (catalogue.carried(&was.measure), was.counted.entry);
        let by_now = count(&mut read, &carried, &period(was), Some(entry)).await.expect("sql");
        others += usize::from(by_now.expect("it is counted").parts != was.counted.parts);
    }
    others
}

#[tokio::test]
async fn whatever_merges_and_is_defined_anew_every_published_figure_is_derived_again_to_the_byte() {
    let (before, after) = (before(), after());
    for t in engines().await {
        let mut tx = t.journal.begin().await.expect("it begins");
        let plan = force::contact_assessment_model().expect("the plan is read");
        force::carry_in(&mut tx, &who(), now(), &plan, Shape::Plain).await.expect("it is carried in");
        tx.commit().await.expect("it is committed");
        let password = || "correct horse battery".to_owned();
        force::work(&t.journal, now(), 1, force::Behaviours::published(), password)
            .await
            .expect("it is played");
        let mut chance = Chance(7);
        let (mut frozen, mut attached) = (0, 0);
        for seed in [11, 12] {
            grow(&t.journal, before, seed, 50).await;
            frozen += freeze_all(&t.journal, before).await;
            attached += attach_some(&t.journal, before, &mut chance).await;
        }
        assert!(
            frozen >= 6 && attached >= 6,
            "too little is published to mean anything: {frozen}, {attached}"
        );
        all_the_same(&t.journal, before, "before anything changed").await;

        // Two divisions merge, and what is counted changes: everything is counted anew.
        catch_up_by(after, &t.journal).await.expect("it is counted");
        let (_, evidence) = all_the_same(&t.journal, after, "after the change").await;
        let others = otherwise(&t.journal, after, &evidence).await;
        assert!(others > 0, "the change changes nothing: there is nothing to prove");

        // It goes on, and more is published by what is in force now.
        grow(&t.journal, after, 13, 50).await;
        assert!(freeze_all(&t.journal, after).await > 0, "nothing is published by the new definitions");
        attach_some(&t.journal, after, &mut chance).await;
        grow(&t.journal, after, 14, 30).await;
        all_the_same(&t.journal, after, "after it went on").await;
        let mut tx = t.journal.begin().await.expect("it begins");
        clear(&mut tx, &measure::TABLES).await.expect("sql");
        catch_up_within_by(after, &mut tx).await.expect("it is counted");
        tx.commit().await.expect("it is committed");
        let (editions, _) = all_the_same(&t.journal, after, "after everything was counted anew").await;
        let versions = |one: &Derived| one.was.figures.iter().map(|figure| figure.version).max();
        assert!(editions.iter().any(|one| versions(one) == Some(3)), "nothing carries the new version");

        // What is counted no more is not derived, and is named; so is what was tampered with.
        let mut tx = t.journal.begin().await.expect("it begins");
        let lost = all_again(&mut tx, before).await.expect("sql");
        assert!(lost.iter().any(|one| one.differing().contains(&"failure_demand")), "{}", lost.len());
        sqlx::query(
            "update measure_contribution set denominator = denominator + 1 where measure = 'failure_demand'",
        )
        .execute(&mut *tx)
        .await
        .expect("sql");
        assert!(all_again(&mut tx, after).await.expect("sql").iter().any(|one| !one.differing().is_empty()));
        let tampered = all_evidence(&mut tx, after).await.expect("sql");
        assert!(tampered.iter().any(|(_, outcome)| *outcome == Again::Different));
    }
}

//! A paper that is older than what the register has.

use journal::{Id, Journal, Tx, act, testing::engines};
use plan::{pages::recall, published::national::rules::Held, recommendation::rules::Command, update};

use super::{Desk, PAPER, item, the_rows_are_the_fold, told};

/// The paper with what Night Desk says of R3, and the day of its meeting.
fn paper_of(day: &str, update: &str, risk: &str) -> String {
    PAPER
        .replace("16 September 2025", day)
        .replace("A group listens.", update)
        .replace("Risk: Nobody hears.", &format!("Risk: {risk}"))
}

impl Desk {
    async fn say(&self, tx: &mut Tx, id: &Id, text: &str) {
        let known = update::rules::Known { recommendation: recall(tx, id).await.unwrap(), other: None };
        let command = update::rules::Command::Add { text: text.into() };
        act::<update::rows::UpdatesOf>(tx, &self.who, self.now, id, &known, command).await.unwrap().unwrap();
    }

    /// A new update and a new risk of one recommendation.
    async fn work(&self, journal: &Journal, label: &str) {
        let register = self.register(journal).await;
        let id = &item(&register, label).id;
        let mut tx = journal.begin().await.unwrap();
        self.say(&mut tx, id, "It is done.").await;
        let (exposure, statement) = ("high".to_owned(), "It may break.".to_owned());
        self.change(&mut tx, id, Command::Rate { exposure, statement, reason: "Seen anew".into() }).await;
        tx.commit().await.unwrap();
    }
}

/// A later paper, which moves two targets and says nothing else.
const LATER: &str = "Meeting\tNight Performance Committee\nDate\t13 November 2026\nTitle of Paper\tNights\n\n\
    Night Desk 2020\t\nRecommendation\tWhat we are doing\n\
    R4 Borderland Police should write it down.\tThe target date is December 2027.\n\
    R6 Borderland Police should rest.\tThe target date is December 2027.\n";

/// What is kept of one recommendation: "Update: A group listens."
fn kept(held: &Held, reference: &str) -> Vec<String> {
    let one = held.comparison.compared.iter().find(|one| one.reference == reference).unwrap();
    one.kept.iter().map(|kept| format!("{}: {}", kept.what, kept.now)).collect()
}

#[tokio::test]
async fn an_older_paper_stands_above_nothing_newer() {
    for t in engines().await {
        let (before, after) = (Desk::on("2025-09-01"), Desk::on("2026-11-26"));
        before.begin(&t.journal).await;
        let at_work = Desk::on("2026-11-13");
        at_work.work(&t.journal, "ND20-R6").await;
        at_work.work(&t.journal, "ND20-R4").await;
        let moved = at_work.carry(&t.journal, LATER).await.unwrap();
        assert_eq!(told(&moved.held[0]), ["R4 Changed: Target", "R6 Changed: Target"]);
        let text = PAPER.replace("is January 2026.</p>", "is January 2026.</p> <p>Risk: Nobody sleeps.</p>");
        let comparison = after.carry(&t.journal, &text).await.unwrap();
        let night = &comparison.held[0];
        assert_eq!(told(night), ["R3 Changed: Risk, Update", "R4 Same: ", "R5 Changed: Update", "R6 Same: "]);
        assert_eq!(kept(night, "R6"), ["Update: It rests.", "Risk: Nobody sleeps.", "Target: January 2026"]);
        assert_eq!(kept(night, "R4")[1..], ["Target: 31 March 2026", "Update: As R3"]);
        let notes = night.comparison.compared[3].notes.join(" ");
        let because = "Not carried, because the register is newer: its update is of 13 November 2026, its risk is of 13 November 2026, \
                       its target is of 13 November 2026.";
        assert!(notes.contains(because), "{notes}");
        let register = after.register(&t.journal).await;
        let six = item(&register, "ND20-R6");
        assert_eq!(six.updates.last().unwrap().text, "It is done.");
        assert_eq!(six.recommendation.risk_statement, "It may break.");
        assert_eq!(six.current_target().unwrap().iso(), "2027-12");
        assert_eq!(register.last_update(item(&register, "ND20-R4")).unwrap(), "It is done.");

        // The same file again tells the same, and a later paper is carried.
        assert!(after.carry(&t.journal, &text).await.unwrap().is_idle());
        let later = text.replace("16 September 2025", "14 November 2026").replace("It rests.", "It sleeps.");
        let comparison = after.carry(&t.journal, &later).await.unwrap();
        assert_eq!(told(&comparison.held[0])[3], "R6 Changed: Risk, Target, Update");
    }
}

#[tokio::test]
async fn papers_may_be_imported_one_after_another_on_one_day_and_what_each_brought_is_of_its_own_day() {
    for t in engines().await {
        Desk::on("2024-01-10").begin(&t.journal).await;
        let desk = |hour: &str| Desk {
            now: format!("2026-11-26T{hour}:00:00Z").parse().unwrap(),
            ..Desk::on("2026-11-26")
        };
        let first = paper_of("3 March 2025", "A group met.", "Nobody heard.");
        let third = paper_of("10 March 2026", "A group went.", "Nobody is there.");
        let second = paper_of("16 September 2025", "A group listens.", "Nobody hears.");
        for (hour, text) in [("10", &first), ("11", &third)] {
            let comparison = desk(hour).carry(&t.journal, text).await.unwrap();
            assert_eq!(told(&comparison.held[0])[0], "R3 Changed: Risk, Update", "{hour}");
        }
        let comparison = desk("12").carry(&t.journal, &second).await.unwrap();
        assert_eq!(kept(&comparison.held[0], "R3"), ["Update: A group listens.", "Risk: Nobody hears."]);
        let register = desk("12").register(&t.journal).await;
        let three = item(&register, "ND20-R3");
        assert_eq!(three.updates.last().unwrap().text, "A group went.");
        assert_eq!(three.recommendation.risk_statement, "Nobody is there.");
        the_rows_are_the_fold(&t.journal).await;
    }
}

#[tokio::test]
async fn a_paper_without_a_day_is_carried_and_that_is_told() {
    for t in engines().await {
        Desk::on("2025-09-01").begin(&t.journal).await;
        let comparison = Desk::on("2025-09-16")
            .carry(&t.journal, &PAPER.replace("16 September 2025", "Autumn"))
            .await
            .unwrap();
        assert!(comparison.held[0].notes.iter().any(|note| note.contains("gives no day of its meeting")));
        assert!(comparison.held[1].notes.iter().all(|note| !note.contains("gives no day of its meeting")));
    }
}

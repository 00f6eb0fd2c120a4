//! What was counted is attached to what it was counted for, as the audit manager would, once it is counted.

use ::evidence::evidence::{rows::attach, rules::Wish};
use anyhow::{Result, anyhow};
use jiff::{Timestamp, ToSpan};
use journal::{AsAt, Id, Journal, day_of};
use measure::annotation::{rows::change, rules as annotation};
use plan::register::rows::load;

use crate::{contacts::SHORTER_SINCE_WEEKS, people::People};

/// How far back a figure goes where there is nothing of the weeks before.
const DAYS: i64 = 14;

/// A figure, and what it is evidence for.
struct Attachment {
    /// The recommendation’s label.
    of: &'static str,
    /// One of its actions, or nothing.
    action: &'static str,
    measure: &'static str,
    claim: &'static str,
    words: &'static str,
    although: &'static str,
}

/// Recommendation 3 asked that failure demand be counted; it is closed, and is watched on. Recommendation 5 of the review of
/// domestic abuse is open. The words are invented.
const ATTACHED: [Attachment; 3] = [
    Attachment {
        of: "CAM22-R3",
        action: "3.4",
        measure: "failure_demand",
        claim: "is_counted",
        words: "Failure demand has a published definition and is counted every day, by division and by reason; each figure opens to its contacts.",
        although: "It was discharged before the service counted by itself. Whether it goes on being counted is looked at every quarter.",
    },
    Attachment {
        of: "DA23-R5",
        action: "",
        measure: "appointments_kept",
        claim: "target_met",
        words: "Officers are there when they said that they would be.",
        although: "",
    },
    Attachment {
        of: "DA23-R5",
        action: "",
        measure: "appointments_failed_by_police",
        claim: "went_down",
        words: "Fewer appointments are moved, cancelled, missed or late by our own doing.",
        although: "",
    },
];

/// Since that many days the wait of 101 is shorter (`contacts::weeks`), and the chart says why. Invented.
async fn mark(journal: &Journal, people: &People, now: Timestamp) -> Result<()> {
    let wish = annotation::Wish {
        measure: "answer_wait".into(),
        on: Some(day_of(now).saturating_sub((7 * SHORTER_SINCE_WEEKS).days())),
        words: "More advisors on 101 from four in the afternoon until midnight".into(),
        recommendation: "CAM22-R3".into(),
        action: "3.4".into(),
        ..annotation::Wish::default()
    };
    let who = people.doing("analyst", "Mark a change on a chart")?;
    let mut tx = journal.begin().await?;
    change(&mut tx, &who, now, &Id::new(now), annotation::Command::Mark(wish))
        .await?
        .map_err(|refusal| anyhow!("the mark on the wait was refused: {refusal}"))?;
    Ok(tx.commit().await?)
}

/// Counts what has happened, and attaches what was counted in the weeks before `now`.
pub async fn attach_all(journal: &Journal, people: &People, now: Timestamp, weeks: i64) -> Result<()> {
    measure::worker::catch_up(journal).await?;
    let who = people.doing("audit_manager", "Attach a measure")?;
    let today = day_of(now);
    let days = if weeks == 0 { DAYS } else { 7 * weeks };
    for one in &ATTACHED {
        let mut tx = journal.begin().await?;
        let register = load(&mut tx, AsAt::Now, now).await?;
        let Some(item) = register.items.iter().find(|item| item.label() == one.of) else { continue };
        let wish = Wish {
            action: one.action.into(),
            measure: one.measure.into(),
            from: today.saturating_sub(days.days()).to_string(),
            until: today.to_string(),
            by: if weeks < 8 { "day" } else { "week" }.into(),
            claim: one.claim.into(),
            words: one.words.into(),
            although: one.although.into(),
            ..Wish::default()
        };
        let wanted = wish.read(now).map_err(|refusal| anyhow!("{}: {refusal}", one.of))?;
        match attach(&mut tx, &who, now, (&Id::new(now), &item.id), wanted).await? {
            Ok(_) => tx.commit().await?,
            // A day that has only begun has nothing to count.
            Err(refusal) if refusal.field == "from" => {}
            Err(refusal) => return Err(anyhow!("{}: {refusal}", one.of)),
        }
    }
    if weeks > SHORTER_SINCE_WEEKS { mark(journal, people, now).await } else { Ok(()) }
}

//! Inspections under way: announced, in their fieldwork, being drafted.

use ::plan::underway::{
    rows::{InspectionsUnderway, known},
    rules::{Command, Details},
};
use anyhow::{Context, Result};
use jiff::{ToSpan, civil::Date};

use crate::{
    portfolio::UnderWay,
    stage::{Doing, Kind, Stage},
};

/// How many weeks after its announcement an inspection comes to a stage. Invented.
const STAGES: [(i64, &str); 2] = [(6, "fieldwork"), (30, "drafting")];

/// Something that happens to an inspection under way.
#[derive(Debug, Clone, PartialEq)]
pub enum Step<'a> {
    /// It is announced.
    Announce(&'a UnderWay),
    /// It comes to a stage.
    Advance(&'a UnderWay, &'static str),
}

/// What happens to them, each on its day.
pub fn steps(under_way: &[UnderWay]) -> impl Iterator<Item = (Date, Step<'_>)> {
    under_way.iter().flat_map(|one| {
        let later = STAGES.iter().map(move |(weeks, stage)| {
            (one.begun_on.saturating_add(weeks.weeks()), Step::Advance(one, stage))
        });
        std::iter::once((one.begun_on, Step::Announce(one))).chain(later)
    })
}

impl Stage<'_> {
    /// Plays what happens to an inspection under way.
    pub async fn under_way(&mut self, step: &Step<'_>) -> Result<()> {
        let (Step::Announce(one) | Step::Advance(one, _)) = *step;
        let (task, command) = match *step {
            Step::Announce(one) => {
                self.cast.take(Kind::UnderWay, &*one.title, self.new_id());
                let (lead, partners) = one.inspectorates.split_first().context("nobody inspects")?;
                let details = Details {
                    title: one.title.clone(),
                    kind: one.kind.clone(),
                    inspectorate: lead.clone(),
                    partners: partners.join("\n"),
                    announced_on: self.today.to_string(),
                };
                ("Announce an inspection", Command::Announce { details })
            }
            Step::Advance(_, stage) => {
                let (stage, on) = (stage.to_owned(), self.today.to_string());
                ("Say how far it is", Command::Advance { stage, on })
            }
        };
        let id = self.cast.find(Kind::UnderWay, &one.title)?;
        let known = known(self.tx, &id, None, self.today).await?;
        let done = self.act::<InspectionsUnderway>(Doing::keeping(task), &id, &known, command).await;
        done.with_context(|| format!("{} on {}", one.title, self.today))?;
        Ok(())
    }
}

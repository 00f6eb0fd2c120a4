//! Areas for development, on the day their plan came in and on the day it was done with.

use ::plan::area::{
    rows::{Areas, known},
    rules::{Command, Printed},
};
use anyhow::{Context, Result};
use jiff::civil::Date;
use journal::Id;

use crate::{
    life::{Day, What},
    portfolio::{Area, Story},
    stage::{ACTION_OWNER, Doing, Kind, Stage},
};

const CONTEST: Doing = Doing { role: ACTION_OWNER, permission: "plan.update", task: "Contest a mapping" };

/// Something that happens to an area for development.
#[derive(Debug, Clone, PartialEq)]
pub enum Step<'a> {
    /// It is added, mapped to actions, and contested where it is.
    Add(&'a Area),
    /// It is closed.
    Close(&'a Area),
}

/// What happens to them, each on its day. What is closed is closed with the last recommendation of its plan.
pub fn steps<'a>(areas: &'a [Area], stories: &'a [Story]) -> impl Iterator<Item = (Date, Step<'a>)> {
    areas.iter().flat_map(|area| {
        let story = stories.iter().find(|story| story.plan.code == area.of);
        let added = story.map(|story| (story.life.carried_in_on, Step::Add(area)));
        let ended = story.filter(|_| area.status == "closed").and_then(last_discharge);
        added.into_iter().chain(ended.map(|on| (on, Step::Close(area))))
    })
}

/// The day on which the last recommendation was discharged.
fn last_discharge(story: &Story) -> Option<Date> {
    let discharges = story.life.events.iter().filter_map(|event| match (&event.what, event.on) {
        (What::Discharge(_), Day::On(on)) => Some(on),
        _ => None,
    });
    discharges.max()
}

impl Stage<'_> {
    /// Plays what happens to an area for development.
    pub async fn area(&mut self, step: &Step<'_>) -> Result<()> {
        let (Step::Add(area) | Step::Close(area)) = *step;
        let done = match step {
            Step::Add(area) => self.add_area(area).await,
            Step::Close(area) => self.close_area(area).await,
        };
        done.with_context(|| format!("{} {} on {}", area.of, area.reference, self.today))
    }

    async fn add_area(&mut self, area: &Area) -> Result<()> {
        let (id, inspection) = (self.new_id(), self.cast.inspection(&area.of)?.clone());
        self.cast.take(Kind::Area, name(area), id.clone());
        let printed = Printed {
            number: area.reference.clone(),
            text: area.text.clone(),
            heading: area.heading.clone(),
            recommendation: None,
        };
        let command = Command::Make { inspection: Some(inspection), printed };
        self.do_to_area(Doing::keeping("Add an area for development"), area, &id, None, command).await?;
        for number in &area.done_by {
            let of = self.of_action(area, number)?;
            let action = number.clone();
            let command = Command::Map { recommendation: of.clone(), action, note: String::new() };
            self.do_to_area(Doing::keeping("Map to an action"), area, &id, Some(&of), command).await?;
        }
        if let Some(contest) = &area.contested {
            let of = self.of_action(area, &contest.action)?;
            let command = Command::Contest {
                recommendation: of.clone(),
                action: contest.action.clone(),
                by: contest.by.clone(),
                words: contest.reason.clone(),
            };
            self.do_to_area(CONTEST, area, &id, Some(&of), command).await?;
        }
        Ok(())
    }

    async fn close_area(&mut self, area: &Area) -> Result<()> {
        let id = self.cast.find(Kind::Area, &name(area))?;
        let reason = "Closed with the last recommendation of its plan.".to_owned();
        let command = Command::Close { reason, on: self.today.to_string() };
        self.do_to_area(Doing::keeping("Close it"), area, &id, None, command).await
    }

    /// The recommendation that an action belongs to: "7.5" is of recommendation 7.
    fn of_action(&self, area: &Area, number: &str) -> Result<Id> {
        let reference = number.split_once('.').map_or(number, |(reference, _)| reference);
        self.cast.recommendation(&area.of, reference)
    }

    async fn do_to_area(
        &mut self,
        doing: Doing,
        area: &Area,
        id: &Id,
        mapped: Option<&Id>,
        command: Command,
    ) -> Result<()> {
        let inspection = self.cast.inspection(&area.of)?;
        let known = known(self.tx, Some(inspection), id, mapped, self.today).await?;
        self.act::<Areas>(doing, id, &known, command).await?;
        Ok(())
    }
}

fn name(area: &Area) -> String {
    format!("{} {}", area.of, area.reference)
}

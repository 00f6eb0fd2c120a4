//! Governance groups, set up with their members, and their meetings.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use jiff::{ToSpan, civil::Date};
use round::{
    group::{
        cadence::{Cadence, Nth, Slot, Weekday},
        rows::{Groups, known},
        rules::{Command, Details},
    },
    meeting::{
        rows::{Meetings, known as known_meeting},
        rules::{Command as Meet, due_before},
    },
    workday::rules::Calendar,
};

use crate::{
    OPENING_DAY,
    portfolio::{Group, Story},
    stage::{AUDIT_MANAGER, Doing, Kind, Stage, meeting},
};

/// How long before its first meeting a group calls it. Invented.
const FIRST_CALL_WEEKS: i64 = 12;
/// The post that sits in the place of each chair: held by somebody who has an account. Invented.
const DEPUTY: &str = "Head of Governance, Audit and Assurance";
/// Days of the cadence that are looked at: more than any year of the calendar of working days has.
const MOST: usize = 120;

/// Something that happens to a group.
#[derive(Debug, Clone, PartialEq)]
pub enum Step<'a> {
    /// It is set up, with its members.
    Form { group: &'a Group, reference: String },
    /// Another of the plans that it looks after has come in.
    TakeOn { group: &'a Group, reference: String },
    /// It holds a meeting.
    Hold(&'a Group, Date),
    /// It calls a meeting.
    Call(&'a Group, Date),
}

/// What happens to them, each on its day. A group is set up when the first of its plans comes in, or with
/// the register; each meeting is called on the day of the one before it.
pub fn steps<'a>(
    groups: &'a [Group],
    stories: &'a [Story],
    today: Date,
) -> impl Iterator<Item = (Date, Step<'a>)> {
    groups.iter().flat_map(move |group| {
        let came_in = stories.iter().filter(|story| group.plans.contains(&story.plan.code));
        let formed_on = came_in.map(|story| story.life.carried_in_on).min().unwrap_or(OPENING_DAY);
        let mut steps = vec![(formed_on, Step::Form { group, reference: reference(group, groups) })];
        let came_in = stories.iter().filter(|story| group.plans.contains(&story.plan.code));
        let later: BTreeSet<Date> =
            came_in.map(|story| story.life.carried_in_on).filter(|on| *on > formed_on).collect();
        let take_on = || Step::TakeOn { group, reference: reference(group, groups) };
        steps.extend(later.into_iter().map(|on| (on, take_on())));
        let mut before: Option<Date> = None;
        for on in days(group, today) {
            let first = on.saturating_sub(FIRST_CALL_WEEKS.weeks()).max(formed_on);
            steps.push((before.unwrap_or(first), Step::Call(group, on)));
            steps.push((on, Step::Hold(group, on)));
            before = Some(on);
        }
        steps
    })
}

/// Its terms of reference, with what else the file says of it.
fn reference(group: &Group, groups: &[Group]) -> String {
    let superior = groups.iter().find(|other| other.key == group.reports_to);
    let reports_to = superior.map_or(group.reports_to.as_str(), |other| other.name.as_str());
    let more = [("Reports to", reports_to.to_owned()), ("Also called", group.aliases.join(", "))];
    let more = more.into_iter().filter(|(_, words)| !words.is_empty());
    more.fold(group.terms.clone(), |all, (what, words)| format!("{all}\n{what}: {words}."))
}

/// The day on which the meeting on `on` is called: that of the meeting before it.
pub(super) fn called_on(group: &Group, on: Date, today: Date) -> Option<Date> {
    days(group, today).into_iter().rfind(|day| *day < on)
}

/// The days of its meetings: those that the papers give, and after them those of its cadence, up to the first
/// that is still to come. A group of which the papers give no day has none.
pub(super) fn days(group: &Group, today: Date) -> Vec<Date> {
    let calendar = Calendar::scotland();
    let can_meet =
        |day: &Date| calendar.is_working_day(*day) == Ok(true) && due_before(calendar, *day).is_ok();
    let mut days = group.meetings.clone();
    if let (Some(last), Some(cadence)) = (days.last().copied(), cadence(group)) {
        days.extend(cadence.next_days(last, MOST).into_iter().filter(can_meet));
    }
    let next = days.iter().position(|day| today <= *day);
    days.truncate(next.map_or(days.len(), |next| next + 1));
    days
}

/// On which days it meets, as the register has it.
fn cadence(group: &Group) -> Option<Cadence> {
    let (nth, weekday) = slot(group);
    let slot = Slot { nth: Nth::read(&nth)?, weekday: Weekday::read(&weekday)? };
    Some(match group.month_of_quarter {
        Some(month) => Cadence::Quarterly { slot, month },
        None => Cadence::Monthly(slot),
    })
}

/// The words of "second Tuesday", as a form has them.
fn slot(group: &Group) -> (String, String) {
    let words = group.meets.to_lowercase();
    let (nth, weekday) = words.split_once(' ').unwrap_or((&words, ""));
    (nth.to_owned(), weekday.to_owned())
}

/// Something that whoever keeps groups does.
const fn keeping(task: &'static str) -> Doing {
    Doing { role: AUDIT_MANAGER, permission: "plan.groups", task }
}

impl Stage<'_> {
    /// Plays what happens to a group.
    pub async fn group(&mut self, step: &Step<'_>) -> Result<()> {
        match step {
            Step::Form { group, reference } => {
                self.form(group, reference).await.with_context(|| group.name.clone())
            }
            Step::TakeOn { group, reference } => {
                self.take_on(group, reference).await.with_context(|| group.name.clone())
            }
            Step::Call(group, on) => {
                let id = self.new_id();
                self.cast.take(Kind::Meeting, meeting(&group.key, *on), id);
                let of = Some(self.cast.find(Kind::Group, &group.key)?);
                let command = Meet::Call { group: of, on: on.to_string(), place: String::new() };
                self.meet(keeping("Call a meeting"), group, *on, command).await
            }
            Step::Hold(group, on) => {
                let command = Meet::Hold { minutes: String::new() };
                self.meet(keeping("Record the meeting as held"), group, *on, command).await
            }
        }
    }

    async fn form(&mut self, group: &Group, reference: &str) -> Result<()> {
        let id = self.new_id();
        self.cast.take(Kind::Group, &*group.key, id.clone());
        let details = self.details(group, reference);
        let known = known(self.tx, &id, self.today).await?;
        self.act::<Groups>(keeping("Set up a group"), &id, &known, Command::Form(details)).await?;
        let members = group.members.iter().map(|member| (member, "", false));
        for (post, alternate, chairs) in std::iter::once((&group.chair, DEPUTY, true)).chain(members) {
            let (post, alternate) = (post.clone(), alternate.to_owned());
            let command = Command::AddMember { post, alternate, chairs };
            self.act::<Groups>(keeping("Add a member"), &id, &known, command).await?;
        }
        Ok(())
    }

    /// It looks after what has come in by now.
    async fn take_on(&mut self, group: &Group, reference: &str) -> Result<()> {
        let id = self.cast.find(Kind::Group, &group.key)?;
        let known = known(self.tx, &id, self.today).await?;
        let reason = "Another of its plans has come in.".to_owned();
        let command = Command::ChangeTerms(self.details(group, reference), reason);
        self.act::<Groups>(keeping("Change the group"), &id, &known, command).await?;
        Ok(())
    }

    fn details(&self, group: &Group, reference: &str) -> Details {
        let (nth, weekday) = slot(group);
        let plans = group.plans.iter().filter_map(|code| self.cast.inspection(code).ok());
        Details {
            name: group.name.clone(),
            kind: group.kind.clone(),
            reference: reference.to_owned(),
            cadence: group.cycle.clone(),
            nth,
            weekday,
            month: group.month_of_quarter.map_or_else(String::new, |month| month.to_string()),
            plans: plans.map(ToString::to_string).collect(),
        }
    }

    async fn meet(&mut self, doing: Doing, group: &Group, on: Date, command: Meet) -> Result<()> {
        let id = self.cast.find(Kind::Meeting, &meeting(&group.key, on))?;
        let of = self.cast.find(Kind::Group, &group.key)?;
        let known = known_meeting(self.tx, Some(&of), &id, self.today).await?;
        let done = self.act::<Meetings>(doing, &id, &known, command).await;
        done.with_context(|| format!("{} on {on}", group.name))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portfolio::groups;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_group_meets_on_the_days_of_the_papers_and_then_by_its_cadence_up_to_the_next() {
        let all = groups().unwrap();
        let committee = all.iter().find(|one| one.key == "policing_performance_committee").unwrap();
        let until = |today: &str| {
            let days = days(committee, day(today));
            days.iter().rev().take(2).rev().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(until("2022-01-01"), ["2023-03-16"]);
        assert_eq!(until("2025-09-16"), ["2025-06-10", "2025-09-16"]);
        assert_eq!(until("2025-09-17"), ["2025-09-16", "2025-12-09"]);
        assert_eq!(until("2026-11-22"), ["2026-09-08", "2026-12-08"]);
        // The calendar of working days ends with 2028, and nothing is called beyond it.
        assert_eq!(until("2029-01-08"), ["2028-09-12", "2028-12-12"]);
    }

    #[test]
    fn every_group_can_meet_and_only_those_of_the_papers_do() {
        for group in groups().unwrap() {
            let cadence = cadence(&group).unwrap_or_else(|| panic!("{} meets {}", group.name, group.meets));
            assert_eq!(cadence.as_str(), group.cycle, "{}", group.name);
            assert_eq!(days(&group, day("2026-11-22")).is_empty(), group.meetings.is_empty());
        }
    }
}

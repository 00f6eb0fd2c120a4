//! The month that runs today: a round for a group's next meeting, of which two owners have answered and one is
//! silent, and the list that the audit manager keeps at hand.
//!
//! All of it is invented. It is done as people do it, so that reminders, escalations and notices follow by
//! themselves once the service runs.

use ::plan::{
    register::{
        rows::load,
        rules::{Item, Register},
    },
    update::{rows::UpdatesOf, rules as update},
    view::{
        rows::{Views, known as known_view},
        rules::Command as Look,
    },
};
use anyhow::{Context, Result};
use jiff::civil::Date;
use journal::{AsAt, Id};
use round::{
    group,
    meeting::{self, rules::due_before},
    month::{
        asks::{Whom, asks},
        rows::Rounds,
        rules::{Command, Known, Seen},
        telling::tell_of,
    },
    notice::reach::Reach,
    workday::rules::Calendar,
};

use super::groups::{called_on, days};
use crate::{
    portfolio::Group,
    stage::{ACTION_OWNER, AUDIT_MANAGER, Doing, Kind, Stage, meeting as name_of},
};

/// The group whose round it is: one that meets about a plan of its own.
const GROUP: &str = "partnership_delivery_group";
/// How many owners are asked; all but the last answer.
const ASKED: usize = 3;
/// How long before its updates are due a round is opened, and how long before today at the latest.
const BEFORE_DUE: u32 = 10;
const BEFORE_TODAY: u32 = 5;

/// What two owners say.
const ANSWERS: [&str; ASKED - 1] = [
    "The joint protocol has gone to the health boards, and four of them have agreed to it. The rest meet in the coming month.",
    "Guidance is drafted and is being read by the divisions. Their comments are asked for within three weeks.",
];

/// Something that happens in the month.
#[derive(Debug, Clone, PartialEq)]
pub enum Step<'a> {
    /// The round before the group's meeting on that day is opened.
    Open(&'a Group, Date),
    /// The owner of the recommendation of that place in the round answers.
    Answer(&'a Group, Date, usize),
    /// The audit manager keeps a list.
    Keep(&'a Group),
}

/// Each on its day, if the group has a meeting to come.
pub fn steps(groups: &[Group], today: Date) -> Vec<(Date, Step<'_>)> {
    let found = groups.iter().find(|group| group.key == GROUP);
    found.and_then(|group| round_of(group, today)).unwrap_or_default()
}

fn round_of(group: &Group, today: Date) -> Option<Vec<(Date, Step<'_>)>> {
    let calendar = Calendar::scotland();
    let on = days(group, today).last().copied().filter(|on| *on > today)?;
    let due = due_before(calendar, on).ok()?.updates;
    let before = |day: Date, many: u32| calendar.working_days_before(day, many).ok();
    let usual = before(due, BEFORE_DUE)?.min(before(today, BEFORE_TODAY)?);
    let opened_on = usual.max(called_on(group, on, today)?);
    let mut steps = vec![(opened_on, Step::Keep(group)), (opened_on, Step::Open(group, on))];
    for place in 0..ANSWERS.len() {
        let after = u32::try_from(2 * place + 1).ok()?;
        steps.push((calendar.working_days_after(opened_on, after).ok()?, Step::Answer(group, on, place)));
    }
    Some(steps)
}

impl Stage<'_> {
    /// Plays what happens in the month.
    pub async fn month(&mut self, step: &Step<'_>) -> Result<()> {
        match step {
            Step::Open(group, on) => self.open(group, *on).await.context("the round"),
            Step::Answer(group, on, place) => self.answer(group, *on, *place).await.context("an answer"),
            Step::Keep(group) => self.keep(group).await.context("the view"),
        }
    }

    async fn open(&mut self, group: &Group, on: Date) -> Result<()> {
        let register = load(self.tx, AsAt::Now, self.clock.now()).await?;
        let of = self.cast.find(Kind::Group, &group.key)?;
        let meeting = self.cast.find(Kind::Meeting, &name_of(&group.key, on))?;
        let found = group::rows::one(self.tx, &of).await?;
        let reach = Reach::load(self.tx).await?;
        let mut all = asks(&register, &Whom::default(), found.as_ref());
        // Whoever has an account in the demonstration comes first: there is somebody to sign in as who was asked.
        all.sort_by_key(|ask| reach.of(&ask.post).is_empty());
        all.truncate(ASKED);
        let seen = |item: &Item| Seen { label: item.label(), is_closed: !item.is_open(), ..Seen::default() };
        let known = Known {
            today: self.today,
            calendar: Calendar::scotland(),
            meeting: meeting::rows::one(self.tx, &meeting).await?,
            is_taken: false,
            seen: register.items.iter().map(|item| (item.id.clone(), seen(item))).collect(),
        };
        let doing = Doing { role: AUDIT_MANAGER, permission: "plan.ask", task: "Ask for updates" };
        let id = self.new_id();
        let asked: Vec<Id> = all.iter().map(|ask| ask.recommendation.clone()).collect();
        let command = Command::Open { meeting: Some(meeting), due_on: String::new(), asks: all };
        let entry = self.act::<Rounds>(doing, &id, &known, command).await?;
        let who = self.who(doing)?;
        tell_of(self.tx, &who, entry.at, (&id, &entry), (&known.seen, found.as_ref())).await?;
        for (place, recommendation) in asked.into_iter().enumerate() {
            self.cast.take(Kind::Request, request(group, on, place), recommendation);
        }
        Ok(())
    }

    async fn answer(&mut self, group: &Group, on: Date, place: usize) -> Result<()> {
        // A plan may have too little that is open to ask so many.
        let Ok(id) = self.cast.find(Kind::Request, &request(group, on, place)) else { return Ok(()) };
        let doing = Doing { role: ACTION_OWNER, permission: "plan.update", task: "Add an update" };
        let known = update::Known { recommendation: self.cast.state(&id), other: None };
        let text = ANSWERS[place].to_owned();
        self.act::<UpdatesOf>(doing, &id, &known, update::Command::Add { text }).await?;
        Ok(())
    }

    async fn keep(&mut self, group: &Group) -> Result<()> {
        let code = group.plans.first().context("the group looks after no plan")?;
        let inspection = self.cast.inspection(code)?.clone();
        let register: Register = load(self.tx, AsAt::Now, self.clock.now()).await?;
        let title = register.inspection(&inspection).context("the plan is in the register")?.title.clone();
        let id = self.new_id();
        let account = Id::read(self.people.account(AUDIT_MANAGER)?).context("an account has an identity")?;
        let known = known_view(self.tx, &account, &id).await?;
        let command = Look::Save {
            name: format!("{title}, delayed"),
            query: format!("inspection={inspection}&flag=delayed"),
            shared: false,
        };
        let doing = Doing { role: AUDIT_MANAGER, permission: "plan.read", task: "Save a view" };
        self.act::<Views>(doing, &id, &known, command).await?;
        Ok(())
    }
}

/// The name of a request.
fn request(group: &Group, on: Date, place: usize) -> String {
    format!("{} {place}", name_of(&group.key, on))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portfolio::groups;

    #[test]
    fn a_round_is_open_on_most_days_and_is_whole() {
        let all = groups().unwrap();
        let first: Date = "2026-01-05".parse().unwrap();
        let mut without = 0;
        for today in first.series(jiff::ToSpan::days(1)).take(700) {
            let steps = steps(&all, today);
            // Between a meeting and the day on which the next is called there is none to ask for.
            if steps.is_empty() {
                without += 1;
                continue;
            }
            let days: Vec<Date> = steps.iter().map(|(day, _)| *day).collect();
            assert_eq!(days.len(), 4, "{today}");
            let group = all.iter().find(|group| group.key == GROUP).unwrap();
            let on = group_meets(&steps);
            assert!(called_on(group, on, today).unwrap() <= days[0] && days[0] <= today, "{today}: {days:?}");
            assert!(days[1] < days[2] && days[2] < days[3], "{today}: {days:?}");
        }
        assert!(without < 350, "on {without} of 700 days nobody is asked for anything");
    }

    fn group_meets(steps: &[(Date, Step<'_>)]) -> Date {
        let open =
            steps.iter().find_map(|(_, step)| if let Step::Open(_, on) = step { Some(*on) } else { None });
        open.unwrap()
    }
}

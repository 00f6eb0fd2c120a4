//! What happened to the recommendations after their plan came in: the events of `lives/*.toml`.

use anyhow::{Context, Result, bail};
use jiff::{ToSpan, civil::Date};
use serde::Deserialize;

/// The life of one plan's recommendations, oldest event first.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Life {
    /// The day on which the plan was carried in.
    pub carried_in_on: Date,
    /// What happened then; one day's in the order in which it did.
    #[serde(rename = "event", default)]
    pub events: Vec<Event>,
    /// Closings that are told in one word: each becomes its three events.
    #[serde(default)]
    closed: Vec<Closed>,
}

/// Recommendations that went through evidence, proposal and discharge without more being told of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Closed {
    /// Their references as printed.
    of: Vec<String>,
    /// The day of the discharge.
    on: Date,
    /// What was done; left out where the papers at hand do not say.
    what_we_did: Option<String>,
    /// What it brought about; left out where the papers at hand do not say.
    impact: Option<String>,
}

/// Something that happened to one recommendation.
#[derive(Debug, Clone, Deserialize)]
pub struct Event {
    /// When.
    pub on: Day,
    /// The recommendation's reference as printed.
    pub of: String,
    /// What.
    #[serde(flatten)]
    pub what: What,
}

/// A day of the calendar, or one counted back from the day on which the demonstration is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Day {
    /// "2024-09-04".
    On(Date),
    /// "9 days ago".
    Ago(i32),
}

/// What can happen, as a page offers it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// An update is added.
    Update(String),
    /// Actions are finished.
    Finish {
        /// Their numbers.
        actions: Vec<String>,
        /// What was done.
        note: String,
    },
    /// The target is moved.
    Move {
        /// Where to.
        to: String,
        /// Which of the four reasons it is: a key of `definitions/plan.toml`.
        category: String,
        /// Why.
        reason: String,
        /// Who approved it.
        approved_by: String,
    },
    /// It is addressed to other bodies than the plan said.
    Address {
        /// The bodies, of those of the inspection.
        to: Vec<String>,
        /// Why.
        reason: String,
    },
    /// It waits for a programme, a body outside, another recommendation or one of its actions.
    WaitFor(WaitFor),
    /// Its update is that of another recommendation of the same plan.
    AsAbove {
        /// The other's reference.
        of: String,
        /// What is different; may be left out.
        #[serde(default)]
        note: String,
    },
    /// It waits for another recommendation of the same plan.
    Wait {
        /// The other's reference.
        on: String,
        /// Why.
        reason: String,
    },
    /// Its evidence is together.
    Assemble(String),
    /// It is sent to the inspectorate.
    Propose {
        /// What was done.
        what_we_did: String,
        /// What is better now.
        impact: String,
    },
    /// The inspectorate wants more.
    Return(String),
    /// The inspectorate is content.
    Discharge(String),
}

/// What a recommendation waits for: one of these, or an action with the recommendation that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WaitFor {
    /// The key of a programme.
    pub programme: Option<String>,
    /// The name of a body outside the force.
    pub body: Option<String>,
    /// The reference of a recommendation of the same plan.
    pub recommendation: Option<String>,
    /// The number of one of that recommendation's actions.
    pub action: Option<String>,
    /// Why.
    pub reason: String,
    /// Since when.
    pub since: Date,
}

impl Closed {
    /// Evidence six weeks before the discharge, the proposal one week later.
    fn events(self) -> impl Iterator<Item = Event> {
        let (evidence, what_we_did, impact, reason) = match (self.what_we_did, self.impact) {
            (None, impact) => (
                "What was sent is not in the papers at hand.",
                "What was done is not in the papers at hand.".to_owned(),
                impact.unwrap_or_else(|| "What it brought about is not in the papers at hand.".to_owned()),
                "The papers at hand say only that it was discharged.",
            ),
            (Some(done), impact) => (
                "What the closure statement names.",
                done,
                impact.unwrap_or_default(),
                "The evidence bears the closure statement out.",
            ),
        };
        let steps = [
            (42, What::Assemble(evidence.to_owned())),
            (35, What::Propose { what_we_did, impact }),
            (0, What::Discharge(reason.to_owned())),
        ];
        let on = self.on;
        steps.into_iter().flat_map(move |(days, what)| {
            let event = move |of: &String| Event {
                on: Day::On(on.saturating_sub(days.days())),
                of: of.clone(),
                what: what.clone(),
            };
            self.of.clone().into_iter().map(move |of| event(&of))
        })
    }
}

impl Day {
    /// Whether a file may tell of `next` after this one: days in order, those that are counted back at the end.
    fn may_precede(self, next: Self) -> bool {
        match (self, next) {
            (Self::On(one), Self::On(next)) => one <= next,
            (Self::On(_), Self::Ago(_)) => true,
            (Self::Ago(_), Self::On(_)) => false,
            (Self::Ago(one), Self::Ago(next)) => one >= next,
        }
    }
}

impl TryFrom<String> for Day {
    type Error = String;

    fn try_from(words: String) -> Result<Self, String> {
        let wrong = || format!("“{words}” is neither a day (2024-09-04) nor counted back (9 days ago)");
        match words.strip_suffix(" days ago") {
            Some(days) => days.parse().map(Self::Ago).map_err(|_| wrong()),
            None => words.parse().map(Self::On).map_err(|_| wrong()),
        }
    }
}

impl Life {
    pub(crate) fn read(name: &str, text: &str) -> Result<Self> {
        let mut life: Self = toml::from_str(text).with_context(|| format!("lives/{name} does not read"))?;
        let days = life.events.windows(2);
        if let Some([_, late]) = days.into_iter().find(|pair| !pair[0].on.may_precede(pair[1].on)) {
            bail!("lives/{name}: {} of {:?} stands after a later day", late.of, late.on);
        }
        let closed = std::mem::take(&mut life.closed);
        life.events.extend(closed.into_iter().flat_map(Closed::events));
        Ok(life)
    }

    /// A life of these events.
    pub(crate) fn of(carried_in_on: Date, events: Vec<Event>) -> Self {
        Self { carried_in_on, events, closed: Vec::new() }
    }

    /// The events of the days before `today`, each with its day. One that is counted back is left out where
    /// it would fall before the last day of the calendar: the story is then too young for it.
    pub fn before(&self, today: Date) -> impl Iterator<Item = (Date, &Event)> {
        let fixed = self.events.iter().filter_map(|event| match event.on {
            Day::On(day) => Some(day),
            Day::Ago(_) => None,
        });
        let last = fixed.max().unwrap_or(self.carried_in_on);
        let day = move |event: &Event| match event.on {
            Day::On(day) => Some(day),
            Day::Ago(days) => Some(today.saturating_sub(days.days())).filter(|day| *day > last),
        };
        let dated = self.events.iter().filter_map(move |event| day(event).map(|day| (day, event)));
        dated.filter(move |(day, _)| *day < today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(events: &str) -> Result<Life> {
        Life::read("test.toml", &format!("carried_in_on = \"2024-01-02\"\n{events}"))
    }

    fn event(on: &str) -> String {
        format!("[[event]]\non = \"{on}\"\nof = \"R1\"\nupdate = \"News.\"\n")
    }

    #[test]
    fn days_that_are_out_of_order_are_told() {
        let told = |days: &[&str]| read(&days.iter().map(|on| event(on)).collect::<String>()).map(|_| ());
        assert!(told(&["2024-02-01", "2024-02-01", "2024-03-01", "9 days ago", "2 days ago"]).is_ok());
        for wrong in
            [["2024-03-01", "2024-02-01"], ["2 days ago", "9 days ago"], ["9 days ago", "2024-02-01"]]
        {
            assert!(told(&wrong).unwrap_err().to_string().contains("after a later day"), "{wrong:?}");
        }
    }

    #[test]
    fn a_closing_in_one_word_is_three_steps_of_each() {
        let life = read("[[closed]]\nof = [\"R1\", \"R2\"]\non = \"2024-06-26\"\n").unwrap();
        let days: Vec<(Day, &str)> = life.events.iter().map(|event| (event.on, event.of.as_str())).collect();
        let on = |day: &str| Day::On(day.parse().unwrap());
        let expected = ["2024-05-15", "2024-05-22", "2024-06-26"];
        assert_eq!(days, expected.map(|day| [(on(day), "R1"), (on(day), "R2")]).concat());
        let told = read(
            "[[closed]]\nof = [\"R1\"]\non = \"2024-06-26\"\nwhat_we_did = \"It.\"\nimpact = \"9 of 10.\"\n",
        );
        assert!(told.unwrap().events.iter().any(|event| matches!(
            &event.what,
            What::Propose { what_we_did, impact } if what_we_did == "It." && impact == "9 of 10."
        )));
    }
}

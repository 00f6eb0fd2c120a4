//! A register as large as a force's would be after thirteen years, invented from a number: for benchmarks.
//!
//! 1,000 recommendations of 40 inspections, 4,000 actions, 12,000 updates, 3,000 moves of a target; about 580
//! discharged. Everything goes in by the same rules as a person's, each entry on its day.

use ::plan::{
    action::{rows::ActionsOf, rules as action},
    classification::{rows::Classifications, rules as classification},
    dependency::{rows::DependenciesOf, rules as dependency},
    inspection::{
        rows::Inspections,
        rules::{Command as Register, Details, Known as Others},
    },
    pages::recall,
    recommendation::{
        rows::Recommendations,
        rules::{Command, Known, Printed},
    },
    target::{rows::Targets, rules as target},
    update::{rows::UpdatesOf, rules as update},
};
use anyhow::Result;
use jiff::{SignedDuration, Timestamp, civil::date, tz::TimeZone};
use journal::{Actor, Id, Journal, Tx, act};

use crate::sixty::{Chance, NEWS, OWNERS, sentence};

/// Inspections; each makes 25 recommendations.
const INSPECTIONS: u64 = 40;
/// Recommendations of each.
const EACH: u64 = 25;

/// Fills an empty journal; the same for the same `seed`. Tells how many recommendations it has made so far.
pub async fn thousand(journal: &Journal, seed: u64, mut progress: impl FnMut(u64)) -> Result<()> {
    let mut chance = Chance(seed);
    let task = "Fill the register".to_owned();
    let who = Actor { who: "bench".to_owned(), role: "audit_manager".to_owned(), task };
    let mut before: Option<Id> = None;
    for number in 0..INSPECTIONS {
        let mut tx = journal.begin().await?;
        let mut clock = Clock::in_year(number)?;
        let inspection = inspection(&mut tx, &who, &mut clock, number).await?;
        for place in 1..=EACH {
            let mut life = Life { tx: &mut tx, who: &who, clock: &mut clock, chance: &mut chance };
            before = Some(life.recommendation(&inspection, place, before.as_ref()).await?);
        }
        tx.commit().await?;
        progress((number + 1) * EACH);
    }
    Ok(())
}

/// Time as it passes in the life of one inspection's recommendations: every entry is some hours later.
struct Clock(Timestamp);

impl Clock {
    /// The forty inspections are spread over thirteen years from 2013.
    fn in_year(number: u64) -> Result<Self> {
        let days = i64::try_from(number * 13 * 365 / INSPECTIONS)?;
        let start = date(2013, 4, 1).at(9, 0, 0, 0).to_zoned(TimeZone::UTC)?.timestamp();
        Ok(Self(start + SignedDuration::from_hours(24 * days)))
    }

    fn tick(&mut self) -> Timestamp {
        self.0 += SignedDuration::from_mins(97);
        self.0
    }
}

async fn inspection(tx: &mut Tx, who: &Actor, clock: &mut Clock, number: u64) -> Result<Id> {
    let now = clock.tick();
    let id = Id::new(now);
    let details = Details {
        title: format!("Invented Inspection {}", number + 1),
        code: format!("INV{:02}", number + 1),
        kind: "thematic".to_owned(),
        published_on: now.to_zoned(TimeZone::UTC).date().to_string(),
        inspectorate: "HMICS".to_owned(),
        addressees: "Caledonia Police\nScottish Government".to_owned(),
    };
    let known = Others::default();
    act::<Inspections>(tx, who, now, &id, &known, Register::Register(details)).await??;
    Ok(id)
}

struct Life<'a> {
    tx: &'a mut Tx,
    who: &'a Actor,
    clock: &'a mut Clock,
    chance: &'a mut Chance,
}

impl Life<'_> {
    async fn recommendation(&mut self, inspection: &Id, place: u64, before: Option<&Id>) -> Result<Id> {
        let now = self.clock.tick();
        let id = Id::new(now);
        let printed = Printed {
            inspection: Some(inspection.clone()),
            reference: format!("R{place}"),
            text: sentence(self.chance),
            exposure: self.chance.one_of(&["Low", "Medium", "Medium", "High", ""]).to_owned(),
            risk_statement: format!("Until it is done, {}", sentence(self.chance)),
            impact: sentence(self.chance),
            owner_post: self.chance.one_of(&OWNERS).to_owned(),
            owner_team: String::new(),
        };
        let known = Known { today: day(now), taken: [].into(), successor: None };
        act::<Recommendations>(self.tx, self.who, now, &id, &known, Command::Make(printed)).await??;
        self.sort(&id).await?;
        self.targets(&id).await?;
        self.actions(&id).await?;
        self.updates(&id).await?;
        if let Some(before) = before.filter(|_| place.is_multiple_of(7)) {
            self.wait(&id, before).await?;
        }
        self.way_out(&id).await?;
        Ok(id)
    }

    async fn sort(&mut self, id: &Id) -> Result<()> {
        use classification::{Command, Known};
        let known = Known { recommendation: recall(self.tx, id).await?, bodies: Vec::new() };
        let theme =
            self.chance.one_of(&["demand_picture", "consistency", "custody", "training_and_learning"]);
        let command = Command::Theme { themes: vec![theme.to_owned()] };
        act::<Classifications>(self.tx, self.who, self.clock.tick(), id, &known, command).await??;
        Ok(())
    }

    async fn targets(&mut self, id: &Id) -> Result<()> {
        let recommendation = recall(self.tx, id).await?;
        let known = ::plan::target::pages::known_of(self.tx, recommendation).await?;
        let year = day(self.clock.0).year() + 1;
        let set = target::Command::Set { target: format!("{year}-{:02}", 1 + self.chance.below(12)) };
        act::<Targets>(self.tx, self.who, self.clock.tick(), id, &known, set).await??;
        for later in 1..=3 {
            let kinds = ["wider_programmes", "technical_development", "partnership_dependency"];
            let command = target::Command::Move {
                to: format!("{}-{:02}", year + later, 1 + self.chance.below(12)),
                reason: sentence(self.chance),
                approved_by: self.chance.one_of(&OWNERS).to_owned(),
                delay_reason: self.chance.one_of(&kinds).to_owned(),
            };
            act::<Targets>(self.tx, self.who, self.clock.tick(), id, &known, command).await??;
        }
        Ok(())
    }

    async fn actions(&mut self, id: &Id) -> Result<()> {
        for _ in 0..4 {
            let now = self.clock.tick();
            let known = action::Known::on(day(now), recall(self.tx, id).await?);
            let command = action::Command::Add {
                number: String::new(),
                text: sentence(self.chance),
                owner: String::new(),
                target: None,
            };
            act::<ActionsOf>(self.tx, self.who, now, id, &known, command).await??;
        }
        Ok(())
    }

    async fn updates(&mut self, id: &Id) -> Result<()> {
        let known = update::Known { recommendation: recall(self.tx, id).await?, other: None };
        for month in 1..=12 {
            let news: Vec<&str> = (0..3).map(|_| self.chance.one_of(&NEWS)).collect();
            let command = update::Command::Add { text: format!("Month {month}. {}", news.join(" ")) };
            act::<UpdatesOf>(self.tx, self.who, self.clock.tick(), id, &known, command).await??;
        }
        Ok(())
    }

    async fn wait(&mut self, id: &Id, before: &Id) -> Result<()> {
        let now = self.clock.tick();
        let on = dependency::Awaited::Recommendation(before.clone());
        let known = ::plan::dependency::pages::known(self.tx, day(now), id, &on).await?;
        if known.has_come.is_some() {
            return Ok(());
        }
        let command = dependency::Command::Add { on, reason: sentence(self.chance), since: None };
        act::<DependenciesOf>(self.tx, self.who, now, id, &known, command).await??;
        Ok(())
    }

    /// 58 of 100 are discharged, some are with the inspectorate or returned.
    async fn way_out(&mut self, id: &Id) -> Result<()> {
        let steps = match self.chance.below(100) {
            0..58 => 3,
            58..62 => 2,
            62..66 => 1,
            66..70 => 4,
            _ => 0,
        };
        let all = [
            Command::AssembleEvidence { evidence: sentence(self.chance) },
            Command::ProposeClosure { what_we_did: sentence(self.chance), impact: sentence(self.chance) },
            Command::Discharge { reason: sentence(self.chance) },
        ];
        let returned = Command::Return { reason: sentence(self.chance) };
        let commands: Vec<Command> = match steps {
            4 => all.into_iter().take(2).chain([returned]).collect(),
            steps => all.into_iter().take(steps).collect(),
        };
        for command in commands {
            let now = self.clock.tick();
            let known = Known { today: day(now), taken: [].into(), successor: None };
            act::<Recommendations>(self.tx, self.who, now, id, &known, command).await??;
        }
        Ok(())
    }
}

fn day(at: Timestamp) -> jiff::civil::Date {
    ::plan::register::rules::scottish_day(at)
}

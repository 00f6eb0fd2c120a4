//! A desk with a small register on it, in order until a test puts a fault into it.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use journal::{Id, Position};
use plan::{
    action::rules::Action,
    classification::rules::Classification,
    dependency::{rows::Waiting, rules::Awaited},
    inspection::rules::{Inspection, Kind},
    linter::{AreaFact, Finding, Input, KnownName, Readings, check},
    recommendation::{
        rows::Taken,
        rules::{Exposure, Recommendation},
        status::Status,
    },
    register::rules::{Item, Register},
    source::rules::{About, Cited, Quantity, Source, Statement},
    target::rows::Given,
    update::rows::Said,
};

/// The day of the committee's paper.
pub const TODAY: &str = "2025-09-16";

pub fn day(text: &str) -> Date {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Noon on a day, in Scotland.
pub fn noon(text: &str) -> Timestamp {
    let scotland = TimeZone::get("Europe/London").expect("the time zones are compiled in");
    day(text).at(12, 0, 0, 0).to_zoned(scotland).expect("noon is once a day").timestamp()
}

/// An identity that is the same in every run.
pub fn id(number: usize) -> Id {
    Id::read(&format!("018a645b-0000-7bb7-b19b-{number:012x}")).expect("it is an identity")
}

/// It waits for another recommendation.
pub fn waits(on: &Id, reason: &str) -> Waiting {
    Waiting { on: Awaited::Recommendation(on.clone()), reason: reason.into(), since: None }
}

/// What is checked.
pub struct Desk {
    pub register: Register,
    pub areas: Vec<AreaFact>,
    pub names: Vec<KnownName>,
    pub sources: Vec<(Id, Source)>,
    /// The day it is seen from.
    pub today: Date,
    made: usize,
}

impl Desk {
    /// One plan, "Mental Health 2024" (MH24), with nothing in it.
    pub fn new() -> Self {
        let position = Position { seq: 9, today: day(TODAY), is_past: false };
        let register = Register {
            position,
            inspections: Vec::new(),
            items: plan::register::items::Items::default(),
            areas: Vec::new(),
            programmes: Vec::new(),
            underway: Vec::new(),
        };
        let mut desk =
            Self { register, areas: vec![], names: vec![], sources: vec![], today: day(TODAY), made: 0 };
        desk.plan("Mental Health 2024", "MH24", "2024-10-18");
        desk
    }

    fn next(&mut self) -> Id {
        self.made += 1;
        id(self.made)
    }

    /// Another inspection.
    pub fn plan(&mut self, title: &str, code: &str, published_on: &str) -> Id {
        let id = self.next();
        let inspection = Inspection {
            title: title.into(),
            code: code.into(),
            kind: Kind::Thematic,
            published_on: day(published_on),
            inspectorate: "HMICS".into(),
            addressees: vec!["Caledonia Police".into()],
        };
        self.register.inspections.push((id.clone(), inspection));
        id
    }

    /// A recommendation of the last inspection, in order but for what `change` does to it.
    pub fn add(&mut self, reference: &str, change: impl FnOnce(&mut Item)) -> Id {
        let id = self.next();
        let (inspection, of) = self.register.inspections.last().expect("there is one").clone();
        let recommendation = Recommendation {
            inspection,
            reference: reference.into(),
            aliases: Vec::new(),
            text: format!("Caledonia Police should do what recommendation {reference} of {} asks.", of.code),
            exposure: Some(Exposure::Medium),
            risk_statement: "People may come to harm.".into(),
            impact: "Fewer people come to harm.".into(),
            owner_post: "Head of Governance".into(),
            owner_team: String::new(),
            status: Status::Open,
            status_on: None,
            what_we_did: String::new(),
            impact_achieved: String::new(),
            superseded_by: None,
        };
        let mut item = Item {
            id: id.clone(),
            recommendation,
            code: of.code,
            published_on: of.published_on,
            targets: vec![given("2026-06", "2024-11-01")],
            actions: Vec::new(),
            updates: vec![said("Work goes on as planned.", "2025-09-01")],
            waits_for: Vec::new(),
            steps: Vec::new(),
            classification: Classification::default(),
            addressees: Vec::new(),
            is_blocked: false,
        };
        change(&mut item);
        let Recommendation { status, status_on, .. } = item.recommendation;
        item.steps.extend(status_on.map(|on| Taken { status, on, seq: 1 }));
        self.register.items.push(item);
        id
    }

    /// A paper of a day, published a week before.
    pub fn paper(&mut self, title: &str, reference: &str, on: &str) -> Id {
        let id = self.next();
        let meeting_on = Some(day(on));
        let published_on = meeting_on.and_then(|on| on.checked_sub(jiff::Span::new().days(7)).ok());
        let source = Source {
            title: title.into(),
            meeting_on,
            published_on,
            reference: reference.into(),
            ..Source::default()
        };
        self.sources.push((id.clone(), source));
        id
    }

    /// The last paper says something, on its own day.
    pub fn says(&mut self, about: About, quantity: Quantity, value: &str, words: &str) {
        let (_, source) = self.sources.last_mut().expect("there is a paper");
        let no = i64::try_from(source.statements.len()).expect("it fits") + 1;
        let as_on = source.meeting_on.expect("it has a meeting");
        let statement = Statement { about, quantity, value: value.into(), words: words.into(), as_on };
        source.statements.push(Cited { no, statement, withdrawn: None });
    }

    /// The last inspection, as a statement is about it.
    pub fn about(&self) -> About {
        About::Inspection(self.register.inspections.last().expect("there is one").0.clone())
    }

    /// An area for development of the last inspection.
    pub fn area(&mut self, reference: &str, heading: &str, actions: &[&str]) {
        let inspection = self.register.inspections.last().expect("there is one").0.clone();
        let item = self.register.items.last().map(|item| item.id.clone());
        self.areas.push(AreaFact {
            inspection,
            reference: reference.into(),
            heading: heading.into(),
            text: "Establish indicators of partnership working.".into(),
            is_open: true,
            actions: actions
                .iter()
                .map(|number| (item.clone().expect("a recommendation first"), (*number).to_owned()))
                .collect(),
            contested: String::new(),
            address: "/areas".into(),
        });
    }

    /// Everything that the check finds.
    pub fn findings(&self) -> Vec<Finding> {
        check(&self.input(&Readings::of(&self.register, &self.names)))
    }

    /// What is checked, with what was read in it.
    pub fn input<'a>(&'a self, readings: &'a Readings) -> Input<'a> {
        Input {
            register: &self.register,
            readings,
            areas: &self.areas,
            names: &self.names,
            sources: &self.sources,
            today: self.today,
        }
    }

    /// The sentences of one check.
    pub fn sentences(&self, check: &str) -> Vec<String> {
        self.findings().into_iter().filter(|one| one.check == check).map(|one| one.sentence).collect()
    }
}

pub fn given(iso: &str, on: &str) -> Given {
    Given {
        seq: 1,
        at: noon(on),
        who: "somebody".into(),
        target: iso.parse().expect("a target"),
        reason: String::new(),
        approved_by: String::new(),
        delay_reason: String::new(),
    }
}

pub fn said(text: &str, on: &str) -> Said {
    Said { seq: 1, at: noon(on), who: "somebody".into(), text: text.into(), inherited_from: None }
}

pub fn action(number: &str, text: &str) -> Action {
    Action {
        number: number.into(),
        text: text.into(),
        owner: String::new(),
        target: None,
        done_on: None,
        stage: None,
        moves: Vec::new(),
    }
}

/// Closed on a day, with a measured impact.
pub fn closed(item: &mut Item, on: &str) {
    item.recommendation.status = Status::Discharged;
    item.recommendation.status_on = Some(day(on));
    item.recommendation.what_we_did = "The work was done.".into();
    item.recommendation.impact_achieved = "Repeat calls fell by 12 per cent.".into();
}

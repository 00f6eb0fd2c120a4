//! One incident after the other, dealt with by chance: sensible steps, and any others, by anybody.

use std::collections::{BTreeMap, BTreeSet};

use contact::{
    contact::rules::{Location, Purpose},
    grade::Grade,
    suggestion::rules::Suggestion,
    thrive::rules::{Assessment, Command as Assess, Considered, Element, Level},
};
use incident::{
    Change, Opening, Standing, change, closure, custody,
    grade::{self, rules::By},
    incident::rules::{Command as Itself, Kind, Person},
    response,
    standing::Known,
};
use jiff::{SignedDuration, Timestamp};
use journal::{Id, Refusal};

use crate::{
    appointments::{command, offered},
    oracle::Oracle,
    steps::{Chance, Step, by},
};

/// One incident on its way.
pub struct Walk {
    pub chance: Chance,
    now: Timestamp,
    number: u64,
    standing: Option<Standing>,
    oracle: Oracle,
    pub done: BTreeMap<Step, (usize, usize)>,
}

impl Walk {
    pub fn new(seed: u64) -> Self {
        let now = Timestamp::from_second(1_795_000_000).expect("a moment");
        Self {
            chance: Chance(seed),
            now,
            number: 0,
            standing: None,
            oracle: Oracle::default(),
            done: BTreeMap::new(),
        }
    }

    fn id(&mut self) -> Id {
        self.number += 1;
        Id::read(&format!("018a645b-0000-7bb7-b19b-{:012x}", self.number)).expect("an identity")
    }

    fn known(&self, by: By) -> Known {
        let (others, offered) = (BTreeSet::new(), offered(self.now));
        Known { now: self.now, by, standing: self.standing.clone(), others, offered }
    }

    fn pass(&mut self) {
        let minutes = i64::try_from(1 + self.chance.below(20)).expect("it fits");
        self.now += SignedDuration::from_mins(minutes);
    }

    /// Opens the next incident; what has no words is Immediate.
    pub fn open(&mut self) {
        (self.standing, self.oracle) = (None, Oracle::default());
        let grade = self.chance.pick(&Grade::ALL);
        let bare = grade == Grade::Immediate && self.chance.one_in(2);
        let contact = self.id();
        let opening = Opening {
            contact,
            kind: if bare { Kind { incident_type: String::new(), qualifiers: vec![] } } else { self.kind() },
            location: (!bare && !self.chance.one_in(4)).then(|| self.location()),
            summary: if bare { String::new() } else { "Shouting next door".into() },
            persons: Vec::new(),
            warnings: if self.chance.one_in(4) { vec!["dog".into()] } else { Vec::new() },
            grade,
            suggestion: self.suggestion(),
            rationale: "Neighbours know them well.".into(),
        };
        let actor = by(0);
        let steps = change::opening(&self.known(actor.clone()), opening);
        self.take_all(&actor, steps).expect("an incident is opened");
        if self.chance.one_in(2) {
            let assessed = self.assessment(6);
            self.take_all(&actor, vec![Change::Thrive(Assess::Assess(assessed))]).expect("it is assessed");
        }
    }

    fn kind(&mut self) -> Kind {
        let incident_type =
            self.chance.pick(&["alarm", "assault", "domestic_incident", "concern_for_person"]).into();
        let all = ["domestic", "mental_health", "hate"];
        let qualifiers = all.iter().filter(|_| self.chance.one_in(3)).map(|one| (*one).to_owned()).collect();
        Kind { incident_type, qualifiers }
    }

    fn location(&mut self) -> Location {
        let division = self.chance.pick(&["E", "G", "N", ""]).to_owned();
        Location { words: "4 Shore Street".to_owned().into(), division, ..Location::default() }
    }

    fn suggestion(&mut self) -> Option<Suggestion> {
        let grade = self.chance.pick(&Grade::ALL);
        (!self.chance.one_in(3)).then(|| Suggestion { grade, reasons: vec![], ask: vec![], definition: 1 })
    }

    fn assessment(&mut self, considered: usize) -> Assessment {
        let vulnerable = self.chance.one_in(4);
        let elements = Element::ALL.into_iter().take(considered).map(|element| {
            let high = element == Element::Vulnerability && vulnerable;
            let level = if high { Level::High } else { Level::NoneIdentified };
            (element, Considered { level, narrative: "Alone".to_owned().into() })
        });
        let change = format!("Version {}", self.number).into();
        Assessment { elements: elements.collect(), change, ..Assessment::default() }
    }

    fn change(&mut self, step: Step) -> Change {
        match step {
            Step::Attach | Step::Classify | Step::Locate | Step::Person | Step::Warn | Step::Log => {
                Change::Incident(self.itself(step))
            }
            Step::Choose
            | Step::Immediate
            | Step::EndorseDowngrade
            | Step::RefuseDowngrade
            | Step::Explain => Change::Grade(self.grade(step)),
            Step::Offer | Step::Accept | Step::Return | Step::Withdraw => Change::Custody(self.custody(step)),
            Step::Dispatch | Step::Arrive | Step::Result | Step::Review | Step::Attend => {
                Change::Response(self.response(step))
            }
            Step::Assess => {
                self.number += 1;
                let considered = if self.chance.one_in(3) { self.chance.below(7) } else { 6 };
                Change::Thrive(Assess::Assess(self.assessment(considered)))
            }
            Step::Close | Step::Endorse | Step::SendBack | Step::Reopen => {
                Change::Closure(self.closure(step))
            }
            Step::Ask
            | Step::Except
            | Step::Allow
            | Step::Book
            | Step::Cancel
            | Step::Miss
            | Step::Keep
            | Step::NotWanted => Change::Appointment(command(&mut self.chance, self.now, step)),
        }
    }

    fn itself(&mut self, step: Step) -> Itself {
        match step {
            Step::Attach => {
                let purpose = self.chance.pick(&Purpose::ALL);
                Itself::Attach { contact: self.id(), purpose }
            }
            Step::Classify => Itself::Classify { kind: self.kind(), reason: "As officers found it".into() },
            Step::Locate => Itself::Locate(self.location()),
            Step::Person => {
                let none = || String::new().into();
                Itself::AddPerson(Person {
                    name: none(),
                    born: none(),
                    number: none(),
                    role: "witness".into(),
                })
            }
            Step::Warn => {
                let all = ["dog", "weapons", "violent"];
                let warnings =
                    all.iter().filter(|_| self.chance.one_in(2)).map(|one| (*one).to_owned()).collect();
                Itself::Warn { warnings }
            }
            _ => Itself::Log { words: "Rang again".into(), changes_circumstances: self.chance.one_in(4) },
        }
    }

    fn rationale(&mut self) -> (String, String) {
        let rationale = if self.chance.one_in(8) { "" } else { "He has left the house." };
        (rationale.into(), if self.chance.one_in(8) { "whim".into() } else { "information".into() })
    }

    fn grade(&mut self, step: Step) -> grade::rules::Command {
        use grade::rules::Command;
        let (rationale, reason) = self.rationale();
        match step {
            Step::Choose => {
                let (grade, suggestion) = (self.chance.pick(&Grade::ALL), self.suggestion());
                Command::Choose { grade, suggestion, rationale, reason }
            }
            Step::Immediate => {
                let suggestion = self.suggestion();
                let rationale = if self.chance.one_in(4) { "x".repeat(5_000) + "\u{7}" } else { rationale };
                Command::Choose { grade: Grade::Immediate, suggestion, rationale, reason }
            }
            Step::EndorseDowngrade => Command::EndorseDowngrade { words: "Agreed".into() },
            Step::RefuseDowngrade => Command::RefuseDowngrade { reason: "Not yet".into() },
            _ => Command::Explain { rationale, reason },
        }
    }

    fn custody(&mut self, step: Step) -> custody::rules::Command {
        use custody::rules::Command;
        match step {
            Step::Offer => {
                let units = [
                    "division_e",
                    "division_g",
                    "control_room_east",
                    "control_room_west",
                    "resolution_team",
                    "no unit",
                ];
                let to = self.chance.pick(&units).to_owned();
                let in_force = self.oracle.in_force.unwrap_or(Grade::Standard);
                let new_grade = if self.chance.one_in(2) { in_force } else { self.chance.pick(&Grade::ALL) };
                let (rationale, reason) = self.rationale();
                let is_life_at_risk = self.chance.one_in(3);
                Command::Offer { to, new_grade, rationale, reason, words: String::new(), is_life_at_risk }
            }
            Step::Accept => Command::Accept,
            Step::Return => Command::Return { reason: "incomplete".into(), words: "Where is he?".into() },
            _ => Command::Withdraw { reason: "Not needed".into() },
        }
    }

    fn response(&mut self, step: Step) -> response::rules::Command {
        use response::rules::Command;
        let call_sign = self.chance.pick(&["KM21", "KM22"]).to_owned();
        let minutes = i64::try_from(self.chance.below(4)).expect("it fits");
        let at = self.now - SignedDuration::from_mins(minutes)
            + SignedDuration::from_mins(i64::from(self.chance.one_in(20)) * 9);
        match step {
            Step::Dispatch => Command::Dispatch { call_sign, at },
            Step::Arrive => Command::Arrive { call_sign, at },
            Step::Result => {
                let result = self.chance.pick(&["dealt_with", "stood_down", "arrest"]).to_owned();
                Command::Result { call_sign, at, result, words: String::new() }
            }
            Step::Review => Command::Review { next_in_minutes: 30, words: "Still quiet".into() },
            _ => {
                let is_excepted = self.chance.one_in(3);
                Command::DecideAttendance { policy: 1, is_excepted, reason: "No second sign".into() }
            }
        }
    }

    fn closure(&mut self, step: Step) -> closure::rules::Command {
        use closure::rules::{Command, Form};
        match step {
            Step::Close => {
                let part = || "All is told.".to_owned();
                let code =
                    self.chance.pick(&["SC01", "SC02", "SC02", "SC07", "SC07", "F01", "SC03"]).to_owned();
                let accounts_conflict = self.chance.one_in(8);
                let (overview, updates, action, outcome) = (part(), part(), part(), part());
                let explanation = String::new();
                Command::Close(Form {
                    code,
                    overview,
                    updates,
                    action,
                    outcome,
                    accounts_conflict,
                    explanation,
                })
            }
            Step::Endorse => Command::Endorse { words: String::new() },
            Step::SendBack => Command::SendBack { reason: "Say what he said.".into() },
            _ => Command::Reopen { reason: "They rang again.".into() },
        }
    }

    /// One step by one actor: refused, or taken with all that it brings.
    pub fn step(&mut self, step: Step, actor: usize) -> bool {
        self.pass();
        let change = self.change(step);
        let actor = by(actor);
        let before = self.standing.clone();
        let steps = change::steps(&self.known(actor.clone()), change);
        let refused = self.take_all(&actor, steps).err();
        if let Some(refusal) = &refused {
            // Nothing is left of a step that was refused half-way.
            assert_eq!(self.standing, before, "{refusal}");
            let is_open = before.as_ref().is_some_and(Standing::is_open);
            assert!(!(step == Step::Immediate && is_open), "Immediate was refused: {refusal}");
            let ends = refusal.sentence.ends_with(['.', '?']);
            assert!(ends && refusal.sentence.len() > 15, "no sentence: {refusal}");
        }
        let count = self.done.entry(step).or_default();
        if refused.is_none() {
            count.0 += 1;
        } else {
            count.1 += 1;
        }
        refused.is_none()
    }

    fn take_all(&mut self, actor: &By, steps: Vec<Change>) -> Result<(), Refusal> {
        for (place, change) in steps.into_iter().enumerate() {
            let happened = change::decide(&self.known(actor.clone()), change).inspect_err(|refusal| {
                assert_eq!(place, 0, "a later step was refused: {refusal}");
            })?;
            let before = self.standing.clone();
            self.standing = Standing::after(before.clone(), self.now, &happened);
            let standing = self.standing.as_ref().expect("it is there");
            self.oracle.take(self.now, actor, before.as_ref().unwrap_or(standing), &happened);
        }
        self.oracle.holds(self.standing.as_ref().expect("it is there"));
        Ok(())
    }

    /// A step that makes sense where it stands, so that the walk gets far.
    pub fn sensible(&mut self) -> Step {
        let standing = self.standing.as_ref().expect("it is there");
        let offered = standing.custody.as_ref().is_some_and(|custody| custody.offer.is_some());
        let lower = standing.grade.as_ref().is_some_and(|graded| graded.waiting.is_some());
        let under_way = standing.response.is_under_way();
        let options: &[Step] = if !standing.is_open() {
            &[Step::Reopen]
        } else if standing.closure.waiting.is_some() {
            &[Step::Endorse, Step::Endorse, Step::SendBack, Step::Close]
        } else if offered {
            &[Step::Accept, Step::Accept, Step::Return, Step::Withdraw]
        } else if lower {
            &[Step::EndorseDowngrade, Step::EndorseDowngrade, Step::RefuseDowngrade, Step::Close]
        } else if under_way {
            &[Step::Arrive, Step::Result]
        } else if standing.response.is_out() {
            &[Step::Result]
        } else if standing.appointments.pending().is_some() {
            &[Step::Keep, Step::Miss, Step::Miss, Step::Cancel, Step::Book, Step::Choose]
        } else if standing.appointments.left_waiting(&standing.response).is_some() {
            &[Step::Book, Step::Ask, Step::Assess, Step::NotWanted, Step::Close]
        } else if !standing.is_assessed() {
            &[Step::Assess, Step::Assess, Step::Offer, Step::Classify]
        } else {
            &[
                Step::Close,
                Step::Offer,
                Step::Choose,
                Step::Dispatch,
                Step::Attend,
                Step::Explain,
                Step::Locate,
                Step::Ask,
                Step::Book,
                Step::Book,
            ]
        };
        self.chance.pick(options)
    }
}

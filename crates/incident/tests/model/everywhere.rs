//! Every state that can be reached from some beginnings, by every step that could get round a rule: no chance in it.
//!
//! Two incidents are in the same state where they differ in nothing that a rule or the oracle looks at: moments are
//! told by their order only.

use std::collections::{BTreeSet, VecDeque};

use contact::{
    grade::Grade,
    suggestion::rules::Suggestion,
    thrive::rules::{Assessment, Command as Assess, Considered, Element, Level},
};
use incident::{
    Change, Opening, Standing,
    appointment::rules::{Cause, Command as Booking},
    change,
    closure::rules::{Command as Closing, Form},
    custody::rules::Command as Handing,
    grade::rules::{By, Command as Grading},
    incident::rules::{Command as Itself, Kind},
    queue::rules::queued,
    response::rules::Command as Responding,
    standing::Known,
};
use jiff::{SignedDuration, Timestamp};
use journal::Id;

use crate::{
    appointments::{cause, offered, wish},
    is_soak,
    oracle::Oracle,
};

/// The steps of a plain run; `make soak` goes on until no state is left, at least a million.
const STEPS: usize = 50_000;

/// Who asks; the same person in another session; another person in the same session; another in another.
const WHO: [(&str, &str); 4] = [("one", "a"), ("one", "b"), ("two", "a"), ("two", "b")];

#[derive(Clone)]
struct Place {
    standing: Option<Standing>,
    oracle: Oracle,
    now: Timestamp,
}

fn by(who: usize) -> By {
    By { account: WHO[who].0.into(), session: WHO[who].1.into() }
}

fn assess(considered: usize) -> Change {
    let level = Level::NoneIdentified;
    let one = |element| (element, Considered { level, narrative: "Alone".to_owned().into() });
    let elements = Element::ALL.into_iter().take(considered).map(one).collect();
    Change::Thrive(Assess::Assess(Assessment {
        elements,
        change: "New".to_owned().into(),
        ..Assessment::default()
    }))
}

fn choose(grade: Grade) -> Change {
    let (rationale, reason) = ("He has left the house.".into(), "information".into());
    Change::Grade(Grading::Choose { grade, suggestion: None, rationale, reason })
}

fn close(code: &str) -> Change {
    let part = || "All is told.".to_owned();
    let (overview, updates, action, outcome) = (part(), part(), part(), part());
    let form = Form { code: code.into(), overview, updates, action, outcome, ..Form::default() };
    Change::Closure(Closing::Close(form))
}

fn offer(to: &str, new_grade: Grade, is_life_at_risk: bool) -> Change {
    let (to, rationale, reason) = (to.into(), "He has left the house.".into(), "information".into());
    Change::Custody(Handing::Offer {
        to,
        new_grade,
        rationale,
        reason,
        words: String::new(),
        is_life_at_risk,
    })
}

fn classify(domestic: bool) -> Change {
    let qualifiers = if domestic { vec!["domestic".to_owned()] } else { vec![] };
    let kind = Kind { incident_type: "assault".into(), qualifiers };
    Change::Incident(Itself::Classify { kind, reason: "As officers found it.".into() })
}

/// The steps, and who takes them: what asks is taken by one person, what answers by everybody.
fn steps(now: Timestamp) -> Vec<(Change, Vec<usize>)> {
    let sign = || "KM21".to_owned();
    let result = |result: &str| {
        let (call_sign, result) = (sign(), result.to_owned());
        Change::Response(Responding::Result { call_sign, at: now, result, words: String::new() })
    };
    let one = vec![0];
    let all = vec![0, 1, 2, 3];
    let mut steps = vec![
        (classify(true), one.clone()),
        (classify(false), one.clone()),
        (assess(3), one.clone()),
        (assess(6), one.clone()),
        (
            Change::Incident(Itself::Log { words: "He is back.".into(), changes_circumstances: true }),
            one.clone(),
        ),
        (Change::Response(Responding::Dispatch { call_sign: sign(), at: now }), one.clone()),
        (Change::Response(Responding::Arrive { call_sign: sign(), at: now }), one.clone()),
        (result("dealt_with"), one.clone()),
        (result("stood_down"), one.clone()),
        (Change::Custody(Handing::Accept), all.clone()),
        (Change::Custody(Handing::Return { reason: "incomplete".into(), words: "Where?".into() }), vec![3]),
        (Change::Grade(Grading::EndorseDowngrade { words: String::new() }), all.clone()),
        (Change::Grade(Grading::RefuseDowngrade { reason: "Not yet.".into() }), vec![3]),
        (Change::Closure(Closing::Endorse { words: String::new() }), all),
        (Change::Closure(Closing::SendBack { reason: "Say more.".into() }), vec![3]),
        (Change::Closure(Closing::Reopen { reason: "They rang again.".into() }), one.clone()),
    ];
    let ask = Booking::Ask { way: "call".into(), answer: "no_preference".into() };
    let keep = Booking::Keep { at: now, as_asked: String::new(), words: String::new() };
    let appointments = [
        ask,
        Booking::Book { wish: wish(now, 1, ""), cause: Cause::default() },
        Booking::Miss { cause: cause("police") },
        keep,
        Booking::NotWanted { reason: "They came by.".into() },
    ];
    steps.extend(appointments.map(|one| (Change::Appointment(one), vec![0])));
    for grade in [Grade::Immediate, Grade::Prompt, Grade::Standard] {
        steps.push((choose(grade), one.clone()));
        for to in ["division_e", "control_room_west"] {
            steps.push((offer(to, grade, false), one.clone()));
            steps.push((offer(to, grade, true), one.clone()));
        }
    }
    steps.extend(["SC01", "SC02", "SC07"].map(|code| (close(code), one.clone())));
    steps
}

/// All that a rule or the oracle looks at.
fn key(standing: &Standing) -> String {
    let (incident, closure) = (&standing.incident, &standing.closure);
    let changed = incident.changed_at;
    let graded = standing.grade.as_ref().map(|graded| {
        let waiting = graded.waiting.as_ref().map(|one| (one.grade, changed > one.at));
        let called = graded.graver_at.max(closure.reopened_at.unwrap_or(Timestamp::MIN));
        let last = standing.response.sent.last().map(|sent| {
            (sent.arrived_at.is_some(), sent.ended_at.is_some(), sent.ended_at.is_some_and(|at| at < called))
        });
        let lowered_from = graded.lowered_from.as_ref().map(|one| one.grade);
        (graded.in_force.grade, waiting, lowered_from, graded.owes_reasons(), last)
    });
    let custody = standing.custody.as_ref().map(|custody| {
        let offer = custody.offer.as_ref().map(|offer| {
            let is_later = standing.grade.as_ref().is_some_and(|graded| graded.in_force.at > offer.at);
            (&offer.to, offer.old_grade, offer.new_grade, offer.is_life_at_risk, is_later)
        });
        (&custody.unit, offer, custody.passed_first.is_some())
    });
    let waiting = closure.waiting.as_ref().map(|one| {
        let raised = standing.grade.as_ref().is_some_and(|graded| graded.graver_at > one.at);
        (&one.code, changed > one.at, raised)
    });
    let appointments = &standing.appointments;
    let seen = (
        appointments.asked.is_some(),
        appointments.pending().is_some(),
        appointments.left_waiting(&standing.response).is_some(),
        appointments.kept_at().is_some(),
    );
    let assessed = standing.assessed().map(|one| one.considered);
    let owed = queued(standing).map(|queued| queued.debts.len());
    let domestic = (incident.kind.is_domestic(), incident.was_domestic());
    let closed = closure.closed.is_some();
    format!(
        "{domestic:?} {seen:?} {graded:?} {custody:?} {waiting:?} {closed} {assessed:?} {} {owed:?}",
        standing.is_assessed()
    )
}

fn beginnings() -> Vec<Place> {
    let now = Timestamp::from_second(1_795_000_000).expect("a moment");
    let contact = Id::read("018a645b-0000-7bb7-b19b-000000000001").expect("an identity");
    let mut places = Vec::new();
    for grade in [Grade::Immediate, Grade::Prompt, Grade::Standard] {
        for qualifiers in [vec![], vec!["domestic".to_owned()]] {
            let mut place = Place { standing: None, oracle: Oracle::default(), now };
            let suggestion = Suggestion { grade: Grade::Prompt, reasons: vec![], ask: vec![], definition: 1 };
            let opening = Opening {
                contact: contact.clone(),
                kind: Kind { incident_type: "assault".into(), qualifiers },
                location: None,
                summary: "Shouting next door".into(),
                persons: vec![],
                warnings: vec![],
                grade,
                suggestion: Some(suggestion),
                rationale: "Neighbours know them well.".into(),
            };
            let steps = change::opening(&place.known(by(0)), opening);
            assert!(place.take(&by(0), steps), "it is opened");
            places.push(place);
        }
    }
    places
}

impl Place {
    fn known(&self, by: By) -> Known {
        let (others, offered) = (BTreeSet::new(), offered(self.now));
        Known { now: self.now, by, standing: self.standing.clone(), others, offered }
    }

    /// Takes the steps; false where they are refused.
    fn take(&mut self, actor: &By, steps: Vec<Change>) -> bool {
        for (place, step) in steps.into_iter().enumerate() {
            let Ok(happened) = change::decide(&self.known(actor.clone()), step) else {
                assert_eq!(place, 0, "a later step was refused");
                return false;
            };
            let before = self.standing.take();
            self.standing = Standing::after(before.clone(), self.now, &happened);
            let standing = self.standing.as_ref().expect("it is there");
            self.oracle.take(self.now, actor, before.as_ref().unwrap_or(standing), &happened);
        }
        self.oracle.holds(self.standing.as_ref().expect("it is there"));
        true
    }
}

#[test]
fn no_state_that_can_be_reached_breaks_a_rule() {
    let most = if is_soak() { usize::MAX } else { STEPS };
    let mut seen = BTreeSet::new();
    let mut waiting: VecDeque<Place> = beginnings().into();
    let (mut count, mut taken) = (0, 0);
    while let Some(place) = waiting.pop_front() {
        if count >= most {
            break;
        }
        let now = place.now + SignedDuration::from_mins(1);
        for (step, who) in steps(now) {
            let is_immediate = step == choose(Grade::Immediate);
            for actor in who.into_iter().map(by) {
                let mut next = Place { now, ..place.clone() };
                let steps = change::steps(&next.known(actor.clone()), step.clone());
                count += 1;
                let was_open = next.standing.as_ref().is_some_and(Standing::is_open);
                let is_taken = next.take(&actor, steps);
                assert!(is_taken || !is_immediate || !was_open, "Immediate was refused");
                taken += usize::from(is_taken);
                if is_taken && seen.insert(key(next.standing.as_ref().expect("it is there"))) {
                    waiting.push_back(next);
                }
            }
        }
    }
    println!(
        "{count} steps, {taken} taken, {} states, {} still to be walked from",
        seen.len(),
        waiting.len()
    );
    assert!(count >= STEPS.min(most) && seen.len() > 1_000, "too little was walked to mean anything");
}

//! The oracle: what must hold, told from the facts in another way than the rules tell it.

use contact::{contact::rules::Purpose, grade::Grade, thrive::rules::Fact as Assessed};
use incident::{
    Standing, closure, custody,
    grade::{self, rules::By},
    incident::rules::{Fact as Itself, Kind},
    queue::rules::{Queued, Waits, queued},
    standing::Happened,
    unit,
};
use jiff::Timestamp;

use crate::seen::Seen;

/// The oracle: what the facts say, told in another way than the rules tell it.
#[derive(Debug, Clone, Default)]
pub struct Oracle {
    ever_domestic: bool,
    opened_at: Option<Timestamp>,
    /// The last moment at which something changed the circumstances, kept by hand.
    changed: Option<Timestamp>,
    assessed: Option<(usize, Timestamp)>,
    pub in_force: Option<Grade>,
    /// Who chose the grade in force.
    chosen_by: Option<By>,
    /// The gravest grade from which one person alone lowered it.
    lowered_alone: Option<Grade>,
    lower_asked: Option<(Grade, By)>,
    close_asked: Option<(String, By)>,
    is_closed: bool,
    /// To whom, whether a life was said to be at risk, and the grade then.
    offer: Option<(String, bool, Grade)>,
    /// Who offered it, and, in the moment of its acceptance, who the grade comes from.
    offered_by: Option<By>,
    taken_from: Option<By>,
    unit: String,
    /// In this step somebody chose Immediate.
    is_raised: bool,
    qualifiers: Vec<String>,
    incident_type: String,
    warnings: Vec<String>,
    seen: Seen,
    /// It passed to another unit before its assessment, and none was made since.
    owes_transfer: Option<Timestamp>,
}

impl Oracle {
    pub fn is_assessed(&self) -> bool {
        match (self.assessed, self.changed) {
            (Some((6, _)), None) => true,
            (Some((6, at)), Some(changed)) => at >= changed,
            _ => false,
        }
    }

    /// Takes a fact and says what must not be.
    pub fn take(&mut self, now: Timestamp, actor: &By, before: &Standing, happened: &Happened) {
        match happened {
            Happened::Incident(fact) => self.itself(now, fact),
            Happened::Grade(fact) => self.grade(actor, fact),
            Happened::Custody(fact) => self.custody(now, actor, before, fact),
            Happened::Closure(fact) => self.closure(actor, before, fact),
            Happened::Thrive(Assessed::Assessed(made)) => {
                self.assessed = Some((made.elements.len(), now));
                if made.elements.len() == 6 {
                    self.owes_transfer = None;
                }
            }
            Happened::Appointment(fact) => {
                let is_assessed = self.is_assessed();
                self.seen.take(now, self.in_force, is_assessed, self.ever_domestic, fact);
            }
            Happened::Response(_) | Happened::Promise(_) => {}
        }
    }

    fn itself(&mut self, now: Timestamp, fact: &Itself) {
        let is_new = match fact {
            Itself::Opened { kind, .. } => {
                self.opened_at = Some(now);
                self.kind(kind);
                false
            }
            Itself::Classified { kind, .. } => {
                let more = kind.qualifiers.iter().any(|one| !self.qualifiers.contains(one));
                let other = !self.incident_type.is_empty() && self.incident_type != kind.incident_type;
                self.kind(kind);
                more || other
            }
            Itself::ContactAttached { attached, .. } => {
                matches!(attached.purpose, Some(Purpose::NewInformation | Purpose::NewOccurrence))
            }
            Itself::Warned { warnings, .. } => {
                let more = warnings.iter().any(|one| !self.warnings.contains(one));
                self.warnings.clone_from(warnings);
                more
            }
            Itself::Logged { changes_circumstances, .. } => *changes_circumstances,
            _ => false,
        };
        if is_new {
            self.changed = Some(now);
        }
    }

    fn kind(&mut self, kind: &Kind) {
        self.ever_domestic |= kind.qualifiers.iter().any(|one| one == "domestic");
        self.ever_domestic |= kind.incident_type == "domestic_incident";
        (self.qualifiers, self.incident_type) = (kind.qualifiers.clone(), kind.incident_type.clone());
    }

    fn grade(&mut self, actor: &By, fact: &grade::rules::Fact) {
        use grade::rules::Fact;
        match fact {
            Fact::Chosen(choice) => {
                let lower = self.in_force.is_some_and(|grade| choice.grade < grade);
                assert!(!(lower && self.ever_domestic), "a domestic incident is lowered by one person");
                let graver = self.lowered_alone.max(self.in_force);
                self.lowered_alone = graver.filter(|graver| choice.grade < *graver);
                self.is_raised = choice.grade == Grade::Immediate && self.taken_from.is_none();
                self.in_force = Some(choice.grade);
                self.chosen_by = Some(self.taken_from.take().unwrap_or_else(|| actor.clone()));
                assert_eq!(self.chosen_by.as_ref(), Some(&choice.by), "somebody else is said to have chosen");
                self.lower_asked = None;
            }
            Fact::DowngradeAsked(choice) => {
                // Who accepts an offer does not ask for its lower grade: who offered it does.
                let asked = self.taken_from.take().unwrap_or_else(|| actor.clone());
                assert_eq!(choice.by, asked, "somebody else is said to have asked");
                self.lower_asked = Some((choice.grade, asked));
            }
            Fact::DowngradeEndorsed { by, .. } => {
                let (grade, asked) = self.lower_asked.take().expect("something was asked for");
                are_two(&asked, by);
                assert_eq!(by, actor);
                self.in_force = Some(grade);
            }
            Fact::DowngradeRefused { .. } => self.lower_asked = None,
            Fact::DowngradeReconsidered { .. } => {
                let graver = self.lowered_alone.take().expect("one person lowered it");
                let lower = self.in_force.replace(graver).expect("it has a grade");
                let asked = self.chosen_by.clone().expect("somebody chose it");
                self.lower_asked = Some((lower, asked));
            }
            Fact::Explained { .. } => {}
        }
    }

    fn custody(&mut self, now: Timestamp, actor: &By, before: &Standing, fact: &custody::rules::Fact) {
        use custody::rules::Fact;
        match fact {
            Fact::Placed { unit, .. } => self.unit.clone_from(unit),
            Fact::Called { unit, assessment_owed, .. } => {
                assert_eq!(self.in_force, Some(Grade::Immediate), "only an emergency goes without an offer");
                assert_eq!(*assessment_owed, !self.is_assessed());
                self.owes_transfer = assessment_owed.then_some(now).or(self.owes_transfer);
                self.unit.clone_from(unit);
                (self.offer, self.offered_by) = (None, None);
            }
            Fact::Offered(offer) => {
                let grade = self.in_force.expect("it has a grade");
                self.offer = Some((offer.to.clone(), offer.is_life_at_risk, grade));
                self.offered_by = Some(actor.clone());
            }
            Fact::Accepted { .. } => {
                let (to, said, then) = self.offer.take().expect("something was offered");
                if !self.is_assessed() {
                    let grade = self.in_force.expect("it has a grade");
                    let was_said = said && grade == Grade::Prompt && then == Grade::Prompt;
                    let at_risk = grade == Grade::Immediate || was_said;
                    assert!(at_risk, "accepted without its assessment, and no life at risk: {before:?}");
                    self.owes_transfer = Some(now);
                }
                self.unit = to;
                self.taken_from = self.offered_by.take();
            }
            Fact::Returned { .. } | Fact::Withdrawn { .. } => self.offer = None,
        }
    }

    fn closure(&mut self, actor: &By, before: &Standing, fact: &closure::rules::Fact) {
        use closure::rules::Fact;
        match fact {
            Fact::Closed(closing) => {
                let promised = ["SC02", "SC07"].contains(&closing.code.as_str());
                assert!(!(promised && self.ever_domestic), "a domestic incident is closed by one person");
                self.nobody_waits(before);
                self.is_closed = true;
                self.close_asked = None;
            }
            Fact::EndorsementAsked(closing) => {
                assert_eq!(closing.by, *actor);
                self.close_asked = Some((closing.code.clone(), actor.clone()));
            }
            Fact::Endorsed { by, .. } => {
                let (_, asked) = self.close_asked.take().expect("something was asked for");
                self.nobody_waits(before);
                are_two(&asked, by);
                assert_eq!(by, actor);
                self.is_closed = true;
            }
            Fact::SentBack { .. } => self.close_asked = None,
            Fact::Reopened { .. } => self.is_closed = false,
        }
    }

    /// What holds after every step, whatever was done.
    pub fn holds(&mut self, standing: &Standing) {
        self.taken_from = None;
        let queue = queued(standing);
        assert_eq!(standing.is_open(), !self.is_closed, "open and closed are told apart");
        assert_eq!(queue.is_some(), !self.is_closed, "open, and in no queue, or closed and in one");
        assert_eq!(standing.incident.was_domestic(), self.ever_domestic, "domestic is for ever");
        let is_lowered = self.lowered_alone.is_some();
        assert!(!(is_lowered && self.ever_domestic), "one person lowered what is domestic: {standing:?}");
        assert_eq!(standing.grade.as_ref().map(|graded| graded.in_force.grade), self.in_force);
        assert_eq!(standing.is_assessed(), self.is_assessed(), "assessed: {standing:?}");
        let Some(queue) = queue else { return };
        if std::mem::take(&mut self.is_raised) {
            let kind = unit::of(&queue.unit).map(|unit| unit.kind);
            assert_eq!(kind, Some(unit::UnitKind::ControlRoom), "an emergency with who sends nobody");
            assert_eq!(queue.offered_to, None, "an emergency waits for another unit");
            assert_eq!(self.close_asked, None, "an emergency waits for its closing");
            let is_called = matches!(queue.waits, Waits::Dispatch | Waits::Attendance);
            assert!(is_called, "an emergency for which nobody is called: {queue:?}");
        }
        if self.in_force == Some(Grade::Immediate) {
            let kind = unit::of(&queue.unit).map(|unit| unit.kind);
            assert_eq!(kind, Some(unit::UnitKind::ControlRoom), "Immediate, with who sends nobody");
        }
        assert_eq!(queue.unit, self.unit, "in another unit’s queue");
        assert!(unit::of(&queue.unit).is_some(), "in the queue of no unit");
        assert_eq!(queue.offered_to, self.offer.as_ref().map(|(to, ..)| to.clone()));
        assert_eq!(Some(queue.grade), self.in_force, "the graver grade is in force until it is endorsed");
        if self.owes_transfer.is_some() {
            assert!(
                owes_assessment(&queue),
                "it passed without its assessment, and owes nothing: {standing:?}"
            );
        }
        if self.in_force == Some(Grade::Immediate) && !self.is_assessed() {
            assert!(owes_assessment(&queue), "Immediate without its assessment owes nothing: {standing:?}");
        }
        self.officers_are_called(standing, &queue);
    }

    /// Booking closes nothing, and nobody whom police left waiting is closed away.
    fn nobody_waits(&self, before: &Standing) {
        assert_eq!(self.seen.pending, None, "it is closed with an appointment to come");
        assert!(!self.seen.is_left_waiting, "it is closed, and police did not keep its appointment");
        if let Some(at) = self.seen.converted_at {
            let stayed = before
                .response
                .sent
                .iter()
                .any(|sent| sent.arrived_at.is_some() && sent.ended_at.is_none_or(|ended| ended >= at));
            let decided =
                before.response.attendance.as_ref().is_some_and(|one| !one.is_excepted && one.at >= at);
            assert!(
                stayed || decided,
                "it is closed, officers were to be sent instead, and nobody came: {before:?}"
            );
        }
    }

    /// Asking for a lower grade or a closing hides an incident from nobody who sends officers.
    fn officers_are_called(&self, standing: &Standing, queue: &Queued) {
        let is_sent_to = matches!(self.in_force, Some(Grade::Immediate | Grade::Prompt));
        let nobody = standing.response.sent.is_empty() && standing.response.attendance.is_none();
        if is_sent_to && nobody && self.offer.is_none() {
            assert_eq!(queue.waits, Waits::Dispatch, "nobody was sent, and nobody is told to: {standing:?}");
        }
        assert_eq!(queue.endorsement.is_some(), self.lower_asked.is_some() || self.close_asked.is_some());
    }
}

fn owes_assessment(queue: &Queued) -> bool {
    queue.debts.iter().any(|debt| debt.words.contains("THRIVE"))
}

fn are_two(first: &By, second: &By) {
    assert!(first.account != second.account, "the same person is no second one: {first:?}");
    assert!(first.session != second.session, "the same session is no second person: {first:?}, {second:?}");
}

//! What an open incident waits for, by when, and what is owed: each counted from the facts. Pure.

use contact::grade::Grade;
use jiff::{SignedDuration, Timestamp};
use journal::words::moment;

use super::rules::{Clock, Debt, Waits};
use crate::{
    appointment::{
        booking, definition,
        life::{Outcome, Party},
    },
    attendance,
    codes::{self, Clocks},
    standing::{Assessed, Standing},
};

/// An incident as its clocks see it.
pub(super) struct View<'a> {
    standing: &'a Standing,
    assessed: Option<Assessed>,
    /// The grade in force; Immediate in the moment before one is chosen, because nothing says that it is less.
    pub(super) grade: Grade,
    /// Since when the grade in force counts: since it was chosen, or the incident was opened again.
    from: Timestamp,
    /// Since when officers are called for: what was done before was for something less.
    called_at: Timestamp,
    clocks: &'static Clocks,
}

impl<'a> View<'a> {
    pub(super) fn of(standing: &'a Standing, assessed: Option<Assessed>) -> Self {
        let graded = standing.grade.as_ref();
        let again = standing.closure.reopened_at.unwrap_or(Timestamp::MIN);
        let opened_at = standing.incident.opened_at;
        Self {
            standing,
            assessed,
            grade: graded.map_or(Grade::Immediate, |graded| graded.in_force.grade),
            from: graded.map_or(opened_at, |graded| graded.in_force.at).max(again),
            called_at: graded.map_or(opened_at, |graded| graded.graver_at).max(again),
            clocks: codes::clocks(codes::day_of(opened_at.max(again))),
        }
    }

    pub(super) fn waits(&self) -> Waits {
        let response = &self.standing.response;
        let waits_for_downgrade = self.standing.grade.as_ref().is_some_and(|graded| graded.waiting.is_some());
        let is_offered = self.standing.custody.as_ref().is_some_and(|custody| custody.offer.is_some());
        // What is asked of a second person takes nothing away from those who send officers: until it is endorsed, the
        // graver grade is in force and the incident is open.
        if is_offered {
            Waits::Acceptance
        } else if self.needs_officers() {
            Waits::Dispatch
        } else if waits_for_downgrade || self.standing.closure.waiting.is_some() {
            Waits::Endorsement
        } else if response.is_out() {
            Waits::Attendance
        } else if self.waits_for_appointment() {
            Waits::Appointment
        } else {
            Waits::Resolution
        }
    }

    /// Whether officers have still to be sent: by the grade in force, unless some are out or were there since it was
    /// called for, or a policy applies.
    fn needs_officers(&self) -> bool {
        let response = &self.standing.response;
        self.grade.is_sent_to() && !response.is_out() && !self.was_attended() && !self.is_not_attended()
    }

    fn was_attended(&self) -> bool {
        self.standing.response.was_there(self.called_at)
    }

    /// Whether an appointment is to come, to be made or to be made again. Standard is for one, until somebody was there.
    fn waits_for_appointment(&self) -> bool {
        let appointments = &self.standing.appointments;
        let was_kept = appointments.kept_at().is_some_and(|at| at >= self.from);
        let is_wanted = appointments.not_wanted_at.is_none_or(|at| at < self.from);
        let is_to_be_made = self.grade == Grade::Standard && is_wanted && !was_kept && !self.was_attended();
        let is_left = appointments.left_waiting(&self.standing.response).is_some();
        appointments.pending().is_some() || is_left || is_to_be_made
    }

    /// By when the outcome of the one that is to come is told, or another is made.
    fn appointment(&self) -> Clock {
        let appointments = &self.standing.appointments;
        if let Some((_, pending)) = appointments.pending() {
            let booked = &pending.booking;
            let minutes = definition::standard(&booked.family, codes::day_of(booked.at)).alert_minutes;
            let words = "the outcome of the appointment";
            return Clock { words, due_at: later(booked.place.starts_at, minutes) };
        }
        let ended = appointments.all.last().and_then(|last| last.outcome.as_ref()).map(Outcome::at);
        let from = ended.map_or(self.from, |at| at.max(self.from));
        let words =
            if ended.is_some() { "another appointment to be made" } else { "an appointment to be made" };
        Clock { words, due_at: later(from, self.clocks.standard_appointment) }
    }

    /// Whether a policy applies under which nobody is sent: decided since officers were called for and since the
    /// circumstances changed, and nothing says that police always attend.
    fn is_not_attended(&self) -> bool {
        let domestic = self.standing.incident.was_domestic();
        let vulnerable = self.assessed.is_some_and(|assessed| assessed.is_vulnerable);
        let decided = self.standing.response.attendance.as_ref().filter(|decided| !decided.is_excepted);
        decided.is_some_and(|decided| {
            decided.at >= self.called_at.max(self.standing.incident.changed_at)
                && attendance::always_attended(Some(self.grade), domestic, vulnerable).is_none()
        })
    }

    /// Everything that has to happen by some time; the earliest is the clock.
    pub(super) fn clocks(&self, waits: Waits) -> Vec<Clock> {
        let clocks = self.clocks;
        let mut due = Vec::new();
        let mut add =
            |words, from: Timestamp, minutes| due.push(Clock { words, due_at: later(from, minutes) });
        if self.needs_officers() && self.grade == Grade::Immediate {
            add("officers to be sent", self.called_at, clocks.immediate_send);
        } else if self.needs_officers() {
            match self.reviewed_until() {
                Some(next_at) => add("a supervisor’s next review", next_at, 0),
                None => add("a supervisor’s review", self.from, clocks.prompt_review),
            }
        }
        if let Some(minutes) = self.arrival_minutes() {
            add("officers at the scene", self.called_at, minutes);
        }
        match waits {
            Waits::Endorsement => due.extend(self.endorsement()),
            Waits::Acceptance => {
                if let Some(offer) = self.standing.custody.as_ref().and_then(|custody| custody.offer.as_ref())
                {
                    let risk = offer.is_life_at_risk;
                    let minutes = if risk { clocks.acceptance_life_at_risk } else { clocks.acceptance };
                    add("the other unit’s answer", offer.at, minutes);
                }
            }
            Waits::Appointment => due.push(self.appointment()),
            Waits::Resolution => add("work on it", self.worked_since(), clocks.resolution),
            Waits::Dispatch | Waits::Attendance => {}
        }
        // Whoever is asked for an answer meanwhile hides no appointment that nobody kept.
        let is_asked = matches!(waits, Waits::Endorsement | Waits::Acceptance);
        if is_asked && self.standing.appointments.pending().is_some() {
            due.push(self.appointment());
        }
        due
    }

    /// By when a second person has to answer, whatever else it waits for.
    pub(super) fn endorsement(&self) -> Option<Clock> {
        let closing = self.standing.closure.waiting.as_ref().map(|closing| closing.at);
        let lower = || Some(self.standing.grade.as_ref()?.waiting.as_ref()?.at);
        let due_at = later(closing.or_else(lower)?, self.clocks.endorsement);
        Some(Clock { words: "a second person’s endorsement", due_at })
    }

    /// Until when a supervisor’s review holds, if there was one since the grade in force was chosen.
    fn reviewed_until(&self) -> Option<Timestamp> {
        let reviewed = self.standing.response.reviewed.as_ref()?;
        (reviewed.at >= self.from).then_some(reviewed.next_at)
    }

    /// How soon officers have to be there, while they still have to.
    fn arrival_minutes(&self) -> Option<i64> {
        let is_called = self.needs_officers() || self.standing.response.is_under_way();
        if !is_called || self.standing.response.is_there() {
            return None;
        }
        let location = self.standing.incident.location.as_ref();
        match self.grade {
            Grade::Immediate if location.is_some_and(|location| location.is_rural == Some(true)) => {
                Some(self.clocks.immediate_arrive_rural)
            }
            Grade::Immediate => Some(self.clocks.immediate_arrive_urban),
            Grade::Prompt => Some(self.clocks.prompt_arrive),
            Grade::Standard | Grade::OtherResolution => None,
        }
    }

    /// Since when the resolution team or a desk has it to work on.
    fn worked_since(&self) -> Timestamp {
        let since = self.standing.custody.as_ref().map_or(self.from, |custody| custody.since);
        let ended = self.standing.response.sent.iter().filter_map(|sent| sent.ended_at).max();
        since.max(self.from).max(ended.unwrap_or(Timestamp::MIN))
    }

    pub(super) fn debts(&self) -> Vec<Debt> {
        let mut debts = Vec::new();
        let mut owe = |words: String, from: Timestamp| {
            debts.push(Debt { words, due_at: later(from, self.clocks.debt) });
        };
        if let Some((words, from)) = self.owed_assessment() {
            owe(words, from);
        }
        let graded = self.standing.grade.as_ref();
        if let Some(graded) = graded.filter(|graded| graded.owes_reasons()) {
            owe(format!("reasons for the grade {}", graded.in_force.grade.words()), graded.in_force.at);
        }
        let incident = &self.standing.incident;
        if incident.kind.incident_type.is_empty() {
            owe("type of incident".to_owned(), incident.opened_at);
        }
        if let Some(booked_at) = self.standing.appointments.unasked(booking::family(self.standing)) {
            owe("to be asked by whom they want to be interviewed".to_owned(), booked_at);
        }
        if self.grade == Grade::Immediate && incident.lacks_place() {
            owe("where it is".to_owned(), self.from);
        }
        if incident.lacks_summary() {
            owe("what happened".to_owned(), incident.opened_at);
        }
        debts.sort_by_key(|debt| debt.due_at);
        debts
    }

    /// The assessment that is owed, and since when: while it is Immediate, and where it passed to another unit for a
    /// life at risk, or is to.
    fn owed_assessment(&self) -> Option<(String, Timestamp)> {
        let incident = &self.standing.incident;
        let missed_at = self.missed_unassessed();
        if missed_at.is_none() && self.assessed.is_some_and(|assessed| incident.is_current(&assessed)) {
            return None;
        }
        let custody = self.standing.custody.as_ref();
        let offered_at = custody
            .and_then(|custody| custody.offer.as_ref())
            .filter(|offer| offer.is_life_at_risk)
            .map(|offer| offer.at);
        let is_unpaid = |passed: &Timestamp| {
            self.assessed.is_none_or(|assessed| !assessed.is_complete || assessed.at < *passed)
        };
        let passed_at = custody.and_then(|custody| custody.passed_first).filter(is_unpaid);
        let immediate_at = (self.grade == Grade::Immediate).then_some(self.from);
        let owed_since = [offered_at, passed_at, immediate_at, missed_at].into_iter().flatten().min()?;
        match self.assessed {
            None => Some(("THRIVE assessment, 0 of 6 considered".to_owned(), owed_since)),
            Some(assessed) if assessed.considered < 6 => {
                Some((format!("THRIVE assessment, {} of 6 considered", assessed.considered), owed_since))
            }
            Some(assessed) if !assessed.is_complete => Some((
                "THRIVE assessment, the ambulance service’s own is not asked for".to_owned(),
                owed_since,
            )),
            Some(assessed) if incident.is_current(&assessed) => {
                Some(("new THRIVE assessment, police missed the appointment".to_owned(), owed_since))
            }
            Some(_) => {
                let words = format!(
                    "new THRIVE assessment, the circumstances changed at {}",
                    moment(incident.changed_at)
                );
                Some((words, owed_since.max(incident.changed_at)))
            }
        }
    }
}

impl View<'_> {
    /// When police missed an appointment of somebody protected who was not assessed since (HMICS CAM 2022, action 1.5).
    fn missed_unassessed(&self) -> Option<Timestamp> {
        let last = self.standing.appointments.all.iter().rev().find_map(|one| match one.outcome {
            Some(Outcome::Missed { at, by: Party::Police }) => {
                booking::is_protected(self.standing, &one.booking).then_some(at)
            }
            _ => None,
        })?;
        self.assessed.is_none_or(|assessed| assessed.at < last).then_some(last)
    }
}

fn later(from: Timestamp, minutes: i64) -> Timestamp {
    from.saturating_add(SignedDuration::from_mins(minutes)).unwrap_or(Timestamp::MAX)
}

impl crate::incident::rules::Incident {
    /// Whether nothing is known of where it is. What was erased was known.
    fn lacks_place(&self) -> bool {
        self.location.as_ref().is_none_or(|location| location.words.known().is_some_and(String::is_empty))
    }

    /// Whether nothing is said of what happened. What was erased was said.
    fn lacks_summary(&self) -> bool {
        self.summary.known().is_some_and(String::is_empty)
    }
}

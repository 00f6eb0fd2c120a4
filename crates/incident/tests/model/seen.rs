//! What the oracle knows of appointments.

use contact::grade::Grade;
use incident::appointment::{
    life::Party,
    rules::{Because, Fact},
};
use jiff::Timestamp;

/// The appointments of one incident, told from their facts.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// When the one that is to come begins.
    pub pending: Option<Timestamp>,
    /// Police missed or cancelled the last, and nothing was done about it.
    pub is_left_waiting: bool,
    /// When it was converted to dispatch, and nothing was booked or said since.
    pub converted_at: Option<Timestamp>,
    is_asked: bool,
    booked: usize,
    ended: usize,
}

impl Seen {
    /// Takes a fact and says what must not be. `in_force`, `is_assessed`, `is_listed`: as the oracle has it.
    pub fn take(
        &mut self,
        now: Timestamp,
        in_force: Option<Grade>,
        is_assessed: bool,
        is_listed: bool,
        fact: &Fact,
    ) {
        match fact {
            Fact::Asked(_) | Fact::Excepted { .. } => self.is_asked = true,
            Fact::RebookingAllowed { .. } => {}
            Fact::NotWanted { .. } => (self.is_left_waiting, self.converted_at) = (false, None),
            Fact::Booked(booking) | Fact::Rescheduled { booking, .. } => {
                if matches!(fact, Fact::Rescheduled { .. }) {
                    let was = self.pending.take().expect("only what is to come is moved");
                    assert!(was > now, "what is past is moved instead of missed");
                    self.ended += 1;
                }
                assert_eq!(self.pending, None, "two appointments are to come");
                assert!(booking.place.starts_at > now, "it is booked in the past");
                assert!(is_assessed, "it is booked without its assessment");
                let is_sent_to = matches!(in_force, Some(Grade::Immediate | Grade::Prompt));
                assert!(!is_sent_to, "what officers are sent to is booked");
                assert!(self.is_asked || !is_listed, "nobody was asked by whom they want to be interviewed");
                self.pending = Some(booking.place.starts_at);
                (self.is_left_waiting, self.converted_at) = (false, None);
                self.booked += 1;
            }
            Fact::Cancelled { because, .. } => self.end(Some(because)),
            Fact::Missed { because, .. } => {
                assert!(self.pending.is_some_and(|at| at <= now), "it is missed before its time");
                self.end(Some(because));
            }
            Fact::Kept { .. } => self.end(None),
            Fact::ConvertedToDispatch { at, .. } => {
                assert!(self.pending.is_some_and(|starts_at| starts_at > now), "what is past is made undone");
                self.end(None);
                self.converted_at = Some(*at);
            }
        }
        assert_eq!(
            self.booked,
            self.ended + usize::from(self.pending.is_some()),
            "bookings and outcomes differ"
        );
    }

    fn end(&mut self, because: Option<&Because>) {
        assert!(self.pending.take().is_some(), "one that is not to come has an outcome");
        self.is_left_waiting = because.is_some_and(|because| because.by == Party::Police);
        self.ended += 1;
    }
}

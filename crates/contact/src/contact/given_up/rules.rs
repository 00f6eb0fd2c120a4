//! Which call that was given up is one of the same caller’s. Pure.

use jiff::{SignedDuration, Timestamp};
use journal::{Id, Refusal};
use serde::{Deserialize, Serialize};

use crate::{
    codes,
    contact::rules::{Channel, Contact, Ended, Fact},
};

/// A call that was given up before this contact, from the same number. No number and no trace of one is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenUp {
    /// The call.
    pub attempt: Id,
    /// How it came.
    pub channel: Channel,
    /// When it was given up.
    pub at: Timestamp,
    /// How long they had waited.
    pub waited_seconds: i64,
    /// A key of `codes::ended_by()`.
    pub ended_by: String,
}

impl GivenUp {
    /// What is told of a call that was given up; nothing of one that was answered.
    pub fn of(attempt: &Id, call: &Contact) -> Option<Self> {
        let Ended { at, outcome, .. } = call.ended.clone().filter(|_| call.is_attempt)?;
        Some(Self {
            attempt: attempt.clone(),
            channel: call.arrival.channel,
            at,
            waited_seconds: call.waited_seconds()?,
            ended_by: outcome,
        })
    }
}

/// How long after a call was given up a contact from the same number is still tied to it. It is longer than any window of
/// the definition of failure demand, so that a wider one can be tried.
pub fn reach() -> SignedDuration {
    SignedDuration::from_hours(codes::limits().given_up_hours)
}

impl Contact {
    /// From when on the caller was heard; nothing while nobody has answered, and for a call that was given up. What is
    /// written, and who stands at a counter, is heard by arriving.
    pub fn heard_at(&self) -> Option<Timestamp> {
        let is_call = matches!(self.arrival.channel, Channel::Emergency | Channel::NonEmergency);
        let without_an_answer = Some(self.arrival.arrived_at).filter(|_| !is_call);
        self.arrival.answered_at.or(without_an_answer).filter(|_| !self.is_attempt)
    }
}

/// That a contact is of somebody who had given up a call before, or why it cannot be.
pub fn recognised(was: &Contact, given_up: GivenUp) -> Result<Fact, Refusal> {
    let refused = |sentence: &'static str| Err(Refusal::of("attempt", sentence));
    if was.heard_at().is_none() {
        return refused("Nobody has heard this caller yet. Answer the contact first.");
    }
    let after = was.arrival.arrived_at.duration_since(given_up.at);
    if after < SignedDuration::ZERO {
        return refused("That call was given up after this contact came. Only an earlier one leads to it.");
    }
    if after > reach() {
        return refused(
            "That call was given up too long before this contact to have led to it. Leave them apart.",
        );
    }
    Ok(Fact::GivenUpBefore(given_up))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::rules::{Arrival, Command, Known, Target, apply, decide};

    fn at(minute: &str) -> Timestamp {
        format!("2026-11-21T{minute}:00Z").parse().unwrap()
    }

    fn id(number: u8) -> Id {
        Id::read(&format!("018a645b-0000-7bb7-b19b-0000000000{number:02x}")).unwrap()
    }

    fn contact(channel: Channel, came: &str, answered: Option<&str>) -> Contact {
        let arrival = Arrival {
            channel,
            option: String::new(),
            line: String::new(),
            number: "0131 496 0123".to_owned().into(),
            arrived_at: at(came),
            answered_at: answered.map(at),
            their_reference: String::new(),
        };
        apply(None, &Fact::Received(arrival))
    }

    fn call(given_up_at: &str) -> GivenUp {
        GivenUp {
            attempt: id(1),
            channel: Channel::NonEmergency,
            at: at(given_up_at),
            waited_seconds: 120,
            ended_by: "caller".into(),
        }
    }

    fn decided(was: &Contact, given_up: GivenUp) -> Result<Fact, Refusal> {
        let known = Known { now: at("23:00"), target: Target::Fits };
        decide(&known, Some(was), Command::Recognise(given_up))
    }

    #[test]
    fn a_call_that_was_given_up_leads_to_what_was_heard_after_it() {
        let before = SignedDuration::from_hours(1) - reach();
        for (case, was, given_up, told) in [
            ("999", contact(Channel::Emergency, "20:00", Some("20:00")), call("19:55"), None),
            ("at its last second", contact(Channel::Emergency, "20:00", Some("20:01")), call("20:00"), None),
            ("in writing", contact(Channel::WebForm, "20:00", None), call("19:00"), None),
            (
                "not answered yet",
                contact(Channel::Emergency, "20:00", None),
                call("19:55"),
                Some("Nobody has heard"),
            ),
            (
                "given up later",
                contact(Channel::WebForm, "20:00", None),
                call("20:01"),
                Some("after this contact"),
            ),
            (
                "as long as it reaches",
                contact(Channel::WebForm, "20:00", None),
                GivenUp { at: at("20:00") - reach(), ..call("19:00") },
                None,
            ),
            (
                "longer",
                contact(Channel::WebForm, "20:00", None),
                GivenUp { at: at("18:59") + before, ..call("19:00") },
                Some("too long before"),
            ),
        ] {
            match (decided(&was, given_up.clone()), told) {
                (Ok(fact), None) => {
                    assert_eq!(fact, Fact::GivenUpBefore(given_up.clone()), "{case}");
                    let now = apply(Some(was), &fact);
                    assert_eq!(now.given_up, std::slice::from_ref(&given_up), "{case}");
                    // It is said once, however often it is found.
                    assert!(decided(&now, given_up).is_err(), "{case}");
                }
                (Err(refusal), Some(told)) => assert!(refusal.sentence.contains(told), "{case}: {refusal}"),
                (found, _) => panic!("{case}: {found:?}"),
            }
        }
    }

    #[test]
    fn what_is_told_of_a_call_has_no_number_in_it() {
        let arrival = contact(Channel::NonEmergency, "19:50", None).arrival;
        let fact = Fact::Discontinued { arrival, at: at("19:52"), ended_by: "menu".into() };
        let call = apply(None, &fact);
        let told = GivenUp::of(&id(1), &call).unwrap();
        assert_eq!((told.at, told.waited_seconds, told.ended_by.as_str()), (at("19:52"), 120, "menu"));
        assert!(!serde_json::to_string(&told).unwrap().contains("496"));
        assert_eq!(GivenUp::of(&id(1), &contact(Channel::NonEmergency, "19:50", Some("19:51"))), None);
        // Nor does it lead to another that was given up.
        assert!(decided(&call, told).is_err());
    }
}

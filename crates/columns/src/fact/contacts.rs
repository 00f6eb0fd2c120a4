//! Contacts and assessments as rows. Pure.

use contact::{
    contact::rules::{Arrival, Fact},
    thrive::rules::{Element, Fact as Assessed},
};
use jiff::Timestamp;
use journal::{DatabaseError, Entry};

use super::{around::Around, row::Row};

/// A fact of a contact. Its number, its caller and its words have no column.
pub fn contact(row: &mut Row, entry: &Entry, around: &Around) -> Result<(), DatabaseError> {
    row.pseudonym("contact", Some(around.pseudonym(&entry.subject)));
    row.pseudonym("incident", around.incident_of(&entry.subject));
    match entry.fact::<Fact>()? {
        Some(Fact::Received(arrival)) => {
            row.choice("channel", &arrival.channel);
            row.moment("answered_at", arrival.answered_at);
            waited(row, &arrival, arrival.answered_at);
        }
        Some(Fact::Discontinued { arrival, at, ended_by }) => {
            row.choice("channel", &arrival.channel);
            row.key("ended_by", &ended_by);
            waited(row, &arrival, Some(at));
        }
        Some(Fact::CallerDescribed(caller)) => {
            row.key("relation", &caller.relation);
            row.key("agency", &caller.agency);
            row.flag("needs_interpreter", caller.needs_interpreter);
        }
        Some(Fact::Located(location)) => row.flag("is_rural", location.is_rural),
        Some(Fact::Linked(link)) => {
            row.pseudonym("linked_to", Some(around.pseudonym(&link.to)));
            row.choice("linked_kind", &link.kind);
            row.choice("purpose", &link.purpose);
        }
        Some(Fact::GivenUpBefore(call)) => {
            row.pseudonym("given_up_call", Some(around.pseudonym(&call.attempt)));
        }
        Some(Fact::Unlinked { to, .. }) => row.pseudonym("linked_to", Some(around.pseudonym(&to))),
        Some(Fact::Ended(ended)) => {
            row.key("outcome", &ended.outcome);
            row.integer("handled_seconds", ended.handled_seconds);
        }
        Some(Fact::Coded(coded) | Fact::CodeTakenBack(coded)) => {
            row.text("why", coded.code.to_string());
            row.integer("definition", coded.definition);
        }
        Some(Fact::Answered { .. } | Fact::Told { .. } | Fact::Attached { .. } | Fact::Checked { .. })
        | None => {}
    }
    Ok(())
}

fn waited(row: &mut Row, arrival: &Arrival, until: Option<Timestamp>) {
    if let Some(until) = until {
        row.integer("wait_seconds", until.as_second() - arrival.arrived_at.as_second());
    }
}

/// An assessment of a contact or an incident. Its reasons have no column.
pub fn assessment(row: &mut Row, entry: &Entry, around: &Around) -> Result<(), DatabaseError> {
    row.pseudonym("subject", Some(around.pseudonym(&entry.subject)));
    row.pseudonym("incident", around.incident_of(&entry.subject));
    if let Some(Assessed::Assessed(made)) = entry.fact::<Assessed>()? {
        row.integer("considered", made.considered());
        for element in Element::ALL {
            if let Some(considered) = made.elements.get(&element) {
                row.choice(element.as_str(), &considered.level);
            }
        }
        row.text("markers", made.markers.join(" "));
        row.flag("for_want_of_ambulance", made.for_want_of_ambulance);
        row.flag("clinical_assessment_made", made.clinical_assessment_made);
        row.integer("definition", made.definition);
    }
    Ok(())
}

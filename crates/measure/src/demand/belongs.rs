//! To which issue a contact belongs, by what is recorded so far. Pure (MEASURES 1; decisions/0027).
//!
//! A contact belongs to the incident that it was added to; otherwise to what an advisor last linked it to as about the same
//! issue, and to whatever that belongs to. A link to something that happened before says that it is something new: that is
//! an issue of its own. A link that was taken back says nothing any more.

use contact::contact::rules::{Contact, Link, Purpose};
use journal::Id;

/// Whether a link says that it is about the same issue.
pub fn is_same_issue(link: &Link) -> bool {
    match link.purpose {
        Purpose::Chase | Purpose::NewInformation | Purpose::InvitedCallBack => true,
        Purpose::NewOccurrence | Purpose::Unrelated => false,
    }
}

/// What a contact leads to: its incident, otherwise the last that it is linked to as about the same issue.
pub fn leads_to(contact: &Contact) -> Option<&Id> {
    let linked = || contact.links.iter().rev().find(|link| is_same_issue(link)).map(|link| &link.to);
    contact.incident.as_ref().or_else(linked)
}

/// The incident or the contact with which the issue of `contact` began; `leads_to` says what each contact leads to. Contacts
/// that lead to each other in a circle began with the first of them.
pub fn root_of<'a>(contact: &'a Id, leads_to: impl Fn(&Id) -> Option<&'a Id>) -> Id {
    let mut way = vec![contact];
    let mut last = contact;
    while let Some(next) = leads_to(last) {
        if let Some(place) = way.iter().position(|one| *one == next) {
            let circle = way.get(place..).unwrap_or_default();
            return (*circle.iter().min().unwrap_or(&last)).clone();
        }
        way.push(next);
        last = next;
    }
    last.clone()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use contact::contact::rules::{Arrival, Channel, Earlier, Fact, apply};

    use super::*;

    fn id(number: u8) -> Id {
        Id::read(&format!("018a645b-0000-7bb7-b19b-0000000000{number:02x}")).unwrap()
    }

    fn contact(links: &[(u8, Purpose)], incident: Option<u8>) -> Contact {
        let arrived_at = "2026-03-02T20:00:00Z".parse().unwrap();
        let begun = apply(
            None,
            &Fact::Received(Arrival {
                channel: Channel::NonEmergency,
                option: String::new(),
                line: String::new(),
                number: String::new().into(),
                arrived_at,
                answered_at: Some(arrived_at),
                their_reference: String::new(),
            }),
        );
        let links = links.iter().map(|(to, purpose)| Link {
            to: id(*to),
            kind: Earlier::Incident,
            purpose: *purpose,
            evidence: vec![],
        });
        Contact { links: links.collect(), incident: incident.map(id), ..begun }
    }

    #[test]
    fn a_contact_leads_to_its_incident_or_to_what_it_was_last_linked_to() {
        use Purpose::{Chase, InvitedCallBack, NewInformation, NewOccurrence, Unrelated};
        for (links, incident, expected) in [
            (vec![], None, None),
            (vec![(9, Chase)], None, Some(9)),
            (vec![(9, NewInformation)], None, Some(9)),
            (vec![(9, InvitedCallBack)], None, Some(9)),
            (vec![(9, NewOccurrence)], None, None),
            (vec![(9, Unrelated)], None, None),
            (vec![(9, Chase), (8, Chase)], None, Some(8)),
            (vec![(9, Chase), (8, Unrelated)], None, Some(9)),
            (vec![(9, Chase)], Some(7), Some(7)),
        ] {
            let found = leads_to(&contact(&links, incident)).cloned();
            assert_eq!(found, expected.map(id), "{links:?} {incident:?}");
        }
    }

    #[test]
    fn an_issue_began_with_the_last_on_the_way_or_the_first_of_a_circle() {
        for (ways, from, expected) in [
            (vec![], 1, 1),
            (vec![(2, 1)], 2, 1),
            (vec![(3, 2), (2, 9)], 3, 9),
            (vec![(1, 1)], 1, 1),
            (vec![(2, 1), (1, 2)], 2, 1),
            (vec![(5, 3), (3, 2), (2, 4), (4, 3)], 5, 2),
        ] {
            let ways: BTreeMap<Id, Id> = ways.into_iter().map(|(from, to)| (id(from), id(to))).collect();
            assert_eq!(root_of(&id(from), |one| ways.get(one)), id(expected), "{ways:?} from {from}");
        }
    }
}

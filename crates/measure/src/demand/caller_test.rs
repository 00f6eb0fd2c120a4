//! A contact in the words of the definition: tables of cases.

use std::collections::BTreeSet;

use contact::contact::rules::{self as contact_rules, Arrival, Channel, Earlier, Ended, Link, Purpose};
use failure::{
    code::Code,
    story::{self, What},
};
use incident::{
    incident::rules::{self as incident_rules, Attached, Kind},
    standing::Happened,
};
use jiff::Timestamp;

use super::testing::*;
use super::told::Fact;

/// The contact `number` as the definition sees it.
fn contact(steps: &[Step], number: u8) -> (Option<String>, Timestamp, story::Contact) {
    let all = story(steps).issue().happenings;
    let found = all.into_iter().find_map(|one| match one.what {
        What::Contacted(contact) if contact.id == id(number).to_string() => {
            Some((one.incident, one.at, contact))
        }
        _ => None,
    });
    found.unwrap()
}

fn link(purpose: Purpose) -> Fact {
    let link = Link { to: id(INCIDENT), kind: Earlier::Incident, purpose, evidence: vec![] };
    Fact::Contact(contact_rules::Fact::Linked(link))
}

#[test]
fn a_contact_says_why_by_the_purpose_of_its_attachment_or_its_last_link() {
    let joined = |purpose: Option<Purpose>, links: &[Purpose]| {
        let attach = Fact::Incident(Happened::Incident(incident_rules::Fact::ContactAttached {
            at: at("21:00"),
            attached: Attached { contact: id(2), purpose },
        }));
        let links = links.iter().map(|one| (2, "21:00", None, link(*one)));
        let again = std::iter::once((2, "21:00", None, received("21:00"))).chain(links);
        let both = [(INCIDENT, "21:00", None, attach), (2, "21:00", None, attached())];
        begun(&again.chain(both).collect::<Vec<_>>())
    };
    for (purpose, links, expected) in [
        (None, vec![], None),
        (Some(Purpose::Chase), vec![], Some(Code::F04)),
        (Some(Purpose::NewInformation), vec![], Some(Code::V3)),
        (Some(Purpose::NewOccurrence), vec![], Some(Code::V2)),
        (Some(Purpose::InvitedCallBack), vec![], Some(Code::V5)),
        (Some(Purpose::Chase), vec![Purpose::NewInformation], Some(Code::F04)),
        (None, vec![Purpose::Chase], Some(Code::F04)),
        (None, vec![Purpose::Unrelated], None),
    ] {
        let (_, _, told) = contact(&joined(purpose, &links), 2);
        assert_eq!(told.advisor, expected, "{purpose:?} {links:?}");
    }
}

#[test]
fn a_contact_is_of_its_incident_once_it_is_attached_with_its_family_and_division() {
    let alone = begun(&[])[..1].to_vec();
    let (incident, began, told) = contact(&alone, 1);
    assert_eq!((incident, began), (Some(id(1).to_string()), at("19:55")));
    assert_eq!((told.family, told.division), (None, None));
    let (incident, _, told) = contact(&begun(&[]), 1);
    assert_eq!(incident, Some(id(INCIDENT).to_string()));
    assert_eq!((told.family.as_deref(), told.division.as_deref()), (Some("alarm"), Some("E")));
    let own = Fact::Contact(contact_rules::Fact::Located(place("G", None)));
    let (_, _, told) = contact(&begun(&[(1, "20:01", None, own)]), 1);
    assert_eq!(told.division.as_deref(), Some("G"));
    for (incident_type, qualifiers, now, expected) in [
        ("alarm", vec![], "alarm", "alarm"),
        ("", vec!["hate"], "assault", "hate"),
        ("stalking", vec![], "stalking", "stalking"),
        ("assault", vec!["domestic", "stalking"], "assault", "domestic"),
        // Whom the definition protects is protected on, whatever it is called later.
        ("domestic_incident", vec![], "noise", "domestic"),
    ] {
        let kind = Kind { incident_type: now.to_owned(), qualifiers: vec![] };
        let anew = incident_rules::Fact::Classified { at: at("20:30"), kind, reason: words() };
        let mut steps = begun(&[(INCIDENT, "20:30", None, Fact::Incident(Happened::Incident(anew)))]);
        steps[1].3 = opened(incident_type, &qualifiers);
        assert_eq!(contact(&steps, 1).2.family.as_deref(), Some(expected), "{incident_type} {qualifiers:?}");
    }
}

#[test]
fn a_contact_is_answered_and_takes_its_minutes() {
    let waiting = |channel| Arrival { answered_at: None, ..arrival("19:55", channel) };
    let of = |fact| Fact::Contact(fact);
    let ended = |handled_seconds| {
        of(contact_rules::Fact::Ended(Ended { at: at("20:05"), handled_seconds, outcome: "advice".into() }))
    };
    let given_up = contact_rules::Fact::Discontinued {
        arrival: waiting(Channel::Emergency),
        at: at("19:56"),
        ended_by: "caller".into(),
    };
    for (case, facts, is_answered, minutes) in [
        ("answered", vec![received("19:55"), ended(329)], true, Some(5)),
        ("nobody said when", vec![received("19:55"), ended(0)], true, None),
        (
            "a call that waits",
            vec![of(contact_rules::Fact::Received(waiting(Channel::Emergency)))],
            false,
            None,
        ),
        (
            "and is taken up",
            vec![
                of(contact_rules::Fact::Received(waiting(Channel::Emergency))),
                of(contact_rules::Fact::Answered { at: at("19:57") }),
            ],
            true,
            None,
        ),
        ("written", vec![of(contact_rules::Fact::Received(waiting(Channel::WebForm)))], true, None),
        ("given up", vec![of(given_up)], false, None),
    ] {
        let steps: Vec<Step> = facts.into_iter().map(|fact| (1, "20:00", None, fact)).collect();
        let (_, _, told) = contact(&steps, 1);
        assert_eq!((told.is_answered, told.handling_minutes), (is_answered, minutes), "{case}");
        assert_eq!((told.marks, told.is_new_information), (BTreeSet::new(), None), "{case}");
    }
}

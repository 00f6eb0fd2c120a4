//! A contact in the words of the definition: tables of cases.

use std::collections::BTreeSet;

use contact::{
    contact::rules::{self as contact_rules, Arrival, Channel, Coded, Earlier, Ended, Link, Purpose},
    grade::Grade,
};
use failure::{
    code::Code,
    story::{self, Mark, What},
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
        (Some(Purpose::Chase), vec![], None),
        (Some(Purpose::NewInformation), vec![], Some(Code::V3)),
        (Some(Purpose::NewOccurrence), vec![], Some(Code::V2)),
        (Some(Purpose::InvitedCallBack), vec![], Some(Code::V5)),
        (Some(Purpose::Chase), vec![Purpose::NewInformation], None),
        (None, vec![Purpose::Chase], None),
        (None, vec![Purpose::Unrelated], None),
    ] {
        let (_, _, told) = contact(&joined(purpose, &links), 2);
        assert_eq!(told.advisor, expected, "{purpose:?} {links:?}");
        // That it chases says not what failed.
        let chases = purpose == Some(Purpose::Chase) || links == [Purpose::Chase];
        assert_eq!(told.marks.contains(&Mark::Chases), chases, "{purpose:?} {links:?}");
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

#[test]
fn the_advisor_s_own_code_says_more_than_the_purpose_of_a_link() {
    let said = |code| Fact::Contact(contact_rules::Fact::Coded(Coded { code, definition: 1 }));
    let back = |code| Fact::Contact(contact_rules::Fact::CodeTakenBack(Coded { code, definition: 1 }));
    let second = (2, "21:00", None, received("21:00"));
    for code in Code::ALL {
        for (case, steps, expected) in [
            ("alone", vec![said(code)], Some(code)),
            ("beside a link", vec![link(Purpose::NewInformation), said(code)], Some(code)),
            ("before a link", vec![said(code), link(Purpose::NewInformation)], Some(code)),
            ("said again", vec![said(Code::F15), said(code)], Some(code)),
            ("taken back", vec![link(Purpose::NewInformation), said(code), back(code)], Some(Code::V3)),
            ("taken back, and nothing beside", vec![said(code), back(code)], None),
        ] {
            let steps = steps.into_iter().map(|fact| (2, "21:01", None, fact));
            let steps: Vec<Step> = std::iter::once(second.clone()).chain(steps).collect();
            assert_eq!(contact(&begun(&steps), 2).2.advisor, expected, "{code} {case}");
        }
    }
}

#[test]
fn a_contact_that_is_linked_as_about_the_same_issue_is_judged_within_it_until_the_link_is_taken_back() {
    let unlinked = contact_rules::Fact::Unlinked { to: id(INCIDENT), reason: words() };
    let to_contact =
        |to| Link { to: id(to), kind: Earlier::Contact, purpose: Purpose::Chase, evidence: vec![] };
    let chain = |to| Fact::Contact(contact_rules::Fact::Linked(to_contact(to)));
    let other = Fact::Contact(contact_rules::Fact::Attached { incident: id(8) });
    for (case, facts, began_with, primary) in [
        ("alone", vec![], 2, Some(Code::V1)),
        ("chasing", vec![link(Purpose::Chase)], INCIDENT, Some(Code::F01)),
        ("a call-back", vec![link(Purpose::InvitedCallBack)], INCIDENT, Some(Code::F01)),
        ("something new", vec![link(Purpose::NewOccurrence)], 2, Some(Code::V1)),
        ("unrelated", vec![link(Purpose::Unrelated)], 2, Some(Code::V1)),
        ("not any more", vec![link(Purpose::Chase), Fact::Contact(unlinked)], 2, Some(Code::V1)),
        ("by the contact that began it", vec![chain(1)], INCIDENT, Some(Code::F01)),
        ("added to another", vec![link(Purpose::Chase), other], 8, Some(Code::V1)),
    ] {
        // Graded Immediate at 20:00, and nobody there: an hour later somebody asks.
        let late = (INCIDENT, "20:00", None, graded("20:00", Grade::Immediate, ""));
        let second = (2, "21:00", None, received("21:00"));
        let rest = facts.into_iter().map(|fact| (2, "21:01", None, fact));
        let steps: Vec<Step> = [late, second].into_iter().chain(rest).collect();
        let story = story(&begun(&steps));
        assert_eq!(story.root_of(&id(2)), id(began_with), "{case}");
        let judged =
            failure::classify_in_force(failure::definition::definitions(), &story.issue(), Timestamp::MAX);
        let judged = judged.into_iter().find(|one| one.contact == id(2).to_string()).unwrap();
        assert_eq!(judged.primary, primary, "{case}");
    }
}

#[test]
fn what_is_assessed_of_a_linked_contact_is_not_what_was_assessed_of_the_incident() {
    let assessed = |steps: &[Step]| {
        let all = story(&begun(steps)).issue().happenings;
        all.iter().filter(|one| matches!(one.what, What::Assessed { .. })).count()
    };
    let second = [(2, "21:00", None, received("21:00")), (2, "21:01", None, assessment(2, &[]))];
    let with = |fact: Fact| [second.to_vec(), vec![(2, "21:02", None, fact)]].concat();
    assert_eq!(assessed(&second), 1, "of its own issue");
    assert_eq!(assessed(&with(link(Purpose::Chase))), 0);
    assert_eq!(assessed(&with(attached())), 1);
}

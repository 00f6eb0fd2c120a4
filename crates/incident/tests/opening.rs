//! An incident is opened, found, attached to, linked and handed over: one way, in one transaction, on both engines.

mod common;

use common::{at, call, opening, who};
use contact::{
    contact::rules::{Location, Purpose},
    grade::Grade,
    suggestion::rules::Suggestion,
    thrive::rules::{Assessment, Command as Assess, Considered, Element, Level},
};
use incident::{
    Change, Opening,
    after::After,
    custody::rules::Command as Handing,
    grade::rules::Command as Grading,
    incident::{
        list::rows::State,
        rows::{Filter, by_reference, list, looked_for, of_contact, of_unit, one},
        rules::{Command, Kind, Person},
    },
    promise::{
        rows::{counts, to_keep},
        rules::Command as Promising,
    },
    queue::rules::{Endorsement, Waits},
    recall,
};
use journal::{Id, Journal, Refusal, reference_seq};

async fn open(journal: &Journal, minute: usize, make: impl Fn(Id) -> Opening) -> Result<Id, Refusal> {
    let mut tx = journal.begin().await.expect("it begins");
    let contact = call(&mut tx, at(minute), "0131 496 0123").await;
    let id = Id::new(at(minute));
    let stored = incident::open(&mut tx, &who("advisor"), at(minute), &id, make(contact)).await.expect("sql");
    stored?;
    tx.commit().await.expect("it is committed");
    Ok(id)
}

async fn change(
    journal: &Journal,
    name: &str,
    minute: usize,
    id: &Id,
    change: Change,
) -> Result<(), Refusal> {
    let mut tx = journal.begin().await.expect("it begins");
    incident::change(&mut tx, &who(name), at(minute), id, change).await.expect("sql")?;
    tx.commit().await.expect("it is committed");
    Ok(())
}

fn assessed() -> Change {
    let one =
        |element| (element, Considered { level: Level::NoneIdentified, narrative: String::new().into() });
    let elements = Element::ALL.into_iter().map(one).collect();
    Change::Thrive(Assess::Assess(Assessment { elements, ..Assessment::default() }))
}

#[tokio::test]
async fn an_incident_begins_where_its_grade_and_place_say_with_its_contact_and_its_suggestion() {
    for t in journal::testing::engines().await {
        let suggested = Suggestion { grade: Grade::Immediate, reasons: vec![], ask: vec![], definition: 1 };
        let make = |contact| Opening {
            suggestion: Some(suggested.clone()),
            rationale: "He has left; she is with a neighbour.".into(),
            warnings: vec!["dog".into()],
            ..opening(contact, Grade::Prompt)
        };
        let id = open(&t.journal, 1, make).await.expect("it opens");
        let mut read = t.journal.read().await.expect("it begins");
        let standing = recall(&mut read, &id).await.expect("sql").expect("it is there");
        let choice = standing.grade.expect("it has a grade").in_force;
        assert_eq!((choice.grade, choice.suggestion), (Grade::Prompt, Some(suggested.clone())));
        let listed = one(&mut read, &id).await.expect("sql").expect("it has a row");
        let queued = listed.queued.clone().expect("it is open");
        assert_eq!((queued.unit.as_str(), queued.waits), ("control_room_east", Waits::Dispatch));
        assert_eq!(queued.clock.expect("it has a clock").words, "a supervisor’s review");
        let contact = &standing.incident.contacts[0].contact;
        let attached =
            contact::contact::rows::one(&mut read, contact).await.expect("sql").expect("it is there");
        assert_eq!(attached.incident.as_ref(), Some(&id), "the contact knows its incident");
        assert_eq!(of_contact(&mut read, contact).await.expect("sql").len(), 1);
        let seq = reference_seq('I', &listed.reference()).expect("a reference");
        assert_eq!(by_reference(&mut read, seq).await.expect("sql"), Some(id));
    }
}

#[tokio::test]
async fn immediate_needs_nothing_but_its_contact_and_what_is_refused_leaves_nothing() {
    for t in journal::testing::engines().await {
        let bare = |contact| Opening {
            kind: Kind { incident_type: String::new(), qualifiers: vec![] },
            location: None,
            summary: String::new(),
            ..opening(contact, Grade::Immediate)
        };
        let id = open(&t.journal, 1, bare).await.expect("Immediate opens with nothing");
        let refused = open(&t.journal, 2, |contact| Opening { grade: Grade::Prompt, ..bare(contact) }).await;
        assert_eq!(refused.expect_err("Prompt needs a type").field, "incident_type");
        let nobody = Id::new(at(3));
        let refused = open(&t.journal, 3, |_| opening(nobody.clone(), Grade::Prompt)).await;
        assert!(refused.is_err(), "there is no such contact");
        let mut read = t.journal.read().await.expect("it begins");
        let all = list(&mut read, &Filter { state: State::All, limit: 50, ..Filter::default() })
            .await
            .expect("sql");
        assert_eq!(
            all.iter().map(|one| &one.id).collect::<Vec<_>>(),
            [&id],
            "what was refused left something"
        );
        let queued = all[0].queued.as_ref().expect("it is open");
        let owed: Vec<&str> = queued.debts.iter().map(|debt| debt.words.as_str()).collect();
        assert_eq!(
            queued.unit, "control_room_west",
            "its place is not known: the leading control room has it"
        );
        assert_eq!(
            owed,
            ["THRIVE assessment, 0 of 6 considered", "type of incident", "where it is", "what happened"]
        );
    }
}

#[tokio::test]
async fn an_incident_is_found_by_whole_words_numbers_and_what_it_is() {
    for t in journal::testing::engines().await {
        let named = |name: &str| Person {
            name: name.to_owned().into(),
            born: "1981".to_owned().into(),
            number: "0131 496 0123".to_owned().into(),
            role: "victim".into(),
        };
        let first = open(&t.journal, 1, |contact| opening(contact, Grade::Prompt)).await.expect("it opens");
        let person = Change::Incident(Command::AddPerson(named("Mòrag Bàn")));
        change(&t.journal, "advisor", 2, &first, person).await.expect("she is added");
        let second = open(&t.journal, 3, |contact| Opening {
            persons: vec![named("Łukasz Nowak")],
            ..opening(contact, Grade::Standard)
        });
        let second = second.await.expect("it opens");
        let mut read = t.journal.read().await.expect("it begins");
        for (typed, found) in [
            ("morag", vec![&first]),
            ("lukasz nowak", vec![&second]),
            ("shore street leith", vec![&second, &first]),
            ("+44 131 496 0123", vec![&second, &first]),
            ("morag nowak", vec![]),
        ] {
            let filter =
                Filter { words: looked_for(typed), state: State::All, limit: 9, ..Filter::default() };
            let all = list(&mut read, &filter).await.expect("sql");
            assert_eq!(all.iter().map(|one| &one.id).collect::<Vec<_>>(), found, "{typed}");
        }
        let plain = Filter { limit: 9, ..Filter::default() };
        let cases = [
            (Filter { unit: "division_e".into(), ..plain.clone() }, vec![&second]),
            (Filter { grade: "prompt".into(), ..plain.clone() }, vec![&first]),
            (
                Filter { qualifier: "alcohol".into(), state: State::All, ..plain.clone() },
                vec![&second, &first],
            ),
            (Filter { qualifier: "domestic".into(), ..plain.clone() }, vec![]),
            (Filter { division: "E".into(), state: State::All, limit: 1, ..plain.clone() }, vec![&second]),
            (Filter { incident_type: "assault".into(), state: State::Closed, ..plain }, vec![]),
        ];
        for (filter, found) in cases {
            let all = list(&mut read, &filter).await.expect("sql");
            assert_eq!(all.iter().map(|one| &one.id).collect::<Vec<_>>(), found, "{filter:?}");
        }
    }
}

#[tokio::test]
async fn an_accepted_offer_brings_its_grade_and_a_domestic_one_waits_for_a_second_person() {
    for t in journal::testing::engines().await {
        for (qualifier, waits) in [("alcohol", false), ("domestic", true)] {
            let make = |contact| Opening {
                kind: Kind { incident_type: "assault".into(), qualifiers: vec![qualifier.into()] },
                ..opening(contact, Grade::Prompt)
            };
            let id = open(&t.journal, 1, make).await.expect("it opens");
            let offer = || {
                Change::Custody(Handing::Offer {
                    to: "division_e".into(),
                    new_grade: Grade::Standard,
                    rationale: "He has left; a statement is wanted.".into(),
                    reason: "information".into(),
                    words: String::new(),
                    is_life_at_risk: false,
                })
            };
            let refused =
                change(&t.journal, "advisor", 2, &id, offer()).await.expect_err("it is not assessed");
            assert_eq!(refused.field, "assessment");
            change(&t.journal, "advisor", 3, &id, assessed()).await.expect("it is assessed");
            change(&t.journal, "advisor", 4, &id, offer()).await.expect("it is offered");
            let mut read = t.journal.read().await.expect("it begins");
            let theirs = of_unit(&mut read, "division_e").await.expect("sql");
            let shown = theirs
                .iter()
                .find(|one| one.id == id)
                .and_then(|one| one.queued.clone())
                .expect("it is shown");
            assert_eq!((shown.unit.as_str(), shown.waits), ("control_room_east", Waits::Acceptance));
            drop(read);
            let accept = || Change::Custody(Handing::Accept);
            let refused = change(&t.journal, "advisor", 5, &id, accept()).await.expect_err("they offered it");
            assert_eq!(refused.field, "offer");
            change(&t.journal, "diary manager", 6, &id, accept()).await.expect("it is accepted");
            let mut read = t.journal.read().await.expect("it begins");
            let queued =
                one(&mut read, &id).await.expect("sql").and_then(|one| one.queued).expect("it is open");
            let grade = if waits { Grade::Prompt } else { Grade::Standard };
            let endorsement = waits.then_some(Endorsement::Downgrade);
            assert_eq!(
                (queued.unit.as_str(), queued.grade, queued.endorsement),
                ("division_e", grade, endorsement)
            );
            drop(read);
            if waits {
                let endorse = || Change::Grade(Grading::EndorseDowngrade { words: String::new() });
                let refused =
                    change(&t.journal, "advisor", 7, &id, endorse()).await.expect_err("they asked for it");
                assert_eq!(refused.field, "endorsement");
                change(&t.journal, "supervisor", 8, &id, endorse()).await.expect("it is endorsed");
            }
        }
    }
}

#[tokio::test]
async fn several_callers_are_of_one_incident_and_two_incidents_are_linked_both_ways() {
    for t in journal::testing::engines().await {
        let first = open(&t.journal, 1, |contact| opening(contact, Grade::Prompt)).await.expect("it opens");
        let second = open(&t.journal, 2, |contact| opening(contact, Grade::Prompt)).await.expect("it opens");
        let mut tx = t.journal.begin().await.expect("it begins");
        let contact = call(&mut tx, at(3), "0141 496 0999").await;
        tx.commit().await.expect("it is committed");
        let attach = || Command::Attach { contact: contact.clone(), purpose: Purpose::NewInformation };
        change(&t.journal, "advisor", 4, &first, Change::Incident(attach())).await.expect("it is attached");
        let twice = change(&t.journal, "advisor", 5, &first, Change::Incident(attach())).await;
        assert_eq!(twice.expect_err("it is attached already").field, "contact");
        let link = |to: &Id| Change::Incident(Command::Link { to: to.clone(), why: "The same man".into() });
        change(&t.journal, "advisor", 6, &first, link(&second)).await.expect("they are linked");
        for (id, to) in [(&first, &first), (&first, &second), (&second, &Id::new(at(7)))] {
            let refused = change(&t.journal, "advisor", 7, id, link(to)).await.expect_err("no such link");
            assert_eq!(refused.field, "to");
        }
        let mut read = t.journal.read().await.expect("it begins");
        let one = recall(&mut read, &first).await.expect("sql").expect("it is there");
        let other = recall(&mut read, &second).await.expect("sql").expect("it is there");
        assert_eq!((&one.incident.linked[0], &other.incident.linked[0]), (&second, &first));
        assert_eq!((one.incident.contacts.len(), one.incident.changed_at), (2, at(4)));
        let place = Location {
            words: "5 Shore Street".to_owned().into(),
            division: "Z".into(),
            ..Location::default()
        };
        drop(read);
        let refused =
            change(&t.journal, "advisor", 8, &first, Change::Incident(Command::Locate(place))).await;
        assert_eq!(refused.expect_err("no such division").field, "division");
    }
}

#[tokio::test]
async fn what_is_promised_is_listed_until_it_is_kept_the_first_due_first() {
    for t in journal::testing::engines().await {
        let id = open(&t.journal, 1, |contact| opening(contact, Grade::Prompt)).await.expect("it opens");
        let make = |kind: &str, minute| {
            let (kind, due_at, words) = (kind.to_owned(), at(minute), "As soon as he is found".to_owned());
            Change::Promise(Promising::Make { kind, due_at, words })
        };
        for (kind, due) in [("update", 90), ("call_back", 30), ("visit", 60)] {
            change(&t.journal, "advisor", 5, &id, make(kind, due)).await.expect("it is promised");
        }
        let again = change(&t.journal, "advisor", 6, &id, make("visit", 60)).await;
        assert_eq!(again.expect_err("twice").field, "due_at");
        let fulfil = Change::Promise(Promising::Fulfil {
            number: 1,
            at: at(31),
            way: "call".to_owned(),
            words: String::new(),
        });
        change(&t.journal, "officer", 32, &id, fulfil).await.expect("it is kept, late");

        let mut read = t.journal.read().await.expect("it begins");
        let unit = one(&mut read, &id).await.expect("sql").expect("a row").queued.expect("open").unit;
        let list = to_keep(&mut read, "", None, 50).await.expect("sql");
        let kinds: Vec<&str> = list.iter().map(|one| one.kind.as_str()).collect();
        assert_eq!(kinds, ["visit", "update"], "{:?}", t.engine);
        assert_eq!(to_keep(&mut read, &unit, None, 50).await.expect("sql"), list);
        assert_eq!(to_keep(&mut read, "no_such", None, 50).await.expect("sql"), []);
        let after = After { at: list[0].due_at, incident: list[0].incident.clone(), number: list[0].number };
        assert_eq!(After::read(&after.written()), Some(after.clone()));
        assert_eq!(to_keep(&mut read, "", Some(&after), 50).await.expect("sql"), list[1..]);
        assert_eq!(counts(&mut read, "", at(61)).await.expect("sql"), (2, 1));
        let row = one(&mut read, &id).await.expect("sql").expect("a row");
        assert_eq!(row.standing.promises.next_due_at(), Some(at(60)));
        assert!(
            !serde_json::to_string(&row.standing.promises).expect("json").contains("found"),
            "words in a row"
        );
    }
}

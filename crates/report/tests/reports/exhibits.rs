//! What a committee paper shows of measures: by itself, by choice, refused, frozen; the same for ever and for everybody.

use axum::{Extension, http::StatusCode};
use journal::{
    Actor, Id, Journal, clear, dump, entries,
    testing::{Testing, engines},
};
use report::exhibit::rules::{Fact, Shown, apply};
use serde_json::{Value, json};
use users::testing::{App, Caller};

use crate::scene::{contacts, moment, noon_of, now};

const SAMPLES: &str = include_str!("exhibits.jsonl");

/// The name of a fact’s variant. Exhaustive, so that a new variant does not compile without a sample here.
fn variant(fact: &Fact) -> &'static str {
    match fact {
        Fact::Chosen(_) => "chosen",
        Fact::LeftOut { .. } => "left_out",
        Fact::ShownAgain { .. } => "shown_again",
    }
}

#[test]
fn every_kind_of_fact_has_a_sample_that_parses_and_is_written_as_it_was() {
    let (mut was, mut seen) = (None, std::collections::BTreeSet::new());
    for line in SAMPLES.lines() {
        let sample: Value = serde_json::from_str(line).expect("a sample is JSON");
        let kind = sample["kind"].as_str().expect("a sample names its kind");
        let name = kind.strip_prefix("paper_measure/").expect("a kind of this noun");
        let tagged = json!({ name: sample["body"] });
        let fact: Fact =
            serde_json::from_value(tagged.clone()).unwrap_or_else(|error| panic!("{line}: {error}"));
        assert_eq!(variant(&fact), name);
        assert_eq!(
            serde_json::to_value(&fact).expect("it serialises"),
            tagged,
            "{kind} is written otherwise"
        );
        was = Some(apply(was, &fact));
        seen.insert(name.to_owned());
    }
    let Shown { chosen, left_out } = was.expect("there are samples");
    assert_eq!((chosen.len(), chosen[0].measure.as_str(), left_out.len(), seen.len()), (1, "contacts", 0, 3));
}

/// The plan of the contact assessment model, a year of contacts, and a drafted paper about it.
struct Committee {
    app: App,
    manager: Caller,
    recommendation: Id,
    paper: String,
}

impl Committee {
    async fn on(t: &Testing) -> Self {
        noon_of("2026-11-11");
        let journal = &t.journal;
        let mut tx = journal.begin().await.expect("it begins");
        let plan = force::contact_assessment_model().expect("the plan is read");
        let who = Actor { who: "tester".into(), role: "audit_manager".into(), task: "Carry in".into() };
        force::carry_in(&mut tx, &who, now(), &plan, force::Shape::Plain).await.expect("it is carried in");
        tx.commit().await.expect("it is committed");
        contacts(journal, 7, 400, "2026-11-11").await;
        let rooms = report::routes().merge(measure::routes()).merge(evidence::routes()).merge(plan::routes());
        let rooms = rooms.merge(publish::routes()).layer(Extension(report::ROOM));
        let app = App::of(journal, now, rooms);
        let manager = Caller::program(journal, &app, "audit_manager").await;
        accept_faults(&manager).await;
        let recommendation = of_label(journal, "CAM22-R3").await;
        let details = json!({ "meeting": "Performance Committee", "date": "9 December 2026", "location": "Video",
            "title": "Improvement plans", "presented_by": "Chief Superintendent", "ask": "discuss", "kind": "plan",
            "period_from": "1 January 2024", "period_to": "11 November 2026" });
        let answer = manager.post("/papers/new", &details, &[]).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let paper = format!("/papers/{}", answer.text("id"));
        Self { app, manager, recommendation, paper }
    }

    /// Attaches failure demand by month as evidence; gives its identity.
    async fn attach(&self, measure: &str, by: &str) -> String {
        let body = json!({ "recommendation": self.recommendation, "measure": measure, "from": "2026-01-01",
            "until": "2026-10-31", "by": by, "claim": "went_down", "words": "It fell after the training." });
        let answer = self.manager.post("/evidence", &body, &[]).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
        answer.text("id")
    }

    fn choice(&self, measure: &str, from: &str, until: &str, by: &str) -> Value {
        json!({ "recommendation": self.recommendation, "measure": measure, "from": from, "until": until, "by": by })
    }

    async fn choose(&self, body: &Value) -> users::testing::Answer {
        self.manager.post(&format!("{}/measures/new", self.paper), body, &[]).await
    }

    /// The blocks of the paper, as whoever asks has them.
    async fn blocks(&self, who: &Caller) -> Value {
        let answer = who.get(&self.paper).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        answer.json()["document"]["blocks"].clone()
    }
}

async fn accept_faults(manager: &Caller) {
    let found = manager.get("/check?severity=fault").await.json();
    let groups = found["groups"].as_array().cloned().unwrap_or_default();
    for one in groups.iter().flat_map(|group| group["findings"].as_array().cloned().unwrap_or_default()) {
        let text = |name: &str| one[name].as_str().unwrap_or_default().to_owned();
        let at = format!("/check/{}/{}/{}/acceptance", text("subject"), text("check"), text("fingerprint"));
        let answer = manager.post(&at, &json!({ "reason": "Known to the committee." }), &[]).await;
        assert!(answer.status.is_success(), "{at}: {}", answer.body);
    }
}

async fn of_label(journal: &Journal, label: &str) -> Id {
    let mut read = journal.read().await.expect("a reading begins");
    let register =
        plan::register::rows::load(&mut read, journal::AsAt::Now, now()).await.expect("it is read");
    register.items.iter().find(|item| item.label() == label).expect("it is in the register").id.clone()
}

/// The blocks of a kind, by its name.
fn of_kind<'a>(blocks: &'a Value, kind: &str) -> Vec<&'a Value> {
    blocks.as_array().into_iter().flatten().filter_map(|block| block.get(kind)).collect()
}

/// The captions of the tables that stand with measures.
fn captions(blocks: &Value) -> Vec<String> {
    let tables = of_kind(blocks, "table").into_iter();
    let measured =
        tables.filter(|table| table["anchor"].as_str().is_some_and(|at| at.starts_with("measured-")));
    measured.filter_map(|table| table["caption"].as_str().map(str::to_owned)).collect()
}

#[tokio::test]
async fn a_paper_shows_its_evidence_and_what_was_chosen_and_keeps_them() {
    for t in engines().await {
        let committee = Committee::on(&t).await;
        let manager = &committee.manager;
        assert!(captions(&committee.blocks(manager).await).is_empty(), "nothing is attached yet");
        let evidence = committee.attach("failure_demand", "month").await;
        let chosen =
            committee.choose(&committee.choice("contacts", "2026-03-01", "2026-10-31", "month")).await;
        assert_eq!(chosen.status, StatusCode::CREATED, "{}", chosen.body);
        let draft = committee.blocks(manager).await;
        assert_eq!(
            captions(&draft),
            [
                "Failure demand, all divisions, 1 January 2026 to 31 October 2026: the figures",
                "Contacts, all divisions, 1 March 2026 to 31 October 2026: the figures"
            ]
        );
        for told in [
            "It fell after the training.",
            "is claimed to have gone down",
            "Measured: ",
            "by version 1 of its definition",
        ] {
            assert!(draft.to_string().contains(told), "no “{told}” in {draft}");
        }
        let figure =
            of_kind(&draft, "figure").into_iter().find(|one| one["caption"].to_string().contains("Contacts"));
        let figure = figure.expect("contacts are many every month, so they are drawn");
        assert!(figure["description"].as_str().is_some_and(|told| told.contains("8 values")), "{figure}");

        left_out_and_back(&committee, &evidence, &chosen.text("id")).await;
        frozen_and_the_same(&t, &committee).await;
    }
}

async fn left_out_and_back(committee: &Committee, evidence: &str, chosen: &str) {
    let (manager, at) = (&committee.manager, format!("{}/measures", committee.paper));
    let list = manager.get(&at).await.json();
    assert_eq!(list["rows"].as_array().map(Vec::len), Some(2), "{list}");
    let leave = manager.post(&at, &json!({ "leave_out": evidence }), &[]).await;
    assert_eq!(leave.status, StatusCode::OK, "{}", leave.body);
    assert_eq!(captions(&committee.blocks(manager).await).len(), 1);
    for body in [json!({ "leave_out": evidence }), json!({ "show_again": chosen }), json!({})] {
        let again = manager.post(&at, &body, &[]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}: {}", again.body);
    }
    let stale = manager.post(&at, &json!({ "show_again": evidence, "last_seq": 1 }), &[]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.body);
    let back = manager.post(&at, &json!({ "show_again": evidence }), &[]).await;
    assert_eq!(back.status, StatusCode::OK, "{}", back.body);
    assert_eq!(captions(&committee.blocks(manager).await).len(), 2);
}

async fn frozen_and_the_same(t: &Testing, committee: &Committee) {
    let (manager, at) = (&committee.manager, format!("{}/measures", committee.paper));
    // What is not counted yet is counted when the paper is frozen: it stands at one entry.
    force::many_contacts(&t.journal, 9, 50, moment("2026-11-11"), |_| {}).await.expect("contacts are made");
    let answer = manager.post(&format!("{}/freeze", committee.paper), &json!({}), &[]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let member = Caller::program(&t.journal, &committee.app, "committee_member").await;
    let frozen = member.get(&committee.paper).await.json()["document"].clone();
    let entry = frozen["counted_at"].as_i64().expect("it says so");
    let thousands = format!("{},{:03}", entry / 1000, entry % 1000);
    assert!(
        frozen.to_string().contains(&format!("Counted at entry {thousands}, by version 1")),
        "{entry}: {frozen}"
    );
    assert_eq!(captions(&frozen["blocks"]).len(), 2);
    contacts(&t.journal, 11, 200, "2026-11-11").await;
    assert_eq!(member.get(&committee.paper).await.json()["document"], frozen, "it stays as members had it");
    let late = committee.choose(&committee.choice("answer_wait", "2026-09-01", "2026-10-31", "month")).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", late.body);
    assert!(late.text("detail").contains("This paper is frozen"), "{}", late.body);
    for path in [at.clone(), format!("{at}/new")] {
        assert_eq!(member.get(&path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    // What the journal alone gives is what is in the rows.
    let mut tx = t.journal.begin().await.expect("a command begins");
    let before = dump(&mut tx, &report::TABLES).await.expect("sql");
    clear(&mut tx, &report::TABLES).await.expect("sql");
    let mut memory = report::Memory::default();
    for entry in entries(&mut tx, 0, i64::MAX - 1).await.expect("sql") {
        report::refold(&mut tx, &mut memory, &entry).await.expect("it is folded");
    }
    assert_eq!((before.len(), dump(&mut tx, &report::TABLES).await.expect("sql")), (1, before));
}

#[tokio::test]
async fn what_a_paper_cannot_show_is_refused_at_its_field() {
    for t in engines().await {
        let committee = Committee::on(&t).await;
        let plain = committee.choice("contacts", "2026-03-01", "2026-10-31", "month");
        let with = |field: &str, value: &str| {
            let mut body = plain.clone();
            body[field] = json!(value);
            body
        };
        let other = of_label(&t.journal, "CAM22-R1").await;
        for (body, field, told) in [
            (with("measure", "luck"), "measure", "no measure “luck”"),
            (with("until", "2026-11-12"), "until", "still to come"),
            (with("from", "2026-11-01"), "from", "before it begins"),
            (with("by", "day"), "by", "at most 54"),
            (with("division", "YY"), "division", "no division"),
            (with("recommendation", "R3"), "recommendation", "Say under which recommendation"),
            (
                with("recommendation", "018a645b-0000-7bb7-b19b-000000000001"),
                "recommendation",
                "does not tell",
            ),
            (with("recommendation", other.as_str()), "measure", "does not say that it serves CAM22-R1"),
        ] {
            let answer = committee.choose(&body).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}: {}", answer.body);
            assert!(answer.text("field") == field && answer.text("detail").contains(told), "{}", answer.body);
        }
        for day in 1..=12 {
            let body = committee.choice("contacts", "2026-01-01", &format!("2026-10-{day:02}"), "month");
            assert_eq!(committee.choose(&body).await.status, StatusCode::CREATED, "{body}");
        }
        let answer = committee.choose(&plain).await;
        assert!(answer.text("detail").contains("at most 12 measures"), "{}", answer.body);
        let nothing = "/papers/018a645b-0000-7bb7-b19b-000000000001/measures";
        for path in [nothing.to_owned(), format!("{nothing}/new"), "/papers/x/measures".to_owned()] {
            assert_eq!(committee.manager.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        // A thirteenth that comes by itself: the paper is not frozen with it.
        committee.attach("failure_demand", "month").await;
        let freeze = committee.manager.post(&format!("{}/freeze", committee.paper), &json!({}), &[]).await;
        assert_eq!(freeze.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", freeze.body);
        assert!(freeze.text("detail").contains("would show 13"), "{}", freeze.body);
    }
}

#[tokio::test]
async fn a_small_number_is_not_in_a_paper_by_itself_or_beside_another() {
    for t in engines().await {
        let committee = Committee::on(&t).await;
        // Four hundred contacts in a year: some day has one to four.
        let days = committee.choose(&committee.choice("contacts", "2026-09-01", "2026-09-30", "day")).await;
        assert_eq!(days.status, StatusCode::CREATED, "{}", days.body);
        let blocks = committee.blocks(&committee.manager).await;
        let told = blocks.to_string();
        assert!(
            told.contains("one of them has a count below 5") && of_kind(&blocks, "figure").is_empty(),
            "{told}"
        );
        let table =
            of_kind(&blocks, "table").into_iter().find(|one| one["anchor"] == "measured-1").expect("a table");
        assert_eq!(table["rows"].as_array().map(Vec::len), Some(1), "only the whole: {table}");
        // The same month without its last day: what is left would be that day.
        let most = committee.choose(&committee.choice("contacts", "2026-09-01", "2026-09-29", "month")).await;
        assert_eq!(most.status, StatusCode::CREATED, "{}", most.body);
        let told = committee.blocks(&committee.manager).await.to_string();
        assert!(told.contains("it would give a count below 5 away") && told.contains("Not shown"), "{told}");
    }
}

//! The pages of papers: who sees what, forms, figures that lead to their lists, and what a frozen paper shows
//! when the register has gone on.

use axum::http::StatusCode;
use journal::{Actor, Id, Noun, testing::engines};
use publish::paper::{
    rows::Papers,
    rules::{Fact, apply},
};
use serde_json::{Value, json};

use crate::{
    site::{Caller, app, noon_of, said},
    stored,
};

/// Two inspections with two recommendations each, and a caller in each of three roles.
struct Scene {
    manager: Caller,
    member: Caller,
    reviewer: Caller,
    inspections: [String; 2],
    recommendations: Vec<String>,
}

impl Scene {
    async fn on(journal: &journal::Journal) -> Self {
        noon_of("2026-03-02");
        let app = app(journal);
        let manager = Caller::of(&app, journal, "audit_manager").await;
        let member = Caller::of(&app, journal, "committee_member").await;
        let reviewer = Caller::of(&app, journal, "inspectorate_reviewer").await;
        let (mut inspections, mut recommendations) = (Vec::new(), Vec::new());
        for (title, addressees) in [
            ("Hate Crime 2021", "Caledonia Police"),
            ("Mental Health 2023", "Caledonia Police\nThe Ministry & Board"),
        ] {
            let inspection = json!({
                "title": title, "kind": "thematic", "published_on": format!("1 June {}", &title[title.len() - 4..]),
                "inspectorate": "HMICS", "addressees": addressees,
            });
            let inspection = manager.make("/inspections/new", inspection).await;
            for reference in ["R1", "R2"] {
                let made = json!({
                    "inspection": inspection, "reference": reference, "text": "Review it.", "exposure": "High",
                    "risk_statement": "It may differ.", "owner_post": "Head of Hate Crime", "target": "January 2026",
                });
                recommendations.push(manager.make("/recommendations/new", made).await);
            }
            inspections.push(inspection);
        }
        let [one, two] = inspections.try_into().expect("two inspections");
        Self { manager, member, reviewer, inspections: [one, two], recommendations }
    }

    async fn change(&self, number: usize, word: &str, body: Value) {
        let path = format!("/recommendations/{}/{word}", self.recommendations[number]);
        let caller = if matches!(word, "discharge" | "return") { &self.reviewer } else { &self.manager };
        caller.make(&path, body).await;
    }

    async fn propose(&self, number: usize) {
        self.change(number, "evidence", json!({ "evidence": "A folder" })).await;
        self.change(number, "closure", json!({ "what_we_did": "The work.", "impact": "It helped." })).await;
    }

    async fn frozen(&self, said: Value) -> String {
        let id = self.manager.make("/papers/new", said).await;
        self.manager.accept_faults().await;
        self.manager.make(&format!("/papers/{id}/freeze"), json!({})).await;
        id
    }

    /// Every figure of the paper leads to a list with that many rows. Gives how many there were.
    async fn follow(&self, id: &str) -> usize {
        let paper = self.member.get(&format!("/papers/{id}")).await.json();
        let document: publish::document::Document =
            serde_json::from_value(paper["document"].clone()).expect("a paper");
        let links: Vec<_> = document.links().into_iter().map(|(f, a)| (f.to_owned(), a.to_owned())).collect();
        for (figure, address) in &links {
            let path = address.strip_prefix("http://localhost").expect("an address of this site");
            let list = self.member.get(path).await.json();
            assert_eq!(list["found"].to_string(), *figure, "{address}");
        }
        links.len()
    }
}

fn words(paper: &Value) -> String {
    paper["document"].to_string()
}

#[tokio::test]
async fn a_draft_is_for_those_who_draft_and_a_frozen_paper_for_all_who_read() {
    for t in engines().await {
        let scene = Scene::on(&t.journal).await;
        for (path, caller, expected) in [
            ("/papers", &scene.member, StatusCode::OK),
            ("/papers/new", &scene.manager, StatusCode::OK),
            ("/papers/new", &scene.member, StatusCode::FORBIDDEN),
            ("/papers/new", &scene.reviewer, StatusCode::FORBIDDEN),
        ] {
            assert_eq!(caller.page(path).await.status, expected, "{path}");
        }
        let refused = scene.member.post("/papers/new", &said("plan", &[])).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        for kind in ["plan", "period", "portfolio"] {
            let id = scene.manager.make("/papers/new", said(kind, &[])).await;
            let address = format!("/papers/{id}");
            for part in ["", "/pdf"] {
                assert_eq!(scene.member.get(&format!("{address}{part}")).await.status, StatusCode::NOT_FOUND);
            }
            for part in ["/edit", "/freeze"] {
                let path = format!("{address}{part}");
                assert_eq!(scene.member.page(&path).await.status, StatusCode::FORBIDDEN);
                assert_eq!(scene.member.post(&path, &json!({})).await.status, StatusCode::FORBIDDEN);
                assert_eq!(scene.manager.page(&path).await.status, StatusCode::OK, "{path}");
            }
            scene.manager.accept_faults().await;
            scene.manager.make(&format!("{address}/freeze"), json!({})).await;
            assert_eq!(scene.member.page(&address).await.status, StatusCode::OK);
            let pdf = scene.member.get(&format!("{address}/pdf")).await;
            assert!(pdf.status == StatusCode::OK && pdf.body.starts_with(b"%PDF-"), "{kind}");
            for part in ["/edit", "/freeze"] {
                let again = scene.manager.post(&format!("{address}{part}"), &said(kind, &[])).await;
                assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{part}");
            }
            assert!(scene.follow(&id).await > 20, "{kind}");
        }
        assert_eq!(scene.member.get("/papers").await.json()["papers"].as_array().map(Vec::len), Some(3));
    }
}

#[tokio::test]
async fn a_fault_that_nobody_mended_or_accepted_keeps_a_paper_from_being_frozen() {
    for t in engines().await {
        let scene = Scene::on(&t.journal).await;
        let id = scene.manager.make("/papers/new", said("period", &[])).await;
        let freeze = format!("/papers/{id}/freeze");
        let refused = scene.manager.post(&freeze, &json!({})).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(refused.json()["field"], "findings");
        let page = scene.manager.page(&freeze).await.text();
        assert!(page.contains("HC21-R1") && page.contains("that nobody has accepted"), "{page}");
        let back = format!("acceptance?back=%2Fpapers%2F{id}%2Ffreeze");
        assert!(page.contains(&back) && page.contains("name=\"listed\""), "{page}");
        let told = scene.manager.page(&format!("{freeze}?done=accepted-3")).await.text();
        assert!(told.contains("3 findings are accepted."), "{told}");
        assert!(scene.manager.accept_faults().await > 0);
        scene.manager.make(&freeze, json!({})).await;
        let paper = scene.member.get(&format!("/papers/{id}")).await.json();
        assert!(words(&paper).contains("The committee knows."), "the reason is printed");
    }
}

#[tokio::test]
async fn the_form_asks_the_kind_first_and_a_refused_one_keeps_what_was_typed() {
    let t = engines().await.remove(0);
    let scene = Scene::on(&t.journal).await;
    let form = scene.manager.page("/papers/new").await.text();
    let place = |name: &str| form.find(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("no {name}"));
    assert!(place("kind") < place("inspection") && place("inspection") < place("meeting"));
    for words in ["Progress in a period", "The Ministry &#38; Board", "Mental Health 2023", "Custody"] {
        assert!(form.contains(words), "{words}");
    }
    let both = json!([scene.inspections[0], scene.inspections[1]]);
    for (name, value) in [
        ("kind", "poem"),
        ("addressee", "Nobody"),
        ("theme", "weather"),
        ("added_since", "then"),
        ("date", "Tuesday"),
    ] {
        let given = said(
            "period",
            &[("background", json!("Asked in June.")), ("inspection", both.clone()), (name, json!(value))],
        );
        let refused = scene.manager.post("/papers/new", &given).await;
        assert_eq!(
            (refused.status, &refused.json()["field"]),
            (StatusCode::UNPROCESSABLE_ENTITY, &json!(name))
        );
        let page = scene.manager.post_page("/papers/new", &given).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        let page = page.text();
        assert!(page.contains(&format!("id=\"{name}-error\"")) && page.contains("Asked in June."), "{name}");
        assert_eq!(page.matches(" checked").count(), 2, "the chosen inspections stay chosen");
    }
    let id = scene.manager.make("/papers/new", said("period", &[("inspection", both)])).await;
    let form = scene.manager.page(&format!("/papers/{id}/edit")).await.text();
    assert!(form.contains("<option value=\"period\" selected>") && form.matches(" checked").count() == 2);
    let stale = said("plan", &[("last_seq", json!("1"))]);
    let stale = scene.manager.post(&format!("/papers/{id}/edit"), &stale).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    scene.manager.make(&format!("/papers/{id}/edit"), said("portfolio", &[])).await;
    let edited = scene.manager.get(&format!("/papers/{id}")).await.json();
    assert!(words(&edited).contains("overview of every improvement plan"));
}

#[tokio::test]
async fn a_paper_for_one_body_counts_only_what_is_addressed_to_it() {
    for t in engines().await {
        let scene = Scene::on(&t.journal).await;
        let told = json!({ "addressees": "The Ministry & Board", "reason": "As printed" });
        scene.change(2, "addressees", told).await;
        for (body, made) in [("", 4), ("Caledonia Police", 3), ("The Ministry & Board", 2)] {
            let given = said("portfolio", &[("addressee", json!(body))]);
            let id = scene.frozen(given).await;
            scene.follow(&id).await;
            let page = scene.member.get(&format!("/papers/{id}")).await.json();
            assert_eq!(page["since"][0]["figure"], "Made");
            assert_eq!(page["since"][0]["in_the_paper"], made.to_string(), "{body}");
        }
    }
}

#[tokio::test]
async fn a_frozen_paper_stays_and_its_page_tells_was_and_now() {
    for t in engines().await {
        let scene = Scene::on(&t.journal).await;
        scene.propose(0).await;
        let id = scene.frozen(said("period", &[("inspection", json!(scene.inspections[0]))])).await;
        let address = format!("/papers/{id}");
        let before = scene.member.get(&address).await.json();
        noon_of("2026-05-20");
        scene.change(0, "discharge", json!({ "reason": "Evidence seen" })).await;
        let moved = json!({ "to": "March 2027", "reason": "Late", "approved_by": "DCC", "delay_reason": "technical_development" });
        scene.change(1, "target", moved.clone()).await;
        scene.change(3, "target", moved).await;
        let after = scene.member.get(&address).await.json();
        assert_eq!(after["document"], before["document"], "the paper never changes");
        let told = |page: &Value, figure: &str| {
            let all = page["since"].as_array().expect("figures").clone();
            let one = all.into_iter().find(|one| one["figure"] == figure).expect("the figure");
            (
                one["in_the_paper"].clone(),
                one["now"].clone(),
                one["address"].as_str().expect("an address").to_owned(),
            )
        };
        for (figure, was, is) in [
            ("Made", "2", "2"),
            ("Open", "1", "1"),
            ("Proposed for closure", "1", "0"),
            ("Discharged", "0", "1"),
            ("Open and past the first target", "1", "1"),
            ("Open and past the current target", "1", "0"),
        ] {
            assert_eq!(told(&before, figure).0, was, "{figure}");
            let (in_the_paper, now, list) = told(&after, figure);
            assert_eq!((in_the_paper, now), (json!(was), json!(is)), "{figure}");
            assert_eq!(scene.member.get(&list).await.json()["found"].to_string(), is, "{list}");
        }
        let page = scene.member.page(&address).await.text();
        assert!(page.contains("Figures of this paper beside the register as it is now"));
        let draft = scene.manager.make("/papers/new", said("plan", &[])).await;
        assert_eq!(scene.manager.get(&format!("/papers/{draft}")).await.json()["since"], json!([]));
    }
}

/// A paper as version 0.1.0 froze it: its figures are counted otherwise and lead elsewhere.
async fn frozen_before(journal: &journal::Journal) -> String {
    let mut tx = journal.begin().await.expect("a command begins");
    let id = Id::new(jiff::Timestamp::UNIX_EPOCH);
    let who = Actor { who: "test".into(), role: "audit_manager".into(), task: "Freeze as before".into() };
    let counted_at = journal::head(&mut tx).await.expect("sql");
    for mut fact in [stored::samples().remove(0), stored::samples().remove(4)] {
        if let Fact::Drafted(details) = &mut fact {
            details.inspections.clear();
        }
        if let Fact::Frozen(frozen) = &mut fact {
            (frozen.counted_at, frozen.on) = (counted_at, "2026-03-02".parse().expect("a day"));
        }
        let was = journal::recall(&mut tx, &id, apply).await.expect("sql").state;
        let entry =
            journal::append(&mut tx, &who, jiff::Timestamp::UNIX_EPOCH, &id, &fact).await.expect("sql");
        Papers::save(&mut tx, &entry, &id, &apply(was, &fact)).await.expect("sql");
    }
    tx.commit().await.expect("it is committed");
    id.to_string()
}

#[tokio::test]
async fn a_paper_frozen_before_is_shown_and_its_figures_are_counted_again_at_its_entry() {
    for t in engines().await {
        let scene = Scene::on(&t.journal).await;
        let id = frozen_before(&t.journal).await;
        scene.propose(0).await;
        let shown = scene.member.get(&format!("/papers/{id}")).await.json();
        for (place, figure, was, is) in
            [(0, "Made", "4", "4"), (1, "Open", "4", "3"), (2, "Proposed for closure", "0", "1")]
        {
            let told = &shown["since"][place];
            assert_eq!(
                (&told["figure"], &told["in_the_paper"], &told["now"]),
                (&json!(figure), &json!(was), &json!(is))
            );
        }
        let page = scene.member.page(&format!("/papers/{id}")).await.text();
        assert!(page.contains("3</a> are open.") && page.contains("they are counted again at its entry"));
        assert_eq!(scene.member.get(&format!("/papers/{id}/pdf")).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn the_next_paper_tells_what_changed_since_the_last() {
    for t in engines().await {
        let scene = Scene::on(&t.journal).await;
        let about = ("inspection", json!(scene.inspections[1]));
        let first = scene.frozen(said("plan", std::slice::from_ref(&about))).await;
        let first = scene.member.get(&format!("/papers/{first}")).await.json();
        assert!(words(&first).contains("There is no earlier paper about the same inspections"));
        noon_of("2026-05-20");
        scene.propose(2).await;
        scene.change(2, "return", json!({ "reason": "More is wanted" })).await;
        let owner = json!({ "owner_post": "Head of Health", "owner_team": "", "reason": "New post" });
        scene.change(2, "owner", owner).await;
        let moved = json!({ "to": "March 2027", "reason": "Late.", "approved_by": "DCC", "delay_reason": "partnership_dependency" });
        scene.change(2, "target", moved).await;
        let second = scene.frozen(said("period", std::slice::from_ref(&about))).await;
        assert!(scene.follow(&second).await > 30, "figures of then and now");
        let told = words(&scene.member.get(&format!("/papers/{second}")).await.json());
        for sentence in [
            "Returned by the inspectorate on 20 May 2026.",
            "Proposed for closure on 20 May 2026.",
            "Owner changed from Head of Hate Crime to Head of Health.",
            "Target moved from January 2026 to March 2027, the 1st move, 14 months later (Depends on a partner: Late).",
            "No progress has been reported after 2 March 2026.",
            "Was, on 2 March 2026",
        ] {
            assert!(told.contains(sentence), "{sentence}: {told}");
        }
        noon_of("2026-05-25");
        scene.change(3, "update", json!({ "text": "The strategy is out." })).await;
        let third = scene.manager.make("/papers/new", said("portfolio", &[])).await;
        let third = words(&scene.manager.get(&format!("/papers/{third}")).await.json());
        assert!(third.contains("There is no earlier paper"), "those before were about one inspection only");
        let fourth = scene.manager.make("/papers/new", said("plan", &[about])).await;
        let fourth = words(&scene.manager.get(&format!("/papers/{fourth}")).await.json());
        assert!(
            fourth.contains("Nothing has changed") && fourth.contains("The strategy is out."),
            "{fourth}"
        );
        assert_eq!(fourth.matches("No progress has been reported after 20 May 2026.").count(), 1);
    }
}

#[tokio::test]
async fn every_statement_prepares_on_both_engines() {
    journal::testing::prepare_all(&publish::paper::rows::STATEMENTS).await;
}

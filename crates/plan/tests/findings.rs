//! Findings: their acceptances as rows on both engines, and the page of the check in each role.

mod hands;

use axum::http::StatusCode;
use hands::{Desk, Person, id, now, rows_are_the_fold, tester};
use journal::{AsAt, act, testing::engines};
use plan::{
    finding::{
        rows::{self, AcceptancesOf},
        rules::{Command, Known},
    },
    linter::load_findings,
};
use serde_json::{Value, json};

const SUBJECT: &str = "018a645b-0000-7bb7-b19b-e8d3aa192b00";

#[tokio::test]
async fn every_statement_is_understood_by_both_engines() {
    journal::testing::prepare_all(&rows::statements()).await;
}

#[tokio::test]
async fn the_rows_tell_what_was_accepted_at_any_position() {
    for t in engines().await {
        let subject = id(SUBJECT);
        let known = Known { sentence: Some("Two figures differ.".into()) };
        let text = |text: &str| text.to_owned();
        let accept = |fingerprint: &str| Command::Accept {
            check: text("figure_against_list"),
            fingerprint: text(fingerprint),
            reason: text("One is addressed to another body."),
        };
        let withdraw = Command::Withdraw {
            check: text("figure_against_list"),
            fingerprint: text("a1"),
            reason: text("It is not."),
        };
        let mut counts = Vec::new();
        for command in [accept("a1"), accept("b2"), withdraw, accept("a1")] {
            let mut tx = t.journal.begin().await.expect("it begins");
            let entry = act::<AcceptancesOf>(&mut tx, &tester(), now(), &subject, &known, command)
                .await
                .expect("the database answers")
                .expect("it is not refused");
            tx.commit().await.expect("it is committed");
            let mut read = t.journal.read().await.expect("it begins");
            counts.push((entry.seq, rows::all(&mut read, entry.seq).await.expect("it is read").len()));
        }
        let mut read = t.journal.read().await.expect("it begins");
        for (seq, count) in &counts {
            let all = rows::all(&mut read, *seq).await.expect("it is read");
            assert_eq!(all.len(), *count, "as at {seq} on {:?}", t.engine);
        }
        assert_eq!(counts.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [1, 2, 1, 2]);
        let all = rows::all(&mut read, counts[3].0).await.expect("it is read");
        let accepted = &all[&(subject, text("figure_against_list"), text("a1"))];
        assert_eq!(
            (accepted.role.as_str(), accepted.sentence.as_str()),
            ("audit_manager", "Two figures differ.")
        );
        drop(read);
        rows_are_the_fold(&t.journal).await;
    }
}

/// The only finding that a page's data shows.
fn only(data: &Value) -> &Value {
    assert_eq!(data["found"], 1, "{data}");
    &data["groups"][0]["findings"][0]
}

fn decision(finding: &Value, last: &str) -> String {
    let part = |name: &str| finding[name].as_str().expect("it is a text").to_owned();
    format!("/check/{}/{}/{}/{last}", part("subject"), part("check"), part("fingerprint"))
}

/// The check's data about figures.
async fn figures(person: &Person, more: &str) -> Value {
    person.data(&format!("/check?check=figure_against_list{more}")).await.json()
}

#[tokio::test]
async fn a_finding_is_accepted_with_a_reason_until_its_figures_change() {
    for t in engines().await {
        let desk = Desk::of(&t.journal);
        let manager = desk.person("audit_manager").await;
        let [_, _, r14] = manager.registers_domestic_abuse().await;
        let paper = manager.registers_a_paper("1").await;
        let data = figures(&manager, "").await;
        let sentence = "“Progress Summary” (S004) gives 1 open recommendation of Domestic Abuse on 16 September 2025; the register lists 2: R1 and R14.";
        let finding = only(&data);
        assert_eq!(
            (&finding["sentence"], &finding["severity"], &finding["label"]),
            (&json!(sentence), &json!("fault"), &json!("DA23"))
        );
        assert_eq!(finding["mend"], format!("/sources/{paper}"));
        let accept = decision(finding, "acceptance");
        let form = manager.page(&accept).await;
        assert!(
            form.status.is_success() && form.body.contains("the register lists 2: R1 and R14"),
            "{}",
            form.body
        );
        let refused = manager.form(&accept, &[("reason", " ")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            refused.body.contains("id=\"reason-error\"") && refused.body.contains("The reason is missing.")
        );
        let done = manager.form(&accept, &[("reason", "=It leaves out R14 on purpose.")]).await;
        assert_eq!(
            (done.status, done.location()),
            (StatusCode::SEE_OTHER, "/check?done=accepted"),
            "{}",
            done.body
        );
        assert!(manager.page(done.location()).await.body.contains("The finding is accepted."));
        assert_eq!(figures(&manager, "").await["found"], 0);
        let accepted = figures(&manager, "&accepted=accepted").await;
        assert_eq!(only(&accepted)["accepted"]["reason"], "=It leaves out R14 on purpose.");
        let shown = manager.page("/check?accepted=accepted").await.body;
        assert!(
            shown.contains("Accepted by the audit manager on 16 September 2025")
                && shown.contains("Withdraw the acceptance"),
            "{shown}"
        );
        let again = manager.post(&accept, json!({ "reason": "once more" })).await;
        assert_eq!(
            (again.status, &again.json()["field"]),
            (StatusCode::UNPROCESSABLE_ENTITY, &json!("finding"))
        );
        let csv = manager.page("/check/export/csv?accepted=all").await;
        assert!(csv.body.contains("'=It leaves out R14") && csv.body.starts_with('\u{feff}'), "{}", csv.body);

        // One is proposed and discharged: the figures are others, and the acceptance holds no more.
        let evidence = manager
            .post(&format!("/recommendations/{r14}/evidence"), json!({ "evidence": "All of it" }))
            .await;
        assert!(evidence.status.is_success(), "{}", evidence.body);
        let closure = json!({ "what_we_did": "The work.", "impact": "Repeat calls fell by 12 per cent." });
        manager.post(&format!("/recommendations/{r14}/closure"), closure).await;
        assert_eq!(figures(&manager, "").await["found"], 0, "it is still open");
        let reviewer = desk.person("inspectorate_reviewer").await;
        let discharged = reviewer
            .post(&format!("/recommendations/{r14}/discharge"), json!({ "reason": "Content." }))
            .await;
        assert!(discharged.status.is_success(), "{}", discharged.body);
        assert_eq!(figures(&manager, "&accepted=all").await["found"], 0, "1 is right now");
        manager.cites(&paper, "DA23", "open", "5").await;
        let data = figures(&manager, "").await;
        let finding = only(&data);
        assert!(finding["lapsed"].as_str().expect("it lapsed").contains("the register lists 2"), "{finding}");
        let gone = manager.post(&accept, json!({ "reason": "why" })).await;
        assert_eq!(gone.json()["field"], "finding");
        let withdrawn =
            manager.form(&accept.replace("acceptance", "withdrawal"), &[("reason", "It is settled.")]).await;
        assert_eq!(withdrawn.location(), "/check?done=withdrawn", "{}", withdrawn.body);
        assert!(figures(&manager, "").await["groups"][0]["findings"][0]["lapsed"].is_null());
        rows_are_the_fold(&t.journal).await;
    }
}

#[tokio::test]
async fn the_page_filters_searches_counts_and_looks_back() {
    for t in engines().await {
        let desk = Desk::of(&t.journal);
        let manager = desk.person("audit_manager").await;
        let clean = manager.page("/check").await.body;
        assert!(clean.contains("The check finds nothing that is not accepted."), "{clean}");
        let [inspection, _, _] = manager.registers_domestic_abuse().await;
        let before = manager.data("/check").await.json()["entry"].as_i64().expect("a number");
        manager.registers_a_paper("1").await;
        let found = async |query: &str| manager.data(&format!("/check{query}")).await.json()["found"].clone();
        assert_eq!(found("").await, 1, "{}", manager.data("/check").await.body);
        for (query, count) in [
            ("?severity=fault", 1),
            ("?severity=note", 0),
            ("?severity=note&severity=fault", 1),
            ("?check=risk_missing", 0),
            ("?words=lists+SUMMARY+da23", 1),
            ("?words=custody", 0),
            (&format!("?inspection={inspection}"), 1),
            ("?inspection=other", 0),
            ("?accepted=accepted", 0),
            (&format!("?as_at={before}"), 0),
        ] {
            assert_eq!(found(query).await, count, "{query}");
        }
        let none = manager.page("/check?words=custody").await.body;
        assert!(
            none.contains("No finding fits these filters.") && none.contains("Remove the filter"),
            "{none}"
        );
        let odd = manager.page("/check?as_at=soon").await;
        assert!(
            odd.status.is_success() && odd.body.contains("is not a moment to look back to"),
            "{}",
            odd.body
        );
        assert_eq!(manager.data("/check?as_at=soon").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(manager.page("/check/export/pdf").await.status, StatusCode::NOT_FOUND);
        let mut read = t.journal.read().await.expect("it begins");
        let checked = load_findings(&mut read, AsAt::Now, now()).await.expect("it loads");
        let summary = checked.summary(Some(&id(&inspection)));
        assert_eq!((summary.faults, summary.open(), summary.accepted), (1, 1, 0));
        assert_eq!(checked.summary(Some(&id(SUBJECT))).open(), 0);
        assert_eq!(checked.of_inspection(&id(&inspection)).count(), 1);
    }
}

#[tokio::test]
async fn each_role_sees_and_does_what_it_may() {
    let t = engines().await.remove(0);
    let desk = Desk::of(&t.journal);
    let manager = desk.person("audit_manager").await;
    manager.registers_domestic_abuse().await;
    let paper = manager.registers_a_paper("1").await;
    manager.cites(&paper, "DA23", "title", "Domestic Abuse 2023").await;
    let data = figures(&manager, "").await;
    let accept = decision(only(&data), "acceptance");
    assert!(manager.page("/check").await.body.contains("Mend it"));
    for role in ["committee_member", "action_owner", "inspectorate_reviewer"] {
        let person = desk.person(role).await;
        let page = person.page("/check").await;
        let title = person.page("/check?check=year_in_title").await.body;
        assert!(
            title.contains("the year in the title") && !title.contains("Mend it"),
            "{role} has no such form"
        );
        assert!(page.status.is_success() && page.body.contains("the register lists 2"), "{role}");
        assert!(!page.body.contains("Accept with a reason"), "{role} is offered no form");
        assert_eq!(person.page(&accept).await.status, StatusCode::FORBIDDEN, "{role}");
        assert_eq!(person.form(&accept, &[("reason", "why")]).await.status, StatusCode::FORBIDDEN, "{role}");
    }
    let partner = desk.person("partner_agency").await;
    for path in ["/check", "/check/export/csv", &accept] {
        assert_eq!(partner.page(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(
        manager.page(&accept.replace("figure_against_list", "no_such")).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        manager.page("/check/nonsense/risk_missing/a1/acceptance").await.status,
        StatusCode::NOT_FOUND
    );
}

/// A paper whose figures differ from the register in several ways; gives the keys of what one check finds.
async fn wrong_figures(manager: &Person) -> Vec<String> {
    manager.registers_domestic_abuse().await;
    let source = manager.registers_a_paper("1").await;
    manager.cites(&source, "DA23", "total", "9").await;
    manager.cites(&source, "DA23", "closed", "7").await;
    manager.cites(&source, "DA23", "proposed_for_closure", "3").await;
    keys(&figures(manager, "").await)
}

fn keys(data: &Value) -> Vec<String> {
    let findings = data["groups"][0]["findings"].as_array().cloned().unwrap_or_default();
    let part = |finding: &Value, name: &str| finding[name].as_str().expect("it is a text").to_owned();
    findings.iter().map(|one| format!("{}/{}", part(one, "subject"), part(one, "fingerprint"))).collect()
}

const SEVERAL: &str = "/check/acceptances";

fn sent<'a>(step: &'a [(&'a str, &'a str)], keys: &'a [String]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![("check", "figure_against_list")];
    fields.extend(step);
    fields.extend(keys.iter().map(|key| ("finding", key.as_str())));
    fields
}

#[tokio::test]
async fn several_findings_of_one_check_are_shown_and_accepted_with_one_reason_as_a_fact_each() {
    for t in engines().await {
        let desk = Desk::of(&t.journal);
        let manager = desk.person("audit_manager").await;
        let keys_found = wrong_figures(&manager).await;
        assert!(keys_found.len() > 2, "{keys_found:?}");
        let page = manager.page("/check?check=figure_against_list&words=da23").await.body;
        assert!(page.contains("Accept the ticked with one reason"), "{page}");
        assert!(
            page.contains("name=\"back\" value=\"/check?words=da23&#38;check=figure_against_list\""),
            "{page}"
        );

        let two = &keys_found[..2];
        let back = ("back", "/check?words=da23");
        let preview = manager.form(SEVERAL, &sent(&[back], two)).await;
        assert_eq!(preview.status, StatusCode::OK);
        assert!(preview.body.contains("Accept 2 findings"), "{}", preview.body);
        assert_eq!(preview.body.matches("name=\"finding\"").count(), 2);
        let none = manager.form(SEVERAL, &sent(&[back], &[])).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            none.body.contains("Tick at least one") && none.body.contains("/check?words=da23"),
            "{}",
            none.body
        );

        let before = manager.data("/check").await.json()["entry"].as_i64().expect("a number");
        let confirm = format!("{SEVERAL}/confirmation");
        let blank = manager.form(&confirm, &sent(&[back, ("reason", " ")], two)).await;
        assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(blank.body.contains("id=\"reason-error\"") && blank.body.contains("Accept 2 findings"));
        let done = manager.form(&confirm, &sent(&[back, ("reason", "The committee knows.")], two)).await;
        assert_eq!(
            (done.status, done.location()),
            (StatusCode::SEE_OTHER, "/check?words=da23&done=accepted-2"),
            "{}",
            done.body
        );
        assert!(manager.page(done.location()).await.body.contains("2 findings are accepted."));
        let mut read = t.journal.read().await.expect("it begins");
        let entries = journal::entries(&mut read, before, i64::MAX).await.expect("sql");
        let told: Vec<_> = entries.iter().map(|one| one.kind.as_str()).collect();
        assert_eq!(told, ["finding/accepted"; 2], "a fact each");
        assert_eq!(keys(&figures(&manager, "").await), keys_found[2..]);

        // One that is accepted already keeps the others from being accepted unseen.
        let stale = manager.form(&confirm, &sent(&[back, ("reason", "Again.")], &keys_found[1..])).await;
        assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(stale.body.contains("1 of them is not found any more"), "{}", stale.body);
        assert_eq!(keys(&figures(&manager, "").await), keys_found[2..], "all or nothing");

        // All that the list had, by one box.
        let mut all =
            vec![("check", "figure_against_list"), ("all", "yes"), ("reason", "All of it is known.")];
        let left = &keys_found[2..];
        all.extend(left.iter().map(|key| ("listed", key.as_str())));
        let done = manager.form(&confirm, &all).await;
        assert_eq!(done.location(), format!("/check?done=accepted-{}", left.len()), "{}", done.body);
        assert_eq!(figures(&manager, "").await["found"], 0);
        let member = desk.person("committee_member").await;
        for path in [SEVERAL, &confirm] {
            assert_eq!(member.form(path, &sent(&[], two)).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        rows_are_the_fold(&t.journal).await;
    }
}

#[tokio::test]
async fn an_acceptance_leads_back_to_the_page_of_this_site_that_sent_one_there_and_to_no_other() {
    let t = engines().await.remove(0);
    let desk = Desk::of(&t.journal);
    let manager = desk.person("audit_manager").await;
    wrong_figures(&manager).await;
    let data = figures(&manager, "").await;
    let accept = |nth: usize| decision(&data["groups"][0]["findings"][nth], "acceptance");
    let page = manager.page("/check?words=da23").await.body;
    assert!(
        page.contains(&format!("{}?back=%2Fcheck%3Fwords%3Dda23", accept(0))),
        "the filter is kept: {page}"
    );
    let there = "?back=%2Fpapers%2F018a%2Ffreeze";
    let form = manager.page(&format!("{}{there}", accept(0))).await.body;
    assert!(form.contains(&format!("action=\"{}{there}\"", accept(0))), "{form}");
    assert!(form.contains("<a href=\"/papers/018a/freeze\">Cancel</a>"), "{form}");
    let refused = manager.form(&format!("{}{there}", accept(0)), &[("reason", "")]).await;
    assert!(refused.body.contains(&format!("action=\"{}{there}\"", accept(0))), "{}", refused.body);
    let done = manager.form(&format!("{}{there}", accept(0)), &[("reason", "It is known.")]).await;
    assert_eq!(done.location(), "/papers/018a/freeze?done=accepted");
    for (nth, elsewhere) in [(1, "%2F%2Fevil.example"), (2, "https%3A%2F%2Fevil.example")] {
        let form = manager.page(&format!("{}?back={elsewhere}", accept(nth))).await.body;
        assert!(!form.contains("evil"), "{form}");
        let done = manager.form(&format!("{}?back={elsewhere}", accept(nth)), &[("reason", "Known.")]).await;
        assert_eq!(done.location(), "/check?done=accepted", "{elsewhere}");
    }
}

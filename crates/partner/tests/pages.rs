//! The pages of referrals, as the police in their roles and an agency with its link use them, on both engines.

mod common;

use axum::http::StatusCode;
use common::{INCIDENT, app, minutes_past_noon};
use journal::{Journal, testing::engines};
use serde_json::json;
use users::testing::{Answer, App, Caller};

const NEW: &str = "/referrals?incident=018a645b-0000-7bb7-b19b-000000000001&to=fire_and_rescue.general";

const AGREED: [(&str, &str); 6] = [
    ("consent", "yes"),
    ("consent_by", "the_person"),
    ("consent_way", "spoken"),
    ("person", "Mòrag Bàn"),
    ("reach", "07700 900480"),
    ("summary", "Her cooker smoulders <b>"),
];

fn shows(answer: &Answer, words: &[&str]) {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    for one in words {
        assert!(answer.body.contains(one), "no “{one}” in {}", answer.body);
    }
}

fn refused(answer: &Answer, words: &[&str]) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    for one in words {
        assert!(answer.body.contains(one), "no “{one}” in {}", answer.body);
    }
}

fn led_to(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location.split('?').next().unwrap_or_default().to_owned()
}

async fn sent(advisor: &Caller) -> String {
    let form = advisor.get(&NEW.replace("/referrals?", "/referrals/new?")).await;
    shows(&form, &["Did they agree", "What does the agency need to know"]);
    led_to(&advisor.send(NEW, &form, &AGREED).await)
}

/// The path of a new link of the referral.
async fn link(advisor: &Caller, at: &str) -> String {
    let form = advisor.get(&format!("{at}/link")).await;
    let issued = advisor.send(&format!("{at}/link"), &form, &[]).await;
    assert_eq!(issued.status, StatusCode::CREATED, "{}", issued.body);
    let (_, rest) = issued.body.split_once("id=\"address\">").expect("it is shown");
    let address = rest.split('<').next().unwrap_or_default();
    assert!(address.starts_with("http://localhost/partner/"), "{address}");
    address.trim_start_matches("http://localhost").to_owned()
}

async fn somebody(journal: &Journal) -> (App, Caller, Caller) {
    let app = app(journal);
    let advisor = Caller::person(journal, &app, "service_advisor").await;
    let agency = Caller::stranger(&app, false);
    (app, advisor, agency)
}

#[tokio::test]
async fn an_agency_declines_and_another_accepts_and_finishes_by_its_link() {
    for t in engines().await {
        minutes_past_noon(0);
        let (app, advisor, agency) = somebody(&t.journal).await;
        let choose = advisor.get(&format!("/referrals/new?incident={INCIDENT}")).await;
        shows(&choose, &["Mental health crisis", "Opens", "Open now", "Everybody else", "I-0001-X"]);
        let first = sent(&advisor).await;
        let there = link(&advisor, &first).await;
        shows(&agency.get(&there).await, &["Mòrag Bàn", "smoulders &#60;b&#62;", "Accept it", "Reply by"]);
        let form = agency.get(&format!("{there}/declining")).await;
        let declining = format!("{there}/declining");
        let typed = [("reason", ""), ("words", "Full until Monday")];
        refused(&agency.send(&declining, &form, &typed).await, &["why it is declined", "Full until Monday"]);
        let typed = [("reason", "no_capacity"), ("words", "Full until Monday")];
        assert_eq!(led_to(&agency.send(&declining, &form, &typed).await), there);
        let after = agency.get(&format!("{there}?done=declining")).await;
        shows(&after, &["You have declined", "was declined by the agency"]);
        assert!(!after.body.contains("Mòrag"), "a word about the person is shown after its end");
        // Accepting what was declined: a clear refusal, and nothing typed is lost.
        let typed = [("by", "R. Baird"), ("words", "After all we can")];
        let late = agency.send(&format!("{there}/acceptance"), &form, &typed).await;
        refused(
            &late,
            &["was declined by the agency at 26 November 2026, 12:00", "After all we can", "R. Baird"],
        );
        let police = advisor.get(&first).await;
        shows(
            &police,
            &["Declined", "We have no room", "by the link that Ailsa Craig gave out", "Refer to another"],
        );

        shows(&advisor.get("/referrals?state=to_deal_with").await, &[&first, "Declined"]);
        let other = NEW.replace("fire_and_rescue", "social_work");
        let form = advisor.get(&other.replace("/referrals?", "/referrals/new?")).await;
        let second = led_to(&advisor.send(&other, &form, &AGREED).await);
        shows(&advisor.get("/referrals?state=to_deal_with").await, &["No referral matches"]);
        shows(&advisor.get(&first).await, &["Referred to Social work, by day instead: R-"]);
        let there = link(&advisor, &second).await;
        minutes_past_noon(90);
        let form = agency.get(&format!("{there}/acceptance")).await;
        led_to(&agency.send(&format!("{there}/acceptance"), &form, &[("by", "R. Baird")]).await);
        shows(&agency.get(&there).await, &["Accepted", "Say what came of it", "Give it back"]);
        let form = agency.get(&format!("{there}/outcome")).await;
        led_to(&agency.send(&format!("{there}/outcome"), &form, &[("outcome", "supported")]).await);
        let program = Caller::program(&t.journal, &app, "service_advisor").await;
        shows(&program.get(&second).await, &["finished", "They were supported"]);
        let counts = Caller::program(&t.journal, &app, "supervisor").await;
        let counted = counts.get("/referrals/counts").await.json();
        assert_eq!(counted["all"]["cells"][0]["number"], 2);
        assert_eq!(counted["rows"][1]["median_reply_minutes"], 90);
    }
}

#[tokio::test]
async fn a_link_that_expired_was_revoked_or_is_unknown_says_so_and_loses_nothing() {
    for t in engines().await {
        minutes_past_noon(0);
        let (app, advisor, agency) = somebody(&t.journal).await;
        let at = sent(&advisor).await;
        let first = link(&advisor, &at).await;
        let second = link(&advisor, &at).await;
        let replaced = agency.get(&first).await;
        assert_eq!(replaced.status, StatusCode::GONE);
        assert!(
            replaced.body.contains("was revoked") && replaced.body.contains("Ring 101"),
            "{}",
            replaced.body
        );
        let form = agency.get(&format!("{second}/acceptance")).await;
        minutes_past_noon(14 * 24 * 60);
        let late = agency
            .send(&format!("{second}/acceptance"), &form, &[("by", "R. Baird"), ("words", "We can")])
            .await;
        assert_eq!(late.status, StatusCode::GONE);
        for words in [
            "has expired",
            "10 December 2026, 12:00",
            "Ring 101",
            "R. Baird",
            "We can",
            "Nothing was changed",
        ] {
            assert!(late.body.contains(words), "no “{words}” in {}", late.body);
        }
        assert!(!late.body.contains("Mòrag"));
        let advisor = Caller::person(&t.journal, &app, "service_advisor").await; // the session ended meanwhile
        let unknown = agency.get(&format!("/partner/{}", "0".repeat(64))).await;
        assert_eq!(unknown.status, StatusCode::NOT_FOUND);
        assert!(unknown.body.contains("is not known") && unknown.body.contains("Ring 101"));
        shows(&advisor.get(&at).await, &["No reply in time", "None given out"]);
        let third = link(&advisor, &at).await;
        let form = advisor.get(&format!("{at}/revocation")).await;
        led_to(&advisor.send(&format!("{at}/revocation"), &form, &[]).await);
        let program = Caller::stranger(&app, true);
        let gone = program.get(&third).await;
        assert_eq!((gone.status, gone.text("title").as_str()), (StatusCode::GONE, "This link was revoked"));
        let again = advisor.send(&format!("{at}/revocation"), &form, &[]).await;
        refused(&again, &["opens nothing any more"]);
        for odd in ["/partner/%00", "/partner/..%2f..", "/partner/é", &format!("{third}/withdrawal")] {
            assert_eq!(agency.get(odd).await.status, StatusCode::NOT_FOUND, "{odd}");
        }
        minutes_past_noon(0);
    }
}

#[tokio::test]
async fn what_is_typed_wrongly_is_refused_at_its_field_and_stays() {
    for t in engines().await {
        minutes_past_noon(0);
        let (app, advisor, _) = somebody(&t.journal).await;
        let brief = NEW.replace("fire_and_rescue.general", "distress_north_east.distress_brief_intervention");
        let form = advisor.get(&brief.replace("/referrals?", "/referrals/new?")).await;
        shows(&form, &["How old are they?", "Are they in distress?"]);
        assert!(!form.body.contains("legal_basis"), "no ground stands in for a consent");
        let mut typed = AGREED.to_vec();
        typed.extend([("in_distress", "yes"), ("no_emergency_treatment", "yes"), ("age", "15")]);
        refused(&advisor.send(&brief, &form, &typed).await, &["this person is 15", "Her cooker smoulders"]);
        let without: Vec<_> =
            typed.iter().copied().filter(|(name, _)| !name.starts_with("consent")).collect();
        let older = |all: &[(&'static str, &'static str)]| {
            let kept = all.iter().copied().filter(|(name, _)| *name != "age");
            kept.chain([("age", "16")]).collect::<Vec<_>>()
        };
        refused(&advisor.send(&brief, &form, &older(&without)).await, &["Say that the person agreed"]);
        let at = led_to(&advisor.send(&brief, &form, &older(&typed)).await);
        shows(
            &advisor.get(&format!("{at}?done=sent")).await,
            &["is sent", "Old enough", "27 November 2026, 12:00"],
        );
        refused(&advisor.send(&brief, &form, &older(&typed)).await, &["has this already"]);

        // What is unsafe is not handed on, and whoever reaches them is told of it, without the reason.
        let other = NEW.replace("fire_and_rescue", "housing_advice");
        let form = advisor.get(&other.replace("/referrals?", "/referrals/new?")).await;
        shows(&form, &["They are told, too: Never by text."]);
        for (field, text) in [("reach", "text 01382 4960123"), ("summary", "Her house is 013824960123")] {
            let kept = AGREED.iter().copied().filter(|(name, _)| *name != field);
            let typed: Vec<_> = kept.chain([(field, text)]).collect();
            refused(&advisor.send(&other, &form, &typed).await, &["is not safe for this person", text]);
        }
        let at = led_to(&advisor.send(&other, &form, &AGREED).await);
        let there = link(&advisor, &at).await;
        let agency = Caller::stranger(&app, false);
        let seen = agency.get(&there).await;
        shows(&seen, &["How they must not be reached", "Never by text"]);
        assert!(!seen.body.contains("Her son") && !seen.body.contains("01382"), "{}", seen.body);

        let overridden = [
            ("consent", "no"),
            ("legal_basis", "vital_interests"),
            ("reason", "She may die."),
            ("summary", "Her cooker smoulders"),
        ];
        let form = advisor.get(&NEW.replace("/referrals?", "/referrals/new?")).await;
        let at = led_to(&advisor.send(NEW, &form, &overridden).await);
        shows(&advisor.get(&at).await, &["Sent without: To protect", "She may die."]);

        let program = Caller::program(&t.journal, &app, "service_advisor").await;
        for (body, field) in [
            (json!({}), "incident"),
            (json!({ "incident": INCIDENT }), "to"),
            (json!({ "incident": INCIDENT, "to": "nobody.general" }), "to"),
            (json!({ "incident": INCIDENT, "to": "victim_support.general", "consent": "maybe" }), "consent"),
            (json!({ "incident": INCIDENT, "to": "victim_support.general", "consent": "yes" }), "consent_by"),
        ] {
            let answer = program.post("/referrals", &body, &[]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
            assert_eq!(answer.text("field"), field);
        }
        let nobody =
            json!({ "incident": "018a645b-0000-7bb7-b19b-0000000000ff", "to": "victim_support.general" });
        assert_eq!(program.post("/referrals", &nobody, &[]).await.status, StatusCode::NOT_FOUND);
        let good = json!({ "incident": INCIDENT, "to": "victim_support.general", "consent": "yes",
            "consent_by": "the_person", "consent_way": "written", "summary": "After a robbery" });
        let answer = program.post("/referrals", &good, &[]).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
        let at = format!("/referrals/{}", answer.text("id"));
        let late =
            program.post(&format!("{at}/acceptance"), &json!({ "by": "S. Orr", "at": "soon" }), &[]).await;
        assert_eq!((late.status, late.text("field").as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "at"));
        let issued = program.post(&format!("{at}/link"), &json!({}), &[]).await;
        assert_eq!(issued.status, StatusCode::CREATED, "{}", issued.body);
        assert!(issued.text("address").contains("/partner/"));
    }
}

#[tokio::test]
async fn the_list_is_filtered_by_its_address_and_odd_addresses_are_refused() {
    for t in engines().await {
        minutes_past_noon(0);
        let (_, advisor, _) = somebody(&t.journal).await;
        shows(&advisor.get("/referrals").await, &["Nobody was referred yet"]);
        let at = sent(&advisor).await;
        shows(&advisor.get("/referrals").await, &["Fire and rescue", "Waiting for a reply", &at]);
        let today = "from=2026-11-26&until=2026-11-26";
        shows(&advisor.get(&format!("/referrals?state=sent&{today}&division=D")).await, &[&at]);
        for empty in [
            "state=overdue",
            "agency=social_work",
            "division=E",
            "kind=mental_health_pathway",
            "until=2026-11-25",
        ] {
            shows(&advisor.get(&format!("/referrals?{empty}")).await, &["No referral matches"]);
        }
        for (odd, told) in [
            ("state=lost", "no such state"),
            ("agency=%27%20or%201=1", "no such agency"),
            ("division=YY", "no such division"),
            ("kind=x", "no such kind"),
            ("from=soon", "is not a day"),
            ("until=9999-12-31", "is not a day"),
            ("before=here", "no place in the list"),
        ] {
            refused(&advisor.get(&format!("/referrals?{odd}")).await, &[told]);
        }
        let csv = advisor.get("/referrals.csv?state=sent").await;
        shows(&csv, &["Fire and rescue", "2026-11-26T12:00:00Z"]);
        assert!(!csv.body.contains("Mòrag"));
        let reference =
            csv.body.lines().nth(1).and_then(|row| row.split(',').next()).unwrap_or_default().to_owned();
        shows(&advisor.get(&format!("/referrals/{reference}")).await, &["Mòrag Bàn"]);
        let agencies = advisor.get("/referrals/agencies?words=fire%20home").await;
        shows(&agencies, &["Fire and rescue", "Monday to Friday, 09:00 to 17:00"]);
        assert!(!agencies.body.contains("Mental health hub of"));
        shows(&advisor.get("/referrals/agencies?words=zzz").await, &["No agency matches"]);
        refused(&advisor.get("/referrals/agencies?kind=x").await, &["no such kind"]);
        for odd in [
            "/referrals/R-0000-0",
            "/referrals/x",
            "/referrals/018a645b-0000-7bb7-b19b-0000000000ff",
            &format!("{at}/x"),
        ] {
            assert_eq!(advisor.get(odd).await.status, StatusCode::NOT_FOUND, "{odd}");
        }
    }
}

#[tokio::test]
async fn each_role_may_do_its_own_and_a_form_of_nobody_is_refused() {
    let t = engines().await.remove(0);
    minutes_past_noon(0);
    let (app, advisor, stranger) = somebody(&t.journal).await;
    let at = sent(&advisor).await;
    let analyst = Caller::person(&t.journal, &app, "analyst").await;
    let agency = Caller::person(&t.journal, &app, "partner_agency").await;
    let new = format!("/referrals/new?incident={INCIDENT}");
    let form = format!("{at}/acceptance");
    for path in ["/referrals", "/referrals.csv", "/referrals/counts", "/referrals/agencies", &at, &form, &new]
    {
        for who in [&analyst, &agency] {
            assert_eq!(who.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        assert_eq!(stranger.get(path).await.status, StatusCode::SEE_OTHER, "{path} leads to the sign-in");
    }
    let page = advisor.get(&form).await;
    let foreign = advisor.send(&form, &page, &[("csrf", "stolen"), ("by", "R. Baird")]).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    shows(&advisor.get(&at).await, &["Waiting for a reply"]);
}

#[tokio::test]
async fn an_agency_answers_by_a_program_and_hostile_bodies_change_nothing() {
    for t in engines().await {
        minutes_past_noon(0);
        let (app, advisor, _) = somebody(&t.journal).await;
        let at = sent(&advisor).await;
        let there = link(&advisor, &at).await;
        let program = Caller::stranger(&app, true);
        assert_eq!(program.get(&there).await.json()["steps"][0][0], "acceptance");
        let long = "x".repeat(5_000);
        for body in [
            json!([]),
            json!({}),
            json!({ "by": "" }),
            json!({ "by": { "a": 1 }, "at": [1] }),
            json!({ "by": "R", "words": long }),
            json!({ "by": "\u{0}" }),
            json!({ "by": "R", "at": "-999999-01-01T00:00:00Z" }),
            json!({ "by": "R", "at": "2026-11-26T12:00:01Z" }),
        ] {
            let answer = program.post(&format!("{there}/acceptance"), &body, &[]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}: {}", answer.body);
        }
        let accepted = program.post(&format!("{there}/acceptance"), &json!({ "by": "Łukasz 🙂" }), &[]).await;
        assert_eq!(accepted.status, StatusCode::OK, "{}", accepted.body);
        shows(&advisor.get(&at).await, &["Accepted", "Łukasz 🙂"]);
        let back = program.post(&format!("{there}/return"), &json!({ "reason": "risk_rose" }), &[]).await;
        assert_eq!(back.status, StatusCode::OK, "{}", back.body);
        shows(&advisor.get(&at).await, &["Given back", "The risk is too high"]);
    }
}

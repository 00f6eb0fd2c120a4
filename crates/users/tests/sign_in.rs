//! Signing in and out, as a browser and a program see it, on both engines.

mod common;

use std::sync::Arc;

use axum::{
    Extension, Router, extract::State, http::StatusCode, middleware::from_fn_with_state, routing::get,
};
use common::{Browser, PASSWORD, app, now, open, pass, pass_minutes};
use jiff::SignedDuration;
use journal::testing::engines;
use tokio::sync::Barrier;
use users::{Role, User};
use web::Site;

#[tokio::test]
async fn a_person_signs_in_sees_who_they_are_and_signs_out() {
    for t in engines().await {
        let app = app(&t.journal);
        open(&t.journal, "morag.ban", "analyst").await;
        let mut morag = Browser::of(&app);
        let wall = morag.get("/whoami?a=b").await;
        assert_eq!((wall.status, wall.location()), (StatusCode::SEE_OTHER, "/sign-in?next=/whoami%3Fa%3Db"));
        let answer = morag.sign_in(" Morag.Ban ", PASSWORD, "/whoami?a=b").await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/whoami?a=b"));
        assert!(morag.get("/whoami").await.body.contains("Mòrag Bàn"), "{:?}", t.engine);
        assert_eq!(morag.get("/sign-in?next=/papers").await.location(), "/papers");

        let stolen = morag.cookies.clone();
        let answer = morag.post("/account", "/sign-out", &[]).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/sign-in"));
        assert!(!morag.cookies.contains_key("__Host-session"));
        let mut thief = Browser::of(&app);
        thief.cookies = stolen;
        assert!(
            thief.get("/whoami").await.location().starts_with("/sign-in"),
            "a copy of the cookie is dead too"
        );
    }
}

#[tokio::test]
async fn an_answer_that_goes_on_for_hours_sees_that_its_reader_signed_out() {
    for t in engines().await {
        let meeting = Arc::new(Barrier::new(2));
        let site = Site { journal: t.journal.clone(), clock: now };
        let going_on =
            async |State(site): State<Site>, Extension(met): Extension<Arc<Barrier>>, who: User| {
                let before = who.again(&site).await.is_ok();
                met.wait().await;
                met.wait().await; // the reader signed out
                format!("{before} {}", who.again(&site).await.is_ok())
            };
        let live = Router::new()
            .route("/live", get(going_on))
            .layer(from_fn_with_state(site.clone(), users::let_in))
            .layer(Extension(meeting.clone()))
            .with_state(site);
        let app = app(&t.journal).merge(live);
        open(&t.journal, "morag.ban", "analyst").await;
        let mut morag = Browser::signed_in(&app, "morag.ban").await;
        let mut watching = morag.clone();
        let live = tokio::spawn(async move { watching.get("/live").await.body });
        meeting.wait().await;
        assert_eq!(morag.post("/account", "/sign-out", &[]).await.location(), "/sign-in");
        meeting.wait().await;
        assert_eq!(live.await.unwrap(), "true false", "{:?}", t.engine);
    }
}

#[tokio::test]
async fn the_cookies_are_for_this_host_only_and_the_secret_changes_at_every_sign_in() {
    for t in engines().await {
        let app = app(&t.journal);
        open(&t.journal, "morag.ban", "analyst").await;
        let mut morag = Browser::of(&app);
        let page = morag.get("/sign-in").await;
        let before = page.set_cookies();
        assert!(before.len() == 1 && before[0].starts_with("__Host-pre="), "{before:?}");
        let answer = morag.sign_in("morag.ban", PASSWORD, "").await;
        let first = morag.cookies["__Host-session"].clone();
        for line in answer.set_cookies().into_iter().chain(before) {
            for attribute in ["; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"] {
                assert!(line.contains(attribute), "{line}");
            }
            assert!(!line.contains("Domain") && line.starts_with("__Host-"));
        }
        assert!(!morag.cookies.contains_key("__Host-pre"), "the visit before is over");

        // A cookie planted before the sign-in is never the session after it.
        let mut planted = Browser::of(&app);
        planted.cookies.insert("__Host-session".to_owned(), "a".repeat(64));
        planted.sign_in("morag.ban", PASSWORD, "").await;
        let second = planted.cookies["__Host-session"].clone();
        assert!(second != first && second != "a".repeat(64));
        let mut read = t.journal.read().await.unwrap();
        let kept =
            journal::dump(&mut read, &["session", "token", "credential", "sign_in_try"]).await.unwrap();
        assert!(
            !kept.iter().any(|row| row.contains(&first) || row.contains(&second) || row.contains(PASSWORD))
        );
    }
}

#[tokio::test]
async fn an_unknown_name_and_a_wrong_password_are_told_in_the_same_words() {
    for t in engines().await {
        let app = app(&t.journal);
        open(&t.journal, "morag.ban", "analyst").await;
        let mut told = Vec::new();
        for (sign_in, password) in [("morag.ban", "wrong horse battery"), ("nobody", PASSWORD)] {
            let answer = Browser::of(&app).sign_in(sign_in, password, "/papers").await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(answer.body.contains("is not right. Check both"), "{}", answer.body);
            assert!(answer.body.contains("value=\"/papers\"") && !answer.body.contains(password));
            assert!(!answer.set_cookies().iter().any(|line| line.contains("__Host-session")));
            told.push(answer.body.replace(sign_in, "NAME"));
        }
        let strip = |page: &str| page.replace(common::hidden(page, "csrf"), "");
        assert_eq!(strip(&told[0]), strip(&told[1]));
        for (sign_in, password, part) in
            [("", PASSWORD, "Enter your sign-in name"), ("morag.ban", "", "Enter your password")]
        {
            let answer = Browser::of(&app).sign_in(sign_in, password, "").await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(answer.body.contains(part));
        }
    }
}

#[tokio::test]
async fn the_eleventh_wrong_try_waits_and_the_owner_elsewhere_does_not() {
    for t in engines().await {
        let app = app(&t.journal);
        open(&t.journal, "morag.ban", "analyst").await;
        let mut thief = Browser::of(&app);
        thief.address = [192, 0, 2, 66];
        for _ in 0..10 {
            let answer = thief.sign_in("morag.ban", "wrong horse battery", "").await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            pass_minutes(1);
        }
        let answer = thief.sign_in("MORAG.ban", PASSWORD, "").await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "even the right password is not looked at");
        assert!(answer.body.contains("Wait 301 seconds"), "{}", answer.body);
        assert_eq!(
            thief.sign_in("another", "wrong horse battery", "").await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );

        Browser::signed_in(&app, "morag.ban").await;
        pass(SignedDuration::from_secs(301));
        assert_eq!(
            thief.sign_in("morag.ban", "wrong horse battery", "").await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        assert_eq!(
            thief.sign_in("morag.ban", "wrong horse battery", "").await.status,
            StatusCode::TOO_MANY_REQUESTS
        );
    }
}

#[tokio::test]
async fn thirty_tries_at_once_are_no_more_than_ten() {
    for t in engines().await {
        let app = app(&t.journal);
        open(&t.journal, "morag.ban", "analyst").await;
        let mut thief = Browser::of(&app);
        let csrf = common::hidden(&thief.get("/sign-in").await.body, "csrf").to_owned();
        let mut tries = tokio::task::JoinSet::new();
        for _ in 0..30 {
            let (mut thief, csrf) = (thief.clone(), csrf.clone());
            tries.spawn(async move {
                let fields =
                    [("csrf", csrf.as_str()), ("sign_in", "morag.ban"), ("password", "wrong horse battery")];
                thief.post_bare("/sign-in", &fields).await.status
            });
        }
        let told = tries.join_all().await;
        let looked_at = told.iter().filter(|status| **status == StatusCode::UNPROCESSABLE_ENTITY).count();
        let waits = told.iter().filter(|status| **status == StatusCode::TOO_MANY_REQUESTS).count();
        assert_eq!((looked_at, waits), (10, 20), "{:?}", t.engine);
    }
}

#[tokio::test]
async fn a_right_password_forgets_the_wrong_ones_before_it() {
    for t in engines().await {
        let app = app(&t.journal);
        open(&t.journal, "morag.ban", "analyst").await;
        for _ in 0..2 {
            for _ in 0..9 {
                Browser::of(&app).sign_in("morag.ban", "wrong horse battery", "").await;
            }
            Browser::signed_in(&app, "morag.ban").await;
        }
    }
}

#[tokio::test]
async fn one_address_has_a_hundred_wrong_tries_whatever_the_names() {
    let t = engines().await.remove(0);
    let app = app(&t.journal);
    let mut thief = Browser::of(&app);
    for number in 0..100 {
        let answer = thief.sign_in(&format!("name{number}"), "wrong horse battery", "").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{number}");
    }
    assert_eq!(thief.sign_in("fresh", "wrong horse battery", "").await.status, StatusCode::TOO_MANY_REQUESTS);
    thief.address = [192, 0, 2, 2];
    assert_eq!(
        thief.sign_in("fresh", "wrong horse battery", "").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test]
async fn a_form_of_another_site_or_without_its_token_is_refused() {
    for t in engines().await {
        let app = app(&t.journal);
        open(&t.journal, "morag.ban", "analyst").await;
        let fields = [("sign_in", "morag.ban"), ("password", PASSWORD)];
        let mut morag = Browser::of(&app);
        assert_eq!(
            morag.post_bare("/sign-in", &fields).await.status,
            StatusCode::FORBIDDEN,
            "no cookie, no token"
        );
        morag.get("/sign-in").await;
        assert_eq!(morag.post_bare("/sign-in", &fields).await.status, StatusCode::FORBIDDEN, "no token");
        let other = Browser::of(&app).get("/sign-in").await.body;
        let theirs = [fields[0], fields[1], ("csrf", common::hidden(&other, "csrf"))];
        assert_eq!(
            morag.post_bare("/sign-in", &theirs).await.status,
            StatusCode::FORBIDDEN,
            "another's token"
        );

        let mut morag = Browser::signed_in(&app, "morag.ban").await;
        let token = common::hidden(&morag.get("/account").await.body, "csrf").to_owned();
        for path in
            ["/sign-out", "/account/password", "/account/tokens/revocation", "/accounts", "/accounts/x/role"]
        {
            assert_eq!(morag.post_bare(path, &[]).await.status, StatusCode::FORBIDDEN, "{path}");
            assert_eq!(morag.post_bare(path, &theirs).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        morag.headers[1] = ("sec-fetch-site", "cross-site".to_owned());
        let answer = morag.post_bare("/sign-out", &[("csrf", &token)]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "a foreign page, even with the token");
        morag.headers[1] = ("origin", "https://elsewhere.example".to_owned());
        morag.headers.push(("host", "answerable.example".to_owned()));
        assert_eq!(morag.post_bare("/sign-out", &[("csrf", &token)]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(morag.get("/whoami").await.status, StatusCode::OK, "still signed in");
    }
}

#[tokio::test]
async fn a_session_ends_after_an_hour_of_nothing_and_after_twelve_hours_of_work() {
    for t in engines().await {
        let app = app(&t.journal);
        open(&t.journal, "morag.ban", "analyst").await;
        let mut morag = Browser::signed_in(&app, "morag.ban").await;
        pass_minutes(59);
        assert_eq!(morag.get("/whoami").await.status, StatusCode::OK);
        pass_minutes(59);
        assert_eq!(morag.get("/whoami").await.status, StatusCode::OK, "used in between: {:?}", t.engine);
        pass_minutes(60);
        assert_eq!(morag.get("/whoami").await.status, StatusCode::SEE_OTHER, "an hour of nothing");

        morag.sign_in("morag.ban", PASSWORD, "").await;
        for _ in 0..23 {
            pass_minutes(30);
            assert_eq!(morag.get("/whoami").await.status, StatusCode::OK);
        }
        pass_minutes(30);
        assert_eq!(morag.get("/whoami").await.status, StatusCode::SEE_OTHER, "twelve hours");
    }
}

#[tokio::test]
async fn nobody_is_led_to_another_site() {
    for t in engines().await {
        let app = app(&t.journal);
        open(&t.journal, "morag.ban", "analyst").await;
        for next in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "javascript:alert(1)",
            "/\t/evil.example",
        ] {
            let mut morag = Browser::of(&app);
            assert_eq!(morag.sign_in("morag.ban", PASSWORD, next).await.location(), "/", "{next}");
            let query = serde_html_form::to_string([("next", next)]).unwrap();
            assert_eq!(morag.get(&format!("/sign-in?{query}")).await.location(), "/", "{next}");
            let page = Browser::of(&app).get(&format!("/sign-in?{query}")).await.body;
            assert!(page.contains("name=\"next\" value=\"/\""), "{next}");
        }
    }
}

#[tokio::test]
async fn a_token_lets_a_program_in_until_it_is_revoked_or_a_quarter_has_passed() {
    for t in engines().await {
        let app = app(&t.journal);
        open(&t.journal, "morag.ban", "audit_manager").await;
        let role = Role::of("audit_manager").unwrap();
        let token = users::account::token_for_role(&t.journal, now(), role).await.unwrap();
        assert!(token.starts_with("an_") && token.len() == 67);
        let program = |token: &str| {
            let mut program = Browser::of(&app);
            program.headers =
                vec![("accept", "application/json".to_owned()), ("authorization", format!("Bearer {token}"))];
            program
        };
        let answer = program(&token).get("/whoami").await;
        assert_eq!((answer.status, answer.body.contains("audit_manager")), (StatusCode::OK, true));
        let wrong = program("an_wrong").get("/whoami").await;
        assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
        assert!(wrong.body.contains("bearer token"), "{}", wrong.body);
        let mut confused = Browser::signed_in(&app, "morag.ban").await;
        confused.headers.push(("authorization", "Bearer an_wrong".to_owned()));
        assert_eq!(confused.get("/whoami").await.status, StatusCode::SEE_OTHER, "a cookie does not mend it");

        let page = program(&token).get("/account").await;
        assert!(page.body.contains("\"tokens\":[{") && !page.body.contains(&token));
        pass(SignedDuration::from_hours(24 * 90 - 1));
        assert_eq!(program(&token).get("/whoami").await.status, StatusCode::OK);
        pass(SignedDuration::from_hours(1));
        assert_eq!(program(&token).get("/whoami").await.status, StatusCode::UNAUTHORIZED);

        let token = users::account::token_for_role(&t.journal, now(), role).await.unwrap();
        let mut morag = Browser::signed_in(&app, "morag.ban").await;
        let answer = morag.post("/account", "/account/tokens/revocation", &[]).await;
        assert_eq!(answer.location(), "/account?done=tokens");
        assert_eq!(program(&token).get("/whoami").await.status, StatusCode::UNAUTHORIZED);
        let none = users::account::token_for_role(&t.journal, now(), Role::of("analyst").unwrap()).await;
        assert!(matches!(none, Err(web::Problem::Refused(refusal)) if refusal.sentence.contains("Analyst")));
    }
}

#[tokio::test]
async fn a_token_needs_no_form_token_and_posts_json() {
    for t in engines().await {
        let app = app(&t.journal);
        open(&t.journal, "boss", "administrator").await;
        let role = Role::of("administrator").unwrap();
        let token = users::account::token_for_role(&t.journal, now(), role).await.unwrap();
        let mut program = Browser::of(&app);
        program.headers = vec![
            ("accept", "application/json".to_owned()),
            ("authorization", format!("Bearer {token}")),
            ("content-type", "application/json".to_owned()),
        ];
        let body =
            serde_json::json!({ "name": "Iain", "sign_in": "iain", "role": "analyst", "password": PASSWORD });
        let answer = program.send("POST", "/accounts", body.to_string()).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let again = program.send("POST", "/accounts", body.to_string()).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.body.contains("\"field\":\"sign_in\""), "{}", again.body);
        assert!(program.get("/accounts?words=iain").await.body.contains("\"total\":1"));
    }
}

#[tokio::test]
async fn what_is_not_allowed_and_what_is_not_there_are_told_in_full_sentences() {
    for t in engines().await {
        let app = app(&t.journal);
        open(&t.journal, "morag.ban", "committee_member").await;
        let mut morag = Browser::signed_in(&app, "morag.ban").await;
        let answer = morag.get("/register").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(answer.body.contains("Only the role Audit manager may register"), "{}", answer.body);
        assert!(answer.body.contains("Mòrag Bàn<"), "the page knows who is signed in");
        assert!(answer.body.contains(" · Committee member<"), "and in which role");
        let answer = morag.get("/nothing").await;
        assert_eq!((answer.status, answer.body.contains("Page not found")), (StatusCode::NOT_FOUND, true));
        morag.headers[0] = ("accept", "application/json".to_owned());
        let answer = morag.get("/register").await;
        assert!(answer.body.contains("\"status\":403") && answer.body.contains("Committee member"));
        for path in ["/accounts", "/accounts/new", "/accounts/x"] {
            assert_eq!(morag.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
    }
}

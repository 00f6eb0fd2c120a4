//! Accounts, as an administrator and the person see them, on both engines.

mod common;

use axum::http::StatusCode;
use common::{Browser, PASSWORD, app, now, open, pass_minutes};
use journal::{Private, testing::engines};
use users::Role;

#[tokio::test]
async fn an_administrator_opens_an_account_and_the_person_signs_in() {
    for t in engines().await {
        let app = app(&t.journal);
        open(&t.journal, "boss", "administrator").await;
        let mut boss = Browser::signed_in(&app, "boss").await;
        let fields = |sign_in, role, password| {
            [("name", "Iain Mòr"), ("sign_in", sign_in), ("role", role), ("password", password)]
        };
        for (fields, part) in [
            (fields("boss", "analyst", PASSWORD), "never used"),
            (fields("iain mor", "analyst", PASSWORD), "no space"),
            (fields("iain", "", PASSWORD), "Choose a role"),
            (fields("iain", "chief", PASSWORD), "Choose a role"),
            (fields("iain", "analyst", "tooshort"), "at least 12"),
            (fields("iain.mor.mac", "analyst", "Iain.Mor.Mac"), "must not be the sign-in name"),
        ] {
            let answer = boss.post("/accounts/new", "/accounts", &fields).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{part}");
            assert!(answer.body.contains(part), "{part}");
            assert!(answer.body.contains("Iain Mòr") && !answer.body.contains(fields[3].1), "{part}");
        }
        let answer = boss.post("/accounts/new", "/accounts", &fields("Iain", "analyst", PASSWORD)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let shown = boss.get(answer.location()).await.body;
        assert!(shown.contains("The account is open.") && shown.contains("<title>Account "), "{shown}");
        let mut iain = Browser::signed_in(&app, "iain").await;
        assert!(iain.get("/whoami").await.body.contains("Iain Mòr"));
        let listed = boss.get("/accounts?words=mor&role=analyst&state=open").await.body;
        assert!(listed.contains("Iain Mòr") && !listed.contains("boss</td>"), "found without the accent");
        for none in
            ["/accounts?words=%25", "/accounts?words=i_in", "/accounts?state=closed", "/accounts?page=99"]
        {
            assert!(boss.get(none).await.body.contains("No account matches"), "{none}");
        }
    }
}

#[tokio::test]
async fn a_role_is_changed_with_a_reason_and_holds_from_the_next_request() {
    for t in engines().await {
        let app = app(&t.journal);
        open(&t.journal, "boss", "administrator").await;
        let id = open(&t.journal, "morag.ban", "committee_member").await;
        let (mut boss, mut morag) =
            (Browser::signed_in(&app, "boss").await, Browser::signed_in(&app, "morag.ban").await);
        assert_eq!(morag.get("/register").await.status, StatusCode::FORBIDDEN);
        let (page, role) = (format!("/accounts/{id}"), format!("/accounts/{id}/role"));
        for (fields, part) in [
            ([("role", "audit_manager"), ("role_reason", " ")], "Give the reason."),
            ([("role", "committee_member"), ("role_reason", "Kept words")], "Committee member already"),
            ([("role", "chief"), ("role_reason", "Kept words")], "Choose a role"),
        ] {
            let answer = boss.post(&page, &role, &fields).await;
            assert_eq!(
                (answer.status, answer.body.contains(part)),
                (StatusCode::UNPROCESSABLE_ENTITY, true),
                "{part}"
            );
            assert!(answer.body.contains(fields[1].1));
        }
        let fields = [("role", "audit_manager"), ("role_reason", "New post")];
        assert_eq!(boss.post(&page, &role, &fields).await.location(), format!("{page}?done=role"));
        assert_eq!(morag.get("/register").await.status, StatusCode::OK, "the very next request");
        let shown = boss.get(&page).await.body;
        assert!(
            shown.contains("Audit manager. New post") && shown.contains("Mòrag Bàn, Administrator"),
            "{shown}"
        );
    }
}

#[tokio::test]
async fn two_administrators_do_not_overwrite_each_other() {
    for t in engines().await {
        let app = app(&t.journal);
        open(&t.journal, "boss", "administrator").await;
        let id = open(&t.journal, "morag.ban", "committee_member").await;
        let (page, role) = (format!("/accounts/{id}"), format!("/accounts/{id}/role"));
        let mut boss = Browser::signed_in(&app, "boss").await;
        let before = boss.get(&page).await.body;
        Browser::signed_in(&app, "morag.ban").await; // signing in makes no form stale
        let fields = |edits| [("edits", edits), ("role", "analyst"), ("role_reason", "New post")];
        let csrf = ("csrf", common::hidden(&before, "csrf"));
        let edits = common::hidden(&before, "edits");
        let send =
            |role| [&[csrf][..], &fields(edits)[..1], &[("role", role), ("role_reason", "Post")]].concat();
        assert_eq!(boss.post_bare(&role, &send("analyst")).await.status, StatusCode::SEE_OTHER);
        let answer = boss.post_bare(&role, &send("supervisor")).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(answer.body.contains("role reason") && answer.body.contains(&page), "{}", answer.body);
    }
}

#[tokio::test]
async fn closing_an_account_lets_nobody_in_any_more() {
    for t in engines().await {
        let app = app(&t.journal);
        let own = open(&t.journal, "boss", "administrator").await;
        let id = open(&t.journal, "morag.ban", "audit_manager").await;
        let token = users::account::token_for_role(&t.journal, now(), Role::of("audit_manager").unwrap())
            .await
            .unwrap();
        let (mut boss, mut morag) =
            (Browser::signed_in(&app, "boss").await, Browser::signed_in(&app, "morag.ban").await);
        let (page, closure) = (format!("/accounts/{id}"), format!("/accounts/{id}/closure"));
        let answer = boss.post(&page, &closure, &[("closing_reason", "")]).await;
        assert!(
            answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.body.contains("Give the reason.")
        );
        assert_eq!(morag.get("/whoami").await.status, StatusCode::OK);
        boss.post(&page, &closure, &[("closing_reason", "Left the force")]).await;
        assert_eq!(morag.get("/whoami").await.status, StatusCode::SEE_OTHER);
        let answer = Browser::of(&app).sign_in("morag.ban", PASSWORD, "").await;
        assert!(answer.body.contains("is not right. Check both"), "the same words as ever");
        let mut program = Browser::of(&app);
        program.headers = vec![("authorization", format!("Bearer {token}"))];
        assert_eq!(program.get("/whoami").await.status, StatusCode::UNAUTHORIZED);

        let shown = boss.get(&page).await.body;
        assert!(shown.contains("This account is closed") && shown.contains("Left the force"));
        let csrf = common::hidden(&shown, "csrf").to_owned();
        let edits =
            |answer: &str| answer.split("\"edits\":").nth(1).unwrap().split(',').next().unwrap().to_owned();
        boss.headers[0] = ("accept", "application/json".to_owned());
        let edits = edits(&boss.get(&page).await.body);
        let again = [("csrf", csrf.as_str()), ("edits", &edits), ("closing_reason", "Twice")];
        assert!(boss.post_bare(&closure, &again).await.body.contains("This account is closed."));

        // Nobody closes or demotes themselves, so there is always an administrator.
        let own = format!("/accounts/{own}");
        for (path, field) in
            [("closure", "closing_reason"), ("role", "role_reason"), ("password", "password_reason")]
        {
            let fields = [
                ("csrf", csrf.as_str()),
                ("edits", "2"),
                (field, "Me"),
                ("role", "analyst"),
                ("password", PASSWORD),
            ];
            let answer = boss.post_bare(&format!("{own}/{path}"), &fields).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {}", answer.body);
        }
        for nothing in ["/accounts/x", "/accounts/00000000-0000-7000-8000-000000000000"] {
            assert_eq!(boss.get(nothing).await.status, StatusCode::NOT_FOUND);
            let fields = [("csrf", csrf.as_str()), ("edits", "2"), ("closing_reason", "Me")];
            assert_eq!(
                boss.post_bare(&format!("{nothing}/closure"), &fields).await.status,
                StatusCode::NOT_FOUND
            );
        }
    }
}

#[tokio::test]
async fn a_reset_password_ends_every_session_and_the_old_password() {
    for t in engines().await {
        let app = app(&t.journal);
        open(&t.journal, "boss", "administrator").await;
        let id = open(&t.journal, "morag.ban", "analyst").await;
        let (mut boss, mut morag) =
            (Browser::signed_in(&app, "boss").await, Browser::signed_in(&app, "morag.ban").await);
        let (page, path) = (format!("/accounts/{id}"), format!("/accounts/{id}/password"));
        for (fields, part) in [
            ([("password", "tooshort"), ("password_reason", "Forgotten")], "at least 12"),
            ([("password", "another long password"), ("password_reason", "")], "Give the reason."),
        ] {
            let answer = boss.post(&page, &path, &fields).await;
            assert_eq!((answer.status, answer.body.contains(part)), (StatusCode::UNPROCESSABLE_ENTITY, true));
            assert!(!answer.body.contains("another long password"));
        }
        let fields = [("password", "another long password"), ("password_reason", "Forgotten")];
        assert_eq!(boss.post(&page, &path, &fields).await.status, StatusCode::SEE_OTHER);
        assert_eq!(morag.get("/whoami").await.status, StatusCode::SEE_OTHER);
        assert_eq!(morag.sign_in("morag.ban", PASSWORD, "").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(
            morag.sign_in("morag.ban", "another long password", "").await.status,
            StatusCode::SEE_OTHER
        );
    }
}

#[tokio::test]
async fn a_person_changes_their_password_and_ends_their_other_sessions() {
    for t in engines().await {
        let app = app(&t.journal);
        open(&t.journal, "morag.ban", "analyst").await;
        let mut desk = Browser::signed_in(&app, "morag.ban").await;
        pass_minutes(1);
        let (mut lent, mut lost) =
            (Browser::signed_in(&app, "morag.ban").await, Browser::signed_in(&app, "morag.ban").await);
        let page = desk.get("/account").await.body;
        let listed: Vec<&str> =
            page.split("/account/sessions/").skip(1).map(|rest| rest.split('/').next().unwrap()).collect();
        assert_eq!(listed.len(), 3);
        let this = page.split("This one").next().unwrap().matches("/account/sessions/").count();
        let others: Vec<&&str> =
            listed.iter().enumerate().filter(|(n, _)| *n != this).map(|(_, id)| id).collect();
        let answer = desk.post("/account", &format!("/account/sessions/{}/closure", others[0]), &[]).await;
        assert_eq!(answer.location(), "/account?done=session");
        let alive = [lent.get("/whoami").await.status, lost.get("/whoami").await.status];
        assert_eq!(alive.iter().filter(|status| **status == StatusCode::OK).count(), 1);
        let unknown = desk.post("/account", "/account/sessions/unknown/closure", &[]).await;
        assert_eq!(unknown.status, StatusCode::NOT_FOUND);

        let new = "another long password";
        for (old, new, part) in
            [("wrong", new, "This is not your password"), (PASSWORD, "short", "at least 12")]
        {
            let fields = [("old_password", old), ("new_password", new)];
            let answer = desk.post("/account", "/account/password", &fields).await;
            assert_eq!((answer.status, answer.body.contains(part)), (StatusCode::UNPROCESSABLE_ENTITY, true));
        }
        let fields = [("old_password", PASSWORD), ("new_password", new)];
        let answer = desk.post("/account", "/account/password", &fields).await;
        assert_eq!(answer.location(), "/account?done=password");
        assert_eq!(desk.get("/whoami").await.status, StatusCode::OK, "this session goes on");
        for other in [&mut lent, &mut lost] {
            assert_eq!(other.get("/whoami").await.status, StatusCode::SEE_OTHER);
        }
        assert_eq!(lost.sign_in("morag.ban", new, "").await.status, StatusCode::SEE_OTHER);

        // Ending the session one is in is signing out.
        let own = desk.get("/account").await.body;
        let before = own.split("This one").next().unwrap().matches("/account/sessions/").count();
        let id = own.split("/account/sessions/").nth(before + 1).unwrap().split('/').next().unwrap();
        let answer = desk.post("/account", &format!("/account/sessions/{id}/closure"), &[]).await;
        assert_eq!(answer.location(), "/sign-in");
    }
}

#[tokio::test]
async fn the_rows_are_the_fold_of_the_journal() {
    for t in engines().await {
        let app = app(&t.journal);
        open(&t.journal, "boss", "administrator").await;
        let id = open(&t.journal, "morag.ban", "analyst").await;
        let mut boss = Browser::signed_in(&app, "boss").await;
        let page = format!("/accounts/{id}");
        boss.post(&page, &format!("{page}/role"), &[("role", "supervisor"), ("role_reason", "New post")])
            .await;
        pass_minutes(3);
        Browser::signed_in(&app, "morag.ban").await;
        boss.post(&page, &format!("{page}/closure"), &[("closing_reason", "Left")]).await;

        let mut tx = t.journal.begin().await.unwrap();
        let before = journal::dump(&mut tx, &users::TABLES).await.unwrap();
        let passwords = journal::dump(&mut tx, &["credential"]).await.unwrap();
        journal::clear(&mut tx, &users::TABLES).await.unwrap();
        let mut memory = users::Memory::default();
        for entry in journal::entries(&mut tx, 0, i64::MAX).await.unwrap() {
            users::refold(&mut tx, &mut memory, &entry).await.unwrap();
        }
        assert_eq!(journal::dump(&mut tx, &users::TABLES).await.unwrap(), before, "{:?}", t.engine);
        assert_eq!(
            journal::dump(&mut tx, &["credential"]).await.unwrap(),
            passwords,
            "a rebuild keeps passwords"
        );
        assert_eq!(before.len(), 2);
        let entries = journal::entries(&mut tx, 0, i64::MAX).await.unwrap();
        let kinds: Vec<&str> = entries.iter().map(|entry| entry.kind.as_str()).collect();
        assert_eq!(kinds.iter().filter(|kind| **kind == "account/signed_in").count(), 2);
        assert_eq!(kinds.last(), Some(&"account/closed"));
    }
}

#[tokio::test]
async fn an_erased_name_is_gone_from_the_rows_too() {
    for t in engines().await {
        let id = open(&t.journal, "morag.ban", "analyst").await;
        let mut tx = t.journal.begin().await.unwrap();
        sqlx::query("update journal_private set salt = null, value = null").execute(&mut *tx).await.unwrap();
        journal::clear(&mut tx, &users::TABLES).await.unwrap();
        let mut memory = users::Memory::default();
        for entry in journal::entries(&mut tx, 0, i64::MAX).await.unwrap() {
            assert!(entry.leaf_fits);
            users::refold(&mut tx, &mut memory, &entry).await.unwrap();
        }
        let rows = journal::dump(&mut tx, &users::TABLES).await.unwrap().join("\n");
        assert!(!rows.to_lowercase().contains("morag") && rows.contains(id.as_str()), "{rows}");
        let names = users::names_in_history(&mut tx, &id).await.unwrap();
        assert!(names.is_empty(), "a test acted, not an account");
        assert_eq!(Private::<String>::Erased.shown(), "[erased]");
    }
}

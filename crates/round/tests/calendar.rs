//! The month, and the address that a calendar program reads: parsed back by a parser of the tests' own.

#![expect(clippy::unwrap_used, reason = "a helper of a test is not seen as one")]

#[expect(dead_code, reason = "these tests use some of the hands")]
mod hands;

use axum::http::{StatusCode, header};
use hands::{CERP, Person, actor, fill, give, moment, now};
use journal::{act, testing::engines};
use plan::target::{rows::Targets, rules::Command as Move};
use round::calendar::{
    feed::rows::STATEMENTS,
    ical::calendar,
    rules::{Event, Kind},
};

/// An event as read back: its properties by name, parameters and all.
type Read = Vec<(String, String)>;

/// Reads iCalendar text by the words of RFC 5545 3.1: lines end with CRLF and have at most 75 octets; one
/// that begins with a space goes on the line before; a value is unescaped (3.3.11).
fn parse(text: &str) -> (Read, Vec<Read>) {
    assert!(text.ends_with("\r\n"), "the last line ends too");
    let mut lines: Vec<String> = Vec::new();
    for line in text.trim_end_matches("\r\n").split("\r\n") {
        assert!(!line.contains(['\r', '\n']), "a line end of another kind: {line:?}");
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        match line.strip_prefix(' ') {
            Some(rest) => lines.last_mut().expect("something to go on").push_str(rest),
            None => lines.push(line.to_owned()),
        }
    }
    let (mut about, mut events, mut open) = (Vec::new(), Vec::new(), None::<Read>);
    assert_eq!(
        (lines.first().unwrap().as_str(), lines.last().unwrap().as_str()),
        ("BEGIN:VCALENDAR", "END:VCALENDAR")
    );
    for line in &lines[1..lines.len() - 1] {
        let (name, value) = line.split_once(':').unwrap_or_else(|| panic!("no property: {line}"));
        match (name, value) {
            ("BEGIN", "VEVENT") => assert!(open.replace(Vec::new()).is_none(), "an event in an event"),
            ("END", "VEVENT") => events.push(open.take().expect("an event was begun")),
            ("BEGIN" | "END", other) => panic!("{other} is none of ours"),
            _ => open.as_mut().unwrap_or(&mut about).push((name.to_owned(), unescaped(value))),
        }
    }
    assert!(open.is_none(), "the last event ends");
    (about, events)
}

fn unescaped(value: &str) -> String {
    let (mut text, mut chars) = (String::new(), value.chars());
    while let Some(c) = chars.next() {
        match (c, if c == '\\' { chars.next() } else { None }) {
            ('\\', Some('n' | 'N')) => text.push('\n'),
            ('\\', Some(c)) if "\\;,".contains(c) => text.push(c),
            ('\\', other) => panic!("{other:?} is not to be escaped in {value}"),
            (c, _) => text.push(c),
        }
    }
    text
}

fn of<'a>(event: &'a Read, name: &str) -> &'a str {
    let all: Vec<_> = event.iter().filter(|(own, _)| own == name).collect();
    assert_eq!(all.len(), 1, "{name} is there once in {event:?}");
    &all[0].1
}

#[test]
fn what_is_written_is_read_back_whatever_it_is_called() {
    let event = |label: &str, day: &str| Event {
        uid: format!("meeting-{day}"),
        kind: Kind::Meeting,
        day: day.parse().unwrap(),
        month: None,
        label: label.into(),
        text: "a secret text".into(),
        owner: "a secret owner".into(),
        inspection: None,
        path: "/meetings/1".into(),
        moves: 2,
        changed_at: moment("2026-03-29T00:59:59.9Z"),
    };
    let titles = [
        "Buidheann Obrach airson Leasachadh, Sgrùdadh agus Dearcnachadh nan Seirbheisean Poilis air feadh na h-Alba; àite: Inbhir Nis",
        "a\\b; c, d\r\nATTENDEE:mailto:x@example.org",
        "🚓🚓🚓🚓🚓🚓🚓🚓🚓🚓🚓🚓🚓🚓🚓🚓🚓🚓🚓🚓🚓🚓🚓🚓",
    ];
    let days = ["2028-02-29", "2026-12-31", "2027-02-28"];
    let events: Vec<Event> = titles.iter().zip(days).map(|(title, day)| event(title, day)).collect();
    let (about, read) = parse(&calendar("Improvement plan, bàn", &events));
    assert_eq!((of(&about, "VERSION"), of(&about, "X-WR-CALNAME")), ("2.0", "Improvement plan, bàn"));
    assert!(!of(&about, "PRODID").is_empty());
    let dates: Vec<_> =
        read.iter().map(|one| (of(one, "DTSTART;VALUE=DATE"), of(one, "DTEND;VALUE=DATE"))).collect();
    assert_eq!(dates, [("20280229", "20280301"), ("20261231", "20270101"), ("20270228", "20270301")]);
    for ((one, title), day) in read.iter().zip(titles).zip(days) {
        assert_eq!(of(one, "SUMMARY"), title.replace("\r\n", "\n"));
        assert_eq!(of(one, "UID"), format!("meeting-{day}@calendar.answerable"));
        assert_eq!((of(one, "DTSTAMP"), of(one, "SEQUENCE")), ("20260329T005959Z", "2"));
        assert!(one.iter().all(|(_, value)| !value.contains("secret")), "{one:?}");
    }
    assert_eq!(parse(&calendar("Empty", &[])).1.len(), 0);
}

#[tokio::test]
async fn both_engines_know_every_statement() {
    journal::testing::prepare_all(&STATEMENTS).await;
}

#[tokio::test]
async fn the_month_shows_what_is_due_and_its_address_holds_the_filters() {
    for t in engines().await {
        let ids = fill(&t.journal).await;
        let owner = Person::open(&t.journal, "Mòrag Bàn", "action_owner").await;
        let partner = Person::open(&t.journal, "Kirsty Blackwood", "partner_agency").await;
        assert_eq!(partner.get("/calendar").await.status, StatusCode::FORBIDDEN);
        let labels = async |path: &str| -> Vec<String> {
            let data = owner.json(path).await;
            let events = data["events"].as_array().unwrap().clone();
            events
                .iter()
                .map(|one| {
                    format!("{} {}", &one["on"].as_str().unwrap()[8..], one["label"].as_str().unwrap())
                })
                .collect()
        };
        assert_eq!(labels("/calendar").await, ["21 CAM22-R7", "30 CAM22-R2"]);
        assert_eq!(
            labels("/calendar?month=2026-12").await,
            ["21 CAM22-R3 action 3.1", "22 CAM22-R3 action 3.2"]
        );
        assert_eq!(labels("/calendar?month=2026-10").await, ["31 CAM22-R3 action 3.3 à"], "3.4 is done");
        assert_eq!(labels("/calendar?month=2028-02").await, ["29 CAM22-R8"]);
        assert_eq!(labels("/calendar?month=2026-05").await, ["31 CAM22-R5"], "R6 is discharged");
        assert_eq!(
            labels("/calendar?month=2026-10&owner=head%20of%20training").await.len(),
            1,
            "the owner of its recommendation"
        );
        assert!(labels("/calendar?month=2026-12&owner=Head%20of%20Training").await.is_empty());
        assert!(labels("/calendar?inspection=018a645b-0000-7bb7-b19b-e8d3aa192b00").await.is_empty());
        let page = owner.get("/calendar?owner=Superintendent%20CERP").await.body;
        for words in [
            "<h1>November 2026</h1>",
            "href=\"/calendar?month=2026-10&#38;owner=Superintendent%20CERP\"",
            "href=\"/calendar?month=2026-12&#38;owner=Superintendent%20CERP\"",
            "aria-current=\"date\">21<",
            "By the end of November 2026",
            &format!("/recommendations/{}", ids[6]),
        ] {
            assert!(page.contains(words), "{words} in {page}");
        }
        assert!(owner.get("/calendar?month=2027-08").await.body.contains("Nothing is due this month."));
        let odd = owner.get("/calendar?month=Samhain%3Cb%3E").await;
        assert_eq!(odd.status, StatusCode::OK);
        assert!(odd.body.contains("is not a month") && odd.body.contains("<h1>November 2026</h1>"));
        assert!(!odd.body.contains("Samhain<b>"));
    }
}

/// The address in the answer to making one.
fn address(body: &str) -> String {
    let (_, rest) = body.split_once("/calendar/feed/").expect("the new address is shown");
    format!("/calendar/feed/{}", rest.split('<').next().unwrap())
}

#[tokio::test]
async fn an_address_is_shown_once_read_without_signing_in_and_gone_when_revoked() {
    for t in engines().await {
        fill(&t.journal).await;
        let owner = Person::open(&t.journal, "Mòrag Bàn", "action_owner").await;
        let other = Person::open(&t.journal, "Rory Abernethy", "analyst").await;
        let partner = Person::open(&t.journal, "Kirsty Blackwood", "partner_agency").await;
        give(&t.journal, CERP, &owner.id, false).await;
        let desk = [("name", "Desk"), ("scope", "mine")];
        assert_eq!(partner.get("/calendar/feeds").await.status, StatusCode::FORBIDDEN);
        assert_eq!(partner.post("/calendar/feeds", &desk).await.status, StatusCode::FORBIDDEN);
        let refused = owner.post("/calendar/feeds", &[("name", ""), ("scope", "everything")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            refused.body.contains("The name is missing")
                && refused.body.contains("value=\"everything\" selected")
        );
        let made = owner.post("/calendar/feeds", &desk).await;
        assert_eq!(
            (made.status, &made.headers[header::CACHE_CONTROL]),
            (StatusCode::CREATED, &"no-store".parse().unwrap())
        );
        let feed = address(&made.body);
        let secret = feed.trim_start_matches("/calendar/feed/").trim_end_matches(".ics");
        assert!(secret.len() == 64 && secret.chars().all(|c| c.is_ascii_hexdigit()), "{feed}");
        assert!(!owner.get("/calendar/feeds").await.body.contains(secret), "it is shown once");
        let kept =
            journal::dump(&mut t.journal.read().await.unwrap(), &["journal", "calendar_feed"]).await.unwrap();
        assert!(kept.iter().all(|line| !line.contains(secret)), "only its hash is kept");
        read_it(&other, &feed).await;
        let whole =
            address(&owner.post("/calendar/feeds", &[("name", "All"), ("scope", "everything")]).await.body);
        let (_, events) = parse(&other.stranger(&whole, &[]).await.body);
        assert_eq!(events.len(), 9, "six targets that are open and three actions");
        let list = owner.json("/calendar/feeds").await;
        assert!(list["address"].is_null());
        let feeds = list["feeds"].as_array().unwrap();
        let first = feeds.iter().find(|feed| feed["name"] == "Desk").unwrap();
        let revocation = format!("/calendar/feeds/{}/revocation", first["id"].as_str().unwrap());
        assert!(owner.get(&revocation).await.body.contains("cannot be brought back"));
        assert_eq!(other.get(&revocation).await.status, StatusCode::NOT_FOUND, "it is not theirs");
        assert_eq!(other.post(&revocation, &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(other.stranger(&feed, &[]).await.status, StatusCode::OK, "asking revokes nothing");
        assert_eq!(owner.post(&revocation, &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(
            owner.post(&revocation, &[]).await.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "once is enough"
        );
        let gone = other.stranger(&feed, &[]).await;
        assert_eq!((gone.status, gone.headers.get(header::ETAG)), (StatusCode::NOT_FOUND, None));
        assert!(owner.get("/calendar/feeds").await.body.contains("Revoked 21 November 2026, 10:00"));
        assert_eq!(other.stranger(&whole, &[]).await.status, StatusCode::OK, "the other one is read on");
    }
}

async fn read_it(anybody: &Person, feed: &str) {
    let got = anybody.stranger(feed, &[]).await;
    assert_eq!(
        (got.status, &got.headers[header::CONTENT_TYPE]),
        (StatusCode::OK, &"text/calendar; charset=utf-8".parse().unwrap())
    );
    let (_, events) = parse(&got.body);
    let days: Vec<_> = events.iter().map(|one| (of(one, "DTSTART;VALUE=DATE"), of(one, "SUMMARY"))).collect();
    assert_eq!(
        days,
        [
            ("20260630", "CAM22-R1: target date"),
            ("20261121", "CAM22-R7: target date"),
            ("20261130", "CAM22-R2: target November 2026"),
            ("20261221", "CAM22-R3 action 3.1: target date"),
            ("20261222", "CAM22-R3 action 3.2: target date"),
            ("20280229", "CAM22-R8: target date"),
        ]
    );
    for secret in ["Mend", "secret", "Mòrag", "Bàn", "Superintendent", "Train", "template"] {
        assert!(!got.body.contains(secret), "{secret} in {}", got.body);
    }
    let tag = got.headers[header::ETAG].to_str().unwrap().to_owned();
    let bare = tag.trim_start_matches("W/").to_owned();
    for (named, status) in [
        (tag.as_str(), StatusCode::NOT_MODIFIED),
        (&bare, StatusCode::NOT_MODIFIED),
        (&format!("\"other\", {tag}"), StatusCode::NOT_MODIFIED),
        ("*", StatusCode::NOT_MODIFIED),
        ("\"other\"", StatusCode::OK),
    ] {
        let again = anybody.stranger(feed, &[("if-none-match", named)]).await;
        assert_eq!(
            (again.status, again.body.is_empty()),
            (status, status == StatusCode::NOT_MODIFIED),
            "{named}"
        );
        assert_eq!(again.headers[header::ETAG].to_str().unwrap(), tag);
    }
    for wrong in ["/calendar/feed/x.ics", &feed.replace(".ics", ""), &feed.replace("feed/", "feed/0")] {
        assert_eq!(anybody.stranger(wrong, &[]).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}

#[tokio::test]
async fn a_move_is_a_move_of_the_same_event_and_changes_the_tag() {
    let t = engines().await.remove(0);
    let ids = fill(&t.journal).await;
    let owner = Person::open(&t.journal, "Mòrag Bàn", "action_owner").await;
    let feed =
        address(&owner.post("/calendar/feeds", &[("name", "All"), ("scope", "everything")]).await.body);
    let read = async || {
        let got = owner.stranger(&feed, &[]).await;
        let (_, events) = parse(&got.body);
        let uid = format!("target-{}@calendar.answerable", ids[0]);
        let mine = events.into_iter().find(|one| of(one, "UID") == uid).expect("it is there");
        (
            got.headers[header::ETAG].clone(),
            of(&mine, "DTSTART;VALUE=DATE").to_owned(),
            of(&mine, "SEQUENCE").to_owned(),
        )
    };
    let before = read().await;
    let mut tx = t.journal.begin().await.unwrap();
    let recommendation = plan::pages::recall(&mut tx, &ids[0]).await.unwrap();
    let known = plan::target::pages::known_of(&mut tx, recommendation).await.unwrap();
    let to = Move::MoveAsPublished { to: "2027-03".parse().unwrap(), reason: "It waits.".into() };
    act::<Targets>(&mut tx, &actor(), now(), &ids[0], &known, to).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    let after = read().await;
    assert_eq!((before.1.as_str(), before.2.as_str()), ("20260630", "0"));
    assert_eq!((after.1.as_str(), after.2.as_str()), ("20270331", "1"));
    assert_ne!(before.0, after.0);
}

#[tokio::test]
async fn an_address_dies_with_its_owners_account_and_nobody_has_more_than_ten() {
    for t in engines().await {
        fill(&t.journal).await;
        let owner = Person::open(&t.journal, "Mòrag Bàn", "action_owner").await;
        let administrator = Person::open(&t.journal, "Struan Ogilvie", "administrator").await;
        let mut feeds = Vec::new();
        for number in 0..10 {
            let name = format!("Device {number}");
            let made = owner.post("/calendar/feeds", &[("name", &name), ("scope", "everything")]).await;
            feeds.push(address(&made.body));
        }
        let more = owner.post("/calendar/feeds", &[("name", "One more"), ("scope", "mine")]).await;
        assert_eq!(more.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(more.body.contains("10 addresses already"));
        assert_eq!(owner.stranger(&feeds[0], &[]).await.status, StatusCode::OK);
        let closure = format!("/accounts/{}/closure", owner.id);
        let page = administrator.get(&format!("/accounts/{}", owner.id)).await.body;
        let edits =
            page.split_once("name=\"edits\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
        close(&administrator, &closure, &edits).await;
        assert_eq!(owner.stranger(&feeds[0], &[]).await.status, StatusCode::NOT_FOUND);
        let nowhere = "/calendar/feeds/no-identity/revocation";
        assert_eq!(administrator.get(nowhere).await.status, StatusCode::NOT_FOUND);
    }
}

async fn close(administrator: &Person, closure: &str, edits: &str) {
    let closed = administrator.post(closure, &[("edits", edits), ("closing_reason", "Retired.")]).await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER, "{}", closed.body);
}

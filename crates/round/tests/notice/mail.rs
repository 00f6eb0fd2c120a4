//! Notices by e-mail, handed to a mail server of the tests’ own.

use jiff::SignedDuration;
use journal::{dump, testing::engines};
use round::notice::{
    rows,
    rules::{Command, Kind},
    send::{Outcome, send_due},
    transport::{Security, Settings, Smtp, Transport},
};

use crate::{
    NOTHING, change,
    hands::{Person, now},
    listed,
    server::{Manner, Server},
    wants, write, write_as,
};

/// One that waits as long as a busy machine needs.
fn smtp(port: u16) -> Transport {
    waiting(port, std::time::Duration::from_secs(20))
}

fn waiting(port: u16, patience: std::time::Duration) -> Transport {
    let settings = Settings {
        host: "127.0.0.1".into(),
        port,
        security: Security::None,
        credentials: None,
        from: "answerable@police.example".into(),
        public_address: "https://answerable.police.example".into(),
        discreet_from: None,
        patience,
    };
    Transport::Smtp(Box::new(Smtp::new(&settings).unwrap()))
}

#[tokio::test]
async fn a_report_is_sent_to_who_may_read_reports_when_it_leaves() {
    for t in engines().await {
        let server = Server::start(Manner::Takes).await;
        let reader = Person::open(&t.journal, "Mòrag Bàn", "analyst").await;
        // Somebody whose role was another when it was written: it stays in the mailbox, and its link is refused.
        let other = Person::open(&t.journal, "Rory Abernethy", "action_owner").await;
        for (person, email) in [(&reader, "m.ban@police.example"), (&other, "r.abernethy@police.example")] {
            wants(person, email, "off").await;
            write_as(&t.journal, &person.id, Kind::Report, "Report: Control room", "/reports/1").await;
        }
        let outcome = send_due(&t.journal, &smtp(server.port), now()).await.unwrap();
        assert_eq!(outcome, Outcome { kept: 1, sent: 1, failed: 0 });
        let said = server.said();
        let [mail] = &said[..] else { panic!("{said:?}") };
        assert!(mail.commands.iter().any(|one| one == "RCPT TO:<m.ban@police.example>"), "{mail:?}");
        let unsubscribe = "List-Unsubscribe: <https://answerable.police.example/reports/subscriptions>";
        // A long header is folded.
        assert!(mail.mail.replace("\r\n ", " ").contains(unsubscribe), "{}", mail.mail);
        // The same words and the same link as text and as a page; a long line is broken by “=”.
        let whole = mail.mail.replace("=\r\n", "");
        let (text, page) = whole.split_once("Content-Type: text/html").expect("a page after the text");
        assert!(text.contains("Content-Type: text/plain"), "{whole}");
        assert!(text.contains("\r\nhttps://answerable.police.example/reports/1\r\n"), "{text}");
        assert!(page.contains(">https://answerable.police.example/reports/1</a>"), "{page}");
    }
}

#[tokio::test]
async fn mail_is_handed_over_once_with_links_from_anywhere_and_headers_of_ours_only() {
    for t in engines().await {
        let server = Server::start(Manner::Takes).await;
        let person = Person::open(&t.journal, "Mòrag Bàn", "action_owner").await;
        let silent = Person::open(&t.journal, "Rory Abernethy", "analyst").await;
        wants(&person, "m.ban@police.example", "off").await;
        let subject = "Sgrùdadh\r\nBcc: everybody@evil.example\r\n\r\nPay me";
        let id = write(&t.journal, &person.id, subject, "CAM22-R1\n/recommendations/1\n.\nEnd, à.").await;
        write(&t.journal, &silent.id, "No address", "Read it here.").await;
        let transport = smtp(server.port);
        let outcome = send_due(&t.journal, &transport, now()).await.unwrap();
        assert_eq!(outcome, Outcome { kept: 1, sent: 1, failed: 0 });
        assert_eq!(
            send_due(&t.journal, &transport, now() + SignedDuration::from_hours(24)).await.unwrap(),
            NOTHING
        );
        let said = server.said();
        assert_eq!(said.len(), 1, "one conversation");
        let commands: Vec<&str> = said[0].commands.iter().map(String::as_str).collect();
        assert_eq!(commands[0], "EHLO answerable.police.example");
        assert!(commands[1].starts_with("MAIL FROM:<answerable@police.example>"), "{commands:?}");
        assert_eq!(commands[2..4], ["RCPT TO:<m.ban@police.example>", "DATA"], "one recipient");
        let (headers, body) = said[0].mail.split_once("\r\n\r\n").unwrap();
        let names: Vec<&str> = headers
            .split("\r\n")
            .filter(|line| !line.starts_with([' ', '\t']))
            .map(|line| line.split_once(':').unwrap().0)
            .collect();
        for (name, times) in
            [("Bcc", 0), ("Subject", 1), ("From", 1), ("To", 1), ("Date", 1), ("Message-ID", 1)]
        {
            assert_eq!(names.iter().filter(|own| **own == name).count(), times, "{name} in {headers}");
        }
        assert!(headers.contains(&format!("Message-ID: <{id}@answerable.police.example>")), "{headers}");
        assert!(headers.contains("Auto-Submitted: auto-generated"));
        assert!(headers.contains("List-Unsubscribe: <https://answerable.police.example/mailbox/settings>"));
        assert!(headers.contains("Date: Sat, 21 Nov 2026 10:00:00 +0000"), "{headers}");
        assert!(body.contains("https://answerable.police.example/recommendations/1\r\n"), "{body}");
        assert!(body.contains("\r\n..\r\n"), "a line that is a dot does not end the mail: {body}");
        let states: Vec<_> = listed(&t.journal).await.into_iter().map(|one| (one.state, one.tries)).collect();
        assert_eq!(states, [("email".to_owned(), 1), ("mailbox".to_owned(), 0)]);
        assert!(person.get("/mailbox").await.body.contains("Sent by e-mail, 21 November 2026, 10:00"));
        // The address is the person's own: the journal has only a commitment to it.
        let journal = dump(&mut t.journal.read().await.unwrap(), &["journal"]).await.unwrap();
        assert!(journal.iter().all(|line| !line.contains("m.ban@")), "{journal:?}");
    }
}

#[tokio::test]
async fn a_server_that_refuses_is_asked_again_after_growing_pauses_and_then_no_more() {
    for t in engines().await {
        let server = Server::start(Manner::Refuses).await;
        let person = Person::open(&t.journal, "Mòrag Bàn", "action_owner").await;
        let administrator = Person::open(&t.journal, "Struan Ogilvie", "administrator").await;
        wants(&person, "m.ban@police.example", "off").await;
        let id = write(&t.journal, &person.id, "Update asked for", "CAM22-R1").await;
        let transport = smtp(server.port);
        let (mut at, mut tries) = (now(), 0);
        // Looked at every minute until long after the last try, as the binary would.
        let end = now() + SignedDuration::from_hours(24);
        let mut moments = Vec::new();
        while at < end {
            let due = rows::due(&mut t.journal.read().await.unwrap(), at, 9).await.unwrap();
            if !due.is_empty() {
                let outcome = send_due(&t.journal, &transport, at).await.unwrap();
                assert_eq!(outcome, Outcome { failed: 1, ..NOTHING });
                moments.push(at.duration_since(now()).as_mins());
                tries += 1;
            }
            at += SignedDuration::from_mins(1);
        }
        assert_eq!((tries, moments), (6, vec![0, 1, 11, 71, 311, 1_031]));
        assert_eq!(server.said().len(), 6);
        let one = rows::one(&mut t.journal.read().await.unwrap(), &id).await.unwrap().unwrap();
        assert_eq!((one.state.as_str(), one.tries), ("given_up", 6));
        assert!(one.why.as_ref().unwrap().contains("no such user"), "{one:?}");
        assert!(person.get("/mailbox").await.body.contains("Not sent by e-mail after 6 tries"));
        assert!(administrator.get(&format!("/mailbox/{id}")).await.body.contains("no such user"));
        let journal = dump(&mut t.journal.read().await.unwrap(), &["journal"]).await.unwrap();
        assert!(journal.iter().all(|line| !line.contains("no such user")), "what it said may name somebody");
    }
}

#[tokio::test]
async fn a_server_that_hangs_or_is_not_there_uses_up_one_try_and_not_everybodys() {
    let t = engines().await.remove(0);
    let person = Person::open(&t.journal, "Mòrag Bàn", "action_owner").await;
    wants(&person, "m.ban@police.example", "off").await;
    for number in 0..3 {
        write(&t.journal, &person.id, &format!("Notice {number}"), "CAM22-R1").await;
    }
    let hanging = Server::start(Manner::Hangs).await;
    let began = std::time::Instant::now();
    let outcome = send_due(&t.journal, &waiting(hanging.port, std::time::Duration::from_millis(400)), now())
        .await
        .unwrap();
    assert_eq!(outcome, Outcome { failed: 1, ..NOTHING });
    assert!(began.elapsed() < std::time::Duration::from_secs(8), "{:?}", began.elapsed());
    let tries: Vec<i64> = listed(&t.journal).await.iter().map(|one| one.tries).collect();
    assert_eq!(tries, [1, 0, 0]);
    assert!(listed(&t.journal).await[0].why.as_ref().unwrap().contains("no answer in time"));
    let gone = Server::start(Manner::Takes).await;
    let port = gone.port;
    drop(gone);
    let later = now() + SignedDuration::from_hours(1);
    assert_eq!(send_due(&t.journal, &smtp(port), later).await.unwrap(), Outcome { failed: 1, ..NOTHING });
    let back = Server::start(Manner::Takes).await;
    let later = now() + SignedDuration::from_hours(2);
    assert_eq!(send_due(&t.journal, &smtp(back.port), later).await.unwrap(), Outcome { sent: 3, ..NOTHING });
    assert_eq!(back.said().len(), 3);
}

#[tokio::test]
async fn two_senders_at_once_send_each_notice_once() {
    for t in engines().await {
        let server = Server::start(Manner::Takes).await;
        let person = Person::open(&t.journal, "Mòrag Bàn", "action_owner").await;
        wants(&person, "m.ban@police.example", "off").await;
        for number in 0..8 {
            write(&t.journal, &person.id, &format!("Notice {number}"), "CAM22-R1").await;
        }
        let (one, other) = (smtp(server.port), smtp(server.port));
        let (a, b) = tokio::join!(send_due(&t.journal, &one, now()), send_due(&t.journal, &other, now()));
        assert_eq!(a.unwrap().sent + b.unwrap().sent, 8);
        assert_eq!(server.said().len(), 8);
    }
}

#[tokio::test]
async fn what_a_dead_sender_left_is_sent_when_its_lease_is_over() {
    let t = engines().await.remove(0);
    let server = Server::start(Manner::Takes).await;
    let person = Person::open(&t.journal, "Mòrag Bàn", "action_owner").await;
    wants(&person, "m.ban@police.example", "off").await;
    let id = write(&t.journal, &person.id, "Update asked for", "CAM22-R1").await;
    change(&t.journal, now(), &id, Command::Take).await;
    let transport = smtp(server.port);
    let after = |minutes| now() + SignedDuration::from_mins(minutes);
    assert_eq!(send_due(&t.journal, &transport, after(29)).await.unwrap(), NOTHING);
    assert_eq!(send_due(&t.journal, &transport, after(30)).await.unwrap(), Outcome { sent: 1, ..NOTHING });
    assert_eq!(send_due(&t.journal, &transport, after(90)).await.unwrap(), NOTHING);
    assert_eq!(server.said().len(), 1);
}

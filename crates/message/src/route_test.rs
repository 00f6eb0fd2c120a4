//! The table of cases for the gate of messages; and random wishes against a clock that tries every minute.

use contact::preference::{
    gate::may_reach,
    rules::{Preference, Unsafe, Way},
};
use jiff::{
    SignedDuration, Timestamp,
    civil::{Time, time},
};

use crate::{definition::Quiet, route::*};

const QUIET: Quiet = Quiet { from: time(21, 0, 0, 0), until: time(8, 0, 0, 0) };

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn clock(hour: i8, minute: i8) -> Time {
    time(hour, minute, 0, 0)
}

fn never(way: Way, to: Option<&str>, hours: Option<(Time, Time)>) -> Unsafe {
    Unsafe { way, to: to.map(|to| to.to_owned().into()), hours, why: "He reads it.".to_owned().into() }
}

fn wishes(preferred: &[Way], unsafe_ways: &[Unsafe], safe_hours: Option<(Time, Time)>) -> Preference {
    Preference {
        preferred: preferred.to_vec(),
        unsafe_ways: unsafe_ways.to_vec(),
        safe_hours,
        interviewer: String::new(),
    }
}

fn reach() -> Reach {
    Reach {
        phone: "07700 900123".into(),
        email: "m.reid@example.org".into(),
        address: "4 Muir Road\nDundee DD1 1AA".into(),
    }
}

#[test]
fn what_may_go_later_waits_and_what_may_never_go_is_refused() {
    let text = "+447700900123";
    let none = wishes(&[], &[], None);
    let school = wishes(&[], &[], Some((clock(9, 30), clock(15, 0))));
    let evening = wishes(&[], &[never(Way::Text, None, Some((clock(16, 0), clock(9, 0))))], None);
    let all_day = wishes(&[], &[never(Way::Text, Some("07700900123"), None)], None);
    let clashing = wishes(&[], &[never(Way::Text, None, Some((clock(8, 0), clock(20, 59))))], None);
    for (number, (wish, now, quiet, opens)) in [
        (&none, "2026-11-26T12:00:00Z", Some(QUIET), Some("2026-11-26T12:00:00Z")),
        // Quiet hours: to their end, on the same morning or the next one.
        (&none, "2026-11-26T23:30:00Z", Some(QUIET), Some("2026-11-27T08:00:00Z")),
        (&none, "2026-11-26T03:00:00Z", Some(QUIET), Some("2026-11-26T08:00:00Z")),
        (&none, "2026-11-26T21:00:00Z", Some(QUIET), Some("2026-11-27T08:00:00Z")),
        (&none, "2026-11-26T20:59:00Z", Some(QUIET), Some("2026-11-26T20:59:00Z")),
        // Urgent: at once.
        (&none, "2026-11-26T23:30:00Z", None, Some("2026-11-26T23:30:00Z")),
        // In summer the clocks are an hour on.
        (&none, "2026-07-01T22:30:00Z", Some(QUIET), Some("2026-07-02T07:00:00Z")),
        // The night the clocks go forward, and the night they go back.
        (&none, "2026-03-28T22:00:00Z", Some(QUIET), Some("2026-03-29T07:00:00Z")),
        (&none, "2026-10-24T21:00:00Z", Some(QUIET), Some("2026-10-25T08:00:00Z")),
        // The person’s own hours win, urgent or not.
        (&school, "2026-11-26T15:00:00Z", None, Some("2026-11-27T09:30:00Z")),
        (&school, "2026-11-26T07:00:00Z", Some(QUIET), Some("2026-11-26T09:30:00Z")),
        // Unsafe hours: the last minute is unsafe, too.
        (&evening, "2026-11-26T16:00:00Z", None, Some("2026-11-27T09:01:00Z")),
        (&evening, "2026-11-26T15:59:00Z", None, Some("2026-11-26T15:59:00Z")),
        (&all_day, "2026-11-26T12:00:00Z", None, None),
        // Safe only when it is quiet: urgent goes at night, and what is not urgent never.
        (&clashing, "2026-11-26T12:00:00Z", Some(QUIET), None),
        (&clashing, "2026-11-26T12:00:00Z", None, Some("2026-11-26T21:00:00Z")),
    ]
    .into_iter()
    .enumerate()
    {
        let found = opening(std::slice::from_ref(wish), Way::Text, text, at(now), quiet).ok();
        assert_eq!(found, opens.map(at), "case {number}");
    }
}

#[test]
fn the_way_is_the_preferred_one_that_is_safe_and_known() {
    let now = at("2026-11-26T12:00:00Z");
    let both = [Way::Text, Way::Email];
    let all = [Way::Text, Way::Email, Way::Letter];
    let no_mail = Reach { email: String::new(), ..reach() };
    let landline = Reach { phone: "0131 496 0123".into(), email: String::new(), ..reach() };
    let text = never(Way::Text, None, None);
    let email = never(Way::Email, None, None);
    let cases = [
        ("nothing said", vec![], &both[..], reach(), Ok(Way::Text)),
        ("prefers email", vec![wishes(&[Way::Email], &[], None)], &both[..], reach(), Ok(Way::Email)),
        ("prefers a call", vec![wishes(&[Way::Call], &[], None)], &both[..], reach(), Ok(Way::Text)),
        (
            "no address for it",
            vec![wishes(&[Way::Email], &[], None)],
            &both[..],
            no_mail.clone(),
            Ok(Way::Text),
        ),
        (
            "a letter only where preferred",
            vec![wishes(&[Way::Letter], &[], None)],
            &all[..],
            reach(),
            Ok(Way::Letter),
        ),
        (
            "text unsafe",
            vec![wishes(&[], std::slice::from_ref(&text), None)],
            &all[..],
            reach(),
            Ok(Way::Email),
        ),
        (
            "unsafe wins over preferred, whoever said which",
            vec![wishes(&[Way::Text], &[], None), wishes(&[], std::slice::from_ref(&text), None)],
            &both[..],
            reach(),
            Ok(Way::Email),
        ),
        (
            "no letter by itself",
            vec![wishes(&[], &[text.clone(), email.clone()], None)],
            &all[..],
            reach(),
            Err("way"),
        ),
        (
            "no safe address",
            vec![wishes(&[], std::slice::from_ref(&text), None)],
            &both[..],
            no_mail,
            Err("way"),
        ),
        ("a landline takes no text", vec![], &both[..], landline, Err("to")),
        ("nothing known", vec![], &both[..], Reach::default(), Err("to")),
    ];
    for (what, preferences, ways, reach, expected) in cases {
        let found = choose(&preferences, ways, &reach, now, Some(QUIET), |_| Ok(()));
        let found = found.map(|chosen| chosen.way).map_err(|refusal| refusal.field.to_string());
        assert_eq!(found, expected.map_err(str::to_owned), "{what}");
    }
}

#[test]
fn an_address_is_one_address() {
    for good in ["a@example.org", "m.reid+x@mail.example.org"] {
        assert!(Reach { email: good.into(), ..reach() }.to(Way::Email).is_ok(), "{good}");
    }
    for bad in [
        "",
        "a",
        "a@b",
        "a@@b.org",
        "a@b.org\r\nBcc: c@d.org",
        "a@b.org,c@d.org",
        "<a@b.org>",
        "a b@c.org",
        "a@b..org",
        "A <a@b.org>",
    ] {
        assert!(Reach { email: bad.into(), ..reach() }.to(Way::Email).is_err(), "{bad:?}");
    }
    for (number, may) in [
        ("07700900123", true),
        ("+33 6 12 34 56 78", true),
        ("0131 496 0123", false),
        ("070 1234 5678", false),
        ("x", false),
    ] {
        assert_eq!(Reach { phone: number.into(), ..reach() }.to(Way::Text).is_ok(), may, "{number}");
    }
    assert!(reach().to(Way::Call).is_err());
    assert_eq!(format!("{:?}", reach()), "Reach", "no log tells where somebody is reached");
}

struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    fn time(&mut self) -> Time {
        let minutes = i64::try_from(self.below(24 * 60)).unwrap();
        Time::midnight().wrapping_add(SignedDuration::from_mins(minutes))
    }

    fn hours(&mut self, of: u64) -> Option<(Time, Time)> {
        (self.below(of) == 0).then(|| (self.time(), self.time())).filter(|(from, until)| from != until)
    }

    fn way(&mut self) -> Way {
        Way::ALL[usize::try_from(self.below(7)).unwrap()]
    }

    fn wish(&mut self) -> Preference {
        let places = [
            None,
            None,
            Some("07700 900123"),
            Some("m.reid@example.org"),
            Some("4 Muir Road"),
            Some("other"),
        ];
        let preferred: Vec<Way> = (0..self.below(3)).map(|_| self.way()).collect();
        let unsafe_ways: Vec<Unsafe> = (0..self.below(8))
            .map(|_| {
                let to = places[usize::try_from(self.below(6)).unwrap()];
                never(self.way(), to, self.hours(3))
            })
            .collect();
        wishes(&preferred, &unsafe_ways, self.hours(3))
    }
}

/// Nothing is ever let go by an unsafe way or at an unsafe or quiet hour, and nothing waits a minute longer than it has
/// to: a plain search, minute by minute, must agree.
#[test]
fn random_wishes_never_let_anything_go_that_is_unsafe() {
    let seed: u64 =
        std::env::var("ANSWERABLE_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_261_126);
    println!("seed {seed}");
    let mut chance = Chance(seed);
    let nights =
        ["2026-11-26T00:00:00Z", "2026-03-28T12:00:00Z", "2026-10-24T12:00:00Z", "2026-07-01T00:00:00Z"];
    let (mut gone, mut held, mut waited) = (0, 0, 0);
    for round in 0..400 {
        let preferences: Vec<Preference> = (0..=chance.below(2)).map(|_| chance.wish()).collect();
        let night = at(nights[usize::try_from(chance.below(4)).unwrap()]);
        let now = night + SignedDuration::from_mins(i64::try_from(chance.below(24 * 60)).unwrap());
        let quiet = (chance.below(2) == 0).then_some(QUIET);
        let lets = |way, to: &str, at: Timestamp| {
            let time = at.to_zoned(journal::scotland()).time();
            let is_quiet =
                way != Way::Letter && quiet.is_some() && (time >= QUIET.from || time < QUIET.until);
            !is_quiet && may_reach(&preferences, way, to, at).is_ok()
        };
        for way in [Way::Text, Way::Email, Way::Letter] {
            let to = reach().to(way).unwrap();
            let found = opening(&preferences, way, &to, now, quiet).ok();
            let minutes = 0..=48 * 60;
            let oracle =
                minutes.map(|minute| now + SignedDuration::from_mins(minute)).find(|at| lets(way, &to, *at));
            assert_eq!(found, oracle, "round {round}: {way:?} from {now}: {preferences:?}");
        }
        let all = [Way::Text, Way::Email, Way::Letter];
        if let Ok(chosen) = choose(&preferences, &all, &reach(), now, quiet, |_| Ok(())) {
            gone += 1;
            waited += usize::from(chosen.at > now);
            assert!(lets(chosen.way, &chosen.to, chosen.at), "round {round}: {chosen:?} {preferences:?}");
        } else {
            held += 1;
            for way in [Way::Text, Way::Email] {
                let to = reach().to(way).unwrap();
                assert!(opening(&preferences, way, &to, now, quiet).is_err(), "round {round}");
            }
        }
    }
    println!("{gone} may go, {waited} of them later, {held} are held back");
    assert!(gone > 50 && held > 20 && waited > 20, "the wishes were not mixed enough");
}

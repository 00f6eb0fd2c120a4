//! The order, the filters and the pages of a list: tables of cases, and pages that are turned while rows come and go.

use std::collections::BTreeSet;

use contact::{grade::Grade, thrive::rules::Level};
use jiff::{SignedDuration, Timestamp};
use journal::Id;

use super::{
    choices::{Order, Risk, With},
    rules::{Asked, PAGE, Place, Query, SUPERVISORS, Waiting, page},
};
use crate::{
    queue::rules::{Clock, Endorsement, Queued, Waits},
    testing::at,
};

const TEAM: &str = "resolution_team";

/// What waits in the team’s queue since 20:00: due after so many minutes, if a clock runs.
fn waiting(seq: i64, risk: Risk, grade: Grade, due: Option<i64>) -> Waiting {
    let clock =
        |minutes| Clock { words: "work on it", due_at: at("20:00") + SignedDuration::from_mins(minutes) };
    let queued = Queued {
        unit: TEAM.to_owned(),
        waits: Waits::Resolution,
        since: at("20:00"),
        grade,
        clock: due.map(clock),
        debts: Vec::new(),
        offered_to: None,
        endorsement: None,
        endorse_by: None,
        promised: None,
    };
    Waiting { id: Id::new(Timestamp::UNIX_EPOCH), seq, risk, queued }
}

/// Seven rows, at half past eight three of them late; the last two are another unit’s.
fn rows() -> Vec<Waiting> {
    let mut all = vec![
        waiting(1, Risk::Low, Grade::OtherResolution, Some(10)),
        waiting(2, Risk::High, Grade::OtherResolution, Some(60)),
        waiting(3, Risk::NotAssessed, Grade::Standard, None),
        waiting(4, Risk::Medium, Grade::Standard, Some(20)),
        waiting(5, Risk::NoneIdentified, Grade::OtherResolution, Some(10)),
        waiting(6, Risk::High, Grade::Prompt, Some(40)),
        waiting(7, Risk::Low, Grade::Prompt, Some(50)),
    ];
    for (place, to) in [(1, "division_e"), (5, TEAM)] {
        all[place].queued.offered_to = Some(to.to_owned());
    }
    for place in [5, 6] {
        all[place].queued.unit = "division_g".to_owned();
    }
    for (place, minutes) in [(0, 90), (6, 15)] {
        let due_at = at("20:00") + SignedDuration::from_mins(minutes);
        all[place].queued.endorsement = Some(Endorsement::Closing);
        all[place].queued.endorse_by = Some(Clock { words: "a second person’s endorsement", due_at });
    }
    all
}

fn query(pairs: &[(&str, &str)]) -> Query {
    let mut query = Query::default();
    for (name, value) in pairs {
        let field = match *name {
            "risk" => &mut query.risk,
            "late" => &mut query.late,
            "grade" => &mut query.grade,
            "with" => &mut query.with,
            "order" => &mut query.order,
            "after" => &mut query.after,
            other => panic!("{other:?} is no field"),
        };
        (*value).clone_into(field);
    }
    query
}

#[test]
fn what_is_asked_for_is_shown_in_its_order() {
    type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a [i64], usize);
    let cases: &[Case<'_>] = &[
        (TEAM, &[], &[6, 4, 3, 1, 5, 2], 3),
        (TEAM, &[("order", "clock")], &[6, 4, 3, 1, 5, 2], 3),
        (TEAM, &[("order", "risk")], &[6, 2, 3, 4, 1, 5], 3),
        (TEAM, &[("late", "yes")], &[4, 1, 5], 3),
        (TEAM, &[("late", "yes"), ("order", "risk")], &[4, 1, 5], 3),
        (TEAM, &[("risk", "high")], &[6, 2], 0),
        (TEAM, &[("risk", "not_assessed")], &[3], 0),
        (TEAM, &[("risk", "none_identified"), ("late", "yes")], &[5], 1),
        (TEAM, &[("risk", "high"), ("late", "yes")], &[], 0),
        (TEAM, &[("grade", "standard")], &[4, 3], 1),
        (TEAM, &[("grade", "immediate")], &[], 0),
        (TEAM, &[("with", "unit")], &[4, 3, 1, 5], 3),
        (TEAM, &[("with", "to_accept")], &[6], 0),
        (TEAM, &[("with", "offered")], &[2], 0),
        (TEAM, &[("after", "standard~2026-11-21T20:20:00Z~4")], &[3, 1, 5, 2], 3),
        (TEAM, &[("after", "standard~none~3")], &[1, 5, 2], 3),
        (
            TEAM,
            &[("order", "risk"), ("after", "high~other_resolution~2026-11-21T21:00:00Z~2")],
            &[3, 4, 1, 5],
            3,
        ),
        ("division_g", &[], &[6, 7], 0),
        ("division_g", &[("with", "offered")], &[6], 0),
        ("division_e", &[("with", "to_accept")], &[2], 0),
        (SUPERVISORS, &[], &[7, 1], 1),
        (SUPERVISORS, &[("late", "yes")], &[7], 1),
        ("division_a", &[], &[], 0),
    ];
    let all = rows();
    for (key, pairs, expected, late) in cases {
        let query = query(pairs);
        let asked = query.asked(key).unwrap();
        let is_narrowed = asked.is_late || (asked.risk, asked.grade, asked.with) != (None, None, None);
        assert_eq!(query.is_narrowed(), is_narrowed, "{key} {pairs:?}");
        let page = page(key, &all, &asked, at("20:30"), PAGE);
        let shown: Vec<i64> = page.shown.iter().map(|one| one.seq).collect();
        assert_eq!((shown.as_slice(), page.late), (*expected, *late), "{key} {pairs:?}");
        assert_eq!(page.next, None, "{key} {pairs:?}");
        if asked.after.is_none() {
            assert_eq!(page.total, expected.len(), "{key} {pairs:?}");
        }
    }
}

#[test]
fn a_page_tells_how_many_there_are_and_where_the_next_begins() {
    let all = rows();
    let asked = Asked { order: Order::Risk, ..Asked::default() };
    let first = page(TEAM, &all, &asked, at("20:30"), 4);
    let seqs = |shown: &[&Waiting]| shown.iter().map(|one| one.seq).collect::<Vec<_>>();
    assert_eq!((seqs(&first.shown), first.here, first.total, first.before), (vec![6, 2, 3, 4], 6, 6, 0));
    let second = Asked { after: first.next, ..asked };
    let second = page(TEAM, &all, &second, at("20:30"), 4);
    assert_eq!((seqs(&second.shown), second.before, second.next), (vec![1, 5], 4, None));
    let late = Asked { is_late: true, ..Asked::default() };
    let late = page(TEAM, &all, &late, at("20:30"), 2);
    assert_eq!((late.here, late.total, late.late, late.next.is_some()), (6, 3, 3, true));
    // A page that is exactly full is the last.
    assert_eq!(page(TEAM, &all, &Asked::default(), at("20:30"), 6).next, None);
}

#[test]
fn what_cannot_be_asked_is_refused_by_its_field_in_a_sentence() {
    type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);
    let cases: &[Case<'_>] = &[
        (TEAM, &[("risk", "severe")], "risk"),
        (TEAM, &[("late", "no")], "late"),
        (TEAM, &[("grade", "urgent")], "grade"),
        (TEAM, &[("with", "me")], "with"),
        (TEAM, &[("order", "name")], "order"),
        (TEAM, &[("after", "here")], "after"),
        (TEAM, &[("after", "prompt~yesterday~4")], "after"),
        (TEAM, &[("after", "prompt~none~four")], "after"),
        (TEAM, &[("after", "prompt~none~4~5")], "after"),
        (TEAM, &[("after", "severe~none~4")], "after"),
        (TEAM, &[("after", "high~prompt~none~4")], "after"),
        (TEAM, &[("order", "risk"), ("after", "prompt~none~4")], "after"),
        (SUPERVISORS, &[("with", "unit")], "with"),
    ];
    for (key, pairs, field) in cases {
        let refusal = query(pairs).asked(key).unwrap_err();
        assert_eq!(refusal.field, *field, "{key} {pairs:?}");
        assert!(refusal.sentence.ends_with('.') && refusal.sentence.contains(' '), "{}", refusal.sentence);
    }
}

#[test]
fn the_highest_level_is_the_risk_and_every_key_is_read_as_it_was_written() {
    for (levels, expected) in [
        (&[][..], Risk::NotAssessed),
        (&[Level::NoneIdentified], Risk::NoneIdentified),
        (&[Level::NoneIdentified, Level::Low, Level::NoneIdentified], Risk::Low),
        (&[Level::Medium, Level::Low], Risk::Medium),
        (&[Level::Low, Level::High, Level::Medium], Risk::High),
    ] {
        assert_eq!(Risk::of_levels(levels.iter().copied()), expected);
    }
    assert!(Risk::ALL.is_sorted_by(|one, other| one > other), "the most pressing is first");
    assert!(Risk::ALL.into_iter().all(|one| Risk::of(one.as_str()) == Some(one) && !one.words().is_empty()));
    assert!(With::ALL.into_iter().all(|one| With::of(one.as_str()) == Some(one) && !one.words().is_empty()));
    assert!(
        Order::ALL.into_iter().all(|one| Order::of(one.as_str()) == Some(one) && !one.words().is_empty())
    );
    for one in rows() {
        for order in Order::ALL {
            let place = one.place(TEAM, order);
            assert_eq!(Place::read(&place.written(), order), Some(place));
        }
    }
}

/// A generator of numbers that is the same for the same seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }

    fn waiting(&mut self, seq: i64) -> Waiting {
        let due = i64::try_from(self.below(30)).ok().filter(|due| *due < 25);
        waiting(seq, Risk::ALL[self.below(5)], Grade::ALL[self.below(4)], due)
    }
}

#[test]
fn whoever_turns_pages_sees_once_what_stays_while_other_rows_come_go_and_change_their_place() {
    for seed in 0..300 {
        let mut chance = Chance(seed);
        let mut all: Vec<Waiting> = (0..100).map(|seq| chance.waiting(seq)).collect();
        let order = Order::ALL[chance.below(2)];
        let mut stays: BTreeSet<i64> = all.iter().map(|one| one.seq).collect();
        let mut asked = Asked { order, ..Asked::default() };
        let mut seen: Vec<i64> = Vec::new();
        for next in 100.. {
            let most = 1 + chance.below(20);
            let turned = page(TEAM, &all, &asked, at("20:10"), most);
            assert!(turned.shown.is_sorted_by_key(|one| one.place(TEAM, order)), "seed {seed}");
            seen.extend(turned.shown.iter().map(|one| one.seq));
            let Some(after) = turned.next else { break };
            asked.after = Some(after);
            // One goes, one moves, one comes.
            let gone = all.swap_remove(chance.below(all.len())).seq;
            let place = chance.below(all.len());
            let moved = all[place].seq;
            all[place] = chance.waiting(moved);
            all.push(chance.waiting(next));
            stays.retain(|seq| *seq != gone && *seq != moved);
        }
        for seq in stays {
            assert_eq!(seen.iter().filter(|one| **one == seq).count(), 1, "{seq} with seed {seed}");
        }
    }
}

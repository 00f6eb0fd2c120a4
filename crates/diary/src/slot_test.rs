//! Slots: a table of cases, and random diaries across the changes of the clocks against a computation of its own.

use std::collections::BTreeSet;

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, Time, date, time},
};
use journal::Id;

use super::slots;
use crate::{
    definition::scotland,
    diary::rules::{Block, Diary, Officer, Shift},
    place::{Mode, Place},
};

fn id() -> Id {
    Id::read("018a645b-0000-7bb7-b19b-0000000000d1").unwrap()
}

fn shift(from: Time, until: Time, slot_minutes: i64, officers: usize) -> Shift {
    Shift {
        weekdays: (1..=7).collect(),
        first: date(2026, 1, 1),
        last: None,
        from,
        until,
        slot_minutes,
        modes: vec![Mode::Home],
        officers: vec![Officer::default(); officers],
    }
}

fn diary(shifts: Vec<Shift>, blocks: Vec<Block>) -> Diary {
    let opened_at = "2026-01-01T00:00:00Z".parse().unwrap();
    Diary { unit: "division_e".into(), station: "Shore Street".into(), opened_at, shifts, blocks }
}

fn at(local: &str) -> Timestamp {
    local.parse::<jiff::civil::DateTime>().unwrap().to_zoned(scotland()).unwrap().timestamp()
}

fn begin(diary: &Diary, from: &str, until: &str) -> Vec<String> {
    let told = |at: Timestamp| at.to_zoned(scotland()).strftime("%d %H:%M").to_string();
    slots(&id(), diary, at(from), at(until)).iter().map(|slot| told(slot.place.starts_at)).collect()
}

#[test]
fn slots_follow_each_other_while_they_end_by_the_end_of_the_shift() {
    let morning = diary(vec![shift(time(8, 0, 0, 0), time(10, 30, 0, 0), 60, 1)], vec![]);
    assert_eq!(begin(&morning, "2026-11-27T00:00", "2026-11-28T00:00"), ["27 08:00", "27 09:00"]);
    assert_eq!(begin(&morning, "2026-11-27T08:01", "2026-11-28T08:01"), ["27 09:00", "28 08:00"]);
    assert!(begin(&morning, "2026-11-27T10:00", "2026-11-27T10:00").is_empty());
    let two = diary(vec![shift(time(8, 0, 0, 0), time(9, 0, 0, 0), 60, 2)], vec![]);
    assert_eq!(begin(&two, "2026-11-27T00:00", "2026-11-28T00:00"), ["27 08:00", "27 08:00"]);
    // A Friday only, until the second of them.
    let friday = Shift { weekdays: vec![5], last: Some(date(2026, 12, 4)), ..two.shifts[0].clone() };
    let fridays = diary(vec![Shift { officers: vec![Officer::default()], ..friday }], vec![]);
    assert_eq!(begin(&fridays, "2026-11-27T00:00", "2026-12-31T00:00"), ["27 08:00", "04 08:00"]);
}

#[test]
fn a_night_has_an_hour_more_or_less_where_the_clocks_change() {
    let night = diary(vec![shift(time(22, 0, 0, 0), time(6, 0, 0, 0), 60, 1)], vec![]);
    for (day, next, hours) in [
        ("2026-03-27", "2026-03-28", 8),
        ("2026-03-28", "2026-03-29", 7),
        ("2026-10-24", "2026-10-25", 9),
        ("2026-10-25", "2026-10-26", 8),
        ("2027-03-27", "2027-03-28", 7),
        ("2027-10-30", "2027-10-31", 9),
    ] {
        let found = begin(&night, &format!("{day}T12:00"), &format!("{next}T12:00"));
        assert_eq!(found.len(), hours, "{day}: {found:?}");
    }
}

#[test]
fn what_is_blocked_is_not_offered_and_what_is_unblocked_is() {
    let block = |from: &str, until: &str, shift, officer| Block {
        from: at(from),
        until: at(until),
        shift,
        officer,
        reason: "A course".into(),
        lifted_at: None,
    };
    let two = || vec![shift(time(8, 0, 0, 0), time(10, 0, 0, 0), 60, 2)];
    let count = |blocks| begin(&diary(two(), blocks), "2026-11-27T00:00", "2026-11-28T00:00").len();
    assert_eq!(count(vec![]), 4);
    assert_eq!(count(vec![block("2026-11-27T00:00", "2026-11-28T00:00", None, None)]), 0, "a holiday");
    assert_eq!(
        count(vec![block("2026-11-27T08:59", "2026-11-27T09:00", None, None)]),
        2,
        "a minute of the first"
    );
    assert_eq!(count(vec![block("2026-11-27T09:00", "2026-11-27T12:00", None, None)]), 2, "the second");
    assert_eq!(
        count(vec![block("2026-11-27T00:00", "2026-11-28T00:00", Some(0), Some(1))]),
        2,
        "one officer"
    );
    assert_eq!(count(vec![block("2026-11-27T00:00", "2026-11-28T00:00", Some(1), None)]), 4, "another shift");
    let lifted = Block {
        lifted_at: Some(at("2026-11-20T10:00")),
        ..block("2026-11-27T00:00", "2026-11-28T00:00", None, None)
    };
    assert_eq!(count(vec![lifted]), 4, "unblocked");
}

/// A small generator of numbers: the same seed gives the same diaries on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).unwrap() % most
    }

    fn time(&mut self) -> Time {
        let minutes = self.below(96) * 15;
        time(i8::try_from(minutes / 60).unwrap(), i8::try_from(minutes % 60).unwrap(), 0, 0)
    }

    fn shift(&mut self, around: Date) -> Shift {
        let first = around.saturating_add(jiff::Span::new().days(self.below(7) - 5));
        let last = (self.below(2) == 0).then(|| first.saturating_add(jiff::Span::new().days(self.below(6))));
        let weekdays = (1..=7).filter(|_| self.below(4) > 0).collect();
        let (from, until) = (self.time(), self.time());
        let officers = usize::try_from(1 + self.below(3)).unwrap();
        Shift { weekdays, first, last, ..shift(from, until, 15 * (1 + self.below(6)), officers) }
    }

    fn block(&mut self, around: Timestamp, shifts: i64) -> Block {
        let from = around + SignedDuration::from_mins(self.below(6 * 1440));
        let shift = (self.below(2) == 0).then(|| self.below(shifts));
        Block {
            from,
            until: from + SignedDuration::from_mins(1 + self.below(1440)),
            shift,
            officer: shift.and_then(|_| (self.below(2) == 0).then(|| self.below(3))),
            reason: "A course".into(),
            lifted_at: (self.below(4) == 0).then_some(around),
        }
    }
}

/// Each minute of the time is asked whether a slot begins there: how many minutes since its shift began were walked, one
/// after the other, and whether as many as a slot has are still to come before it ends. No calendar arithmetic but what the
/// clock on the wall says in that minute.
fn walked(diary: &Diary, from: Timestamp, until: Timestamp) -> BTreeSet<Place> {
    let minute = SignedDuration::from_mins(1);
    let walls: Vec<(Timestamp, Date, Time)> = {
        let mut walls = Vec::new();
        let mut now = from - SignedDuration::from_hours(30);
        while now < until + SignedDuration::from_hours(30) {
            let wall = now.to_zoned(scotland());
            walls.push((now, wall.date(), wall.time()));
            now += minute;
        }
        walls
    };
    // The first minute whose wall shows that time of that day; where it is skipped, as long after the gap as it was into it.
    let index = |day: Date, wanted: Time| {
        walls.iter().position(|(_, date, time)| *date == day && *time == wanted).or_else(|| {
            let hour_later = wanted.saturating_add(SignedDuration::from_hours(1));
            walls.iter().position(|(_, date, time)| *date == day && *time == hour_later)
        })
    };
    let mut places = BTreeSet::new();
    let mut days: Vec<Date> = walls.iter().map(|(_, date, _)| *date).collect();
    days.dedup();
    for (number, shift) in (0..).zip(&diary.shifts) {
        for pair in days.windows(2) {
            let weekday = (pair[0].weekday().to_monday_zero_offset()) + 1;
            let is_on = shift.weekdays.contains(&weekday) && shift.first <= pair[0];
            if !is_on || shift.last.is_some_and(|last| last < pair[0]) {
                continue;
            }
            let until_day = if shift.from < shift.until { pair[0] } else { pair[1] };
            let (Some(mut begins), Some(ends)) = (index(pair[0], shift.from), index(until_day, shift.until))
            else {
                continue;
            };
            let length = usize::try_from(shift.slot_minutes).unwrap();
            while begins + length <= ends {
                let starts_at = walls[begins].0;
                for officer in 0..i64::try_from(shift.officers.len()).unwrap() {
                    let is_blocked = (begins..begins + length).any(|inside| {
                        diary.blocks.iter().any(|block| {
                            block.lifted_at.is_none()
                                && block.shift.is_none_or(|one| one == number)
                                && block.officer.is_none_or(|one| one == officer)
                                && block.from < walls[inside].0 + minute
                                && walls[inside].0 < block.until
                        })
                    });
                    if from <= starts_at && starts_at < until && !is_blocked {
                        places.insert(Place { diary: id(), shift: number, starts_at, officer });
                    }
                }
                begins += length;
            }
        }
    }
    places
}

#[test]
fn random_diaries_over_the_changes_of_the_clocks_are_as_a_walk_through_the_minutes_finds_them() {
    let soak: i64 = std::env::var("ANSWERABLE_SOAK").ok().and_then(|text| text.parse().ok()).unwrap_or(0);
    let mut chance = Chance(20_261_126);
    let (mut count, mut found) = (0, 0);
    for _ in 0..(400 * (1 + soak)) {
        let days = [date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31)];
        let around = days[usize::try_from(chance.below(4)).unwrap()];
        let begin =
            around.saturating_sub(jiff::Span::new().days(2)).to_zoned(scotland()).unwrap().timestamp();
        let shifts: Vec<Shift> = (0..=chance.below(3)).map(|_| chance.shift(around)).collect();
        let number = i64::try_from(shifts.len()).unwrap();
        let blocks = (0..chance.below(4)).map(|_| chance.block(begin, number)).collect();
        let diary = diary(shifts, blocks);
        let from = begin + SignedDuration::from_mins(chance.below(1440));
        let until = from + SignedDuration::from_mins(chance.below(4 * 1440));
        let slots = slots(&id(), &diary, from, until);
        let places: BTreeSet<Place> = slots.iter().map(|slot| slot.place.clone()).collect();
        assert_eq!(places.len(), slots.len(), "a place is offered twice: {diary:?}");
        assert_eq!(places, walked(&diary, from, until), "{diary:?} from {from} until {until}");
        count += 1;
        found += places.len();
    }
    println!("{count} diaries, {found} places");
    assert!(found > 1_000, "too few places to mean anything");
}

//! How busy a diary is: of each time, how many of its places somebody has. Pure.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use journal::Id;

use crate::{
    diary::rules::Diary,
    place::{Place, Slot},
};

/// A time of a diary: how many places it has, and how many of them somebody has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Busy {
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// How many places it has: offered, or taken while they were.
    pub places: usize,
    /// How many of them somebody has.
    pub taken: usize,
}

/// The times of a diary, in order: its slots, and what is booked in a time that is not offered any more. What was blocked or
/// ended after it was booked is still kept by officers, who look here.
pub fn busy(id: &Id, diary: &Diary, slots: &[Slot], taken: &BTreeSet<Place>) -> Vec<Busy> {
    let mut times: BTreeMap<(Timestamp, Timestamp), (BTreeSet<&Place>, usize)> = BTreeMap::new();
    for slot in slots {
        times.entry((slot.place.starts_at, slot.ends_at)).or_default().0.insert(&slot.place);
    }
    for place in taken.iter().filter(|place| place.diary == *id) {
        let shift = usize::try_from(place.shift).ok().and_then(|number| diary.shifts.get(number));
        let length = SignedDuration::from_mins(shift.map_or(0, |shift| shift.slot_minutes));
        let ends_at = place.starts_at.saturating_add(length).unwrap_or(place.starts_at);
        let (places, count) = times.entry((place.starts_at, ends_at)).or_default();
        places.insert(place);
        *count += 1;
    }
    let told = |((starts_at, ends_at), (places, taken)): ((Timestamp, Timestamp), (BTreeSet<_>, usize))| {
        Busy { starts_at, ends_at, places: places.len(), taken }
    };
    times.into_iter().map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diary::rules::{Officer, Shift};
    use jiff::civil::{date, time};

    fn id() -> Id {
        Id::read("018a645b-0000-7bb7-b19b-0000000000d1").unwrap()
    }

    #[test]
    fn a_time_tells_what_is_taken_also_where_it_is_not_offered_any_more() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let shift = Shift {
            weekdays: vec![5],
            first: date(2026, 11, 27),
            last: None,
            from: time(9, 0, 0, 0),
            until: time(11, 0, 0, 0),
            slot_minutes: 60,
            modes: vec![],
            officers: vec![Officer::default(); 2],
        };
        let diary = Diary {
            unit: "division_e".into(),
            station: "Shore Street".into(),
            opened_at: at("2026-11-01T10:00:00Z"),
            shifts: vec![shift],
            blocks: vec![],
        };
        let slots = crate::slot::slots(&id(), &diary, at("2026-11-27T00:00:00Z"), at("2026-11-28T00:00:00Z"));
        let place =
            |starts_at: &str, officer| Place { diary: id(), shift: 0, starts_at: at(starts_at), officer };
        let other = Place {
            diary: Id::read("018a645b-0000-7bb7-b19b-0000000000d2").unwrap(),
            ..place("2026-11-27T09:00:00Z", 1)
        };
        let taken = [place("2026-11-27T09:00:00Z", 1), place("2026-11-27T14:00:00Z", 0), other];
        let told: Vec<_> = busy(&id(), &diary, &slots, &taken.into())
            .iter()
            .map(|one| format!("{} {} of {}", one.starts_at, one.taken, one.places))
            .collect();
        assert_eq!(
            told,
            ["2026-11-27T09:00:00Z 1 of 2", "2026-11-27T10:00:00Z 0 of 2", "2026-11-27T14:00:00Z 1 of 1"]
        );
    }
}

//! The diaries of Caledonia Police: one station in each division, and the places that its callers are given.

use anyhow::{Result, anyhow};
use contact::unit;
use diary::{
    definition::{day_of, limits},
    diary::{
        rows::Diaries,
        rules::{Command, Known, Officer, Shift},
    },
    place::{Gender, Mode},
};
use incident::{
    Change,
    appointment::{
        booking::{Chosen, Wish},
        rows::taken,
        rules::{Cause, Command as Appointment},
    },
};
use jiff::{SignedDuration, Timestamp};
use journal::{Id, Journal, Tx, act};

use super::day::Story;
use crate::people::People;

/// Invented names of stations, one for each division in the order of the organisation.
const STATIONS: [&str; 13] = [
    "Harbour Row",
    "Mill Brae",
    "Shore Street",
    "Canal Walk",
    "Kirk Wynd",
    "Quarry Road",
    "Castle Gait",
    "Ferry Lane",
    "Birk Avenue",
    "Orchard Park",
    "Tollcross House",
    "Loch Street",
    "Moss Side",
];

/// Opens a diary in each division: every day, with a man and two women, one of them trained.
pub(super) async fn open(journal: &Journal, people: &People, at: Timestamp) -> Result<()> {
    let manager = people.doing("diary_manager", "Open a diary")?;
    let known = Known { now: at, is_taken: false };
    let gender = |gender, skills: &[&str]| Officer {
        gender: Some(gender),
        skills: skills.iter().map(|skill| (*skill).to_owned()).collect(),
    };
    let shift = Shift {
        weekdays: (1..=7).collect(),
        first: day_of(at),
        last: None,
        from: limits().from,
        until: limits().until,
        slot_minutes: limits().slot_minutes,
        modes: vec![Mode::Home, Mode::Station, Mode::Phone],
        officers: vec![
            gender(Gender::Man, &[]),
            gender(Gender::Woman, &[]),
            gender(Gender::Woman, &["sexual_offences"]),
        ],
    };
    let divisions = unit::valid(day_of(at)).into_iter().filter(|unit| !unit.letter.is_empty());
    let mut tx = journal.begin().await?;
    for (division, station) in divisions.zip(STATIONS) {
        let id = Id::new(at);
        let open = Command::Open { unit: division.key.clone(), station: station.to_owned() };
        for command in [open, Command::AddShift(shift.clone())] {
            act::<Diaries>(&mut tx, &manager, at, &id, &known, command)
                .await?
                .map_err(|refusal| anyhow!("the diary of {station}: {refusal}"))?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// The booking of the earliest place in the diary of the caller's division, and when it is; nothing where none is free.
pub(super) async fn book(
    tx: &mut Tx,
    story: &Story<'_>,
    incident: &Id,
    at: Timestamp,
) -> Result<Option<(Timestamp, Change)>> {
    let unit = unit::division(&story.place.division, day_of(at))
        .ok_or_else(|| anyhow!("{} is no division", story.place.division))?;
    let until = at.checked_add(SignedDuration::from_hours(72))?;
    let taken = taken(tx, &unit.key, at, until).await?;
    let free = diary::free(tx, &unit.key, (at, until), at, incident.as_str(), &taken).await?;
    let first = free.iter().find(|slot| slot.place.starts_at > at);
    let Some(first) = first else { return Ok(None) };
    let starts_at = first.place.starts_at;
    let wish = Wish {
        slot: Some(Chosen::of(first)),
        mode: "home".to_owned(),
        why_later: String::new(),
        asked: None,
    };
    Ok(Some((starts_at, Change::Appointment(Appointment::Book { wish, cause: Cause::default() }))))
}

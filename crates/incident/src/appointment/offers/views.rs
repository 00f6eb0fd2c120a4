//! The times that are offered, as the page of the booking shows them.

use askama::Template;
use diary::place::{Gender, Mode, Slot};
use jiff::{Timestamp, ToSpan, civil::Date};
use journal::{
    Refusal, day_typed,
    words::{counted, day as told_day, moment},
};
use serde::{Deserialize, Serialize};
use users::User;
use web::{Choice, Field, Frame, Kind, Section, Typed};

use crate::appointment::{
    booking::{Chosen, asked_for, family, fits},
    definition,
    list::views::divisions,
    views::{interviewer, standard},
};
use crate::{
    codes,
    incident::{forms, rows::Listed},
    standing::Standing,
    unit::{self, UnitKind},
};

/// After so many times a page goes on with the next day only by a link.
const ENOUGH: usize = 24;

/// Which times are looked for: the state of the page is in its address.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Query {
    /// The division whose diaries are looked at.
    pub unit: String,
    /// The first day.
    pub from: String,
}

/// What is looked for, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The division; empty where none is known.
    pub unit: String,
    /// The first day.
    pub first: Date,
    /// From when slots are looked for.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

impl Query {
    /// As it was sent back by the form.
    pub fn of(typed: &Typed) -> Self {
        let text = |name: &str| typed.get(name).to_owned();
        Self { unit: text("unit"), from: text("from") }
    }

    /// What it means for an incident: its own division, and from now on, where nothing is said.
    pub fn read(&self, standing: &Standing, now: Timestamp) -> Result<Asked, Refusal> {
        let today = codes::day_of(now);
        let unit = match self.unit.as_str() {
            "" => own(standing, today),
            key => unit::of(key)
                .filter(|unit| unit.kind == UnitKind::Division)
                .map(|unit| unit.key.clone())
                .ok_or_else(|| Refusal::of("unit", "There is no such division. Choose one of the list."))?,
        };
        let first = day_typed("from", &self.from)?.unwrap_or(today);
        let first = first.clamp(today, today.saturating_add(366.days()));
        let ahead = definition::limits().offer_days;
        let from = codes::beginning_of(first).max(now);
        let until = codes::beginning_of(first.saturating_add(ahead.days()));
        Ok(Asked { unit, first, from, until })
    }
}

/// The division of an incident: of its place, or whose it is.
fn own(standing: &Standing, today: Date) -> String {
    let placed = standing.incident.location.as_ref().and_then(|place| unit::division(&place.division, today));
    let held = || {
        let custody = standing.custody.as_ref()?;
        unit::of(&custody.unit).filter(|unit| unit.kind == UnitKind::Division)
    };
    placed.or_else(held).map_or_else(String::new, |unit| unit.key.clone())
}

/// A time that is offered.
#[derive(Debug, Serialize)]
pub struct Offer {
    /// What is sent to book it.
    pub slot: String,
    /// When it begins: "10:00".
    pub time: String,
    /// The station.
    pub station: String,
    /// "2 free: a woman, a man".
    pub officers: String,
    /// How somebody can be seen: "At home, at the station".
    pub modes: String,
    /// Whether one of them fits what is asked of the officer.
    pub is_fitting: bool,
    /// Until when it is held for this incident; empty where it is not.
    pub held: String,
    /// Whether it is chosen in the form.
    pub is_chosen: bool,
}

/// The times of one day.
#[derive(Debug, Serialize)]
pub struct Day {
    /// "Monday 23 November 2026".
    pub words: String,
    /// The times.
    pub times: Vec<Offer>,
}

/// What is shown around the standing of the incident.
pub struct Around<'a> {
    /// Its row.
    pub listed: &'a Listed,
    /// What nobody has.
    pub free: &'a [Slot],
    /// What is held for it, and until when.
    pub held: &'a [(diary::place::Place, Timestamp)],
    /// By whom the caller said that they want to be interviewed.
    pub preference: &'a str,
    /// Its last entry.
    pub last: i64,
}

/// The page of the booking.
#[derive(Debug, Template, Serialize)]
#[template(path = "appointment/offers/book.html")]
pub struct OffersPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The incident.
    pub id: String,
    /// Its reference.
    pub reference: String,
    /// Its opening account.
    pub summary: String,
    /// The standard that holds for it.
    pub standard: String,
    /// By whom they want to be interviewed; empty where nobody asked.
    pub interviewer: String,
    /// The one that is to be moved; empty where there is none.
    pub pending: String,
    /// The division, and the others.
    #[serde(skip)]
    pub units: Vec<Choice>,
    /// The division that is looked at.
    pub unit: String,
    /// The first day.
    pub from: Date,
    /// The days with their times.
    pub days: Vec<Day>,
    /// The address of later times; empty where there are none.
    pub later: String,
    /// The last entry of the incident: a form says it back.
    pub last_seq: i64,
    /// What is asked beside the time.
    #[serde(skip)]
    pub fields: Vec<Field>,
    /// Why the time was refused.
    #[serde(skip)]
    pub error: Option<String>,
    /// Why it was refused.
    #[serde(skip)]
    pub refusals: Vec<Refusal>,
}

impl OffersPage {
    /// Shows `refusal` at its field and at the top.
    #[must_use]
    pub fn refused(mut self, refusal: &Refusal) -> Self {
        let mut shown = refusal.clone();
        match self.fields.iter_mut().find(|field| field.name == refusal.field) {
            Some(field) => field.error = Some(refusal.sentence.to_string()),
            None if refusal.field == "slot" => self.error = Some(refusal.sentence.to_string()),
            None => shown.field = "".into(),
        }
        self.frame.title = format!("Problem: {}", self.frame.title);
        self.refusals.push(shown);
        self
    }
}

/// The page of the times that are offered; what was typed stands in its fields.
pub fn page(
    now: Timestamp,
    who: &User,
    standing: &Standing,
    asked: &Asked,
    around: &Around<'_>,
    typed: &Typed,
) -> OffersPage {
    let appointments = &standing.appointments;
    let reference = around.listed.reference();
    let pending = appointments.pending().map(|(_, pending)| &pending.booking);
    let heading = if pending.is_some() { "Move the appointment" } else { "Book an appointment" };
    let mut filled = typed.clone();
    if filled.get("answer").is_empty() && !around.preference.is_empty() {
        filled = filled.with("answer", around.preference);
    }
    let (days, next) = days(standing, around, typed.get("slot"));
    let address = format!("/incidents/{}/appointment", around.listed.id);
    OffersPage {
        frame: Frame::of(format!("{heading}: {reference}"), Section::Incidents).seen_by(who.signed()),
        id: around.listed.id.to_string(),
        reference,
        summary: around.listed.summary.clone(),
        standard: standard(family(standing), now),
        interviewer: interviewer(appointments),
        pending: pending.map_or_else(String::new, |booked| {
            format!(
                "{}, {}, {}",
                moment(booked.place.starts_at),
                booked.station,
                booked.mode.words().to_lowercase()
            )
        }),
        units: divisions(codes::day_of(now), &asked.unit).split_off(1),
        unit: asked.unit.clone(),
        from: asked.first,
        days,
        later: next.map_or_else(String::new, |day| format!("{address}?unit={}&from={day}", asked.unit)),
        last_seq: around.last,
        fields: forms::fields("appointment", standing, &filled, now),
        error: None,
        refusals: Vec::new(),
    }
}

/// The times by day until there are enough, and the day that comes next.
fn days(standing: &Standing, around: &Around<'_>, chosen: &str) -> (Vec<Day>, Option<Date>) {
    let mut days: Vec<(Date, Vec<Offer>)> = Vec::new();
    let mut count = 0;
    for times in around.free.chunk_by(|one, next| Chosen::of(one) == Chosen::of(next)) {
        let day = codes::day_of(times[0].place.starts_at);
        let offer = offer(standing, around, times, chosen);
        count += 1;
        match days.last_mut() {
            Some((last, offers)) if *last == day => offers.push(offer),
            _ if count > ENOUGH => return (told(days), Some(day)),
            _ => days.push((day, vec![offer])),
        }
    }
    (told(days), None)
}

fn told(days: Vec<(Date, Vec<Offer>)>) -> Vec<Day> {
    let day = |(day, times): (Date, Vec<Offer>)| Day {
        words: format!("{} {}", day.strftime("%A"), told_day(day)),
        times,
    };
    days.into_iter().map(day).collect()
}

fn offer(standing: &Standing, around: &Around<'_>, times: &[Slot], chosen: &str) -> Offer {
    let first = &times[0];
    let (gender, family) = (asked_for(&standing.appointments), family(standing));
    let slot = Chosen::of(first).written();
    let held = around.held.iter().find(|(place, _)| times.iter().any(|time| time.place == *place));
    let modes = Mode::ALL.iter().filter(|mode| times.iter().any(|time| time.modes.contains(mode)));
    let modes: Vec<String> = modes.map(|mode| mode.words().to_lowercase()).collect();
    Offer {
        time: clock(first.place.starts_at),
        station: first.station.clone(),
        officers: officers(times),
        modes: modes.join(", "),
        is_fitting: times.iter().any(|time| fits(time, gender, family)),
        held: held
            .map_or_else(String::new, |(_, until)| format!("held for this incident until {}", clock(*until))),
        is_chosen: slot == chosen,
        slot,
    }
}

fn officers(times: &[Slot]) -> String {
    let of = |gender: Gender| times.iter().filter(|time| time.gender == Some(gender)).count();
    let told = [(of(Gender::Woman), "a woman", "women"), (of(Gender::Man), "a man", "men")];
    let told: Vec<String> = told
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| if count == 1 { one.to_owned() } else { format!("{count} {many}") })
        .collect();
    let free = counted(times.len(), "officer free", "officers free");
    if told.is_empty() { free } else { format!("{free}: {}", told.join(", ")) }
}

fn clock(at: Timestamp) -> String {
    at.to_zoned(codes::scotland()).strftime("%H:%M").to_string()
}

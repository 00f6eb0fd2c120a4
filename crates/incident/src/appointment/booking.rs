//! Which place an appointment takes: one that its diary offers, that nobody has, and that keeps the standard. Pure.

use diary::place::{Gender, Mode, Place, Slot};
use jiff::{SignedDuration, Timestamp};
use journal::{
    Id, Refusal,
    words::{PARAGRAPH, moment, optional},
};

use super::{
    choice::Answer,
    definition::{self, Family},
    life::{Appointments, Booking, Party},
};
use crate::{
    codes,
    response::rules::Response,
    standing::{Known, Standing},
};

/// A slot as it is chosen: which officer of the shift sees them is found when it is booked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Chosen {
    /// The diary.
    pub diary: Id,
    /// The shift.
    pub shift: i64,
    /// When it begins.
    pub starts_at: Timestamp,
}

impl Chosen {
    /// The slot of a place.
    pub fn of(slot: &Slot) -> Self {
        let place = &slot.place;
        Self { diary: place.diary.clone(), shift: place.shift, starts_at: place.starts_at }
    }

    /// Whether it is still to come, and not further ahead than slots are offered.
    pub fn is_within_reach(&self, now: Timestamp) -> bool {
        self.starts_at > now && !starts_after(now, self, definition::limits().offer_days)
    }

    /// As a form has it.
    pub fn written(&self) -> String {
        format!("{}_{}_{}", self.starts_at, self.shift, self.diary)
    }

    /// What [`Self::written`] wrote.
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.trim().splitn(3, '_');
        let (starts_at, shift, diary) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Self { starts_at: starts_at.parse().ok()?, shift: shift.parse().ok()?, diary: Id::read(diary)? })
    }
}

/// What is wished.
#[derive(Debug, Clone, PartialEq)]
pub struct Wish {
    /// The slot; nothing where none was chosen.
    pub slot: Option<Chosen>,
    /// A key of [`Mode`].
    pub mode: String,
    /// Why not the earliest, or not within the standard: what the caller wishes.
    pub why_later: String,
    /// Asked in the same breath by whom they want to be interviewed: how, and the answer.
    pub asked: Option<(String, String)>,
}

/// What the diaries of the wished unit offer from now to the wished time, read in the same transaction.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offered {
    /// The places that nobody has, the earliest first.
    pub free: Vec<Slot>,
    /// Whether the wished slot is in the diary at all, taken or not.
    pub is_in_diary: bool,
}

/// The place of a first appointment, or of another after one that ended.
pub(super) fn booking(
    known: &Known,
    standing: &Standing,
    was: &Appointments,
    wish: &Wish,
) -> Result<Booking, Refusal> {
    let grade = standing.grade.as_ref().map(|graded| graded.in_force.grade);
    if let Some(grade) = grade.filter(|grade| grade.is_sent_to()) {
        let sentence = format!(
            "It is {}: officers are sent to it now. An appointment is for what can wait; choose another grade first.",
            grade.words()
        );
        return Err(Refusal::of("slot", sentence));
    }
    if !standing.is_assessed() {
        let sentence = "It is booked on a THRIVE assessment of all six that is newer than the last change. Assess it anew first.";
        return Err(Refusal::of("slot", sentence));
    }
    let family = family(standing);
    let fitting = fitting(known, was, family, wish)?;
    let (slot, mode) = (fitting.slot, fitting.mode);
    let why_later = optional("why_later", "What the caller wishes", &wish.why_later, PARAGRAPH)?;
    if why_later.is_empty() {
        in_time(known, family, slot, fitting.earliest)?;
    }
    Ok(Booking {
        family: family.key.clone(),
        unit: slot.unit.clone(),
        station: slot.station.clone(),
        place: slot.place.clone(),
        ends_at: slot.ends_at,
        mode,
        gender: slot.gender,
        why_later: why_later.into(),
        at: known.now,
        by: known.by.clone(),
    })
}

/// The place to which the one that is still to come is moved.
pub(super) fn rebooking(
    known: &Known,
    standing: &Standing,
    was: &Appointments,
    wish: &Wish,
    by: Party,
) -> Result<Booking, Refusal> {
    if let Some((_, pending)) = was.pending() {
        let place = &pending.booking.place;
        let is_same = |slot: &Chosen| {
            (&slot.diary, slot.shift, slot.starts_at) == (&place.diary, place.shift, place.starts_at)
        };
        if wish.slot.as_ref().is_some_and(is_same) {
            let sentence = format!("It is at {} already. Choose another time.", moment(place.starts_at));
            return Err(Refusal::of("slot", sentence));
        }
    }
    may_move(known, (was, &standing.response), family(standing), by)?;
    booking(known, standing, was, wish)
}

/// Refuses to move or cancel what is past, and what police moved as often as the standard has it.
pub(super) fn may_move(
    known: &Known,
    (was, response): (&Appointments, &Response),
    family: &Family,
    by: Party,
) -> Result<(), Refusal> {
    let Some((_, pending)) = was.pending() else { return Ok(()) };
    let starts_at = pending.booking.place.starts_at;
    if starts_at <= known.now {
        let sentence = format!(
            "It was to be at {}, which is past. Record whether it was kept or who missed it; then book another.",
            moment(starts_at)
        );
        return Err(Refusal::of("by", sentence));
    }
    let standard = definition::standard(&family.key, codes::day_of(known.now));
    if by == Party::Police && was.moves_by_police(response) >= standard.most_rebookings + was.allowed {
        let sentence = format!(
            "For {} police may move or cancel an appointment {} times. Ask a supervisor to allow another.",
            family.words, standard.most_rebookings
        );
        return Err(Refusal::of("by", sentence));
    }
    Ok(())
}

/// The place that a wish would take now, to be held while the advisor speaks; `held` are those that the incident holds
/// already. Nothing but the place is asked for.
pub fn to_hold<'a>(
    now: Timestamp,
    standing: &Standing,
    offered: &'a Offered,
    held: &[Place],
    wish: &Wish,
) -> Result<&'a Slot, Refusal> {
    if !standing.is_open() {
        return Err(Refusal::of("slot", "It is closed. Open it again first, then hold a time."));
    }
    let chosen = wish.slot.as_ref().ok_or_else(|| Refusal::of("slot", "Choose a time to hold."))?;
    let there = there(now, offered, chosen)?;
    // What they answered in this breath is recorded when it is booked, and looked at now.
    let answered = wish.asked.as_ref().and_then(|(_, answer)| Answer::of(answer));
    let gender = answered.map_or_else(|| asked_for(&standing.appointments), Answer::gender);
    let (mode, family) = (Mode::of(&wish.mode), family(standing));
    let is_fit =
        |slot: &&Slot| fits(slot, gender, family) && mode.is_none_or(|mode| slot.modes.contains(&mode));
    let fit: Vec<&Slot> = there.into_iter().filter(is_fit).collect();
    let slot = officer(&fit).ok_or_else(|| {
        let told = moment(chosen.starts_at);
        Refusal::of("slot", format!("At {told} nobody is free who fits what is asked. Choose another time."))
    })?;
    if held.len() >= definition::limits().most_held && !held.contains(&slot.place) {
        let sentence =
            "Enough times are held for this incident. Book one of them, or wait until they run out.";
        return Err(Refusal::of("slot", sentence));
    }
    Ok(slot)
}

/// The places of the chosen slot that nobody has.
fn there<'a>(now: Timestamp, offered: &'a Offered, chosen: &Chosen) -> Result<Vec<&'a Slot>, Refusal> {
    let told = moment(chosen.starts_at);
    if chosen.starts_at <= now {
        let sentence = format!("{told} is past. Choose a time that is still to come.");
        return Err(Refusal::of("slot", sentence));
    }
    let there: Vec<&Slot> = offered.free.iter().filter(|slot| Chosen::of(slot) == *chosen).collect();
    let ahead = definition::limits().offer_days;
    if starts_after(now, chosen, ahead) {
        let sentence = format!("{told} is more than {ahead} days ahead. Choose an earlier time.");
        return Err(Refusal::of("slot", sentence));
    }
    if there.is_empty() && offered.is_in_diary {
        let sentence = format!("{told} has just been taken. Choose another time from those offered.");
        return Err(Refusal::of("slot", sentence));
    }
    if there.is_empty() {
        let sentence = format!(
            "The diary offers nothing at {told}: there is no shift, or it is blocked. Choose another time."
        );
        return Err(Refusal::of("slot", sentence));
    }
    Ok(there)
}

fn starts_after(now: Timestamp, chosen: &Chosen, days: i64) -> bool {
    chosen.starts_at.duration_since(now) > SignedDuration::from_hours(24 * days)
}

/// The family of an incident.
pub fn family(standing: &Standing) -> &'static Family {
    definition::family(&standing.incident.kinds())
}

/// Whether somebody is protected: by what it was when it was booked, or by what it turned out to be.
pub fn is_protected(standing: &Standing, booking: &Booking) -> bool {
    definition::named(&booking.family).is_protected || family(standing).is_protected
}

/// The gender that has to be kept to.
pub fn asked_for(was: &Appointments) -> Option<Gender> {
    let asked = was.asked.as_ref()?.answer.gender()?;
    was.excepted.is_none().then_some(asked)
}

/// Whether a place fits what is asked of the officer.
pub fn fits(slot: &Slot, gender: Option<Gender>, family: &Family) -> bool {
    let is_trained = family.skill.is_empty() || slot.skills.contains(&family.skill);
    is_trained && gender.is_none_or(|gender| slot.gender == Some(gender))
}

struct Fitting<'a> {
    slot: &'a Slot,
    mode: Mode,
    earliest: Timestamp,
}

fn fitting<'a>(
    known: &'a Known,
    was: &Appointments,
    family: &Family,
    wish: &Wish,
) -> Result<Fitting<'a>, Refusal> {
    let chosen =
        wish.slot.as_ref().ok_or_else(|| Refusal::of("slot", "Choose a time from those offered."))?;
    let mode = Mode::of(&wish.mode)
        .ok_or_else(|| Refusal::of("mode", "Say how they are seen: choose one of the list."))?;
    if family.is_listed && was.asked.is_none() && was.excepted.is_none() {
        let sentence = format!(
            "{}: they have to be asked before by whom they want to be interviewed (2014 Act, section 8). Ask, and enter \
             the answer.",
            family.words
        );
        return Err(Refusal::of("answer", sentence));
    }
    let there = there(known.now, &known.offered, chosen)?;
    let in_mode = |slot: &&Slot| slot.modes.contains(&mode);
    let gender = asked_for(was);
    let is_fit = |slot: &&Slot| in_mode(slot) && fits(slot, gender, family);
    let fit: Vec<&Slot> = there.iter().copied().filter(is_fit).collect();
    let slot = officer(&fit);
    let Some(slot) = slot else {
        return Err(unfit(&there, mode, gender, family, &moment(chosen.starts_at)));
    };
    let earliest = known.offered.free.iter().filter(is_fit).map(|slot| slot.place.starts_at).min();
    Ok(Fitting { slot, mode, earliest: earliest.unwrap_or(slot.place.starts_at) })
}

/// Of those who fit, the one who is asked for least: the fewest skills, then the gender that most of them have.
fn officer<'a>(fit: &[&'a Slot]) -> Option<&'a Slot> {
    let alike = |slot: &Slot| fit.iter().filter(|other| other.gender == slot.gender).count();
    fit.iter().copied().min_by_key(|slot| (slot.skills.len(), usize::MAX - alike(slot), slot.place.officer))
}

fn unfit(there: &[&Slot], mode: Mode, gender: Option<Gender>, family: &Family, told: &str) -> Refusal {
    if there.iter().all(|slot| !slot.modes.contains(&mode)) {
        let ways: Vec<&str> =
            there.iter().flat_map(|slot| slot.modes.iter().map(|mode| mode.words())).collect();
        let first = ways.first().copied().unwrap_or("no way");
        return Refusal::of(
            "mode",
            format!("At {told} nobody is seen so; {first} is possible. Choose that."),
        );
    }
    let asked = gender.map_or_else(
        || "an officer who is trained for it".to_owned(),
        |gender| format!("{} for the interview", gender.words().to_lowercase()),
    );
    let sentence = format!(
        "They are to have {asked}, and at {told} none is free ({}). Choose another time; a supervisor may make an \
         exception.",
        family.words
    );
    Refusal::of("slot", sentence)
}

/// Refuses what is later than it need be, where nobody wished it.
fn in_time(known: &Known, family: &Family, slot: &Slot, earliest: Timestamp) -> Result<(), Refusal> {
    let starts_at = slot.place.starts_at;
    if family.is_protected && starts_at > earliest {
        let sentence = format!(
            "{}: the earliest that fits is at {}. Choose it, or say why the caller wishes a later one.",
            family.words,
            moment(earliest)
        );
        return Err(Refusal::of("why_later", sentence));
    }
    let hours = definition::standard(&family.key, codes::day_of(known.now)).longest_wait_hours;
    if starts_at.duration_since(known.now) > SignedDuration::from_hours(hours) {
        let sentence = format!(
            "{}: nobody waits longer than {hours} hours. Choose an earlier time, or say why a later one is wished.",
            family.words
        );
        return Err(Refusal::of("why_later", sentence));
    }
    Ok(())
}

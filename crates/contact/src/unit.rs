//! Where work stands: service centres, area control rooms, the resolution team and the divisions. Pure.
//!
//! They are data (`definitions/organisation.toml`) with their first and last days. Where an incident begins follows
//! from its grade and place. A division that ends may become another: what it became is told by [`Organisation::became`].

mod became;

use std::sync::LazyLock;

use crate::grade::Grade;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

static PUBLISHED: LazyLock<Organisation> = LazyLock::new(|| {
    Organisation::read(include_str!("../../../definitions/organisation.toml"))
        .expect("definitions/organisation.toml is compiled in, and a test reads it")
});

/// The units there are and were, as one version of the file has them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    version: i64,
    unit: Vec<Unit>,
}

/// What a unit does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// Answers contacts.
    ServiceCentre,
    /// Grades, and sends officers.
    ControlRoom,
    /// Resolves by telephone and records crime directly.
    ResolutionTeam,
    /// Local policing, with its diary of appointments.
    Division,
}

/// A unit that an incident can be with.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// What a fact holds: `control_room_west`.
    pub key: String,
    /// What a person reads.
    pub name: String,
    /// What it does.
    pub kind: UnitKind,
    /// A division’s letter; empty for the others.
    #[serde(default)]
    pub letter: String,
    /// The control room that serves a division; empty for the others.
    #[serde(default)]
    pub control_room: String,
    /// Takes what has no place yet.
    #[serde(default)]
    pub is_lead: bool,
    /// Its first day; nothing means always.
    #[serde(default)]
    pub from: Option<Date>,
    /// Its last day; nothing means until further notice.
    #[serde(default)]
    pub until: Option<Date>,
    /// The key of the division that it became on the day after its last; empty for what became none.
    #[serde(default)]
    pub became: String,
    /// Whether no source gives something of it.
    #[serde(default)]
    pub guess: bool,
}

impl Unit {
    /// Whether it is there on `day`.
    pub fn is_valid_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

impl Organisation {
    /// That of the file that is compiled in.
    pub fn published() -> &'static Self {
        &PUBLISHED
    }

    /// Reads a file.
    ///
    /// # Errors
    /// What of it does not fit together, with the unit and the mend.
    pub fn read(text: &str) -> Result<Self, String> {
        let read: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        for (index, unit) in read.unit.iter().enumerate() {
            if read.unit[..index].iter().any(|other| other.key == unit.key) {
                return Err(format!("the unit {:?} is there twice", unit.key));
            }
            if unit.from.zip(unit.until).is_some_and(|(from, until)| until < from) {
                return Err(format!("the unit {:?} ends before it begins", unit.key));
            }
            if (unit.kind == UnitKind::Division) != (unit.letter.len() == 1) {
                return Err(format!(
                    "the unit {:?}: a division has one letter, and nothing else has",
                    unit.key
                ));
            }
            let serves = |room: &Unit| room.kind == UnitKind::ControlRoom && room.key == unit.control_room;
            if unit.kind == UnitKind::Division && !read.unit.iter().any(serves) {
                return Err(format!("the division {:?} is served by no control room", unit.key));
            }
        }
        for kind in [UnitKind::ControlRoom, UnitKind::ServiceCentre] {
            let leads = read.unit.iter().filter(|unit| unit.kind == kind && unit.is_lead);
            if leads.filter(|lead| lead.from.is_none() && lead.until.is_none()).count() != 1 {
                return Err(format!("exactly one {kind:?} without an end leads"));
            }
        }
        if read.unit.iter().all(|unit| unit.kind != UnitKind::ResolutionTeam) {
            return Err("there is no resolution team".to_owned());
        }
        became::check(&read.unit)?;
        Ok(read)
    }

    /// Raised with each change of the file; a value keeps the version that it was counted with.
    pub fn version(&self) -> i64 {
        self.version
    }

    /// Every unit there is or was, in the order of the file.
    pub fn all(&self) -> &[Unit] {
        &self.unit
    }
}

/// The version of the file.
pub fn version() -> i64 {
    PUBLISHED.version
}

/// Every unit there is or was, in the order of the file.
pub fn all() -> &'static [Unit] {
    &PUBLISHED.unit
}

/// Those that are there on `day`.
pub fn valid(day: Date) -> Vec<&'static Unit> {
    all().iter().filter(|unit| unit.is_valid_on(day)).collect()
}

/// The unit of that key.
pub fn of(key: &str) -> Option<&'static Unit> {
    all().iter().find(|unit| unit.key == key)
}

/// The name of a unit; its key, should the file have lost it.
pub fn name(key: &str) -> &str {
    of(key).map_or(key, |unit| unit.name.as_str())
}

/// The division with that letter on `day`.
pub fn division(letter: &str, day: Date) -> Option<&'static Unit> {
    all().iter().find(|unit| !letter.is_empty() && unit.letter == letter && unit.is_valid_on(day))
}

/// Where an incident begins: what is sent to, in the control room that serves its division; Standard in the
/// division’s diary; Other resolution with the resolution team. Without a place, with the leading control room or
/// service centre.
pub fn place(grade: Grade, letter: &str, day: Date) -> &'static Unit {
    let division = division(letter, day);
    let unit = match grade {
        Grade::Immediate | Grade::Prompt => division.and_then(|division| of(&division.control_room)),
        Grade::Standard => division,
        Grade::OtherResolution => {
            all().iter().find(|unit| unit.kind == UnitKind::ResolutionTeam && unit.is_valid_on(day))
        }
    };
    let kind = if grade.is_sent_to() { UnitKind::ControlRoom } else { UnitKind::ServiceCentre };
    unit.unwrap_or_else(|| lead(kind))
}

/// The control room that leads: where what nobody has placed yet is looked for.
pub fn leading_control_room() -> &'static Unit {
    lead(UnitKind::ControlRoom)
}

fn lead(kind: UnitKind) -> &'static Unit {
    let lead = all().iter().find(|unit| unit.kind == kind && unit.is_lead);
    lead.expect("the file is read only if one of each leads")
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = include_str!("../../../definitions/organisation.toml");

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn the_file_reads_with_thirteen_divisions_today() {
        assert_eq!(version(), 2);
        let divisions = |on| valid(on).iter().filter(|unit| unit.kind == UnitKind::Division).count();
        assert_eq!(divisions(day("2026-11-21")), 13);
        assert_eq!(division("B", day("2015-06-01")).unwrap().key, "division_b");
        assert!(division("B", day("2026-06-01")).is_none() && division("", day("2026-06-01")).is_none());
        assert_eq!((name("resolution_team"), name("lost")), ("Resolution team, Inverness", "lost"));
    }

    #[test]
    fn an_incident_begins_where_its_grade_and_place_say() {
        let cases = [
            (Grade::Immediate, "E", "control_room_east"),
            (Grade::Prompt, "N", "control_room_north"),
            (Grade::Standard, "Q", "division_q"),
            (Grade::OtherResolution, "Q", "resolution_team"),
            (Grade::Immediate, "", "control_room_west"),
            (Grade::Prompt, "B", "control_room_west"),
            (Grade::Standard, "", "service_centre_govan"),
            (Grade::OtherResolution, "", "resolution_team"),
        ];
        for (grade, letter, unit) in cases {
            assert_eq!(place(grade, letter, day("2026-11-21")).key, unit, "{grade:?} in {letter:?}");
        }
        assert_eq!(place(Grade::OtherResolution, "", day("2019-01-01")).key, "service_centre_govan");
    }

    #[test]
    fn a_broken_file_says_what_is_wrong() {
        let cases = [
            ("key = \"division_c\"", "key = \"division_d\"", "there twice"),
            ("letter = \"C\"", "letter = \"\"", "a division has one letter"),
            (
                "control_room = \"control_room_east\"",
                "control_room = \"division_d\"",
                "served by no control room",
            ),
            ("is_lead = true", "is_lead = false", "exactly one"),
            ("kind = \"resolution_team\"", "kind = \"service_centre\"", "no resolution team"),
            (
                "until = \"2015-12-31\"",
                "from = \"2016-01-01\"\nuntil = \"2015-12-31\"",
                "ends before it begins",
            ),
            ("kind = \"division\"", "kind = \"district\"", "district"),
        ];
        for (whole, broken, told) in cases {
            assert!(WHOLE.contains(whole), "{whole}");
            let error = Organisation::read(&WHOLE.replacen(whole, broken, 1)).unwrap_err();
            assert!(error.contains(told), "{told}: {error}");
        }
    }
}

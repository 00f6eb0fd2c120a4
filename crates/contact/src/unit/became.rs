//! Divisions that merge: what each became, and which make up one of now. Pure.
//!
//! A letter is one division for ever, or what that division became: so what was counted under a letter can be added up as
//! the divisions are now, whatever the day on which it was counted.

use jiff::{ToSpan, civil::Date};

use super::{Organisation, Unit, UnitKind};

impl Organisation {
    /// The unit of that key.
    pub fn of(&self, key: &str) -> Option<&Unit> {
        self.unit.iter().find(|unit| unit.key == key)
    }

    /// The letters of all divisions that there are or ever were, in their order.
    pub fn letters(&self) -> Vec<&str> {
        let mut letters: Vec<&str> = self.unit.iter().map(|unit| unit.letter.as_str()).collect();
        letters.retain(|letter| !letter.is_empty());
        letters.sort_unstable();
        letters.dedup();
        letters
    }

    /// The divisions that were there on a day between these two, both of them included.
    pub fn divisions_between(&self, from: Date, until: Date) -> impl Iterator<Item = &Unit> {
        self.unit.iter().filter(move |unit| {
            let begins = unit.from.is_none_or(|first| first <= until);
            unit.kind == UnitKind::Division && begins && unit.until.is_none_or(|last| from <= last)
        })
    }

    /// What the division with that letter is on `day`: itself, or what it became. The last that it was, where it is no more.
    pub fn became(&self, letter: &str, day: Date) -> Option<&Unit> {
        let has_begun = |unit: &&Unit| unit.from.is_none_or(|from| from <= day);
        let own = self.unit.iter().filter(|unit| !letter.is_empty() && unit.letter == letter);
        let mut unit = own.filter(has_begun).max_by_key(|unit| unit.from)?;
        while let Some(next) = self.of(&unit.became).filter(has_begun) {
            unit = next;
        }
        Some(unit)
    }

    /// The letters of all that the division with that letter is made of on `day`, its own among them; none where there is
    /// no such division.
    pub fn made_of(&self, letter: &str, day: Date) -> Vec<&str> {
        let Some(whole) = self.became(letter, day) else { return Vec::new() };
        let is_part = |one: &&str| self.became(one, day).is_some_and(|unit| unit.key == whole.key);
        let mut letters = self.letters();
        letters.retain(is_part);
        letters
    }
}

/// Whether what became of units fits together.
pub(super) fn check(units: &[Unit]) -> Result<(), String> {
    units.iter().filter(|unit| !unit.became.is_empty()).try_for_each(|unit| check_one(units, unit))?;
    for (index, unit) in units.iter().enumerate().filter(|(_, unit)| !unit.letter.is_empty()) {
        for other in units[..index].iter().filter(|other| other.letter == unit.letter) {
            check_letter(units, other, unit)?;
        }
    }
    Ok(())
}

fn check_one(units: &[Unit], unit: &Unit) -> Result<(), String> {
    let (key, became) = (&unit.key, &unit.became);
    let Some(next) = units.iter().find(|one| one.key == *became) else {
        return Err(format!("the unit {key:?} became {became:?}, which is no unit: name one of the file"));
    };
    if unit.kind != UnitKind::Division || next.kind != UnitKind::Division {
        return Err(format!("the unit {key:?} became {became:?}: only a division becomes a division"));
    }
    let Some(until) = unit.until else {
        return Err(format!("the division {key:?} became {became:?} and has no last day: give its until"));
    };
    // Each begins after the one before has ended, so that nothing can become, by and by, itself.
    let begins = until.saturating_add(1.day());
    if next.from != Some(begins) {
        return Err(format!(
            "the division {key:?} ends on {until} and became {became:?}: that has to begin on {begins}, the day after. \
             Where it was there before, give it a last day, too, and let both become a new unit"
        ));
    }
    Ok(())
}

/// A letter that is used again is that of what its division became.
fn check_letter(units: &[Unit], one: &Unit, other: &Unit) -> Result<(), String> {
    let (earlier, later) = if one.from <= other.from { (one, other) } else { (other, one) };
    let mut unit = Some(earlier);
    while let Some(now) = unit {
        if now.key == later.key {
            return Ok(());
        }
        unit = units.iter().find(|next| next.key == now.became);
    }
    Err(format!(
        "the divisions {:?} and {:?} have the letter {}, and the one did not become the other: give the later one another letter",
        earlier.key, later.key, later.letter
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = include_str!("../../../../definitions/organisation.toml");

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn unit(key: &str, letter: &str, rest: &str) -> String {
        format!(
            "[[unit]]\nkey = \"{key}\"\nname = \"{key}\"\nkind = \"division\"\nletter = \"{letter}\"\n\
             control_room = \"control_room_west\"\n{rest}\n"
        )
    }

    /// X and Y merge into one that keeps the letter X; later that merges with Z.
    fn merged() -> Organisation {
        let units = [
            unit("division_x1", "X", "until = \"2026-10-31\"\nbecame = \"division_x2\""),
            unit("division_y", "Y", "until = \"2026-10-31\"\nbecame = \"division_x2\""),
            unit(
                "division_x2",
                "X",
                "from = \"2026-11-01\"\nuntil = \"2027-03-31\"\nbecame = \"division_w\"",
            ),
            unit("division_z", "Z", "until = \"2027-03-31\"\nbecame = \"division_w\""),
            unit("division_w", "W", "from = \"2027-04-01\""),
        ];
        Organisation::read(&format!("{WHOLE}\n{}", units.concat())).unwrap()
    }

    #[test]
    fn a_division_is_what_it_became_by_that_day() {
        let all = merged();
        assert!(all.letters().ends_with(&["U", "V", "W", "X", "Y", "Z"]), "{:?}", all.letters());
        for (letter, on, expected) in [
            ("X", "2026-10-31", Some("division_x1")),
            ("Y", "2026-10-31", Some("division_y")),
            ("X", "2026-11-01", Some("division_x2")),
            ("Y", "2026-11-01", Some("division_x2")),
            ("Z", "2027-03-31", Some("division_z")),
            ("Y", "2027-04-01", Some("division_w")),
            ("W", "2027-04-01", Some("division_w")),
            ("W", "2027-03-31", None),
            ("B", "2026-11-01", Some("division_a")),
            ("B", "2015-12-31", Some("division_b")),
            ("E", "2026-11-01", Some("division_e")),
            ("", "2026-11-01", None),
            ("?", "2026-11-01", None),
        ] {
            assert_eq!(
                all.became(letter, day(on)).map(|unit| unit.key.as_str()),
                expected,
                "{letter} on {on}"
            );
        }
    }

    #[test]
    fn a_division_is_made_of_itself_and_of_what_became_it() {
        let all = merged();
        for (letter, on, expected) in [
            ("X", "2026-10-31", vec!["X"]),
            ("X", "2026-11-01", vec!["X", "Y"]),
            ("W", "2027-04-01", vec!["W", "X", "Y", "Z"]),
            ("Z", "2026-11-01", vec!["Z"]),
            ("W", "2026-11-01", vec![]),
            ("?", "2026-11-01", vec![]),
        ] {
            assert_eq!(all.made_of(letter, day(on)), expected, "{letter} on {on}");
        }
        let keys = |from: &str, until: &str| {
            let own =
                all.divisions_between(day(from), day(until)).filter(|unit| "WXYZ".contains(&unit.letter));
            own.map(|unit| unit.key.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(keys("2026-10-01", "2026-10-31"), ["division_x1", "division_y", "division_z"]);
        assert_eq!(
            keys("2026-10-31", "2026-11-01"),
            ["division_x1", "division_y", "division_x2", "division_z"]
        );
        assert_eq!(keys("2026-11-01", "2026-11-30"), ["division_x2", "division_z"]);
    }

    #[test]
    fn a_merger_that_cannot_be_is_refused_with_its_mend() {
        let ends = |last: &str, became: &str| format!("until = \"{last}\"\nbecame = \"{became}\"");
        let next = unit("division_w", "W", "from = \"2026-11-01\"");
        for (units, told) in [
            (unit("division_x", "X", &ends("2026-10-31", "division_q9")), "which is no unit"),
            (
                unit("division_x", "X", &ends("2026-10-31", "resolution_team")),
                "only a division becomes a division",
            ),
            (unit("division_x", "X", "became = \"division_w\"") + &next, "has no last day: give its until"),
            (
                unit("division_x", "X", &ends("2026-10-30", "division_w")) + &next,
                "has to begin on 2026-10-31",
            ),
            (unit("division_x", "X", &ends("2026-11-01", "division_w")) + &next, "the day after"),
            (unit("division_x", "X", &ends("2026-10-31", "division_e")), "let both become a new unit"),
            // A circle would have to begin before it ended.
            (
                unit(
                    "division_x",
                    "X",
                    &format!("from = \"2026-11-01\"\n{}", ends("2026-11-30", "division_y")),
                ) + &unit(
                    "division_y",
                    "Y",
                    &format!("from = \"2026-12-01\"\n{}", ends("2026-12-31", "division_x")),
                ),
                "has to begin on 2027-01-01",
            ),
            (unit("division_x", "X", &ends("2026-10-31", "division_x")), "has to begin on 2026-11-01"),
            (
                unit("division_x", "X", "until = \"2026-10-31\"")
                    + &unit("division_v2", "X", "from = \"2027-01-01\""),
                "give the later one another letter",
            ),
            (
                unit("division_x", "X", "") + &unit("division_v2", "X", ""),
                "give the later one another letter",
            ),
        ] {
            let error = Organisation::read(&format!("{WHOLE}\n{units}")).unwrap_err();
            assert!(error.contains(told), "{told}: {error}");
        }
    }
}

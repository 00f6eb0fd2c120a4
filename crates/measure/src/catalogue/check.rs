//! Whether the file of definitions fits together, and with what is counted. Pure; each refusal names the measure, the
//! version and the mend.

use super::{Catalogue, Definition, Unit};
use crate::measures::{
    KEYS,
    failure_demand::{FAILURE_DEMAND, is_judged},
    rules,
};

impl Catalogue {
    pub(super) fn check(&self) -> Result<(), String> {
        let keys: Vec<&str> = self.last.iter().map(|one| one.key.as_str()).collect();
        if let Some(key) =
            keys.iter().enumerate().find_map(|(at, key)| keys[..at].contains(key).then_some(key))
        {
            return Err(format!(
                "The versions of the measure {key:?} do not stand together: put them one after another."
            ));
        }
        if keys != KEYS {
            return Err(format!("the definitions are of {keys:?}, and what is counted is {KEYS:?}"));
        }
        for versions in &self.measures {
            versions.iter().try_for_each(Definition::check_alone)?;
            versions.iter().zip(versions.iter().skip(1)).try_for_each(|(one, next)| next.check_after(one))?;
            versions.iter().try_for_each(|one| self.check_failure(one))?;
        }
        self.check_all_judge()
    }

    /// What judges contacts names the version of FD-1 that it judges by; nothing else does.
    fn check_failure(&self, one: &Definition) -> Result<(), String> {
        let (key, version) = (&one.key, one.version);
        let Some(number) = one.failure_definition else {
            if is_judged(key) {
                return Err(format!(
                    "Version {version} of the measure {key:?} does not say by which version of FD-1 it judges: give its \
                     failure_definition."
                ));
            }
            return Ok(());
        };
        if !is_judged(key) {
            return Err(format!(
                "Version {version} of the measure {key:?} names version {number} of FD-1, and judges nothing by it: leave \
                 failure_definition out."
            ));
        }
        match self.failure.iter().find(|of| of.number == number) {
            None => Err(format!(
                "Version {version} of the measure {key:?} judges by version {number} of FD-1, which \
                 definitions/failure.toml does not have: name one of its versions."
            )),
            Some(of) if one.from < of.from => Err(format!(
                "Version {version} of the measure {key:?} holds from {}, and version {number} of FD-1 from {} only: give it \
                 that day or a later one.",
                one.from, of.from
            )),
            Some(_) => Ok(()),
        }
    }

    /// A version of FD-1 by which nothing is counted would be in force on paper only.
    fn check_all_judge(&self) -> Result<(), String> {
        for of in &self.failure {
            let own = self.versions(FAILURE_DEMAND).iter();
            let first = own.filter(|one| one.failure_definition == Some(of.number)).map(|one| one.from).min();
            if first != Some(of.from) {
                return Err(format!(
                    "Version {} of FD-1 holds from {}, and no version of the measure {FAILURE_DEMAND:?} judges by it from \
                     that day: add one with failure_definition = {} and from = {:?}.",
                    of.number,
                    of.from,
                    of.number,
                    of.from.to_string()
                ));
            }
        }
        Ok(())
    }
}

impl Definition {
    fn check_alone(&self) -> Result<(), String> {
        let key = &self.key;
        let is_missing =
            [&self.name, &self.about, &self.population, &self.numerator, &self.owner, &self.reason]
                .iter()
                .any(|words| words.trim().is_empty());
        if is_missing || self.facts.is_empty() || self.serves.is_empty() || self.changes.is_empty() {
            return Err(format!("the definition of {key:?} is not all there"));
        }
        if (self.unit == Unit::Count) != self.denominator.is_empty() {
            return Err(format!("the measure {key:?} counts with a denominator, or divides by none"));
        }
        let is_odd = |target: f64| {
            !target.is_finite() || target < 0.0 || (self.unit == Unit::Percent && target > 100.0)
        };
        if let Some(target) = self.target.filter(|target| is_odd(*target)) {
            return Err(format!("the target {target} of {key:?} cannot be met by any value"));
        }
        if self.version < 1 || self.settles_after_days < 0 {
            return Err(format!("the measure {key:?} has no version or settles before it is counted"));
        }
        if self.rule < 1 || self.rule > rules(key) {
            return Err(format!(
                "Version {} of the measure {key:?} is counted by rule {}, and the program knows {} of it: name one of them, \
                 or write the rule first.",
                self.version,
                self.rule,
                rules(key)
            ));
        }
        Ok(())
    }

    /// Whether it can come after `before`: with the next number, from a later day, and so that one chart can show both.
    fn check_after(&self, before: &Self) -> Result<(), String> {
        let (key, version) = (&self.key, self.version);
        if version == before.version {
            return Err(format!(
                "The measure {key:?} has version {version} twice: give the later one the number {}.",
                version + 1
            ));
        }
        if version != before.version + 1 {
            return Err(format!(
                "In the measure {key:?} version {version} stands after version {}: put the versions in their order, and \
                 leave no number out.",
                before.version
            ));
        }
        if self.from <= before.from {
            return Err(format!(
                "Version {version} of the measure {key:?} holds from {}, and version {} before it from {}, so they overlap: \
                 give version {version} a later day.",
                self.from, before.version, before.from
            ));
        }
        if (self.unit, self.good) != (before.unit, before.good) {
            return Err(format!(
                "Version {version} of the measure {key:?} has another unit, or another direction of good, than version {}: \
                 no chart could show both, so make a measure of its own of it.",
                before.version
            ));
        }
        if self.changes.len() <= before.changes.len() {
            return Err(format!(
                "Version {version} of the measure {key:?} does not say what is new in it: add a sentence to its changes."
            ));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use failure::definition::{Definitions, definitions};

    use super::*;

    const WHOLE: &str = include_str!("../../../../definitions/measures.toml");

    fn refused(text: &str) -> String {
        Catalogue::read(text, definitions()).map(|_| ()).unwrap_err()
    }

    #[test]
    fn a_file_that_does_not_fit_what_is_counted_is_refused() {
        for (broken, told) in [
            (WHOLE.replacen("key = \"contacts\"", "key = \"calls\"", 1), "what is counted is"),
            (WHOLE.replacen("target = 95.0", "target = 130.0", 1), "cannot be met"),
            (WHOLE.replacen("unit = \"percent\"", "unit = \"count\"", 1), "with a denominator"),
            (WHOLE.replacen("owner = \"", "owner = \" \"\n#", 1), "not all there"),
            (WHOLE.replacen("settles_after_days = 1", "settles_after_days = -1", 1), "settles before"),
            (
                WHOLE.replacen("key = \"contacts\"", "key = \"contacts\"\nrule = 2", 1),
                "counted by rule 2, and the program knows 1 of it",
            ),
            (
                WHOLE.replacen("key = \"contacts\"", "key = \"contacts\"\nfailure_definition = 1", 1),
                "leave failure_definition out",
            ),
            (WHOLE.replacen("failure_definition = 1\n", "", 1), "give its failure_definition"),
            (
                WHOLE.replacen("failure_definition = 1\n", "failure_definition = 7\n", 1),
                "judges by version 7 of FD-1, which",
            ),
        ] {
            assert_ne!(broken, WHOLE, "{told}");
            let refusal = refused(&broken);
            assert!(refusal.contains(told), "{told}: {refusal}");
        }
    }

    /// The first measure of the file, as it stands in it.
    fn contacts() -> String {
        let start = WHOLE.find("[[measure]]").unwrap();
        let end = start + 1 + WHOLE[start + 1..].find("[[measure]]").unwrap();
        WHOLE[start..end].to_owned()
    }

    #[test]
    fn versions_that_overlap_run_backwards_or_repeat_a_number_are_refused_with_the_mend() {
        let first = contacts();
        let next = |version: &str, from: &str| {
            let next = first.replacen("version = 1", &format!("version = {version}"), 1);
            let next = next.replacen("from = \"2020-11-01\"", &format!("from = {from:?}"), 1);
            next.replacen("first published.\"]", "first published.\", \"2: other words.\"]", 1)
        };
        let with = |next: &str| WHOLE.replacen(&first, &format!("{first}{next}"), 1);
        let whole = with(&next("2", "2026-10-01"));
        let read = Catalogue::read(&whole, definitions()).unwrap();
        assert_eq!(read.versions("contacts").len(), 2);
        assert_eq!(read.all().len(), KEYS.len());
        for (case, text, told) in [
            (
                "a number twice",
                with(&next("1", "2026-10-01")),
                "\"contacts\" has version 1 twice: give the later one the number 2",
            ),
            (
                "a number left out",
                with(&next("3", "2026-10-01")),
                "version 3 stands after version 1: put the versions in their order",
            ),
            ("the same day", with(&next("2", "2020-11-01")), "so they overlap: give version 2 a later day"),
            (
                "backwards",
                with(&next("2", "2019-01-01")),
                "holds from 2019-01-01, and version 1 before it from 2020-11-01",
            ),
            (
                "backwards by number",
                WHOLE.replacen(&first, &format!("{}{first}", next("2", "2026-10-01")), 1),
                "version 1 stands after version 2: put the versions in their order",
            ),
            (
                "another direction",
                with(&next("2", "2026-10-01").replacen("good = \"neutral\"", "good = \"increase\"", 1)),
                "no chart could show both",
            ),
            (
                "no word of what is new",
                with(&next("2", "2026-10-01").replacen(", \"2: other words.\"", "", 1)),
                "version 2 of the measure \"contacts\" does not say what is new",
            ),
            ("apart", format!("{WHOLE}\n{}", next("2", "2026-10-01")), "do not stand together"),
        ] {
            let refusal = refused(&text);
            assert!(refusal.to_lowercase().contains(&told.to_lowercase()), "{case}: {refusal}");
        }
    }

    #[test]
    fn a_version_of_failure_demand_needs_a_measure_that_judges_by_it_from_its_day() {
        let file = include_str!("../../../../definitions/failure.toml");
        let (start, one) = file.split_at(file.find("[[version]]").unwrap());
        let two = one.replacen("number = 1", "number = 2", 1).replacen("2026-01-01", "2026-10-01", 1);
        let both = Definitions::read(&format!("{start}{one}{two}")).unwrap();
        let refusal = Catalogue::read(WHOLE, &both).map(|_| ()).unwrap_err();
        assert!(
            refusal.contains("Version 2 of FD-1 holds from 2026-10-01")
                && refusal.contains("failure_definition = 2 and from = \"2026-10-01\""),
            "{refusal}"
        );
    }
}

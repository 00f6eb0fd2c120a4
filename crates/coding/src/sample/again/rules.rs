//! Whether a draw can be drawn again. Pure.

use std::collections::BTreeSet;

use crate::sample::rules::{Counted, Drawn, chosen, is_failure};

/// What drawing again gives, beside what was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Again {
    /// Contacts counted in the week as at that entry, as they are counted now.
    pub contacts: usize,
    /// How many of them as failure demand.
    pub failures: usize,
    /// What is drawn now, in its order.
    pub drawn: Vec<String>,
    /// Drawn then and not now.
    pub lost: Vec<String>,
    /// Drawn now and not then.
    pub gained: Vec<String>,
    /// Why it cannot be the same; empty where nothing stands against it.
    pub why: String,
    /// Whether everything is as it was: the counts, the contacts and their order.
    pub is_same: bool,
}

/// Draws again from `population`, counted by `edition`.
pub fn again(was: &Drawn, population: &[Counted], edition: &str) -> Again {
    let (drawn, why) = match chosen(was.week, &was.seed, population, was.sample.len()) {
        Ok(drawn) => (drawn, String::new()),
        Err(refusal) => (Vec::new(), refusal.sentence.into_owned()),
    };
    let ids = |all: &[Counted]| -> Vec<String> { all.iter().map(|one| one.contact.to_string()).collect() };
    let (now, then) = (ids(&drawn), ids(&was.sample));
    let only = |mine: &[String], other: &[String]| -> Vec<String> {
        let other: BTreeSet<&String> = other.iter().collect();
        mine.iter().filter(|one| !other.contains(one)).cloned().collect()
    };
    let (contacts, failures) =
        (population.len(), population.iter().filter(|one| is_failure(one.derived)).count());
    let fits = |number: usize, was: u32| u32::try_from(number).is_ok_and(|number| number == was);
    let is_same = now == then && fits(contacts, was.contacts) && fits(failures, was.failures);
    let why = if !is_same && why.is_empty() && edition != was.edition {
        "The week was counted by other definitions then, and everything was counted anew since. What was drawn stays in the journal."
            .to_owned()
    } else {
        why
    };
    Again { contacts, failures, lost: only(&then, &now), gained: only(&now, &then), drawn: now, why, is_same }
}

#[cfg(test)]
mod tests {
    use failure::code::Code;
    use journal::Id;

    use super::*;
    use crate::sample::week::Week;

    fn counted(number: usize) -> Counted {
        Counted {
            contact: Id::read(&format!("018a645b-0000-7bb7-b19b-{number:012}")).unwrap(),
            at: "2026-11-18T10:00:00Z".parse().unwrap(),
            division: "E".into(),
            derived: number.is_multiple_of(5).then_some(Code::F02),
        }
    }

    #[test]
    fn the_same_is_drawn_again_and_what_differs_is_named() {
        let week = Week::read("2026-W47").unwrap();
        let population: Vec<Counted> = (0..60).map(counted).collect();
        let was = Drawn {
            week,
            seed: "8d1f".into(),
            entry: 700,
            edition: "1".into(),
            definition: 1,
            by: "analyst".into(),
            at: "2026-11-26T12:00:00Z".parse().unwrap(),
            contacts: 60,
            failures: 12,
            sample: chosen(week, "8d1f", &population, 20).unwrap(),
        };
        let same = again(&was, &population, "1");
        assert!(same.is_same && same.why.is_empty() && same.drawn.len() == 20, "{same:?}");

        let without: Vec<Counted> =
            population.iter().filter(|one| one.contact != was.sample[3].contact).cloned().collect();
        let other = again(&was, &without, "1");
        assert!(!other.is_same && other.why.is_empty());
        assert_eq!((other.lost, other.gained.len()), (vec![was.sample[3].contact.to_string()], 1));
        assert!(again(&was, &without, "2").why.contains("other definitions"));

        let other_seed = Drawn { seed: "8d20".into(), ..was.clone() };
        assert!(!again(&other_seed, &population, "1").is_same);
        let other_count = Drawn { failures: 11, ..was.clone() };
        assert!(!again(&other_count, &population, "1").is_same);
        let twice: Vec<Counted> = population.iter().chain(&population[..1]).cloned().collect();
        assert!(again(&was, &twice, "1").why.contains("stands there twice"));
    }
}

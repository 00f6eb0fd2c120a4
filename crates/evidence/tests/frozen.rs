//! Whatever happens afterwards, a figure that was frozen is counted again to the last digit: on both engines.

mod common;

use common::{attached, grow, now, recommendation, worked};
use evidence::evidence::{
    again::{Again, compare},
    list::rows::{Listed, one},
    rows::{count, count_again, period},
    rules::Wish,
};
use jiff::ToSpan;
use journal::{Id, Journal, clear, testing::engines};
use measure::{
    catalogue::{Catalogue, all},
    worker::catch_up_within,
};

/// A small generator of numbers: the same seed asks for the same figures on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % most
    }
}

/// Rounds of growth; the whole run multiplies them (`make soak`).
fn rounds() -> u64 {
    let soak: Option<u64> = std::env::var("ANSWERABLE_SOAK").ok().and_then(|text| text.parse().ok());
    3 * soak.unwrap_or(1)
}

/// A figure of a random measure, period, step and division.
fn random(chance: &mut Chance) -> Wish {
    let today = journal::day_of(now());
    let back = |days: usize| today.saturating_sub(i64::try_from(days).expect("few").days()).to_string();
    let (length, end) = (1 + chance.below(300), chance.below(60));
    let letters: Vec<&str> =
        contact::unit::all().iter().map(|one| one.letter.as_str()).filter(|one| !one.is_empty()).collect();
    Wish {
        measure: all()[chance.below(all().len())].key.clone(),
        from: back(end + length),
        until: back(end),
        by: ["day", "week", "month"][chance.below(3)].into(),
        division: if chance.below(2) == 0 {
            String::new()
        } else {
            letters[chance.below(letters.len())].to_owned()
        },
        claim: ["went_up", "went_down", "is_counted"][chance.below(3)].into(),
        words: "It is to be seen.".into(),
        although: "It is looked at.".into(),
        ..Wish::default()
    }
}

/// What comes of counting it again, and whether it is another figure by now.
async fn again(journal: &Journal, was: &Listed) -> (Again, bool) {
    let attached = &was.evidence.attached;
    let mut read = journal.read().await.expect("a reading begins");
    let catalogue = Catalogue::published();
    let again = count_again(&mut read, attached).await.expect("sql").expect("it is counted");
    let (carried, period) = (catalogue.carried(&attached.measure), period(attached));
    let present = count(&mut read, &carried, &period, None).await.expect("sql").expect("it is counted");
    let moved = present.parts != attached.counted.parts;
    (compare(catalogue, attached, &again, present.entry), moved)
}

#[tokio::test]
async fn growth_never_changes_a_frozen_figure() {
    for t in engines().await {
        worked(&t.journal, 150).await;
        let about = recommendation(&t.journal, "CAM22-R3").await;
        let mut chance = Chance(5);
        let mut frozen: Vec<(Id, Listed)> = Vec::new();
        let (mut moved, mut refused) = (0, 0);
        for round in 0..rounds() {
            for _ in 0..24 {
                match attached(&t.journal, &about, &random(&mut chance)).await {
                    Ok(id) => {
                        let mut read = t.journal.read().await.expect("a reading begins");
                        let found = one(&mut read, &id).await.expect("sql").expect("it is there");
                        frozen.push((id, found));
                    }
                    Err(refusal) => {
                        assert!(refusal.sentence.contains("Nothing was counted"), "{refusal}");
                        refused += 1;
                    }
                }
            }
            grow(&t.journal, 100 + round, 60).await;
            for (id, was) in &frozen {
                let mut read = t.journal.read().await.expect("a reading begins");
                assert_eq!(one(&mut read, id).await.expect("sql").as_ref(), Some(was), "round {round}");
                drop(read);
                let (outcome, is_other) = again(&t.journal, was).await;
                assert_eq!(outcome, Again::Same, "round {round}: {:?}", was.evidence.attached);
                moved += usize::from(is_other);
            }
        }
        assert!(frozen.len() > 8, "too few are frozen to mean anything: {}, {refused}", frozen.len());
        assert!(moved > 8, "too little changed afterwards to mean anything: {moved}");
        // And when everything is counted anew.
        let mut tx = t.journal.begin().await.expect("it begins");
        clear(&mut tx, &measure::TABLES).await.expect("sql");
        catch_up_within(&mut tx).await.expect("it is counted");
        tx.commit().await.expect("it is committed");
        for (_, was) in &frozen {
            assert_eq!(again(&t.journal, was).await.0, Again::Same);
        }
    }
}

//! What is counted anew from what is packed is what the journal alone gives, measure by measure and cell by cell.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use journal::Connection;
use measure::{
    catalogue::Catalogue,
    gist::anew::{Cell, Sums, everything},
    measures::KEYS,
};

use super::{Versioned, random::Chance};

fn expected(
    catalogue: &Catalogue,
    (from, until): (Date, Date),
    present: &[Versioned],
) -> BTreeMap<Cell, Sums> {
    let mut cells: BTreeMap<Cell, Sums> = BTreeMap::new();
    for (version, one) in present {
        let day = one.day();
        if (from..=until).contains(&day) && catalogue.is_in_force(one.measure, *version, day) {
            let cell = cells.entry((one.measure, one.division.clone(), one.reason.clone())).or_default();
            *cell = [cell[0] + one.numerator, cell[1] + one.denominator, cell[2] + 1];
        }
    }
    cells
}

/// Over all days, and over random ones.
pub async fn is_as_the_journal_has_it(read: &mut Connection, present: &[Versioned], chance: &mut Chance) {
    let catalogue = Catalogue::published();
    let days: Vec<Date> = present.iter().map(|(_, one)| one.day()).collect();
    let mut periods = vec![(Date::MIN, Date::MAX)];
    periods.extend((0..12).map(|_| {
        let [one, other] = [days[chance.below(days.len())], days[chance.below(days.len())]];
        (one.min(other), one.max(other))
    }));
    for (number, period) in periods.into_iter().enumerate() {
        let told = everything(read, period, catalogue).await.expect("it is counted anew");
        assert_eq!(told.cells, expected(catalogue, period, present), "{period:?}");
        if number == 0 {
            let counted: BTreeSet<&str> = told.cells.keys().map(|(measure, ..)| *measure).collect();
            assert_eq!(counted, BTreeSet::from(KEYS));
            assert!(told.gists > 400 && told.issues > 300, "{} {}", told.gists, told.issues);
            let contacts = told.of("contacts");
            assert_eq!(contacts[0], contacts[2]);
        }
    }
}

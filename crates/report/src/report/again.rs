//! Every edition that was ever frozen, derived again from the journal: for `answerable check`.

use journal::{Connection, DatabaseError, Id};
use measure::catalogue::Catalogue;

use super::rows::{edition, numbers, one};
use crate::{
    figure::{again::derive, rules::Counted},
    pack::rules::About,
};

/// An edition, and what of it cannot be derived as it was.
#[derive(Debug, Clone, PartialEq)]
pub struct Derived {
    /// The report.
    pub report: Id,
    /// What it is about.
    pub about: About,
    /// The number of the edition.
    pub edition: i64,
    /// What it was frozen with.
    pub was: Counted,
    /// What it is now.
    pub again: Counted,
}

impl Derived {
    /// The measures whose figures differ, or are counted no more; none where every figure is as it was.
    pub fn differing(&self) -> Vec<&str> {
        let is_same = |key: &str| {
            let of = |counted: &Counted| counted.figures.iter().find(|one| one.measure == key).cloned();
            of(&self.was) == of(&self.again)
        };
        let keys = self.was.figures.iter().map(|one| one.measure.as_str());
        keys.filter(|key| !is_same(key)).collect()
    }

    /// The report in words: "Control room, weekly, Whole service, 2 to 8 November 2026, edition 1".
    pub fn words(&self) -> String {
        let about = &self.about;
        let words = (about.pack_name(), about.area(), about.period.words());
        format!("{}, {}, {}, edition {}", words.0, words.1, words.2, self.edition)
    }
}

/// Every edition, derived again by the versions that its figures carry. Everything has to be counted by these definitions.
pub async fn all_again(read: &mut Connection, catalogue: &Catalogue) -> Result<Vec<Derived>, DatabaseError> {
    let mut all = Vec::new();
    for (report, number) in numbers(read).await? {
        let Some(line) = one(read, &report).await? else { continue };
        let Some(edition) = edition(read, &report, number).await? else { continue };
        let was = edition.counted;
        let again = derive(read, catalogue, &line.about, &was).await?;
        all.push(Derived { report, about: line.about, edition: number, was, again });
    }
    Ok(all)
}

//! Everything that is counted in a period, counted anew from what is packed: from gists, and from issues for FD-1.
//!
//! Each day by the versions in force on it, as a published figure is.

use std::collections::BTreeMap;

use failure::{
    code::{Class, Code},
    definition::Eligibility,
    packed::{Decided, Facts, Judge, Reader as Issues, Symbol},
};
use jiff::{Timestamp, civil::Date};
use journal::{Connection, DatabaseError, scotland};

use super::{line::Reader, rows::each};
use crate::{
    catalogue::Catalogue,
    contribution::Contribution,
    measures::{
        KEYS, by_rule,
        failure_demand::{DISAGREEMENT, FAILURE_DEMAND, UNKNOWN},
    },
    told,
};

/// Numerator, denominator, and how many contributions they are of.
pub type Sums = [i64; 3];

/// A measure, the letter of a division and a key of a reason.
pub type Cell = (&'static str, String, String);

/// What was counted anew. A cell to which nothing contributes is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Everything {
    /// What is counted in each cell.
    pub cells: BTreeMap<Cell, Sums>,
    /// Gists that were read.
    pub gists: usize,
    /// Issues that were read.
    pub issues: usize,
}

impl Everything {
    /// What is counted of a measure in all.
    pub fn of(&self, measure: &str) -> Sums {
        let own = self.cells.iter().filter(|((key, ..), _)| *key == measure);
        own.fold([0; 3], |sum, (_, one)| [sum[0] + one[0], sum[1] + one[1], sum[2] + one[2]])
    }
}

/// Counts everything on those days.
pub async fn everything(
    conn: &mut Connection,
    days: (Date, Date),
    catalogue: &Catalogue,
) -> Result<Everything, DatabaseError> {
    let mut told = Everything::default();
    by_gists(conn, days, catalogue, &mut told).await?;
    by_issues(conn, days, catalogue, &mut told).await?;
    Ok(told)
}

async fn by_gists(
    conn: &mut Connection,
    days: (Date, Date),
    catalogue: &Catalogue,
    told: &mut Everything,
) -> Result<(), DatabaseError> {
    let in_force = InForce::of(catalogue);
    let (mut calendar, mut reader) = (Calendar::default(), Reader::default());
    let mut cells: BTreeMap<Cell, Sums> = BTreeMap::new();
    each(conn, days, |line| {
        let gist = reader.read(line).map_err(|spoilt| DatabaseError::Decode(spoilt.into()))?;
        told.gists += 1;
        for (rule, one) in by_rule(&gist) {
            let day = calendar.day_of(one.at)?;
            if (days.0..=days.1).contains(&day) && in_force.rule(one.measure, day) == Some(rule) {
                let Contribution { measure, division, reason, numerator, denominator, .. } = one;
                add(cells.entry((measure, division, reason)).or_default(), [numerator, denominator, 1]);
            }
        }
        Ok(())
    })
    .await?;
    told.cells.extend(cells);
    Ok(())
}

/// A contact that was judged, as it is counted: its division, its reason, and whether it is a failure; or what was said of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Judged {
    Of { division: Option<Symbol>, primary: Option<Code>, is_failure: bool },
    Said { division: Option<Symbol>, advisor: Code, derived: Code },
}

async fn by_issues(
    conn: &mut Connection,
    days: (Date, Date),
    catalogue: &Catalogue,
    told: &mut Everything,
) -> Result<(), DatabaseError> {
    let (in_force, mut calendar) = (InForce::of(catalogue), Calendar::default());
    let (mut reader, mut facts) = (Issues::default(), Facts::default());
    let mut judges: Vec<(u32, Judge<'_>)> =
        catalogue.failure().iter().map(|version| (version.number, Judge::new(version))).collect();
    let mut all: BTreeMap<Judged, i64> = BTreeMap::new();
    told::rows::each(conn, days, |line| {
        reader.read(line, &mut facts).map_err(|spoilt| DatabaseError::Decode(spoilt.into()))?;
        told.issues += 1;
        for (number, judge) in &mut judges {
            let mut failed = None;
            judge.judge(&facts, &reader, |one| {
                let done = judged(&one, *number, days, &mut calendar, &in_force, &mut all);
                failed = failed.take().or(done.err());
            });
            failed.map_or(Ok(()), Err)?;
        }
        Ok(true)
    })
    .await?;
    for (judged, count) in all {
        let (measure, division, reason, is_counted) = match judged {
            Judged::Of { division, primary, is_failure } => {
                let reason = primary.map_or_else(|| UNKNOWN.to_owned(), |code| code.to_string());
                (FAILURE_DEMAND, division, reason, is_failure)
            }
            Judged::Said { division, advisor, derived } => {
                (DISAGREEMENT, division, format!("{advisor}-{derived}"), advisor != derived)
            }
        };
        let division = division.map_or_else(String::new, |symbol| reader.name(symbol).to_owned());
        let sums = [i64::from(is_counted) * count, count, count];
        add(told.cells.entry((measure, division, reason)).or_default(), sums);
    }
    Ok(())
}

/// Counts a contact where it is eligible, of the days, and judged by the version in force on its own.
fn judged(
    one: &Decided,
    number: u32,
    days: (Date, Date),
    calendar: &mut Calendar,
    in_force: &InForce,
    all: &mut BTreeMap<Judged, i64>,
) -> Result<(), DatabaseError> {
    if one.eligibility != Eligibility::Eligible {
        return Ok(());
    }
    let at = Timestamp::from_microsecond(one.at).map_err(|error| DatabaseError::Decode(error.into()))?;
    let day = calendar.day_of(at)?;
    if !(days.0..=days.1).contains(&day) {
        return Ok(());
    }
    let division = one.division;
    if in_force.judges(FAILURE_DEMAND, day) == Some(number) {
        let is_failure = one.class == Some(Class::Failure);
        *all.entry(Judged::Of { division, primary: one.primary, is_failure }).or_default() += 1;
    }
    if let Some((advisor, derived)) = one.said
        && in_force.judges(DISAGREEMENT, day) == Some(number)
    {
        *all.entry(Judged::Said { division, advisor, derived }).or_default() += 1;
    }
    Ok(())
}

fn add(sums: &mut Sums, by: Sums) {
    sums.iter_mut().zip(by).for_each(|(sum, by)| *sum += by);
}

/// From which day on each measure is counted by which rule, and judged by which version of FD-1.
struct InForce(BTreeMap<&'static str, Vec<Since>>);

/// A first day, a rule, and a number of a version of FD-1.
type Since = (Date, i64, Option<u32>);

impl InForce {
    fn of(catalogue: &Catalogue) -> Self {
        let since = |key: &str| {
            catalogue.versions(key).iter().map(|one| (one.from, one.rule, one.failure_definition)).collect()
        };
        Self(KEYS.iter().map(|key| (*key, since(key))).collect())
    }

    fn on(&self, measure: &str, day: Date) -> Option<&Since> {
        self.0.get(measure)?.iter().rfind(|(from, ..)| *from <= day)
    }

    fn rule(&self, measure: &str, day: Date) -> Option<i64> {
        self.on(measure, day).map(|(_, rule, _)| *rule)
    }

    fn judges(&self, measure: &str, day: Date) -> Option<u32> {
        self.on(measure, day).and_then(|(.., number)| *number)
    }
}

/// Days of Scotland. What is packed is read in the order of days, so that the last one is mostly the next one, too.
#[derive(Default)]
struct Calendar(Option<(Timestamp, Timestamp, Date)>);

impl Calendar {
    fn day_of(&mut self, at: Timestamp) -> Result<Date, DatabaseError> {
        if let Some((from, until, day)) = self.0
            && (from..until).contains(&at)
        {
            return Ok(day);
        }
        let day = journal::day_of(at);
        let begins = |day: Date| day.to_zoned(scotland()).map(|zoned| zoned.timestamp());
        let ends = day.tomorrow().and_then(begins);
        let span = begins(day).and_then(|from| Ok((from, ends?)));
        let (from, until) = span.map_err(|error| DatabaseError::Decode(error.into()))?;
        self.0 = Some((from, until, day));
        Ok(day)
    }
}

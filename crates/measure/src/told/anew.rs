//! Failure demand of a period, judged anew: by the versions that are in force, or by others.

use failure::{
    definition::{Definition, Definitions, Eligibility, day},
    packed::{Count, Facts, Judge, Reader, Spoilt},
    units::Rate,
};
use jiff::{Timestamp, civil::Date};
use journal::{Connection, DatabaseError, scotland};

use super::rows::each;

/// How many contacts are judged, by each version, at most: for a page. Nothing: all of them.
pub type Most = Option<usize>;

/// What was counted anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anew {
    /// The rates, in the order of the versions.
    pub rates: Vec<Rate>,
    /// Issues with contacts of the period.
    pub issues: usize,
    /// Whether there are more contacts than were judged.
    pub is_cut: bool,
}

/// A period as moments: from the first until before the second, in microseconds.
fn moments((from, until): (Date, Date)) -> Result<(i64, i64), DatabaseError> {
    let began = |day: Date| day.to_zoned(scotland()).map(|at| at.timestamp().as_microsecond());
    let ends = until.tomorrow().and_then(began);
    began(from).and_then(|from| Ok((from, ends?))).map_err(|error| DatabaseError::Decode(error.into()))
}

fn spoilt(spoilt: Spoilt) -> DatabaseError {
    DatabaseError::Decode(spoilt.into())
}

/// Counts the contacts that began on those days by each version, whichever is in force.
pub async fn by_versions(
    conn: &mut Connection,
    days: (Date, Date),
    versions: &[&Definition],
    most: Most,
) -> Result<Anew, DatabaseError> {
    let (from, until) = moments(days)?;
    let (mut reader, mut facts) = (Reader::default(), Facts::default());
    let mut judges: Vec<(Judge<'_>, Count)> =
        versions.iter().map(|version| (Judge::new(version), Count::default())).collect();
    let (mut issues, mut contacts, mut is_cut) = (0, 0, false);
    each(conn, days, |line| {
        if most.is_some_and(|most| contacts >= most) {
            is_cut = true;
            return Ok(false);
        }
        reader.read(line, &mut facts).map_err(spoilt)?;
        let mut counted = 0;
        for (judge, count) in &mut judges {
            counted = 0;
            judge.judge(&facts, &reader, |one| {
                if (from..until).contains(&one.at) {
                    count.add(&one);
                    counted += usize::from(one.eligibility == Eligibility::Eligible);
                }
            });
        }
        contacts += counted;
        issues += usize::from(counted > 0);
        Ok(true)
    })
    .await?;
    Ok(Anew { rates: judges.into_iter().map(|(_, count)| count.rate()).collect(), issues, is_cut })
}

/// Counts the contacts that began on those days, each by the version that is in force on its day, with every window so many
/// per cent as long.
pub async fn in_force(
    conn: &mut Connection,
    days: (Date, Date),
    definitions: &Definitions,
    windows_percent: u32,
) -> Result<Rate, DatabaseError> {
    let (from, until) = moments(days)?;
    let versions: Vec<Definition> =
        definitions.version.iter().map(|version| version.with_windows(windows_percent)).collect();
    let (mut reader, mut facts) = (Reader::default(), Facts::default());
    let mut judges: Vec<Judge<'_>> = versions.iter().map(Judge::new).collect();
    let is_alone = versions.len() == 1 && versions.iter().all(|version| version.from <= days.0);
    let number_on = |at: i64| {
        let day = Timestamp::from_microsecond(at).map(day).ok()?;
        definitions.on(day).map(|version| version.number)
    };
    let mut count = Count::default();
    each(conn, days, |line| {
        reader.read(line, &mut facts).map_err(spoilt)?;
        for (judge, version) in judges.iter_mut().zip(&versions) {
            judge.judge(&facts, &reader, |one| {
                if (from..until).contains(&one.at) && (is_alone || number_on(one.at) == Some(version.number))
                {
                    count.add(&one);
                }
            });
        }
        Ok(true)
    })
    .await?;
    Ok(count.rate())
}

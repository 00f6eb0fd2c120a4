//! Counting a report: five statements and the entry at which the counting stands, in one reading; three more for a quarter
//! that is published.

use jiff::civil::Date;
use journal::{Connection, DatabaseError};
use measure::{
    catalogue::{Catalogue, Definition},
    count::rows::counted_to,
    figure::rows::Sum,
    overview::rows::{Of, all},
};

use super::rules::{Counted, Sums, chart_span, figure};
use crate::{
    pack::{
        definition::{Pack, year},
        rules::About,
    },
    period::rules::{Kind, Span},
};

/// The figures of a report as they stand in this reading, which must be one picture of the database: each day by the version
/// of each definition that is in force on it.
pub async fn gather(
    read: &mut Connection,
    catalogue: &Catalogue,
    pack: &Pack,
    about: &About,
    today: Date,
) -> Result<Counted, DatabaseError> {
    let (period, division) = (about.period, about.division.as_str());
    let is_of_one = !division.is_empty();
    let mut months = Vec::new();
    if pack.is_published && period.kind == Kind::Quarter && !is_of_one {
        for month in period.months() {
            months.push((month.from, sum(read, month, division, Of::Division).await?));
        }
    }
    let sums = Sums {
        period: sum(read, period.span(), division, Of::Division).await?,
        before: sum(read, period.before().span(), division, Of::Division).await?,
        year_to_date: sum(read, period.year_to_date(year()), division, Of::Division).await?,
        last_year: sum(read, period.last_year().span(), division, Of::Division).await?,
        days: sum(read, chart_span(period), division, Of::Day).await?,
        months,
    };
    let one = |last: &'static Definition| {
        let definition = catalogue.on(&last.key, period.until).unwrap_or(last);
        let carried = Some(catalogue.carried(&last.key));
        figure((definition, carried), period, today, is_of_one, &sums)
    };
    Ok(Counted {
        at: counted_to(read).await?,
        on: today,
        definitions: catalogue.edition(),
        figures: pack.measures().map(one).collect(),
    })
}

async fn sum(
    read: &mut Connection,
    days: Span,
    division: &str,
    of: Of,
) -> Result<Vec<(String, Sum)>, DatabaseError> {
    all(read, (days.from, days.until), division, of).await
}

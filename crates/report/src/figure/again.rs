//! Deriving a frozen report again: from what each subject contributed as at its entry, by the versions that each figure
//! carries, whatever the definitions and the organisation are by now.

use journal::{Connection, DatabaseError};
use measure::{
    catalogue::Catalogue,
    figure::{
        rows::{Asked, Sum},
        then::rows::{By, sums_by},
    },
};

use super::rules::{Counted, Figure, Sums, chart_span, figure};
use crate::{pack::definition::year, pack::rules::About, period::rules::Span};

/// The figures of an edition as they are derived now; one whose version the definitions have no more is left out.
pub async fn derive(
    read: &mut Connection,
    catalogue: &Catalogue,
    about: &About,
    was: &Counted,
) -> Result<Counted, DatabaseError> {
    let mut figures = Vec::new();
    for figure in &was.figures {
        figures.extend(derive_one(read, catalogue, about, was, figure).await?);
    }
    Ok(Counted { at: was.at, on: was.on, definitions: was.definitions.clone(), figures })
}

async fn derive_one(
    read: &mut Connection,
    catalogue: &Catalogue,
    about: &About,
    was: &Counted,
    one: &Figure,
) -> Result<Option<Figure>, DatabaseError> {
    let Some(definition) = catalogue.version(&one.measure, one.version) else { return Ok(None) };
    if !one.timeline().is_among(&catalogue.timeline(&one.measure)) {
        return Ok(None);
    }
    let period = about.period;
    let of = Of { about, at: was.at, figure: one };
    let mut months = Vec::new();
    for month in period.months().into_iter().filter(|month| one.months.contains_key(&month.from)) {
        months.push((month.from, of.sums(read, month, By::Division).await?));
    }
    let sums = Sums {
        period: of.sums(read, period.span(), By::Division).await?,
        before: of.sums(read, period.before().span(), By::Division).await?,
        year_to_date: of.sums(read, period.year_to_date(year()), By::Division).await?,
        last_year: of.sums(read, period.last_year().span(), By::Division).await?,
        days: of.sums(read, chart_span(period), By::Day).await?,
        months,
    };
    let is_of_one = !about.division.is_empty();
    Ok(Some(figure((definition, one.versions.clone()), period, was.on, is_of_one, &sums)))
}

/// A figure, of what it is, and the entry at which it was counted.
#[derive(Debug, Clone, Copy)]
struct Of<'a> {
    about: &'a About,
    at: i64,
    figure: &'a Figure,
}

impl Of<'_> {
    async fn sums(
        self,
        read: &mut Connection,
        days: Span,
        by: By,
    ) -> Result<Vec<(String, Sum)>, DatabaseError> {
        let asked = Asked {
            measure: self.figure.measure.clone(),
            from: days.from,
            until: days.until,
            division: self.about.division.clone(),
            reason: String::new(),
            version: 0,
        };
        let sums = sums_by(read, &asked, &self.figure.timeline(), by, self.at).await?;
        Ok(sums.into_iter().map(|sum| (self.figure.measure.clone(), sum)).collect())
    }
}

//! The periods of a measure as a file.

use journal::DatabaseError;

use super::{versions::timeline, views::periods};
use crate::{
    asked::Period,
    catalogue::{Catalogue, Definition},
    figure::rows::Sum,
};

/// The heads of the columns: what a value is, and by what it was counted.
const HEADS: [&str; 9] = [
    "Measure",
    "Version",
    "From",
    "Until",
    "Numerator",
    "Denominator",
    "Value",
    "Organisation version",
    "Calendar version",
];

/// The periods as a file, with a byte order mark so that Excel reads it as UTF-8.
pub fn csv(
    catalogue: &Catalogue,
    definition: &Definition,
    period: &Period,
    by_day: &[Sum],
) -> Result<Vec<u8>, DatabaseError> {
    let broken = |error: &dyn std::fmt::Display| DatabaseError::Encode(format!("CSV: {error}").into());
    let mut writer = ::csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(HEADS).map_err(|error| broken(&error))?;
    let (timeline, carried) = (timeline(catalogue, period), catalogue.carried(&definition.key));
    for (start, end, numerator, denominator) in periods(period, by_day) {
        let value =
            definition.value(numerator, denominator).map_or_else(String::new, |value| value.to_string());
        let cells = [
            definition.key.clone(),
            timeline.words(start, end),
            start.to_string(),
            end.to_string(),
            numerator.to_string(),
            denominator.to_string(),
            value,
            carried.organisation.to_string(),
            carried.calendar.to_string(),
        ];
        writer.write_record(cells).map_err(|error| broken(&error))?;
    }
    writer.into_inner().map_err(|error| broken(&error))
}

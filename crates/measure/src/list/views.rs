//! All measures: what each was in the last four weeks and in the four before.

use askama::Template;
use jiff::{ToSpan, civil::Date};
use serde::Serialize;
use users::User;
use web::{Frame, Section};

use crate::{
    catalogue::{Definition, Good, all},
    figure::rows::Sum,
};

/// Days that are compared with as many before them.
const DAYS: i64 = 28;

/// The days that the list reads: the present four weeks and the four before.
pub fn days(today: Date) -> (Date, Date) {
    (today.saturating_sub((2 * DAYS - 1).days()), today)
}

/// One measure.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Where it is.
    pub address: String,
    /// Its key.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// What it says.
    pub about: String,
    /// In the last four weeks.
    pub now: String,
    /// The same as a number.
    pub value: Option<f64>,
    /// How many are counted, where it is a rate.
    pub of: String,
    /// In the four weeks before.
    pub before: String,
    /// Its target; empty where it has none.
    pub target: String,
    /// Whether the target is missed.
    pub is_missed: bool,
    /// The recommendations that it serves.
    pub serves: Vec<String>,
}

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "list/list.html")]
pub struct ListPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The measures, in the order of the catalogue.
    pub rows: Vec<Row>,
    /// The entry at which the counting stands.
    pub counted_to: i64,
}

/// The page of what was found for each measure and day.
pub fn page(who: &User, today: Date, found: &[(String, Sum)], counted_to: i64) -> ListPage {
    let middle = today.saturating_sub((DAYS - 1).days()).to_string();
    let row = |definition: &'static Definition| {
        let sum = |is_now: bool| {
            let of = found.iter().filter(|(key, sum)| *key == definition.key && (sum.of >= middle) == is_now);
            of.fold((0, 0), |(n, d), (_, sum)| (n + sum.numerator, d + sum.denominator))
        };
        let (now, before) = (sum(true), sum(false));
        let value = definition.value(now.0, now.1);
        let misses = |target: f64, value: f64| match definition.good {
            Good::Increase => value < target,
            Good::Decrease => value > target,
            Good::Neutral => false,
        };
        Row {
            address: format!("/measures/{}", definition.key),
            key: definition.key.clone(),
            name: definition.name.clone(),
            about: definition.about.clone(),
            now: definition.told(value),
            value,
            of: definition.of_how_many(now.0, now.1),
            before: definition.told(definition.value(before.0, before.1)),
            target: definition.target.map_or_else(String::new, |target| definition.told(Some(target))),
            is_missed: definition.target.zip(value).is_some_and(|(target, value)| misses(target, value)),
            serves: definition.serves.clone(),
        }
    };
    ListPage {
        frame: Frame::of("Measures", Section::Measures).seen_by(who.signed()),
        rows: all().iter().map(row).collect(),
        counted_to,
    }
}

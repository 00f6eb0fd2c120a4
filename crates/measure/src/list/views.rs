//! All measures: what each was in the last four weeks and in the four before.

use askama::Template;
use jiff::{ToSpan, civil::Date};
use serde::Serialize;
use users::User;
use web::{Frame, Section};

use crate::{
    asked::{Period, Step},
    catalogue::{Catalogue, Definition, Versions},
    chart::{
        life::{Chart, Variation},
        rules::chart,
        series::Direction,
        words,
    },
    figure::rows::{Asked, Sum},
    one::views::series,
};

/// Days that are compared with as many before them.
const DAYS: i64 = 28;

/// Weeks of which it is judged whether something changed.
const WEEKS: i64 = 13;

/// The days that the list reads: the weeks of the charts, and with them the last four weeks and the four before.
pub fn days(today: Date) -> (Date, Date) {
    (Step::Week.start(today).saturating_sub((7 * WEEKS).days()), today)
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
    /// Whether it changed, by its weeks.
    pub verdict: &'static str,
    /// Whether it got worse.
    pub is_worse: bool,
    /// By what both are counted.
    pub versions: Versions,
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
    /// Whether this person is led to the performance reports.
    #[serde(skip)]
    pub may_read_reports: bool,
    /// Whether this person is led to quality sampling.
    #[serde(skip)]
    pub may_read_coding: bool,
    /// Whether they may take the tables out for other tools.
    pub may_extract: bool,
}

/// The control chart of a measure by its whole weeks.
fn weeks(definition: &Definition, found: &[(String, Sum)], from: Date, today: Date) -> Chart {
    let of = found.iter().filter(|(key, _)| *key == definition.key);
    let by_day: Vec<Sum> = of.map(|(_, sum)| sum.clone()).collect();
    let (division, reason) = (String::new(), String::new());
    let asked = Asked { measure: definition.key.clone(), from, until: today, division, reason, version: 0 };
    let timeline = Catalogue::published().timeline(&definition.key);
    chart(&series(definition, &timeline, &Period { asked, step: Step::Week, today }, &by_day))
}

/// The page of what was found for each measure and day.
pub fn page(who: &User, today: Date, found: &[(String, Sum)], counted_to: i64) -> ListPage {
    let (from, _) = days(today);
    let since = today.saturating_sub((2 * DAYS - 1).days());
    let (start, middle) = (since.to_string(), today.saturating_sub((DAYS - 1).days()).to_string());
    let catalogue = Catalogue::published();
    let row = |last: &'static Definition| {
        let definition = catalogue.on(&last.key, today).unwrap_or(last);
        let sum = |is_now: bool| {
            let of = found.iter().filter(|(key, sum)| {
                *key == definition.key && sum.of >= start && (sum.of >= middle) == is_now
            });
            of.fold((0, 0), |(n, d), (_, sum)| (n + sum.numerator, d + sum.denominator))
        };
        let (now, before) = (sum(true), sum(false));
        let value = definition.value(now.0, now.1);
        let chart = weeks(definition, found, from, today);
        let misses = |target: f64, value: f64| match definition.good {
            Direction::Increase => value < target,
            Direction::Decrease => value > target,
            Direction::Neutral => false,
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
            verdict: words::verdict(&chart),
            is_worse: matches!(chart.variation_icon, Some(Variation::ConcernHigh | Variation::ConcernLow)),
            versions: catalogue.carried(&definition.key).within(since, today),
            target: definition.target.map_or_else(String::new, |target| definition.told(Some(target))),
            is_missed: definition.target.zip(value).is_some_and(|(target, value)| misses(target, value)),
            serves: definition.serves.clone(),
        }
    };
    ListPage {
        frame: Frame::of("Measures", Section::Measures).seen_by(who.signed()),
        rows: catalogue.all().iter().map(row).collect(),
        counted_to,
        may_read_reports: who.may_do("report.read"),
        may_read_coding: who.may_do("coding.read"),
        may_extract: who.may_do("measure.extract"),
    }
}

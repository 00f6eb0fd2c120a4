//! The parts of a figure: each division with how it went, each reason with its share. Pure.

use contact::unit::{Organisation, Unit};
use serde::Serialize;
use users::User;

use super::{
    versions::begins,
    views::{Figure, figure, in_all, last_periods, name, periods, series, settled},
};
use crate::{
    asked::{Period, Query},
    catalogue::{Catalogue, Definition, Timeline},
    chart::{
        drawing::kind,
        life::{Chart, PointType},
        rules::chart,
        sparkline::{Sparkline, sparkline},
        words,
    },
    figure::rows::{NONE, Sum},
    flow,
    measures::{
        contacts::{CHASING, CONTACTS},
        failure_demand::FAILURE_DEMAND,
        reason_words,
        routes::ROUTES,
    },
};

/// As the beginning of a sentence.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Each period with what the chart says of it, the earliest first.
pub fn told_periods(
    (catalogue, definition, timeline): (&Catalogue, &Definition, &Timeline),
    query: &Query,
    period: &Period,
    by_day: &[Sum],
    chart: &Chart,
) -> Vec<Figure> {
    let behind = format!("/measures/{}/records", definition.key);
    let settled = settled(definition, period.today);
    let mut points = chart.points.iter().peekable();
    let each = periods(period, by_day).into_iter().map(|(start, end, n, d)| {
        let of = Query { from: start.to_string(), until: end.to_string(), ..query.clone() };
        let one = figure(definition, name(period.step, start, end), (n, d), of.address(&behind));
        let point = points.next_if(|point| point.date == start);
        let signal = point.map_or_else(String::new, |point| match point.point_type {
            PointType::CommonCause => "No signal".to_owned(),
            _ => sentence(words::cause(point.cause)),
        });
        let mark = point.map_or("", |point| kind(point.point_type));
        let begins = begins(catalogue, &definition.key, timeline, (start, end));
        Figure {
            is_provisional: end > settled,
            signal,
            mark,
            versions: timeline.words(start, end),
            begins,
            ..one
        }
    });
    each.collect()
}

/// A division, with how it went.
#[derive(Debug, Clone, Serialize)]
pub struct Division {
    /// Its figure in the period.
    #[serde(flatten)]
    pub figure: Figure,
    /// How its last whole periods went; nothing with fewer than two.
    pub sparkline: Option<Sparkline>,
    /// The mean of those periods, in words; empty with fewer than two.
    pub mean: String,
    /// Whether it changed, in words.
    pub verdict: &'static str,
    /// The sign of that.
    pub change: &'static str,
    /// Whether it will meet the target, in words; empty where it has none.
    pub assurance: &'static str,
    /// The sign of that.
    pub target: &'static str,
}

/// The divisions of what was found, in the order of their letters.
pub fn divisions(
    (organisation, definition, timeline): (&Organisation, &Definition, &Timeline),
    query: &Query,
    period: &Period,
    found: &[(String, Vec<Sum>)],
) -> Vec<Division> {
    let behind = format!("/measures/{}/records", definition.key);
    let one = |(letter, by_day): &(String, Vec<Sum>)| {
        let of = Query { division: asked_as(letter), ..query.clone() };
        let name = division_name(organisation, letter);
        let chart = chart(&last_periods(series(definition, timeline, period, by_day)));
        let told = |value| definition.told(Some(value));
        let sparkline = sparkline(&chart, &format!("{}, {name}", definition.name), told);
        let mean = chart.groups.last().filter(|_| sparkline.is_some());
        Division {
            mean: mean.map_or_else(String::new, |group| told(group.mean)),
            verdict: words::verdict(&chart),
            change: words::change_sign(&chart),
            assurance: words::assurance_in_short(&chart, definition.target.is_some()),
            target: words::target_sign(&chart),
            figure: figure(definition, name, in_all(by_day), of.address(&behind)),
            sparkline,
        }
    };
    found.iter().map(one).collect()
}

/// A reason with its share of all that is counted.
#[derive(Debug, Clone, Serialize)]
pub struct Reason {
    /// Its figure in the period.
    #[serde(flatten)]
    pub figure: Figure,
    /// Its share of all that is counted, in words: "34.0%".
    pub share: String,
    /// The same as the length of a bar of a hundred.
    pub bar: String,
}

/// The reasons of what was found, the most frequent first. A share is of the denominators, which is what is counted; of a
/// plain count it is of the count.
pub fn reasons(definition: &Definition, query: &Query, found: &[Sum]) -> Vec<Reason> {
    let behind = format!("/measures/{}/records", definition.key);
    let counted = |sum: &Sum| if definition.denominator.is_empty() { sum.numerator } else { sum.denominator };
    let whole: i64 = found.iter().map(counted).sum();
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    let share = |sum: &Sum| if whole == 0 { 0.0 } else { 100.0 * counted(sum) as f64 / whole as f64 };
    let mut sorted: Vec<&Sum> = found.iter().collect();
    sorted.sort_by_key(|sum| (-counted(sum), sum.of.clone()));
    let one = |sum: &&Sum| {
        let of = Query { reason: asked_as(&sum.of), ..query.clone() };
        let words = reason_words(&definition.key, &sum.of);
        Reason {
            figure: figure(definition, words, (sum.numerator, sum.denominator), of.address(&behind)),
            share: format!("{:.1}%", share(sum)),
            bar: format!("{:.1}", share(sum)),
        }
    };
    sorted.iter().map(one).collect()
}

fn asked_as(key: &str) -> String {
    if key.is_empty() { NONE.to_owned() } else { key.to_owned() }
}

/// "E Edinburgh", or that none is known.
pub fn division_words(letter: &str) -> String {
    division_name(Organisation::published(), letter)
}

/// The same by another organisation. A letter that was used again is that of the later division.
pub fn division_name(organisation: &Organisation, letter: &str) -> String {
    let own = organisation.all().iter().filter(|unit| !unit.letter.is_empty() && unit.letter == letter);
    let unit: Option<&Unit> = own.max_by_key(|unit| unit.from);
    unit.map_or_else(|| "Division not known".to_owned(), |unit| format!("{letter} {}", unit.name))
}

/// Where it is evidence; empty for whoever may not read plans.
pub fn evidence_address(who: &User, definition: &Definition) -> String {
    if who.may_do("plan.read") { format!("/evidence?measure={}", definition.key) } else { String::new() }
}

/// Where it is drawn what became of the contacts of the period; empty where none are counted.
pub fn flow_address(definition: &Definition, whole: &Query) -> String {
    if ![CONTACTS, CHASING, ROUTES, FAILURE_DEMAND].contains(&definition.key.as_str()) {
        return String::new();
    }
    Query { reason: String::new(), by: String::new(), ..whole.clone() }.address(flow::pages::ADDRESS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        asked::Step,
        catalogue::{all, definition},
        figure::rows::Asked,
    };

    fn sum(of: &str, numerator: i64, denominator: i64) -> Sum {
        Sum { of: of.to_owned(), numerator, denominator }
    }

    #[test]
    fn reasons_stand_by_their_share_and_the_shares_are_of_what_is_counted() {
        let failure = definition("failure_demand").unwrap();
        let found = [sum("F01", 1, 1), sum("F02", 3, 3), sum("unknown", 0, 6), sum("", 0, 0)];
        let told = reasons(failure, &Query::default(), &found);
        let shares: Vec<(&str, &str)> =
            told.iter().map(|one| (one.share.as_str(), one.figure.address.as_str())).collect();
        let behind = "/measures/failure_demand/records?reason=";
        assert_eq!(shares[0], ("60.0%", format!("{behind}unknown").as_str()));
        assert_eq!(shares[1], ("30.0%", format!("{behind}F02").as_str()));
        assert_eq!(shares[3], ("0.0%", ""), "nothing is behind nothing");
        let none = reasons(&all()[0], &Query::default(), &[sum("", 0, 0)]);
        assert_eq!(none[0].bar, "0.0", "none of none is no number");
    }

    #[test]
    fn a_division_has_how_it_went_or_that_there_is_too_little() {
        let contacts = &all()[0];
        let asked = Asked {
            measure: contacts.key.clone(),
            from: "2026-09-07".parse().unwrap(),
            until: "2026-11-26".parse().unwrap(),
            division: String::new(),
            reason: String::new(),
            version: 0,
        };
        let period = Period { asked, step: Step::Week, today: "2026-11-26".parse().unwrap() };
        let days = |count: i64| {
            (0..count).map(|week| {
                let day: jiff::civil::Date = "2026-09-07".parse().unwrap();
                sum(&day.saturating_add(jiff::Span::new().days(7 * week)).to_string(), 4, 0)
            })
        };
        let found = [("E".to_owned(), days(12).collect()), (String::new(), Vec::new())];
        let of = (Organisation::published(), contacts, &Timeline::default());
        let told = divisions(of, &Query::default(), &period, &found);
        assert_eq!((told[0].figure.of.as_str(), told[0].figure.numerator), ("E Edinburgh Division", 48));
        assert_eq!(
            (told[0].verdict, told[0].mean.as_str(), told[0].change),
            ("No variation recorded", "4", "none")
        );
        assert!(told[0].sparkline.is_some());
        assert_eq!(told[0].figure.address, "/measures/contacts/records?division=E");
        assert_eq!((told[1].figure.of.as_str(), told[1].figure.address.as_str()), ("Division not known", ""));
    }
}

//! The versions of a measure: where one begins, and what each of them counts, side by side. Pure.

use jiff::{ToSpan, civil::Date};
use journal::words::day as told_day;
use serde::Serialize;

use super::views::{Figure, figure, in_all, name, periods};
use crate::{
    asked::{Period, Query},
    catalogue::{Catalogue, Definition, Since, Timeline, Versions},
    figure::rows::{Asked, Sum},
};

/// A version that begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Begin {
    /// Its number.
    pub version: i64,
    /// Its first day, in words.
    pub from: String,
    /// What is new in it.
    pub what: String,
    /// Whether the period begins with it, and has no day of another.
    pub is_first_day: bool,
}

/// One version, and when it is in force.
#[derive(Debug, Clone, Serialize)]
pub struct Head {
    /// Its number.
    pub version: i64,
    /// Its days, in words: "1 November 2020 to 30 September 2026".
    pub days: String,
    /// What is new in it.
    pub what: String,
    /// The page by this version.
    pub address: String,
}

/// A period, or all of them, by each version.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// Which.
    pub of: String,
    /// By the version in force on each day: what is published.
    pub in_force: Figure,
    /// By each version, in the order of the heads.
    pub by: Vec<Figure>,
}

/// The versions side by side.
#[derive(Debug, Clone, Serialize)]
pub struct Beside {
    /// The versions, the first first.
    pub heads: Vec<Head>,
    /// The whole period, and each of its parts, the latest first.
    pub rows: Vec<Row>,
    /// The version by which the page is counted, where that is not the one in force on each day.
    pub chosen: Option<i64>,
}

/// When which version counts: each in its time, or the one that is asked for on every day.
pub fn timeline(catalogue: &Catalogue, period: &Period) -> Timeline {
    match period.asked.version {
        0 => catalogue.timeline(&period.asked.measure),
        version => Timeline(vec![Since { version, from: period.asked.from, counts_alike: false }]),
    }
}

/// The definition by which a page is told: of the version that is asked for, or of that in force on the last day.
pub fn defined<'a>(catalogue: &'a Catalogue, period: &Period) -> Option<&'a Definition> {
    let asked = &period.asked;
    match asked.version {
        0 => catalogue.on(&asked.measure, asked.until),
        version => catalogue.version(&asked.measure, version),
    }
}

/// The versions that a value carries, of its definition those of the period.
pub(super) fn carried(catalogue: &Catalogue, of: &Definition, definition: Timeline) -> Versions {
    Versions { definition, ..catalogue.carried(&of.key) }
}

/// Where another version begins, on the chart.
pub(super) fn marks(timeline: &Timeline, asked: &Asked) -> impl Iterator<Item = (Date, String)> {
    timeline.changes(asked.from, asked.until).map(|since| (since.from, format!("Version {}", since.version)))
}

/// What is new in a version: the last sentence of its changes, without its number.
fn what(definition: &Definition) -> String {
    let last = definition.changes.last().map_or("", String::as_str);
    let number = format!("{}: ", definition.version);
    last.strip_prefix(&number).unwrap_or(last).to_owned()
}

/// The versions that begin in a period.
pub fn begins(
    catalogue: &Catalogue,
    key: &str,
    timeline: &Timeline,
    (from, until): (Date, Date),
) -> Vec<Begin> {
    let begin = |since: Since| Begin {
        version: since.version,
        from: told_day(since.from),
        what: catalogue.version(key, since.version).map_or_else(String::new, what),
        is_first_day: since.from == from,
    };
    timeline.changes(from, until).map(begin).collect()
}

fn head(query: &Query, one: &Definition, next: Option<&Definition>) -> Head {
    let from = told_day(one.from);
    let days = match next {
        Some(next) => format!("{from} to {}", told_day(next.from.saturating_sub(1.day()))),
        None => format!("From {from}"),
    };
    let of = Query { version: one.version.to_string(), ..query.clone() };
    Head {
        version: one.version,
        days,
        what: what(one),
        address: of.address(&format!("/measures/{}", one.key)),
    }
}

/// What is published: each day by its version, whichever the page is told by. `of` gives the days of a version.
fn published<'a>(
    timeline: &Timeline,
    (from, until): (Date, Date),
    of: impl Fn(i64) -> &'a Vec<Sum>,
) -> Vec<Sum> {
    let is_of =
        |sum: &&Sum, from: &Date, until: &Date| (from.to_string()..=until.to_string()).contains(&sum.of);
    let own = |(version, from, until): &(i64, Date, Date)| {
        of(*version).iter().filter(|sum| is_of(sum, from, until)).cloned().collect::<Vec<_>>()
    };
    timeline.parts(from, until).iter().flat_map(own).collect()
}

/// What each version counts in a period and its parts; nothing of a measure that has one. `by_day` is what the page shows:
/// it stands beside them where it is by the versions in force.
pub fn beside(
    catalogue: &Catalogue,
    query: &Query,
    period: &Period,
    found: &[(String, Vec<Sum>)],
    by_day: &[Sum],
) -> Option<Beside> {
    let asked = &period.asked;
    let versions = catalogue.versions(&asked.measure);
    if versions.len() < 2 {
        return None;
    }
    let none = Vec::new();
    let of = |version: i64| {
        found.iter().find(|(key, _)| *key == version.to_string()).map_or(&none, |(_, days)| days)
    };
    let timeline = catalogue.timeline(&asked.measure);
    let published = if asked.version == 0 {
        by_day.to_vec()
    } else {
        published(&timeline, (asked.from, asked.until), of)
    };
    let behind = format!("/measures/{}/records", asked.measure);
    let cell = |one: &Definition, version: &str, days: (Date, Date), counted: (i64, i64)| {
        let (from, until) = (days.0.to_string(), days.1.to_string());
        let of = Query { from, until, version: version.to_owned(), ..query.clone() };
        figure(one, String::new(), counted, of.address(&behind))
    };
    let last = catalogue.on(&asked.measure, asked.until)?;
    let row = |words: String, days: (Date, Date), counted: (i64, i64), each: Vec<(i64, i64)>| {
        let by = versions.iter().zip(each);
        let in_force = cell(last, "", days, counted);
        Row {
            of: words,
            in_force: Figure { versions: timeline.words(days.0, days.1), ..in_force },
            by: by.map(|(one, counted)| cell(one, &one.version.to_string(), days, counted)).collect(),
        }
    };
    let whole = row(
        "Whole period".to_owned(),
        (asked.from, asked.until),
        in_all(&published),
        versions.iter().map(|one| in_all(of(one.version))).collect(),
    );
    let each: Vec<_> = versions.iter().map(|one| periods(period, of(one.version))).collect();
    let parts = periods(period, &published).into_iter().enumerate().rev().map(|(at, (from, until, n, d))| {
        let own = each.iter().map(|periods| periods.get(at).map_or((0, 0), |one| (one.2, one.3)));
        row(name(period.step, from, until), (from, until), (n, d), own.collect())
    });
    let nexts = versions.iter().skip(1).map(Some).chain([None]);
    Some(Beside {
        heads: versions.iter().zip(nexts).map(|(one, next)| head(query, one, next)).collect(),
        rows: std::iter::once(whole).chain(parts).collect(),
        chosen: (asked.version != 0).then_some(asked.version),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{asked::Step, figure::rows::Asked, one::views::series};

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn sum(of: &str, numerator: i64, denominator: i64) -> Sum {
        Sum { of: of.to_owned(), numerator, denominator }
    }

    /// Weeks from 14 September to 18 October 2026: another version begins on the Thursday of the third.
    fn period(version: i64) -> Period {
        let asked = Asked {
            measure: "appointments_kept".to_owned(),
            from: day("2026-09-14"),
            until: day("2026-10-18"),
            division: String::new(),
            reason: String::new(),
            version,
        };
        Period { asked, step: Step::Week, today: day("2026-11-26") }
    }

    /// What each version counts: one in two by the first, one in one by the second.
    fn found() -> Vec<(String, Vec<Sum>)> {
        let days = ["2026-09-15", "2026-09-30", "2026-10-01", "2026-10-06"];
        let of = |denominator: i64| days.map(|day| sum(day, 1, denominator)).to_vec();
        vec![("1".to_owned(), of(2)), ("2".to_owned(), of(1))]
    }

    #[test]
    fn each_day_is_published_by_the_version_in_force_and_told_by_every_one() {
        let catalogue = Catalogue::published();
        let found = found();
        let published = [
            sum("2026-09-15", 1, 2),
            sum("2026-09-30", 1, 2),
            sum("2026-10-01", 1, 1),
            sum("2026-10-06", 1, 1),
        ];
        for version in [0, 1, 2] {
            // What the page shows is by the version that is chosen; what is published is the same whichever it is.
            let shown = if version == 0 {
                published.to_vec()
            } else {
                found[usize::try_from(version).unwrap() - 1].1.clone()
            };
            let query = Query {
                version: if version == 0 { String::new() } else { version.to_string() },
                ..Query::default()
            };
            let told = beside(catalogue, &query, &period(version), &found, &shown).unwrap();
            let heads: Vec<_> = told.heads.iter().map(|head| (head.version, head.days.as_str())).collect();
            assert_eq!(heads, [(1, "1 November 2020 to 30 September 2026"), (2, "From 1 October 2026")]);
            assert!(
                told.heads[1].what.starts_with("an appointment that the caller missed"),
                "{:?}",
                told.heads[1]
            );
            assert_eq!(told.chosen, (version != 0).then_some(version));
            let row = |row: &Row| {
                let of = |one: &Figure| (one.numerator, one.denominator);
                (row.in_force.versions.clone(), of(&row.in_force), of(&row.by[0]), of(&row.by[1]))
            };
            let rows: Vec<_> = told.rows.iter().map(row).collect();
            assert_eq!(rows[0], ("1 and 2".to_owned(), (4, 6), (4, 8), (4, 4)), "version {version}");
            // The latest first: two weeks by the second, one by both, two by the first.
            assert_eq!(rows[2], ("2".to_owned(), (1, 1), (1, 2), (1, 1)));
            assert_eq!(rows[3], ("1 and 2".to_owned(), (2, 3), (2, 4), (2, 2)));
            assert_eq!(rows[5], ("1".to_owned(), (1, 2), (1, 2), (1, 1)));
            let address = &told.rows[0].by[0].address;
            assert!(address.contains("/records?") && address.contains("version=1"), "{address}");
            assert!(
                !told.rows[0].in_force.address.contains("version="),
                "what is published is asked for as such"
            );
        }
        let of_one =
            Period { asked: Asked { measure: "contacts".to_owned(), ..period(0).asked }, ..period(0) };
        assert!(beside(catalogue, &Query::default(), &of_one, &[], &[]).is_none());
    }

    #[test]
    fn a_chart_begins_anew_with_the_first_whole_period_of_what_is_counted_otherwise() {
        let catalogue = Catalogue::published();
        let kept = catalogue.on("appointments_kept", day("2026-11-26")).unwrap();
        let days =
            ["2026-09-15", "2026-09-22", "2026-09-30", "2026-10-06", "2026-10-13"].map(|day| sum(day, 1, 2));
        let timeline = catalogue.timeline("appointments_kept");
        let of = |timeline: &Timeline| series(kept, timeline, &period(0), &days).rebase_dates;
        assert_eq!(of(&timeline), [day("2026-10-05")], "the week of the change has days of both");
        assert_eq!(of(&Timeline::of_one(1)), Vec::<Date>::new(), "one version for all days breaks nothing");
        // A version that changes words alone breaks nothing either.
        let mut alike = timeline;
        alike.0[1].counts_alike = true;
        assert_eq!(of(&alike), Vec::<Date>::new());
    }

    #[test]
    fn a_version_begins_in_the_period_that_has_its_first_day() {
        let catalogue = Catalogue::published();
        let timeline = catalogue.timeline("appointments_kept");
        let of = |from: &str, until: &str| {
            begins(catalogue, "appointments_kept", &timeline, (day(from), day(until)))
        };
        assert!(of("2026-09-21", "2026-09-30").is_empty() && of("2026-10-02", "2026-10-31").is_empty());
        let (week, month) = (of("2026-09-28", "2026-10-04"), of("2026-10-01", "2026-10-31"));
        assert_eq!(
            (week[0].version, week[0].from.as_str(), week[0].is_first_day),
            (2, "1 October 2026", false)
        );
        assert!(month[0].is_first_day && !month[0].what.starts_with("2: "));
    }
}

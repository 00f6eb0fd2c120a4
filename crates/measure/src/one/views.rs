//! One measure: its figure, its periods, by division and by reason, when it happens, and its definition.

use std::collections::BTreeMap;

use askama::Template;
use jiff::{Timestamp, ToSpan, civil::Date};
use journal::words::day as told_day;
use serde::Serialize;
use users::User;
use web::{Choice, Frame, Section};

pub use super::parts::division_words;
use super::{
    filters::filters,
    heat::{DAYS, Heat, days, heat, heat_records},
    merged::told,
    parts::{Division, Reason, divisions, evidence_address, flow_address, reasons, told_periods},
    versions::{Begin, Beside, beside, carried, defined, marks, timeline},
    waits::{Lie, Waits, lie},
};
use crate::{
    annotation::{
        rows::Marked,
        views::{Note, mark_address, notes},
    },
    asked::{Period, Query, Step},
    catalogue::{Catalogue, Definition, Timeline, Versions},
    chart::{
        drawing::{Drawing, draw},
        life::Chart,
        rules::chart,
        series::{Point, Series},
        words,
    },
    definition::pages::ADDRESS,
    figure::rows::{Asked, Sum},
    measures::failure_demand::FAILURE_DEMAND,
};

/// Whole periods by which a division is judged, at most: a year of weeks. More could not be told apart in a small chart.
const LAST_PERIODS: usize = 53;

/// A figure that opens to its records.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    /// Of what: a period, a division, a reason.
    pub of: String,
    /// Its value in words.
    pub told: String,
    /// Its value.
    pub value: Option<f64>,
    /// The numerator.
    pub numerator: i64,
    /// The denominator; nothing of a plain count.
    pub denominator: i64,
    /// The records that it counts; empty where there are none.
    pub address: String,
    /// Of how many it is, in words; empty of a plain count and where nothing is counted.
    pub of_how_many: String,
    /// Whether it is expected to change still.
    pub is_provisional: bool,
    /// What the chart says of it, in words; empty of what is no point of it.
    pub signal: String,
    /// The shape that says so: "common", "improvement", "concern", "neutral".
    pub mark: &'static str,
    /// The versions of the definition that it is counted by: "1", "1 and 2".
    pub versions: String,
    /// The versions that begin in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub begins: Vec<Begin>,
}

/// What was found.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// By division, each by day: of all divisions, whichever is asked for.
    pub by_division: &'a [(String, Vec<Sum>)],
    /// By reason.
    pub by_reason: &'a [Sum],
    /// By hour of the day, each by day.
    pub by_hour: &'a [(String, Vec<Sum>)],
    /// By version of the definition, each by day; empty where there is one only.
    pub by_version: &'a [(String, Vec<Sum>)],
    /// What is marked on its chart.
    pub marked: &'a [Marked],
    /// Its records, where they are times.
    pub waits: &'a Waits,
    /// The entry at which the counting stands.
    pub seq: i64,
}

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "one/show.html")]
pub struct ShowPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// Its definition: of the version that is asked for, or of that in force on the last day of the period.
    pub definition: &'static Definition,
    /// By what the figures are counted.
    pub versions: Versions,
    /// What each version of the definition counts, side by side; nothing where there is one only.
    pub beside: Option<Beside>,
    /// How the divisions are told, in words; empty where none ever merged in what was counted.
    pub divided: &'static str,
    /// What is asked.
    pub query: Query,
    /// The period in words.
    pub period: String,
    /// The whole of it.
    pub whole: Figure,
    /// Where the times lie of which it is the mean; nothing where it is of none.
    pub spread: Option<Lie>,
    /// Period by period, the earliest first.
    pub periods: Vec<Figure>,
    /// Its control chart; nothing with fewer than two whole periods in which something was counted.
    pub drawing: Option<Drawing>,
    /// What was changed meanwhile, as it is marked on the chart.
    pub changes: Vec<Note>,
    /// Where something is marked; empty for whoever may not.
    #[serde(skip)]
    pub mark: String,
    /// Whether it changed, in words.
    pub verdict: &'static str,
    /// Why, in a sentence; empty where there is not enough data.
    pub because: String,
    /// What has to be known before it is believed; empty where nothing has.
    pub caution: &'static str,
    /// The sign of the verdict.
    pub change: &'static str,
    /// Whether it will meet its target, in words; empty where it has none.
    pub assurance: &'static str,
    /// The sign of that.
    pub target: &'static str,
    /// By division, with how each went.
    pub divisions: Vec<Division>,
    /// How many whole periods that looks at, in words.
    pub judged_by: String,
    /// By reason, the most frequent first.
    pub reasons: Vec<Reason>,
    /// When it happens; nothing where a reason is asked for: hours are not kept by reason.
    pub heat: Option<Heat>,
    /// The records of the heat map; empty where there are none.
    pub heat_records: String,
    /// The days of the week, for its head.
    #[serde(skip)]
    pub week: [(&'static str, &'static str); 7],
    /// Whether the measure is a plain count.
    pub is_count: bool,
    /// The entry at which the counting stands.
    pub counted_to: i64,
    /// The address of the file.
    pub csv: String,
    /// Whether anything narrows it.
    pub is_filtered: bool,
    /// Choices of the filter: name, words, choices.
    #[serde(skip)]
    pub filters: Vec<(&'static str, &'static str, Vec<Choice>)>,
    /// The day from which values are not settled, in words.
    pub settled_until: String,
    /// Where it was attached as evidence; empty for whoever may not read the plan.
    pub evidence: String,
    /// Where its definition is published in full; empty where it is all here.
    pub published: &'static str,
    /// Where it is drawn what became of the contacts of that period and division; empty where it counts no contacts.
    pub flow: String,
}

/// The sums of each period, the earliest first; one in which nothing was counted has none. `by_day` is in the order of its
/// days.
pub fn periods(period: &Period, by_day: &[Sum]) -> Vec<(Date, Date, i64, i64)> {
    let asked = &period.asked;
    let first = asked.from.to_string();
    let mut days = by_day.iter().skip_while(|sum| sum.of < first).peekable();
    let of = |start: Date| {
        let end = period.step.end(start).min(asked.until);
        let last = end.to_string();
        let (mut n, mut d) = (0, 0);
        while let Some(sum) = days.next_if(|sum| sum.of <= last) {
            (n, d) = (n + sum.numerator, d + sum.denominator);
        }
        (start.max(asked.from), end, n, d)
    };
    period.step.between(asked.from, asked.until).into_iter().map(of).collect()
}

/// What all days add up to.
pub fn in_all(by_day: &[Sum]) -> (i64, i64) {
    by_day.iter().fold((0, 0), |(n, d), sum| (n + sum.numerator, d + sum.denominator))
}

/// The sums by day of the division that is asked for, or of all.
fn by_day(asked: &Asked, by_division: &[(String, Vec<Sum>)]) -> Vec<Sum> {
    let own = by_division.iter().filter(|(letter, _)| asked.has_division(letter));
    add_up(own.flat_map(|(_, sums)| sums))
}

/// Sums added up, by what they are of.
pub(super) fn add_up<'a>(sums: impl Iterator<Item = &'a Sum>) -> Vec<Sum> {
    let mut days: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    for sum in sums {
        let of = days.entry(&sum.of).or_default();
        *of = (of.0 + sum.numerator, of.1 + sum.denominator);
    }
    let sum = |(day, (numerator, denominator)): (&str, (i64, i64))| Sum {
        of: day.to_owned(),
        numerator,
        denominator,
    };
    days.into_iter().map(sum).collect()
}

/// The series of a measure: its whole periods in which something was counted, each on its first day. Where something else is
/// counted by its timeline, a new phase begins with the first whole period of it.
pub fn series(definition: &Definition, timeline: &Timeline, period: &Period, by_day: &[Sum]) -> Series {
    let whole = |start: Date, end: Date| {
        start == period.step.start(start) && end == period.step.end(start) && end < period.today
    };
    let of = periods(period, by_day).into_iter().filter(|(start, end, ..)| whole(*start, *end));
    let points = of.filter_map(|(start, _, numerator, denominator)| {
        let value = definition.value(numerator, denominator)?;
        Some(Point { date: start, value })
    });
    let points: Vec<Point> = points.collect();
    Series {
        rebase_dates: phases(timeline, &points),
        points,
        direction: definition.good,
        target: definition.target,
        fix_after_n_points: None,
        screen_outliers: true,
    }
}

/// The first values that are whole of what a timeline counts otherwise than before: each begins a phase of the chart.
pub fn phases(timeline: &Timeline, points: &[Point]) -> Vec<Date> {
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return Vec::new() };
    let breaks = timeline.breaks(first.date.saturating_add(1.day()), last.date);
    breaks.filter_map(|from| points.iter().find(|point| point.date >= from).map(|point| point.date)).collect()
}

/// The same with the last periods only by which a division is judged.
pub fn last_periods(series: Series) -> Series {
    let first = series.points.len().saturating_sub(LAST_PERIODS);
    // A phase that began earlier has begun still; one that begins with the first value makes no difference to it.
    Series { points: series.points[first..].to_vec(), ..series }
}

/// A figure that opens to what is at `address`, where something is.
pub fn figure(
    definition: &Definition,
    of: String,
    (numerator, denominator): (i64, i64),
    address: String,
) -> Figure {
    let value = definition.value(numerator, denominator);
    let is_empty = numerator == 0 && denominator == 0;
    Figure {
        of,
        told: definition.told(value),
        value,
        numerator,
        denominator,
        address: if is_empty { String::new() } else { address },
        of_how_many: definition.of_how_many(numerator, denominator),
        is_provisional: false,
        signal: String::new(),
        mark: "",
        versions: String::new(),
        begins: Vec::new(),
    }
}

pub(super) fn name(step: Step, start: Date, end: Date) -> String {
    match step {
        Step::Day => told_day(start),
        Step::Week => format!("{} to {}", told_day(start), told_day(end)),
        Step::Month => start.strftime("%B %Y").to_string(),
    }
}

/// The chart with what is marked on it.
fn drawing(
    (definition, timeline, asked): (&Definition, &Timeline, &Asked),
    chart: &Chart,
    period: &str,
    changes: &[Note],
) -> Option<Drawing> {
    let title = format!("{}, {period}", definition.name);
    let drawing = draw(chart, &title, definition.target, |value| definition.told(Some(value)))?;
    let named = changes.iter().map(|note| (note.marked.on, note.name.clone()));
    Some(drawing.marked(chart, marks(timeline, asked)).noted(chart, named))
}

/// The page of what was found, at this moment. Nothing where there is no such measure.
pub fn page(
    who: &User,
    catalogue: &'static Catalogue,
    query: Query,
    period: &Period,
    found: &Found<'_>,
    now: Timestamp,
) -> Option<ShowPage> {
    let asked = &period.asked;
    let definition = defined(catalogue, period)?;
    let timeline = timeline(catalogue, period);
    let here = format!("/measures/{}", definition.key);
    let query = Query { as_at: String::new(), after: String::new(), ..query };
    let whole = Query { from: asked.from.to_string(), until: asked.until.to_string(), ..query.clone() };
    let by_day = by_day(asked, found.by_division);
    let told_period = format!("{} to {}", told_day(asked.from), told_day(asked.until));
    let chart = chart(&series(definition, &timeline, period, &by_day));
    let heat =
        asked.reason.is_empty().then(|| heat(definition, days(asked.from, asked.until), found.by_hour, now));
    let told = told(catalogue.organisation(), &query, found.by_division, period.today);
    let in_whole =
        figure(definition, told_period.clone(), in_all(&by_day), whole.address(&format!("{here}/records")));
    let changes = notes(|one| who.may_do(one), catalogue.organisation(), period, found.marked);
    Some(ShowPage {
        drawing: drawing((definition, &timeline, asked), &chart, &told_period, &changes),
        changes,
        mark: mark_address(who, definition),
        verdict: words::verdict(&chart),
        because: words::because(&chart),
        caution: words::caution(&chart),
        change: words::change_sign(&chart),
        assurance: words::assurance(&chart),
        target: words::target_sign(&chart),
        frame: Frame::of(definition.name.clone(), Section::Measures).seen_by(who.signed()),
        definition,
        versions: carried(catalogue, definition, timeline.within(asked.from, asked.until)),
        beside: beside(catalogue, &query, period, found.by_version, &by_day),
        divided: told.words,
        whole: Figure { versions: timeline.words(asked.from, asked.until), ..in_whole },
        spread: lie(definition, found.waits),
        period: told_period,
        periods: told_periods((catalogue, definition, &timeline), &query, period, &by_day, &chart),
        divisions: divisions((catalogue.organisation(), definition, &timeline), &whole, period, &told.sums),
        judged_by: format!("judged by the last {LAST_PERIODS} whole periods, at most"),
        reasons: reasons(definition, &whole, found.by_reason),
        heat_records: heat.as_ref().map_or_else(String::new, |heat| heat_records(definition, heat, &whole)),
        heat,
        week: DAYS,
        is_count: definition.denominator.is_empty(),
        counted_to: found.seq,
        csv: query.address(&format!("{here}/series.csv")),
        is_filtered: query != Query::default(),
        filters: filters(catalogue, &query, definition, found.by_reason, told.is_merged),
        settled_until: told_day(settled(definition, period.today)),
        evidence: evidence_address(who, definition),
        published: if definition.key == FAILURE_DEMAND { ADDRESS } else { "" },
        flow: flow_address(definition, &whole),
        query,
    })
}

/// The day until which values are not expected to change any more.
pub(super) fn settled(definition: &Definition, today: Date) -> Date {
    today.saturating_sub(definition.settles_after_days.days())
}

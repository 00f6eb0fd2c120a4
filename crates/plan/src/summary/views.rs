//! The summary's page: the register counted, each figure leading to the rows it counts.

use askama::Template;
use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};
use users::User;
use web::{Frame, Section};

use super::rules::{Days, Identity, Line, WAYS, lines};
use crate::{
    register::{
        list::{Query, open_statuses},
        pages::as_at_words,
        rules::Register,
    },
    words::{day, thousands},
};

/// What the address of the summary says.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// A word of [`WAYS`].
    pub by: String,
    /// The first day of the period.
    pub from: String,
    /// The last.
    pub to: String,
    /// The day from which what was published counts as added; empty for two years before.
    pub since: String,
    /// An entry or a day to look back to.
    pub as_at: String,
}

/// The summary's page.
#[derive(Debug, Template, Serialize)]
#[template(path = "summary/show.html")]
pub struct SummaryPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    asked: Asked,
    #[serde(skip)]
    errors: Errors,
    #[serde(skip)]
    ways: Vec<(String, &'static str, bool)>,
    way: &'static str,
    #[serde(skip)]
    csv: String,
    period: String,
    /// The day on which everything stands, in words.
    on: String,
    /// How many were added, of how many and since when.
    since: String,
    /// Where all of it stood before the period and at its end.
    #[serde(skip)]
    stands: Vec<(String, Identity)>,
    /// The register as it stood at the period's end; nothing where that is now.
    #[serde(skip)]
    then: Option<String>,
    lines: Vec<Line>,
    total: Line,
    #[serde(skip)]
    shown: Vec<Shown>,
    overlaps: bool,
    entry: i64,
    today: String,
}

/// What cannot be read, each at its field.
#[derive(Debug, Default)]
struct Errors {
    as_at: Option<String>,
    period: Option<String>,
    since: Option<String>,
}

/// One line as the page shows it: figures with the addresses of what they count.
#[derive(Debug)]
struct Shown {
    name: String,
    address: Option<String>,
    cells: Vec<(String, Option<String>)>,
    is_total: bool,
}

impl Asked {
    /// The period: as asked, or the last three months.
    fn period(&self, today: Date) -> Result<(Date, Date), String> {
        let to = read(&self.to, "The last day")?.unwrap_or(today);
        let from = read(&self.from, "The first day")?.unwrap_or_else(|| to.saturating_sub(3.months()));
        if to < from {
            return Err("The period ends before it begins. Give a later last day.".to_owned());
        }
        Ok((from, to))
    }

    /// The days that it is about, or the field that cannot be read and why.
    pub fn days(&self, today: Date) -> Result<Days, (&'static str, String)> {
        let period = self.period(today).map_err(|sentence| ("from", sentence))?;
        let since = read(&self.since, "The day").map_err(|sentence| ("since", sentence))?;
        Ok(Days::of(period, since, today))
    }

    /// Its own address with one thing changed.
    fn address(&self, path: &str, change: impl FnOnce(&mut Self)) -> String {
        let mut asked = self.clone();
        change(&mut asked);
        let pairs = [("by", asked.by), ("from", asked.from), ("to", asked.to)];
        let pairs = pairs.into_iter().chain([("since", asked.since), ("as_at", asked.as_at)]);
        let pairs: Vec<_> = pairs.filter(|(_, value)| !value.is_empty()).collect();
        let text = serde_html_form::to_string(pairs).unwrap_or_default();
        if text.is_empty() { path.to_owned() } else { format!("{path}?{text}") }
    }
}

/// The page of `register` that `asked` means.
pub fn page(register: &Register, asked: &Asked, who: &User, as_at: Option<String>) -> SummaryPage {
    let today = register.position.today;
    let (way, words) = *WAYS.iter().find(|(word, _)| *word == asked.by).unwrap_or(&WAYS[0]);
    let (days, errors) = days_or_errors(asked, today, as_at);
    let (lines, total) = lines(register, way, days);
    let is_now = days.on == today;
    let shown = lines
        .iter()
        .map(|line| shown(line, &asked.as_at, days, is_now, false))
        .chain([shown(&total, &asked.as_at, days, is_now, true)])
        .collect();
    let made: usize = lines.iter().map(|line| line.identity.total()).sum();
    SummaryPage {
        frame: Frame::of("Summary of the register", Section::Improvement)
            .seen_by(who.signed())
            .looking_back_to(as_at_words(register)),
        crumbs: vec![
            ("/recommendations".to_owned(), "Improvement".to_owned()),
            (String::new(), "Summary".to_owned()),
        ],
        ways: WAYS
            .iter()
            .map(|(word, words)| {
                let address = asked.address(PATH, |asked| (*word).clone_into(&mut asked.by));
                (address, *words, *word == way)
            })
            .collect(),
        way: words,
        csv: asked.address("/recommendations/summary/csv", |_| {}),
        period: format!("from {} to {}", day(days.period.0), day(days.period.1)),
        on: day(days.on),
        since: added_words(&total, days),
        stands: vec![(day(days.before()), total.before), (day(days.on), total.identity)],
        then: (!is_now).then(|| format!("/recommendations?as_at={}", days.on)),
        overlaps: made > total.identity.total(),
        lines,
        total,
        shown,
        entry: register.position.seq,
        today: day(today),
        asked: asked.clone(),
        errors,
    }
}

const PATH: &str = "/recommendations/summary";

/// The days that are asked about; where one cannot be read, those that would be without it, and why.
fn days_or_errors(asked: &Asked, today: Date, as_at: Option<String>) -> (Days, Errors) {
    let mut errors = Errors { as_at, ..Errors::default() };
    let period = asked.period(today).unwrap_or_else(|sentence| {
        errors.period = Some(sentence);
        (today.saturating_sub(3.months()), today)
    });
    let since = read(&asked.since, "The day").unwrap_or_else(|sentence| {
        errors.since = Some(sentence);
        None
    });
    (Days::of(period, since, today), errors)
}

/// A day as an address has it; nothing where it is empty.
fn read(words: &str, what: &str) -> Result<Option<Date>, String> {
    let words = words.trim();
    if words.is_empty() {
        return Ok(None);
    }
    let day = words.parse().map_err(|_| format!("{what} “{words}” is not a day. Give it as 2025-09-16."))?;
    Ok(Some(day))
}

/// "79 of the 104 open on 16 September 2025 were published on or after 1 August 2023: 76 %."
fn added_words(total: &Line, days: Days) -> String {
    format!(
        "{} of the {} open on {} were published on or after {}: {} %.",
        thousands(total.since),
        thousands(total.identity.in_work),
        day(days.on),
        day(days.since),
        total.since_per_cent
    )
}

/// The heads of the columns that stand as on one day.
const STANDING: [&str; 10] = [
    "Made",
    "Open",
    "With the inspectorate",
    "Discharged",
    "Superseded",
    "Open past the first target",
    "Open past the current target",
    "Open and target moved",
    "Open and added since",
    "Per cent of open added since",
];

/// The heads of the columns about the period.
const IN_PERIOD: [&str; 3] = ["Not closed before it", "Added in it", "Discharged in it"];

/// The heads of the columns of a file, each with the day or the days that it is of.
pub fn heads(days: Days) -> Vec<String> {
    let Days { period: (from, to), on, since } = days;
    let standing = STANDING.iter().map(|head| match head.strip_suffix("since") {
        Some(head) => format!("{head}since {since}, on {on}"),
        None => format!("{head}, on {on}"),
    });
    let period = [
        format!("Not closed before the period, on {}", days.before()),
        format!("Added from {from} to {to}"),
        format!("Discharged from {from} to {to}"),
    ];
    standing.chain(period).collect()
}

/// The figures of a line, in the order of [`STANDING`] and [`IN_PERIOD`].
pub fn figures(line: &Line) -> [usize; 13] {
    let Identity { in_work, proposed, discharged, superseded } = line.identity;
    let (total, before) = (line.identity.total(), line.before.not_closed());
    let Line { delayed, overdue, moved, since, since_per_cent, added, closed, .. } = *line;
    [
        total,
        in_work,
        proposed,
        discharged,
        superseded,
        delayed,
        overdue,
        moved,
        since,
        since_per_cent,
        before,
        added,
        closed,
    ]
}

/// A line with the addresses of what it counts. What stood on a day gone by has no list in the register of
/// today, so it is plain there.
fn shown(line: &Line, as_at: &str, days: Days, is_now: bool, is_total: bool) -> Shown {
    // A group without a filter of its own ("No theme") is counted, and leads nowhere.
    let leads = is_total || line.query != Query::default();
    let to_list = |change: &dyn Fn(&mut Query)| {
        let query = Query { as_at: as_at.to_owned(), ..line.query.clone() };
        leads.then(|| query.address(|query| change(query)))
    };
    let now = |change: &dyn Fn(&mut Query)| to_list(change).filter(|_| is_now);
    let status = |words: &'static [&'static str]| {
        now(&|query| query.status = words.iter().map(|word| (*word).to_owned()).collect())
    };
    let flag = |word: &'static str| now(&|query| query.flag = vec![word.to_owned()]);
    let (from, to) = days.period;
    let addresses = [
        now(&|_| {}),
        now(&|query| query.status = open_statuses()),
        status(&["proposed_for_closure"]),
        status(&["discharged"]),
        status(&["superseded"]),
        flag("delayed"),
        flag("overdue"),
        None,
        None,
        None,
        None,
        None,
        to_list(&|query| (query.closed_from, query.closed_to) = (from.to_string(), to.to_string())),
    ];
    Shown {
        name: line.name.clone(),
        address: to_list(&|_| {}).filter(|_| !is_total),
        cells: figures(line).into_iter().map(thousands).zip(addresses).collect(),
        is_total,
    }
}

//! The summary's page: the register counted, each figure leading to the rows it counts.

use askama::Template;
use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};
use users::User;
use web::{Frame, Section};

use super::rules::{Identity, Line, WAYS, lines};
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
    error: Option<String>,
    #[serde(skip)]
    ways: Vec<(String, &'static str, bool)>,
    way: &'static str,
    #[serde(skip)]
    csv: String,
    period: String,
    lines: Vec<Line>,
    total: Line,
    #[serde(skip)]
    shown: Vec<Shown>,
    overlaps: bool,
    entry: i64,
    today: String,
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
    pub fn period(&self, today: Date) -> Result<(Date, Date), String> {
        let read = |words: &str, what: &str, otherwise: Date| match words.trim() {
            "" => Ok(otherwise),
            words => {
                words.parse().map_err(|_| format!("{what} “{words}” is not a day. Give it as 2025-09-16."))
            }
        };
        let to = read(&self.to, "The last day", today)?;
        let from = read(&self.from, "The first day", to.saturating_sub(3.months()))?;
        if to < from {
            return Err("The period ends before it begins. Give a later last day.".to_owned());
        }
        Ok((from, to))
    }

    /// Its own address with one thing changed.
    fn address(&self, path: &str, change: impl FnOnce(&mut Self)) -> String {
        let mut asked = self.clone();
        change(&mut asked);
        let pairs = [("by", asked.by), ("from", asked.from), ("to", asked.to), ("as_at", asked.as_at)];
        let pairs: Vec<_> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        let text = serde_html_form::to_string(pairs).unwrap_or_default();
        if text.is_empty() { path.to_owned() } else { format!("{path}?{text}") }
    }
}

/// The page of `register` that `asked` means.
pub fn page(register: &Register, asked: &Asked, who: &User, error: Option<String>) -> SummaryPage {
    let today = register.position.today;
    let (way, words) = *WAYS.iter().find(|(word, _)| *word == asked.by).unwrap_or(&WAYS[0]);
    let (period, error) = match asked.period(today) {
        Ok(period) => (period, error),
        Err(sentence) => ((today.saturating_sub(3.months()), today), error.or(Some(sentence))),
    };
    let (lines, total) = lines(register, way, period);
    let shown = lines
        .iter()
        .map(|line| shown(line, &asked.as_at, period, false))
        .chain([shown(&total, &asked.as_at, period, true)])
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
        period: format!("from {} to {}", day(period.0), day(period.1)),
        overlaps: made > total.identity.total(),
        lines,
        total,
        shown,
        entry: register.position.seq,
        today: day(today),
        asked: asked.clone(),
        error,
    }
}

const PATH: &str = "/recommendations/summary";

/// The heads of the figures' columns.
pub const HEADS: [&str; 11] = [
    "Made",
    "In work",
    "With the inspectorate",
    "Discharged",
    "Superseded",
    "Open",
    "Of these past the first target",
    "Past the current target",
    "Target moved",
    "Added in the period",
    "Discharged in the period",
];

/// The figures of a line, in the order of [`HEADS`].
pub fn figures(line: &Line) -> [usize; 11] {
    let Identity { in_work, proposed, discharged, superseded } = line.identity;
    let (total, open) = (line.identity.total(), line.identity.open());
    let Line { delayed, overdue, moved, added, closed, .. } = *line;
    [total, in_work, proposed, discharged, superseded, open, delayed, overdue, moved, added, closed]
}

fn shown(line: &Line, as_at: &str, (from, to): (Date, Date), is_total: bool) -> Shown {
    // A group without a filter of its own ("No theme") is counted, and leads nowhere.
    let leads = is_total || line.query != Query::default();
    let to_list = |change: &dyn Fn(&mut Query)| {
        let query = Query { as_at: as_at.to_owned(), ..line.query.clone() };
        leads.then(|| query.address(|query| change(query)))
    };
    let status = |words: &'static [&'static str]| {
        to_list(&|query| query.status = words.iter().map(|word| (*word).to_owned()).collect())
    };
    let flag = |word: &'static str| to_list(&|query| query.flag = vec![word.to_owned()]);
    let addresses = [
        to_list(&|_| {}),
        status(&["open", "evidence_assembled", "returned"]),
        status(&["proposed_for_closure"]),
        status(&["discharged"]),
        status(&["superseded"]),
        to_list(&|query| query.status = open_statuses()),
        flag("delayed"),
        flag("overdue"),
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

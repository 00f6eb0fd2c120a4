//! A frozen report as it is shown, and the file of its figures.

use askama::Template;
use journal::{
    DatabaseError,
    words::{moment, thousands},
};
use measure::catalogue::{Definition, definition};
use publish::document::{self, Document};
use serde::Serialize;
use users::User;
use web::{Frame, Section, table_csv};

use super::{new::views::address, pages::Found, rows::Told};
use crate::{figure::rules::Count, pack::definition::year};

/// An edition beside the one that is shown.
#[derive(Debug, Serialize)]
struct Row {
    number: i64,
    is_shown: bool,
    is_provisional: bool,
    frozen: String,
    counted_at: String,
    reason: String,
}

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "report/show.html")]
pub struct ShowPage {
    #[serde(skip)]
    frame: Frame,
    id: String,
    name: String,
    title: String,
    stamp: String,
    /// The edition that is shown.
    number: i64,
    /// Whether there is a later one.
    is_old: bool,
    is_public: bool,
    editions: Vec<Row>,
    /// Where another edition is composed; empty for those who may not.
    again: String,
    /// What small numbers were hidden in, for those who see all.
    is_published: bool,
    #[serde(skip)]
    html: String,
    document: Document,
    counted: String,
}

/// The page of what was found.
pub fn page(who: &User, found: &Found, document: Document, done: &str) -> ShowPage {
    let (line, edition) = (&found.line, &found.edition);
    let notice = (done == "frozen").then(|| format!("Edition {} is frozen.", edition.number));
    let entry = thousands(usize::try_from(edition.counted.at).unwrap_or_default());
    let last = found.editions.last().map_or(edition.number, |one| one.number);
    ShowPage {
        frame: Frame::of(document.title.clone(), Section::Reports).seen_by(who.signed()).with_notice(notice),
        id: line.id.to_string(),
        name: line.about.pack_name().to_owned(),
        title: format!("{}, {}", line.about.area(), line.about.period.words()),
        stamp: format!(
            "Edition {}, {}counted at entry {entry}: it renders the same for ever",
            edition.number,
            if edition.is_provisional { "provisional, " } else { "" }
        ),
        number: edition.number,
        is_old: edition.number < last,
        is_public: found.is_public,
        editions: found.editions.iter().map(|one| row(one, edition.number)).collect(),
        again: if who.may_do("report.make") {
            address("/reports/new", &line.about.asked())
        } else {
            String::new()
        },
        is_published: edition.published.is_some(),
        html: document::html(&document),
        document,
        counted: format!("Counted at entry {entry}"),
    }
}

fn row(told: &Told, shown: i64) -> Row {
    Row {
        number: told.number,
        is_shown: told.number == shown,
        is_provisional: told.is_provisional,
        frozen: moment(told.frozen_at),
        counted_at: thousands(usize::try_from(told.counted_at).unwrap_or_default()),
        reason: if told.number == 1 { "First edition".to_owned() } else { told.reason.clone() },
    }
}

fn value(definition: Option<&Definition>, count: Count) -> String {
    definition.and_then(|one| count.value(one)).map_or_else(String::new, |value| value.to_string())
}

/// Every figure of the report, a line each.
pub fn csv(found: &Found) -> Result<Vec<u8>, DatabaseError> {
    let heads = [
        "Measure",
        "Version",
        "Figure",
        "From",
        "Until",
        "Division",
        "Numerator",
        "Denominator",
        "Value",
        "Provisional",
        "Counted at entry",
        "Organisation version",
        "Calendar version",
    ];
    let (about, counted) = (&found.line.about, &found.edition.counted);
    let period = about.period;
    let mut lines = Vec::new();
    for figure in &counted.figures {
        let definition = definition(&figure.measure);
        let (timeline, carried) = (figure.timeline(), figure.versions.as_ref());
        let mut line = |which: &str, days: crate::period::rules::Span, division: &str, count: Count| {
            lines.push(vec![
                figure.measure.clone(),
                timeline.words(days.from, days.until),
                which.to_owned(),
                days.from.to_string(),
                days.until.to_string(),
                division.to_owned(),
                count.numerator.to_string(),
                count.denominator.to_string(),
                value(definition, count),
                if figure.is_provisional { "yes" } else { "no" }.to_owned(),
                counted.at.to_string(),
                carried.map_or_else(String::new, |one| one.organisation.to_string()),
                carried.map_or_else(String::new, |one| one.calendar.to_string()),
            ]);
        };
        line("period", period.span(), &about.division, figure.period);
        line("before", period.before().span(), &about.division, figure.before);
        line("year to date", period.year_to_date(year()), &about.division, figure.year_to_date);
        line("last year", period.last_year().span(), &about.division, figure.last_year);
        for (letter, count) in &figure.divisions {
            line("by division", period.span(), if letter.is_empty() { "not known" } else { letter }, *count);
        }
    }
    table_csv(&heads, lines.into_iter())
}

/// What everybody may have of it: a line for each division, empty where its number is suppressed.
pub fn published_csv(found: &Found) -> Result<Vec<u8>, DatabaseError> {
    let heads = [
        "Measure",
        "Version",
        "From",
        "Until",
        "Division",
        "Numerator",
        "Denominator",
        "Value",
        "Organisation version",
        "Calendar version",
    ];
    let span = found.line.about.period.span();
    let mut lines = Vec::new();
    for shown in found.edition.published.iter().flat_map(|one| &one.shown) {
        let figure = found.edition.counted.figures.iter().find(|one| one.measure == shown.measure);
        let (Some(figure), Some(definition)) = (figure, definition(&shown.measure)) else { continue };
        let whole = std::iter::once((None, figure.period));
        let each = shown
            .letters()
            .map(|letter| (Some(letter), figure.divisions.get(letter).copied().unwrap_or_default()));
        for (letter, count) in whole.chain(each) {
            let division = match letter {
                None => "whole service",
                Some("") => "not known",
                Some(letter) => letter,
            };
            let cells = if shown.is_shown(definition, letter) {
                [count.numerator.to_string(), count.denominator.to_string(), value(Some(definition), count)]
            } else {
                ["", "", "suppressed"].map(str::to_owned)
            };
            let head = [
                shown.measure.clone(),
                figure.timeline().words(span.from, span.until),
                span.from.to_string(),
                span.until.to_string(),
                division.to_owned(),
            ];
            let carried = figure.versions.as_ref();
            let carried = [carried.map(|one| one.organisation), carried.map(|one| one.calendar)];
            let carried = carried.map(|one| one.map_or_else(String::new, |version| version.to_string()));
            lines.push(head.into_iter().chain(cells).chain(carried).collect::<Vec<_>>());
        }
    }
    table_csv(&heads, lines.into_iter())
}

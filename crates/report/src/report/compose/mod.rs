//! A report as a document: its figures, what is said of them, and where each leads.

mod changed;
mod divisions;
mod figures;
mod published;
mod whole;

pub use figures::picture;
pub use published::published;
pub use whole::compose;

use journal::Refusal;
use measure::{asked::Query, catalogue::Definition, figure::rows::NONE};
use publish::document::{Cell, Document, Draft, Inline, Passage};

use super::rules::Edition;
use crate::{
    figure::rules::{Count, Counted},
    pack::{
        definition::{Pack, year},
        rules::About,
    },
    period::rules::Span,
};

/// Stands in the tree where the site’s address is: a frozen report must not keep whatever name the site went by.
pub const SITE: &str = "https://answerable.invalid";

/// What a report is composed of.
#[derive(Debug, Clone, Copy)]
pub struct Composing<'a> {
    /// Its pack.
    pub pack: &'a Pack,
    /// What it is about.
    pub about: &'a About,
    /// The edition before; nothing where this is the first.
    pub was: Option<&'a Edition>,
    /// Why there is another.
    pub reason: &'a str,
    /// What was counted.
    pub counted: &'a Counted,
}

impl Composing<'_> {
    /// Its number.
    pub fn number(&self) -> i64 {
        self.was.map_or(1, |was| was.number + 1)
    }

    /// Whether its period is under way, or a measure has not settled.
    pub fn is_provisional(&self) -> bool {
        !self.about.period.is_over(self.counted.on)
            || self.counted.figures.iter().any(|one| one.is_provisional)
    }

    /// Its title.
    fn title(&self) -> String {
        let area =
            if self.about.division.is_empty() { String::new() } else { format!(", {}", self.about.area()) };
        format!("{}{area}: {}", self.pack.name, self.about.period.words())
    }

    /// A draft with its cover.
    fn draft(&self) -> Draft {
        let to_date = self.about.period.year_to_date(year());
        let draft = Draft::new(self.title(), self.counted.on)
            .subject(self.pack.about.as_str())
            .counted_at(self.counted.at)
            .cover("Report", self.pack.name.as_str())
            .cover("Period", self.about.period.words())
            .cover("Area", self.about.area())
            .cover("Edition", self.number().to_string())
            .cover("State", self.state())
            .cover("Year to date", format!("{} ({})", to_date.words(), year().name(to_date.until)));
        if self.reason.is_empty() { draft } else { draft.cover("Why another edition", self.reason) }
    }

    fn state(&self) -> String {
        let period = self.about.period;
        if !period.is_over(self.counted.on) {
            return format!(
                "Provisional: the period ends on {} and is not over",
                journal::words::day(period.until)
            );
        }
        if self.is_provisional() { "Provisional: some figures have not settled" } else { "Settled" }
            .to_owned()
    }
}

/// The document, or why it cannot be one: a fault of ours, told as one.
fn finish(draft: Draft) -> Result<Document, Refusal> {
    draft.finish().map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        Refusal::of(
            "pack",
            format!("The report could not be composed: {}. Tell whoever keeps the packs.", faults.join("; ")),
        )
    })
}

/// Where the records behind a figure are, as they were counted at that entry.
fn address(counted: &Counted, key: &str, days: Span, division: &str) -> String {
    let query = Query {
        from: days.from.to_string(),
        // Of a period that is not over, what there is.
        until: days.until.min(counted.on).to_string(),
        division: division.to_owned(),
        as_at: counted.at.to_string(),
        ..Query::default()
    };
    query.address(&format!("{SITE}/measures/{key}/records"))
}

/// A value that leads to its records, and of how many it is.
fn cell(counted: &Counted, definition: &Definition, count: Count, (days, division): (Span, &str)) -> Cell {
    if count.is_nothing() {
        return Cell::from(count.told(definition));
    }
    let link = Inline::link(count.told(definition), address(counted, &definition.key, days, division));
    let cell = Cell::from(link);
    match count.of_how_many(definition) {
        of if of.is_empty() => cell,
        of => cell.and(Passage::paragraph(of)),
    }
}

/// As an address asks for what has no division.
fn asked_as(letter: &str) -> &str {
    if letter.is_empty() { NONE } else { letter }
}

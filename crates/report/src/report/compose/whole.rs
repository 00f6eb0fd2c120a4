//! The report as those have it who may read measures: every figure, and each leads to its records.

use journal::Refusal;
use measure::catalogue::{Catalogue, Definition, Unit};
use publish::document::{Cell, Column, Document, Draft, Inline, Passage, Table};

use super::{Composing, cell, changed, divisions, figures as charts, finish};
use crate::{
    figure::rules::{Figure, chart_span},
    pack::definition::{Section, year},
    period::rules::Kind,
};

/// The document.
///
/// # Errors
/// Where the packs make a document that is not whole.
pub fn compose(of: &Composing<'_>) -> Result<Document, Refusal> {
    let mut draft = of.draft();
    draft.heading("Purpose").paragraph(of.pack.about.as_str());
    draft.paragraph(standing(of));
    changed::write(&mut draft, of);
    for section in &of.pack.section {
        write_section(&mut draft, of, section);
    }
    write_definitions(&mut draft, of);
    if of.pack.by_division {
        divisions::write(&mut draft, of);
    }
    finish(draft)
}

/// What has to be known before the figures are read.
fn standing(of: &Composing<'_>) -> String {
    let period = of.about.period;
    let mut sentences = Vec::new();
    if of.counted.figures.iter().all(|one| one.period.is_nothing()) {
        sentences.push("Nothing was counted in this period.".to_owned());
    }
    if !period.is_over(of.counted.on) {
        sentences.push(format!(
            "The period ends on {} and is not over: every figure of it is provisional, and it stands in no chart.",
            journal::words::day(period.until)
        ));
    }
    sentences.push(
        "A provisional figure is expected to change still. Each value leads to the records that it counts, as they were \
         at the entry of the journal at which this report was counted."
            .to_owned(),
    );
    sentences.join(" ")
}

fn write_section(draft: &mut Draft, of: &Composing<'_>, section: &Section) {
    draft.section(section.title.as_str());
    let period = of.about.period;
    let columns = [
        Column::words("Measure", 5),
        Column::figures(this(period.kind), 3),
        Column::figures(period.kind.before_words(), 3),
        Column::figures("Year to date", 3),
        Column::figures("Last year", 3),
        Column::words("Change", 4),
    ];
    let mut table = Table::new(format!("{}: {}", section.title, period.words()), columns);
    for (definition, figure) in figures(of, section) {
        let division = of.about.division.as_str();
        let name = Cell::from(definition.name.as_str());
        let name = if figure.is_provisional { name.and(Passage::paragraph("Provisional")) } else { name };
        let value = |count, days| cell(of.counted, definition, count, (days, division));
        table.push([
            name,
            value(figure.period, period.span()),
            value(figure.before, period.before().span()),
            value(figure.year_to_date, period.year_to_date(year())),
            value(figure.last_year, period.last_year().span()),
            verdict(definition, figure),
        ]);
    }
    draft.table(table);
    draft.paragraph(format!("Last year: {}.", period.last_year().words()));
    charts::write(draft, of, section);
}

fn this(kind: Kind) -> &'static str {
    match kind {
        Kind::Day => "This day",
        Kind::Week => "This week",
        Kind::Month => "This month",
        Kind::Quarter => "This quarter",
    }
}

fn verdict(definition: &Definition, figure: &Figure) -> Cell {
    let (verdict, assurance) = figure.verdict(definition);
    let cell = Cell::from(verdict);
    let cell = match definition.target {
        Some(target) => cell.and(Passage::paragraph(format!("Target {}", definition.told(Some(target))))),
        None => cell,
    };
    if assurance.is_empty() { cell } else { cell.and(Passage::paragraph(assurance)) }
}

/// The measures of a section with their figures, each by the version of its definition that the figure ends with.
pub(super) fn figures<'a>(
    of: &'a Composing<'_>,
    section: &'a Section,
) -> impl Iterator<Item = (&'static Definition, &'a Figure)> + 'a {
    section.definitions().filter_map(|definition| {
        let figure = of.counted.figures.iter().find(|one| one.measure == definition.key)?;
        let own = Catalogue::published().version(&figure.measure, figure.version);
        Some((own.unwrap_or(definition), figure))
    })
}

fn write_definitions(draft: &mut Draft, of: &Composing<'_>) {
    draft.section("Definitions");
    draft.paragraph(
        "Whole definitions are published with the measures. What no source gives is marked there as a guess.",
    );
    if let Some(carried) = of.counted.figures.iter().find_map(|one| one.versions.as_ref()) {
        draft.paragraph(format!(
            "Counted with version {} of the organisation and version {} of the calendar of working days.",
            carried.organisation, carried.calendar
        ));
    }
    let all = of.pack.section.iter().flat_map(|section| figures(of, section));
    draft.bullets(all.map(|(definition, figure)| line(of, definition, figure)));
}

/// A definition in short, and which versions of it counted the days that the report shows.
fn line(of: &Composing<'_>, definition: &Definition, figure: &Figure) -> Vec<Inline> {
    let of_what = match definition.unit {
        Unit::Count => definition.numerator.clone(),
        _ => format!("{}, of {}", definition.numerator, lower(&definition.denominator)),
    };
    let name = format!("{}, version {}: ", definition.name, definition.version);
    let settles = match definition.settles_after_days {
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    };
    let mut rest = format!("{of_what}. {}. Settles after {settles}.", definition.good.words());
    let days = chart_span(of.about.period);
    let first = days.from.min(of.about.period.last_year().from);
    for since in figure.timeline().changes(first, days.until) {
        let day = journal::words::day(since.from);
        let sentence =
            format!(" Version {} is in force from {day}; earlier days are by the one before.", since.version);
        rest.push_str(&sentence);
    }
    vec![Inline::strong(name), Inline::text(rest)]
}

fn lower(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

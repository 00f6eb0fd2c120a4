//! A measure as a paper shows it: its figure, what is claimed of it, its chart and its table. Pure.
//!
//! A paper is for everybody, so it shows what evidence shows to those who may not read measures: no count from 1 to 4, and
//! no period of a figure of which one has such a count (decisions/0026); and nothing that two of them would give away
//! together (`together`).

use evidence::evidence::{
    chart::drawn,
    rules::{Attached, Part},
    seen::{figure, shows_parts},
    verdict::judge,
    words::{claimed, division, period},
};
use jiff::ToSpan;
use journal::words::day;
use measure::catalogue::{Definition, Unit};
use publish::{
    document::{Cell, Column, Passage, Table},
    paper::exhibit::Exhibit,
};

use super::together::{Seen, together};
use crate::report::compose::picture;

/// Why no period is shown.
const FEW: &str = "Its periods and its chart are not shown, because one of them has a count below 5.";
/// Why nothing is.
const BESIDE: &str =
    "It is not shown: beside the same measure elsewhere in this paper it would give a count below 5 away.";

/// A measure that is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// As it was attached, or chosen.
    pub was: Attached,
    /// Whether it was attached as evidence.
    pub is_evidence: bool,
    /// The same, counted at the paper’s entry; nothing where it cannot be counted any more.
    pub now: Option<Attached>,
}

impl Source {
    /// What is shown of it: as it was attached where it cannot be counted any more.
    fn shown(&self) -> Option<&Attached> {
        self.now.as_ref().or(self.is_evidence.then_some(&self.was))
    }
}

/// Everything that is shown, in its order.
pub fn exhibits(sources: &[Source]) -> Vec<Exhibit> {
    let shown: Vec<(&Source, &Attached)> =
        sources.iter().filter_map(|source| Some((source, source.shown()?))).collect();
    let figures: Vec<&Attached> = shown.iter().map(|(_, attached)| *attached).collect();
    let seen = together(&figures);
    shown.into_iter().zip(seen).map(|((source, attached), seen)| exhibit(source, attached, seen)).collect()
}

fn exhibit(source: &Source, attached: &Attached, seen: Seen) -> Exhibit {
    let definition = attached.kept.definition();
    let area = if attached.division.is_empty() { "all divisions".to_owned() } else { division(attached) };
    let title = format!("{}, {area}", definition.name);
    let caption = format!("{title}, {}", period(attached));
    let mut words = vec![told(attached, &definition, seen)];
    if seen == Seen::Parts {
        words[0].push_str(&settled(attached));
    }
    words.extend(hidden(seen));
    if source.is_evidence && seen != Seen::Nothing {
        words.extend(evidence(source, attached));
    }
    let drawing = drawn(attached, &[]).filter(|_| seen == Seen::Parts);
    Exhibit {
        recommendation: attached.recommendation.clone(),
        figure: drawing.map(|(drawing, _)| picture(&drawing, caption.clone())),
        table: table(attached, &definition, &caption, seen),
        title,
        words,
    }
}

fn hidden(seen: Seen) -> Option<String> {
    match seen {
        Seen::Parts => None,
        Seen::Whole => Some(FEW.to_owned()),
        Seen::Nothing => Some(BESIDE.to_owned()),
    }
}

/// The figure, how it was counted and what would be better, in sentences.
fn told(attached: &Attached, definition: &Definition, seen: Seen) -> String {
    let counted = &attached.counted;
    let mut sentences = Vec::new();
    if seen != Seen::Nothing {
        let (value, of) = figure(definition, (counted.numerator, counted.denominator), false);
        let of = if of.is_empty() { String::new() } else { format!(" ({of})") };
        sentences.push(format!("{}: {value}{of}.", period(attached)));
    }
    sentences.push(format!("{}.", definition.good.words()));
    if let Some(target) = definition.target {
        sentences.push(format!("The target is {}.", definition.told(Some(target))));
    }
    let entry = journal::words::thousands(usize::try_from(counted.entry).unwrap_or_default());
    sentences.push(format!("Counted at entry {entry}, by version {} of its definition.", definition.version));
    sentences.join(" ")
}

/// Until when its values were settled; empty where all were.
fn settled(attached: &Attached) -> String {
    let settled = attached.on.saturating_sub(attached.kept.settles_after_days.days());
    if attached.until <= settled {
        return String::new();
    }
    format!(" Values after {} had not settled and may change.", day(settled))
}

/// What was claimed when it was attached, whether it is shown, and what has changed since.
fn evidence(source: &Source, attached: &Attached) -> Vec<String> {
    let was = &source.was;
    let (verdict, why) = judge(attached);
    let mut all: Vec<String> = was.words.lines().map(|line| line.trim().to_owned()).collect();
    all.retain(|line| !line.is_empty());
    all.push(format!("{} {why}", claimed(attached, verdict)));
    let of = |one: &Attached| {
        figure(&one.kept.definition(), (one.counted.numerator, one.counted.denominator), false)
    };
    let since = format!("When it was attached, on {} at entry {},", day(was.on), was.counted.entry);
    if source.now.is_none() {
        all.push(format!("{since} it was as shown here. It is no longer counted."));
    } else if was.kept.version != attached.kept.version {
        all.push(format!("{since} it was {} by version {} of its definition.", of(was).0, was.kept.version));
    } else if of(was) != of(attached) {
        all.push(format!("{since} it was {}.", of(was).0));
    }
    all
}

fn table(attached: &Attached, definition: &Definition, caption: &str, seen: Seen) -> Table {
    let mut columns = vec![Column::words("Period", 4), Column::figures(definition.name.as_str(), 2)];
    let has_parts = definition.unit != Unit::Count;
    if has_parts {
        columns.push(Column::figures("Of how many", 3));
    }
    let mut table = Table::new(format!("{caption}: the figures"), columns);
    if seen == Seen::Parts {
        for part in &attached.counted.parts {
            table.push(row(definition, of_part(part), (part.numerator, part.denominator), has_parts));
        }
    }
    let counted = &attached.counted;
    let whole = Cell::from(format!("All of it: {}", period(attached)));
    if seen == Seen::Nothing {
        let none = std::iter::once(whole).chain((1..table.columns.len()).map(|_| Cell::from("Not shown")));
        table.push(none.collect::<Vec<_>>());
    } else {
        table.push(row(definition, whole, (counted.numerator, counted.denominator), has_parts));
    }
    table
}

fn row(definition: &Definition, of: Cell, counts: (i64, i64), has_parts: bool) -> Vec<Cell> {
    let (value, of_how_many) = figure(definition, counts, false);
    let mut cells = vec![of, Cell::from(value)];
    if has_parts {
        cells.push(Cell::from(if of_how_many.is_empty() { "–".to_owned() } else { of_how_many }));
    }
    cells
}

fn of_part(part: &Part) -> Cell {
    let days = if part.from == part.until {
        day(part.from)
    } else {
        format!("{} to {}", day(part.from), day(part.until))
    };
    if part.is_whole {
        return Cell::from(days);
    }
    Cell::from(days).and(Passage::paragraph("Not whole, so not judged"))
}

/// Whether the periods of a figure are shown by themselves.
pub fn seen_alone(attached: &Attached) -> Seen {
    if shows_parts(attached, false) { Seen::Parts } else { Seen::Whole }
}

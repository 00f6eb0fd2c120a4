//! The walk down all rows of all tables: each row is a heading, the name of a publication, a recommendation, the
//! rest of one that a page cut off, or is listed as belonging nowhere.

use std::collections::{BTreeMap, BTreeSet};

use super::breaks::Ahead;
use super::cover;
use super::items::Item;
use super::names::{self, Name, is_continuation_mark};
use super::paper::{Cover, Publication};
use super::rows::Parts;
use super::summary::Summary;
use super::tables::{self, Columns, Kind, SummaryColumns};
use super::words::{ended, plain};
use crate::place::ledger::{Ledger, NOWHERE, Number, Row};
use crate::reference::leading_reference;
use crate::{Cell, Line, Sheet};

/// The table that the walk is in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Table {
    Unknown,
    Recommendations(Columns),
    Summary(SummaryColumns),
}

/// The name of a publication that stands right above a heading row.
pub(super) struct Above {
    pub(super) name: Name,
    /// Its cell; what stands above the table is none.
    pub(super) cell: Option<Number>,
    pub(super) at: String,
    /// The line that was only guessed to be a name.
    pub(super) guessed: Option<Line>,
}

pub(crate) struct Walk<'a> {
    pub(crate) ledger: Ledger<'a>,
    pub(crate) cover: Cover,
    pub(crate) publications: Vec<Publication>,
    pub(crate) summary: Summary,
    pub(crate) items: Vec<Item>,
    /// The publications by the key of their title.
    pub(crate) by_key: BTreeMap<String, Vec<usize>>,
    pub(super) ahead: Ahead,
    /// How many publications have a name that was only guessed.
    guessed: usize,
    /// Which tables each publication has.
    has: BTreeSet<(usize, Kind)>,
    pub(super) table: Table,
    /// The publication whose table it is.
    pub(super) current: Option<usize>,
    /// The recommendation that a row without a reference goes on with.
    pub(super) last: Option<usize>,
    /// The name in the row above.
    above: Option<Above>,
    /// The name that stands over the table.
    over: Option<Above>,
    /// The references that are taken.
    pub(super) taken: BTreeMap<(usize, Kind, String), String>,
}

const STRAY: &str = "It stands below no publication of this paper or below no headings that it has, so it was not placed. \
     Check that nothing in it is missing.";
const A_NAME_ALONE: &str = "These words have no headings below them and were taken for the name of a publication. Check that they are.";

impl<'a> Walk<'a> {
    /// Walks down all rows.
    pub(crate) fn down(sheets: &'a [Sheet]) -> Self {
        let (ledger, rows) = Ledger::of(sheets);
        let mut walk = Self {
            ledger,
            cover: Cover::default(),
            publications: Vec::new(),
            summary: Summary::default(),
            items: Vec::new(),
            by_key: BTreeMap::new(),
            ahead: Ahead::of(sheets),
            guessed: 0,
            has: BTreeSet::new(),
            table: Table::Unknown,
            current: None,
            last: None,
            above: None,
            over: None,
            taken: BTreeMap::new(),
        };
        for (index, sheet) in sheets.iter().enumerate() {
            let next = rows.get(index + 1).and_then(|rows| rows.first());
            walk.sheet(sheet, &rows[index], next);
        }
        walk
    }

    pub(crate) fn is_national(&self) -> bool {
        let tables = self.publications.len() - self.guessed;
        self.summary.is_there || tables > 1 || (tables == 1 && self.cover.at.is_some())
    }

    fn sheet(&mut self, sheet: &Sheet, rows: &[Row<'a>], after: Option<&Row<'a>>) {
        if cover::is_cover(rows) {
            self.table = Table::Unknown;
            return cover::place(&mut self.cover, rows, &mut self.ledger);
        }
        let Some(first) = rows.first() else { return };
        let between = self.between(sheet, first.first);
        if !(between.is_clear && self.continues(sheet, rows)) {
            (self.table, self.current, self.last) = (Table::Unknown, None, None);
        }
        self.over = between.over;
        let before = self.table;
        let narrowed = self.narrowed(rows).map(Table::Recommendations);
        self.table = narrowed.unwrap_or(before);
        for (index, row) in rows.iter().enumerate() {
            self.row(*row, rows.get(index + 1).or(after));
        }
        if narrowed == Some(self.table) {
            self.table = before;
        }
        self.over = None;
    }

    fn row(&mut self, row: Row<'a>, next: Option<&Row<'a>>) {
        if let Some(columns) = tables::columns(row.cells) {
            return self.heading(columns, row);
        }
        if let Some(columns) = tables::summary_columns(row.cells) {
            self.summary.is_there = true;
            (self.table, self.current, self.last) = (Table::Summary(columns), None, None);
            return self.head(row, "Heading");
        }
        if let (Some(cell), Some((number, _))) = (tables::only_cell(row.cells), row.words().next())
            && self.alone(number, cell, row, next)
        {
            return;
        }
        self.over = None;
        match self.table {
            Table::Unknown if is_over_the_summary(row, next) => self.head(row, "Heading, over the headings"),
            Table::Unknown => self.stray(row),
            Table::Recommendations(columns) => self.recommendation(columns, row),
            Table::Summary(columns) => self.summary.place(columns, row, &mut self.ledger),
        }
    }

    /// A row of one cell: that the table goes on, or the name of a publication. Whether it is either.
    fn alone(&mut self, number: Number, cell: &Cell, row: Row<'_>, next: Option<&Row<'_>>) -> bool {
        let words = plain(&cell.text);
        let heads = next.is_some_and(|next| tables::columns(next.cells).is_some());
        if is_continuation_mark(&words) && (heads || self.could_be_marked(cell)) {
            self.ledger.place(number, "Continuation mark");
            return true;
        }
        let Some(name) = names::name(&words) else { return false };
        if !heads && self.goes_on_under(&name, cell) {
            self.ledger.place(number, format!("Publication, {} (continued)", name.printed));
            return true;
        }
        if !(heads || self.looks_like_a_publication(&name, row, next)) {
            return false;
        }
        self.ledger.place(number, format!("Publication, {}", name.printed));
        let above = Above { name, cell: Some(number), at: cell.at.clone(), guessed: None };
        if heads {
            self.above = Some(above);
        } else if let Table::Recommendations(columns) = self.table {
            self.ledger.doubt(number, NOWHERE, A_NAME_ALONE);
            self.enter(above, columns.kind);
        }
        true
    }

    /// Whether "continued" says that the table goes on, and is not the last word of a cell that a page cut.
    fn could_be_marked(&self, cell: &Cell) -> bool {
        match self.table {
            Table::Unknown => false,
            Table::Summary(_) => true,
            Table::Recommendations(columns) => cell.column != columns.words || self.is_fresh(),
        }
    }

    /// Whether the words of the recommendation above came to an end.
    fn is_fresh(&self) -> bool {
        self.last.is_none_or(|last| ended(&self.items[last].words))
    }

    /// Whether the table goes on under the name that it has.
    fn goes_on_under(&self, name: &Name, cell: &Cell) -> bool {
        let Table::Recommendations(columns) = self.table else { return false };
        columns.begins_in(cell.column) && self.is_current(name) && (name.continued || self.is_fresh())
    }

    /// A name with a year, or one that is known and continued, alone in its row in the middle of a table, above a row
    /// that begins a recommendation.
    fn looks_like_a_publication(&self, name: &Name, row: Row<'_>, next: Option<&Row<'_>>) -> bool {
        let Table::Recommendations(columns) = self.table else { return false };
        let in_first = row.words().all(|(_, cell)| columns.begins_in(cell.column));
        let begins = next.is_some_and(|next| Parts::of(*next, columns).begins());
        let is_one = name.year.is_some() || (name.continued && self.by_key.contains_key(&name.key));
        in_first && begins && self.is_fresh() && is_one && leading_reference(&name.printed).is_none()
    }

    /// Whether the paper prints the publication with that year, though perhaps with another one too.
    pub(super) fn is_of_year(&self, publication: usize, year: i16) -> bool {
        let mut printed = self.publications[publication].printed.iter();
        printed.any(|printed| names::name(printed).is_some_and(|name| name.year == Some(year)))
    }

    /// A row that belongs nowhere.
    pub(super) fn stray(&mut self, row: Row<'_>) {
        for (number, _) in row.words() {
            self.ledger.doubt(number, NOWHERE, STRAY);
        }
    }

    fn head(&mut self, row: Row<'_>, placed_as: &str) {
        for (number, _) in row.words() {
            self.ledger.place(number, placed_as);
        }
    }

    fn heading(&mut self, columns: Columns, row: Row<'_>) {
        let same = matches!(self.table, Table::Recommendations(before) if before.kind == columns.kind);
        self.table = Table::Recommendations(columns);
        let over = self.over.take();
        if let Some(above) = self.above.take() {
            self.enter(above, columns.kind);
        } else if same && self.current.is_some() {
            return self.head(row, "Heading, repeated");
        } else if let Some(above) = over {
            self.tell_guess(&above, row.first);
            self.enter(above, columns.kind);
        } else {
            (self.current, self.last) = (None, None);
        }
        self.head(row, "Heading");
    }

    /// The walk comes to the table of a publication.
    fn enter(&mut self, above: Above, kind: Kind) {
        let Above { name, cell, at, guessed } = above;
        let known = self.by_key.get(&name.key).cloned().unwrap_or_default();
        let year = |index: &usize| self.publications[*index].year;
        let printed_so = |index: &usize| name.year.is_some_and(|year| self.is_of_year(*index, year));
        let same = known.iter().find(|index| year(index) == name.year || printed_so(index)).copied();
        let undated = |index: &usize| year(index).is_none() || name.year.is_none();
        let only = if known.len() == 1 { known.first().copied() } else { None };
        let other_year = only.filter(|index| !self.has.contains(&(*index, kind)));
        let found = same.or(only.filter(undated)).or(other_year);
        let index = found.unwrap_or(self.publications.len());
        let printed = name.printed.clone();
        if found.is_none() {
            self.guessed += usize::from(guessed.is_some());
            self.by_key.entry(name.key).or_default().push(index);
            self.publications.push(Publication {
                title: name.title,
                year: name.year,
                printed: Vec::new(),
                closed: Vec::new(),
                open: Vec::new(),
                at,
            });
        }
        let publication = &mut self.publications[index];
        if let (Some(first), Some(second)) = (publication.year, name.year)
            && let Some(cell) = cell.filter(|_| first != second && !publication.printed.contains(&printed))
        {
            let why = format!(
                "The paper gives {} the year {first} in one place and {second} here. It was taken for the same \
                 publication, with the year {first}. Check which year it has.",
                publication.title
            );
            self.ledger.doubt(cell, NOWHERE, why);
        }
        publication.year = publication.year.or(name.year);
        if !publication.printed.contains(&printed) {
            publication.printed.push(printed);
        }
        self.has.insert((index, kind));
        // A table that a page cut goes on under its repeated name.
        let goes_on = self
            .last
            .is_some_and(|last| self.items[last].publication == index && self.items[last].kind == kind);
        self.current = Some(index);
        self.last = self.last.filter(|_| goes_on);
    }
}

/// A heading over several columns of the summary, in the row above its headings.
fn is_over_the_summary(row: Row<'_>, next: Option<&Row<'_>>) -> bool {
    next.is_some_and(|next| tables::summary_columns(next.cells).is_some())
        && tables::could_be_headings(row.cells)
}

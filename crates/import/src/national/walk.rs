//! The walk down all rows of all tables: each row is a heading, the name of a publication, a recommendation, the
//! rest of one that a page cut off, or is listed as belonging nowhere.

use std::collections::{BTreeMap, BTreeSet};

use super::cover;
use super::items::{Item, Part};
use super::paper::{Cover, Publication, SummaryRow};
use super::tables::{self, Columns, Kind, Name, SummaryColumns};
use super::words::{ended, join, plain};
use crate::place::ledger::{Ledger, NOWHERE, Number, Row};
use crate::reference::{leading_reference, normal_reference};
use crate::{Cell, Sheet};

/// The table that the walk is in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Table {
    Unknown,
    Recommendations(Columns),
    Summary(SummaryColumns),
}

/// The name of a publication that stands right above a heading row.
struct Above {
    name: Name,
    /// Its cell; a heading of the paper is none.
    cell: Option<Number>,
    at: String,
}

pub(crate) struct Walk<'a> {
    pub(crate) ledger: Ledger<'a>,
    pub(crate) cover: Cover,
    pub(crate) publications: Vec<Publication>,
    pub(crate) summary: Vec<SummaryRow>,
    pub(crate) items: Vec<Item>,
    /// The publications by the key of their title.
    pub(crate) by_key: BTreeMap<String, Vec<usize>>,
    /// The cell with which each row of the summary begins.
    pub(crate) summary_cells: Vec<Number>,
    found_summary: bool,
    /// Which tables each publication has.
    has: BTreeSet<(usize, Kind)>,
    table: Table,
    /// The publication whose table it is.
    current: Option<usize>,
    /// The recommendation that a row without a reference goes on with.
    last: Option<usize>,
    above: Option<Above>,
    /// The references that are taken.
    taken: BTreeMap<(usize, Kind, String), String>,
    /// Cells of the sheet that belong nowhere.
    strays: Vec<(Number, &'a Cell)>,
}

/// Whether a row without a reference goes on with the recommendation above it.
enum GoesOn {
    Yes,
    Perhaps,
    No,
}

const NO_REFERENCE: &str = "This row has words of a recommendation but no reference. Give it its reference in the file and \
     import it again, or add it yourself.";

impl<'a> Walk<'a> {
    /// Walks down all rows.
    pub(crate) fn down(sheets: &'a [Sheet]) -> Self {
        let (ledger, rows) = Ledger::of(sheets);
        let mut walk = Self {
            ledger,
            cover: Cover::default(),
            publications: Vec::new(),
            summary: Vec::new(),
            items: Vec::new(),
            by_key: BTreeMap::new(),
            summary_cells: Vec::new(),
            found_summary: false,
            has: BTreeSet::new(),
            table: Table::Unknown,
            current: None,
            last: None,
            above: None,
            taken: BTreeMap::new(),
            strays: Vec::new(),
        };
        for (index, sheet) in sheets.iter().enumerate() {
            let next = rows.get(index + 1).and_then(|rows| rows.first());
            walk.sheet(sheet, &rows[index], next);
        }
        walk
    }

    pub(crate) fn is_national(&self) -> bool {
        let tables = self.publications.len();
        self.found_summary || tables > 1 || (tables == 1 && self.cover.at.is_some())
    }

    fn sheet(&mut self, sheet: &Sheet, rows: &[Row<'a>], after: Option<&Row<'a>>) {
        if cover::is_cover(rows) {
            self.table = Table::Unknown;
            return cover::place(&mut self.cover, rows, &mut self.ledger);
        }
        if rows.first().is_some_and(|first| !self.goes_on(sheet, rows, *first)) {
            (self.table, self.current, self.last) = (Table::Unknown, None, None);
        }
        for (index, row) in rows.iter().enumerate() {
            self.row(*row, rows.get(index + 1).or(after), (index == 0).then_some(sheet));
        }
        let strays = std::mem::take(&mut self.strays);
        let Some((first, cell)) = strays.first() else { return };
        let why = format!(
            "{} has rows that stand below no publication of this paper or below no headings that it has, so they were \
             not placed ({} cells in all). Check that nothing in them is missing.",
            sheet.name,
            strays.len()
        );
        self.ledger.note(*first, &cell.at, &sheet.name, why);
        for (number, _) in strays {
            self.ledger.mark(number, NOWHERE);
        }
    }

    /// Whether a table without headings is the rest of the one before it, cut off by a page: nothing but a page's
    /// number stands between them, it has no more columns, and its first row begins or goes on with a
    /// recommendation.
    fn goes_on(&self, sheet: &Sheet, rows: &[Row<'_>], first: Row<'_>) -> bool {
        let widest = match self.table {
            Table::Unknown => return false,
            Table::Recommendations(columns) => columns.recommendation.max(columns.words),
            Table::Summary(columns) => columns.open.max(columns.links.unwrap_or(0)),
        };
        let between = sheet.above.iter().all(|line| tables::is_furniture(&line.text));
        let fits = rows.iter().all(|row| row.cells.iter().all(|cell| cell.column <= widest));
        let begins = match self.table {
            Table::Recommendations(columns) => {
                let (said, _) = said(first, columns);
                let words = said.map(|(_, words)| words).unwrap_or_default();
                let cut = self.last.map(|last| &self.items[last]);
                let cut = cut.is_some_and(|item| !ended(&item.text) || !ended(&item.words));
                words.is_empty() || leading_reference(&words).is_some() || cut
            }
            _ => true,
        };
        between && fits && begins && sheet.name.starts_with("Table ")
    }

    /// One row; `sheet` is given with its first one.
    fn row(&mut self, row: Row<'a>, next: Option<&Row<'a>>, sheet: Option<&Sheet>) {
        if let Some(columns) = tables::columns(row.cells) {
            return self.heading(columns, row, sheet);
        }
        if let Some(columns) = tables::summary_columns(row.cells) {
            self.found_summary = true;
            (self.table, self.current, self.last) = (Table::Summary(columns), None, None);
            return self.head(row, "Heading");
        }
        let heads = next.is_some_and(|next| tables::columns(next.cells).is_some());
        if let Some(name) = tables::only_cell(row.cells).and_then(|cell| tables::name(&plain(&cell.text)))
            && (heads || self.looks_like_a_publication(&name, row, next))
            && let Some((number, cell)) = row.words().next()
        {
            self.ledger.place(number, format!("Publication, {}", name.printed));
            let above = Above { name, cell: Some(number), at: cell.at.clone() };
            if heads {
                self.above = Some(above);
            } else if let Table::Recommendations(columns) = self.table {
                let why = "These words have no headings below them and were taken for the name of a publication. Check \
                           that they are.";
                self.ledger.doubt(number, NOWHERE, why);
                self.enter(above, columns.kind);
            }
            return;
        }
        match self.table {
            Table::Unknown => self.strays.extend(row.words()),
            Table::Recommendations(columns) => self.recommendation(columns, row),
            Table::Summary(columns) => {
                let before = self.summary.len();
                cover::summary_row(&mut self.summary, columns, row, &mut self.ledger);
                if self.summary.len() > before {
                    self.summary_cells.extend(row.words().next().map(|(number, _)| number));
                }
            }
        }
    }

    /// A name with a year, alone in its row in the middle of a table, above a row that begins a recommendation.
    fn looks_like_a_publication(&self, name: &Name, row: Row<'_>, next: Option<&Row<'_>>) -> bool {
        let Table::Recommendations(columns) = self.table else { return false };
        let in_first = row.words().all(|(_, cell)| cell.column == columns.recommendation);
        let begins = next
            .and_then(|next| said(*next, columns).0)
            .is_some_and(|(_, words)| leading_reference(&words).is_some());
        let fresh = self.last.is_none_or(|last| ended(&self.items[last].words));
        in_first && begins && fresh && name.year.is_some() && leading_reference(&name.printed).is_none()
    }

    fn head(&mut self, row: Row<'_>, placed_as: &str) {
        for (number, _) in row.words() {
            self.ledger.place(number, placed_as);
        }
    }

    fn heading(&mut self, columns: Columns, row: Row<'_>, sheet: Option<&Sheet>) {
        let same = matches!(self.table, Table::Recommendations(before) if before.kind == columns.kind);
        self.table = Table::Recommendations(columns);
        let over = sheet.and_then(|sheet| {
            let name = tables::name_above(sheet.heading.as_deref()?)?;
            Some(Above { name, cell: None, at: sheet.name.clone() })
        });
        if let Some(above) = self.above.take() {
            self.enter(above, columns.kind);
        } else if same && self.current.is_some() {
            return self.head(row, "Heading, repeated");
        } else if let Some(above) = over {
            self.enter(above, columns.kind);
        } else {
            (self.current, self.last) = (None, None);
        }
        self.head(row, "Heading");
    }

    /// The walk comes to the table of a publication.
    fn enter(&mut self, above: Above, kind: Kind) {
        let Above { name, cell, at } = above;
        let known = self.by_key.get(&name.key).cloned().unwrap_or_default();
        let year = |index: &usize| self.publications[*index].year;
        let same = known.iter().find(|index| year(index) == name.year).copied();
        let undated = |index: &usize| year(index).is_none() || name.year.is_none();
        let only = if known.len() == 1 { known.first().copied() } else { None };
        let other_year = only.filter(|index| !self.has.contains(&(*index, kind)));
        let found = same.or(only.filter(undated)).or(other_year);
        let index = found.unwrap_or(self.publications.len());
        let printed = name.printed.clone();
        if found.is_none() {
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
            && let Some(cell) = cell.filter(|_| first != second)
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

    /// A row of a table of recommendations.
    fn recommendation(&mut self, columns: Columns, row: Row<'a>) {
        let Some(publication) = self.current else { return self.strays.extend(row.words()) };
        cover::beside(row, &[columns.recommendation, columns.words], &mut self.ledger);
        let (text, words) = said(row, columns);
        let begun = text.as_ref().and_then(|(_, text)| self.reference(text));
        if let Some((reference, rest)) = begun {
            return self.begin(publication, columns.kind, (reference, rest), (text, words), row);
        }
        let goes_on = match self.last {
            Some(last) => goes_on(&self.items[last], text.as_ref(), words.as_ref()),
            None => GoesOn::No,
        };
        let (Some(last), false) = (self.last, matches!(goes_on, GoesOn::No)) else {
            for (number, _) in text.into_iter().chain(words) {
                self.ledger.doubt(number, NOWHERE, NO_REFERENCE);
            }
            return;
        };
        let item = &mut self.items[last];
        let mut taken = Vec::new();
        if let Some((number, text)) = text {
            join(&mut item.text, &text);
            taken.push((number, Part::MoreText));
        }
        if let Some((number, words)) = words {
            join(&mut item.words, &words);
            taken.push((number, Part::MoreWords));
        }
        if matches!(goes_on, GoesOn::Perhaps) {
            item.doubted.extend(taken.iter().map(|(number, _)| *number));
        }
        item.cells.extend(taken);
    }

    /// The reference that begins a recommendation and the words after it. A cut cell may begin with "R2 above" or
    /// with a figure, which begins none.
    fn reference(&self, text: &str) -> Option<(String, String)> {
        let (reference, rest) = leading_reference(text)?;
        if let Some(last) = self.last.map(|last| &self.items[last]) {
            let lettered = |reference: &str| reference.starts_with(|char: char| char.is_alphabetic());
            let within = rest.starts_with(char::is_lowercase) && !ended(&last.text);
            if within || (lettered(&last.reference) && !lettered(reference)) {
                return None;
            }
        }
        Some((reference.to_owned(), rest.trim().to_owned()))
    }

    fn begin(
        &mut self,
        publication: usize,
        kind: Kind,
        (reference, rest): (String, String),
        (text, words): (Said, Said),
        row: Row<'_>,
    ) {
        let at = row.words().next().map_or_else(String::new, |(_, cell)| cell.at.clone());
        let key = normal_reference(&reference);
        let mut item = Item {
            publication,
            kind,
            reference,
            key,
            text: rest,
            words: String::new(),
            at: at.clone(),
            cells: Vec::new(),
            doubted: Vec::new(),
        };
        if let Some((number, _)) = &text {
            let taken = (publication, kind, item.key.clone());
            if let Some(first) = self.taken.get(&taken) {
                let why = format!(
                    "There is a duplicate reference: {} of {} stands at {first} already. Both were kept. Mend the reference \
                     in the file and import it again, or leave one out.",
                    item.reference, self.publications[publication].title
                );
                self.ledger.doubt(*number, &item.label(&self.publications, Part::Text), why);
            } else {
                self.taken.insert(taken, at);
            }
        }
        item.cells.extend(text.map(|(number, _)| (number, Part::Text)));
        if let Some((number, words)) = words {
            item.words = words;
            item.cells.push((number, Part::Words));
        }
        self.items.push(item);
        self.last = Some(self.items.len() - 1);
    }
}

/// A cell that has words, and its words without tags.
type Said = Option<(Number, String)>;

/// The two cells of a row of recommendations.
fn said(row: Row<'_>, columns: Columns) -> (Said, Said) {
    let of = |column: u32| {
        let cell = row.words().find(|(_, cell)| cell.column == column);
        cell.map(|(number, cell)| (number, plain(&cell.text)))
    };
    (of(columns.recommendation), of(columns.words))
}

fn goes_on(above: &Item, text: Option<&(Number, String)>, words: Option<&(Number, String)>) -> GoesOn {
    let Some((_, text)) = text else { return GoesOn::Yes };
    let begins = text.starts_with(|char: char| char.is_uppercase() || "“\"'‘".contains(char));
    let text_ended = ended(&above.text);
    let words_ended = if above.words.is_empty() { text_ended } else { ended(&above.words) };
    match (begins, text_ended, words_ended) {
        (true, true, true) => GoesOn::No,
        (true, false, true) => GoesOn::Perhaps,
        // Only the recommendation goes on, though it had come to an end: as well the name of a publication.
        (true, true, false) if words.is_none() => GoesOn::Perhaps,
        _ => GoesOn::Yes,
    }
}

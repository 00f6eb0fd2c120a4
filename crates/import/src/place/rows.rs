//! Each row goes to its recommendation: it begins one, goes on with one, or is listed as belonging to none.

use std::collections::{BTreeMap, BTreeSet};

use super::fields;
use super::headings::{Column, Headings};
use super::ledger::{Ledger, NOWHERE, Number, Row};
use crate::reference::{leading_reference, normal_reference};
use crate::{Cell, DraftRecommendation, Sheet, limits};

/// One recommendation and the cells that are about it.
pub(crate) struct Group {
    pub(crate) reference: String,
    pub(crate) key: String,
    pub(crate) text: String,
    pub(crate) at: String,
    /// The cells by row, in the order of the file: the row's number in the group, what the column holds, the cell.
    pub(crate) cells: Vec<(usize, Column, Number)>,
    /// The same cells, to know a merged one again.
    pub(crate) held: BTreeSet<Number>,
    /// How many rows it has.
    pub(crate) rows: usize,
}

/// What the rows that come without a reference belong to.
#[derive(Clone, Copy)]
enum Current {
    Nothing,
    Group(usize),
    /// A recommendation that was left out because its reference is taken.
    LeftOut,
}

/// A walk down all rows of all sheets.
pub(crate) struct Walk<'a> {
    pub(crate) ledger: Ledger<'a>,
    pub(crate) title: Option<String>,
    /// The title that the cover of the paper gives, should nothing nearer the plan give one.
    pub(crate) paper: Option<String>,
    pub(crate) found_headings: bool,
    rows: Vec<Vec<Row<'a>>>,
    places: BTreeMap<&'a str, Number>,
    headings: Headings,
    groups: Vec<Group>,
    current: Current,
    /// Whether any recommendation so far has a printed reference.
    numbered: bool,
    /// How many bytes merged cells lent so far.
    lent: usize,
}

/// What a row says about the recommendation it belongs to.
struct Said {
    reference: Option<String>,
    words: String,
}

const ORPHAN: &str = "This row comes before any recommendation (for example an action without a recommendation). \
     Add it to the recommendation it belongs to.";
const LEFT_OUT: &str = "This row belongs to a recommendation that was left out because of its duplicate reference. \
     Mend the reference in the file and import it again, or add the row yourself.";
const NO_REFERENCE: &str = "This row has words of a recommendation but no reference. Give it its number in the file and \
     import it again, or add it yourself.";

impl<'a> Walk<'a> {
    pub(crate) fn of(sheets: &'a [Sheet]) -> Self {
        let (ledger, rows) = Ledger::of(sheets);
        let places = ledger.by_place();
        Self {
            ledger,
            title: None,
            paper: None,
            found_headings: false,
            rows,
            places,
            headings: Headings::default(),
            groups: Vec::new(),
            current: Current::Nothing,
            numbered: false,
            lent: 0,
        }
    }

    pub(crate) fn all(&mut self, sheets: &[Sheet]) {
        for (sheet, rows) in sheets.iter().zip(std::mem::take(&mut self.rows)) {
            match rows.iter().position(|row| Headings::of(row.cells).is_some()) {
                Some(at) => {
                    self.above(sheet, &rows[..at]);
                    self.current = Current::Nothing;
                    self.below(&rows[at..]);
                }
                None if self.goes_on(&rows) => self.below(&rows),
                None => self.no_plan(sheet, &rows),
            }
        }
    }

    /// A table without headings right after the plan's, cut off by a page: it has no more columns, and its first
    /// row begins with a reference.
    fn goes_on(&self, rows: &[Row<'_>]) -> bool {
        let widest = self.headings.words.keys().last().copied().unwrap_or(0);
        let fits = rows.iter().all(|row| row.cells.iter().all(|cell| cell.column <= widest));
        let begins = rows.first().is_some_and(|row| self.said(row.cells).reference.is_some());
        self.found_headings && fits && begins
    }

    fn no_plan(&mut self, sheet: &Sheet, rows: &[Row<'_>]) {
        let words: Vec<(Number, &Cell)> = rows.iter().flat_map(|row| row.words()).collect();
        let Some((first, _)) = words.first() else { return };
        if self.cover(rows) {
            return;
        }
        for (number, _) in &words {
            self.ledger.mark(*number, NOWHERE);
        }
        let why = format!(
            "{} has no heading row of an improvement plan, so none of its cells was placed ({} in all). Check that \
             nothing in it is missing from the draft.",
            sheet.name,
            words.len()
        );
        self.ledger.note(*first, &sheet.name, &sheet.name, why);
    }

    /// The cover of a paper to a committee ("Meeting", "Date", "Title of Paper") is no part of the plan, and no
    /// reason to look at it.
    fn cover(&mut self, rows: &[Row<'_>]) -> bool {
        const LABELS: [&str; 8] = [
            "meeting",
            "date",
            "location",
            "title of paper",
            "presented by",
            "recommendation to members",
            "appendix attached",
            "agenda item",
        ];
        let label =
            |row: &Row<'_>| row.words().next().map(|(_, cell)| cell.text.to_lowercase()).unwrap_or_default();
        let labelled = rows.iter().filter(|row| LABELS.contains(&label(row).trim_end_matches(':'))).count();
        if labelled < 3 || labelled * 2 < rows.len() {
            return false;
        }
        for row in rows {
            self.head(*row, "Cover of the paper");
            if label(row) == "title of paper" {
                self.paper = row.words().nth(1).map(|(_, cell)| cell.text.clone());
            }
        }
        true
    }

    /// Rows above the headings: the title, and what else stands there.
    fn above(&mut self, sheet: &Sheet, rows: &[Row<'_>]) {
        let mut titles: Vec<(Number, &str)> = Vec::new();
        for row in rows {
            let words: Vec<(Number, &Cell)> = row.words().collect();
            match words[..] {
                [(number, cell)] => titles.push((number, &cell.text)),
                _ => {
                    for (number, _) in words {
                        self.ledger.doubt(number, NOWHERE, "This stands above the table's headings and is in no column. Check whether the draft needs it.");
                    }
                }
            }
        }
        let names_a_review = |words: &str| {
            let lower = words.to_lowercase();
            ["review", "inspection", "audit", "assurance", "thematic"].iter().any(|word| lower.contains(word))
        };
        let best = titles
            .iter()
            .find(|(_, words)| names_a_review(words))
            .or(titles.first())
            .map(|(_, words)| *words);
        if self.title.is_none() {
            self.title = best.map(str::to_owned).or_else(|| sheet.heading.clone());
        }
        for (number, words) in titles {
            let is_title = self.title.as_deref() == Some(words);
            self.ledger.place(number, if is_title { "Title" } else { "Heading above the table" });
        }
    }

    /// The heading row and the rows below it.
    fn below(&mut self, rows: &[Row<'_>]) {
        let mut after_headings = false;
        for row in rows {
            if let Some(headings) = Headings::of(row.cells) {
                if headings.title.is_some() && !self.found_headings {
                    self.title.clone_from(&headings.title);
                }
                self.head(
                    *row,
                    if after_headings || !self.found_headings { "Heading" } else { "Heading, repeated" },
                );
                self.headings = headings;
                self.found_headings = true;
                after_headings = true;
            } else if after_headings && self.headings.take_in(row.cells) {
                self.head(*row, "Heading");
                after_headings = false;
            } else {
                self.row(*row);
                after_headings = false;
            }
        }
    }

    fn head(&mut self, row: Row<'_>, placed_as: &str) {
        for (number, _) in row.words() {
            self.ledger.place(number, placed_as);
        }
    }

    fn row(&mut self, row: Row<'_>) {
        let said = self.said(row.cells);
        let only = row.words().count() == 1;
        self.current = match (&said.reference, said.words.is_empty()) {
            (Some(reference), _) => match self.referred(reference.clone(), &said, row) {
                Some(current) => current,
                None => return,
            },
            (None, true) => self.current,
            (None, false) => match self.unreferred(&said, row, only) {
                Some(current) => current,
                None => return self.out(row, NO_REFERENCE),
            },
        };
        match self.current {
            Current::Nothing => self.out(row, ORPHAN),
            Current::LeftOut => self.out(row, LEFT_OUT),
            Current::Group(index) => self.take(index, row),
        }
    }

    /// The reference and the words of the recommendation that a row has.
    fn said(&self, row: &[Cell]) -> Said {
        let in_column = |wanted: Column| {
            let held = |cell: &&Cell| self.headings.columns.get(&cell.column) == Some(&wanted);
            row.iter().find(held).map(|cell| cell.text.as_str()).unwrap_or_default()
        };
        let (reference, words) = (in_column(Column::Reference), in_column(Column::Recommendation));
        match leading_reference(words) {
            Some((own, rest))
                if reference.is_empty() || normal_reference(own) == normal_reference(reference) =>
            {
                Said { reference: Some(own.to_owned()), words: rest.trim().to_owned() }
            }
            _ => {
                let reference = Some(reference.to_owned()).filter(|reference| !reference.is_empty());
                Said { reference, words: words.to_owned() }
            }
        }
    }

    /// A row with a reference: it begins a recommendation, or goes on with one; or its reference is taken, and the
    /// row is listed.
    fn referred(&mut self, reference: String, said: &Said, row: Row<'_>) -> Option<Current> {
        let key = normal_reference(&reference);
        self.numbered = true;
        if let Some(index) = self.groups.iter().position(|group| group.key == key) {
            let group = &mut self.groups[index];
            if said.words.is_empty() || said.words == group.text {
                return Some(Current::Group(index));
            }
            if group.text.is_empty() {
                group.text.clone_from(&said.words);
                return Some(Current::Group(index));
            }
            let at = row.words().next().map_or("", |(_, cell)| cell.at.as_str());
            let why = format!(
                "There is a duplicate reference: recommendation {reference} stands at {} and, with other words, at {at}. \
                 The second was left out. Mend the reference in the file and import it again, or add it yourself.",
                self.groups[index].at
            );
            self.out(row, &why);
            self.current = Current::LeftOut;
            return None;
        }
        Some(self.begin(reference, key, said.words.clone(), row))
    }

    fn begin(&mut self, reference: String, key: String, text: String, row: Row<'_>) -> Current {
        let at = row.words().next().map_or_else(String::new, |(_, cell)| cell.at.clone());
        self.groups.push(Group {
            reference,
            key,
            text,
            at,
            cells: Vec::new(),
            held: BTreeSet::new(),
            rows: 0,
        });
        Current::Group(self.groups.len() - 1)
    }

    /// A row with words of a recommendation but no reference: the same words again, words that go on, or a
    /// recommendation of a plan that numbers none.
    fn unreferred(&mut self, said: &Said, row: Row<'_>, only: bool) -> Option<Current> {
        let number = row
            .words()
            .find(|(_, cell)| self.headings.columns.get(&cell.column) == Some(&Column::Recommendation));
        let number = number.map_or(row.first, |(number, _)| number);
        if let Some(index) = self.groups.iter().position(|group| group.text == said.words) {
            return Some(Current::Group(index));
        }
        if let Current::Group(index) = self.current
            && said.words.starts_with(char::is_lowercase)
        {
            let group = &mut self.groups[index];
            group.text.push(' ');
            group.text.push_str(&said.words);
            let label = fields::label(&group.reference);
            let why =
                format!("These words were taken to go on with the text of {label}. Check that they do.");
            self.ledger.doubt(number, &format!("{label}, text"), why);
            return Some(self.current);
        }
        if self.numbered || only {
            return None;
        }
        let reference = (self.groups.len() + 1).to_string();
        let why = format!("This recommendation has no number and was given {reference}. Check its number.");
        self.ledger.doubt(number, &format!("{}, text", fields::label(&reference)), why);
        Some(self.begin(reference.clone(), reference, said.words.clone(), row))
    }

    fn out(&mut self, row: Row<'_>, why: &str) {
        for (number, _) in row.words() {
            self.ledger.doubt(number, NOWHERE, why);
        }
    }

    /// The cells of a row, taken into its recommendation.
    fn take(&mut self, index: usize, row: Row<'_>) {
        let at_row = self.groups[index].rows;
        self.groups[index].rows += 1;
        for (number, cell) in (row.first..).zip(row.cells) {
            let column = self.headings.columns.get(&cell.column).copied();
            // A cell that a merged one covers has the words of that one, unless they are this group's already.
            let merged = cell.merged_into.as_deref().and_then(|into| self.places.get(into)).copied();
            let number = merged.unwrap_or(number);
            match column {
                _ if !cell.has_words() && merged.is_none() => {}
                Some(column) => {
                    let known = !self.groups[index].held.insert(number);
                    if merged.is_none() {
                        self.groups[index].cells.push((at_row, column, number));
                    } else if !known && column != Column::Recommendation {
                        self.lend(index, at_row, column, number);
                    }
                }
                None if merged.is_none() => self.unknown(number, cell),
                None => {}
            }
        }
    }

    /// A merged cell that began at another recommendation is this one's too.
    fn lend(&mut self, index: usize, row: usize, column: Column, number: Number) {
        self.lent += self.ledger.cell(number).text.len();
        if self.lent <= limits::LENT_BYTES {
            self.groups[index].cells.push((row, column, number));
        } else {
            let why = "This merged cell is too long to be copied to every row that it covers. Split it in the file and \
                       import it again.";
            self.ledger.doubt(number, NOWHERE, why);
        }
    }

    fn unknown(&mut self, number: Number, cell: &Cell) {
        let why = match self.headings.words.get(&cell.column) {
            Some(heading) => format!(
                "The column “{heading}” is not one that a plan has, or there are two of it. Add these words where they belong."
            ),
            None => "This column has no heading. Add these words where they belong.".to_owned(),
        };
        self.ledger.doubt(number, NOWHERE, why);
    }

    /// The recommendations that the groups are.
    pub(crate) fn draft(&mut self) -> Vec<DraftRecommendation> {
        let groups = std::mem::take(&mut self.groups);
        groups.into_iter().map(|group| fields::draft(group, &mut self.ledger)).collect()
    }
}

//! What stands between two tables: a page that cut one in two leaves its number, its marking, its running head or
//! "continued" there, and a table may have the name of its publication above it.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{self, Name, is_continuation_mark, name_above};
use super::rows::Parts;
use super::tables::{self, Columns};
use super::walk::{Above, Table, Walk};
use super::words::{bare, ended, plain};
use crate::place::ledger::{Number, Row};
use crate::reference::leading_reference;
use crate::{Line, Sheet};

/// A longer line is neither a name nor the head of a page.
const LONGEST: usize = 200;
/// Above how many tables a line stands that is the head of every page: a name stands above the closures and the
/// open ones at most.
const OFTEN: usize = 3;

const A_GUESSED_NAME: &str =
    "These words stand above a table and were taken for the name of its publication. Check that they are.";
const A_GUESSED_HEAD: &str = "These words stand above several tables and were taken for what every page has at its head. Check that they \
     name no publication.";

/// What the paper says of itself before its tables are walked through.
#[derive(Default)]
pub(super) struct Ahead {
    /// The lines that stand above several tables.
    heads: BTreeSet<String>,
    /// The keys of the publications that the summary names.
    names: BTreeSet<String>,
    /// The heads that a person was told of.
    told: BTreeSet<String>,
}

impl Ahead {
    pub(super) fn of(sheets: &[Sheet]) -> Self {
        let mut counted: BTreeMap<String, usize> = BTreeMap::new();
        for sheet in sheets {
            let short = sheet.above.iter().filter(|line| line.text.len() <= LONGEST);
            for head in short.map(|line| head(&plain(&line.text))).collect::<BTreeSet<_>>() {
                *counted.entry(head).or_default() += 1;
            }
        }
        let often = |(head, count): (String, usize)| (count >= OFTEN).then_some(head);
        let heads = counted.into_iter().filter_map(often).collect();
        Self { heads, names: sheets.iter().flat_map(summarised).collect(), told: BTreeSet::new() }
    }
}

/// A line as the head of a page, of which each has its own number.
fn head(words: &str) -> String {
    let words = bare(words);
    let words = words.split(' ').filter(|word| !word.bytes().all(|byte| byte.is_ascii_digit()));
    words.collect::<Vec<_>>().join(" ")
}

/// The keys of the publications that a summary table names.
fn summarised(sheet: &Sheet) -> Vec<String> {
    /// Its headings stand at the top.
    const TOP: usize = 3;
    let mut rows = sheet.rows.iter();
    let Some(columns) = rows.by_ref().take(TOP).find_map(|row| tables::summary_columns(row)) else {
        return Vec::new();
    };
    let cells = rows.filter_map(|row| row.iter().find(|cell| cell.column == columns.publication));
    let short = cells.filter(|cell| cell.text.len() <= LONGEST);
    short.filter_map(|cell| names::name(&plain(&cell.text))).map(|name| name.key).collect()
}

/// What stands between a table and the one before it.
pub(super) struct Between {
    /// Whether that is nothing but what every page has, so that the table may go on.
    pub(super) is_clear: bool,
    /// The name over the table.
    pub(super) over: Option<Above>,
}

/// What one line between two tables is.
enum Kind {
    /// What every page has.
    Furniture,
    /// The name of a publication: it has a year, or the paper has it elsewhere.
    Name(Name),
    /// Perhaps the name of a publication.
    Perhaps(Name),
    Prose,
}

impl Walk<'_> {
    /// What stands between the table that begins with the cell `first` and the one before it.
    pub(super) fn between(&mut self, sheet: &Sheet, first: Number) -> Between {
        let heading = sheet.heading.as_deref().unwrap_or_default();
        let mut is_clear = true;
        // The heading, if it stands here and not above an earlier table; and the last line that is no furniture.
        let (mut fresh, mut last) = (None, None);
        for line in &sheet.above {
            let kind = self.kind(line, first);
            is_clear &= match &kind {
                Kind::Furniture => continue,
                Kind::Name(name) => self.is_current(name),
                Kind::Perhaps(_) | Kind::Prose => false,
            };
            if line.text == heading {
                fresh = Some(name_over(&kind));
            }
            last = Some((line, kind));
        }
        let is_heading = last.as_ref().is_some_and(|(line, _)| line.text == heading);
        let stands_above = |name: &Name, line: &Line, guessed: bool| Above {
            name: name.clone(),
            cell: None,
            at: if line.text == heading { sheet.name.clone() } else { line.at.clone() },
            guessed: guessed.then(|| line.clone()),
        };
        let headed = |name: Name| Above { name, cell: None, at: sheet.name.clone(), guessed: None };
        let stale = match fresh {
            None if !heading.is_empty() => self.heading_name(heading),
            _ => None,
        };
        let over = match (fresh.flatten(), last) {
            (Some((name, true)), _) => Some(headed(name)),
            (_, Some((line, Kind::Name(name)))) => Some(stands_above(&name, line, false)),
            (Some((name, false)), _) => Some(headed(name)),
            (None, last) => match (stale, last) {
                (Some((name, true)), _) => Some(headed(name)),
                (_, Some((line, Kind::Perhaps(name)))) if !is_heading => {
                    Some(stands_above(&name, line, true))
                }
                (stale, _) => stale.map(|(name, _)| headed(name)),
            },
        };
        Between { is_clear, over }
    }

    /// The name that a heading is which stood above an earlier table, and whether it surely is one.
    fn heading_name(&mut self, heading: &str) -> Option<(Name, bool)> {
        let words = plain(heading);
        if self.is_of_every_page(&words) {
            return None;
        }
        name_above(&words).map(|name| {
            let is_sure = self.is_sure(&name);
            (name, is_sure)
        })
    }

    fn is_sure(&self, name: &Name) -> bool {
        name.year.is_some() || self.ahead.names.contains(&name.key) || self.by_key.contains_key(&name.key)
    }

    /// Whether the words are what every page has, by themselves or by the cover.
    fn is_of_every_page(&self, words: &str) -> bool {
        is_furniture(words) || is_continuation_mark(words) || self.is_of_the_cover(words)
    }

    /// What a line is; `first` is the cell at which a person is told of a head that is only guessed.
    fn kind(&mut self, line: &Line, first: Number) -> Kind {
        if line.text.len() > LONGEST {
            return Kind::Prose;
        }
        let words = plain(&line.text);
        if self.is_of_every_page(&words) {
            return Kind::Furniture;
        }
        let name = name_above(&words).filter(|name| leading_reference(&name.printed).is_none());
        match name {
            Some(name) if self.is_sure(&name) => return Kind::Name(name),
            _ => {}
        }
        let head = head(&words);
        if self.ahead.heads.contains(&head) {
            if self.ahead.told.insert(head) {
                self.ledger.note(first, &line.at, &line.text, A_GUESSED_HEAD.to_owned());
            }
            return Kind::Furniture;
        }
        name.map_or(Kind::Prose, Kind::Perhaps)
    }

    /// Whether the words have those in them by which the cover calls the committee or the paper.
    fn is_of_the_cover(&self, words: &str) -> bool {
        const SHORTEST: usize = 8;
        let words = bare(words);
        let own = [&self.cover.meeting, &self.cover.title].into_iter().flatten();
        let own = own.filter(|own| own.len() <= LONGEST).map(|own| bare(own));
        own.filter(|own| own.len() >= SHORTEST).any(|own| words.contains(&own))
    }

    /// Whether the name is that of the publication whose table the walk is in.
    pub(super) fn is_current(&self, name: &Name) -> bool {
        self.current.is_some_and(|current| {
            bare(&self.publications[current].title) == name.key
                && name.year.is_none_or(|year| self.is_of_year(current, year))
        })
    }

    /// The table as its rest after a page has it, where that lost the column of references: then the reference stands
    /// before what is recommended.
    pub(super) fn narrowed(&self, rows: &[Row<'_>]) -> Option<Columns> {
        let Table::Recommendations(columns) = self.table else { return None };
        let reference = columns.reference.filter(|reference| {
            *reference < columns.recommendation && columns.recommendation < columns.words
        })?;
        let rest = || rows.iter().take_while(|row| tables::columns(row.cells).is_none());
        let wide = rest().flat_map(|row| row.cells).any(|cell| cell.column >= columns.words);
        (!wide && rest().any(|row| has_more_than_reference(*row, reference))).then(|| {
            let (recommendation, words) = (reference, columns.recommendation);
            Columns { recommendation, words, reference: None, ..columns }
        })
    }

    /// Tells of a name that was only guessed, at the heading row below it.
    pub(super) fn tell_guess(&mut self, above: &Above, first: Number) {
        if let Some(line) = &above.guessed {
            self.ledger.note(first, &line.at, &line.text, A_GUESSED_NAME.to_owned());
        }
    }

    /// Whether a table is the rest of the one before it, cut off by a page: it begins with the same headings, with
    /// the name that it stands under, or, in no more columns, with a recommendation or the rest of one.
    pub(super) fn continues(&self, sheet: &Sheet, rows: &[Row<'_>]) -> bool {
        let Some(first) = rows.first().filter(|_| sheet.name.starts_with("Table ")) else { return false };
        let known = match self.table {
            Table::Unknown => return false,
            Table::Summary(columns) => {
                return fits(rows, columns.open.max(columns.links.unwrap_or(0)));
            }
            Table::Recommendations(known) => known,
        };
        if let Some(columns) = tables::columns(first.cells) {
            return columns.kind == known.kind;
        }
        let cut = self.last.map(|last| &self.items[last]);
        let cut = cut.is_some_and(|item| !ended(&item.text) || !ended(&item.words));
        if rows.get(1).is_some_and(|next| tables::summary_columns(next.cells).is_some()) && !cut {
            return false;
        }
        let alone = tables::only_cell(first.cells).map(|cell| plain(&cell.text));
        if let Some(words) = alone
            && (is_continuation_mark(&words)
                || names::name(&words).is_some_and(|name| self.is_current(&name)))
        {
            return true;
        }
        let parts = Parts::of(*first, self.narrowed(rows).unwrap_or(known));
        let begins = parts.text.is_none() || parts.begins() || cut;
        fits(rows, known.all().max().unwrap_or_default()) && begins
    }
}

/// Whether the column of references has more in it than a reference, in a row that has other words too.
fn has_more_than_reference(row: Row<'_>, column: u32) -> bool {
    let in_column = row.words().find(|(_, cell)| cell.column == column);
    let more = |words: &str| leading_reference(words).is_none_or(|(_, rest)| !rest.is_empty());
    tables::only_cell(row.cells).is_none() && in_column.is_some_and(|(_, cell)| more(&plain(&cell.text)))
}

fn fits(rows: &[Row<'_>], widest: u32) -> bool {
    rows.iter().all(|row| row.cells.iter().all(|cell| cell.column <= widest))
}

/// The name that a heading is which stands right here, and whether it surely is one.
fn name_over(kind: &Kind) -> Option<(Name, bool)> {
    match kind {
        Kind::Name(name) => Some((name.clone(), true)),
        Kind::Perhaps(name) => Some((name.clone(), false)),
        Kind::Furniture | Kind::Prose => None,
    }
}

/// Whether a line between two tables is only what every page of a paper has: its number, its marking.
fn is_furniture(line: &str) -> bool {
    let words = bare(&plain(line));
    let words: Vec<&str> = words.split(' ').collect();
    let marking = |word: &&str| {
        word.bytes().all(|byte| byte.is_ascii_digit())
            || matches!(
                *word,
                "page" | "of" | "official" | "sensitive" | "not" | "protectively" | "marked" | "public"
            )
    };
    words.len() <= 6 && words.iter().all(marking)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_every_page_has_parts_no_table() {
        for line in ["12", "Page 3 of 9", "OFFICIAL", "<b>OFFICIAL – SENSITIVE</b>"] {
            assert!(is_furniture(line), "{line}");
        }
        for line in ["3.2 With such a range", "Appendix A", "Hate Crime"] {
            assert!(!is_furniture(line), "{line}");
        }
    }

    #[test]
    fn the_head_of_a_page_is_the_same_on_each() {
        assert_eq!(head("Night Board | Page 3 of 12"), head("Night board, page 14 of 12"));
        assert_ne!(head("Night Board"), head("Day Board"));
    }
}

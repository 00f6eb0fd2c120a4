//! The rows of a table of recommendations: each begins one, or goes on with the one that a page cut off.

use super::items::{Item, Part};
use super::tables::{Columns, Kind};
use super::walk::Walk;
use super::words::{ended, join, plain};
use crate::Cell;
use crate::place::ledger::{Ledger, NOWHERE, Number, Row};
use crate::reference::{leading_reference, normal_reference};

const NO_REFERENCE: &str = "This row has words of a recommendation but no reference. Give it its reference in the file and \
     import it again, or add it yourself.";
const UNREAD_REFERENCE: &str = "This is not written as a reference is, such as “R8”. Give the row its reference in the file and import it \
     again.";

/// A cell that has words, and its words without tags.
type Said = Option<(Number, String)>;

/// The cells of a row of recommendations.
pub(super) struct Parts {
    reference: Said,
    pub(super) text: Said,
    words: Said,
    target: Said,
}

impl Parts {
    pub(super) fn of(row: Row<'_>, columns: Columns) -> Self {
        let of = |column: u32| {
            let cell = row.words().find(|(_, cell)| cell.column == column);
            cell.map(|(number, cell)| (number, plain(&cell.text)))
        };
        Self {
            reference: columns.reference.and_then(of),
            text: of(columns.recommendation),
            words: of(columns.words),
            target: columns.target.and_then(of),
        }
    }

    /// Whether the row has the reference of a recommendation.
    pub(super) fn begins(&self) -> bool {
        self.in_its_column().is_some()
            || self.text.as_ref().is_some_and(|(_, text)| leading_reference(text).is_some())
    }

    /// The reference that stands in a column of its own, and what is recommended: it may have its reference too.
    fn in_its_column(&self) -> Option<(String, String)> {
        let (_, words) = self.reference.as_ref()?;
        let (reference, rest) = leading_reference(words)?;
        let text = self.text.as_ref().map_or("", |(_, text)| text.as_str());
        let text = match leading_reference(text) {
            Some((own, rest)) if normal_reference(own) == normal_reference(reference) => rest,
            _ => text,
        };
        let mut recommended = rest.trim().to_owned();
        join(&mut recommended, text.trim());
        Some((reference.to_owned(), recommended))
    }
}

/// Whether a row without a reference goes on with the recommendation above it.
enum GoesOn {
    Yes,
    Perhaps,
    No,
}

impl Walk<'_> {
    /// A row of a table of recommendations.
    pub(super) fn recommendation(&mut self, columns: Columns, row: Row<'_>) {
        let Some(publication) = self.current else { return self.stray(row) };
        beside(row, columns, &mut self.ledger);
        let parts = Parts::of(row, columns);
        let text = parts.text.as_ref();
        let begun = parts.in_its_column().or_else(|| text.and_then(|(_, text)| self.reference(text)));
        match begun {
            Some(begun) => self.begin(publication, columns.kind, begun, parts, row),
            None => self.rest(parts),
        }
    }

    /// A row without a reference.
    fn rest(&mut self, parts: Parts) {
        let Parts { reference, text, words, target } = parts;
        if let Some((number, _)) = &reference {
            self.ledger.doubt(*number, NOWHERE, UNREAD_REFERENCE);
        }
        let goes_on = match self.last {
            Some(last) => goes_on(&self.items[last], text.as_ref(), words.as_ref()),
            None => GoesOn::No,
        };
        let (Some(last), false) = (self.last, matches!(goes_on, GoesOn::No)) else {
            for (number, _) in text.into_iter().chain(words).chain(target) {
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
        if let Some((number, target)) = target {
            // A page may print it again for the rest of the row.
            if item.target != target {
                join(&mut item.target, &target);
            }
            taken.push((number, Part::Target));
        }
        if matches!(goes_on, GoesOn::Perhaps) || reference.is_some() {
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
        (reference, recommended): (String, String),
        parts: Parts,
        row: Row<'_>,
    ) {
        let at = row.words().next().map_or_else(String::new, |(_, cell)| cell.at.clone());
        let key = normal_reference(&reference);
        let mut item = Item {
            publication,
            kind,
            reference,
            key,
            text: recommended,
            words: String::new(),
            target: String::new(),
            at: at.clone(),
            cells: Vec::new(),
            doubted: Vec::new(),
        };
        if let Some((number, _)) = parts.reference.as_ref().or(parts.text.as_ref()) {
            let taken = (publication, kind, item.key.clone());
            if let Some(first) = self.taken.get(&taken) {
                let why = format!(
                    "There is a duplicate reference: {} of {} stands at {first} already. Both were kept. Mend the reference \
                     in the file and import it again, or leave one out.",
                    item.reference, self.publications[publication].title
                );
                let part = if parts.reference.is_some() { Part::Reference } else { Part::Text };
                self.ledger.doubt(*number, &item.label(&self.publications, part), why);
            } else {
                self.taken.insert(taken, at);
            }
        }
        item.cells.extend(parts.reference.map(|(number, _)| (number, Part::Reference)));
        item.cells.extend(parts.text.map(|(number, _)| (number, Part::Text)));
        if let Some((number, words)) = parts.words {
            item.words = words;
            item.cells.push((number, Part::Words));
        }
        if let Some((number, target)) = parts.target {
            item.target = target;
            item.cells.push((number, Part::Target));
        }
        self.items.push(item);
        self.last = Some(self.items.len() - 1);
    }
}

/// The cells of a row that are in none of the columns, doubted; what is left is known.
fn beside(row: Row<'_>, columns: Columns, ledger: &mut Ledger<'_>) {
    let strange = |cell: &Cell| columns.all().all(|column| column != cell.column);
    for (number, _) in row.words().filter(|(_, cell)| strange(cell)) {
        let why = "This column has no heading of such a table. Add these words where they belong.";
        ledger.doubt(number, NOWHERE, why);
    }
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

//! The account of every cell: each that holds words is placed or listed as unsure, exactly once.

use std::collections::BTreeMap;

use crate::{Cell, PlacedCell, Sheet, Unsure};

/// The number of a cell, in the order of the file.
pub(crate) type Number = usize;

/// Where one cell went.
struct Went {
    placed_as: String,
    unsure: bool,
}

/// All cells, and where they went so far.
pub(crate) struct Ledger<'a> {
    cells: Vec<&'a Cell>,
    went: Vec<Option<Went>>,
    notes: Vec<Unsure>,
    unsure: Vec<(Number, Unsure)>,
    /// How often each cell was listed: one that a merged area lends to every row is told a few times only.
    listed: BTreeMap<Number, u8>,
}

/// One row: its cells, and the number of the first.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    pub(crate) first: Number,
    pub(crate) cells: &'a [Cell],
}

impl<'a> Row<'a> {
    /// The cells that hold words, with their numbers.
    pub(crate) fn words(self) -> impl Iterator<Item = (Number, &'a Cell)> {
        (self.first..).zip(self.cells).filter(|(_, cell)| cell.has_words())
    }
}

impl<'a> Ledger<'a> {
    /// The account of all cells, and the rows of each sheet by the numbers of their cells.
    pub(crate) fn of(sheets: &'a [Sheet]) -> (Self, Vec<Vec<Row<'a>>>) {
        let mut cells = Vec::new();
        let mut rows = Vec::new();
        for sheet in sheets {
            let mut of_sheet = Vec::new();
            for row in &sheet.rows {
                of_sheet.push(Row { first: cells.len(), cells: row });
                cells.extend(row);
            }
            rows.push(of_sheet);
        }
        let went = cells.iter().map(|_| None).collect();
        let notes = sheets.iter().flat_map(|sheet| sheet.notes.iter().cloned()).collect();
        (Self { cells, went, notes, unsure: Vec::new(), listed: BTreeMap::new() }, rows)
    }

    pub(crate) fn cell(&self, number: Number) -> &'a Cell {
        self.cells[number]
    }

    /// Where each cell that holds words stands.
    pub(crate) fn by_place(&self) -> BTreeMap<&'a str, Number> {
        let words = self.cells.iter().enumerate().filter(|(_, cell)| cell.has_words());
        words.map(|(number, cell)| (cell.at.as_str(), number)).collect()
    }

    /// The cell became `placed_as`. A second time adds nothing: the first place is the one that is told.
    pub(crate) fn place(&mut self, number: Number, placed_as: impl Into<String>) {
        let went = &mut self.went[number];
        if went.is_none() {
            *went = Some(Went { placed_as: placed_as.into(), unsure: false });
        }
    }

    /// The cell is listed as unsure; `placed_as` says what became of it so far.
    pub(crate) fn doubt(&mut self, number: Number, placed_as: &str, why: impl Into<String>) {
        const MOST: u8 = 3;
        self.mark(number, placed_as);
        let listed = self.listed.entry(number).or_default();
        if *listed == MOST {
            return;
        }
        *listed += 1;
        let cell = self.cells[number];
        self.unsure.push((number, Unsure { at: cell.at.clone(), text: cell.text.clone(), why: why.into() }));
    }

    /// The cell is unsure, for a reason that is listed once for many cells.
    pub(crate) fn mark(&mut self, number: Number, placed_as: &str) {
        self.place(number, placed_as);
        if let Some(went) = &mut self.went[number] {
            went.unsure = true;
        }
    }

    /// Something unsure about many cells, told at the first of them.
    pub(crate) fn note(&mut self, number: Number, at: &str, text: &str, why: String) {
        self.unsure.push((number, Unsure { at: at.to_owned(), text: text.to_owned(), why }));
    }

    /// The account, in the order of the file. A cell that nobody placed is listed, so that none is lost.
    pub(crate) fn close(mut self) -> (Vec<PlacedCell>, Vec<Unsure>) {
        for number in 0..self.cells.len() {
            if self.went[number].is_none() && self.cells[number].has_words() {
                self.doubt(number, NOWHERE, "This cell was not understood. Add its words where they belong.");
            }
        }
        self.unsure.sort_by_key(|(number, _)| *number);
        let told = |(cell, went): (&Cell, Option<Went>)| {
            let went = went.filter(|_| cell.has_words())?;
            let (at, text) = (cell.at.clone(), cell.text.clone());
            Some(PlacedCell { at, text, placed_as: went.placed_as, unsure: went.unsure })
        };
        let cells = self.cells.into_iter().zip(self.went).filter_map(told).collect();
        (cells, self.notes.into_iter().chain(self.unsure.into_iter().map(|(_, unsure)| unsure)).collect())
    }
}

/// What a cell became that is in no part of the draft.
pub(crate) const NOWHERE: &str = "Not placed";

//! A reader who has kept every edition and owns a linear program. Written apart from the rules, and otherwise: every
//! printed place is a variable, fixed where it is shown; every cell of every month (or area) is one; a place is the sum of its cells.

use std::collections::BTreeMap;

use disclosure::{Position, Table};
use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};

/// Far above every count in these tests: an interval that reaches it has no end.
const ENDLESS: f64 = 1e5;

/// Something that nobody printed, and what it really is.
pub struct Hidden {
    pub what: String,
    pub truth: u64,
    variable: usize,
}

/// What the reader makes of everything printed.
pub struct Reader {
    bounds: Vec<(f64, f64)>,
    sums: Vec<(usize, Vec<usize>)>,
    pub hidden: Vec<Hidden>,
    cells: Vec<Vec<Vec<usize>>>,
    /// What each cell of a month was counted as, and its variable then.
    counted: BTreeMap<(usize, usize, usize), Vec<(u64, usize)>>,
}

impl Reader {
    /// A reader of tables of that shape over so many months.
    pub fn new(months: usize, rows: usize, columns: usize) -> Self {
        let mut own = Self {
            bounds: Vec::new(),
            sums: Vec::new(),
            hidden: Vec::new(),
            cells: Vec::new(),
            counted: BTreeMap::new(),
        };
        own.cells = (0..months)
            .map(|_| (0..rows).map(|_| (0..columns).map(|_| own.variable(None)).collect()).collect())
            .collect();
        own
    }

    /// A month as it is counted now. The reader knows which cells were corrected: each is another number than before, unless
    /// it was counted so once already.
    pub fn counts(&mut self, month: usize, truth: &[Vec<u64>]) {
        for (row, line) in truth.iter().enumerate() {
            for (column, count) in line.iter().enumerate() {
                let known = self.counted.get(&(month, row, column)).cloned().unwrap_or_default();
                let found = known.iter().find(|(was, _)| was == count).map(|(_, variable)| *variable);
                let variable = match (found, known.is_empty()) {
                    (Some(variable), _) => variable,
                    (None, true) => self.cells[month][row][column],
                    (None, false) => self.variable(None),
                };
                if found.is_none() {
                    self.counted.entry((month, row, column)).or_default().push((*count, variable));
                }
                self.cells[month][row][column] = variable;
            }
        }
    }

    fn variable(&mut self, known: Option<u64>) -> usize {
        #[expect(clippy::cast_precision_loss, reason = "counts here are small")]
        self.bounds.push(known.map_or((0.0, ENDLESS), |count| (count as f64, count as f64)));
        self.bounds.len() - 1
    }

    /// Reads what an edition over those months prints: numbers, and `None` where they are hidden.
    pub fn reads(&mut self, printed: &[(Position, Option<u64>)], table: &Table, months: &[usize]) {
        for (position, known) in printed.iter().copied() {
            let variable = self.variable(known);
            let parts: Vec<usize> = months
                .iter()
                .flat_map(|month| self.cells[*month].iter().enumerate())
                .flat_map(|(row, line)| {
                    line.iter().enumerate().map(move |(column, cell)| (row, column, *cell))
                })
                .filter(|(row, column, _)| match position {
                    Position::Cell { row: own, column: other } => (own, other) == (*row, *column),
                    Position::RowTotal { row: own } => own == *row,
                    Position::ColumnTotal { column: own } => own == *column,
                    Position::GrandTotal => true,
                })
                .map(|(_, _, cell)| cell)
                .collect();
            self.sums.push((variable, parts));
            if known.is_none() {
                let what = format!("{position:?} of {months:?}");
                self.hidden.push(Hidden {
                    what,
                    truth: table.count(position).expect("it is printed"),
                    variable,
                });
            }
        }
    }

    /// Wonders about the small numbers of single months, which nobody printed: cells and the totals of rows and columns.
    pub fn wonders(&mut self, truth: &[Vec<Vec<u64>>]) {
        self.wonders_about(truth, 0..truth.len());
    }

    /// The same of some of the months.
    pub fn wonders_about(&mut self, truth: &[Vec<Vec<u64>>], months: std::ops::Range<usize>) {
        for (month, table) in truth.iter().enumerate().filter(|(month, _)| months.contains(month)) {
            let (rows, columns) = (table.len(), table[0].len());
            let mut groups: Vec<(String, Vec<(usize, usize)>)> = Vec::new();
            for row in 0..rows {
                groups.push((format!("row {row}"), (0..columns).map(|column| (row, column)).collect()));
                groups
                    .extend((0..columns).map(|column| (format!("cell {row} {column}"), vec![(row, column)])));
            }
            for column in 0..columns {
                groups.push((format!("column {column}"), (0..rows).map(|row| (row, column)).collect()));
            }
            for (what, group) in groups {
                let count: u64 = group.iter().map(|(row, column)| table[*row][*column]).sum();
                if count < 5 {
                    let parts: Vec<usize> =
                        group.iter().map(|(row, column)| self.cells[month][*row][*column]).collect();
                    if self.sums.iter().any(|(_, known)| *known == parts) {
                        continue; // asked before
                    }
                    let variable = self.variable(None);
                    self.sums.push((variable, parts));
                    self.hidden.push(Hidden {
                        what: format!("{what} of month {month}"),
                        truth: count,
                        variable,
                    });
                }
            }
        }
    }

    /// Sentences about the hidden numbers that have less than that room. Whatever fulfils everything printed shows what each
    /// hidden number may be; only those that were not yet seen far enough apart are pushed to both ends.
    pub fn attack(&self, room: f64) -> Vec<String> {
        let mut seen = vec![(f64::INFINITY, f64::NEG_INFINITY); self.hidden.len()];
        let mut found = Vec::new();
        for (number, hidden) in self.hidden.iter().enumerate() {
            for direction in [OptimizationDirection::Minimize, OptimizationDirection::Maximize] {
                if seen[number].1 - seen[number].0 < room {
                    let possible = self.possible(hidden.variable, direction);
                    for (seen, hidden) in seen.iter_mut().zip(&self.hidden) {
                        // A reader knows that it is a whole number: half a count more or less is none.
                        let value = possible[hidden.variable];
                        *seen = (seen.0.min((value - 1e-6).ceil()), seen.1.max((value + 1e-6).floor()));
                    }
                }
            }
            let (least, most) = seen[number];
            if most - least < room {
                found.push(format!("{} is {} and known to be {least} to {most}", hidden.what, hidden.truth));
            }
        }
        found
    }

    /// What everything may be where one number is at its end.
    fn possible(&self, wanted: usize, direction: OptimizationDirection) -> Vec<f64> {
        let mut problem = Problem::new(direction);
        let variables: Vec<Variable> = (0..self.bounds.len())
            .map(|at| problem.add_var(if at == wanted { 1.0 } else { 0.0 }, self.bounds[at]))
            .collect();
        for (sum, parts) in &self.sums {
            let terms = parts.iter().map(|part| (variables[*part], 1.0)).chain([(variables[*sum], -1.0)]);
            problem.add_constraint(terms.collect::<Vec<_>>(), ComparisonOp::Eq, 0.0);
        }
        let outcome = problem.solve().expect("what is printed is possible, and every number has an end");
        let solution = outcome.into_solution().expect("there is no limit of time");
        variables.into_iter().map(|variable| solution.var_value(variable)).collect()
    }
}

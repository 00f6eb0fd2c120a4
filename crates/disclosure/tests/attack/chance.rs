//! Random tables from a seed that is printed with every failure.

use disclosure::{Position, Table};

/// A seeded generator: the same tables on every machine.
pub struct Chance(pub u64);

impl Chance {
    /// A number below `most`.
    pub fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    /// Counts as they come in police tables: mostly few, a fifth of them none, some large.
    pub fn count(&mut self) -> u64 {
        match self.below(10) {
            0 | 1 => 0,
            2..=5 => self.below(7),
            6..=8 => self.below(30),
            _ => self.below(400),
        }
    }

    /// 2 to 6 rows, 2 to 8 columns; in one table of four a total here and there is not printed.
    pub fn table(&mut self) -> Table {
        let (rows, columns) = (2 + self.below(5), 2 + self.below(7));
        let cells: Vec<Vec<u64>> = (0..rows).map(|_| (0..columns).map(|_| self.count()).collect()).collect();
        let all = named(&cells).with_all_totals();
        if self.below(4) > 0 {
            return all;
        }
        let mut some = |position: Position| all.count(position).filter(|_| self.below(3) > 0);
        let row_totals: Vec<_> = (0..cells.len()).map(|row| some(Position::RowTotal { row })).collect();
        let column_totals: Vec<_> =
            (0..cells[0].len()).map(|column| some(Position::ColumnTotal { column })).collect();
        let grand_total = some(Position::GrandTotal);
        let table = named(&cells).with_row_totals(&row_totals).expect("they are sums");
        let table = table.with_column_totals(&column_totals).expect("they are sums");
        grand_total.map_or(table.clone(), |total| table.with_grand_total(total).expect("it is the sum"))
    }
}

/// A table with names, without totals.
pub fn named(cells: &[Vec<u64>]) -> Table {
    let rows: Vec<String> = (0..cells.len()).map(|row| format!("division {row}")).collect();
    let columns: Vec<String> = (0..cells[0].len()).map(|column| format!("reason {column}")).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    Table::new(&rows, &columns, cells).expect("every row has its counts")
}

//! Many rows in one statement: who writes row by row pays the way to the database for each (decisions/0037).

/// How many rows are written at once: few sizes, so that the database keeps the statements prepared.
const SIZES: [usize; 5] = [64, 16, 4, 2, 1];

/// An insert of many rows: the same statement for each size.
#[derive(Debug)]
pub struct Many([(usize, String); SIZES.len()]);

impl Many {
    /// `head` is the statement before `values`, `tail` what follows the rows; each row has so many columns.
    pub fn of(head: &str, columns: usize, tail: &str) -> Self {
        Self(SIZES.map(|rows| (rows, format!("{head} values {} {tail}", places(rows, columns)))))
    }

    /// The rows in the parts in which they are written, each with its statement, in their order.
    pub fn parts<'a, T>(&'static self, rows: &'a [T]) -> Vec<(&'static str, &'a [T])> {
        let (mut left, mut parts) = (rows, Vec::new());
        for (size, statement) in &self.0 {
            while let Some((part, rest)) = left.split_at_checked(*size) {
                parts.push((statement.as_str(), part));
                left = rest;
            }
        }
        parts
    }

    /// Every statement, for the test that prepares them on both engines.
    pub fn statements(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, statement)| statement.as_str())
    }
}

/// "($1, $2), ($3, $4)"
fn places(rows: usize, columns: usize) -> String {
    let row = |row: usize| {
        let places: Vec<String> =
            (1..=columns).map(|column| format!("${}", row * columns + column)).collect();
        format!("({})", places.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;

    static MANY: LazyLock<Many> =
        LazyLock::new(|| Many::of("insert into one (a, b)", 2, "on conflict do nothing"));

    #[test]
    fn every_row_is_written_once_and_in_its_order() {
        for count in [0, 1, 2, 3, 5, 15, 16, 63, 64, 65, 200] {
            let rows: Vec<usize> = (0..count).collect();
            let parts = MANY.parts(&rows);
            let written: Vec<usize> = parts.iter().flat_map(|(_, part)| part.iter().copied()).collect();
            assert_eq!(written, rows);
            for (statement, part) in parts {
                assert_eq!(statement.matches('(').count(), part.len() + 1, "{statement}");
                assert!(statement.contains(&format!("${})", 2 * part.len())), "{statement}");
            }
        }
        let two = MANY.parts(&[1, 2]);
        assert_eq!(two[0].0, "insert into one (a, b) values ($1, $2), ($3, $4) on conflict do nothing");
        assert_eq!(MANY.statements().count(), SIZES.len());
    }
}

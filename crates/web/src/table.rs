//! Tables as files for spreadsheets.

use journal::DatabaseError;

/// Any table as CSV: UTF-8 with a byte order mark, no cell that a spreadsheet would run.
pub fn table_csv(heads: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Result<Vec<u8>, DatabaseError> {
    let broken = |error: &dyn std::fmt::Display| DatabaseError::Encode(format!("CSV: {error}").into());
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(heads).map_err(|error| broken(&error))?;
    for row in rows {
        writer.write_record(row.into_iter().map(harmless)).map_err(|error| broken(&error))?;
    }
    writer.into_inner().map_err(|error| broken(&error))
}

/// An apostrophe before what a spreadsheet would take for a formula.
pub fn harmless(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_the_file_is_read_back() {
        let row = ["=1+1", "a, \"b\"", "two\nlines", "-1"].map(str::to_owned).to_vec();
        let file = table_csv(&["one", "two", "three", "four"], [row].into_iter()).unwrap();
        let mut read = csv::Reader::from_reader(file.strip_prefix("\u{feff}".as_bytes()).unwrap());
        let cells = read.records().next().unwrap().unwrap();
        assert_eq!(cells.iter().collect::<Vec<_>>(), ["'=1+1", "a, \"b\"", "two\nlines", "'-1"]);
    }
}

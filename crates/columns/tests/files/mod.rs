//! Files read back.

use std::{collections::BTreeMap, fs::File, path::Path};

use jiff::{Timestamp, ToSpan, civil::date};
use journal::to_moment;
use parquet::{
    file::reader::{FileReader, SerializedFileReader},
    record::Field,
};

/// Rows as their cells by the names of the columns, in words; an empty one says nothing.
pub type Table = Vec<BTreeMap<String, String>>;

/// A Parquet file, read by the library’s own reader of records; its columns are those of the schema.
pub fn read_parquet(table: &columns::table::rules::Table, path: &Path) -> Table {
    let reader = SerializedFileReader::new(File::open(path).expect("it is there")).expect("it is Parquet");
    let written = reader.metadata().file_metadata().schema();
    let fields: Vec<(&str, bool)> =
        written.get_fields().iter().map(|field| (field.name(), field.is_optional())).collect();
    let expected: Vec<(&str, bool)> =
        table.columns().map(|column| (column.name, column.is_optional)).collect();
    assert_eq!(fields, expected, "{}", table.key);
    let rows = reader.get_row_iter(None).expect("it has rows").map(|row| row.expect("it is read"));
    rows.map(|row| row.get_column_iter().map(|(name, field)| (name.clone(), words(field))).collect())
        .collect()
}

fn words(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Bool(flag) => flag.to_string(),
        Field::Long(number) => number.to_string(),
        Field::Str(text) => text.clone(),
        Field::Date(days) => (date(1970, 1, 1) + i64::from(*days).days()).to_string(),
        Field::TimestampMicros(at) => to_moment(Timestamp::from_microsecond(*at).expect("a moment")),
        other => panic!("{other:?} is of no kind of column"),
    }
}

/// A CSV file.
pub fn read_csv(path: &Path) -> Table {
    let mut reader = csv::Reader::from_path(path).expect("it is there");
    let names: Vec<String> = reader.headers().expect("it has names").iter().map(str::to_owned).collect();
    let of = |row: csv::StringRecord| names.iter().cloned().zip(row.iter().map(str::to_owned)).collect();
    reader.records().map(|row| of(row.expect("it is read"))).collect()
}

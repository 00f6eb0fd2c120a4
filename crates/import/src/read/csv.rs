//! CSV with commas or semicolons.

use journal::Refusal;

use super::gather::{Gathering, Places};
use crate::kind::refuse;
use crate::{Sheet, limits};

pub(crate) fn read(text: &str, separator: u8) -> Result<Vec<Sheet>, Refusal> {
    // A reader keeps the end of each field of a record, so a line of separators alone could fill the memory.
    let separators = text.bytes().filter(|byte| *byte == separator);
    if separators.take(limits::SEPARATORS + 1).count() > limits::SEPARATORS {
        return Err(refuse(format!(
            "has more than {} fields. Keep only the plan's table and import that.",
            limits::SEPARATORS
        )));
    }
    let mut gathering = Gathering::new(Places::Tables);
    let sheet = gathering.open(None, None)?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut record = csv::ByteRecord::new();
    let mut row = 0;
    while reader.read_byte_record(&mut record).map_err(|_| crate::archive::damaged())? {
        for (column, field) in (0..).zip(&record) {
            gathering.add(sheet, row, column, &String::from_utf8_lossy(field), None)?;
        }
        row += 1;
    }
    gathering.finish()
}

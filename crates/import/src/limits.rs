//! What a file may cost before it is refused. A plan of fifty recommendations is far below all of them; what
//! is above is a mistake or an attack. All are counted while reading, none is believed from a header.

/// Bytes of the file itself.
pub const FILE_BYTES: usize = 10 * MIB;
/// Bytes of a file that is text all through (CSV, a web page, a paste): these hold no pictures.
pub const TEXT_FILE_BYTES: usize = 4 * MIB;
/// Parts in a zip file.
pub const PARTS: usize = 2_000;
/// Bytes of one part of a zip file, inflated.
pub const PART_BYTES: u64 = 8 * MIB as u64;
/// Bytes of all parts that are read, inflated.
pub const INFLATED_BYTES: u64 = 12 * MIB as u64;
/// How many times its file's size the parts may inflate to, beyond [`RATIO_FROM`].
pub const RATIO: u64 = 150;
/// Below this many inflated bytes the ratio does not matter.
pub const RATIO_FROM: u64 = 2 * MIB as u64;
/// Bytes of one tag, comment or run of text in XML.
pub const EVENT_BYTES: usize = MIB;
/// How deep the elements of XML may nest.
pub const XML_DEPTH: usize = 256;
/// How deep tables may nest.
pub const TABLE_DEPTH: usize = 8;
/// Sheets of a workbook, or tables of a paper.
pub const SHEETS: usize = 200;
/// Rows of one sheet that hold anything.
pub const ROWS: usize = 5_000;
/// Cells of one row that hold anything.
pub const COLUMNS: usize = 64;
/// Cells of the whole file that hold anything.
pub const CELLS: usize = 40_000;
/// Merged areas of the whole file.
pub const MERGES: usize = 10_000;
/// Bytes of the words in one cell.
pub const CELL_BYTES: usize = 256 * 1024;
/// Bytes of the words in all cells.
pub const TEXT_BYTES: usize = 4 * MIB;
/// Lines or paragraphs of prose around the tables.
pub const PROSE_LINES: usize = 20_000;
/// Bytes of the words in all prose.
pub const PROSE_BYTES: usize = 4 * MIB;
/// Actions of one recommendation; a cell that would make more is kept as one.
pub const ACTIONS: usize = 500;
/// Bytes of words that merged cells may lend to rows of other recommendations.
pub const LENT_BYTES: usize = MIB;
/// Rows of a web page's table, even empty ones.
pub const PAGE_ROWS: u32 = 20_000;
/// Characters of the name of a sheet, as a workbook itself limits it.
pub const NAME_CHARS: usize = 31;
/// Characters of the heading over a table.
pub const HEADING_CHARS: usize = 300;
/// Separators in a CSV file (a field costs memory even where it is empty).
pub const SEPARATORS: usize = 500_000;

const MIB: usize = 1024 * 1024;

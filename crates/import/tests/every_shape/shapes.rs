//! One invented plan, written in every shape in which plans are published.

use std::io::Write;

use import::{Placed, TargetDate};
use jiff::civil::Date;

/// A plan as it is meant.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    pub title: String,
    pub recommendations: Vec<Recommendation>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Recommendation {
    pub number: usize,
    pub text: String,
    pub risk: &'static str,
    pub actions: Vec<String>,
    pub owner: String,
    pub impact: String,
    pub target: TargetDate,
    pub updates: String,
}

/// A cell to be written: words, or a day that the file knows to be one.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Words(String),
    Day(Date),
}

/// A table to be written, and the cells that are merged down: column, first and last row.
#[derive(Debug, Clone, Default)]
pub struct Table {
    pub title: Option<String>,
    pub rows: Vec<Vec<Value>>,
    pub merged: Vec<(usize, usize, usize)>,
}

pub const HEADINGS: [&str; 7] =
    ["Recommendation", "Risk Exposure", "Action to be taken", "Owner", "Impact", "Target Date", "Updates"];

fn words(text: impl Into<String>) -> Value {
    Value::Words(text.into())
}

impl Recommendation {
    fn cells(&self, separator: &str, dates: bool) -> Vec<Value> {
        let numbered = |(sub, text): (usize, &String)| format!("{}.{} {text}", self.number, sub + 1);
        let actions: Vec<String> = self.actions.iter().enumerate().map(numbered).collect();
        let target = match self.target {
            TargetDate::Day(day) if dates => Value::Day(day),
            target => words(target.to_string()),
        };
        vec![
            words(format!("{} - {}", self.number, self.text)),
            words(self.risk),
            words(actions.join(separator)),
            words(&*self.owner),
            words(&*self.impact),
            target,
            words(&*self.updates),
        ]
    }
}

impl Plan {
    /// One row for each recommendation, all its actions in one cell.
    pub fn plain(&self, separator: &str) -> Table {
        let mut rows = vec![HEADINGS.map(words).to_vec()];
        rows.extend(self.recommendations.iter().map(|it| it.cells(separator, false)));
        Table { title: None, rows, merged: Vec::new() }
    }

    /// The same under a title, with the columns in another order and days as date cells.
    pub fn shuffled(&self, order: [usize; 7]) -> Table {
        let mut rows = vec![HEADINGS.map(words).to_vec()];
        rows.extend(self.recommendations.iter().map(|it| it.cells("\n", true)));
        let turned = rows.iter().map(|row| order.map(|column| row[column].clone()).to_vec()).collect();
        Table { title: Some(self.title.clone()), rows: turned, merged: Vec::new() }
    }

    /// One row for each action; what is the recommendation's is merged down, repeated, or left blank below.
    pub fn by_action(&self, below: Below) -> Table {
        let mut table = Table { title: Some(self.title.clone()), ..Table::default() };
        table.rows.push(HEADINGS.map(words).to_vec());
        for recommendation in &self.recommendations {
            let first = table.rows.len();
            for (sub, text) in recommendation.actions.iter().enumerate() {
                let mut row = recommendation.cells("", true);
                if sub > 0 && below != Below::Repeated {
                    row.fill(words(""));
                }
                row[2] = words(format!("{}.{} {text}", recommendation.number, sub + 1));
                table.rows.push(row);
            }
            if below == Below::Merged && table.rows.len() - first > 1 {
                table.merged.extend([0, 1, 3, 4, 5, 6].map(|column| (column, first, table.rows.len() - 1)));
            }
        }
        table
    }

    /// What a reader of the file should get.
    pub fn matches(&self, placed: &Placed, titled: bool) -> Result<(), String> {
        let same = |what: &str, left: String, right: String| {
            if left == right { Ok(()) } else { Err(format!("{what}: meant {left:?}, read {right:?}")) }
        };
        same("unsure", "[]".into(), format!("{:?}", placed.unsure))?;
        same("cells", placed.cells_read.to_string(), placed.cells.len().to_string())?;
        same(
            "title",
            format!("{:?}", titled.then_some(&self.title)),
            format!("{:?}", placed.title.as_ref()),
        )?;
        same("count", self.recommendations.len().to_string(), placed.recommendations.len().to_string())?;
        for (meant, read) in self.recommendations.iter().zip(&placed.recommendations) {
            let numbers =
                |count: usize| (1..=count).map(|sub| format!("{}.{sub}", meant.number)).collect::<Vec<_>>();
            let texts: Vec<&String> = read.actions.iter().map(|action| &action.text).collect();
            let got: Vec<&String> = read.actions.iter().map(|action| &action.number).collect();
            same("reference", meant.number.to_string(), read.reference.clone())?;
            same("key", meant.number.to_string(), read.key.clone())?;
            same("text", meant.text.clone(), read.text.clone())?;
            same("risk", format!("{:?}", Some(meant.risk)), format!("{:?}", read.risk_exposure))?;
            same("numbers", format!("{:?}", numbers(meant.actions.len())), format!("{got:?}"))?;
            same("actions", format!("{:?}", meant.actions.iter().collect::<Vec<_>>()), format!("{texts:?}"))?;
            same("owner", format!("{:?}", Some(&meant.owner)), format!("{:?}", read.owner.as_ref()))?;
            same("impact", format!("{:?}", Some(&meant.impact)), format!("{:?}", read.impact.as_ref()))?;
            same("target", format!("{:?}", Some(meant.target)), format!("{:?}", read.current_target))?;
            same("updates", format!("{:?}", [&meant.updates]), format!("{:?}", read.updates))?;
            let own =
                read.actions.iter().any(|it| it.owner.is_some() || it.target.is_some() || it.done.is_some());
            same("actions of their own", "false".into(), own.to_string())?;
        }
        Ok(())
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Below {
    Merged,
    Repeated,
    Blank,
}

fn plain(value: &Value) -> String {
    match value {
        Value::Words(words) => words.clone(),
        Value::Day(day) => day.strftime("%d/%m/%Y").to_string(),
    }
}

/// The table with its title, if any, as rows of words.
fn lines(table: &Table) -> Vec<Vec<String>> {
    let title = table.title.iter().map(|title| vec![title.clone()]);
    title.chain(table.rows.iter().map(|row| row.iter().map(plain).collect())).collect()
}

pub fn csv(table: &Table, separator: char) -> Vec<u8> {
    let quote = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    let line = |row: &Vec<String>| row.iter().map(quote).collect::<Vec<_>>().join(&separator.to_string());
    lines(table).iter().map(line).collect::<Vec<_>>().join("\r\n").into_bytes()
}

/// Rows with tabs, as a spreadsheet copies them: quotes only around cells with line ends.
pub fn tsv(table: &Table) -> Vec<u8> {
    let cell = |cell: &String| {
        if cell.contains('\n') { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.clone() }
    };
    let line = |row: &Vec<String>| row.iter().map(cell).collect::<Vec<_>>().join("\t");
    lines(table).iter().map(line).collect::<Vec<_>>().join("\n").into_bytes()
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Whether a cell is covered by a merged one, and how many rows it covers itself.
fn span(table: &Table, row: usize, column: usize) -> (bool, usize) {
    let covered = table.merged.iter().any(|(at, first, last)| *at == column && *first < row && row <= *last);
    let covers = table.merged.iter().find(|(at, first, _)| *at == column && *first == row);
    (covered, covers.map_or(1, |(_, first, last)| last - first + 1))
}

pub fn html(table: &Table) -> Vec<u8> {
    let mut page =
        "<!doctype html><html><head><title>x</title></head><body><p>Prose, with tabs\t.</p><TABLE>"
            .to_owned();
    if let Some(title) = &table.title {
        page.extend([format!("<tr><td colspan=\"7\"><b>{}</b></td></tr>", escaped(title))]);
    }
    for (at, row) in table.rows.iter().enumerate() {
        page += "<tr>";
        for (column, cell) in row.iter().enumerate() {
            let (covered, rows) = span(table, at, column);
            if !covered {
                page.extend([format!(
                    "\n<td class='a>b' rowspan={rows}>{}</td>",
                    escaped(&plain(cell)).replace('\n', "<br>")
                )]);
            }
        }
        page += "</tr>";
    }
    (page + "</TABLE><p>Prose</body></html>").into_bytes()
}

pub fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        zip.write_all(content.as_bytes()).expect("written");
    }
    zip.finish().expect("a zip").into_inner()
}

pub fn docx(table: &Table) -> Vec<u8> {
    let paragraph = |words: &str| {
        format!(
            "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>",
            escaped(words)
        )
    };
    let mut body = paragraph("Prose before") + "<w:tbl><w:tblPr/>";
    if let Some(title) = &table.title {
        body.extend([format!(
            "<w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"7\"/></w:tcPr>{}</w:tc></w:tr>",
            paragraph(title)
        )]);
    }
    for (at, row) in table.rows.iter().enumerate() {
        body += "<w:tr>";
        for (column, cell) in row.iter().enumerate() {
            let merge = match span(table, at, column) {
                (true, _) => "<w:tcPr><w:vMerge/></w:tcPr>",
                (false, 1) => "",
                (false, _) => "<w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr>",
            };
            let words: String = plain(cell).split('\n').map(paragraph).collect();
            body.extend([format!("<w:tc>{merge}{words}</w:tc>")]);
        }
        body += "</w:tr>";
    }
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
         <w:body>{body}</w:tbl>{}</w:body></w:document>",
        paragraph("Prose after")
    );
    let rels = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    zipped(&[("[Content_Types].xml", "<Types/>"), ("_rels/.rels", rels), ("word/document.xml", &document)])
}

pub fn xlsx(table: &Table) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let plain_format = rust_xlsxwriter::Format::new();
    let day_format = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
    let row_number = |row: usize| u32::try_from(row).expect("few rows");
    let column_number = |column: usize| u16::try_from(column).expect("few columns");
    let mut offset = 0;
    if let Some(title) = &table.title {
        sheet.merge_range(1, 0, 1, 6, title, &plain_format).expect("a title");
        offset = 3;
    }
    for (at, row) in table.rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            let (y, x) = (row_number(at) + offset, column_number(column));
            match (span(table, at, column), cell) {
                ((true, _), _) => {}
                ((false, 1), Value::Words(words)) => {
                    sheet.write_string(y, x, words).expect("written");
                }
                ((false, 1), Value::Day(day)) => {
                    sheet.write_number_with_format(y, x, serial(*day), &day_format).expect("written");
                }
                ((false, rows), cell) => {
                    let last = y + row_number(rows) - 1;
                    let format = if matches!(cell, Value::Day(_)) { &day_format } else { &plain_format };
                    sheet.merge_range(y, x, last, x, "", format).expect("merged");
                    match cell {
                        Value::Words(words) => {
                            sheet.write_string(y, x, words).expect("written");
                        }
                        Value::Day(day) => {
                            sheet.write_number_with_format(y, x, serial(*day), format).expect("written");
                        }
                    }
                }
            }
        }
    }
    book.save_to_buffer().expect("a workbook")
}

fn serial(day: Date) -> f64 {
    let days = day.since(jiff::civil::date(1899, 12, 30)).expect("a span").get_days();
    f64::from(days)
}

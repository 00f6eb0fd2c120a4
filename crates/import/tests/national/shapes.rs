//! One flattened paper, made into the web page and the Word paper that it may have been.

use std::io::Write;

/// A piece of a paper.
enum Block {
    Prose(String),
    Table(Vec<Vec<String>>),
}

/// The pieces of a flattened paper: rows with tabs are a table until a blank line.
fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open = false;
    for line in text.lines() {
        if line.contains('\t') {
            let row: Vec<String> = line.split('\t').map(|cell| cell.trim().to_owned()).collect();
            match blocks.last_mut() {
                Some(Block::Table(rows)) if open => rows.push(row),
                _ => blocks.push(Block::Table(vec![row])),
            }
            open = true;
        } else {
            open = false;
            if !line.trim().is_empty() {
                blocks.push(Block::Prose(line.trim().to_owned()));
            }
        }
    }
    blocks
}

/// How many cells of a flattened paper hold words.
pub fn cells(text: &str) -> usize {
    let rows = text.lines().filter(|line| line.contains('\t'));
    rows.flat_map(|row| row.split('\t')).filter(|cell| !cell.trim().is_empty()).count()
}

/// Whether a row is one cell over the whole table: the name of a publication.
fn spans(row: &[String]) -> bool {
    row.len() == 2 && row[1].is_empty()
}

/// A web page: every piece of a cut table is a table of its own, paragraphs and lists stay in the cells.
pub fn page(text: &str) -> Vec<u8> {
    let mut page = "<!doctype html><html><head><title>A paper</title></head><body>\n".to_owned();
    for block in blocks(text) {
        match block {
            Block::Prose(line) => page += &prose_of_a_page(&line),
            Block::Table(rows) => {
                page += "<table>\n";
                for row in rows {
                    page += "<tr>\n";
                    if spans(&row) {
                        page.extend([format!("<th colspan=\"2\">{}</th>", row[0])]);
                    } else {
                        page.extend(row.iter().map(|cell| format!("<td>\n{cell}\n</td>")));
                    }
                    page += "</tr>\n";
                }
                page += "</table>\n";
            }
        }
    }
    (page + "</body></html>\n").into_bytes()
}

fn prose_of_a_page(line: &str) -> String {
    if line.starts_with('#') {
        return format!("<h2>{}</h2>\n", line.trim_start_matches(['#', ' ']).replace("**", ""));
    }
    match line.strip_prefix("- ") {
        Some(item) => format!("<ul><li>{item}</li></ul>\n"),
        None => format!("<p>{line}</p>\n"),
    }
}

fn escaped(words: &str) -> String {
    words
        .replace("&amp;", "&")
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn paragraph(words: &str, properties: &str) -> String {
    let run = |words: &str| {
        format!("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(words))
    };
    // Word parts a paragraph into runs as it likes.
    let middle = words.char_indices().nth(words.chars().count() / 2).map_or(0, |(at, _)| at);
    format!("<w:p>{properties}{}{}</w:p>", run(&words[..middle]), run(&words[middle..]))
}

const ITEM: &str = "<w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>";

/// The words of a cell, a line for each paragraph or item, which begins with `\u{1}`.
pub fn lines(cell: &str) -> Vec<String> {
    let marked =
        cell.replace("<li>", "\n\u{1}").replace("<p>", "\n").replace("</p>", "\n").replace("</li>", "\n");
    let mut words = String::new();
    let mut in_tag = false;
    for char in marked.chars() {
        match char {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            char if !in_tag => words.push(char),
            _ => {}
        }
    }
    words.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

/// A Word paper: tables that only a page cut are one, with the rows as they were cut; lists are numbered
/// paragraphs and names of publications merged cells.
pub fn paper(text: &str) -> Vec<u8> {
    let mut body = String::new();
    let mut width = 0;
    for block in blocks(text) {
        match block {
            Block::Prose(line) => {
                body += if width > 0 { "</w:tbl>" } else { "" };
                width = 0;
                let heading = line.starts_with('#');
                let words = line.trim_start_matches(['#', ' ']).replace("**", "");
                let item = words.strip_prefix("- ");
                let properties = match item {
                    _ if heading => "<w:pPr><w:pStyle w:val=\"Heading2\"/></w:pPr>",
                    Some(_) => ITEM,
                    None => "",
                };
                body += &paragraph(item.unwrap_or(&words), properties);
            }
            Block::Table(rows) => {
                let columns = rows[0].len();
                if columns != width {
                    body += if width > 0 { "</w:tbl><w:p/>" } else { "" };
                    body += "<w:tbl><w:tblPr/>";
                    width = columns;
                }
                body.extend(rows.iter().map(|row| row_of_a_paper(row)));
            }
        }
    }
    body += if width > 0 { "</w:tbl>" } else { "" };
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
         <w:body>{body}</w:body></w:document>"
    );
    let rels = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    zipped(&[("[Content_Types].xml", "<Types/>"), ("_rels/.rels", rels), ("word/document.xml", &document)])
}

fn row_of_a_paper(row: &[String]) -> String {
    let cell = |words: &String, properties: &str| {
        let told = |line: &String| match line.strip_prefix('\u{1}') {
            Some(item) => paragraph(item.trim(), ITEM),
            None => paragraph(line, ""),
        };
        let paragraphs: String = lines(words).iter().map(told).collect();
        format!("<w:tc>{properties}{paragraphs}<w:p/></w:tc>")
    };
    let cells: String = if spans(row) {
        cell(&row[0], "<w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>")
    } else {
        row.iter().map(|words| cell(words, "<w:tcPr/>")).collect()
    };
    format!("<w:tr>{cells}</w:tr>")
}

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        zip.write_all(content.as_bytes()).expect("written");
    }
    zip.finish().expect("a zip").into_inner()
}

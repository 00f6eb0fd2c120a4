//! A paper as a fragment of HTML: the paper of record, for the inside of `<main>`.

use super::{
    Align, Block, Cell, Content, Document, Figure, Heading, Inline, List, Paragraph, Passage, Row, Table,
    picture::{Look, svg},
    words,
};
use std::fmt::{self, Write};

/// The paper as HTML. Everything a person wrote is escaped; there is no script and no style in it.
pub fn html(document: &Document) -> String {
    let mut out = String::with_capacity(16 * 1024);
    write_paper(&mut out, document).expect("writing to a string cannot fail");
    out
}

fn write_paper(out: &mut String, document: &Document) -> fmt::Result {
    writeln!(out, "<article class=\"paper\" lang=\"{}\">", Escaped(&document.language))?;
    writeln!(out, "<h1 class=\"paper__title\">{}</h1>", Escaped(&document.title))?;
    let cover = document.whole_cover();
    if !cover.is_empty() {
        out.write_str("<dl class=\"paper__cover\">\n")?;
        for line in &cover {
            writeln!(out, "<div><dt>{}</dt><dd>{}</dd></div>", Escaped(&line.label), Escaped(&line.text))?;
        }
        out.write_str("</dl>\n")?;
    }
    write_blocks(out, &document.blocks)?;
    out.write_str("</article>\n")
}

fn write_blocks(out: &mut String, blocks: &[Block]) -> fmt::Result {
    blocks.iter().try_for_each(|block| match block {
        Block::Heading(heading) => write_heading(out, heading),
        Block::Paragraph(paragraph) => write_paragraph(out, paragraph),
        Block::List(list) => write_list(out, list),
        Block::Table(table) => write_table(out, table),
        Block::Figure(figure) => write_figure(out, figure),
        Block::PageBreak => Ok(()),
        Block::Landscape(inner) => {
            out.write_str("<div class=\"paper__wide\">\n")?;
            write_blocks(out, inner)?;
            out.write_str("</div>\n")
        }
    })
}

/// The title of the paper is the `h1`, so a section is an `h2`.
fn write_heading(out: &mut String, heading: &Heading) -> fmt::Result {
    let level = heading.level + 1;
    write!(out, "<h{level} id=\"{}\">", Escaped(&heading.anchor))?;
    write_number(out, words::heading_number(heading).as_deref())?;
    writeln!(out, "{}</h{level}>", Escaped(&heading.text))
}

fn write_paragraph(out: &mut String, paragraph: &Paragraph) -> fmt::Result {
    match &paragraph.anchor {
        Some(anchor) => write!(out, "<p class=\"paper__point\" id=\"{}\">", Escaped(anchor))?,
        None => out.write_str("<p>")?,
    }
    write_number(out, paragraph.number.as_deref())?;
    write_content(out, &paragraph.content)?;
    out.write_str("</p>\n")
}

fn write_number(out: &mut String, number: Option<&str>) -> fmt::Result {
    number.map_or(Ok(()), |number| write!(out, "<span class=\"paper__number\">{}</span> ", Escaped(number)))
}

fn write_list(out: &mut String, list: &List) -> fmt::Result {
    let name = if list.ordered { "ol" } else { "ul" };
    write!(out, "<{name}>")?;
    for item in &list.items {
        out.write_str("<li>")?;
        write_content(out, item)?;
        out.write_str("</li>")?;
    }
    writeln!(out, "</{name}>")
}

/// The picture is read out by its caption and its description; the same figures stand in a table.
fn write_figure(out: &mut String, figure: &Figure) -> fmt::Result {
    let anchor = Escaped(&figure.anchor);
    write!(out, "<figure class=\"an-chart\" id=\"{anchor}\">\n{}\n", svg(figure, Look::Page))?;
    write!(out, "<figcaption id=\"{anchor}-caption\">")?;
    write_number(out, Some(&words::figure_number(figure)))?;
    writeln!(out, "{}</figcaption>\n</figure>", Escaped(&figure.caption))
}

/// A table scrolls sideways by itself on a narrow screen, and can be reached and named there by keyboard.
fn write_table(out: &mut String, table: &Table) -> fmt::Result {
    let anchor = Escaped(&table.anchor);
    writeln!(
        out,
        "<div class=\"paper__table\" role=\"region\" tabindex=\"0\" aria-labelledby=\"{anchor}-caption\">"
    )?;
    write!(out, "<table id=\"{anchor}\">\n<caption id=\"{anchor}-caption\">")?;
    write_number(out, Some(&words::table_number(table)))?;
    write!(out, "{}</caption>\n<thead><tr>", Escaped(&table.caption))?;
    for column in &table.columns {
        write!(out, "<th scope=\"col\"{}>{}</th>", class(column.align), Escaped(&column.heading))?;
    }
    out.write_str("</tr></thead>\n<tbody>\n")?;
    table.rows.iter().try_for_each(|row| write_row(out, table, row))?;
    out.write_str("</tbody>\n</table>\n</div>\n")
}

fn write_row(out: &mut String, table: &Table, row: &Row) -> fmt::Result {
    match &row.mark {
        Some(mark) => write!(out, "<tr id=\"{}\">", Escaped(&mark.anchor))?,
        None => out.write_str("<tr>")?,
    }
    for (position, (column, cell)) in table.columns.iter().zip(&row.cells).enumerate() {
        let class = class(column.align);
        if position == 0 && table.row_headers {
            write!(out, "<th scope=\"row\"{class}>")?;
            write_cell(out, cell)?;
            out.write_str("</th>")?;
        } else {
            write!(out, "<td{class}>")?;
            write_cell(out, cell)?;
            out.write_str("</td>")?;
        }
    }
    out.write_str("</tr>\n")
}

fn class(align: Align) -> &'static str {
    match align {
        Align::Start => "",
        Align::End => " class=\"paper__figure\"",
    }
}

fn write_cell(out: &mut String, cell: &Cell) -> fmt::Result {
    if let [Passage::Paragraph(content)] = cell.0.as_slice() {
        return write_content(out, content);
    }
    cell.0.iter().try_for_each(|passage| match passage {
        Passage::Paragraph(content) => {
            out.write_str("<p>")?;
            write_content(out, content)?;
            out.write_str("</p>")
        }
        Passage::List(list) => write_list(out, list),
    })
}

fn write_content(out: &mut String, content: &Content) -> fmt::Result {
    content.0.iter().try_for_each(|inline| {
        let words = Escaped(inline.words());
        match inline {
            Inline::Text(_) => write!(out, "{words}"),
            Inline::Strong(_) => write!(out, "<strong>{words}</strong>"),
            Inline::Link { href, .. } => write!(out, "<a href=\"{}\">{words}</a>", Escaped(href)),
            Inline::Reference { to, .. } => write!(out, "<a href=\"#{}\">{words}</a>", Escaped(to)),
            Inline::Foreign { language, .. } => {
                write!(out, "<span lang=\"{}\">{words}</span>", Escaped(language))
            }
        }
    })
}

/// Text that stays text inside an element and inside a quoted attribute.
pub(super) struct Escaped<'a>(pub(super) &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some(position) = rest.find(['&', '<', '>', '"', '\'']) {
            out.write_str(&rest[..position])?;
            out.write_str(match rest.as_bytes()[position] {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&quot;",
                _ => "&#39;",
            })?;
            rest = &rest[position + 1..];
        }
        out.write_str(rest)
    }
}

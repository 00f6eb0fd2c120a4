//! Reading the text back out of HTML and PDF, with tools that are not ours.

use publish::document::Part;
use scraper::{ElementRef, Html, Selector};
use std::io::Write;
use std::process::{Command, Stdio};

/// The parts of an HTML paper, read with a browser's parser.
pub fn of_html(html: &str) -> Vec<Part> {
    let fragment = Html::parse_fragment(html);
    let article = fragment.select(&selector("article")).next().expect("a paper is an article");
    let mut parts = Vec::new();
    html_parts(article, &mut parts);
    parts
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).expect("a selector")
}

fn html_parts(element: ElementRef, parts: &mut Vec<Part>) {
    for child in element.child_elements() {
        match child.value().name() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "p" | "figcaption" => {
                parts.push(Part::Prose(html_text(child)));
            }
            "ul" | "ol" => parts.extend(html_items(child).into_iter().map(Part::Prose)),
            "dl" => {
                let lines = child.child_elements().map(|line| line.child_elements().map(html_text).collect());
                parts.push(Part::Table(lines.collect()));
            }
            "table" => {
                let caption = child.select(&selector("caption")).next().expect("a table has a caption");
                parts.push(Part::Prose(html_text(caption)));
                let row = |row: ElementRef| row.child_elements().map(html_cell).collect();
                parts.push(Part::Table(child.select(&selector("tr")).map(row).collect()));
            }
            _ => html_parts(child, parts),
        }
    }
}

fn html_items(list: ElementRef) -> Vec<String> {
    let ordered = list.value().name() == "ol";
    let label = |position: usize| if ordered { format!("{}.", position + 1) } else { "•".into() };
    list.child_elements().enumerate().map(|(at, item)| format!("{} {}", label(at), html_text(item))).collect()
}

fn html_cell(cell: ElementRef) -> String {
    let mut lines = Vec::new();
    for child in cell.child_elements() {
        match child.value().name() {
            "ul" | "ol" => lines.extend(html_items(child)),
            "p" => lines.push(html_text(child)),
            _ => {}
        }
    }
    if lines.is_empty() { html_text(cell) } else { lines.join(" ") }
}

fn html_text(element: ElementRef) -> String {
    normal(&element.text().collect::<String>())
}

/// Words with one space between them, and without the marks that only break or shape a line.
pub fn normal(text: &str) -> String {
    let invisible = |c: &char| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{fe0f}');
    let visible: String = text.chars().filter(invisible).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The parts with normal text.
pub fn normalised(parts: Vec<Part>) -> Vec<Part> {
    let row = |row: Vec<String>| row.iter().map(|cell| normal(cell)).collect();
    let part = |part| match part {
        Part::Prose(text) => Part::Prose(normal(&text)),
        Part::Table(rows) => Part::Table(rows.into_iter().map(row).collect()),
    };
    parts.into_iter().map(part).collect()
}

/// What poppler's `pdfinfo` says of a PDF with these options.
pub fn pdfinfo(pdf: &[u8], options: &[&str]) -> String {
    let file = tempfile(pdf);
    let run = Command::new("pdfinfo")
        .args(["-enc", "UTF-8"])
        .args(options)
        .arg(&file)
        .stderr(Stdio::null())
        .output();
    std::fs::remove_file(&file).expect("our own file");
    let run = run.expect("pdfinfo is needed: apt-get install poppler-utils");
    // It prints the title of a heading, beside its text, as bytes of UTF-16.
    String::from_utf8_lossy(&run.stdout).into_owned()
}

fn tempfile(bytes: &[u8]) -> std::path::PathBuf {
    static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let count = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let path = std::env::temp_dir().join(format!("paper-{}-{count}.pdf", std::process::id()));
    std::fs::File::create(&path)
        .and_then(|mut file| file.write_all(bytes))
        .expect("a file in the temporary folder");
    path
}

/// An element of the structure of a PDF: its tag, its own text and what is inside it.
#[derive(Debug, Default)]
pub struct Tag {
    pub name: String,
    pub attributes: Vec<String>,
    pub text: String,
    pub inside: Vec<Tag>,
}

/// The tags of a PDF, as a screen reader meets them.
pub fn tags(pdf: &[u8]) -> Tag {
    let structure = pdfinfo(pdf, &["-struct-text"]);
    // Every open element with its depth; a line less deep closes the deeper ones.
    let mut open = vec![(0, Tag::default())];
    for line in structure.lines() {
        let words = line.trim_start();
        let depth = line.len() - words.len() + 1;
        if words.starts_with('/') || words.starts_with("Object ") {
            let tag = open.last_mut().expect("the root stays");
            tag.1.attributes.push(words.into());
            continue;
        }
        while open.len() > 1 && open.last().is_some_and(|(outer, _)| *outer >= depth) {
            close(&mut open);
        }
        if let Some(text) = words.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
            // Text between other elements keeps its place as an element without a name.
            let piece = Tag { text: text.into(), ..Tag::default() };
            open.last_mut().expect("the root stays").1.inside.push(piece);
        } else {
            let name = words.split([' ', ':']).next().unwrap_or_default().to_owned();
            open.push((depth, Tag { name, ..Tag::default() }));
        }
    }
    while open.len() > 1 {
        close(&mut open);
    }
    open.pop().expect("the root stays").1
}

fn close(open: &mut Vec<(usize, Tag)>) {
    let (_, tag) = open.pop().expect("an element is open");
    open.last_mut().expect("the root stays").1.inside.push(tag);
}

impl Tag {
    /// All text inside, in reading order.
    pub fn words(&self) -> String {
        let inside: String = self.inside.iter().map(Tag::words).collect();
        format!("{}{inside}", self.text)
    }

    /// Every element inside with this name.
    pub fn all<'a>(&'a self, name: &str) -> Vec<&'a Tag> {
        let mut found = Vec::new();
        for tag in &self.inside {
            if tag.name == name {
                found.push(tag);
            }
            found.extend(tag.all(name));
        }
        found
    }
}

/// The parts of a PDF paper, read from its tags.
pub fn of_pdf(pdf: &[u8]) -> Vec<Part> {
    let mut parts = Vec::new();
    pdf_parts(&tags(pdf), &mut parts);
    parts
}

fn pdf_parts(tag: &Tag, parts: &mut Vec<Part>) {
    for child in &tag.inside {
        match child.name.as_str() {
            // The caption is a figure's: a table's stands in the table.
            "H1" | "H2" | "H3" | "H4" | "H5" | "H6" | "P" | "Caption" => {
                parts.push(Part::Prose(normal(&child.words())));
            }
            "L" => parts.extend(pdf_items(child).into_iter().map(Part::Prose)),
            "Table" => {
                parts
                    .extend(child.all("Caption").iter().map(|caption| Part::Prose(normal(&caption.words()))));
                let row = |row: &&Tag| row.inside.iter().map(pdf_cell).collect();
                parts.push(Part::Table(child.all("TR").iter().map(row).collect()));
            }
            // A picture has no words of its own, only those for whoever does not see it.
            "Figure" => {
                parts
                    .extend(child.all("Caption").iter().map(|caption| Part::Prose(normal(&caption.words()))));
            }
            "" => parts.push(Part::Prose(format!("text without a tag: {}", child.text))),
            _ => pdf_parts(child, parts),
        }
    }
}

fn pdf_items(list: &Tag) -> Vec<String> {
    let item = |item: &&Tag| {
        let label = item.all("Lbl").iter().map(|label| label.words()).collect::<String>();
        let body = item.all("LBody").iter().map(|body| body.words()).collect::<String>();
        normal(&format!("{label} {body}"))
    };
    list.all("LI").iter().map(item).collect()
}

fn pdf_cell(cell: &Tag) -> String {
    let mut lines = Vec::new();
    for child in &cell.inside {
        match child.name.as_str() {
            "L" => lines.push(pdf_items(child).join(" ")),
            "P" => lines.push(format!(" {} ", child.words())),
            _ => lines.push(child.words()),
        }
    }
    normal(&lines.concat())
}

/// A word on a page of a PDF, in points from the top left.
#[derive(Debug)]
pub struct Word {
    pub page: usize,
    pub text: String,
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
    /// The width of its page.
    pub width: f64,
}

/// Every word of a PDF.
pub fn words_on_pages(pdf: &[u8]) -> Vec<Word> {
    let file = tempfile(pdf);
    let run = Command::new("pdftotext").arg("-bbox").arg(&file).arg("-").stderr(Stdio::null()).output();
    std::fs::remove_file(&file).expect("our own file");
    let page = String::from_utf8(run.expect("pdftotext is needed: apt-get install poppler-utils").stdout);
    let document = Html::parse_document(&page.expect("pdftotext speaks UTF-8"));
    let number = |element: ElementRef, name: &str| {
        element.attr(name).and_then(|value| value.parse().ok()).unwrap_or(f64::NAN)
    };
    let mut words = Vec::new();
    for (at, page) in document.select(&selector("page")).enumerate() {
        words.extend(page.select(&selector("word")).map(|word| Word {
            page: at + 1,
            text: word.text().collect(),
            left: number(word, "xmin"),
            right: number(word, "xmax"),
            top: number(word, "ymin"),
            bottom: number(word, "ymax"),
            width: number(page, "width"),
        }));
    }
    words
}

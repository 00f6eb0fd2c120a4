//! Hostile text is text: in HTML, in the template of the PDF, and in the PDF.

use crate::papers;
use crate::reading::{normal, of_html, of_pdf, words_on_pages};
use jiff::civil::date;
use publish::document::{Cell, Column, Document, Draft, Inline, List, Part, Table, Typesetter, html, text};

const HOSTILE: [&str; 14] = [
    "#set page(fill: red) #read(\"/etc/passwd\") #import \"@preview/x:1.0.0\"",
    "</script><script>alert(1)</script><img src=x onerror=alert(1)> &amp; &lt; \"quoted\" 'single'",
    "*bold* _italics_ `code` $x^2$ $ sum $ <label> @reference ~ -- --- ... \\ // /* comment */",
    "= Heading\n== Another\n- item\n+ item\n/ term: x",
    "#{ panic(1) } #[content] #let x = 1; {{ mustache }} {% askama %} ${shell} `backtick`",
    "https://an.address.example/that/is/long/and-goes-on?and=on&and=on&and=on#and-on-and-on-and-on-and-on",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "Mòrag à è ì ò ù À È Ì Ò Ù; Łódź; naïve; ‘quotes’ “double” – — … £ € ½ ≤ ≥ ≠ •",
    "شكوى עברית emoji 😀👩‍👩‍👧 中文 ◇ ● → ✓",
    "pay\u{202e}lap turned \u{200f}and\u{feff} hidden\u{0}\u{7}\u{1b}[31m \u{e000} \u{fffe} end",
    "1. looks like a list",
    "• looks like a bullet",
    "tabs\tand\u{b}lines\u{2028}and\u{a0}hard\u{202f}spaces",
    "Mo\u{300}rag in two characters, and stacked marks Z̸̢͝a̴͜l̷g̶o̵",
];

fn hostile_paper(words: &str) -> Document {
    let mut draft = Draft::new(format!("Title {words}"), date(2026, 11, 24))
        .author(words)
        .subject(words)
        .classification(format!("Marking {words}"))
        .cover(format!("Label {words}"), format!("Line {words}"));
    draft
        .section(format!("Section {words}"))
        .point(words)
        .paragraph([Inline::strong(words), Inline::text(words)]);
    draft.paragraph([
        Inline::link(format!("Link {words}"), "https://police.example/"),
        Inline::foreign("gd", words),
    ]);
    draft.list(List::bullets([words])).list(List::steps([words]));
    let columns =
        [Column::words(format!("Name {words}"), 1), Column::words("Words", 9), Column::figures("Figure", 2)];
    let mut table = Table::new(format!("Caption {words}"), columns);
    for name in ["one", "two", "three"] {
        table.push([name.into(), Cell::typed(words, "none"), words.into()]);
    }
    draft.table(table);
    draft.finish().expect("a whole paper")
}

/// What the PDF prints of a text: each character that no font has as its code.
fn printed(paper: &Document, typesetter: &Typesetter) -> Vec<Part> {
    let missing = typesetter.unprintable(paper);
    let print = |text: &str| {
        let mut printed = String::new();
        for character in text.chars() {
            match character {
                '\u{2010}' | '\u{2011}' if missing.contains(&character) => printed.push('-'),
                '\u{200b}'..='\u{200d}' | '\u{fe00}'..='\u{fe0f}' if missing.contains(&character) => {}
                c if missing.contains(&c) => printed.extend(["[U+", &format!("{:04X}", u32::from(c)), "]"]),
                c => printed.push(c),
            }
        }
        normal(&printed)
    };
    let part = |part| match part {
        Part::Prose(text) => Part::Prose(print(&text)),
        Part::Table(rows) => {
            Part::Table(rows.iter().map(|row| row.iter().map(|cell| print(cell)).collect()).collect())
        }
    };
    text(paper).into_iter().map(part).collect()
}

#[test]
fn hostile_text_is_printed_as_text_in_html_and_pdf() {
    let typesetter = Typesetter::new(papers::fonts()).expect("fonts");
    for words in HOSTILE {
        let paper = hostile_paper(words);
        let page = html(&paper);
        assert!(!page.contains("<script") && !page.contains("<img"), "{words}");
        assert_eq!(of_html(&page), crate::reading::normalised(text(&paper)), "{words}");
        let pdf = typesetter.pdf(&paper).unwrap_or_else(|error| panic!("{words}: {error}"));
        assert_eq!(of_pdf(&pdf), printed(&paper, &typesetter), "{words}");
    }
}

#[test]
fn forty_thousand_characters_with_and_without_spaces_are_all_printed() {
    let typesetter = Typesetter::new(papers::fonts()).expect("fonts");
    for (words, mark, marks) in
        [("q".repeat(40_000), "q", 40_000 + 3 * 4_000), ("#let q ".repeat(5_715), "#let", 5_715 + 3 * 571)]
    {
        let mut draft = Draft::new("Long", date(2026, 11, 24));
        draft.paragraph(words.clone());
        let columns = [Column::words("Name", 1), Column::words("Words", 3), Column::words("More", 2)];
        let mut table = Table::new("Long words", columns);
        for name in ["1", "2", "3"] {
            table.push([name.into(), words[..4_000].into(), "short".into()]);
        }
        draft.table(table);
        let paper = draft.finish().expect("a whole paper");
        assert_eq!(of_html(&html(&paper)), crate::reading::normalised(text(&paper)));
        let pdf = typesetter.pdf(&paper).expect("a PDF");
        // The structure of so many short pieces takes poppler minutes; the page is read at once.
        let printed: String = words_on_pages(&pdf).into_iter().map(|word| word.text).collect();
        assert_eq!(printed.matches(mark).count(), marks);
        crate::pdf::is_laid_out_well(&pdf);
    }
}

#[test]
fn characters_that_no_font_has_are_named_beforehand() {
    let typesetter = Typesetter::new(papers::fonts()).expect("fonts");
    let paper = hostile_paper("Mòrag 中");
    assert_eq!(typesetter.unprintable(&paper).into_iter().collect::<String>(), "中");
}

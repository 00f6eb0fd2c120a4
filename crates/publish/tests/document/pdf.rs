//! What a PDF owes to its readers: tags, names, repeated headers, and the same bytes for the same paper.

use crate::papers;
use crate::reading::{Word, pdfinfo, tags};
use publish::document::{PdfError, Typesetter};

fn typesetter() -> Typesetter {
    Typesetter::new(papers::fonts()).expect("fonts")
}

/// No word of the PDF lies outside the margins of its page or on another word.
pub fn is_laid_out_well(pdf: &[u8]) {
    let words = crate::reading::words_on_pages(pdf);
    for (position, word) in words.iter().enumerate() {
        assert!(word.left > 40.0 && word.right < word.width - 40.0, "this word leaves its page: {word:?}");
        // The boxes of poppler reach from the highest to the lowest letter of the font: half of one may touch the next line.
        let on = |other: &&Word| {
            other.page == word.page
                && other.left < word.right - 1.0
                && word.left < other.right - 1.0
                && other.top < word.bottom - 5.0
                && word.top < other.bottom - 5.0
        };
        let other = words[position + 1..].iter().take(1_000).find(on);
        assert!(other.is_none(), "these words lie on each other: {word:?} {other:?}");
    }
}

#[test]
fn the_pdf_says_that_it_is_tagged_and_follows_both_standards() {
    let pdf = typesetter().pdf(&papers::long_paper(2)).expect("a PDF");
    let about = pdfinfo(&pdf, &[]);
    for line in [
        "Title:           HMICS improvement plans: progress summary",
        "Author:          Director of Strategy and Analysis",
        "Tagged:          yes",
        "CreationDate:    Tue Nov 24 00:00:00 2026",
    ] {
        assert!(about.contains(line), "{line} is not in\n{about}");
    }
    let meta = pdfinfo(&pdf, &["-meta"]);
    for element in ["<pdfuaid:part>1<", "<pdfaid:part>2<", "<pdfaid:conformance>A<", "<rdf:li>en-GB<"] {
        assert!(meta.contains(element), "{element} is not in\n{meta}");
    }
}

#[test]
fn a_table_over_many_pages_has_its_headers_once_for_a_screen_reader_and_on_every_page_for_the_eye() {
    let pdf = typesetter().pdf(&papers::long_paper(18)).expect("a PDF");
    let root = tags(&pdf);
    let plan = root.all("Table").into_iter().next_back().expect("the appendix");
    let rows = plan.all("TR");
    assert_eq!(rows.len(), 19);
    assert_eq!(rows.iter().filter(|row| row.all("TH").len() == 6).count(), 1);
    let scopes = |scope: &str| {
        plan.all("TH").iter().filter(|head| head.attributes.iter().any(|a| a.contains(scope))).count()
    };
    assert_eq!((scopes("/Column"), scopes("/Row")), (6, 18));
    let seen = crate::reading::words_on_pages(&pdf).iter().filter(|word| word.text == "Intended").count();
    assert!(seen >= 4, "the heading is on {seen} pages");
    is_laid_out_well(&pdf);
}

#[test]
fn no_word_lies_on_another_or_leaves_its_page() {
    is_laid_out_well(&typesetter().pdf(&papers::every_block()).expect("a PDF"));
}

#[test]
fn the_title_is_the_first_heading_and_no_level_is_skipped() {
    let root = tags(&typesetter().pdf(&papers::long_paper(6)).expect("a PDF"));
    let mut levels = Vec::new();
    collect_levels(&root, &mut levels);
    assert_eq!(levels[0], 1);
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
}

fn collect_levels(tag: &crate::reading::Tag, levels: &mut Vec<u32>) {
    for inner in &tag.inside {
        levels.extend(inner.name.strip_prefix('H').and_then(|level| level.parse::<u32>().ok()));
        collect_levels(inner, levels);
    }
}

#[test]
fn the_same_paper_gives_the_same_bytes_and_another_paper_another_identity() {
    let first = typesetter().pdf(&papers::long_paper(2)).expect("a PDF");
    let again = typesetter().pdf(&papers::long_paper(2)).expect("a PDF");
    assert!(first == again, "the bytes differ");
    let other = typesetter().pdf(&papers::long_paper(1)).expect("a PDF");
    assert_ne!(identity(&first), identity(&other));
}

fn identity(pdf: &[u8]) -> String {
    let meta = pdfinfo(pdf, &["-meta"]);
    let start = meta.find("<xmpMM:DocumentID>").expect("a document has an identity");
    meta[start..].chars().take(70).collect()
}

#[test]
fn without_a_font_there_is_no_typesetter() {
    assert_eq!(Typesetter::new(vec![b"not a font".to_vec()]).err(), Some(PdfError::NoFont));
}

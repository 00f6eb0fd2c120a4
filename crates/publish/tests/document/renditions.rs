//! Every rendition says the same, table by table.

use crate::papers;
use crate::reading::{normalised, of_html, of_pdf};
use publish::document::{Document, Part, Typesetter, html, text};
use scraper::{Html, Selector};

fn same_words(paper: &Document) {
    let expected = normalised(text(paper));
    compare("HTML", &of_html(&html(paper)), &expected);
    let pdf = Typesetter::new(papers::fonts()).expect("fonts").pdf(paper).expect("a PDF");
    compare("PDF", &of_pdf(&pdf), &expected);
}

/// Compares part by part, so that a failure names the first that differs and not forty pages.
fn compare(rendition: &str, found: &[Part], expected: &[Part]) {
    for (position, (found, expected)) in found.iter().zip(expected).enumerate() {
        assert_eq!(found, expected, "part {position} of the {rendition}");
    }
    assert_eq!(found.len(), expected.len(), "the number of parts of the {rendition}");
}

#[test]
fn the_text_of_html_and_pdf_is_the_same_table_by_table() {
    same_words(&papers::long_paper(8));
}

#[test]
fn a_paper_of_every_block_says_the_same_in_html_and_pdf() {
    same_words(&papers::every_block());
}

#[test]
fn a_row_that_runs_over_pages_loses_nothing() {
    let paper = papers::one_long_row(400);
    let pdf = Typesetter::new(papers::fonts()).expect("fonts").pdf(&paper).expect("a PDF");
    let pages = crate::reading::pdfinfo(&pdf, &[])
        .lines()
        .find_map(|line| line.strip_prefix("Pages:").map(str::to_owned));
    let pages: u32 = pages.expect("pages are counted").trim().parse().expect("a number");
    assert!(pages >= 5, "the row should run over pages, not over {pages}");
    compare("PDF", &of_pdf(&pdf), &normalised(text(&paper)));
}

#[test]
fn the_comparison_fails_when_a_cell_is_lost() {
    let paper = papers::long_paper(1);
    let lost =
        html(&paper).replacen("<td class=\"paper__figure\">14</td>", "<td class=\"paper__figure\"></td>", 1);
    assert_ne!(of_html(&lost), normalised(text(&paper)));
    assert_eq!(of_html(&html(&paper)), normalised(text(&paper)));
}

#[test]
fn every_anchor_of_the_page_is_there_once_and_every_link_inside_it_leads_to_one() {
    let page = Html::parse_fragment(&html(&papers::long_paper(12)));
    let anything = Selector::parse("[id]").expect("a selector");
    let ids: Vec<_> = page.select(&anything).filter_map(|element| element.value().id()).collect();
    let unique: std::collections::BTreeSet<_> = ids.iter().collect();
    assert_eq!(ids.len(), unique.len());
    let links = Selector::parse("a[href^='#']").expect("a selector");
    let targets: Vec<_> = page.select(&links).filter_map(|link| link.attr("href")).collect();
    assert!(targets.len() >= 5);
    assert!(targets.iter().all(|target| unique.contains(&&target[1..])), "{targets:?}");
}

#[test]
fn every_table_of_the_page_has_a_caption_column_headers_and_row_headers() {
    let page = Html::parse_fragment(&html(&papers::long_paper(12)));
    let select = |css: &str| page.select(&Selector::parse(css).expect("a selector")).count();
    let tables = select("table");
    assert_eq!(tables, 8);
    assert_eq!(select("table > caption"), tables);
    assert_eq!(select("thead > tr"), tables);
    assert_eq!(select("thead th:not([scope=col])"), 0);
    assert_eq!(select("tbody > tr"), select("tbody > tr > th[scope=row]:first-child"));
    assert_eq!(select("[colspan], [rowspan], script, style, [style]"), 0);
}

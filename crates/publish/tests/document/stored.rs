//! A paper once published reads the same for ever.

use crate::papers;
use publish::document::{Document, html, text};

#[test]
fn the_stored_sample_of_the_first_schema_reads_for_ever() {
    let paper: Document =
        serde_json::from_str(include_str!("samples/paper-1.json")).expect("the first schema");
    assert_eq!(html(&paper), include_str!("samples/paper-1.html"));
}

#[test]
fn the_stored_sample_holds_every_kind_of_block() {
    let stored = include_str!("samples/paper-1.json");
    for kind in [
        "heading",
        "paragraph",
        "list",
        "table",
        "page_break",
        "landscape",
        "text",
        "strong",
        "link",
        "reference",
        "foreign",
        "mark",
        "cover",
        "classification",
        "counted_at",
        "start",
        "end",
    ] {
        assert!(stored.contains(&format!("\"{kind}\"")), "the sample lacks {kind}");
    }
}

#[test]
fn a_stored_paper_reads_back_as_it_was() {
    let paper = papers::long_paper(3);
    let stored = serde_json::to_string(&paper).expect("a paper is storable");
    let read: Document = serde_json::from_str(&stored).expect("a stored paper is readable");
    assert_eq!(read, paper);
    assert_eq!(text(&read), text(&paper));
}

#[test]
fn a_stored_paper_that_was_tampered_with_is_refused() {
    let stored = include_str!("samples/paper-1.json");
    for (was, is, reason) in [
        ("\"level\": 1", "\"level\": 4", "cannot follow"),
        ("\"to\": \"delays\"", "\"to\": \"nowhere\"", "not in this paper"),
        ("https://www.hmics.scot/", "javascript:alert(1)", "whole address"),
        ("\"schema\": \"paper-1\"", "\"schema\": \"paper-0\"", "unknown variant"),
    ] {
        assert!(stored.contains(was), "the sample has no {was}");
        let error =
            serde_json::from_str::<Document>(&stored.replacen(was, is, 1)).expect_err("it was tampered with");
        assert!(error.to_string().contains(reason), "{error}");
    }
}

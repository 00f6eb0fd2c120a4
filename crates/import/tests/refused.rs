//! Every refusal says which file, what is wrong and what to do.

use std::io::Write;

use import::{place, read};

fn refused(name: &str, bytes: &[u8]) -> String {
    let refusal = read(name, bytes).and_then(|sheets| place(&sheets)).expect_err("a refusal");
    assert_eq!(refusal.field, "file");
    assert!(refusal.sentence.ends_with('.'), "{}", refusal.sentence);
    refusal.sentence.into_owned()
}

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        zip.write_all(content.as_bytes()).expect("written");
    }
    zip.finish().expect("a zip").into_inner()
}

fn old_office(stream: &str) -> Vec<u8> {
    let name = stream.encode_utf16().flat_map(u16::to_le_bytes);
    b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".iter().copied().chain([0; 100]).chain(name).chain([0; 100]).collect()
}

#[test]
fn each_kind_that_cannot_be_read_is_told_with_what_to_do_instead() {
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (vec![], "is empty"),
        (b" \r\n\t".to_vec(), "is empty"),
        (b"\xEF\xBB\xBF".to_vec(), "is empty"),
        (b"%PDF-1.7 words".to_vec(), "Save it as Word"),
        (b"\xEF\xBB\xBF%PDF-1.7".to_vec(), "is a PDF"),
        (b"{\\rtf1 words}".to_vec(), "Rich Text"),
        (b"\x89PNG\r\n\x1a\n".to_vec(), "is a picture"),
        (old_office("EncryptedPackage"), "is protected by a password"),
        (old_office("WordDocument"), "save it as .docx"),
        (old_office("Workbook"), "save it as .xlsx"),
        (old_office("Other"), "is an old Office file"),
        (b"\x01\x02\x03\x04\0\0\0".to_vec(), "is of a kind that cannot be read"),
        (vec![0x07; 400], "is of a kind that cannot be read"),
        (b"PK\x03\x04 and no more".to_vec(), "is damaged"),
        (zipped(&[("word/vbaProject.bin", ""), ("word/document.xml", "<w:document/>")]), "has macros inside"),
        (zipped(&[("XL/VBAPROJECT.BIN", ""), ("xl/workbook.xml", "<workbook/>")]), "has macros inside"),
        (zipped(&[("xl/workbook.bin", "")]), "is a binary workbook or an OpenDocument"),
        (zipped(&[("content.xml", "<x/>")]), "is a binary workbook or an OpenDocument"),
        (zipped(&[("photos/one.txt", "x")]), "is a zip file, but neither"),
        (zipped(&[("word/document.xml", "<w:document><w:p/></w:document>")]), "has no table in it"),
        (zipped(&[("xl/workbook.xml", "<workbook/>")]), "has no table in it"),
        (zipped(&[("word/document.xml", "<!DOCTYPE x><w:document/>")]), "defines a document type"),
        (zipped(&[("word/document.xml", "<w:document><w:t>")]), "has no table in it"),
        (zipped(&[("word/document.xml", "<w:document></w:wrong>")]), "is damaged"),
        (b"Only prose, and more of it".to_vec(), "headings of an improvement plan"),
        (b"Name\tAge\nA\t3".to_vec(), "headings of an improvement plan"),
        (b"Recommendation\tOwner\n".to_vec(), "no recommendation below them"),
    ];
    for (bytes, expected) in cases {
        let sentence = refused("C:\\papers\\plan.xlsx", &bytes);
        assert!(sentence.contains(expected), "{expected}: {sentence}");
        assert!(sentence.contains("“plan.xlsx”") || sentence.contains("able"), "{sentence}");
    }
}

#[test]
fn a_kind_is_told_by_content_and_never_by_name() {
    let csv = b"Recommendation,Owner\n1 - Act,A chief";
    for name in ["plan.pdf", "plan.docx", "", "../../etc/passwd"] {
        let placed = read(name, csv).and_then(|sheets| place(&sheets)).expect("a plan");
        assert_eq!(placed.recommendations[0].owner.as_deref(), Some("A chief"));
    }
    assert!(refused("\u{7}/\\", b"").starts_with("The file is empty."));
}

#[test]
fn a_place_is_named_where_it_is_known() {
    let long = format!("Recommendation,Owner\n1 - Act,{}", "x".repeat(300 * 1024));
    assert!(refused("plan", long.as_bytes()).contains("Table 1, row 2, column 2"));
    let wide = format!("Recommendation,Owner\n1 - Act,{}", "x,".repeat(70));
    assert!(refused("plan", wide.as_bytes()).contains("Table 1, row 2, column 65"));
}

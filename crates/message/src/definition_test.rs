//! The file fits together, and a broken one is refused with what is wrong.

use crate::definition::{Definitions, definitions, parts};

const GOOD: &str = include_str!("../../../definitions/messages.toml");

#[test]
fn the_file_reads_and_every_template_asks_for_what_it_needs() {
    let all = definitions();
    assert!(all.guess, "no source gives the words");
    assert_eq!(all.template.len(), 9);
    for template in &all.template {
        assert!(template.asks().contains(&"reference"), "{}", template.key);
    }
}

#[test]
fn a_broken_file_is_refused() {
    let cases = [
        ("from = \"21:00\"", "from = \"08:00\"", "begin and end together"),
        ("again_after_minutes = [5, 30, 120]", "again_after_minutes = [30, 5]", "that grow"),
        ("text_characters = 459", "text_characters = 20", "too long for a text"),
        ("text_characters = 459", "text_characters = 0", "no room"),
        ("key = \"appointment_moved\"", "key = \"appointment_booked\"", "stands twice"),
        ("key = \"appointment_moved\"", "key = \"Moved!\"", "no key or no words"),
        ("Your appointment of {before}", "Your appointment of {elsewhere}", "which nothing fills"),
        ("Your appointment of {before}", "Your appointment of {before", "belongs to nothing"),
        ("Keep it, and give", "The police keep it; give", "too much"),
        ("subject = \"Your reference, {reference}\"", "subject = \"Your crime, {reference}\"", "too much"),
        (
            "subject = \"What happens next, {reference}\"",
            "subject = \"{agency} next\"",
            "a subject tells nothing",
        ),
        (
            "subject = \"Your reference, {reference}\"",
            "subject = \"Your reference, {when}\"",
            "its words do not",
        ),
        ("Numer {reference}. W razie", "W razie", "does not tell the same"),
        ("pl = \"\"\"\nTwoja", "xx = \"\"\"\nTwoja", "is no language"),
        ("ways = [\"text\", \"email\"]\n", "ways = [\"call\"]\n", "nothing else"),
        ("discreet_words = \"The service centre\"", "discreet_words = \"Police\"", "tell who writes"),
        ("phone = \"101\"", "phone = \"\"", "not whole"),
        ("key = \"sender\"", "key = \"from_whom\"", "is missing"),
        ("discreet = \"somebody\"\n", "", "has no other words"),
        ("version = 1", "version = 1\nsurprise = 2", "surprise"),
    ];
    for (was, becomes, told) in cases {
        assert!(GOOD.contains(was), "{was}");
        let error = Definitions::read(&GOOD.replacen(was, becomes, 1)).map(drop).expect_err(becomes);
        assert!(error.contains(told), "{becomes}: {error}");
    }
}

#[test]
fn a_text_falls_into_words_and_names() {
    assert_eq!(parts("a {b} c"), [("a ", Some("b")), (" c", None)]);
    assert_eq!(parts("{b}{c}"), [("", Some("b")), ("", Some("c")), ("", None)]);
    assert_eq!(parts("a {B} c"), [("a {B} c", None)]);
    assert_eq!(parts("a { b"), [("a { b", None)]);
}

//! Tables of cases for what a source said.

use journal::Id;

use super::statement::{About, Citation, Known};

fn known() -> (Known, Id) {
    let id = Id::new(jiff::Timestamp::UNIX_EPOCH);
    let mut known = Known::default();
    known.abouts.insert("da23".into(), About::Inspection(id.clone()));
    known.abouts.insert("da23-r1".into(), About::Recommendation(id.clone()));
    (known, id)
}

fn citation(about: &str, quantity: &str, value: &str) -> Citation {
    Citation { about: about.into(), quantity: quantity.into(), value: value.into(), ..Citation::default() }
}

#[test]
fn values_are_kept_in_one_form_and_shown_in_another() {
    let (known, id) = known();
    let day = Some("2025-09-16".parse().unwrap());
    let cases = [
        (citation("portfolio", "open", "1,104"), "1104", "1,104", About::Portfolio),
        (citation(" da23 ", "delayed", ""), "", "left blank", About::Inspection(id.clone())),
        (
            citation("DA23-R1", "first_target", "Sept 2024"),
            "2024-09",
            "September 2024",
            About::Recommendation(id.clone()),
        ),
        (
            citation("DA23", "published", "31 January 2023"),
            "2023-01-31",
            "31 January 2023",
            About::Inspection(id),
        ),
        (citation("Theme: Custody", "open", "31"), "31", "31", About::Theme("Custody".into())),
        (
            citation("da23", "title", "Domestic Abuse 2022"),
            "Domestic Abuse 2022",
            "“Domestic Abuse 2022”",
            known.abouts["da23"].clone(),
        ),
    ];
    for (given, value, shown, about) in cases {
        let statement = given.read(&known, day).unwrap();
        assert_eq!((statement.value.as_str(), statement.shown().as_str()), (value, shown), "{given:?}");
        assert_eq!((statement.about, Some(statement.as_on)), (about, day));
    }
}

#[test]
fn nothing_is_cited_as_on_a_day_to_come() {
    let (mut known, _) = known();
    known.today = Some("2025-09-16".parse().unwrap());
    let on = |day: &str| Citation { as_on: day.into(), ..citation("da23", "open", "9") };
    for (day, is_read) in [("2025-09-16", true), ("2025-09-17", false), ("1 January 2031", false)] {
        let read = on(day).read(&known, None);
        assert_eq!(read.is_ok(), is_read, "{day}: {read:?}");
    }
    let refusal = on("1 January 2031").read(&known, None).unwrap_err();
    assert_eq!(
        (refusal.field.as_ref(), refusal.sentence.as_ref()),
        (
            "as_on",
            "It cannot have held on 1 January 2031, which is still to come. Give a day that is past, or today’s."
        )
    );
    let of_the_meeting = citation("da23", "open", "9").read(&known, Some("2025-09-30".parse().unwrap()));
    assert_eq!(of_the_meeting.unwrap_err().field, "as_on");
}

#[test]
fn each_field_is_refused_by_name() {
    let (known, _) = known();
    let day = Some("2025-09-16".parse().unwrap());
    for (given, field) in [
        (citation("", "open", "9"), "about"),
        (citation("XX99", "open", "9"), "about"),
        (citation("theme: ", "open", "9"), "about"),
        (citation("da23", "number", "9"), "quantity"),
        (citation("da23-r1", "open", "9"), "quantity"),
        (citation("portfolio", "title", "x"), "quantity"),
        (citation("da23", "plans", "9"), "quantity"),
        (citation("da23", "open", "nine"), "value"),
        (citation("da23-r1", "first_target", "spring"), "value"),
        (Citation { as_on: "soon".into(), ..citation("da23", "open", "9") }, "as_on"),
        (Citation { words: "x".repeat(601), ..citation("da23", "open", "9") }, "words"),
    ] {
        let refusal = given.read(&known, day).unwrap_err();
        assert_eq!(refusal.field, field, "{given:?}: {refusal}");
    }
    assert_eq!(citation("da23", "open", "9").read(&known, None).unwrap_err().field, "as_on");
}

//! A theft for the tests of rows.

use crime::report::rules::{Content, Ending, Enquired, Enquiry, Filing, Item, Person};
use jiff::{SignedDuration, Timestamp};

/// A theft that was told of at `now` and goes on so.
pub fn theft(now: Timestamp, ending: Ending) -> Content {
    let outcome = if ending == Ending::RecordAndEnquire { Enquired::ToDo } else { Enquired::NotPossible };
    let enquiries = ["cctv", "witnesses", "suspect", "property_trace"];
    let enquiry = |line: &str| Enquiry { line: line.into(), outcome, words: String::new().into() };
    Content {
        crime_type: "theft".into(),
        counts: 1,
        happened_from: now - SignedDuration::from_hours(3),
        happened_until: None,
        account: "A bicycle was taken; \"quoted\"\nand more".to_owned().into(),
        persons: vec![Person {
            role: "victim".into(),
            name: "Mòrag Bàn".to_owned().into(),
            reach: "07700 900480".to_owned().into(),
        }],
        property: vec![Item {
            what: "Bicycle".to_owned().into(),
            pence: Some(45_000),
            marks: "WBK 12345".to_owned().into(),
        }],
        answers: vec![],
        enquiries: enquiries.map(enquiry).to_vec(),
        evidence: vec![],
        ending,
        filing: Some(Filing { reason: "no_lines_of_enquiry".into(), way: "spoken".into(), at: now }),
        definition: 0,
    }
}

//! Failure demand: contacts that a failure of ours caused, of all that are eligible. Pure (FD-1; HMICS CAM 2022 R3).
//!
//! A contact is judged by all that is recorded of its issue, by every version of the definition FD-1 that a version of the
//! measure names: which of them is in force on its day is the catalogue’s to say.

use std::collections::BTreeMap;

use failure::{
    classify,
    code::{Class, Code},
    definition::{Definition, Eligibility, definitions},
    rules::{Agreement, Judged},
};
use jiff::Timestamp;

use crate::{catalogue::Catalogue, contribution::Contribution, demand::translate::Story};

/// Contacts that are failure demand, of all that are eligible.
pub const FAILURE_DEMAND: &str = "failure_demand";

/// Contacts of which the advisor and the record say different things, of all of which both say something: how far the words
/// of either can be trusted.
pub const DISAGREEMENT: &str = "failure_demand_disagreement";

/// Whether a measure judges contacts by FD-1.
pub fn is_judged(measure: &str) -> bool {
    [FAILURE_DEMAND, DISAGREEMENT].contains(&measure)
}

/// The reason of a contact of which no fact and no advisor says what it was.
pub const UNKNOWN: &str = "unknown";

/// What each eligible contact of an issue contributes to every version of the measures, by its identity: version and
/// contribution.
pub fn by_version(catalogue: &Catalogue, story: &Story) -> BTreeMap<String, Vec<(i64, Contribution)>> {
    let mut all: BTreeMap<String, Vec<(i64, Contribution)>> = BTreeMap::new();
    for definition in catalogue.failure() {
        for (contact, contributed) in contributions(definition, story) {
            let of = |one: Contribution| {
                let versions: Vec<i64> = catalogue.judged_by(one.measure, definition.number).collect();
                versions.into_iter().map(move |version| (version, one.clone()))
            };
            all.entry(contact).or_default().extend(contributed.into_iter().flat_map(of));
        }
    }
    all
}

/// What each eligible contact of an issue contributes by one version of FD-1, by its identity. Nothing depends on the clock:
/// all that is told so far is looked at.
pub fn contributions(definition: &Definition, story: &Story) -> BTreeMap<String, Vec<Contribution>> {
    let judged = classify(definition, &story.issue(), Timestamp::MAX);
    let eligible = judged.into_iter().filter(|one| one.eligibility == Eligibility::Eligible);
    let of = |one: &Judged| [Some(contribution(one)), disagreement(one)].into_iter().flatten().collect();
    eligible.map(|one| (one.contact.clone(), of(&one))).collect()
}

/// Whether the advisor and the record agree; nothing where one of them says nothing.
fn disagreement(judged: &Judged) -> Option<Contribution> {
    let (advisor, derived) = judged.advisor.zip(judged.derived)?;
    Some(Contribution {
        measure: DISAGREEMENT,
        reason: format!("{advisor}-{derived}"),
        numerator: i64::from(judged.agreement != Agreement::Same),
        ..contribution(judged)
    })
}

fn contribution(judged: &Judged) -> Contribution {
    Contribution {
        measure: FAILURE_DEMAND,
        at: judged.began_at,
        division: judged.division.clone().unwrap_or_default(),
        reason: judged.primary.map_or_else(|| UNKNOWN.to_owned(), |code| code.to_string()),
        numerator: i64::from(judged.class == Some(Class::Failure)),
        denominator: 1,
    }
}

/// A reason as a page says it: "F02 We missed, cancelled or were late for an appointment", in the words of the latest
/// version of the definition.
pub fn told(key: &str) -> String {
    let code = Code::try_from(key.to_owned()).ok();
    let reason = code.and_then(|code| definitions().version.last()?.reason(code));
    reason.map_or_else(|| "Not known".to_owned(), |reason| format!("{} {}", reason.key, reason.words))
}

/// What the advisor said and what the record shows, as a page says it: "Advisor F04, record F01".
pub fn pair(key: &str) -> String {
    let codes = key.split_once('-');
    codes.map_or_else(|| "Not known".to_owned(), |(said, shown)| format!("Advisor {said}, record {shown}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first() -> &'static Definition {
        &definitions().version[0]
    }

    #[test]
    fn advisor_and_record_are_compared_where_both_say_something() {
        use crate::demand::testing::{Step, begun, graded, id, received, story};
        use crate::demand::told::Fact;
        use contact::{
            contact::rules::{Coded, Earlier, Fact as Happened, Link, Purpose},
            grade::Grade,
        };
        let said = |code| Fact::Contact(Happened::Coded(Coded { code, definition: 1 }));
        let link = Link { to: id(9), kind: Earlier::Incident, purpose: Purpose::Chase, evidence: vec![] };
        let late = [
            (9, "20:00", None, graded("20:00", Grade::Immediate, "")),
            (2, "21:00", None, received("21:00")),
            (2, "21:00", None, Fact::Contact(Happened::Linked(link))),
        ];
        for (case, code, expected) in [
            ("the link says only that it chases", None, None),
            ("the same", Some(Code::F01), Some(("F01-F01", 0))),
            ("another reason", Some(Code::F15), Some(("F15-F01", 1))),
            ("another class", Some(Code::V3), Some(("V3-F01", 1))),
        ] {
            let code = code.map(|code| (2, "21:01", None, said(code)));
            let steps: Vec<Step> = late.clone().into_iter().chain(code).collect();
            let counted = contributions(first(), &story(&begun(&steps)));
            let all = &counted[&id(2).to_string()];
            assert_eq!(all.iter().filter(|one| one.measure == FAILURE_DEMAND).count(), 1, "{case}");
            let found = all.iter().find(|one| one.measure == DISAGREEMENT);
            let found = found.map(|one| (one.reason.as_str(), one.numerator));
            assert_eq!(found, expected, "{case}");
        }
        // Of the first contact no advisor says anything: nothing is compared.
        let first = &contributions(first(), &story(&begun(&late)))[&id(1).to_string()];
        assert_eq!(first.iter().filter(|one| one.measure == DISAGREEMENT).count(), 0);
    }

    #[test]
    fn a_pair_is_told_as_whose_it_is() {
        assert_eq!((pair("F04-F01"), pair("")), ("Advisor F04, record F01".into(), "Not known".to_owned()));
    }

    #[test]
    fn every_reason_has_its_words() {
        for code in Code::ALL {
            let words = told(&code.to_string());
            assert!(words.starts_with(&format!("{code} ")) && words.len() > 6, "{words}");
        }
        assert_eq!((told(UNKNOWN), told("F99")), ("Not known".to_owned(), "Not known".to_owned()));
    }
}

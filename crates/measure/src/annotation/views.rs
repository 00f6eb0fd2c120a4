//! What is marked, as a measure’s page has it, and the forms. Pure.

use contact::unit::Organisation;
use journal::words::day as told_day;
use plan::register::rules::Register;
use serde::Serialize;
use users::User;
use web::{Field, FormPage, Frame, Section, Typed};

use super::rows::Marked;
use crate::{
    asked::Period,
    catalogue::Definition,
    one::parts::{division_name, division_words},
    serves::is_served,
};

/// How many characters of a recommendation stand in the list of them.
const SHORT: usize = 70;

/// A mark beside the chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// What the chart calls it: "Change 1".
    pub name: String,
    /// What is marked.
    #[serde(flatten)]
    pub marked: Marked,
    /// Its day, in words.
    #[serde(skip)]
    pub day: String,
    /// The division, in words; empty where it is everywhere.
    #[serde(skip)]
    pub of: String,
    /// The page of the recommendation; empty where there is none, and for whoever may not read the plan.
    pub address: String,
    /// The recommendation and the action, in words: "CAM22-R3, action 3.4".
    #[serde(skip)]
    pub work: String,
    /// Where it is taken back; empty for whoever may not.
    pub back: String,
}

/// What is marked in what is asked, numbered as it stands on the chart: of a division what was changed there and everywhere,
/// of all divisions everything.
pub fn notes(
    may: impl Fn(&str) -> bool,
    organisation: &Organisation,
    period: &Period,
    marked: &[Marked],
) -> Vec<Note> {
    let key = &period.asked.measure;
    let of_it = |one: &&Marked| one.division.is_empty() || period.asked.has_division(&one.division);
    let note = |(number, one): (usize, &Marked)| Note {
        name: format!("Change {}", number + 1),
        day: told_day(one.on),
        of: if one.division.is_empty() { String::new() } else { division_name(organisation, &one.division) },
        address: if may("plan.read") && !one.recommendation.is_empty() {
            format!("/recommendations/{}", one.recommendation)
        } else {
            String::new()
        },
        work: if one.action.is_empty() {
            one.label.clone()
        } else {
            format!("{}, action {}", one.label, one.action)
        },
        back: if may("measure.annotate") {
            format!("/measures/{key}/annotations/{}/taken-back", one.id)
        } else {
            String::new()
        },
        marked: one.clone(),
    };
    marked.iter().filter(of_it).enumerate().map(note).collect()
}

/// Where something is marked on the chart of a measure; empty for whoever may not.
pub fn mark_address(who: &User, definition: &Definition) -> String {
    if who.may_do("measure.annotate") {
        format!("/measures/{}/annotations/new", definition.key)
    } else {
        String::new()
    }
}

/// The recommendations, those that the measure serves first.
fn recommendations(definition: &Definition, register: &Register) -> Vec<(String, String)> {
    let is_its = |item: &&plan::register::rules::Item| {
        is_served(definition, &item.code, &item.recommendation.reference)
    };
    let choice = |item: &plan::register::rules::Item| {
        let label = item.label();
        let text: String = item.short_text().chars().take(SHORT).collect();
        (label.clone(), format!("{label} {text}"))
    };
    let own = register.items.iter().filter(is_its).map(choice);
    let others = register.items.iter().filter(|item| !is_its(item)).map(choice);
    let none = (String::new(), "None asked for it".to_owned());
    std::iter::once(none).chain(own).chain(others).collect()
}

fn crumbs(definition: &Definition, heading: &str) -> Vec<(String, String)> {
    vec![
        ("/measures".to_owned(), "Measures".to_owned()),
        (format!("/measures/{}", definition.key), definition.name.clone()),
        (String::new(), heading.to_owned()),
    ]
}

/// The form that marks, with what was typed.
pub fn mark_page(
    who: &User,
    organisation: &Organisation,
    definition: &Definition,
    register: &Register,
    typed: &Typed,
) -> FormPage {
    let heading = "Mark a change on the chart";
    let everywhere = (String::new(), "All divisions".to_owned());
    let divisions = std::iter::once(everywhere)
        .chain(organisation.letters().into_iter().map(|one| (one.to_owned(), division_words(one))));
    FormPage {
        frame: Frame::of(format!("{heading}: {}", definition.name), Section::Measures).seen_by(who.signed()),
        crumbs: crumbs(definition, heading),
        heading: heading.to_owned(),
        about: definition.name.clone(),
        intro: "It stands on the chart at its day, for everybody who reads the measure. It moves no limit: whether something changed is what the chart says."
            .to_owned(),
        action: format!("/measures/{}/annotations", definition.key),
        submit: "Mark it".to_owned(),
        back: format!("/measures/{}", definition.key),
        last_seq: None,
        fields: vec![
            Field::line("on", "Since", "The first day on which it was so, as 2026-11-26", typed),
            Field::line("words", "What was changed", "As everybody will read it; no names of people", typed),
            Field::one("division", "Where", "", divisions, typed),
            Field::one(
                "recommendation",
                "Recommendation",
                "Whose work it was; those that the measure serves come first",
                recommendations(definition, register),
                typed,
            ),
            Field::line("action", "Action", "Its number, as 3.4, where it was one of them", typed),
        ],
        refusals: Vec::new(),
    }
}

/// The form that takes a mark back, with what was typed.
pub fn back_page(who: &User, definition: &Definition, one: &Marked, typed: &Typed) -> FormPage {
    let heading = "Take the mark back";
    let here = format!("/measures/{}", definition.key);
    FormPage {
        frame: Frame::of(format!("{heading}: {}", definition.name), Section::Measures).seen_by(who.signed()),
        crumbs: crumbs(definition, heading),
        heading: heading.to_owned(),
        about: format!("{}: {}", told_day(one.on), one.words),
        intro: "It goes from the chart. That it was marked, and why it was taken back, stays in the journal."
            .to_owned(),
        action: format!("{here}/annotations/{}/taken-back", one.id),
        submit: "Take it back".to_owned(),
        back: here,
        last_seq: Some(typed.last_seq().unwrap_or(one.last_seq)),
        fields: vec![Field::lines("reason", "Reason", "What was wrong with it", 3, typed)],
        refusals: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{asked::Step, figure::rows::Asked};

    fn marked(on: &str, division: &str, action: &str) -> Marked {
        Marked {
            id: "018f0000-0000-7000-8000-000000000009".into(),
            last_seq: 7,
            division: division.into(),
            on: on.parse().unwrap(),
            words: "Another rota".into(),
            recommendation: "018f0000-0000-7000-8000-000000000003".into(),
            label: "CAM22-R3".into(),
            action: action.into(),
        }
    }

    fn period(division: &str) -> Period {
        let asked = Asked {
            measure: "answer_wait".into(),
            from: "2026-09-07".parse().unwrap(),
            until: "2026-11-26".parse().unwrap(),
            division: division.into(),
            reason: String::new(),
            version: 0,
        };
        Period { asked, step: Step::Week, today: "2026-11-26".parse().unwrap() }
    }

    #[test]
    fn a_division_has_its_own_changes_and_those_of_everywhere() {
        let all =
            [marked("2026-09-20", "", "3.4"), marked("2026-10-01", "G", ""), marked("2026-10-02", "E", "")];
        let told = |division: &str| {
            let notes = notes(|_| true, Organisation::published(), &period(division), &all);
            notes.into_iter().map(|note| format!("{} {}", note.name, note.marked.on)).collect::<Vec<_>>()
        };
        assert_eq!(told("E"), ["Change 1 2026-09-20", "Change 2 2026-10-02"]);
        assert_eq!(told("").len(), 3);
        let first = &notes(|_| true, Organisation::published(), &period(""), &all)[0];
        assert_eq!(first.work, "CAM22-R3, action 3.4");
        assert!(first.address.starts_with("/recommendations/018f") && first.back.ends_with("/taken-back"));
        let nobody = &notes(|_| false, Organisation::published(), &period(""), &all)[0];
        assert_eq!((nobody.back.as_str(), nobody.address.as_str()), ("", ""));
    }
}

//! How long what is asked for waits for a second person. Pure.
//!
//! “All domestic incidents being closed SC02 No Crime or SC07 must be reviewed and endorsed by a supervisor”, and so must
//! their lower grades (HMICS Domestic Abuse 2023 R5; DOMAIN A8).

use crate::{
    contribution::Contribution,
    gist::of::IncidentGist,
    life::{Asked, Endorsement},
};

/// From what asks for a second person to what that person decides.
pub const WAIT: &str = "endorsement_wait";

/// What was decided, as a row has it and as a page says it.
const DECIDED: [(&str, &str); 4] = [
    ("closing_endorsed", "Closing endorsed"),
    ("closing_sent_back", "Closing sent back"),
    ("grade_endorsed", "Lower grade endorsed"),
    ("grade_refused", "Lower grade refused"),
];

/// What an incident contributes: each decision of a second person, on its day.
pub fn contributions(incident: &IncidentGist) -> Vec<Contribution> {
    let decided = incident.endorsements.iter().filter_map(|one| {
        let (at, agreed) = one.decided?;
        Some(Contribution {
            measure: WAIT,
            at,
            division: incident.division.clone(),
            reason: key(one, agreed).to_owned(),
            numerator: at.duration_since(one.asked_at).as_secs().max(0),
            denominator: 1,
        })
    });
    decided.collect()
}

fn key(one: &Endorsement, agreed: bool) -> &'static str {
    match (one.asked, agreed) {
        (Asked::Closing, true) => "closing_endorsed",
        (Asked::Closing, false) => "closing_sent_back",
        (Asked::Grade, true) => "grade_endorsed",
        (Asked::Grade, false) => "grade_refused",
    }
}

/// What was decided, as a page says it.
pub fn told(key: &str) -> &str {
    DECIDED.iter().find(|(one, _)| *one == key).map_or(key, |(_, words)| words)
}

#[cfg(test)]
mod tests {
    use contact::grade::Grade;
    use incident::{closure::rules::Fact as Closure, grade::rules::Fact as Graded};

    use super::*;
    use crate::measures::testing::{at, by, choice, closing, closure, counted, grade, incident, words};

    fn asked(minute: &str) -> incident::standing::Happened {
        closure(Closure::EndorsementAsked(closing(minute)))
    }

    fn lower(minute: &str) -> incident::standing::Happened {
        grade(Graded::DowngradeAsked(choice(minute, Grade::Standard)))
    }

    #[test]
    fn a_wait_ends_with_the_decision_of_a_second_person_and_with_nothing_else() {
        let endorsed = |minute| closure(Closure::Endorsed { at: at(minute), by: by(), words: words() });
        let sent_back = |minute| closure(Closure::SentBack { at: at(minute), by: by(), reason: words() });
        let agreed = |minute| grade(Graded::DowngradeEndorsed { at: at(minute), by: by(), words: words() });
        let refused = |minute| grade(Graded::DowngradeRefused { at: at(minute), by: by(), reason: words() });
        let chosen = |minute| grade(Graded::Chosen(choice(minute, Grade::Immediate)));
        let prompt = || grade(Graded::Chosen(choice("20:01", Grade::Prompt)));
        let reopened = |minute| closure(Closure::Reopened { at: at(minute), reason: words() });
        let reconsidered = grade(Graded::DowngradeReconsidered { at: at("20:40") });
        let cases = [
            ("waits", vec![asked("20:10")], vec![]),
            ("endorsed", vec![asked("20:10"), endorsed("20:40")], vec![("closing_endorsed", 1800)]),
            (
                "sent back, and asked anew",
                vec![asked("20:10"), sent_back("20:20"), asked("20:30"), endorsed("20:31")],
                vec![("closing_sent_back", 600), ("closing_endorsed", 60)],
            ),
            (
                "asked twice: the second is decided",
                vec![asked("20:10"), asked("20:30"), endorsed("20:31")],
                vec![("closing_endorsed", 60)],
            ),
            ("closed otherwise", vec![asked("20:10"), closure(Closure::Closed(closing("20:30")))], vec![]),
            (
                "opened again",
                vec![asked("20:10"), endorsed("20:11"), reopened("20:30")],
                vec![("closing_endorsed", 60)],
            ),
            ("a lower grade", vec![prompt(), lower("20:10"), agreed("20:15")], vec![("grade_endorsed", 300)]),
            ("refused", vec![prompt(), lower("20:10"), refused("20:15")], vec![("grade_refused", 300)]),
            ("graver again before that", vec![prompt(), lower("20:10"), chosen("20:15")], vec![]),
            (
                "it turned out to be domestic",
                vec![
                    prompt(),
                    grade(Graded::Chosen(choice("20:05", Grade::Standard))),
                    reconsidered,
                    agreed("20:50"),
                ],
                vec![("grade_endorsed", 600)],
            ),
            (
                "both wait, and neither is taken for the other",
                vec![prompt(), lower("20:10"), asked("20:20"), agreed("20:30"), endorsed("20:50")],
                vec![("grade_endorsed", 1200), ("closing_endorsed", 1800)],
            ),
        ];
        for (case, happened, expected) in cases {
            let told = counted(WAIT, &contributions(&incident("domestic_incident", &[], happened)));
            let expected: Vec<_> =
                expected.into_iter().map(|(reason, seconds)| (reason.to_owned(), seconds, 1)).collect();
            assert_eq!(told, expected, "{case}");
        }
    }

    #[test]
    fn each_decision_has_its_words() {
        for asked in [Asked::Closing, Asked::Grade] {
            for agreed in [false, true] {
                let one = Endorsement { asked, asked_at: at("20:00"), decided: None };
                assert_ne!(told(key(&one, agreed)), key(&one, agreed));
            }
        }
    }
}

//! What a filled form means.

use jiff::Timestamp;
use journal::{Id, Refusal, time_gone};
use web::Typed;

use crate::{
    definition::{Form as Kinded, Question, Stage, kind},
    referral::{
        rules::{Answer, Command, Consent, Said},
        sending::Sending,
    },
    suggestion::rules::To,
};

/// The referral that a filled form means: of that incident in that division, to an agency.
pub fn meant(
    to: To,
    incident: Id,
    division: &str,
    typed: &Typed,
    now: Timestamp,
) -> Result<Sending, Refusal> {
    let text = |name: &str| typed.get(name).to_owned();
    let consent = match typed.get("consent").trim() {
        "" => None,
        "yes" => Some(Consent::Given { by: text("consent_by"), way: text("consent_way") }),
        "no" => Some(Consent::Overridden { basis: text("legal_basis"), reason: text("reason").into() }),
        other => {
            let sentence = format!("“{other}” is neither yes nor no. Say whether the person agreed.");
            return Err(Refusal::of("consent", sentence));
        }
    };
    let age = match typed.get("age").trim() {
        "" => None,
        age => Some(age.parse().map_err(|_| {
            Refusal::of("age", format!("“{age}” is not an age. Enter the person’s age in years."))
        })?),
    };
    Ok(Sending {
        incident,
        agency: to.agency.key.clone(),
        kind: to.kind.key.clone(),
        division: division.to_owned(),
        consent,
        age,
        person: text("person"),
        reach: text("reach"),
        summary: text("summary"),
        answers: answers(to.kind.questions(Stage::Send), typed, now)?,
        preferences: Vec::new(),
    })
}

/// What the form called `word` means for a referral of that kind. A link is not of the words: its secret is made.
pub fn change(word: &str, of_kind: &str, typed: &Typed, now: Timestamp) -> Result<Option<Command>, Refusal> {
    let text = |name: &str| typed.get(name).to_owned();
    Ok(Some(match word {
        "acceptance" => Command::Accept { at: when(typed, "at", now)?, by: text("by"), words: text("words") },
        "declining" => {
            Command::Decline { at: when(typed, "at", now)?, reason: text("reason"), words: text("words") }
        }
        "outcome" => {
            let questions = kind(of_kind).into_iter().flat_map(|kind| kind.questions(Stage::Finish));
            Command::Finish {
                at: when(typed, "at", now)?,
                outcome: text("outcome"),
                words: text("words"),
                answers: answers(questions, typed, now)?,
            }
        }
        "return" => Command::BounceBack { reason: text("reason"), words: text("words") },
        "withdrawal" => Command::Withdraw { reason: text("reason") },
        "settlement" => Command::Settle { words: text("words") },
        _ => return Ok(None),
    }))
}

fn answers<'a>(
    questions: impl Iterator<Item = &'a Question>,
    typed: &Typed,
    now: Timestamp,
) -> Result<Vec<Answer>, Refusal> {
    let mut all = Vec::new();
    for question in questions {
        if let Some(said) = said(question, typed, now)? {
            all.push(Answer { question: question.key.clone(), said });
        }
    }
    Ok(all)
}

fn said(question: &Question, typed: &Typed, now: Timestamp) -> Result<Option<Said>, Refusal> {
    let text = typed.get(&question.key).trim();
    if text.is_empty() {
        return Ok(None);
    }
    Ok(Some(match (question.form, text) {
        (Kinded::YesNo, "yes") => Said::Yes,
        (Kinded::YesNo, "no") => Said::No,
        (Kinded::YesNo, other) => {
            let sentence = format!("“{other}” is neither yes nor no. Answer “{}”.", question.asks);
            return Err(Refusal::of(question.key.clone(), sentence));
        }
        (Kinded::Moment, text) => Said::At(time_gone(&question.key, text, now)?),
        (Kinded::Lines, text) => Said::Words(text.to_owned().into()),
    }))
}

fn when(typed: &Typed, field: &str, now: Timestamp) -> Result<Option<Timestamp>, Refusal> {
    match typed.get(field).trim() {
        "" => Ok(None),
        text => time_gone(field, text, now).map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::referral::{rules::decide, testing::clock, testing::known};

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        pairs.iter().fold(Typed::default(), |typed, (name, value)| typed.with(name, *value))
    }

    #[test]
    fn a_filled_form_is_a_referral() {
        let to = To::read("distress_west.distress_brief_intervention").unwrap();
        let incident = Id::new(Timestamp::UNIX_EPOCH);
        let filled = typed(&[
            ("consent", "yes"),
            ("consent_by", "the_person"),
            ("consent_way", "spoken"),
            ("age", " 44 "),
            ("person", "Mòrag Bàn"),
            ("reach", "07700 900480"),
            ("summary", "She lost her job."),
            ("in_distress", "yes"),
            ("no_emergency_treatment", "yes"),
            ("released_at", "not asked here"),
        ]);
        let sending = meant(to, incident.clone(), "G", &filled, clock("10:00:00")).unwrap();
        assert_eq!((sending.age, sending.answers.len()), (Some(44), 2));
        decide(&known("10:00:00"), None, Command::Send(Box::new(sending))).unwrap();
        for (name, value, told) in [
            ("age", "old", "is not an age"),
            ("age", "99999999999999999999", "is not an age"),
            ("consent", "maybe", "neither yes nor no"),
            ("in_distress", "oui", "neither yes nor no"),
        ] {
            let odd = filled.clone().with(name, value);
            let refusal = meant(to, incident.clone(), "G", &odd, clock("10:00:00")).unwrap_err();
            assert_eq!(refusal.field, name);
            assert!(refusal.sentence.contains(told), "{refusal}");
        }
    }

    #[test]
    fn each_word_means_its_command_and_a_link_means_none() {
        let now = clock("10:00:00");
        for form in &crate::referral::forms::FORMS {
            let meant = change(form.word, "general", &Typed::default(), now).unwrap();
            assert_eq!(meant.is_none(), matches!(form.word, "link" | "revocation"), "{}", form.word);
        }
    }
}

//! The forms about an outage: what each asks, and what it means. Pure.

use jiff::Timestamp;
use journal::{Refusal, day_of, scotland, time_gone};
use web::{Field, Typed};

use super::{
    definition,
    list::rows::Listed,
    rules::{Command, State, Told},
};
use crate::codes;

/// How a time is typed.
const TIME: &str = "As 20:14, or with its day as 2026-11-26 20:14";

/// One form of an outage that is recorded.
pub struct Form {
    /// The last part of its address.
    pub word: &'static str,
    /// Its heading, and the words of the link to it.
    pub heading: &'static str,
    /// What will happen.
    pub intro: &'static str,
    /// The button.
    pub submit: &'static str,
    /// What is said when it is done.
    pub done: &'static str,
}

/// All of them, in the order in which they are offered.
pub static FORMS: [Form; 3] = [
    Form {
        word: "end",
        heading: "It is back",
        intro: "The notice goes from the screens of contacts. Who rings within a day because of it can still be recorded so.",
        submit: "End the outage",
        done: "The outage has ended.",
    },
    Form {
        word: "correction",
        heading: "Correct it",
        intro: "Say all of it as it should have been said. Contacts of those hours are counted anew.",
        submit: "Correct the outage",
        done: "The outage is corrected.",
    },
    Form {
        word: "taken-back",
        heading: "Take it back",
        intro: "For what was no outage at all. What was recorded stays in its timeline; contacts are counted anew.",
        submit: "Take the outage back",
        done: "The outage is taken back.",
    },
];

/// The form with that word.
pub fn find(word: &str) -> Option<&'static Form> {
    FORMS.iter().find(|form| form.word == word)
}

/// Whether a form is offered of an outage that stands so.
pub fn is_offered(form: &Form, state: State) -> bool {
    match state {
        State::Open => true,
        State::Ended => form.word != "end",
        State::TakenBack => false,
    }
}

/// The fields of the form that records an outage.
pub fn recording(typed: &Typed, now: Timestamp) -> Vec<Field> {
    let t = &filled(Typed::default().with("began_at", written(now, now)), typed);
    vec![
        system(t, now),
        Field::line("began_at", "Down since", TIME, t),
        Field::line("ended_at", "Back since", "Empty while it is down", t),
        callers(t),
        Field::line("source", "Who says so", "A desk and its reference, or a name", t),
    ]
}

/// The fields of a form about an outage; what was typed stands in them, or else what is recorded.
pub fn fields(word: &str, one: &Listed, typed: &Typed, now: Timestamp) -> Vec<Field> {
    match word {
        "end" => {
            let t = &filled(Typed::default().with("ended_at", written(now, now)), typed);
            vec![
                Field::line("ended_at", "Back since", TIME, t),
                Field::line("source", "Who says so", "A desk and its reference, or a name", t),
            ]
        }
        "correction" => {
            let ended = one.ended_at.map_or_else(String::new, |at| written(at, now));
            let recorded = Typed::default()
                .with("system", one.system.clone())
                .with("began_at", written(one.began_at, now))
                .with("ended_at", ended)
                .with("callers", one.callers.clone());
            let t = &filled(recorded, typed);
            let mut fields = vec![system(t, now), Field::line("began_at", "Down since", TIME, t)];
            if one.ended_at.is_some() {
                fields.push(Field::line("ended_at", "Back since", "Empty where it is still down", t));
            }
            fields.extend([
                callers(t),
                Field::lines("reason", "Reason", "What was wrong, and how it was found", 3, t),
            ]);
            fields
        }
        _ => vec![Field::lines("reason", "Reason", "Why it was no outage", 3, typed)],
    }
}

fn filled(mut first: Typed, typed: &Typed) -> Typed {
    first.0.extend(typed.0.clone());
    first
}

fn system(typed: &Typed, now: Timestamp) -> Field {
    let known = codes::on(definition::systems(), day_of(now));
    let known = known.into_iter().map(|one| (one.key.clone(), one.words.clone()));
    let first = (String::new(), "Choose a system".to_owned());
    Field::one("system", "System", "", std::iter::once(first).chain(known), typed)
}

fn callers(typed: &Typed) -> Field {
    Field::lines(
        "callers",
        "What callers are told",
        "Shown to every advisor while it is down; may be empty",
        3,
        typed,
    )
}

/// A moment as it can be typed again and means the same: in the hour that a night in October has twice it is UTC.
fn written(at: Timestamp, now: Timestamp) -> String {
    let local = at.to_zoned(scotland());
    let text = local.strftime("%Y-%m-%d %H:%M").to_string();
    let minute = at.as_second() - at.as_second().rem_euclid(60);
    let means =
        |text: &str, wanted: i64| time_gone("at", text, now).is_ok_and(|read| read.as_second() == wanted);
    // What is suggested need not be to the second; what is recorded is kept as it is.
    let is_suggested = at == now;
    if means(&text, minute) && (is_suggested || at.as_nanosecond() == i128::from(minute) * 1_000_000_000) {
        return text;
    }
    at.to_string()
}

/// What a form about the outage means: `word` is empty for the one that records it.
pub fn meant(word: &str, typed: &Typed, now: Timestamp) -> Result<Command, Refusal> {
    let text = |name: &str| typed.get(name).to_owned();
    match word {
        "" => Ok(Command::Begin { told: told(typed, now)?, source: text("source") }),
        "end" => {
            let at = time_gone("ended_at", typed.get("ended_at"), now)?;
            Ok(Command::End { at, source: text("source") })
        }
        "correction" => Ok(Command::Correct { told: told(typed, now)?, reason: text("reason") }),
        _ => Ok(Command::TakeBack { reason: text("reason") }),
    }
}

fn told(typed: &Typed, now: Timestamp) -> Result<Told, Refusal> {
    let ended_at = match typed.get("ended_at").trim() {
        "" => None,
        text => Some(time_gone("ended_at", text, now)?),
    };
    Ok(Told {
        system: typed.get("system").trim().to_owned(),
        began_at: time_gone("began_at", typed.get("began_at"), now)?,
        ended_at,
        callers: typed.get("callers").to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_so_that_it_is_read_again() {
        let now = "2026-11-21T20:30:40Z".parse().unwrap();
        for (at, text) in [
            ("2026-11-21T20:14:00Z", "2026-11-21 20:14"),
            ("2026-07-01T20:14:00Z", "2026-07-01 21:14"),
            ("2026-11-21T20:14:05Z", "2026-11-21T20:14:05Z"),
            // One o’clock in the morning comes twice: the second one is told as programs write it.
            ("2026-10-25T00:30:00Z", "2026-10-25 01:30"),
            ("2026-10-25T01:30:00Z", "2026-10-25T01:30:00Z"),
        ] {
            let at: Timestamp = at.parse().unwrap();
            assert_eq!(written(at, now), text);
            assert_eq!(time_gone("at", text, now).unwrap(), at, "{text}");
        }
        assert_eq!(written(now, now), "2026-11-21 20:30");
    }
}

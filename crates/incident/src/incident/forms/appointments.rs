//! The forms about appointments: what they ask, and what they mean. The times are offered by the page of the booking.

use contact::{codes::Code, preference::rules::Way};
use diary::place::Mode;
use jiff::{Timestamp, civil::Date};
use journal::Refusal;
use web::{Field, Typed};

use super::{
    asked::{Pair, blank, yes_no_or_unsaid},
    meant::moment,
};
use crate::{
    appointment::{
        booking::{Chosen, Wish, asked_for},
        choice::{Answer, Ground},
        definition,
        life::Party,
        rules::{Cause, Command},
    },
    standing::Standing,
};

/// Whether the form is one of these.
pub(super) fn is_one(word: &str) -> bool {
    let all = ["keeping", "miss", "cancellation", "no-appointment", "interviewer", "exception", "allowance"];
    word == "appointment" || all.contains(&word)
}

/// What a form asks; of the booking what is asked beside the time.
pub(super) fn fields(word: &str, standing: &Standing, t: &Typed, today: Date) -> Vec<Field> {
    let reason = || Field::lines("reason", "Reason", "", 3, t);
    match word {
        "interviewer" => interviewer(t),
        "exception" => {
            let grounds = Ground::ALL.map(|ground| (ground.as_str().to_owned(), ground.words().to_owned()));
            vec![Field::one("ground", "Ground", "", blank("Choose one", grounds.to_vec()), t), reason()]
        }
        "allowance" | "no-appointment" => vec![reason()],
        "keeping" => keeping(standing, t),
        "miss" => cause(&["not_told"], t, today),
        "cancellation" => cause(&[], t, today),
        _ => booking(standing, t, today),
    }
}

fn interviewer(t: &Typed) -> Vec<Field> {
    let answers = Answer::ALL.map(|answer| (answer.as_str().to_owned(), answer.words().to_owned()));
    vec![
        Field::one(
            "answer",
            "By whom do they want to be interviewed?",
            "Victims and Witnesses (Scotland) Act 2014, section 8",
            blank("Not asked", answers.to_vec()),
            t,
        ),
        Field::one("way", "How they were asked", "", blank("Choose a way", ways()), t),
    ]
}

fn ways() -> Vec<Pair> {
    let ways = Way::ALL.iter().filter(|way| **way != Way::Shown);
    ways.map(|way| (way.as_str().to_owned(), way.words().to_owned())).collect()
}

fn keeping(standing: &Standing, t: &Typed) -> Vec<Field> {
    let hint = "As 20:14; today, or yesterday where that is still to come";
    let mut fields = vec![Field::line("at", "When officers were with them", hint, t)];
    let asked = standing.appointments.asked.as_ref().and_then(|asked| asked.answer.gender());
    if let Some(gender) = asked {
        let hint = match asked_for(&standing.appointments) {
            Some(_) => format!("They asked for {}", gender.words().to_lowercase()),
            None => format!("They asked for {}; an exception was made", gender.words().to_lowercase()),
        };
        fields.push(yes_no_or_unsaid("as_asked", "Interviewed by whom they asked for?", &hint, t));
    }
    fields.push(Field::lines("words", "What came of it", "", 4, t));
    fields
}

fn cause(without: &[&str], t: &Typed, today: Date) -> Vec<Field> {
    let parties = Party::ALL.map(|party| (party.as_str().to_owned(), party.words().to_owned()));
    let mut fields = vec![
        Field::one("by", "Whose doing", "", blank("Choose whose", parties.to_vec()), t),
        Field::one("reason", "Reason", "", blank("Choose a reason", reasons(today)), t),
        Field::lines("words", "In words", "", 3, t),
    ];
    if !without.contains(&"not_told") {
        let hint = "Needed where police move or cancel it and they are protected";
        fields.push(Field::one("told", "How they were told", hint, blank("Not told", ways()), t));
    }
    fields
}

fn reasons(today: Date) -> Vec<Pair> {
    let whose = |code: &Code| match code.kind.as_str() {
        "police" => format!("Police: {}", code.words),
        "caller" => format!("Caller: {}", code.words),
        _ => code.words.clone(),
    };
    let valid = definition::reasons().iter().filter(|code| code.is_valid_on(today));
    valid.map(|code| (code.key.clone(), whose(code))).collect()
}

fn booking(standing: &Standing, t: &Typed, today: Date) -> Vec<Field> {
    let modes = Mode::ALL.map(|mode| (mode.as_str().to_owned(), mode.words().to_owned()));
    let mut fields =
        vec![Field::one("mode", "How they are seen", "", blank("Choose how", modes.to_vec()), t)];
    let appointments = &standing.appointments;
    let is_listed = crate::appointment::booking::family(standing).is_listed;
    if is_listed && appointments.asked.is_none() && appointments.excepted.is_none() {
        fields.extend(interviewer(t));
    }
    if appointments.pending().is_some() {
        fields.extend(cause(&[], t, today));
    }
    let hint = "Where the time is not the earliest, or later than the standard has it";
    fields.push(Field::lines("why_later", "What the caller wishes", hint, 2, t));
    fields
}

/// What a filled form means.
pub(super) fn meant(word: &str, typed: &Typed, now: Timestamp) -> Result<Command, Refusal> {
    let text = |name: &str| typed.get(name).trim().to_owned();
    let reason = || text("reason");
    Ok(match word {
        "interviewer" => Command::Ask { way: text("way"), answer: text("answer") },
        "exception" => Command::Except { ground: text("ground"), reason: reason() },
        "allowance" => Command::Allow { reason: reason() },
        "no-appointment" => Command::NotWanted { reason: reason() },
        "keeping" => Command::Keep {
            at: moment(typed.get("at"), now)?,
            as_asked: text("as_asked"),
            words: text("words"),
        },
        "miss" => Command::Miss { cause: read_cause(typed) },
        "cancellation" => Command::Cancel { cause: read_cause(typed) },
        _ => Command::Book { wish: wish(typed)?, cause: read_cause(typed) },
    })
}

fn read_cause(typed: &Typed) -> Cause {
    let text = |name: &str| typed.get(name).trim().to_owned();
    Cause { by: text("by"), reason: text("reason"), words: text("words"), told: text("told") }
}

/// The slot and all that is wished about it. What is asked in the same breath is asked first.
pub(crate) fn wish(typed: &Typed) -> Result<Wish, Refusal> {
    let slot = typed.get("slot").trim();
    let chosen = Chosen::read(slot);
    if chosen.is_none() && !slot.is_empty() {
        let sentence =
            "That is no time of a diary. Choose one of those offered: GET this address has them all.";
        return Err(Refusal::of("slot", sentence));
    }
    let text = |name: &str| typed.get(name).trim().to_owned();
    let asked = (!text("answer").is_empty()).then(|| (text("way"), text("answer")));
    Ok(Wish { slot: chosen, mode: text("mode"), why_later: text("why_later"), asked })
}

//! What a referral has to have before it is sent, and what its kind asks. Pure.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use contact::{
    codes::known as is_known,
    preference::{gate::may_be_named, rules::Preference, words::cautions},
};
use jiff::{RoundMode, SignedDuration, Timestamp, TimestampRound, Unit, civil::Date};
use journal::{
    Id, Refusal, day_of,
    words::{LINE, PARAGRAPH, moment, optional, required},
};

use super::rules::{Answer, Consent, Known, Said, Sent};
use crate::{
    definition::{Agency, Form, Kind, Question, Stage, agency, definitions, kind, limits},
    hours::{Open, open},
    suggestion::rules::open_words,
};

/// The question that asks when a call to a clinician began: the referral begins then.
pub const STARTED: &str = "call_started_at";
/// The question that asks when officers were released: the referral ends then.
pub const RELEASED: &str = "released_at";
/// The question that asks whether taking somebody to hospital was avoided.
pub const AVOIDED: &str = "conveyance_avoided";

/// What a referral is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    pub incident: Id,
    pub agency: String,
    pub kind: String,
    pub division: String,
    /// Nothing where nothing was said of it.
    pub consent: Option<Consent>,
    pub age: Option<i64>,
    pub person: String,
    pub reach: String,
    pub summary: String,
    pub answers: Vec<Answer>,
    /// What is known of how the person may be reached.
    pub preferences: Vec<Preference>,
}

/// What is sent, or why not.
pub fn send(known: &Known, typed: Sending) -> Result<Sent, Refusal> {
    let (agency, kind) = may_take(known, &typed)?;
    is_of_age(kind, typed.age)?;
    let answers = answers(&kind.key, Stage::Send, &typed.answers, known.now)?;
    let began = moment_of(&answers, STARTED).unwrap_or(known.now);
    is_there(agency, kind, began)?;
    let consent = consent(known, kind, typed.consent)?;
    if known.open.iter().any(|(agency, kind)| (agency, kind) == (&typed.agency, &typed.kind)) {
        let sentence = format!(
            "{} has this already and has not ended it. Look at the incident’s referrals.",
            agency.name
        );
        return Err(Refusal::of("to", sentence));
    }
    let person = named(kind, "person", "Who it is", &typed.person)?;
    let reach = named(kind, "reach", "How they are reached", &typed.reach)?;
    // What an agency is told is a way out like any other: it reaches the person by it.
    for (field, text) in [("reach", &reach), ("summary", &typed.summary)] {
        may_be_named(&typed.preferences, field, text)?;
    }
    let summary = required("summary", "What the agency needs to know", &typed.summary, PARAGRAPH)?;
    let reply_in = SignedDuration::from_hours(kind.reply_hours);
    Ok(Sent {
        incident: typed.incident,
        division: typed.division,
        at: known.now,
        reply_by: began.saturating_add(reply_in).unwrap_or(Timestamp::MAX),
        consent,
        is_age_confirmed: kind.least_age.is_some(),
        person: person.into(),
        reach: reach.into(),
        summary: summary.into(),
        cautions: cautions(&typed.preferences).join("\n").into(),
        answers,
        definition: definitions().version,
        agency: typed.agency,
        kind: typed.kind,
    })
}

/// The agency and the kind, if that agency takes it there and then.
fn may_take(known: &Known, typed: &Sending) -> Result<(&'static Agency, &'static Kind), Refusal> {
    let none = || Refusal::of("to", "There is no such agency. Choose one of the directory.");
    let agency = agency(&typed.agency).ok_or_else(none)?;
    let kind = takes(agency, &typed.kind, &typed.division, day_of(known.now))?;
    Ok((agency, kind))
}

/// The kind, if the agency is there on that day, takes it and serves that division.
pub(super) fn takes(agency: &Agency, key: &str, division: &str, day: Date) -> Result<&'static Kind, Refusal> {
    let told = |sentence: String| Refusal::of("to", sentence);
    if !agency.is_valid_on(day) {
        let sentence = format!("{} takes nobody on that day. Choose another agency.", agency.name);
        return Err(told(sentence));
    }
    let Some(kind) = kind(key).filter(|kind| agency.takes(&kind.key) && kind.is_valid_on(day)) else {
        let sentence = format!(
            "{} does not take that kind of referral. Choose one that it takes: the directory says which.",
            agency.name
        );
        return Err(told(sentence));
    };
    if !agency.serves(division) {
        let sentence =
            format!("{} does not serve division {division}. Choose an agency that does.", agency.name);
        return Err(told(sentence));
    }
    Ok(kind)
}

/// A call has to be answered at once, so somebody has to be there; whatever is written waits for their hours.
pub(super) fn is_there(agency: &Agency, kind: &Kind, at: Timestamp) -> Result<(), Refusal> {
    match open(&agency.open, at) {
        closed @ (Open::From(_) | Open::NotSoon) if kind.is_live => {
            let sentence = format!(
                "Nobody answers at {} then. {}. Choose another agency.",
                agency.name,
                open_words(closed)
            );
            Err(Refusal::of("to", sentence))
        }
        _ => Ok(()),
    }
}

fn is_of_age(kind: &Kind, age: Option<i64>) -> Result<(), Refusal> {
    let Some(least) = kind.least_age else { return Ok(()) };
    match age {
        Some(age) if !(0..=125).contains(&age) => {
            Err(Refusal::of("age", format!("{age} is not an age. Enter the person’s age in years.")))
        }
        Some(age) if age < least => {
            let sentence = format!(
                "{} is for people of {least} and over, and this person is {age}. Choose another kind of referral.",
                kind.words
            );
            Err(Refusal::of("age", sentence))
        }
        Some(_) => Ok(()),
        None => {
            let sentence =
                format!("The age is missing: {} is for people of {least} and over. Enter it.", kind.words);
            Err(Refusal::of("age", sentence))
        }
    }
}

fn consent(known: &Known, kind: &Kind, typed: Option<Consent>) -> Result<Consent, Refusal> {
    let (today, all) = (day_of(known.now), definitions());
    if !kind.needs_consent {
        return Ok(Consent::NotNeeded);
    }
    match typed {
        Some(Consent::Given { by, way }) => {
            if !is_known(&all.consent_by, &by, today) {
                return Err(Refusal::of("consent_by", "Say who agreed: choose one of the list."));
            }
            if !is_known(&all.consent_way, &way, today) {
                return Err(Refusal::of("consent_way", "Say how they agreed: choose one of the list."));
            }
            Ok(Consent::Given { by, way })
        }
        Some(Consent::Overridden { .. }) if !kind.may_override => {
            let sentence = format!(
                "{} is only for people who agree: no other ground stands in for that. Ask them, or choose another kind.",
                kind.words
            );
            Err(Refusal::of("consent", sentence))
        }
        Some(Consent::Overridden { basis, reason }) => {
            if !is_known(&all.legal_basis, &basis, today) {
                let sentence = "Say on what ground it is sent without their consent: choose one of the list.";
                return Err(Refusal::of("legal_basis", sentence));
            }
            let reason = reason.known().map_or("", String::as_str);
            let reason = required("reason", "Why it is sent without their consent", reason, PARAGRAPH)?;
            Ok(Consent::Overridden { basis, reason: reason.into() })
        }
        None | Some(Consent::NotNeeded) => {
            let sentence = if kind.may_override {
                "Say whether the person agreed. Without their consent a ground has to be recorded."
            } else {
                "Say that the person agreed: without their consent it cannot be sent."
            };
            Err(Refusal::of("consent", sentence))
        }
    }
}

fn named(kind: &Kind, field: &'static str, what: &str, text: &str) -> Result<String, Refusal> {
    if kind.needs_person { required(field, what, text, LINE) } else { optional(field, what, text, LINE) }
}

/// The answers that a kind asks for at `stage`, each as it must be, in the order in which they are asked.
pub fn answers(key: &str, stage: Stage, typed: &[Answer], now: Timestamp) -> Result<Vec<Answer>, Refusal> {
    let Some(kind) = kind(key) else { return Ok(Vec::new()) };
    let mut all = Vec::new();
    for question in kind.questions(stage) {
        let said = typed.iter().find(|one| one.question == question.key).map(|one| one.said.clone());
        if let Some(said) = answer(kind, question, said, now)? {
            all.push(Answer { question: question.key.clone(), said });
        }
    }
    match typed.iter().find(|one| !kind.questions(stage).any(|question| question.key == one.question)) {
        Some(stray) => {
            let sentence = format!("Nobody asks “{}” here. Leave it out.", stray.question.replace('_', " "));
            Err(Refusal::of(stray.question.clone(), sentence))
        }
        None => Ok(all),
    }
}

fn answer(
    kind: &Kind,
    question: &Question,
    said: Option<Said>,
    now: Timestamp,
) -> Result<Option<Said>, Refusal> {
    let told = |sentence: String| Refusal::of(question.key.clone(), sentence);
    let is_needed = question.is_needed || !question.must_be.is_empty();
    let Some(said) = said else {
        if is_needed {
            return Err(told(format!("“{}” is not answered yet. Answer it.", question.asks)));
        }
        return Ok(None);
    };
    match (question.form, said) {
        (Form::YesNo, said @ (Said::Yes | Said::No)) => {
            let wanted = if question.must_be == "no" { Said::No } else { Said::Yes };
            if !question.must_be.is_empty() && said != wanted {
                return Err(told(format!(
                    "{} is only for those of whom “{}” is answered with {}. Choose another kind of referral.",
                    kind.words, question.asks, question.must_be
                )));
            }
            Ok(Some(said))
        }
        (Form::Moment, Said::At(at)) if at > now => {
            Err(told(format!("{} is still to come. Enter when it happened.", moment(at))))
        }
        (Form::Moment, Said::At(at)) if now.duration_since(at) > SignedDuration::from_hours(24 * 366) => {
            Err(told(format!("{} is more than a year ago. Enter when it happened.", moment(at))))
        }
        (Form::Moment, said @ Said::At(_)) => Ok(Some(said)),
        (Form::Lines, Said::Words(words)) => {
            let text = words.known().map_or("", String::as_str);
            let text = optional("words", "The answer", text, PARAGRAPH)
                .map_err(|refusal| told(refusal.sentence.into_owned()))?;
            match text.is_empty() {
                true if is_needed => {
                    Err(told(format!("“{}” is not answered yet. Answer it.", question.asks)))
                }
                true => Ok(None),
                false => Ok(Some(Said::Words(text.into()))),
            }
        }
        _ => Err(told(format!("“{}” is answered otherwise. Answer it as it is asked.", question.asks))),
    }
}

/// The moment that was answered to a question.
pub fn moment_of(answers: &[Answer], question: &str) -> Option<Timestamp> {
    answers.iter().find(|one| one.question == question).and_then(|one| match one.said {
        Said::At(at) => Some(at),
        _ => None,
    })
}

impl Sent {
    /// When it began, and what that was: the call to the clinician, or else its sending.
    pub fn began(&self) -> (Timestamp, &'static str) {
        match moment_of(&self.answers, STARTED) {
            Some(started) => (started, "the call started"),
            None => (to_the_minute(self.at), "it was sent"),
        }
    }
}

/// How long officers were spared, in minutes: how long they stay without a clinician’s advice
/// (`minutes_without_direct_contact`), less the time from the start of the call until they were released; never below
/// nothing. Nothing where no call started.
pub fn minutes_saved(sent: &Sent, released: Timestamp) -> Option<i64> {
    let started = moment_of(&sent.answers, STARTED)?;
    let stayed = released.duration_since(started).as_mins();
    Some((limits().minutes_without_direct_contact - stayed).max(0))
}

/// Who types a time leaves the seconds out.
pub fn to_the_minute(at: Timestamp) -> Timestamp {
    at.round(TimestampRound::new().smallest(Unit::Minute).mode(RoundMode::Trunc)).unwrap_or(at)
}

/// When something happened: not still to come, and not before what it follows. `what` begins the sentence.
pub fn happened(
    field: &'static str,
    what: &str,
    at: Timestamp,
    now: Timestamp,
    (after, told): (Timestamp, &str),
) -> Result<Timestamp, Refusal> {
    if at > now {
        let sentence = format!("{what} is still to come: {}. Enter when it happened.", moment(at));
        return Err(Refusal::of(field, sentence));
    }
    if at < after {
        let sentence =
            format!("{what} is {}, before {told} at {}. Enter a later moment.", moment(at), moment(after));
        return Err(Refusal::of(field, sentence));
    }
    Ok(at)
}

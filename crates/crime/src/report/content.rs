//! What a report may say: every refusal names its field, and the row of it. Pure.

use contact::codes::known as is_known;
use incident::codes::roles;
use jiff::Timestamp;
use journal::{
    Private, Refusal, day_of,
    words::{LINE, PARAGRAPH, moment, required},
};

use super::rules::{
    Answer, Content, Ending, Enquired, Enquiry, Evidence, Filing, Item, Known, Person, Report, Said, unsaid,
};
use crate::definition::{CrimeType, Question, crime_type, definitions, limits};

/// The most characters of an account.
const ACCOUNT: usize = 20_000;

/// No day up to this year is meant: what is before it is read as its first day.
const EARLIEST: i16 = 1900;

/// The content as it is kept, or what of it cannot be. What `was` there may stay, though it could no more be chosen.
pub fn read(known: &Known, was: Option<&Report>, content: Content) -> Result<Content, Refusal> {
    let today = day_of(known.now);
    let is_as_it_was = was.is_some_and(|was| was.content.crime_type == content.crime_type);
    let of_type = crime_type(&content.crime_type).filter(|one| is_as_it_was || one.is_valid_on(today));
    let of_type =
        of_type.ok_or_else(|| Refusal::of("crime_type", "Say which crime it is: choose one of the list."))?;
    if !(1..=limits().most_counts).contains(&content.counts) {
        let sentence = format!("Give the number of counts, from 1 to {}.", limits().most_counts);
        return Err(Refusal::of("counts", sentence));
    }
    happened(known, &content)?;
    let account = required("account", "What happened", content.account.shown(), ACCOUNT)?.into();
    let persons = persons(content.persons)?;
    let property = content.property.iter().enumerate().map(|(row, one)| item(row + 1, one));
    let property = at_most("property", "item", property.collect::<Result<Vec<_>, _>>()?)?;
    // What is asked no more stays as it was said.
    let before = was.map(|was| &was.content).filter(|_| is_as_it_was);
    let mut answers = answers(known, of_type, content.answers)?;
    let mut enquiries = enquiries(known, of_type, content.enquiries)?;
    let mut evidence = content.evidence;
    if let Some(before) = before {
        let is_asked = |one: &&Answer| of_type.questions(today).any(|it| it.key == one.question);
        answers.extend(before.answers.iter().filter(|one| !is_asked(one)).cloned());
        let is_asked = |one: &&Enquiry| of_type.enquiries(today).any(|it| it.key == one.line);
        enquiries.extend(before.enquiries.iter().filter(|one| !is_asked(one)).cloned());
        let is_asked = |one: &&Evidence| of_type.evidence(today).any(|it| it.key == one.item);
        evidence.extend(before.evidence.iter().filter(|one| !is_asked(one)).cloned());
    }
    let ending = content.ending;
    ends(ending, &enquiries)?;
    let filing = filing(known, before.and_then(|one| one.filing.as_ref()), ending, content.filing)?;
    Ok(Content {
        account,
        persons,
        property,
        answers,
        enquiries,
        evidence,
        filing,
        definition: definitions().version,
        ..content
    })
}

fn happened(known: &Known, content: &Content) -> Result<(), Refusal> {
    let from = content.happened_from;
    if day_of(from).year() <= EARLIEST {
        let sentence = format!("{} is too long ago to be meant. Say when it happened.", moment(from));
        return Err(Refusal::of("happened_from", sentence));
    }
    if from > known.now {
        let sentence = format!("{} is still to come. Say when it happened.", moment(from));
        return Err(Refusal::of("happened_from", sentence));
    }
    match content.happened_until {
        Some(until) if until < from => Err(Refusal::of(
            "happened_until",
            format!("{} is before it began, at {}. Change one of the two.", moment(until), moment(from)),
        )),
        Some(until) if until > known.now => Err(Refusal::of(
            "happened_until",
            format!("{} is still to come. Say when it happened.", moment(until)),
        )),
        _ => Ok(()),
    }
}

fn at_most<T>(field: &'static str, what: &str, rows: Vec<T>) -> Result<Vec<T>, Refusal> {
    if rows.len() > limits().most_rows {
        let sentence = format!("These are {} {what}s. At most {} fit.", rows.len(), limits().most_rows);
        return Err(Refusal::of(field, sentence));
    }
    Ok(rows)
}

fn persons(all: Vec<Person>) -> Result<Vec<Person>, Refusal> {
    let all = at_most("others", "person", all)?;
    let mut read = Vec::with_capacity(all.len());
    for (row, one) in all.into_iter().enumerate() {
        let place = row + 1;
        if !roles().iter().any(|role| role.key == one.role) {
            let keys: Vec<&str> = roles().iter().map(|role| role.words.as_str()).collect();
            let sentence = format!(
                "Person {place}: “{}” is no role. It is one of these: {}.",
                one.role,
                keys.join(", ")
            );
            return Err(Refusal::of("others", sentence));
        }
        let name = required("others", &format!("The name of person {place}"), one.name.shown(), LINE)?.into();
        let reach = line("others", &format!("How person {place} is reached"), one.reach.shown())?;
        read.push(Person { role: one.role, name, reach });
    }
    let harmed = &definitions().harmed.roles;
    if read.iter().any(|one| harmed.contains(&one.role)) {
        return Ok(read);
    }
    let sentence = "Nobody is named to whom it was done. Name the victim: a person, or the shop or body that was wronged.";
    Err(Refusal::of("persons", sentence))
}

fn line(field: &'static str, what: &str, text: &str) -> Result<Private<String>, Refusal> {
    Ok(journal::words::optional(field, what, text, LINE)?.into())
}

fn item(row: usize, one: &Item) -> Result<Item, Refusal> {
    let what = required("property", &format!("What item {row} is"), one.what.shown(), LINE)?.into();
    let marks = line("property", &format!("The marks of item {row}"), one.marks.shown())?;
    let most = limits().most_pounds.saturating_mul(100);
    if one.pence.is_some_and(|pence| !(0..=most).contains(&pence)) {
        let sentence = format!(
            "Item {row}: give its value in pounds, from 0 to {}, or leave it out.",
            limits().most_pounds
        );
        return Err(Refusal::of("property", sentence));
    }
    Ok(Item { what, pence: one.pence, marks })
}

fn answers(known: &Known, of_type: &CrimeType, all: Vec<Answer>) -> Result<Vec<Answer>, Refusal> {
    let today = day_of(known.now);
    let mut read = Vec::with_capacity(all.len());
    for one in all {
        let Some(question) = of_type.asked(&one.question) else {
            let sentence = format!("“{}” is not asked of this crime. Leave it out.", one.question);
            return Err(Refusal::of(one.question, sentence));
        };
        read.push(answer(known, question, one)?);
    }
    let is_owed = |question: &&Question| {
        question.is_needed && !read.iter().any(|one: &Answer| one.question == question.key)
    };
    match of_type.questions(today).find(is_owed) {
        Some(owed) => Err(Refusal::of(owed.key.clone(), format!("Answer “{}”.", owed.asks))),
        None => Ok(read),
    }
}

fn answer(known: &Known, question: &Question, one: Answer) -> Result<Answer, Refusal> {
    let key = question.key.clone();
    match one.said {
        Said::At(at) if at > known.now => {
            Err(Refusal::of(key, format!("{} is still to come. Give the time at which it was.", moment(at))))
        }
        Said::Words(words) if words.shown().chars().count() > PARAGRAPH => {
            Err(Refusal::of(key, format!("That is too long: {PARAGRAPH} characters fit.")))
        }
        _ => Ok(one),
    }
}

fn enquiries(known: &Known, of_type: &CrimeType, all: Vec<Enquiry>) -> Result<Vec<Enquiry>, Refusal> {
    let today = day_of(known.now);
    let mut read = Vec::with_capacity(all.len());
    for one in all {
        if !of_type.lines.contains(&one.line) {
            let sentence = format!("“{}” is no line of enquiry of this crime. Leave it out.", one.line);
            return Err(Refusal::of("enquiries", sentence));
        }
        let words = unsaid("enquiries", "What was found", one.words.shown())?;
        read.push(Enquiry { words, ..one });
    }
    let is_owed =
        |line: &&crate::definition::Considered| !read.iter().any(|one: &Enquiry| one.line == line.key);
    match of_type.enquiries(today).find(is_owed) {
        Some(owed) => {
            let sentence = format!("Say what became of this line of enquiry: {}.", owed.words.to_lowercase());
            Err(Refusal::of(owed.field.clone(), sentence))
        }
        None => Ok(read),
    }
}

/// What is followed cannot be filed, and what is not followed is not "enquired".
fn ends(ending: Ending, enquiries: &[Enquiry]) -> Result<(), Refusal> {
    let has = |outcome: Enquired| enquiries.iter().any(|one| one.outcome == outcome);
    match ending {
        Ending::RecordAndEnquire if !has(Enquired::ToDo) && !has(Enquired::Done) => Err(Refusal::of(
            "ending",
            "No line of enquiry is followed or was. Say which one is, or record and file it.",
        )),
        Ending::RecordAndFile if has(Enquired::ToDo) => Err(Refusal::of(
            "ending",
            "A line of enquiry is still to be followed, so it is not filed. Follow it, or say that it is not possible.",
        )),
        _ => Ok(()),
    }
}

/// What is filed was told to the person, with its reason (HMICS CAM 2022, 4.6).
fn filing(
    known: &Known,
    before: Option<&Filing>,
    ending: Ending,
    filing: Option<Filing>,
) -> Result<Option<Filing>, Refusal> {
    if ending != Ending::RecordAndFile {
        return Ok(None);
    }
    let today = day_of(known.now);
    let all = definitions();
    let is_reason = |one: &Filing| {
        is_known(&all.filing_reason, &one.reason, today) || before.is_some_and(|was| was.reason == one.reason)
    };
    let Some(filing) = filing.filter(is_reason) else {
        return Err(Refusal::of("filing_reason", "Say why nothing more is done: choose one of the list."));
    };
    if !is_known(&all.told_way, &filing.way, today) {
        return Err(Refusal::of("told_way", "Say how the person was told: choose one of the list."));
    }
    told(known, filing.at)?;
    Ok(Some(filing))
}

fn told(known: &Known, at: Timestamp) -> Result<(), Refusal> {
    if at > known.now {
        let sentence = format!("{} is still to come. Tell them first, then file it.", moment(at));
        return Err(Refusal::of("told_at", sentence));
    }
    // A time is typed to the minute.
    let opened = known.about.opened_at;
    if at.as_second() < opened.as_second() - opened.as_second().rem_euclid(60) {
        let sentence = format!(
            "{} is before the incident was opened, at {}. Give the right time.",
            moment(at),
            moment(opened)
        );
        return Err(Refusal::of("told_at", sentence));
    }
    Ok(())
}

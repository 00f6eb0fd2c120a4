//! What the form of a report means, and how a report is put into it again.

use jiff::{Timestamp, tz::Offset};
use journal::{Refusal, day_of, scotland, time_gone};
use web::Typed;

use crate::{
    definition::{CrimeType, Form as Kinded, Question},
    report::rules::{
        Answer, Content, Ending, Enquired, Enquiry, Evidence, Filing, Item, Person, Said, Secured,
    },
};

/// The content that a filled form means. `known` are the persons of the incident, who are chosen by their number.
pub fn content(
    of_type: &CrimeType,
    known: &[Person],
    typed: &Typed,
    now: Timestamp,
) -> Result<Content, Refusal> {
    let happened_from = match typed.get("happened_from").trim() {
        "" => {
            return Err(Refusal::of("happened_from", "Say when it happened, as 20:14 or 2026-11-26 20:14."));
        }
        text => time_gone("happened_from", text, now)?,
    };
    let happened_until = match typed.get("happened_until").trim() {
        "" => None,
        text => Some(time_gone("happened_until", text, now)?),
    };
    let mut persons = chosen(known, typed)?;
    persons.extend(others(typed)?);
    Ok(Content {
        crime_type: of_type.key.clone(),
        counts: counts(typed)?,
        happened_from,
        happened_until,
        account: typed.get("account").to_owned().into(),
        persons,
        property: property(typed)?,
        answers: answers(of_type, typed, now)?,
        enquiries: enquiries(of_type, typed, now)?,
        evidence: evidence(of_type, typed, now)?,
        ending: ending(typed)?,
        filing: filing(typed, now)?,
        definition: 0,
    })
}

fn counts(typed: &Typed) -> Result<i64, Refusal> {
    match typed.get("counts").trim() {
        "" => Ok(1),
        text => text
            .parse()
            .map_err(|_| Refusal::of("counts", format!("“{text}” is not a number of counts. Give it as 1."))),
    }
}

fn chosen(known: &[Person], typed: &Typed) -> Result<Vec<Person>, Refusal> {
    let person = |text: String| {
        let number = text.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        number.and_then(|number| known.get(number)).cloned().ok_or_else(|| {
            Refusal::of("persons", format!("The incident has no person “{text}”. Choose of its persons."))
        })
    };
    typed.all("persons").into_iter().map(person).collect()
}

/// The parts of each line that is not empty, with its number from 1.
fn rows(typed: &Typed, field: &str) -> impl Iterator<Item = (usize, Vec<String>)> {
    let lines = typed.get(field).lines().map(str::trim).enumerate();
    lines.filter(|(_, line)| !line.is_empty()).map(|(number, line)| (number + 1, parts(line)))
}

/// What stands between semicolons; one with a backslash before it divides nothing.
fn parts(line: &str) -> Vec<String> {
    let hidden = line.replace("\\;", "\0");
    hidden.split(';').map(|part| part.trim().replace('\0', ";")).collect()
}

fn others(typed: &Typed) -> Result<Vec<Person>, Refusal> {
    let person = |(row, parts): (usize, Vec<String>)| match &parts[..] {
        [role, name] => Ok(person(role, name, "")),
        [role, name, reach] => Ok(person(role, name, reach)),
        _ => {
            let sentence =
                format!("Line {row}: give role; name; how they are reached, with a semicolon between.");
            Err(Refusal::of("others", sentence))
        }
    };
    rows(typed, "others").map(person).collect()
}

fn person(role: &str, name: &str, reach: &str) -> Person {
    let known = incident::codes::roles().iter();
    let mut known = known.filter(|one| one.key == role || one.words.eq_ignore_ascii_case(role));
    Person {
        role: known.next().map_or(role, |one| one.key.as_str()).to_owned(),
        name: name.to_owned().into(),
        reach: reach.to_owned().into(),
    }
}

fn property(typed: &Typed) -> Result<Vec<Item>, Refusal> {
    let item = |(row, parts): (usize, Vec<String>)| {
        let (what, value, marks) = match &parts[..] {
            [what] => (what.as_str(), "", ""),
            [what, value] => (what.as_str(), value.as_str(), ""),
            [what, value, marks] => (what.as_str(), value.as_str(), marks.as_str()),
            _ => {
                let sentence = format!("Line {row}: give what; value; marks, with a semicolon between.");
                return Err(Refusal::of("property", sentence));
            }
        };
        let pence = pence(value).map_err(|_| {
            Refusal::of(
                "property",
                format!("Line {row}: “{value}” is not a value in pounds. Give it as 450 or 19.99."),
            )
        })?;
        Ok(Item { what: what.to_owned().into(), pence, marks: marks.to_owned().into() })
    };
    rows(typed, "property").map(item).collect()
}

/// What was typed is no value in pounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoPounds;

/// "£1,234.5" is 123450; nothing where nothing is said.
pub fn pence(text: &str) -> Result<Option<i64>, NoPounds> {
    let text = text.trim().trim_start_matches('£').replace(',', "");
    if text.is_empty() {
        return Ok(None);
    }
    let (pounds, part) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(pounds) || part.len() > 2 || !(part.is_empty() || digits(part)) {
        return Err(NoPounds);
    }
    let number = |text: &str| text.parse::<i64>().map_err(|_| NoPounds);
    let part = number(&format!("{part:0<2}"))?;
    number(pounds)?.checked_mul(100).and_then(|pence| pence.checked_add(part)).map(Some).ok_or(NoPounds)
}

fn answers(of_type: &CrimeType, typed: &Typed, now: Timestamp) -> Result<Vec<Answer>, Refusal> {
    let mut all = Vec::new();
    for question in of_type.questions(day_of(now)) {
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

fn enquiries(of_type: &CrimeType, typed: &Typed, now: Timestamp) -> Result<Vec<Enquiry>, Refusal> {
    let mut all = Vec::new();
    for line in of_type.enquiries(day_of(now)) {
        let outcome = match typed.get(&line.field).trim() {
            "" => continue,
            text => Enquired::of(text).ok_or_else(|| unknown(&line.field))?,
        };
        let words = typed.get(&line.field_words).to_owned().into();
        all.push(Enquiry { line: line.key.clone(), outcome, words });
    }
    Ok(all)
}

fn evidence(of_type: &CrimeType, typed: &Typed, now: Timestamp) -> Result<Vec<Evidence>, Refusal> {
    let mut all = Vec::new();
    for item in of_type.evidence(day_of(now)) {
        let state = match typed.get(&item.field).trim() {
            "" => continue,
            text => Secured::of(text).ok_or_else(|| unknown(&item.field))?,
        };
        all.push(Evidence { item: item.key.clone(), state });
    }
    Ok(all)
}

fn unknown(field: &str) -> Refusal {
    Refusal::of(field.to_owned(), "That cannot be chosen. Choose one of the list.")
}

fn ending(typed: &Typed) -> Result<Ending, Refusal> {
    let told = "Say how it goes on: officers attend, it is enquired into, or it is filed.";
    Ending::of(typed.get("ending").trim()).ok_or_else(|| Refusal::of("ending", told))
}

fn filing(typed: &Typed, now: Timestamp) -> Result<Option<Filing>, Refusal> {
    let text = |name: &str| typed.get(name).trim().to_owned();
    if Ending::of(typed.get("ending").trim()) != Some(Ending::RecordAndFile) {
        return Ok(None);
    }
    let at = match typed.get("told_at").trim() {
        "" => return Err(Refusal::of("told_at", "Say when the person was told why nothing more is done.")),
        text => time_gone("told_at", text, now)?,
    };
    Ok(Some(Filing { reason: text("filing_reason"), way: text("told_way"), at }))
}

/// A report as its form has it, to be changed there. A time is put to the second: what is not touched stays as it was.
pub fn typed_of(content: &Content) -> Typed {
    let mut typed = Typed::default()
        .with("crime_type", &*content.crime_type)
        .with("happened_from", time(content.happened_from))
        .with("happened_until", content.happened_until.map_or_else(String::new, time))
        .with("counts", content.counts.to_string())
        .with("account", content.account.shown())
        .with(
            "others",
            lines(
                content
                    .persons
                    .iter()
                    .map(|one| [role(&one.role), one.name.shown(), one.reach.shown()].map(str::to_owned)),
            ),
        )
        .with(
            "property",
            lines(content.property.iter().map(|one| {
                let pounds =
                    one.pence.map_or_else(String::new, |pence| format!("{}.{:02}", pence / 100, pence % 100));
                [one.what.shown().to_owned(), pounds, one.marks.shown().to_owned()]
            })),
        )
        .with("ending", content.ending.as_str());
    for one in &content.answers {
        let said = match &one.said {
            Said::Yes => "yes".to_owned(),
            Said::No => "no".to_owned(),
            Said::At(at) => time(*at),
            Said::Words(words) => words.shown().to_owned(),
        };
        typed = typed.with(&one.question, said);
    }
    for one in &content.enquiries {
        typed = typed.with(&format!("line_{}", one.line), one.outcome.as_str());
        typed = typed.with(&format!("line_{}_words", one.line), one.words.shown());
    }
    for one in &content.evidence {
        typed = typed.with(&format!("digital_{}", one.item), one.state.as_str());
    }
    if let Some(filing) = &content.filing {
        typed = typed.with("filing_reason", &*filing.reason).with("told_way", &*filing.way);
        typed = typed.with("told_at", time(filing.at));
    }
    typed
}

fn time(at: Timestamp) -> String {
    if is_twice(at) || at.subsec_nanosecond() != 0 {
        return at.to_string();
    }
    let shape = if at.as_second() % 60 == 0 { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d %H:%M:%S" };
    at.to_zoned(scotland()).strftime(shape).to_string()
}

/// Whether the clock shows that time twice: in the hour that is repeated in October.
fn is_twice(at: Timestamp) -> bool {
    let offset = |at: Timestamp| scotland().to_offset(at);
    let hour = jiff::SignedDuration::from_hours(1);
    let changes = |one: Offset, other: Offset| one != other;
    changes(offset(at), offset(at.saturating_sub(hour).unwrap_or(at)))
        || changes(offset(at), offset(at.saturating_add(hour).unwrap_or(at)))
}

fn role(key: &str) -> &str {
    contact::codes::words(incident::codes::roles(), key)
}

/// One a line, the empty parts at its end left out.
fn lines(rows: impl Iterator<Item = [String; 3]>) -> String {
    let line = |parts: [String; 3]| {
        let parts = parts.map(|one| one.replace(';', "\\;").replace('\n', " "));
        let joined = parts.join("; ");
        joined.trim_end_matches("; ").to_owned()
    };
    rows.map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        definition::crime_type,
        report::testing::{clock, person, theft},
    };

    fn read(typed: &Typed) -> Result<Content, Refusal> {
        content(crime_type("theft").unwrap(), &[person("witness", "R. Baird")], typed, clock("12:00"))
    }

    #[test]
    fn a_report_that_is_put_into_its_form_is_read_back_as_it_was() {
        let mut was = theft();
        assert_eq!(read(&typed_of(&was)).unwrap(), was);
        // The hour that is there twice in October, and seconds.
        was.happened_from = "2026-10-25T00:30:15Z".parse().unwrap();
        was.happened_until = Some("2026-10-25T01:30:00Z".parse().unwrap());
        assert_eq!(read(&typed_of(&was)).unwrap(), was);
    }

    #[test]
    fn rows_are_read_one_a_line_and_refused_by_line() {
        let typed =
            typed_of(&theft()).with("persons", "1").with("others", "\nVICTIM; Mòrag Bàn\nsuspect; A man; \n");
        let persons = read(&typed).unwrap().persons;
        let roles: Vec<&str> = persons.iter().map(|one| one.role.as_str()).collect();
        assert_eq!(roles, ["witness", "victim", "suspect"]);
        for (field, text, told) in [
            ("persons", "2", "no person “2”"),
            ("persons", "x", "no person “x”"),
            ("others", "\nvictim", "Line 2: give role"),
            ("others", "victim; A; B; C", "Line 1: give role"),
            ("property", "Bell; 4; 5; 6", "Line 1: give what"),
            ("property", "Bell\nLamp; much", "Line 2: “much” is not a value"),
            ("counts", "two", "not a number of counts"),
            ("happened_from", "", "Say when it happened"),
            ("happened_from", "soon", "is not a time"),
            ("theft_was_locked", "oui", "neither yes nor no"),
            ("line_cctv", "lost", "cannot be chosen"),
            ("digital_cctv", "lost", "cannot be chosen"),
            ("ending", "", "how it goes on"),
            ("told_at", "", "when the person was told"),
        ] {
            let refusal = read(&typed_of(&theft()).with(field, text)).unwrap_err();
            assert_eq!(refusal.field, field);
            assert!(refusal.sentence.contains(told), "{refusal}");
        }
    }

    #[test]
    fn pounds_are_read_as_people_write_them() {
        for (text, read) in [
            ("", Ok(None)),
            ("450", Ok(Some(45_000))),
            (" £1,234.50", Ok(Some(123_450))),
            ("0.5", Ok(Some(50))),
            ("19.99", Ok(Some(1_999))),
            ("1.", Ok(Some(100))),
            (".5", Err(NoPounds)),
            ("1.999", Err(NoPounds)),
            ("-1", Err(NoPounds)),
            ("1e3", Err(NoPounds)),
            ("99999999999999999999", Err(NoPounds)),
            ("£", Ok(None)),
        ] {
            assert_eq!(pence(text), read, "{text}");
        }
    }
}

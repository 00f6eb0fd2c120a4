//! The screen's form: what stands in it, and what a filled one means. Pure.

use std::collections::BTreeMap;

use contact::{
    contact::rules::{self as contact_rules, Caller, Command, Contact, Earlier, Link, Location, Purpose},
    draft::rules::Fields,
    grade::Grade,
    preference::rules::{self as preference_rules, Preference, Unsafe, Way},
    suggestion::rules::Situation,
    thrive::rules::{self as thrive_rules, Assessment, Element, considered},
};
use jiff::civil::Time;
use journal::{Id, Private, Refusal};

use crate::incident::rules::Kind;

/// The fields of an incident that is not opened yet: no facts, so they are kept beside the contact until it is.
pub const OF_THE_INCIDENT: [&str; 5] = ["incident_type", "qualifiers", "summary", "grade", "rationale"];

/// What is known of the contact.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The contact.
    pub contact: Contact,
    /// How its caller wants to be reached.
    pub preference: Option<Preference>,
    /// Its latest assessment.
    pub assessment: Option<Assessment>,
}

/// One fact to be made of what was typed.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// About the contact itself.
    Contact(Command),
    /// How its caller wants to be reached.
    Preference(preference_rules::Command),
    /// The assessment.
    Thrive(thrive_rules::Command),
}

/// What stands in a field; empty where nothing does.
pub fn of<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.get(name).map_or("", String::as_str)
}

/// What is chosen in a field that may be chosen more than once.
pub fn all(fields: &Fields, name: &str) -> Vec<String> {
    of(fields, name).lines().map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned).collect()
}

/// The name of an element's field.
pub fn element_field(element: Element) -> &'static str {
    element.as_str()
}

/// Fields in which a wrong word can cost a life: two people's are never brought together in silence (HOUSE 4).
pub fn is_risk(name: &str) -> bool {
    Element::ALL.iter().any(|one| name.starts_with(one.as_str()))
        || [
            "markers",
            "narrative",
            "unsafe",
            "unsafe_why",
            "safe_from",
            "safe_until",
            "grade",
            "qualifiers",
            "clinical",
        ]
        .contains(&name)
}

/// The form as what is known fills it.
pub fn fields(record: &Record) -> Fields {
    let mut fields = Fields::new();
    let mut put = |name: &str, value: &str| drop(fields.insert(name.to_owned(), value.to_owned()));
    let contact = &record.contact;
    let caller = contact.caller.clone().unwrap_or_default();
    put("name", caller.name.shown());
    let number = contact.arrival.number.shown();
    let called_from = if contact.caller.is_none() { number } else { caller.call_back_on.shown() };
    put("call_back_on", called_from);
    put("relation", &caller.relation);
    put("language", if caller.language.is_empty() { "en" } else { &caller.language });
    put("needs_interpreter", if caller.needs_interpreter { "yes" } else { "" });
    put("agency", &caller.agency);
    let location = contact.location.clone().unwrap_or_default();
    put("place_words", location.words.shown());
    put("place", location.place.as_deref().unwrap_or(""));
    put("division", &location.division);
    put("beat", &location.beat);
    put("is_rural", location.is_rural.map_or("", |rural| if rural { "yes" } else { "no" }));
    put("narrative", contact.narrative.as_ref().map_or("", Private::shown));
    put("checks", &contact.checks.join("\n"));
    preference_fields(record.preference.as_ref(), &mut put);
    assessment_fields(record.assessment.as_ref(), &mut put);
    for link in &contact.links {
        put(&link_field(link.kind, &link.to), link.purpose.as_str());
    }
    fields
}

fn preference_fields(preference: Option<&Preference>, put: &mut impl FnMut(&str, &str)) {
    let Some(preference) = preference else { return };
    put("preferred", preference.preferred.first().map_or("", |way| way.as_str()));
    let time = |time: Option<Time>| time.map_or_else(String::new, |time| time.strftime("%H:%M").to_string());
    put("safe_from", &time(preference.safe_hours.map(|(from, _)| from)));
    put("safe_until", &time(preference.safe_hours.map(|(_, until)| until)));
    let ways: Vec<&str> = preference.unsafe_ways.iter().map(|one| one.way.as_str()).collect();
    put("unsafe", &ways.join("\n"));
    put("unsafe_why", preference.unsafe_ways.first().map_or("", |one| one.why.shown()));
    put("interviewer", &preference.interviewer);
}

fn assessment_fields(assessment: Option<&Assessment>, put: &mut impl FnMut(&str, &str)) {
    let Some(assessment) = assessment else { return };
    for (element, considered) in &assessment.elements {
        put(element_field(*element), considered.level.as_str());
        put(&format!("{}_narrative", element_field(*element)), considered.narrative.shown());
    }
    put("markers", &assessment.markers.join("\n"));
    put("for_want_of_ambulance", if assessment.for_want_of_ambulance { "yes" } else { "" });
    put("clinical", assessment.clinical_assessment_made.map_or("", |made| if made { "yes" } else { "no" }));
}

/// The name of the field that says what an earlier contact or incident has to do with this one.
pub fn link_field(kind: Earlier, to: &Id) -> String {
    format!("link-{}-{to}", if kind == Earlier::Incident { "incident" } else { "contact" })
}

/// The facts that the form says and that are not there yet, and what of it cannot be meant. `evidence` is why each
/// earlier one was shown.
pub fn steps(
    record: &Record,
    fields: &Fields,
    evidence: &BTreeMap<Id, Vec<String>>,
) -> (Vec<Step>, Vec<Refusal>) {
    let (mut steps, mut refusals) = (Vec::new(), Vec::new());
    let mut say = |command: Command| {
        if contact_rules::changes(&record.contact, &command) {
            steps.push(Step::Contact(command));
        }
    };
    say(Command::Describe(caller(fields)));
    say(Command::Locate(location(record, fields)));
    say(Command::Tell { words: of(fields, "narrative").to_owned() });
    say(Command::Check { checks: all(fields, "checks") });
    match links(record, fields, evidence) {
        Ok(links) => links.into_iter().for_each(say),
        Err(refusal) => refusals.push(refusal),
    }
    match preference(record.preference.as_ref(), fields) {
        Ok(given) if given != record.preference.clone().unwrap_or_else(nothing_said) => {
            steps.push(Step::Preference(preference_rules::Command::Give(given)));
        }
        Ok(_) => {}
        Err(refusal) => refusals.push(refusal),
    }
    match assessment(record, fields) {
        Ok(Some(assessment)) => steps.push(Step::Thrive(thrive_rules::Command::Assess(assessment))),
        Ok(None) => {}
        Err(refusal) => refusals.push(refusal),
    }
    (steps, refusals)
}

fn caller(fields: &Fields) -> Caller {
    let text = |name: &str| of(fields, name).trim().to_owned();
    Caller {
        name: text("name").into(),
        call_back_on: text("call_back_on").into(),
        relation: text("relation"),
        language: text("language"),
        needs_interpreter: of(fields, "needs_interpreter") == "yes",
        agency: text("agency"),
    }
}

/// The place as typed. One that was chosen from the gazetteer stays chosen only while its words stay.
fn location(record: &Record, fields: &Fields) -> Location {
    let text = |name: &str| of(fields, name).trim().to_owned();
    let was = record.contact.location.as_ref();
    let words = text("place_words");
    let chosen = text("place");
    let is_moved =
        was.is_some_and(|was| was.place.as_deref() == Some(chosen.as_str()) && was.words.shown() != words);
    Location {
        words: words.into(),
        place: Some(chosen).filter(|place| !place.is_empty() && !is_moved),
        division: text("division"),
        beat: text("beat"),
        is_rural: match of(fields, "is_rural") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
    }
}

fn links(
    record: &Record,
    fields: &Fields,
    evidence: &BTreeMap<Id, Vec<String>>,
) -> Result<Vec<Command>, Refusal> {
    let mut commands = Vec::new();
    for (name, purpose) in fields {
        let Some((kind, id)) = name.strip_prefix("link-").and_then(|rest| rest.split_once('-')) else {
            continue;
        };
        let Some(to) = Id::read(id) else { continue };
        let was = record.contact.links.iter().find(|link| link.to == to);
        if purpose.is_empty() {
            if was.is_some() {
                commands.push(Command::Unlink { to, reason: "Taken back by the advisor".to_owned() });
            }
            continue;
        }
        let unknown =
            || Refusal::of(name.clone(), "Choose what it has to do with this contact from the list.");
        let purpose = Purpose::of(purpose).ok_or_else(unknown)?;
        let kind = if kind == "incident" { Earlier::Incident } else { Earlier::Contact };
        let known = was.map(|was| was.evidence.clone());
        let evidence = known.or_else(|| evidence.get(&to).cloned()).unwrap_or_default();
        commands.push(Command::Link(Link { to, kind, purpose, evidence }));
    }
    Ok(commands)
}

fn nothing_said() -> Preference {
    Preference {
        preferred: Vec::new(),
        unsafe_ways: Vec::new(),
        safe_hours: None,
        interviewer: String::new(),
    }
}

fn preference(was: Option<&Preference>, fields: &Fields) -> Result<Preference, Refusal> {
    let preferred = match of(fields, "preferred") {
        "" => Vec::new(),
        key => vec![Way::of(key).ok_or_else(|| Refusal::of("preferred", "Choose a way from the list."))?],
    };
    let safe_hours = match (of(fields, "safe_from").trim(), of(fields, "safe_until").trim()) {
        ("", "") => None,
        (from, until) => Some((time("safe_from", from)?, time("safe_until", until)?)),
    };
    let why = of(fields, "unsafe_why").trim();
    let mut unsafe_ways = Vec::new();
    for key in all(fields, "unsafe") {
        let way = Way::of(&key).ok_or_else(|| Refusal::of("unsafe", "Choose a way from the list."))?;
        // What was said of one number or some hours is said elsewhere, and this form leaves it as it is.
        let narrower =
            was.and_then(|was| was.unsafe_ways.iter().find(|one| one.way == way && one.why.shown() == why));
        unsafe_ways.push(narrower.cloned().unwrap_or_else(|| Unsafe {
            way,
            to: None,
            hours: None,
            why: why.to_owned().into(),
        }));
    }
    Ok(Preference { preferred, unsafe_ways, safe_hours, interviewer: of(fields, "interviewer").to_owned() })
}

fn time(field: &'static str, typed: &str) -> Result<Time, Refusal> {
    let digits = if typed.len() <= 2 { format!("{typed}:00") } else { typed.replace('.', ":") };
    Time::strptime("%H:%M", &digits).map_err(|_| {
        Refusal::of(field, format!("“{typed}” is not a time. Give one as 09:00, or leave both empty."))
    })
}

/// The assessment as typed; nothing where it says nothing new.
fn assessment(record: &Record, fields: &Fields) -> Result<Option<Assessment>, Refusal> {
    let typed = typed_assessment(fields)?;
    let Some(was) = &record.assessment else {
        let is_blank = typed.elements.is_empty() && typed.markers.is_empty() && !typed.for_want_of_ambulance;
        return Ok((!is_blank).then_some(typed));
    };
    let same = (&was.elements, &was.markers, was.for_want_of_ambulance, was.clinical_assessment_made)
        == (&typed.elements, &typed.markers, typed.for_want_of_ambulance, typed.clinical_assessment_made);
    let change = match of(fields, "change").trim() {
        "" => "Told in the same contact".to_owned(),
        told => told.to_owned(),
    };
    Ok((!same).then_some(Assessment { change: change.into(), ..typed }))
}

fn typed_assessment(fields: &Fields) -> Result<Assessment, Refusal> {
    let mut elements = BTreeMap::new();
    for element in Element::ALL {
        let name = element_field(element);
        let narrative = of(fields, &format!("{name}_narrative"));
        if let Some(considered) = considered(element, of(fields, name), narrative)? {
            elements.insert(element, considered);
        }
    }
    Ok(Assessment {
        elements,
        markers: all(fields, "markers"),
        for_want_of_ambulance: of(fields, "for_want_of_ambulance") == "yes",
        clinical_assessment_made: match of(fields, "clinical") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        definition: contact::thrive::definition::definition().version,
        change: String::new().into(),
    })
}

/// What the suggestion is made of: the form as it stands, however much of it is still missing or wrong.
pub fn situation(record: &Record, fields: &Fields, repeats: usize) -> Situation {
    let mut known = typed_assessment(fields).ok();
    if known.is_none() {
        // A level without its reason cannot be saved, but it weighs all the same; a reason without a level does not.
        let mut lenient = fields.clone();
        for element in Element::ALL {
            let name = format!("{}_narrative", element_field(element));
            match (of(fields, element_field(element)).is_empty(), of(fields, &name).trim().is_empty()) {
                (true, _) => lenient.remove(&name),
                (false, true) => lenient.insert(name, "Not told yet".to_owned()),
                (false, false) => None,
            };
        }
        known = typed_assessment(&lenient).ok();
    }
    Situation {
        channel: Some(record.contact.arrival.channel),
        qualifiers: all(fields, "qualifiers").into_iter().collect(),
        assessment: known,
        narrative: Some(of(fields, "narrative").to_owned().into()),
        repeats,
    }
}

/// What kind of incident the form says.
pub fn kind(fields: &Fields) -> Kind {
    Kind { incident_type: of(fields, "incident_type").to_owned(), qualifiers: all(fields, "qualifiers") }
}

/// The grade that was chosen, where one was.
pub fn grade(fields: &Fields) -> Option<Grade> {
    Grade::of(of(fields, "grade"))
}

/// What is kept beside the contact until the incident is opened.
pub fn of_the_incident(fields: &Fields) -> Fields {
    fields
        .iter()
        .filter(|(name, value)| OF_THE_INCIDENT.contains(&name.as_str()) && !value.is_empty())
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

#[cfg(test)]
#[path = "fields_test.rs"]
mod tests;

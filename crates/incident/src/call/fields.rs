//! The screen's form: what stands in it, and what a filled one means. Pure.

use std::collections::BTreeMap;

use contact::{
    contact::rules::{
        self as contact_rules, Caller, Command, Contact, Earlier, Link, Location, Purpose, State,
    },
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
    /// The assessment that holds.
    pub assessment: Option<Assessment>,
    /// The incident that it opened: from then on what is assessed is the incident, on this screen and on the incident's.
    pub opened: Option<Id>,
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
    put("place", location.place.known().map_or("", String::as_str));
    put("division", &location.division);
    put("beat", &location.beat);
    put("is_rural", location.is_rural.map_or("", |rural| if rural { "yes" } else { "no" }));
    put("narrative", contact.narrative.as_ref().map_or("", Private::shown));
    put("checks", &contact.checks.join("\n"));
    put("why", &contact.why.map_or_else(String::new, |why| why.code.to_string()));
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
    let whole: Vec<&Unsafe> = preference.unsafe_ways.iter().filter(|one| is_whole(one)).collect();
    put("unsafe", &whole.iter().map(|one| one.way.as_str()).collect::<Vec<_>>().join("\n"));
    put("unsafe_why", whole.first().map_or("", |one| one.why.shown()));
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

/// The facts that the form says and that are not there yet, and what of it cannot be meant: that is left out of the
/// facts. `evidence` is why each earlier one was shown.
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
    say(Command::Code { why: of(fields, "why").to_owned() });
    let (links, stray) = links(record, fields, evidence);
    links.into_iter().for_each(say);
    refusals.extend(stray);
    match preference(record.preference.as_ref(), fields) {
        Ok(given) if given != record.preference.clone().unwrap_or_else(nothing_said) => {
            steps.push(Step::Preference(preference_rules::Command::Give(given)));
        }
        Ok(_) => {}
        Err(refusal) => refusals.push(refusal),
    }
    let (assessment, wrong) = assessment(record, fields);
    steps.extend(assessment.map(|made| Step::Thrive(thrive_rules::Command::Assess(made))));
    refusals.extend(wrong);
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
    let is_moved = was.is_some_and(|was| was.place.shown() == chosen && was.words.shown() != words);
    Location {
        words: words.into(),
        place: match was.map(|was| &was.place) {
            Some(Private::Erased) if chosen.is_empty() => Private::Erased,
            _ if is_moved => String::new().into(),
            _ => chosen.into(),
        },
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
) -> (Vec<Command>, Vec<Refusal>) {
    let (mut commands, mut refusals) = (Vec::new(), Vec::new());
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
        let Some(purpose) = Purpose::of(purpose) else {
            let sentence = "Choose what it has to do with this contact from the list.";
            refusals.push(Refusal::of(name.clone(), sentence));
            continue;
        };
        let kind = if kind == "incident" { Earlier::Incident } else { Earlier::Contact };
        let known = was.map(|was| was.evidence.clone());
        let evidence = known.or_else(|| evidence.get(&to).cloned()).unwrap_or_default();
        commands.push(Command::Link(Link { to, kind, purpose, evidence }));
    }
    (commands, refusals)
}

fn nothing_said() -> Preference {
    Preference {
        preferred: Vec::new(),
        unsafe_ways: Vec::new(),
        safe_hours: None,
        interviewer: String::new(),
    }
}

/// Whether a way is never to be used, whatever the number and the hour: what this form asks for.
fn is_whole(one: &Unsafe) -> bool {
    one.to.is_none() && one.hours.is_none()
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
    let never: Vec<Way> = all(fields, "unsafe")
        .iter()
        .map(|key| Way::of(key).ok_or_else(|| Refusal::of("unsafe", "Choose a way from the list.")))
        .collect::<Result<_, _>>()?;
    // What was said of one number or of some hours is not asked for here, and stays as it is.
    let stays = |one: &&Unsafe| !is_whole(one) || (never.contains(&one.way) && one.why.shown() == why);
    let mut unsafe_ways: Vec<Unsafe> =
        was.iter().flat_map(|was| &was.unsafe_ways).filter(stays).cloned().collect();
    for way in never {
        if !unsafe_ways.iter().any(|one| is_whole(one) && one.way == way) {
            unsafe_ways.push(Unsafe { way, to: None, hours: None, why: why.to_owned().into() });
        }
    }
    Ok(Preference { preferred, unsafe_ways, safe_hours, interviewer: of(fields, "interviewer").to_owned() })
}

fn time(field: &'static str, typed: &str) -> Result<Time, Refusal> {
    let digits = if typed.len() <= 2 { format!("{typed}:00") } else { typed.replace('.', ":") };
    Time::strptime("%H:%M", &digits).map_err(|_| {
        Refusal::of(field, format!("“{typed}” is not a time. Give one as 09:00, or leave both empty."))
    })
}

/// The assessment as typed, nothing where it says nothing new; and what of it cannot be meant.
fn assessment(record: &Record, fields: &Fields) -> (Option<Assessment>, Vec<Refusal>) {
    let (typed, refusals) = typed_assessment(record.assessment.as_ref(), fields);
    let Some(was) = &record.assessment else {
        let is_blank = typed.elements.is_empty() && typed.markers.is_empty() && !typed.for_want_of_ambulance;
        return ((!is_blank).then_some(typed), refusals);
    };
    let same = (&was.elements, &was.markers, was.for_want_of_ambulance, was.clinical_assessment_made)
        == (&typed.elements, &typed.markers, typed.for_want_of_ambulance, typed.clinical_assessment_made);
    // While the caller speaks and nothing is opened yet, the assessment is still being made. Later, whoever changes it
    // says what changed.
    let is_being_made = record.contact.state() == State::Open && record.opened.is_none();
    let change = match of(fields, "change").trim() {
        "" if is_being_made => "Told in the same contact".to_owned(),
        told => told.to_owned(),
    };
    ((!same).then_some(Assessment { change: change.into(), ..typed }), refusals)
}

/// What can be meant of it, and what cannot: an element of that kind stays as it was.
fn typed_assessment(was: Option<&Assessment>, fields: &Fields) -> (Assessment, Vec<Refusal>) {
    let (mut elements, mut refusals) = (BTreeMap::new(), Vec::new());
    for element in Element::ALL {
        let name = element_field(element);
        let narrative = of(fields, &format!("{name}_narrative"));
        match considered(element, of(fields, name), narrative) {
            Ok(considered) => elements.extend(considered.map(|considered| (element, considered))),
            Err(refusal) => {
                refusals.push(refusal);
                elements.extend(was.and_then(|was| Some((element, was.elements.get(&element)?.clone()))));
            }
        }
    }
    let typed = Assessment {
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
    };
    (typed, refusals)
}

/// What the suggestion is made of: the form as it stands, however much of it is still missing or wrong.
pub fn situation(record: &Record, fields: &Fields, repeats: usize) -> Situation {
    // A level without its reason cannot be saved, but it weighs all the same; a reason without a level does not.
    let mut lenient = fields.clone();
    for element in Element::ALL {
        let name = format!("{}_narrative", element_field(element));
        if !of(fields, element_field(element)).is_empty() && of(fields, &name).trim().is_empty() {
            lenient.insert(name, "Not told yet".to_owned());
        }
    }
    Situation {
        channel: Some(record.contact.arrival.channel),
        qualifiers: all(fields, "qualifiers").into_iter().collect(),
        assessment: Some(typed_assessment(record.assessment.as_ref(), &lenient).0),
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

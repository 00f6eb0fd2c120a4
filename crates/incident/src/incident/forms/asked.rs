//! The fields of each form, filled as the incident stands.

use contact::{
    codes::{Code, on, words},
    grade::Grade,
    preference::rules::Way,
    thrive::{
        definition::{definition, wording},
        rules::{Element, Level},
    },
};
use jiff::{Timestamp, civil::Date};
use journal::words::moment;
use web::{Field, Typed};

use super::appointments;
use crate::{attendance, codes, standing::Standing, unit};

pub(super) type Pair = (String, String);

fn pairs(all: &[Code], today: Date) -> Vec<Pair> {
    on(all, today).into_iter().map(|code| (code.key.clone(), code.words.clone())).collect()
}

pub(super) fn blank(first: &str, rest: Vec<Pair>) -> impl Iterator<Item = Pair> {
    std::iter::once((String::new(), first.to_owned())).chain(rest)
}

/// The fields of the form called `word`; what was typed stands in them, or else what is so now.
pub fn fields(word: &str, standing: &Standing, typed: &Typed, now: Timestamp) -> Vec<Field> {
    let today = codes::day_of(now);
    let mut filled = filled(word, standing, now);
    filled.0.extend(typed.0.clone());
    let t = &filled;
    match word {
        "dispatch" | "arrival" | "result" | "review" | "attendance" => of_response(word, standing, t, today),
        "log" | "classification" | "location" | "person" | "warnings" | "link" => of_incident(word, t, today),
        "assessment" => assessment(t),
        "grade" => grade(t, today),
        "explanation" => vec![regrade_reason(t, today), Field::lines("rationale", "Rationale", "", 4, t)],
        "downgrade" => vec![
            decision("Endorse the lower grade", "Refuse it: the graver one stays", t),
            Field::lines("words", "Why", "Needed to refuse", 4, t),
        ],
        "offer" => offer(standing, t, today),
        "acceptance" => Vec::new(),
        "return" => vec![
            Field::one(
                "reason",
                "What is wrong",
                "",
                blank("Choose a reason", pairs(codes::return_reasons(), today)),
                t,
            ),
            Field::lines("words", "In words", "", 4, t),
        ],
        "withdrawal" | "reopening" => vec![Field::lines("reason", "Reason", "", 4, t)],
        "closure" => closure(t, today),
        "promise" | "fulfilment" | "release" => promise(word, standing, t, today),
        word if appointments::is_one(word) => appointments::fields(word, standing, t, today),
        _ => vec![
            decision("Endorse the closing", "Send it back: it stays open", t),
            Field::lines("words", "Why", "Needed to send it back", 4, t),
        ],
    }
}

fn of_response(word: &str, standing: &Standing, t: &Typed, today: Date) -> Vec<Field> {
    match word {
        "dispatch" => vec![
            Field::line("call_sign", "Call sign", "As KM21", t),
            Field::line("at", "When", "As 20:14; today, or yesterday where that is still to come", t),
        ],
        "arrival" => vec![out(standing, t), Field::line("at", "When", "As 20:14", t)],
        "result" => vec![
            out(standing, t),
            Field::line("at", "When", "As 20:14", t),
            Field::one("result", "Result", "", blank("Choose a result", results(today)), t),
            Field::lines("words", "What came of it", "", 4, t),
        ],
        "review" => vec![
            Field::line("next_in_minutes", "Review again in minutes", "At most 120", t),
            Field::lines("words", "What you decided", "", 4, t),
        ],
        _ => attendance_fields(standing, t, today),
    }
}

fn of_incident(word: &str, t: &Typed, today: Date) -> Vec<Field> {
    match word {
        "log" => vec![
            Field::lines("words", "What became known or was done", "", 5, t),
            yes_no(
                "changes_circumstances",
                "Does it change the circumstances?",
                "Then THRIVE is made anew",
                t,
            ),
        ],
        "classification" => vec![
            Field::one("incident_type", "Type", "", blank("Choose a type", pairs(codes::types(), today)), t),
            Field::many("qualifiers", "Qualifiers", "", pairs(codes::qualifiers(), today), t),
            Field::lines("reason", "Reason", "", 3, t),
        ],
        "location" => location(t, today),
        "person" => vec![
            Field::line("name", "Name", "", t),
            Field::one("role", "Role", "", blank("Choose a role", pairs(codes::roles(), today)), t),
            Field::line("born", "Date of birth or age", "As told", t),
            Field::line("number", "Telephone number", "", t),
        ],
        "warnings" => {
            vec![Field::many("warnings", "Markers that apply", "", pairs(codes::warnings(), today), t)]
        }
        _ => vec![
            Field::line("to", "The other incident", "Its reference, as I-1F2J-K", t),
            Field::lines("why", "Why", "", 3, t),
        ],
    }
}

/// What is so now, for a form that replaces it.
fn filled(word: &str, standing: &Standing, now: Timestamp) -> Typed {
    let clock = now.to_zoned(codes::scotland()).strftime("%H:%M").to_string();
    match word {
        "dispatch" | "arrival" | "result" | "fulfilment" | "keeping" => Typed::default().with("at", clock),
        "classification" => Typed::default()
            .with("incident_type", &standing.incident.kind.incident_type)
            .with("qualifiers", standing.incident.kind.qualifiers.join("\n")),
        "warnings" => Typed::default().with("warnings", standing.incident.warnings.join("\n")),
        "location" => {
            let location = standing.incident.location.clone().unwrap_or_default();
            Typed::default()
                .with("place_words", location.words.shown())
                .with("division", location.division)
                .with("beat", location.beat)
        }
        "grade" | "offer" => {
            let grade = standing.grade.as_ref().map_or("", |grade| grade.in_force.grade.as_str());
            Typed::default().with("grade", grade)
        }
        "review" => Typed::default().with("next_in_minutes", "45"),
        "assessment" => standing.assessment.as_ref().map_or_else(Typed::default, |(was, _)| {
            let mut typed = Typed::default().with("markers", was.markers.join("\n"));
            for (element, considered) in &was.elements {
                let name = element.as_str();
                typed = typed
                    .with(name, considered.level.as_str())
                    .with(&format!("{name}_narrative"), considered.narrative.shown());
            }
            typed
        }),
        _ => Typed::default(),
    }
}

pub(super) fn yes_no_or_unsaid(name: &'static str, label: &'static str, hint: &str, t: &Typed) -> Field {
    let choices = [("yes".to_owned(), "Yes".to_owned()), ("no".to_owned(), "No".to_owned())];
    Field::one(name, label, hint, blank("Choose", choices.to_vec()), t)
}

fn yes_no(name: &'static str, label: &'static str, hint: &str, t: &Typed) -> Field {
    let choices = [(String::new(), "No".to_owned()), ("yes".to_owned(), "Yes".to_owned())];
    Field::one(name, label, hint, choices, t)
}

fn decision(yes: &str, no: &str, t: &Typed) -> Field {
    let choices = [("endorse".to_owned(), yes.to_owned()), ("refuse".to_owned(), no.to_owned())];
    Field::one("decision", "Decision", "", blank("Choose", choices.to_vec()), t)
}

fn regrade_reason(t: &Typed, today: Date) -> Field {
    let hint = "By the National Decision Model";
    Field::one("reason", "Reason", hint, blank("Choose a reason", pairs(codes::regrade_reasons(), today)), t)
}

fn grades() -> Vec<Pair> {
    Grade::ALL.iter().map(|grade| (grade.as_str().to_owned(), grade.words().to_owned())).collect()
}

fn grade(t: &Typed, today: Date) -> Vec<Field> {
    vec![
        Field::one("grade", "Grade", "", grades(), t),
        regrade_reason(t, today),
        Field::lines("rationale", "Rationale", "What changed, and why this grade", 4, t),
    ]
}

/// The names of the fields are those of the six elements, so each is spelt out once.
fn assessment(t: &Typed) -> Vec<Field> {
    const NAMES: [(&str, &str); 6] = [
        ("threat", "threat_narrative"),
        ("harm", "harm_narrative"),
        ("risk", "risk_narrative"),
        ("investigation", "investigation_narrative"),
        ("vulnerability", "vulnerability_narrative"),
        ("engagement", "engagement_narrative"),
    ];
    let levels: Vec<Pair> =
        Level::ALL.iter().map(|level| (level.as_str().to_owned(), level.words().to_owned())).collect();
    let mut fields = Vec::new();
    for (element, (name, why)) in Element::ALL.iter().zip(NAMES) {
        let asks = wording(*element);
        fields.push(Field::one(
            name,
            element.words(),
            &asks.asks,
            blank("Not considered", levels.clone()),
            t,
        ));
        fields.push(Field::lines(why, "Why", &asks.prompts.join(" · "), 2, t));
    }
    let markers = definition().marker.iter().map(|one| (one.key.clone(), one.words.clone()));
    fields.push(Field::many("markers", "Vulnerability markers", "", markers, t));
    fields.push(Field::lines("change", "What changed since the last assessment", "", 2, t));
    fields
}

fn out(standing: &Standing, t: &Typed) -> Field {
    let out = standing.response.sent.iter().filter(|sent| sent.ended_at.is_none());
    let choices = out.map(|sent| (sent.call_sign.clone(), sent.call_sign.clone()));
    Field::one("call_sign", "Call sign", "", choices, t)
}

fn results(today: Date) -> Vec<Pair> {
    let valid = codes::results().iter().filter(|code| code.is_valid_on(today));
    valid.map(|code| (code.key.clone(), code.words.clone())).collect()
}

fn attendance_fields(standing: &Standing, t: &Typed, today: Date) -> Vec<Field> {
    let policies = attendance::on(&standing.incident.kind, today);
    let choices = policies.iter().map(|one| (one.number.to_string(), format!("{}: {}", one.name, one.told)));
    vec![
        Field::one(
            "policy",
            "Policy",
            "Those for this type of incident",
            blank("Choose a policy", choices.collect()),
            t,
        ),
        yes_no("is_excepted", "Is this an exception: police attend?", "", t),
        Field::lines("reason", "Reason, and what the caller was told", "", 4, t),
    ]
}

fn offer(standing: &Standing, t: &Typed, today: Date) -> Vec<Field> {
    let mine = standing.custody.as_ref().map_or("", |custody| custody.unit.as_str());
    let others = unit::valid(today).into_iter().filter(|unit| unit.key != mine);
    let units = others.map(|unit| (unit.key.clone(), unit.name.clone())).collect();
    vec![
        Field::one(
            "to",
            "To",
            "A division takes it over as SC07, transfer to local policing",
            blank("Choose a unit", units),
            t,
        ),
        Field::one("grade", "Grade it is offered with", "", grades(), t),
        regrade_reason(t, today),
        Field::lines("rationale", "Rationale", "Needed where the grade changes", 3, t),
        Field::lines("words", "What the receiver should know", "", 4, t),
        yes_no("is_life_at_risk", "Is a life at risk?", "It passes first, and its paperwork is owed", t),
    ]
}

fn location(t: &Typed, today: Date) -> Vec<Field> {
    let divisions = unit::valid(today).into_iter().filter(|unit| !unit.letter.is_empty());
    let choices = divisions.map(|unit| (unit.letter.clone(), format!("{} {}", unit.letter, unit.name)));
    vec![
        Field::line("place_words", "Address, place or grid reference", "", t),
        Field::one("division", "Division", "", blank("Not known yet", choices.collect()), t),
        Field::line("beat", "Beat", "", t),
    ]
}

fn promise(word: &str, standing: &Standing, t: &Typed, today: Date) -> Vec<Field> {
    let open = standing.promises.open().map(|(number, promise)| {
        let what = words(codes::promises(), &promise.kind);
        (number.to_string(), format!("{what} by {}", moment(promise.due_at)))
    });
    let which = Field::one("number", "Promise", "", open, t);
    let ways = Way::ALL.iter().filter(|way| **way != Way::Shown);
    let ways = ways.map(|way| (way.as_str().to_owned(), way.words().to_owned())).collect();
    match word {
        "promise" => vec![
            Field::one("kind", "What", "", blank("Choose what", pairs(codes::promises(), today)), t),
            Field::line("due_at", "By when", "As 20:14, today or tomorrow; or as 2026-11-26 20:14", t),
            Field::lines("words", "In words", "Where that does not say it", 3, t),
        ],
        "fulfilment" => vec![
            which,
            Field::line("at", "When", "As 20:14; today, or yesterday where that is still to come", t),
            Field::one("way", "How they were reached", "", blank("Choose a way", ways), t),
            Field::lines("words", "What was said", "", 3, t),
        ],
        _ => vec![which, Field::lines("reason", "Reason", "", 3, t)],
    }
}

fn closure(t: &Typed, today: Date) -> Vec<Field> {
    let valid = codes::closures().iter().filter(|code| code.is_valid_on(today));
    let choices = valid.map(|code| (code.key.clone(), format!("{} {}", code.key, code.words)));
    vec![
        Field::one("code", "Closure code", "", blank("Choose a code", choices.collect()), t),
        Field::lines("overview", "Overview of the first account", "", 4, t),
        Field::lines("updates", "What became known since", "", 4, t),
        Field::lines("action", "What was done", "", 4, t),
        Field::lines("outcome", "Outcome", "", 3, t),
        yes_no(
            "accounts_conflict",
            "Do the opening and the closing account differ?",
            "Then it has to be explained",
            t,
        ),
        Field::lines("explanation", "Why they differ", "Needed where they do", 4, t),
    ]
}

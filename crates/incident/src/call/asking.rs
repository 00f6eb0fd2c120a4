//! What a sent form asks for: what is to be done, what it has seen, and its fields. Pure.

use contact::{draft::rules::Fields, thrive::rules::Element};
use journal::{Id, Refusal};
use web::Typed;

use super::save::Doing;

/// What the form says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// What is to be done.
    pub doing: Doing,
    /// The last entry that was known when it was typed.
    pub seen: i64,
    /// The number of the draft that was sent.
    pub number: Option<i64>,
    /// A program sent it: what it left out stays as it is.
    pub is_part: bool,
    /// The fields.
    pub fields: Fields,
    /// What was sent and cannot be meant, where a life came first: it stays in a draft.
    pub aside: Fields,
}

/// The boxes and the questions: what a program says by true and false.
const YES_OR_NO: [(&str, &str); 4] =
    [("needs_interpreter", ""), ("for_want_of_ambulance", ""), ("clinical", "no"), ("is_rural", "no")];

impl Asking {
    /// What was sent, as a form or (`is_json`) by a program.
    ///
    /// # Errors
    ///
    /// A field that is not one, a box that is neither yes nor no, and nothing seen; but nothing of it holds up an
    /// Immediate.
    pub fn of(typed: Typed, is_json: bool) -> Result<Self, Refusal> {
        let seen = typed.last_seq();
        let mut fields: Fields = typed.0;
        let asked = fields.remove("do").unwrap_or_default();
        // What a browser sends is a button of ours; a program may misspell the one word that sends officers.
        let doing = match Doing::of(asked.trim()) {
            Some(doing) => doing,
            None if is_json => return Err(unknown(&asked)),
            None => Doing::Save,
        };
        let number = fields.remove("draft_sent").and_then(|number| number.parse().ok());
        fields.remove("last_seq");
        let must_go = doing == Doing::Immediate;
        // Without what it has seen nobody can tell what it writes over.
        let seen = match seen {
            Some(seen) => seen,
            None if must_go => 0,
            None => return Err(unseen()),
        };
        let mut aside = Fields::new();
        if is_json {
            for name in fields.keys().cloned().collect::<Vec<_>>() {
                let Err(refusal) = meant(&name, &mut fields) else { continue };
                if !must_go {
                    return Err(refusal);
                }
                aside.extend(fields.remove_entry(&name));
            }
        }
        Ok(Self { doing, seen, number, is_part: is_json, fields, aside })
    }
}

fn unknown(asked: &str) -> Refusal {
    let asked: String = asked.chars().take(40).collect();
    let sentence = format!(
        "“{asked}” is nothing that can be done here. Send save, answer, open, immediate, end, or attach: and the identity of \
         an incident."
    );
    Refusal::of("do", sentence)
}

fn unseen() -> Refusal {
    let sentence =
        "The last entry that you have seen is missing. Ask for this address, and send its last_seq.";
    Refusal::of("last_seq", sentence)
}

/// Whether a program may send that field so; true and false become what a box says.
fn meant(name: &str, fields: &mut Fields) -> Result<(), Refusal> {
    if !is_shown(name) && !["place", "for_want_of_ambulance", "change"].contains(&name) {
        let name: String = name.chars().take(40).collect();
        let sentence =
            format!("There is no field “{name}”. Correct its name: GET this address has them all.");
        return Err(Refusal::of(name, sentence));
    }
    let Some((_, no)) = YES_OR_NO.iter().find(|(one, _)| *one == name) else { return Ok(()) };
    let Some(value) = fields.get_mut(name) else { return Ok(()) };
    match value.as_str() {
        "yes" | "true" => "yes".clone_into(value),
        "no" | "false" => (*no).clone_into(value),
        "" => {}
        _ => {
            let sentence = "That is neither yes nor no. Say true or false, or leave it out.";
            return Err(Refusal::of(name.to_owned(), sentence));
        }
    }
    Ok(())
}

/// Whether the page shows a field of that name, for a link to lead to.
pub fn is_shown(name: &str) -> bool {
    let is_link = || {
        let rest = name.strip_prefix("link-").and_then(|rest| rest.split_once('-'));
        rest.is_some_and(|(kind, id)| ["contact", "incident"].contains(&kind) && Id::read(id).is_some())
    };
    let element = name.strip_suffix("_narrative").unwrap_or(name);
    FIELDS.contains(&name) || Element::of(element).is_some() || is_link()
}

const FIELDS: [&str; 28] = [
    "name",
    "call_back_on",
    "relation",
    "language",
    "needs_interpreter",
    "agency",
    "preferred",
    "safe_from",
    "safe_until",
    "unsafe",
    "unsafe_why",
    "interviewer",
    "place_words",
    "division",
    "beat",
    "is_rural",
    "narrative",
    "markers",
    "clinical",
    "incident_type",
    "qualifiers",
    "summary",
    "grade",
    "rationale",
    "checks",
    "why",
    "outcome",
    "change",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(pairs: &[(&str, &str)]) -> Typed {
        Typed(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn what_cannot_be_meant_is_refused_by_its_name_and_holds_up_no_immediate() {
        let link = format!("link-incident-{}", Id::new(jiff::Timestamp::UNIX_EPOCH));
        let cases = [
            ("narrative", "He has a knife.", ""),
            ("threat_narrative", "He has a knife.", ""),
            (link.as_str(), "chase", ""),
            ("narative", "He has a knife.", "narative"),
            ("threat_words", "He has a knife.", "threat_words"),
            ("link-x", "chase", "link-x"),
            ("clinical", "perhaps", "clinical"),
        ];
        for (name, value, field) in cases {
            let asked = Asking::of(sent(&[("last_seq", "7"), (name, value)]), true);
            assert_eq!(
                asked.map_or_else(|refusal| refusal.field.into_owned(), |_| String::new()),
                field,
                "{name}"
            );
            // A form has what its page has; and what a life cannot wait for is put aside, with or without what was seen.
            assert!(Asking::of(sent(&[("last_seq", "7"), (name, value)]), false).is_ok(), "{name}");
            let asked = Asking::of(sent(&[("do", "immediate"), (name, value)]), true).unwrap();
            let all: Fields = asked.fields.into_iter().chain(asked.aside.clone()).collect();
            assert_eq!(
                (all.get(name).map(String::as_str), asked.aside.is_empty()),
                (Some(value), field.is_empty())
            );
        }
        assert_eq!(Asking::of(sent(&[]), false).unwrap_err().field, "last_seq");
        for (word, doing) in
            [("", Some(Doing::Save)), ("save", Some(Doing::Save)), (" immediate ", Some(Doing::Immediate))]
                .into_iter()
                .chain(["Immediate", "emergency", "attach:I-1F2J"].map(|word| (word, None)))
        {
            let asked = Asking::of(sent(&[("last_seq", "7"), ("do", word)]), true);
            let told = asked.map(|asked| asked.doing).map_err(|refusal| refusal.field.into_owned());
            assert_eq!(told, doing.ok_or_else(|| "do".to_owned()), "{word:?}");
        }
    }

    #[test]
    fn true_and_false_are_what_a_box_says() {
        for (name, value, expected) in [
            ("for_want_of_ambulance", "true", "yes"),
            ("for_want_of_ambulance", "false", ""),
            ("needs_interpreter", "yes", "yes"),
            ("clinical", "false", "no"),
            ("is_rural", "true", "yes"),
            ("is_rural", "", ""),
        ] {
            let asked = Asking::of(sent(&[("last_seq", "7"), (name, value)]), true).unwrap();
            assert_eq!(asked.fields[name], expected, "{name} {value}");
        }
    }
}

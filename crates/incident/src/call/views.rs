//! The screen as it is drawn.

use askama::Template;
use contact::{
    codes::{self as contact_codes, Code},
    contact::{
        rules::{Purpose, State},
        why,
    },
    draft::rules::{Both, Fields},
    grade::Grade,
    preference::rules::Way,
    suggestion::rules::{Reason, Suggestion},
    thrive::{
        definition::{definition, wording},
        rules::{Element, Level},
    },
};
use jiff::civil::Date;
use journal::Refusal;
use serde::Serialize;
use users::User;
use web::{Choice, Frame, Section};

use super::{
    earlier::Line,
    fields::{all, element_field, of},
    told::{Down, LogLine, Opened},
};
use crate::{codes, unit};

/// One element of the assessment, as a row.
#[derive(Debug, Serialize)]
pub struct ElementRow {
    /// Its letter.
    pub letter: char,
    /// Its name.
    pub words: String,
    /// The field.
    pub field: &'static str,
    /// The field of its reason.
    pub narrative_field: String,
    /// What stands there.
    pub narrative: String,
    /// What to ask about.
    pub prompts: String,
    /// None, low, medium, high.
    pub levels: Vec<Choice>,
}

/// The screen.
#[derive(Debug, Template, Serialize)]
#[template(path = "call/show.html")]
pub struct CallPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The contact.
    pub id: String,
    /// What is said over the telephone.
    pub reference: String,
    /// Its last entry.
    pub last_seq: i64,
    /// Whose draft it is.
    pub account: String,
    /// Waiting, open, ended or an attempt.
    pub state: State,
    /// "Call in progress".
    pub state_words: &'static str,
    /// "101, option 4".
    pub line: String,
    /// As presented, or why there is none.
    pub number: String,
    /// "1 min 06 s".
    pub waited: String,
    /// When it was answered, for the clock that runs; empty where none does.
    pub answered_at: String,
    /// How long it lasts or lasted.
    pub duration: String,
    /// The title.
    pub heading: String,
    /// What stands in the form.
    pub fields: Fields,
    /// What was refused.
    pub refusals: Vec<Refusal>,
    /// What two people wrote, for this one to decide.
    pub both: Vec<Both>,
    /// What this person typed and an emergency left out: the field, and what stands nowhere else.
    pub left_out: Vec<(String, String)>,
    /// Earlier incidents and contacts.
    pub earlier: Vec<Line>,
    /// How many were of late.
    pub repeats: usize,
    /// What an earlier one can have to do with it.
    pub purposes: Vec<Choice>,
    /// The assessment.
    pub elements: Vec<ElementRow>,
    /// How many of the six were considered.
    pub considered: usize,
    /// What the rules suggest.
    pub suggestion: Suggestion,
    /// How many of its reasons decide; they stand first.
    pub deciding: usize,
    /// The grades to choose from.
    pub grades: Vec<Choice>,
    /// Systems that are down.
    pub down: Vec<Down>,
    /// What happened so far, the latest first.
    pub log: Vec<LogLine>,
    /// Its incident.
    pub opened: Option<Opened>,
    /// Whether this person may record.
    pub may_record: bool,
    /// Whether this person may open an incident.
    pub may_open: bool,
    /// The day on which it came: by its definition it is asked why.
    #[serde(skip)]
    pub day: Date,
    /// The day, for the codes.
    #[serde(skip)]
    pub today: Date,
}

impl CallPage {
    /// What stands in a field.
    fn v(&self, name: &str) -> &str {
        of(&self.fields, name)
    }

    /// Why a field was refused.
    fn error(&self, name: &str) -> Option<String> {
        self.refusals.iter().find(|one| one.field == name).map(|one| one.sentence.to_string())
    }

    /// Whether a field was refused.
    fn is_wrong(&self, name: &str) -> bool {
        self.refusals.iter().any(|one| one.field == name)
    }

    /// Whether it can be made an emergency: unless it is one.
    fn can_be_emergency(&self) -> bool {
        self.may_open && self.opened.as_ref().is_none_or(|opened| !opened.is_emergency)
    }

    /// A list with a blank first.
    fn choices(&self, name: &str, codes: &[Code], blank: &str) -> Vec<Choice> {
        let chosen = self.v(name);
        let first = (!blank.is_empty()).then(|| Choice::of("", blank, chosen));
        let valid = contact_codes::on(codes, self.today);
        first.into_iter().chain(valid.iter().map(|code| Choice::of(&code.key, &code.words, chosen))).collect()
    }

    fn relations(&self) -> Vec<Choice> {
        self.choices("relation", contact_codes::relations(), "Not known yet")
    }

    fn languages(&self) -> Vec<Choice> {
        self.choices("language", contact_codes::languages(), "")
    }

    fn agencies(&self) -> Vec<Choice> {
        self.choices("agency", contact_codes::agencies(), "No agency")
    }

    fn interviewers(&self) -> Vec<Choice> {
        self.choices("interviewer", contact_codes::interviewers(), "Not asked")
    }

    fn outcomes(&self) -> Vec<Choice> {
        self.choices("outcome", contact_codes::contact_outcomes(), "Choose an outcome")
    }

    /// The reasons of the definition that holds for its day; none before the first.
    fn whys(&self) -> Vec<Choice> {
        let chosen = self.v("why");
        let reasons = why::reasons(self.day);
        let all = reasons
            .iter()
            .map(|(code, words)| Choice::of(code.to_string(), format!("{code} {words}"), chosen));
        std::iter::once(Choice::of("", "Not said", chosen)).chain(all).collect()
    }

    fn types(&self) -> Vec<Choice> {
        self.choices("incident_type", codes::types(), "Not chosen yet")
    }

    fn divisions(&self) -> Vec<Choice> {
        let chosen = self.v("division");
        let all = unit::valid(self.today);
        let lettered = all.into_iter().filter(|unit| !unit.letter.is_empty());
        let named =
            lettered.map(|unit| Choice::of(&unit.letter, format!("{} {}", unit.letter, unit.name), chosen));
        std::iter::once(Choice::of("", "Not known yet", chosen)).chain(named).collect()
    }

    /// Boxes of which several may be ticked.
    fn boxes(&self, name: &str, codes: &[Code]) -> Vec<Choice> {
        let chosen = all(&self.fields, name);
        let valid = contact_codes::on(codes, self.today);
        let one = |code: &&Code| Choice {
            chosen: chosen.contains(&code.key),
            ..Choice::of(&code.key, &code.words, "\0")
        };
        valid.iter().map(one).collect()
    }

    fn qualifiers(&self) -> Vec<Choice> {
        self.boxes("qualifiers", codes::qualifiers())
    }

    fn checks(&self) -> Vec<Choice> {
        self.boxes("checks", contact_codes::closing_checks())
    }

    fn markers(&self) -> Vec<Choice> {
        let chosen = all(&self.fields, "markers");
        let one = |key: &str, words: &str| Choice {
            chosen: chosen.iter().any(|one| one == key),
            ..Choice::of(key, words, "\0")
        };
        definition().marker.iter().map(|marker| one(&marker.key, &marker.words)).collect()
    }

    fn preferred(&self) -> Vec<Choice> {
        let chosen = self.v("preferred");
        let ways = Way::ALL.iter().filter(|way| **way != Way::Shown);
        std::iter::once(Choice::of("", "Any way", chosen))
            .chain(ways.map(|way| Choice::of(way.as_str(), way.words(), chosen)))
            .collect()
    }

    fn unsafe_ways(&self) -> Vec<Choice> {
        let chosen = all(&self.fields, "unsafe");
        Way::ALL
            .iter()
            .map(|way| Choice {
                chosen: chosen.iter().any(|one| one == way.as_str()),
                ..Choice::of(way.as_str(), way.words(), "\0")
            })
            .collect()
    }

    /// The class that colours the bar; its words say the same.
    fn state_class(&self) -> &'static str {
        match self.state {
            State::Waiting => "waiting",
            State::Open => "open",
            State::Ended | State::Attempt => "ended",
        }
    }

    /// A field's name as people say it.
    fn field_words(name: &str) -> String {
        name.replace('_', " ").replace("place words", "address")
    }

    /// Whether the form is one that can be filled in.
    fn is_form(&self) -> bool {
        self.may_record
    }

    /// Whether it is domestic, as far as it was ticked.
    fn is_domestic(&self) -> bool {
        all(&self.fields, "qualifiers").iter().any(|one| one == "domestic")
    }

    /// Whether it waits for somebody to take it up.
    fn waits(&self) -> bool {
        self.state == State::Waiting
    }

    /// Whether it is being dealt with.
    fn is_open(&self) -> bool {
        self.state == State::Open
    }

    /// Earlier incidents that are open and that this contact is about.
    fn can_join(&self) -> Vec<&Line> {
        let same = |line: &&Line| {
            line.is_open && !line.purpose.is_empty() && line.purpose != Purpose::Unrelated.as_str()
        };
        self.earlier.iter().filter(same).collect()
    }

    /// The suggested grade, as an address has it: what draws its sign.
    fn suggested(&self) -> &'static str {
        self.suggestion.grade.as_str()
    }

    /// The reasons that decide.
    fn deciding(&self) -> &[Reason] {
        self.suggestion.reasons.get(..self.deciding).unwrap_or_default()
    }

    /// The rules that match besides, and would have suggested less.
    fn besides(&self) -> &[Reason] {
        self.suggestion.reasons.get(self.deciding..).unwrap_or_default()
    }

    /// Whether the ambulance question is asked.
    fn asks_of_ambulance(&self) -> bool {
        self.v("for_want_of_ambulance") == "yes" || self.v("agency") == "ambulance"
    }
}

/// The rows of the assessment.
pub fn elements(fields: &Fields) -> Vec<ElementRow> {
    Element::ALL
        .iter()
        .map(|element| {
            let field = element_field(*element);
            let narrative_field = format!("{field}_narrative");
            let chosen = of(fields, field);
            let short = |level: &Level| if *level == Level::NoneIdentified { "None" } else { level.words() };
            ElementRow {
                letter: element.words().chars().next().unwrap_or(' '),
                words: element.words().to_owned(),
                field,
                narrative: of(fields, &narrative_field).to_owned(),
                narrative_field,
                prompts: wording(*element).prompts.join(" · "),
                levels: Level::ALL
                    .iter()
                    .map(|level| Choice::of(level.as_str(), short(level), chosen))
                    .collect(),
            }
        })
        .collect()
}

/// The grades, the suggested one marked in words and never chosen beforehand.
pub fn grades(fields: &Fields, suggestion: &Suggestion, place: impl Fn(Grade) -> String) -> Vec<Choice> {
    let chosen = of(fields, "grade");
    Grade::ALL
        .iter()
        .map(|grade| Choice {
            hint: if *grade == suggestion.grade {
                format!("suggested · {}", place(*grade))
            } else {
                place(*grade)
            },
            ..Choice::of(grade.as_str(), grade.words(), chosen)
        })
        .collect()
}

/// What an earlier one can have to do with this contact.
pub fn purposes() -> Vec<Choice> {
    std::iter::once(Choice::of("", "Not decided", ""))
        .chain(Purpose::ALL.iter().map(|one| Choice::of(one.as_str(), one.words(), "")))
        .collect()
}

/// The page's frame: no name of anybody in its title.
pub fn frame(who: &User, reference: &str) -> Frame {
    Frame::of(format!("Contact {reference}"), Section::Contacts).seen_by(who.signed())
}

//! The timeline: every entry about a recommendation, told in a sentence.

use journal::{DatabaseError, Entry};
use serde::Serialize;

use super::{
    rules::{Exposure, Fact},
    views::nth,
};
use crate::{
    action::rules::Fact as Action,
    classification::rules::{Fact as Sorted, Horizon},
    codes,
    dependency::rules::Fact as Dependency,
    measured::rules::{Closing, Fact as Measured},
    register::rules::{Item, Register},
    target::rules::Fact as Target,
    update::rules::Fact as Update,
};

/// One moment of the timeline.
#[derive(Debug, Clone, Serialize)]
pub struct Moment {
    /// Its entry.
    pub seq: i64,
    /// What sort of moment, for its mark: target, decision, done, update, added or empty.
    pub kind: &'static str,
    /// What happened.
    pub title: String,
    /// The particulars: name and words.
    pub particulars: Vec<(&'static str, String)>,
    /// The account that did it.
    pub who: String,
    /// In which role.
    pub role: String,
    /// When, for machines.
    pub at: String,
    /// When, for people.
    pub at_words: String,
}

/// The moment that `entry` is; nothing if it is of another room.
pub fn tell(entry: &Entry, register: &Register) -> Result<Option<Moment>, DatabaseError> {
    let told = if let Some(fact) = entry.fact::<Fact>()? {
        tell_recommendation(fact, register)
    } else if let Some(fact) = entry.fact::<Target>()? {
        tell_target(fact)
    } else if let Some(fact) = entry.fact::<Action>()? {
        tell_action(fact)
    } else if let Some(fact) = entry.fact::<Update>()? {
        tell_update(fact, register)
    } else if let Some(fact) = entry.fact::<Dependency>()? {
        tell_dependency(fact, register)
    } else if let Some(fact) = entry.fact::<Sorted>()? {
        tell_sorted(fact)
    } else if let Some(fact) = entry.fact::<Measured>()? {
        tell_measured(fact)
    } else {
        return Ok(None);
    };
    let (kind, title, particulars) = told;
    Ok(Some(Moment {
        seq: entry.seq,
        kind,
        title,
        particulars: particulars.into_iter().filter(|(_, words)| !words.is_empty()).collect(),
        who: entry.actor.who.clone(),
        role: entry.actor.role.clone(),
        at: entry.at.to_string(),
        at_words: crate::words::moment(entry.at),
    }))
}

/// Adds `moment`; actions added by one person at one moment (an import) are told together.
pub fn push(timeline: &mut Vec<Moment>, moment: Moment) {
    let together = |last: &Moment| {
        last.kind == ADDED && moment.kind == ADDED && last.at == moment.at && last.who == moment.who
    };
    match timeline.last_mut().filter(|last| together(last)) {
        Some(last) => {
            "Actions added".clone_into(&mut last.title);
            last.seq = moment.seq;
            last.particulars.extend(moment.particulars);
        }
        None => timeline.push(moment),
    }
}

/// The kind of an action's first moment.
const ADDED: &str = "added";

type Told = (&'static str, String, Vec<(&'static str, String)>);

fn tell_recommendation(fact: Fact, register: &Register) -> Told {
    let risk =
        |exposure: Option<Exposure>| exposure.map_or("not rated".to_owned(), |e| e.as_str().to_owned());
    match fact {
        Fact::Made { reference, text, exposure, owner_post, .. } => (
            "",
            format!(
                "Recommendation {} entered in the register",
                reference.trim_start_matches("Recommendation ")
            ),
            vec![("", text), ("Risk exposure", risk(exposure)), ("Owner", owner_post)],
        ),
        Fact::Reworded { text, reason } => {
            ("", "Words put right".to_owned(), vec![("", text), ("Reason", reason)])
        }
        Fact::Aliased { alias } => ("", format!("Also known as {alias}"), Vec::new()),
        Fact::Reassigned { post, team, reason } => {
            ("", format!("Owner is now {post}"), vec![("Team", team), ("Reason", reason)])
        }
        Fact::Rated { exposure, statement, reason } => (
            "",
            format!("Risk exposure is now {}", risk(exposure)),
            vec![("Risk", statement), ("Reason", reason)],
        ),
        Fact::ImpactRestated { impact, reason } => {
            ("", "Intended impact restated".to_owned(), vec![("", impact), ("Reason", reason)])
        }
        Fact::EvidenceAssembled { evidence, .. } => {
            ("done", "Evidence assembled".to_owned(), vec![("", evidence)])
        }
        Fact::ProposedForClosure { what_we_did, impact, .. } => (
            "decision",
            "Proposed for closure to the inspectorate".to_owned(),
            vec![("What we did", what_we_did), ("The impact", impact)],
        ),
        Fact::Returned { reason, .. } => {
            ("decision", "Returned by the inspectorate".to_owned(), vec![("What they ask", reason)])
        }
        Fact::Discharged { reason, .. } => {
            ("decision", "Discharged by the inspectorate".to_owned(), vec![("Their decision", reason)])
        }
        Fact::Superseded { by, reason, .. } => {
            let by = register.item(&by).map_or_else(String::new, Item::label);
            ("decision", format!("Superseded by {by}"), vec![("Reason", reason)])
        }
    }
}

fn tell_target(fact: Target) -> Told {
    match fact {
        Target::Set { target } => ("target", format!("First target set: {target}"), Vec::new()),
        Target::Moved { to, reason, approved_by, delay_reason } => (
            "target",
            format!("Target moved to {to}"),
            vec![
                ("Kind of reason", codes::delay_reason_words(&delay_reason).to_owned()),
                ("Reason", reason),
                ("Approved by", approved_by),
            ],
        ),
        Target::Categorised { number, delay_reason } => (
            "target",
            format!("Kind of reason given to the {} move of the target", nth(number)),
            vec![("Kind of reason", codes::delay_reason_words(&delay_reason).to_owned())],
        ),
    }
}

fn tell_action(fact: Action) -> Told {
    match fact {
        Action::Added { number, text, owner, target } => {
            let target = target.map_or_else(String::new, |target| target.to_string());
            let text = format!("{number} {text}");
            (ADDED, format!("Action {number} added"), vec![("", text), ("Owner", owner), ("Target", target)])
        }
        Action::Finished { number, note, .. } => {
            ("done", format!("Action {number} finished"), vec![("What was done", note)])
        }
        Action::Reopened { number, reason } => {
            ("", format!("Action {number} reopened"), vec![("Reason", reason)])
        }
        Action::Changed { number, text, owner, reason } => {
            ("", format!("Action {number} changed"), vec![("", text), ("Owner", owner), ("Reason", reason)])
        }
        Action::TargetMoved { number, to, reason, delay_reason } => (
            "target",
            format!("Target of action {number} moved to {to}"),
            vec![("Kind of reason", codes::delay_reason_words(&delay_reason).to_owned()), ("Reason", reason)],
        ),
        Action::Staged { number, stage } => {
            ("", format!("Action {number} is at the stage: {}", stage.words().to_lowercase()), Vec::new())
        }
    }
}

fn tell_update(fact: Update, register: &Register) -> Told {
    match fact {
        Update::Added { text } => ("update", "Update".to_owned(), vec![("", text)]),
        Update::Inherited { from, note } => {
            let label = register.item(&from).map_or_else(String::new, Item::label);
            ("update", format!("Update: as {label}"), vec![("", note)])
        }
    }
}

fn tell_dependency(fact: Dependency, register: &Register) -> Told {
    match fact {
        Dependency::Added { on, reason, since } => (
            "",
            format!("Waits for {}", register.awaited_words(&on)),
            vec![("Reason", reason), ("Since", since.map_or_else(String::new, crate::words::day))],
        ),
        Dependency::Removed { on, reason } => {
            ("", format!("Waits no more for {}", register.awaited_words(&on)), vec![("Reason", reason)])
        }
    }
}

fn tell_measured(fact: Measured) -> Told {
    match fact {
        Measured::Told { sentence, is_shown, .. } => {
            let kind = if is_shown { "done" } else { "decision" };
            (kind, "A measure attached as evidence".to_owned(), vec![("", sentence)])
        }
        Measured::TakenBack { reason, .. } => {
            ("", "A measure withdrawn as evidence".to_owned(), vec![("Reason", reason)])
        }
        Measured::Overlooked { step, sentences, reason } => (
            "decision",
            match step {
                Closing::Propose => "Proposed for closure although a measure does not show the effect",
                Closing::Discharge => "Discharged although a measure does not show the effect",
            }
            .to_owned(),
            vec![("What is not shown", sentences.join(" ")), ("Reason", reason)],
        ),
    }
}

fn tell_sorted(fact: Sorted) -> Told {
    let list = |keys: Vec<String>, words: fn(&str) -> String| {
        let all: Vec<String> = keys.iter().map(|key| words(key)).collect();
        if all.is_empty() { "none".to_owned() } else { all.join("; ") }
    };
    match fact {
        Sorted::Addressed { to, reason } if to.is_empty() => {
            ("", "Addressed to all bodies of its inspection".to_owned(), vec![("Reason", reason)])
        }
        Sorted::Addressed { to, reason } => {
            ("", format!("Addressed to {}", to.join(", ")), vec![("Reason", reason)])
        }
        Sorted::Themed { themes } => {
            let themes = list(themes, |key| codes::theme_words(key).to_owned());
            ("", format!("Themes: {themes}"), Vec::new())
        }
        Sorted::Prioritised { horizon } => {
            let words = horizon.map_or("not set", Horizon::words).to_lowercase();
            ("", format!("Priority: {words}"), Vec::new())
        }
        Sorted::Linked { milestones } => {
            let milestones = list(milestones, codes::milestone_words);
            ("", format!("Linked to the business plan: {milestones}"), Vec::new())
        }
        Sorted::Overseen { strategic_owner, reason } => {
            let owner = if strategic_owner.is_empty() { "nobody".to_owned() } else { strategic_owner };
            ("", format!("Strategic owner is now {owner}"), vec![("Reason", reason)])
        }
    }
}

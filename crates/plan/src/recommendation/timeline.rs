//! The timeline: every entry about a recommendation, told in a sentence.

use journal::{DatabaseError, Entry};
use serde::Serialize;

use super::rules::{Exposure, Fact};
use crate::{
    action::rules::Fact as Action,
    dependency::rules::Fact as Dependency,
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
        let Update::Added { text } = fact;
        ("update", "Update".to_owned(), vec![("", text)])
    } else if let Some(fact) = entry.fact::<Dependency>()? {
        tell_dependency(fact, register)
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
        Target::Moved { to, reason, approved_by } => (
            "target",
            format!("Target moved to {to}"),
            vec![("Reason", reason), ("Approved by", approved_by)],
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
    }
}

fn tell_dependency(fact: Dependency, register: &Register) -> Told {
    let label = |id: &journal::Id| register.item(id).map_or_else(String::new, Item::label);
    match fact {
        Dependency::Added { on, reason } => {
            ("", format!("Waits for {}", label(&on)), vec![("Reason", reason)])
        }
        Dependency::Removed { on, reason } => {
            ("", format!("Waits no more for {}", label(&on)), vec![("Reason", reason)])
        }
    }
}

//! A recommendation as its page shows it, made from the register by plain functions.

use serde::Serialize;

use super::{rules::Exposure, status::Status};
use crate::{
    action::rules::Action,
    register::rules::{Item, Register, scottish_day},
    words,
};

/// A recommendation as its page shows it.
#[derive(Debug, Serialize)]
pub struct Shown {
    /// The inspection's title.
    pub inspection: String,
    /// When that was published.
    pub published: String,
    /// Who made it.
    pub inspectorate: String,
    /// Other references.
    pub aliases: String,
    /// Its words.
    pub text: String,
    /// The status's word, for its tag.
    pub status_word: &'static str,
    /// The status.
    pub status: &'static str,
    /// Since when.
    pub status_on: String,
    /// Late against the first target.
    pub late_from_first: Option<String>,
    /// Late against the current target.
    pub late_from_current: String,
    /// Age, in words.
    pub age: String,
    /// Open two years after publication.
    pub over_two_years: bool,
    /// The first target.
    pub first_target: String,
    /// The current one.
    pub current_target: String,
    /// How often it moved.
    pub moves: String,
    /// The risk's word, for its bars.
    pub risk_word: String,
    /// The risk.
    pub risk: String,
    /// The risk in a sentence.
    pub risk_statement: String,
    /// The owner.
    pub owner: String,
    /// The owner's team.
    pub team: String,
    /// The intended impact.
    pub impact: String,
    /// What was done, when closure was proposed.
    pub what_we_did: String,
    /// What it brought about.
    pub impact_achieved: String,
    /// The actions.
    pub actions: Vec<ShownAction>,
    /// How many are done, in words.
    pub actions_words: String,
    /// The last update's age in days.
    pub update_age: String,
    /// Whether that is too long.
    pub is_stale: bool,
    /// What it waits for: address, label, why, whether that is closed.
    pub waits_for: Vec<(String, String, String, bool)>,
    /// What waits for it.
    pub waited_for_by: Vec<(String, String)>,
}

/// An action as the page shows it.
#[derive(Debug, Serialize)]
pub struct ShownAction {
    /// Its number.
    pub number: String,
    /// What is to be done.
    pub text: String,
    /// Its owner and target, where it has its own.
    pub note: String,
    /// "Done 12 Jun 2024", once it is.
    pub done: Option<String>,
}

impl ShownAction {
    fn of(action: &Action) -> Self {
        let target = action.target.map(words::short_target);
        let note = [Some(action.owner.clone()).filter(|owner| !owner.is_empty()), target];
        Self {
            number: action.number.clone(),
            text: action.text.clone(),
            note: note.into_iter().flatten().collect::<Vec<_>>().join(" · "),
            done: action.done_on.map(|on| format!("Done {}", words::short_day(on))),
        }
    }
}

/// The recommendation as its page shows it.
pub(super) fn shown(register: &Register, item: &Item) -> Shown {
    let today = register.position.today;
    let recommendation = &item.recommendation;
    let inspection = register.inspection(&recommendation.inspection);
    let target = |target: Option<import::TargetDate>| {
        target.map_or_else(|| "Not set".to_owned(), |one| one.to_string())
    };
    let waits = item.waits_for.iter().filter_map(|(on, why)| register.item(on).map(|other| (other, why)));
    let waiting = register.items.iter().filter(|other| other.waits_for.iter().any(|(on, _)| *on == item.id));
    let months = item.age_months(today);
    Shown {
        inspection: inspection.map_or_else(String::new, |one| one.title.clone()),
        published: words::day(item.published_on),
        inspectorate: inspection.map_or_else(String::new, |one| one.inspectorate.clone()),
        aliases: recommendation.aliases.join(", "),
        text: recommendation.text.clone(),
        status_word: status_tag(recommendation.status),
        status: recommendation.status.words(),
        status_on: recommendation.status_on.map_or_else(String::new, words::day),
        late_from_first: item.delay_from_first(today).map(|delay| format!("{delay} past the first target")),
        late_from_current: match item.delay_from_current(today) {
            Some(_) if item.moves() == 0 => String::new(),
            Some(delay) => format!("{delay} past the current target"),
            None => "Not past its current target".to_owned(),
        },
        age: words::counted(usize::try_from(months).unwrap_or(0), "month", "months"),
        over_two_years: item.is_open_after_two_years(today),
        first_target: target(item.first_target()),
        current_target: target(item.current_target()),
        moves: match item.moves() {
            0 => "Not moved".to_owned(),
            moves => format!("Moved {}, {} in all", words::counted(moves, "time", "times"), slipped(item)),
        },
        risk_word: recommendation.exposure.map_or("none", Exposure::as_str).to_lowercase(),
        risk: recommendation.exposure.map_or("Not rated", Exposure::as_str).to_owned(),
        risk_statement: recommendation.risk_statement.clone(),
        owner: recommendation.owner_post.clone(),
        team: recommendation.owner_team.clone(),
        impact: recommendation.impact.clone(),
        what_we_did: recommendation.what_we_did.clone(),
        impact_achieved: recommendation.impact_achieved.clone(),
        actions: item.actions.iter().map(ShownAction::of).collect(),
        actions_words: format!("{} of {} done", item.actions_done(), item.actions.len()),
        update_age: item.updates.last().map_or_else(
            || "No update yet".to_owned(),
            |said| format!("Last update {}", words::day(scottish_day(said.at))),
        ),
        is_stale: item.is_stale(today),
        waits_for: waits
            .map(|(other, why)| {
                (format!("/recommendations/{}", other.id), other.label(), why.clone(), !other.is_open())
            })
            .collect(),
        waited_for_by: waiting
            .map(|other| (format!("/recommendations/{}", other.id), other.label()))
            .collect(),
    }
}

fn slipped(item: &Item) -> String {
    match item.slipped_months() {
        1 => "1 month later".to_owned(),
        months if months < 0 => format!("{} months earlier", -months),
        months => format!("{months} months later"),
    }
}

/// The tag of a status, as the styles name it.
pub fn status_tag(status: Status) -> &'static str {
    match status {
        Status::Open => "open",
        Status::EvidenceAssembled => "assembled",
        Status::ProposedForClosure => "proposed",
        Status::Returned => "returned",
        Status::Discharged => "discharged",
        Status::Superseded => "superseded",
    }
}

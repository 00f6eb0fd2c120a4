//! A recommendation as its page shows it, made from the register by plain functions.

use serde::Serialize;

use super::{rules::Exposure, status::Status};
use crate::{
    action::rules::Action,
    classification::rules::Horizon,
    codes,
    dependency::rows::Waiting,
    register::rules::{Item, Register, scottish_day},
    target::rules::months_between,
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
    /// The moves of its target, oldest first.
    pub target_moves: Vec<ShownMove>,
    /// How it is sorted.
    #[serde(flatten)]
    pub sorting: ShownSorting,
    /// How often the inspectorate returned it, in words; empty if never.
    pub returned: String,
    /// How late it was when it was closed; empty while it is open or if it was not.
    pub late_when_closed: String,
    /// What it waits for.
    pub waits_for: Vec<ShownWait>,
    /// What waits for it.
    pub waited_for_by: Vec<(String, String)>,
}

/// How a recommendation is sorted, as the page shows it.
#[derive(Debug, Serialize)]
pub struct ShownSorting {
    /// The bodies it is addressed to.
    pub addressees: String,
    /// Its themes.
    pub themes: String,
    /// How soon it is meant to be done.
    pub horizon: &'static str,
    /// The milestones it serves directly.
    pub milestones: String,
    /// The post at the top that answers for it.
    pub strategic_owner: String,
}

/// A move of the target as the page shows it.
#[derive(Debug, Serialize)]
pub struct ShownMove {
    /// Which move it is: "1st".
    pub nth: String,
    /// From where to where.
    pub words: String,
    /// How far, and what kind of reason.
    pub note: String,
}

/// What a recommendation waits for, as the page shows it.
#[derive(Debug, Serialize)]
pub struct ShownWait {
    /// Where it is, if it is in the register.
    pub address: Option<String>,
    /// What it is called.
    pub label: String,
    /// Why, and since when.
    pub why: String,
    /// Whether it has come.
    pub has_come: bool,
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
    /// The moves of its own target, oldest first.
    pub moves: Vec<ShownMove>,
    /// "Done 12 Jun 2024", once it is.
    pub done: Option<String>,
}

impl ShownAction {
    fn of(action: &Action) -> Self {
        let target = action.target.map(words::short_target);
        let stage = action.stage.filter(|_| action.done_on.is_none());
        let stage = stage.map(|stage| format!("Stage: {}", stage.words().to_lowercase()));
        let note = [Some(action.owner.clone()).filter(|owner| !owner.is_empty()), target, stage];
        Self {
            number: action.number.clone(),
            text: action.text.clone(),
            note: note.into_iter().flatten().collect::<Vec<_>>().join(" · "),
            moves: action_moves(action),
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
    let waits_for_it =
        |other: &&Item| other.waits_for.iter().any(|one| one.on.recommendation() == Some(&item.id));
    let waiting = register.items.iter().filter(waits_for_it);
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
        late_from_first: item.past_first_target(today).map(|delay| format!("{delay} past the first target")),
        late_from_current: match item.past_current_target(today) {
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
        target_moves: target_moves(item),
        sorting: sorting(item),
        returned: returned(item),
        late_when_closed: late_when_closed(item),
        waits_for: item.waits_for.iter().map(|one| shown_wait(register, one)).collect(),
        waited_for_by: waiting
            .map(|other| (format!("/recommendations/{}", other.id), other.label()))
            .collect(),
    }
}

fn sorting(item: &Item) -> ShownSorting {
    let sorted = &item.classification;
    let joined = |all: &[String], words: fn(&str) -> String| {
        all.iter().map(|one| words(one)).collect::<Vec<_>>().join("; ")
    };
    ShownSorting {
        addressees: item.addressees.join(", "),
        themes: joined(&sorted.themes, |key| codes::theme_words(key).to_owned()),
        horizon: sorted.horizon.map_or("", Horizon::words),
        milestones: joined(&sorted.milestones, codes::milestone_words),
        strategic_owner: sorted.strategic_owner.clone(),
    }
}

fn returned(item: &Item) -> String {
    match item.times_returned() {
        0 => String::new(),
        times => format!("Returned by the inspectorate {}", words::counted(times, "time", "times")),
    }
}

fn late_when_closed(item: &Item) -> String {
    let late = item.delay_when_closed();
    late.map_or_else(String::new, |delay| format!("{delay} past the first target when it was closed"))
}

fn target_moves(item: &Item) -> Vec<ShownMove> {
    let moves = item.targets.windows(2).enumerate();
    moves
        .map(|(index, pair)| {
            let (from, to) = (&pair[0], &pair[1]);
            let kind = codes::delay_reason_words(&to.delay_reason);
            let by = months_moved(months_between(from.target, to.target));
            ShownMove {
                nth: nth(index + 1),
                words: format!("{} to {}", from.target, to.target),
                note: if kind.is_empty() { by } else { format!("{by} · {kind}") },
            }
        })
        .collect()
}

fn action_moves(action: &Action) -> Vec<ShownMove> {
    let moves = (1..).zip(&action.moves);
    moves
        .map(|(number, one)| {
            let kind = codes::delay_reason_words(&one.delay_reason);
            let note = match one.from {
                Some(from) => format!("{} · {kind}", months_moved(months_between(from, one.to))),
                None => kind.to_owned(),
            };
            let from = one.from.map_or_else(|| "no target of its own".to_owned(), |from| from.to_string());
            ShownMove { nth: nth(number), words: format!("{from} to {}", one.to), note }
        })
        .collect()
}

fn shown_wait(register: &Register, one: &Waiting) -> ShownWait {
    let address = one.on.recommendation().map(|id| format!("/recommendations/{id}"));
    let since = one.since.map_or_else(String::new, |day| format!(" (since {})", words::day(day)));
    ShownWait {
        address,
        label: register.awaited_words(&one.on),
        why: format!("{}{since}", one.reason),
        has_come: register.has_come(&one.on),
    }
}

/// "1st", "2nd", "11th".
pub fn nth(number: usize) -> String {
    let end = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{end}")
}

fn months_moved(months: i64) -> String {
    match months {
        0 => "within the month".to_owned(),
        1 => "1 month later".to_owned(),
        -1 => "1 month earlier".to_owned(),
        months if months < 0 => format!("{} months earlier", -months),
        months => format!("{months} months later"),
    }
}

fn slipped(item: &Item) -> String {
    months_moved(item.slipped_months())
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

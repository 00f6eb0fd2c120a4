//! What the rounds’ pages show.

use askama::Template;
use jiff::civil::Date;
use journal::{Id, Refusal};
use plan::{
    register::rules::Register,
    words::{counted, day, short_day},
};
use serde::Serialize;
use users::User;
use web::{Choice, Frame, Section};

use super::{
    asks::ownerless,
    pages::{ASK, Wanted, WantedRounds},
    requests::{Counts, Shown, State, all_requests, requests},
    rows::Kept,
};
use crate::{
    group::{rules::Group, views::Moment},
    meeting::paging::Pages,
};

/// How many rounds a page of the list has.
pub(super) const PAGE: usize = 25;

/// The list of rounds.
#[derive(Debug, Template, Serialize)]
#[template(path = "month/list.html")]
pub(crate) struct ListPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    may_ask: bool,
    found: String,
    wanted: WantedRounds,
    #[serde(skip)]
    groups: Vec<Choice>,
    #[serde(skip)]
    states: Vec<Choice>,
    #[serde(skip)]
    is_filtered: bool,
    rounds: Vec<Line>,
    #[serde(skip)]
    pages: Pages,
}

#[derive(Debug, Serialize)]
struct Line {
    id: Id,
    title: String,
    opened_on: String,
    due_on: String,
    is_open: bool,
    standing: String,
    counts: Counts,
}

/// The page of the list with `rounds`.
pub(super) fn list_page(
    rounds: &[Kept],
    pages: Pages,
    groups: &[(Id, Group)],
    register: &Register,
    wanted: WantedRounds,
    who: &User,
) -> ListPage {
    let line = |kept: &Kept| Line {
        id: kept.id.clone(),
        title: title(kept),
        opened_on: short_day(kept.round.opened_on),
        due_on: short_day(kept.round.due_on),
        is_open: kept.round.closed_on.is_none(),
        standing: standing(kept),
        counts: Counts::of(&all_requests(kept, register)),
    };
    let choices = groups.iter().map(|(id, group)| Choice::of(id.as_str(), &*group.terms.name, &wanted.group));
    let states = [("", "Open and closed"), ("open", "Open"), ("closed", "Closed")];
    ListPage {
        frame: Frame::of("The month’s rounds", Section::Month).seen_by(who.signed()),
        may_ask: who.may_do(ASK),
        found: counted(pages.total, "round", "rounds"),
        groups: std::iter::once(Choice::of("", "All groups", &wanted.group)).chain(choices).collect(),
        states: states.map(|(value, words)| Choice::of(value, words, &wanted.state)).into(),
        is_filtered: !wanted.group.is_empty() || !wanted.state.is_empty(),
        rounds: rounds.iter().map(line).collect(),
        pages,
        wanted,
    }
}

fn title(kept: &Kept) -> String {
    format!("{}, {}", kept.group_name, day(kept.meets_on))
}

fn standing(kept: &Kept) -> String {
    kept.round.closed_on.map_or_else(|| "Open".to_owned(), |on| format!("Closed {}", short_day(on)))
}

/// A round’s page.
#[derive(Debug, Template, Serialize)]
#[template(path = "month/show.html")]
pub(crate) struct ShowPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    #[serde(skip)]
    refusals: Vec<Refusal>,
    #[serde(skip)]
    may_ask: bool,
    id: Id,
    title: String,
    #[serde(skip)]
    meeting: String,
    meets_on: String,
    opened_on: String,
    due_on: String,
    is_open: bool,
    standing: String,
    steps: String,
    note: String,
    ownerless: String,
    counts: Counts,
    #[serde(skip)]
    figures: Vec<(String, String, &'static str, bool)>,
    wanted: Wanted,
    #[serde(skip)]
    states: Vec<Choice>,
    #[serde(skip)]
    escalations: Vec<Choice>,
    #[serde(skip)]
    owners: Vec<Choice>,
    #[serde(skip)]
    heads: Vec<(&'static str, String, &'static str)>,
    #[serde(skip)]
    csv: String,
    #[serde(skip)]
    found: String,
    requests: Vec<Row>,
    timeline: Vec<Moment>,
}

#[derive(Debug, Serialize)]
struct Row {
    #[serde(flatten)]
    shown: Shown,
    #[serde(skip)]
    tag: &'static str,
    #[serde(skip)]
    answered: String,
    #[serde(skip)]
    reminded: String,
    #[serde(skip)]
    escalated: String,
    #[serde(skip)]
    withdrawn: String,
    /// Whether an owner may be reminded, and silence escalated, by hand.
    may_remind: bool,
    may_escalate: bool,
    /// Whether the request may be taken back.
    may_withdraw: bool,
}

impl ShowPage {
    /// With why something was not done.
    pub(super) fn refused(mut self, refusal: &Refusal) -> Self {
        self.frame.title = format!("Problem: {}", self.frame.title);
        self.refusals.push(Refusal::of("", refusal.sentence.clone()));
        self
    }
}

/// The page of a round.
pub(super) fn show_page(
    kept: &Kept,
    register: &Register,
    timeline: Vec<Moment>,
    wanted: Wanted,
    who: &User,
) -> ShowPage {
    let (round, today) = (&kept.round, register.position.today);
    let is_open = round.closed_on.is_none();
    let all = all_requests(kept, register);
    let counts = Counts::of(&all);
    let found = requests(kept, register, &wanted);
    let address = |wanted: &Wanted| {
        let query = serde_html_form::to_string(wanted).unwrap_or_default();
        format!("/rounds/{}{}{query}", kept.id, if query.is_empty() { "" } else { "?" })
    };
    let nobody: Vec<String> = ownerless(register).iter().map(|item| item.label()).collect();
    let query = serde_html_form::to_string(&wanted).unwrap_or_default();
    ShowPage {
        frame: Frame::of(format!("Round: {}", title(kept)), Section::Month)
            .seen_by(who.signed())
            .with_notice(done_words(&wanted.done, counts.asked)),
        crumbs: vec![("/rounds".to_owned(), "Rounds".to_owned()), (String::new(), title(kept))],
        refusals: Vec::new(),
        may_ask: who.may_do(ASK) && is_open,
        id: kept.id.clone(),
        title: title(kept),
        meeting: format!("/meetings/{}", round.meeting),
        meets_on: day(kept.meets_on),
        opened_on: day(round.opened_on),
        due_on: day(round.due_on),
        is_open,
        standing: standing(kept),
        steps: steps(kept),
        note: note(kept),
        ownerless: if is_open { nobody.join(", ") } else { String::new() },
        figures: figures(&counts, is_open && today > round.due_on, &address),
        counts,
        states: std::iter::once(Choice::of("", "All", &wanted.state))
            .chain(State::ALL.map(|state| Choice::of(state.as_str(), state.words(), &wanted.state)))
            .collect(),
        escalations: [("", "All"), ("yes", "Escalated")]
            .map(|(value, words)| Choice::of(value, words, &wanted.escalated))
            .into(),
        owners: owners(&all, &wanted.owner),
        heads: [("Asked", "owner"), ("State", "state")]
            .map(|(words, sort)| {
                let is_sorted = wanted.sort == sort;
                let by = if is_sorted { String::new() } else { sort.to_owned() };
                let to = address(&Wanted { sort: by, ..wanted.clone() });
                (words, to, if is_sorted { "ascending" } else { "" })
            })
            .into(),
        csv: format!("/rounds/{}/export/csv{}{query}", kept.id, if query.is_empty() { "" } else { "?" }),
        found: counted(found.len(), "request", "requests"),
        requests: found.into_iter().map(|shown| row(shown, who.may_do(ASK) && is_open, today)).collect(),
        timeline,
        wanted,
    }
}

fn done_words(done: &str, asked: usize) -> Option<String> {
    match done {
        "opened" => Some(format!(
            "The round is open. {}.",
            counted(asked, "update is asked for", "updates are asked for")
        )),
        "reminders" => Some("The reminder is recorded.".to_owned()),
        "escalations" => Some("The silence is escalated.".to_owned()),
        "withdrawal" => Some("The request is withdrawn.".to_owned()),
        "closure" => Some("The round is closed.".to_owned()),
        _ => None,
    }
}

/// What happens by itself, and when.
fn steps(kept: &Kept) -> String {
    let round = &kept.round;
    let reminders: Vec<String> = round.remind_on.iter().map(|on| day(*on)).collect();
    let reminded = match reminders.as_slice() {
        [] => "Nobody is reminded: the day was too near when the round was opened".to_owned(),
        days => format!("Reminders on {}", days.join(" and ")),
    };
    format!("{reminded}; escalated on {}", day(round.escalate_on))
}

/// That the meeting was moved to where the day no longer fits.
fn note(kept: &Kept) -> String {
    if kept.round.due_on < kept.meets_on {
        return String::new();
    }
    format!(
        "The meeting was moved: it is on {}, and updates are due only on {}.",
        day(kept.meets_on),
        day(kept.round.due_on)
    )
}

fn figures(
    counts: &Counts,
    is_late: bool,
    address: &dyn Fn(&Wanted) -> String,
) -> Vec<(String, String, &'static str, bool)> {
    let state = |state: State| address(&Wanted { state: state.as_str().to_owned(), ..Wanted::default() });
    let escalated = address(&Wanted { escalated: "yes".to_owned(), ..Wanted::default() });
    vec![
        (address(&Wanted::default()), counts.asked.to_string(), "Asked", false),
        (
            state(State::Unanswered),
            counts.unanswered.to_string(),
            "Unanswered",
            is_late && counts.unanswered > 0,
        ),
        (state(State::Answered), counts.answered.to_string(), "Answered", false),
        (escalated, counts.escalated.to_string(), "Escalated", counts.escalated > 0),
        (state(State::Withdrawn), counts.withdrawn.to_string(), "Withdrawn", false),
    ]
}

fn owners(all: &[Shown], chosen: &str) -> Vec<Choice> {
    let mut posts: Vec<&str> = all.iter().map(|shown| shown.request.post.as_str()).collect();
    posts.sort_unstable();
    posts.dedup();
    let posts = posts.into_iter().map(|post| Choice::of(post, post, chosen));
    std::iter::once(Choice::of("", "Any", chosen)).chain(posts).collect()
}

fn row(shown: Shown, may_ask: bool, today: Date) -> Row {
    let request = &shown.request;
    let reminded: Vec<String> = request.reminded.iter().map(|on| short_day(*on)).collect();
    let is_waiting = may_ask && shown.state == State::Unanswered;
    Row {
        tag: match shown.state {
            State::Unanswered => "open",
            State::Answered => "discharged",
            State::Withdrawn | State::Closed => "superseded",
        },
        answered: shown.answered_on.map_or_else(String::new, |on| format!("on {}", short_day(on))),
        reminded: reminded.join(", "),
        escalated: request
            .escalated
            .as_ref()
            .map_or_else(String::new, |(on, to)| format!("{} to {to}", short_day(*on))),
        withdrawn: request
            .withdrawn
            .as_ref()
            .map_or_else(String::new, |(on, reason)| format!("{}: {reason}", short_day(*on))),
        may_remind: is_waiting && request.reminded.last().is_none_or(|last| *last < today),
        may_escalate: is_waiting && request.escalated.is_none(),
        may_withdraw: is_waiting,
        shown,
    }
}

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
    foreseen::{Foreseen, foreseen, note as note_of},
    pages::{ASK, Wanted, WantedRounds},
    requests::{Counts, Shown, State, all_requests, requests},
    rows::Kept,
    words::{done_words, lost, note, standing, steps, title},
};
use crate::{
    group::{pages::KEEP, rules::Group, views::Moment},
    meeting::paging::Pages,
    notice::reach::Reach,
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
    /// Where the round is closed, if that is what the note is about.
    #[serde(skip)]
    close_at: Option<String>,
    /// Whom the requests that wait reach.
    foreseen: Foreseen,
    #[serde(skip)]
    lost: String,
    #[serde(skip)]
    may_name: bool,
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
    /// The addresses of the files: CSV and workbook.
    #[serde(skip)]
    files: [String; 2],
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
    /// That its holder is not told, or that nobody is; of whom it was escalated to as well.
    told: String,
    escalated_told: String,
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

/// What a round’s page is made from.
pub(super) struct Told<'a> {
    pub kept: &'a Kept,
    pub group: Option<&'a Group>,
    pub register: &'a Register,
    pub reach: &'a Reach,
}

impl Told<'_> {
    fn note(&self, post: &str) -> String {
        note_of(self.reach, self.group, post)
    }

    /// Whom the requests that still wait reach.
    fn foreseen(&self, all: &[Shown]) -> Foreseen {
        let waiting = all.iter().filter(|shown| shown.state == State::Unanswered && self.is_open());
        foreseen(self.reach, self.group, waiting.map(Shown::owes))
    }

    fn is_open(&self) -> bool {
        self.kept.round.closed_on.is_none()
    }
}

/// The page of a round.
pub(super) fn show_page(told: &Told<'_>, timeline: Vec<Moment>, wanted: Wanted, who: &User) -> ShowPage {
    let Told { kept, register, group, .. } = *told;
    let (round, today) = (&kept.round, register.position.today);
    let is_open = told.is_open();
    let all = all_requests(kept, register);
    let counts = Counts::of(&all);
    let foreseen = told.foreseen(&all);
    let (note, may_close) = note(kept).unwrap_or_default();
    let found = requests(kept, register, &wanted);
    let address = |wanted: &Wanted| {
        let query = serde_html_form::to_string(wanted).unwrap_or_default();
        format!("/rounds/{}{}{query}", kept.id, if query.is_empty() { "" } else { "?" })
    };
    let nobody = ownerless(register, group.map(|group| &group.terms));
    let nobody: Vec<String> = nobody.iter().map(|item| item.label()).collect();
    let query = serde_html_form::to_string(&wanted).unwrap_or_default();
    ShowPage {
        frame: Frame::of(format!("Round: {}", title(kept)), Section::Month)
            .seen_by(who.signed())
            .with_notice(done(told, &wanted, &all, &foreseen)),
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
        note,
        close_at: (may_close && who.may_do(ASK)).then(|| format!("/rounds/{}/closure", kept.id)),
        lost: lost(&foreseen),
        may_name: who.may_do(KEEP),
        ownerless: if is_open { nobody.join(", ") } else { String::new() },
        figures: figures(&counts, is_open && today > round.due_on, &address),
        counts,
        states: states(&wanted.state),
        escalations: [("", "All"), ("yes", "Escalated")]
            .map(|(value, words)| Choice::of(value, words, &wanted.escalated))
            .into(),
        owners: owners(&all, &wanted.owner),
        heads: heads(&wanted, &address),
        files: ["csv", "xlsx"].map(|kind| {
            format!("/rounds/{}/export/{kind}{}{query}", kept.id, if query.is_empty() { "" } else { "?" })
        }),
        foreseen,
        found: counted(found.len(), "request", "requests"),
        requests: found
            .into_iter()
            .map(|shown| row(told, shown, who.may_do(ASK) && is_open, today))
            .collect(),
        timeline,
        wanted,
    }
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

fn states(chosen: &str) -> Vec<Choice> {
    let all = State::ALL.map(|state| Choice::of(state.as_str(), state.words(), chosen));
    std::iter::once(Choice::of("", "All", chosen)).chain(all).collect()
}

/// The heads that sort: words, address, and how the list is sorted by it now.
fn heads(wanted: &Wanted, address: &dyn Fn(&Wanted) -> String) -> Vec<(&'static str, String, &'static str)> {
    let head = |(words, sort): (&'static str, &str)| {
        let is_sorted = wanted.sort == sort;
        let by = if is_sorted { String::new() } else { sort.to_owned() };
        let to = address(&Wanted { sort: by, ..wanted.clone() });
        (words, to, if is_sorted { "ascending" } else { "" })
    };
    [("Asked", "owner"), ("State", "state")].map(head).into()
}

/// What was just done. A reminder or an escalation says to whom it went.
fn done(told: &Told<'_>, wanted: &Wanted, all: &[Shown], foreseen: &Foreseen) -> Option<String> {
    let about = all.iter().find(|shown| shown.request.recommendation.as_str() == wanted.about);
    let post = about.and_then(|shown| match wanted.done.as_str() {
        "reminders" => Some(shown.owes()),
        "escalations" => shown.request.escalated.as_ref().map(|(_, to)| to.as_str()),
        _ => None,
    });
    let note = post.map(|post| told.note(post)).unwrap_or_default();
    done_words(&wanted.done, all.len(), foreseen, post.map(|post| (post, note.as_str())))
}

fn row(told: &Told<'_>, shown: Shown, may_ask: bool, today: Date) -> Row {
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
        told: if told.is_open() && shown.state == State::Unanswered {
            told.note(shown.owes())
        } else {
            String::new()
        },
        escalated_told: request
            .escalated
            .as_ref()
            .filter(|_| told.is_open() && shown.state == State::Unanswered)
            .map_or_else(String::new, |(_, to)| told.note(to)),
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

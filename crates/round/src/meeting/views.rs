//! What the meetings’ pages show.

use askama::Template;
use jiff::civil::Date;
use journal::{Entry, Id};
use plan::{
    recommendation::views::status_tag,
    register::rules::{Item, Register, STALE_DAYS},
    words::{counted, day, short_day, short_target, thousands},
};
use serde::Serialize;
use users::User;
use web::{Choice, Frame, Section};

use super::{
    agenda::{Reason, agenda},
    pages::Wanted,
    paging::Pages,
    rules::{Fact, Meeting, Sitting, Standing, due_before},
};
use crate::{
    group::{
        pages::KEEP,
        rules::Group,
        views::{Moment, Suggested, Telling, suggested},
    },
    month::pages::ASK,
    workday::rules::Calendar,
};

/// How many meetings a page of the list has.
const PAGE: usize = 50;

/// The list of meetings.
#[derive(Debug, Template, Serialize)]
#[template(path = "meeting/list.html")]
pub(crate) struct ListPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    may_keep: bool,
    found: String,
    wanted: Wanted,
    #[serde(skip)]
    groups: Vec<Choice>,
    #[serde(skip)]
    whens: Vec<Choice>,
    #[serde(skip)]
    standings: Vec<Choice>,
    #[serde(skip)]
    heads: Vec<(&'static str, String, &'static str)>,
    #[serde(skip)]
    is_empty: bool,
    meetings: Vec<Line>,
    #[serde(skip)]
    pages: Pages,
    suggested: Vec<(String, String, Vec<Suggested>)>,
}

#[derive(Debug, Serialize)]
struct Line {
    id: String,
    on: String,
    group: String,
    place: String,
    standing: &'static str,
    #[serde(skip)]
    tag: &'static str,
    papers: String,
    updates: String,
}

/// The list that `wanted` means.
pub(crate) fn list_page(
    groups: &[(Id, Group)],
    meetings: &[(Id, Meeting)],
    wanted: Wanted,
    who: &User,
    today: Date,
) -> ListPage {
    let name = |id: &Id| {
        let group = groups.iter().find(|(known, _)| known == id);
        group.map_or("", |(_, group)| group.terms.name.as_str())
    };
    let mut found: Vec<&(Id, Meeting)> =
        meetings.iter().filter(|(_, meeting)| finds(&wanted, meeting, today)).collect();
    let (key, down) = wanted.sort.strip_prefix('-').map_or((wanted.sort.as_str(), false), |key| (key, true));
    sort(&mut found, key == "group", down, name);
    let link = |change: &dyn Fn(&mut Wanted)| {
        let mut asked = Wanted { page: 0, ..wanted.clone() };
        change(&mut asked);
        format!("/meetings?{}", serde_html_form::to_string(asked).unwrap_or_default())
    };
    let (pages, rows) = Pages::of(wanted.page, found.len(), PAGE, |page| link(&|asked| asked.page = page));
    let head = |words, by: &str, key: &str| {
        let sorted = if key == by { if down { "descending" } else { "ascending" } } else { "" };
        let sort = if key == by && !down { format!("-{by}") } else { by.to_owned() };
        (words, link(&|asked| asked.sort.clone_from(&sort)), sorted)
    };
    let key = if key.is_empty() { "day" } else { key };
    let whens = [("", "To come"), ("past", "Past"), ("all", "All")];
    let standings = [("", "Any"), ("called", "Called"), ("held", "Held"), ("cancelled", "Cancelled")];
    let going = groups.iter().filter(|(id, group)| {
        group.ended.is_none() && (wanted.group.is_empty() || wanted.group == id.as_str())
    });
    ListPage {
        frame: Frame::of("Meetings", Section::Month).seen_by(who.signed()),
        may_keep: who.may_do(KEEP),
        found: counted(found.len(), "meeting", "meetings"),
        groups: std::iter::once(Choice::of("", "All groups", &wanted.group))
            .chain(
                groups.iter().map(|(id, group)| Choice::of(id.as_str(), &*group.terms.name, &wanted.group)),
            )
            .collect(),
        whens: whens.map(|(value, words)| Choice::of(value, words, &wanted.when)).into(),
        standings: standings.map(|(value, words)| Choice::of(value, words, &wanted.standing)).into(),
        heads: vec![head("Day", "day", key), head("Group", "group", key)],
        is_empty: meetings.is_empty(),
        meetings: found[rows].iter().map(|(id, meeting)| line(id, meeting, name(&meeting.group))).collect(),
        pages,
        suggested: going
            .map(|(id, group)| {
                (id.to_string(), group.terms.name.clone(), suggested(id, group, meetings, today))
            })
            .filter(|(_, _, days)| !days.is_empty())
            .collect(),
        wanted,
    }
}

/// In the order of the days, in which they come, or by their groups' names.
fn sort<'a>(found: &mut [&(Id, Meeting)], by_group: bool, down: bool, name: impl Fn(&Id) -> &'a str) {
    if by_group {
        found.sort_by_key(|(_, meeting)| name(&meeting.group).to_lowercase());
    }
    if down {
        found.reverse();
    }
}

fn finds(wanted: &Wanted, meeting: &Meeting, today: Date) -> bool {
    let when = match wanted.when.as_str() {
        "all" => true,
        "past" => meeting.on < today,
        _ => meeting.on >= today,
    };
    when && (wanted.group.is_empty() || wanted.group == meeting.group.as_str())
        && (wanted.standing.is_empty() || wanted.standing == meeting.standing.as_str())
}

fn line(id: &Id, meeting: &Meeting, group: &str) -> Line {
    let due = due_before(Calendar::scotland(), meeting.on).ok();
    let due =
        |pick: fn(super::rules::DueBefore) -> Date| due.map_or_else(String::new, |due| short_day(pick(due)));
    Line {
        id: id.to_string(),
        on: short_day(meeting.on),
        group: group.to_owned(),
        place: meeting.place.clone(),
        standing: meeting.standing.words(),
        tag: tag(&meeting.standing),
        papers: due(|due| due.papers),
        updates: due(|due| due.updates),
    }
}

/// The colour of a standing; its word stands beside it.
fn tag(standing: &Standing) -> &'static str {
    match standing {
        Standing::Called => "open",
        Standing::Cancelled { .. } => "superseded",
        Standing::Held { .. } => "discharged",
    }
}

/// A meeting’s page.
#[derive(Debug, Template, Serialize)]
#[template(path = "meeting/show.html")]
pub(crate) struct ShowPage {
    #[serde(skip)]
    pub frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    #[serde(skip)]
    steps: Vec<(String, &'static str, bool)>,
    id: String,
    #[serde(skip)]
    group_address: String,
    group: String,
    on: String,
    place: String,
    standing: &'static str,
    #[serde(skip)]
    tag: &'static str,
    because: String,
    minutes: Option<String>,
    minutes_link: bool,
    papers: String,
    updates: String,
    previous: String,
    next: String,
    made_from: String,
    agenda: Vec<Part>,
    rounds: Vec<(String, String)>,
    timeline: Vec<Moment>,
    entry: String,
}

#[derive(Debug, Serialize)]
struct Part {
    reason: Reason,
    words: String,
    count: usize,
    #[serde(skip)]
    counted: String,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    #[serde(skip)]
    address: String,
    label: String,
    text: String,
    status: &'static str,
    #[serde(skip)]
    tag: &'static str,
    target: String,
    late: Option<String>,
    owner: String,
    also: String,
}

/// What a meeting’s page is made from.
pub(crate) struct Seen<'a> {
    pub group: &'a Group,
    pub sitting: Sitting,
    pub register: &'a Register,
    pub rounds: &'a [(Id, bool)],
    pub is_past: bool,
    pub today: Date,
}

/// The page of a meeting.
pub(crate) fn show_page(
    id: &Id,
    meeting: &Meeting,
    seen: &Seen<'_>,
    timeline: Vec<Moment>,
    who: &User,
) -> ShowPage {
    let Seen { group, sitting, register, .. } = *seen;
    let due = due_before(Calendar::scotland(), meeting.on);
    let told = |pick: fn(super::rules::DueBefore) -> Date| match due {
        Ok(due) => day(pick(due)),
        Err(outside) => outside.to_string(),
    };
    let (because, minutes) = match &meeting.standing {
        Standing::Called => (String::new(), None),
        Standing::Cancelled { reason } => (reason.clone(), None),
        Standing::Held { minutes } => (String::new(), Some(minutes.clone())),
    };
    let title = format!("{}, {}", group.terms.name, day(meeting.on));
    ShowPage {
        frame: Frame::of(&*title, Section::Month).seen_by(who.signed()),
        crumbs: vec![("/meetings".to_owned(), "Meetings".to_owned()), (String::new(), title)],
        steps: steps(id, meeting, seen, who),
        id: id.to_string(),
        group_address: format!("/groups/{}", meeting.group),
        group: group.terms.name.clone(),
        on: day(meeting.on),
        place: meeting.place.clone(),
        standing: meeting.standing.words(),
        tag: tag(&meeting.standing),
        because,
        minutes_link: minutes.as_deref().is_some_and(is_link),
        minutes,
        papers: told(|due| due.papers),
        updates: told(|due| due.updates),
        previous: sitting.previous.map_or_else(|| "None".to_owned(), day),
        next: day(sitting.next),
        made_from: if seen.is_past {
            format!("Made from the register as it was at the end of {}", day(meeting.on))
        } else {
            "Made from the register as it is now".to_owned()
        },
        agenda: agenda(register, &group.terms, sitting)
            .into_iter()
            .map(|(reason, items)| part(seen, reason, &items))
            .collect(),
        rounds: seen.rounds.iter().map(|round| round_link(meeting, round)).collect(),
        timeline,
        entry: thousands(usize::try_from(register.position.seq).unwrap_or(0)),
    }
}

/// A round of the meeting: its address, and whether it goes on though the meeting does not.
fn round_link(meeting: &Meeting, (id, is_open): &(Id, bool)) -> (String, String) {
    let words = match (is_open, &meeting.standing) {
        (true, Standing::Called) => "Open",
        (true, _) => "Still open: owners are reminded until it is closed",
        (false, _) => "Closed",
    };
    (format!("/rounds/{id}"), words.to_owned())
}

/// An address that a browser may be led to: nothing but a plain web address.
fn is_link(minutes: &str) -> bool {
    minutes.starts_with("https://") && !minutes.contains(char::is_whitespace)
}

/// What this person may do with it: an address, words, and whether it is what comes next.
fn steps(id: &Id, meeting: &Meeting, seen: &Seen<'_>, who: &User) -> Vec<(String, &'static str, bool)> {
    let mut steps = Vec::new();
    let is_asked = seen.rounds.iter().any(|(_, is_open)| *is_open);
    if meeting.standing == Standing::Called && meeting.on > seen.today && !is_asked && who.may_do(ASK) {
        steps.push((format!("/rounds/new?meeting={id}"), "Ask for updates", true));
    }
    if !who.may_do(KEEP) {
        return steps;
    }
    let mut add = |word: &str, words, next| steps.push((format!("/meetings/{id}/{word}"), words, next));
    match meeting.standing {
        Standing::Called => {
            if meeting.on <= seen.today {
                add("held", "Record it as held", true);
            }
            add("move", "Move it", false);
            add("cancellation", "Cancel it", false);
        }
        Standing::Held { .. } => add("minutes", "Record the minutes", false),
        Standing::Cancelled { .. } => {}
    }
    steps
}

fn part(seen: &Seen<'_>, reason: Reason, items: &[&Item]) -> Part {
    let rows = items.iter().map(|item| row(seen, reason, item)).collect();
    let counted = counted(items.len(), "recommendation", "recommendations");
    let words = match (reason, seen.sitting.previous) {
        (Reason::WithoutUpdate, Some(previous)) => format!("Without an update since {}", day(previous)),
        (Reason::WithoutUpdate, None) => format!("Without an update for {STALE_DAYS} days"),
        _ => reason.words().to_owned(),
    };
    Part { reason, words, count: items.len(), counted, rows }
}

fn row(seen: &Seen<'_>, reason: Reason, item: &Item) -> Row {
    let others = Reason::ALL.into_iter().filter(|other| *other != reason);
    let also: Vec<String> = others
        .filter(|other| other.holds(seen.sitting, item))
        .map(|other| other.words().to_lowercase())
        .collect();
    let status = item.recommendation.status;
    Row {
        address: if seen.is_past {
            format!("/recommendations/{}?as_at={}", item.id, seen.register.position.seq)
        } else {
            format!("/recommendations/{}", item.id)
        },
        label: item.label(),
        text: item.short_text(),
        status: status.words(),
        tag: status_tag(status),
        target: item.current_target().map_or_else(|| "Not set".to_owned(), short_target),
        late: item.delay_from_current(seen.sitting.on).map(|delay| format!("{delay} past it on that day")),
        owner: item.recommendation.owner_post.clone(),
        also: if also.is_empty() { String::new() } else { format!("Also: {}", also.join(", ")) },
    }
}

/// What an entry says of a meeting.
pub(crate) fn tell(entry: &Entry) -> Telling {
    Ok(entry.fact::<Fact>()?.map(|fact| match fact {
        Fact::Called { on, place, .. } => (format!("Called for {}", day(on)), place),
        Fact::Moved { to, reason } => (format!("Moved to {}", day(to)), reason),
        Fact::Cancelled { reason } => ("Cancelled".to_owned(), reason),
        Fact::Held { minutes } => ("Held".to_owned(), minutes),
        Fact::MinutesRecorded { minutes } => ("Minutes recorded".to_owned(), minutes),
    }))
}

//! What the groups’ pages show, and the timeline that every page of the month has.

use askama::Template;
use jiff::civil::Date;
use journal::{Connection, DatabaseError, Entry, Id, OPEN_END, history};
use plan::{
    inspection::rules::Inspection,
    words::{counted, day, moment, short_day},
};
use serde::Serialize;
use users::{Role, User};
use web::{Choice, Frame, Section};

use super::{
    pages::{KEEP, Wanted},
    rules::{Fact, Group, Kind, Member},
};
use crate::{
    meeting::rules::{Meeting, Standing},
    month::SERVICE,
    workday::rules::Calendar,
};

/// The list of groups.
#[derive(Debug, Template, Serialize)]
#[template(path = "group/list.html")]
pub(crate) struct ListPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    may_keep: bool,
    found: String,
    wanted: Wanted,
    #[serde(skip)]
    kinds: Vec<Choice>,
    #[serde(skip)]
    states: Vec<Choice>,
    #[serde(skip)]
    heads: Vec<(&'static str, String, &'static str)>,
    #[serde(skip)]
    is_empty: bool,
    groups: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Line {
    id: String,
    name: String,
    #[serde(skip)]
    kind: Kind,
    stands: &'static str,
    cadence: String,
    chair: String,
    members: String,
    #[serde(skip)]
    next: Option<Date>,
    meets: String,
    ended: Option<String>,
}

/// The list that `wanted` means.
pub(crate) fn list_page(
    groups: &[(Id, Group)],
    meetings: &[(Id, Meeting)],
    wanted: Wanted,
    who: &User,
    today: Date,
) -> ListPage {
    let mut lines: Vec<Line> = groups
        .iter()
        .filter(|(_, group)| finds(&wanted, group))
        .map(|(id, group)| line(id, group, meetings, today))
        .collect();
    let (key, down) = wanted.sort.strip_prefix('-').map_or((wanted.sort.as_str(), false), |key| (key, true));
    match key {
        "kind" => lines.sort_by_key(|line| line.kind),
        "next" => lines.sort_by_key(|line| line.next.unwrap_or(Date::MAX)),
        _ => lines.sort_by_key(|line| line.name.to_lowercase()),
    }
    if down {
        lines.reverse();
    }
    let states = [("", "Those that go on"), ("ended", "Those that ended"), ("all", "All")];
    let kinds = Kind::ALL.map(|kind| Choice::of(kind.as_str(), kind.words(), &wanted.kind));
    ListPage {
        frame: Frame::of("Governance groups", Section::Month).seen_by(who.signed()),
        may_keep: who.may_do(KEEP),
        found: counted(lines.len(), "group", "groups"),
        kinds: std::iter::once(Choice::of("", "All kinds", &wanted.kind)).chain(kinds).collect(),
        states: states.map(|(value, words)| Choice::of(value, words, &wanted.state)).into(),
        heads: [("Group", "name"), ("Where it stands", "kind"), ("Next meeting", "next")]
            .map(|(words, by)| head(&wanted, words, by, if key.is_empty() { "name" } else { key }, down))
            .into(),
        is_empty: groups.is_empty(),
        groups: lines,
        wanted,
    }
}

fn head(
    wanted: &Wanted,
    words: &'static str,
    by: &str,
    key: &str,
    down: bool,
) -> (&'static str, String, &'static str) {
    let is_sorted = key == by;
    let sort = if is_sorted && !down { format!("-{by}") } else { by.to_owned() };
    let query = serde_html_form::to_string(Wanted { sort, ..wanted.clone() }).unwrap_or_default();
    let sorted = match (is_sorted, down) {
        (false, _) => "",
        (true, false) => "ascending",
        (true, true) => "descending",
    };
    (words, format!("/groups?{query}"), sorted)
}

fn finds(wanted: &Wanted, group: &Group) -> bool {
    let state = match wanted.state.as_str() {
        "all" => true,
        "ended" => group.ended.is_some(),
        _ => group.ended.is_none(),
    };
    let mut text = format!("{}\n{}", group.terms.name, group.terms.reference);
    for member in &group.members {
        text.extend(["\n", member.post.as_str(), "\n", member.alternate.as_str()]);
    }
    let text = text.to_lowercase();
    state
        && (wanted.kind.is_empty() || wanted.kind == group.terms.kind.as_str())
        && wanted.words.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

fn line(id: &Id, group: &Group, meetings: &[(Id, Meeting)], today: Date) -> Line {
    let called = |(_, meeting): &&(Id, Meeting)| {
        meeting.group == *id && meeting.on >= today && meeting.standing == Standing::Called
    };
    let next = meetings.iter().filter(called).map(|(_, meeting)| meeting.on).min();
    Line {
        id: id.to_string(),
        name: group.terms.name.clone(),
        kind: group.terms.kind,
        stands: group.terms.kind.words(),
        cadence: group.terms.cadence.to_string(),
        chair: group.chair().unwrap_or("Nobody").to_owned(),
        members: counted(group.members.len(), "member", "members"),
        next,
        meets: next.map_or_else(|| "None called".to_owned(), short_day),
        ended: group.ended.as_ref().map(|(on, _)| format!("Ended {}", short_day(*on))),
    }
}

/// A group’s page.
#[derive(Debug, Template, Serialize)]
#[template(path = "group/show.html")]
pub(crate) struct ShowPage {
    #[serde(skip)]
    pub frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    #[serde(skip)]
    may_keep: bool,
    id: String,
    name: String,
    kind: &'static str,
    cadence: String,
    chair: Option<String>,
    reference: String,
    /// The plans that it looks after: address and title; none means all.
    pub plans: Vec<(String, String)>,
    ended: Option<String>,
    members: Vec<Member>,
    meetings: Vec<MeetingLine>,
    suggested: Vec<Suggested>,
    timeline: Vec<Moment>,
}

#[derive(Debug, Serialize)]
struct MeetingLine {
    id: String,
    on: String,
    standing: &'static str,
}

/// A day on which the group would meet by its cadence.
#[derive(Debug, Serialize)]
pub(crate) struct Suggested {
    /// As an address has it.
    pub on: String,
    /// As a page has it.
    pub words: String,
    /// The bank holiday on it, or why it cannot be said.
    pub but: String,
}

/// The days on which a group would meet next by its cadence, without those on which it meets anyway.
pub(crate) fn suggested(id: &Id, group: &Group, meetings: &[(Id, Meeting)], today: Date) -> Vec<Suggested> {
    if group.ended.is_some() {
        return Vec::new();
    }
    let calendar = Calendar::scotland();
    let own = meetings.iter().filter(|(_, meeting)| meeting.group == *id);
    let called: Vec<Date> = own
        .filter(|(_, meeting)| meeting.standing == Standing::Called && meeting.on >= today)
        .map(|(_, meeting)| meeting.on)
        .collect();
    // A month or a quarter that has its meeting needs no other: look on from the last one called.
    let after = called.iter().copied().max().unwrap_or(today);
    let but = |on: Date| match calendar.is_working_day(on) {
        Ok(true) => String::new(),
        Ok(false) => calendar.holiday(on).unwrap_or("no working day").to_owned(),
        Err(outside) => outside.to_string(),
    };
    let days = group.terms.cadence.next_days(after, 3).into_iter();
    days.map(|on| Suggested { on: on.to_string(), words: day(on), but: but(on) }).collect()
}

/// The page of a group.
pub(crate) fn show_page(
    id: &Id,
    group: &Group,
    meetings: &[(Id, Meeting)],
    timeline: Vec<Moment>,
    who: &User,
    today: Date,
) -> ShowPage {
    let own = meetings.iter().rev().filter(|(_, meeting)| meeting.group == *id);
    let ended = group.ended.as_ref();
    ShowPage {
        frame: Frame::of(&*group.terms.name, Section::Month).seen_by(who.signed()),
        crumbs: vec![("/groups".to_owned(), "Groups".to_owned()), (String::new(), group.terms.name.clone())],
        may_keep: who.may_do(KEEP) && ended.is_none(),
        id: id.to_string(),
        name: group.terms.name.clone(),
        kind: group.terms.kind.words(),
        cadence: group.terms.cadence.to_string(),
        chair: group.chair().map(str::to_owned),
        reference: group.terms.reference.clone(),
        plans: Vec::new(),
        ended: ended.map(|(on, reason)| format!("Ended on {}: {reason}", day(*on))),
        members: group.members.clone(),
        meetings: own
            .map(|(id, meeting)| MeetingLine {
                id: id.to_string(),
                on: day(meeting.on),
                standing: meeting.standing.words(),
            })
            .collect(),
        suggested: suggested(id, group, meetings, today),
        timeline,
    }
}

/// The plans that a group looks after, with their addresses.
pub(crate) fn looked_after(group: &Group, all: &[(Id, Inspection)]) -> Vec<(String, String)> {
    let wanted = |(id, _): &&(Id, Inspection)| group.terms.plans.contains(id);
    all.iter().filter(wanted).map(|(id, plan)| (format!("/inspections/{id}"), plan.title.clone())).collect()
}

/// One entry of a timeline.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Moment {
    /// What happened.
    pub title: String,
    /// Who did it, in which role.
    pub who: String,
    /// When, for a program.
    pub at: String,
    /// When, in words.
    pub at_words: String,
    /// What was said of it.
    pub words: String,
}

/// What an entry says: a title and words, or nothing where it is not of that noun.
pub(crate) type Telling = Result<Option<(String, String)>, DatabaseError>;

/// Everything that happened to `id`, the latest first, in the words of `tell`.
pub(crate) async fn timeline(
    conn: &mut Connection,
    id: &Id,
    tell: fn(&Entry) -> Telling,
) -> Result<Vec<Moment>, DatabaseError> {
    let names = users::account::names_in_history(&mut *conn, id).await?;
    let mut moments: Vec<Moment> = Vec::new();
    for entry in history(conn, id, OPEN_END).await? {
        let Some((title, words)) = tell(&entry)? else { continue };
        let by_service = entry.actor.who == SERVICE;
        let name = names.get(&entry.actor.who).map_or("Somebody", String::as_str);
        let who = match Role::of(&entry.actor.role) {
            Some(role) => format!("{name}, {role}"),
            None if by_service => "This service".to_owned(),
            None => name.to_owned(),
        };
        let at_words = moment(entry.at);
        match moments.last_mut() {
            // A hundred reminders of one minute are one thing that happened.
            Some(Moment { title: last, who: by, at_words: then, words: said, .. })
                if *last == title && *by == who && *then == at_words =>
            {
                said.push('\n');
                said.push_str(&words);
            }
            _ => moments.push(Moment { title, who, at: entry.at.to_string(), at_words, words }),
        }
    }
    moments.reverse();
    Ok(moments)
}

/// What an entry says of a group.
pub(crate) fn tell(entry: &Entry) -> Telling {
    let seat = |alternate: &str, chairs: bool| {
        let alternate =
            if alternate.is_empty() { "no alternate".to_owned() } else { format!("alternate {alternate}") };
        format!("{}, {alternate}", if chairs { "In the chair" } else { "Member" })
    };
    Ok(entry.fact::<Fact>()?.map(|fact| match fact {
        Fact::Formed(terms) => ("Set up".to_owned(), format!("{}. {}", terms.name, terms.cadence)),
        Fact::TermsChanged { terms, reason } => {
            ("Changed".to_owned(), format!("{}. {}. {reason}", terms.name, terms.cadence))
        }
        Fact::MemberAdded { post, alternate, chairs } => (format!("{post} added"), seat(&alternate, chairs)),
        Fact::MemberChanged { post, alternate, chairs, reason } => {
            (format!("{post} changed"), format!("{}. {reason}", seat(&alternate, chairs)))
        }
        Fact::MemberRemoved { post, reason } => (format!("{post} removed"), reason),
        Fact::Ended { reason, .. } => ("Ended".to_owned(), reason),
    }))
}

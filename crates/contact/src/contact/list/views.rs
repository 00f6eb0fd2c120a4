//! What the list of contacts shows, made by plain functions.

use askama::Template;
use jiff::Timestamp;
use journal::{Id, Refusal};
use serde::{Deserialize, Serialize};
use users::User;
use web::{Choice, Frame, Section};

use super::rows::Listed;
use crate::{
    codes,
    contact::rules::{Channel, State},
};

/// What the address of the list says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// A reference as it was said: "C-1F2J-K".
    pub reference: String,
    /// A channel’s key.
    pub channel: String,
    /// A state’s key.
    pub state: String,
    /// "with" for attempts, too.
    pub attempts: String,
    /// A division’s letter.
    pub division: String,
    /// The day they came.
    pub day: String,
    /// The place in the list where the page begins.
    pub before: String,
}

impl Query {
    fn is_filtered(&self) -> bool {
        *self != Self { before: self.before.clone(), ..Self::default() }
    }

    fn from(&self, before: &str) -> String {
        let query = Self { before: before.to_owned(), ..self.clone() };
        let pairs = [
            ("channel", query.channel),
            ("state", query.state),
            ("attempts", query.attempts),
            ("division", query.division),
            ("day", query.day),
            ("before", query.before),
        ];
        let pairs: Vec<_> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        format!("/contacts?{}", serde_html_form::to_string(pairs).unwrap_or_default())
    }
}

/// The list’s page.
#[derive(Debug, Template, Serialize)]
#[template(path = "contact/list/list.html")]
pub struct ListPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    #[serde(skip)]
    query: Query,
    #[serde(skip)]
    channels: Vec<Choice>,
    #[serde(skip)]
    states: Vec<Choice>,
    #[serde(skip)]
    attempts: Vec<Choice>,
    #[serde(skip)]
    refusals: Vec<Refusal>,
    #[serde(skip)]
    reference_error: Option<String>,
    #[serde(skip)]
    day_error: Option<String>,
    #[serde(skip)]
    is_filtered: bool,
    #[serde(skip)]
    may_record: bool,
    #[serde(skip)]
    empty_words: &'static str,
    #[serde(skip)]
    found_words: String,
    contacts: Vec<Row>,
    /// The address of what is older; nothing at the end.
    older: Option<String>,
    /// The address of the newest; nothing where they are shown.
    newest: Option<String>,
}

/// A contact as the list shows it.
#[derive(Debug, Serialize)]
struct Row {
    id: String,
    reference: String,
    address: String,
    arrived_at: Timestamp,
    #[serde(skip)]
    day: String,
    #[serde(skip)]
    time: String,
    channel: &'static str,
    #[serde(skip)]
    channel_words: String,
    state: &'static str,
    #[serde(skip)]
    state_words: &'static str,
    #[serde(skip)]
    state_tag: &'static str,
    is_attempt: bool,
    waited_seconds: Option<i64>,
    handled_seconds: Option<i64>,
    #[serde(skip)]
    waited: String,
    #[serde(skip)]
    handled: String,
    number: String,
    name: String,
    relation: String,
    place_words: String,
    division: String,
    incident: Option<String>,
    outcome: String,
    #[serde(skip)]
    outcome_words: String,
    /// Of a call that was given up: when somebody with the same number was heard again, and in which contact.
    answered_again_at: Option<Timestamp>,
    answered_again_in: Option<String>,
    #[serde(skip)]
    answered_again: String,
}

/// The page of `contacts` that `query` means, for `who`.
pub fn list_page(
    query: &Query,
    contacts: Vec<Listed>,
    older: Option<String>,
    who: &User,
    refusals: Vec<Refusal>,
) -> ListPage {
    let error = |field: &str| {
        refusals.iter().find(|refusal| refusal.field == field).map(|refusal| refusal.sentence.to_string())
    };
    let first = |words: &str, chosen: &str| Choice::of("", words, chosen);
    let channels = Channel::ALL.map(|one| Choice::of(one.as_str(), one.words(), &query.channel));
    let states = State::ALL.map(|one| Choice::of(one.as_str(), one.words(), &query.state));
    let count = journal::words::counted(contacts.len(), "contact", "contacts");
    ListPage {
        frame: Frame::of("Contacts", Section::Contacts).seen_by(who.signed()),
        crumbs: vec![(String::new(), "Contacts".to_owned())],
        channels: [first("Any channel", &query.channel)].into_iter().chain(channels).collect(),
        states: [first("Any state", &query.state)].into_iter().chain(states).collect(),
        attempts: vec![
            first("Left out: counted apart", &query.attempts),
            Choice::of("with", "Shown, too", &query.attempts),
        ],
        reference_error: error("reference"),
        day_error: error("day"),
        is_filtered: query.is_filtered(),
        may_record: who.may_do("contact.record"),
        empty_words: if query.is_filtered() { "No contact fits." } else { "Nobody has been in touch yet." },
        found_words: if older.is_some() { format!("The latest {count}") } else { count },
        contacts: contacts.into_iter().map(row).collect(),
        older: older.map(|place| query.from(&place)),
        newest: (!query.before.is_empty()).then(|| query.from("")),
        query: query.clone(),
        refusals,
    }
}

fn row(listed: Listed) -> Row {
    let Listed { id, reference, contact, heard_again, .. } = listed;
    let (arrival, state) = (&contact.arrival, contact.state());
    let at = arrival.arrived_at.to_zoned(journal::scotland());
    let option = codes::words(codes::options(), &arrival.option);
    let channel = arrival.channel.words();
    let caller = contact.caller.clone().unwrap_or_default();
    let place = contact.location.clone().unwrap_or_default();
    let outcome = contact.ended.as_ref().map_or(String::new(), |ended| ended.outcome.clone());
    let outcomes = if contact.is_attempt { codes::ended_by() } else { codes::contact_outcomes() };
    let (again_in, again_at) = heard_again.unzip();
    Row {
        answered_again: again_at.map_or_else(String::new, |at| again(arrival.arrived_at, at)),
        answered_again_at: again_at,
        answered_again_in: again_in.map(|id: Id| id.to_string()),
        address: format!("/contacts/{id}"),
        id: id.to_string(),
        reference,
        arrived_at: arrival.arrived_at,
        day: journal::words::short_day(at.date()),
        time: at.strftime("%H:%M:%S").to_string(),
        channel: arrival.channel.as_str(),
        channel_words: if option.is_empty() { channel.to_owned() } else { format!("{channel}, {option}") },
        state: state.as_str(),
        state_words: state.words(),
        state_tag: match state {
            State::Waiting => "proposed",
            State::Open => "open",
            State::Ended => "discharged",
            State::Attempt => "superseded",
        },
        is_attempt: contact.is_attempt,
        waited_seconds: contact.waited_seconds(),
        handled_seconds: contact.handled_seconds(),
        waited: contact.waited_seconds().map_or_else(String::new, duration),
        handled: contact.handled_seconds().map_or_else(String::new, duration),
        number: arrival.number.shown().to_owned(),
        name: caller.name.shown().to_owned(),
        relation: codes::words(codes::relations(), &caller.relation).to_owned(),
        place_words: place.words.shown().to_owned(),
        division: place.division,
        incident: contact.incident.map(|incident| incident.to_string()),
        outcome_words: codes::words(outcomes, &outcome).to_owned(),
        outcome,
    }
}

/// "Answered again at 20:14", with its day where that is another.
fn again(came: Timestamp, at: Timestamp) -> String {
    let local = at.to_zoned(journal::scotland());
    let is_same_day = journal::day_of(came) == journal::day_of(at);
    let day =
        if is_same_day { String::new() } else { format!("{}, ", journal::words::short_day(local.date())) };
    format!("Answered again at {day}{}", local.strftime("%H:%M"))
}

/// "1 min 06 s".
fn duration(seconds: i64) -> String {
    match (seconds / 3_600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, seconds) => format!("{minutes} min {seconds:02} s"),
        (hours, minutes, _) => format!("{hours} h {minutes:02} min"),
    }
}

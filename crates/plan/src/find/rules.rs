//! What is found by some words, and in what order. Pure.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    fold::{fold, fold_into, needles},
    named::Named,
    places::Place,
    snippet::{Part, plain, snippet},
};
use crate::{
    register::{
        list::Query,
        rules::{Item, Register, scottish_day},
    },
    words::{counted, day},
};

/// How many are shown at once.
pub const SHOWN: usize = 20;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A recommendation, by its reference, its words or what is said about it.
    Recommendation,
    /// An action of one.
    Action,
    /// An update of one.
    Update,
    /// An inspection.
    Inspection,
    /// The owner of recommendations.
    Owner,
    /// A page.
    Page,
    /// An area for development.
    Area,
    /// A programme of change.
    Programme,
    /// An inspection under way.
    UnderWay,
    /// An earlier paper.
    Source,
    /// A governance group.
    Group,
    /// A meeting of a group.
    Meeting,
    /// A round of requests for updates.
    Round,
}

impl Kind {
    /// The word of a page.
    pub fn words(self) -> &'static str {
        match self {
            Self::Recommendation => "Recommendation",
            Self::Action => "Action",
            Self::Update => "Update",
            Self::Inspection => "Inspection",
            Self::Owner => "Owner",
            Self::Page => "Page",
            Self::Area => "Area for development",
            Self::Programme => "Programme of change",
            Self::UnderWay => "Inspection under way",
            Self::Source => "Earlier paper",
            Self::Group => "Governance group",
            Self::Meeting => "Meeting",
            Self::Round => "Round",
        }
    }

    /// Where in the order it stands when its name has the words. A group meets every month: its meetings and
    /// rounds would push everything else from the list.
    fn rank(self) -> Rank {
        match self {
            Self::Meeting | Self::Round => Rank::Day,
            Self::Area => Rank::About,
            _ => Rank::Named,
        }
    }
}

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// What it is.
    pub kind: Kind,
    /// The same in words.
    pub kind_words: &'static str,
    /// Its short name: "CAM22-R3".
    pub label: String,
    /// The words it was found by, and those around them.
    pub context: Vec<Part>,
    /// Where it stands, if it is not open: "Discharged".
    pub note: &'static str,
    /// Where it is.
    pub address: String,
}

/// What was found, the likeliest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found {
    /// At most as many as were asked for.
    pub hits: Vec<Hit>,
    /// How many there are in all.
    pub found: usize,
}

/// The order of what is found. A reference is meant by nobody who does not mean the recommendation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Reference,
    Page,
    Inspection,
    Named,
    Title,
    Owner,
    About,
    Action,
    Update,
    /// One of the many days on which a group meets.
    Day,
    /// Something with a name, by what is said about it.
    AboutNamed,
    /// The words that say what a page is for are common ones, and seldom meant.
    AboutPage,
}

/// Something found, before it is known whether it will be shown.
struct Candidate<'a> {
    rank: Rank,
    is_closed: bool,
    what: What<'a>,
}

enum What<'a> {
    Item(&'a Item),
    Action(&'a Item, usize),
    Update(&'a Item, usize),
    Inspection(usize),
    Owner(&'a str, Owned),
    Page(&'static Place),
    Named(&'a Named),
}

/// How many recommendations an owner has.
#[derive(Debug, Clone, Copy, Default)]
struct Owned {
    all: usize,
    open: usize,
}

/// What `words` find in the register, among what is `named` beside it, and among the `places` that this person
/// may see: at most `limit`.
///
/// Every word has to begin a word of what is found. A recommendation is found once: its words, what is said
/// about it, its actions and updates are looked through in this order, and it is told by the text in which
/// the last of the words was found.
pub fn search(
    register: &Register,
    named: &[Named],
    places: &[&'static Place],
    words: &str,
    limit: usize,
) -> Found {
    let needles = needles(words);
    if needles.is_empty() {
        return Found { hits: Vec::new(), found: 0 };
    }
    let mut texts = Texts::default();
    let mut found: Vec<Candidate> = Vec::new();
    for place in places {
        let rank = texts.rank(place.name, place.about, &needles, (Rank::Page, Rank::AboutPage));
        found.extend(rank.map(|rank| candidate(rank, What::Page(place))));
    }
    for one in named {
        let rank = texts.rank(&one.name, &one.about, &needles, (one.kind.rank(), Rank::AboutNamed));
        let is_closed = !one.note.is_empty();
        found.extend(rank.map(|rank| Candidate { rank, is_closed, what: What::Named(one) }));
    }
    for (index, (_, inspection)) in register.inspections.iter().enumerate() {
        if texts.have(&[&inspection.code, &inspection.title], &needles) {
            found.push(candidate(Rank::Inspection, What::Inspection(index)));
        }
    }
    for (owner, owned) in owners(register) {
        if texts.have(&[owner], &needles) {
            found.push(candidate(Rank::Owner, What::Owner(owner, owned)));
        }
    }
    let reference = Reference::read(words);
    for item in &register.items {
        let by_reference = reference.means(item).then_some((Rank::Reference, What::Item(item)));
        if let Some((rank, what)) = by_reference.or_else(|| texts.place(item, register, &needles)) {
            found.push(Candidate { rank, is_closed: !item.is_open(), what });
        }
    }
    // Stable: within a rank the open before the closed, and then as the register has them.
    found.sort_by_key(|one| (one.rank, one.is_closed));
    let hits = found.iter().take(limit).map(|one| hit(register, one, &needles)).collect();
    Found { hits, found: found.len() }
}

fn candidate(rank: Rank, what: What<'_>) -> Candidate<'_> {
    Candidate { rank, is_closed: false, what }
}

fn owners(register: &Register) -> BTreeMap<&str, Owned> {
    let mut owners: BTreeMap<&str, Owned> = BTreeMap::new();
    for item in register.items.iter().filter(|item| !item.recommendation.owner_post.is_empty()) {
        let owned = owners.entry(&item.recommendation.owner_post).or_default();
        owned.all += 1;
        owned.open += usize::from(item.is_open());
    }
    owners
}

/// One text after the other, folded into one buffer: a search makes few new strings, however much it reads.
#[derive(Default)]
struct Texts {
    folded: String,
}

impl Texts {
    fn take(&mut self, texts: &[&str]) {
        self.folded.clear();
        for text in texts {
            self.folded.push(' ');
            fold_into(text, &mut self.folded);
        }
    }

    /// Whether every word is in these texts.
    fn have(&mut self, texts: &[&str], needles: &[String]) -> bool {
        self.take(texts);
        needles.iter().all(|needle| self.folded.contains(needle.as_str()))
    }

    /// The first of `ranks` where `name` has every word, the second where it has them with `about`.
    fn rank(&mut self, name: &str, about: &str, needles: &[String], ranks: (Rank, Rank)) -> Option<Rank> {
        let by_name = self.have(&[name], needles).then_some(ranks.0);
        by_name.or_else(|| self.have(&[name, about], needles).then_some(ranks.1))
    }

    /// In which text of `item` the last of the words was found; nothing unless all were.
    fn place<'a>(
        &mut self,
        item: &'a Item,
        register: &Register,
        needles: &[String],
    ) -> Option<(Rank, What<'a>)> {
        let recommendation = &item.recommendation;
        let mut missing: Vec<&String> = needles.iter().collect();
        let mut ends = |folded: &Self| {
            missing.retain(|needle| !folded.folded.contains(needle.as_str()));
            missing.is_empty()
        };
        self.take(&[&item.label(), &recommendation.text]);
        if ends(self) {
            return Some((Rank::Title, What::Item(item)));
        }
        let inspection = register.inspection(&recommendation.inspection).map_or("", |one| one.title.as_str());
        let (post, team) = (&recommendation.owner_post, &recommendation.owner_team);
        self.take(&[inspection, post, team, &recommendation.risk_statement, &recommendation.impact]);
        if ends(self) {
            return Some((Rank::About, What::Item(item)));
        }
        for (index, action) in item.actions.iter().enumerate() {
            self.take(&[&action.text, &action.owner]);
            if ends(self) {
                return Some((Rank::Action, What::Action(item, index)));
            }
        }
        // The latest first: of several that would do, it is the one that is meant.
        for (index, said) in item.updates.iter().enumerate().rev() {
            self.take(&[&said.text]);
            if ends(self) {
                return Some((Rank::Update, What::Update(item, index)));
            }
        }
        None
    }
}

/// What was typed, as a reference: "R02", "CAM22-R3", "cam r3", "cam22 3".
struct Reference {
    whole: String,
    /// The letters of a short name, and the reference after them.
    parted: Option<(String, String)>,
    /// All in one, without signs: "cam22r3".
    joined: String,
}

impl Reference {
    fn read(words: &str) -> Self {
        let folded = fold(words);
        let parted =
            folded.trim().split_once(' ').map(|(code, rest)| (code.to_owned(), rest.trim().to_owned()));
        Self { whole: words.trim().to_owned(), parted, joined: folded.replace(' ', "") }
    }

    fn means(&self, item: &Item) -> bool {
        let recommendation = &item.recommendation;
        if recommendation.goes_by(&self.whole) {
            return true;
        }
        let code = fold(&item.code).replace(' ', "");
        let by_part = self
            .parted
            .as_ref()
            .is_some_and(|(part, rest)| code.starts_with(part.as_str()) && recommendation.goes_by(rest));
        // "cam223" may be the third of CAM22, but nobody means it so: after the short name stands a letter.
        let by_join = self.joined.strip_prefix(code.as_str()).is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_alphabetic()) && recommendation.goes_by(rest)
        });
        by_part || by_join
    }
}

fn hit(register: &Register, candidate: &Candidate<'_>, needles: &[String]) -> Hit {
    let rank = candidate.rank;
    match candidate.what {
        What::Item(item) => {
            let context = match rank {
                Rank::About => about(register, item, needles),
                _ => snippet(&item.recommendation.text, needles),
            };
            of_item(Kind::Recommendation, item, item.label(), context)
        }
        What::Action(item, index) => {
            let action = &item.actions[index];
            let text = [action.text.as_str(), &action.owner].join(" ");
            let label = format!("{}, action {}", item.label(), action.number);
            of_item(Kind::Action, item, label, snippet(&text, needles))
        }
        What::Update(item, index) => {
            let said = &item.updates[index];
            let label = format!("{}, update of {}", item.label(), day(scottish_day(said.at)));
            of_item(Kind::Update, item, label, snippet(&said.text, needles))
        }
        What::Inspection(index) => {
            let (id, inspection) = &register.inspections[index];
            let query = Query { inspection: vec![id.to_string()], ..Query::default() };
            let context = snippet(&inspection.title, needles);
            of_list(Kind::Inspection, inspection.code.clone(), context, query.address(|_| {}))
        }
        What::Owner(post, owned) => {
            let query = Query { owner: post.to_owned(), ..Query::default() };
            let all = counted(owned.all, "recommendation", "recommendations");
            let context = plain(&format!("{all}, {} open", owned.open));
            of_list(Kind::Owner, post.to_owned(), context, query.address(|_| {}))
        }
        What::Page(place) => {
            let context = snippet(place.about, needles);
            of_list(Kind::Page, place.name.to_owned(), context, place.address.to_owned())
        }
        What::Named(one) => Hit {
            note: one.note,
            ..of_list(one.kind, one.name.clone(), snippet(&one.about, needles), one.address.clone())
        },
    }
}

/// The text about a recommendation in which most of the words are; its own words come before it.
fn about(register: &Register, item: &Item, needles: &[String]) -> Vec<Part> {
    let recommendation = &item.recommendation;
    let inspection = register.inspection(&recommendation.inspection).map_or("", |one| one.title.as_str());
    let owner = [recommendation.owner_post.as_str(), &recommendation.owner_team].join(" ");
    let texts = [&recommendation.text, &owner, &recommendation.risk_statement, &recommendation.impact];
    let texts = texts.into_iter().map(String::as_str).chain([inspection]);
    let found = |parts: &[Part]| parts.iter().filter(|part| part.found).count();
    // The first of the greatest: max_by_key would take the last.
    texts
        .map(|text| snippet(text, needles))
        .reduce(|best, next| if found(&next) > found(&best) { next } else { best })
        .unwrap_or_default()
}

fn of_item(kind: Kind, item: &Item, label: String, context: Vec<Part>) -> Hit {
    let note = if item.is_open() { "" } else { item.recommendation.status.words() };
    let address = format!("/recommendations/{}", item.id);
    Hit { kind, kind_words: kind.words(), label, context, note, address }
}

fn of_list(kind: Kind, label: String, context: Vec<Part>, address: String) -> Hit {
    Hit { kind, kind_words: kind.words(), label, context, note: "", address }
}

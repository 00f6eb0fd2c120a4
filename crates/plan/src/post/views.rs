//! What the pages of posts show, made by plain functions.

use std::collections::BTreeMap;

use askama::Template;
use journal::{DatabaseError, Entry, Id};
use serde::{Deserialize, Serialize};
use users::{Person, User};
use web::{Choice, Frame, Section};

use super::rules::{Fact, Named, Post, key};
use crate::words::{counted, moment};

/// What the address of the list says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// Words of the title or of a holder's name.
    pub words: String,
    /// `held`, `unheld` or nothing.
    pub state: String,
    /// What was just done.
    #[serde(skip_serializing)]
    pub done: String,
}

/// The list of posts.
#[derive(Debug, Template, Serialize)]
#[template(path = "post/list.html")]
pub struct ListPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    query: Query,
    #[serde(skip)]
    states: Vec<Choice>,
    lead: String,
    #[serde(skip)]
    may_keep: bool,
    found: usize,
    #[serde(skip)]
    found_words: String,
    posts: Vec<Line>,
}

/// A post in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Its identity, if it was created.
    id: Option<String>,
    title: String,
    holders: Vec<Shown>,
    is_held: bool,
    recommendations: usize,
    actions: usize,
    #[serde(skip)]
    owns: String,
    #[serde(skip)]
    address: String,
}

/// Somebody who acts for a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shown {
    account: String,
    name: String,
    alternate: bool,
    /// Whether their account is open: nobody acts by a closed one.
    is_open: bool,
    #[serde(skip)]
    words: String,
}

fn shown(post: &Post, people: &[Person]) -> Vec<Shown> {
    let of = |holder: &super::rules::Holder| {
        let person = people.iter().find(|person| person.id == holder.account);
        let is_open = person.is_some_and(|person| person.is_open);
        let mut words = Vec::new();
        words.extend(holder.alternate.then_some("alternate"));
        words.extend((!is_open).then_some("account closed"));
        Shown {
            account: holder.account.to_string(),
            name: person.map_or_else(|| "Unknown".to_owned(), |person| person.name.clone()),
            alternate: holder.alternate,
            is_open,
            words: words.join(", "),
        }
    };
    post.holders.iter().map(of).collect()
}

/// Every post that was created or that the register names, those that nobody holds first.
pub fn lines(posts: &[(Id, Post)], named: &BTreeMap<String, Named>, people: &[Person]) -> Vec<Line> {
    let line = |id: Option<&Id>, title: &str, holders: Vec<Shown>| {
        let owned = named.get(&key(title)).cloned().unwrap_or_default();
        let recommendations = counted(owned.recommendations, "recommendation", "recommendations");
        let actions = counted(owned.actions, "action", "actions");
        let query = serde_html_form::to_string([("title", title)]).unwrap_or_default();
        Line {
            address: id.map_or_else(|| format!("/posts/new?{query}"), |id| format!("/posts/{id}")),
            id: id.map(Id::to_string),
            title: title.to_owned(),
            is_held: holders.iter().any(|holder| holder.is_open && !holder.alternate),
            holders,
            recommendations: owned.recommendations,
            actions: owned.actions,
            owns: match (owned.recommendations, owned.actions) {
                (0, 0) => "Nothing open".to_owned(),
                (0, _) => actions,
                (_, 0) => recommendations,
                _ => format!("{recommendations}, {actions}"),
            },
        }
    };
    let mut all: Vec<Line> =
        posts.iter().map(|(id, post)| line(Some(id), &post.title, shown(post, people))).collect();
    let created: Vec<String> = posts.iter().map(|(_, post)| key(&post.title)).collect();
    let only_named = named.iter().filter(|(key, _)| !created.contains(key));
    all.extend(only_named.map(|(_, named)| line(None, &named.title, Vec::new())));
    let owns_nothing = |line: &Line| line.recommendations + line.actions == 0;
    all.sort_by_cached_key(|line| (line.is_held, owns_nothing(line), key(&line.title)));
    all
}

impl Query {
    fn finds(&self, line: &Line) -> bool {
        let state = match self.state.as_str() {
            "held" => line.is_held,
            "unheld" => !line.is_held,
            _ => true,
        };
        let names: Vec<&str> = line.holders.iter().map(|holder| holder.name.as_str()).collect();
        let text = format!("{} {}", line.title, names.join(" ")).to_lowercase();
        state && self.words.to_lowercase().split_whitespace().all(|word| text.contains(word))
    }
}

/// The page of `all` posts that `query` means, for `who`.
pub fn list_page(who: &User, query: Query, all: Vec<Line>) -> ListPage {
    let unheld = all.iter().filter(|line| !line.is_held).count();
    let lead = match (all.len(), unheld) {
        (0, _) => "Posts appear here when the register names them as owners.".to_owned(),
        (_, 0) => "Every post has a holder.".to_owned(),
        (made, unheld) => format!("{}; nobody holds {unheld} of them", counted(made, "post", "posts")),
    };
    let notice = (query.done == "held").then(|| "The post has a holder now.".to_owned());
    let posts: Vec<Line> = all.into_iter().filter(|line| query.finds(line)).collect();
    ListPage {
        frame: Frame::of("Posts and who holds them", Section::Improvement)
            .seen_by(who.signed())
            .with_notice(notice),
        crumbs: vec![
            ("/recommendations".to_owned(), "Improvement".to_owned()),
            (String::new(), "Posts".to_owned()),
        ],
        states: [("", "Held or not"), ("unheld", "Nobody holds it"), ("held", "Held")]
            .map(|(value, words)| Choice::of(value, words, &query.state))
            .into(),
        query,
        lead,
        may_keep: who.may_do("plan.groups"),
        found: posts.len(),
        found_words: counted(posts.len(), "post", "posts"),
        posts,
    }
}

/// A post's page.
#[derive(Debug, Template, Serialize)]
#[template(path = "post/show.html")]
pub struct ShowPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    id: String,
    title: String,
    #[serde(skip)]
    may_keep: bool,
    holders: Vec<Shown>,
    #[serde(skip)]
    owns: String,
    #[serde(skip)]
    register: String,
    recommendations: usize,
    actions: usize,
    history: Vec<Moment>,
}

#[derive(Debug, Serialize)]
struct Moment {
    title: String,
    words: String,
    who: String,
    at: String,
    #[serde(skip)]
    at_words: String,
}

/// What a post's page is made of.
pub struct Found<'a> {
    /// Its identity.
    pub id: &'a Id,
    /// The post.
    pub post: &'a Post,
    /// What the register says that it owns.
    pub named: &'a BTreeMap<String, Named>,
    /// Everybody with an account.
    pub people: &'a [Person],
    /// Every entry about it, oldest first.
    pub history: &'a [Entry],
}

/// The page of one post.
pub fn show_page(who: &User, found: &Found<'_>, done: &str) -> Result<ShowPage, DatabaseError> {
    let title = &found.post.title;
    let posts = [(found.id.clone(), found.post.clone())];
    let line = lines(&posts, found.named, found.people).into_iter().find(|line| line.id.is_some());
    let named = found.named.get(&key(title)).cloned().unwrap_or_default();
    let notice = match done {
        "created" => Some("The post is there. Say now who holds it."),
        "held" => Some("The post is given."),
        "released" => Some("The post is taken away."),
        _ => None,
    };
    let owner = if named.title.is_empty() { title.as_str() } else { &named.title };
    let query = serde_html_form::to_string([("owner", owner)]).unwrap_or_default();
    Ok(ShowPage {
        frame: Frame::of(title.as_str(), Section::Improvement)
            .seen_by(who.signed())
            .with_notice(notice.map(str::to_owned)),
        crumbs: vec![
            ("/recommendations".to_owned(), "Improvement".to_owned()),
            ("/posts".to_owned(), "Posts".to_owned()),
            (String::new(), title.clone()),
        ],
        id: found.id.to_string(),
        title: title.clone(),
        may_keep: who.may_do("plan.groups"),
        holders: shown(found.post, found.people),
        owns: line.map_or_else(String::new, |line| line.owns),
        register: format!("/recommendations?{query}"),
        recommendations: named.recommendations,
        actions: named.actions,
        history: found
            .history
            .iter()
            .rev()
            .filter_map(|entry| told(entry, found.people).transpose())
            .collect::<Result<_, _>>()?,
    })
}

fn told(entry: &Entry, people: &[Person]) -> Result<Option<Moment>, DatabaseError> {
    let name = |account: &str| {
        people
            .iter()
            .find(|person| person.id.as_str() == account)
            .map_or(account, |person| person.name.as_str())
            .to_owned()
    };
    let Some(fact) = entry.fact::<Fact>()? else { return Ok(None) };
    let (title, words) = match fact {
        Fact::Created { .. } => ("Post added".to_owned(), String::new()),
        Fact::Held { account, alternate: false } => {
            (format!("Given to {}", name(account.as_str())), String::new())
        }
        Fact::Held { account, alternate: true } => {
            (format!("Given to {} as an alternate", name(account.as_str())), String::new())
        }
        Fact::Released { account, reason } => (format!("Taken from {}", name(account.as_str())), reason),
    };
    Ok(Some(Moment {
        title,
        words,
        who: name(&entry.actor.who),
        at: entry.at.to_string(),
        at_words: moment(entry.at),
    }))
}

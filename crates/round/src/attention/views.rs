//! What the page of attention shows, made by plain functions.

use askama::Template;
use plan::{pages::heading_for, words::counted};
use serde::{Deserialize, Serialize};
use users::User;
use web::{Choice, Frame, Section};

use super::{
    papers::PaperDue,
    rules::{Attention, Group, Need, in_query},
};

/// What the address says: whose attention.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// The title of one post, or [`EVERYBODY`].
    pub post: String,
    /// `1`: everybody’s.
    pub everybody: String,
}

/// What the list of posts sends for everybody’s: no post is called so.
const EVERYBODY: &str = "*";

impl Query {
    /// Whether everybody's is meant.
    pub fn is_everybody(&self) -> bool {
        self.everybody == "1" || self.post.trim() == EVERYBODY
    }
}

/// Whose attention is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// Of who asks, by the posts they hold.
    Mine(Vec<String>),
    /// Of one post.
    Post(String),
    /// Of everybody, and what nobody owns.
    Everybody,
}

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "attention/show.html")]
pub struct AttentionPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    heading: String,
    lead: String,
    whose: Whose,
    #[serde(skip)]
    may_keep_posts: bool,
    #[serde(skip)]
    may_see_all: bool,
    #[serde(skip)]
    empty_words: &'static str,
    #[serde(skip)]
    posts: Vec<Choice>,
    /// The addresses of the files: CSV and workbook.
    #[serde(skip)]
    files: [String; 2],
    #[serde(skip)]
    is_nothing: bool,
    papers: Vec<Paper>,
    things: usize,
    groups: Vec<Shown>,
    today: String,
}

impl AttentionPage {
    fn is_everybody(&self) -> bool {
        self.whose == Whose::Everybody
    }

    fn has_no_post(&self) -> bool {
        matches!(&self.whose, Whose::Mine(posts) if posts.is_empty())
    }
}

/// One group.
#[derive(Debug, Serialize)]
struct Shown {
    key: &'static str,
    #[serde(skip)]
    words: &'static str,
    #[serde(skip)]
    anchor: String,
    #[serde(skip)]
    count: String,
    #[serde(skip)]
    is_alarm: bool,
    needs: Vec<Line>,
}

/// A paper that is due.
#[derive(Debug, Serialize)]
struct Paper {
    group: String,
    why: String,
    due_on: String,
    meeting: String,
}

fn paper(due: &PaperDue) -> Paper {
    Paper {
        group: due.group.clone(),
        why: due.why.clone(),
        due_on: due.due_on.to_string(),
        meeting: format!("/meetings/{}", due.meeting),
    }
}

/// One need.
#[derive(Debug, Serialize)]
struct Line {
    label: String,
    text: String,
    post: String,
    why: String,
    on: Option<String>,
    address: String,
    mend: String,
    mend_words: &'static str,
}

/// The page of `attention`, for `who`. `titles` are those a person may choose from.
pub fn page(
    who: &User,
    whose: Whose,
    attention: &Attention,
    titles: &[String],
    today: String,
) -> AttentionPage {
    let groups: Vec<Shown> = Group::ALL.into_iter().map(|group| shown(who, attention, group)).collect();
    let things = attention.things();
    let (heading, chosen) = match &whose {
        Whose::Mine(_) => ("What needs you".to_owned(), String::new()),
        Whose::Post(post) => (format!("What needs {post}"), post.clone()),
        Whose::Everybody => ("What needs attention".to_owned(), EVERYBODY.to_owned()),
    };
    let query = match &whose {
        Whose::Mine(_) => String::new(),
        Whose::Post(post) => format!("?post={}", in_query(post)),
        Whose::Everybody => "?everybody=1".to_owned(),
    };
    let lead = match &whose {
        Whose::Mine(posts) if posts.is_empty() => String::new(),
        Whose::Mine(posts) => format!("{}, as {}", recommendations(things), posts.join(" and ")),
        _ => recommendations(things),
    };
    let first = [("", "My own posts"), (EVERYBODY, "Everybody")];
    let choices = first
        .into_iter()
        .map(|(value, words)| Choice::of(value, words, &chosen))
        .chain(titles.iter().map(|title| Choice::of(title, title, &chosen)));
    AttentionPage {
        frame: Frame::of("What needs attention", Section::Work).seen_by(who.signed()),
        heading,
        lead,
        empty_words: if matches!(whose, Whose::Mine(_)) {
            "Nothing needs you."
        } else {
            "Nothing needs attention."
        },
        whose,
        may_keep_posts: who.may_do("plan.groups"),
        may_see_all: who.may_do("plan.register"),
        posts: choices.collect(),
        files: ["csv", "xlsx"].map(|format| format!("/attention/export/{format}{query}")),
        is_nothing: things == 0 && attention.papers.is_empty(),
        papers: attention.papers.iter().map(paper).collect(),
        things,
        groups,
        today,
    }
}

fn recommendations(things: usize) -> String {
    counted(things, "recommendation or action", "recommendations and actions")
}

fn shown(who: &User, attention: &Attention, group: Group) -> Shown {
    let needs: Vec<Line> = attention.of(group).map(|need| line(who, need)).collect();
    Shown {
        key: group.as_str(),
        words: group.words(),
        anchor: if needs.is_empty() { String::new() } else { format!("#{}", group.as_str()) },
        count: needs.len().to_string(),
        is_alarm: !needs.is_empty() && matches!(group, Group::Overdue | Group::Silent),
        needs,
    }
}

fn line(who: &User, need: &Need) -> Line {
    let mend = need.mends().iter().find_map(|word| heading_for(word, |permission| who.may_do(permission)));
    let (mend, mend_words) =
        mend.map_or_else(|| (need.address(), "Open it"), |(word, heading)| (need.mend_at(word), heading));
    Line {
        label: need.label.clone(),
        text: need.text.clone(),
        post: if need.post.is_empty() { "Nobody yet".to_owned() } else { need.post.clone() },
        why: need.why.clone(),
        on: need.on.map(|on| on.to_string()),
        address: need.address(),
        mend,
        mend_words,
    }
}

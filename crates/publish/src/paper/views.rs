//! What the pages about papers show.

use askama::Template;
use journal::Refusal;
use plan::{
    linter::pages::done,
    words::{counted, day, thousands},
};
use serde::Serialize;
use users::User;
use web::{Frame, Section, leading_back};

use super::{around::Found, exhibit::Room, forms, rows::Line, rules::Paper, since::Since};
use crate::document::{self, Document};

/// The list of papers.
#[derive(Debug, Template, Serialize)]
#[template(path = "paper/list.html")]
pub(super) struct ListPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    lead: String,
    #[serde(skip)]
    may_draft: bool,
    papers: Vec<Listed>,
}

#[derive(Debug, Serialize)]
struct Listed {
    id: String,
    title: String,
    meeting: String,
    on: String,
    frozen: bool,
    standing: String,
}

impl ListPage {
    /// The papers that this person may see: drafts are for those who draft.
    pub(super) fn of(lines: Vec<Line>, who: &User) -> Self {
        let may_draft = who.may_do("paper.draft");
        let papers: Vec<Listed> = lines
            .into_iter()
            .filter(|line| may_draft || line.frozen_on.is_some())
            .map(|line| Listed {
                frozen: line.frozen_on.is_some(),
                standing: match line.counted_at {
                    Some(seq) => format!("counted at entry {}", entry(seq)),
                    None => "counted as it is now".to_owned(),
                },
                on: line.meeting_on.parse().map_or(line.meeting_on.clone(), day),
                id: line.id,
                title: line.title,
                meeting: line.meeting,
            })
            .collect();
        Self {
            frame: Frame::of("Committee papers", Section::Papers).seen_by(who.signed()),
            crumbs: vec![(String::new(), "Papers".to_owned())],
            lead: counted(papers.len(), "paper", "papers"),
            may_draft,
            papers,
        }
    }
}

/// A paper's page.
#[derive(Debug, Template, Serialize)]
#[template(path = "paper/show.html")]
pub(super) struct ShowPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    id: String,
    title: String,
    stamp: String,
    #[serde(skip)]
    may_edit: bool,
    /// Where one chooses what another room shows in it, and the words of the link; empty where one may not.
    #[serde(skip)]
    choose: Option<(String, &'static str)>,
    #[serde(skip)]
    as_at_query: String,
    #[serde(skip)]
    html: String,
    document: Document,
    counted: String,
    since: Vec<Since>,
    #[serde(skip)]
    since_words: &'static str,
}

/// The figures of a frozen paper, and whether some had to be counted again.
#[derive(Debug, Default)]
pub(super) struct Panel {
    /// The figures.
    pub since: Vec<Since>,
    /// Whether the paper itself does not print them all.
    pub is_counted_again: bool,
}

impl ShowPage {
    /// `document` with who presents it and the site's address in it; `panel` for a frozen paper.
    pub(super) fn of(id: String, paper: &Paper, document: Document, panel: Panel, who: &User) -> Self {
        let details = &paper.details;
        Self {
            frame: Frame::of(&*details.title, Section::Papers).seen_by(who.signed()),
            crumbs: vec![("/papers".to_owned(), "Papers".to_owned()), (String::new(), details.title.clone())],
            id,
            title: format!("{}, {}", details.meeting, day(details.date)),
            stamp: match &paper.frozen {
                Some(frozen) => format!("Frozen on {}: it renders the same for ever", day(frozen.on)),
                None => "Draft: its figures follow the register until it is frozen".to_owned(),
            },
            may_edit: paper.frozen.is_none() && who.may_do("paper.draft"),
            choose: None,
            as_at_query: String::new(),
            html: document::html(&document),
            counted: format!("Counted at entry {}", entry(document.counted_at.unwrap_or(0))),
            document,
            since: panel.since,
            since_words: if panel.is_counted_again {
                "This paper does not print all of these figures; they are counted again at its entry."
            } else {
                "The paper stays as it is; the register has gone on."
            },
        }
    }

    /// With the way to choose what a room shows in it.
    pub(super) fn choosing(mut self, room: Option<Room>) -> Self {
        let (id, may_edit) = (&self.id, self.may_edit);
        self.choose = room
            .filter(|_| may_edit)
            .map(|Room { choose: (place, words), .. }| (format!("/papers/{id}/{place}"), words));
        self
    }

    /// With what was just done, and the moment that the address looks back to.
    pub(super) fn asked(mut self, done: &str, as_at: &str) -> Self {
        self.frame = self.frame.with_notice(forms::done_words(done));
        if !as_at.is_empty() {
            self.as_at_query = format!("?as_at={as_at}");
        }
        self
    }
}

/// The question before a paper is final, with what the check of the register finds.
#[derive(Debug, Template, Serialize)]
#[template(path = "paper/freeze.html")]
pub(super) struct FreezePage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    about: String,
    intro: String,
    #[serde(skip)]
    action: String,
    #[serde(skip)]
    back: String,
    last_seq: i64,
    /// Whether this person may accept what is found.
    #[serde(skip)]
    may_accept: bool,
    /// How many faults there are.
    #[serde(skip)]
    waits_for: String,
    /// The faults that nobody accepted, by check.
    faults: Vec<Faults>,
    accepted: Vec<Finding>,
    others: Vec<Finding>,
    refusals: Vec<Refusal>,
}

/// The faults that one check found.
#[derive(Debug, Serialize)]
struct Faults {
    check: &'static str,
    title: &'static str,
    findings: Vec<Finding>,
}

/// A finding as the page tells it.
#[derive(Debug, Serialize)]
struct Finding {
    sentence: String,
    key: String,
    mend: String,
    /// The form that accepts it and leads back here.
    accept: String,
    reason: String,
}

/// What the page is made of.
pub(super) struct Asking<'a> {
    /// The paper's identity.
    pub id: &'a str,
    /// The paper.
    pub paper: &'a Paper,
    /// Its last entry.
    pub last_seq: i64,
    /// The entry it will be counted at.
    pub counted_at: i64,
    /// What was found about its inspections.
    pub findings: Vec<&'a Found>,
    /// Why it cannot be frozen.
    pub refusal: Option<&'a Refusal>,
    /// What was just done to the findings.
    pub done: &'a str,
    /// Whether whoever asks may accept what is found.
    pub may_accept: bool,
}

impl FreezePage {
    /// The page, in its frame.
    pub(super) fn of(asking: &Asking<'_>, mut frame: Frame) -> Self {
        let here = format!("/papers/{}/freeze", asking.id);
        let finding = |found: &Found| Finding {
            sentence: found.sentence.clone(),
            key: found.key.clone(),
            mend: found.mend.clone(),
            accept: leading_back(&found.accept, &here),
            reason: found.accepted.clone().unwrap_or_default(),
        };
        let told = |wanted: &dyn Fn(&Found) -> bool| {
            let those = asking.findings.iter().filter(|found| wanted(found));
            those.map(|found| finding(found)).collect::<Vec<_>>()
        };
        let mut faults: Vec<Faults> = Vec::new();
        let mut count = 0;
        for found in asking.findings.iter().filter(|found| found.is_fault && found.accepted.is_none()) {
            count += 1;
            let (check, title) = found.check;
            match faults.iter_mut().find(|one| one.check == check) {
                Some(one) => one.findings.push(finding(found)),
                None => faults.push(Faults { check, title, findings: vec![finding(found)] }),
            }
        }
        // The summary at the top leads to the list of faults, where there is one.
        let refusals = asking.refusal.map(|refusal| match refusal.field.as_ref() {
            "findings" => refusal.clone(),
            _ => Refusal { field: "".into(), ..refusal.clone() },
        });
        if refusals.is_some() {
            frame.title = format!("Problem: {}", frame.title);
        }
        let (id, details) = (asking.id, &asking.paper.details);
        Self {
            frame: frame.with_notice(done(asking.done)),
            crumbs: forms::crumbs("Freeze"),
            about: format!("{}, {}", details.title, day(details.date)),
            intro: format!(
                "It will be counted at entry {} and render the same for ever, whatever happens to the register. \
                 It cannot be edited or undone; members see it at once.",
                entry(asking.counted_at)
            ),
            action: here.clone(),
            back: format!("/papers/{id}"),
            may_accept: asking.may_accept,
            waits_for: counted(count, "fault", "faults"),
            last_seq: asking.last_seq,
            accepted: told(&|found| found.accepted.is_some()),
            others: told(&|found| !found.is_fault && found.accepted.is_none()),
            faults,
            refusals: refusals.into_iter().collect(),
        }
    }
}

/// 48210 as "48,210".
fn entry(seq: i64) -> String {
    thousands(usize::try_from(seq).unwrap_or(0))
}

#[cfg(test)]
#[path = "views_test.rs"]
mod tests;

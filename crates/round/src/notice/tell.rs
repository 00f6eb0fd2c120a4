//! Telling the holders of posts what a round asks of them: one notice to each person, whatever it lists.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::Date};
use journal::{Actor, DatabaseError, Id, OPEN_END, Tx, act};
use plan::{
    post::rules::{Post, key},
    words::{counted, day},
};
use users::Person;

use super::{
    rows::Notices,
    rules::{Command, Kind, Known, Letter},
};

/// Something that the holders of a post are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The recommendation it is about.
    pub recommendation: Id,
    /// "CAM22-R3".
    pub label: String,
    /// The post whose holders are told.
    pub post: String,
    /// Asked, reminded or escalated.
    pub kind: Kind,
    /// The day by which the update is asked for.
    pub due_on: Date,
}

/// What came of telling.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// How many notices were written.
    pub written: usize,
    /// The posts that nobody holds who can be told.
    pub unheld: Vec<String>,
}

/// Writes the notices, each to a holder of the post; to its alternates where nobody holds it. They leave with
/// the next sending.
pub async fn tell(tx: &mut Tx, who: &Actor, now: Timestamp, told: &[Told]) -> Result<Outcome, DatabaseError> {
    let posts = plan::post::rows::all(tx, OPEN_END - 1).await?;
    let people = users::people(tx).await?;
    let (letters, unheld) = letters(told, &posts, &people);
    let known = Known { now, has_digest: false };
    let written = letters.len();
    for letter in letters {
        if let Err(refusal) =
            act::<Notices>(tx, who, now, &Id::new(now), &known, Command::Write(letter)).await?
        {
            return Err(DatabaseError::Encode(format!("a notice was refused: {refusal}").into()));
        }
    }
    Ok(Outcome { written, unheld })
}

/// One letter for each person and kind, and the posts that nobody holds.
fn letters(told: &[Told], posts: &[(Id, Post)], people: &[Person]) -> (Vec<Letter>, Vec<String>) {
    let can_be_told = |account: &Id| {
        people.iter().any(|person| person.id == *account && person.is_open && person.role.may("plan.read"))
    };
    let mut unheld = BTreeSet::new();
    let mut all: BTreeMap<(&Id, &str), Vec<&Told>> = BTreeMap::new();
    for one in told {
        let post = posts.iter().find(|(_, post)| key(&post.title) == key(&one.post));
        let accounts = post.map(|(_, post)| post.told(can_be_told)).unwrap_or_default();
        if accounts.is_empty() {
            unheld.insert(one.post.clone());
        }
        for account in accounts {
            let list = all.entry((account, one.kind.as_str())).or_default();
            // Whoever holds two posts is told a thing once.
            if list.iter().all(|other| other.recommendation != one.recommendation) {
                list.push(one);
            }
        }
    }
    (all.into_iter().map(|((to, _), told)| letter(to, &told)).collect(), unheld.into_iter().collect())
}

fn letter(to: &Id, told: &[&Told]) -> Letter {
    let kind = told.first().map_or(Kind::Asked, |one| one.kind);
    let one = if let [one] = told { Some(*one) } else { None };
    let what =
        one.map_or_else(|| counted(told.len(), "recommendation", "recommendations"), |one| one.label.clone());
    let subject = match kind {
        Kind::Asked | Kind::Digest => format!("An update is asked for: {what}"),
        Kind::Reminded => format!("Reminder, an update is asked for: {what}"),
        Kind::Escalated => format!("Escalated, an update has not come: {what}"),
    };
    let mut lines = Vec::new();
    for one in told {
        let due = day(one.due_on);
        let label = &one.label;
        lines.push(match kind {
            Kind::Asked | Kind::Digest => format!("An update on {label} is asked for by {due}."),
            Kind::Reminded => format!("The update on {label} that is asked for by {due} has not come yet."),
            Kind::Escalated => {
                format!(
                    "The update on {label} that was asked for by {due} has not come. It is escalated to you."
                )
            }
        });
        lines.extend([format!("/recommendations/{}/update", one.recommendation), String::new()]);
    }
    let posts: BTreeSet<&str> = told.iter().map(|one| one.post.as_str()).collect();
    let posts: Vec<String> = posts.into_iter().map(|post| format!("“{post}”")).collect();
    lines.push(format!("You are told because you act for {}.", posts.join(" and ")));
    Letter {
        to: to.clone(),
        kind,
        subject,
        body: lines.join("\n"),
        about: one.map(|one| one.recommendation.clone()),
        digest_of: None,
    }
}

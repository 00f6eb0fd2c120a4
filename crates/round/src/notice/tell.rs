//! Telling the holders of posts what a round asks of them: one notice to each person, whatever it lists. Where
//! nobody who can be told holds a post, somebody else is told in its place; what reaches nobody is said to whoever
//! did it, and never lost in silence.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::Date};
use journal::{Actor, DatabaseError, Id, Tx, act};
use plan::words::{counted, day};

use super::{
    reach::Reach,
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
    /// The posts that are told in its place, the first that reaches somebody.
    pub in_place: Vec<String>,
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
    /// The posts that reach nobody, and in whose place nobody is told either.
    pub unheld: Vec<String>,
}

/// Writes the notices, each to a holder of the post; to its alternates where nobody holds it; to whoever is told
/// in its place where it has none. They leave with the next sending.
pub async fn tell(tx: &mut Tx, who: &Actor, now: Timestamp, told: &[Told]) -> Result<Outcome, DatabaseError> {
    let reach = Reach::load(tx).await?;
    let (letters, unheld) = letters(told, &reach);
    let written = letters.len();
    write(tx, who, now, letters).await?;
    Ok(Outcome { written, unheld })
}

/// Writes letters as notices, in the transaction of what they tell. They leave with the next sending.
pub async fn write(
    tx: &mut Tx,
    who: &Actor,
    now: Timestamp,
    letters: Vec<Letter>,
) -> Result<(), DatabaseError> {
    let known = Known { now, has_digest: false };
    for letter in letters {
        if let Err(refusal) =
            act::<Notices>(tx, who, now, &Id::new(now), &known, Command::Write(letter)).await?
        {
            return Err(DatabaseError::Encode(format!("a notice was refused: {refusal}").into()));
        }
    }
    Ok(())
}

/// Something told, with the post by which it reaches somebody.
type Reached<'a> = (&'a Told, &'a str);

/// One letter for each person and kind, and the posts that reach nobody.
fn letters(told: &[Told], reach: &Reach) -> (Vec<Letter>, Vec<String>) {
    let mut unheld = BTreeSet::new();
    let mut all: BTreeMap<(&Id, &str), Vec<Reached<'_>>> = BTreeMap::new();
    for one in told {
        let in_place: Vec<&str> = one.in_place.iter().map(String::as_str).collect();
        let Some((by, accounts)) = reach.first(&one.post, &in_place) else {
            unheld.insert(one.post.clone());
            continue;
        };
        for account in accounts {
            let list = all.entry((account, one.kind.as_str())).or_default();
            // Whoever holds two posts is told a thing once.
            if list.iter().all(|(other, _)| other.recommendation != one.recommendation) {
                list.push((one, by));
            }
        }
    }
    (all.into_iter().map(|((to, _), told)| letter(to, &told)).collect(), unheld.into_iter().collect())
}

fn letter(to: &Id, told: &[Reached<'_>]) -> Letter {
    let kind = told.first().map_or(Kind::Asked, |(one, _)| one.kind);
    let one = if let [(one, _)] = told { Some(*one) } else { None };
    let what =
        one.map_or_else(|| counted(told.len(), "recommendation", "recommendations"), |one| one.label.clone());
    let subject = match kind {
        Kind::Asked | Kind::Digest | Kind::Report => format!("An update is asked for: {what}"),
        Kind::Reminded => format!("Reminder, an update is asked for: {what}"),
        Kind::Escalated => format!("Escalated, an update has not come: {what}"),
    };
    let mut lines = Vec::new();
    for (one, _) in told {
        let due = day(one.due_on);
        let label = &one.label;
        lines.push(match kind {
            Kind::Asked | Kind::Digest | Kind::Report => {
                format!("An update on {label} is asked for by {due}.")
            }
            Kind::Reminded => format!("The update on {label} that is asked for by {due} has not come yet."),
            Kind::Escalated => {
                format!(
                    "The update on {label} that was asked for by {due} has not come. It is escalated to you."
                )
            }
        });
        lines.extend([format!("/recommendations/{}/update", one.recommendation), String::new()]);
    }
    lines.extend(because(told));
    Letter {
        to: to.clone(),
        kind,
        subject,
        body: lines.join("\n"),
        about: one.map(|one| one.recommendation.clone()),
        digest_of: None,
    }
}

/// Why this person is told: the posts for which they act, and those in whose place they are told.
fn because(told: &[Reached<'_>]) -> Vec<String> {
    let quoted = |posts: BTreeSet<&str>| -> Vec<String> {
        posts.into_iter().map(|post| format!("“{post}”")).collect()
    };
    let own = told.iter().filter(|(one, by)| one.post == *by).map(|(_, by)| *by);
    let own = quoted(own.collect());
    let others: Vec<&Reached<'_>> = told.iter().filter(|(one, by)| one.post != *by).collect();
    let instead = quoted(others.iter().map(|(one, _)| one.post.as_str()).collect());
    let by = quoted(others.iter().map(|(_, by)| *by).collect());
    let mut lines = Vec::new();
    if !own.is_empty() {
        lines.push(format!("You are told because you act for {}.", own.join(" and ")));
    }
    if !instead.is_empty() {
        lines.push(format!(
            "You act for {} and are told in the place of {}, which nobody holds. To name somebody:",
            by.join(" and "),
            instead.join(", ")
        ));
        lines.push("/posts?state=unheld".to_owned());
    }
    lines
}

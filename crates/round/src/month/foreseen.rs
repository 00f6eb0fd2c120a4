//! Whom a round reaches: who is told, in whose place, and which posts reach nobody. Pure.

use std::collections::{BTreeMap, BTreeSet};

use journal::Id;
use plan::words::counted;
use serde::Serialize;

use super::telling::in_place_of;
use crate::{group::rules::Group, notice::reach::Reach};

/// How many posts a sentence names.
const NAMED: usize = 5;

/// What a page notes beside a post that was asked or to which silence was escalated; nothing where its holder is
/// told.
pub(super) fn note(reach: &Reach, group: Option<&Group>, post: &str) -> String {
    match reach.first(post, &in_place_of(group, post)) {
        None => "held by nobody: nobody is told".to_owned(),
        Some((by, _)) if by == post => String::new(),
        Some((by, _)) => format!("held by nobody: {by} is told"),
    }
}

/// A post that nobody holds who can be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Unheld {
    /// Its title.
    pub post: String,
    /// How many updates are asked of it.
    pub asked: usize,
    /// Where somebody is named.
    pub address: String,
    /// Who is told in its place; nothing where nobody is.
    pub in_place: Option<String>,
}

/// Whom all that is asked reaches.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct Foreseen {
    /// How many people are told.
    pub people: usize,
    /// About how many updates.
    pub reached: usize,
    /// How many updates are asked of nobody.
    pub unreached: usize,
    /// The posts that nobody holds, in the order of their titles.
    pub unheld: Vec<Unheld>,
}

/// Whom a round of `group` reaches that asks these posts, each once for each update.
pub(super) fn foreseen<'a>(
    reach: &Reach,
    group: Option<&Group>,
    asked: impl Iterator<Item = &'a str>,
) -> Foreseen {
    let mut by_post: BTreeMap<&str, usize> = BTreeMap::new();
    for post in asked {
        *by_post.entry(post).or_default() += 1;
    }
    let mut found = Foreseen::default();
    let mut people: BTreeSet<&Id> = BTreeSet::new();
    for (post, asked) in by_post {
        let in_place = in_place_of(group, post);
        let first = reach.first(post, &in_place);
        match &first {
            Some((_, accounts)) => {
                people.extend(accounts);
                found.reached += asked;
            }
            None => found.unreached += asked,
        }
        let by = first.map(|(by, _)| by);
        if by != Some(post) {
            let (post, address) = (post.to_owned(), reach.mend(post));
            found.unheld.push(Unheld { post, asked, address, in_place: by.map(str::to_owned) });
        }
    }
    found.people = people.len();
    found
}

impl Foreseen {
    /// The posts in whose place nobody is told either.
    pub(super) fn lost(&self) -> impl Iterator<Item = &Unheld> {
        self.unheld.iter().filter(|unheld| unheld.in_place.is_none())
    }

    /// What a form says before it is sent.
    pub(super) fn warning(&self) -> String {
        let updates = counted(self.reached, "update", "updates");
        let mut sentences =
            vec![format!("Will be told: {} about {updates}.", counted(self.people, "person", "people"))];
        if !self.unheld.is_empty() {
            sentences.push(format!("Nobody holds the post of: {}.", named(self.unheld.iter())));
        }
        let instead = self.unheld.iter().filter_map(|unheld| unheld.in_place.as_deref());
        let instead: BTreeSet<&str> = instead.collect();
        if !instead.is_empty() {
            let instead: Vec<&str> = instead.into_iter().collect();
            let is = if instead.len() == 1 { "is" } else { "are" };
            sentences.push(format!("Told in their place {is} {}.", instead.join(" and ")));
        }
        if self.unreached > 0 {
            let updates = counted(self.unreached, "update", "updates");
            sentences.push(format!(
                "{updates} would be asked of nobody. Name holders on “Posts and who holds them” first, or choose a meeting whose chair can be told."
            ));
        }
        sentences.join(" ")
    }

    /// What a page says once it was done.
    pub(super) fn told(&self) -> String {
        let told = format!(
            "{} {} told about {}",
            counted(self.people, "person", "people"),
            if self.people == 1 { "is" } else { "are" },
            counted(self.reached, "update", "updates")
        );
        if self.unreached == 0 {
            return format!("{told}.");
        }
        let updates = counted(self.unreached, "update", "updates");
        format!("{told}; {updates} reached nobody: name holders of the posts below.")
    }
}

/// "A, B and 3 more".
pub(super) fn named<'a>(unheld: impl Iterator<Item = &'a Unheld>) -> String {
    let posts: Vec<&str> = unheld.map(|one| one.post.as_str()).collect();
    match posts.len().checked_sub(NAMED) {
        Some(more @ 1..) => format!("{} and {more} more", posts[..NAMED].join("; ")),
        _ => posts.join("; "),
    }
}

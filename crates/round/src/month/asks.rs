//! Who is asked when a round is opened: the owner of each open recommendation, or of some of them. Pure.

use plan::register::rules::{Item, Register};
use serde::Deserialize;

use super::rules::Ask;
use crate::group::rules::{Group, Terms};

/// The word of an address and a form for every inspection, also where the group looks after some only.
pub const ALL: &str = "all";

/// Which recommendations updates are asked for; nothing chosen is all open ones that the group looks after.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Whom {
    /// Those of one inspection, or [`ALL`].
    pub inspection: String,
    /// Those that one post owns.
    pub owner: String,
    /// These, by identity.
    pub recommendation: Vec<String>,
}

impl Whom {
    fn means(&self, item: &Item, terms: Option<&Terms>) -> bool {
        let recommendation = &item.recommendation;
        let inspection = match self.inspection.as_str() {
            // What is named one by one is meant, whoever looks after it.
            "" => !self.recommendation.is_empty() || is_looked_after(terms, item),
            ALL => true,
            wanted => wanted == recommendation.inspection.as_str(),
        };
        item.is_open()
            && inspection
            && (self.owner.is_empty() || self.owner == recommendation.owner_post)
            && (self.recommendation.is_empty()
                || self.recommendation.iter().any(|wanted| wanted == item.id.as_str()))
    }
}

fn is_looked_after(terms: Option<&Terms>, item: &Item) -> bool {
    terms.is_none_or(|terms| terms.looks_after(&item.recommendation.inspection))
}

/// What is asked of whom before a meeting of `group`. What nobody owns cannot be asked about; the page says which
/// these are.
pub fn asks(register: &Register, whom: &Whom, group: Option<&Group>) -> Vec<Ask> {
    let terms = group.map(|group| &group.terms);
    let chair = group.and_then(Group::chair).unwrap_or_default();
    let wanted = register.items.iter().filter(|item| whom.means(item, terms));
    wanted
        .filter(|item| !item.recommendation.owner_post.is_empty())
        .map(|item| Ask {
            recommendation: item.id.clone(),
            post: item.recommendation.owner_post.clone(),
            escalate_to: match item.classification.strategic_owner.as_str() {
                "" => chair.to_owned(),
                strategic_owner => strategic_owner.to_owned(),
            },
        })
        .collect()
}

/// The open recommendations that a group looks after and nobody owns.
pub(super) fn ownerless<'a>(register: &'a Register, terms: Option<&Terms>) -> Vec<&'a Item> {
    let nobody = |item: &&Item| {
        item.is_open() && item.recommendation.owner_post.is_empty() && is_looked_after(terms, item)
    };
    register.items.iter().filter(nobody).collect()
}

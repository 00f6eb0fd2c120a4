//! Who is asked when a round is opened: the owner of each open recommendation, or of some of them. Pure.

use plan::register::rules::{Item, Register};
use serde::Deserialize;

use super::rules::Ask;

/// Which recommendations updates are asked for; nothing chosen is all that are open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(super) struct Whom {
    /// Those of one inspection.
    pub inspection: String,
    /// Those that one post owns.
    pub owner: String,
    /// These, by identity.
    pub recommendation: Vec<String>,
}

impl Whom {
    fn means(&self, item: &Item) -> bool {
        let recommendation = &item.recommendation;
        item.is_open()
            && (self.inspection.is_empty() || self.inspection == recommendation.inspection.as_str())
            && (self.owner.is_empty() || self.owner == recommendation.owner_post)
            && (self.recommendation.is_empty()
                || self.recommendation.iter().any(|wanted| wanted == item.id.as_str()))
    }
}

/// What is asked of whom. Who owns nothing cannot be asked; the page says which these are.
pub(super) fn asks(register: &Register, whom: &Whom, chair: &str) -> Vec<Ask> {
    let wanted = register.items.iter().filter(|item| whom.means(item));
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

/// The open recommendations that nobody owns.
pub(super) fn ownerless(register: &Register) -> Vec<&Item> {
    let nobody = |item: &&Item| item.is_open() && item.recommendation.owner_post.is_empty();
    register.items.iter().filter(nobody).collect()
}

//! "In the paper, and now": the figures of a frozen paper beside the register as it is. The paper itself never
//! changes. Pure.

use std::collections::BTreeMap;

use journal::Position;
use plan::{
    register::{list::Query, rules::Register},
    words::thousands,
};
use serde::Serialize;

use super::{
    cut::{Cut, SITE, Standing},
    details::Details,
    rules::Frozen,
    subject::counting,
};

/// One figure of a frozen paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Since {
    /// What it counts.
    pub figure: &'static str,
    /// As the paper prints it.
    pub in_the_paper: String,
    /// As it is now.
    pub now: String,
    /// The list of what it counts now.
    pub address: String,
}

/// Whether the paper prints every figure that is compared. A paper of version 0.1.0 counts otherwise.
pub(super) fn is_printed(details: &Details, frozen: &Frozen) -> bool {
    let printed = printed(frozen);
    Standing::TOLD.into_iter().all(|standing| printed.contains_key(&*asked(details, frozen, standing)))
}

/// The figures of the paper beside those of the register `now`. `then` is the register at the paper's position,
/// for figures that it does not print.
pub(super) fn since(
    details: &Details,
    frozen: &Frozen,
    now: &Register,
    then: Option<&Register>,
) -> Vec<Since> {
    let printed = printed(frozen);
    Standing::TOLD
        .into_iter()
        .filter_map(|standing| {
            let in_the_paper = match (printed.get(&*asked(details, frozen, standing)), then) {
                (Some(figure), _) => (*figure).to_owned(),
                (None, Some(then)) => thousands(count(details, then, standing).len()),
                (None, None) => return None,
            };
            let is = count(details, now, standing);
            Some(Since {
                figure: standing.words(),
                in_the_paper,
                now: thousands(is.len()),
                address: is.address(),
            })
        })
        .collect()
}

fn count<'a>(details: &Details, register: &'a Register, standing: Standing) -> Cut<'a> {
    let mut query = Query { as_at: String::new(), ..counting(details, register.position) };
    standing.narrow(&mut query);
    Cut::of(query, &register.items, register.position.today)
}

/// The printed figures by where they lead.
fn printed(frozen: &Frozen) -> BTreeMap<&str, &str> {
    frozen.tree.links().into_iter().map(|(figure, address)| (address, figure)).collect()
}

/// Where that figure leads in the paper.
fn asked(details: &Details, frozen: &Frozen, standing: Standing) -> String {
    let position = Position { seq: frozen.counted_at, today: frozen.on, is_past: true };
    let mut query = counting(details, position);
    standing.narrow(&mut query);
    format!("{SITE}{}", query.address(|_| ()))
}

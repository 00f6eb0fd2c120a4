//! The digest of a day: what needs somebody, in plain words. Pure.

use jiff::civil::Date;
use journal::Id;
use plan::words::counted;

use super::rules::{Kind, Letter};
use crate::attention::rules::{Attention, Group};

/// How many things of a group the digest tells; the page tells all.
const TOLD: usize = 20;

/// The digest of `day` for `to`; nothing where nothing needs them.
pub fn digest(to: &Id, attention: &Attention, day: Date) -> Option<Letter> {
    let things = attention.things() + attention.papers.len();
    if things == 0 {
        return None;
    }
    let need = if things == 1 { "needs" } else { "need" };
    let mut lines =
        vec![format!("{} {need} you in the improvement plan.", counted(things, "thing", "things"))];
    if !attention.papers.is_empty() {
        lines.extend([String::new(), format!("Papers due ({})", attention.papers.len())]);
    }
    for paper in &attention.papers {
        lines.extend([String::new(), paper.why.clone(), format!("/meetings/{}", paper.meeting)]);
    }
    for group in Group::ALL {
        tell(&mut lines, attention, group);
    }
    for (words, address) in [
        ("All of it, with what mends it:", "/attention"),
        ("You get this on every day on which something needs you. To change that:", "/mailbox/settings"),
    ] {
        lines.extend([String::new(), words.to_owned(), address.to_owned()]);
    }
    Some(Letter {
        to: to.clone(),
        kind: Kind::Digest,
        subject: format!("{} {need} you in the improvement plan", counted(things, "thing", "things")),
        body: lines.join("\n"),
        about: None,
        digest_of: Some(day),
    })
}

fn tell(lines: &mut Vec<String>, attention: &Attention, group: Group) {
    let needs: Vec<_> = attention.of(group).collect();
    if needs.is_empty() {
        return;
    }
    lines.extend([String::new(), format!("{} ({})", group.words(), needs.len())]);
    for need in needs.iter().take(TOLD) {
        // What a recommendation is about could begin with "/": the label stands before it.
        lines.extend([
            String::new(),
            format!("{}: {}", need.label, need.text),
            need.why.clone(),
            need.address(),
        ]);
    }
    if needs.len() > TOLD {
        lines.extend([String::new(), format!("… and {} more.", needs.len() - TOLD)]);
    }
}

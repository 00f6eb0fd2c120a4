//! “Abandoned and recalled”: a measure of its own, beside the rate and never in it (MEASURES 1; the Home Office’s 101
//! group, which asks for “positive and negative abandonment” to be told apart).

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::{
    definition::Abandoned,
    story::{EndedBy, Happening, What},
};

/// Attempts that nobody answered. `short + advised + recalled + not_recalled + open + no_number` is `attempts`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Abandonment {
    /// All of them.
    pub attempts: usize,
    /// Ended during the recorded advice: positive.
    pub advised: usize,
    /// Ended sooner than the first cut-off: neutral.
    pub short: usize,
    /// Waited as long as that or longer, and answered again within the second: negative.
    pub recalled: usize,
    /// Waited as long, and not answered again within it.
    pub not_recalled: usize,
    /// Waited as long, and the second cut-off had not passed yet.
    pub open: usize,
    /// Waited as long, and the number is withheld: whether they rang again is not known.
    pub no_number: usize,
}

/// Counts the attempts among these facts by both cut-offs, as known at `as_at`. An attempt that is there twice, because two
/// issues know of it, counts once.
pub fn abandoned(cut_offs: Abandoned, happenings: &[Happening], as_at: Timestamp) -> Abandonment {
    let known: BTreeSet<&Happening> = happenings.iter().filter(|one| one.at <= as_at).collect();
    let mut answered: BTreeMap<&str, BTreeSet<Timestamp>> = BTreeMap::new();
    for one in &known {
        let contact = one.contact().filter(|contact| contact.is_answered);
        if let Some(number) = contact.and_then(|contact| contact.number.as_deref()) {
            answered.entry(number).or_default().insert(one.at);
        }
    }
    let recall = SignedDuration::from_secs(cut_offs.recall_minutes.saturating_mul(60));
    let mut seen = BTreeSet::new();
    let mut counted = Abandonment::default();
    for one in known {
        let What::Attempted(attempt) = &one.what else { continue };
        if !seen.insert((one.at, one.order)) {
            continue;
        }
        counted.attempts += 1;
        let is_again = |number: &String| {
            let mut later =
                answered.get(number.as_str()).into_iter().flat_map(|moments| moments.range(one.at..));
            later.next().is_some_and(|again| again.duration_since(one.at) <= recall)
        };
        *match &attempt.number {
            _ if attempt.ended_by == EndedBy::Advice => &mut counted.advised,
            _ if i64::from(attempt.waited_seconds) < cut_offs.wait_seconds => &mut counted.short,
            None => &mut counted.no_number,
            Some(number) if is_again(number) => &mut counted.recalled,
            Some(_) if as_at.duration_since(one.at) < recall => &mut counted.open,
            Some(_) => &mut counted.not_recalled,
        } += 1;
    }
    counted
}

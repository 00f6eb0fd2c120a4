//! Which findings are chosen, as a form's boxes name them. Pure.

use journal::{Id, Refusal};

use crate::{
    linter::{Checked, Finding},
    words::{counted, thousands},
};

/// How many are accepted at once: as many as anybody can read before giving one reason for all.
pub const MOST: usize = 200;

/// How a box names a finding: its subject and its fingerprint.
pub fn key(finding: &Finding) -> String {
    format!("{}/{}", finding.subject, finding.fingerprint)
}

/// The chosen findings of the check called `check`, in its order, or why they cannot be accepted: none, too
/// many, or one that is not there any more.
pub fn chosen<'a>(checked: &'a Checked, check: &str, keys: &[String]) -> Result<Vec<&'a Finding>, Refusal> {
    let refused = |sentence: String| Err(Refusal::of("finding", sentence));
    if keys.is_empty() {
        return refused("No finding is chosen. Tick at least one in the list.".to_owned());
    }
    let wanted: std::collections::BTreeSet<(Id, &str)> = keys
        .iter()
        .filter_map(|key| key.split_once('/').and_then(|(id, print)| Some((Id::read(id)?, print))))
        .collect();
    let open = checked.open().filter(|finding| finding.check == check);
    let found: Vec<&Finding> = open
        .filter(|one| wanted.iter().any(|(id, print)| *id == one.subject && *print == one.fingerprint))
        .collect();
    let distinct: std::collections::BTreeSet<&String> = keys.iter().collect();
    match (found.len(), distinct.len()) {
        (many, _) if many > MOST => refused(format!(
            "{} are chosen; at most {} can be accepted at once. Choose fewer.",
            counted(many, "finding", "findings"),
            thousands(MOST)
        )),
        (found, chosen) if found < chosen => {
            let gone = chosen - found;
            refused(format!(
                "{} not found any more: mended, changed or accepted meanwhile. Nothing is accepted yet; look at the list again.",
                if gone == 1 {
                    "1 of them is".to_owned()
                } else {
                    format!("{} of them are", thousands(gone))
                }
            ))
        }
        _ => Ok(found),
    }
}

//! What the entries of a round say on its timeline. Pure.

use journal::Entry;
use plan::words::{counted, day};

use super::rules::Fact;
use crate::group::views::Telling;

/// What an entry says of a round.
pub(super) fn tell(entry: &Entry) -> Telling {
    Ok(entry.fact::<Fact>()?.map(|fact| match fact {
        Fact::Opened { due_on, asks, .. } => {
            let asked = counted(asks.len(), "update was asked for", "updates were asked for");
            ("Opened".to_owned(), format!("{asked}, due by {}", day(due_on)))
        }
        Fact::Reminded { post, nth, .. } => {
            ("Reminded".to_owned(), format!("{post}, for the {}", ordinal(nth)))
        }
        Fact::Escalated { to_post, .. } => ("Escalated".to_owned(), format!("To {to_post}")),
        Fact::Withdrawn { reason, .. } => ("Request withdrawn".to_owned(), reason),
        Fact::Closed { .. } => ("Closed".to_owned(), String::new()),
    }))
}

fn ordinal(nth: usize) -> String {
    match nth {
        1 => "first time".to_owned(),
        2 => "second time".to_owned(),
        3 => "third time".to_owned(),
        _ => format!("{nth}th time"),
    }
}

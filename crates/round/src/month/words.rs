//! What the page of a round says in sentences. Pure.

use std::collections::BTreeSet;

use jiff::civil::Date;
use plan::words::{counted, day, short_day};

use super::{
    foreseen::{Foreseen, named},
    rows::Kept,
};
use crate::{meeting::rules::due_before, workday::rules::Calendar};

/// "Tactical Group, 13 March 2024".
pub(super) fn title(kept: &Kept) -> String {
    format!("{}, {}", kept.group_name, day(kept.meets_on))
}

/// "Open" or "Closed 13 Mar 2024".
pub(super) fn standing(kept: &Kept) -> String {
    kept.round.closed_on.map_or_else(|| "Open".to_owned(), |on| format!("Closed {}", short_day(on)))
}

/// What was just done, and whom it reached. `about` is the post that was told, with what is noted beside it.
pub(super) fn done_words(
    done: &str,
    asked: usize,
    foreseen: &Foreseen,
    about: Option<(&str, &str)>,
) -> Option<String> {
    let to = about.map_or_else(String::new, |(post, _)| format!(" to {post}"));
    let note = about.map_or("", |(_, note)| note);
    let held = if note.is_empty() { String::new() } else { format!(" That post is {note}.") };
    match done {
        "opened" => {
            let asked = counted(asked, "update is asked for", "updates are asked for");
            Some(format!("The round is open. {asked}. {}", foreseen.told()))
        }
        "reminders" => Some(format!("The reminder{to} is recorded.{held}")),
        "escalations" => Some(format!("The silence is escalated{to}.{held}")),
        "withdrawal" => Some("The request is withdrawn.".to_owned()),
        "closure" => Some("The round is closed.".to_owned()),
        _ => None,
    }
}

/// That some of what is asked reaches nobody, or only somebody else; nothing where every post is held.
pub(super) fn lost(foreseen: &Foreseen) -> String {
    let Foreseen { unreached, unheld, .. } = foreseen;
    if *unreached > 0 {
        let updates = counted(*unreached, "update is", "updates are");
        return format!("{updates} asked of nobody: nobody who can be told holds {}", named(foreseen.lost()));
    }
    let by: BTreeSet<&str> = unheld.iter().filter_map(|one| one.in_place.as_deref()).collect();
    let by: Vec<&str> = by.into_iter().collect();
    match unheld.len() {
        0 => String::new(),
        posts => {
            let posts = counted(posts, "post that was asked", "posts that were asked");
            let is = if by.len() == 1 { "is" } else { "are" };
            format!("Nobody holds {posts}: {} {is} told in their place", by.join(" and "))
        }
    }
}

/// What happens by itself, and when.
pub(super) fn steps(kept: &Kept) -> String {
    let round = &kept.round;
    let reminders: Vec<String> = round.remind_on.iter().map(|on| day(*on)).collect();
    let reminded = match reminders.as_slice() {
        [] => "Nobody is reminded: the day was too near when the round was opened".to_owned(),
        days => format!("Reminders on {}", days.join(" and ")),
    };
    format!("{reminded}; escalated on {}", day(round.escalate_on))
}

/// That the meeting was cancelled, held or moved, so that the day no longer fits, and whether it is best to close
/// the round; nothing where all is well.
pub(super) fn note(kept: &Kept) -> Option<(String, bool)> {
    let (due_on, meets_on) = (kept.round.due_on, kept.meets_on);
    if kept.round.closed_on.is_some() {
        return None;
    }
    let goes_on = "Owners are still reminded and silence is still escalated";
    let papers = due_before(Calendar::scotland(), meets_on).ok().map(|due| due.papers);
    match kept.meeting_is.as_str() {
        "cancelled" => Some((format!("The meeting was cancelled. {goes_on}, until the round is closed."), true)),
        "held" => Some((format!("The meeting was held. {goes_on}, until the round is closed."), true)),
        _ if due_on >= meets_on => Some((
            format!(
                "The meeting was moved: it is on {}, and updates are due only on {}. {goes_on}; close this round and ask anew.",
                day(meets_on),
                day(due_on)
            ),
            true,
        )),
        _ => papers.filter(|papers| due_on >= *papers).map(|papers: Date| {
            let sentence = format!(
                "The papers for this meeting are due on {}, and updates only on {}: what comes then is not in them.",
                day(papers),
                day(due_on)
            );
            (sentence, false)
        }),
    }
}

//! What the service is there for, and what is neither: V1 to V5 and X1 to X3.

use crate::{
    code::Code,
    moment::Moment,
    story::{Link, Mark, State, What},
};

/// Whether the contact brings a new occurrence: it is the first on an incident that is linked so. In the protected
/// families the advisor’s word is enough, because there it must never be counted as failure.
pub fn is_new_occurrence(moment: &Moment) -> bool {
    let is_linked = moment.seen.links.get(moment.incident) == Some(&Link::NewOccurrence);
    is_linked && moment.is_first_on_incident()
        || moment.is_protected() && moment.contact.advisor == Some(Code::V2)
}

/// The kinds of value demand that are recorded.
pub fn values(moment: &Moment) -> Vec<Code> {
    let contact = moment.contact;
    let is_again = is_new_occurrence(moment);
    let all = [
        (Code::V1, moment.is_first() && !is_again),
        (Code::V2, is_again),
        (Code::V3, contact.is_new_information == Some(true)),
        (Code::V4, contact.marks.contains(&Mark::OwnChange)),
        (Code::V5, contact.marks.contains(&Mark::Invited)),
    ];
    all.into_iter().filter(|(_, holds)| *holds).map(|(code, _)| code).collect()
}

/// The kinds of neutral demand that are recorded.
pub fn neutrals(moment: &Moment) -> Vec<Code> {
    let marks = &moment.contact.marks;
    let all = [
        (Code::X1, marks.contains(&Mark::Duplicate)),
        (Code::X2, books_again(moment)),
        (Code::X3, marks.contains(&Mark::CarePlan)),
    ];
    all.into_iter().filter(|(_, holds)| *holds).map(|(code, _)| code).collect()
}

/// The last that happened to an appointment is that the caller missed it, and what followed from this contact was a
/// booking.
fn books_again(moment: &Moment) -> bool {
    let states = moment.before().rev().filter_map(|one| match &one.what {
        What::Appointment { state, .. } => Some(*state),
        _ => None,
    });
    let is_booked = |what: &What| matches!(what, What::Appointment { state: State::Booked, .. });
    states.take(1).any(|state| state == State::MissedByCaller)
        && moment.followed().any(|one| is_booked(&one.what))
}

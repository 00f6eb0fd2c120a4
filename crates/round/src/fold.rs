//! Folding the room's facts again, for `check` and `rebuild`.

use journal::{Entry, Folded, Tx};

use crate::{
    calendar::feed::{rows::Feeds, rules::Feed},
    group::{rows::Groups, rules::Group},
    meeting::{rows::Meetings, rules::Meeting},
    month::{rows::Rounds, rules::Round},
    notice::{
        rows::Notices,
        rules::Notice,
        subscription::{rows::Subscriptions, rules::Subscription},
    },
};

/// The tables that are the fold of the room's facts.
pub const TABLES: [&str; 9] = [
    "governance_group",
    "group_member",
    "meeting",
    "round",
    "update_request",
    "told",
    "calendar_feed",
    "notice",
    "subscription",
];

/// The room's states while the journal is folded from its start.
#[derive(Debug, Default)]
pub struct Memory {
    /// Governance groups.
    pub groups: Folded<Group>,
    /// Meetings.
    pub meetings: Folded<Meeting>,
    /// Rounds.
    pub rounds: Folded<Round>,
    /// Calendars' addresses.
    pub feeds: Folded<Feed>,
    /// Notices.
    pub notices: Folded<Notice>,
    /// What people want to be told, by account.
    pub subscriptions: Folded<Subscription>,
}

/// Folds one entry and saves its rows, if it is one of this room's.
pub async fn refold(tx: &mut Tx, memory: &mut Memory, entry: &Entry) -> Result<(), sqlx::Error> {
    journal::refold::<Groups>(tx, &mut memory.groups, entry).await?;
    journal::refold::<Meetings>(tx, &mut memory.meetings, entry).await?;
    journal::refold::<Rounds>(tx, &mut memory.rounds, entry).await?;
    journal::refold::<Feeds>(tx, &mut memory.feeds, entry).await?;
    journal::refold::<Notices>(tx, &mut memory.notices, entry).await?;
    journal::refold::<Subscriptions>(tx, &mut memory.subscriptions, entry).await
}

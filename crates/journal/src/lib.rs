//! The journal: every fact, once, in order, never changed; and the database it lives in.
//!
//! A room decides a fact by pure rules and appends it here; in the same transaction it saves the rows
//! that are the fold of its facts (HOUSE 4). `recall` folds one subject's facts; `entries` reads all of
//! them in order, for `check`, `rebuild` and measures. Whatever is published pins a position.
//!
//! The journal knows no room: a fact is a kind, a version and a JSON body. What is about a person is
//! [`Private`]: kept apart from the entry, which holds only a salted commitment to it.
//!
//! The database is SQLite inside the binary, or PostgreSQL: one SQL text, two types (HOUSE 5).

mod day;
mod entry;
mod id;
mod kept;
mod many;
mod migrate;
mod moment;
mod noun;
mod position;
mod private;
mod reference;
mod refold;
mod refusal;
mod store;
pub mod testing;
mod typed;
pub mod words;
mod writer;

pub use day::{beginning_of, clock, day_of, scotland};
pub use entry::{Actor, Entry, Fact, Recalled, append, entries, history, last_seq, recall};
pub use id::Id;
pub use many::Many;
pub use moment::{from_moment, to_moment};
pub use noun::{Noun, act, refold};
pub use position::{AsAt, Position, head, position};
pub use private::{Private, hex};
pub use reference::{reference, reference_seq};
pub use refold::{Folded, clear, dump};
pub use refusal::Refusal;
pub use store::{Engine, Journal, Reading};
pub use typed::{day_typed, time_gone, time_to_come};
pub use writer::Tx;

/// A connection to read from.
pub use sqlx::AnyConnection as Connection;
/// The database's error, so that a page can name it without SQL of its own.
pub use sqlx::Error as DatabaseError;

/// The open end of a span row: "until further notice". A row is current at position `p` when
/// `since_seq <= p and until_seq > p`, so one `where` serves now and any earlier position.
pub const OPEN_END: i64 = i64::MAX;

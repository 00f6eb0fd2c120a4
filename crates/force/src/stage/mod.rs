//! Playing what happens, each by a person whose role may, through the rules that every page goes through.

mod cast;
mod clock;
mod play;
mod sort;

use anyhow::{Context, Result, ensure};
pub use cast::{Cast, Kind, meeting};
pub use clock::Clock;
use jiff::civil::Date;
use journal::{Actor, Entry, Id, Noun, Tx};
use users::Role;

use crate::people::People;

/// Who keeps the register.
pub const AUDIT_MANAGER: &str = "audit_manager";
/// Who does the work.
pub const ACTION_OWNER: &str = "action_owner";
/// Who decides whether it is done.
pub const REVIEWER: &str = "inspectorate_reviewer";

/// What a person does: in which role, with which of the role's permissions, and what the page calls it.
#[derive(Debug, Clone, Copy)]
pub struct Doing {
    /// The role.
    pub role: &'static str,
    /// What it has to be allowed.
    pub permission: &'static str,
    /// The page's heading.
    pub task: &'static str,
}

/// A day, with the people, and what they have to do with, in one transaction.
pub struct Stage<'a> {
    /// The people.
    pub people: &'a People,
    /// The transaction.
    pub tx: &'a mut Tx,
    /// What has come into the register so far.
    pub cast: &'a mut Cast,
    /// The day.
    pub today: Date,
    /// The time of the day.
    pub clock: Clock,
}

impl Doing {
    /// Something that whoever keeps the register does.
    pub const fn keeping(task: &'static str) -> Self {
        Self { role: AUDIT_MANAGER, permission: "plan.register", task }
    }
}

impl Stage<'_> {
    /// Whoever does it, if the role may.
    pub fn who(&self, doing: Doing) -> Result<Actor> {
        let role = Role::of(doing.role).with_context(|| format!("there is no role {}", doing.role))?;
        ensure!(role.may(doing.permission), "{} may not: {}", role.name(), doing.task);
        self.people.doing(doing.role, doing.task)
    }

    /// May, recall, decide, append, save; and then it is later.
    pub async fn act<N: Noun>(
        &mut self,
        doing: Doing,
        id: &Id,
        known: &N::Known,
        command: N::Command,
    ) -> Result<Entry> {
        let who = self.who(doing)?;
        Ok(journal::act::<N>(self.tx, &who, self.clock.tick()?, id, known, command).await??)
    }

    /// The identity of something new.
    pub fn new_id(&self) -> Id {
        Id::new(self.clock.now())
    }
}

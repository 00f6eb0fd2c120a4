//! Where the demonstration plays: each event goes the way of a page, by a person whose role may.

use std::collections::BTreeMap;

use ::plan::{
    action::{rows::ActionsOf, rules as action},
    dependency::{
        rows::{self as dependencies, DependenciesOf},
        rules as dependency,
    },
    pages::recall,
    recommendation::{
        rows::{Recommendations, known},
        rules::Command as Change,
    },
    register::rows::load,
    target::{rows::Targets, rules as target},
    update::{rows::UpdatesOf, rules as update},
};
use anyhow::{Context, Result};
use jiff::{Timestamp, civil::Date};
use journal::{Actor, AsAt, Id, OPEN_END, Tx, act};

use crate::{
    life::{Event, What},
    people::People,
};

const AUDIT_MANAGER: &str = "audit_manager";
const ACTION_OWNER: &str = "action_owner";
const REVIEWER: &str = "inspectorate_reviewer";

/// Recommendations by their inspection's code and their own normal reference: ("CAM22", "3").
pub type Identities = BTreeMap<(String, String), Id>;

/// The people and the recommendations they work on, in one transaction.
pub struct Stage<'a> {
    /// The people.
    pub people: &'a People,
    /// The day's transaction.
    pub tx: &'a mut Tx,
    /// The day.
    pub today: Date,
    /// The recommendations.
    pub ids: &'a Identities,
}

/// Every recommendation of the register.
pub async fn identities(tx: &mut Tx, now: Timestamp) -> Result<Identities> {
    let register = load(tx, AsAt::Now, now).await?;
    let key = |reference: &str| import::normal_reference(reference);
    Ok(register
        .items
        .into_iter()
        .map(|item| ((item.code, key(&item.recommendation.reference)), item.id))
        .collect())
}

impl Stage<'_> {
    /// Plays one event of the plan with that code. The clock goes on with every entry.
    pub async fn play(&mut self, clock: &mut Clock, code: &str, event: &Event) -> Result<()> {
        let id = self.id(code, &event.of)?;
        let played = self.what(clock, code, &id, &event.what).await;
        played.with_context(|| format!("{code} {} on {}: {:?}", event.of, self.today, event.what))
    }

    fn id(&self, code: &str, reference: &str) -> Result<Id> {
        let key = (code.to_owned(), import::normal_reference(reference));
        self.ids.get(&key).cloned().with_context(|| format!("{code} has no recommendation {reference}"))
    }

    async fn what(&mut self, clock: &mut Clock, code: &str, id: &Id, what: &What) -> Result<()> {
        match what.clone() {
            What::Update(text) => self.update(clock, id, text).await,
            What::Finish { actions, note } => {
                for number in actions {
                    self.finish(clock, id, number, note.clone()).await?;
                }
                Ok(())
            }
            What::Move { to, reason, approved_by } => {
                self.move_target(clock, id, target::Command::Move { to, reason, approved_by }).await
            }
            What::Wait { on, reason } => {
                let on = self.id(code, &on)?;
                self.wait(clock, id, on, reason).await
            }
            What::Assemble(evidence) => {
                let who = self.people.doing(AUDIT_MANAGER, "Record the evidence as assembled")?;
                self.change(clock, &who, id, Change::AssembleEvidence { evidence }).await
            }
            What::Propose { what_we_did, impact } => {
                let who = self.people.doing(AUDIT_MANAGER, "Propose closure")?;
                self.change(clock, &who, id, Change::ProposeClosure { what_we_did, impact }).await
            }
            What::Return(reason) => {
                let who = self.people.doing(REVIEWER, "Return for more evidence")?;
                self.change(clock, &who, id, Change::Return { reason }).await
            }
            What::Discharge(reason) => {
                let who = self.people.doing(REVIEWER, "Discharge")?;
                self.change(clock, &who, id, Change::Discharge { reason }).await
            }
        }
    }

    async fn update(&mut self, clock: &mut Clock, id: &Id, text: String) -> Result<()> {
        let who = self.people.doing(ACTION_OWNER, "Add an update")?;
        let known = recall(self.tx, id).await?;
        act::<UpdatesOf>(self.tx, &who, clock.tick(), id, &known, update::Command::Add { text }).await??;
        Ok(())
    }

    async fn finish(&mut self, clock: &mut Clock, id: &Id, number: String, note: String) -> Result<()> {
        let who = self.people.doing(ACTION_OWNER, "Finish an action")?;
        let known = action::Known { today: self.today, recommendation: recall(self.tx, id).await? };
        let command = action::Command::Finish { number, note };
        act::<ActionsOf>(self.tx, &who, clock.tick(), id, &known, command).await??;
        Ok(())
    }

    async fn move_target(&mut self, clock: &mut Clock, id: &Id, command: target::Command) -> Result<()> {
        let who = self.people.doing(AUDIT_MANAGER, "Move the target date")?;
        let known = recall(self.tx, id).await?;
        act::<Targets>(self.tx, &who, clock.tick(), id, &known, command).await??;
        Ok(())
    }

    async fn wait(&mut self, clock: &mut Clock, id: &Id, on: Id, reason: String) -> Result<()> {
        let who = self.people.doing(AUDIT_MANAGER, "Add a dependency")?;
        let edges = dependencies::all(self.tx, OPEN_END - 1).await?;
        let known = dependency::Known {
            id: id.clone(),
            recommendation: recall(self.tx, id).await?,
            other: recall(self.tx, &on).await?,
            edges: edges.into_iter().map(|(waits, on, _)| (waits, on)).collect(),
        };
        let command = dependency::Command::Add { on, reason };
        act::<DependenciesOf>(self.tx, &who, clock.tick(), id, &known, command).await??;
        Ok(())
    }

    async fn change(&mut self, clock: &mut Clock, who: &Actor, id: &Id, command: Change) -> Result<()> {
        let was = recall(self.tx, id).await?.context("it is not in the register")?;
        let known = known(self.tx, &was.inspection, id, self.today).await?;
        act::<Recommendations>(self.tx, who, clock.tick(), id, &known, command).await??;
        Ok(())
    }
}

/// The simulated clock of a working day: it only moves forward.
pub struct Clock(Timestamp);

impl Clock {
    /// Nine in the morning, in Scotland.
    pub fn morning(day: Date) -> Result<Self> {
        Ok(Self(day.at(9, 0, 0, 0).in_tz("Europe/London")?.timestamp()))
    }

    /// The moment, and then it is some minutes later.
    pub fn tick(&mut self) -> Timestamp {
        let now = self.0;
        self.0 += jiff::SignedDuration::from_mins(7);
        now
    }
}

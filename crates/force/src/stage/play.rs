//! What happens to a recommendation after its plan came in.

use std::collections::BTreeMap;

use ::plan::{
    action::{rows::ActionsOf, rules as action},
    classification::{rows::Classifications, rules as classification},
    dependency::{
        pages::known as known_waits,
        rows::DependenciesOf,
        rules::{self as dependency, Awaited, Outside},
    },
    recommendation::{
        rows::Recommendations,
        rules::{Command as Change, Known},
    },
    target::{pages::known_of as known_target, rows::Targets, rules as target},
    update::{pages::other, rows::UpdatesOf, rules as update},
};
use anyhow::{Context, Result, bail};
use jiff::civil::Date;
use journal::Id;

use super::{ACTION_OWNER, AUDIT_MANAGER, Doing, Kind, REVIEWER, Stage};
use crate::life::{Event, WaitFor, What};

const ADD_UPDATE: Doing = Doing { role: ACTION_OWNER, permission: "plan.update", task: "Add an update" };
const INHERIT_UPDATE: Doing = Doing {
    role: ACTION_OWNER,
    permission: "plan.update",
    task: "Give the update of another recommendation",
};
const FINISH: Doing = Doing { role: ACTION_OWNER, permission: "plan.update", task: "Finish an action" };
const MOVE: Doing = Doing { role: AUDIT_MANAGER, permission: "plan.target", task: "Move the target date" };
const WAIT: Doing = Doing::keeping("Add a dependency");
const ADDRESS: Doing = Doing::keeping("Say whom it is addressed to");
const ASSEMBLE: Doing =
    Doing { role: AUDIT_MANAGER, permission: "plan.evidence", task: "Record the evidence as assembled" };
const PROPOSE: Doing = Doing { role: AUDIT_MANAGER, permission: "plan.evidence", task: "Propose closure" };
const RETURN: Doing = Doing { role: REVIEWER, permission: "plan.decide", task: "Return for more evidence" };
const DISCHARGE: Doing = Doing { role: REVIEWER, permission: "plan.decide", task: "Discharge" };

impl Stage<'_> {
    /// Plays one event of the plan with that code.
    pub async fn play(&mut self, code: &str, event: &Event) -> Result<()> {
        let id = self.cast.recommendation(code, &event.of)?;
        let played = self.what(code, &id, event.what.clone()).await;
        played.with_context(|| format!("{code} {} on {}: {:?}", event.of, self.today, event.what))
    }

    async fn what(&mut self, code: &str, id: &Id, what: What) -> Result<()> {
        match what {
            What::Update(text) => {
                let known = update::Known { recommendation: self.cast.state(id), other: None };
                self.act::<UpdatesOf>(ADD_UPDATE, id, &known, update::Command::Add { text }).await?;
            }
            What::AsAbove { of, note } => self.inherit(code, id, &of, note).await?,
            What::Finish { actions, note } => {
                let known = action::Known::on(self.today, self.cast.state(id));
                for number in actions {
                    let command = action::Command::Finish { number, note: note.clone() };
                    self.act::<ActionsOf>(FINISH, id, &known, command).await?;
                }
            }
            What::Move { to, category, reason, approved_by } => {
                let command = target::Command::Move { to, reason, approved_by, delay_reason: category };
                let known = known_target(self.tx, self.cast.state(id)).await?;
                self.act::<Targets>(MOVE, id, &known, command).await?;
            }
            What::Address { to, reason } => {
                let known = classification::Known {
                    recommendation: self.cast.state(id),
                    bodies: self.cast.bodies(code),
                };
                let command = classification::Command::Address { to: to.join("\n"), reason };
                self.act::<Classifications>(ADDRESS, id, &known, command).await?;
            }
            What::Wait { on, reason } => {
                let on = Awaited::Recommendation(self.cast.recommendation(code, &on)?);
                self.wait(id, on, reason, None).await?;
            }
            What::WaitFor(wait) => {
                let on = self.awaited(code, &wait)?;
                self.wait(id, on, wait.reason, Some(wait.since)).await?;
            }
            What::Assemble(evidence) => {
                self.change(ASSEMBLE, id, Change::AssembleEvidence { evidence }).await?;
            }
            What::Propose { what_we_did, impact } => {
                self.change(PROPOSE, id, Change::ProposeClosure { what_we_did, impact }).await?;
            }
            What::Return(reason) => self.change(RETURN, id, Change::Return { reason }).await?,
            What::Discharge(reason) => self.change(DISCHARGE, id, Change::Discharge { reason }).await?,
        }
        Ok(())
    }

    async fn inherit(&mut self, code: &str, id: &Id, of: &str, note: String) -> Result<()> {
        let from = self.cast.recommendation(code, of)?;
        let other = other(self.tx, &from).await?;
        let known = update::Known { recommendation: self.cast.state(id), other };
        self.act::<UpdatesOf>(INHERIT_UPDATE, id, &known, update::Command::Inherit { from, note }).await?;
        Ok(())
    }

    /// What the words of a life mean.
    fn awaited(&self, code: &str, wait: &WaitFor) -> Result<Awaited> {
        Ok(match (&wait.programme, &wait.body, &wait.recommendation, &wait.action) {
            (Some(key), None, None, None) => {
                Awaited::Other(Outside::Programme(self.cast.find(Kind::Programme, key)?))
            }
            (None, Some(body), None, None) => Awaited::Other(Outside::Body(body.clone())),
            (None, None, Some(on), None) => Awaited::Recommendation(self.cast.recommendation(code, on)?),
            (None, None, Some(on), Some(number)) => Awaited::Other(Outside::Action {
                recommendation: self.cast.recommendation(code, on)?,
                number: number.clone(),
            }),
            _ => bail!("it waits for one thing at a time"),
        })
    }

    async fn wait(&mut self, id: &Id, on: Awaited, reason: String, since: Option<Date>) -> Result<()> {
        let known = known_waits(self.tx, self.today, id, &on).await?;
        let command = dependency::Command::Add { on, reason, since };
        self.act::<DependenciesOf>(WAIT, id, &known, command).await?;
        Ok(())
    }

    async fn change(&mut self, doing: Doing, id: &Id, command: Change) -> Result<()> {
        // No step on the way to discharge is about references, so none has to be known.
        let known = Known { today: self.today, taken: BTreeMap::new(), successor: None };
        let entry = self.act::<Recommendations>(doing, id, &known, command).await?;
        self.cast.follow(&entry)
    }
}

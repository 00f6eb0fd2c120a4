//! Sorting a plan's recommendations on the day it came in: what a workbook has no column for.

use ::plan::{
    action::{rows::ActionsOf, rules as action},
    classification::{
        rows::Classifications,
        rules::{Command, Known},
    },
};
use anyhow::{Context, Result};

use super::{ACTION_OWNER, Doing, Stage};
use crate::{Plan, Recommendation};

const STAGE: Doing =
    Doing { role: ACTION_OWNER, permission: "plan.update", task: "Say how far an action is" };

impl Stage<'_> {
    /// Says of each recommendation of `plan` what the plan does.
    pub async fn sort(&mut self, plan: &Plan) -> Result<()> {
        for one in &plan.recommendations {
            self.sort_one(plan, one).await.with_context(|| format!("{} {}", plan.code, one.reference))?;
        }
        Ok(())
    }

    async fn sort_one(&mut self, plan: &Plan, one: &Recommendation) -> Result<()> {
        let id = self.cast.recommendation(&plan.code, &one.reference)?;
        let recommendation = self.cast.state(&id);
        let known = Known { recommendation: recommendation.clone(), bodies: self.cast.bodies(&plan.code) };
        for (task, command) in said(plan, one) {
            self.act::<Classifications>(Doing::keeping(task), &id, &known, command).await?;
        }
        let known = action::Known::on(self.today, recommendation);
        for ((number, _), stage) in one.numbered_actions().zip(&one.stages) {
            let command = action::Command::Stage { number, stage: stage.clone() };
            self.act::<ActionsOf>(STAGE, &id, &known, command).await?;
        }
        Ok(())
    }
}

/// What the plan says of one of its recommendations, by the pages' headings. What it does not say is not
/// said, nor whom it is addressed to where that is whom its inspection is.
fn said(plan: &Plan, one: &Recommendation) -> Vec<(&'static str, Command)> {
    let reason = || "As the plan says.".to_owned();
    let mut said = Vec::new();
    if plan.addressees_of(one) != plan.addressees {
        let to = one.addressees.join("\n");
        said.push(("Say whom it is addressed to", Command::Address { to, reason: reason() }));
    }
    if !one.themes.is_empty() {
        said.push(("Choose its themes", Command::Theme { themes: one.themes.clone() }));
    }
    if !one.horizon.is_empty() {
        said.push(("Set its priority", Command::Prioritise { horizon: one.horizon.clone() }));
    }
    if !one.milestones.is_empty() {
        let command = Command::Link { milestones: one.milestones.clone() };
        said.push(("Link it to the business plan", command));
    }
    let strategic_owner = plan.strategic_owner_of(one).to_owned();
    if !strategic_owner.is_empty() {
        let command = Command::Oversee { strategic_owner, reason: reason() };
        said.push(("Name the strategic owner", command));
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domestic_abuse, sixty};

    #[test]
    fn only_what_the_plan_says_and_what_changes_something_is_said() {
        let (bare, told) = (sixty(1), domestic_abuse().unwrap());
        assert_eq!(said(&bare, &bare.recommendations[0]), []);
        let first = &told.recommendations[0];
        let tasks: Vec<&str> = said(&told, first).into_iter().map(|(task, _)| task).collect();
        let all = [
            "Say whom it is addressed to",
            "Choose its themes",
            "Set its priority",
            "Link it to the business plan",
            "Name the strategic owner",
        ];
        assert_eq!(tasks, all);
        let whole = Recommendation { addressees: told.addressees.clone(), ..first.clone() };
        assert_eq!(said(&told, &whole).len(), 4);
        let elsewhere =
            Recommendation { addressees: vec!["Scottish Police Authority".to_owned()], ..first.clone() };
        assert!(!said(&told, &elsewhere).iter().any(|(task, _)| *task == "Name the strategic owner"));
    }
}

//! One finding for each recommendation where few have a fault, one for the plan where many share it.

use super::{
    Finding, Severity,
    look::{Plan, short},
    rules::Place,
    text::listed,
};
use crate::register::rules::Item;

/// From how many on a plan has one finding for all.
const MANY: usize = 3;

/// A recommendation that has the fault.
pub(super) struct Same<'a> {
    /// Which.
    pub item: &'a Item,
    /// What makes it this very finding.
    pub key: String,
    /// What is told of it in a list: "September 2024"; empty where its number says all.
    pub told: String,
}

impl Same<'_> {
    /// "R1 (September 2024)", or its number alone.
    pub(super) fn in_list(&self) -> String {
        match self.told.as_str() {
            "" => short(self.item),
            told => format!("{} ({told})", short(self.item)),
        }
    }
}

/// How the fault is told.
pub(super) struct Telling {
    /// The check's key.
    pub check: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// The form that mends it.
    pub form: &'static str,
}

impl Telling {
    /// The findings of one plan. `one` tells of one recommendation, `many` of a number of them with their list.
    pub(super) fn of(
        &self,
        plan: &Plan<'_>,
        same: &[Same<'_>],
        one: impl Fn(&Same<'_>) -> String,
        many: impl Fn(usize, &str) -> String,
    ) -> Vec<Finding> {
        if same.len() < MANY {
            let each = |same: &Same<'_>| {
                let place = Place::item(same.item, self.form);
                place.finding(self.check, self.severity, one(same), &same.key)
            };
            return same.iter().map(each).collect();
        }
        let list: Vec<String> = same.iter().map(Same::in_list).collect();
        let keys: Vec<String> = same.iter().map(|one| format!("{}={}", short(one.item), one.key)).collect();
        let place = Place::plan(plan.id, &plan.inspection.code, plan.list());
        vec![place.finding(self.check, self.severity, many(same.len(), &listed(&list)), &keys.join(";"))]
    }
}

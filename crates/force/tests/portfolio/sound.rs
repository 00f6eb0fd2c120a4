//! Nothing happens in the portfolio that may not happen, and nothing names what is not there.

use std::collections::{BTreeMap, BTreeSet};

use force::{
    What,
    portfolio::{self, Story},
    workbook,
};
use import::{TargetDate, normal_reference};
use jiff::civil::Date;

use crate::play::{Stands, all, fixed, label, until};

const THEMES: [&str; 6] = [
    "demand_picture",
    "performance_information",
    "consolidate_guidance",
    "consistency",
    "training_and_learning",
    "custody",
];
const DELAYS: [&str; 4] =
    ["wider_programmes", "crime_management_reform", "technical_development", "partnership_dependency"];
const STAGES: [&str; 5] = ["gather", "engage", "design", "deliver", "evaluate"];
const MILESTONES: [&str; 12] = [
    "SC 1.02", "SC 1.11", "SC 1.14", "SC 1.35", "SC 1.36", "SV 3.02", "SV 3.12", "SV 3.13", "SV 3.15",
    "SV 3.17", "LC 2.11", "LC 2.17",
];
/// A day on which everything of the lives has happened.
const TODAY: Date = jiff::civil::date(2026, 11, 22);

#[test]
fn every_plan_names_only_what_there_is() {
    let posts: BTreeSet<String> = portfolio::posts().unwrap().into_iter().map(|one| one.post).collect();
    let (mut titles, mut codes, mut files) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for story in all() {
        let plan = &story.plan;
        assert!(titles.insert(plan.title.to_lowercase()), "{} is there twice", plan.title);
        assert!(codes.insert(plan.code.clone()) && plan.code.len() <= 12, "{}", plan.code);
        assert!(files.insert(story.file.clone()), "{}", story.file);
        assert!(::plan::inspection::rules::Kind::read(&plan.kind).is_some(), "{}", plan.title);
        assert!(plan.published_on < story.life.carried_in_on, "{}", plan.title);
        let is_told = !plan.title.ends_with("(invented)");
        for one in &plan.recommendations {
            let told = label(&plan.code, &one.reference);
            assert!(
                !one.text.is_empty() && one.addressees.iter().all(|body| plan.addressees.contains(body)),
                "{told}"
            );
            assert!(one.themes.iter().all(|key| THEMES.contains(&key.as_str())), "{told}");
            assert!(one.milestones.iter().all(|code| MILESTONES.contains(&code.as_str())), "{told}");
            assert!(one.stages.iter().all(|stage| STAGES.contains(&stage.as_str())), "{told}");
            assert!(one.stages.is_empty() || one.stages.len() == one.actions.len(), "{told}: stages");
            assert!(["", "short", "medium", "long"].contains(&one.horizon.as_str()), "{told}");
            assert!(["", "Low", "Medium", "High"].contains(&one.risk_exposure.as_str()), "{told}");
            if is_told {
                let owners = [one.owner.as_str(), plan.strategic_owner_of(one)];
                for owner in owners.into_iter().filter(|owner| !owner.is_empty()) {
                    assert!(posts.contains(owner), "{told}: {owner} is not in posts.toml");
                }
            }
        }
    }
}

#[test]
fn nothing_happens_before_a_plan_is_there_and_no_day_is_too_full() {
    let mut full: BTreeMap<Date, usize> = BTreeMap::new();
    for story in all() {
        let days = fixed(&story);
        assert!(days.first().is_none_or(|(day, _)| story.life.carried_in_on <= *day), "{}", story.plan.title);
        *full.entry(story.life.carried_in_on).or_default() += 1;
        let entries = |what: &What| match what {
            What::Finish { actions, .. } => actions.len(),
            _ => 1,
        };
        for (day, event) in until(&story, TODAY) {
            *full.entry(day).or_default() += entries(&event.what);
        }
    }
    // A day begins at nine and every entry takes three minutes; what the day's plan is sorted by comes on top.
    let (day, entries) = full.iter().max_by_key(|(_, entries)| **entries).unwrap();
    assert!(*entries <= 90, "{entries} entries on {day}");
}

#[test]
fn every_step_may_be_taken() {
    let programmes: BTreeSet<String> =
        portfolio::programmes().unwrap().into_iter().map(|one| one.key).collect();
    let posts: BTreeSet<String> = portfolio::posts().unwrap().into_iter().map(|one| one.post).collect();
    for story in all() {
        Walk::of(&story).walk(&programmes, &posts);
    }
}

/// One plan's recommendations on their way.
struct Walk<'a> {
    story: &'a Story,
    stands: BTreeMap<String, Stands>,
    actions: BTreeMap<String, BTreeSet<String>>,
    targets: BTreeMap<String, Option<TargetDate>>,
    updates: BTreeMap<String, String>,
    waits: BTreeSet<(String, String)>,
}

impl<'a> Walk<'a> {
    fn of(story: &'a Story) -> Self {
        let all = || story.plan.recommendations.iter().map(|one| (normal_reference(&one.reference), one));
        let numbers =
            |one: &force::Recommendation| one.numbered_actions().map(|(number, _)| number).collect();
        Self {
            story,
            stands: all().map(|(key, _)| (key, Stands::Open)).collect(),
            actions: all().map(|(key, one)| (key, numbers(one))).collect(),
            targets: all().map(|(key, one)| (key, one.revised_target.or(one.target))).collect(),
            updates: all().map(|(key, one)| (key, one.update.clone())).collect(),
            waits: BTreeSet::new(),
        }
    }

    fn walk(mut self, programmes: &BTreeSet<String>, posts: &BTreeSet<String>) {
        for (on, event) in until(self.story, TODAY) {
            let told = format!("{} on {on}: {:?}", label(&self.story.plan.code, &event.of), event.what);
            let key = normal_reference(&event.of);
            let stands = *self.stands.get(&key).unwrap_or_else(|| panic!("there is none such: {told}"));
            assert_ne!(stands, Stands::Discharged, "after its discharge: {told}");
            match &event.what {
                What::Move { category, approved_by, .. } => {
                    assert!(DELAYS.contains(&category.as_str()) && posts.contains(approved_by), "{told}");
                }
                What::WaitFor(wait) => {
                    assert!(wait.programme.as_ref().is_none_or(|key| programmes.contains(key)), "{told}");
                    assert!(wait.since <= on, "{told}");
                }
                _ => {}
            }
            self.work(&key, &event.what, &told);
            if let Some(next) = step(stands, &event.what, &told) {
                self.stands.insert(key, next);
            }
        }
        self.has_no_loop();
    }

    /// Work that leaves a recommendation where it stands.
    fn work(&mut self, key: &str, what: &What, told: &str) {
        match what {
            What::Update(text) => {
                assert!(!text.trim().is_empty() && self.updates.get(key) != Some(text), "{told}");
                self.updates.insert(key.to_owned(), text.clone());
            }
            What::AsAbove { of, .. } => {
                let above = normal_reference(of);
                assert!(
                    self.updates.get(&above).is_some_and(|text| !text.is_empty()),
                    "nothing above: {told}"
                );
                assert_ne!(above, key, "{told}");
            }
            What::Finish { actions, note } => {
                for number in actions {
                    let left = self.actions.get_mut(key).unwrap();
                    assert!(left.remove(number) && !note.is_empty(), "{number} is not there or done: {told}");
                }
            }
            What::Move { to, reason, .. } => {
                let to = TargetDate::read(to).unwrap_or_else(|| panic!("no target: {told}"));
                let was = self.targets.insert(key.to_owned(), Some(to)).flatten();
                assert!(was.is_some_and(|was| was < to) && !reason.is_empty(), "{told}");
            }
            What::Address { to, reason } => {
                assert!(!reason.is_empty() && !to.is_empty(), "{told}");
                assert!(to.iter().all(|body| self.story.plan.addressees.contains(body)), "{told}");
            }
            What::Wait { on, .. } => self.wait(key, &normal_reference(on), told),
            What::WaitFor(wait) => {
                let kinds = [&wait.programme, &wait.body, &wait.recommendation];
                assert_eq!(kinds.iter().filter(|one| one.is_some()).count(), 1, "{told}");
                if let Some(number) = &wait.action {
                    let of = normal_reference(wait.recommendation.as_ref().unwrap());
                    let plan = &self.story.plan.recommendations;
                    let other = plan.iter().find(|one| normal_reference(&one.reference) == of).unwrap();
                    assert!(other.numbered_actions().any(|(own, _)| own == *number), "{told}");
                }
                let on = wait.recommendation.as_ref().map(|one| normal_reference(one));
                let on = on.or(wait.programme.clone()).or(wait.body.clone()).unwrap();
                self.wait(key, &on, told);
            }
            _ => {}
        }
    }

    fn wait(&mut self, key: &str, on: &str, told: &str) {
        assert!(self.waits.insert((key.to_owned(), on.to_owned())), "it waits already: {told}");
        assert_ne!(key, on, "{told}");
    }

    fn has_no_loop(&self) {
        for (from, _) in &self.waits {
            let (mut seen, mut todo) = (BTreeSet::new(), vec![from.clone()]);
            while let Some(at) = todo.pop() {
                for (_, on) in self.waits.iter().filter(|(of, _)| *of == at) {
                    assert_ne!(on, from, "{}: R{from} waits for itself", self.story.plan.title);
                    if seen.insert(on.clone()) {
                        todo.push(on.clone());
                    }
                }
            }
        }
    }
}

/// Where a step leads; nothing where it is none.
fn step(from: Stands, what: &What, told: &str) -> Option<Stands> {
    match (what, from) {
        (What::Assemble(text), Stands::Open | Stands::Returned) if !text.is_empty() => {
            Some(Stands::Assembled)
        }
        (What::Propose { what_we_did, impact }, Stands::Assembled)
            if !what_we_did.is_empty() && !impact.is_empty() =>
        {
            Some(Stands::Proposed)
        }
        (What::Return(reason), Stands::Proposed) if !reason.is_empty() => Some(Stands::Returned),
        (What::Discharge(reason), Stands::Proposed) if !reason.is_empty() => Some(Stands::Discharged),
        (What::Assemble(_) | What::Propose { .. } | What::Return(_) | What::Discharge(_), _) => {
            panic!("this step does not lead on from {from:?}: {told}")
        }
        _ => None,
    }
}

#[test]
fn every_open_one_can_be_worked_on() {
    let stories = all();
    let register = crate::play::register(&stories, TODAY);
    let mut bare = Vec::new();
    for story in &stories {
        for one in &story.plan.recommendations {
            let now = &register[&label(&story.plan.code, &one.reference)];
            if now.stands == Stands::Discharged || !now.is_the_forces {
                continue;
            }
            let whole = !one.owner.is_empty()
                && one.target.is_some()
                && !one.impact.is_empty()
                && !one.actions.is_empty();
            assert!(whole && !one.themes.is_empty() && !one.horizon.is_empty(), "{}", now.label);
            assert!(!now.updates.is_empty() || !one.update.is_empty(), "{}", now.label);
            if now.risk_statement.is_empty() {
                bare.push(now.label.clone());
            }
        }
    }
    assert_eq!(bare, ["DA23-R14"]);
}

#[test]
fn every_plan_is_read_from_its_workbook_as_it_is_meant() {
    for story in all() {
        let (plan, file) = (&story.plan, &story.file);
        let bytes = workbook(plan, story.shape).unwrap();
        let placed = import::place(&import::read(file, &bytes).unwrap()).unwrap();
        assert_eq!(placed.unsure, [], "{file}");
        assert_eq!(placed.recommendations.len(), plan.recommendations.len(), "{file}");
        for (read, meant) in placed.recommendations.iter().zip(&plan.recommendations) {
            assert_eq!((&read.reference, &read.text), (&meant.reference, &meant.text), "{file}");
            assert_eq!(read.first_target, meant.target, "{file} {}", meant.reference);
            assert_eq!(read.updates.join(""), meant.update, "{file} {}", meant.reference);
            let actions: Vec<_> =
                read.actions.iter().map(|it| (it.number.clone(), it.text.as_str())).collect();
            assert_eq!(actions, meant.numbered_actions().collect::<Vec<_>>(), "{file} {}", meant.reference);
        }
    }
}

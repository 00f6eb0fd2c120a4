//! The portfolio played by a few lines of its own: who stands where on a day.

use std::collections::BTreeMap;

use force::{
    Day, Event, FORCE, What,
    portfolio::{Story, stories},
};
use import::{TargetDate, normal_reference};
use jiff::civil::{Date, date};

/// The day of the paper whose figures are to come out.
pub const PAPER: Date = date(2025, 9, 16);
/// The days of the period of that paper.
pub const PERIOD: (Date, Date) = (date(2025, 6, 13), PAPER);

/// Where a recommendation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    Open,
    Assembled,
    Proposed,
    Returned,
    Discharged,
}

/// A recommendation on a day.
#[derive(Debug, Clone)]
pub struct One {
    pub code: String,
    pub label: String,
    pub stands: Stands,
    pub closed_on: Option<Date>,
    pub is_the_forces: bool,
    pub strategic_owner: String,
    pub themes: Vec<String>,
    pub published_on: Date,
    pub carried_in_on: Date,
    pub targets: Vec<TargetDate>,
    pub updates: Vec<(Date, String)>,
    pub risk_statement: String,
}

impl One {
    /// Open as the paper counts it: neither discharged nor with the inspectorate.
    pub fn is_open(&self) -> bool {
        !matches!(self.stands, Stands::Discharged | Stands::Proposed)
    }

    pub fn is_past_first_target(&self, today: Date) -> bool {
        self.is_open() && self.targets.first().is_some_and(|target| target.last_day() < today)
    }
}

/// All stories, once.
pub fn all() -> Vec<Story> {
    stories().unwrap()
}

/// "MH23-R2".
pub fn label(code: &str, reference: &str) -> String {
    format!("{code}-R{}", normal_reference(reference))
}

/// What happened up to and with `day`, in order, if the demonstration is made on the day after.
pub fn until(story: &Story, day: Date) -> Vec<(Date, &Event)> {
    let mut events: Vec<_> = story.life.before(day.tomorrow().unwrap()).collect();
    events.sort_by_key(|(on, _)| *on);
    events
}

/// The events of the calendar, in order.
pub fn fixed(story: &Story) -> Vec<(Date, &Event)> {
    let on = |event: &Event| match event.on {
        Day::On(day) => Some(day),
        Day::Ago(_) => None,
    };
    let mut events: Vec<_> =
        story.life.events.iter().filter_map(|event| on(event).map(|day| (day, event))).collect();
    events.sort_by_key(|(on, _)| *on);
    events
}

/// Every recommendation that is in the register on `day`, by label.
pub fn register(stories: &[Story], day: Date) -> BTreeMap<String, One> {
    let mut register = BTreeMap::new();
    for story in stories.iter().filter(|story| story.life.carried_in_on <= day) {
        let plan = &story.plan;
        for one in &plan.recommendations {
            let label = label(&plan.code, &one.reference);
            let targets = one.target.into_iter().chain(one.revised_target).collect();
            let new = One {
                code: plan.code.clone(),
                label: label.clone(),
                stands: Stands::Open,
                closed_on: None,
                is_the_forces: plan.addressees_of(one).iter().any(|body| body == FORCE),
                strategic_owner: plan.strategic_owner_of(one).to_owned(),
                themes: one.themes.clone(),
                published_on: plan.published_on,
                carried_in_on: story.life.carried_in_on,
                targets,
                updates: Vec::new(),
                risk_statement: one.risk_statement.clone(),
            };
            assert!(register.insert(label.clone(), new).is_none(), "{label} is there twice");
        }
        for (on, event) in until(story, day) {
            let label = label(&plan.code, &event.of);
            let one = register.get_mut(&label).unwrap_or_else(|| panic!("there is no {label}"));
            match &event.what {
                What::Update(text) => one.updates.push((on, text.clone())),
                What::AsAbove { of, note } => one.updates.push((on, format!("As above: {of}. {note}"))),
                What::Move { to, .. } => one.targets.push(TargetDate::read(to).unwrap()),
                What::Assemble(_) => one.stands = Stands::Assembled,
                What::Propose { .. } => one.stands = Stands::Proposed,
                What::Return(_) => one.stands = Stands::Returned,
                What::Discharge(_) => (one.stands, one.closed_on) = (Stands::Discharged, Some(on)),
                _ => {}
            }
        }
    }
    register
}

/// How many of the force's recommendations fit.
pub fn count(register: &BTreeMap<String, One>, fits: impl Fn(&One) -> bool) -> usize {
    register.values().filter(|one| one.is_the_forces && fits(one)).count()
}

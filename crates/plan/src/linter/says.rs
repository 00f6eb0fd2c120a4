//! What the register says of a statement, for the day on which it held.

use jiff::civil::Date;
use serde::Serialize;

use super::{
    Look,
    look::short,
    standing::{closed_by, moved_by, open_on, proposed_on, target_on},
    text::listed,
};
use crate::{
    register::rules::Item,
    source::rules::{About, Quantity, Statement},
    target::rules::delay,
    words::counted as number_of,
};

/// The most recommendations that a sentence lists by number.
const LISTED: usize = 12;

/// The register's own answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Says {
    /// In words.
    pub words: String,
    /// Whether the statement agrees with it; nothing where the register cannot tell.
    pub agrees: Option<bool>,
}

impl Says {
    fn of(words: impl Into<String>, agrees: Option<bool>) -> Self {
        Self { words: words.into(), agrees }
    }
}

/// What `look` says where `statement` speaks.
pub fn register_says(look: &Look<'_>, statement: &Statement) -> Says {
    let Statement { about, quantity, as_on, .. } = statement;
    match (quantity, about) {
        (Quantity::Delayed, _) => {
            let rules = delayed(look, statement);
            Says::of(rules.words(), statement.number().map(|number| rules.fit(number) > 0))
        }
        (quantity, _) if quantity.is_number() => match counted(look, statement) {
            Some(count) => Says::of(count.words(about), statement.number().map(|number| count.is(number))),
            None => Says::of("The register cannot tell for that day.", None),
        },
        (Quantity::FirstTarget | Quantity::CurrentTarget, About::Recommendation(id)) => {
            let item = look.item(id);
            let has = item.and_then(|item| target_of(item, *quantity, *as_on));
            let agrees = statement.date().map(|told| has.is_some_and(|has| alike(told, has)));
            Says::of(has.map_or_else(|| "No target".to_owned(), |has| has.to_string()), agrees)
        }
        (Quantity::Published, About::Inspection(id)) => match look.plan(id) {
            Some(plan) => {
                let on = plan.inspection.published_on;
                let fits = statement.date().map(|told| told.first_day() <= on && on <= told.last_day());
                Says::of(crate::words::day(on), fits)
            }
            None => Says::of("No such inspection", None),
        },
        (Quantity::Title, About::Inspection(id)) => {
            let title = look.plan(id).map_or("", |plan| plan.inspection.title.as_str());
            Says::of(title, Some(title.eq_ignore_ascii_case(&statement.value)))
        }
        (Quantity::Status, About::Recommendation(id)) => {
            let words = look.item(id).map_or("", |item| item.recommendation.status.words());
            Says::of(format!("{words} today"), None)
        }
        _ => Says::of("Nothing: it is not counted here.", None),
    }
}

/// The first target, or the one that stood on a day.
pub(super) fn target_of(item: &Item, quantity: Quantity, day: Date) -> Option<import::TargetDate> {
    if quantity == Quantity::FirstTarget { item.first_target() } else { target_on(item, day) }
}

/// Whether two targets are one: a month and a day within it are.
pub(super) fn alike(one: import::TargetDate, other: import::TargetDate) -> bool {
    use import::TargetDate::Month;
    let months = matches!(one, Month { .. }) || matches!(other, Month { .. });
    one == other || months && one.first_day().first_of_month() == other.first_day().first_of_month()
}

/// What a figure counts in the register on its day.
#[derive(Debug)]
pub(super) struct Counted<'a> {
    /// The recommendations; none where plans or areas are counted.
    pub items: Vec<&'a Item>,
    /// All.
    pub whole: usize,
    /// Those addressed to the service.
    pub ours: usize,
    /// Where papers count what is with the inspectorate apart ("104 open … with a further 5 proposed for
    /// closure", S004 1.1): those without it, all and the service's.
    pub apart: Option<(usize, usize)>,
    /// What they are, one and many.
    pub noun: (&'static str, &'static str),
}

/// What `statement`'s figure counts; nothing where the register cannot tell.
pub(super) fn counted<'a>(look: &Look<'a>, statement: &Statement) -> Option<Counted<'a>> {
    let Statement { about, quantity, as_on, .. } = statement;
    let day = *as_on;
    let scope = look.scope(about);
    if scope.is_empty() && matches!(about, About::Theme(_)) {
        return None;
    }
    let only =
        |keep: &dyn Fn(&Item) -> bool| scope.iter().copied().filter(|item| keep(item)).collect::<Vec<_>>();
    let (items, noun) = match quantity {
        Quantity::Open => (only(&|item| open_on(item, day)), ("open recommendation", "open recommendations")),
        Quantity::Closed => (
            only(&|item| item.published_on <= day && closed_by(item, day)),
            ("closed recommendation", "closed recommendations"),
        ),
        Quantity::Total => (only(&|item| item.published_on <= day), ("recommendation", "recommendations")),
        Quantity::ProposedForClosure => {
            let noun = ("recommendation proposed for closure", "recommendations proposed for closure");
            (only(&|item| proposed_on(item, day)), noun)
        }
        Quantity::Plans => {
            let open = look.plans.iter().filter(|plan| {
                plan.items.iter().any(|item| open_on(item, day) && scope.iter().any(|one| one.id == item.id))
            });
            let noun = ("plan with open recommendations", "plans with open recommendations");
            return Some(Counted::number(open.count(), noun));
        }
        Quantity::AreasForDevelopment => {
            let About::Inspection(id) = about else { return None };
            let areas = look.input.areas.iter().filter(|area| area.inspection == *id).count();
            return Some(Counted::number(areas, ("area for development", "areas for development")));
        }
        _ => return None,
    };
    let ours = items.iter().filter(|item| look.is_ours(item)).count();
    let apart = (*quantity == Quantity::Open).then(|| {
        let in_work: Vec<&&Item> = items.iter().filter(|item| !proposed_on(item, day)).collect();
        (in_work.len(), in_work.iter().filter(|item| look.is_ours(item)).count())
    });
    Some(Counted { whole: items.len(), ours, apart, items, noun })
}

impl Counted<'_> {
    fn number(number: usize, noun: (&'static str, &'static str)) -> Self {
        Self { items: Vec::new(), whole: number, ours: number, apart: None, noun }
    }

    /// Whether `number` is all of them, or those addressed to the service, with or without what is with the
    /// inspectorate.
    pub(super) fn is(&self, number: usize) -> bool {
        let apart = self.apart.is_some_and(|(whole, ours)| number == whole || number == ours);
        apart || number == self.whole || number == self.ours
    }

    /// "10: R1, R5 and R7", or the number alone where the list would be long.
    pub(super) fn told(&self, about: &About) -> String {
        let whole = crate::words::thousands(self.whole);
        if self.items.is_empty() || self.items.len() > LISTED {
            return whole;
        }
        let name =
            |item: &&Item| if matches!(about, About::Inspection(_)) { short(item) } else { item.label() };
        format!("{whole}: {}", listed(&self.items.iter().map(name).collect::<Vec<_>>()))
    }

    fn words(&self, about: &About) -> String {
        let number = number_of(self.whole, self.noun.0, self.noun.1);
        let list = self.told(about);
        match list.split_once(": ") {
            Some((_, names)) => format!("{number}: {names}"),
            None => number,
        }
    }
}

/// How many are delayed by each rule that a paper might count by.
#[derive(Debug)]
pub(super) struct Delayed<'a> {
    /// Past the first target.
    pub first: Vec<&'a Item>,
    /// Past the target that stood on the day.
    pub current: Vec<&'a Item>,
    /// Whose target was moved.
    pub moved: Vec<&'a Item>,
    ours: [usize; 3],
}

/// The open recommendations that a figure of delay may count, by each rule.
pub(super) fn delayed<'a>(look: &Look<'a>, statement: &Statement) -> Delayed<'a> {
    let day = statement.as_on;
    let mut open = look.scope(&statement.about);
    open.retain(|item| open_on(item, day));
    let only =
        |keep: &dyn Fn(&Item) -> bool| open.iter().copied().filter(|item| keep(item)).collect::<Vec<_>>();
    let late = |target: Option<import::TargetDate>| target.is_some_and(|target| delay(target, day).is_some());
    let first = only(&|item| late(item.first_target()));
    let current = only(&|item| late(target_on(item, day)));
    let moved = only(&|item| moved_by(item, day));
    let ours = [&first, &current, &moved].map(|list| list.iter().filter(|item| look.is_ours(item)).count());
    Delayed { first, current, moved, ours }
}

impl Delayed<'_> {
    /// The rules that give `number`, as bits: 1 the first target, 2 the current one, 4 a move.
    pub(super) fn fit(&self, number: usize) -> u8 {
        let all = [self.first.len(), self.current.len(), self.moved.len()];
        let fits = |rule: usize| all[rule] == number || self.ours[rule] == number;
        (0..3).filter(|rule| fits(*rule)).map(|rule| 1 << rule).sum()
    }

    /// "7 past the first target, 2 past the target of that day, 7 with a target that was moved".
    pub(super) fn words(&self) -> String {
        format!(
            "{} past the first target, {} past the target of that day, {} with a target that was moved",
            self.first.len(),
            self.current.len(),
            self.moved.len()
        )
    }
}

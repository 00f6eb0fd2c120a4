//! What was read is kept for what nobody touched: a check that follows a register through random changes finds, after
//! each of them, what a check from nothing finds.

use std::collections::BTreeSet;

use jiff::ToSpan;
use plan::{
    linter::{KnownName, Readings, check},
    recommendation::status::Status,
    source::rules::{About, Quantity},
};

use crate::{
    chance::{Chance, times},
    desk::{Desk, action, closed, given, said, waits},
};

/// Sentences in which a check finds something, and some in which none does.
const SENTENCES: [&str; 14] = [
    "Work goes on as planned.",
    "No progress has been reported since the last update.",
    "The original target date of will not be met.",
    "It will be published in the newsletter in August 2025.",
    "It will be published in the newsletter in March 2026.",
    "The SPA looks at the figures of the model every six months.",
    "Agree with the SPA on quarterly reports about the figures of the model.",
    "HIMCS was told of R1 and R02.",
    "The PPDP was formed and Unifit is in use; see UNIFI and [insert number].",
    "Unit reports were delayed.",
    "The target has since been revised.",
    "It was proposed for closure.",
    "Repeat calls will fall.",
    "Caledonia Police and the SPA should record it for everybody who calls them.",
];

/// The checks that rest on what was kept.
const FROM_WORDS: [&str; 7] = [
    "blank_in_sentence",
    "coming_but_past",
    "frequency",
    "name_two_ways",
    "numbered_two_ways",
    "repeated_update",
    "same_text_twice",
];

struct Changes {
    chance: Chance,
    desk: Desk,
    made: usize,
}

impl Changes {
    fn new(seed: u64) -> Self {
        let mut changes = Self { chance: Chance(seed), desk: Desk::new(), made: 0 };
        for code in ["DA23", "CAM22"] {
            (0..4).for_each(|_| changes.add());
            changes.desk.plan(&format!("Inspection {code}"), code, "2023-01-31");
        }
        (0..4).for_each(|_| changes.add());
        changes
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.chance.below(of.len())]
    }

    fn words(&mut self) -> String {
        (0..=self.chance.below(2)).map(|_| self.one(&SENTENCES)).collect::<Vec<_>>().join(" ")
    }

    fn day(&mut self) -> String {
        format!("2025-{:02}-15", self.chance.below(9) + 1)
    }

    fn add(&mut self) {
        self.made += 1;
        let (text, words) = (self.words(), self.words());
        let reference = format!("R{}{}", self.one(&["", "0"]), self.made);
        self.desk.add(&reference, |item| {
            item.recommendation.text = text;
            item.actions.push(action("1.1", &words));
        });
    }

    /// One change: of a recommendation mostly, else of what is beside them all.
    fn step(&mut self) {
        let place = self.chance.below(self.desk.register.items.len());
        let other = self.desk.register.items[self.chance.below(self.desk.register.items.len())].id.clone();
        let (words, on) = (self.words(), self.day());
        let which = self.chance.below(18);
        if which < 12 {
            let item = &mut self.desk.register.items[place];
            match which {
                0..=2 => item.updates.push(said(&words, "2025-09-10")),
                3 => item.recommendation.text = words,
                4 => item.recommendation.risk_statement = String::new(),
                5 => item.recommendation.impact = words,
                6 => item.targets.push(given("2025-09", &on)),
                7 => item.actions.push(action("1.2", &words)),
                8 => closed(item, &on),
                9 => item.recommendation.status = Status::Open,
                10 => item.waits_for.push(waits(&other, "first")),
                _ => item.code = format!("X{}", item.code),
            }
            return;
        }
        match which {
            12 => self.add(),
            13 => self.desk.register.items.retain(|item| item.id != other),
            14 => self.desk.today = self.desk.today.saturating_add(20.days()),
            15 => {
                let name = KnownName {
                    name: self.one(&["PPDP", "Unit", "SPA"]).into(),
                    now: self.one(&["PPDP", "Policing for our Communities"]).into(),
                    from: None,
                    until: on.parse().ok(),
                    alias: None,
                };
                self.desk.names = vec![name];
            }
            16 => {
                self.desk.paper("Progress summary", "S004", &on);
                self.desk.says(About::Portfolio, Quantity::Open, "7", &words);
            }
            _ => self.desk.register.items.sort(),
        }
        if self.desk.register.items.len() < 3 {
            self.add();
        }
    }
}

#[test]
fn after_every_change_what_was_kept_is_what_is_read_from_nothing() {
    let mut seen = BTreeSet::new();
    for seed in 0..u64::try_from(6 * times()).expect("it fits") {
        let mut changes = Changes::new(seed);
        let mut kept = Readings::of(&changes.desk.register, &changes.desk.names);
        for step in 0..100 {
            changes.step();
            let desk = &changes.desk;
            kept = kept.followed(&desk.register, &desk.names);
            let anew = Readings::of(&desk.register, &desk.names);
            assert_eq!(kept, anew, "seed {seed}, step {step}");
            let found = check(&desk.input(&kept));
            assert_eq!(found, check(&desk.input(&anew)), "seed {seed}, step {step}");
            seen.extend(found.into_iter().map(|one| one.check));
        }
    }
    for check in FROM_WORDS {
        assert!(seen.contains(check), "the changes are too dull to mean anything: {check} is never found");
    }
}

#[test]
fn only_what_was_touched_is_read_again() {
    let mut changes = Changes::new(1);
    let before = Readings::of(&changes.desk.register, &changes.desk.names);
    let touched = changes.desk.register.items[3].id.clone();
    changes.desk.register.items[3].updates.push(said("It is said.", "2025-09-10"));
    let after = before.followed(&changes.desk.register, &changes.desk.names);
    assert_eq!(after.read_since(&before), [&touched]);
    assert_eq!(after.followed(&changes.desk.register, &[]).read_since(&after), [&touched; 0]);
    let name = KnownName { name: "SPA".into(), now: "SPA".into(), from: None, until: None, alias: None };
    let renamed = after.followed(&changes.desk.register, &[name]);
    assert_eq!(renamed.read_since(&after).len(), 12, "other names are looked for in all of them");
}

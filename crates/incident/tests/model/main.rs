//! Every way of dealing with an incident, walked at random and in every order, against an oracle of its own.
//!
//! The walks are pure: what the rules decide is applied, and after each step a second account of the same incident,
//! kept from the facts alone and told in another way, says whether what must never happen has happened.

mod appointments;
mod everywhere;
mod oracle;
mod seen;
mod steps;
mod walk;

use std::collections::BTreeMap;

use crate::{
    steps::{ACTORS, ALL, Step},
    walk::Walk,
};

/// The steps of a plain run; `make soak` walks at least a million.
const STEPS: usize = 100_000;
const SOAK_STEPS: usize = 1_000_000;

fn is_soak() -> bool {
    std::env::var("ANSWERABLE_SOAK").is_ok_and(|text| !text.is_empty() && text != "0")
}

fn told(seed: u64, steps: usize, done: &BTreeMap<Step, (usize, usize)>) {
    println!("seed {seed}: {steps} steps; taken and refused: {done:?}");
    for step in ALL {
        let (taken, refused) = done.get(&step).copied().unwrap_or_default();
        assert!(taken > 0, "{step:?} was never taken: the walk does not reach it");
        assert!(refused > 0, "{step:?} was never refused: the walk does not try it");
    }
}

#[test]
fn no_walk_gets_round_the_second_person_the_assessment_or_the_queue() {
    let steps = if is_soak() { SOAK_STEPS } else { STEPS };
    let seed = std::env::var("ANSWERABLE_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(20_261_121);
    println!("seed {seed}");
    let mut walk = Walk::new(seed);
    for number in 0..steps {
        if number.is_multiple_of(60) {
            walk.open();
        }
        let step = if walk.chance.one_in(3) { walk.chance.pick(&ALL) } else { walk.sensible() };
        let actor = walk.chance.below(ACTORS.len());
        walk.step(step, actor);
    }
    told(seed, steps, &walk.done);
}

//! A long plan, invented from a number: 60 open recommendations, for tests of speed.

use import::TargetDate;
use jiff::civil::date;

use crate::{Plan, Recommendation, plan::FORCE};

/// An invented plan with 60 recommendations, each with actions, a target and an update; the same for the same
/// `seed`. About half had their target moved.
pub fn sixty(seed: u64) -> Plan {
    let mut chance = Chance(seed);
    Plan {
        title: "Invented Long Inspection".to_owned(),
        code: "ILI24".to_owned(),
        kind: "thematic".to_owned(),
        published_on: date(2024, 2, 14),
        inspectorate: "HMICS".to_owned(),
        addressees: vec![FORCE.to_owned()],
        strategic_owner: String::new(),
        recommendations: (1..=60).map(|number| recommendation(&mut chance, number)).collect(),
    }
}

/// Numbers that look random and are the same for the same seed (SplitMix64).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to `below`, exclusive.
    pub(crate) fn below(&mut self, below: u64) -> u64 {
        self.next() % below.max(1)
    }

    pub(crate) fn one_of(&mut self, all: &[&'static str]) -> &'static str {
        let index = usize::try_from(self.below(all.len() as u64)).unwrap_or(0);
        all[index]
    }
}

const VERBS: [&str; 8] = [
    "Review",
    "Agree with partners",
    "Write down",
    "Train supervisors in",
    "Measure",
    "Report each quarter on",
    "Test in two divisions",
    "Publish",
];
const THINGS: [&str; 8] = [
    "how appointments are offered",
    "the grading of incidents",
    "the standard of assessments",
    "the hand-over between divisions",
    "how callers are kept informed",
    "the demand at night and at weekends",
    "the guidance for control rooms",
    "how crime is recorded at first contact",
];
const ENDS: [&str; 6] = [
    "so that the service is the same everywhere",
    "so that nobody has to call twice",
    "so that risk is seen early",
    "so that officers are sent where they are needed",
    "so that progress can be shown",
    "so that victims know what happens next",
];
pub(crate) const OWNERS: [&str; 5] = [
    "Superintendent, Service Improvement",
    "Chief Inspector, Control Rooms",
    "Chief Inspector, Resolution Team",
    "Divisional Commander, Contact",
    "Head of Data and Performance",
];
pub(crate) const NEWS: [&str; 6] = [
    "The working group has met and shared out the work.",
    "Two divisions have sent what was asked of them; the others were reminded.",
    "The draft is with the divisions for comment until the end of the month.",
    "A first count shows where the service differs most.",
    "The change needs a release of the system and waits for its date.",
    "Training has begun with the supervisors of one division.",
];

fn recommendation(chance: &mut Chance, number: u32) -> Recommendation {
    let target = month(2024, 6 + chance.below(30));
    let was_moved = chance.below(2) == 1;
    let later = 3 + chance.below(18);
    Recommendation {
        reference: format!("R{number}"),
        text: sentence(chance),
        risk_exposure: chance.one_of(&["Low", "Medium", "Medium", "High"]).to_owned(),
        risk_statement: format!(
            "Until it is done, {} may differ from place to place.",
            chance.one_of(&THINGS)
        ),
        owner: chance.one_of(&OWNERS).to_owned(),
        impact: format!("The work is done {}.", chance.one_of(&ENDS)),
        target: Some(target),
        revised_target: was_moved.then(|| after(target, later)),
        actions: (0..3 + chance.below(4)).map(|_| sentence(chance)).collect(),
        update: (0..4).map(|_| chance.one_of(&NEWS)).collect::<Vec<_>>().join(" "),
        ..Recommendation::default()
    }
}

/// Something to do, to what, and what for.
pub(crate) fn sentence(chance: &mut Chance) -> String {
    format!("{} {}, {}.", chance.one_of(&VERBS), chance.one_of(&THINGS), chance.one_of(&ENDS))
}

/// The month that is `months` after January of `year` (0 is January itself).
fn month(year: i16, months: u64) -> TargetDate {
    let years = i16::try_from(months / 12).unwrap_or(0);
    TargetDate::Month { year: year + years, month: i8::try_from(months % 12).unwrap_or(0) + 1 }
}

fn after(target: TargetDate, months: u64) -> TargetDate {
    let first = target.first_day();
    month(first.year(), u64::from(first.month().unsigned_abs()) - 1 + months)
}

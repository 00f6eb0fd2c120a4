//! Who walks, and the steps there are.

use incident::grade::rules::By;

/// A small generator of numbers: the same seed gives the same walk on every machine.
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % most
    }

    pub fn one_in(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

/// An advisor, a dispatcher, two supervisors in two sessions each, two programs, and a supervisor at the advisor’s
/// machine.
pub const ACTORS: [(&str, &str); 9] = [
    ("advisor", "a1"),
    ("dispatcher", "d1"),
    ("supervisor one", "s1"),
    ("supervisor one", "s2"),
    ("supervisor two", "t1"),
    ("supervisor two", "t2"),
    ("program one", ""),
    ("program two", ""),
    ("supervisor one", "a1"),
];

pub fn by(actor: usize) -> By {
    By { account: ACTORS[actor].0.into(), session: ACTORS[actor].1.into() }
}

/// The kinds of step, so that each can be walked in every order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    Attach,
    Classify,
    Locate,
    Person,
    Warn,
    Log,
    Choose,
    Immediate,
    EndorseDowngrade,
    RefuseDowngrade,
    Explain,
    Offer,
    Accept,
    Return,
    Withdraw,
    Dispatch,
    Arrive,
    Result,
    Review,
    Attend,
    Assess,
    Close,
    Endorse,
    SendBack,
    Reopen,
    Ask,
    Except,
    Allow,
    Book,
    Cancel,
    Miss,
    Keep,
    NotWanted,
}

pub const ALL: [Step; 33] = [
    Step::Attach,
    Step::Classify,
    Step::Locate,
    Step::Person,
    Step::Warn,
    Step::Log,
    Step::Choose,
    Step::Immediate,
    Step::EndorseDowngrade,
    Step::RefuseDowngrade,
    Step::Explain,
    Step::Offer,
    Step::Accept,
    Step::Return,
    Step::Withdraw,
    Step::Dispatch,
    Step::Arrive,
    Step::Result,
    Step::Review,
    Step::Attend,
    Step::Assess,
    Step::Close,
    Step::Endorse,
    Step::SendBack,
    Step::Reopen,
    Step::Ask,
    Step::Except,
    Step::Allow,
    Step::Book,
    Step::Cancel,
    Step::Miss,
    Step::Keep,
    Step::NotWanted,
];

//! A small world: plans, their recommendations' lives, and everything that lives beside them.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, civil::Date};
use journal::{Actor, Id, Journal, Noun, Refusal, Tx, act, head};
use plan::{
    classification::{self, rows::Classifications},
    inspection::{
        rows::Inspections,
        rules::{Command as Register, Details, Known as Others},
    },
    pages::recall,
    recommendation::{
        rows::Recommendations,
        rules::{Command, Known, Printed},
        status::Status,
    },
    register::rules::scottish_day,
    target::{self, rows::Targets},
};
use users::{Role, account::Opening};

use crate::counted::{Mine, Oracle};

/// A small generator of numbers: the same seed gives the same world on every machine.
pub struct Chance(u64);

impl Chance {
    pub fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % most
    }

    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

const THEMES: [&str; 3] = ["demand_picture", "custody", "consistency"];
pub const OWNERS: [&str; 3] = ["Head of Training", "Head of Diaries", "ACC Policing Together"];
/// Recommendations of one inspection.
const EACH: usize = 10;

/// What has come about so far beside plans and recommendations.
#[derive(Default)]
pub struct Beside {
    pub areas: Vec<Id>,
    pub programmes: Vec<Id>,
    pub underway: Vec<Id>,
    pub posts: Vec<Id>,
    pub sources: Vec<Id>,
    pub views: Vec<Id>,
    /// The entries that hold comments, with what they are on.
    pub comments: Vec<(Id, i64)>,
    /// What was accepted: the subject, the check and the fingerprint.
    pub accepted: Vec<(Id, String, String)>,
}

/// What a command came to.
pub type Outcome = Result<(), Refusal>;

pub struct World {
    pub chance: Chance,
    pub who: Actor,
    pub account: Id,
    pub now: Timestamp,
    pub oracle: Oracle,
    pub beside: Beside,
    pub happened: usize,
    pub refused: usize,
}

impl World {
    /// A world with one account and nothing else.
    pub async fn open(journal: &Journal, seed: u64) -> Self {
        let now = Timestamp::from_second(1_500_000_000).expect("a moment");
        let task = "Live".to_owned();
        let actor = Actor { who: "tester".into(), role: "administrator".into(), task };
        let role = Role::of("audit_manager").expect("the file has the role");
        let opening =
            Opening { name: "Mòrag Bàn", sign_in: "morag", role, password: "correct horse battery" };
        let account =
            users::account::open_account(journal, &actor, now, opening).await.expect("it is opened");
        Self {
            chance: Chance(seed),
            who: Actor { who: account.to_string(), role: "audit_manager".into(), ..actor },
            account,
            now,
            oracle: Oracle::default(),
            beside: Beside::default(),
            happened: 0,
            refused: 0,
        }
    }

    pub fn today(&self) -> Date {
        scottish_day(self.now)
    }

    /// One command at the present moment.
    pub async fn act<N: Noun>(
        &mut self,
        tx: &mut Tx,
        id: &Id,
        known: &N::Known,
        command: N::Command,
    ) -> Outcome {
        act::<N>(tx, &self.who, self.now, id, known, command).await.expect("the database answers").map(|_| ())
    }

    /// Some recommendation.
    pub fn some(&mut self) -> Id {
        let all: Vec<&Id> = self.oracle.recommendations.keys().collect();
        let index = self.chance.below(all.len());
        self.oracle.recommendations.keys().nth(index).expect("there are so many").clone()
    }

    /// Counts one outcome, and the register after it.
    async fn settle(&mut self, tx: &mut Tx, outcome: Outcome) {
        match outcome {
            Ok(()) => {
                self.happened += 1;
                self.oracle.the_identity_holds(tx, self.today()).await;
            }
            Err(_) => self.refused += 1,
        }
    }

    async fn inspect(&mut self, tx: &mut Tx) -> Outcome {
        let id = Id::new(self.now);
        let number = self.oracle.plans.len();
        let details = Details {
            title: format!("Inspection {number}"),
            code: format!("I{number}"),
            kind: "audit".into(),
            published_on: self.today().to_string(),
            inspectorate: "HMICS".into(),
            addressees: "Caledonia Police".into(),
        };
        self.act::<Inspections>(tx, &id, &Others::default(), Register::Register(details)).await?;
        self.oracle.plans.push((id, self.today()));
        Ok(())
    }

    /// A whole history of one recommendation, among others' lives.
    pub async fn history(&mut self, tx: &mut Tx, number: usize) {
        if number.is_multiple_of(EACH) {
            let outcome = self.inspect(tx).await;
            self.settle(tx, outcome).await;
        }
        let plan = self.oracle.plans.len() - 1;
        let id = Id::new(self.now);
        let owner = self.chance.one(&OWNERS);
        let printed = Printed {
            inspection: Some(self.oracle.plans[plan].0.clone()),
            reference: format!("R{}", number % EACH + 1),
            text: "Do it.".into(),
            owner_post: owner.into(),
            ..Printed::default()
        };
        let made = self.change(tx, &id, Command::Make(printed)).await;
        self.knows(id.clone(), plan, owner);
        self.settle(tx, made).await;
        for _ in 0..self.chance.below(14) {
            let hours = 1 + self.chance.below(900);
            self.now += SignedDuration::from_hours(i64::try_from(hours).expect("it fits"));
            let before = head(tx).await.expect("sql");
            let outcome =
                if self.chance.below(3) == 0 { self.beside(tx).await } else { self.step(tx, &id).await };
            let has_entry = before < head(tx).await.expect("sql");
            assert_eq!(
                outcome.is_ok(),
                has_entry,
                "a refusal leaves no entry, and everything else does: {outcome:?}"
            );
            self.settle(tx, outcome).await;
        }
    }

    /// Keeps in mind a recommendation that is new: it stands open since its plan was published.
    pub fn knows(&mut self, id: Id, plan: usize, owner: &'static str) {
        let since = self.oracle.plans[plan].1;
        let mine = Mine { plan, themes: vec![], owner, stood: vec![(since, Status::Open)] };
        self.oracle.recommendations.insert(id, mine);
    }

    /// One step of the recommendation whose history it is.
    async fn step(&mut self, tx: &mut Tx, id: &Id) -> Outcome {
        let why = || "as agreed".to_owned();
        let (command, to) = match self.chance.below(12) {
            0 => return self.theme(tx, id).await,
            1 => return self.target(tx, id).await,
            2 => return self.reassign(tx, id).await,
            3..=5 => (Command::AssembleEvidence { evidence: why() }, Status::EvidenceAssembled),
            6 | 7 => {
                (Command::ProposeClosure { what_we_did: why(), impact: why() }, Status::ProposedForClosure)
            }
            8 => (Command::Return { reason: why() }, Status::Returned),
            9 | 10 => (Command::Discharge { reason: why() }, Status::Discharged),
            _ => (Command::Supersede { by: self.some(), reason: why() }, Status::Superseded),
        };
        self.change(tx, id, command).await?;
        let today = self.today();
        self.oracle.recommendations.get_mut(id).expect("it was made").stood.push((today, to));
        Ok(())
    }

    async fn reassign(&mut self, tx: &mut Tx, id: &Id) -> Outcome {
        let owner = self.chance.one(&OWNERS);
        let reason = "as agreed".to_owned();
        self.change(tx, id, Command::Reassign { post: owner.into(), team: String::new(), reason }).await?;
        self.oracle.recommendations.get_mut(id).expect("it was made").owner = owner;
        Ok(())
    }

    async fn change(&mut self, tx: &mut Tx, id: &Id, command: Command) -> Outcome {
        let successor = match &command {
            Command::Supersede { by, .. } => recall(tx, by).await.expect("sql"),
            _ => None,
        };
        let known = Known { today: self.today(), taken: BTreeMap::new(), successor };
        self.act::<Recommendations>(tx, id, &known, command).await
    }

    async fn theme(&mut self, tx: &mut Tx, id: &Id) -> Outcome {
        use classification::rules::{Command, Known};
        let most = 1 + self.chance.below(2);
        let mut themes: Vec<&str> = (0..most).map(|_| self.chance.one(&THEMES)).collect();
        let known = Known { recommendation: recall(tx, id).await.expect("sql"), bodies: vec![] };
        let command = Command::Theme { themes: themes.iter().map(|one| (*one).to_owned()).collect() };
        self.act::<Classifications>(tx, id, &known, command).await?;
        themes.sort_unstable();
        themes.dedup();
        self.oracle.recommendations.get_mut(id).expect("it was made").themes = themes;
        Ok(())
    }

    async fn target(&mut self, tx: &mut Tx, id: &Id) -> Outcome {
        use target::rules::Command;
        let recommendation = recall(tx, id).await.expect("sql");
        let known = target::pages::known_of(tx, recommendation).await.expect("sql");
        let month = 1 + self.chance.below(12);
        // A year too early, one that is nearly over, and later ones.
        let year = self.today().year() + self.chance.one(&[-9, 0, 1, 2, 3]);
        let to = format!("{year}-{month:02}");
        let command = match self.chance.below(4) {
            0 | 1 => Command::Set { target: to },
            2 => Command::MoveAsPublished { to: to.parse().expect("a month"), reason: "As published".into() },
            _ if self.chance.below(2) == 0 => {
                let delay_reason = self.chance.one(&["", "wider_programmes"]).into();
                Command::Categorise { number: self.chance.below(3), delay_reason }
            }
            _ => Command::Move {
                to,
                reason: "late".into(),
                approved_by: "ACC".into(),
                delay_reason: "wider_programmes".into(),
            },
        };
        self.act::<Targets>(tx, id, &known, command).await
    }
}

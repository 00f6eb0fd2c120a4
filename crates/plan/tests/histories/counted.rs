//! What the test itself knows of the recommendations, and the register held against it.

use std::collections::BTreeMap;

use jiff::{ToSpan, civil::Date};
use journal::{Id, Position, Tx, head};
use plan::{
    recommendation::status::Status,
    register::{items::Items, rows::load_at, rules::Register},
    summary::rules::{Days, Identity, lines},
};

/// What the test itself knows of a recommendation: the oracle, kept without any of the code it tests.
#[derive(Clone)]
pub struct Mine {
    pub plan: usize,
    pub themes: Vec<&'static str>,
    pub owner: &'static str,
    /// Where it stood from which day on, the oldest first.
    pub stood: Vec<(Date, Status)>,
}

impl Mine {
    pub fn status(&self) -> Status {
        self.stood.last().expect("it was made").1
    }

    fn on(&self, day: Date) -> Option<Status> {
        self.stood.iter().rev().find(|(since, _)| *since <= day).map(|(_, status)| *status)
    }

    fn closed_between(&self, from: Date, to: Date) -> bool {
        let (on, status) = self.stood.last().expect("it was made");
        status.is_closed() && from <= *on && *on <= to
    }
}

/// All that the test knows.
#[derive(Default)]
pub struct Oracle {
    /// The days on which the plans were published.
    pub plans: Vec<(Id, Date)>,
    pub recommendations: BTreeMap<Id, Mine>,
}

impl Oracle {
    /// The count of those that `which` says as they stood on `day`.
    fn count(&self, day: Date, which: impl Fn(&Mine) -> bool) -> Identity {
        let mut counted = Identity::default();
        for mine in self.recommendations.values().filter(|mine| which(mine)) {
            match mine.on(day) {
                None => {}
                Some(Status::Open | Status::EvidenceAssembled | Status::Returned) => counted.in_work += 1,
                Some(Status::ProposedForClosure) => counted.proposed += 1,
                Some(Status::Discharged) => counted.discharged += 1,
                Some(Status::Superseded) => counted.superseded += 1,
            }
        }
        counted
    }

    /// Counts the register as it is `today`, in every way and over a period, and compares.
    pub async fn the_identity_holds(&self, tx: &mut Tx, today: Date) -> Register {
        let position = Position { seq: head(tx).await.expect("sql"), today, is_past: false };
        let register = load_at(tx, position).await.expect("it loads");
        let from = today.saturating_sub(200.days());
        let days = Days::of((from, today), None, today);
        let (plans, total) = lines(&register, "plan", days);
        assert_eq!(total.identity, self.count(today, |_| true));
        assert_eq!(total.identity.total(), self.recommendations.len());
        for line in plans {
            let number: usize = line.name.trim_start_matches("Inspection ").parse().expect("a number");
            assert_eq!(line.identity, self.count(today, |mine| mine.plan == number), "{}", line.name);
        }
        for line in lines(&register, "owner", days).0 {
            assert_eq!(line.identity, self.count(today, |mine| mine.owner == line.name), "{}", line.name);
        }
        for line in lines(&register, "theme", days).0 {
            let key = line.query.theme.first().cloned();
            let of_theme = |mine: &Mine| match &key {
                Some(key) => mine.themes.contains(&key.as_str()),
                None => mine.themes.is_empty(),
            };
            assert_eq!(line.identity, self.count(today, of_theme), "{}", line.name);
        }
        self.the_period_adds_up(&register.items, from, today);
        register
    }

    /// Not closed before the period, and what came in, is what was closed in it and what is left.
    fn the_period_adds_up(&self, items: &Items, from: Date, today: Date) {
        let before = from.yesterday().expect("a day");
        let (stood, left) = (Identity::on(items, before), Identity::on(items, today));
        let published = |mine: &&Mine| self.plans[mine.plan].1;
        let mine = || self.recommendations.values();
        let came = mine().filter(|mine| from <= published(mine) && published(mine) <= today).count();
        let closed = mine().filter(|mine| mine.closed_between(from, today)).count();
        assert_eq!(stood.not_closed() + came, closed + left.not_closed(), "the period does not add up");
        assert_eq!(stood, self.count(before, |_| true), "the steps tell another story of the period's start");
        assert_eq!(left, self.count(today, |_| true), "the steps tell another story than the status");
        let discharged = items.iter().filter(|item| item.was_discharged_between(from, today));
        let mine = mine().filter(|mine| mine.status() == Status::Discharged);
        assert_eq!(discharged.count(), mine.filter(|mine| mine.closed_between(from, today)).count());
    }
}

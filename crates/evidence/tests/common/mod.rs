//! A register, contacts that are counted, and people before the pages.

use evidence::evidence::{list::rows::one, rows::attach, rules::Wish};
use force::Shape;
use jiff::Timestamp;
use journal::{Actor, AsAt, Id, Journal, Refusal};
use plan::register::rows::load;

/// The site's clock stands at noon of 26 November 2026.
pub fn now() -> Timestamp {
    "2026-11-26T12:00:00Z".parse().expect("a moment")
}

pub fn who() -> Actor {
    Actor { who: "tester".into(), role: "audit_manager".into(), task: "Attach".into() }
}

/// The plan of the contact assessment model, and so many contacts of a year, counted.
pub async fn worked(journal: &Journal, contacts: u64) {
    let mut tx = journal.begin().await.expect("it begins");
    let plan = force::contact_assessment_model().expect("the plan is read");
    force::carry_in(&mut tx, &who(), now(), &plan, Shape::Plain).await.expect("it is carried in");
    tx.commit().await.expect("it is committed");
    grow(journal, 7, contacts).await;
}

/// More contacts, of the same year, counted.
pub async fn grow(journal: &Journal, seed: u64, contacts: u64) {
    force::many_contacts(journal, seed, contacts, now(), |_| {}).await.expect("contacts are made");
    measure::worker::catch_up(journal).await.expect("it is counted");
}

/// The recommendation of that label.
pub async fn recommendation(journal: &Journal, label: &str) -> Id {
    let mut read = journal.read().await.expect("a reading begins");
    let register = load(&mut read, AsAt::Now, now()).await.expect("it is read");
    register.items.iter().find(|item| item.label() == label).expect("it is in the register").id.clone()
}

/// Attaches a measure; gives the identity.
pub async fn attached(journal: &Journal, recommendation: &Id, wish: &Wish) -> Result<Id, Refusal> {
    let (id, wanted) = (Id::new(now()), wish.read(now())?);
    let mut tx = journal.begin().await.expect("it begins");
    attach(&mut tx, &who(), now(), (&id, recommendation), wanted).await.expect("sql")?;
    assert!(one(&mut tx, &id).await.expect("sql").is_some());
    tx.commit().await.expect("it is committed");
    Ok(id)
}

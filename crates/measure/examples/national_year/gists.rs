//! The lives of a national year: those of a force, told again on other days.

use anyhow::ensure;
use incident::appointment::life::Outcome;
use jiff::{SignedDuration, Timestamp, civil::Date};
use journal::{DatabaseError, Journal};
use measure::gist::{
    line::{Reader, pack},
    of::{Gist, IncidentGist},
    rows::{Part, days, each, keep_packed},
};

use crate::Chance;

/// So many lives in one statement’s turn.
const TOGETHER: usize = 4096;

/// The lives of a force.
pub(crate) async fn of(force: &Journal) -> anyhow::Result<Vec<Gist>> {
    let (mut reader, mut all) = (Reader::default(), Vec::new());
    each(&mut *force.read().await?, (Date::MIN, Date::MAX), |line| {
        all.push(reader.read(line).map_err(|spoilt| DatabaseError::Decode(spoilt.into()))?);
        Ok(())
    })
    .await?;
    Ok(all)
}

/// Tells them on other days until there are so many contacts; gives how many lives that are.
pub(crate) async fn tell(
    journal: &Journal,
    lives: &[Gist],
    (contacts, days_of_year): (usize, usize),
    (chance, began): (&mut Chance, Timestamp),
) -> anyhow::Result<usize> {
    ensure!(lives.iter().any(is_contact), "the force has no contact");
    let (mut told, mut heard) = (0, 0);
    while heard < contacts {
        let mut rows = Vec::new();
        while rows.len() < TOGETHER && heard < contacts {
            let gist = &lives[chance.below(lives.len())];
            let day = began + SignedDuration::from_hours(24 * i64::try_from(chance.below(days_of_year))?);
            let gist = moved(gist, whole_days(first(gist), day));
            heard += usize::from(is_contact(&gist));
            rows.push((format!("life-{:09}", told + rows.len()), days(&gist), pack(&gist)?));
        }
        let packed: Vec<_> =
            rows.iter().map(|(id, days, line)| (id.as_str(), Part::Life, *days, line.clone())).collect();
        told += rows.len();
        let mut tx = journal.begin().await?;
        keep_packed(&mut tx, &packed).await?;
        tx.commit().await?;
    }
    Ok(told)
}

fn is_contact(gist: &Gist) -> bool {
    matches!(gist, Gist::Contact(contact) if !contact.is_attempt)
}

/// From the day of one moment to that of another, so that the hour stays.
fn whole_days(from: Timestamp, to: Timestamp) -> SignedDuration {
    SignedDuration::from_hours(to.duration_since(from).as_hours().div_euclid(24) * 24)
}

fn first(gist: &Gist) -> Timestamp {
    match gist {
        Gist::Contact(contact) => contact.arrived_at,
        Gist::Incident(incident) => incident.opened_at,
        Gist::Crime(crime) => crime.at,
        Gist::Referral(referral) => referral.at,
        Gist::Recommendation(_) => Timestamp::UNIX_EPOCH,
        Gist::Heard(heard) => heard.arrived_at,
    }
}

/// The same, so much later. What was decided of recommendations stays on its days: there are few.
fn moved(gist: &Gist, by: SignedDuration) -> Gist {
    let mut gist = gist.clone();
    let all: Vec<&mut Timestamp> = match &mut gist {
        Gist::Contact(one) => [&mut one.arrived_at]
            .into_iter()
            .chain(&mut one.answered_at)
            .chain(&mut one.assessed_at)
            .collect(),
        Gist::Incident(one) => of_incident(one),
        Gist::Crime(one) => vec![&mut one.at],
        Gist::Referral(one) => {
            let ended = one.ended.iter_mut().map(|(_, at)| at);
            [&mut one.at, &mut one.began_at].into_iter().chain(&mut one.replied_at).chain(ended).collect()
        }
        Gist::Recommendation(_) => Vec::new(),
        Gist::Heard(one) => vec![&mut one.arrived_at],
    };
    for at in all {
        *at += by;
    }
    gist
}

fn of_incident(one: &mut IncidentGist) -> Vec<&mut Timestamp> {
    let mut all = vec![&mut one.opened_at];
    for appointment in &mut one.appointments {
        all.extend([&mut appointment.booked_at, &mut appointment.starts_at]);
        all.extend(appointment.outcome.as_mut().map(|outcome| match outcome {
            Outcome::Rescheduled { at, .. }
            | Outcome::Cancelled { at, .. }
            | Outcome::Missed { at, .. }
            | Outcome::Kept { at, .. }
            | Outcome::Converted { at } => at,
        }));
    }
    for offer in &mut one.offers {
        all.push(&mut offer.at);
        all.extend(offer.answer.as_mut().map(|(at, _)| at));
    }
    for closing in &mut one.closings {
        all.push(&mut closing.at);
        all.extend(&mut closing.reopened_at);
    }
    for endorsement in &mut one.endorsements {
        all.push(&mut endorsement.asked_at);
        all.extend(endorsement.decided.as_mut().map(|(at, _)| at));
    }
    all.extend(one.promises.iter_mut().map(|promise| &mut promise.due_at));
    all
}

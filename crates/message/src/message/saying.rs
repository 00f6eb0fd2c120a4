//! Saying something: what other rooms call in the transaction in which it follows from what happened.

use contact::preference::rules::{Preference, Way};
use jiff::Timestamp;
use journal::{Actor, Connection, DatabaseError, Id, Private, Tx, act};

use super::{
    rows::{Messages, Person, Stored, person_of, wishes},
    rules::{Command, Draft, Known},
};
use crate::{compose::Values, route::Reach};

/// What a message is about, and for whom: what the room of the incident tells. This room knows no incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The incident.
    pub incident: Id,
    /// What it is called on the telephone.
    pub reference: String,
    /// The contact of whom it is for; nothing where nobody was in touch.
    pub contact: Option<Id>,
    /// An e-mail address, where one is known.
    pub email: Private<String>,
    /// A postal address, where one is known.
    pub address: Private<String>,
}

impl About {
    /// About an incident, for whoever was in touch; no more than a number is known of them.
    pub fn of(incident: Id, reference: impl Into<String>, contact: Option<Id>) -> Self {
        let none = || Private::Known(String::new());
        Self { incident, reference: reference.into(), contact, email: none(), address: none() }
    }
}

/// What can be said by hand beyond the template and its values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ByHand {
    /// The way that was chosen; nothing where the person’s wishes choose.
    pub way: Option<Way>,
    /// The number or address that was typed; empty where the known one is meant.
    pub to: String,
    /// Whether it goes in the quiet hours, too.
    pub is_urgent: bool,
    /// When it is of no more use.
    pub not_after: Option<Timestamp>,
}

/// Whom it is for, all that is known of how they may be reached, and where that is.
pub async fn whom(
    conn: &mut Connection,
    about: &About,
    by_hand: &ByHand,
) -> Result<(Person, Vec<Preference>, Reach), DatabaseError> {
    let person = person_of(conn, about.contact.as_ref()).await?;
    let text = |known: &Private<String>| known.known().cloned().unwrap_or_default();
    let mut reach =
        Reach { phone: text(&person.phone), email: text(&about.email), address: text(&about.address) };
    let typed = by_hand.to.trim();
    if !typed.is_empty() {
        match by_hand.way {
            Some(Way::Text) => typed.clone_into(&mut reach.phone),
            Some(Way::Email) => typed.clone_into(&mut reach.email),
            Some(Way::Letter) => typed.clone_into(&mut reach.address),
            _ => {}
        }
    }
    let phone = reach.phone.clone();
    let wishes = wishes(conn, &about.incident, about.contact.as_ref(), &person, &phone).await?;
    Ok((person, wishes, reach))
}

/// Says it by the way that the person prefers and that is safe, or holds it back as a fact; in the transaction that is
/// given. `{reference}` is filled in from `about`.
pub async fn say(
    tx: &mut Tx,
    who: &Actor,
    now: Timestamp,
    about: &About,
    template: &str,
    values: &[(&str, String)],
) -> Stored {
    say_until(tx, who, now, about, (template, values), None).await
}

/// The same for what is of no use after a moment: a reminder after its appointment.
pub async fn say_until(
    tx: &mut Tx,
    who: &Actor,
    now: Timestamp,
    about: &About,
    (template, values): (&str, &[(&str, String)]),
    not_after: Option<Timestamp>,
) -> Stored {
    let values = values.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
    let by_hand = ByHand { not_after, ..ByHand::default() };
    store(tx, who, now, &Id::new(now), about, template, values, &by_hand).await
}

/// What is to be said, whole, with what the gate has to know.
pub async fn draft(
    conn: &mut Connection,
    now: Timestamp,
    about: &About,
    (template, mut values): (&str, Values),
    by_hand: &ByHand,
) -> Result<(Draft, Known), DatabaseError> {
    let (person, preferences, reach) = whom(conn, about, by_hand).await?;
    values.entry("reference".to_owned()).or_insert_with(|| about.reference.clone());
    let draft = Draft {
        incident: about.incident.clone(),
        contact: about.contact.clone(),
        reference: about.reference.clone(),
        template: template.to_owned(),
        values,
        reach,
        language: person.language,
        way: by_hand.way,
        is_urgent: by_hand.is_urgent,
        not_after: by_hand.not_after,
    };
    Ok((draft, Known { now, preferences }))
}

/// Says it as message `id`.
#[expect(
    clippy::too_many_arguments,
    reason = "who, when, which, about what, which words, and how: each is its own"
)]
pub async fn store(
    tx: &mut Tx,
    who: &Actor,
    now: Timestamp,
    id: &Id,
    about: &About,
    template: &str,
    values: Values,
    by_hand: &ByHand,
) -> Stored {
    let (draft, known) = draft(tx, now, about, (template, values), by_hand).await?;
    act::<Messages>(tx, who, now, id, &known, Command::Say(Box::new(draft))).await
}

//! The only SQL about whose incidents are: three columns of its incident’s row.

use journal::{Entry, Id, Noun, Refusal, Tx};

use super::rules::{self, Command, Custody, Fact};
use crate::{
    incident::rows::{bare_words, json},
    standing::Known,
};

const SAVE: &str = "update incident set unit = $1, offered_to = $2, custody_state = $3 where id = $4";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 1] = [SAVE];

/// Whose an incident is, as a noun.
pub struct Custodies;

impl Noun for Custodies {
    type State = Custody;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Custody>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Custody>, fact: &Fact) -> Custody {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, _: &Entry, id: &Id, state: &Custody) -> Result<(), sqlx::Error> {
        sqlx::query(SAVE)
            .bind(&state.unit)
            .bind(state.offer.as_ref().map(|offer| offer.to.as_str()))
            .bind(json(id, &bare(state.clone()))?)
            .bind(id.as_str())
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}

/// A custody without the words of its offer: they are read from the journal, where they can be erased.
fn bare(mut custody: Custody) -> Custody {
    if let Some(offer) = &mut custody.offer {
        bare_words(&mut offer.rationale);
        bare_words(&mut offer.words);
    }
    custody
}

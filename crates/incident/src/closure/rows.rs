//! The only SQL about closings: three columns of its incident’s row.

use journal::{Entry, Id, Noun, Refusal, Tx, to_moment};

use super::rules::{self, Closing, Closure, Command, Fact};
use crate::{
    incident::rows::{bare_words, json},
    standing::Known,
};

const SAVE: &str = "update incident set closed_at = $1, closed_code = $2, closure_state = $3 where id = $4";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 1] = [SAVE];

/// The closing of an incident as a noun.
pub struct Closures;

impl Noun for Closures {
    type State = Closure;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Closure>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Closure>, fact: &Fact) -> Closure {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, _: &Entry, id: &Id, state: &Closure) -> Result<(), sqlx::Error> {
        sqlx::query(SAVE)
            .bind(state.closed.as_ref().map(|closing| to_moment(closing.at)))
            .bind(state.closed.as_ref().map(|closing| closing.code.as_str()))
            .bind(json(id, &bare(state.clone()))?)
            .bind(id.as_str())
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}

/// A closing without its four accounts: they are read from the journal, where they can be erased.
fn bare(mut closure: Closure) -> Closure {
    for closing in [&mut closure.waiting, &mut closure.closed].into_iter().flatten() {
        let Closing { overview, updates, action, outcome, explanation, .. } = closing;
        for words in [overview, updates, action, outcome, explanation] {
            bare_words(words);
        }
    }
    closure
}

//! The only SQL about responses: one column of its incident’s row.

use journal::{Entry, Id, Noun, Refusal, Tx};

use super::rules::{self, Command, Fact, Response};
use crate::{
    incident::rows::{bare_words, json},
    standing::Known,
};

const SAVE: &str = "update incident set response_state = $1 where id = $2";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 1] = [SAVE];

/// The response to an incident as a noun.
pub struct Responses;

impl Noun for Responses {
    type State = Response;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Response>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Response>, fact: &Fact) -> Response {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, _: &Entry, id: &Id, state: &Response) -> Result<(), sqlx::Error> {
        sqlx::query(SAVE).bind(json(id, &bare(state.clone()))?).bind(id.as_str()).execute(&mut **tx).await?;
        Ok(())
    }
}

/// A response without the words of its review and its policy: they are read from the journal, where they can be erased.
fn bare(mut response: Response) -> Response {
    if let Some(reviewed) = &mut response.reviewed {
        bare_words(&mut reviewed.words);
    }
    if let Some(attendance) = &mut response.attendance {
        bare_words(&mut attendance.reason);
    }
    response
}

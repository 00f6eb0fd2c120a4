//! The only SQL about grades: two columns of its incident’s row.

use journal::{Entry, Id, Noun, Refusal, Tx};

use super::rules::{self, Command, Fact, Graded};
use crate::{
    incident::rows::{bare_words, json},
    standing::Known,
};

const SAVE: &str = "update incident set grade = $1, grade_state = $2 where id = $3";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 1] = [SAVE];

/// The grade of an incident as a noun.
pub struct Grades;

impl Noun for Grades {
    type State = Graded;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Graded>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Graded>, fact: &Fact) -> Graded {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, _: &Entry, id: &Id, state: &Graded) -> Result<(), sqlx::Error> {
        sqlx::query(SAVE)
            .bind(state.in_force.grade.as_str())
            .bind(json(id, &bare(state.clone()))?)
            .bind(id.as_str())
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}

/// A grade without its rationales: they are read from the journal, where they can be erased.
fn bare(mut graded: Graded) -> Graded {
    let Graded { in_force, waiting, lowered_from, .. } = &mut graded;
    for choice in [Some(in_force), waiting.as_mut(), lowered_from.as_mut()].into_iter().flatten() {
        bare_words(&mut choice.rationale);
    }
    graded
}

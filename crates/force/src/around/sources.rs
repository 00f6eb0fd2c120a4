//! What earlier papers said, entered in the register after the meeting of September 2025, so that a later paper
//! is held against them.

use ::plan::{
    codes,
    register::rows::load_at,
    source::{
        rows::Sources,
        rules::{Citation, Command, Details, Known},
    },
};
use anyhow::{Context, Result};
use jiff::civil::Date;
use journal::{Position, head};

use crate::{
    portfolio::{EarlierPaper, Statement},
    stage::{Doing, Stage},
};

/// The day on which they are entered: the one after the last of them was before its committee. Invented.
const ENTERED_ON: Date = jiff::civil::date(2025, 9, 17);

/// An earlier paper is entered with all it said.
#[derive(Debug, Clone, PartialEq)]
pub struct Step<'a>(&'a EarlierPaper);

/// Each on its day.
pub fn steps(papers: &[EarlierPaper]) -> impl Iterator<Item = (Date, Step<'_>)> {
    papers.iter().map(|paper| (ENTERED_ON, Step(paper)))
}

impl Stage<'_> {
    /// Plays what happens to an earlier paper.
    pub async fn source(&mut self, Step(paper): &Step<'_>) -> Result<()> {
        let id = self.new_id();
        let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
        let details = Details {
            title: paper.title.clone(),
            meeting_on: day(paper.meeting_on),
            published_on: day(paper.published_on),
            reference: paper.reference.clone(),
        };
        let seq = head(self.tx).await?;
        let register = load_at(self.tx, Position { seq, today: self.today, is_past: false }).await?;
        let known = Known::of(&register, Vec::new());
        let doing = Doing::keeping("Enter an earlier paper");
        let done = self.act::<Sources>(doing, &id, &known, Command::Register(details)).await;
        done.with_context(|| format!("the paper {}", paper.reference))?;
        for statement in &paper.statements {
            let doing = Doing::keeping("Enter what it said");
            let command = Command::Cite(citation(statement));
            let done = self.act::<Sources>(doing, &id, &known, command).await;
            done.with_context(|| format!("{}: {statement:?}", paper.reference))?;
        }
        Ok(())
    }
}

/// The statement as a person would type it.
fn citation(statement: &Statement) -> Citation {
    let theme = codes::themes().iter().find(|theme| theme.key == statement.about);
    let about = match theme {
        // A name is said of nothing in the register: what is meant by it is in the words.
        _ if statement.quantity == "name" => "Portfolio".to_owned(),
        Some(theme) => format!("Theme: {}", theme.words),
        // Neither the register, nor a plan, nor a recommendation: whoever answers at the top.
        None if statement.about.contains(' ') => format!("Theme: {}", statement.about),
        None => statement.about.clone(),
    };
    Citation {
        about,
        quantity: match statement.quantity.as_str() {
            "proposed" => "proposed_for_closure".to_owned(),
            quantity => quantity.to_owned(),
        },
        value: statement.value.clone(),
        words: match statement.quantity.as_str() {
            "name" => format!("What is meant is {}. {}", statement.about, statement.words).trim().to_owned(),
            _ => statement.words.clone(),
        },
        as_on: statement.as_on.map_or_else(String::new, |day| day.to_string()),
    }
}

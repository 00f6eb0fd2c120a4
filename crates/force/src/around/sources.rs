//! What earlier papers said, each entered in the register on the day of its meeting, so that a later paper is held
//! against them.

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
    demonstration::OPENING_DAY,
    portfolio::{EarlierPaper, Statement, Story},
    stage::{Doing, Stage},
};

/// An earlier paper is entered with all it said.
#[derive(Debug, Clone, PartialEq)]
pub struct Step<'a>(&'a EarlierPaper);

/// Each on its day: that of its meeting, so that the register is held against it the same evening; a report once
/// every plan that it speaks of has come in.
pub fn steps<'a>(papers: &'a [EarlierPaper], stories: &[Story]) -> impl Iterator<Item = (Date, Step<'a>)> {
    let entered_on = |paper: &EarlierPaper| {
        let speaks_of = |story: &&Story| {
            let code = &story.plan.code;
            let of_it = |about: &str| about == code || about.starts_with(&format!("{code}-"));
            paper.statements.iter().any(|one| of_it(&one.about))
        };
        let carried_in = stories.iter().filter(speaks_of).map(|story| story.life.carried_in_on).max();
        carried_in.max(paper.meeting_on).unwrap_or(OPENING_DAY)
    };
    papers.iter().map(|paper| (entered_on(paper), Step(paper))).collect::<Vec<_>>().into_iter()
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

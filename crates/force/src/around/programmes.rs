//! Programmes of change, under the names that they bore.

use ::plan::programme::{
    rows::{Programmes, known},
    rules::Command,
};
use anyhow::Result;
use jiff::civil::Date;

use crate::{
    plan::FORCE,
    portfolio::{Alias, Programme},
    stage::{Doing, Kind, Stage},
};

/// Something that happens to a programme.
#[derive(Debug, Clone, PartialEq)]
pub enum Step<'a> {
    /// It begins, under its first name.
    Register { of: &'a Programme, name: &'a str },
    /// It gets another name.
    Rename { of: &'a Programme, name: &'a str },
    /// It is also called so.
    Alias { of: &'a Programme, alias: &'a str },
}

/// What happens to them, each on its day, one after the other.
pub fn steps(programmes: &[Programme]) -> impl Iterator<Item = (Date, Step<'_>)> {
    programmes.iter().flat_map(|of| {
        let named = names(of).into_iter().enumerate().map(|(nth, (from, name))| match nth {
            0 => (from, Step::Register { of, name }),
            _ => (from, Step::Rename { of, name }),
        });
        named.chain(aliases(of).map(|(from, alias)| (from, Step::Alias { of, alias })))
    })
}

/// Its names, each with its first day: the one of today begins when the last former one ends.
fn names(of: &Programme) -> Vec<(Date, &str)> {
    let former = of.aliases.iter().filter(|alias| alias.kind == "former");
    let mut from = of.begun_on;
    let mut names = Vec::new();
    for alias in former {
        names.push((from, alias.name.as_str()));
        from = day_after(alias).unwrap_or(from);
    }
    names.push((from, &of.name));
    names
}

/// What else it is called, each with the first day: what went into it, once it had; everything else from the
/// start where nobody says when.
fn aliases(of: &Programme) -> impl Iterator<Item = (Date, &str)> {
    let short = Some((of.begun_on, of.short.as_str())).filter(|(_, short)| !short.is_empty());
    let others = of.aliases.iter().filter(|alias| alias.kind != "former").map(|alias| {
        let merged_on = if alias.kind == "merged" { day_after(alias) } else { None };
        (alias.from.or(merged_on).unwrap_or(of.begun_on), alias.name.as_str())
    });
    short.into_iter().chain(others)
}

fn day_after(alias: &Alias) -> Option<Date> {
    alias.until?.tomorrow().ok()
}

impl Stage<'_> {
    /// Plays what happens to a programme.
    pub async fn programme(&mut self, step: &Step<'_>) -> Result<()> {
        let today = self.today.to_string();
        let (of, task, command) = match *step {
            Step::Register { of, name } => {
                self.cast.take(Kind::Programme, &*of.key, self.new_id());
                let (name, bodies) = (name.to_owned(), FORCE.to_owned());
                (of, "Register a programme", Command::Register { name, from: today, bodies })
            }
            Step::Rename { of, name } => {
                let reason = format!("As papers call it since then ({}).", of.source);
                (of, "Give it a new name", Command::Rename { name: name.to_owned(), from: today, reason })
            }
            Step::Alias { of, alias } => {
                (of, "Add what it is also called", Command::Alias { alias: alias.to_owned() })
            }
        };
        let id = self.cast.find(Kind::Programme, &of.key)?;
        let known = known(self.tx, &id, self.today).await?;
        self.act::<Programmes>(Doing::keeping(task), &id, &known, command).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portfolio::programmes;

    #[test]
    fn a_programme_begins_under_its_first_name_and_is_renamed_the_day_after_its_last() {
        let all = programmes().unwrap();
        let project = all.iter().find(|one| one.key == "investigations_and_safeguarding").unwrap();
        let own: Vec<(String, &str)> = steps(std::slice::from_ref(project))
            .map(|(day, step)| match step {
                Step::Register { name, .. } => (format!("{day} registered"), name),
                Step::Rename { name, .. } => (format!("{day} renamed"), name),
                Step::Alias { alias, .. } => (format!("{day} alias"), alias),
            })
            .collect();
        let expected = [
            ("2023-01-09 registered", "Public Protection Development Programme"),
            ("2025-06-02 renamed", "Investigations and Safeguarding Project"),
            ("2023-01-09 alias", "PPDP"),
            ("2025-06-02 alias", "LPSDR"),
            ("2025-09-16 alias", "Investigation and Safeguarding Project"),
        ];
        assert_eq!(own, expected.map(|(told, name)| (told.to_owned(), name)));
    }
}

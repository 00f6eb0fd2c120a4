//! Programmes of change, under the names that they bore.

use ::plan::programme::{
    rows::{Programmes, known, one},
    rules::{Command, Details, Typed},
};
use anyhow::{Context, Result};
use jiff::civil::Date;
use journal::OPEN_END;

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
    Alias { of: &'a Programme, alias: Typed },
    /// It is called so no more.
    Until { of: &'a Programme, alias: &'a Alias },
}

/// What happens to them, each on its day, one after the other.
pub fn steps(programmes: &[Programme]) -> impl Iterator<Item = (Date, Step<'_>)> {
    programmes.iter().flat_map(|of| {
        let named = names(of).into_iter().enumerate().map(|(nth, (from, name))| match nth {
            0 => (from, Step::Register { of, name }),
            _ => (from, Step::Rename { of, name }),
        });
        let aliases = aliases(of).map(|(from, alias)| (from, Step::Alias { of, alias }));
        let ends = ends(of).map(|(on, alias)| (on, Step::Until { of, alias }));
        named.chain(aliases).chain(ends)
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
/// start where nobody says when. The last day is only known once it is over.
fn aliases(of: &Programme) -> impl Iterator<Item = (Date, Typed)> {
    let short = Typed { kind: "abbreviation".to_owned(), ..Typed::name(&of.short) };
    let short = Some((of.begun_on, short)).filter(|_| !of.short.is_empty());
    let others = of.aliases.iter().filter(|alias| alias.kind != "former").map(|alias| {
        let iso = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
        let (kind, on) = (kind(alias), first_day(of, alias));
        let until = alias.until.filter(|until| *until < on);
        (on, Typed { alias: alias.name.clone(), kind, from: iso(alias.from), until: iso(until) })
    });
    short.into_iter().chain(others)
}

/// What is called so no more, with the day on which that is known.
fn ends(of: &Programme) -> impl Iterator<Item = (Date, &Alias)> {
    let others = of.aliases.iter().filter(|alias| alias.kind != "former");
    others.filter_map(|alias| {
        let over = day_after(alias)?;
        (first_day(of, alias) < over).then_some((over, alias))
    })
}

fn first_day(of: &Programme, alias: &Alias) -> Date {
    let merged_on = if alias.kind == "merged" { day_after(alias) } else { None };
    alias.from.or(merged_on).unwrap_or(of.begun_on)
}

/// The word of the register's form.
fn kind(alias: &Alias) -> String {
    match alias.kind.as_str() {
        "short" => "abbreviation",
        "misspelt" => "misspelling",
        "merged" => "merged programme",
        _ => "",
    }
    .to_owned()
}

fn day_after(alias: &Alias) -> Option<Date> {
    alias.until?.tomorrow().ok()
}

impl Stage<'_> {
    /// Plays what happens to a programme.
    pub async fn programme(&mut self, step: &Step<'_>) -> Result<()> {
        let today = self.today.to_string();
        let (of, task, command) = match step.clone() {
            Step::Register { of, name } => {
                self.cast.take(Kind::Programme, &*of.key, self.new_id());
                let (name, bodies) = (name.to_owned(), FORCE.to_owned());
                (of, "Register a programme", Command::Register { name, from: today, bodies })
            }
            Step::Rename { of, name } => {
                let reason = format!("As papers call it since then ({}).", of.source);
                (of, "Give it a new name", Command::Rename { name: name.to_owned(), from: today, reason })
            }
            Step::Alias { of, alias } => (of, "Add what it is also called", Command::Alias(alias)),
            Step::Until { of, alias } => {
                let id = self.cast.find(Kind::Programme, &of.key)?;
                let now = one(self.tx, &id, OPEN_END - 1).await?;
                let mut programme = now.with_context(|| format!("there is no programme {}", of.key))?;
                for own in programme.aliases.iter_mut().filter(|own| own.name == alias.name) {
                    own.until = alias.until;
                }
                let reason = format!("Papers call it so no more ({}).", of.source);
                let details = Details::of(&programme);
                (of, "Correct a programme", Command::Correct { details, reason })
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
        let own: Vec<(String, String)> = steps(std::slice::from_ref(project))
            .map(|(day, step)| match step {
                Step::Register { name, .. } => (format!("{day} registered"), name.to_owned()),
                Step::Rename { name, .. } => (format!("{day} renamed"), name.to_owned()),
                Step::Alias { alias, .. } => {
                    (format!("{day} alias"), [alias.alias, alias.kind, alias.until].join(" "))
                }
                Step::Until { alias, .. } => (format!("{day} no more"), alias.name.clone()),
            })
            .collect();
        let expected = [
            ("2023-01-09 registered", "Public Protection Development Programme"),
            ("2025-06-02 renamed", "Investigations and Safeguarding Project"),
            ("2023-01-09 alias", "PPDP abbreviation "),
            ("2025-06-02 alias", "LPSDR merged programme 2025-06-01"),
            ("2025-09-16 alias", "Investigation and Safeguarding Project misspelling "),
            ("2025-06-02 no more", "PPDP"),
        ];
        assert_eq!(own, expected.map(|(told, name)| (told.to_owned(), name.to_owned())));
    }
}

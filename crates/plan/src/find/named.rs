//! What is found by its name besides recommendations, inspections and owners. Pure.

use journal::Id;

use super::rules::Kind;
use crate::{area::rules::Area, register::rules::Register, source::rules::Source, words::day};

/// Something with a name and a page of its own. The rooms below the plan have such things too, and hand them in
/// (see [`super::pages::More`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// What it is.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// What else it is found by.
    pub about: String,
    /// Why it is not current any more: "Ended". Empty while it is.
    pub note: &'static str,
    /// Where it is.
    pub address: String,
}

/// What the plan itself names: areas for development, programmes, inspections under way and earlier papers.
pub fn of_plan(register: &Register, sources: &[(Id, Source)]) -> Vec<Named> {
    let mut all: Vec<Named> = register.areas.iter().map(|(id, one)| area(register, id, one)).collect();
    all.extend(register.programmes.iter().filter_map(|(id, one)| {
        let earlier = one.names.iter().rev().skip(1).map(|name| name.name.as_str());
        let others = earlier.chain(
            one.aliases.iter().map(|alias| alias.name.as_str()).chain(one.bodies.iter().map(String::as_str)),
        );
        Some(Named {
            kind: Kind::Programme,
            name: one.names.last()?.name.clone(),
            about: others.collect::<Vec<_>>().join("; "),
            note: if one.ended.is_some() { "Ended" } else { "" },
            address: format!("/programmes/{id}"),
        })
    }));
    all.extend(register.underway.iter().map(|(id, one)| Named {
        kind: Kind::UnderWay,
        name: one.title.clone(),
        about: format!("{}, {}, {}", one.inspectorate, one.kind.words(), one.stage.words()),
        note: if one.stage.is_over() { "Over" } else { "" },
        address: format!("/inspections-under-way/{id}"),
    }));
    all.extend(sources.iter().map(|(id, one)| Named {
        kind: Kind::Source,
        name: one.title.clone(),
        about: match one.meeting_on.or(one.published_on) {
            Some(on) => format!("{} {}", one.reference, day(on)),
            None => one.reference.clone(),
        },
        note: "",
        address: format!("/sources/{id}"),
    }));
    all
}

fn area(register: &Register, id: &Id, area: &Area) -> Named {
    let code = register.inspection(&area.inspection).map_or("", |one| one.code.as_str());
    Named {
        kind: Kind::Area,
        name: format!("{code}, area for development {}", area.number),
        about: format!("{} {}", area.heading, area.text),
        note: if area.closed.is_some() { "Closed" } else { "" },
        address: format!("/areas/{id}"),
    }
}

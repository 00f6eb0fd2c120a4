//! The areas for development as a list: which of them, in what order, and how many. Pure.

use std::collections::BTreeSet;

use journal::Id;
use serde::{Deserialize, Serialize};

use super::rules::{Area, key};
use crate::{
    register::rules::{Item, Register},
    words::counted,
};

/// What the address of the list says. It holds the whole state, so that a list can be sent to somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// Words or a number.
    pub words: String,
    /// Identities of inspections.
    pub inspection: Vec<String>,
    /// Words of [`Flag`]: all of them have to hold.
    pub flag: Vec<String>,
    /// "open", "closed", or empty for both.
    pub state: String,
    /// An entry or a day to look back to.
    pub as_at: String,
}

/// What somebody has to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    /// Open, and no action is to meet it.
    Unmapped,
    /// Two actions or more are to meet it.
    MappedTwice,
    /// A post says that one of its mappings is wrong.
    Contested,
}

impl Flag {
    /// All, in the order of the filter.
    pub const ALL: [Self; 3] = [Self::Unmapped, Self::MappedTwice, Self::Contested];

    /// The word of the address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unmapped => "unmapped",
            Self::MappedTwice => "mapped_twice",
            Self::Contested => "contested",
        }
    }

    /// The words of the filter.
    pub fn words(self) -> &'static str {
        match self {
            Self::Unmapped => "Mapped to no action",
            Self::MappedTwice => "Mapped to more than one action",
            Self::Contested => "Mapping contested",
        }
    }

    /// Whether it is so of `area`.
    pub fn holds(self, area: &Area) -> bool {
        match self {
            Self::Unmapped => area.is_unmapped(),
            Self::MappedTwice => area.is_mapped_twice(),
            Self::Contested => area.is_contested(),
        }
    }
}

/// What there is of one inspection, or of all that are listed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Its recommendations.
    pub recommendations: usize,
    /// Its areas for development.
    pub areas: usize,
    /// The headings they are printed under.
    pub headings: usize,
    /// Open, and mapped to no action.
    pub unmapped: usize,
    /// Mapped to more than one action.
    pub mapped_twice: usize,
    /// With a contested mapping.
    pub contested: usize,
    /// Closed.
    pub closed: usize,
}

impl Counts {
    /// The counts of `areas` beside this many recommendations.
    pub fn of<'a>(recommendations: usize, areas: impl Iterator<Item = &'a Area>) -> Self {
        let mut headings = BTreeSet::new();
        let mut counts = Self { recommendations, ..Self::default() };
        for area in areas {
            counts.areas += 1;
            counts.unmapped += usize::from(area.is_unmapped());
            counts.mapped_twice += usize::from(area.is_mapped_twice());
            counts.contested += usize::from(area.is_contested());
            counts.closed += usize::from(area.closed.is_some());
            if !area.heading.is_empty() {
                headings.insert((&area.inspection, area.heading.to_lowercase()));
            }
        }
        counts.headings = headings.len();
        counts
    }

    /// "8 recommendations, 9 areas for development under 5 headings".
    pub fn words(&self) -> String {
        let recommendations = counted(self.recommendations, "recommendation", "recommendations");
        let areas = counted(self.areas, "area for development", "areas for development");
        let under = match self.headings {
            0 => String::new(),
            headings => format!(" under {}", counted(headings, "heading", "headings")),
        };
        format!("{recommendations}, {areas}{under}")
    }
}

/// An area with what the register knows of its neighbours.
#[derive(Debug, Clone, Copy)]
pub struct Placed<'a> {
    /// Its identity.
    pub id: &'a Id,
    /// Itself.
    pub area: &'a Area,
    /// The register around it.
    pub register: &'a Register,
}

impl Placed<'_> {
    /// "CAM22-AFD6".
    pub fn label(&self) -> String {
        let inspection = self.register.inspection(&self.area.inspection);
        self.area.label(inspection.map_or("", |one| one.code.as_str()))
    }

    /// The recommendation it is printed under: "CAM22-R8".
    pub fn printed_under(&self) -> Option<&Item> {
        self.area.recommendation.as_ref().and_then(|id| self.register.item(id))
    }
}

impl Query {
    /// Whether an area is in the list.
    pub fn finds(&self, placed: Placed<'_>) -> bool {
        let area = placed.area;
        let state = match self.state.as_str() {
            "open" => area.closed.is_none(),
            "closed" => area.closed.is_some(),
            _ => true,
        };
        let wanted = |flag: &Flag| self.flag.iter().any(|word| word == flag.as_str());
        state
            && (self.inspection.is_empty() || self.inspection.iter().any(|id| id == area.inspection.as_str()))
            && Flag::ALL.into_iter().filter(wanted).all(|flag| flag.holds(area))
            && self.finds_words(placed)
    }

    /// Every word has to be somewhere; a number ("AFD 06", "CAM22-AFD6") is found however it is written.
    fn finds_words(&self, placed: Placed<'_>) -> bool {
        let wanted = self.words.trim().to_lowercase();
        let area = placed.area;
        if wanted.is_empty() || placed.label().to_lowercase() == wanted || area.key() == key(&wanted) {
            return true;
        }
        let mut text = format!("{}\n{}", area.text, area.heading);
        for mapping in &area.mappings {
            let contest = mapping.contest.as_ref();
            let contest = contest.map_or_else(String::new, |one| format!("{} {}", one.by, one.words));
            for more in [&mapping.action, &mapping.note, &mapping.settled, &contest] {
                text.push('\n');
                text.push_str(more);
            }
        }
        let text = text.to_lowercase();
        wanted.split_whitespace().all(|word| text.contains(word))
    }

    /// The list that the query means: what is mapped to no action first, what is closed last.
    pub fn list<'a>(&self, register: &'a Register, areas: &'a [(Id, Area)]) -> Vec<Placed<'a>> {
        let place = |inspection: &Id| register.inspections.iter().position(|(id, _)| id == inspection);
        let mut found: Vec<Placed<'a>> = areas
            .iter()
            .map(|(id, area)| Placed { id, area, register })
            .filter(|placed| self.finds(*placed))
            .collect();
        found.sort_by_cached_key(|placed| {
            let area = placed.area;
            (!area.is_unmapped(), area.closed.is_some(), place(&area.inspection), area.order())
        });
        found
    }

    /// The address of the list with one thing changed.
    pub fn address(&self, change: impl FnOnce(&mut Self)) -> String {
        let mut query = self.clone();
        change(&mut query);
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        for (name, value) in [("words", &query.words), ("state", &query.state), ("as_at", &query.as_at)] {
            if !value.is_empty() {
                pairs.push((name, value));
            }
        }
        for (name, values) in [("inspection", &query.inspection), ("flag", &query.flag)] {
            pairs.extend(values.iter().map(|value| (name, value.as_str())));
        }
        let text = serde_html_form::to_string(pairs).unwrap_or_default();
        if text.is_empty() { "/areas".to_owned() } else { format!("/areas?{text}") }
    }
}

//! A figure and the rows it counts, made of one query of the register: what is printed, what is listed and
//! where the figure's link leads cannot differ. Pure.

use jiff::civil::Date;
use plan::{
    recommendation::status::Status,
    register::{
        list::{Flag, Query},
        rules::Item,
    },
    words::thousands,
};

use crate::document::Inline;

/// Stands in the tree where the site's address is: a frozen paper must not keep whatever name the site went
/// by when it was frozen.
pub(super) const SITE: &str = "https://answerable.invalid";

/// Rows of the register, and the query that finds exactly them.
#[derive(Debug, Clone)]
pub(super) struct Cut<'a> {
    /// The rows, in the register's order.
    pub rows: Vec<&'a Item>,
    query: Query,
    today: Date,
}

impl<'a> Cut<'a> {
    /// What `query` finds in `items` on `today`. The items are all there are, or all that could be found.
    pub fn of(query: Query, items: impl IntoIterator<Item = &'a Item>, today: Date) -> Self {
        let rows = items.into_iter().filter(|item| query.finds(item, today)).collect();
        Self { rows, query, today }
    }

    /// Those of its rows that the query finds as well once `narrow` has asked for more.
    pub fn narrowed(&self, narrow: impl FnOnce(&mut Query)) -> Self {
        let mut query = self.query.clone();
        narrow(&mut query);
        Self::of(query, self.rows.iter().copied(), self.today)
    }

    /// Those of its rows of which `standing` is true.
    pub fn at(&self, standing: Standing) -> Self {
        self.narrowed(|query| standing.narrow(query))
    }

    /// Those of its rows that these publications made. No publication has none; a query could not say so.
    pub fn of_publications(&self, ids: Vec<String>) -> Option<Self> {
        (!ids.is_empty()).then(|| self.narrowed(|query| query.inspection = ids))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// The figure, which leads to the rows.
    pub fn figure(&self) -> Inline {
        Inline::link(thousands(self.len()), format!("{SITE}{}", self.address()))
    }

    /// The address of the list of its rows, on the site.
    pub fn address(&self) -> String {
        self.query.address(|_| ())
    }
}

/// The figures that every paper tells of its recommendations. Open, proposed, discharged and superseded
/// together are all that were made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// All there are.
    Made,
    /// Being worked on: neither closed nor with the inspectorate.
    Open,
    /// Awaiting the inspectorate's decision.
    Proposed,
    /// Discharged.
    Discharged,
    /// Superseded.
    Superseded,
    /// Discharged or superseded.
    Closed,
    /// Open and past the first target.
    Delayed,
    /// Open and past the current target.
    Overdue,
    /// Open two years after publication.
    TwoYears,
}

impl Standing {
    /// Those that are told again, then and now.
    pub const TOLD: [Self; 8] = [
        Self::Made,
        Self::Open,
        Self::Proposed,
        Self::Discharged,
        Self::Superseded,
        Self::Delayed,
        Self::Overdue,
        Self::TwoYears,
    ];

    /// The words of a table.
    pub fn words(self) -> &'static str {
        match self {
            Self::Made => "Made",
            Self::Open => "Open",
            Self::Proposed => "Proposed for closure",
            Self::Discharged => "Discharged",
            Self::Superseded => "Superseded",
            Self::Closed => "Discharged or superseded",
            Self::Delayed => "Open and past the first target",
            Self::Overdue => "Open and past the current target",
            Self::TwoYears => "Open two years after publication",
        }
    }

    /// Asks the query for it.
    pub fn narrow(self, query: &mut Query) {
        let status = match self {
            Self::Made => return,
            Self::Proposed => vec![Status::ProposedForClosure],
            Self::Discharged => vec![Status::Discharged],
            Self::Superseded => vec![Status::Superseded],
            Self::Closed => vec![Status::Discharged, Status::Superseded],
            Self::Open | Self::Delayed | Self::Overdue | Self::TwoYears => {
                vec![Status::Open, Status::EvidenceAssembled, Status::Returned]
            }
        };
        query.status = status.into_iter().map(|one| one.as_str().to_owned()).collect();
        let flag = match self {
            Self::Delayed => Some(Flag::Delayed),
            Self::Overdue => Some(Flag::Overdue),
            Self::TwoYears => Some(Flag::TwoYears),
            _ => None,
        };
        query.flag.extend(flag.map(|flag| flag.as_str().to_owned()));
    }
}

/// "76%": the share in whole per cent, a half rounded up. Nothing is no share of nothing.
pub(super) fn percent(part: usize, whole: usize) -> String {
    (200 * part + whole).checked_div(2 * whole).map_or_else(|| "none".to_owned(), |share| format!("{share}%"))
}

/// "3 recommendations".
pub(super) fn recommendations(number: usize) -> String {
    plan::words::counted(number, "recommendation", "recommendations")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_rounded_and_nothing_has_none() {
        let cases =
            [(79, 104, "76%"), (26, 104, "25%"), (1, 8, "13%"), (0, 5, "0%"), (5, 5, "100%"), (0, 0, "none")];
        for (part, whole, told) in cases {
            assert_eq!(percent(part, whole), told, "{part} of {whole}");
        }
    }

    #[test]
    fn open_proposed_discharged_and_superseded_are_every_status_once() {
        let parts = [Standing::Open, Standing::Proposed, Standing::Discharged, Standing::Superseded];
        let mut told: Vec<String> = parts
            .iter()
            .flat_map(|part| {
                let mut query = Query::default();
                part.narrow(&mut query);
                query.status
            })
            .collect();
        let mut all: Vec<String> = Status::ALL.map(|status| status.as_str().to_owned()).into();
        told.sort();
        all.sort();
        assert_eq!(told, all);
    }
}

//! How much the rate depends on the windows, which no source gives, and on the version: published beside it (MEASURES 1).

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    definition::{Definition, Definitions, What, Window},
    rules::classify,
    story::Issue,
    units::Rate,
};

/// Half, as they are, twice: the usual three, in per cent.
pub const USUAL: [u32; 3] = [50, 100, 200];

/// What unit A and the count of each code would be with other windows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The length of every window in per cent of that of the definition.
    pub windows_percent: u32,
    /// What would be counted.
    pub rate: Rate,
}

/// Counts everything anew with windows so many per cent as long; a row for each, in their order.
pub fn sensitivity(
    definition: &Definition,
    issues: &[Issue],
    as_at: Timestamp,
    percents: &[u32],
) -> Vec<Row> {
    let row = |percent: &u32| {
        let scaled = definition.with_windows(*percent);
        let judged: Vec<_> = issues.iter().flat_map(|issue| classify(&scaled, issue, as_at)).collect();
        Row { windows_percent: *percent, rate: Rate::of(&judged) }
    };
    percents.iter().map(row).collect()
}

/// The windows that a definition has, each of which may be changed alone.
pub fn windows(definition: &Definition) -> impl Iterator<Item = &Window> {
    definition.window.iter().filter(|window| window.what == What::Window)
}

/// The same contacts by every version, under its number, side by side: a rate of the past is restated in no other way.
pub fn side_by_side(definitions: &Definitions, issues: &[Issue], as_at: Timestamp) -> BTreeMap<u32, Rate> {
    let row = |version: &Definition| (version.number, rate(version, issues, as_at));
    definitions.version.iter().map(row).collect()
}

fn rate(definition: &Definition, issues: &[Issue], as_at: Timestamp) -> Rate {
    let judged: Vec<_> = issues.iter().flat_map(|issue| classify(definition, issue, as_at)).collect();
    Rate::of(&judged)
}

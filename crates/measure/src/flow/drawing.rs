//! A flow as a picture: three columns of bars, and ribbons between them as thick as what they carry. Pure.

use journal::words::{counted, thousands};

use super::rules::{Flow, Node};
use crate::chart::drawing::place;

const WIDTH: f64 = 1000.0;
/// Where the bars of each column begin.
const COLUMNS: [f64; 3] = [225.0, 460.0, 680.0];
const BAR: f64 = 14.0;
/// What all contacts together are high.
const HIGH: f64 = 320.0;
/// The least that a bar takes with what is free after it: its words must not touch the next.
const LEAST: f64 = 24.0;
const FREE: f64 = 10.0;
/// Above the bars there are the words of the column.
const TOP: f64 = 30.0;

/// A bar with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// Its left edge.
    pub x: String,
    /// Its upper edge.
    pub y: String,
    /// How high it is.
    pub high: String,
    /// Where its words stand.
    pub words_x: String,
    /// The middle of it.
    pub middle: String,
    /// Whether they end there.
    pub is_left: bool,
    /// What it is called.
    pub words: String,
    /// How many contacts: "1,204".
    pub contacts: String,
}

/// A ribbon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// Its outline.
    pub path: String,
    /// What it carries: "101 to Resolution team: 9 contacts".
    pub told: String,
}

/// The picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// The box that it fills: "0 0 940 420".
    pub size: String,
    /// What it shows, for whoever does not see it.
    pub description: String,
    /// Words above the columns, with where they stand.
    pub heads: Vec<(String, &'static str)>,
    /// The ribbons.
    pub bands: Vec<Band>,
    /// The bars.
    pub bars: Vec<Bar>,
}

/// Contacts as heights; counts are far below 2^52.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn real(contacts: i64) -> f64 {
    contacts as f64
}

/// The picture of a flow; nothing of none.
pub fn drawing(flow: &Flow) -> Option<Drawing> {
    if flow.contacts <= 0 {
        return None;
    }
    let high = |contacts: i64| HIGH * real(contacts) / real(flow.contacts);
    let tops: Vec<Vec<f64>> = flow.columns.iter().map(|column| tops(column, high)).collect();
    let ends =
        flow.columns.iter().zip(&tops).filter_map(|(column, tops)| {
            Some(tops.last()? + high(column.last()?.contacts).max(LEAST - FREE))
        });
    let bottom = ends.fold(TOP, f64::max) + FREE;
    let bars = (0..).zip(flow.columns.iter().zip(&tops)).flat_map(|(number, (column, tops))| {
        column.iter().zip(tops).map(move |(node, top)| bar(number, node, *top, high(node.contacts)))
    });
    let heads = ["Channel", "Way", "End"];
    Some(Drawing {
        size: format!("0 0 {} {}", place(WIDTH), place(bottom)),
        description: description(flow),
        heads: COLUMNS.iter().map(|x| place(*x)).zip(heads).collect(),
        bands: bands(flow, &tops, high),
        bars: bars.collect(),
    })
}

/// The upper edges of the bars of a column.
fn tops(column: &[Node], high: impl Fn(i64) -> f64) -> Vec<f64> {
    let mut top = TOP;
    let mut tops = Vec::new();
    for node in column {
        tops.push(top);
        top += (high(node.contacts) + FREE).max(LEAST);
    }
    tops
}

fn bar(column: usize, node: &Node, top: f64, high: f64) -> Bar {
    let x = COLUMNS.get(column).copied().unwrap_or_default();
    let is_left = column == 0;
    let high = high.max(1.0);
    Bar {
        x: place(x),
        y: place(top),
        high: place(high),
        words_x: place(if is_left { x - 6.0 } else { x + BAR + 6.0 }),
        middle: place(top + high / 2.0),
        is_left,
        words: node.words.clone(),
        contacts: thousands(usize::try_from(node.contacts).unwrap_or_default()),
    }
}

/// The ribbons, one below the other along each bar, in the order of the bars at their other end.
fn bands(flow: &Flow, tops: &[Vec<f64>], high: impl Fn(i64) -> f64) -> Vec<Band> {
    let mut leaving: Vec<Vec<f64>> = tops.to_vec();
    let mut arriving: Vec<Vec<f64>> = tops.to_vec();
    let mut bands = Vec::new();
    for ribbon in &flow.ribbons {
        let thick = high(ribbon.contacts);
        let (column, next) = (ribbon.column, ribbon.column + 1);
        let from = leaving.get_mut(column).and_then(|column| column.get_mut(ribbon.from));
        let Some(from) = from.map(|edge| std::mem::replace(edge, *edge + thick)) else { continue };
        let to = arriving.get_mut(next).and_then(|column| column.get_mut(ribbon.to));
        let Some(to) = to.map(|edge| std::mem::replace(edge, *edge + thick)) else { continue };
        let (Some(left), Some(right)) = (COLUMNS.get(column), COLUMNS.get(next)) else { continue };
        let name = |column: usize, node: usize| {
            flow.columns.get(column).and_then(|nodes| nodes.get(node)).map_or("", |node| node.words.as_str())
        };
        let (left, middle) = (left + BAR, f64::midpoint(left + BAR, *right));
        let at = |x: f64, y: f64| format!("{} {}", place(x), place(y));
        let path = format!(
            "M{}C{} {} {}L{}C{} {} {}Z",
            at(left, from),
            at(middle, from),
            at(middle, to),
            at(*right, to),
            at(*right, to + thick),
            at(middle, to + thick),
            at(middle, from + thick),
            at(left, from + thick),
        );
        let contacts = counted(usize::try_from(ribbon.contacts).unwrap_or_default(), "contact", "contacts");
        let told = format!("{} to {}: {contacts}", name(column, ribbon.from), name(next, ribbon.to));
        bands.push(Band { path, told });
    }
    bands
}

/// The whole in a sentence for each column.
fn description(flow: &Flow) -> String {
    let listed = |nodes: &[Node]| {
        let told = nodes.iter().map(|node| {
            format!("{} {}", node.words, thousands(usize::try_from(node.contacts).unwrap_or_default()))
        });
        told.collect::<Vec<_>>().join(", ")
    };
    let [channels, ways, ends] = &flow.columns;
    let contacts = counted(usize::try_from(flow.contacts).unwrap_or_default(), "contact", "contacts");
    format!(
        "{contacts}. By channel: {}. By way: {}. By end: {}.",
        listed(channels),
        listed(ways),
        listed(ends)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{figure::rows::Sum, flow::rules::flow};

    fn of(all: &[(&str, i64)]) -> Option<Drawing> {
        let sum =
            |(of, numerator): &(&str, i64)| Sum { of: (*of).into(), numerator: *numerator, denominator: 0 };
        drawing(&flow(&all.iter().map(sum).collect::<Vec<_>>()))
    }

    #[test]
    fn bars_of_a_column_never_overlap_however_small_they_are() {
        let drawn = of(&[
            ("emergency.immediate.SC01", 1),
            ("non_emergency.no_incident.advice", 100_000),
            ("web_form.prompt.open", 1),
            ("email.appointment.SC02", 1),
        ])
        .unwrap();
        for column in COLUMNS.map(place) {
            let bars: Vec<&Bar> = drawn.bars.iter().filter(|bar| bar.x == column).collect();
            assert!(bars.len() >= 4, "{column}: {bars:?}");
            let number = |text: &str| text.parse::<f64>().unwrap();
            for pair in bars.windows(2) {
                let apart = number(&pair[1].middle) - number(&pair[0].middle);
                assert!(apart >= LEAST - FREE, "{pair:?}");
                assert!(number(&pair[0].y) + number(&pair[0].high) <= number(&pair[1].y) + 0.01, "{pair:?}");
            }
        }
        assert_eq!(drawn.bands.len(), 8);
        assert!(drawn.description.starts_with("100,003 contacts. By channel: "), "{}", drawn.description);
        assert!(drawn.bands.iter().any(|band| band.told.ends_with("Immediate dispatch: 1 contact")));
    }

    #[test]
    fn the_words_of_every_channel_and_end_have_room_beside_their_bars() {
        use contact::codes::{channels, contact_outcomes};
        // A character of the size of the words is 6.2 wide (measured); the number stands after them.
        let wide = |words: &str| 6.3 * f64::from(u32::try_from(words.chars().count() + 6).unwrap());
        for channel in channels() {
            assert!(wide(&channel.words) <= COLUMNS[0] - 6.0, "{}", channel.words);
        }
        let closings = ["SC01", "SC02", "SC07", "F01", "F02", "F03", "F04", "F05"];
        let ends = contact_outcomes().iter().map(|one| one.words.clone());
        for end in ends.chain(closings.map(incident::codes::closure_words)) {
            assert!(wide(&end) <= WIDTH - COLUMNS[2] - BAR - 6.0, "{end}");
        }
    }

    #[test]
    fn nothing_is_drawn_of_nothing() {
        assert_eq!(of(&[]), None);
    }
}

//! A flow: how many of which channel went which way to which end. Pure.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    figure::rows::Sum,
    measures::routes::{Route, channel_words, end_words, parts},
};

/// Contacts that went one way from a channel to an end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stream {
    /// Its reason in the measure.
    pub key: String,
    /// By which channel they came.
    pub channel: String,
    /// Which way they were dealt with.
    pub route: &'static str,
    /// How that ended.
    pub end: String,
    /// How many.
    pub contacts: i64,
}

/// What stands in a column: a channel, a way, an end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Node {
    /// What it is called.
    pub words: String,
    /// How many contacts go through it.
    pub contacts: i64,
}

/// From one node to one of the next column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Ribbon {
    /// The column in which it begins, from 0.
    pub column: usize,
    /// The place of the node in which it begins.
    pub from: usize,
    /// The place of the node in which it ends.
    pub to: usize,
    /// How many contacts.
    pub contacts: i64,
}

/// The flow.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Flow {
    /// Channels, ways, ends; the largest of the channels and ends first.
    pub columns: [Vec<Node>; 3],
    /// Between them.
    pub ribbons: Vec<Ribbon>,
    /// The same whole, the largest first.
    pub streams: Vec<Stream>,
    /// All contacts.
    pub contacts: i64,
}

/// The flow of what was counted by reason.
pub fn flow(sums: &[Sum]) -> Flow {
    let mut streams: Vec<Stream> = sums.iter().filter(|sum| sum.numerator != 0).filter_map(stream).collect();
    streams.sort_by(|one, other| (other.contacts, &one.key).cmp(&(one.contacts, &other.key)));
    let mut ways: Vec<Node> = totals(&streams, |one| one.route);
    let place = |node: &Node| Route::ALL.iter().position(|route| route.words() == node.words);
    ways.sort_by_key(place);
    let columns = [totals(&streams, |one| &one.channel), ways, totals(&streams, |one| &one.end)];
    let mut between: BTreeMap<(usize, usize, usize), i64> = BTreeMap::new();
    for one in &streams {
        let place = |column: usize, words: &str| {
            columns
                .get(column)
                .and_then(|nodes: &Vec<Node>| nodes.iter().position(|node| node.words == words))
        };
        let (channel, way, end) = (place(0, &one.channel), place(1, one.route), place(2, &one.end));
        for (column, ends) in [(0, channel.zip(way)), (1, way.zip(end))] {
            if let Some((from, to)) = ends {
                *between.entry((column, from, to)).or_default() += one.contacts;
            }
        }
    }
    let ribbon = |((column, from, to), contacts)| Ribbon { column, from, to, contacts };
    let contacts = streams.iter().map(|one| one.contacts).sum();
    Flow { columns, ribbons: between.into_iter().map(ribbon).collect(), streams, contacts }
}

fn stream(sum: &Sum) -> Option<Stream> {
    let (channel, route, end) = parts(&sum.of)?;
    Some(Stream {
        key: sum.of.clone(),
        channel: channel_words(channel),
        route: route.words(),
        end: end_words(route, end),
        contacts: sum.numerator,
    })
}

/// What has a name, with all contacts of it, the largest first.
fn totals<'a>(streams: &'a [Stream], of: impl Fn(&'a Stream) -> &'a str) -> Vec<Node> {
    let mut totals: BTreeMap<&str, i64> = BTreeMap::new();
    for one in streams {
        *totals.entry(of(one)).or_default() += one.contacts;
    }
    let mut nodes: Vec<Node> =
        totals.into_iter().map(|(words, contacts)| Node { words: words.to_owned(), contacts }).collect();
    nodes.sort_by_key(|node| std::cmp::Reverse(node.contacts));
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sums(all: &[(&str, i64)]) -> Vec<Sum> {
        all.iter()
            .map(|(of, numerator)| Sum { of: (*of).into(), numerator: *numerator, denominator: 0 })
            .collect()
    }

    #[test]
    fn every_column_and_every_ribbon_adds_up_to_the_contacts() {
        let flow = flow(&sums(&[
            ("emergency.immediate.SC01", 5),
            ("emergency.no_incident.advice", 2),
            ("non_emergency.immediate.open", 1),
            ("non_emergency.resolution_team.SC01", 9),
            ("web_form.resolution_team.open", 3),
            ("web_form.no_incident.open", 0),
        ]));
        assert_eq!(flow.contacts, 20);
        for (number, column) in flow.columns.iter().enumerate() {
            assert_eq!(column.iter().map(|node| node.contacts).sum::<i64>(), 20, "column {number}");
        }
        for column in [0, 1] {
            let of = flow.ribbons.iter().filter(|one| one.column == column);
            assert_eq!(of.map(|one| one.contacts).sum::<i64>(), 20, "after column {column}");
        }
        let ways: Vec<&str> = flow.columns[1].iter().map(|node| node.words.as_str()).collect();
        assert_eq!(ways, ["Immediate dispatch", "Resolution team", "Dealt with in the contact"]);
        let ends: Vec<i64> = flow.columns[2].iter().map(|node| node.contacts).collect();
        assert_eq!(ends, [14, 4, 2], "the largest first");
        assert_eq!(flow.streams[0].contacts, 9);
        assert_eq!(flow.streams.len(), 5, "nothing flows where there is nothing");
    }

    #[test]
    fn of_nothing_there_is_no_flow() {
        assert_eq!(flow(&[]), Flow::default());
        assert_eq!(flow(&sums(&[("spoilt", 3)])), Flow::default());
    }
}

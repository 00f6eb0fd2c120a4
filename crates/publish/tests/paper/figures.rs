//! Every printed figure is the number of rows at its link, and of the rows that the paper lists.

use std::collections::BTreeSet;

use plan::register::{
    list::Query,
    rules::{Item, Register},
};
use publish::{
    document::{Block, Document, Table, text},
    paper::details::{Details, Kind},
};

use crate::world::{FORCE, OTHER, POSTS, World, day, details};

const SITE: &str = "https://answerable.invalid/recommendations?";

/// The query of a figure's link, and the entry that it looks back to.
fn asked(address: &str) -> (Query, i64) {
    let text = address.strip_prefix(SITE).unwrap_or_else(|| panic!("{address} is not the register"));
    let query: Query = serde_html_form::from_str(text).expect("an address of the register");
    let (seq, on) = query.as_at.split_once('@').expect("an entry and a day");
    let seq = seq.parse().expect("an entry");
    assert_eq!(on, day(seq).to_string(), "{address}");
    (query, seq)
}

/// Every link's number is the number of recommendations at its address. Gives how many links there were.
fn figures_are_their_lists(registers: &[Register], paper: &Document) -> usize {
    let links = paper.links();
    for (figure, address) in &links {
        let (query, seq) = asked(address);
        let register = registers.iter().find(|one| one.position.seq == seq).expect("a position of the paper");
        let found = register.items.iter().filter(|item| query.finds(item, day(seq))).count();
        assert_eq!(figure.replace(',', ""), found.to_string(), "{address}");
    }
    links.len()
}

fn tables(blocks: &[Block]) -> Vec<&Table> {
    blocks
        .iter()
        .flat_map(|block| match block {
            Block::Table(table) => vec![table],
            Block::Landscape(inner) => tables(inner),
            _ => Vec::new(),
        })
        .collect()
}

/// How many rows the tables with these words in their caption have.
fn rows(paper: &Document, words: &str) -> usize {
    tables(&paper.blocks).iter().filter(|table| table.caption.contains(words)).map(|one| one.rows.len()).sum()
}

/// The table at an anchor, as numbers: what stands before a bracket and what in it, for each cell after the first.
fn numbers(paper: &Document, anchor: &str) -> Vec<Vec<usize>> {
    let all = tables(&paper.blocks);
    let table = all.iter().find(|table| table.anchor == anchor).unwrap_or_else(|| panic!("no {anchor}"));
    let cells = |words: String| {
        let parts: Vec<usize> = words
            .split(|c: char| !c.is_ascii_digit())
            .filter(|part| !part.is_empty())
            .map(|part| part.parse().expect("digits"))
            .collect();
        parts
    };
    table
        .rows
        .iter()
        .map(|row| row.cells[1..5.min(row.cells.len())].iter().flat_map(|one| cells(one.words())).collect())
        .collect()
}

fn is(item: &Item, words: &[&str]) -> bool {
    words.contains(&item.recommendation.status.as_str())
}

const OPEN: [&str; 3] = ["open", "evidence_assembled", "returned"];

/// The details of each kind: about all, about two inspections, and for one body.
fn asks(world: &World) -> Vec<Details> {
    let chosen: Vec<String> = world.inspections.iter().take(2).map(|(id, _)| id.to_string()).collect();
    let mut asks = Vec::new();
    for kind in Kind::ALL {
        for body in ["", FORCE, OTHER] {
            let all = Details { addressee: body.to_owned(), ..details(kind) };
            asks.push(Details { inspections: chosen.clone(), appendix: true, ..all.clone() });
            asks.push(all);
        }
    }
    asks
}

fn counted<'a>(details: &Details, register: &'a Register) -> Vec<&'a Item> {
    let among = |item: &&Item| {
        let (scope, of) = (details.scope(), item.recommendation.inspection.as_str());
        (scope.is_empty() || scope.iter().any(|one| one == of))
            && (details.addressee.is_empty() || item.addressees.contains(&details.addressee))
    };
    register.items.iter().filter(among).collect()
}

#[test]
fn every_figure_of_every_kind_is_its_list_and_the_lists_are_the_figures() {
    let mut links = 0;
    for seed in 0..12 {
        let world = World::random(seed, 6, 30);
        println!("seed {seed}");
        let registers = [world.at(420), world.at(900)];
        for details in asks(&world) {
            for before in [None, Some(420)] {
                let gathered = world.gathered(&details, 900, before);
                let paper = gathered.compose(&details).expect("the paper is whole");
                links += figures_are_their_lists(&registers, &paper);
                lists_are_whole(&details, &gathered.register, &paper);
                identity_holds(&details, &gathered.register, &paper);
            }
        }
    }
    assert!(links > 20_000, "only {links} figures were followed");
}

fn lists_are_whole(details: &Details, register: &Register, paper: &Document) {
    let all = counted(details, register);
    let listed: Vec<_> = all
        .iter()
        .filter(|item| {
            details.inspections.is_empty()
                || details.inspections.contains(&item.recommendation.inspection.to_string())
        })
        .collect();
    let number = |words: &[&str]| listed.iter().filter(|item| is(item, words)).count();
    assert_eq!(rows(paper, ": open recommendations"), number(&OPEN));
    assert_eq!(rows(paper, "Recommendations proposed for closure"), number(&["proposed_for_closure"]));
    let closed =
        all.iter().filter(|item| item.was_discharged_between(details.period_from, details.period_to));
    let closed = closed.count();
    assert_eq!(rows(paper, "discharged in the period"), closed);
    let plan =
        if details.has_appendix() { all.iter().filter(|item| item.is_open()).count() + closed } else { 0 };
    assert_eq!(rows(paper, "improvement plan"), plan);
}

/// Open, proposed, discharged and superseded are all, in the sentence and in every row of the summary.
fn identity_holds(details: &Details, register: &Register, paper: &Document) {
    let all = counted(details, register);
    let of = |words: &[&str]| all.iter().filter(|item| is(item, words)).count();
    let (open, proposed) = (of(&OPEN), of(&["proposed_for_closure"]));
    let (discharged, superseded) = (of(&["discharged"]), of(&["superseded"]));
    let sum = format!(": {open} + {proposed} + {discharged} + {superseded} = {}.", all.len());
    let words: String = text(paper).iter().map(ToString::to_string).collect();
    assert!(words.contains(&sum), "{sum}");
    let table = numbers(paper, "summary");
    let (total, rows) = table.split_last().expect("the summary ends with all");
    for row in &table {
        let [made, closed, proposed, open, delayed] = row[..] else { panic!("{row:?}") };
        assert_eq!(made, closed + proposed + open);
        assert!(delayed <= open);
    }
    let summed = rows.iter().fold(vec![0; 5], |sum: Vec<usize>, row| {
        sum.iter().zip(row).map(|(one, other)| one + other).collect()
    });
    // A publication's own name ends with a year, but stands in the first cell.
    assert_eq!(&summed, total);
    assert_eq!(total[..3], [all.len(), discharged + superseded, proposed]);
}

#[test]
fn portfolios_add_up_to_the_whole_with_what_nobody_answers_for() {
    for seed in 0..10 {
        println!("seed {seed}");
        let world = World::random(seed, 5, 40);
        for body in ["", FORCE] {
            let details = Details { addressee: body.to_owned(), ..details(Kind::Portfolio) };
            let gathered = world.gathered(&details, 900, None);
            let paper = gathered.compose(&details).expect("the paper is whole");
            let all = counted(&details, &gathered.register);
            let open: Vec<_> = all.into_iter().filter(|item| is(item, &OPEN)).collect();
            let of = |owner: Option<&str>| {
                let own = open
                    .iter()
                    .filter(|item| owner.is_none_or(|owner| item.classification.strategic_owner == owner));
                let plans: BTreeSet<_> = own.clone().map(|item| &item.code).collect();
                let delayed = own.clone().filter(|item| item.delay_from_first(day(900)).is_some());
                vec![own.clone().count(), delayed.count(), plans.len()]
            };
            let table = numbers(&paper, "portfolios");
            let (total, rows) = table.split_last().expect("the table ends with all");
            let names = tables(&paper.blocks);
            let names = names.iter().find(|table| table.anchor == "portfolios").expect("it is there");
            let names: Vec<String> = names.rows.iter().map(|row| row.cells[0].words()).collect();
            assert_eq!(names.len(), POSTS.len() + 1, "{names:?}");
            assert_eq!(names[POSTS.len() - 1..], ["Nobody named", "All"], "the last two lines");
            for (name, row) in names.iter().zip(rows) {
                let owner = if name == "Nobody named" { "" } else { name };
                assert_eq!(*row, of(Some(owner)), "{name}");
            }
            assert_eq!(*total, of(None));
            for column in [0, 1] {
                assert_eq!(rows.iter().map(|row| row[column]).sum::<usize>(), total[column]);
            }
        }
    }
}

#[test]
fn reasons_for_delay_are_counted_from_the_moves_and_those_not_said_as_such() {
    for seed in 0..10 {
        let world = World::random(seed, 5, 40);
        let details = details(Kind::Portfolio);
        let gathered = world.gathered(&details, 900, None);
        let paper = gathered.compose(&details).expect("the paper is whole");
        let table = numbers(&paper, "delays");
        let open: Vec<_> = gathered.register.items.iter().filter(|item| is(item, &OPEN)).collect();
        let moves: usize = open.iter().map(|item| item.moves()).sum();
        let those_moved = open.iter().filter(|item| item.moves() > 0).count();
        let (total, reasons) = table.split_last().expect("the table ends with all");
        assert_eq!(total[..], [moves, those_moved]);
        assert_eq!(reasons.iter().map(|row| row[0]).sum::<usize>(), moves);
        assert_eq!(reasons.len(), 5);
        let unsaid = open.iter().flat_map(|item| &item.targets[1.min(item.targets.len())..]);
        assert_eq!(reasons[4][0], unsaid.filter(|given| given.delay_reason.is_empty()).count());
        assert!(reasons[4][0] > 0, "the world has moves without a reason");
    }
}

#[test]
fn what_changed_is_counted_from_the_rows_that_say_so() {
    for seed in 0..10 {
        let world = World::random(seed, 5, 40);
        for kind in Kind::ALL {
            let details = details(kind);
            let paper =
                world.gathered(&details, 900, Some(400)).compose(&details).expect("the paper is whole");
            let all = tables(&paper.blocks);
            let changes = all.iter().find(|table| table.anchor == "changes").expect("something changed");
            let labels: BTreeSet<_> = changes.rows.iter().map(|row| row.cells[0].words()).collect();
            assert_eq!(labels.len(), changes.rows.len(), "each recommendation stands once");
            let words: String = text(&paper).iter().map(ToString::to_string).collect();
            let saying =
                |what: &str| changes.rows.iter().filter(|row| row.cells[1].words().contains(what)).count();
            for (kind, what) in [
                ("New in the register", "New in the register."),
                ("Discharged by the inspectorate", "Discharged by"),
                ("Proposed for closure", "Proposed for closure on"),
                ("Returned by the inspectorate", "Returned by"),
                ("Target set or moved", "Target "),
            ] {
                let number = saying(what);
                let noun = if number == 1 { "recommendation" } else { "recommendations" };
                assert_eq!(words.contains(&format!("• {kind}: {number} {noun}")), number > 0, "{kind}");
            }
            let then_and_now = numbers(&paper, "then-and-now");
            assert_eq!(then_and_now.len(), 8);
            assert!(then_and_now[0][0] < then_and_now[0][1], "more were made since");
        }
    }
}

#[test]
fn a_row_says_when_nothing_was_reported_since_the_last_paper() {
    let world = World::random(3, 4, 40);
    let details = details(Kind::Period);
    let gathered = world.gathered(&details, 900, Some(500));
    let paper = gathered.compose(&details).expect("the paper is whole");
    let said = "No progress has been reported after 15 May 2024.";
    assert_eq!(day(500).to_string(), "2024-05-15");
    let open: Vec<_> = gathered.register.items.iter().filter(|item| is(item, &OPEN)).collect();
    let silent: Vec<_> = open.iter().filter(|item| item.is_silent_since(day(500))).collect();
    assert!(!silent.is_empty() && silent.len() < open.len());
    let tables = tables(&paper.blocks);
    let rows =
        tables.iter().filter(|one| one.caption.ends_with(": open recommendations")).flat_map(|one| &one.rows);
    let saying: BTreeSet<_> = rows
        .filter(|row| row.cells[1].words().contains(said))
        .map(|row| row.mark.as_ref().expect("a row that can be cited").label.clone())
        .collect();
    assert_eq!(saying, silent.iter().map(|item| item.label()).collect());
}

/// A row of headings with eight words, four of them in small letters, is not printed again on a second page.
#[test]
fn no_row_of_headings_is_long_enough_to_be_taken_for_prose() {
    let world = World::random(5, 4, 40);
    let mut seen = BTreeSet::new();
    for details in asks(&world) {
        let paper = world.gathered(&details, 900, Some(500)).compose(&details).expect("the paper is whole");
        for table in tables(&paper.blocks) {
            let headings: Vec<&str> = table.columns.iter().map(|column| column.heading.as_str()).collect();
            let words: Vec<&str> = headings.iter().flat_map(|heading| heading.split(' ')).collect();
            let is_small = |word: &&&str| word.trim_start_matches('(').starts_with(char::is_lowercase);
            let small = words.iter().filter(is_small).count();
            assert!(words.len() < 8 || small < 4, "{headings:?}");
            seen.insert(headings.join("|"));
        }
    }
    assert!(seen.len() >= 9, "{seen:?}");
}

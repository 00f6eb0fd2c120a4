//! Tables of cases: what is shown, what is hidden, and why.

use std::collections::BTreeSet;

use super::*;
use crate::published::Parts;

fn names(what: &str, many: usize) -> Vec<String> {
    (0..many).map(|index| format!("{what} {index}")).collect()
}

fn table(cells: &[Vec<u64>]) -> Table {
    let rows = names("row", cells.len());
    let columns = names("column", cells.first().map_or(0, Vec::len));
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    Table::new(&rows, &columns, cells).unwrap().with_all_totals()
}

fn year() -> Scope {
    Scope::new(&["Scotland"], 1, 12).unwrap()
}

/// The table as it is printed: numbers, `·` for primary, `x` for secondary, totals last.
fn drawn(protected: &Protected) -> Vec<String> {
    let (rows, columns) = (protected.table.rows().len(), protected.table.columns().len());
    let mark = |position| match protected.at(position) {
        Some(Printed::Shown(count)) => count.to_string(),
        Some(Printed::Hidden(Reason::Primary)) => "·".to_owned(),
        Some(Printed::Hidden(Reason::Secondary)) => "x".to_owned(),
        None => "-".to_owned(),
    };
    let line = |cells: Vec<Position>| cells.into_iter().map(mark).collect::<Vec<_>>().join(" ");
    let mut lines: Vec<String> = (0..rows)
        .map(|row| {
            let cells = (0..columns).map(|column| Position::Cell { row, column });
            line(cells.chain([Position::RowTotal { row }]).collect())
        })
        .collect();
    let foot = (0..columns).map(|column| Position::ColumnTotal { column });
    lines.push(line(foot.chain([Position::GrandTotal]).collect()));
    lines
}

type Case = (&'static str, Vec<Vec<u64>>, &'static [&'static str]);

#[test]
fn single_tables() {
    let cases: [Case; 7] = [
        ("nothing small", vec![vec![7, 9], vec![8, 12]], &["7 9 16", "8 12 20", "15 21 36"]),
        ("one small number", vec![vec![3, 9], vec![8, 12]], &["· x 12", "x x 20", "11 21 32"]),
        ("all nought", vec![vec![0, 0], vec![0, 0]], &["· · ·", "· · ·", "· · ·"]),
        ("few in all", vec![vec![1, 1], vec![1, 1]], &["· · ·", "· · ·", "· · ·"]),
        (
            "small numbers that may be anything up to eight",
            vec![vec![4, 4], vec![4, 4]],
            &["· · 8", "· · 8", "8 8 16"],
        ),
        ("a total of five leaves five", vec![vec![1, 4]], &["· · 5", "· · 5"]),
        ("one cell", vec![vec![6]], &["6 6", "6 6"]),
    ];
    for (name, cells, expected) in cases {
        let protected = protect(&table(&cells), &year(), &[], THRESHOLD).unwrap();
        assert_eq!(drawn(&protected), expected, "{name}");
        assert_eq!(protected.lost(), [] as [String; 0], "{name}");
    }
}

/// A shape with one row and one column, and no totals: what is shown is that number.
fn one(count: u64) -> Table {
    Table::new(&["Fife"], &["missed"], &[vec![count]]).unwrap()
}

const ONLY: Position = Position::Cell { row: 0, column: 0 };

fn months(first: i32, last: i32) -> Scope {
    Scope::new(&["Scotland"], first, last).unwrap()
}

/// Publishes counts one after the other, each with its scope, and gives what became of each.
fn one_after_another(editions: &[(u64, Scope)]) -> Vec<Printed> {
    let mut earlier = Vec::new();
    let mut became = Vec::new();
    for (count, scope) in editions {
        let protected = protect(&one(*count), scope, &earlier, THRESHOLD).unwrap();
        assert_eq!(protected.lost(), [] as [String; 0], "{count} of {scope:?}");
        became.push(protected.at(ONLY).unwrap());
        earlier.push(protected.published());
    }
    became
}

type Edition = (u64, Scope);

#[test]
fn editions_that_overlap() {
    use Printed::{Hidden, Shown};
    use Reason::{Primary, Secondary};
    let north = Scope::new(&["North"], 1, 12).unwrap();
    let south = Scope::new(&["South"], 1, 12).unwrap();
    let both = Scope::new(&["North", "South"], 1, 12).unwrap();
    let cases: [(&str, Vec<Edition>, &[Printed]); 9] = [
        ("a year apart", vec![(9, months(1, 12)), (7, months(13, 24))], &[Shown(9), Shown(7)]),
        (
            "January to November, then to December: December is 2",
            vec![(20, months(1, 11)), (22, months(1, 12))],
            &[Shown(20), Hidden(Secondary)],
        ),
        (
            "the same the other way round",
            vec![(22, months(1, 12)), (20, months(1, 11))],
            &[Shown(22), Hidden(Secondary)],
        ),
        (
            "December is 8: it may be known",
            vec![(20, months(1, 11)), (28, months(1, 12))],
            &[Shown(20), Shown(28)],
        ),
        (
            "rolling by a month: what came less what left is 2, and either may be many",
            vec![(20, months(1, 12)), (22, months(2, 13))],
            &[Shown(20), Shown(22)],
        ),
        (
            "the same edition again is shown again",
            vec![(20, months(1, 12)), (20, months(1, 12))],
            &[Shown(20), Shown(20)],
        ),
        (
            "a small edition, and then the year that has it",
            vec![(3, months(12, 12)), (23, months(1, 12)), (20, months(1, 11))],
            &[Hidden(Primary), Shown(23), Hidden(Secondary)],
        ),
        (
            "Scotland is North and South: South is 3",
            vec![(20, both.clone()), (17, north.clone()), (3, south.clone())],
            &[Shown(20), Hidden(Secondary), Hidden(Primary)],
        ),
        (
            "North and South first",
            vec![(17, north), (3, south), (20, both)],
            &[Shown(17), Hidden(Primary), Hidden(Secondary)],
        ),
    ];
    for (name, editions, expected) in cases {
        assert_eq!(one_after_another(&editions), expected, "{name}");
    }
}

/// Where each month of the year had a nought in some year, rolling sums give every month: the editions’ differences say how
/// each month differs from the same month before, and what is shown leaves no room. One edition must go.
#[test]
fn rolling_sums_of_quiet_months() {
    let counts = [0, 3, 2, 4, 0, 1, 5, 0, 2];
    let editions: Vec<(u64, Scope)> = (0..7)
        .map(|first| {
            let sum = counts.iter().skip(first).take(3).sum();
            let first = i32::try_from(first).unwrap();
            (sum, months(first, first + 2))
        })
        .collect();
    let became = one_after_another(&editions);
    let shown = became.iter().filter(|printed| matches!(printed, Printed::Shown(_))).count();
    assert!(shown > 0 && shown < 7, "{became:?}");
    let secondary = became.iter().filter(|printed| **printed == Printed::Hidden(Reason::Secondary)).count();
    assert!(secondary > 0, "{became:?}");
}

/// However large the numbers: if showing anything gives something back, nothing is shown, and that is always safe.
#[test]
fn in_the_worst_case_everything_is_hidden() {
    let before = protect(&table(&[vec![900, 800], vec![700, 600]]), &months(1, 11), &[], THRESHOLD).unwrap();
    assert_eq!(before.hidden(), 0);
    let year = table(&[vec![901, 800], vec![702, 600]]);
    let protected = protect(&year, &months(1, 12), &[before.published()], THRESHOLD).unwrap();
    assert_eq!(drawn(&protected), ["x x x", "x x x", "x x x"]);
    assert_eq!(protected.lost(), [] as [String; 0]);
}

#[test]
fn the_same_again_gives_the_same() {
    let cells = [vec![3, 9, 14, 6], vec![8, 2, 0, 7], vec![30, 5, 1, 9]];
    let once = protect(&table(&cells), &year(), &[], THRESHOLD).unwrap();
    assert_eq!(protect(&table(&cells), &year(), &[], THRESHOLD).unwrap(), once);
}

/// Rows that come and go are told by their names, wherever they stand.
#[test]
fn rows_are_told_by_name() {
    let table = |rows: &[&str], counts: &[u64]| {
        let cells: Vec<Vec<u64>> = counts.iter().map(|count| vec![*count]).collect();
        Table::new(rows, &["late"], &cells).unwrap()
    };
    let first = protect(&table(&["Fife", "Tayside"], &[20, 30]), &months(1, 11), &[], THRESHOLD).unwrap();
    let then = table(&["Ayrshire", "Tayside", "Fife"], &[40, 38, 22]);
    let protected = protect(&then, &months(1, 12), &[first.published()], THRESHOLD).unwrap();
    let became: Vec<Printed> = protected.places().map(|(_, printed)| printed).collect();
    assert_eq!(became, [Printed::Shown(40), Printed::Shown(38), Printed::Hidden(Reason::Secondary)]);
}

#[test]
fn what_was_given_away_before_is_said() {
    let printed = |count: u64, is_shown: bool, scope| {
        let shown = is_shown.then_some(ONLY).into_iter().collect();
        Published::new(&one(count), scope, &shown).unwrap()
    };
    let earlier = [
        printed(20, true, months(1, 11)),
        printed(22, true, months(1, 12)),
        printed(2, false, months(12, 12)),
    ];
    let protected = protect(&one(50), &months(13, 24), &earlier, THRESHOLD).unwrap();
    assert_eq!(protected.at(ONLY), Some(Printed::Shown(50)), "hiding more would not help");
    assert_eq!(
        protected.lost(),
        ["Earlier editions give back what is hidden: row ‘Fife’, column ‘missed’ of edition 3."]
    );
    let protected = protect(&one(50), &months(13, 24), &earlier[..2], THRESHOLD).unwrap();
    assert_eq!(
        protected.lost(),
        ["Earlier editions give back a small number by which they differ from one another."]
    );
}

/// Months of one number, each as it was when the edition was counted.
fn made_of(first: i32, counts: &[u64]) -> (u64, Scope) {
    let mut parts = Parts::default();
    for (month, count) in (first..).zip(counts) {
        parts.add(("Scotland", month), ("Fife", "missed"), *count);
    }
    let last = first + i32::try_from(counts.len()).unwrap() - 1;
    (counts.iter().sum(), months(first, last).made_of(parts))
}

#[test]
fn editions_that_correct_one_another() {
    use Printed::{Hidden, Shown};
    use Reason::{Primary, Secondary};
    let cases: [(&str, Vec<Edition>, &[Printed]); 6] = [
        (
            "what was not corrected holds the editions together: the third month is 2",
            vec![made_of(1, &[20]), made_of(2, &[30]), made_of(1, &[20, 30, 2])],
            &[Shown(20), Shown(30), Hidden(Secondary)],
        ),
        (
            "the first month was corrected, so that the third may be anything up to 22",
            vec![made_of(1, &[20]), made_of(2, &[30]), made_of(1, &[22, 30, 2])],
            &[Shown(20), Shown(30), Shown(54)],
        ),
        (
            "corrected, and the correction published: the third month is 2 again",
            vec![made_of(1, &[20]), made_of(2, &[30]), made_of(1, &[22]), made_of(1, &[22, 30, 2])],
            &[Shown(20), Shown(30), Shown(22), Hidden(Secondary)],
        ),
        (
            "corrected back to what it was",
            vec![made_of(1, &[20]), made_of(1, &[22]), made_of(1, &[20, 2])],
            &[Shown(20), Shown(22), Hidden(Secondary)],
        ),
        (
            "the same month again, and another number",
            vec![made_of(1, &[20]), made_of(1, &[17])],
            &[Shown(20), Shown(17)],
        ),
        (
            "what is small now, and was not",
            vec![made_of(1, &[6]), made_of(1, &[3]), made_of(1, &[3, 8])],
            &[Shown(6), Hidden(Primary), Shown(11)],
        ),
    ];
    for (name, editions, expected) in cases {
        assert_eq!(one_after_another(&editions), expected, "{name}");
    }
}

#[test]
fn what_cannot_be_protected_is_refused() {
    let earlier = protect(&one(20), &months(1, 12), &[], THRESHOLD).unwrap().published();
    let refusals = [
        (protect(&one(20), &year(), &[], 1).unwrap_err(), "The threshold is 1: give at least 2, usually 5."),
        (
            protect(&one(19), &months(1, 12), std::slice::from_ref(&earlier), THRESHOLD).unwrap_err(),
            "The table contradicts what was published before: no counts fulfil both. Say of each edition what \
             lies behind it, so that what was corrected is known.",
        ),
        (
            protect(&one(19), &months(1, 13), &[earlier], THRESHOLD).unwrap_err(),
            "The table contradicts what was published before: no counts fulfil both. Say of each edition what \
             lies behind it, so that what was corrected is known.",
        ),
        (Scope::new(&[], 1, 2).unwrap_err(), "The table counts no area: name at least one."),
        (
            Scope::new(&["Fife"], 3, 2).unwrap_err(),
            "The table’s last month, 2, comes before its first, 3: give the earlier first.",
        ),
        (
            Scope::new(&["Fife"], 1, 1_201).unwrap_err(),
            "The table counts from month 1 to 1201, more than 1200 months: check both.",
        ),
        (
            protect(&one(21), &made_of(1, &[20]).1, &[], THRESHOLD).unwrap_err(),
            "Row ‘Fife’, column ‘missed’ counts 21 and its parts add up to 20: give the parts of the same counting.",
        ),
        (
            Published::new(&one(21), made_of(1, &[20]).1, &BTreeSet::new()).unwrap_err(),
            "Row ‘Fife’, column ‘missed’ counts 21 and its parts add up to 20: give the parts of the same counting.",
        ),
        (
            Published::new(&one(7), year(), &BTreeSet::from([Position::GrandTotal])).unwrap_err(),
            "The edition shows the grand total and the table has no such place: give the table that was printed.",
        ),
    ];
    for (refused, sentence) in refusals {
        assert_eq!(refused, sentence);
    }
}

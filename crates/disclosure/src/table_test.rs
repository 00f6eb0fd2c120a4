//! What is a table, and what is refused with which sentence.

use super::*;

fn two_by_two() -> Table {
    Table::new(&["North", "South"], &["Missed", "Late"], &[vec![7, 9], vec![0, 12]]).unwrap()
}

#[test]
fn totals_are_the_sums() {
    let table = two_by_two().with_all_totals();
    let printed = [
        (Position::Cell { row: 1, column: 0 }, Some(0)),
        (Position::RowTotal { row: 0 }, Some(16)),
        (Position::RowTotal { row: 1 }, Some(12)),
        (Position::ColumnTotal { column: 0 }, Some(7)),
        (Position::ColumnTotal { column: 1 }, Some(21)),
        (Position::GrandTotal, Some(28)),
        (Position::RowTotal { row: 2 }, None),
    ];
    for (position, count) in printed {
        assert_eq!(table.count(position), count, "{position:?}");
    }
    let typed = two_by_two().with_row_totals(&[Some(16), Some(12)]).unwrap();
    let typed = typed.with_column_totals(&[Some(7), Some(21)]).unwrap().with_grand_total(28).unwrap();
    assert_eq!(typed, table);
    assert_eq!(two_by_two().count(Position::GrandTotal), None, "a total may be absent");
    let some = two_by_two().with_row_totals(&[None, Some(12)]).unwrap();
    assert_eq!(some.count(Position::RowTotal { row: 0 }), None);
}

#[test]
fn what_does_not_add_up_is_refused_by_name() {
    let refusals = [
        (
            two_by_two().with_row_totals(&[Some(16), Some(13)]),
            "Row ‘South’ adds up to 12, but its total says 13: correct the cells or the total.",
        ),
        (
            two_by_two().with_column_totals(&[Some(8), None]),
            "Column ‘Missed’ adds up to 7, but its total says 8: correct the cells or the total.",
        ),
        (
            two_by_two().with_grand_total(27),
            "The whole table adds up to 28, but its total says 27: correct the cells or the total.",
        ),
        (
            two_by_two().with_row_totals(&[Some(16)]),
            "The table has 2 rows and 1 row totals: give one for each row.",
        ),
        (Table::new(&[], &["Late"], &[]), "The table has no row: give it at least one."),
        (
            Table::new(&["North", "North"], &["Late"], &[vec![1], vec![2]]),
            "The row ‘North’ stands in the table twice: give each row its own name.",
        ),
        (
            Table::new(&["North"], &["Late"], &[vec![1, 2]]),
            "Row ‘North’ has 2 counts and the table has 1 columns: give one count for each column.",
        ),
        (
            Table::new(&["North", "South"], &["Late"], &[vec![1]]),
            "The table names 2 rows and has counts for 1: give counts for every row.",
        ),
        (
            Table::new(&["North"], &["Late"], &[vec![LARGEST + 1]]),
            "Row ‘North’ has a count of 1000000001, more than 1000000000: check the count.",
        ),
    ];
    for (refused, sentence) in refusals {
        assert_eq!(refused.unwrap_err(), sentence);
    }
}

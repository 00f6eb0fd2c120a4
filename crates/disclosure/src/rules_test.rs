//! Tables of cases: what is shown, what is hidden, and why.

use super::*;

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

#[test]
fn single_tables() {
    let cases: [(&str, Vec<Vec<u64>>, &[&str]); 4] = [
        ("nothing small", vec![vec![7, 9], vec![8, 12]], &["7 9 16", "8 12 20", "15 21 36"]),
        ("one small number", vec![vec![3, 9], vec![8, 12]], &["· x 12", "x x 20", "11 21 32"]),
        ("all nought", vec![vec![0, 0], vec![0, 0]], &["· · ·", "· · ·", "· · ·"]),
        ("one cell", vec![vec![6]], &["6 6", "6 6"]),
    ];
    for (name, cells, expected) in cases {
        let protected = protect(&table(&cells), &year(), &[], THRESHOLD).unwrap();
        assert_eq!(drawn(&protected), expected, "{name}");
        assert_eq!(protected.lost(), [] as [String; 0], "{name}");
    }
}

//! What needs attention as a file, CSV or a workbook: one line a need, and one a paper that is due.

use journal::DatabaseError;
use plan::{
    register::export::{table_csv, table_xlsx},
    words::day,
};

use super::{
    papers::PaperDue,
    rules::{Attention, Need},
};

/// The columns, with their widths in a workbook.
const COLUMNS: [(&str, f64); 6] = [
    ("Group", 26.0),
    ("Recommendation", 22.0),
    ("About", 60.0),
    ("Owner", 28.0),
    ("Why", 60.0),
    ("Day", 18.0),
];

/// The words of the group in which papers stand.
pub(super) const PAPERS: &str = "Papers due";

/// The needs as CSV.
pub fn csv(attention: &Attention) -> Result<Vec<u8>, DatabaseError> {
    table_csv(&COLUMNS.map(|(name, _)| name), lines(attention))
}

/// The needs as a workbook.
pub fn xlsx(attention: &Attention) -> Result<Vec<u8>, DatabaseError> {
    table_xlsx("Attention", &COLUMNS, lines(attention))
}

fn lines(attention: &Attention) -> impl Iterator<Item = Vec<String>> {
    attention.papers.iter().map(of_paper).chain(attention.needs.iter().map(of_need))
}

fn of_need(need: &Need) -> Vec<String> {
    vec![
        need.group.words().to_owned(),
        need.label.clone(),
        need.text.clone(),
        need.post.clone(),
        need.why.clone(),
        need.on.map(day).unwrap_or_default(),
    ]
}

fn of_paper(paper: &PaperDue) -> Vec<String> {
    let (about, on) = (paper.group.clone(), day(paper.due_on));
    vec![PAPERS.to_owned(), String::new(), about, String::new(), paper.why.clone(), on]
}

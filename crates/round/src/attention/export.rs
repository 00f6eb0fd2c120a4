//! What needs attention as a file: comma-separated, one line a need.

use plan::{register::export::harmless, words::day};

use super::rules::Attention;

/// The heads of the columns.
const HEADS: [&str; 6] = ["Group", "Recommendation", "About", "Owner", "Why", "Day"];

/// UTF-8 with a byte order mark, so that a spreadsheet shows Gaelic letters.
pub fn csv(attention: &Attention) -> String {
    let mut text = String::from("\u{feff}");
    line(&mut text, HEADS.map(str::to_owned));
    for need in &attention.needs {
        let cells = [
            need.group.words().to_owned(),
            need.label.clone(),
            need.text.clone(),
            need.post.clone(),
            need.why.clone(),
            need.on.map(day).unwrap_or_default(),
        ];
        line(&mut text, cells);
    }
    text
}

fn line(text: &mut String, cells: [String; 6]) {
    let quoted = cells.map(|cell| format!("\"{}\"", harmless(cell).replace('"', "\"\"")));
    text.push_str(&quoted.join(","));
    text.push_str("\r\n");
}

//! Which styles of a workbook show a number as a day, and which day a number is.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use journal::Refusal;

use crate::archive::Part;
use crate::xml::Mark;

/// More styles than Excel itself allows.
const MOST: usize = 66_000;

/// For each cell style, whether it shows a day.
pub(crate) fn dates(part: &mut Part<'_, '_>) -> Result<Vec<bool>, Refusal> {
    let mut formats = BTreeMap::new();
    let mut styles = Vec::new();
    let mut in_styles = false;
    loop {
        match part.next()? {
            Mark::Open(element) => match element.name() {
                "numFmt" if formats.len() < MOST => {
                    let id = element.value("numFmtId").and_then(|id| id.parse::<u32>().ok());
                    let shows = element.value("formatCode").is_some_and(|code| shows_a_day(&code));
                    formats.extend(id.map(|id| (id, shows)));
                }
                "cellXfs" => in_styles = true,
                "xf" if in_styles && styles.len() < MOST => {
                    let id = element.value("numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                    styles.push(formats.get(&id).copied().unwrap_or_else(|| built_in(id)));
                }
                _ => {}
            },
            Mark::Close(element) if element.name() == "cellXfs" => in_styles = false,
            Mark::End => return Ok(styles),
            _ => {}
        }
    }
}

/// The built-in formats that show a day (ECMA-376 part 1, 18.8.30, and the East Asian ones).
fn built_in(id: u32) -> bool {
    matches!(id, 14..=17 | 22 | 27..=31 | 34..=36 | 50..=54 | 57 | 58)
}

/// Whether a format code shows a day: it has a d, a y, or a month (mmm) outside quotes and brackets.
fn shows_a_day(code: &str) -> bool {
    let mut bare = String::new();
    let mut chars = code.chars();
    while let Some(char) = chars.next() {
        match char {
            '"' => drop(chars.by_ref().find(|char| *char == '"')),
            '[' => drop(chars.by_ref().find(|char| *char == ']')),
            '\\' | '_' | '*' => drop(chars.next()),
            ';' => break,
            char => bare.push(char.to_ascii_lowercase()),
        }
    }
    !bare.contains("general") && (bare.contains(['d', 'y']) || bare.contains("mmm"))
}

/// The day that a number is, and the time of day (" 09:30") where it has one.
pub(crate) fn moment(number: f64, from_1904: bool) -> Option<(Date, String)> {
    const LAST: f64 = 2_958_466.0;
    if !(0.0..LAST).contains(&number) {
        return None;
    }
    let days = number.floor();
    // The format keeps the mistake of 1900 having a 29 February, before which its days are one off.
    let first = match (from_1904, days < 60.0) {
        (true, _) => date(1904, 1, 1),
        (false, true) => date(1899, 12, 31),
        (false, false) => date(1899, 12, 30),
    };
    let whole = format!("{days:.0}").parse::<i64>().ok()?;
    let day = first.checked_add(whole.days()).ok()?;
    let minutes = format!("{:.0}", (number - days) * 1440.0).parse::<u32>().ok()?;
    let time = if minutes == 0 { String::new() } else { format!(" {:02}:{:02}", minutes / 60, minutes % 60) };
    Some((day, time))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_shows_a_day_when_it_shows_a_day_month_or_year() {
        for code in ["dd/mm/yyyy", "mmm-yy", "[$-809]dd mmmm yyyy;@", "yyyy\\-mm\\-dd", "d\"th\" mmm"] {
            assert!(shows_a_day(code), "{code}");
        }
        for code in
            ["0.00", "h:mm", "[h]:mm:ss", "General", "\"day\" 0", "[Red]0.0", "#,##0_d", "0;dd", "mm:ss"]
        {
            assert!(!shows_a_day(code), "{code}");
        }
    }

    #[test]
    fn a_number_is_the_day_that_a_spreadsheet_shows() {
        let cases = [
            (45260.0, false, "2023-11-30", ""),
            (45_260.395_833_333, false, "2023-11-30", " 09:30"),
            (43798.0, true, "2023-11-30", ""),
            (1.0, false, "1900-01-01", ""),
            (61.0, false, "1900-03-01", ""),
        ];
        for (number, from_1904, day, time) in cases {
            let (date, read) = moment(number, from_1904).expect("a day");
            assert_eq!((date.to_string().as_str(), read.as_str()), (day, time));
        }
        for number in [-1.0, f64::NAN, f64::INFINITY, 1e300] {
            assert_eq!(moment(number, false), None);
        }
    }
}

//! Words as the register says them; the general ones are the journal's.

pub use journal::words::{
    LINE, PARAGRAPH, UPDATE, counted, day, moment, optional, required, short_day, thousands,
};

/// "Nov 2026" or "30 Nov 2026", for tables.
pub fn short_target(target: import::TargetDate) -> String {
    match target {
        import::TargetDate::Day(day) => short_day(day),
        import::TargetDate::Month { .. } => target.first_day().strftime("%b %Y").to_string(),
    }
}

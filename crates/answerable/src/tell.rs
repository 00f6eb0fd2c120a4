//! Telling somebody at a command line. A reader who has seen enough (`… | head`) is no error.

use std::{fmt::Display, io::Write};

/// Prints a line.
pub fn say(line: impl Display) {
    let _ = writeln!(std::io::stdout(), "{line}"); // whoever closed the pipe wants no more of it
}

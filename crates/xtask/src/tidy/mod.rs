//! Tidy: what the compiler cannot hold, held by a test (HOUSE 3, 8, 10.9).
//!
//! `source` reads the checkout; `rust` looks at Rust, `texts` at everything else. Each check takes text and gives
//! faults, and is itself tested with a small bad sample, so that we know it can fail.

mod rust;
mod source;
mod texts;

use anyhow::{Result, bail};
use source::{Source, sources};
use std::fmt;
use std::path::Path;

/// One thing that is not as the house has it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Fault {
    path: String,
    line: usize,
    what: String,
}

impl Fault {
    /// `line` counts from 1; 0 means the whole file.
    fn at(source: &Source, line: usize, what: impl Into<String>) -> Self {
        Self { path: source.path.clone(), line, what: what.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.what),
            line => write!(f, "{}:{line}: {}", self.path, self.what),
        }
    }
}

/// Prints what is untidy in the checkout, and fails if anything is.
pub fn report(root: &Path) -> Result<()> {
    let faults = faults(root)?;
    for fault in &faults {
        println!("{fault}");
    }
    if !faults.is_empty() {
        bail!("{} untidy places", faults.len());
    }
    println!("tidy");
    Ok(())
}

fn faults(root: &Path) -> Result<Vec<Fault>> {
    let sources = sources(root)?;
    let mut faults: Vec<Fault> =
        sources.iter().flat_map(|source| [rust::check(source), texts::check(source)]).flatten().collect();
    faults.extend(texts::every_room_is_on_the_map(&sources));
    faults.extend(texts::no_foreign_brand(root)?);
    faults.sort();
    Ok(faults)
}

#[cfg(test)]
mod tests {
    #[test]
    fn tidy() {
        let faults = super::faults(&crate::root()).unwrap();
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert!(told.is_empty(), "untidy:\n{}", told.join("\n"));
    }
}

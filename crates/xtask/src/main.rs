//! The house's chores in Rust: `cargo xtask assets | tidy | screenshots`.
//!
//! The Makefile calls these; nothing here is part of the product.

mod assets;
mod tidy;

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

const HELP: &str = "\
cargo xtask assets        install the pinned npm packages and compile styles, scripts and fonts into assets/
cargo xtask tidy          hold what the compiler cannot: who may use what, sizes, words
cargo xtask screenshots   take the pictures into target/screenshots (needs a built answerable)";

fn main() -> ExitCode {
    let chore = std::env::args().nth(1);
    let done = match chore.as_deref() {
        Some("assets") => assets::make(&root()),
        Some("tidy") => tidy::report(&root()),
        Some("screenshots") => run("node", &["tests/screenshots.mjs"]),
        _ => {
            println!("{HELP}");
            Ok(())
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The checkout: where the workspace's Cargo.toml lies, whatever folder the command was given in.
fn root() -> PathBuf {
    let mut root = Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf();
    root.pop();
    root.pop();
    root
}

/// Runs `program` in the checkout; its words go straight to the terminal.
fn run(program: &str, arguments: &[&str]) -> Result<()> {
    let status =
        Command::new(program).args(arguments).current_dir(root()).status().with_context(|| {
            format!("{program} could not be started: is it installed? (make setup tells)")
        })?;
    if !status.success() {
        bail!("{program} {} failed: {status}", arguments.join(" "));
    }
    Ok(())
}

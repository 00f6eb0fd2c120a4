//! The settings: flags, or environment variables of the same name.

use std::{net::SocketAddr, path::PathBuf};

use anyhow::bail;
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;
use journal::Journal;

/// Contact assessment and inspection assurance for a police service.
#[derive(Debug, Parser)]
#[command(version)]
pub struct Settings {
    /// Where the database and the demonstration's files are kept.
    #[arg(long, global = true, default_value = "data", env = "ANSWERABLE_DATA_DIR")]
    pub data_dir: PathBuf,
    /// `sqlite`, a file in the data folder, or `postgres://…`.
    #[arg(
        long,
        global = true,
        default_value = "sqlite",
        env = "ANSWERABLE_DATABASE",
        hide_env_values = true
    )]
    pub database: String,
    /// What is logged: `warn`, `info`, `debug`, or a tracing filter.
    #[arg(long, global = true, default_value = "warn", env = "ANSWERABLE_LOG")]
    pub log: String,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the binary does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the pages and the API.
    Serve(Serve),
    /// Make the demonstration force, once.
    Demo(Demo),
    /// Open an account and print its first password.
    Account(Account),
    /// Print a bearer token for the newest account of a role, for scripts.
    Token {
        /// The role's key, such as `audit_manager`.
        role: String,
    },
    /// Fold the journal again and compare it with the rows. Exit 1 when they differ.
    Check,
    /// Fold the journal again and put the rows right.
    Rebuild,
    /// Import something from a file.
    Import(Import),
    /// Export something to standard output or a file.
    Export(Export),
}

/// Serving.
#[derive(Debug, Args)]
pub struct Serve {
    /// Where to listen; port 0 takes a free one and prints it.
    #[arg(long, default_value = "127.0.0.1:8080", env = "ANSWERABLE_LISTEN")]
    pub listen: SocketAddr,
    /// A proxy stands before it: take a caller's address from the last X-Forwarded-For it wrote.
    #[arg(long, env = "ANSWERABLE_BEHIND_PROXY")]
    pub behind_proxy: bool,
    /// Make the demonstration force first, if the register is empty, and print its sign-ins.
    #[arg(long)]
    pub demo: bool,
}

/// The demonstration.
#[derive(Debug, Args)]
pub struct Demo {
    /// Print one sign-in per role as JSON.
    #[arg(long)]
    pub sign_ins: bool,
}

/// Opening an account: the first ones of a new register; later ones are opened on the accounts page.
#[derive(Debug, Args)]
pub struct Account {
    /// The person's name.
    #[arg(long)]
    pub name: String,
    /// The name they sign in with.
    #[arg(long)]
    pub sign_in: String,
    /// The role's key, such as `administrator`.
    #[arg(long)]
    pub role: String,
}

/// Importing.
#[derive(Debug, Args)]
pub struct Import {
    /// What is imported.
    #[command(subcommand)]
    pub what: ImportWhat,
}

/// What can be imported.
#[derive(Debug, Subcommand)]
pub enum ImportWhat {
    /// A published improvement plan: XLSX, CSV, DOCX, HTML or tab-separated text, told by its content.
    Plan(ImportPlan),
}

/// Importing a plan. Exit 0 when every cell is placed or listed as unsure, 2 when it is refused.
#[derive(Debug, Args)]
pub struct ImportPlan {
    /// The file.
    pub file: PathBuf,
    /// The title of the inspection; registered if it is not there yet.
    #[arg(long)]
    pub inspection: String,
    /// The day it was published, as 2022-08-31 (for an inspection that is not registered yet).
    #[arg(long)]
    pub published: Option<String>,
    /// thematic, joint, assurance, audit, frontline or other.
    #[arg(long, default_value = "other")]
    pub kind: String,
    /// Who inspected.
    #[arg(long, default_value = "HMICS")]
    pub inspectorate: String,
    /// A body it is addressed to; may be given more than once.
    #[arg(long = "addressed-to", default_value = "Police Scotland")]
    pub addressed_to: Vec<String>,
    /// Show what would change and write nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Print the outcome as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Exporting.
#[derive(Debug, Args)]
pub struct Export {
    /// What is exported.
    #[command(subcommand)]
    pub what: ExportWhat,
}

/// What can be exported.
#[derive(Debug, Subcommand)]
pub enum ExportWhat {
    /// The register of recommendations.
    Register(ExportRegister),
}

/// Exporting the register.
#[derive(Debug, Args)]
pub struct ExportRegister {
    /// The format.
    #[arg(long, value_enum, default_value = "json")]
    pub format: Format,
    /// As at an entry's number or a day (2025-09-16); without it, as it is now.
    #[arg(long, default_value = "")]
    pub as_at: String,
    /// Where to write it; without it, to standard output.
    #[arg(long)]
    pub output: Option<PathBuf>,
}

/// The formats of an export.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Format {
    /// Comma-separated, UTF-8 with a byte order mark.
    Csv,
    /// JSON.
    Json,
    /// An Excel workbook.
    Xlsx,
}

impl Settings {
    /// Opens the journal; makes it where there is none.
    pub async fn open(&self) -> anyhow::Result<Journal> {
        Ok(Journal::open(&self.database, &self.data_dir, now()).await?)
    }

    /// Opens a journal that has to be there: a mistyped folder must not look like an empty register.
    pub async fn open_existing(&self) -> anyhow::Result<Journal> {
        if self.database == "sqlite" && !self.data_dir.join("answerable.sqlite").exists() {
            bail!("there is no register in {}. Check --data-dir", self.data_dir.display());
        }
        self.open().await
    }
}

/// The one clock of the house; every room is given the time (HOUSE 3).
#[expect(clippy::disallowed_methods, reason = "the clock lives here and is handed to everybody else")]
pub fn now() -> Timestamp {
    Timestamp::now()
}

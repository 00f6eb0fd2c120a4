//! The settings: flags, or environment variables of the same name.

use std::{net::SocketAddr, path::PathBuf};

use anyhow::bail;
use carrier::{
    Carriers,
    mail::{self, Security, Smtp},
    text::{self, Webhook},
};
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
    /// Of how many weeks before today the demonstration force has contacts.
    #[arg(
        long,
        global = true,
        default_value_t = 0,
        env = "ANSWERABLE_DEMO_WEEKS",
        value_parser = clap::value_parser!(i64).range(0..=26)
    )]
    pub demo_weeks: i64,
    /// How many contacts the demonstration force has on an ordinary day of those weeks; 667 is a force of some 60,000 in 90
    /// days, and takes its time to be made. Where nothing is said, as many as definitions/force.toml has.
    #[arg(
        long,
        global = true,
        env = "ANSWERABLE_DEMO_CONTACTS_A_DAY",
        value_parser = clap::value_parser!(u64).range(1..=2_000)
    )]
    pub demo_contacts_a_day: Option<u64>,
    /// What is logged: `warn`, `info`, `debug`, or a tracing filter.
    // A slow statement is for whoever looks for one (`--log sqlx::query=warn`), not for an analyst at a command line.
    #[arg(long, global = true, default_value = "warn,sqlx::query=error", env = "ANSWERABLE_LOG")]
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
    /// Fold the journal again and compare it with the rows; or check the register. Exit 1 on a difference or a fault.
    Check(Check),
    /// Fold the journal again and put the rows right.
    Rebuild,
    /// Measures at a command line.
    #[command(subcommand)]
    Measure(crate::measures::Measure),
    /// Import something from a file.
    Import(Import),
    /// Export something to standard output or a file.
    Export(Export),
    /// Take the facts and what is counted out for other tools, as typed columns without names, into a new folder.
    Extract(Extract),
    /// Make what is counted readable on PostgreSQL for other tools: views without names, in the schema answerable_views.
    Views(crate::views::Views),
    /// Typeset a paper: JSON from standard input, PDF to standard output. The server starts it for each paper.
    #[command(hide = true)]
    Typeset,
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
    /// Make the demonstration force first, if the register is empty, and print its sign-ins. No mail and no text leaves.
    #[arg(long)]
    pub demo: bool,
    /// How mail leaves.
    #[command(flatten)]
    pub mail: Mail,
}

/// Mail and texts. Without a mail server and a webhook, everything is read on the mailbox pages and nothing leaves.
#[derive(Debug, Args)]
pub struct Mail {
    /// The mail server that takes notices.
    #[arg(long, env = "ANSWERABLE_SMTP_HOST", requires_all = ["sender", "public_address"])]
    pub smtp_host: Option<String>,
    /// Its port.
    #[arg(long, env = "ANSWERABLE_SMTP_PORT", default_value_t = 587)]
    pub smtp_port: u16,
    /// How the connection to it is secured.
    #[arg(long, env = "ANSWERABLE_SMTP_SECURITY", value_enum, default_value_t = MailSecurity::StartTls)]
    pub smtp_security: MailSecurity,
    /// The name it wants, if it wants one.
    #[arg(long, env = "ANSWERABLE_SMTP_USER", requires = "smtp_password")]
    pub smtp_user: Option<String>,
    /// The password it wants.
    #[arg(long, env = "ANSWERABLE_SMTP_PASSWORD", hide_env_values = true)]
    pub smtp_password: Option<String>,
    /// The address that notices are sent from.
    #[arg(long = "mail-from", env = "ANSWERABLE_MAIL_FROM")]
    pub sender: Option<String>,
    /// The address from which goes what must not say who writes; without it such a message is held back.
    #[arg(long = "discreet-mail-from", env = "ANSWERABLE_DISCREET_MAIL_FROM", requires = "smtp_host")]
    pub discreet_sender: Option<String>,
    /// Where people find this site, as https://answerable.example: links in mail begin with it.
    #[arg(long, env = "ANSWERABLE_PUBLIC_ADDRESS")]
    pub public_address: Option<String>,
    /// The webhook that carries texts, as https://texts.example/send.
    #[arg(long, env = "ANSWERABLE_TEXT_WEBHOOK")]
    pub text_webhook: Option<String>,
    /// The token that it wants.
    #[arg(long, env = "ANSWERABLE_TEXT_TOKEN", hide_env_values = true, requires = "text_webhook")]
    pub text_token: Option<String>,
}

/// How the connection to the mail server is secured.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum MailSecurity {
    /// From the start (port 465).
    Tls,
    /// Begun in the clear, then secured; refused where the server cannot (port 587).
    StartTls,
    /// Not at all: a server on the same machine or network.
    None,
}

impl Mail {
    /// Everything by which something leaves.
    pub fn carriers(&self) -> anyhow::Result<Carriers> {
        let text = self
            .text_webhook
            .as_ref()
            .map(|address| Webhook::new(address, self.text_token.clone(), text::PATIENCE))
            .transpose()?;
        Ok(Carriers { mail: self.smtp()?, text })
    }

    /// The mail server; nothing where none is set up.
    fn smtp(&self) -> anyhow::Result<Option<Smtp>> {
        let (Some(host), Some(from), Some(public_address)) =
            (&self.smtp_host, &self.sender, &self.public_address)
        else {
            return Ok(None);
        };
        let settings = mail::Settings {
            host: host.clone(),
            port: self.smtp_port,
            security: match self.smtp_security {
                MailSecurity::Tls => Security::Tls,
                MailSecurity::StartTls => Security::StartTls,
                MailSecurity::None => Security::None,
            },
            credentials: self.smtp_user.clone().zip(self.smtp_password.clone()),
            from: from.clone(),
            discreet_from: self.discreet_sender.clone(),
            public_address: public_address.clone(),
            patience: mail::PATIENCE,
        };
        Ok(Some(Smtp::new(&settings)?))
    }
}

/// The demonstration.
#[derive(Debug, Args)]
pub struct Demo {
    /// Print one sign-in per role as JSON.
    #[arg(long)]
    pub sign_ins: bool,
    /// Instead of the demonstration force, an invented register of 1,000 recommendations, for benchmarks.
    #[arg(long, conflicts_with = "sign_ins")]
    pub large: bool,
    /// Instead of the demonstration force, its people and so many invented contacts, for benchmarks.
    #[arg(long, value_name = "COUNT", conflicts_with = "large")]
    pub contacts: Option<u64>,
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
    /// A committee's progress paper over several inspections, in any of these shapes.
    Paper(ImportPaper),
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

/// Importing a paper. Exit 0 when every cell is placed or listed as unsure, 2 when it is refused.
#[derive(Debug, Args)]
pub struct ImportPaper {
    /// The file. Its inspections have to be in the register; those that are not are listed.
    pub file: PathBuf,
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

/// Taking facts and measures out. The folder is written aside and renamed: if it is there, it is whole.
#[derive(Debug, Args)]
pub struct Extract {
    /// The folder; it must not be there yet.
    pub folder: PathBuf,
    /// The first day on which something was recorded, as 2026-01-01; without it, from the beginning.
    #[arg(long, default_value = "")]
    pub from: String,
    /// The last day; without it, today.
    #[arg(long, default_value = "")]
    pub until: String,
    /// The form of the files.
    #[arg(long, value_enum, default_value = "parquet")]
    pub format: ExtractFormat,
}

/// The forms of an extract.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ExtractFormat {
    /// Apache Parquet.
    Parquet,
    /// Comma-separated, UTF-8.
    Csv,
}

/// Checking: the rows against the journal, unless something else is named.
#[derive(Debug, Args)]
pub struct Check {
    /// What is checked instead.
    #[command(subcommand)]
    pub what: Option<CheckWhat>,
}

/// What else can be checked.
#[derive(Debug, Subcommand)]
pub enum CheckWhat {
    /// What the register says: figures against lists, targets, names. Exit 1 while a fault is not accepted.
    Register(CheckRegister),
}

/// Checking what the register says.
#[derive(Debug, Args)]
pub struct CheckRegister {
    /// Print everything found as JSON, the accepted too.
    #[arg(long)]
    pub json: bool,
    /// As at an entry's number or a day (2025-09-16); without it, as it is now.
    #[arg(long, default_value = "")]
    pub as_at: String,
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

    /// Whether there is a register. Of a database server only opening it would tell.
    pub fn has_register(&self) -> bool {
        self.database != "sqlite" || self.data_dir.join("answerable.sqlite").exists()
    }

    /// Opens a journal that has to be there: a mistyped folder must not look like an empty register.
    pub async fn open_existing(&self) -> anyhow::Result<Journal> {
        if !self.has_register() {
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

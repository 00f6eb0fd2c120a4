//! Answerable: contact assessment and inspection assurance for a police service.
//!
//! The binary wires the rooms together and has no rules of its own: settings, serving, the demonstration,
//! checking and rebuilding the rows from the journal, importing a plan, exporting the register.

mod alongside;
mod assemble;
mod beside;
mod check;
mod chores;
mod demo;
mod export;
mod extract;
mod import;
mod measures;
mod published;
mod rows;
mod serve;
mod settings;
mod tell;
mod views;

use std::process::ExitCode;

use clap::Parser;
use settings::{CheckWhat, Command, Settings};

#[tokio::main]
async fn main() -> ExitCode {
    let settings = Settings::parse();
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::new(&settings.log))
        .with_writer(std::io::stderr)
        .init();
    match run(settings).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("answerable: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(settings: Settings) -> anyhow::Result<ExitCode> {
    match &settings.command {
        Command::Serve(serve) => serve::serve(&settings, serve).await,
        Command::Demo(demo) => demo::demo(&settings, demo).await,
        Command::Account(account) => demo::account(&settings, account).await,
        Command::Token { role } => demo::token(&settings, role).await,
        Command::Check(asked) => match &asked.what {
            None => rows::check(&settings).await,
            Some(CheckWhat::Register(asked)) => check::register(&settings, asked).await,
        },
        Command::Rebuild => rows::rebuild(&settings).await,
        Command::Measure(measures::Measure::Xmr { file }) => measures::xmr(file),
        Command::Measure(measures::Measure::Everything(period)) => measures::all(&settings, *period).await,
        Command::Measure(measures::Measure::FailureDemand(asked)) => {
            measures::failure_demand(&settings, asked).await
        }
        Command::Import(import) => import::import(&settings, import).await,
        Command::Export(export) => export::export(&settings, export).await,
        Command::Extract(asked) => extract::extract(&settings, asked).await,
        Command::Views(asked) => views::views(&settings, asked).await,
        Command::Typeset => {
            publish::typeset_here(std::io::stdin().lock(), std::io::stdout().lock())?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

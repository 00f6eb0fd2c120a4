//! `answerable views`: what is counted, as views that other tools read on PostgreSQL.

use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use columns::view::{
    rows,
    rules::{MANIFEST, SCHEMA, may_be_granted, must_exist, role, tables},
};
use journal::{Engine, Journal, Refusal, Tx};

use crate::{settings::Settings, tell::say};

/// What the exit says where it cannot be done as it was asked for.
const REFUSED: u8 = 2;

/// Views on PostgreSQL. Doing it again makes them anew and changes nothing else. Exit 2 where a role is refused.
#[derive(Debug, Args)]
pub struct Views {
    /// A role of the database that may read the views from now on, and no table; may be given more than once.
    #[arg(long, value_name = "ROLE")]
    pub grant: Vec<String>,
    /// A role that may no longer; may be given more than once.
    #[arg(long, value_name = "ROLE")]
    pub revoke: Vec<String>,
}

/// `answerable views`
pub async fn views(settings: &Settings, asked: &Views) -> anyhow::Result<ExitCode> {
    let journal = settings.open_existing().await?;
    if journal.engine() == Engine::Sqlite {
        eprintln!(
            "answerable: this register is a SQLite file, which has no readers of its own. Take the tables out with “answerable extract DIR”, or keep the register on PostgreSQL (--database postgres://…)."
        );
        return Ok(ExitCode::from(REFUSED));
    }
    measure::worker::catch_up(&journal).await?;
    let mut tx = journal.begin().await?;
    rows::make(&mut tx).await.context(
        "the views could not be made. The account that Answerable connects with has to own the tables and may make a schema (“grant create on database”); where a report is reading the views, try again later",
    )?;
    if let Err(refusal) = let_in(&mut tx, asked).await? {
        eprintln!("answerable: {}: {}", refusal.field, refusal.sentence);
        return Ok(ExitCode::from(REFUSED));
    }
    let readers = rows::readers(&mut tx).await?;
    tx.commit().await?;
    for table in tables().map(|table| table.key).chain([MANIFEST]) {
        say(format_args!("{SCHEMA}.{table}"));
    }
    let readers =
        if readers.is_empty() { "nobody yet (--grant ROLE)".to_owned() } else { readers.join(", ") };
    say(format_args!("Read by {readers}"));
    Ok(ExitCode::SUCCESS)
}

/// All of it or none: the first role that is refused undoes what came before it.
async fn let_in(tx: &mut Tx, asked: &Views) -> anyhow::Result<Result<(), Refusal>> {
    for (names, is_granted) in [(&asked.revoke, false), (&asked.grant, true)] {
        for name in names {
            let name = match role(name) {
                Ok(name) => name,
                Err(refusal) => return Ok(Err(refusal)),
            };
            let known = rows::known(tx, name).await?;
            let judged = if is_granted { may_be_granted(name, &known) } else { must_exist(name, &known) };
            match judged {
                Err(refusal) => return Ok(Err(refusal)),
                Ok(()) if is_granted => rows::grant(tx, name).await?,
                Ok(()) => rows::revoke(tx, name).await?,
            }
        }
    }
    Ok(Ok(()))
}

/// Makes the views anew where there are some: another version has other units and codes, and its migrations dropped them.
/// Serving does not wait for it to succeed.
pub async fn renew(journal: &Journal) {
    if let Err(error) = renewed(journal).await {
        tracing::warn!(%error, "the views for other tools could not be made anew; run “answerable views”");
    }
}

async fn renewed(journal: &Journal) -> anyhow::Result<()> {
    if journal.engine() == Engine::Sqlite || !rows::is_made(&mut *journal.read().await?).await? {
        return Ok(());
    }
    let mut tx = journal.begin().await?;
    rows::make(&mut tx).await?;
    Ok(tx.commit().await?)
}

//! Serving the pages and the API.

use std::{process::ExitCode, time::Duration};

use carrier::Carriers;
use columns::{list::pages::Kept, pseudonym::keep::key};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use web::Site;

use crate::{
    assemble, chores, demo,
    settings::{Serve, Settings, now},
    tell::say,
    views,
};

/// How often SQLite's log is moved into its file.
const CHECKPOINT: Duration = Duration::from_secs(20);

/// Serves until it is interrupted.
pub async fn serve(settings: &Settings, serve: &Serve) -> anyhow::Result<ExitCode> {
    let journal = settings.open().await?;
    let sign_ins = if serve.demo { demo::ensure(settings, &journal).await? } else { Vec::new() };
    views::renew(&journal).await;
    tokio::spawn(checkpoints(journal.clone()));
    tokio::spawn(measure::worker::keep(journal.clone()));
    let carriers = if serve.demo { Carriers::default() } else { serve.mail.carriers()? };
    let is_local = carriers.is_nothing();
    tokio::spawn(chores::keep(journal.clone(), carriers));
    publish::typeset_with(std::env::current_exe()?);
    let kept = Kept::of(key(&settings.data_dir)?, settings.data_dir.clone());
    let router = assemble::site(Site { journal, clock: now }, kept, serve.behind_proxy, is_local);
    let listener = TcpListener::bind(serve.listen).await?;
    say(format_args!("Answerable is at http://{}", listener.local_addr()?));
    if !sign_ins.is_empty() {
        say(format_args!(
            "Sign in as one of the demonstration force (fictional; never use these passwords elsewhere):"
        ));
        for one in &sign_ins {
            say(format_args!("  {:<22} {:<24} {}", one.role, one.sign_in, one.password));
        }
        say(format_args!("Stop with Ctrl+C. The data is in {}.", settings.data_dir.display()));
    }
    axum::serve(listener, router.into_make_service_with_connect_info::<std::net::SocketAddr>())
        .with_graceful_shutdown(interrupted())
        .await?;
    Ok(ExitCode::SUCCESS)
}

async fn checkpoints(journal: journal::Journal) {
    loop {
        tokio::time::sleep(CHECKPOINT).await;
        if let Err(error) = journal.checkpoint().await {
            tracing::warn!(%error, "the log could not be moved into the database file; trying again");
        }
    }
}

async fn interrupted() {
    let interrupt = tokio::signal::ctrl_c();
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return drop(interrupt.await) };
    tokio::select! {
        _ = interrupt => {}
        _ = terminate.recv() => {}
    }
}

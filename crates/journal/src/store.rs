//! Opening the database; reading from it.

use std::{
    any::Any as Anything,
    path::Path,
    sync::{Arc, Once},
    time::Duration,
};

use jiff::Timestamp;
use sqlx::{Any, AnyConnection, AnyPool, Connection, Executor, Transaction, any::AnyPoolOptions};
use tokio::sync::watch;

use crate::{Tx, kept::Kept, migrate, writer::Queue};

/// Readers at once. Pages are short; more only wait for two cores.
const READERS: u32 = 8;

/// Which of the two engines the database is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// One file beside the binary.
    Sqlite,
    /// A server, for a whole force.
    PostgreSql,
}

impl Engine {
    pub(crate) const fn begin(self) -> &'static str {
        match self {
            // A plain begin failed 367 of 400 concurrent read-then-write transactions (HOUSE 5).
            Self::Sqlite => "begin immediate",
            Self::PostgreSql => "begin",
        }
    }

    /// Holds the ticket before anything is read, so that what a rule saw is still so when it writes.
    pub(crate) const fn claim_ticket(self) -> &'static str {
        match self {
            Self::Sqlite => "select seq from journal_head",
            Self::PostgreSql => "select seq from journal_head for update",
        }
    }

    const fn prepare_writer(self) -> &'static [&'static str] {
        match self {
            // NORMAL lost acknowledged writes in 21 of 60 power cuts, FULL in 0 of 120. Deleted private
            // text must not stay in the file. A larger checkpoint, so that the writer seldom does it.
            Self::Sqlite => &[
                "pragma journal_mode = wal",
                "pragma synchronous = full",
                "pragma secure_delete = on",
                "pragma busy_timeout = 10000",
                "pragma wal_autocheckpoint = 8000",
            ],
            Self::PostgreSql => &["set synchronous_commit = on", "set client_min_messages = warning"],
        }
    }

    const fn prepare_reader(self) -> &'static [&'static str] {
        match self {
            Self::Sqlite => &["pragma busy_timeout = 10000", "pragma query_only = on"],
            Self::PostgreSql => {
                &["set session characteristics as transaction isolation level repeatable read read only"]
            }
        }
    }
}

/// How to connect.
#[derive(Debug, Clone)]
pub(crate) struct Opening {
    pub(crate) engine: Engine,
    address: String,
}

impl Opening {
    pub(crate) async fn connect_writer(&self) -> Result<AnyConnection, sqlx::Error> {
        let mut conn = AnyConnection::connect(&self.address).await?;
        for statement in self.engine.prepare_writer() {
            conn.execute(*statement).await?;
        }
        Ok(conn)
    }
}

/// The opened database. Cheap to clone: all clones share the one writer and the readers.
#[derive(Clone)]
pub struct Journal {
    opening: Opening,
    queue: Queue,
    readers: AnyPool,
    kept: Arc<Kept>,
}

/// A page's view of the database: one snapshot, however many statements; writes nothing.
pub type Reading = Transaction<'static, Any>;

impl Journal {
    /// Opens the database at `address`: `sqlite` (a file in `data_dir`) or `postgres://…`; makes the
    /// schema or brings it up to date.
    pub async fn open(address: &str, data_dir: &Path, now: Timestamp) -> Result<Self, sqlx::Error> {
        static DRIVERS: Once = Once::new();
        DRIVERS.call_once(sqlx::any::install_default_drivers);
        let opening = opening(address, data_dir)?;
        let mut conn = opening.connect_writer().await?;
        migrate::run(&mut conn, opening.engine, now).await?;
        conn.close().await?;
        let prepare = opening.engine.prepare_reader();
        let readers = AnyPoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(Duration::from_secs(10))
            .after_connect(move |conn, _| {
                Box::pin(async move {
                    for statement in prepare {
                        conn.execute(*statement).await?;
                    }
                    Ok(())
                })
            })
            .connect(&opening.address)
            .await?;
        Ok(Self { queue: Queue::new(opening.clone()), opening, readers, kept: Arc::default() })
    }

    /// What a room keeps in memory, if it was read at exactly entry `seq`.
    pub fn kept<T: Anything + Send + Sync>(&self, seq: i64) -> Option<Arc<T>> {
        self.kept.at(seq)
    }

    /// What a room keeps in memory, if it was read at entry `seq` or before it, to be followed from there.
    pub fn kept_until<T: Anything + Send + Sync>(&self, seq: i64) -> Option<Arc<T>> {
        self.kept.until(seq)
    }

    /// Keeps in memory what a room read at entry `seq`: one value of each type, the latest.
    pub fn keep<T: Anything + Send + Sync>(&self, seq: i64, value: Arc<T>) {
        self.kept.keep(seq, value);
    }

    /// Begins a command: waits for the one writer, then holds it until commit or drop. Do nothing slow
    /// while you hold it (no hashing, no network, no rendering).
    pub async fn begin(&self) -> Result<Tx, sqlx::Error> {
        self.queue.begin().await
    }

    /// Begins a reading: one snapshot for all the statements of a page.
    pub async fn read(&self) -> Result<Reading, sqlx::Error> {
        self.readers.begin().await
    }

    /// Moves whenever a command of this process has become durable. Another process's commands do not move it:
    /// who shows something live looks now and then all the same.
    pub fn committed(&self) -> watch::Receiver<u64> {
        self.queue.committed()
    }

    /// Which engine this is.
    pub fn engine(&self) -> Engine {
        self.opening.engine
    }

    /// Moves SQLite's log into its file, off the writer's path. Call it now and then.
    pub async fn checkpoint(&self) -> Result<(), sqlx::Error> {
        if self.engine() == Engine::Sqlite {
            let mut conn = AnyConnection::connect(&self.opening.address).await?;
            conn.execute("pragma wal_checkpoint(passive)").await?;
            conn.close().await?;
        }
        Ok(())
    }
}

fn opening(address: &str, data_dir: &Path) -> Result<Opening, sqlx::Error> {
    if address.starts_with("postgres://") || address.starts_with("postgresql://") {
        return Ok(Opening { engine: Engine::PostgreSql, address: address.to_owned() });
    }
    if address != "sqlite" {
        return Err(sqlx::Error::Configuration(
            format!("the database is `sqlite` or `postgres://…`, not {address:?}").into(),
        ));
    }
    std::fs::create_dir_all(data_dir)?;
    let file = data_dir.join("answerable.sqlite");
    let file = file.to_str().ok_or_else(|| {
        sqlx::Error::Configuration(format!("{} is not readable as text", file.display()).into())
    })?;
    let address = format!("sqlite://{}?mode=rwc", file.replace('%', "%25").replace('?', "%3f"));
    Ok(Opening { engine: Engine::Sqlite, address })
}

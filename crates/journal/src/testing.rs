//! Empty journals for tests, one on each engine: every test of rows runs on both.
//!
//! PostgreSQL is the one named by `ANSWERABLE_TEST_POSTGRES` (`make test` starts a throwaway cluster
//! and sets it); without it, only SQLite is tested, and the test says so.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor, SqlSafeStr};

use crate::{Engine, Id, Journal};

/// A journal that a test may write to, and its folder. Both are thrown away by the first test of a
/// later process that makes one of the same engine: a thousand of them left lying fill a disk.
pub struct Testing {
    /// The journal.
    pub journal: Journal,
    /// Which engine, for the message of a failing test.
    pub engine: Engine,
    /// Its folder.
    pub data_dir: PathBuf,
}

/// An empty journal on SQLite and, where `ANSWERABLE_TEST_POSTGRES` names a server, on PostgreSQL. With
/// `ANSWERABLE_TEST_ONLY` set to `postgres` the file is left out: a long run on one engine need not wait for the other.
///
/// # Panics
/// When a database cannot be made: then no test of rows means anything.
pub async fn engines() -> Vec<Testing> {
    let now = Timestamp::UNIX_EPOCH;
    let mut all = Vec::new();
    let is_postgres_only = std::env::var("ANSWERABLE_TEST_ONLY").is_ok_and(|only| only == "postgres");
    if !is_postgres_only {
        all.push(sqlite(now).await);
    }
    if let Ok(server) = std::env::var("ANSWERABLE_TEST_POSTGRES") {
        all.push(postgres(&server, now).await);
    } else {
        assert!(!is_postgres_only, "ANSWERABLE_TEST_POSTGRES is not set: there is no engine to test on");
        eprintln!("ANSWERABLE_TEST_POSTGRES is not set: tested on SQLite only");
    }
    all
}

async fn sqlite(now: Timestamp) -> Testing {
    let parent = std::env::temp_dir();
    for left in std::fs::read_dir(&parent).expect("the folder for tests is readable").flatten() {
        if is_left_by_a_process_that_ended(&left.file_name().to_string_lossy()) {
            // Another process may be throwing the same one away.
            let _ = std::fs::remove_dir_all(left.path());
        }
    }
    let data_dir = parent.join(unique());
    let journal = Journal::open("sqlite", &data_dir, now).await.expect("a new SQLite file opens");
    Testing { journal, engine: Engine::Sqlite, data_dir }
}

async fn postgres(server: &str, now: Timestamp) -> Testing {
    let address = postgres_database(server).await;
    let data_dir = Path::new("").to_path_buf();
    let journal = Journal::open(&address, &data_dir, now).await.expect("a new PostgreSQL database opens");
    Testing { journal, engine: Engine::PostgreSql, data_dir }
}

/// The address of an empty database of its own on a PostgreSQL server, whose address is `server`.
///
/// # Panics
/// When the server does not answer, or makes none.
pub async fn postgres_database(server: &str) -> String {
    sqlx::any::install_default_drivers();
    let name = unique();
    let mut conn = AnyConnection::connect(server).await.expect("the PostgreSQL for tests answers");
    let there: Vec<String> = sqlx::query_scalar("select cast(datname as text) from pg_database")
        .fetch_all(&mut conn)
        .await
        .expect("the databases are listed");
    for left in there.iter().filter(|name| is_left_by_a_process_that_ended(name)) {
        // Another process may be throwing the same one away.
        let _ = conn.execute(AssertSqlSafe(format!("drop database if exists {left} with (force)"))).await;
    }
    conn.execute(AssertSqlSafe(format!("create database {name}"))).await.expect("a database is made");
    conn.close().await.expect("the connection closes");
    let (base, query) = server.split_once('?').map_or((server, ""), |(base, query)| (base, query));
    let base = base.rsplit_once('/').map_or(base, |(base, _)| base);
    format!("{base}/{name}{}{query}", if query.is_empty() { "" } else { "?" })
}

const MARK: &str = "answerable_test_";

/// A name that no other test has, with the number of the process whose it is.
fn unique() -> String {
    format!("{MARK}{}_{}", std::process::id(), Id::new(Timestamp::UNIX_EPOCH).as_str().replace('-', ""))
}

/// Where the system does not list its processes under `/proc`, nothing is said to be left.
fn is_left_by_a_process_that_ended(name: &str) -> bool {
    let process = name.strip_prefix(MARK).and_then(|rest| rest.split('_').next());
    process.is_some_and(|id| Path::new("/proc/self").exists() && !Path::new("/proc").join(id).exists())
}

/// Prepares each statement on each engine: a misspelt column or a clause that one of them does not
/// know is found here and not by a user.
///
/// # Panics
/// Names the statement and the engine that refuses it.
pub async fn prepare_all(statements: &[&str]) {
    for t in engines().await {
        let mut tx = t.journal.begin().await.expect("a transaction begins");
        for statement in statements {
            if let Err(error) = tx.prepare(AssertSqlSafe((*statement).to_owned()).into_sql_str()).await {
                panic!("{:?} refuses {statement}: {error}", t.engine);
            }
        }
    }
}

/// The journal's own statements.
pub fn statements() -> Vec<&'static str> {
    crate::entry::statements()
}

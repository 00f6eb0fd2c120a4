//! The binary on a data folder of its own, or on a PostgreSQL database of its own.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use journal::{Actor, Journal, testing::postgres_database};
use serde_json::Value;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};
use tempfile::TempDir;
use users::{
    Role,
    account::{Opening, open_account},
};

use crate::http::Client;

/// How long a server may take until it answers before a test gives up.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where a register is kept.
pub struct House {
    folder: TempDir,
    database: String,
}

/// What a run of the binary gave.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: Vec<u8>,
    pub err: String,
}

impl Ran {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.out).expect("text")
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

impl House {
    /// A register with nothing in it, in a folder.
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder"), database: "sqlite".to_owned() }
    }

    /// A register with an account for each of `roles`, in a folder.
    pub fn with(roles: &[&str]) -> Self {
        let house = Self::new();
        house.open_accounts(roles);
        house
    }

    /// The same on PostgreSQL, where there is one.
    pub fn on_postgres(roles: &[&str]) -> Option<Self> {
        let Ok(server) = std::env::var("ANSWERABLE_TEST_POSTGRES") else {
            println!("ANSWERABLE_TEST_POSTGRES is not set: not tested on PostgreSQL");
            return None;
        };
        let house = Self { database: run(postgres_database(&server)), ..Self::new() };
        house.open_accounts(roles);
        Some(house)
    }

    // There is no command that opens an account but the demonstration's, which fills the register.
    fn open_accounts(&self, roles: &[&str]) {
        run(async {
            let data_dir = self.data_dir();
            let journal = Journal::open(&self.database, &data_dir, moment()).await.expect("a journal");
            let task = "Set up a test".to_owned();
            let actor = Actor { who: "test".to_owned(), role: "operator".to_owned(), task };
            for key in roles {
                let role = Role::of(key).expect("a role");
                let (name, password) = (key.replace('_', " "), "correct horse battery staple");
                let opening = Opening { name: &name, sign_in: key, role, password };
                open_account(&journal, &actor, moment(), opening).await.expect("an account");
            }
        });
    }

    pub fn data_dir(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A file in the house's folder, beside its data.
    pub fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).expect("written");
        path
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = binary();
        command.args(arguments).arg("--data-dir").arg(self.data_dir()).args(["--database", &self.database]);
        command
    }

    /// Runs `answerable` to its end.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        let Output { status, stdout, stderr } = self.command(arguments).output().expect("the binary starts");
        let code = status.code().unwrap_or_else(|| panic!("{arguments:?} was ended by a signal"));
        Ran { code, out: stdout, err: String::from_utf8(stderr).expect("text") }
    }

    /// Runs `answerable`, which must succeed.
    pub fn done(&self, arguments: &[&str]) -> Ran {
        let ran = self.run(arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {} {}", ran.text(), ran.err);
        ran
    }

    /// Imports a file as the plan of `inspection`.
    pub fn import(&self, file: &Path, inspection: &str, more: &[&str]) -> Ran {
        let file = file.to_str().expect("text");
        let usual = ["import", "plan", file, "--inspection", inspection, "--published", "2022-08-31"];
        self.run(&[&usual, more].concat())
    }

    /// Imports a file, which must go in; tells what it did.
    pub fn imported(&self, file: &Path, inspection: &str) -> Value {
        let ran = self.import(file, inspection, &["--json"]);
        assert_eq!(ran.code, 0, "{}: {} {}", file.display(), ran.text(), ran.err);
        ran.json()
    }

    /// The register as exported.
    pub fn register(&self) -> Value {
        self.done(&["export", "register"]).json()
    }

    /// The number of the last entry.
    pub fn head(&self) -> i64 {
        self.register()["counted_at_entry"].as_i64().expect("an entry")
    }

    /// The rows are the fold of the journal.
    pub fn check(&self) {
        self.done(&["check"]);
    }

    /// A bearer token of that role's account.
    pub fn token(&self, role: &str) -> String {
        self.done(&["token", role]).text().trim().to_owned()
    }

    /// Serves until it is dropped or killed.
    pub fn serve(&self) -> Server {
        let started = Instant::now();
        let log = File::options().create(true).append(true).open(self.folder.path().join("server.log"));
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0"]);
        command.stdout(Stdio::piped()).stderr(log.expect("a log"));
        let mut child = command.spawn().expect("the server starts");
        let mut said = BufReader::new(child.stdout.take().expect("its words"));
        let mut line = String::new();
        said.read_line(&mut line).expect("a line");
        let Some(address) = line.trim().strip_prefix("Answerable is at http://") else {
            drop(child.kill());
            drop(child.wait());
            panic!("the server did not start: {line:?} {}", self.log())
        };
        let address = address.parse().expect("an address");
        let mut server = Server { child, address, ready_in: Duration::ZERO };
        while Client::new(address, "").get("/readyz").status != 200 {
            assert!(started.elapsed() < PATIENCE, "not ready: {}", self.log());
            std::thread::sleep(Duration::from_millis(2));
        }
        server.ready_in = started.elapsed();
        server
    }

    /// What servers said of what went wrong.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("server.log")).unwrap_or_default()
    }

    /// Changes the database behind the binary's back. SQLite only.
    pub fn tamper(&self, statements: &[String]) {
        let address = format!("sqlite://{}", self.data_dir().join("answerable.sqlite").display());
        run(async {
            sqlx::any::install_default_drivers();
            let mut conn = AnyConnection::connect(&address).await.expect("the database opens");
            for statement in statements {
                let done = conn.execute(AssertSqlSafe(statement.clone())).await.expect("a statement");
                assert_eq!(done.rows_affected(), 1, "{statement}");
            }
            conn.close().await.expect("closed");
        });
    }
}

/// A running server.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
    /// From its start until it answered.
    pub ready_in: Duration,
}

impl Server {
    /// A caller with that token.
    pub fn client(&self, token: &str) -> Client {
        Client::new(self.address, token)
    }

    /// SIGKILL, at once.
    pub fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        drop(self.child.kill()); // it may have ended already
        drop(self.child.wait());
    }

    /// The time for which it has kept processors busy.
    pub fn busy(&self) -> Duration {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).expect("Linux");
        let after = stat.rsplit(')').next().expect("figures after the name");
        let ticks =
            after.split_whitespace().skip(11).take(2).map(|ticks| ticks.parse::<u64>().expect("ticks"));
        Duration::from_millis(ticks.sum::<u64>() * 10)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

/// The binary, without the settings of whoever runs the tests.
pub fn binary() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_answerable"));
    for name in ["DATA_DIR", "DATABASE", "LOG", "LISTEN"] {
        command.env_remove(format!("ANSWERABLE_{name}"));
    }
    command
}

/// A moment before all the others, for what is set up.
fn moment() -> jiff::Timestamp {
    "2022-08-01T09:00:00Z".parse().expect("a moment")
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Runtime::new().expect("a runtime").block_on(future)
}

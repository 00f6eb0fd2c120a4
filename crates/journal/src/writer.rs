//! The one writer, and group commit.
//!
//! Every write goes through one connection, one command after the other, each inside a savepoint of a
//! shared transaction. When the queue is empty, or the group is full, the shared transaction is
//! committed, and only then does anybody's `commit` return: one wait for the disk serves the whole group
//! (singly 5,000 a second at best, in hundreds 25,000 and more: HOUSE 5). On PostgreSQL the group holds
//! the journal's ticket from its first statement, so two nodes take turns and no rule rests on an
//! isolation level.

use std::{
    ops::{Deref, DerefMut},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use sqlx::{AnyConnection, Connection, Executor};
use tokio::sync::{Mutex, OwnedMutexGuard, watch};

use crate::store::Opening;

/// How many commands share one commit at most: bounds how much an unlucky crash undoes before anybody
/// was told "done", and how long the first waits.
const GROUP_LIMIT: usize = 200;

/// How long a group waits for a queued command that may have gone away.
const PATIENCE: Duration = Duration::from_millis(5);

/// How a group ended: `None` while it is open.
type Outcome = Option<Result<(), String>>;

/// The writer's connection and the group that is open on it.
pub(crate) struct Writer {
    opening: Opening,
    conn: Option<AnyConnection>,
    group: Option<Group>,
}

struct Group {
    ended: watch::Sender<Outcome>,
    /// Commands begun, whether they ended well or were undone: a stream of refusals must not keep it open.
    begun: usize,
}

/// The queue to the one writer.
#[derive(Clone)]
pub(crate) struct Queue {
    writer: Arc<Mutex<Writer>>,
    waiting: Arc<AtomicUsize>,
    /// How many commands this process has made durable: whoever shows something live waits for it to move.
    committed: Arc<watch::Sender<u64>>,
}

/// Counts one waiter for as long as it waits, however it ends.
struct Waiting(Arc<AtomicUsize>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A command's transaction: all or nothing, durable when [`Tx::commit`] has returned.
///
/// Dropped without commit it is undone. It is also a connection: `sqlx` statements take `&mut **tx`.
pub struct Tx {
    held: Option<OwnedMutexGuard<Writer>>,
    queue: Queue,
}

impl Queue {
    pub(crate) fn new(opening: Opening) -> Self {
        let writer = Writer { opening, conn: None, group: None };
        Self {
            writer: Arc::new(Mutex::new(writer)),
            waiting: Arc::new(AtomicUsize::new(0)),
            committed: Arc::new(watch::Sender::new(0)),
        }
    }

    /// Moves whenever a command of this process has become durable.
    pub(crate) fn committed(&self) -> watch::Receiver<u64> {
        self.committed.subscribe()
    }

    /// Waits for its turn and begins.
    pub(crate) async fn begin(&self) -> Result<Tx, sqlx::Error> {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        let waiting = Waiting(self.waiting.clone());
        let mut held = self.writer.clone().lock_owned().await;
        drop(waiting);
        // In a task of its own: a caller that goes away in the middle must not leave half a beginning.
        let queue = self.clone();
        let begun = tokio::spawn(async move {
            if let Err(error) = held.begin().await {
                held.fail(&error).await;
                return Err(error);
            }
            Ok(Tx { held: Some(held), queue })
        });
        begun.await.map_err(|_| sqlx::Error::WorkerCrashed)?
    }

    fn is_empty(&self) -> bool {
        self.waiting.load(Ordering::SeqCst) == 0
    }
}

impl Writer {
    /// Opens the connection and the group where needed, and a savepoint for one command.
    async fn begin(&mut self) -> Result<(), sqlx::Error> {
        if self.conn.is_none() {
            self.conn = Some(self.opening.connect_writer().await?);
        }
        let conn = self.conn.as_mut().expect("opened just above");
        if self.group.is_none() {
            conn.execute(self.opening.engine.begin()).await?;
            conn.execute(self.opening.engine.claim_ticket()).await?;
            self.group = Some(Group { ended: watch::Sender::new(None), begun: 0 });
        }
        conn.execute("savepoint command").await?;
        if let Some(group) = self.group.as_mut() {
            group.begun += 1;
        }
        Ok(())
    }

    /// Ends one command well; the caller waits on what is returned.
    async fn release(&mut self) -> Result<watch::Receiver<Outcome>, sqlx::Error> {
        let conn = self.conn.as_mut().ok_or(sqlx::Error::WorkerCrashed)?;
        conn.execute("release savepoint command").await?;
        let group = self.group.as_ref().ok_or(sqlx::Error::WorkerCrashed)?;
        Ok(group.ended.subscribe())
    }

    /// Undoes one command and leaves the others of its group.
    async fn undo(&mut self) {
        let Some(conn) = self.conn.as_mut() else { return };
        let undone = async {
            conn.execute("rollback to savepoint command").await?;
            conn.execute("release savepoint command").await
        };
        if let Err(error) = undone.await {
            // The engine has given up the whole transaction (disk full, connection lost).
            self.fail(&error).await;
        }
    }

    /// Commits the group: from here on its facts are on disk, and its members are told.
    async fn flush(&mut self) {
        let Some(group) = self.group.take() else { return };
        let Some(conn) = self.conn.as_mut() else { return };
        match conn.execute("commit").await {
            Ok(_) => drop(group.ended.send(Some(Ok(())))),
            Err(error) => {
                self.group = Some(group);
                self.fail(&error).await;
            }
        }
    }

    /// Tells the group's members that nothing of theirs is certain, and starts afresh: after an error of
    /// the disk only a new connection knows what is there.
    async fn fail(&mut self, error: &sqlx::Error) {
        if let Some(conn) = self.conn.take() {
            let _ = conn.close().await; // it is being given up; the error that matters is told below
        }
        if let Some(group) = self.group.take() {
            let _ = group.ended.send(Some(Err(error.to_string()))); // nobody may be left to listen
        }
    }

    fn is_group_of(&self, receiver: &watch::Receiver<Outcome>) -> bool {
        self.group.as_ref().is_some_and(|group| group.ended.subscribe().same_channel(receiver))
    }

    fn is_full(&self) -> bool {
        self.group.as_ref().is_some_and(|group| group.begun >= GROUP_LIMIT)
    }
}

impl Tx {
    /// Makes the command durable. Returns when its group is on disk, or the error that undid it.
    ///
    /// It goes on to its end even when its caller goes away: others are in the same group.
    pub async fn commit(self) -> Result<(), sqlx::Error> {
        tokio::spawn(self.finish()).await.map_err(|_| sqlx::Error::WorkerCrashed)?
    }

    async fn finish(mut self) -> Result<(), sqlx::Error> {
        let mut held = self.held.take().expect("held until commit or drop");
        let mut ended = match held.release().await {
            Ok(ended) => ended,
            Err(error) => {
                held.fail(&error).await;
                return Err(error);
            }
        };
        if self.queue.is_empty() || held.is_full() {
            held.flush().await;
            drop(held);
        } else {
            drop(held);
            // Somebody is queued and will commit for us. Should they go away first, this task does it,
            // even when our own caller has hung up.
            tokio::spawn(flush_if_forgotten(self.queue.clone(), ended.clone()));
        }
        let outcome = ended.wait_for(Option::is_some).await.map_err(|_| sqlx::Error::WorkerCrashed)?.clone();
        match outcome {
            Some(Ok(())) => {
                self.queue.committed.send_modify(|count| *count += 1);
                Ok(())
            }
            Some(Err(told)) => Err(sqlx::Error::Protocol(format!("not committed: {told}"))),
            None => Err(sqlx::Error::WorkerCrashed),
        }
    }

    fn conn(&self) -> &AnyConnection {
        self.held.as_ref().and_then(|held| held.conn.as_ref()).expect("a transaction has its connection")
    }
}

async fn flush_if_forgotten(queue: Queue, mut ended: watch::Receiver<Outcome>) {
    while ended.borrow().is_none() {
        if tokio::time::timeout(PATIENCE, ended.wait_for(Option::is_some)).await.is_ok() {
            return;
        }
        let mut held = queue.writer.clone().lock_owned().await;
        if held.is_group_of(&ended) && (queue.is_empty() || held.is_full()) {
            held.flush().await;
        }
    }
}

impl Deref for Tx {
    type Target = AnyConnection;
    fn deref(&self) -> &AnyConnection {
        self.conn()
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        self.held.as_mut().and_then(|held| held.conn.as_mut()).expect("a transaction has its connection")
    }
}

impl Drop for Tx {
    /// Undoes what was not committed. The undoing is asynchronous; the queue waits for it.
    fn drop(&mut self) {
        let Some(mut held) = self.held.take() else { return };
        let queue = self.queue.clone();
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                held.undo().await;
                if queue.is_empty() || held.is_full() {
                    held.flush().await;
                }
            });
        }
    }
}

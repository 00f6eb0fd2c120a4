//! The only SQL about posts. Who holds one is a span row, so the holders as at any position are plain SQL.

use std::collections::BTreeMap;

use journal::{Entry, Id, Noun, OPEN_END, Refusal, Tx};
use sqlx::{AnyConnection, Row};

use super::rules::{self, Command, Fact, Holder, Known, Post, Standing, key};

const INSERT: &str = "insert into post (id, seq, title, title_key) values ($1, $2, $3, $4)
    on conflict (id) do nothing";
const CLOSE: &str =
    "update post_holder set until_seq = $1 where post = $2 and account = $3 and until_seq = $4";
const HOLD: &str = "insert into post_holder (post, account, since_seq, until_seq, alternate)
    values ($1, $2, $3, $4, $5)";
const AS_AT: &str = "select id, title from post where seq <= $1 order by title_key";
const HOLDERS_AS_AT: &str = "select post, account, alternate from post_holder
    where since_seq <= $1 and until_seq > $1 order by post, since_seq";
const HELD_BY: &str = "select p.title from post p join post_holder h on h.post = p.id
    where h.account = $1 and h.until_seq = $2 order by p.title_key";
const KEYS: &str = "select title_key from post";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 7] = [INSERT, CLOSE, HOLD, AS_AT, HOLDERS_AS_AT, HELD_BY, KEYS];

/// The post as a noun.
pub struct Posts;

impl Noun for Posts {
    type State = Post;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Post>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Post>, fact: &Fact) -> Post {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Post) -> Result<(), sqlx::Error> {
        sqlx::query(INSERT)
            .bind(id.as_str())
            .bind(entry.seq)
            .bind(&state.title)
            .bind(key(&state.title))
            .execute(&mut **tx)
            .await?;
        let Some(account) = &state.touched else { return Ok(()) };
        sqlx::query(CLOSE)
            .bind(entry.seq)
            .bind(id.as_str())
            .bind(account.as_str())
            .bind(OPEN_END)
            .execute(&mut **tx)
            .await?;
        if let Some(holder) = state.of(account) {
            sqlx::query(HOLD)
                .bind(id.as_str())
                .bind(account.as_str())
                .bind(entry.seq)
                .bind(OPEN_END)
                .bind(i64::from(holder.alternate))
                .execute(&mut **tx)
                .await?;
        }
        Ok(())
    }
}

/// Every post as at position `seq`, by title, with who held it then.
pub async fn all(conn: &mut AnyConnection, seq: i64) -> Result<Vec<(Id, Post)>, sqlx::Error> {
    let posts = sqlx::query(AS_AT).bind(seq).fetch_all(&mut *conn).await?;
    let mut held: BTreeMap<String, Vec<Holder>> = BTreeMap::new();
    for row in &sqlx::query(HOLDERS_AS_AT).bind(seq).fetch_all(conn).await? {
        let alternate: i64 = row.try_get(2)?;
        let holder = Holder { account: Id::of_row(row.try_get(1)?)?, alternate: alternate != 0 };
        held.entry(row.try_get(0)?).or_default().push(holder);
    }
    posts
        .iter()
        .map(|row| {
            let id: String = row.try_get(0)?;
            let holders = held.remove(&id).unwrap_or_default();
            Ok((Id::of_row(&id)?, Post { title: row.try_get(1)?, holders, touched: None }))
        })
        .collect()
}

/// The titles that `account` holds now, as holder or as alternate.
pub async fn titles_held_by(conn: &mut AnyConnection, account: &Id) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar(HELD_BY).bind(account.as_str()).bind(OPEN_END).fetch_all(conn).await
}

/// What the rule has to know, with `account` the one that is to act for the post.
pub async fn known(conn: &mut AnyConnection, account: Option<&Id>) -> Result<Known, sqlx::Error> {
    let taken = sqlx::query_scalar(KEYS).fetch_all(&mut *conn).await?;
    let people = match account {
        Some(_) => users::people(conn).await?,
        None => Vec::new(),
    };
    let person = people.iter().find(|person| account == Some(&person.id));
    let standing = match person {
        None => Standing::Unknown,
        Some(person) if !person.is_open => Standing::Closed,
        Some(person) if !person.role.may("plan.read") => Standing::MayNotRead,
        Some(_) => Standing::Fit,
    };
    Ok(Known { taken, account: standing })
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use journal::{Actor, Folded, act, clear, dump, entries, head, testing::engines};

    use super::*;

    const TABLES: [&str; 2] = ["post", "post_holder"];

    async fn done(tx: &mut Tx, id: &Id, command: Command) -> i64 {
        let who = Actor { who: "tester".into(), role: "audit_manager".into(), task: "Keep posts".into() };
        let known = Known { taken: Vec::new(), account: Standing::Fit };
        act::<Posts>(tx, &who, Timestamp::UNIX_EPOCH, id, &known, command).await.unwrap().unwrap().seq
    }

    #[tokio::test]
    async fn both_engines_know_every_statement() {
        journal::testing::prepare_all(&STATEMENTS).await;
    }

    #[tokio::test]
    async fn the_holders_are_those_of_the_position_looked_at() {
        for t in engines().await {
            let id = |second| Id::new(Timestamp::from_second(second).unwrap());
            let (post, other, anna, ben) = (id(1), id(2), id(3), id(4));
            let mut tx = t.journal.begin().await.unwrap();
            let give = |account: &Id, alternate| Command::Give { account: Some(account.clone()), alternate };
            let created = done(&mut tx, &post, Command::Create { title: "Head of Training".into() }).await;
            done(&mut tx, &other, Command::Create { title: "ACC".into() }).await;
            let held = done(&mut tx, &post, give(&anna, true)).await;
            done(&mut tx, &post, give(&ben, false)).await;
            let holder = done(&mut tx, &post, give(&anna, false)).await;
            let reason = "Moved on.".to_owned();
            let last = done(&mut tx, &post, Command::Release { account: Some(ben.clone()), reason }).await;
            let mut seen = Vec::new();
            for seq in [created, held, holder, last] {
                let posts = all(&mut tx, seq).await.unwrap();
                let of = posts.iter().find(|(one, _)| *one == post).unwrap();
                let who = |holder: &Holder| (holder.account == anna, holder.alternate);
                seen.push(of.1.holders.iter().map(who).collect::<Vec<_>>());
            }
            let expected: [&[(bool, bool)]; 4] =
                [&[], &[(true, true)], &[(false, false), (true, false)], &[(true, false)]];
            assert_eq!(seen, expected, "{:?}", t.engine);
            assert_eq!(all(&mut tx, created).await.unwrap().len(), 1);
            assert_eq!(titles_held_by(&mut tx, &anna).await.unwrap(), ["Head of Training"]);
            assert!(titles_held_by(&mut tx, &ben).await.unwrap().is_empty());
            assert_eq!(known(&mut tx, Some(&anna)).await.unwrap().account, Standing::Unknown);
            let before = dump(&mut tx, &TABLES).await.unwrap();
            clear(&mut tx, &TABLES).await.unwrap();
            let (mut folded, end) = (Folded::default(), head(&mut tx).await.unwrap());
            for entry in entries(&mut tx, 0, end).await.unwrap() {
                journal::refold::<Posts>(&mut tx, &mut folded, &entry).await.unwrap();
            }
            assert_eq!(dump(&mut tx, &TABLES).await.unwrap(), before, "{:?}", t.engine);
        }
    }
}

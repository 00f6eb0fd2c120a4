//! Migrations: one SQL text for both engines, each run once, in one transaction.

use jiff::Timestamp;
use sqlx::{AnyConnection, AssertSqlSafe, Executor};

use crate::{Engine, to_moment};

/// Every migration, in order. A released one is never edited: expand first, contract later.
const MIGRATIONS: [(&str, &str); 40] = [
    ("0001_journal", include_str!("../../../migrations/0001_journal.sql")),
    ("0002_users", include_str!("../../../migrations/0002_users.sql")),
    ("0003_plan", include_str!("../../../migrations/0003_plan.sql")),
    ("0004_publish", include_str!("../../../migrations/0004_publish.sql")),
    ("0005_classification", include_str!("../../../migrations/0005_classification.sql")),
    ("0006_model", include_str!("../../../migrations/0006_model.sql")),
    ("0007_linter", include_str!("../../../migrations/0007_linter.sql")),
    ("0008_daily", include_str!("../../../migrations/0008_daily.sql")),
    ("0009_round", include_str!("../../../migrations/0009_round.sql")),
    ("0010_notice", include_str!("../../../migrations/0010_notice.sql")),
    ("0011_moves", include_str!("../../../migrations/0011_moves.sql")),
    ("0012_looks_after", include_str!("../../../migrations/0012_looks_after.sql")),
    ("0013_contact", include_str!("../../../migrations/0013_contact.sql")),
    ("0014_thrive", include_str!("../../../migrations/0014_thrive.sql")),
    ("0015_place", include_str!("../../../migrations/0015_place.sql")),
    ("0016_draft", include_str!("../../../migrations/0016_draft.sql")),
    ("0017_incident", include_str!("../../../migrations/0017_incident.sql")),
    ("0018_shortcut", include_str!("../../../migrations/0018_shortcut.sql")),
    ("0019_promise", include_str!("../../../migrations/0019_promise.sql")),
    ("0020_place_private", include_str!("../../../migrations/0020_place_private.sql")),
    ("0021_diary", include_str!("../../../migrations/0021_diary.sql")),
    ("0022_appointment", include_str!("../../../migrations/0022_appointment.sql")),
    ("0023_partner", include_str!("../../../migrations/0023_partner.sql")),
    ("0024_measure", include_str!("../../../migrations/0024_measure.sql")),
    ("0025_taken", include_str!("../../../migrations/0025_taken.sql")),
    ("0026_message", include_str!("../../../migrations/0026_message.sql")),
    ("0027_crime", include_str!("../../../migrations/0027_crime.sql")),
    ("0028_coding", include_str!("../../../migrations/0028_coding.sql")),
    ("0029_report", include_str!("../../../migrations/0029_report.sql")),
    ("0030_evidence", include_str!("../../../migrations/0030_evidence.sql")),
    ("0031_why", include_str!("../../../migrations/0031_why.sql")),
    ("0032_measure_sum", include_str!("../../../migrations/0032_measure_sum.sql")),
    ("0033_outage", include_str!("../../../migrations/0033_outage.sql")),
    ("0034_measure_version", include_str!("../../../migrations/0034_measure_version.sql")),
    ("0035_paper_measure", include_str!("../../../migrations/0035_paper_measure.sql")),
    ("0036_measure_told", include_str!("../../../migrations/0036_measure_told.sql")),
    ("0037_measure_read", include_str!("../../../migrations/0037_measure_read.sql")),
    ("0038_annotation", include_str!("../../../migrations/0038_annotation.sql")),
    ("0039_report_subscription", include_str!("../../../migrations/0039_report_subscription.sql")),
    ("0040_measure_gist", include_str!("../../../migrations/0040_measure_gist.sql")),
];

const TABLE: &str = "create table if not exists migration (name text primary key, at text not null);";
const DONE: &str = "select name from migration order by name";
/// Views for other tools stand on tables that a migration may replace (decisions/0035).
const VIEWS: &str = "select cast(viewname as text) from pg_views where schemaname = 'answerable_views'";
const RECORD: &str = "insert into migration (name, at) values ($1, $2)";

/// Brings the schema up to date. Two processes may start at once: the second waits for the first.
pub(crate) async fn run(conn: &mut AnyConnection, engine: Engine, now: Timestamp) -> Result<(), sqlx::Error> {
    conn.execute(engine.begin()).await?;
    let done = migrate(conn, engine, now).await;
    conn.execute(if done.is_ok() { "commit" } else { "rollback" }).await?;
    done
}

async fn migrate(conn: &mut AnyConnection, engine: Engine, now: Timestamp) -> Result<(), sqlx::Error> {
    if engine == Engine::PostgreSql {
        // An arbitrary number that only Answerable's migrations use.
        conn.execute("select pg_advisory_xact_lock(7350121)").await?;
    }
    execute(conn, engine, TABLE).await?;
    let done: Vec<String> = sqlx::query_scalar(DONE).fetch_all(&mut *conn).await?;
    if let Some(newer) = done.iter().find(|name| MIGRATIONS.iter().all(|(known, _)| known != name)) {
        return Err(sqlx::Error::Configuration(
            format!("this database was made by a newer Answerable (it has {newer}); start that version")
                .into(),
        ));
    }
    let due = || MIGRATIONS.iter().filter(|(name, _)| !done.iter().any(|done| done == name));
    if engine == Engine::PostgreSql && due().next().is_some() {
        drop_views(conn).await?;
    }
    for (name, text) in due() {
        execute(conn, engine, text).await?;
        sqlx::query(RECORD).bind(*name).bind(to_moment(now)).execute(&mut *conn).await?;
    }
    Ok(())
}

/// The service makes them anew when it starts. What others built on them is not ours to drop: PostgreSQL refuses and names it.
async fn drop_views(conn: &mut AnyConnection) -> Result<(), sqlx::Error> {
    let views: Vec<String> = sqlx::query_scalar(VIEWS).fetch_all(&mut *conn).await?;
    for view in views {
        let statement = format!("drop view answerable_views.\"{}\"", view.replace('"', "\"\""));
        conn.execute(AssertSqlSafe(statement)).await?;
    }
    Ok(())
}

async fn execute(conn: &mut AnyConnection, engine: Engine, text: &str) -> Result<(), sqlx::Error> {
    for statement in statements(text) {
        let statement = specialise(engine, &statement);
        // The text is ours, compiled into the binary; nothing of a user's is in it.
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut *conn).await?;
    }
    Ok(())
}

/// The statements of a text, comments left out. A statement ends with a semicolon at a line's end.
fn statements(text: &str) -> Vec<String> {
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("--")).fold(
        String::new(),
        |mut code, line| {
            code.push_str(line);
            code.push('\n');
            code
        },
    );
    code.split(";\n").map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect()
}

/// The few words that differ: strict tables on SQLite; 64-bit integers and byte order on PostgreSQL.
fn specialise(engine: Engine, statement: &str) -> String {
    let is_table = statement.starts_with("create table");
    match engine {
        Engine::Sqlite if is_table => format!("{} strict", statement.trim_end_matches(';')),
        Engine::PostgreSql if is_table => {
            // Only where the word is a type: a column may be called text.
            [" not", " primary", ",", "\n"].iter().fold(statement.to_owned(), |statement, after| {
                statement
                    .replace(&format!(" integer{after}"), &format!(" bigint{after}"))
                    .replace(&format!(" text{after}"), &format!(" text collate \"C\"{after}"))
            })
        }
        _ => statement.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_serves_both_engines() {
        let text = "-- a\ncreate table t (\n    a integer primary key,\n    b text not null,\n    text text\n);\n\ncreate index i on t (b);\n";
        let both = statements(text);
        assert_eq!(both.len(), 2);
        assert!(specialise(Engine::Sqlite, &both[0]).ends_with(") strict"));
        let other = specialise(Engine::PostgreSql, &both[0]);
        assert!(other.contains("a bigint primary key") && other.contains("b text collate \"C\" not null"));
        assert!(other.contains("    text text collate \"C\"\n"), "{other}");
        assert_eq!(specialise(Engine::Sqlite, &both[1]), both[1]);
    }
}

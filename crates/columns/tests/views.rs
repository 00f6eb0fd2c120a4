//! Views on PostgreSQL: the columns of the schema, the figures of the cube, and nothing else for whoever reads them.

mod common;

use std::path::Path;

use columns::{
    fact::{dimensions, row::Cell, rows::cube},
    table::rules::Table,
    view::{
        rows::{self, POSTGRESQL_STATEMENTS, type_of},
        rules::{self, SCHEMA, tables},
    },
};
use common::{now, worked};
use jiff::civil::Date;
use journal::{Engine, Id, Journal, testing::postgres_database};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor, SqlSafeStr};

/// A journal on PostgreSQL and a connection of whoever keeps the database; nothing where there is none to test on.
async fn served() -> Option<(Journal, AnyConnection, String)> {
    let Ok(server) = std::env::var("ANSWERABLE_TEST_POSTGRES") else {
        println!("ANSWERABLE_TEST_POSTGRES is not set: views are not tested");
        return None;
    };
    let address = postgres_database(&server).await;
    let journal = Journal::open(&address, Path::new(""), now()).await.expect("it opens");
    assert_eq!(journal.engine(), Engine::PostgreSql);
    let conn = AnyConnection::connect(&address).await.expect("it answers");
    Some((journal, conn, address))
}

async fn made(journal: &Journal) {
    let mut tx = journal.begin().await.expect("a transaction");
    rows::make(&mut tx).await.expect("the views are made");
    tx.commit().await.expect("it is kept");
}

async fn run(conn: &mut AnyConnection, statement: &str) {
    conn.execute(AssertSqlSafe(statement.to_owned())).await.expect(statement);
}

/// The rows of a select, each as one text; a null is empty.
async fn read(conn: &mut AnyConnection, select: &str) -> Vec<String> {
    let found = sqlx::query_scalar(AssertSqlSafe(select.to_owned())).fetch_all(conn).await;
    found.unwrap_or_else(|error| panic!("{select}: {error}"))
}

/// The rows of a view, their cells with a bar between them, in order.
async fn told(conn: &mut AnyConnection, table: &Table) -> Vec<String> {
    let cells: Vec<String> =
        table.columns().map(|column| format!("coalesce(cast({} as text), '')", column.name)).collect();
    let mut told =
        read(conn, &format!("select {} from {SCHEMA}.{}", cells.join(" || '|' || "), table.key)).await;
    told.sort();
    told
}

/// The rows that a file would have, said in the same way.
fn expected(rows: Vec<columns::fact::row::Row>) -> Vec<String> {
    let cell = |cell: &Cell| match cell {
        Cell::Empty => String::new(),
        Cell::Integer(number) => number.to_string(),
        Cell::Text(text) => text.clone(),
        Cell::Flag(flag) => flag.to_string(),
        Cell::Moment(at) => at.to_string(),
        Cell::Day(day) => day.to_string(),
    };
    let line = |row: columns::fact::row::Row| {
        let cells = row.cells().expect("it is whole");
        cells.iter().map(cell).collect::<Vec<_>>().join("|")
    };
    let mut lines: Vec<String> = rows.into_iter().map(line).collect();
    lines.sort();
    lines
}

async fn today(conn: &mut AnyConnection) -> Date {
    let day = read(conn, "select to_char(now() at time zone 'Europe/London', 'YYYY-MM-DD')").await;
    day[0].parse().expect("a day")
}

#[tokio::test]
async fn every_statement_is_known_to_postgresql() {
    let Some((_, mut conn, _)) = served().await else { return };
    for statement in POSTGRESQL_STATEMENTS {
        let prepared = conn.prepare(AssertSqlSafe(statement.to_owned()).into_sql_str()).await;
        assert!(prepared.is_ok(), "{statement}: {:?}", prepared.err());
    }
}

#[tokio::test]
async fn views_have_the_columns_of_the_schema_and_the_rows_of_the_files() {
    let Some((journal, mut conn, _)) = served().await else { return };
    worked(&journal).await;
    // Something of long before the rest, with many changes of the clocks, and something that is still to fall due.
    for day in ["2001-01-01", "2999-01-01"] {
        run(
            &mut conn,
            &format!(
                "insert into measure_cube (measure, version, in_force, day, division, reason, numerator,
            denominator, contributions) values ('contacts', 1, 1, '{day}', '', '', 3, 0, 3)"
            ),
        )
        .await;
    }
    made(&journal).await;
    made(&journal).await;
    for table in tables() {
        let columns = read(
            &mut conn,
            &format!(
                "select column_name || ' ' || data_type from information_schema.columns
            where table_schema = '{SCHEMA}' and table_name = '{}' order by ordinal_position",
                table.key
            ),
        )
        .await;
        let documented: Vec<String> =
            table.columns().map(|column| format!("{} {}", column.name, type_of(column.kind))).collect();
        assert_eq!(columns, documented, "{}", table.key);
    }
    let today = today(&mut conn).await;
    let from: Date = "2001-01-01".parse().expect("a day");
    let mut values = Vec::new();
    for measure in measure::catalogue::all() {
        values.extend(cube(&mut conn, &measure.key, from, today).await.expect("sql"));
    }
    assert!(values.len() > 1);
    for (key, rows) in [
        ("measure_value", values),
        ("unit", dimensions::units()),
        ("code", dimensions::codes()),
        ("calendar_day", dimensions::days(from, today)),
    ] {
        let table = Table::named(key).expect("a table");
        let (told, expected) = (told(&mut conn, table).await, expected(rows));
        let differs = told.iter().zip(&expected).find(|(told, expected)| told != expected);
        assert_eq!((told.len(), differs), (expected.len(), None), "{key}");
    }
    let sums = "select measure || ' ' || sum(numerator) || ' ' || sum(denominator) from";
    let in_view =
        read(&mut conn, &format!("{sums} {SCHEMA}.measure_value group by measure order by measure")).await;
    let in_cube = read(
        &mut conn,
        &format!(
            "{sums} measure_cube where in_force = 1 and day <= '{today}' group by measure order by measure"
        ),
    )
    .await;
    assert_eq!(in_view, in_cube);
    let position = measure::count::rows::counted_to(&mut conn).await.expect("sql");
    let manifest =
        read(&mut conn, &format!("select entry || ' ' || counted_to from {SCHEMA}.manifest")).await;
    assert_eq!(manifest, [format!("{position} {position}")]);
}

#[tokio::test]
async fn an_empty_register_has_views_with_every_column() {
    let Some((journal, mut conn, _)) = served().await else { return };
    made(&journal).await;
    let today = today(&mut conn).await;
    for table in tables() {
        let rows = told(&mut conn, table).await.len();
        let least = usize::from(table.key != "measure_value");
        assert!(rows >= least && (table.key != "calendar_day" || rows == 1), "{}: {rows}", table.key);
    }
    let day = read(&mut conn, &format!("select cast(day as text) from {SCHEMA}.calendar_day")).await;
    assert_eq!(day, [today.to_string()]);
    assert_eq!(
        read(&mut conn, &format!("select cast(count(*) as text) from {SCHEMA}.manifest")).await,
        ["1"]
    );
}

/// A role of the cluster that goes when the test has ended well: its name is that of no other test.
async fn role(conn: &mut AnyConnection) -> String {
    let name = format!("reader {}", Id::new(now()));
    run(conn, &format!("create role \"{name}\"")).await;
    name
}

#[tokio::test]
async fn whoever_is_granted_reads_the_views_and_no_table_and_changes_nothing() {
    let Some((journal, mut conn, address)) = served().await else { return };
    worked(&journal).await;
    made(&journal).await;
    let name = role(&mut conn).await;
    let known = rows::known(&mut conn, &name).await.expect("sql");
    assert_eq!(rules::may_be_granted(&name, &known), Ok(()));
    for _ in 0..2 {
        rows::grant(&mut conn, &name).await.expect("it is granted");
    }
    assert_eq!(rows::readers(&mut conn).await.expect("sql").join(" "), name);
    assert_eq!(rows::known(&mut conn, &name).await.expect("sql"), known, "views are no tables");

    let mut reader = AnyConnection::connect(&address).await.expect("it answers");
    run(&mut reader, &format!("set role \"{name}\"")).await;
    for view in tables().map(|table| table.key).chain([rules::MANIFEST]) {
        assert!(!read(&mut reader, &format!("select 'x' from {SCHEMA}.{view}")).await.is_empty(), "{view}");
    }
    let tables: Vec<String> =
        read(&mut conn, "select cast(tablename as text) from pg_tables where schemaname = 'public'").await;
    assert!(
        ["contact", "journal", "journal_private", "measure_cube"]
            .iter()
            .all(|one| tables.iter().any(|t| t == one))
    );
    let mut refused: Vec<String> = tables.iter().map(|table| format!("select 1 from {table}")).collect();
    for change in ["delete from", "truncate"] {
        refused.extend(tables.iter().map(|table| format!("{change} {table}")));
    }
    let value = format!("{SCHEMA}.measure_value");
    refused.push(format!("update {value} set numerator = 0"));
    refused.push(format!("delete from {value}"));
    refused.push(format!("insert into {value} (measure) values ('contacts')"));
    refused.push(format!("create view {SCHEMA}.more as select 1"));
    refused.push("create table public.more (a text)".to_owned());
    for statement in refused {
        let error = reader.execute(AssertSqlSafe(statement.clone())).await.expect_err(&statement).to_string();
        assert!(
            error.contains("permission denied") || error.contains("must be owner"),
            "{statement}: {error}"
        );
    }

    rows::revoke(&mut conn, &name).await.expect("it is taken back");
    assert!(rows::readers(&mut conn).await.expect("sql").is_empty());
    let gone = reader.execute(AssertSqlSafe(format!("select 1 from {value}"))).await;
    assert!(gone.is_err_and(|error| error.to_string().contains("permission denied")));
    drop(reader);
    run(&mut conn, &format!("drop role \"{name}\"")).await;
}

#[tokio::test]
async fn a_role_that_is_not_there_or_reads_the_tables_anyway_is_refused() {
    let Some((_, mut conn, _)) = served().await else { return };
    let refused =
        |name: &str, known: &rules::Known| rules::may_be_granted(name, known).expect_err("refused").sentence;
    let known = rows::known(&mut conn, "nobody at all").await.expect("sql");
    assert!(refused("nobody at all", &known).contains("has no role “nobody at all”"));
    let name = role(&mut conn).await;
    run(&mut conn, &format!("grant select on contact to \"{name}\"")).await;
    let known = rows::known(&mut conn, &name).await.expect("sql");
    assert!(refused(&name, &known).contains("the table contact"));
    run(&mut conn, &format!("revoke select on contact from \"{name}\"")).await;
    assert_eq!(rows::known(&mut conn, &name).await.expect("sql").reaches, None);
    run(&mut conn, &format!("grant pg_read_all_data to \"{name}\"")).await;
    assert!(
        rows::known(&mut conn, &name).await.expect("sql").reaches.is_some(),
        "rights by another role count"
    );
    run(&mut conn, &format!("drop role \"{name}\"")).await;
}

#[tokio::test]
async fn a_migration_that_replaces_a_table_is_not_held_up_and_readers_are_kept() {
    let Some((journal, mut conn, address)) = served().await else { return };
    made(&journal).await;
    let name = role(&mut conn).await;
    rows::grant(&mut conn, &name).await.expect("it is granted");
    // Both may be done again: the one makes the tables of what is counted anew, the other their indices.
    run(&mut conn, "delete from migration where name in ('0034_measure_version', '0037_measure_read')").await;
    let journal = Journal::open(&address, Path::new(""), now()).await.expect("the tables are replaced");
    let views = format!("select cast(viewname as text) from pg_views where schemaname = '{SCHEMA}'");
    assert!(read(&mut conn, &views).await.is_empty());
    assert!(rows::is_made(&mut conn).await.expect("sql"), "so that they are made anew");
    made(&journal).await;
    assert_eq!(rows::readers(&mut conn).await.expect("sql").join(" "), name);
    run(&mut conn, &format!("set role \"{name}\"")).await;
    assert!(read(&mut conn, &format!("select measure from {SCHEMA}.measure_value")).await.is_empty());
    run(&mut conn, "reset role").await;
    rows::revoke(&mut conn, &name).await.expect("it is taken back");
    run(&mut conn, &format!("drop role \"{name}\"")).await;
}

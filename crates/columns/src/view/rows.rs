//! The SQL of the views: for PostgreSQL alone, with its own types, because other tools read it and we do not
//! (decisions/0035). A view is read with the rights of whoever made it, so its readers need none on the tables.

use sqlx::{AnyConnection, AssertSqlSafe, Executor};

use super::rules::{Known, MANIFEST, SCHEMA, tables};
use crate::{
    fact::{
        dimensions::{codes, units},
        row::{Cell, Row},
    },
    table::rules::{Kind, Table, VERSION},
};

/// Whoever reads a view holds up whoever makes it anew, and that one the whole service.
const PATIENCE: &str = "set local lock_timeout = '5s'";
const IS_MADE: &str =
    "select cast(count(*) as bigint) from pg_namespace where cast(nspname as text) = 'answerable_views'";
const MAKE: &str = "create schema answerable_views";
/// What is counted on days to come (a promise that falls due) is left out, as in a file.
const MEASURE_VALUE: &str =
    "select measure, version, cast(day as date) as day, nullif(division, '') as division,
    nullif(reason, '') as reason, numerator, denominator, contributions from measure_cube
    where in_force = 1 and day <= to_char(now() at time zone 'Europe/London', 'YYYY-MM-DD')";
/// From the first day on which something is counted until today.
const CALENDAR_DAY: &str = "select day, cast(extract(year from day) as bigint) as year,
    cast(extract(quarter from day) as bigint) as quarter, cast(extract(month from day) as bigint) as month,
    day - (cast(extract(isodow from day) as integer) - 1) as week_begins,
    cast(extract(isodow from day) as bigint) as weekday, extract(isodow from day) >= 6 as is_weekend,
    cast(extract(epoch from (cast(day + 1 as timestamp) at time zone 'Europe/London')
        - (cast(day as timestamp) at time zone 'Europe/London')) / 3600 as bigint) as hours
    from (select cast(generate_series(cast(coalesce(first_day, today) as timestamp), cast(today as timestamp),
            interval '1 day') as date) as day
        from (select (select cast(min(day) as date) from measure_cube where in_force = 1) as first_day,
            cast(now() at time zone 'Europe/London' as date) as today) as span) as days";
const EXISTS: &str = "select cast(count(*) as bigint) from pg_roles where cast(rolname as text) = $1";
/// Rights that come by another role count.
const REACHES: &str = "select cast(tablename as text) from pg_tables where schemaname = current_schema()
    and has_table_privilege(cast(cast($1 as text) as name), format('%I.%I', schemaname, tablename),
        'select, insert, update, delete, truncate')
    order by tablename limit 1";
const READERS: &str = "select cast(r.rolname as text) from pg_namespace n, aclexplode(n.nspacl) a, pg_roles r
    where cast(n.nspname as text) = 'answerable_views' and a.privilege_type = 'USAGE' and r.oid = a.grantee
    and a.grantee <> n.nspowner order by 1";

/// Every statement that is asked of PostgreSQL, for the test that prepares them there. What a view selects is prepared when it
/// is made.
pub const POSTGRESQL_STATEMENTS: [&str; 4] = [IS_MADE, EXISTS, REACHES, READERS];

/// Whether the schema of the views is there.
pub async fn is_made(conn: &mut AnyConnection) -> Result<bool, sqlx::Error> {
    let count: i64 = sqlx::query_scalar(IS_MADE).fetch_one(conn).await?;
    Ok(count > 0)
}

/// Makes the views, or makes them anew by the definitions of this version; who may read them stays as it is.
pub async fn make(conn: &mut AnyConnection) -> Result<(), sqlx::Error> {
    conn.execute(PATIENCE).await?;
    // “if not exists” would ask for the right to make one where there is nothing to be made.
    if !is_made(conn).await? {
        conn.execute(MAKE).await?;
    }
    for table in tables() {
        let select = match table.key {
            "measure_value" => MEASURE_VALUE.to_owned(),
            "calendar_day" => CALENDAR_DAY.to_owned(),
            "unit" => values(table, units())?,
            "code" => values(table, codes())?,
            other => return Err(sqlx::Error::Encode(format!("there is no view {other}").into())),
        };
        replace(conn, table.key, &select).await?;
    }
    replace(conn, MANIFEST, &manifest()).await
}

async fn replace(conn: &mut AnyConnection, view: &str, select: &str) -> Result<(), sqlx::Error> {
    run(conn, format!("create or replace view {SCHEMA}.{view} as {select}")).await
}

async fn run(conn: &mut AnyConnection, statement: String) -> Result<(), sqlx::Error> {
    // Words of ours, with names and cells that are quoted below.
    conn.execute(AssertSqlSafe(statement)).await.map(drop)
}

fn manifest() -> String {
    let catalogue = measure::catalogue::Catalogue::published();
    format!(
        "select cast({VERSION} as bigint) as schema_version, position.edition,
        cast({} as bigint) as organisation_version, cast({} as bigint) as calendar_version,
        head.seq as entry, coalesce(position.seq, 0) as counted_to
        from journal_head as head left join measure_position as position on position.only_row = 1",
        catalogue.organisation().version(),
        catalogue.calendar()
    )
}

/// The rows of a dimension that is data of this version, each cell with its type.
fn values(table: &Table, rows: Vec<Row>) -> Result<String, sqlx::Error> {
    let kinds: Vec<Kind> = table.columns().map(|column| column.kind).collect();
    let names: Vec<&str> = table.columns().map(|column| column.name).collect();
    let mut lines = Vec::new();
    for row in rows {
        let cells: Vec<String> =
            row.cells()?.iter().zip(&kinds).map(|(cell, kind)| literal(cell, *kind)).collect();
        lines.push(format!("({})", cells.join(", ")));
    }
    Ok(format!("select * from (values {}) as {} ({})", lines.join(",\n"), table.key, names.join(", ")))
}

fn literal(cell: &Cell, kind: Kind) -> String {
    let told = match cell {
        Cell::Empty => "null".to_owned(),
        Cell::Integer(number) => number.to_string(),
        Cell::Text(text) => quoted(text, '\''),
        Cell::Flag(flag) => flag.to_string(),
        Cell::Moment(at) => quoted(&journal::to_moment(*at), '\''),
        Cell::Day(day) => quoted(&day.to_string(), '\''),
    };
    format!("cast({told} as {})", type_of(kind))
}

/// As which type of PostgreSQL a column is told.
pub fn type_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Integer => "bigint",
        Kind::Text | Kind::Pseudonym => "text",
        Kind::Flag => "boolean",
        Kind::Moment => "timestamp with time zone",
        Kind::Day => "date",
    }
}

fn quoted(text: &str, quote: char) -> String {
    let twice = format!("{quote}{quote}");
    format!("{quote}{}{quote}", text.replace(quote, &twice))
}

/// What the database says of a role.
pub async fn known(conn: &mut AnyConnection, role: &str) -> Result<Known, sqlx::Error> {
    let count: i64 = sqlx::query_scalar(EXISTS).bind(role).fetch_one(&mut *conn).await?;
    if count == 0 {
        return Ok(Known { exists: false, reaches: None });
    }
    let reaches = sqlx::query_scalar(REACHES).bind(role).fetch_optional(conn).await?;
    Ok(Known { exists: true, reaches })
}

/// Lets a role read the views, and those that come: nothing else.
pub async fn grant(conn: &mut AnyConnection, role: &str) -> Result<(), sqlx::Error> {
    let role = quoted(role, '"');
    run(conn, format!("grant usage on schema {SCHEMA} to {role}")).await?;
    run(conn, format!("grant select on all tables in schema {SCHEMA} to {role}")).await?;
    // A view that was dropped and made anew, as an upgrade does, is granted as it was.
    run(conn, format!("alter default privileges in schema {SCHEMA} grant select on tables to {role}")).await
}

/// Takes that back.
pub async fn revoke(conn: &mut AnyConnection, role: &str) -> Result<(), sqlx::Error> {
    let role = quoted(role, '"');
    run(conn, format!("alter default privileges in schema {SCHEMA} revoke select on tables from {role}"))
        .await?;
    run(conn, format!("revoke select on all tables in schema {SCHEMA} from {role}")).await?;
    run(conn, format!("revoke usage on schema {SCHEMA} from {role}")).await
}

/// Who may read the views, by name.
pub async fn readers(conn: &mut AnyConnection) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar(READERS).fetch_all(conn).await
}

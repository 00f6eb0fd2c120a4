//! Which tables are views, and who may be let in. Pure.

use journal::Refusal;

use crate::table::rules::{ALL, Of, Table};

/// The schema of the database that the views stand in.
pub const SCHEMA: &str = "answerable_views";
/// The view that says of which version and of which entry the others are: what `manifest.json` is beside files.
pub const MANIFEST: &str = "manifest";
/// The longest name that PostgreSQL keeps whole, in bytes.
const LONGEST: usize = 63;

/// The tables that are views too: all but facts.
pub fn tables() -> impl Iterator<Item = &'static Table> {
    ALL.into_iter().filter(|table| table.of != Of::Facts)
}

/// A role of the database as somebody named it; refused where PostgreSQL means something else by that name.
pub fn role(name: &str) -> Result<&str, Refusal> {
    let refused = |sentence: String| Err(Refusal::of("role", sentence));
    if name.is_empty() {
        return refused("No role is named. Enter the name of one role of the database.".to_owned());
    }
    if name.len() > LONGEST || name.chars().any(char::is_control) {
        return refused(format!(
            "“{}” is no name of a role: it is longer than {LONGEST} bytes or has signs that cannot be shown. Enter the name as “\\du” of psql lists it.",
            name.escape_default()
        ));
    }
    if ["public", "none"].contains(&name) {
        return refused(format!(
            "“{name}” is no role of its own: PostgreSQL means everybody or nobody by it. Enter the name of one role."
        ));
    }
    if name.starts_with("pg_") {
        return refused(format!(
            "“{name}” is one of PostgreSQL’s own roles. Make a role for the tool, and enter its name."
        ));
    }
    Ok(name)
}

/// What the database says of a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Whether there is one of that name.
    pub exists: bool,
    /// A table of ours that it may read or change without the views.
    pub reaches: Option<String>,
}

/// Whether a role may be let in. Who reads the tables anyway is no reader of views: nothing is kept from it.
pub fn may_be_granted(role: &str, known: &Known) -> Result<(), Refusal> {
    must_exist(role, known)?;
    match &known.reaches {
        None => Ok(()),
        Some(table) => Err(Refusal::of(
            "role",
            format!(
                "The role “{role}” can read or change the table {table} by itself, so the views would keep nothing from it. Take its rights on the tables away, or name a role that has none."
            ),
        )),
    }
}

/// Whether what a role was given can be taken back.
pub fn must_exist(role: &str, known: &Known) -> Result<(), Refusal> {
    if known.exists {
        return Ok(());
    }
    Err(Refusal::of(
        "role",
        format!(
            "The database has no role “{role}”. Make it first (“create role {role} login”), or check the name: capitals count."
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_but_facts_is_a_view() {
        let keys: Vec<&str> = tables().map(|table| table.key).collect();
        assert_eq!(keys, ["measure_value", "unit", "code", "calendar_day"]);
        assert!(!keys.contains(&MANIFEST));
    }

    #[test]
    fn a_name_is_a_role_or_refused_with_its_mend() {
        for name in ["power_bi", "Power BI", "reader@force.example", "ops\"; drop table journal; --", "é"] {
            assert_eq!(role(name), Ok(name));
        }
        let long = "r".repeat(64);
        for (name, told) in [
            ("", "No role is named"),
            (long.as_str(), "longer than 63 bytes"),
            ("a\nb", "signs that cannot be shown"),
            ("public", "means everybody"),
            ("none", "means everybody or nobody"),
            ("pg_read_all_data", "PostgreSQL’s own roles"),
        ] {
            let refusal = role(name).unwrap_err();
            assert!(refusal.field == "role" && refusal.sentence.contains(told), "{name}: {refusal}");
        }
    }

    #[test]
    fn only_a_role_without_rights_on_the_tables_is_let_in() {
        let unknown = Known { exists: false, reaches: None };
        let outside = Known { exists: true, reaches: None };
        let inside = Known { exists: true, reaches: Some("contact".to_owned()) };
        assert_eq!(may_be_granted("tool", &outside), Ok(()));
        assert!(may_be_granted("tool", &unknown).unwrap_err().sentence.contains("create role tool login"));
        assert!(may_be_granted("tool", &inside).unwrap_err().sentence.contains("the table contact"));
        assert_eq!(must_exist("tool", &inside), Ok(()));
        assert!(must_exist("tool", &unknown).is_err());
    }
}

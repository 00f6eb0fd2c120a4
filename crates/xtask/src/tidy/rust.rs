//! Rust: who may use what, sizes, a story on every module, nothing half done.

use super::{Fault, Source};

const LINES_A_FILE: usize = 400;
const LINES_A_FUNCTION: usize = 60;

/// Everything that can be said about one Rust file.
pub fn check(source: &Source) -> Vec<Fault> {
    if !source.is("rs") {
        return Vec::new();
    }
    [
        sql_stays_in_rows,
        pages_stay_in_pages,
        not_too_long,
        functions_are_short,
        the_story_comes_first,
        nothing_half_done,
    ]
    .iter()
    .flat_map(|check| check(source))
    .collect()
}

/// `sqlx` in `rows.rs`, the journal and the binary; its error may be named anywhere, it is one of our three.
fn sql_stays_in_rows(source: &Source) -> Vec<Fault> {
    let may = source.name() == "rows.rs"
        || source.is_test()
        || ["crates/journal/", "crates/answerable/", "crates/xtask/"]
            .iter()
            .any(|room| source.path.starts_with(room));
    if may {
        return Vec::new();
    }
    source
        .code()
        .filter(|(_, line)| uses(&line.replace("sqlx::Error", ""), "sqlx"))
        .map(|(line, _)| Fault::at(source, line, "sqlx belongs in rows.rs (or the journal)"))
        .collect()
}

/// `axum` and `askama` in `pages.rs` and, where its page structs outgrow it, `views.rs` beside it
/// (decisions/0007); in `web` and the binary; a room's `routes()` may name the router.
fn pages_stay_in_pages(source: &Source) -> Vec<Fault> {
    let may = matches!(source.name(), "pages.rs" | "views.rs")
        || source.is_test()
        || ["crates/web/", "crates/answerable/", "crates/xtask/"]
            .iter()
            .any(|room| source.path.starts_with(room));
    if may {
        return Vec::new();
    }
    let tells_routes = matches!(source.name(), "lib.rs" | "mod.rs");
    let mut faults = Vec::new();
    for (number, line) in source.code() {
        let line = if tells_routes { line.replace("axum::Router", "") } else { line.to_owned() };
        for library in ["axum", "askama"] {
            if uses(&line, library) {
                faults.push(Fault::at(source, number, format!("{library} belongs in pages.rs (or web)")));
            }
        }
    }
    faults
}

/// Whether the line names the library as a path: `sqlx::query` or `use sqlx;`.
fn uses(line: &str, library: &str) -> bool {
    line.match_indices(library).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = &line[at + library.len()..];
        !before.is_some_and(|c| c.is_alphanumeric() || "_\"`".contains(c))
            && (after.starts_with("::") || after.starts_with(';') || after.starts_with(" as "))
    })
}

fn not_too_long(source: &Source) -> Vec<Fault> {
    let lines = source.text.lines().count();
    if lines <= LINES_A_FILE {
        return Vec::new();
    }
    vec![Fault::at(source, 0, format!("{lines} lines, more than {LINES_A_FILE}: it is two nouns"))]
}

/// By eye, as rustfmt leaves it: from a line that opens a function to the brace at the same depth.
fn functions_are_short(source: &Source) -> Vec<Fault> {
    if source.is_test() {
        return Vec::new();
    }
    let lines: Vec<(usize, &str)> = source.lines_of_product().collect();
    let mut faults = Vec::new();
    for (index, (number, line)) in lines.iter().enumerate() {
        let depth = line.len() - line.trim_start().len();
        if !opens_a_function(line.trim_start()) {
            continue;
        }
        let closing = format!("{}}}", " ".repeat(depth));
        let length = lines[index..].iter().position(|(_, line)| {
            *line == closing
                || line.trim_end().ends_with(';') && line.len() - line.trim_start().len() == depth
        });
        let length = length.map_or(0, |last| last + 1);
        if length > LINES_A_FUNCTION {
            faults.push(Fault::at(
                source,
                *number,
                format!("a function of {length} lines, more than {LINES_A_FUNCTION}"),
            ));
        }
    }
    faults
}

fn opens_a_function(line: &str) -> bool {
    let mut words = line.split_whitespace().skip_while(|word| {
        word.starts_with("pub") || matches!(*word, "async" | "const" | "unsafe" | "in" | "crate)" | "super)")
    });
    words.next() == Some("fn") && !line.ends_with('}')
}

fn the_story_comes_first(source: &Source) -> Vec<Fault> {
    let told = source.text.lines().find(|line| !line.trim().is_empty() && !line.starts_with("#!["));
    match told {
        Some(line) if line.starts_with("//!") => Vec::new(),
        _ => vec![Fault::at(source, 1, "a module begins with //!, what it is in the police's words")],
    }
}

fn nothing_half_done(source: &Source) -> Vec<Fault> {
    let marks = ["todo!(", "unimplemented!(", "dbg!("];
    let outside_tests = [".unwrap()"];
    let mut faults = Vec::new();
    for (number, line) in source.code() {
        // A mark between quotes is a word, not a call: this very file names them all.
        let calls = |mark: &&&str| line.contains(**mark) && !line.contains(&format!("\"{}\"", **mark));
        let unwraps: &[&str] = if source.is_test() { &[] } else { &outside_tests };
        for mark in marks.iter().filter(calls).chain(unwraps.iter().filter(calls)) {
            faults.push(Fault::at(source, number, format!("{mark} has no place here")));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> Source {
        Source { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn sql_outside_rows_is_found() {
        let bad = "//! Pages.\nuse sqlx::query;\nfn f() -> Result<(), sqlx::Error> {}\n// sqlx::x\n";
        assert_eq!(sql_stays_in_rows(&file("crates/plan/src/target/pages.rs", bad)).len(), 1);
        assert_eq!(sql_stays_in_rows(&file("crates/plan/src/target/rows.rs", bad)), []);
        assert_eq!(sql_stays_in_rows(&file("crates/journal/src/store.rs", bad)), []);
        assert_eq!(sql_stays_in_rows(&file("crates/plan/tests/fold.rs", bad)), []);
    }

    #[test]
    fn pages_outside_pages_are_found() {
        let bad =
            "//! Rules.\nuse axum::Json;\nuse askama::Template;\npub fn routes() -> axum::Router<Site> {}\n";
        assert_eq!(pages_stay_in_pages(&file("crates/plan/src/target/rules.rs", bad)).len(), 3);
        assert_eq!(pages_stay_in_pages(&file("crates/plan/src/lib.rs", bad)).len(), 2);
        assert_eq!(pages_stay_in_pages(&file("crates/plan/src/target/pages.rs", bad)), []);
        assert!(!uses("let s = \"askama::x\"; // words", "axum"));
    }

    #[test]
    fn a_long_file_is_found() {
        let long = "//! Long.\n".repeat(LINES_A_FILE + 1);
        assert_eq!(not_too_long(&file("crates/plan/src/a.rs", &long)).len(), 1);
        assert_eq!(not_too_long(&file("crates/plan/src/a.rs", &long[10..])), []);
    }

    #[test]
    fn a_long_function_is_found() {
        let body = "        step();\n".repeat(LINES_A_FUNCTION - 1);
        let long = format!("impl A {{\n    pub(crate) async fn f() {{\n{body}    }}\n    fn g() {{}}\n}}\n");
        let faults = functions_are_short(&file("crates/plan/src/a.rs", &long));
        assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [2]);
        let short = long.replacen("        step();\n", "", 1);
        assert_eq!(functions_are_short(&file("crates/plan/src/a.rs", &short)), []);
        let in_tests = format!("#[cfg(test)]\nmod tests {{\n{long}}}\n");
        assert_eq!(functions_are_short(&file("crates/plan/src/a.rs", &in_tests)), []);
    }

    #[test]
    fn a_module_without_a_story_is_found() {
        assert_eq!(the_story_comes_first(&file("crates/plan/src/a.rs", "use std::fs;\n")).len(), 1);
        assert_eq!(the_story_comes_first(&file("crates/plan/src/a.rs", "")).len(), 1);
        assert_eq!(the_story_comes_first(&file("crates/plan/src/a.rs", "//! A.\n")), []);
    }

    #[test]
    fn half_done_work_is_found() {
        let bad = format!(
            "fn f() {{ {}; }}\nfn g() {{ x{} }}\n#[cfg(test)]\nfn h() {{ x{} }}\n",
            "todo!()", ".unwrap()", ".unwrap()"
        );
        assert_eq!(nothing_half_done(&file("crates/plan/src/a.rs", &bad)).len(), 2);
        assert_eq!(nothing_half_done(&file("crates/plan/tests/a.rs", &bad)).len(), 1);
    }

    #[test]
    fn only_rust_is_looked_at() {
        assert_eq!(check(&file("crates/plan/src/a.html", "use sqlx::query;")), []);
        assert!(!check(&file("crates/plan/src/a.rs", "use sqlx::query;")).is_empty());
    }
}

//! Everything but Rust: templates without inline script or style, no machine's own paths, the map complete, and no
//! brand that is not ours in what we ship.

use super::{Fault, Source};
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// Everything that can be said about one file by itself.
pub fn check(source: &Source) -> Vec<Fault> {
    [no_inline_script_or_style, no_machine_path, no_registry_in_the_lock]
        .iter()
        .flat_map(|check| check(source))
        .collect()
}

/// The content security policy would block it, and only in the browser.
fn no_inline_script_or_style(source: &Source) -> Vec<Fault> {
    if !source.is("html") || source.is_test() {
        return Vec::new();
    }
    let mut faults = Vec::new();
    for (number, line) in source.text.lines().enumerate() {
        let inline_script = line.contains("<script") && !line.contains("src=");
        let handler = line.split_whitespace().any(|word| word.starts_with("on") && word.contains("=\""));
        if line.contains("<style") || line.contains(" style=") || inline_script || handler {
            faults.push(Fault::at(
                source,
                number + 1,
                "no inline script or style: the content security policy forbids it",
            ));
        }
    }
    faults
}

/// A path of one machine breaks on the next.
fn no_machine_path(source: &Source) -> Vec<Fault> {
    // Put together here, so that this file does not find itself.
    let homes = ["root", "home", "work", "Users"].map(|home| format!("/{home}/"));
    let mut faults = Vec::new();
    for (number, line) in source.text.lines().enumerate() {
        for home in &homes {
            let found = line.match_indices(home.as_str()).any(|(at, _)| {
                let before = line[..at].chars().next_back();
                before.is_none_or(|c| c.is_whitespace() || "\"'`=(:".contains(c))
            });
            if found {
                faults.push(Fault::at(source, number + 1, format!("a path of one machine: {home}…")));
            }
        }
    }
    faults
}

/// The lock file serves every mirror only while it names none.
fn no_registry_in_the_lock(source: &Source) -> Vec<Fault> {
    if source.path != "package-lock.json" || !source.text.contains("\"resolved\"") {
        return Vec::new();
    }
    vec![Fault::at(source, 0, "names the registry: npm install with our .npmrc writes it without")]
}

/// ARCHITECTURE.md names every room, once there is one.
pub fn every_room_is_on_the_map(sources: &[Source]) -> Vec<Fault> {
    let Some(map) = sources.iter().find(|source| source.path == "ARCHITECTURE.md") else {
        return Vec::new();
    };
    let mut rooms: Vec<&str> = sources
        .iter()
        .filter_map(|source| source.path.strip_prefix("crates/")?.split_once("/src/"))
        .map(|(room, _)| room)
        .collect();
    rooms.sort_unstable();
    rooms.dedup();
    rooms.retain(|room| !map.text.contains(&format!("`{room}`")) && !map.text.contains(&format!("{room}/")));
    rooms.iter().map(|room| Fault::at(map, 0, format!("does not name the room {room}"))).collect()
}

/// GOV.UK's font, crown and crest may not be used off GOV.UK; looks at the bytes of what we ship.
pub fn no_foreign_brand(root: &Path) -> Result<Vec<Fault>> {
    let mut faults = Vec::new();
    for folder in ["assets", "assets/fonts", "crates/web/static"] {
        let folder = root.join(folder);
        if !folder.is_dir() {
            continue; // not made yet
        }
        for entry in
            fs::read_dir(&folder).with_context(|| format!("{} could not be listed", folder.display()))?
        {
            let path = entry?.path();
            if path.is_file() {
                let shown = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned();
                let text = String::from_utf8_lossy(&fs::read(&path)?).into_owned();
                faults.extend(brand(&Source { path: shown, text }));
            }
        }
    }
    Ok(faults)
}

fn brand(source: &Source) -> Vec<Fault> {
    let text = source.text.to_lowercase();
    let name = source.name().to_lowercase();
    let marks =
        ["gds transport", "gdstransport", "govuk-crest", "logotype-crown", "moj-crest", "moj-logotype"];
    let in_text = marks.iter().filter(|mark| text.contains(**mark));
    let in_name = ["crown", "crest", "gds-transport"].iter().filter(|mark| name.contains(**mark));
    in_text.chain(in_name).map(|mark| Fault::at(source, 0, format!("{mark}: not ours to use"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> Source {
        Source { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn inline_script_and_style_are_found() {
        let bad = "<p style=\"x\">\n<script>x</script>\n<style>\n<a onclick=\"x\">\n<script src=\"/assets/app.js\"></script>\n<a href=\"x\">on</a>";
        let found: Vec<usize> =
            no_inline_script_or_style(&file("crates/web/src/a.html", bad)).iter().map(|f| f.line).collect();
        assert_eq!(found, [1, 2, 3, 4]);
    }

    #[test]
    fn a_path_of_one_machine_is_found() {
        let bad = format!("let a = \"/{}/main\";\nlet b = \"a/{}/c\";\n", "work", "home");
        let found: Vec<usize> =
            no_machine_path(&file("crates/plan/src/a.rs", &bad)).iter().map(|f| f.line).collect();
        assert_eq!(found, [1]);
    }

    #[test]
    fn a_registry_in_the_lock_file_is_found() {
        assert_eq!(no_registry_in_the_lock(&file("package-lock.json", "{\"resolved\": \"x\"}")).len(), 1);
        assert_eq!(no_registry_in_the_lock(&file("package-lock.json", "{}")), []);
    }

    #[test]
    fn a_room_that_the_map_forgets_is_found() {
        let room = || file("crates/plan/src/lib.rs", "");
        let whole = file("ARCHITECTURE.md", "`plan` is …");
        assert_eq!(every_room_is_on_the_map(&[room(), file("ARCHITECTURE.md", "nothing")]).len(), 1);
        assert_eq!(every_room_is_on_the_map(&[room(), whole]), []);
        assert_eq!(every_room_is_on_the_map(&[room()]), []);
    }

    #[test]
    fn a_foreign_brand_is_found() {
        assert_eq!(brand(&file("assets/govuk.css", "font-family:\"GDS Transport\"")).len(), 1);
        assert_eq!(brand(&file("assets/govuk-crest.svg", "")).len(), 1);
        assert_eq!(brand(&file("assets/app.css", "font-family:\"Inter\"")), []);
    }
}

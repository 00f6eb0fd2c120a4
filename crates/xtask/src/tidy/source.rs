//! The files of the checkout that people write: paths from the root, with forward slashes.

use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// Made by tools or kept out of git.
const NOT_OURS: [&str; 6] = ["target", "node_modules", "assets", "data", ".git", "tmp"];
const READ: [&str; 13] =
    ["rs", "html", "md", "sql", "scss", "js", "mjs", "sh", "toml", "json", "svg", "xml", "run"];

/// One file and its text.
pub struct Source {
    /// From the root of the checkout.
    pub path: String,
    /// What it says.
    pub text: String,
}

impl Source {
    /// Its last name: `rows.rs`.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// Whether its name ends so.
    pub fn is(&self, extension: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|own| own == extension)
    }

    /// Tests, benchmarks and what serves only them.
    pub fn is_test(&self) -> bool {
        self.path.contains("/tests/")
            || self.path.starts_with("tests/")
            || self.path.contains("/benches/")
            || ["tests.rs", "testing.rs", "_test.rs", "_tests.rs"].iter().any(|end| self.path.ends_with(end))
    }

    /// The numbered lines before the file's own tests, which stand at its end.
    pub fn lines_of_product(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(index, line)| (index + 1, line));
        lines.take_while(|(_, line)| line.trim() != "#[cfg(test)]")
    }

    /// The same without comments.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines_of_product().filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

/// All of them, sorted by path.
pub fn sources(root: &Path) -> Result<Vec<Source>> {
    let mut found = Vec::new();
    walk(root, root, &mut found)?;
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<Source>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("{} could not be listed", folder.display()))? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_dir() {
            if !(folder == root && NOT_OURS.contains(&name)) && name != "target" {
                walk(root, &path, found)?;
            }
        } else if name == "Makefile"
            || READ.iter().any(|extension| path.extension().is_some_and(|own| own == *extension))
            || name == "run"
        {
            let text = fs::read(&path).with_context(|| format!("{} could not be read", path.display()))?;
            let path =
                path.strip_prefix(root).context("inside the checkout")?.to_string_lossy().replace('\\', "/");
            found.push(Source { path, text: String::from_utf8_lossy(&text).into_owned() });
        }
    }
    Ok(())
}

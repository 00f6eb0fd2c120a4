//! What the browser gets: npm packages as `package-lock.json` pins them, Sass compiled, fonts and scripts copied.
//!
//! All of it lands in `assets/`, which git ignores and the binary embeds. No GDS Transport, no crown, no crest
//! (LOOK.md, section 1): `tidy` looks for them. `assets/stamp` names the inputs that it was made from; while they
//! are the same nothing is done, and the pages use it as the version in `?v=`.

use anyhow::{Context, Result, bail};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

const SHEETS: [&str; 3] = ["govuk", "moj", "app"];

/// Copied as they are: from `node_modules`, to `assets/fonts`. The OFL asks for its text beside the fonts.
const FONTS: [(&str, &str); 5] = [
    ("@fontsource-variable/inter/files/inter-latin-wght-normal.woff2", "inter-latin-wght-normal.woff2"),
    ("@fontsource-variable/inter/LICENSE", "inter-licence.txt"),
    (
        "@expo-google-fonts/atkinson-hyperlegible-next/400Regular/AtkinsonHyperlegibleNext_400Regular.ttf",
        "AtkinsonHyperlegibleNext-Regular.ttf",
    ),
    (
        "@expo-google-fonts/atkinson-hyperlegible-next/700Bold/AtkinsonHyperlegibleNext_700Bold.ttf",
        "AtkinsonHyperlegibleNext-Bold.ttf",
    ),
    ("@expo-google-fonts/atkinson-hyperlegible-next/LICENSE_FONT", "atkinson-licence.txt"),
];

/// Makes `assets/` unless it is up to date.
pub fn make(root: &Path) -> Result<()> {
    let assets = root.join("assets");
    let stamp = stamp(root)?;
    let up_to_date = fs::read_to_string(assets.join("stamp")).is_ok_and(|was| was == stamp)
        && outputs().iter().all(|name| assets.join(name).is_file());
    if up_to_date {
        println!("assets are up to date ({stamp})");
        return Ok(());
    }
    packages(root)?;
    fs::create_dir_all(assets.join("fonts")).context("assets/ could not be made")?;
    // Gone first: if a step below fails, the next run must not believe it.
    fs::remove_file(assets.join("stamp")).ok();
    styles()?;
    for (from, to) in FONTS {
        copy(&root.join("node_modules").join(from), &assets.join("fonts").join(to))?;
    }
    for script in scripts(root)? {
        let name = script.file_name().context("a script has a name")?;
        let text =
            fs::read_to_string(&script).with_context(|| format!("{} could not be read", script.display()))?;
        fs::write(assets.join(name), versioned(&text, &stamp))
            .with_context(|| format!("{} could not be written", name.display()))?;
    }
    for own in files(&root.join("crates/web/static"))? {
        let name = own.file_name().context("a static file has a name")?;
        copy(&own, &assets.join(name))?;
    }
    fs::write(assets.join("stamp"), &stamp).context("assets/stamp could not be written")?;
    println!("assets made ({stamp})");
    Ok(())
}

fn outputs() -> Vec<String> {
    SHEETS
        .iter()
        .map(|sheet| format!("{sheet}.css"))
        .chain(FONTS.iter().map(|(_, to)| format!("fonts/{to}")))
        .chain(["app.js", "icon.svg"].map(String::from))
        .collect()
}

/// `npm ci`, when `node_modules` was not made from this very lock file.
fn packages(root: &Path) -> Result<()> {
    let lock =
        fs::read_to_string(root.join("package-lock.json")).context("package-lock.json could not be read")?;
    let mark = root.join("node_modules/.made-from");
    if fs::read_to_string(&mark).is_ok_and(|was| was == lock) {
        return Ok(());
    }
    println!("npm ci --ignore-scripts (pinned by package-lock.json)");
    crate::run("npm", &["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])?;
    fs::write(mark, lock).context("node_modules could not be marked")
}

fn styles() -> Result<()> {
    let sheets = SHEETS.map(|sheet| format!("styles/{sheet}.scss:assets/{sheet}.css"));
    let mut arguments = vec!["node_modules/sass/sass.js", "--no-source-map", "--style=compressed", "--quiet"];
    // moj-frontend imports govuk-frontend as "node_modules/…", hence the second path.
    arguments.extend(["--load-path=node_modules", "--load-path=."]);
    arguments.extend(sheets.iter().map(String::as_str));
    crate::run("node", &arguments)
}

/// Browsers keep an asset for a year, so a script asks for its parts by version too.
fn versioned(script: &str, stamp: &str) -> String {
    script.replace(".js\";", &format!(".js?v={stamp}\";"))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    let bytes = fs::read(from).with_context(|| format!("{} could not be read", from.display()))?;
    fs::write(to, bytes).with_context(|| format!("{} could not be written", to.display()))
}

/// A short name for everything the assets are made from.
fn stamp(root: &Path) -> Result<String> {
    let mut inputs = vec![root.join("package-lock.json"), root.join("crates/xtask/src/assets.rs")];
    inputs.extend(files(&root.join("styles"))?);
    inputs.extend(files(&root.join("styles/app"))?);
    inputs.extend(scripts(root)?);
    inputs.extend(files(&root.join("crates/web/static"))?);
    let mut hasher = DefaultHasher::new();
    for input in inputs {
        input.file_name().hash(&mut hasher);
        fs::read(&input).with_context(|| format!("{} could not be read", input.display()))?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn scripts(root: &Path) -> Result<Vec<PathBuf>> {
    let mut scripts = files(&root.join("scripts"))?;
    scripts.retain(|file| file.extension().is_some_and(|extension| extension == "js"));
    if scripts.is_empty() {
        bail!("scripts/ holds no module");
    }
    Ok(scripts)
}

/// The files in one folder, sorted, so that the stamp does not depend on the file system.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{} could not be listed", folder.display()))? {
        let path = entry?.path();
        if path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_asks_for_its_parts_by_version() {
        let script = "import { keys } from \"./keys.js\";\nkeys();\n";
        assert_eq!(versioned(script, "a1"), "import { keys } from \"./keys.js?v=a1\";\nkeys();\n");
    }
}

//! Which keys do what, and which may not be taken. Pure.

use std::collections::BTreeMap;

use journal::Refusal;
use serde::Serialize;

/// Something that a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Action {
    /// Its key in rows and scripts.
    pub key: &'static str,
    /// What it does.
    pub words: &'static str,
    /// The keys it has until somebody changes them.
    pub keys: &'static str,
}

const fn action(key: &'static str, words: &'static str, keys: &'static str) -> Action {
    Action { key, words, keys }
}

/// All of them, in the order of the screen (LOOK 3).
pub const ACTIONS: [Action; 10] = [
    action("pane1", "Caller", "Alt+1"),
    action("pane2", "Location", "Alt+2"),
    action("pane3", "What the caller says", "Alt+3"),
    action("pane4", "THRIVE assessment", "Alt+4"),
    action("pane5", "Suggested response", "Alt+5"),
    action("pane6", "Before you end the contact", "Alt+6"),
    action("pane7", "Earlier contacts and incidents", "Alt+7"),
    action("immediate", "Make emergency", "Alt+E"),
    action("main", "The main action of the screen", "Ctrl+Enter"),
    action("save", "Save", "Alt+S"),
];

/// Keys that the browser keeps for itself: a page that took them would take somebody's way out.
const BROWSERS: [&str; 16] = [
    "Ctrl+T", "Ctrl+W", "Ctrl+N", "Ctrl+L", "Ctrl+R", "Ctrl+P", "Ctrl+F", "Ctrl+C", "Ctrl+V", "Ctrl+X",
    "Ctrl+Z", "Ctrl+A", "Ctrl+K", "Alt+D", "Alt+F4", "Ctrl+Tab",
];

/// What each action's keys are: those changed, or else its own.
pub fn in_force(changed: &BTreeMap<String, String>) -> Vec<(Action, String)> {
    ACTIONS
        .iter()
        .map(|one| (*one, changed.get(one.key).cloned().unwrap_or_else(|| one.keys.to_owned())))
        .collect()
}

/// The keys as typed, put in order: "alt + 1" is "Alt+1"; empty turns the action off.
pub fn read(typed: &BTreeMap<String, String>) -> Result<BTreeMap<String, String>, Refusal> {
    let mut read: BTreeMap<String, String> = BTreeMap::new();
    for one in ACTIONS {
        let keys = combination(one, typed.get(one.key).map_or("", String::as_str))?;
        let twice = read.iter().find(|(_, other)| !keys.is_empty() && **other == keys);
        if let Some((other, _)) = twice {
            let other = ACTIONS.iter().find(|one| one.key == other).map_or("", |one| one.words);
            return Err(Refusal::of(
                one.key,
                format!("{keys} is the key of “{other}” already. Choose another."),
            ));
        }
        read.insert(one.key.to_owned(), keys);
    }
    Ok(read)
}

fn combination(action: Action, typed: &str) -> Result<String, Refusal> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(String::new());
    }
    let parts: Vec<String> = typed.split('+').map(|part| part.trim().to_lowercase()).collect();
    let (last, before) = parts.split_last().expect("a split gives at least one part");
    let has = |key: &str| before.iter().any(|part| part == key);
    let is_odd = before.iter().any(|part| !matches!(part.as_str(), "ctrl" | "alt"));
    let mut letters = last.chars();
    let key = match (letters.next(), letters.next()) {
        (Some(one), None) if one.is_ascii_alphanumeric() => one.to_ascii_uppercase().to_string(),
        _ if last == "enter" => "Enter".to_owned(),
        _ => String::new(),
    };
    if key.is_empty() || is_odd || before.is_empty() {
        let sentence = format!(
            "“{typed}” is no combination that can be used. Write Alt or Ctrl, a plus, and a letter, a digit or Enter, as Alt+1; or leave it empty to turn it off."
        );
        return Err(Refusal::of(action.key, sentence));
    }
    let keys =
        format!("{}{}{key}", if has("ctrl") { "Ctrl+" } else { "" }, if has("alt") { "Alt+" } else { "" });
    let is_digit_tab = has("ctrl") && !has("alt") && key.bytes().all(|b| b.is_ascii_digit());
    if BROWSERS.contains(&keys.as_str()) || is_digit_tab {
        let sentence = format!("{keys} belongs to the browser or to finding. Choose another.");
        return Err(Refusal::of(action.key, sentence));
    }
    Ok(keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(action: &str, keys: &str) -> BTreeMap<String, String> {
        let mut all: BTreeMap<String, String> =
            ACTIONS.iter().map(|one| (one.key.to_owned(), one.keys.to_owned())).collect();
        all.insert(action.to_owned(), keys.to_owned());
        all
    }

    #[test]
    fn keys_are_read_as_people_write_them_and_turned_off_by_nothing() {
        for (keys, expected) in
            [("alt + 9", "Alt+9"), ("Alt+Ctrl+m", "Ctrl+Alt+M"), ("", ""), ("ctrl+enter", "Ctrl+Enter")]
        {
            let action = if expected == "Ctrl+Enter" { "main" } else { "immediate" };
            assert_eq!(read(&typed(action, keys)).unwrap()[action], expected);
        }
    }

    #[test]
    fn a_key_that_cannot_be_had_is_refused_at_its_field() {
        for (keys, told) in [
            ("E", "no combination"),
            ("Shift+E", "no combination"),
            ("Alt+Home", "no combination"),
            ("Alt+1", "already"),
            ("Ctrl+T", "browser"),
            ("Ctrl+3", "browser"),
            ("Alt+F4", "no combination"),
        ] {
            let refusal = read(&typed("immediate", keys)).unwrap_err();
            assert_eq!(refusal.field, "immediate", "{keys}");
            assert!(refusal.sentence.contains(told), "{keys}: {refusal}");
        }
    }
}

//! How somebody wants to be reached, and never, in words. Pure.

use jiff::civil::Time;

use super::rules::{Preference, Unsafe};

/// For the police’s own eyes: with the reasons.
pub fn told(preference: &Preference) -> Vec<String> {
    let never = preference.unsafe_ways.iter().map(|one| format!("{}: {}", never(one), one.why.shown()));
    let preferred = preference.preferred.first().map(|way| format!("Prefers {}", way.words().to_lowercase()));
    never.chain(safe(preference)).chain(preferred).collect()
}

/// For somebody outside the police who will reach them: what is never safe and when, and neither why nor where.
pub fn cautions(preferences: &[Preference]) -> Vec<String> {
    let mut all = Vec::new();
    for words in preferences.iter().flat_map(|one| one.unsafe_ways.iter().map(never).chain(safe(one))) {
        if !all.contains(&words) {
            all.push(words);
        }
    }
    all
}

fn never(one: &Unsafe) -> String {
    let when = one.hours.map_or_else(String::new, |span| format!(", {}", hours(span)));
    format!("Never by {}{when}", one.way.words().to_lowercase())
}

fn safe(preference: &Preference) -> Option<String> {
    preference.safe_hours.map(|span| format!("Safe {} only", hours(span)))
}

fn hours((from, until): (Time, Time)) -> String {
    format!("{} to {}", from.strftime("%H:%M"), until.strftime("%H:%M"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preference::rules::Way;

    fn time(text: &str) -> Time {
        text.parse().unwrap()
    }

    #[test]
    fn the_police_are_told_why_and_others_only_what() {
        let text = Unsafe {
            way: Way::Text,
            to: Some("07700 900123".to_owned().into()),
            hours: Some((time("22:00"), time("06:00"))),
            why: "He reads her messages".to_owned().into(),
        };
        let said = Preference {
            preferred: vec![Way::Email, Way::Call],
            unsafe_ways: vec![text],
            safe_hours: Some((time("09:00"), time("15:00"))),
            interviewer: String::new(),
        };
        assert_eq!(
            told(&said),
            [
                "Never by text, 22:00 to 06:00: He reads her messages",
                "Safe 09:00 to 15:00 only",
                "Prefers email"
            ]
        );
        let again = [said.clone(), said];
        assert_eq!(cautions(&again), ["Never by text, 22:00 to 06:00", "Safe 09:00 to 15:00 only"]);
        assert!(cautions(&[]).is_empty());
    }
}

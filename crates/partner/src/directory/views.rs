//! The directory as it is shown.

use askama::Template;
use contact::{codes::words, thrive::definition::definition as thrive};
use jiff::Timestamp;
use journal::day_of;
use serde::{Deserialize, Serialize};
use users::User;
use web::{Choice, Frame, Section};

use crate::{
    definition::{Agency, definitions, kind_words},
    hours::{self, Open, open},
    referral::words::hours_words,
    suggestion::rules::open_words,
};

/// What the address holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// Words of the name, of what it does, or of what it takes.
    pub words: String,
    /// A key of a kind.
    pub kind: String,
    /// The letter of a division.
    pub division: String,
}

/// An agency.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub line: String,
    /// What it takes.
    pub takes: Vec<String>,
    /// With what it is suggested.
    pub suggested_for: Vec<String>,
    /// Where it is.
    pub divisions: String,
    /// Its hours.
    pub hours: Vec<String>,
    /// Whether anybody is there now.
    pub is_open: bool,
    /// The same in words.
    pub open: String,
    /// Its number.
    pub phone: String,
    /// How it is reached.
    pub reached: String,
    /// Whether no source gives it.
    pub is_guess: bool,
    /// The list of what was referred to it.
    pub referrals: String,
}

/// A kind of referral, and what it asks for.
#[derive(Debug, Serialize)]
pub struct KindRow {
    /// Its key.
    pub key: String,
    /// Its name.
    pub words: String,
    /// What it is for.
    pub about: String,
    /// What is needed.
    pub needs: String,
}

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "directory/list.html")]
pub struct DirectoryPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The filter.
    pub query: Query,
    /// The version of the file.
    pub version: i64,
    /// The agencies.
    pub rows: Vec<Row>,
    /// The kinds of referral.
    pub kinds: Vec<KindRow>,
    /// Whether anything narrows it.
    pub is_filtered: bool,
    /// Choices of the filter.
    #[serde(skip)]
    pub kind_choices: Vec<Choice>,
    /// Choices of the filter.
    #[serde(skip)]
    pub divisions: Vec<Choice>,
}

/// The agencies that are there today and that the query means.
pub fn directory_page(now: Timestamp, who: &User, query: Query) -> DirectoryPage {
    let today = day_of(now);
    let all = definitions();
    let rows = all.agency.iter().filter(|one| one.is_valid_on(today)).map(|one| (one, row(one, now)));
    let rows = rows.filter(|(agency, row)| is_meant(agency, row, &query)).map(|(_, row)| row).collect();
    let any = |chosen: &str| std::iter::once(Choice::of("", "Any", chosen));
    let kinds = all.kind.iter().map(|one| Choice::of(&one.key, &one.words, &query.kind));
    let units = contact::unit::valid(today);
    let letters = units.iter().filter(|unit| !unit.letter.is_empty());
    let letters = letters
        .map(|unit| Choice::of(&unit.letter, format!("{} {}", unit.letter, unit.name), &query.division));
    DirectoryPage {
        frame: Frame::of("Partner agencies", Section::Referrals).seen_by(who.signed()),
        version: all.version,
        rows,
        kinds: all.kind.iter().filter(|one| one.is_valid_on(today)).map(kind_row).collect(),
        is_filtered: query != Query::default(),
        kind_choices: any(&query.kind).chain(kinds).collect(),
        divisions: any(&query.division).chain(letters).collect(),
        query,
    }
}

fn row(agency: &Agency, now: Timestamp) -> Row {
    let markers = agency.markers.iter().map(|marker| words(&thrive().marker, marker).to_owned());
    let levels = agency
        .element
        .iter()
        .map(|one| format!("{} from {} on", one.key.words(), one.least.words().to_lowercase()));
    let open = open(&agency.open, now);
    Row {
        key: agency.key.clone(),
        name: agency.name.clone(),
        line: agency.line.clone(),
        takes: agency.takes.iter().map(|kind| kind_words(kind).to_owned()).collect(),
        suggested_for: markers.chain(levels).collect(),
        divisions: if agency.divisions.is_empty() {
            "All divisions".to_owned()
        } else {
            format!("Divisions {}", agency.divisions.join(", "))
        },
        hours: hours::words(&agency.open),
        is_open: open == Open::Now,
        open: open_words(open),
        phone: agency.phone.clone(),
        reached: agency.reached.clone(),
        is_guess: agency.guess,
        referrals: format!("/referrals?agency={}", agency.key),
    }
}

fn is_meant(agency: &Agency, row: &Row, query: &Query) -> bool {
    let text = format!("{} {} {} {}", row.name, row.line, row.takes.join(" "), row.suggested_for.join(" "));
    let text = text.to_lowercase();
    let wanted = query.words.to_lowercase();
    wanted.split_whitespace().all(|word| text.contains(word))
        && (query.kind.is_empty() || agency.takes(&query.kind))
        && agency.serves(&query.division)
}

fn kind_row(kind: &crate::definition::Kind) -> KindRow {
    let mut needs = Vec::new();
    if let Some(least) = kind.least_age {
        needs.push(format!("{least} and over"));
    }
    needs.push(match (kind.needs_consent, kind.may_override) {
        (false, _) => "no consent".to_owned(),
        (true, true) => "consent, or a recorded ground".to_owned(),
        (true, false) => "consent".to_owned(),
    });
    needs.push(format!("a reply within {}", hours_words(kind.reply_hours)));
    KindRow {
        key: kind.key.clone(),
        words: kind.words.clone(),
        about: kind.about.clone(),
        needs: needs.join(", "),
    }
}

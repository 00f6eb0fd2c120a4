//! The import as it is shown: choosing a file, its faults, and what it would change.

use askama::Template;
use contact::unit;
use journal::{Id, Refusal};
use serde::Serialize;
use users::User;
use web::{Field, Frame, Kind, Section, Typed};

use super::{
    rules::{Compared, Fate, Fault, Wrong},
    table::COLUMNS,
};
use crate::{definition::limits, diary::rules::Diary};

/// The fields that go with a file, and come back with what would change.
const CARRIED: [&str; 6] = ["diary", "becomes", "reason", "slot_minutes", "modes", "officers"];

fn crumbs() -> Vec<(String, String)> {
    vec![("/diaries".to_owned(), "Diaries".to_owned()), (String::new(), "Import".to_owned())]
}

/// Choosing a file.
#[derive(Debug, Template, Serialize)]
#[template(path = "import/start.html")]
pub struct StartPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// Where one is.
    #[serde(skip)]
    pub crumbs: Vec<(String, String)>,
    /// The columns of a table.
    pub columns: String,
    /// What was pasted.
    #[serde(skip)]
    pub pasted: String,
    /// What a calendar needs besides.
    pub fields: Vec<Field>,
    /// Why it was refused.
    pub refusals: Vec<Refusal>,
    /// What is wrong with the file.
    pub faults: Vec<Fault>,
}

impl StartPage {
    fn error(&self, field: &str) -> Option<&str> {
        self.refusals.iter().find(|refusal| refusal.field == field).map(|refusal| refusal.sentence.as_ref())
    }

    /// With why it was refused.
    #[must_use]
    pub fn wrong(mut self, wrong: &Wrong) -> Self {
        self.frame.title = format!("Problem: {}", self.frame.title);
        match wrong {
            Wrong::Field(refusal) => {
                if let Some(field) = self.fields.iter_mut().find(|field| field.name == refusal.field) {
                    field.error = Some(refusal.sentence.to_string());
                }
                self.refusals.push(refusal.clone());
            }
            Wrong::Lines(faults) => self.faults.clone_from(faults),
        }
        self
    }
}

/// The page on which a file is chosen.
pub fn start_page(who: &User, diaries: &[(Id, Diary)], typed: &Typed) -> StartPage {
    StartPage {
        frame: Frame::of("Import a diary", Section::Diaries).seen_by(who.signed()),
        crumbs: crumbs(),
        columns: COLUMNS.join(", "),
        pasted: typed.get("pasted").to_owned(),
        fields: fields(diaries, typed),
        refusals: Vec::new(),
        faults: Vec::new(),
    }
}

fn fields(diaries: &[(Id, Diary)], typed: &Typed) -> Vec<Field> {
    let mut filled = Typed::default()
        .with("slot_minutes", limits().slot_minutes.to_string())
        .with("modes", "home, station");
    filled.0.extend(typed.0.clone());
    let t = &filled;
    let blank = |words: &str| std::iter::once((String::new(), words.to_owned()));
    let all = diaries
        .iter()
        .map(|(id, diary)| (id.to_string(), format!("{}, {}", diary.station, unit::name(&diary.unit))));
    let becomes = [("blocks", "Blocked times"), ("shifts", "Shifts")];
    let becomes = becomes.map(|(value, words)| (value.to_owned(), words.to_owned()));
    vec![
        Field::one("diary", "Diary", "Of which the calendar is", blank("Choose a diary").chain(all), t),
        Field::one("becomes", "Its events become", "", blank("Choose one").chain(becomes), t),
        Field::line("reason", "Reason of blocked times", "One for all of them. No names: others read it", t),
        Field::line("slot_minutes", "Minutes of a slot of shifts", "", t),
        Field::line("modes", "How people are seen in shifts", "Of home, station, phone and video", t),
        Field::lines(
            "officers",
            "Officers of shifts",
            "One a line, as “woman: Sexual offences liaison”, “man” or “-”",
            3,
            t,
        ),
    ]
}

/// A line of the file, and what becomes of it.
#[derive(Debug, Serialize)]
pub struct Row {
    /// The row, or the event.
    pub row: usize,
    /// The station.
    pub station: String,
    /// What it says.
    pub told: String,
    /// What becomes of it.
    pub fate: Fate,
    /// The mark's kind and its words.
    #[serde(skip)]
    pub mark: (&'static str, &'static str),
}

/// What a file would change. Nothing has been written yet.
#[derive(Debug, Template, Serialize)]
#[template(path = "import/preview.html")]
pub struct PreviewPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// Where one is.
    #[serde(skip)]
    pub crumbs: Vec<(String, String)>,
    /// The lines.
    pub rows: Vec<Row>,
    /// The stations whose diary is opened.
    pub opened: Vec<String>,
    /// How many lines are new.
    pub new: usize,
    /// How many the diaries have, or had.
    pub same: usize,
    /// How many are past or cancelled.
    pub left_out: usize,
    /// What was shown, short: the confirmation names it.
    pub compared: String,
    /// Whether the diaries changed since it was shown before.
    pub has_moved: bool,
    /// What goes along to the confirmation: the file, and what was chosen.
    #[serde(skip)]
    pub carried: Vec<(&'static str, String)>,
}

impl PreviewPage {
    fn is_idle(&self) -> bool {
        self.new == 0
    }
}

fn mark(fate: Fate) -> (&'static str, &'static str) {
    match fate {
        Fate::New => ("new", "New"),
        Fate::Same => ("same", "There already"),
        Fate::Past => ("gone", "Past: left out"),
        Fate::Cancelled => ("gone", "Cancelled: left out"),
    }
}

/// The page of what a file would change.
pub fn preview_page(
    who: &User,
    compared: Compared,
    fingerprint: String,
    text: String,
    typed: &Typed,
) -> PreviewPage {
    let count = |fates: &[Fate]| compared.steps.iter().filter(|step| fates.contains(&step.fate)).count();
    let (new, same, left_out) =
        (count(&[Fate::New]), count(&[Fate::Same]), count(&[Fate::Past, Fate::Cancelled]));
    let carried = CARRIED.map(|name| (name, typed.get(name).to_owned()));
    let rows = compared.steps.into_iter().map(|step| Row {
        row: step.row,
        station: step.station,
        told: step.told,
        fate: step.fate,
        mark: mark(step.fate),
    });
    PreviewPage {
        frame: Frame::of("Check a diary before it is imported", Section::Diaries).seen_by(who.signed()),
        crumbs: crumbs(),
        rows: rows.collect(),
        opened: compared.opened,
        new,
        same,
        left_out,
        compared: fingerprint,
        has_moved: false,
        carried: std::iter::once(("text", text)).chain(carried).collect(),
    }
}

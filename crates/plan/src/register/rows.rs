//! Loading the register: one statement, whatever its size; and following it from one entry to a later one.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use jiff::Timestamp;
use journal::{AsAt, Id, Position, position};
use sqlx::AnyConnection;

use super::{
    items::Items,
    rules::{Item, Register},
};
use crate::{
    action, area,
    area::rules::Area,
    classification, dependency,
    inspection::{self, rules::Inspection},
    part::{Cells, Part, each, union},
    programme::{self, rules::Programme},
    recommendation::{self, rules::Recommendation},
    target,
    underway::{self, rules::Underway},
    update,
};

/// The nouns whose rows the register is made of.
const PARTS: [Part; 11] = [
    inspection::rows::PART,
    recommendation::rows::PART,
    recommendation::rows::STEPS,
    target::rows::PART,
    action::rows::PART,
    update::rows::PART,
    classification::rows::PART,
    dependency::rows::PART,
    area::rows::PART,
    programme::rows::PART,
    underway::rows::PART,
];
/// The subjects with entries after `$2`, up to `$1`.
const CHANGED: Part = Part {
    what: "changed",
    texts: &["subject"],
    number: "seq",
    from: "journal where seq > $2 and seq <= $1",
    subject: "subject",
    is_together: false,
};
/// Everything as at `$1`.
static ALL: LazyLock<String> = LazyLock::new(|| union(PARTS.iter().map(|part| (part, ""))));
/// Everything as at `$1` of the subjects with entries after `$2`, and which they are.
static TAIL: LazyLock<String> = LazyLock::new(|| {
    let changed = "{subject} in (select subject from journal where seq > $2 and seq <= $1)";
    union(PARTS.iter().map(|part| (part, changed)).chain([(&CHANGED, "")]))
});

/// Every statement, for the test that prepares them on both engines.
pub fn statements() -> [&'static str; 2] {
    [&ALL, &TAIL]
}

/// The register as at `as_at`, seen `now`.
pub async fn load(conn: &mut AnyConnection, as_at: AsAt, now: Timestamp) -> Result<Register, sqlx::Error> {
    let position = position(conn, as_at, now).await?;
    load_at(conn, position).await
}

/// The register as at a known position.
pub async fn load_at(conn: &mut AnyConnection, position: Position) -> Result<Register, sqlx::Error> {
    let mut rows = Rows::default();
    each(conn, sqlx::query(ALL.as_str()).bind(position.seq), |row| rows.take(row)).await?;
    let empty = Register {
        position,
        inspections: Vec::new(),
        items: Items::default(),
        areas: Vec::new(),
        programmes: Vec::new(),
        underway: Vec::new(),
    };
    rows.over(&empty, position)
}

/// The register as at a later position: what the entries since `was` are about is read anew, and the rest is kept.
pub async fn follow(
    conn: &mut AnyConnection,
    was: &Register,
    position: Position,
) -> Result<Register, sqlx::Error> {
    let mut rows = Rows::default();
    let query = sqlx::query(TAIL.as_str()).bind(position.seq).bind(was.position.seq);
    each(conn, query, |row| rows.take(row)).await?;
    rows.over(was, position)
}

/// Rows of a recommendation, each with the number it is ordered by.
type Own<T> = BTreeMap<String, Vec<(i64, T)>>;

/// What was read, sorted by noun.
#[derive(Default)]
struct Rows {
    changed: BTreeSet<String>,
    inspections: Vec<(Id, Inspection)>,
    recommendations: Vec<(Id, Recommendation)>,
    steps: Own<recommendation::rows::Taken>,
    targets: Own<target::rows::Given>,
    actions: Own<action::rules::Action>,
    updates: Own<update::rows::Said>,
    classified: Own<classification::rules::Classification>,
    waits_for: Own<dependency::rows::Waiting>,
    areas: Vec<(Id, Area)>,
    programmes: Vec<(Id, Programme)>,
    underway: Vec<(Id, Underway)>,
}

impl Rows {
    fn take(&mut self, row: &Cells) -> Result<(), sqlx::Error> {
        let number = row.number;
        match row.what {
            "changed" => {
                self.changed.insert(row.owned(0)?);
            }
            "inspection" => self.inspections.push(inspection::rows::read(row)?),
            "recommendation" => self.recommendations.push(recommendation::rows::read(row)?),
            "step" => own(&mut self.steps, number, recommendation::rows::read_step(row)?),
            "target" => own(&mut self.targets, number, target::rows::read(row)?),
            "action" => own(&mut self.actions, number, action::rows::read(row)?),
            "update" => own(&mut self.updates, number, update::rows::read(row)?),
            "classification" => own(&mut self.classified, number, classification::rows::read(row)?),
            "dependency" => {
                let (id, waiting) = dependency::rows::read(row)?;
                own(&mut self.waits_for, number, (id.to_string(), waiting));
            }
            "area" => self.areas.push(area::rows::read(row)?),
            "programme" => self.programmes.push(programme::rows::read(row)?),
            "underway" => self.underway.push(underway::rows::read(row)?),
            other => return Err(sqlx::Error::Decode(format!("a row of {other:?}").into())),
        }
        Ok(())
    }

    /// The register `was`, with these rows in the place of those about the same subjects.
    fn over(mut self, was: &Register, position: Position) -> Result<Register, sqlx::Error> {
        let mut inspections = self.kept(&was.inspections);
        inspections.append(&mut self.inspections);
        inspection::rows::sort(&mut inspections);
        let known: BTreeMap<&Id, &Inspection> = inspections.iter().map(|(id, one)| (id, one)).collect();
        let mut items = was.items.clone();
        items.retain(|item| !self.changed.contains(item.id.as_str()));
        for (id, recommendation) in std::mem::take(&mut self.recommendations) {
            items.push(self.item(id, recommendation));
        }
        for place in 0..items.len() {
            let item = &items[place];
            let inspection = known.get(&item.recommendation.inspection).ok_or_else(|| {
                let id = &item.id;
                sqlx::Error::Decode(
                    format!("recommendation {id} has no inspection; run `answerable check`").into(),
                )
            })?;
            // Only what differs is written: the rest stays shared with the register before.
            if item.code != inspection.code || item.published_on != inspection.published_on {
                let item = &mut items[place];
                item.code.clone_from(&inspection.code);
                item.published_on = inspection.published_on;
            }
        }
        items.sort();
        let mut areas = self.kept(&was.areas);
        areas.append(&mut self.areas);
        area::rows::sort(&mut areas);
        let mut programmes = self.kept(&was.programmes);
        programmes.append(&mut self.programmes);
        programme::rows::sort(&mut programmes);
        let mut underway = self.kept(&was.underway);
        underway.append(&mut self.underway);
        underway::rows::sort(&mut underway);
        let mut register = Register { position, inspections, items, areas, programmes, underway };
        register.settle();
        Ok(register)
    }

    /// Those of `all` that nothing happened to.
    fn kept<T: Clone>(&self, all: &[(Id, T)]) -> Vec<(Id, T)> {
        all.iter().filter(|(id, _)| !self.changed.contains(id.as_str())).cloned().collect()
    }

    fn item(&mut self, id: Id, recommendation: Recommendation) -> Item {
        let key = id.as_str();
        Item {
            code: String::new(),
            published_on: jiff::civil::Date::ZERO,
            targets: in_order(&mut self.targets, key),
            actions: in_order(&mut self.actions, key),
            updates: in_order(&mut self.updates, key),
            addressees: Vec::new(),
            is_blocked: false,
            steps: recommendation::rows::steps(in_order(&mut self.steps, key)),
            classification: in_order(&mut self.classified, key).pop().unwrap_or_default(),
            waits_for: in_order(&mut self.waits_for, key),
            recommendation,
            id,
        }
    }
}

fn own<T>(all: &mut Own<T>, number: i64, (id, row): (String, T)) {
    all.entry(id).or_default().push((number, row));
}

fn in_order<T>(all: &mut Own<T>, id: &str) -> Vec<T> {
    let mut rows = all.remove(id).unwrap_or_default();
    rows.sort_by_key(|(number, _)| *number);
    rows.into_iter().map(|(_, row)| row).collect()
}

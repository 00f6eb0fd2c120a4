//! The register as a file: JSON, CSV and a workbook, of what is there and nothing else.
//!
//! A cell that begins like a formula is text in a workbook, and has an apostrophe before it in CSV, so that
//! no spreadsheet runs what somebody typed (TRUST T14).

use journal::DatabaseError;
use rust_xlsxwriter::{Format, FormatAlign, Workbook, XlsxError};
use serde::Serialize;
pub use web::table_csv;

use super::rules::{Item, Register};
use crate::{
    action::rules::Stage, classification::rules::Horizon, recommendation::rules::Exposure,
    target::rows::Given,
};

/// The JSON of the register: `{"recommendations": […]}`, dates as `2023-11` or `2023-11-30`.
#[derive(Debug, Serialize)]
pub struct Exported {
    /// The entry it was counted at.
    pub counted_at_entry: i64,
    /// The day it was seen from.
    pub as_at: String,
    /// The recommendations.
    pub recommendations: Vec<ExportedRecommendation>,
}

/// One recommendation of the JSON.
#[derive(Debug, Serialize)]
pub struct ExportedRecommendation {
    inspection: String,
    reference: String,
    aliases: Vec<String>,
    label: String,
    text: String,
    risk_exposure: Option<&'static str>,
    risk_statement: String,
    status: &'static str,
    status_on: Option<String>,
    owner: String,
    owner_team: String,
    impact: String,
    published_on: String,
    first_target: Option<String>,
    current_target: Option<String>,
    delayed_from_first_months: Option<i64>,
    delayed_from_current_months: Option<i64>,
    targets: Vec<ExportedTarget>,
    updates: Vec<ExportedUpdate>,
    actions: Vec<ExportedAction>,
    waits_for: Vec<String>,
    addressees: Vec<String>,
    themes: Vec<String>,
    horizon: Option<&'static str>,
    milestones: Vec<String>,
    strategic_owner: String,
}

#[derive(Debug, Serialize)]
struct ExportedTarget {
    target: String,
    reason: String,
    approved_by: String,
    delay_reason: String,
    recorded_at: String,
}

#[derive(Debug, Serialize)]
struct ExportedUpdate {
    text: String,
    as_for: Option<String>,
    recorded_at: String,
}

#[derive(Debug, Serialize)]
struct ExportedAction {
    number: String,
    text: String,
    owner: String,
    target: Option<String>,
    done_on: Option<String>,
    stage: Option<&'static str>,
}

/// These of the register as JSON.
pub fn json(register: &Register, items: &[&Item]) -> Exported {
    Exported {
        counted_at_entry: register.position.seq,
        as_at: register.position.today.to_string(),
        recommendations: items.iter().map(|item| exported(register, item)).collect(),
    }
}

fn exported(register: &Register, item: &Item) -> ExportedRecommendation {
    let recommendation = item.recommendation.clone();
    let today = register.position.today;
    let inspection = register.inspection(&recommendation.inspection);
    ExportedRecommendation {
        inspection: inspection.map_or_else(String::new, |one| one.title.clone()),
        reference: recommendation.reference,
        aliases: recommendation.aliases,
        label: item.label(),
        text: recommendation.text,
        risk_exposure: recommendation.exposure.map(Exposure::as_str),
        risk_statement: recommendation.risk_statement,
        status: recommendation.status.as_str(),
        status_on: recommendation.status_on.map(|on| on.to_string()),
        owner: recommendation.owner_post,
        owner_team: recommendation.owner_team,
        impact: recommendation.impact,
        published_on: item.published_on.to_string(),
        first_target: item.first_target().map(|target| target.iso()),
        current_target: item.current_target().map(|target| target.iso()),
        delayed_from_first_months: item.delay_from_first(today).map(|delay| delay.months),
        delayed_from_current_months: item.delay_from_current(today).map(|delay| delay.months),
        targets: item.targets.iter().map(exported_target).collect(),
        updates: item
            .updates
            .iter()
            .map(|said| ExportedUpdate {
                text: said.text.clone(),
                as_for: said.inherited_from.as_ref().and_then(|id| register.item(id)).map(Item::label),
                recorded_at: said.at.to_string(),
            })
            .collect(),
        actions: item
            .actions
            .iter()
            .map(|action| ExportedAction {
                number: action.number.clone(),
                text: action.text.clone(),
                owner: action.owner.clone(),
                target: action.target.map(|target| target.iso()),
                done_on: action.done_on.map(|on| on.to_string()),
                stage: action.stage.map(Stage::as_str),
            })
            .collect(),
        waits_for: item.waits_for.iter().map(|one| register.awaited_words(&one.on)).collect(),
        addressees: item.addressees.clone(),
        themes: item.classification.themes.clone(),
        horizon: item.classification.horizon.map(Horizon::as_str),
        milestones: item.classification.milestones.clone(),
        strategic_owner: item.classification.strategic_owner.clone(),
    }
}

fn exported_target(given: &Given) -> ExportedTarget {
    ExportedTarget {
        target: given.target.iso(),
        reason: given.reason.clone(),
        approved_by: given.approved_by.clone(),
        delay_reason: given.delay_reason.clone(),
        recorded_at: given.at.to_string(),
    }
}

/// The columns of CSV and workbook: those of a published plan, so that what goes out can come in again.
const COLUMNS: [(&str, f64); 13] = [
    ("Inspection", 24.0),
    ("Reference", 10.0),
    ("Recommendation", 48.0),
    ("Risk exposure", 12.0),
    ("Risk statement", 32.0),
    ("Status", 20.0),
    ("Owner", 28.0),
    ("Team", 20.0),
    ("Impact", 40.0),
    ("First target", 14.0),
    ("Current target", 14.0),
    ("Actions", 60.0),
    ("Updates", 60.0),
];

fn cells(register: &Register, item: &Item) -> [String; 13] {
    let recommendation = &item.recommendation;
    let target = |target: Option<import::TargetDate>| target.map_or_else(String::new, |one| one.to_string());
    let actions: Vec<String> =
        item.actions.iter().map(|action| format!("{} {}", action.number, action.text)).collect();
    // An update that stands for another's is told there, in its own words.
    let updates: Vec<&str> =
        item.updates.iter().map(|said| said.text.as_str()).filter(|text| !text.is_empty()).collect();
    [
        register.inspection(&recommendation.inspection).map_or_else(String::new, |one| one.title.clone()),
        recommendation.reference.clone(),
        recommendation.text.clone(),
        recommendation.exposure.map_or("", Exposure::as_str).to_owned(),
        recommendation.risk_statement.clone(),
        recommendation.status.words().to_owned(),
        recommendation.owner_post.clone(),
        recommendation.owner_team.clone(),
        recommendation.impact.clone(),
        target(item.first_target()),
        target(item.current_target()),
        actions.join("\n"),
        updates.join("\n\n"),
    ]
}

/// These of the register as CSV, with a byte order mark so that Excel reads it as UTF-8.
pub fn csv(register: &Register, items: &[&Item]) -> Result<Vec<u8>, DatabaseError> {
    let heads = COLUMNS.map(|(name, _)| name);
    table_csv(&heads, items.iter().map(|item| cells(register, item).to_vec()))
}

/// These of the register as a workbook: one visible sheet, text cells only.
pub fn xlsx(register: &Register, items: &[&Item]) -> Result<Vec<u8>, DatabaseError> {
    table_xlsx("Register", &COLUMNS, items.iter().map(|item| cells(register, item).to_vec()))
}

/// Any table as a workbook: one visible sheet of that name, a name and a width for each column, text cells only.
pub fn table_xlsx(
    name: &str,
    columns: &[(&str, f64)],
    rows: impl Iterator<Item = Vec<String>>,
) -> Result<Vec<u8>, DatabaseError> {
    let broken = |error: XlsxError| DatabaseError::Encode(format!("workbook: {error}").into());
    write_xlsx(name, columns, rows).map_err(broken)
}

/// The most characters that a cell of a workbook holds.
const CELL: usize = 32_767;

fn write_xlsx(
    name: &str,
    columns: &[(&str, f64)],
    rows: impl Iterator<Item = Vec<String>>,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    let body = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let sheet = book.add_worksheet();
    sheet.set_name(name)?;
    for (column, (name, width)) in (0_u16..).zip(columns) {
        sheet.set_column_width(column, *width)?;
        sheet.write_string_with_format(0, column, *name, &head)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    for (row, cells) in (1_u32..).zip(rows) {
        for (column, text) in (0_u16..).zip(cells) {
            let text: String = text.chars().take(CELL).collect();
            sheet.write_string_with_format(row, column, text, &body)?;
        }
    }
    book.save_to_buffer()
}

//! What is due, each with one button.

use askama::Template;
use journal::words::counted;
use serde::Serialize;
use users::User;
use web::{Frame, Section};

use crate::{
    pack::rules::{About, Asked},
    report::new::views::address,
};

/// A report that is due.
#[derive(Debug, Serialize)]
pub struct Row {
    pack: String,
    period: String,
    area: String,
    asked: Asked,
    preview: String,
}

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "report/due/due.html")]
pub struct DuePage {
    #[serde(skip)]
    frame: Frame,
    lead: String,
    rows: Vec<Row>,
}

/// The page of what is due.
pub fn page(who: &User, waiting: &[About]) -> DuePage {
    let rows: Vec<Row> = waiting.iter().map(row).collect();
    DuePage {
        frame: Frame::of("Reports that are due", Section::Reports).seen_by(who.signed()),
        lead: match rows.len() {
            0 => "Every report of the last periods is frozen.".to_owned(),
            number => format!(
                "{} of the last periods that are over, not frozen yet. Figures that have not settled are marked provisional; \
                 another edition can follow.",
                counted(number, "report", "reports")
            ),
        },
        rows,
    }
}

fn row(about: &About) -> Row {
    let asked = about.asked();
    Row {
        pack: about.pack_name().to_owned(),
        period: about.period.words(),
        area: about.area(),
        preview: address("/reports/new", &asked),
        asked,
    }
}

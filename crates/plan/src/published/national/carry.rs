//! Carrying a national paper in: each publication like a single plan, all or none.

use import::{Cover, NationalPaper};
use jiff::civil::Date;
use journal::{AsAt, DatabaseError, OPEN_END, Position, Refusal, Tx, history};

use super::{
    matching::{Found, Match, matches},
    past::Past,
    rules::{PaperComparison, compare_paper},
};
use crate::{
    published::{
        carry::{When, carry_compared},
        rows,
        rules::Fact,
    },
    register::{
        items::Items,
        rows::load,
        rules::{Item, Register},
    },
    words::day,
};

/// The file that a paper came in.
#[derive(Debug, Clone)]
pub struct PaperSource {
    /// Its name, as the reason of changes tells it.
    pub file: String,
    /// What [`digest`](crate::published::carry::digest) gives for its bytes.
    pub digest: String,
}

/// Does everything that `paper` asks in `tx`, and tells what that was. Whoever only wants to know drops `tx`;
/// whoever means it commits. Where nothing differs, nothing is written. A refusal is one of the whole paper: what
/// went before it in `tx` is not to be committed.
pub async fn carry_paper(
    tx: &mut Tx,
    when: &When<'_>,
    source: &PaperSource,
    paper: &NationalPaper,
) -> Result<Result<PaperComparison, Refusal>, DatabaseError> {
    let register = load(tx, AsAt::Now, when.now).await?;
    let matches = matches(paper, &register.inspections);
    let past = past(tx, &matches, source).await?;
    let reason = reason(&source.file, &paper.cover);
    let comparison = compare_paper(paper, matches, &register, &reason, &past);
    for held in &comparison.held {
        let items: Vec<&Item> = register.of_inspection(&held.inspection).collect();
        let fact = Fact::CarriedIn {
            file: source.file.clone(),
            digest: source.digest.clone(),
            recommendations: held.comparison.compared.len(),
            actions: 0,
            unsure: paper.unsure.len(),
            of: paper.cover.date,
        };
        let carried = carry_compared(tx, when, &held.inspection, &items, &held.comparison, &fact).await?;
        if let Err(refusal) = carried {
            let sentence = format!("{}: {}", held.printed, refusal.sentence);
            return Ok(Err(Refusal::of(refusal.field, sentence)));
        }
    }
    Ok(Ok(comparison))
}

/// How `paper` stands to a register that is not there yet: it has none of its publications.
pub fn compare_with_nothing(source: &PaperSource, paper: &NationalPaper, today: Date) -> PaperComparison {
    let register = Register {
        position: Position { seq: 0, today, is_past: false },
        inspections: Vec::new(),
        items: Items::default(),
        areas: Vec::new(),
        programmes: Vec::new(),
        underway: Vec::new(),
    };
    let reason = reason(&source.file, &paper.cover);
    compare_paper(paper, matches(paper, &register.inspections), &register, &reason, &Past::default())
}

/// What was carried into the inspections and said of their risks before.
async fn past(tx: &mut Tx, matches: &[Match], source: &PaperSource) -> Result<Past, DatabaseError> {
    let mut past = Past::default();
    for Found { inspection, .. } in matches.iter().flatten() {
        if rows::seen(tx, inspection, &source.digest).await? {
            past.seen.insert(inspection.clone());
        }
        for entry in history(tx, inspection, OPEN_END).await? {
            if let Some(Fact::CarriedIn { of: Some(of), .. }) = entry.fact::<Fact>()? {
                past.papers.insert(entry.at, of);
            }
        }
        past.risks.extend(rows::risks(tx, inspection).await?);
    }
    Ok(past)
}

/// "As published in paper.docx (Policing Performance Committee, 16 September 2025)"
fn reason(file: &str, cover: &Cover) -> String {
    const LONGEST: usize = 200;
    let meeting = cover.meeting.as_ref().map(|meeting| meeting.chars().take(LONGEST).collect::<String>());
    let of: Vec<String> = meeting.into_iter().chain(cover.date.map(day)).collect();
    if of.is_empty() {
        format!("As published in {file}")
    } else {
        format!("As published in {file} ({})", of.join(", "))
    }
}

//! Every figure that was ever published, derived again from the journal by the versions that it carries: for `check`.

use evidence::evidence::{again::Again, rows::all_again};
use journal::Connection;
use measure::catalogue::Catalogue;

/// What came of it.
pub struct Published {
    /// Figures of editions of reports.
    figures: usize,
    /// Pieces of evidence.
    evidence: usize,
    /// What is not derived as it was published, a line each.
    pub lost: Vec<String>,
}

impl Published {
    /// All of it in a sentence.
    pub fn words(&self) -> String {
        let what = format!("{} figures of reports and {} of evidence", self.figures, self.evidence);
        match self.lost.len() {
            0 => format!("{what} are derived again as they were published."),
            1 => format!("{what} were published; one line above says what is not derived as it was."),
            many => format!("{what} were published; {many} lines above say what is not derived as it was."),
        }
    }
}

/// Derives everything again. All that is counted has to be counted first.
pub async fn again(read: &mut Connection) -> anyhow::Result<Published> {
    let catalogue = Catalogue::published();
    let (mut figures, mut lost) = (0, Vec::new());
    for edition in report::all_again(read, catalogue).await? {
        figures += edition.was.figures.len();
        let differing = edition.differing();
        if !differing.is_empty() {
            lost.push(format!("not as it was published: {}: {}", edition.words(), differing.join(", ")));
        }
    }
    let evidence = all_again(read, catalogue).await?;
    for (listed, outcome) in evidence.iter().filter(|(_, outcome)| *outcome != Again::Same) {
        let measure = &listed.evidence.attached.measure;
        lost.push(format!(
            "not as it was published: evidence {}, {measure}: {}",
            listed.reference(),
            outcome.words()
        ));
    }
    Ok(Published { figures, evidence: evidence.len(), lost })
}

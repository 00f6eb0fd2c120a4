//! Composing a paper from the register: figures from the rows it lists. Pure.

use journal::Refusal;
use plan::{register::rules::Register, words::day};

use super::{
    appendix::appendix,
    around::Around,
    background::background,
    beside,
    closures::closures,
    details::{Details, IMPLICATIONS, Kind},
    exhibit::exhibits,
    gathered::Last,
    news::news,
    open::open,
    subject::Subject,
};
use crate::document::{Document, Draft};

/// Stands in the tree where the presenter's name is shown: a name is private, and a tree is kept for ever.
pub(super) const PRESENTER: &str = "⟦whoever presents it⟧";

/// The paper that `details` asks for, counted from `register` and compared with the `last` one. Who presents
/// it and the site's address are marks in it until [`super::rows::presented`] puts them in.
pub fn compose(
    details: &Details,
    register: &Register,
    last: Option<&Last>,
    around: &Around,
) -> Result<Document, Refusal> {
    let subject = Subject::of(details, register, last, around);
    let mut draft = cover(&subject);
    draft.heading("Purpose").paragraph(purpose(details));
    background(&mut draft, &subject);
    news(&mut draft, &subject);
    closures(&mut draft, &subject);
    open(&mut draft, &subject);
    exhibits(&mut draft, &subject);
    beside::areas(&mut draft, &subject);
    beside::known_differences(&mut draft, &subject);
    implications(&mut draft, details);
    draft.heading("Recommendations").paragraph(recommendation(details));
    if details.has_appendix() {
        appendix(&mut draft, &subject);
    }
    draft.finish().map_err(|faults| {
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        Refusal::of(
            "title",
            format!(
                "The paper is not whole: {}. Mend the text and try again.",
                told.join("; ").trim_end_matches('.')
            ),
        )
    })
}

fn cover(subject: &Subject<'_>) -> Draft {
    let details = subject.details;
    let appendix = if details.has_appendix() { "Yes: Appendix A, the improvement plan" } else { "No" };
    Draft::new(&*details.title, details.date)
        .author(PRESENTER)
        .subject("Progress of the improvement plans that answer inspections")
        .counted_at(subject.register.position.seq)
        .cover("Meeting", &*details.meeting)
        .cover("Date", day(details.date))
        .cover("Location", &*details.location)
        .cover("Title of paper", &*details.title)
        .cover("Presented by", PRESENTER)
        .cover("Recommendation to members", details.ask_words())
        .cover("Appendix attached", appendix)
}

fn purpose(details: &Details) -> String {
    let period = format!("from {} to {}", day(details.period_from), day(details.period_to));
    match details.kind {
        Kind::Plan => "This paper tells members how the improvement plans that answer the inspections below are \
             getting on: what was closed in the period and with what impact, and what is open, why, and until when."
            .to_owned(),
        Kind::Period => format!(
            "This paper tells members what became of the recommendations of the inspections below {period}: what \
             has changed since the last paper, what was closed and with what impact, and what is open."
        ),
        Kind::Portfolio => format!(
            "This paper gives members an overview of every improvement plan that answers an inspection: how many \
             recommendations are open and how many are delayed, what was closed {period} and with what impact, \
             and what is being done about selected ones."
        ),
    }
}

fn implications(draft: &mut Draft, details: &Details) {
    for ((_, heading, none), text) in IMPLICATIONS.iter().zip(&details.implications) {
        draft.section(*heading);
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        if lines.is_empty() {
            draft.point(format!("There are no {none} in this report."));
        }
        for line in lines {
            draft.point(line);
        }
    }
}

fn recommendation(details: &Details) -> String {
    if !details.recommendation.is_empty() {
        return details.recommendation.clone();
    }
    let verb = match details.ask.as_str() {
        "note" => "note",
        "approve" => "approve",
        "consult" => "give their views on",
        "decide" => "decide on",
        _ => "discuss",
    };
    format!("Members are invited to {verb} the content of this paper.")
}

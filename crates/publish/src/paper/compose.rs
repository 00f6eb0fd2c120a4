//! Composing a paper from the register: figures from the rows it lists. Pure.

use jiff::civil::Date;
use journal::Refusal;
use plan::{
    inspection::rules::Inspection,
    register::rules::{Counts, Item, Register},
    words::{counted, day, thousands},
};

use super::{
    rules::{Details, IMPLICATIONS},
    sections,
};
use crate::document::{Column, Content, Document, Draft, Inline, Table};

/// Stands in the tree where the presenter's name is shown: a name is private, and a tree is kept for ever.
pub(super) const PRESENTER: &str = "⟦whoever presents it⟧";

/// Stands in the tree where the site's address is: a frozen paper must not keep whatever name the site went
/// by when it was frozen.
pub(super) const SITE: &str = "https://answerable.invalid";

/// What a paper is about, cut from the register.
pub(super) struct Subject<'a> {
    /// What was said about the paper.
    pub details: &'a Details,
    /// The register it counts.
    pub register: &'a Register,
    /// The inspections it is about.
    pub inspections: Vec<(&'a journal::Id, &'a Inspection)>,
}

/// The paper that `details` asks for, counted from `register`. Who presents it and the site's address are
/// marks in it until [`super::rows::presented`] puts them in.
pub fn compose(details: &Details, register: &Register) -> Result<Document, Refusal> {
    let wanted = |id: &journal::Id| {
        details.inspections.is_empty() || details.inspections.iter().any(|one| one == id.as_str())
    };
    let inspections: Vec<_> =
        register.inspections.iter().filter(|(id, _)| wanted(id)).map(|(id, one)| (id, one)).collect();
    let subject = Subject { details, register, inspections };
    let mut draft = cover(&subject);
    draft.heading("Purpose").paragraph(
        "This paper tells members how the improvement plans that answer the inspections below are getting on: \
         what was closed in the period and with what impact, and what is open, why, and until when.",
    );
    background(&mut draft, &subject);
    sections::closures(&mut draft, &subject);
    sections::open(&mut draft, &subject);
    implications(&mut draft, details);
    draft.heading("Recommendations").paragraph(recommendation(details));
    sections::appendix(&mut draft, &subject);
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
        .cover("Appendix attached", "Yes: Appendix A, the improvement plan")
}

impl<'a> Subject<'a> {
    /// The day it is counted on.
    pub fn today(&self) -> Date {
        self.register.position.today
    }

    /// Every recommendation it is about.
    pub fn items(&self) -> impl Iterator<Item = &'a Item> {
        let register = self.register;
        let inspections: Vec<_> = self.inspections.iter().map(|(id, _)| *id).collect();
        register.items.iter().filter(move |item| inspections.contains(&&item.recommendation.inspection))
    }

    /// Those discharged in its period.
    pub fn closed_in_period(&self) -> Vec<&'a Item> {
        let (from, to) = (self.details.period_from, self.details.period_to);
        self.items().filter(|item| item.was_discharged_between(from, to)).collect()
    }

    /// Those still open.
    pub fn open(&self) -> Vec<&'a Item> {
        self.items().filter(|item| item.is_open()).collect()
    }

    /// A figure that leads to the rows it counts, in the register as it was then.
    pub fn figure(&self, number: usize, filter: &str) -> Inline {
        // The inspections that were asked for, found or not: a figure must not lead to more than it counts.
        let scope: Vec<String> =
            self.details.inspections.iter().map(|id| format!("&inspection={id}")).collect();
        let as_at = self.counted();
        Inline::link(
            thousands(number),
            format!("{SITE}/recommendations?as_at={as_at}{filter}{}", scope.concat()),
        )
    }

    /// Where the figures were counted, as the register's address has it: the entry, and the day it was seen.
    fn counted(&self) -> String {
        format!("{}@{}", self.register.position.seq, self.today())
    }
}

/// The filter of the register that shows what is open.
pub(super) const OPEN: &str =
    "&status=open&status=evidence_assembled&status=proposed_for_closure&status=returned";

fn background(draft: &mut Draft, subject: &Subject<'_>) {
    let counts = Counts::of(subject.items(), subject.today());
    draft.section_at("background", "Background");
    draft.point([
        format!(
            "{} made ",
            sentence_list(&subject.inspections.iter().map(|(_, one)| one.title.clone()).collect::<Vec<_>>())
        )
        .into(),
        subject.figure(counts.made, ""),
        format!(" {}. ", if counts.made == 1 { "recommendation" } else { "recommendations" }).into(),
        subject.figure(counts.open, OPEN),
        " are open, ".into(),
        subject.figure(counts.discharged, "&status=discharged"),
        " have been discharged by the inspectorate".into(),
        superseded(counts),
    ]);
    draft.point([
        "Of those open, ".into(),
        subject.figure(counts.delayed, "&flag=delayed"),
        " are delayed: past the first target that was set for them, however often it was moved since. "
            .into(),
        subject.figure(counts.past_current_target, "&flag=overdue"),
        " are past their current target too. ".into(),
        subject.figure(counts.over_two_years, "&flag=two_years"),
        " have been open for more than two years since publication.".into(),
    ]);
    draft.point([
        subject.figure(counts.with_inspectorate, "&status=proposed_for_closure"),
        " are with the inspectorate, proposed for closure. Only its decision discharges a recommendation."
            .into(),
    ]);
    for line in subject.details.background.lines().map(str::trim).filter(|line| !line.is_empty()) {
        draft.point(line);
    }
    draft.table(summary(subject));
    draft.point([
        "The table counts what the lists in ".into(),
        Inline::see("closures"),
        " and ".into(),
        Inline::see("open"),
        format!(
            " name, as the register stood on {}. “Closed” is everything discharged or superseded since publication.",
            day(subject.today())
        )
        .into(),
    ]);
}

fn superseded(counts: Counts) -> Inline {
    if counts.superseded == 0 {
        return ".".into();
    }
    format!(" and {} superseded by later ones.", thousands(counts.superseded)).into()
}

fn summary(subject: &Subject<'_>) -> Table {
    let mut table = Table::new(
        "Recommendations by publication",
        [
            Column::words("Publication", 4),
            Column::words("Published", 2),
            Column::figures("Made", 1),
            Column::figures("Closed", 1),
            Column::figures("Open", 1),
            Column::figures("Of these delayed", 1),
        ],
    )
    .anchored("summary");
    let today = subject.today();
    let as_at = subject.counted();
    let figure = |number: usize, id: &journal::Id, filter: &str| -> Content {
        Inline::link(
            thousands(number),
            format!("{SITE}/recommendations?as_at={as_at}&inspection={id}{filter}"),
        )
        .into()
    };
    for (id, inspection) in &subject.inspections {
        let counts = Counts::of(subject.register.of_inspection(id), today);
        table.push([
            inspection.title.as_str().into(),
            day(inspection.published_on).into(),
            figure(counts.made, id, "").into(),
            figure(counts.made - counts.open, id, "&status=discharged&status=superseded").into(),
            figure(counts.open, id, OPEN).into(),
            figure(counts.delayed, id, "&flag=delayed").into(),
        ]);
    }
    let all = Counts::of(subject.items(), today);
    table.push([
        "All".into(),
        "Several".into(),
        Content::from(subject.figure(all.made, "")).into(),
        Content::from(subject.figure(all.made - all.open, "&status=discharged&status=superseded")).into(),
        Content::from(subject.figure(all.open, OPEN)).into(),
        Content::from(subject.figure(all.delayed, "&flag=delayed")).into(),
    ]);
    table
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

/// "A, B and C".
fn sentence_list(names: &[String]) -> String {
    match names {
        [] => "No inspection".to_owned(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// "3 recommendations".
pub(super) fn recommendations(number: usize) -> String {
    counted(number, "recommendation", "recommendations")
}

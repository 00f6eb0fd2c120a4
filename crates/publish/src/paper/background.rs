//! The background of a paper: how many there are, how many are late, how it is counted, and the summary by
//! publication. Pure.

use plan::{
    codes,
    words::{counted, day, thousands},
};

use super::{
    cut::{Cut, Standing, percent},
    details::Kind,
    subject::{Publication, Subject},
};
use crate::document::{Cell, Column, Content, Draft, Inline, Passage, Table};

/// More titles than this make a sentence that nobody reads; the summary names them.
const TITLES: usize = 4;

/// The background.
pub(super) fn background(draft: &mut Draft, subject: &Subject<'_>) {
    draft.section_at("background", "Background");
    draft.point(made(subject));
    draft.point(standing(subject));
    if subject.details.kind == Kind::Portfolio {
        share_of_theme(draft, subject);
        under_way(draft, subject);
    }
    draft.point(lateness(subject));
    if subject.details.kind == Kind::Portfolio {
        added_since(draft, subject);
    }
    draft.point_at("rule", rule(subject));
    for line in subject.details.background.lines().map(str::trim).filter(|line| !line.is_empty()) {
        draft.point(line);
    }
    if subject.details.kind != Kind::Portfolio {
        summary(draft, subject);
    }
}

/// Who made how many, and to whom they are addressed.
fn made(subject: &Subject<'_>) -> Vec<Inline> {
    let all = &subject.all;
    let titles: Vec<&str> = subject.publications.iter().map(|one| one.inspection.title.as_str()).collect();
    let who = match (subject.details.kind, titles.as_slice()) {
        (_, []) => "No inspection".to_owned(),
        (Kind::Plan | Kind::Period, titles) if titles.len() <= TITLES => sentence_list(titles),
        (_, titles) => counted(titles.len(), "inspection", "inspections"),
    };
    let mut words = vec![format!("{who} made ").into()];
    let body = &subject.details.addressee;
    if body.is_empty() {
        words.extend([all.figure(), format!(" {}.", noun(all.len())).into()]);
        return words;
    }
    let whole = subject.whomever();
    let are = if all.len() == 1 { "is" } else { "are" };
    words.extend([
        whole.figure(),
        format!(" {}, of which ", noun(whole.len())).into(),
        all.figure(),
        format!(" {are} addressed to {body}; only these are counted in this paper.").into(),
    ]);
    words
}

/// How many are open, proposed, discharged and superseded: together all of them.
fn standing(subject: &Subject<'_>) -> Vec<Inline> {
    let [open, proposed, discharged, superseded] =
        [Standing::Open, Standing::Proposed, Standing::Discharged, Standing::Superseded]
            .map(|standing| subject.all.at(standing));
    let plans = subject.publications.iter().filter(|one| one.all.at(Standing::Open).len() > 0).count();
    let sum = format!(
        ": {} + {} + {} + {} = {}.",
        thousands(open.len()),
        thousands(proposed.len()),
        thousands(discharged.len()),
        thousands(superseded.len()),
        thousands(subject.all.len())
    );
    let are = if open.len() == 1 { "is" } else { "are" };
    let plans = counted(plans, "improvement plan", "improvement plans");
    vec![
        open.figure(),
        format!(" {are} open, in {plans}, with a further ").into(),
        proposed.figure(),
        " proposed for closure and awaiting the inspectorate’s decision. ".into(),
        discharged.figure(),
        format!(" {} been discharged by the inspectorate and ", have(discharged.len())).into(),
        superseded.figure(),
        " superseded by later ones".into(),
        sum.into(),
    ]
}

/// How many of those open are late, by which target; how many targets were moved; how many wait.
fn lateness(subject: &Subject<'_>) -> Vec<Inline> {
    let open = subject.open();
    let [delayed, overdue, long] =
        [Standing::Delayed, Standing::Overdue, Standing::TwoYears].map(|standing| subject.all.at(standing));
    let moved = open.rows.iter().filter(|item| item.moves() > 0).count();
    let often = open.narrowed(|query| query.flag.push("moved".to_owned()));
    let blocked = open.narrowed(|query| query.flag.push("blocked".to_owned()));
    let verb = |number: usize, one: &'static str, many: &'static str| if number == 1 { one } else { many };
    vec![
        "Of those open, ".into(),
        delayed.figure(),
        format!(" {} delayed, which is past the first target, and ", verb(delayed.len(), "is", "are")).into(),
        overdue.figure(),
        format!(" {} past the current target too. ", verb(overdue.len(), "is", "are")).into(),
        format!("The target of {} was moved at least once, that of ", thousands(moved)).into(),
        often.figure(),
        " twice or more. ".into(),
        blocked.figure(),
        format!(" {} for something that has not come, and ", verb(blocked.len(), "waits", "wait")).into(),
        long.figure(),
        format!(" {} been open for more than two years since publication.", have(long.len())).into(),
    ]
}

/// How it is counted: for whom, on which day, and what each word means.
fn rule(subject: &Subject<'_>) -> String {
    let body = &subject.details.addressee;
    let which = match (subject.details.scope().is_empty(), body.is_empty()) {
        (true, true) => "every recommendation in the register, whomever it is addressed to".to_owned(),
        (false, true) => "every recommendation of these inspections, whomever it is addressed to".to_owned(),
        (true, false) => format!("every recommendation in the register that is addressed to {body}"),
        (false, false) => format!("every recommendation of these inspections that is addressed to {body}"),
    };
    let entry = thousands(usize::try_from(subject.register.position.seq).unwrap_or(0));
    format!(
        "This paper counts {which}, as the register stood on {} at journal entry {entry}. “Open” leaves out what is \
         proposed for closure, which is counted apart; open, proposed for closure, discharged and superseded \
         together are all that were made. “Delayed” means open and past the first target on that day, however \
         often the target was moved; how many were moved, and how many are past the current target, stand beside \
         it. Only the inspectorate’s decision discharges a recommendation.",
        day(subject.today())
    )
}

/// The share of one theme among those open.
fn share_of_theme(draft: &mut Draft, subject: &Subject<'_>) {
    let theme = &subject.details.theme;
    if theme.is_empty() {
        return;
    }
    let open = subject.open();
    let themed = open.narrowed(|query| query.theme.push(theme.clone()));
    draft.point([
        themed.figure(),
        format!(" of the {} open ", thousands(open.len())).into(),
        format!("({}) {} the theme ", percent(themed.len(), open.len()), have(themed.len())).into(),
        format!("“{}”.", codes::theme_words(theme)).into(),
    ]);
}

/// The inspections that are under way.
fn under_way(draft: &mut Draft, subject: &Subject<'_>) {
    let all = &subject.around.under_way;
    if all.is_empty() {
        draft.point("No inspection is recorded as under way.");
        return;
    }
    let are = if all.len() == 1 { "is" } else { "are" };
    draft.point(format!("{} {are} under way:", counted(all.len(), "inspection", "inspections")));
    draft.bullets(
        all.iter()
            .map(|one| format!("{} ({}; {})", one.title, one.kind_words, one.stage_words.to_lowercase())),
    );
}

/// How many of those open were added since the chosen day.
fn added_since(draft: &mut Draft, subject: &Subject<'_>) {
    let Some(since) = subject.details.added_since else { return };
    let open = subject.open();
    let ids = subject.publications.iter().filter(|one| one.inspection.published_on >= since);
    let added = open.of_publications(ids.map(|one| one.id.to_string()).collect());
    let (figure, number) = added.map_or(("0".into(), 0), |added| (added.figure(), added.len()));
    draft.point([
        figure,
        format!(
            " of the {} open ({}) {} added since {}: the inspection that made them was published on that day or later.",
            thousands(open.len()),
            percent(number, open.len()),
            if number == 1 { "was" } else { "were" },
            day(since)
        )
        .into(),
    ]);
}

/// The summary by publication, with how it is counted.
pub(super) fn summary(draft: &mut Draft, subject: &Subject<'_>) {
    draft.table(summary_table(subject));
    draft.point([
        "The table counts what the lists in ".into(),
        Inline::see("closures"),
        " and ".into(),
        Inline::see("open"),
        " name, by the rule of ".into(),
        Inline::see("rule"),
        ". “Closed” is everything discharged or superseded since publication, “Proposed” what is proposed for \
         closure, so that open, proposed and closed together are what was made. In brackets stands how many of those open are delayed. A business \
         plan link is a milestone that a recommendation of the publication serves directly; indirect links are \
         left out."
            .into(),
    ]);
}

fn summary_table(subject: &Subject<'_>) -> Table {
    let mut table = Table::new(
        "Recommendations by publication, with direct links to the business plan",
        [
            Column::words("Publication", 4),
            Column::figures("Made", 1),
            Column::figures("Closed", 1),
            Column::figures("Proposed", 1),
            Column::figures("Open (delayed)", 2),
            Column::words("Business plan links", 4),
        ],
    )
    .anchored("summary");
    let is_done = |one: &&Publication<'_>| one.all.at(Standing::Closed).len() == one.all.len();
    let folds = subject.details.kind == Kind::Portfolio;
    let (done, going): (Vec<_>, Vec<_>) = subject.publications.iter().partition(|one| folds && is_done(one));
    for one in going {
        let name = Passage::paragraph(one.inspection.title.as_str());
        let published = Passage::paragraph(format!("Published {}", day(one.inspection.published_on)));
        table.push(row(Cell(vec![name, published]), &one.all));
    }
    let ids: Vec<String> = done.iter().map(|one| one.id.to_string()).collect();
    if let Some(closed) = subject.all.of_publications(ids) {
        let name = counted(done.len(), "publication", "publications");
        table.push(row(format!("{name} with nothing open").into(), &closed));
    }
    let mut all = row("All".into(), &subject.all);
    let linked = subject.all.narrowed(|query| query.flag.push("direct_link".to_owned()));
    let milestones = counted(milestones(&subject.all).len(), "milestone", "milestones");
    all[5] = Content(vec![format!("{milestones}, served by ").into(), linked.figure()]).into();
    table.push(all);
    table
}

fn row(name: Cell, all: &Cut<'_>) -> Vec<Cell> {
    let at = |standing| Content::from(all.at(standing).figure()).into();
    let open = Content(vec![
        all.at(Standing::Open).figure(),
        " (".into(),
        all.at(Standing::Delayed).figure(),
        ")".into(),
    ]);
    let links = milestones(all);
    let links = if links.is_empty() { "None".to_owned() } else { links.join("; ") };
    vec![name, at(Standing::Made), at(Standing::Closed), at(Standing::Proposed), open.into(), links.into()]
}

/// The milestones that the recommendations serve directly, in the order of the definitions, each once.
fn milestones(cut: &Cut<'_>) -> Vec<String> {
    let mut codes: Vec<&str> =
        cut.rows.iter().flat_map(|item| &item.classification.milestones).map(String::as_str).collect();
    let place = |code: &str| codes::milestones().iter().position(|one| one.code == code);
    codes.sort_by_key(|code| (place(code).unwrap_or(usize::MAX), *code));
    codes.dedup();
    codes.into_iter().map(codes::milestone_words).collect()
}

/// "A, B and C".
pub(super) fn sentence_list(names: &[&str]) -> String {
    match names {
        [] => "No inspection".to_owned(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

fn noun(number: usize) -> &'static str {
    if number == 1 { "recommendation" } else { "recommendations" }
}

fn have(number: usize) -> &'static str {
    if number == 1 { "has" } else { "have" }
}

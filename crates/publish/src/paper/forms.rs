//! The forms of a paper: what a person says about it; the rest is counted.

use jiff::ToSpan;
use journal::{Id, last_seq};
use plan::{codes, inspection::rules::Inspection, words::day};
use users::User;
use web::{Field, FormPage, Frame, Problem, Section, Site, Typed};

use super::{
    details::{self, ASKS, IMPLICATIONS, Kind},
    rules::Paper,
};

/// What is said when something is done.
pub(super) fn done_words(done: &str) -> Option<String> {
    let words = match done {
        "drafted" => "The paper is drafted from the register as it is now.",
        "edited" => "The draft is changed.",
        "frozen" => "The paper is frozen. Members see it from now on.",
        _ => return None,
    };
    Some(words.to_owned())
}

/// What stands in the form of a new paper: a plan, the last three months, to discuss.
pub(super) fn start(site: &Site) -> Typed {
    let today = site.today();
    Typed::default()
        .with("kind", Kind::Plan.as_str())
        .with("meeting", "Policing Performance Committee")
        .with("title", "Inspection improvement plans: progress")
        .with("location", "Video conference")
        .with("ask", "discuss")
        .with("period_from", day(today.saturating_sub(3.months())))
        .with("period_to", day(today))
}

/// The form's fields as the rules read them. A program may send the inspections in one field, by commas.
pub(super) fn typed(typed: &Typed) -> details::Typed {
    let inspections = typed.get("inspection").split(['\n', ',']).map(str::trim).filter(|id| !id.is_empty());
    details::Typed { inspections: inspections.map(str::to_owned).collect(), fields: typed.0.clone() }
}

/// What stands in the form of a draft.
pub(super) fn filled(paper: &Paper) -> Typed {
    let details = &paper.details;
    let typed = Typed::default()
        .with("kind", details.kind.as_str())
        .with("inspection", details.inspections.join("\n"))
        .with("addressee", &*details.addressee)
        .with("appendix", if details.appendix { "yes" } else { "" })
        .with("theme", &*details.theme)
        .with("added_since", details.added_since.map_or_else(String::new, day))
        .with("meeting", &*details.meeting)
        .with("date", day(details.date))
        .with("location", &*details.location)
        .with("title", &*details.title)
        .with("presented_by", details.presented_by.shown())
        .with("ask", &*details.ask)
        .with("period_from", day(details.period_from))
        .with("period_to", day(details.period_to))
        .with("background", &*details.background)
        .with("recommendation", &*details.recommendation);
    IMPLICATIONS
        .iter()
        .zip(&details.implications)
        .fold(typed, |typed, ((name, _, _), text)| typed.with(name, &**text))
}

/// The form of a new paper, or of the draft `edited`.
pub(super) async fn page(
    site: &Site,
    who: &User,
    edited: Option<&Id>,
    typed: &Typed,
) -> Result<FormPage, Problem> {
    let mut read = site.read().await?;
    let inspections = plan::inspection::rows::all(&mut read, journal::OPEN_END - 1).await?;
    let last = match edited {
        Some(id) => Some(typed.last_seq().unwrap_or(last_seq(&mut read, id).await?)),
        None => None,
    };
    let mut fields = subject_fields(&inspections, typed);
    fields.extend(meeting_fields(typed));
    let new = FormPage {
        frame: Frame::of("Draft a committee paper", Section::Papers).seen_by(who.signed()),
        crumbs: crumbs("Draft a paper"),
        heading: "Draft a committee paper".to_owned(),
        about: String::new(),
        intro: "Its figures, lists and appendix come from the register. Freeze it when it goes to members."
            .to_owned(),
        action: "/papers/new".to_owned(),
        submit: "Draft the paper".to_owned(),
        back: "/papers".to_owned(),
        last_seq: last,
        fields,
        refusals: Vec::new(),
    };
    Ok(match edited {
        None => new,
        Some(id) => FormPage {
            frame: Frame::of("Edit a draft", Section::Papers).seen_by(who.signed()),
            crumbs: crumbs("Edit"),
            heading: "Edit the draft".to_owned(),
            about: typed.get("title").to_owned(),
            intro: String::new(),
            action: format!("/papers/{id}/edit"),
            submit: "Save the draft".to_owned(),
            back: format!("/papers/{id}"),
            ..new
        },
    })
}

/// Where one is, below the papers.
pub(super) fn crumbs(here: &str) -> Vec<(String, String)> {
    vec![("/papers".to_owned(), "Papers".to_owned()), (String::new(), here.to_owned())]
}

/// The bodies that inspections are addressed to, each once.
pub(super) fn bodies(inspections: &[(Id, Inspection)]) -> Vec<String> {
    let mut bodies: Vec<String> =
        inspections.iter().flat_map(|(_, one)| one.addressees.iter().cloned()).collect();
    bodies.sort();
    bodies.dedup();
    bodies
}

/// What the paper is about and what it counts.
fn subject_fields(inspections: &[(Id, Inspection)], typed: &Typed) -> Vec<Field> {
    let pair = |value: &str, words: &str| (value.to_owned(), words.to_owned());
    let kinds = Kind::ALL.map(|kind| pair(kind.as_str(), kind.words()));
    let titles = inspections.iter().map(|(id, one)| pair(id.as_str(), &one.title));
    let bodies = bodies(inspections).into_iter().map(|body| (body.clone(), body));
    let themes = codes::themes().iter().map(|theme| pair(&theme.key, &theme.words));
    vec![
        Field::one("kind", "Kind of paper", "What it tells, and in which order", kinds, typed),
        Field::many(
            "inspection",
            "Inspections",
            "Choose none for all. A portfolio counts all of them and lists what is open of those chosen here",
            titles,
            typed,
        ),
        Field::one(
            "addressee",
            "Count recommendations addressed to",
            "The paper says so in a sentence",
            std::iter::once(pair("", "Any body")).chain(bodies),
            typed,
        ),
        Field::line("period_from", "Period: first day", "Closures from this day are told", typed),
        Field::line("period_to", "Period: last day", "", typed),
        Field::one(
            "appendix",
            "Appendix with the plan",
            "For a period. A plan always has it, a portfolio never",
            [pair("", "No"), pair("yes", "Yes")],
            typed,
        ),
        Field::one(
            "theme",
            "Theme whose share is told",
            "For a portfolio",
            std::iter::once(pair("", "None")).chain(themes),
            typed,
        ),
        Field::line(
            "added_since",
            "Tell how many were added since",
            "For a portfolio, for example 1 August 2023. May be left empty",
            typed,
        ),
    ]
}

/// The meeting, and the words that a person writes.
fn meeting_fields(typed: &Typed) -> Vec<Field> {
    let asks = ASKS.map(|(word, words)| (word.to_owned(), words.to_owned()));
    let mut fields = vec![
        Field::line("meeting", "Meeting", "", typed),
        Field::line("date", "Date of the meeting", "For example 9 December 2026", typed),
        Field::line("location", "Location", "", typed),
        Field::line("title", "Title of the paper", "", typed),
        Field::line("presented_by", "Presented by", "Rank and name, as on the agenda", typed),
        Field::one("ask", "Recommendation to members", "", asks, typed),
        Field::lines(
            "background",
            "More background",
            "Counted sentences are written for you. One paragraph a line",
            4,
            typed,
        ),
    ];
    fields.extend(IMPLICATIONS.iter().map(|(name, heading, none)| {
        let hint = format!("Leave empty for “There are no {none} in this report.”");
        Field::lines(name, heading, &hint, 2, typed)
    }));
    fields.push(Field::lines(
        "recommendation",
        "What members are invited to do",
        "Leave empty for the usual sentence",
        2,
        typed,
    ));
    fields
}

//! The forms of a paper: what a person says about it; the rest is counted.

use jiff::ToSpan;
use journal::{AsAt, Id, last_seq};
use plan::{register::rows::load, words::day};
use users::User;
use web::{Field, FormPage, Frame, Problem, Section, Site, Typed};

use super::{
    rows::one,
    rules::{self, ASKS, IMPLICATIONS, Paper},
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

/// What stands in the form of a new paper: the last three months, to discuss.
pub(super) fn start(site: &Site) -> Typed {
    let today = site.today();
    Typed::default()
        .with("meeting", "Policing Performance Committee")
        .with("title", "Inspection improvement plans: progress")
        .with("location", "Video conference")
        .with("ask", "discuss")
        .with("period_from", day(today.saturating_sub(3.months())))
        .with("period_to", day(today))
}

/// The form's fields as the rules read them. One inspection, or none for all.
pub(super) fn typed(typed: &Typed) -> rules::Typed {
    let inspections = typed.get("inspection").split(',').map(str::trim).filter(|id| !id.is_empty());
    rules::Typed { inspections: inspections.map(str::to_owned).collect(), fields: typed.0.clone() }
}

/// What stands in the form of a draft.
pub(super) fn filled(paper: &Paper) -> Typed {
    let details = &paper.details;
    let typed = Typed::default()
        .with("meeting", &*details.meeting)
        .with("date", day(details.date))
        .with("location", &*details.location)
        .with("title", &*details.title)
        .with("presented_by", details.presented_by.shown())
        .with("ask", &*details.ask)
        .with("period_from", day(details.period_from))
        .with("period_to", day(details.period_to))
        .with("inspection", details.inspections.join(","))
        .with("background", &*details.background)
        .with("recommendation", &*details.recommendation);
    IMPLICATIONS
        .iter()
        .zip(&details.implications)
        .fold(typed, |typed, ((name, _, _), text)| typed.with(name, &**text))
}

/// The form of a new paper.
pub(super) async fn new_page(site: &Site, who: &User, typed: &Typed) -> Result<FormPage, Problem> {
    Ok(FormPage {
        frame: Frame::of("Draft a committee paper", Section::Papers).seen_by(who.signed()),
        crumbs: crumbs("Draft a paper"),
        heading: "Draft a committee paper".to_owned(),
        about: String::new(),
        intro: "Its figures, lists and appendix come from the register. Freeze it when it goes to members."
            .to_owned(),
        action: "/papers/new".to_owned(),
        submit: "Draft the paper".to_owned(),
        back: "/papers".to_owned(),
        last_seq: None,
        fields: fields(site, typed).await?,
        refusals: Vec::new(),
    })
}

/// The form of a draft.
pub(super) async fn edit_page(site: &Site, who: &User, id: &Id, typed: &Typed) -> Result<FormPage, Problem> {
    let last = last_seq(&mut *site.read().await?, id).await?;
    Ok(FormPage {
        frame: Frame::of("Edit a draft", Section::Papers).seen_by(who.signed()),
        crumbs: crumbs("Edit"),
        heading: "Edit the draft".to_owned(),
        about: typed.get("title").to_owned(),
        intro: String::new(),
        action: format!("/papers/{id}/edit"),
        submit: "Save the draft".to_owned(),
        back: format!("/papers/{id}"),
        last_seq: Some(typed.last_seq().unwrap_or(last)),
        fields: fields(site, typed).await?,
        refusals: Vec::new(),
    })
}

/// The question before a paper is final.
pub(super) async fn freeze_page(site: &Site, who: &User, id: &Id) -> Result<FormPage, Problem> {
    let mut read = site.read().await?;
    let paper = one(&mut read, id).await?.ok_or(Problem::NotFound)?;
    let register = load(&mut read, AsAt::Now, site.now()).await?;
    let last = last_seq(&mut read, id).await?;
    Ok(FormPage {
        frame: Frame::of("Freeze a paper", Section::Papers).seen_by(who.signed()),
        crumbs: crumbs("Freeze"),
        heading: "Freeze the paper for the meeting".to_owned(),
        about: format!("{}, {}", paper.details.title, day(paper.details.date)),
        intro: format!(
            "It will be counted at entry {} and render the same for ever, whatever happens to the register. \
             It cannot be edited or undone; members see it at once.",
            register.position.seq
        ),
        action: format!("/papers/{id}/freeze"),
        submit: "Freeze the paper".to_owned(),
        back: format!("/papers/{id}"),
        last_seq: Some(last),
        fields: Vec::new(),
        refusals: Vec::new(),
    })
}

fn crumbs(here: &str) -> Vec<(String, String)> {
    vec![("/papers".to_owned(), "Papers".to_owned()), (String::new(), here.to_owned())]
}

async fn fields(site: &Site, typed: &Typed) -> Result<Vec<Field>, Problem> {
    let mut read = site.read().await?;
    let inspections = plan::inspection::rows::all(&mut read, journal::OPEN_END - 1).await?;
    let mut subjects = vec![(String::new(), "All inspections".to_owned())];
    subjects.extend(inspections.into_iter().map(|(id, one)| (id.to_string(), one.title)));
    let asks = ASKS.map(|(word, words)| (word.to_owned(), words.to_owned()));
    let day_hint = "For example 9 December 2026";
    let mut fields = vec![
        Field::line("meeting", "Meeting", "", typed),
        Field::line("date", "Date of the meeting", day_hint, typed),
        Field::line("location", "Location", "", typed),
        Field::line("title", "Title of the paper", "", typed),
        Field::line("presented_by", "Presented by", "Rank and name, as on the agenda", typed),
        Field::one("ask", "Recommendation to members", "", asks, typed),
        Field::one("inspection", "What it is about", "", subjects, typed),
        Field::line("period_from", "Period: first day", "Closures from this day are told", typed),
        Field::line("period_to", "Period: last day", "", typed),
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
    Ok(fields)
}

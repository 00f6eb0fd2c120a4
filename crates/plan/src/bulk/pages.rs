//! The preview of a change to many recommendations, and its confirmation.

use std::collections::BTreeSet;

use askama::Template;
use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use journal::{AsAt, Id, Refusal, act, last_seq};
use serde::{Deserialize, Serialize};
use users::User;
use web::{Accepts, Field, Frame, Input, Kind, Problem, Section, Site, Typed, show, show_refused};

use super::rules::{Change, Given, Line, Outcome, known, preview, read_chosen, sorting};
use crate::{
    classification::{self, rows::Classifications},
    pages::Change as Form,
    recommendation::{pages::CHANGES, rows::Recommendations},
    register::{kept, list::Query, rows::load, rules::Register},
    words::{counted, thousands},
};

/// What is ticked. Everything else of the form is read by its fields' names.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ticked {
    id: Vec<String>,
}

/// A change to many, as the register offers it: its word, and what its button says.
#[derive(Debug, Clone, Copy)]
pub struct Offered {
    /// The word.
    pub word: &'static str,
    /// The button's words.
    pub words: &'static str,
    /// Where it is previewed, if another room does; empty where this one does.
    pub address: &'static str,
}

/// The changes to many that `who` may make.
pub fn offered(who: &User) -> Vec<Offered> {
    let forms = Change::WORDS.iter().filter_map(|word| form_of(word));
    let may = forms.filter(|form| who.may_do(form.permission));
    let forms = may.map(|form| Offered { word: form.word, words: form.heading, address: "" });
    let asks = Offered { word: "ask", words: "Ask for updates", address: "/rounds/preview" };
    forms.chain(who.may_do("plan.ask").then_some(asks)).collect()
}

/// The form of one recommendation that this change is for many.
fn form_of(word: &str) -> Option<&'static Form> {
    let forms = CHANGES.iter().chain(&classification::pages::CHANGES);
    forms.into_iter().find(|form| form.word == word && Change::WORDS.contains(&form.word))
}

/// What is said on the list after a change, by the word and number in the address that leads there.
pub fn done_words(done: &str) -> Option<String> {
    let (word, count) = done.split_once('-')?;
    let form = form_of(word)?;
    let count = counted(count.parse().ok()?, "recommendation", "recommendations");
    Some(format!("{} Changed: {count}.", form.done))
}

/// The page of a change.
#[derive(Debug, Template, Serialize)]
#[template(path = "bulk/preview.html")]
struct PreviewPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    #[serde(skip)]
    heading: String,
    #[serde(skip)]
    refusals: Vec<Refusal>,
    #[serde(skip)]
    meanwhile: String,
    change: String,
    #[serde(skip)]
    query: String,
    #[serde(skip)]
    back: String,
    #[serde(skip)]
    chosen: Vec<String>,
    #[serde(skip)]
    fields: Vec<Field>,
    summary: String,
    lines: Vec<ShownLine>,
    #[serde(skip)]
    confirm: String,
    seen: i64,
}

#[derive(Debug, Serialize)]
struct ShownLine {
    #[serde(flatten)]
    line: Line,
    /// Whether somebody changed it after the preview that was confirmed.
    is_new: bool,
}

/// `POST /recommendations/bulk`: asks what is to be changed, then shows what that would do to each.
pub async fn look(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    input: Input<Ticked>,
) -> Result<Response, Problem> {
    let typed = input.typed;
    let form = form_of(typed.get("change"))
        .ok_or_else(|| Refusal::of("change", "Choose what to change in the recommendations."))?;
    who.may(form.permission)?;
    let ticked = input.command?;
    let mut read = site.read().await?;
    let register = kept::register(&site, &mut read, AsAt::Now).await?;
    let mut page = empty_page(&register, &who, form, &typed);
    let chosen = match chosen(&register, &ticked, &typed) {
        Ok(chosen) => chosen,
        Err(refusal) => {
            page.refuse(&Refusal::of("", refusal.sentence.clone()));
            return show_refused(accepts, &refusal, &page);
        }
    };
    page.ask(&register, form, &chosen, &typed);
    // The buttons of the list send no field of the change: then it is only asked for.
    if accepts.html && !page.fields.iter().any(|field| typed.0.contains_key(field.name)) {
        return show(accepts, &page);
    }
    match Change::read(form.word, |name| typed.get(name).to_owned()) {
        Ok(change) => {
            page.tell(preview(&register, &chosen, &change), &BTreeSet::new());
            show(accepts, &page)
        }
        Err(refusal) => {
            page.refuse(&refusal);
            show_refused(accepts, &refusal, &page)
        }
    }
}

/// `POST /recommendations/bulk/confirmation`: does what the preview said, all of it or nothing.
pub async fn confirm(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    input: Input<Ticked>,
) -> Result<Response, Problem> {
    let typed = input.typed;
    let form = form_of(typed.get("change"))
        .ok_or_else(|| Refusal::of("change", "Choose what to change in the recommendations."))?;
    who.may(form.permission)?;
    let ticked = input.command?;
    let change = Change::read(form.word, |name| typed.get(name).to_owned())?;
    let seen: i64 = typed.get("seen").parse().map_err(|_| {
        Refusal::of("seen", "The entry that the preview was made at is missing. Preview the change first.")
    })?;
    let mut tx = site.begin().await?;
    let register = load(&mut tx, AsAt::Now, site.now()).await?;
    if seen > register.position.seq {
        let sentence = "No such entry was ever made. Preview the change again.";
        return Err(Refusal::of("seen", sentence).into());
    }
    let chosen = chosen(&register, &ticked, &typed)?;
    let lines = preview(&register, &chosen, &change);
    let mut moved = BTreeSet::new();
    for line in &lines {
        if last_seq(&mut tx, &line.id).await? > seen {
            moved.insert(line.id.clone());
        }
    }
    let actor = who.doing(form.heading);
    let (now, known) = (site.now(), known(register.position.today));
    let mut entries = Vec::new();
    if moved.is_empty() {
        for line in lines.iter().filter(|line| matches!(line.outcome, Outcome::Changes { .. })) {
            let entry = match change.command() {
                Given::Recommendation(command) => {
                    act::<Recommendations>(&mut tx, &actor, now, &line.id, &known, command).await??
                }
                Given::Classification(command) => {
                    let item = register.item(&line.id).ok_or(Problem::NotFound)?;
                    act::<Classifications>(&mut tx, &actor, now, &line.id, &sorting(item), command).await??
                }
            };
            entries.push(entry.seq);
        }
        tx.commit().await?;
        return Ok(done(accepts, form.word, &typed, &entries));
    }
    drop(tx);
    if !accepts.html {
        return Err(Problem::Stale { see: list(&typed), typed: Vec::new() });
    }
    let mut page = empty_page(&register, &who, form, &typed);
    page.ask(&register, form, &chosen, &typed);
    page.tell(lines, &moved);
    let mut response = show(accepts, &page)?;
    *response.status_mut() = StatusCode::CONFLICT;
    Ok(response)
}

fn done(accepts: Accepts, word: &str, typed: &Typed, entries: &[i64]) -> Response {
    if !accepts.html {
        return Json(serde_json::json!({ "changed": entries.len(), "entries": entries })).into_response();
    }
    let list = list(typed);
    let join = if list.contains('?') { '&' } else { '?' };
    Redirect::to(&format!("{list}{join}done={word}-{}", entries.len())).into_response()
}

/// The list they were chosen in, read and written again: an address that a form brings is nobody's word.
fn query(typed: &Typed) -> Query {
    serde_html_form::from_str(typed.get("query")).unwrap_or_default()
}

/// The address of the list they were chosen in.
pub fn list(typed: &Typed) -> String {
    query(typed).address(|_| {})
}

/// Those that are ticked, or all that the list finds.
pub fn chosen(register: &Register, ticked: &Ticked, typed: &Typed) -> Result<BTreeSet<Id>, Refusal> {
    if !matches!(typed.get("all"), "yes" | "true") {
        return read_chosen(register, &ticked.id);
    }
    let (query, today) = (query(typed), register.position.today);
    let found = register.items.iter().filter(|item| query.finds(item, today));
    read_chosen(register, &found.map(|item| item.id.to_string()).collect::<Vec<_>>())
}

fn empty_page(register: &Register, who: &User, form: &'static Form, typed: &Typed) -> PreviewPage {
    PreviewPage {
        frame: Frame::of(form.heading, Section::Improvement).seen_by(who.signed()),
        crumbs: vec![(list(typed), "Improvement".to_owned()), (String::new(), form.heading.to_owned())],
        heading: form.heading.to_owned(),
        refusals: Vec::new(),
        meanwhile: String::new(),
        change: form.word.to_owned(),
        query: typed.get("query").to_owned(),
        back: list(typed),
        chosen: Vec::new(),
        fields: Vec::new(),
        summary: String::new(),
        lines: Vec::new(),
        confirm: String::new(),
        seen: register.position.seq,
    }
}

impl PreviewPage {
    /// Asks what the form of one recommendation asks, of all of them.
    fn ask(&mut self, register: &Register, form: &'static Form, chosen: &BTreeSet<Id>, typed: &Typed) {
        let count = counted(chosen.len(), "recommendation", "recommendations");
        self.heading = format!("{} of {count}", form.heading);
        self.chosen = chosen.iter().map(Id::to_string).collect();
        if let Some(item) = chosen.first().and_then(|id| register.item(id)) {
            self.fields = (form.fields)(register, item, typed);
        }
    }

    fn refuse(&mut self, refusal: &Refusal) {
        if let Some(field) = self.fields.iter_mut().find(|field| field.name == refusal.field) {
            field.error = Some(refusal.sentence.to_string());
        }
        self.frame.title = format!("Problem: {}", self.frame.title);
        self.refusals.push(refusal.clone());
    }

    /// Tells what would happen to each, and which of them somebody else changed meanwhile.
    fn tell(&mut self, lines: Vec<Line>, moved: &BTreeSet<Id>) {
        let count = |is: fn(&Outcome) -> bool| lines.iter().filter(|line| is(&line.outcome)).count();
        let changing = count(|outcome| matches!(outcome, Outcome::Changes { .. }));
        self.summary = format!(
            "{} will change, {} so already, {} refused.",
            thousands(changing),
            are(count(|outcome| matches!(outcome, Outcome::Unchanged { .. }))),
            are(count(|outcome| matches!(outcome, Outcome::Refused { .. }))),
        );
        if changing > 0 {
            let count = counted(changing, "recommendation", "recommendations");
            self.confirm = format!("Change {count}");
        }
        if !moved.is_empty() {
            let those = match moved.len() {
                1 => "1 recommendation was".to_owned(),
                many => format!("{} recommendations were", thousands(many)),
            };
            self.meanwhile = format!(
                "Nothing is changed yet: {those} changed by somebody after your preview. Look at the list again and confirm."
            );
        }
        self.lines =
            lines.into_iter().map(|line| ShownLine { is_new: moved.contains(&line.id), line }).collect();
    }
}

/// "1 is", "3 are".
fn are(count: usize) -> String {
    format!("{} {}", thousands(count), if count == 1 { "is" } else { "are" })
}

//! The preview of asking about ticked recommendations, and its confirmation.

use std::collections::BTreeSet;

use askama::Template;
use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use journal::{AsAt, Id, OPEN_END, Reading, Refusal, last_seq};
use plan::{
    bulk::pages::{Ticked, chosen, list},
    post::rules::key,
    register::{kept, rows::load, rules::Register},
    words::{counted, thousands},
};
use serde::Serialize;
use users::User;
use web::{Accepts, Field, Frame, Input, Kind, Problem, Section, Site, Typed, show, show_refused};

use super::{
    super::{
        forms,
        pages::{ASK, New, open_round},
    },
    rules::{Line, Outcome, preview},
};

#[derive(Debug, Template, Serialize)]
#[template(path = "month/ticked/preview.html")]
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
    #[serde(skip)]
    query: String,
    #[serde(skip)]
    back: String,
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

/// `POST /rounds/preview`: asks for which meeting, then shows whether the round can be opened.
pub async fn look(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    input: Input<Ticked>,
) -> Result<Response, Problem> {
    who.may(ASK)?;
    let typed = input.typed;
    let ticked = input.command?;
    let mut read = site.read().await?;
    let register = kept::register(&site, &mut read, AsAt::Now).await?;
    let chosen = match chosen(&register, &ticked, &typed) {
        Ok(chosen) => chosen,
        Err(refusal) => {
            let page = PreviewPage::of(&register, &who, &typed, Vec::new(), Vec::new(), &BTreeSet::new());
            return show_refused(accepts, &refusal, &page.refused(&refusal));
        }
    };
    let lines = lines(&mut read, &register, &chosen).await?;
    drop(read);
    let fields = fields(&site, &who, &typed).await?;
    let mut page = PreviewPage::of(&register, &who, &typed, fields, lines, &BTreeSet::new());
    // The button of the list sends no field of this form: then it is only asked for.
    if !typed.0.contains_key("meeting") {
        return show(accepts, &page);
    }
    // The whole of it is done and dropped: what would be refused is refused before anybody confirms.
    let mut tx = site.begin().await?;
    match open_round(&mut tx, &site, &who, new(&typed, &chosen)).await {
        Ok(_) => {
            page.offer();
            show(accepts, &page)
        }
        Err(Problem::Refused(refusal)) => show_refused(accepts, &refusal, &page.refused(&refusal)),
        Err(problem) => Err(problem),
    }
}

/// `POST /rounds/preview/confirmation`: opens the round that the preview showed.
pub async fn confirm(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    input: Input<Ticked>,
) -> Result<Response, Problem> {
    who.may(ASK)?;
    let typed = input.typed;
    let ticked = input.command?;
    let seen: i64 = typed.get("seen").parse().map_err(|_| {
        Refusal::of("seen", "The entry that the preview was made at is missing. Preview the requests first.")
    })?;
    let fields = fields(&site, &who, &typed).await?;
    let mut tx = site.begin().await?;
    let register = load(&mut tx, AsAt::Now, site.now()).await?;
    let chosen = chosen(&register, &ticked, &typed)?;
    let mut moved = BTreeSet::new();
    for id in &chosen {
        if last_seq(&mut tx, id).await? > seen {
            moved.insert(id.clone());
        }
    }
    if moved.is_empty() {
        match open_round(&mut tx, &site, &who, new(&typed, &chosen)).await {
            Ok((id, _)) => {
                tx.commit().await?;
                return Ok(opened(accepts, &id));
            }
            Err(Problem::Refused(refusal)) => {
                drop(tx);
                let lines = lines(&mut site.read().await?, &register, &chosen).await?;
                let page = PreviewPage::of(&register, &who, &typed, fields, lines, &moved);
                return show_refused(accepts, &refusal, &page.refused(&refusal));
            }
            Err(problem) => return Err(problem),
        }
    }
    drop(tx);
    if !accepts.html {
        return Err(Problem::Stale { see: list(&typed), typed: Vec::new() });
    }
    let lines = lines(&mut site.read().await?, &register, &chosen).await?;
    let mut page = PreviewPage::of(&register, &who, &typed, fields, lines, &moved);
    page.offer();
    let mut response = show(accepts, &page)?;
    *response.status_mut() = StatusCode::CONFLICT;
    Ok(response)
}

fn opened(accepts: Accepts, id: &Id) -> Response {
    if accepts.html {
        return Redirect::to(&format!("/rounds/{id}?done=opened")).into_response();
    }
    (StatusCode::CREATED, Json(serde_json::json!({ "id": id }))).into_response()
}

fn new(typed: &Typed, chosen: &BTreeSet<Id>) -> New {
    New {
        meeting: typed.get("meeting").to_owned(),
        due_on: typed.get("due_on").to_owned(),
        recommendation: chosen.iter().map(Id::to_string).collect(),
        ..New::default()
    }
}

/// The fields of the form of a new round that ask when; whom is ticked already.
async fn fields(site: &Site, who: &User, typed: &Typed) -> Result<Vec<Field>, Problem> {
    let fields = forms::new_page(site, who, typed).await?.fields;
    Ok(fields.into_iter().filter(|field| matches!(field.name, "meeting" | "due_on")).collect())
}

async fn lines(read: &mut Reading, register: &Register, chosen: &BTreeSet<Id>) -> Result<Vec<Line>, Problem> {
    let posts = plan::post::rows::all(&mut *read, OPEN_END - 1).await?;
    let people = users::people(&mut *read).await?;
    let can_be_told = |account: &Id| {
        people.iter().any(|person| person.id == *account && person.is_open && person.role.may("plan.read"))
    };
    let is_held = |post: &str| {
        let of = posts.iter().find(|(_, one)| key(&one.title) == key(post));
        of.is_some_and(|(_, one)| !one.told(can_be_told).is_empty())
    };
    Ok(preview(register, chosen, is_held))
}

impl PreviewPage {
    fn of(
        register: &Register,
        who: &User,
        typed: &Typed,
        fields: Vec<Field>,
        lines: Vec<Line>,
        moved: &BTreeSet<Id>,
    ) -> Self {
        let words = "Ask for updates";
        let count = counted(lines.len(), "recommendation", "recommendations");
        let those = if moved.len() == 1 {
            "1 recommendation was".to_owned()
        } else {
            format!("{} recommendations were", thousands(moved.len()))
        };
        Self {
            frame: Frame::of(words, Section::Month).seen_by(who.signed()),
            crumbs: vec![(list(typed), "Improvement".to_owned()), (String::new(), words.to_owned())],
            heading: if lines.is_empty() { words.to_owned() } else { format!("{words} on {count}") },
            refusals: Vec::new(),
            meanwhile: if moved.is_empty() {
                String::new()
            } else {
                format!(
                    "Nobody is asked yet: {those} changed by somebody after your preview. Look at the list again and confirm."
                )
            },
            query: typed.get("query").to_owned(),
            back: list(typed),
            fields,
            summary: summary(&lines),
            lines: lines
                .into_iter()
                .map(|line| ShownLine { is_new: moved.contains(&line.id), line })
                .collect(),
            confirm: String::new(),
            seen: register.position.seq,
        }
    }

    /// Offers to confirm.
    fn offer(&mut self) {
        let asked = self.lines.iter().filter(|line| line.line.outcome.is_asked()).count();
        self.confirm = format!("Ask for {}", counted(asked, "update", "updates"));
    }

    fn refused(mut self, refusal: &Refusal) -> Self {
        let mut shown = refusal.clone();
        match self.fields.iter_mut().find(|field| field.name == refusal.field) {
            Some(field) => field.error = Some(refusal.sentence.to_string()),
            None => shown.field = "".into(),
        }
        self.frame.title = format!("Problem: {}", self.frame.title);
        self.refusals.push(shown);
        self
    }
}

fn summary(lines: &[Line]) -> String {
    let count = |wanted: Outcome| lines.iter().filter(|line| line.outcome == wanted).count();
    let asked = lines.iter().filter(|line| line.outcome.is_asked()).count();
    let mut parts = vec![format!("{} will be asked for", counted(asked, "update", "updates"))];
    for (outcome, words) in [
        (Outcome::Unheld, "of these from a post that nobody holds"),
        (Outcome::Ownerless, "not asked for, because nobody owns it"),
        (Outcome::Closed, "not asked for, because it is closed"),
    ] {
        match count(outcome) {
            0 => {}
            many => parts.push(format!("{} {words}", thousands(many))),
        }
    }
    format!("{}.", parts.join("; "))
}

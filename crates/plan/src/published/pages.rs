//! Importing a plan: choose, check, confirm.

use askama::Template;
use axum::{
    extract::{Multipart, State, multipart::MultipartError},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use import::{Placed, PlacedCell, Unsure};
use journal::{Id, OPEN_END, Refusal};
use serde::{Deserialize, Serialize};
use users::User;
use web::{Accepts, Choice, Frame, Input, Problem, Section, Session, Site, Typed, show, show_refused};

use super::{
    carry::{Source, When, carry_in, digest},
    rows::latest,
    rules::{Comparison, Difference, Stand},
};
use crate::{
    inspection::{
        rows::all,
        rules::{Details, Kind},
    },
    words::counted,
};

const TASK: &str = "Import an improvement plan";

/// The page to choose a plan.
#[derive(Debug, Template, Serialize)]
#[template(path = "published/start.html")]
pub struct StartPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    inspections: Vec<Choice>,
    kinds: Vec<Choice>,
    typed: Typed,
    latest: Vec<(String, String, String)>,
    #[serde(skip)]
    refusals: Vec<Refusal>,
    #[serde(skip)]
    errors: std::collections::BTreeMap<String, String>,
}

/// The page that shows what an import would change.
#[derive(Debug, Template, Serialize)]
#[template(path = "published/preview.html")]
pub struct PreviewPage {
    #[serde(skip)]
    frame: Frame,
    #[serde(skip)]
    crumbs: Vec<(String, String)>,
    file: String,
    title: String,
    moved: bool,
    new: usize,
    changed: usize,
    same: usize,
    gone: Vec<String>,
    unsure: Vec<Unsure>,
    cells_read: usize,
    cells: Vec<PlacedCell>,
    rows: Vec<Row>,
    idle: bool,
    seen_before: bool,
    confirm_words: String,
    #[serde(skip)]
    draft: String,
    #[serde(skip)]
    compared_digest: String,
}

#[derive(Debug, Serialize)]
struct Row {
    reference: String,
    mark: &'static str,
    words: &'static str,
    text: String,
    facts: Vec<String>,
    differences: Vec<Difference>,
    notes: Vec<String>,
    at: String,
}

/// A read plan between its check and its confirmation: carried by the form, nothing is kept here.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Draft {
    inspection: Option<String>,
    details: Details,
    file: String,
    digest: String,
    placed: Placed,
}

/// The confirming form.
#[derive(Debug, Deserialize)]
pub struct Confirmed {
    draft: String,
    compared: String,
}

/// `GET /imports`
pub async fn start(State(site): State<Site>, who: User, accepts: Accepts) -> Result<Response, Problem> {
    who.may("plan.register")?;
    let typed = Typed::default().with("inspectorate", "HMICS").with("addressees", "Police Scotland");
    show(accepts, &start_page(&site, &who, typed).await?)
}

/// `POST /imports`: reads the plan and shows what it would change. Writes nothing.
pub async fn preview(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    session: Session,
    form: Multipart,
) -> Result<Response, Problem> {
    who.may("plan.register")?;
    let (typed, file) = read_form(form).await?;
    session.check(typed.0.get("csrf").map(String::as_str))?;
    let outcome = match read_plan(&typed, file).await {
        Ok(draft) => preview_page(&site, &who, draft, None).await,
        Err(refusal) => Err(refusal.into()),
    };
    match outcome {
        Ok(page) => show(accepts, &page),
        Err(Problem::Refused(refusal)) => {
            let mut page = start_page(&site, &who, typed).await?;
            page.refuse(&refusal);
            show_refused(accepts, &refusal, &page)
        }
        Err(problem) => Err(problem),
    }
}

/// `POST /imports/confirmation`: carries it in, if the register still stands as it was shown.
pub async fn confirm(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    input: Input<Confirmed>,
) -> Result<Response, Problem> {
    who.may("plan.register")?;
    let confirmed = input.command?;
    let draft: Draft = serde_json::from_str(&confirmed.draft).map_err(|_| {
        Refusal::of("draft", "The checked plan was damaged on its way. Choose the file again.")
    })?;
    let actor = who.doing(TASK);
    let when = When { who: &actor, now: site.now(), today: site.today() };
    let mut tx = site.begin().await?;
    let (inspection, comparison) = carry_in(&mut tx, &when, &source(&draft), &draft.placed).await??;
    if fingerprint(&comparison) != confirmed.compared {
        drop(tx);
        return show(accepts, &preview_page(&site, &who, draft, Some(true)).await?);
    }
    tx.commit().await?;
    if accepts.html {
        Ok(Redirect::to(&format!("/recommendations?inspection={inspection}")).into_response())
    } else {
        Ok(axum::Json(comparison).into_response())
    }
}

async fn read_form(mut form: Multipart) -> Result<(Typed, Option<(String, Vec<u8>)>), Problem> {
    let unreadable = |error: MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
        _ => Refusal::of("file", "The form could not be read. Send it once more.").into(),
    };
    let mut typed = Typed::default();
    let mut file = None;
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            let file_name = field.file_name().unwrap_or("the file").to_owned();
            let bytes = field.bytes().await.map_err(unreadable)?;
            if !bytes.is_empty() {
                file = Some((file_name, bytes.to_vec()));
            }
        } else {
            typed.0.insert(name, field.text().await.map_err(unreadable)?);
        }
    }
    Ok((typed, file))
}

async fn read_plan(typed: &Typed, file: Option<(String, Vec<u8>)>) -> Result<Draft, Refusal> {
    let pasted = typed.get("pasted");
    let (field, file, bytes) = match file {
        Some((name, bytes)) => ("file", name, bytes),
        None if !pasted.trim().is_empty() => {
            ("pasted", "The pasted table".to_owned(), pasted.as_bytes().to_vec())
        }
        None => return Err(Refusal::of("file", "Choose a file, or paste the table with its heading row.")),
    };
    let file: String = file.rsplit(['/', '\\']).next().unwrap_or("the file").chars().take(120).collect();
    let digest = digest(&bytes);
    let name = file.clone();
    // Reading a workbook may take a second; the other pages go on meanwhile.
    let placed = tokio::task::spawn_blocking(move || {
        let sheets = import::read(&name, &bytes)?;
        import::place(&sheets)
    })
    .await
    .map_err(|_| Refusal::of(field, "The file could not be read. Save it anew and try again."))?
    .map_err(|refusal| Refusal { field: field.into(), ..refusal })?;
    let text = |name: &str| typed.get(name).to_owned();
    let details = Details {
        title: text("title"),
        code: String::new(),
        kind: text("kind"),
        published_on: text("published_on"),
        inspectorate: text("inspectorate"),
        addressees: text("addressees"),
    };
    let inspection = Some(text("inspection")).filter(|id| !id.is_empty());
    if inspection.as_ref().is_some_and(|id| Id::read(id).is_none()) {
        return Err(Refusal::of(
            "inspection",
            "That is no inspection of the register. Choose one from the list.",
        ));
    }
    if inspection.is_none() && details.title.trim().is_empty() {
        return Err(Refusal::of(
            "inspection",
            "Choose whose plan it is, or give the title of a new inspection.",
        ));
    }
    Ok(Draft { inspection, details, file, digest, placed })
}

fn source(draft: &Draft) -> Source {
    Source {
        inspection: draft.inspection.as_deref().and_then(Id::read),
        details: draft.details.clone(),
        file: draft.file.clone(),
        digest: draft.digest.clone(),
    }
}

/// What was shown, short: if it is the same when confirmed, the person has seen what will happen.
fn fingerprint(comparison: &Comparison) -> String {
    let steps: Vec<_> = comparison.compared.iter().map(|one| (&one.reference, &one.steps)).collect();
    digest(format!("{steps:?}").as_bytes())
}

/// Does the whole import and throws it away: what would be refused is refused now.
async fn preview_page(
    site: &Site,
    who: &User,
    draft: Draft,
    moved: Option<bool>,
) -> Result<PreviewPage, Problem> {
    let actor = who.doing(TASK);
    let when = When { who: &actor, now: site.now(), today: site.today() };
    let mut tx = site.begin().await?;
    let (inspection, comparison) = carry_in(&mut tx, &when, &source(&draft), &draft.placed).await??;
    let title = crate::inspection::rows::one(&mut tx, &inspection, OPEN_END - 1).await?;
    drop(tx);
    let (new, changed, same) = comparison.tally();
    let rows = draft.placed.recommendations.iter().zip(&comparison.compared).map(|(one, compared)| {
        let (mark, words) = match compared.stand {
            Stand::New => ("new", "New"),
            Stand::Changed => ("changed", "Changed"),
            Stand::Same => ("same", "Same"),
        };
        Row {
            reference: compared.reference.clone(),
            mark,
            words,
            text: compared.text.clone(),
            facts: if compared.stand == Stand::New { facts(one) } else { Vec::new() },
            differences: compared.differences.clone(),
            notes: compared.notes.clone(),
            at: compared.at.clone(),
        }
    });
    Ok(PreviewPage {
        frame: Frame::of("Check a plan", Section::Import).seen_by(who.signed()),
        crumbs: vec![("/imports".to_owned(), "Import".to_owned()), (String::new(), "Check".to_owned())],
        file: draft.file.clone(),
        title: title.map_or_else(String::new, |one| one.title),
        moved: moved.unwrap_or(false),
        new,
        changed,
        same,
        rows: rows.collect(),
        gone: comparison.gone.clone(),
        unsure: draft.placed.unsure.clone(),
        cells_read: draft.placed.cells_read,
        cells: draft.placed.cells.clone(),
        idle: comparison.is_idle(),
        seen_before: comparison.seen_before,
        confirm_words: format!("Import {}", counted(new + changed, "recommendation", "recommendations")),
        compared_digest: fingerprint(&comparison),
        draft: {
            let mut kept = draft;
            kept.placed.cells.clear();
            serde_json::to_string(&kept)?
        },
    })
}

/// What a new recommendation comes with, in a line each.
fn facts(draft: &import::DraftRecommendation) -> Vec<String> {
    let mut facts = Vec::new();
    let mut tell = |name: &str, words: Option<String>| {
        facts.extend(words.filter(|words| !words.is_empty()).map(|words| format!("{name}: {words}")));
    };
    tell("Owner", draft.owner.clone());
    tell("Risk exposure", draft.risk_exposure.clone());
    tell("First target", draft.first_target.map(|target| target.to_string()));
    tell(
        "Current target",
        draft.current_target.filter(|now| Some(*now) != draft.first_target).map(|one| one.to_string()),
    );
    tell("Actions", Some(draft.actions.iter().map(|one| one.number.as_str()).collect::<Vec<_>>().join(", ")));
    tell("Updates", Some(draft.updates.len()).filter(|count| *count > 0).map(|count| count.to_string()));
    facts
}

async fn start_page(site: &Site, who: &User, typed: Typed) -> Result<StartPage, Problem> {
    let mut read = site.read().await?;
    let inspections = all(&mut read, OPEN_END - 1).await?;
    let chosen = typed.get("inspection").to_owned();
    let kind = typed.get("kind").to_owned();
    let kinds = std::iter::once((String::new(), "Choose a kind".to_owned()))
        .chain(Kind::ALL.map(|kind| (kind.as_str().to_owned(), kind.words().to_owned())));
    Ok(StartPage {
        frame: Frame::of("Import an improvement plan", Section::Import).seen_by(who.signed()),
        crumbs: vec![(String::new(), "Import".to_owned())],
        inspections: std::iter::once(Choice::of("", "A new inspection", &chosen))
            .chain(inspections.iter().map(|(id, one)| Choice::of(id.as_str(), &*one.title, &chosen)))
            .collect(),
        kinds: kinds.map(|(value, words)| Choice::of(value, words, &kind)).collect(),
        latest: latest(&mut read)
            .await?
            .into_iter()
            .map(|(file, at, title)| (file, moment_words(&at), title))
            .collect(),
        typed,
        refusals: Vec::new(),
        errors: std::collections::BTreeMap::new(),
    })
}

/// A stored moment as people read it in Scotland.
fn moment_words(at: &str) -> String {
    at.parse().map_or_else(|_| at.to_owned(), crate::words::moment)
}

impl StartPage {
    fn refuse(&mut self, refusal: &Refusal) {
        const FIELDS: [&str; 8] =
            ["inspection", "title", "published_on", "kind", "inspectorate", "addressees", "file", "pasted"];
        let mut shown = refusal.clone();
        if FIELDS.contains(&&*refusal.field) {
            self.errors.insert(refusal.field.to_string(), refusal.sentence.to_string());
        } else {
            shown.field = "file".into();
            self.errors.insert("file".to_owned(), refusal.sentence.to_string());
        }
        self.frame.title = format!("Problem: {}", self.frame.title);
        self.refusals.push(shown);
    }
}

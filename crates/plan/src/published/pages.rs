//! Importing a plan or a committee's progress paper: choose, check, confirm.

use axum::{
    extract::{Multipart, State},
    response::{IntoResponse, Redirect, Response},
};
use import::{NationalPaper, Placed, Sheet};
use journal::{Id, OPEN_END, Refusal, Tx};
use serde::{Deserialize, Serialize};
use users::User;
use web::{Accepts, Input, Problem, Session, Site, Typed, read_upload, show, show_refused};

use super::{
    carry::{Source, When, carry_in, digest},
    national::{
        carry::{PaperSource, carry_paper},
        rules::PaperComparison,
        views::{CheckedPaper, PaperPage},
    },
    rules::{Comparison, Step},
    views::{Carried, Checked, PreviewPage, start_page},
};
use crate::inspection::{self, rules::Details};

const TASK: &str = "Import an improvement plan";
const PAPER_TASK: &str = "Import a progress paper";

/// A read file between its check and its confirmation: carried by the form, nothing is kept here.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Draft {
    /// The plan of one inspection.
    Plan(PlanDraft),
    /// A committee's paper over several.
    Paper(PaperDraft),
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct PlanDraft {
    inspection: Option<String>,
    details: Details,
    file: String,
    digest: String,
    placed: Placed,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct PaperDraft {
    file: String,
    digest: String,
    paper: NationalPaper,
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
    let (typed, file) = read_upload(form).await?;
    session.check(typed.0.get("csrf").map(String::as_str))?;
    let outcome = match read_file(&typed, file).await {
        Ok(draft) => checked(&site, &who, accepts, draft, false).await,
        Err(refusal) => Err(refusal.into()),
    };
    match outcome {
        Err(Problem::Refused(refusal)) => {
            let mut page = start_page(&site, &who, typed).await?;
            page.refuse(&refusal);
            show_refused(accepts, &refusal, &page)
        }
        shown => shown,
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
    let mut tx = site.begin().await?;
    let (found, see, told) = match &draft {
        Draft::Plan(plan) => {
            let (inspection, comparison) = carry_plan(&mut tx, &site, &who, plan).await?;
            let see = format!("/recommendations?inspection={inspection}");
            (fingerprint(&comparison), see, serde_json::to_value(comparison)?)
        }
        Draft::Paper(paper) => {
            let comparison = carry(&mut tx, &site, &who, paper).await?;
            let see = "/recommendations".to_owned();
            (fingerprint_of_all(&comparison), see, serde_json::to_value(comparison)?)
        }
    };
    if found != confirmed.compared {
        drop(tx);
        return checked(&site, &who, accepts, draft, true).await;
    }
    tx.commit().await?;
    Ok(if accepts.html { Redirect::to(&see).into_response() } else { axum::Json(told).into_response() })
}

async fn carry_plan(
    tx: &mut Tx,
    site: &Site,
    who: &User,
    plan: &PlanDraft,
) -> Result<(Id, Comparison), Problem> {
    let actor = who.doing(TASK);
    let when = When { who: &actor, now: site.now(), today: site.today() };
    let source = Source {
        inspection: plan.inspection.as_deref().and_then(Id::read),
        details: plan.details.clone(),
        file: plan.file.clone(),
        digest: plan.digest.clone(),
    };
    Ok(carry_in(tx, &when, &source, &plan.placed).await??)
}

async fn carry(tx: &mut Tx, site: &Site, who: &User, draft: &PaperDraft) -> Result<PaperComparison, Problem> {
    let actor = who.doing(PAPER_TASK);
    let when = When { who: &actor, now: site.now(), today: site.today() };
    let source = PaperSource { file: draft.file.clone(), digest: draft.digest.clone() };
    Ok(carry_paper(tx, &when, &source, &draft.paper).await??)
}

/// Does the whole import and throws it away: what would be refused is refused now. `moved` says that the
/// register changed after it was checked before.
async fn checked(
    site: &Site,
    who: &User,
    accepts: Accepts,
    draft: Draft,
    moved: bool,
) -> Result<Response, Problem> {
    let mut tx = site.begin().await?;
    match draft {
        Draft::Plan(mut plan) => {
            let (inspection, comparison) = carry_plan(&mut tx, site, who, &plan).await?;
            let title = inspection::rows::one(&mut tx, &inspection, OPEN_END - 1).await?;
            drop(tx);
            let placed = plan.placed.clone();
            plan.placed.cells.clear();
            let file = plan.file.clone();
            let carried = Carried {
                draft: serde_json::to_string(&Draft::Plan(plan))?,
                compared: fingerprint(&comparison),
            };
            let title = title.map_or_else(String::new, |one| one.title);
            let checked = Checked { file: &file, title, placed: &placed, comparison: &comparison, moved };
            show(accepts, &PreviewPage::of(who, &checked, carried))
        }
        Draft::Paper(mut draft) => {
            let comparison = carry(&mut tx, site, who, &draft).await?;
            drop(tx);
            let paper = draft.paper.clone();
            draft.paper.cells.clear();
            let file = draft.file.clone();
            let carried = Carried {
                draft: serde_json::to_string(&Draft::Paper(draft))?,
                compared: fingerprint_of_all(&comparison),
            };
            let checked = CheckedPaper { file: &file, paper: &paper, comparison, moved };
            show(accepts, &PaperPage::of(who.signed(), checked, carried))
        }
    }
}

async fn read_file(typed: &Typed, file: Option<(String, Vec<u8>)>) -> Result<Draft, Refusal> {
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
    let read = tokio::task::spawn_blocking(move || place(&import::read(&name, &bytes)?))
        .await
        .map_err(|_| Refusal::of(field, "The file could not be read. Save it anew and try again."))?
        .map_err(|refusal| Refusal { field: field.into(), ..refusal })?;
    match read {
        Read::Plan(placed) => Ok(Draft::Plan(whose(typed, file, digest, placed)?)),
        Read::Paper(paper) => Ok(Draft::Paper(PaperDraft { file, digest, paper: *paper })),
    }
}

/// What a file turned out to be.
enum Read {
    Plan(Placed),
    Paper(Box<NationalPaper>),
}

fn place(sheets: &[Sheet]) -> Result<Read, Refusal> {
    if import::is_national(sheets) {
        import::place_paper(sheets).map(|paper| Read::Paper(Box::new(paper)))
    } else {
        import::place(sheets).map(Read::Plan)
    }
}

/// The plan with the inspection that was chosen, or what to register it by.
fn whose(typed: &Typed, file: String, digest: String, placed: Placed) -> Result<PlanDraft, Refusal> {
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
    Ok(PlanDraft { inspection, details, file, digest, placed })
}

/// What was shown, short: if it is the same when confirmed, the person has seen what will happen.
fn fingerprint(comparison: &Comparison) -> String {
    digest(format!("{:?}", steps(comparison)).as_bytes())
}

fn fingerprint_of_all(comparison: &PaperComparison) -> String {
    let all: Vec<_> =
        comparison.held.iter().map(|held| (&held.inspection, steps(&held.comparison))).collect();
    digest(format!("{all:?}").as_bytes())
}

fn steps(comparison: &Comparison) -> Vec<(&String, &Vec<Step>)> {
    comparison.compared.iter().map(|one| (&one.reference, &one.steps)).collect()
}

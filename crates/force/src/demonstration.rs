//! The demonstration from an empty journal to a register that has been worked on for years.

use std::{collections::BTreeMap, fs, path::Path};

use ::plan::{
    published::carry::{self, Source, When, digest},
    register::rules::scottish_day,
};
use anyhow::{Context, Result, anyhow, ensure};
use jiff::{Timestamp, civil::Date};
use journal::{Actor, Id, Journal, Tx};

use crate::{
    Plan, Shape, SignIn,
    life::{self, Event, Life},
    people::{self, People},
    plan,
    stage::{Clock, Identities, Stage, identities},
    workbook,
};

/// The day on which Caledonia Police took up its register. Invented; before everything else.
const OPENING_DAY: Date = jiff::civil::date(2022, 8, 29);

/// A plan, the file it came in, and what became of it.
struct Story {
    plan: Plan,
    shape: Shape,
    file: &'static str,
    life: Life,
}

/// What happens on a day.
enum Step<'a> {
    CarryIn(&'a Story),
    Play(&'a Story, &'a Event),
}

/// Makes the demonstration in an empty journal and gives one sign-in for each role.
///
/// Everything is written as if on its day, in order, and nothing after `now`. The plans' workbooks are left in
/// `folder`. It is not one transaction: whoever is interrupted begins again with a new journal.
pub async fn demonstrate(
    journal: &Journal,
    now: Timestamp,
    folder: &Path,
    password: impl FnMut() -> String,
    mut progress: impl FnMut(&str),
) -> Result<Vec<SignIn>> {
    let last = journal::head(&mut *journal.read().await?).await?;
    ensure!(last == 0, "the journal has {last} entries already; the demonstration needs an empty one");
    fs::create_dir_all(folder).with_context(|| format!("{} could not be made", folder.display()))?;
    progress("Opening an account for each role");
    let opening = Clock::morning(OPENING_DAY)?.tick().min(now);
    let (people, sign_ins) = people::open(journal, opening, password).await?;
    let stories = stories()?;
    let mut ids = Identities::new();
    for (day, steps) in days(&stories, scottish_day(now)) {
        let mut tx = journal.begin().await?;
        let mut clock = Clock::morning(day)?;
        for step in steps {
            match step {
                Step::CarryIn(story) => {
                    progress(&format!("Importing {} from {}", story.plan.title, story.file));
                    ids = arrive(&mut tx, &people, clock.tick(), story, folder).await?;
                }
                Step::Play(story, event) => {
                    let mut stage = Stage { people: &people, tx: &mut tx, today: day, ids: &ids };
                    stage.play(&mut clock, &story.plan.code, event).await?;
                }
            }
        }
        tx.commit().await?;
    }
    progress("The register is worked on until today");
    Ok(sign_ins)
}

/// Writes the plan as a workbook, reads it back by the importer and carries it in, as a person would.
pub async fn carry_in(tx: &mut Tx, who: &Actor, now: Timestamp, plan: &Plan, shape: Shape) -> Result<Id> {
    let bytes = workbook(plan, shape)?;
    carry_file(tx, who, now, plan, "plan.xlsx", &bytes).await
}

/// The story's plan comes as a workbook; gives the recommendations that there now are.
async fn arrive(
    tx: &mut Tx,
    people: &People,
    now: Timestamp,
    story: &Story,
    folder: &Path,
) -> Result<Identities> {
    let bytes = workbook(&story.plan, story.shape)?;
    fs::write(folder.join(story.file), &bytes)?;
    let who = people.doing("audit_manager", "Import a plan")?;
    carry_file(tx, &who, now, &story.plan, story.file, &bytes).await?;
    identities(tx, now).await
}

async fn carry_file(
    tx: &mut Tx,
    who: &Actor,
    now: Timestamp,
    plan: &Plan,
    file: &str,
    bytes: &[u8],
) -> Result<Id> {
    let sheets = import::read(file, bytes)?;
    let placed = import::place(&sheets)?;
    ensure!(placed.unsure.is_empty(), "the importer is unsure of {file}: {:?}", placed.unsure);
    let source =
        Source { inspection: None, details: plan.details(), file: file.to_owned(), digest: digest(bytes) };
    let when = When { who, now, today: scottish_day(now) };
    let carried = carry::carry_in(tx, &when, &source, &placed).await?;
    let (id, _) = carried.map_err(|refusal| anyhow!("{file} was refused: {refusal}"))?;
    Ok(id)
}

fn stories() -> Result<[Story; 2]> {
    Ok([
        Story {
            plan: plan::contact_assessment_model()?,
            shape: Shape::Plain,
            file: "contact-assessment-model-2022.xlsx",
            life: life::contact_assessment_model()?,
        },
        Story {
            plan: plan::domestic_abuse()?,
            shape: Shape::Titled,
            file: "domestic-abuse-2023.xlsx",
            life: life::domestic_abuse()?,
        },
    ])
}

/// What happens on each day before `today`, in order.
fn days(stories: &[Story], today: Date) -> BTreeMap<Date, Vec<Step<'_>>> {
    let mut days: BTreeMap<Date, Vec<Step<'_>>> = BTreeMap::new();
    for story in stories.iter().filter(|story| story.life.carried_in_on < today) {
        days.entry(story.life.carried_in_on).or_default().push(Step::CarryIn(story));
        for (day, event) in story.life.before(today) {
            days.entry(day).or_default().push(Step::Play(story, event));
        }
    }
    days
}

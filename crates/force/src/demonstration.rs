//! The demonstration from an empty journal to a register that has been worked on for years.

use std::{fs, path::Path};

use ::plan::{
    published::carry::{self, Source, When, digest},
    register::rules::scottish_day,
};
use anyhow::{Context, Result, anyhow, ensure};
use jiff::{Timestamp, ToSpan, civil::Date};
use journal::{Actor, Id, Journal, Tx, beginning_of, day_of};

use crate::{
    Plan, Shape, SignIn,
    around::{self, Around},
    attached,
    contacts::{self, Behaviours, Truth},
    life::Event,
    people,
    portfolio::{Story, stories},
    stage::{Cast, Clock, Doing, Stage},
    workbook,
};

/// The day on which Caledonia Police took up its register. Invented; before everything else.
pub(crate) const OPENING_DAY: Date = jiff::civil::date(2013, 4, 2);

/// Who got in touch again, and why, beside the plans’ workbooks.
const TRUTHS: &str = "truth.json";

/// What happens on a day.
enum Step<'a> {
    /// A plan comes in and is sorted.
    CarryIn(&'a Story),
    /// Something happens to one of its recommendations.
    Play(&'a Story, &'a Event),
    /// Something happens around the plans.
    Around(around::Step<'a>),
}

/// How much of the past there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Past {
    /// So many weeks before the day that ends now.
    pub weeks: i64,
    /// Contacts on an ordinary day of them.
    pub contacts_a_day: u64,
}

impl From<i64> for Past {
    /// So many weeks, with as many contacts as the published force has.
    fn from(weeks: i64) -> Self {
        Self { weeks, contacts_a_day: Behaviours::published().rhythm.contacts_a_day }
    }
}

/// Makes the demonstration in an empty journal and gives one sign-in for each role.
///
/// Everything is written as if on its day, in order, and nothing after `now`. Calls come in the weeks of the `past` before it, and on
/// the day that ends then. The plans' workbooks are left in
/// `folder`. It is not one transaction: whoever is interrupted begins again with a new journal.
pub async fn demonstrate(
    journal: &Journal,
    now: Timestamp,
    past: impl Into<Past>,
    folder: &Path,
    password: impl FnMut() -> String,
    mut progress: impl FnMut(&str),
) -> Result<Vec<SignIn>> {
    let last = journal::head(&mut *journal.read().await?).await?;
    ensure!(last == 0, "the journal has {last} entries already; the demonstration needs an empty one");
    fs::create_dir_all(folder).with_context(|| format!("{} could not be made", folder.display()))?;
    progress("Opening an account for each role");
    let opening = Clock::morning(OPENING_DAY)?.tick()?.min(now);
    let (people, sign_ins) = people::open(journal, opening, password).await?;
    let (stories, around) = (stories()?, Around::read()?);
    let mut cast = Cast::default();
    let Past { weeks, contacts_a_day } = past.into();
    let behaviours = Behaviours::published().with_contacts_a_day(contacts_a_day);
    let mut calls = contacts::Calls::of(now, weeks, behaviours);
    let steps = steps(&stories, &around, scottish_day(now));
    // A month is one transaction: every commit waits for the disk.
    for month in steps.chunk_by(|(one, _), (next, _)| one.first_of_month() == next.first_of_month()) {
        if weeks > 0 && calls.first_day() <= month[0].0.first_of_month() {
            calls.open(journal, &people).await?;
        }
        let mut tx = journal.begin().await?;
        for day in month.chunk_by(|(one, _), (next, _)| one == next) {
            let today = day[0].0;
            let clock = Clock::morning(today)?;
            calls.play_until(&mut tx, &people, clock.now()).await?;
            let mut stage = Stage { people: &people, tx: &mut tx, cast: &mut cast, today, clock };
            for (_, step) in day {
                if let Step::CarryIn(story) = step {
                    progress(&format!("Importing {} from {}", story.plan.title, story.file));
                }
                take(&mut stage, step, folder).await?;
            }
            calls.not_before(stage.clock.now());
        }
        tx.commit().await?;
    }
    progress("The register is worked on until today");
    calls.open(journal, &people).await?;
    progress("Contacts, and what was done about them");
    play_on(journal, &people, &mut calls, now, weeks).await?;
    let truths = serde_json::to_string_pretty(&calls.truths())?;
    fs::write(folder.join(TRUTHS), truths).with_context(|| format!("writing {TRUTHS}"))?;
    if weeks > 0 {
        progress("A week is sampled for quality");
        contacts::sample(journal, &people, now).await?;
    }
    progress("Measures are attached as evidence");
    attached::attach_all(journal, &people, now, weeks).await?;
    Ok(sign_ins)
}

/// Calls alone, and what is done about them, of a force that behaves so; gives who got in touch again, and why.
///
/// For scoring what is counted against what was played: it is told nowhere else.
pub async fn work(
    journal: &Journal,
    now: Timestamp,
    weeks: i64,
    behaviours: Behaviours,
    password: impl FnMut() -> String,
) -> Result<Vec<Truth>> {
    let mut calls = contacts::Calls::of(now, weeks, behaviours);
    let opening = Clock::morning(OPENING_DAY)?.tick()?.min(now);
    let (people, _) = people::open(journal, opening, password).await?;
    calls.open(journal, &people).await?;
    play_on(journal, &people, &mut calls, now, weeks).await?;
    Ok(calls.truths())
}

/// A day is one transaction: every commit waits for the disk.
async fn play_on(
    journal: &Journal,
    people: &people::People,
    calls: &mut contacts::Calls,
    now: Timestamp,
    weeks: i64,
) -> Result<()> {
    let mut day = day_of(now).saturating_sub((7 * weeks).days());
    while day <= day_of(now) {
        day = day.saturating_add(1.day());
        let mut tx = journal.begin().await?;
        calls.play_until(&mut tx, people, beginning_of(day).min(now)).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Everything that happens before `today`, in order; on one day in the order in which it is put in here.
fn steps<'a>(stories: &'a [Story], around: &'a Around, today: Date) -> Vec<(Date, Step<'a>)> {
    let mut steps: Vec<(Date, Step<'a>)> = Vec::new();
    steps.extend(around.before().map(|(day, step)| (day, Step::Around(step))));
    for story in stories.iter().filter(|story| story.life.carried_in_on < today) {
        steps.push((story.life.carried_in_on, Step::CarryIn(story)));
        steps.extend(story.life.before(today).map(|(day, event)| (day, Step::Play(story, event))));
    }
    steps.extend(around.after(stories, today).map(|(day, step)| (day, Step::Around(step))));
    steps.retain(|(day, _)| *day < today);
    steps.sort_by_key(|(day, _)| *day);
    steps
}

async fn take(stage: &mut Stage<'_>, step: &Step<'_>, folder: &Path) -> Result<()> {
    match step {
        Step::CarryIn(story) => arrive(stage, story, folder).await,
        Step::Play(story, event) => stage.play(&story.plan.code, event).await,
        Step::Around(step) => stage.around(step).await,
    }
}

/// Writes the plan as a workbook, reads it back by the importer and carries it in, as a person would.
pub async fn carry_in(tx: &mut Tx, who: &Actor, now: Timestamp, plan: &Plan, shape: Shape) -> Result<Id> {
    let bytes = workbook(plan, shape)?;
    carry_file(tx, who, now, plan, "plan.xlsx", &bytes).await
}

/// The story's plan comes as a workbook, and is sorted.
async fn arrive(stage: &mut Stage<'_>, story: &Story, folder: &Path) -> Result<()> {
    let bytes = workbook(&story.plan, story.shape)?;
    fs::write(folder.join(&story.file), &bytes)?;
    let who = stage.who(Doing::keeping("Import a plan"))?;
    let now = stage.clock.tick()?;
    let inspection = carry_file(stage.tx, &who, now, &story.plan, &story.file, &bytes).await?;
    stage.cast.welcome(stage.tx, &story.plan.code, inspection).await?;
    stage.sort(&story.plan).await
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

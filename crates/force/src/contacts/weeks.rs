//! Weeks of calls, and the day that ends now: the calls of `calls.toml` again and again, at their hours.

use std::{collections::BTreeMap, sync::LazyLock};

use anyhow::{Result, anyhow};
use contact::place::{
    rows as gazetteer,
    rules::{Fact, Place},
};
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};
use journal::{Id, Journal, Tx, beginning_of, day_of};

use super::{
    behaviours::{Behaviours, Truth},
    day::{Call, Calls as Written, Planned, Step, Story, plan, play},
    diaries, people, places,
};
use crate::{people::People, sixty::Chance};

/// Calls of the last day.
const CALLS: i64 = 64;
/// Over how many hours they are spread.
const HOURS: i64 = 20;
/// So many weeks ago something was done about the wait of 101: since then it is shorter. Invented, so that there is
/// something to see.
pub(crate) const SHORTER_SINCE_WEEKS: i64 = 4;
const SHORTER_PERCENT: i64 = 60;

/// By when what is said of a booking has left, if it may.
const SENT_WITHIN: SignedDuration = SignedDuration::from_mins(5);

/// After this an appointment is booked anew.
const MISSED: &str = "seen:missed_by_police";
/// As it ought to be.
const KEPT: &str = "seen:kept";
/// What of the fates is police’s doing.
const BY_POLICE: [&str; 2] = [MISSED, "seen:late"];
/// The behaviour that lets them happen.
const APPOINTMENT: &str = "appointment_missed";

/// The day from which all units of the model are there: the resolution team came last, in October 2020
/// (policeprofessional.com, 6 October 2020).
const MODEL_IN_FORCE: Date = jiff::civil::date(2020, 11, 1);

static WRITTEN: LazyLock<Written> =
    LazyLock::new(|| toml::from_str(include_str!("calls.toml")).expect("calls.toml is compiled in"));
static PLACES: LazyLock<Vec<Place>> = LazyLock::new(places::all);

/// Calls and what is going to be done about them, in the order of time; the same for the same moment.
pub(crate) struct Calls {
    stories: Vec<Story<'static>>,
    steps: BTreeMap<(Timestamp, usize), (usize, Step)>,
    /// Steps of one moment are played in the order in which they were planned.
    next: usize,
    chance: Chance,
    now: Timestamp,
    weeks: i64,
    /// Nothing happens before this: the journal is in the order of time.
    last: Timestamp,
    is_open: bool,
    behaviours: Behaviours,
}

impl Calls {
    /// None yet, of as many weeks before `now`, and of the day that ends then.
    pub(crate) fn of(now: Timestamp, weeks: i64, behaviours: Behaviours) -> Self {
        Self {
            stories: Vec::new(),
            steps: BTreeMap::new(),
            next: 0,
            chance: Chance(7),
            now,
            weeks,
            last: Timestamp::MIN,
            is_open: false,
            behaviours,
        }
    }

    /// The day on which the first of them comes.
    pub(crate) fn first_day(&self) -> Date {
        let today = day_of(self.now);
        if self.weeks == 0 { today } else { today.saturating_sub((7 * self.weeks).days()).first_of_month() }
    }

    /// Opens the diaries, takes in the gazetteer, and plans what comes: once, and before anything is played.
    pub(crate) async fn open(&mut self, journal: &Journal, people: &People) -> Result<()> {
        if self.is_open {
            return Ok(());
        }
        self.is_open = true;
        let last = last_moment(journal).await?;
        let the_day = self.now.checked_sub(SignedDuration::from_hours(HOURS))?;
        let begin = if self.weeks == 0 { the_day } else { beginning_of(self.first_day()) }.max(last);
        if self.now < beginning_of(MODEL_IN_FORCE) || self.now.duration_since(begin).as_secs() < 600 {
            return Ok(());
        }
        let clerk = people.doing("administrator", "Import the gazetteer")?;
        let edition = Fact::Imported {
            name: "caledonia-gazetteer.csv".to_owned(),
            places: i64::try_from(PLACES.len())?,
            digest: "invented".to_owned(),
        };
        gazetteer::import(journal, &clerk, begin, &edition, &PLACES).await?;
        diaries::open(journal, people, begin).await?;
        self.plan_past(begin, the_day)?;
        self.plan_today(the_day.max(begin))
    }

    /// Plans the calls of the past, each at an hour of its day at which such calls come.
    fn plan_past(&mut self, begin: Timestamp, end: Timestamp) -> Result<()> {
        let rhythm = self.behaviours.rhythm.clone();
        let (mut day, mut owed) = (day_of(begin), 0);
        while beginning_of(day) < end {
            // Parts of a call are owed to the next day.
            owed += rhythm.ten_thousandths_on(day);
            for _ in 0..owed / 10_000 {
                let call = &WRITTEN.call[self.stories.len() % WRITTEN.call.len()];
                let is_more = rhythm.has_one_more(&mut self.chance, day, call.channel);
                for _ in 0..=i32::from(is_more) {
                    let at = rhythm.moment(&mut self.chance, day, call.channel);
                    if (begin..end).contains(&at) {
                        self.plan(call, at, true)?;
                    }
                }
            }
            owed %= 10_000;
            day = day.tomorrow()?;
        }
        Ok(())
    }

    /// Plans the calls of the day that ends now, evenly: so that there is one of each to see.
    fn plan_today(&mut self, begin: Timestamp) -> Result<()> {
        let seconds = self.now.duration_since(begin).as_secs();
        for number in 0..CALLS {
            let second = seconds * number / CALLS + i64::try_from(self.chance.below(60))?;
            let call = &WRITTEN.call[self.stories.len() % WRITTEN.call.len()];
            self.plan(call, begin.checked_add(SignedDuration::from_secs(second))?, false)?;
        }
        Ok(())
    }

    /// Plans a call, and what is done about it. What is `past` was dealt with.
    fn plan(&mut self, call: &'static Call, arrived_at: Timestamp, is_past: bool) -> Result<()> {
        let shorter_since = self.now.checked_sub(SignedDuration::from_hours(24 * 7 * SHORTER_SINCE_WEEKS))?;
        let story = self.stories.len();
        let percent = if is_past && arrived_at >= shorter_since { SHORTER_PERCENT } else { 100 };
        let planned = Planned { call, arrived_at, is_attempt: story % 11 == 10, percent, is_past };
        let steps = plan(&mut self.chance, &self.behaviours, &planned)?;
        let last = steps.last().map_or(arrived_at, |(at, _)| *at);
        for (at, step) in steps {
            self.push(at, story, step);
        }
        if is_past && !call.grade.is_empty() {
            let late = i64::try_from(self.chance.below(600))?;
            let at = last + SignedDuration::from_mins(60 * 5 + late);
            self.push(at, story, Step::Then("tidy".to_owned()));
        }
        self.stories.push(Story {
            call,
            place: places::one(&PLACES, &mut self.chance),
            name: people::name(&mut self.chance),
            number: people::number(&mut self.chance),
            arrived_at,
            is_past,
            contact: Id::new(arrived_at),
            incident: None,
            call_sign: format!("{}{}", ["KM", "PL", "IK", "TW"][story % 4], 10 + story % 40),
            truths: Vec::new(),
        });
        Ok(())
    }

    fn push(&mut self, at: Timestamp, story: usize, step: Step) {
        if at <= self.now {
            self.steps.insert((at, self.next), (story, step));
            self.next += 1;
        }
    }

    /// Nothing more happens before `at`.
    pub(crate) fn not_before(&mut self, at: Timestamp) {
        self.last = self.last.max(at);
    }

    /// Plays what happens until a moment.
    pub(crate) async fn play_until(&mut self, tx: &mut Tx, people: &People, until: Timestamp) -> Result<()> {
        while let Some(first) = self.steps.first_entry().filter(|first| first.key().0 <= until) {
            let ((at, _), (story, step)) = first.remove_entry();
            self.not_before(at);
            let at = self.last;
            let played = play(tx, people, &self.behaviours, &mut self.stories[story], at, &step);
            let booked = Box::pin(played).await?;
            if let Some(starts_at) = booked {
                self.push(at + SENT_WITHIN, story, Step::Then("told".to_owned()));
                self.decide_fate(story, starts_at)?;
            }
        }
        Ok(())
    }

    /// Who got in touch again, and why.
    pub(crate) fn truths(&self) -> Vec<Truth> {
        self.stories.iter().flat_map(|story| story.truths.iter().cloned()).collect()
    }

    /// What becomes of an appointment.
    fn decide_fate(&mut self, story: usize, starts_at: Timestamp) -> Result<()> {
        let mut drawn = self.chance.below(100);
        for fate in &WRITTEN.fate {
            if drawn < fate.percent {
                let after = |minutes| starts_at + SignedDuration::from_mins(minutes);
                let is_failed = BY_POLICE.contains(&fate.then.as_str());
                let happens = self.behaviours.of(APPOINTMENT).filter(|_| is_failed).map(|one| {
                    (self.chance.below(100) < one.percent, self.chance.below(100) < one.again_percent)
                });
                let is_kept = happens.is_some_and(|(happens, _)| !happens);
                let then = if is_kept { KEPT } else { &fate.then };
                self.push(after(fate.minutes), story, Step::Then(then.to_owned()));
                // Whom police missed is seen another time.
                if then == MISSED {
                    self.push(after(fate.minutes + 60), story, Step::Then("book".to_owned()));
                    if happens.is_some_and(|(_, again)| again) && self.stories[story].is_past {
                        self.push(after(25), story, Step::Then(format!("again:{APPOINTMENT}")));
                    }
                }
                self.push(after(6 * 60), story, Step::Then("tidy".to_owned()));
                return Ok(());
            }
            drawn -= fate.percent;
        }
        Err(anyhow!("the fates of calls.toml are not a hundred"))
    }
}

/// When the last entry was written.
async fn last_moment(journal: &Journal) -> Result<Timestamp> {
    let mut read = journal.read().await?;
    let last = journal::head(&mut read).await?;
    let entries = journal::entries(&mut read, last - 1, last).await?;
    Ok(entries.last().map_or(Timestamp::UNIX_EPOCH, |entry| entry.at))
}

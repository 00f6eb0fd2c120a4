//! One piece of evidence as it is shown.

use std::collections::BTreeMap;

use askama::Template;
use jiff::ToSpan;
use journal::{DatabaseError, Entry, words::day};
use measure::{
    asked::Query,
    catalogue::{Catalogue, Versions},
    chart::drawing::Drawing,
};
use plan::register::rules::Item;
use serde::Serialize;
use users::User;
use web::{Frame, Section};

use super::{
    again::{Again, compare},
    chart::{Done, Mark, drawn},
    list::rows::Listed,
    rules::{Attached, Counted, Fact, Part},
    seen::{WHY_HIDDEN, figure, shows_parts},
    verdict::judge,
    words::{division, period},
};

/// A period of the figure.
#[derive(Debug, Serialize)]
pub struct PartRow {
    /// Which.
    pub of: String,
    /// Its value.
    pub told: String,
    /// Its numerator.
    pub numerator: i64,
    /// Its denominator.
    pub denominator: i64,
    /// Whether it is judged.
    pub is_whole: bool,
    /// The records that it counts; empty for whom they are not.
    pub address: String,
}

/// The figure counted again, and as it is now.
#[derive(Debug, Serialize)]
pub struct Rerun {
    /// What came of it.
    pub outcome: &'static str,
    /// The same in words.
    pub words: &'static str,
    /// Whether it is as it was.
    pub is_same: bool,
    /// What was counted again.
    pub again: String,
    /// Of how many.
    pub again_of: String,
    /// As it is now.
    pub now: String,
    /// Of how many.
    pub now_of: String,
    /// The entry at which it is counted now.
    pub now_entry: i64,
    /// What is behind it now.
    pub now_address: String,
}

/// A moment of the history.
#[derive(Debug, Serialize)]
pub struct Moment {
    /// What happened.
    pub title: &'static str,
    /// How it is marked.
    pub kind: &'static str,
    /// Who, in which role.
    pub who: String,
    /// When, for programs.
    pub at: String,
    /// When, in words.
    pub when: String,
    /// What was said.
    pub words: String,
}

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "evidence/show.html")]
pub struct ShowPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// Its identity.
    pub id: String,
    /// What it is called on the telephone.
    pub reference: String,
    /// Where its recommendation is, and what it is called.
    pub recommendation: (String, String),
    /// What is recommended, in short.
    pub recommended: String,
    /// The action that it is about; empty where it is all of it.
    pub action: String,
    /// The measure’s name.
    pub measure: String,
    /// Where the measure is; empty for whom it is not.
    pub measure_address: String,
    /// The version of its definition.
    pub version: i64,
    /// The versions of its definition in the period, in words.
    pub version_words: String,
    /// By what it was counted; nothing of what was attached before that was kept.
    pub versions: Option<Versions>,
    /// What changed of the definition since; empty where nothing did.
    pub redefined: String,
    /// The period.
    pub period: String,
    /// The division.
    pub division: String,
    /// What it is claimed to show.
    pub claim: &'static str,
    /// What it shows, as whoever attached it says.
    pub words: String,
    /// Why it was attached although something spoke against it; empty where nothing did.
    pub although: String,
    /// Whether it is shown, as an address has it.
    pub verdict: &'static str,
    /// The same in words.
    pub verdict_words: &'static str,
    /// Why.
    pub why: String,
    /// The figure.
    pub told: String,
    /// Of how many.
    pub of_how_many: String,
    /// The records behind it; empty for whom they are not.
    pub address: String,
    /// The target in words; empty where there is none.
    pub target: String,
    /// Which way is better.
    pub better: &'static str,
    /// The entry at which it was counted.
    pub counted_at: i64,
    /// The day on which it was counted.
    pub counted_on: String,
    /// Until when its values were settled then; empty where all were.
    pub settled_until: String,
    /// Its chart.
    pub drawing: Option<Drawing>,
    /// What was done in its time.
    pub marks: Vec<Mark>,
    /// Its periods.
    pub parts: Vec<PartRow>,
    /// Why periods and chart are not shown; empty where they are.
    pub hidden: &'static str,
    /// Whether the measure is a plain count.
    pub is_count: bool,
    /// Why it was withdrawn; nothing while it stands.
    pub withdrawn: Option<String>,
    /// The figure counted again, where that was asked.
    pub rerun: Option<Rerun>,
    /// Whether they may count it again.
    #[serde(skip)]
    pub may_rerun: bool,
    /// Whether they may withdraw it.
    #[serde(skip)]
    pub may_withdraw: bool,
    /// What happened, the latest first.
    pub history: Vec<Moment>,
    /// The subject’s last entry.
    pub last_seq: i64,
}

fn records(attached: &Attached, from: &str, until: &str, entry: Option<i64>) -> String {
    let query = Query {
        from: from.to_owned(),
        until: until.to_owned(),
        by: attached.by.clone(),
        division: attached.division.clone(),
        as_at: entry.map_or_else(String::new, |entry| entry.to_string()),
        ..Query::default()
    };
    query.address(&format!("/measures/{}/records", attached.measure))
}

fn of_part(part: &Part) -> String {
    if part.from == part.until {
        return day(part.from);
    }
    format!("{} to {}", day(part.from), day(part.until))
}

fn parts(attached: &Attached, may_open: bool) -> Vec<PartRow> {
    let kept = attached.kept.definition();
    let row = |part: &Part| PartRow {
        of: of_part(part),
        told: kept.told(kept.value(part.numerator, part.denominator)),
        numerator: part.numerator,
        denominator: part.denominator,
        is_whole: part.is_whole,
        address: if may_open && part.numerator.max(part.denominator) > 0 {
            let (from, until) = (part.from.to_string(), part.until.to_string());
            records(attached, &from, &until, Some(attached.counted.entry))
        } else {
            String::new()
        },
    };
    attached.counted.parts.iter().map(row).collect()
}

/// The actions of its recommendation that were done: of the one that it is about, or of all.
pub fn done(attached: &Attached, item: &Item) -> Vec<Done> {
    let of = item.actions.iter().filter(|one| attached.action.is_empty() || one.number == attached.action);
    of.filter_map(|one| Some((one.number.clone(), one.done_on?))).collect()
}

fn redefined(attached: &Attached) -> String {
    let Some(now) = Catalogue::published().versions(&attached.measure).last() else {
        return "This measure is no longer counted.".to_owned();
    };
    if attached.timeline().0.iter().any(|since| since.version >= now.version) {
        return String::new();
    }
    format!(
        "Its definition has version {} from {}: {} This figure stands by its own, and is counted again by it.",
        now.version,
        day(now.from),
        now.changes.last().map_or("", String::as_str)
    )
}

/// What counting it again gave, beside what is counted now.
pub fn rerun(attached: &Attached, again: &Counted, now: &Counted) -> Rerun {
    let outcome = compare(Catalogue::published(), attached, again, now.entry);
    let kept = attached.kept.definition();
    let told = |one: &Counted| figure(&kept, (one.numerator, one.denominator), true);
    let ((again, again_of), (at_present, now_of)) = (told(again), told(now));
    Rerun {
        outcome: outcome.as_str(),
        words: outcome.words(),
        is_same: outcome == Again::Same,
        again,
        again_of,
        now: at_present,
        now_of,
        now_entry: now.entry,
        now_address: records(attached, &attached.from.to_string(), &attached.until.to_string(), None),
    }
}

/// Until when its values were settled on the day of the counting; empty where all were.
fn settled_until(attached: &Attached) -> String {
    let settled = attached.on.saturating_sub(attached.kept.settles_after_days.days());
    if attached.until > settled { day(settled) } else { String::new() }
}

/// The records of all of it, as at its entry.
fn whole(attached: &Attached) -> String {
    let (from, until) = (attached.from.to_string(), attached.until.to_string());
    records(attached, &from, &until, Some(attached.counted.entry))
}

/// The page of a piece of evidence.
pub fn show_page(
    who: &User,
    listed: &Listed,
    item: &Item,
    (history, names): (&[Entry], &BTreeMap<String, String>),
    rerun: Option<Rerun>,
) -> Result<ShowPage, DatabaseError> {
    let attached = &listed.evidence.attached;
    let (kept, counted) = (attached.kept.definition(), &attached.counted);
    let (verdict, why) = judge(attached);
    let may_see_all = who.may_do("measure.read");
    let (told, of_how_many) = figure(&kept, (counted.numerator, counted.denominator), may_see_all);
    let is_shown = shows_parts(attached, may_see_all);
    let chart = drawn(attached, &done(attached, item)).filter(|_| is_shown);
    let (drawing, marks) = chart.map_or((None, Vec::new()), |(drawing, marks)| (Some(drawing), marks));
    let whole = whole(attached);
    let open = |address: String| if may_see_all { address } else { String::new() };
    let title = format!("Evidence {}", listed.reference());
    Ok(ShowPage {
        frame: Frame::of(title, Section::Improvement).seen_by(who.signed()),
        id: listed.id.to_string(),
        reference: listed.reference(),
        recommendation: (format!("/recommendations/{}", item.id), item.label()),
        recommended: item.short_text(),
        action: attached.action.clone(),
        measure: kept.name.clone(),
        measure_address: open(format!("/measures/{}", attached.measure)),
        version: kept.version,
        version_words: attached.timeline().words(attached.from, attached.until),
        versions: counted.versions.as_ref().map(|carried| carried.within(attached.from, attached.until)),
        redefined: redefined(attached),
        period: period(attached),
        division: division(attached),
        claim: attached.claim.words(),
        words: attached.words.clone(),
        although: attached.although.clone(),
        verdict: verdict.as_str(),
        verdict_words: verdict.words(),
        why,
        told,
        of_how_many,
        address: open(whole),
        target: kept.target.map_or_else(String::new, |target| kept.told(Some(target))),
        better: kept.good.words(),
        counted_at: counted.entry,
        counted_on: day(attached.on),
        settled_until: settled_until(attached),
        drawing,
        marks,
        parts: if is_shown { parts(attached, may_see_all) } else { Vec::new() },
        hidden: if is_shown { "" } else { WHY_HIDDEN },
        is_count: kept.unit == measure::catalogue::Unit::Count,
        withdrawn: listed.evidence.withdrawn.clone(),
        rerun,
        may_rerun: may_see_all,
        may_withdraw: who.may_do("plan.evidence") && listed.evidence.withdrawn.is_none(),
        last_seq: history.last().map_or(0, |entry| entry.seq),
        history: history.iter().rev().map(|entry| moment(entry, names)).collect::<Result<_, _>>()?,
    })
}

fn moment(entry: &Entry, names: &BTreeMap<String, String>) -> Result<Moment, DatabaseError> {
    let name = names.get(&entry.actor.who).map_or(entry.actor.who.as_str(), String::as_str);
    let (title, kind, words) = match entry.fact::<Fact>()? {
        Some(Fact::Attached(attached)) => ("Attached", "done", attached.words),
        Some(Fact::Withdrawn { reason }) => ("Withdrawn", "decision", reason),
        None => ("", "update", String::new()),
    };
    Ok(Moment {
        title,
        kind,
        who: format!("{name}, {}", entry.actor.role.replace('_', " ")),
        at: entry.at.to_string(),
        when: journal::words::moment(entry.at),
        words,
    })
}

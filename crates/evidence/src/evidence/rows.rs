//! The only SQL that writes measured evidence; counting what is attached; and telling the plan.

use jiff::{Timestamp, civil::Date};
use journal::{Actor, AsAt, DatabaseError, Entry, Id, Noun, Refusal, Tx, act, day_of, head};
use measure::{
    asked::{Period, Step},
    catalogue::{Catalogue, Versions},
    count::rows::position,
    figure::{
        rows::Asked,
        then::rows::{By, as_at_by, sums_by},
    },
    one::views::periods,
    serves::is_served,
};
use plan::{
    measured::{rows::tell, rules::Command as Telling},
    register::rows::load,
};
use sqlx::AnyConnection;

use super::{
    again::{Again, compare},
    list::rows::{Filter, Listed, list, one},
    rules::{self, About, Attached, Command, Counted, Evidence, Fact, Known, Part, Wanted, step_of},
    verdict::{Verdict, judge},
    words::claimed,
};

const SAVE: &str = "insert into measure_evidence
    (id, seq, recommendation, measure, verdict, is_withdrawn, withdrawn, attached)
    values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do update set
    is_withdrawn = excluded.is_withdrawn, withdrawn = excluded.withdrawn";

/// Every statement, for the test that prepares them on both engines.
pub const STATEMENTS: [&str; 1] = [SAVE];

/// What every change gives: its entry, or the refusal, or the database's error.
pub type Stored = Result<Result<Entry, Refusal>, DatabaseError>;

/// A piece of evidence as a noun.
pub struct EvidenceOf;

impl Noun for EvidenceOf {
    type State = Evidence;
    type Command = Command;
    type Fact = Fact;
    type Known = Known;

    fn decide(known: &Known, was: Option<&Evidence>, command: Command) -> Result<Fact, Refusal> {
        rules::decide(known, was, command)
    }

    fn apply(was: Option<Evidence>, fact: &Fact) -> Evidence {
        rules::apply(was, fact)
    }

    async fn save(tx: &mut Tx, entry: &Entry, id: &Id, state: &Evidence) -> Result<(), sqlx::Error> {
        let attached =
            serde_json::to_string(&state.attached).map_err(|error| sqlx::Error::Encode(error.into()))?;
        sqlx::query(SAVE)
            .bind(id.as_str())
            .bind(entry.seq)
            .bind(state.attached.recommendation.as_str())
            .bind(&state.attached.measure)
            .bind(judge(&state.attached).0.as_str())
            .bind(i64::from(state.withdrawn.is_some()))
            .bind(state.withdrawn.as_deref().unwrap_or_default())
            .bind(attached)
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}

/// What is counted of a measure in a period by versions that are carried, as at an entry; nothing before anything was
/// counted.
pub async fn count(
    conn: &mut AnyConnection,
    carried: &Versions,
    period: &Period,
    seq: Option<i64>,
) -> Result<Option<Counted>, sqlx::Error> {
    let Some((counted_to, edition)) = position(conn).await? else { return Ok(None) };
    let entry = seq.unwrap_or(counted_to).min(counted_to);
    let timeline = &carried.definition;
    let (numerator, denominator, records) = as_at_by(conn, &period.asked, timeline, entry).await?;
    let days = sums_by(conn, &period.asked, timeline, By::Day, entry).await?;
    let part = |(from, until, numerator, denominator): (Date, Date, i64, i64)| Part {
        is_whole: from == period.step.start(from) && until == period.step.end(from) && until < period.today,
        from,
        until,
        numerator,
        denominator,
    };
    let parts = periods(period, &days).into_iter().map(part).collect();
    let versions = Some(carried.clone());
    Ok(Some(Counted { entry, edition, versions, numerator, denominator, records, parts }))
}

/// What was attached counted again: as at its entry, by the versions that it carries, whatever is in force by now.
pub async fn count_again(
    conn: &mut AnyConnection,
    attached: &Attached,
) -> Result<Option<Counted>, sqlx::Error> {
    let kept = &attached.counted;
    let carried = Versions { definition: attached.timeline(), ..kept.versions.clone().unwrap_or_default() };
    let again = count(conn, &carried, &period(attached), Some(kept.entry)).await?;
    // By what it is known which definitions there were stays with the figure: it is counted by the same versions.
    Ok(again.map(|again| Counted { edition: kept.edition.clone(), versions: kept.versions.clone(), ..again }))
}

/// All evidence that ever was attached, counted again, and what came of each: for `check`. By the definitions that it is
/// given, with which everything has to be counted.
pub async fn all_again(
    conn: &mut AnyConnection,
    catalogue: &Catalogue,
) -> Result<Vec<(Listed, Again)>, sqlx::Error> {
    const AT_ONCE: i64 = 100;
    let (mut all, mut filter) = (Vec::new(), Filter::default());
    loop {
        let found = list(conn, &filter, AT_ONCE).await?;
        let Some(last) = found.last() else { return Ok(all) };
        filter.before = Some(last.seq);
        for listed in found {
            let attached = &listed.evidence.attached;
            let counted_to = position(conn).await?.map_or(0, |(seq, _)| seq);
            let outcome = match count_again(conn, attached).await? {
                Some(again) => compare(catalogue, attached, &again, counted_to),
                None => Again::Behind,
            };
            all.push((listed, outcome));
        }
    }
}

/// The period of what was attached, as it was asked for: on the day on which it was counted.
pub fn period(attached: &Attached) -> Period {
    let asked = Asked {
        measure: attached.measure.clone(),
        from: attached.from,
        until: attached.until,
        division: attached.division.clone(),
        reason: String::new(),
        version: 0,
    };
    let step: Step = step_of(&attached.by);
    Period { asked, step, today: attached.on }
}

/// What the rule has to know of a recommendation; nothing where there is none.
pub async fn about(
    conn: &mut AnyConnection,
    id: &Id,
    now: Timestamp,
    wanted: Option<&Wanted>,
) -> Result<Option<About>, DatabaseError> {
    let register = load(conn, AsAt::Now, now).await?;
    let Some(item) = register.item(id) else { return Ok(None) };
    let status = item.recommendation.status;
    let is_served =
        wanted.is_some_and(|wanted| is_served(wanted.definition, &item.code, &item.recommendation.reference));
    Ok(Some(About {
        id: id.clone(),
        label: item.label(),
        closed: status.is_closed().then(|| status.words().to_owned()),
        actions: item.actions.iter().map(|action| action.number.clone()).collect(),
        is_served,
    }))
}

/// Attaches what is wanted to a recommendation, in the transaction it is given, and tells the plan what it shows.
pub async fn attach(
    tx: &mut Tx,
    who: &Actor,
    now: Timestamp,
    (id, recommendation): (&Id, &Id),
    wanted: Wanted,
) -> Stored {
    let about = about(tx, recommendation, now, Some(&wanted)).await?;
    let counted = count(tx, &wanted.versions, &wanted.period, None).await?;
    let behind = head(tx).await? - counted.as_ref().map_or(0, |counted| counted.entry);
    let known = Known { today: day_of(now), about, counted, behind };
    let entry = match act::<EvidenceOf>(tx, who, now, id, &known, Command::Attach(Box::new(wanted))).await? {
        Ok(entry) => entry,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let Some(found) = one(tx, id).await? else { return Ok(Ok(entry)) };
    let attached = found.evidence.attached;
    let (verdict, _) = judge(&attached);
    let (sentence, is_shown) = (claimed(&attached, verdict), verdict == Verdict::Shown);
    let telling = Telling::Tell { evidence: id.clone(), sentence, is_shown };
    Ok(tell(tx, who, now, recommendation, telling).await?.map(|_| entry))
}

/// Withdraws a piece of evidence, and tells the plan.
pub async fn withdraw(tx: &mut Tx, who: &Actor, now: Timestamp, id: &Id, reason: String) -> Stored {
    let known = Known { today: day_of(now), about: None, counted: None, behind: 0 };
    let command = Command::Withdraw { reason: reason.clone() };
    let entry = match act::<EvidenceOf>(tx, who, now, id, &known, command).await? {
        Ok(entry) => entry,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let Some(found) = one(tx, id).await? else { return Ok(Ok(entry)) };
    let recommendation = found.evidence.attached.recommendation;
    // What was attached after its record was closed was never told it.
    if !plan::measured::rows::standing(tx, &recommendation).await?.all.contains_key(id) {
        return Ok(Ok(entry));
    }
    let telling = Telling::TakeBack { evidence: id.clone(), reason };
    Ok(tell(tx, who, now, &recommendation, telling).await?.map(|_| entry))
}

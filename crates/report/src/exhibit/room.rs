//! What this room shows in a paper: the evidence of what it tells and what was chosen, counted at the paper’s entry.

use evidence::evidence::{
    rows::{count, period},
    rules::{Attached, Claim, Counted, Kept},
};
use jiff::civil::Date;
use journal::{DatabaseError, Id, Refusal, Tx, head, words::counted as counted_words};
use measure::{
    catalogue::{Catalogue, definition, edition},
    count::rows::position,
};
use publish::paper::exhibit::{Asking, Preparing, Room, Showing};

use super::{
    compose::{Source, exhibits},
    rows::{attached, shown},
    rules::{Choice, MOST, Shown},
};

/// So many entries the counting may be behind when a paper is frozen: they are counted there and then. More, and the
/// measures are being counted anew, which takes minutes. A guess.
const BEHIND: i64 = 1_000;

/// The room, for the papers.
pub const ROOM: Room = Room { prepare, show, choose: ("measures", "Measures it shows") };

/// Counts what is not counted yet, so that the paper and its measures stand at one entry.
fn prepare(tx: &mut Tx) -> Preparing<'_> {
    Box::pin(async move {
        let counted = position(tx).await?.filter(|(_, by)| *by == edition());
        let counted_to = counted.map_or(0, |(seq, _)| seq);
        if counted_to > 0 && (1..=BEHIND).contains(&(head(tx).await? - counted_to)) {
            measure::worker::catch_up_within(tx).await?;
        }
        Ok(())
    })
}

fn show(asking: Asking<'_>) -> Showing<'_> {
    Box::pin(async move {
        let Asking { conn, paper, recommendations, entry, today, is_final } = asking;
        let shown = shown(&mut *conn, paper).await?;
        let mut sources = sources(attached(&mut *conn, &recommendations).await?, &shown, &recommendations);
        if sources.is_empty() {
            return Ok(Ok(Vec::new()));
        }
        if is_final {
            let counted_to = position(&mut *conn).await?.map_or(0, |(seq, _)| seq);
            if let Err(refusal) = may_freeze(sources.len(), entry - counted_to) {
                return Ok(Err(refusal));
            }
        }
        sources.truncate(MOST);
        for source in &mut sources {
            source.now = counted(&mut *conn, &source.was, (entry, today)).await?;
        }
        Ok(Ok(exhibits(&sources)))
    })
}

fn may_freeze(many: usize, behind: i64) -> Result<(), Refusal> {
    if many > MOST {
        let sentence = format!(
            "A paper shows at most {MOST} measures, and this one would show {many}. Leave some of them out, and freeze the paper again."
        );
        return Err(Refusal::of("title", sentence));
    }
    if behind > 0 {
        let sentence = format!(
            "The measures are being counted anew: {} still to come. Freeze the paper in a few minutes.",
            entries(behind)
        );
        return Err(Refusal::of("title", sentence));
    }
    Ok(())
}

fn entries(behind: i64) -> String {
    counted_words(usize::try_from(behind).unwrap_or(usize::MAX), "entry is", "entries are")
}

/// What is shown, under the recommendations in their order: what is attached, then what was chosen.
fn sources(
    attached: Vec<evidence::evidence::list::rows::Listed>,
    shown: &Shown,
    order: &[Id],
) -> Vec<Source> {
    let of_evidence = attached.into_iter().filter(|one| !shown.left_out.contains(&one.id));
    let of_evidence =
        of_evidence.map(|one| Source { was: one.evidence.attached.clone(), is_evidence: true, now: None });
    let of_choice = shown.chosen.iter().filter_map(of_choice);
    let mut all: Vec<Source> = of_evidence.chain(of_choice).collect();
    all.retain(|one| order.contains(&one.was.recommendation));
    all.sort_by_key(|one| order.iter().position(|id| *id == one.was.recommendation));
    all
}

/// A choice as if it had been attached; nothing where there is no such measure any more.
fn of_choice(choice: &Choice) -> Option<Source> {
    let Choice { recommendation, measure, from, until, by, division, .. } = choice.clone();
    let kept = Kept::of(definition(&measure)?);
    let counted = Counted {
        entry: 0,
        edition: String::new(),
        versions: None,
        numerator: 0,
        denominator: 0,
        records: 0,
        parts: Vec::new(),
    };
    let (action, words, although) = (String::new(), String::new(), String::new());
    let claim = Claim::IsCounted;
    let was = Attached {
        recommendation,
        action,
        measure,
        kept,
        from,
        until,
        by,
        division,
        claim,
        words,
        although,
        on: until,
        counted,
    };
    Some(Source { was, is_evidence: false, now: None })
}

/// The same figure as at the paper’s entry, by the definition of now; nothing where it cannot be counted any more.
async fn counted(
    conn: &mut journal::Connection,
    was: &Attached,
    (entry, today): (i64, Date),
) -> Result<Option<Attached>, DatabaseError> {
    let Some(definition) = definition(&was.measure) else { return Ok(None) };
    let mut period = period(was);
    period.today = today;
    let carried = Catalogue::published().carried(&was.measure);
    let counted = count(conn, &carried, &period, Some(entry)).await?;
    Ok(counted.map(|counted| Attached { kept: Kept::of(definition), on: today, counted, ..was.clone() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_is_not_frozen_with_too_many_measures_or_before_they_are_counted() {
        for (many, behind, told) in [
            (MOST, 0, None),
            (1, 0, None),
            (MOST + 1, 0, Some("Leave some of them out")),
            (1, 1, Some("1 entry is still to come")),
        ] {
            let refusal = may_freeze(many, behind).err();
            let sentence = refusal.map(|refusal| refusal.sentence.into_owned());
            assert_eq!(sentence.is_some(), told.is_some(), "{many} {behind}: {sentence:?}");
            assert!(sentence.is_none_or(|sentence| told.is_some_and(|told| sentence.contains(told))));
        }
    }
}

//! What a subject contributes after each entry, as spans.

use std::collections::BTreeMap;

use journal::{DatabaseError, Id, OPEN_END, Tx};

use super::rows::{Change, Span, begin, end, standing};
use crate::contribution::{Contribution, Key, Numbered, changes};

/// An entry, and what a subject contributes after it.
pub type Step = (i64, Numbered);

/// What ended of what was counted before, and what began: some of it for a few entries only.
#[derive(Debug, Default)]
struct Spans {
    ended: BTreeMap<Key, (Contribution, i64)>,
    began: Vec<Span>,
}

/// Writes what a subject contributes to the measures that `is_of` names; what it contributes to others is left alone.
pub async fn apply(
    tx: &mut Tx,
    subject: &Id,
    is_of: impl Fn(&str) -> bool,
    steps: Vec<Step>,
    change: &mut Change<'_>,
) -> Result<(), DatabaseError> {
    let mut before = standing(tx, subject).await?;
    before.retain(|(measure, ..), _| is_of(measure));
    let spans = spans(steps, before);
    for (key, (one, until_seq)) in &spans.ended {
        end(tx, subject, *key, *until_seq).await?;
        change.count(key.1, one, -1);
    }
    for span in spans.began.iter().filter(|span| span.until_seq == OPEN_END) {
        change.count(span.version, &span.one, 1);
    }
    begin(tx, change.catalogue, subject, &spans.began).await?;
    Ok(())
}

fn spans(steps: Vec<Step>, before: Numbered) -> Spans {
    let mut spans = Spans::default();
    let mut now = before;
    for (seq, after) in steps {
        let (ended, began) = changes(&now, &after);
        for (key, one) in ended {
            let open = spans.began.iter_mut().find(|span| span.until_seq == OPEN_END && span.key() == key);
            match open {
                Some(span) => span.until_seq = seq,
                None => drop(spans.ended.insert(key, (one, seq))),
            }
        }
        spans.began.extend(began.into_iter().map(|((_, version, number), one)| Span {
            one,
            version,
            number,
            from_seq: seq,
            until_seq: OPEN_END,
        }));
        now = after;
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(numerator: i64) -> Numbered {
        let one = Contribution {
            measure: "a",
            at: "2026-03-29T00:30:00Z".parse().unwrap(),
            division: "E".into(),
            reason: String::new(),
            numerator,
            denominator: 1,
        };
        Numbered::from([(("a", 1, 0), one)])
    }

    #[test]
    fn what_changes_twice_in_a_block_stands_for_a_few_entries() {
        let none = Numbered::new;
        for (case, before, steps, ended, began) in [
            ("as before", counted(0), vec![(5, counted(0))], vec![], vec![]),
            ("begun", none(), vec![(5, counted(0)), (6, counted(0))], vec![], vec![(5, OPEN_END)]),
            ("changed", counted(0), vec![(5, counted(1))], vec![5], vec![(5, OPEN_END)]),
            (
                "and back",
                counted(0),
                vec![(5, counted(1)), (7, counted(0))],
                vec![5],
                vec![(5, 7), (7, OPEN_END)],
            ),
            ("and gone", counted(0), vec![(5, counted(1)), (7, none())], vec![5], vec![(5, 7)]),
        ] {
            let told = spans(steps, before);
            let from_until: Vec<_> = told.began.iter().map(|span| (span.from_seq, span.until_seq)).collect();
            assert_eq!(from_until, began, "{case}");
            assert_eq!(told.ended.values().map(|(_, seq)| *seq).collect::<Vec<_>>(), ended, "{case}");
        }
    }
}

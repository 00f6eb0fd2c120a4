//! What a paper shows of another room beside a recommendation: a chart and a table of a measure that it is served by.
//!
//! This room knows no measure: the binary lays a [`Room`] around the site, which is asked what stands beside the
//! recommendations that a paper tells, and the paper gives it its numbers, references and place.

use std::pin::Pin;

use jiff::civil::Date;
use journal::{Connection, DatabaseError, Id, Refusal, Tx};

use super::{cells::strong_then, subject::Subject};
use crate::document::{Content, Draft, Figure, Inline, Passage, Table};

/// What a paper shows beside a recommendation.
#[derive(Debug, Clone, PartialEq)]
pub struct Exhibit {
    /// The recommendation.
    pub recommendation: Id,
    /// What it is of: "Failure demand".
    pub title: String,
    /// What is said of it, a sentence or more a paragraph.
    pub words: Vec<String>,
    /// Its chart, with its words for whoever does not see it; nothing where none can be drawn, or shown.
    pub figure: Option<Figure>,
    /// The same figures as a table.
    pub table: Table,
}

/// Which paper asks, and of what.
pub struct Asking<'a> {
    /// Where the room may read.
    pub conn: &'a mut Connection,
    /// The paper.
    pub paper: &'a Id,
    /// The recommendations that it tells, in its order.
    pub recommendations: Vec<Id>,
    /// The entry that it is counted at.
    pub entry: i64,
    /// The day that it is counted on.
    pub today: Date,
    /// Whether it becomes final: then a room refuses what cannot stand for ever.
    pub is_final: bool,
}

/// What a room shows, in the order of the recommendations; or why the paper cannot be made with it.
pub type Showing<'a> =
    Pin<Box<dyn Future<Output = Result<Result<Vec<Exhibit>, Refusal>, DatabaseError>> + Send + 'a>>;
/// What a room does before a paper is frozen.
pub type Preparing<'a> = Pin<Box<dyn Future<Output = Result<(), DatabaseError>> + Send + 'a>>;

/// The room that shows something.
#[derive(Clone, Copy)]
pub struct Room {
    /// Makes ready, in the transaction in which a paper is frozen, and before anything is read for it.
    pub prepare: for<'a> fn(&'a mut Tx) -> Preparing<'a>,
    /// What it shows.
    pub show: for<'a> fn(Asking<'a>) -> Showing<'a>,
    /// The address below a paper at which one chooses what it shows, and the words of the link.
    pub choose: (&'static str, &'static str),
}

fn anchor(number: usize) -> String {
    format!("measured-{}", number + 1)
}

/// Where the exhibits of a recommendation are; nothing where there are none.
pub(super) fn see(subject: &Subject<'_>, recommendation: &Id) -> Option<Passage> {
    let all = subject.around.exhibits.iter().enumerate();
    let own: Vec<usize> =
        all.filter(|(_, one)| one.recommendation == *recommendation).map(|(at, _)| at).collect();
    let (last, before) = own.split_last()?;
    let mut words = vec![Inline::strong("Measured: "), Inline::text("see ")];
    for (place, one) in before.iter().enumerate() {
        if place > 0 {
            words.push(Inline::text(", "));
        }
        words.push(Inline::see(anchor(*one)));
    }
    if !before.is_empty() {
        words.push(Inline::text(" and "));
    }
    words.extend([Inline::see(anchor(*last)), Inline::text(".")]);
    Some(Passage::paragraph(Content(words)))
}

/// The section: under each recommendation what is measured of it. Nothing is written where there is nothing.
pub(super) fn exhibits(draft: &mut Draft, subject: &Subject<'_>) {
    let all = &subject.around.exhibits;
    if all.is_empty() {
        return;
    }
    draft.section_at("measured", "What is measured");
    draft.point(
        "Each measure stands under the recommendation that it speaks for, with its chart and the same figures as a \
         table. A count below 5 could point to a person: where there is one, no period is shown.",
    );
    let mut under: Option<&Id> = None;
    for (number, one) in all.iter().enumerate() {
        if under != Some(&one.recommendation) {
            let label =
                subject.register.item(&one.recommendation).map(|item| (item.label(), item.short_text()));
            draft.subheading(label.map_or_else(String::new, |(label, text)| format!("{label}: {text}")));
            under = Some(&one.recommendation);
        }
        let mut words = one.words.iter();
        let first = words.next().map_or("", String::as_str);
        draft.point(strong_title(&one.title, first));
        words.for_each(|said| {
            draft.point(said.as_str());
        });
        if let Some(figure) = &one.figure {
            draft.figure(figure.clone());
        }
        draft.table(one.table.clone().anchored(anchor(number)));
    }
}

fn strong_title(title: &str, words: &str) -> Content {
    match strong_then(&format!("{title}. "), words) {
        Passage::Paragraph(content) => content,
        Passage::List(_) => Content::from(words),
    }
}

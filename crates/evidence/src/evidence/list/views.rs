//! The list of measured evidence as it is shown; its address holds all of its filter.

use askama::Template;
use journal::{DatabaseError, Id, Refusal, words::day};
use measure::catalogue::{all, definition};
use plan::{
    recommendation::beside::Spark,
    register::rules::{Item, Register},
};
use serde::{Deserialize, Serialize};
use users::User;
use web::{Choice, Frame, Section, table_csv};

use super::rows::{Filter, Listed};
use crate::evidence::{
    chart::spark,
    rules::Attached,
    seen::{figure, shows_parts},
    verdict::Verdict,
    words::{division, period},
};

/// Rows on one page.
pub const PAGE: i64 = 50;

/// What the address holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// The identity of a recommendation.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub recommendation: String,
    /// A key of a measure.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub measure: String,
    /// A verdict.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub verdict: String,
    /// The place in the list.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub before: String,
}

impl Query {
    /// The filter that it means, or which of it cannot be meant.
    pub fn filter(&self) -> Result<Filter, Refusal> {
        let none = |field: &'static str, what: &str| {
            Refusal::of(field, format!("There is no such {what}. Choose one of the list, or all of them."))
        };
        let recommendation = match self.recommendation.as_str() {
            "" => None,
            text => Some(Id::read(text).ok_or_else(|| none("recommendation", "recommendation"))?),
        };
        if !self.measure.is_empty() && definition(&self.measure).is_none() {
            return Err(none("measure", "measure"));
        }
        let verdict = match self.verdict.as_str() {
            "" => None,
            word => Some(Verdict::of(word).ok_or_else(|| none("verdict", "verdict"))?),
        };
        let before = match self.before.as_str() {
            "" => None,
            text => Some(text.parse().map_err(|_| {
                Refusal::of("before", "That is no place in the list. Begin at its start: /evidence.")
            })?),
        };
        Ok(Filter { recommendation, measure: self.measure.clone(), verdict, before })
    }

    fn address(&self, page: &str) -> String {
        match serde_html_form::to_string(self) {
            Ok(query) if !query.is_empty() => format!("{page}?{query}"),
            _ => page.to_owned(),
        }
    }
}

/// One row.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Where it is.
    pub address: String,
    /// Its reference.
    pub reference: String,
    /// Where its recommendation is, and what it is called.
    pub recommendation: (String, String),
    /// The action that it is about; empty where it is all of it.
    pub action: String,
    /// The measure.
    pub measure: String,
    /// Its period.
    pub period: String,
    /// Its division.
    pub division: String,
    /// The figure.
    pub told: String,
    /// Of how many.
    pub of_how_many: String,
    /// What it is claimed to show.
    pub claim: &'static str,
    /// Whether it does, as an address has it.
    pub verdict: &'static str,
    /// The same in words.
    pub verdict_words: &'static str,
    /// Whether it was withdrawn.
    pub is_withdrawn: bool,
    /// The day on which it was counted.
    pub on: String,
    /// The entry at which it was counted.
    pub entry: i64,
    /// Its values as a small line.
    pub spark: Option<Spark>,
}

/// The small line of what was attached, for whom its periods may be shown.
pub fn spark_for(attached: &Attached, may_see_all: bool) -> Option<Spark> {
    spark(attached).filter(|_| shows_parts(attached, may_see_all))
}

/// One row of any list of evidence.
pub fn row(listed: &Listed, register: &Register, may_see_all: bool) -> Row {
    let attached = &listed.evidence.attached;
    let kept = attached.kept.definition();
    let counted = (attached.counted.numerator, attached.counted.denominator);
    let (told, of_how_many) = figure(&kept, counted, may_see_all);
    let label = register.item(&attached.recommendation).map_or_else(String::new, Item::label);
    Row {
        address: format!("/evidence/{}", listed.id),
        reference: listed.reference(),
        recommendation: (format!("/recommendations/{}", attached.recommendation), label),
        action: attached.action.clone(),
        measure: kept.name.clone(),
        period: period(attached),
        division: division(attached),
        told,
        of_how_many,
        claim: attached.claim.words(),
        verdict: listed.verdict.as_str(),
        verdict_words: listed.verdict.words(),
        is_withdrawn: listed.evidence.withdrawn.is_some(),
        on: day(attached.on),
        entry: attached.counted.entry,
        spark: spark_for(attached, may_see_all),
    }
}

/// The page.
#[derive(Debug, Template, Serialize)]
#[template(path = "evidence/list/list.html")]
pub struct ListPage {
    /// The frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The filter.
    pub query: Query,
    /// The rows.
    pub rows: Vec<Row>,
    /// The address of the next page; empty on the last.
    pub next: String,
    /// The address of the file.
    pub csv: String,
    /// Whether anything narrows the list.
    pub is_filtered: bool,
    /// Choices of the filter: name, words, choices.
    #[serde(skip)]
    pub filters: Vec<(&'static str, &'static str, Vec<Choice>)>,
}

fn any(chosen: &str, rest: impl Iterator<Item = Choice>) -> Vec<Choice> {
    std::iter::once(Choice::of("", "Any", chosen)).chain(rest).collect()
}

/// The page of what was found: one row more than a page has says that there is another.
pub fn list_page(who: &User, query: Query, found: &[Listed], register: &Register) -> ListPage {
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let last = found.get(page).and_then(|_| found.get(page.saturating_sub(1)));
    let next = last.map_or_else(String::new, |last| {
        Query { before: last.seq.to_string(), ..query.clone() }.address("/evidence")
    });
    let may_see_all = who.may_do("measure.read");
    let recommendations =
        register.items.iter().map(|item| Choice::of(item.id.as_str(), item.label(), &query.recommendation));
    let measures = all().iter().map(|one| Choice::of(&one.key, &one.name, &query.measure));
    let verdicts = Verdict::ALL.map(|one| Choice::of(one.as_str(), one.words(), &query.verdict));
    let all_pages = Query { before: String::new(), ..query.clone() };
    ListPage {
        frame: Frame::of("Measured evidence", Section::Improvement).seen_by(who.signed()),
        rows: found.iter().take(page).map(|one| row(one, register, may_see_all)).collect(),
        next,
        csv: all_pages.address("/evidence.csv"),
        is_filtered: all_pages != Query::default(),
        filters: vec![
            ("verdict", "Verdict", any(&query.verdict, verdicts.into_iter())),
            ("measure", "Measure", any(&query.measure, measures)),
            ("recommendation", "Recommendation", any(&query.recommendation, recommendations)),
        ],
        query,
    }
}

/// The rows as a file, as whoever asks may see them.
pub fn csv(found: &[Listed], register: &Register, may_see_all: bool) -> Result<Vec<u8>, DatabaseError> {
    let heads = [
        "Evidence",
        "Recommendation",
        "Action",
        "Measure",
        "Period",
        "Division",
        "Figure",
        "Of",
        "Claim",
        "Verdict",
        "Withdrawn",
        "Counted on",
        "At entry",
        "Definition version",
        "Organisation version",
        "Calendar version",
    ];
    let cells = |one: &Listed| {
        let row = row(one, register, may_see_all);
        let attached = &one.evidence.attached;
        let carried = attached.counted.versions.as_ref();
        vec![
            row.reference,
            row.recommendation.1,
            row.action,
            row.measure,
            row.period,
            row.division,
            row.told,
            row.of_how_many,
            row.claim.to_owned(),
            row.verdict_words.to_owned(),
            if row.is_withdrawn { "yes" } else { "no" }.to_owned(),
            one.evidence.attached.on.to_string(),
            row.entry.to_string(),
            attached.timeline().words(attached.from, attached.until),
            carried.map_or_else(String::new, |one| one.organisation.to_string()),
            carried.map_or_else(String::new, |one| one.calendar.to_string()),
        ]
    };
    table_csv(&heads, found.iter().map(cells))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_read_or_refused_at_its_field() {
        let query = |field: &str, value: &str| {
            let mut query = Query::default();
            match field {
                "recommendation" => query.recommendation = value.into(),
                "measure" => query.measure = value.into(),
                "verdict" => query.verdict = value.into(),
                _ => query.before = value.into(),
            }
            query.filter()
        };
        assert_eq!(Query::default().filter().unwrap(), Filter::default());
        assert_eq!(query("verdict", "not_shown").unwrap().verdict, Some(Verdict::NotShown));
        assert_eq!(query("before", "17").unwrap().before, Some(17));
        for (field, value) in
            [("recommendation", "R3"), ("measure", "luck"), ("verdict", "won"), ("before", "here")]
        {
            let refusal = query(field, value).unwrap_err();
            assert!(refusal.field == field && refusal.sentence.ends_with('.'), "{refusal}");
        }
    }
}

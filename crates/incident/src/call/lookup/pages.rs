//! The address of what is looked up while one types.

use axum::{
    Json,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use contact::{
    draft::rules::Fields,
    grade::Grade,
    suggestion::rules::{Suggestion, suggest},
    thrive::rules::Element,
};
use serde::Serialize;
use users::User;
use web::{Input, Problem, Site};

use super::super::{
    earlier::{self, Line},
    fields::{of, situation},
    pages::{goes_to, read_id},
    save, told,
};

/// What changes while one types: earlier ones and the suggestion.
#[derive(Debug, Serialize)]
struct Looked {
    earlier: Vec<Line>,
    suggestion: Suggestion,
    deciding: usize,
    grade_words: &'static str,
    considered: usize,
    /// Where each grade would go.
    places: Vec<(&'static str, String)>,
    /// The words that match a rule.
    matched: Vec<String>,
    /// Places of the gazetteer for the address as typed.
    gazetteer: Vec<contact::place::rules::Place>,
}

/// `POST /contacts/{id}/lookup`: the form as it stands, in the body, since it is about people.
pub async fn lookup(
    State(site): State<Site>,
    who: User,
    Path(id): Path<String>,
    input: Input<serde::de::IgnoredAny>,
) -> Result<Response, Problem> {
    who.may("contact.read")?;
    let id = read_id(&id)?;
    let typed: Fields = input.typed.0;
    let mut read = site.read().await?;
    let record = save::record(&mut read, &id).await?.ok_or(Problem::NotFound)?;
    let asked = earlier::asked(&id, record.contact.arrival.number.shown(), &typed);
    let earlier = earlier::lines(&mut read, &asked, &typed, site.today()).await?;
    let gazetteer = contact::place::rows::find(&mut read, of(&typed, "place_words")).await?;
    let suggestion = suggest(&situation(&record, &typed, earlier::repeats(&earlier)));
    let pieces = contact::suggestion::words::matched_words(of(&typed, "narrative"));
    let division = of(&typed, "division");
    Ok(Json(Looked {
        deciding: told::deciding(&suggestion),
        grade_words: suggestion.grade.words(),
        considered: Element::ALL.iter().filter(|one| !of(&typed, one.as_str()).is_empty()).count(),
        places: Grade::ALL.iter().map(|one| (one.as_str(), goes_to(*one, division, site.today()))).collect(),
        matched: pieces
            .into_iter()
            .filter(|piece| !piece.rules.is_empty())
            .map(|piece| piece.text.to_owned())
            .collect(),
        earlier,
        suggestion,
        gazetteer,
    })
    .into_response())
}

//! A composed paper says the same as HTML, as PDF and as text, whatever its kind.

use publish::{
    document::{Typesetter, html, text},
    paper::{
        around::{Area, Around, Found, UnderWay},
        details::Kind,
        rows::presented,
    },
};

use crate::{
    papers::fonts,
    reading::{normalised, of_html, of_pdf},
    world::{World, details},
};

/// Something of everything that stands around.
fn around(world: &World) -> Around {
    let inspection = Some(world.inspections[0].0.clone());
    let area = |number: &str, actions: &[&str]| Area {
        inspection: inspection.clone(),
        number: number.to_owned(),
        text: "Establish indicators.".to_owned(),
        is_open: true,
        actions: actions.iter().map(|one| (*one).to_owned()).collect(),
    };
    Around {
        under_way: vec![UnderWay {
            title: "Conduct".to_owned(),
            kind_words: "Assurance review".to_owned(),
            stage_words: "Fieldwork".to_owned(),
        }],
        findings: vec![Found {
            sentence: "The table says 9 and the list 10.".to_owned(),
            accepted: Some("R14 is about the areas for development.".to_owned()),
            ..Found::default()
        }],
        areas: vec![area("5", &["I0-R1, action 1.1"]), area("6", &[])],
    }
}

#[test]
fn every_kind_says_the_same_in_html_pdf_and_text() {
    let world = World::random(5, 5, 24);
    let typesetter = Typesetter::new(fonts()).expect("fonts");
    for kind in Kind::ALL {
        let details = details(kind);
        let mut gathered = world.gathered(&details, 900, Some(450));
        gathered.around = around(&world);
        let paper = gathered.compose(&details).expect("the paper is whole");
        let paper = presented(&paper, &details.presented_by, "https://plans.example");
        let expected = normalised(text(&paper));
        let pdf = typesetter.pdf(&paper).expect("a PDF");
        for (rendition, found) in [("HTML", of_html(&html(&paper))), ("PDF", of_pdf(&pdf))] {
            for (position, (found, expected)) in found.iter().zip(&expected).enumerate() {
                assert_eq!(found, expected, "part {position} of the {rendition} of a {kind:?}");
            }
            assert_eq!(found.len(), expected.len(), "parts of the {rendition} of a {kind:?}");
        }
        let words: String = expected.iter().map(ToString::to_string).collect();
        assert!(words.contains("6: Establish indicators.") && !words.contains("5: Establish"));
        assert!(words.contains("R14 is about the areas for development."));
    }
}

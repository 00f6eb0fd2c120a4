//! A composed paper says the same as HTML, as PDF and as text, whatever its kind.

use publish::{
    document::{Column, Figure, FigureMark, Shape, Table, Typesetter, html, text},
    paper::{
        around::{Area, Around, Found, UnderWay},
        details::Kind,
        exhibit::Exhibit,
        rows::presented,
    },
};

use journal::Id;

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
        exhibits: Vec::new(),
    }
}

/// Two measures of the first recommendation that is told, and one of the last, which cannot be drawn.
fn exhibits(told: &[Id]) -> Vec<Exhibit> {
    let exhibit = |recommendation: &Id, title: &str, is_drawn: bool| {
        let mut table = Table::new(
            format!("{title}: the figures"),
            [Column::words("Period", 2), Column::figures(title, 1)],
        );
        table.push(["All of it".into(), "15.9%".into()]);
        let shapes = vec![Shape::Dot { kind: FigureMark::Common, at: [60.0, 90.0] }];
        let figure = Figure::new(title, format!("{title} & its course in words."), [760.0, 250.0], shapes);
        Exhibit {
            recommendation: recommendation.clone(),
            title: title.to_owned(),
            words: vec!["15.9% (266 of 1,675).".to_owned(), "It fell <b>after the training.".to_owned()],
            figure: is_drawn.then_some(figure),
            table,
        }
    };
    let (first, last) = (&told[0], &told[told.len() - 1]);
    vec![
        exhibit(first, "Failure demand", true),
        exhibit(first, "Contacts", true),
        exhibit(last, "Waits", false),
    ]
}

#[test]
fn every_kind_says_the_same_in_html_pdf_and_text() {
    let world = World::random(5, 5, 24);
    let typesetter = Typesetter::new(fonts()).expect("fonts");
    for kind in Kind::ALL {
        let details = details(kind);
        let mut gathered = world.gathered(&details, 900, Some(450));
        gathered.around = around(&world);
        let told = gathered.tells(&details);
        gathered.around.exhibits = exhibits(&told);
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
        // Under their recommendations, and led to from them.
        let page = html(&paper);
        assert_eq!(
            page.matches("Measured: </strong>see <a href=\"#measured-1\">Table ").count(),
            1,
            "{kind:?}"
        );
        assert!(
            page.contains("</a> and <a href=\"#measured-2\">Table ") && page.contains("href=\"#measured-3\"")
        );
        assert!(page.contains("Contacts &amp; its course in words.</desc>"), "{page}");
        assert_eq!(page.matches("<figure").count(), 2);
    }
}

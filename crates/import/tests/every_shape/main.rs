//! A plan that is written in any shape is read back as it was meant: nothing unsure, no cell lost.

mod paper;
mod shapes;
mod workbook;

use import::{TargetDate, place, read};
use proptest::prelude::*;
use shapes::{Below, Plan, Recommendation, csv, docx, html, tsv, xlsx};

/// Words as plans have them, with the characters that trip readers up inside.
fn sentence() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "Police",
        "calls",
        "the",
        "“quoted”",
        "R&D",
        "a<b",
        "naïve",
        "it's",
        "50%",
        "C9",
        "\"Gold\"",
        "x;y",
        "(see 1.2 above)",
        "indeed,",
        "=SUM",
        "@desk",
        "1.5 million",
        "27.5",
        "Gàidhlig",
        "–",
        "end-to-end",
    ]);
    (
        prop::sample::select(vec!["Review", "Teach", "Count", "Ask", "Élan"]),
        prop::collection::vec(word, 1..9),
        0..2_u8,
    )
        .prop_map(|(first, words, stop)| {
            format!("{first} {}{}", words.join(" "), if stop == 0 { "" } else { "." })
        })
        // A word that ends in a comma or a colon says that the sentence goes on; it does not, here.
        .prop_map(|words| words.trim_end_matches([',', '–', ' ']).to_owned())
}

fn target() -> impl Strategy<Value = TargetDate> {
    (2020..2031_i16, 1..13_i8, 0..29_i8).prop_map(|(year, month, day)| match day {
        0 => TargetDate::Month { year, month },
        day => TargetDate::Day(jiff::civil::date(year, month, day)),
    })
}

fn recommendation() -> impl Strategy<Value = Recommendation> {
    let risk = prop::sample::select(vec!["Low", "Medium", "High"]);
    let actions = prop::collection::vec(sentence(), 1..10);
    (sentence(), risk, actions, sentence(), sentence(), target(), sentence()).prop_map(
        |(text, risk, actions, owner, impact, target, updates)| Recommendation {
            number: 0,
            text,
            risk,
            actions,
            owner,
            impact,
            target,
            updates,
        },
    )
}

fn plan() -> impl Strategy<Value = Plan> {
    let title = sentence().prop_map(|words| format!("Review of {words}"));
    (title, prop::collection::vec(recommendation(), 1..20)).prop_map(|(title, mut recommendations)| {
        for (number, recommendation) in (1..).zip(&mut recommendations) {
            recommendation.number = number;
            // Told apart from the row before, as in any plan.
            recommendation.text = format!("{} ({number})", recommendation.text);
        }
        Plan { title, recommendations }
    })
}

fn check(plan: &Plan, what: &str, bytes: &[u8], titled: bool) -> Result<(), TestCaseError> {
    let read = read("plan", bytes).and_then(|sheets| place(&sheets));
    let placed = read.map_err(|refusal| TestCaseError::fail(format!("{what}: {refusal}")))?;
    plan.matches(&placed, titled).map_err(|why| TestCaseError::fail(format!("{what}: {why}")))
}

/// Twenty-four, or as many as PROPTEST_CASES says.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(24)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_plan_with_a_row_for_each_recommendation_is_read_back(plan in plan(), newline in any::<bool>()) {
        let table = plan.plain(if newline { "\n" } else { " " });
        check(&plan, "comma", &csv(&table, ','), false)?;
        check(&plan, "semicolon", &csv(&table, ';'), false)?;
        check(&plan, "tabs", &tsv(&table), false)?;
        check(&plan, "page", &html(&table), false)?;
        check(&plan, "paper", &docx(&table), false)?;
        check(&plan, "workbook", &xlsx(&table), false)?;
    }

    #[test]
    fn a_titled_plan_with_its_columns_in_any_order_is_read_back(
        plan in plan(),
        order in Just([0, 1, 2, 3, 4, 5, 6]).prop_shuffle(),
    ) {
        let table = plan.shuffled(order);
        check(&plan, "comma", &csv(&table, ','), true)?;
        check(&plan, "tabs", &tsv(&table), true)?;
        check(&plan, "page", &html(&table), true)?;
        check(&plan, "paper", &docx(&table), true)?;
        check(&plan, "workbook", &xlsx(&table), true)?;
    }

    #[test]
    fn a_plan_with_a_row_for_each_action_is_read_back(
        plan in plan(),
        below in prop::sample::select(vec![Below::Merged, Below::Repeated, Below::Blank]),
    ) {
        let table = plan.by_action(below);
        check(&plan, "page", &html(&table), true)?;
        check(&plan, "paper", &docx(&table), true)?;
        check(&plan, "workbook", &xlsx(&table), true)?;
        if below != Below::Merged {
            check(&plan, "comma", &csv(&table, ','), true)?;
            check(&plan, "tabs", &tsv(&table), true)?;
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..2_000), start in 0..6_usize) {
        let starts: [&[u8]; 6] = [b"", b"PK\x03\x04", b"<table>", b"Recommendation\tOwner\n", b"\xD0\xCF\x11\xE0", b"\xFF\xFE"];
        let _ = read("x", &[starts[start], &bytes].concat()).and_then(|sheets| place(&sheets));
    }

    #[test]
    fn a_damaged_file_is_read_or_refused(
        plan in plan(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in any::<prop::sample::Index>(),
    ) {
        let table = plan.by_action(Below::Merged);
        for mut bytes in [docx(&table), xlsx(&table), html(&table), tsv(&table), csv(&table, ',')] {
            for (at, byte) in &flips {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            let _ = read("x", &bytes).and_then(|sheets| place(&sheets));
            let _ = read("x", &bytes[..cut.index(bytes.len())]).and_then(|sheets| place(&sheets));
        }
    }

    #[test]
    fn any_text_is_placed_without_losing_a_cell(
        cells in prop::collection::vec(prop::sample::select(vec![
            "Recommendation", "Owner", "Actions", "Target date", "Ref", "Status", "1", "2 - Act", "2 - Other", "R2a", "1.1 Go 1.2 Stop",
            "Spring", "May 2024", "\t", "\n", "\n", "\n\n", "Medium", "Severe", "low words", "Cost", "•", "a) b", "\"",
        ]), 0..60),
    ) {
        let text = format!("Recommendation\tOwner\tActions\tTarget date\n{}", cells.join("\t"));
        if let Ok(sheets) = read("x", text.as_bytes()) {
            let words = sheets.iter().flat_map(|it| it.rows.iter().flatten()).filter(|it| it.has_words()).count();
            if let Ok(placed) = place(&sheets) {
                prop_assert_eq!(placed.cells_read, words);
                prop_assert_eq!(placed.cells.len(), words);
                for unsure in placed.cells.iter().filter(|cell| cell.placed_as == "Not placed") {
                    prop_assert!(unsure.unsure);
                }
            }
        }
    }
}

//! Kappa, against published worked examples.

use super::*;

/// The pairs of a table of counts: rows are the first coder’s codes, columns the second’s.
fn pairs(table: &[&[usize]]) -> Vec<(usize, usize)> {
    let cells = table
        .iter()
        .enumerate()
        .flat_map(|(row, line)| line.iter().enumerate().map(move |(column, count)| (row, column, *count)));
    cells.flat_map(|(row, column, count)| std::iter::repeat_n((row, column), count)).collect()
}

fn found(table: &[&[usize]]) -> Agreement {
    match kappa(&pairs(table)) {
        Kappa::Found(agreement) => agreement,
        undefined @ Kappa::Undefined { .. } => panic!("{undefined:?}"),
    }
}

fn near(found: f64, printed: f64, decimals: i32) -> bool {
    (found - printed).abs() <= 0.5 * 10_f64.powi(-decimals) + 1e-12
}

/// SAS/STAT User’s Guide, “The FREQ Procedure: Agreement Study”, two dermatologists: kappa 0.3449, asymptotic standard
/// error 0.0724.
#[test]
fn two_dermatologists() {
    let agreement = found(&[&[10, 4, 1, 0], &[5, 10, 12, 2], &[2, 4, 12, 5], &[0, 2, 6, 13]]);
    assert_eq!(agreement.pairs, 88);
    assert!(near(agreement.kappa, 0.3449, 4), "{agreement:?}");
    assert!(near(agreement.standard_error, 0.0724, 4), "{agreement:?}");
}

/// J. L. Fleiss, “Statistical Methods for Rates and Proportions”, second edition 1981, section 13.1: 100 diagnoses by two
/// raters (psychotic, neurotic, organic); agreement 0.89, by chance 0.66, kappa 0.68.
#[test]
fn a_hundred_diagnoses() {
    let agreement = found(&[&[75, 1, 4], &[5, 4, 1], &[0, 0, 10]]);
    assert!(near(agreement.observed, 0.89, 2), "{agreement:?}");
    assert!(near(agreement.expected, 0.66, 2), "{agreement:?}");
    assert!(near(agreement.kappa, 0.68, 2), "{agreement:?}");
}

/// M. Kaptein and E. van den Heuvel, “Statistics for Data Scientists”, 2022, table 6.1: of two raters of 100 things, 20
/// and 65 alike; agreement 0.85, kappa 0.625.
#[test]
fn a_textbook_of_data_science() {
    let agreement = found(&[&[20, 5], &[10, 65]]);
    assert!(near(agreement.observed, 0.85, 2) && near(agreement.kappa, 0.625, 3), "{agreement:?}");
}

#[test]
fn the_ends() {
    let all = found(&[&[5, 0], &[0, 7]]);
    assert!(near(all.kappa, 1.0, 9) && near(all.standard_error, 0.0, 9), "{all:?}");
    let none = found(&[&[0, 5], &[5, 0]]);
    assert!(near(none.kappa, -1.0, 9), "{none:?}");
    let chance = found(&[&[4, 4], &[4, 4]]);
    assert!(near(chance.kappa, 0.0, 9) && chance.standard_error > 0.0, "{chance:?}");
    // One coder knows one code only: chance agrees as often as they do, and kappa is nought, not undefined.
    let one_sided = found(&[&[6, 2]]);
    assert!(near(one_sided.kappa, 0.0, 9) && near(one_sided.observed, 0.75, 9), "{one_sided:?}");
    // Never the same code: they agree on nothing, and chance would not either.
    let apart = found(&[&[0, 9]]);
    assert!(near(apart.kappa, 0.0, 9) && near(apart.expected, 0.0, 9), "{apart:?}");
}

#[test]
fn undefined_in_words() {
    let none: [(&str, &str); 0] = [];
    let Kappa::Undefined { pairs: 0, observed: None, why } = kappa(&none) else { panic!("of nothing") };
    assert_eq!(why, "No record was coded twice, so that nothing can be said of agreement.");
    let Kappa::Undefined { pairs: 3, observed: Some(observed), why } = kappa(&[("F02", "F02"); 3]) else {
        panic!("of one code")
    };
    assert!(near(observed, 1.0, 9));
    assert_eq!(
        why,
        "Both coders gave all 3 records the same one code: chance would agree as well, so that kappa says nothing."
    );
}

#[test]
fn which_coder_comes_first_does_not_matter() {
    let table: &[&[usize]] = &[&[10, 4, 1, 0], &[5, 10, 12, 2], &[2, 4, 12, 5], &[0, 2, 6, 13]];
    let turned: Vec<(usize, usize)> = pairs(table).into_iter().map(|(one, other)| (other, one)).collect();
    let Kappa::Found(turned) = kappa(&turned) else { panic!("of the same table") };
    let agreement = found(table);
    assert!(near(turned.kappa, agreement.kappa, 9));
    assert!(near(turned.standard_error, agreement.standard_error, 9));
}

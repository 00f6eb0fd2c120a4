//! The sample, κ and the interval, against figures that are known.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    code::Code,
    quality::{Doubled, agreement, corrected, draw, kappa, wilson},
};

fn near(value: f64, expected: f64) {
    assert!((value - expected).abs() < 5e-4, "{value}, not {expected}");
}

#[test]
fn the_wilson_interval_is_that_of_the_tables() {
    // Newcombe 1998, table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    for (part, whole, low, high) in
        [(81, 263, 25.53, 36.62), (15, 148, 6.24, 16.05), (0, 20, 0.0, 16.11), (1, 29, 0.61, 17.18)]
    {
        let interval = wilson(part, whole).unwrap();
        assert!((interval.low - low).abs() < 0.006, "{part} of {whole}: {interval:?}");
        assert!((interval.high - high).abs() < 0.006, "{part} of {whole}: {interval:?}");
    }
    for (part, whole) in [(0, 0), (3, 2)] {
        assert_eq!(wilson(part, whole), None);
    }
    assert!((wilson(5, 5).unwrap().high - 100.0).abs() < 1e-9);
}

#[test]
fn kappa_is_agreement_beyond_chance() {
    let pairs = |counts: [usize; 4]| {
        let cells = [(true, true), (true, false), (false, true), (false, false)];
        cells.into_iter().zip(counts).flat_map(|(cell, count)| vec![cell; count]).collect::<Vec<_>>()
    };
    near(kappa(&pairs([20, 5, 10, 15])).unwrap(), 0.4);
    near(kappa(&pairs([45, 15, 25, 15])).unwrap(), 0.1304);
    near(kappa(&pairs([25, 35, 5, 35])).unwrap(), 0.2593);
    near(kappa(&pairs([10, 0, 0, 10])).unwrap(), 1.0);
    near(kappa(&pairs([0, 10, 10, 0])).unwrap(), -1.0);
    assert_eq!((kappa::<bool>(&[]), kappa(&pairs([9, 0, 0, 0]))), (None, None));
}

#[test]
fn the_corrected_rate_is_that_of_the_settled_reasons() {
    let doubled = |first, second, settled| Doubled { contact: "c".to_owned(), first, second, settled };
    let sample = [
        doubled(Some(Code::F01), Some(Code::F01), Some(Code::F01)),
        doubled(Some(Code::V3), Some(Code::F04), Some(Code::F04)),
        doubled(Some(Code::F15), Some(Code::X1), Some(Code::X1)),
        doubled(None, Some(Code::V1), None),
    ];
    let rate = corrected(&sample).unwrap();
    assert_eq!((rate.part, rate.whole), (2, 4));
    near(rate.percent, 50.0);
    near(agreement(&sample).unwrap(), 0.2);
    assert_eq!((corrected(&[]), agreement(&[])), (None, None));
}

#[test]
fn the_same_seed_draws_the_same_sample_and_every_contact_has_the_same_chance() {
    let contacts: Vec<String> = (0..200).map(|number| format!("c{number}")).collect();
    let forth = || contacts.iter().map(String::as_str);
    let sample = draw(forth(), 7, 20);
    assert_eq!(sample.len(), 20);
    assert_eq!(draw(forth().rev().chain(forth()), 7, 20), sample, "neither order nor repetition matters");
    assert!(sample.is_subset(&draw(forth(), 7, 30)), "a larger sample keeps the smaller");
    assert_ne!(draw(forth(), 8, 20), sample);
    assert_eq!((draw(forth(), 7, 500).len(), draw(forth(), 7, 0)), (200, BTreeSet::new()));
    let mut times: BTreeMap<&str, u32> = BTreeMap::new();
    for seed in 0..2_000 {
        for contact in draw(forth(), seed, 20) {
            *times.entry(contact).or_default() += 1;
        }
    }
    // 200 expected each, standard deviation 13.4: five of these either way.
    let (least, most) = (times.values().min().unwrap(), times.values().max().unwrap());
    assert!(times.len() == 200 && *least > 133 && *most < 267, "{least} to {most}");
}

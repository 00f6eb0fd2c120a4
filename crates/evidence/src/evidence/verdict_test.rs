//! Whether a claim is shown: a table of cases.

use super::{
    rules::{Attached, Claim, Part},
    rules_test::{attached, weeks},
    verdict::{Verdict, judge},
};

fn of(measure: &str, parts: &[Part], claim: Claim) -> Attached {
    Attached { claim, ..attached(measure, parts) }
}

fn percents(values: &[i64]) -> Vec<Part> {
    weeks(&values.iter().map(|value| (*value, 100)).collect::<Vec<_>>())
}

#[test]
fn a_change_is_shown_where_it_is_more_than_chance_and_the_way_that_is_claimed() {
    const EVEN: [i64; 8] = [20, 22, 19, 21, 20, 22, 20, 21];
    const FELL: [i64; 8] = [20, 22, 19, 21, 20, 22, 20, 5];
    const ROSE: [i64; 8] = [20, 22, 19, 21, 20, 22, 20, 60];
    const FELL_AND_CAME_BACK: [i64; 8] = [20, 22, 19, 21, 20, 5, 20, 21];
    const FALLS: [i64; 7] = [30, 28, 25, 22, 20, 17, 14];
    let cases: [(&[i64], Claim, Verdict); 13] = [
        (&FELL, Claim::WentDown, Verdict::Shown),
        (&FELL, Claim::WentUp, Verdict::NotShown),
        (&ROSE, Claim::WentUp, Verdict::Shown),
        (&ROSE, Claim::WentDown, Verdict::NotShown),
        (&EVEN, Claim::WentDown, Verdict::NotShown),
        (&EVEN, Claim::WentUp, Verdict::NotShown),
        (&FELL_AND_CAME_BACK, Claim::WentDown, Verdict::NotShown),
        (&FALLS, Claim::WentDown, Verdict::Shown),
        (&FALLS[1..], Claim::WentDown, Verdict::TooEarly),
        (&[20, 22, 19, 21, 20, 1], Claim::WentDown, Verdict::TooEarly),
        (&[20], Claim::WentUp, Verdict::TooEarly),
        (&[20, 20, 20, 20, 20, 20, 20], Claim::WentDown, Verdict::NotShown),
        (&EVEN, Claim::IsCounted, Verdict::Shown),
    ];
    for (values, claim, expected) in cases {
        let (verdict, why) = judge(&of("failure_demand", &percents(values), claim));
        assert_eq!(verdict, expected, "{values:?} {claim:?}: {why}");
        assert!(why.ends_with('.') && why.chars().next().is_some_and(char::is_uppercase), "{why}");
    }
}

#[test]
fn a_target_is_met_where_the_process_keeps_meeting_it() {
    // Appointments kept: 90 of a hundred, and more is better.
    let cases: [(&[i64], Verdict); 4] = [
        (&[97, 98, 97, 98, 97, 98, 97], Verdict::Shown),
        (&[80, 81, 80, 81, 80, 81, 80], Verdict::NotShown),
        (&[85, 95, 86, 94, 85, 96, 90], Verdict::NotShown),
        (&[97, 98, 97, 98, 97, 98], Verdict::TooEarly),
    ];
    for (values, expected) in cases {
        let (verdict, why) = judge(&of("appointments_kept", &percents(values), Claim::TargetMet));
        assert_eq!(verdict, expected, "{values:?}: {why}");
    }
}

#[test]
fn a_plain_count_is_judged_whichever_way_is_better() {
    let rose = weeks(&[20, 22, 19, 21, 20, 22, 20, 60].map(|value| (value, 0)));
    assert_eq!(judge(&of("contacts", &rose, Claim::WentUp)).0, Verdict::Shown);
    assert_eq!(judge(&of("contacts", &rose, Claim::WentDown)).0, Verdict::NotShown);
}

#[test]
fn only_whole_periods_are_judged() {
    let mut parts = percents(&[20, 22, 19, 21, 20, 22, 20, 5]);
    parts[7].is_whole = false;
    let (verdict, why) = judge(&of("failure_demand", &parts, Claim::WentDown));
    assert_eq!(verdict, Verdict::NotShown, "the last one is not over: {why}");
    parts[6].is_whole = false;
    assert_eq!(judge(&of("failure_demand", &parts, Claim::WentDown)).0, Verdict::TooEarly);
}

#[test]
fn what_is_claimed_to_be_counted_was_counted_in_the_last_whole_period() {
    let cases: [(&[(i64, i64)], Verdict); 4] = [
        (&[(0, 0), (1, 10)], Verdict::Shown),
        (&[(0, 0), (0, 10)], Verdict::Shown),
        (&[(1, 10), (0, 0)], Verdict::NotShown),
        (&[(1, 10)], Verdict::Shown),
    ];
    for (sums, expected) in cases {
        let (verdict, why) = judge(&of("failure_demand", &weeks(sums), Claim::IsCounted));
        assert_eq!(verdict, expected, "{sums:?}: {why}");
    }
    let mut parts = weeks(&[(1, 10)]);
    parts[0].is_whole = false;
    assert_eq!(judge(&of("failure_demand", &parts, Claim::IsCounted)).0, Verdict::TooEarly);
}

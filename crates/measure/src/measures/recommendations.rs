//! What becomes of the evidence for a recommendation: the inspectorate discharges it, or returns it. Pure (DOMAIN D12).
//!
//! How many recommendations are open is a stock: the register counts it. Here is what flows.

use journal::beginning_of;

use crate::{contribution::Contribution, life::Decision};

/// Proposals for closure that were returned, of those decided.
pub const RETURNED: &str = "evidence_returned";

/// What was decided, as a row has it and as a page says it.
const DISCHARGED_KEY: &str = "discharged";
const RETURNED_KEY: &str = "returned";

/// What a recommendation contributes: each decision on its evidence, on the day of the decision. It is of no division.
pub fn contributions(decisions: &[Decision]) -> Vec<Contribution> {
    let of = |one: &Decision| Contribution {
        measure: RETURNED,
        at: beginning_of(one.on),
        division: String::new(),
        reason: if one.is_returned { RETURNED_KEY } else { DISCHARGED_KEY }.to_owned(),
        numerator: i64::from(one.is_returned),
        denominator: 1,
    };
    decisions.iter().map(of).collect()
}

/// What was decided, as a page says it.
pub fn told(key: &str) -> &str {
    match key {
        RETURNED_KEY => "Returned",
        DISCHARGED_KEY => "Discharged",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};
    use plan::recommendation::rules::Fact;

    use super::*;
    use crate::{
        life::decided,
        measures::testing::{counted, id},
    };

    #[test]
    fn each_decision_counts_once_on_its_day_of_summer_or_winter() {
        let (winter, summer) = (date(2025, 1, 31), date(2025, 7, 1));
        let (reason, what) = (String::new, || "done".to_owned());
        let proposed = |on: Date| Fact::ProposedForClosure { what_we_did: what(), impact: what(), on };
        let returned = |on| Fact::Returned { reason: reason(), on };
        let discharged = |on| Fact::Discharged { reason: reason(), on };
        let superseded = |on| Fact::Superseded { by: id(2), reason: reason(), on };
        let assembled = |on| Fact::EvidenceAssembled { evidence: what(), on };
        let cases = [
            ("proposed only", vec![assembled(winter), proposed(winter)], vec![]),
            ("superseded", vec![superseded(winter)], vec![]),
            ("discharged", vec![proposed(winter), discharged(summer)], vec![("discharged", 0, summer)]),
            (
                "returned, then discharged",
                vec![
                    proposed(winter),
                    returned(winter),
                    assembled(summer),
                    proposed(summer),
                    discharged(summer),
                ],
                vec![("returned", 1, winter), ("discharged", 0, summer)],
            ),
            (
                "returned twice",
                vec![proposed(winter), returned(winter), proposed(summer), returned(summer)],
                vec![("returned", 1, winter), ("returned", 1, summer)],
            ),
        ];
        for (case, facts, expected) in cases {
            let decisions: Vec<Decision> = facts.iter().filter_map(decided).collect();
            let told = contributions(&decisions);
            let days: Vec<Date> = told.iter().map(Contribution::day).collect();
            assert_eq!(days, expected.iter().map(|(.., on)| *on).collect::<Vec<_>>(), "{case}");
            let expected: Vec<_> =
                expected.into_iter().map(|(reason, returned, _)| (reason.to_owned(), returned, 1)).collect();
            assert_eq!(counted(RETURNED, &told), expected, "{case}");
        }
    }
}

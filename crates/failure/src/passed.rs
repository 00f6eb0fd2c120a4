//! It was passed on, and came back: F07 to F10.

use std::collections::BTreeMap;

use crate::{
    code::Code,
    moment::Moment,
    rule::{Fired, Rule},
    story::{Outcome, Return, What},
};

/// All six elements of THRIVE are considered.
const COMPLETE: u8 = 6;

/// F07: soon after a transfer was sent back as incomplete.
pub fn told_again(moment: &Moment) -> Option<Fired> {
    moment.latest(|what| {
        matches!(what, What::TransferReturned(Some(Return::Incomplete))).then_some(Rule::ReturnedIncomplete)
    })
}

/// F07, only asks: soon after it was passed on with less than all six elements of THRIVE. Where no assessment is recorded
/// it is not known how complete it was, and nothing is asked.
pub fn passed_on_incomplete(moment: &Moment) -> Option<Fired> {
    let mut considered: BTreeMap<&str, u8> = BTreeMap::new();
    let mut last = None;
    for one in moment.before() {
        match &one.what {
            What::Assessed { considered: elements, .. } => _ = considered.insert(one.of(), *elements),
            What::TransferOffered
                if considered.get(one.of()).is_some_and(|elements| *elements < COMPLETE) =>
            {
                last = Some(one);
            }
            _ => {}
        }
    }
    let fired = last.map(|one| Fired::by(Rule::PassedOnIncomplete, one));
    fired.filter(|fired| moment.is_within(Code::F07, fired.since))
}

/// F08: an incident of the issue was offered twice before anybody took it, or a division sent it back. It holds for the
/// rest of the issue.
pub fn passed_round(moment: &Moment) -> Option<Fired> {
    let mut offered: BTreeMap<&str, u32> = BTreeMap::new();
    for one in moment.before() {
        let count = offered.entry(one.of()).or_default();
        match one.what {
            What::TransferOffered => *count += 1,
            What::TransferAccepted => *count = 0,
            What::Sc07Returned => return Some(Fired::by(Rule::DivisionReturned, one)),
            _ => {}
        }
        if *count == 2 {
            return Some(Fired::by(Rule::PassedTwice, one));
        }
    }
    None
}

/// F09: after a crime report was sent back.
pub fn crime_report(moment: &Moment) -> Option<Fired> {
    moment.latest(|what| matches!(what, What::CrimeReportReturned(_)).then_some(Rule::CrimeReportReturned))
}

/// F10: the caller is back after we sent them to an agency that declined, was not there or did not reply. The window runs
/// from the sending; what came of it may be learnt later. Where only the outcome is recorded, it runs from that.
pub fn bounced(moment: &Moment) -> Option<Fired> {
    let mut outcomes: BTreeMap<&str, Outcome> = BTreeMap::new();
    for one in moment.before().chain(moment.after()) {
        if let What::ReferralEnded { referral, outcome } = &one.what {
            outcomes.insert(referral, *outcome);
        }
    }
    let mut sent = BTreeMap::new();
    for one in moment.before() {
        match &one.what {
            What::Referred(referral) => _ = sent.insert(referral.as_str(), one),
            What::ReferralEnded { referral, .. } => _ = sent.entry(referral.as_str()).or_insert(one),
            _ => {}
        }
    }
    let failed = sent.into_iter().filter_map(|(referral, one)| {
        let rule = match outcomes.get(referral)? {
            Outcome::Accepted => return None,
            Outcome::Declined => Rule::AgencyDeclined,
            Outcome::Unavailable => Rule::AgencyUnavailable,
            Outcome::NoReply => Rule::AgencySilent,
        };
        Some(Fired::by(rule, one))
    });
    failed
        .filter(|fired| moment.is_within(Code::F10, fired.since))
        .max_by_key(|fired| (fired.since, fired.fact))
}

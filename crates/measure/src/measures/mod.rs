//! What is counted: each measure is a pure function from the gist of one subject’s life to its contributions; failure demand
//! from an issue’s story.

pub mod appointments;
pub mod contacts;
pub mod crimes;
pub mod endorsements;
pub mod failure_demand;
pub mod incidents;
pub mod promises;
pub mod recommendations;
pub mod referrals;
pub mod resolution;
pub mod routes;
pub mod transfers;

#[cfg(test)]
pub(crate) mod testing;

use std::collections::BTreeMap;

use contact::codes::words;

use crate::{
    catalogue::Catalogue,
    contribution::Contribution,
    demand::translate::Story,
    figure::rows::NONE,
    gist::of::{Gist, HeardGist},
};

/// The keys of the measures that are counted, in the order of the catalogue.
pub const KEYS: [&str; 31] = [
    contacts::CONTACTS,
    contacts::ANSWER_WAIT,
    contacts::DISCONTINUED,
    contacts::THRIVE_COMPLETE,
    contacts::CHASING,
    routes::ROUTES,
    failure_demand::FAILURE_DEMAND,
    failure_demand::DISAGREEMENT,
    appointments::KEPT,
    appointments::FAILED_BY_POLICE,
    appointments::WAIT,
    appointments::BOOKED,
    appointments::OUTCOMES,
    transfers::RETURNED,
    transfers::LOCAL_ACCEPTED,
    transfers::LOCAL_WAIT,
    transfers::ASSESSED,
    referrals::ACCEPTED,
    referrals::SENT,
    referrals::REPLY_WAIT,
    referrals::FINISHED,
    referrals::OUTCOMES,
    crimes::RECORDED,
    crimes::RETURNED,
    resolution::ENTIRELY,
    endorsements::WAIT,
    incidents::DOMESTIC,
    incidents::MENTAL_HEALTH,
    incidents::MISSING,
    promises::KEPT,
    recommendations::RETURNED,
];

/// How many rules there are by which a measure is counted, or ever was: a version names one of them.
pub fn rules(key: &str) -> i64 {
    match key {
        appointments::KEPT => 2,
        _ => 1,
    }
}

/// What a subject contributes to every version of the measures that follow from its gist, as version and contribution.
pub fn by_version(catalogue: &Catalogue, gist: &Gist) -> Vec<(i64, Contribution)> {
    let of = |(rule, one): (i64, Contribution)| {
        let versions: Vec<i64> = catalogue.counted_by(one.measure, rule).collect();
        versions.into_iter().map(move |version| (version, one.clone()))
    };
    by_rule(gist).flat_map(of).collect()
}

/// What a subject contributes by every rule, as rule and contribution: by the first rule of each measure, then by those that
/// came later. FD-1 follows from an issue.
pub fn by_rule(gist: &Gist) -> impl Iterator<Item = (i64, Contribution)> + use<> {
    let later = match gist {
        Gist::Incident(incident) => appointments::later(incident),
        _ => Vec::new(),
    };
    contributions(gist).into_iter().map(|one| (1, one)).chain(later)
}

fn contributions(gist: &Gist) -> Vec<Contribution> {
    match gist {
        Gist::Contact(contact) => contacts::contributions(contact),
        Gist::Incident(incident) => {
            let mut all = appointments::contributions(incident);
            all.extend(transfers::contributions(incident));
            all.extend(resolution::contributions(incident));
            all.extend(endorsements::contributions(incident));
            all.extend(incidents::contributions(incident));
            all.extend(promises::contributions(incident));
            all
        }
        Gist::Crime(report) => crimes::contributions(report),
        Gist::Referral(referral) => referrals::contributions(referral),
        Gist::Recommendation(decisions) => recommendations::contributions(decisions),
        Gist::Heard(heard) => vec![routes::contribution(heard)],
    }
}

/// Whether a measure follows from an issue, and not from one subject alone.
pub fn is_of_an_issue(measure: &str) -> bool {
    failure_demand::is_judged(measure) || measure == routes::ROUTES
}

/// What each contact of an issue contributes to every version of these, by its identity. Nothing depends on the clock: all that is told so far is
/// looked at.
pub fn of_an_issue(catalogue: &Catalogue, story: &Story) -> BTreeMap<String, Vec<(i64, Contribution)>> {
    let mut all = failure_demand::by_version(catalogue, story);
    for (contact, heard) in HeardGist::all(story) {
        all.entry(contact).or_default().extend(by_version(catalogue, &Gist::Heard(heard)));
    }
    all
}

/// A reason of a measure as a page says it.
pub fn reason_words(measure: &str, key: &str) -> String {
    let told = match measure {
        failure_demand::FAILURE_DEMAND if !key.is_empty() && key != NONE => return failure_demand::told(key),
        routes::ROUTES if !key.is_empty() && key != NONE => return routes::told(key),
        failure_demand::DISAGREEMENT if !key.is_empty() && key != NONE => return failure_demand::pair(key),
        _ if key.is_empty() || key == NONE => "Not said",
        contacts::CONTACTS
        | contacts::ANSWER_WAIT
        | contacts::DISCONTINUED
        | contacts::CHASING
        | contacts::THRIVE_COMPLETE => words(contact::codes::channels(), key),
        appointments::KEPT
        | appointments::FAILED_BY_POLICE
        | appointments::BOOKED
        | appointments::OUTCOMES => incident::appointment::life::said(key),
        appointments::WAIT => &incident::appointment::definition::named(key).words,
        transfers::ASSESSED => transfers::papers(key),
        transfers::RETURNED | transfers::LOCAL_ACCEPTED | transfers::LOCAL_WAIT
            if key == transfers::TAKEN =>
        {
            "Accepted"
        }
        transfers::RETURNED | transfers::LOCAL_ACCEPTED | transfers::LOCAL_WAIT => {
            words(incident::codes::return_reasons(), key)
        }
        crimes::RECORDED => crime::definition::crime_words(key),
        crimes::RETURNED if key == crimes::NEVER => "Never returned",
        crimes::RETURNED => words(&crime::definition::definitions().return_reason, key),
        resolution::ENTIRELY => resolution::Judged::told(key),
        endorsements::WAIT => endorsements::told(key),
        incidents::DOMESTIC | incidents::MENTAL_HEALTH | incidents::MISSING => {
            incident::codes::type_words(key)
        }
        promises::KEPT => words(incident::codes::promises(), key),
        recommendations::RETURNED => recommendations::told(key),
        referrals::OUTCOMES => return referrals::told(key),
        referrals::ACCEPTED | referrals::SENT | referrals::REPLY_WAIT | referrals::FINISHED => {
            partner::definition::agency_name(key)
        }
        _ => key,
    };
    told.to_owned()
}

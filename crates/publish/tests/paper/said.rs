//! What a paper says in its sentences: for whom it counts, what closes a publication, what share was added.

use std::sync::Arc;

use jiff::civil::date;
use plan::{
    recommendation::{rows::Taken, status::Status},
    register::rules::Item,
};
use publish::{
    document::{Document, text},
    paper::{
        around::{Around, Found, UnderWay},
        details::{Details, Kind},
        gathered::Gathered,
    },
};

use crate::world::{FORCE, OTHER, World, day, details};

fn words(paper: &Document) -> String {
    text(paper).iter().map(ToString::to_string).collect()
}

/// A register of one inspection with these statuses, one recommendation each, decided a day apart.
fn standing(statuses: &[Status]) -> Gathered {
    let world = World::random(1, 1, statuses.len());
    let mut gathered = world.gathered(&details(Kind::Plan), 900, None);
    let register = Arc::make_mut(&mut gathered.register);
    for (number, (item, status)) in register.items.iter_mut().zip(statuses).enumerate() {
        stand(item, *status, 800 + i64::try_from(number).expect("it fits"));
        item.classification.addressees.clear();
    }
    register.settle();
    gathered
}

fn stand(item: &mut Item, status: Status, seq: i64) {
    item.steps = match status {
        Status::Open => Vec::new(),
        status => vec![Taken { status, on: day(seq), seq }],
    };
    item.recommendation.status = status;
    item.recommendation.status_on = item.steps.first().map(|step| step.on);
}

fn in_period(kind: Kind) -> Details {
    Details { period_from: day(790), period_to: day(900), ..details(kind) }
}

#[test]
fn the_last_of_a_publication_is_derived_and_never_said_too_early() {
    use Status::{Discharged, Open, ProposedForClosure, Superseded};
    let last = "was the last of 3 made in March 2019";
    let cases: [(&[Status], Option<&str>); 6] = [
        (
            &[Discharged, Discharged, Discharged],
            Some("All recommendations are now closed: R3 was the last of 3 made in March 2019."),
        ),
        (&[Discharged, Superseded, Discharged], Some("R3 was the last of 3")),
        // The last step was not the inspectorate's.
        (&[Discharged, Discharged, Superseded], None),
        (&[Discharged, Discharged, Open], None),
        (&[Discharged, Discharged, ProposedForClosure], None),
        (&[Discharged], Some("All is closed: R1 was the only recommendation made in March 2019.")),
    ];
    for (statuses, told) in cases {
        let details = in_period(Kind::Plan);
        let words = words(&standing(statuses).compose(&details).expect("whole"));
        match told {
            Some(told) => assert!(words.contains(told), "{statuses:?}: {words}"),
            None => assert!(!words.contains(last), "{statuses:?}"),
        }
    }
}

#[test]
fn a_count_for_one_body_says_so_and_how_many_there_are_in_all() {
    let mut gathered = standing(&[Status::Open, Status::ProposedForClosure, Status::Discharged]);
    let register = Arc::make_mut(&mut gathered.register);
    register.items[0].classification.addressees = vec![OTHER.to_owned()];
    register.settle();
    let everybody = words(&gathered.compose(&details(Kind::Plan)).expect("whole"));
    assert!(everybody.contains("made 3 recommendations."), "{everybody}");
    assert!(everybody.contains("whomever it is addressed to, as the register stood on"));
    assert!(everybody.contains(": 1 + 1 + 1 + 0 = 3."));
    let force = Details { addressee: FORCE.to_owned(), ..details(Kind::Plan) };
    let force = words(&gathered.compose(&force).expect("whole"));
    assert!(
        force.contains(&format!("made 3 recommendations, of which 2 are addressed to {FORCE};")),
        "{force}"
    );
    assert!(force.contains(": 0 + 1 + 1 + 0 = 2.") && force.contains("No recommendation is open."));
}

#[test]
fn the_rule_names_the_day_and_the_entry() {
    let words = words(&standing(&[Status::Open]).compose(&details(Kind::Period)).expect("whole"));
    for told in [
        "as the register stood on 19 June 2025 at journal entry 900",
        "“Open” leaves out what is proposed for closure",
        "“Delayed” means open and past the first target on that day",
        "There is no earlier paper about the same inspections",
    ] {
        assert!(words.contains(told), "{told}: {words}");
    }
    assert_eq!(day(900), date(2025, 6, 19));
}

#[test]
fn the_share_added_since_a_day_is_an_exact_fraction() {
    let world = World::random(8, 6, 60);
    let gathered = world.gathered(&details(Kind::Portfolio), 900, None);
    let open: Vec<_> = gathered
        .register
        .items
        .iter()
        .filter(|item| item.is_open() && item.recommendation.status != Status::ProposedForClosure)
        .collect();
    for since in [date(2019, 1, 1), date(2019, 10, 1), date(2030, 1, 1)] {
        let details = Details { added_since: Some(since), ..details(Kind::Portfolio) };
        let words = words(&gathered.compose(&details).expect("whole"));
        let added = open.iter().filter(|item| item.published_on >= since).count();
        // Rounded the other way about: the share is the only whole number within half of the fraction.
        let near = |share: &usize| (2 * share * open.len()).abs_diff(200 * added) <= open.len();
        let share = (0..=100).filter(near).max().expect("one is near");
        let told = format!("{added} of the {} open ({share}%) w", open.len());
        assert!(words.contains(&told), "{told}: {words}");
    }
    let custody =
        open.iter().filter(|item| item.classification.themes.contains(&"custody".to_owned())).count();
    let words = words(&gathered.compose(&details(Kind::Portfolio)).expect("whole"));
    assert!(
        words.contains(&format!("{custody} of the {} open (", open.len()))
            && words.contains("the theme “Custody”")
    );
}

#[test]
fn a_portfolio_counts_all_lists_the_chosen_and_folds_what_is_done() {
    let mut world = World::random(11, 5, 50);
    let done = world.inspections[4].0.clone();
    for (_, item) in &mut world.items {
        if item.recommendation.inspection == done {
            stand(item, Status::Discharged, 500);
        }
    }
    let chosen = world.inspections[1].clone();
    let details = Details { inspections: vec![chosen.0.to_string()], ..details(Kind::Portfolio) };
    let paper = world.gathered(&details, 900, None).compose(&details).expect("whole");
    let words = words(&paper);
    assert!(words.contains("1 publication with nothing open"), "{words}");
    assert!(words.contains(&format!("{}: open recommendations", chosen.1.title)));
    assert_eq!(words.matches(": open recommendations").count(), 1);
    assert!(words.contains(&format!("open recommendations of {}.", chosen.1.title)));
    assert!(!words.contains("Appendix A:") && words.contains("Appendix attached\tNo"));
}

#[test]
fn inspections_under_way_are_named_and_their_absence_is_said() {
    let mut gathered = standing(&[Status::Open]);
    let portfolio = details(Kind::Portfolio);
    assert!(
        words(&gathered.compose(&portfolio).expect("whole"))
            .contains("No inspection is recorded as under way.")
    );
    let one = |title: &str| UnderWay {
        title: title.to_owned(),
        kind_words: "Joint, with other inspectorates".to_owned(),
        stage_words: "Drafting the report".to_owned(),
    };
    gathered.around = Around { under_way: vec![one("Citations"), one("Best Value")], ..Around::default() };
    let told = words(&gathered.compose(&portfolio).expect("whole"));
    assert!(told.contains("2 inspections are under way:"));
    assert!(told.contains("• Citations (Joint, with other inspectorates; drafting the report)"), "{told}");
    let plan = words(&gathered.compose(&details(Kind::Plan)).expect("whole"));
    assert!(!plan.contains("under way"), "a plan is about itself");
}

#[test]
fn accepted_findings_are_printed_and_faults_of_other_inspections_do_not_count() {
    let mut gathered = standing(&[Status::Open]);
    let here = gathered.register.inspections[0].0.clone();
    let elsewhere = journal::Id::read("00000000-0000-7000-8000-000000000777").expect("an identity");
    let found = |sentence: &str, inspection, accepted: Option<&str>| Found {
        sentence: sentence.to_owned(),
        inspection,
        is_fault: true,
        accepted: accepted.map(str::to_owned),
        ..Found::default()
    };
    gathered.around.findings = vec![
        found("R1 has no target.", Some(here.clone()), None),
        found("R2 is named twice.", Some(elsewhere), None),
        found("Sums differ.", None, Some("The base changed.")),
    ];
    let about_here = Details { inspections: vec![here.to_string()], ..details(Kind::Plan) };
    assert_eq!(gathered.known(&about_here).unaccepted, ["R1 has no target."]);
    assert_eq!(gathered.known(&details(Kind::Portfolio)).unaccepted.len(), 2);
    let told = words(&gathered.compose(&about_here).expect("whole"));
    assert!(told.contains("Known differences") && told.contains("Sums differ.\tThe base changed."), "{told}");
    assert!(!told.contains("R1 has no target."), "a paper waits for it");
    assert!(!told.contains("nobody was asked"), "there is nothing that it only tells");
    let note = Found { is_fault: false, ..found("R3 says “as above”.", Some(here.clone()), None) };
    gathered.around.findings.push(note);
    assert_eq!(gathered.known(&about_here).unaccepted, ["R1 has no target."], "it does not wait for a note");
    let told = words(&gathered.compose(&about_here).expect("whole"));
    let sentence = "1 thing was noted that a paper does not wait for, and that nobody was asked to accept:";
    assert!(told.contains(sentence) && told.contains("R3 says “as above”."), "{told}");
    gathered.around.findings.retain(|found| !found.is_fault);
    let told = words(&gathered.compose(&about_here).expect("whole"));
    assert!(told.contains("R3 says “as above”.") && !told.contains("found and accepted"), "{told}");
    gathered.around.findings.clear();
    assert!(!words(&gathered.compose(&about_here).expect("whole")).contains("Known differences"));
}

//! The table of cases for a recommendation.

use jiff::Timestamp;

use super::{rules::*, status::Status};

fn known() -> Known {
    Known {
        today: "2026-11-21".parse().unwrap(),
        taken: [("2".to_owned(), "recommendation 2".to_owned())].into(),
        successor: None,
    }
}

fn printed() -> Printed {
    Printed {
        inspection: Some(journal::Id::new(Timestamp::UNIX_EPOCH)),
        reference: "R03".into(),
        text: "Count failure demand.".into(),
        exposure: "medium".into(),
        owner_post: "Head of Governance".into(),
        ..Printed::default()
    }
}

fn why() -> String {
    "as agreed".into()
}

/// given(facts).when(command)
fn given(commands: Vec<Command>) -> Option<Recommendation> {
    commands.into_iter().fold(None, |was, command| {
        let fact = decide(&known(), was.as_ref(), command).expect("given what may be");
        Some(apply(was, &fact))
    })
}

fn life(steps: usize) -> Vec<Command> {
    let mut all = vec![
        Command::Make(printed()),
        Command::AssembleEvidence { evidence: "Definition; four quarters of figures".into() },
        Command::ProposeClosure { what_we_did: "Defined it.".into(), impact: "It is counted.".into() },
        Command::Return { reason: "Two more quarters.".into() },
        Command::AssembleEvidence { evidence: "Six quarters".into() },
        Command::ProposeClosure { what_we_did: "Counted it.".into(), impact: "It fell by a tenth.".into() },
        Command::Discharge { reason: "Sufficient.".into() },
    ];
    all.truncate(steps);
    all
}

#[test]
fn a_recommendation_lives_from_publication_to_discharge() {
    let expected = [
        Status::Open,
        Status::EvidenceAssembled,
        Status::ProposedForClosure,
        Status::Returned,
        Status::EvidenceAssembled,
        Status::ProposedForClosure,
        Status::Discharged,
    ];
    for (index, status) in expected.into_iter().enumerate() {
        assert_eq!(given(life(index + 1)).unwrap().status, status);
    }
    let closed = given(life(7)).unwrap();
    assert_eq!(
        (closed.what_we_did.as_str(), closed.impact_achieved.as_str()),
        ("Counted it.", "It fell by a tenth.")
    );
}

#[test]
fn nothing_is_added_to_a_closed_record() {
    let closed = given(life(7));
    for command in [
        Command::Reword { text: "Other".into(), reason: why() },
        Command::AddAlias { alias: "R3a".into() },
        Command::Reassign { post: "Somebody".into(), team: String::new(), reason: why() },
        Command::Rate { exposure: "High".into(), statement: String::new(), reason: why() },
        Command::RestateImpact { impact: "Other".into(), reason: why() },
        Command::AssembleEvidence { evidence: "More".into() },
        Command::Return { reason: why() },
    ] {
        let refusal = decide(&known(), closed.as_ref(), command).unwrap_err();
        assert_eq!(refusal.field, "status", "{refusal}");
    }
}

#[test]
fn each_refusal_names_its_field() {
    let open = given(life(1));
    let cases = [
        (Command::Reword { text: "Count failure demand.".into(), reason: why() }, "text"),
        (Command::Reword { text: "Other.".into(), reason: "  ".into() }, "reason"),
        (Command::AddAlias { alias: "R2".into() }, "alias"),
        (Command::AddAlias { alias: "Recommendation 3".into() }, "alias"),
        (Command::Reassign { post: String::new(), team: String::new(), reason: why() }, "owner_post"),
        (Command::Rate { exposure: "Severe".into(), statement: String::new(), reason: why() }, "exposure"),
        (Command::RestateImpact { impact: String::new(), reason: why() }, "impact"),
        (Command::AssembleEvidence { evidence: String::new() }, "evidence"),
        (Command::ProposeClosure { what_we_did: "x".into(), impact: "y".into() }, "status"),
        (Command::Discharge { reason: why() }, "status"),
        (Command::Supersede { by: journal::Id::new(Timestamp::UNIX_EPOCH), reason: why() }, "by"),
        (Command::Make(printed()), "reference"),
    ];
    for (command, field) in cases {
        let told = format!("{command:?}");
        assert_eq!(decide(&known(), open.as_ref(), command).unwrap_err().field, field, "{told}");
    }
}

#[test]
fn a_reference_is_one_however_it_is_printed() {
    for reference in ["2", "R2", "R02", "Recommendation 2"] {
        let twice = Printed { reference: reference.into(), ..printed() };
        let refusal = decide(&known(), None, Command::Make(twice)).unwrap_err();
        assert_eq!(refusal.field, "reference", "{reference}");
    }
    let one = given(vec![Command::Make(printed()), Command::AddAlias { alias: "R3a".into() }]).unwrap();
    for reference in ["3", "R3", "R03", "R3a", "recommendation 3"] {
        assert!(one.goes_by(reference), "{reference}");
    }
    assert!(!one.goes_by("R4"));
}

//! The table of cases for an inspection under way.

use jiff::civil::Date;
use journal::Id;

use super::rules::*;
use crate::inspection::rules::Kind;

fn day(iso: &str) -> Date {
    iso.parse().unwrap()
}

fn published() -> Id {
    Id::read("018a645b-0000-7bb7-b19b-e8d3aa192b00").unwrap()
}

fn known() -> Known {
    Known {
        today: day("2026-11-21"),
        taken: vec!["Tools of the Trade".into()],
        outcome: Some(Outcome { published_on: day("2026-10-31"), of: None }),
    }
}

fn details() -> Details {
    Details {
        title: "Best Value".into(),
        kind: "joint".into(),
        inspectorate: "HMICS".into(),
        partners: "Audit Scotland\n ".into(),
        announced_on: "1 May 2026".into(),
    }
}

fn announced() -> Command {
    Command::Announce { details: details() }
}

fn advanced(stage: &str, on: &str) -> Command {
    Command::Advance { stage: stage.into(), on: on.into() }
}

fn publish() -> Command {
    Command::Publish { inspection: Some(published()) }
}

fn abandoned(reason: &str, on: &str) -> Command {
    Command::Abandon { reason: reason.into(), on: on.into() }
}

fn corrected(change: fn(&mut Details), stage: &str, stage_on: &str) -> Command {
    let mut details = details();
    change(&mut details);
    Command::Correct { details, stage: stage.into(), stage_on: stage_on.into(), reason: "A slip.".into() }
}

fn given(commands: Vec<Command>) -> Option<Underway> {
    commands.into_iter().fold(None, |was, command| {
        let fact = decide(&known(), was.as_ref(), command).expect("given what may be");
        Some(apply(was, &fact))
    })
}

#[test]
fn an_inspection_goes_from_its_announcement_to_its_publication() {
    let one = given(vec![announced()]).unwrap();
    assert_eq!((one.kind, one.stage, one.partners.len()), (Kind::Joint, Stage::Announced, 1));
    let life = vec![announced(), advanced("fieldwork", "2026-06-01"), advanced("drafting", "2026-06-01")];
    assert_eq!(given(life.clone()).unwrap().stage, Stage::Drafting);
    let one = given([life, vec![publish()]].concat()).unwrap();
    assert_eq!((one.stage, one.stage_on), (Stage::Published, day("2026-10-31")));
    assert_eq!(one.inspection, Some(published()));
    let one = given(vec![announced(), advanced("drafting", "2026-06-01")]).unwrap();
    assert_eq!(one.stage, Stage::Drafting, "a stage may be left out");
    let one = given(vec![announced(), abandoned("Taken up next year.", "2026-07-01")]).unwrap();
    assert_eq!((one.stage, one.reason.as_str()), (Stage::Abandoned, "Taken up next year."));
}

#[test]
fn a_correction_mends_a_slip_in_any_stage() {
    let over = vec![announced(), abandoned("No.", "2026-07-01")];
    let one = given([over.clone(), vec![corrected(|one| one.kind = "thematic".into(), "", "")]].concat());
    let one = one.unwrap();
    assert_eq!((one.kind, one.stage, one.reason.as_str()), (Kind::Thematic, Stage::Abandoned, "No."));
    let back = corrected(|_| {}, "fieldwork", "2026-06-01");
    let one = given([over, vec![back]].concat()).unwrap();
    assert_eq!((one.stage, one.stage_on, one.reason.as_str()), (Stage::Fieldwork, day("2026-06-01"), ""));
    let wrong = vec![announced(), publish(), corrected(|_| {}, "announced", "")];
    let one = given(wrong).unwrap();
    assert_eq!((one.stage, one.stage_on, one.inspection), (Stage::Announced, day("2026-05-01"), None));
    let moved = vec![announced(), corrected(|one| one.announced_on = "2026-05-02".into(), "", "")];
    assert_eq!(given(moved).unwrap().stage_on, day("2026-05-02"), "the first stage begins with it");
    let day_only =
        vec![announced(), advanced("fieldwork", "2026-06-01"), corrected(|_| {}, "", "2 June 2026")];
    assert_eq!(given(day_only).unwrap().stage_on, day("2026-06-02"));
}

#[test]
fn each_refusal_names_its_field_and_says_what_to_do() {
    let fieldwork = || vec![announced(), advanced("fieldwork", "2026-06-01")];
    let over = || vec![announced(), publish()];
    let unfit = |change: fn(&mut Details)| {
        let mut details = details();
        change(&mut details);
        Command::Announce { details }
    };
    let silent = Command::Correct {
        details: Details { kind: "thematic".into(), ..details() },
        stage: String::new(),
        stage_on: String::new(),
        reason: " ".into(),
    };
    let cases: Vec<(Vec<Command>, Command, &str, &str)> = vec![
        (vec![], publish(), "title", "no such inspection"),
        (vec![announced()], announced(), "title", "already"),
        (vec![], unfit(|one| one.title = " ".into()), "title", "is missing"),
        (vec![], unfit(|one| one.title = "tools of the trade".into()), "title", "under way already"),
        (vec![], unfit(|one| one.kind = "surprise".into()), "kind", "Choose what kind"),
        (vec![], unfit(|one| one.inspectorate = String::new()), "inspectorate", "is missing"),
        (vec![], unfit(|one| one.partners = "\n \n".into()), "partners", "at least one partner"),
        (vec![], unfit(|one| one.announced_on = "May 2026".into()), "announced_on", "is not a day"),
        (vec![], unfit(|one| one.announced_on = "2026-11-22".into()), "announced_on", "still to come"),
        (vec![announced()], advanced("", "2026-06-01"), "stage", "Choose the stage"),
        (vec![announced()], advanced("published", "2026-06-01"), "stage", "fieldwork or drafting"),
        (vec![announced()], advanced("abandoned", "2026-06-01"), "stage", "fieldwork or drafting"),
        (vec![announced()], advanced("announced", "2026-06-01"), "stage", "already"),
        (fieldwork(), advanced("fieldwork", "2026-06-02"), "stage", "already"),
        (fieldwork(), advanced("drafting", "2026-05-31"), "on", "on 1 June 2026"),
        (fieldwork(), advanced("drafting", "2026-11-22"), "on", "still to come"),
        (fieldwork(), advanced("drafting", "soon"), "on", "is not a day"),
        (vec![announced()], Command::Publish { inspection: None }, "inspection", "Register that first"),
        (vec![announced()], abandoned(" ", "2026-07-01"), "reason", "is missing"),
        (vec![announced()], abandoned("No.", "2026-04-30"), "on", "cannot be before"),
        (over(), advanced("drafting", "2026-11-01"), "stage", "published on 31 October 2026"),
        (over(), abandoned("No.", "2026-11-01"), "stage", "correct it"),
        (over(), publish(), "stage", "correct it"),
        (vec![announced()], corrected(|_| {}, "", ""), "title", "Nothing is different"),
        (vec![announced()], corrected(|one| one.kind = String::new(), "", ""), "kind", "Choose"),
        (vec![announced()], silent, "reason", "is missing"),
        (over(), corrected(|_| {}, "abandoned", "2026-11-01"), "stage", "Choose announced"),
        (over(), corrected(|_| {}, "drafting", ""), "stage_on", "is not a day"),
        (fieldwork(), corrected(|_| {}, "drafting", "2026-04-01"), "announced_on", "on 1 April 2026"),
        (
            fieldwork(),
            corrected(|one| one.announced_on = "2026-06-02".into(), "", ""),
            "announced_on",
            "Correct one of the days",
        ),
    ];
    for (number, (before, command, field, told)) in cases.into_iter().enumerate() {
        let refusal = decide(&known(), given(before).as_ref(), command).expect_err(&format!("case {number}"));
        assert_eq!(refusal.field, field, "case {number}: {refusal}");
        assert!(refusal.sentence.contains(told), "case {number}: {refusal}");
    }
}

#[test]
fn only_a_registered_inspection_of_its_own_and_of_its_time_comes_of_it() {
    let was = given(vec![announced()]);
    let outcome = |published_on, of: Option<&str>| Known {
        outcome: Some(Outcome { published_on: day(published_on), of: of.map(str::to_owned) }),
        ..known()
    };
    for (known, told) in [
        (Known { outcome: None, ..known() }, "Register that first"),
        (outcome("2026-10-31", Some("Citations")), "came of “Citations”"),
        (outcome("2026-04-30", None), "was published on 30 April 2026"),
    ] {
        let refusal = decide(&known, was.as_ref(), publish()).unwrap_err();
        assert!(refusal.field == "inspection" && refusal.sentence.contains(told), "{refusal}");
    }
    assert!(decide(&outcome("2026-05-01", None), was.as_ref(), publish()).is_ok());
}

#[test]
fn a_title_is_free_again_when_the_one_that_had_it_is_over() {
    let was = given(vec![announced(), publish()]);
    let taken = Known { taken: vec!["Best Value".into()], ..known() };
    let command = corrected(|one| one.partners = "Audit Scotland\nAnother body".into(), "", "");
    assert!(decide(&taken, was.as_ref(), command).is_ok(), "the next one has its title");
    let back = corrected(|_| {}, "drafting", "2026-06-01");
    assert_eq!(decide(&taken, was.as_ref(), back).unwrap_err().field, "title");
}

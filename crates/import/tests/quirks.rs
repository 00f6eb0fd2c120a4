//! The quirks of real plans: what is placed, and what is listed for a person instead.

use import::{Placed, TargetDate, place, read};

fn placed(text: &str) -> Placed {
    let plan = place(&read("plan", text.as_bytes()).expect("read")).expect("placed");
    assert_eq!(plan.cells_read, plan.cells.len());
    for unsure in &plan.unsure {
        assert!(unsure.why.ends_with('.') && unsure.why.len() > 20, "{}", unsure.why);
    }
    plan
}

/// The places and reasons of what is unsure.
fn unsure(plan: &Placed) -> Vec<String> {
    plan.unsure.iter().map(|it| format!("{}: {}", it.at.replace("Table 1, ", ""), it.why)).collect()
}

fn went(plan: &Placed, text: &str) -> (String, bool) {
    let cell = plan.cells.iter().find(|cell| cell.text == text).expect("the cell");
    (cell.placed_as.clone(), cell.unsure)
}

#[test]
fn an_action_before_any_recommendation_is_listed_with_its_place() {
    let plan = placed("Recommendation\tActions\n\t1.1 Lost\n1 - Act\t1.1 Found");
    assert!(unsure(&plan)[0].starts_with("row 2, column 2: This row comes before any recommendation"));
    assert_eq!(went(&plan, "1.1 Lost"), ("Not placed".into(), true));
    assert_eq!(plan.recommendations[0].actions[0].text, "Found");
}

#[test]
fn a_duplicate_reference_is_left_out_and_names_both_places() {
    let plan = placed("Recommendation\tActions\nR1 - Act\t1.1 Go\nR01 - Act otherwise\t1.1 Stop\n\t1.2 Wait");
    assert_eq!(plan.recommendations.len(), 1);
    assert_eq!(plan.recommendations[0].actions.len(), 1);
    let told = unsure(&plan);
    assert!(
        told[0].contains("duplicate reference")
            && told[0].contains("row 2, column 1")
            && told[0].contains("row 3, column 1")
    );
    assert_eq!(told.len(), 3, "both cells of the duplicate and the row that goes on with it");
    assert_eq!(went(&plan, "1.2 Wait"), ("Not placed".into(), true));
}

#[test]
fn a_recommendation_goes_on_below_a_repeated_heading() {
    let text = "Ref\tRecommendation\tActions\tUpdates\n1\tAct\t1.1 Go\tBegun\n\
                Ref\tRecommendation\tActions\tUpdates\n1\tAct\t1.2 Stop\tEnded\n\t\t1.3 Wait\t";
    let plan = placed(text);
    assert_eq!((plan.recommendations.len(), plan.unsure.len()), (1, 0));
    assert_eq!(plan.recommendations[0].actions.len(), 3);
    assert_eq!(plan.recommendations[0].updates, ["Begun", "Ended"]);
    assert_eq!(plan.cells[8].placed_as, "Heading, repeated");
    assert_eq!(went(&plan, "1.3 Wait"), ("Recommendation 1, action 1.3".into(), false));
}

#[test]
fn words_that_are_no_target_are_kept_and_listed() {
    let plan = placed(
        "Recommendation\tTarget date\n1 - Act\tSpring\n2 - Ask\tNov 2023 (revised to May 2024)\n3 - Go\t",
    );
    let [one, two, three] = &plan.recommendations[..] else { panic!("three") };
    assert_eq!((one.first_target, one.target_words.as_deref()), (None, Some("Spring")));
    assert_eq!(two.first_target, Some(TargetDate::Month { year: 2023, month: 11 }));
    assert_eq!(two.current_target, Some(TargetDate::Month { year: 2024, month: 5 }));
    assert_eq!((three.current_target, three.target_words.as_deref()), (None, None));
    assert_eq!(unsure(&plan).len(), 1);
    assert!(unsure(&plan)[0].starts_with("row 2, column 2: The target is not a month or a day."));
}

#[test]
fn first_and_revised_targets_may_have_columns_of_their_own() {
    let two_rows =
        "Recommendation\tTarget date\t\n\tInitial\tRevised\n1 - Act\t31-1-25\t30-6-25\n2 - Ask\t31/1/25\t";
    let plan = placed(two_rows);
    assert_eq!(plan.unsure, []);
    let iso = |at: usize| {
        let it = &plan.recommendations[at];
        (it.first_target.map(|target| target.iso()), it.current_target.map(|target| target.iso()))
    };
    assert_eq!(iso(0), (Some("2025-01-31".into()), Some("2025-06-30".into())));
    assert_eq!(iso(1), (Some("2025-01-31".into()), Some("2025-01-31".into())));
}

#[test]
fn actions_may_have_owners_targets_and_states_of_their_own() {
    let text = "Recommendation\tAction no\tAction\tOwner\tTarget\tStatus\n\
                1 - Act\t1.1\tGo\tAnn\tMay 2024\tComplete\n\t1.2\tStop\tBob\tJune 2024\tOngoing\n\t1.3\tWait\tBob\tTBC\tPerhaps\n\
                2 - Ask\t2.1\tAsk\tAnn\tMay 2024\tOn track";
    let plan = placed(text);
    let one = &plan.recommendations[0];
    let owners: Vec<_> = one.actions.iter().map(|action| action.owner.as_deref()).collect();
    assert_eq!(owners, [Some("Ann"), Some("Bob"), Some("Bob")]);
    let done: Vec<_> = one.actions.iter().map(|action| action.done).collect();
    assert_eq!(done, [Some(true), Some(false), None]);
    assert_eq!(one.actions[1].target, Some(TargetDate::Month { year: 2024, month: 6 }));
    assert_eq!((one.owner.as_deref(), one.first_target), (None, None));
    let two = &plan.recommendations[1];
    assert_eq!((two.owner.as_deref(), two.status.as_deref()), (Some("Ann"), Some("On track")));
    assert_eq!(went(&plan, "June 2024"), ("Action 1.2, target".into(), false));
    assert_eq!(unsure(&plan).len(), 2, "{:?}", unsure(&plan));
}

#[test]
fn the_tenth_action_of_a_number_column_is_not_the_first() {
    let number = |sub: u32| if sub == 10 { "1.1".to_owned() } else { format!("1.{sub}") };
    let rows: Vec<String> = (1..=10).map(|sub| format!("1 - Act\t{}\tGo {sub}\n", number(sub))).collect();
    let plan = placed(&format!("Recommendation\tAction no\tAction\n{}", rows.concat()));
    assert_eq!(plan.recommendations[0].actions[9].number, "1.10");
    assert_eq!(plan.unsure, []);
}

#[test]
fn a_column_that_no_plan_has_is_listed_with_its_heading() {
    let plan =
        placed("Recommendation\tOwner\tCost\tImpact\tRisk\n1 - Act\tA\t£5\tB\tSevere\n2 - Ask\tA\t\tB\tmed");
    let told = unsure(&plan);
    assert!(told[0].contains("“Cost”"), "{told:?}");
    assert!(told[1].contains("Low, Medium or High"));
    assert_eq!(told.len(), 2);
    assert_eq!(plan.recommendations[0].risk_exposure, None);
    assert_eq!(plan.recommendations[1].risk_exposure.as_deref(), Some("Medium"));
}

#[test]
fn recommendations_without_numbers_are_numbered_and_listed() {
    let plan = placed("Recommendation\tOwner\nPolice should act\tA\nPolice should ask\tB\nand listen\t");
    assert_eq!(plan.recommendations.len(), 2);
    assert_eq!(plan.recommendations[1].text, "Police should ask and listen");
    assert_eq!(unsure(&plan).len(), 3);
}

#[test]
fn words_below_the_table_are_listed_and_not_a_recommendation() {
    let plan = placed("Recommendation\tOwner\n1 - Act\tA\nSource: the plan");
    assert_eq!(plan.recommendations.len(), 1);
    assert!(unsure(&plan)[0].contains("no reference"));
}

#[test]
fn a_table_cut_by_a_page_goes_on_without_headings() {
    let plan = placed("Recommendation\tOwner\n1 - Act\tA\n\nProse.\n\n2 - Ask\tB\n\nName\tAge\nAnn\t3");
    assert_eq!(plan.recommendations.len(), 2);
    assert_eq!(plan.unsure.len(), 1);
    assert!(plan.unsure[0].why.contains("4 in all"));
}

#[test]
fn formulas_and_signs_are_words() {
    let plan = placed("Recommendation,Owner\n1 - Act,=HYPERLINK(1)\n2 - Ask,@a\n3 - Go,-1\n4 - On,+x");
    let owners: Vec<_> = plan.recommendations.iter().filter_map(|it| it.owner.as_deref()).collect();
    assert_eq!(owners, ["=HYPERLINK(1)", "@a", "-1", "+x"]);
}

#[test]
fn a_reference_may_stand_in_many_forms() {
    let plan = placed(
        "No.\tRecommendation\tOwner\nR02\tAct\tA\nRecommendation 3\tAsk\tB\n4\t4 - Go\tC\nR2a\tWait\tD",
    );
    let keys: Vec<_> = plan
        .recommendations
        .iter()
        .map(|it| (it.reference.as_str(), it.key.as_str(), it.text.as_str()))
        .collect();
    assert_eq!(
        keys,
        [("R02", "2", "Act"), ("Recommendation 3", "3", "Ask"), ("4", "4", "Go"), ("R2a", "2a", "Wait")]
    );
    assert_eq!(went(&plan, "B"), ("Recommendation 3, owner".into(), false));
    assert_eq!(plan.unsure, []);
}

#[test]
fn drafts_survive_the_journey_through_json() {
    let plan = placed("Recommendation\tTarget date\n1 - Act\t30 Nov 2023");
    let json = serde_json::to_string(&plan).expect("json");
    assert_eq!(serde_json::from_str::<Placed>(&json).expect("a plan"), plan);
}

//! The workbooks of the demonstration, read by the importer: everything is found, nothing is unsure.

#![expect(clippy::unwrap_used, reason = "a helper of a test is not seen as one")]

use force::{Plan, Shape, workbook};

fn plans() -> [Plan; 3] {
    [force::contact_assessment_model().unwrap(), force::domestic_abuse().unwrap(), force::sixty(1)]
}

#[test]
fn each_plan_in_each_shape_is_read_as_it_is_meant() {
    for plan in plans() {
        for shape in [Shape::Plain, Shape::Titled] {
            let told = format!("{} {shape:?}", plan.title);
            let bytes = workbook(&plan, shape).unwrap();
            let placed = import::place(&import::read("plan.xlsx", &bytes).unwrap()).unwrap();
            assert_eq!(placed.unsure, [], "{told}");
            assert_eq!(placed.recommendations.len(), plan.recommendations.len(), "{told}");
            for (read, meant) in placed.recommendations.iter().zip(&plan.recommendations) {
                let told = format!("{told} {}", meant.reference);
                let words = |read: &Option<String>| read.clone().unwrap_or_default();
                assert_eq!((&read.reference, &read.text), (&meant.reference, &meant.text), "{told}");
                assert_eq!(words(&read.risk_exposure), meant.risk_exposure, "{told}");
                assert_eq!(words(&read.risk_statement), meant.risk_statement, "{told}");
                assert_eq!(
                    (words(&read.owner), words(&read.impact)),
                    (meant.owner.clone(), meant.impact.clone()),
                    "{told}"
                );
                assert_eq!(read.first_target, meant.target, "{told}");
                assert_eq!(read.current_target, meant.revised_target.or(meant.target), "{told}");
                assert_eq!(read.updates.join(""), meant.update, "{told}");
                let actions: Vec<_> =
                    read.actions.iter().map(|it| (it.number.clone(), it.text.as_str())).collect();
                assert_eq!(actions, meant.numbered_actions().collect::<Vec<_>>(), "{told}");
            }
        }
    }
}

#[test]
fn a_titled_workbook_gives_the_title() {
    let plan = force::domestic_abuse().unwrap();
    let bytes = workbook(&plan, Shape::Titled).unwrap();
    let placed = import::place(&import::read("plan.xlsx", &bytes).unwrap()).unwrap();
    assert_eq!(placed.title.as_deref(), Some("Domestic Abuse 2023 inspection: improvement plan"));
}

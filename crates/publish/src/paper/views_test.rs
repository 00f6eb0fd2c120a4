//! The question before a paper is final: faults first, and no button while there are some.

use super::*;
use crate::paper::rules::apply;

fn paper() -> Paper {
    let drafted = r#"{"drafted":{"meeting":"Committee","date":"2026-12-09","location":"Glasgow","title":"Plans",
        "presented_by":{"$private":"A. Person"},"ask":"discuss","period_from":"2026-09-01",
        "period_to":"2026-11-30","inspections":[],"background":"","implications":[],"recommendation":""}}"#;
    apply(None, &serde_json::from_str(drafted).unwrap())
}

fn found(sentence: &str, is_fault: bool, accepted: Option<&str>) -> Found {
    Found {
        sentence: sentence.to_owned(),
        mend: "/recommendations/one".to_owned(),
        accept: "/check/one/target_missing/a1/acceptance".to_owned(),
        key: format!("one/{}", sentence.len()),
        check: ("target_missing", "A recommendation without a target"),
        is_fault,
        accepted: accepted.map(str::to_owned),
        ..Found::default()
    }
}

fn page(findings: &[Found], refusal: Option<&Refusal>) -> String {
    let paper = paper();
    let findings = findings.iter().collect();
    let asking = Asking {
        id: "one",
        paper: &paper,
        last_seq: 7,
        counted_at: 48_210,
        findings,
        refusal,
        done: "accepted-3",
        may_accept: true,
    };
    FreezePage::of(&asking, Frame::of("Freeze a paper", Section::Papers)).render().unwrap()
}

#[test]
fn a_fault_that_nobody_accepted_is_led_to_and_there_is_no_button() {
    let fault = found("DA23-R1 has no target.", true, None);
    let page = page(&[fault, found("A name is written two ways.", false, None)], None);
    assert!(page.contains("DA23-R1 has no target."));
    assert!(page.contains("<a href=\"/recommendations/one\">Mend it"));
    assert!(
        page.contains("/check/one/target_missing/a1/acceptance?back=%2Fpapers%2Fone%2Ffreeze\">Accept it")
    );
    assert!(page.contains("3 findings are accepted.") && page.contains("1 fault that nobody has accepted"));
    assert!(!page.contains("with one reason"), "one is accepted by its own form");
    assert!(page.contains("Worth a look"));
    assert!(!page.contains(">Freeze the paper</button>"), "{page}");
}

#[test]
fn faults_of_one_check_stand_together_and_are_accepted_together() {
    let other = Found { check: ("other", "Another check"), ..found("The table says 9.", true, None) };
    let faults = [found("R1 has no target.", true, None), other, found("R14 has no target.", true, None)];
    let page = page(&faults, None);
    assert!(page.contains("3 faults that nobody has accepted"));
    assert_eq!(page.matches("Accept the ticked with one reason").count(), 1, "{page}");
    assert_eq!(page.matches("name=\"listed\"").count(), 2);
    assert!(
        page.find("R14 has no target.") < page.find("Another check"),
        "the check's other fault comes first"
    );
}

#[test]
fn what_was_accepted_stands_with_its_reason_and_the_paper_can_be_frozen() {
    let page = page(&[found("The table says 9 and the list 10.", true, Some("R14 is counted apart."))], None);
    assert!(page.contains("The table says 9 and the list 10.") && page.contains("R14 is counted apart."));
    assert!(page.contains(">Freeze the paper</button>"));
    assert!(page.contains("counted at entry 48,210"));
    assert!(!page.contains("id=\"findings\""));
}

#[test]
fn a_refusal_is_told_at_the_top_and_leads_to_the_faults() {
    let refusal = Refusal::of("findings", "The check found 1 fault.");
    let page = page(&[found("A fault.", true, None)], Some(&refusal));
    assert!(page.contains("<a href=\"#findings\">The check found 1 fault.</a>"));
    assert!(page.contains("<section id=\"findings\"") && page.contains("<title>Problem: Freeze a paper"));
}

//! `answerable check register`: what it prints, as words and as data, for which day, and with which code it ends.

use serde_json::{Value, json};

use crate::{
    house::House,
    plans::{TITLE, csv, plan, table},
};

/// A register of one plan, and its last entry before that came in.
fn house() -> (House, i64) {
    let house = House::with(&["audit_manager"]);
    let empty = house.head();
    let file = house.file("plan.csv", &csv(&table(&plan(), "\n")));
    house.imported(&file, TITLE);
    (house, empty)
}

fn found(whole: &Value) -> &Vec<Value> {
    whole["findings"].as_array().expect("findings")
}

/// Accepts every fault that is not accepted, as the audit manager would.
fn accept_faults(house: &House) {
    let whole = house.run(&["check", "register", "--json"]).json();
    let server = house.serve();
    let mut manager = server.client(&house.token("audit_manager"));
    for finding in found(&whole).iter().filter(|one| one["severity"] == "fault") {
        let part = |name: &str| finding[name].as_str().expect("a word").to_owned();
        let path = format!("/check/{}/{}/{}/acceptance", part("subject"), part("check"), part("fingerprint"));
        let accepted = manager.post(&path, &json!({ "reason": "The committee knows." }));
        assert!(accepted.status < 300, "{path}: {}", accepted.status);
    }
}

#[test]
fn the_check_of_the_register_ends_with_one_until_every_fault_is_accepted() {
    let (house, _) = house();
    let ran = house.run(&["check", "register"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""), "{}", ran.text());
    let told = ran.text();
    // All eight are due in 2023 or 2024, and nobody moved them.
    assert!(told.contains("The target is past and was not moved (target_past)"), "{told}");
    assert!(told.contains("  Fault    ") && told.contains("           /recommendations"), "{told}");
    assert!(told.lines().last().expect("a line").starts_with("8 recommendations at entry "), "{told}");
    assert!(told.trim_end().ends_with("; 0 accepted."), "{told}");

    let before = house.run(&["check", "register", "--json"]).json();
    let faults = before["summary"]["faults"].as_u64().expect("a number");
    assert!(faults > 0);
    accept_faults(&house);
    let ran = house.done(&["check", "register"]);
    assert!(!ran.text().contains("  Fault    "), "{}", ran.text());
    assert!(ran.text().trim_end().ends_with(&format!("; {faults} accepted.")), "{}", ran.text());
    let after = house.done(&["check", "register", "--json"]).json();
    assert_eq!((&after["summary"]["faults"], &after["summary"]["accepted"]), (&json!(0), &json!(faults)));
    // Warnings and notes are left to whoever reads them: they stop nobody.
    assert_eq!(after["summary"]["warnings"], before["summary"]["warnings"]);
    assert_eq!(found(&after).len(), found(&before).len(), "what is accepted is still told");
    for one in found(&after) {
        let reason = if one["severity"] == "fault" { json!("The committee knows.") } else { Value::Null };
        assert_eq!(one["accepted"], reason, "{one}");
    }
    house.check();
}

#[test]
fn as_data_each_finding_has_what_a_program_needs() {
    let (house, _) = house();
    let ran = house.run(&["check", "register", "--json"]);
    assert_eq!(ran.code, 1, "data or words, it ends alike");
    let whole = ran.json();
    let keys = |value: &Value| value.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&whole), ["as_at", "checked_at_entry", "findings", "summary"]);
    assert_eq!(keys(&whole["summary"]), ["accepted", "faults", "notes", "warnings"]);
    assert_eq!(whole["checked_at_entry"], house.head());
    let mut counted = [("fault", 0), ("warning", 0), ("note", 0)];
    for one in found(&whole) {
        let expected =
            ["accepted", "check", "fingerprint", "label", "mend", "sentence", "severity", "subject"];
        assert_eq!(keys(one), expected);
        let mend = one["mend"].as_str().expect("an address");
        let sentence = one["sentence"].as_str().expect("a sentence");
        assert!(mend.starts_with('/') && sentence.ends_with('.'), "{one}");
        let of = counted.iter_mut().find(|(word, _)| one["severity"] == *word).expect("a severity");
        of.1 += 1;
    }
    let told = counted.map(|(word, _)| whole["summary"][format!("{word}s")].clone());
    assert_eq!(told, counted.map(|(_, number)| json!(number)));
    // The same in words says as many.
    let sentences = house.run(&["check", "register"]);
    let lines = sentences.text().lines().filter(|line| line.starts_with("           /")).count();
    assert_eq!(lines, found(&whole).len());
}

#[test]
fn it_looks_back_to_an_entry_or_a_day_and_refuses_what_is_neither() {
    let (house, empty) = house();
    let ran = house.done(&["check", "register", "--as-at", &empty.to_string(), "--json"]);
    let then = ran.json();
    assert_eq!((&then["checked_at_entry"], found(&then).len()), (&json!(empty), 0));
    // Before anything was entered there is nothing to find.
    let ran = house.done(&["check", "register", "--as-at", "2013-01-01", "--json"]);
    assert_eq!((&ran.json()["as_at"], found(&ran.json()).len()), (&json!("2013-01-01"), 0));
    let ran = house.run(&["check", "register", "--as-at", "yesterday"]);
    assert!(ran.code != 0 && ran.text().is_empty() && ran.err.contains("yesterday"), "{ran:?}");
}

//! Names of programmes: their days, what else they are called, and that no word is told twice.

use plan::{linter::KnownName, programme::rules::AliasKind};

use crate::desk::{Desk, day, said};

const PROJECT: &str = "Investigations and Safeguarding Project";

/// The first and the last day.
type Days<'a> = [Option<&'a str>; 2];

fn name(name: &str, now: &str, alias: Option<AliasKind>, days: Days<'_>) -> KnownName {
    let [from, until] = days.map(|on| on.map(day));
    KnownName { name: name.into(), now: now.into(), from, until, alias }
}

/// What is told where an update of 10 September 2025 has these words.
fn told(names: &[KnownName], update: &str) -> Vec<String> {
    let mut desk = Desk::new();
    desk.names = names.to_vec();
    desk.add("R1", |item| item.updates = vec![said(update, "2025-09-10")]);
    desk.sentences("name_two_ways")
}

#[test]
fn a_name_before_its_day_and_an_alias_are_told_from_the_right_name() {
    let own = "Policing for our Communities";
    let names = [
        name(own, own, None, [Some("2025-09-05"), None]),
        name("LPSDR", own, Some(AliasKind::Unsaid), [None, None]),
    ];
    let mut desk = Desk::new();
    desk.names = names.into();
    desk.add("R1", |item| item.updates = vec![said("Policing for our Communities began.", "2025-09-01")]);
    desk.add("R2", |item| item.updates = vec![said("Policing for our Communities began.", "2025-09-10")]);
    desk.add("R3", |item| item.updates = vec![said("LPSDR began.", "2025-09-10")]);
    desk.add("R4", |item| {
        item.updates = vec![said("LPSDR (Policing for our Communities) began.", "2025-09-10")];
    });
    assert_eq!(
        desk.sentences("name_two_ways"),
        [
            "“Policing for our Communities” stands in R1 of Mental Health 2024, but that was its name only from 5 September 2025.",
            "“LPSDR” stands in R3 of Mental Health 2024; its own name is “Policing for our Communities”.",
        ]
    );
}

#[test]
fn an_other_name_is_right_or_wrong_by_its_kind_and_its_days() {
    use AliasKind::{Abbreviation, Merged, Misspelling, Unsaid, WorkingTitle};
    let (over, present) = ([None, Some("2025-06-01")], [Some("2023-01-09"), None]);
    let stands = "“PPDP” stands in R1 of Mental Health 2024";
    let cases: [(AliasKind, Days<'_>, Option<&str>); 9] = [
        (Abbreviation, [None, None], None),
        (Abbreviation, present, None),
        (Abbreviation, over, Some("but that was its abbreviation until 1 June 2025; it is")),
        (Misspelling, present, Some("the name is written “Investigations")),
        (WorkingTitle, present, None),
        (WorkingTitle, over, Some("but that was another name of it until 1 June 2025; it is")),
        (Merged, over, Some("but that was another name of it until 1 June 2025; it is")),
        (WorkingTitle, [None, None], Some("its own name is “Investigations")),
        (Unsaid, [None, None], Some("its own name is “Investigations")),
    ];
    for (kind, days, expected) in cases {
        let told = told(&[name("PPDP", PROJECT, Some(kind), days)], "PPDP went on.");
        match expected {
            None => assert_eq!(told, Vec::<String>::new(), "{kind:?} {days:?}"),
            Some(part) => {
                assert!(told.len() == 1 && told[0].starts_with(stands), "{kind:?} {days:?}: {told:?}");
                assert!(told[0].contains(part), "{kind:?} {days:?}: {told:?}");
            }
        }
    }
}

#[test]
fn one_word_is_told_once_and_without_advice_that_contradicts_itself() {
    let system = |alias: &str, kind| name(alias, "Core Operating Solutions", Some(kind), [None, None]);
    let names = [
        system("COS", AliasKind::Abbreviation),
        system("UNIFI", AliasKind::Unsaid),
        system("COS UNIFI", AliasKind::Abbreviation),
        system("Unifit", AliasKind::Misspelling),
        name("PCC", "Policing for our Communities", Some(AliasKind::Misspelling), [None, None]),
        name(PROJECT, PROJECT, None, [None, None]),
        name("Investigation and Safeguarding Project", PROJECT, Some(AliasKind::Misspelling), [None, None]),
    ];
    let cases: [(&str, &[&str]); 5] = [
        ("COS UNIFI can hold it, and so can COS.", &[]),
        ("Unifit can hold it.", &["“Unifit” stands in R1 of Mental Health 2024; the name is written UNIFI."]),
        (
            "The SPA PCC had it.",
            &["“SPA PCC” stands in R1 of Mental Health 2024; the name is written SPA PPC."],
        ),
        (
            "The PCC had it.",
            &[
                "“PCC” stands in R1 of Mental Health 2024; the name is written “Policing for our Communities”.",
            ],
        ),
        (
            "The Investigation and Safeguarding Project is the Investigations and Safeguarding Project.",
            &[
                "One name is written in more than one way: “Investigation and Safeguarding Project” (MH24-R1) and “Investigations and Safeguarding Project” (MH24-R1). Choose one; the programme’s name is “Investigations and Safeguarding Project”.",
            ],
        ),
    ];
    for (update, expected) in cases {
        assert_eq!(told(&names, update), expected, "{update}");
    }
}

#[test]
fn two_names_that_are_easily_mixed_up_are_told_with_what_each_means() {
    assert_eq!(
        told(&[], "SAs confirm that SAs have done it; SAS asks for it."),
        [
            "Two names that are easily mixed up are in use: “SAS” (MH24-R1) and “SAs” (MH24-R1). SAS is the Scottish Ambulance Service, SAs are service advisors. See that each stands where it is meant."
        ]
    );
    assert_eq!(told(&[], "SAs confirm it."), Vec::<String>::new());
}

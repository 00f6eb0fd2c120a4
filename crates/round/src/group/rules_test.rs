//! Cases of what may happen to a group.

use journal::Id;

use super::{cadence::Cadence, rules::*};

fn plan(number: u8) -> Id {
    Id::read(&format!("018a645b-0000-7bb7-b19b-e8d3aa192b{number:02}")).unwrap()
}

fn known() -> Known {
    Known {
        today: "2026-11-23".parse().unwrap(),
        taken: vec!["Oversight Board".into()],
        inspections: vec![plan(1), plan(2)],
    }
}

fn details() -> Details {
    Details {
        name: " Tactical Group ".into(),
        kind: "tactical".into(),
        reference: "To do what the plan says.".into(),
        cadence: "monthly".into(),
        nth: "second".into(),
        weekday: "wednesday".into(),
        month: String::new(),
        plans: Vec::new(),
    }
}

fn after(was: Option<&Group>, command: Command) -> Group {
    apply(was.cloned(), &decide(&known(), was, command).unwrap())
}

fn add(post: &str, alternate: &str, chairs: bool) -> Command {
    Command::AddMember { post: post.into(), alternate: alternate.into(), chairs }
}

#[test]
fn a_group_is_formed_seated_and_ended() {
    let group = after(None, Command::Form(details()));
    assert_eq!((group.terms.name.as_str(), group.chair()), ("Tactical Group", None));
    let group = after(Some(&group), add("Head of Governance", "", true));
    let group = after(Some(&group), add("ACC Local Policing", "Chief Superintendent", true));
    assert_eq!(group.chair(), Some("ACC Local Policing"), "the chair passed on");
    assert_eq!(group.members.len(), 2);
    let back = Command::ChangeMember {
        post: "head of governance".into(),
        alternate: "Audit manager".into(),
        chairs: true,
        reason: "The ACC has moved on".into(),
    };
    let group = after(Some(&group), back);
    assert_eq!(
        (group.chair(), group.members[0].alternate.as_str()),
        (Some("Head of Governance"), "Audit manager")
    );
    let remove = Command::RemoveMember { post: "ACC Local Policing".into(), reason: "Moved on".into() };
    let group = after(Some(&group), remove);
    assert_eq!(group.members.len(), 1);
    let quarterly = Details { cadence: "quarterly".into(), month: "3".into(), ..details() };
    let group = after(Some(&group), Command::ChangeTerms(quarterly, "Less is left".into()));
    assert!(matches!(group.terms.cadence, Cadence::Quarterly { month: 3, .. }) && group.members.len() == 1);
    let group = after(Some(&group), Command::End { reason: "The plan is done".into() });
    assert_eq!(group.ended, Some(("2026-11-23".parse().unwrap(), "The plan is done".into())));
    assert_eq!(decide(&known(), Some(&group), add("Anybody", "", false)).unwrap_err().field, "name");
}

#[test]
fn what_does_not_fit_is_refused_by_its_field() {
    let with = |change: fn(&mut Details)| {
        let mut details = details();
        change(&mut details);
        details
    };
    let group = after(None, Command::Form(details()));
    let group = after(Some(&group), add("Chair", "Deputy", true));
    let seated = |alternate: &str, reason: &str| Command::ChangeMember {
        post: "Chair".into(),
        alternate: alternate.into(),
        chairs: true,
        reason: reason.into(),
    };
    let cases: [(Option<&Group>, Command, &str); 19] = [
        (None, Command::Form(with(|d| d.name = " ".into())), "name"),
        (None, Command::Form(with(|d| d.name = "oversight board".into())), "name"),
        (None, Command::Form(with(|d| d.kind = "secret".into())), "kind"),
        (None, Command::Form(with(|d| d.reference = "x".repeat(5_000))), "reference"),
        (None, Command::Form(with(|d| d.cadence = "weekly".into())), "cadence"),
        (None, Command::Form(with(|d| d.nth = "fifth".into())), "nth"),
        (None, Command::Form(with(|d| d.weekday = "sunday".into())), "weekday"),
        (None, Command::Form(with(|d| d.cadence = "quarterly".into())), "month"),
        (None, Command::Form(with(|d| d.plans = vec![plan(3).to_string()])), "plans"),
        (None, Command::End { reason: "Why".into() }, "name"),
        (Some(&group), Command::Form(details()), "name"),
        (Some(&group), Command::ChangeTerms(details(), "Why".into()), "name"),
        (Some(&group), Command::ChangeTerms(with(|d| d.kind = "strategic".into()), " ".into()), "reason"),
        (Some(&group), add(" chair ", "", false), "post"),
        (Some(&group), add("Member", "member", false), "alternate"),
        (Some(&group), seated("Deputy", "Why"), "alternate"),
        (Some(&group), seated("Another", ""), "reason"),
        (Some(&group), Command::RemoveMember { post: "Nobody".into(), reason: "Why".into() }, "post"),
        (Some(&group), Command::End { reason: String::new() }, "reason"),
    ];
    for (was, command, field) in cases {
        let told = format!("{command:?}");
        assert_eq!(decide(&known(), was, command).unwrap_err().field, field, "{told}");
    }
}

#[test]
fn a_group_looks_after_the_plans_it_names_or_after_all() {
    let group = after(None, Command::Form(details()));
    assert!(group.terms.looks_after(&plan(1)) && group.terms.looks_after(&plan(7)));
    let named = |plans: &[u8]| Details {
        plans: plans.iter().map(|number| plan(*number).to_string()).chain([String::new()]).collect(),
        ..details()
    };
    let group = after(Some(&group), Command::ChangeTerms(named(&[2, 2]), "Less is left".into()));
    assert_eq!(group.terms.plans, [plan(2)]);
    assert!(group.terms.looks_after(&plan(2)) && !group.terms.looks_after(&plan(1)));
    let both = Command::ChangeTerms(named(&[2, 1]), "Again more".into());
    let group = after(Some(&group), both);
    let same = Command::ChangeTerms(named(&[1, 2]), "In another order".into());
    assert_eq!(decide(&known(), Some(&group), same).unwrap_err().field, "name", "the order says nothing");
}

#[test]
fn who_is_told_in_the_place_of_a_post() {
    let group = after(None, Command::Form(details()));
    assert!(group.in_place_of("Head of Training").is_empty(), "nobody sits on it");
    let group = after(Some(&group), add("ACC", "Chief Superintendent", true));
    let group = after(Some(&group), add("Head of Training", "Training manager", false));
    let group = after(Some(&group), add("Head of Estates", "", false));
    for (post, expected) in [
        ("head of training ", &["Training manager", "ACC", "Chief Superintendent"][..]),
        ("Head of Estates", &["ACC", "Chief Superintendent"]),
        ("Nobody’s post", &["ACC", "Chief Superintendent"]),
        ("ACC", &["Chief Superintendent"]),
        ("Chief Superintendent", &["ACC"]),
    ] {
        assert_eq!(group.in_place_of(post), expected, "{post}");
    }
}

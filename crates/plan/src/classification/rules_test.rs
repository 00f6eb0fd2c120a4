//! The table of cases for how a recommendation is sorted.

use jiff::Timestamp;
use journal::Id;

use super::*;
use crate::recommendation::{rules::Fact as Made, rules::apply as recommend, status::Status};

fn known() -> Known {
    let made = Made::Made {
        inspection: Id::new(Timestamp::UNIX_EPOCH),
        reference: "R1".into(),
        text: "Agree who does what.".into(),
        exposure: None,
        risk_statement: String::new(),
        impact: String::new(),
        owner_post: String::new(),
        owner_team: String::new(),
    };
    Known {
        recommendation: Some(recommend(None, &made)),
        bodies: vec!["Caledonia Police".into(), "Scottish Government".into()],
    }
}

fn address(to: &str) -> Command {
    Command::Address { to: to.into(), reason: "as printed".into() }
}

#[test]
fn it_is_sorted_by_what_the_definitions_and_the_inspection_know() {
    let commands = [
        address("scottish government\n\nScottish Government"),
        Command::Theme { themes: vec!["custody".into(), "demand_picture".into()] },
        Command::Prioritise { horizon: "short".into() },
        Command::Link { milestones: vec!["SC 1.14".into()] },
        Command::Oversee { strategic_owner: "ACC Policing Together".into(), reason: "agreed".into() },
    ];
    let sorted = commands.into_iter().fold(None, |was: Option<Classification>, command| {
        let fact = decide(&known(), was.as_ref(), command.clone()).expect("it may be");
        let now = apply(was, &fact);
        assert!(decide(&known(), Some(&now), command).is_err(), "the same again changes nothing");
        Some(now)
    });
    let sorted = sorted.expect("it is sorted");
    assert_eq!(sorted.addressees, ["Scottish Government"]);
    assert_eq!(sorted.themes, ["demand_picture", "custody"], "in the order of the definitions");
    assert_eq!((sorted.horizon, sorted.milestones.len()), (Some(Horizon::Short), 1));
    assert_eq!(Horizon::read(Horizon::Long.as_str()), Some(Horizon::Long));
}

#[test]
fn what_nobody_knows_is_refused_by_its_field() {
    let cases = [
        (address("Scotish Government"), "addressees"),
        (Command::Address { to: "Caledonia Police".into(), reason: " ".into() }, "reason"),
        (Command::Theme { themes: vec!["weather".into()] }, "themes"),
        (Command::Theme { themes: vec![] }, "themes"),
        (Command::Prioritise { horizon: "soon".into() }, "horizon"),
        (Command::Link { milestones: vec!["XX 9".into()] }, "milestones"),
        (Command::Oversee { strategic_owner: "x".repeat(400), reason: "r".into() }, "strategic_owner"),
    ];
    for (command, field) in cases {
        assert_eq!(decide(&known(), None, command).unwrap_err().field, field);
    }
    assert!(decide(&Known::default(), None, address("Caledonia Police")).is_err());
    let mut closed = known();
    closed.recommendation.as_mut().expect("there is one").status = Status::Discharged;
    assert_eq!(decide(&closed, None, address("Caledonia Police")).unwrap_err().field, "status");
}

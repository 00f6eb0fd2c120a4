//! What goes on around the plans is in the register too, on its day.

use jiff::Timestamp;
use journal::{AsAt, Journal};
use plan::{
    area::rules::Area,
    dependency::rules::{Awaited, Outside},
    register::rules::Register,
    underway::rules::Stage,
};
use round::{
    group::{self, rules::Kind},
    meeting::{
        self,
        rules::{Standing, due_before},
    },
    workday::rules::Calendar,
};

use crate::{item, register};

fn day(text: &str) -> AsAt {
    AsAt::Day(text.parse().unwrap())
}

/// What DA23-R7 waits for, as it was called on that day.
async fn awaited(journal: &Journal, on: &str, now: Timestamp) -> Vec<String> {
    let then = register(journal, day(on), now).await;
    item(&then, "DA23-R7").waits_for.iter().map(|one| then.awaited_words(&one.on)).collect()
}

pub async fn programmes(journal: &Journal, now: Timestamp) {
    let (before, after) =
        ("Public Protection Development Programme", "Investigations and Safeguarding Project");
    assert!(awaited(journal, "2025-03-19", now).await.iter().any(|name| name == before));
    assert!(awaited(journal, "2025-09-16", now).await.iter().any(|name| name == after));
    let today = register(journal, AsAt::Now, now).await;
    assert_eq!(today.programmes.len(), force::portfolio::programmes().unwrap().len());
    let (_, project) = today.programmes.iter().find(|(_, one)| one.goes_by(after)).unwrap();
    for name in [before, "PPDP", "LPSDR", "Investigation and Safeguarding Project"] {
        assert!(project.goes_by(name), "{name}");
    }
}

pub fn what_waits(register: &Register) {
    let mut waits: Vec<String> = Vec::new();
    for item in register.items.iter().filter(|item| item.code == "MP24") {
        waits.extend(item.waits_for.iter().map(|one| {
            let since = one.since.map_or_else(String::new, |since| since.to_string());
            format!("{} {} {since}", item.label(), register.awaited_words(&one.on))
        }));
    }
    for expected in [
        "MP24-R1 Scottish Government 2025-02-26",
        "MP24-R2 Op Evolve 2025-03-12",
        "MP24-R9 MP24-R4 2025-02-26",
        "MP24-R10 action 6.3 of MP24-R6 2025-02-26",
    ] {
        assert!(waits.iter().any(|one| one == expected), "{expected} is not among {waits:?}");
    }
    let is_outside = |on: &Awaited| matches!(on, Awaited::Other(Outside::Programme(_) | Outside::Body(_)));
    let outside = register.items.iter().filter(|item| item.waits_for.iter().any(|one| is_outside(&one.on)));
    assert!(outside.filter(|item| item.is_blocked).count() >= 10);
    // "As above" is kept as such: the words are those of recommendation 3, written once.
    let (three, four) = (item(register, "CA20-R3"), item(register, "CA20-R4"));
    let inherited: Vec<_> = four.updates.iter().filter_map(|said| said.inherited_from.as_ref()).collect();
    assert!(inherited.len() >= 2 && inherited.iter().all(|from| **from == three.id));
    // To two of the bodies that its inspection names, since a health board has to do it too.
    let nurses = item(register, "CGG24-R3");
    assert_eq!(nurses.addressees, [force::FORCE, "Health board for Greater Glasgow"]);
    assert_eq!(item(register, "MH23-R1").addressees, ["Scottish Government"]);
}

pub fn areas(register: &Register) {
    let of = |code: &str| -> Vec<&Area> {
        let (id, _) = register.inspections.iter().find(|(_, one)| one.code == code).unwrap();
        register.areas.iter().map(|(_, area)| area).filter(|area| area.inspection == *id).collect()
    };
    let cam = of("CAM22");
    let which = |fits: &dyn Fn(&Area) -> bool| -> Vec<String> {
        cam.iter().filter(|area| fits(area)).map(|area| area.key()).collect()
    };
    assert_eq!(cam.len(), 9);
    assert_eq!(which(&|area| area.closed.is_none()), ["6", "9"]);
    assert_eq!(which(&Area::is_unmapped), ["6"]);
    assert_eq!(which(&Area::is_mapped_twice), ["9"]);
    assert_eq!(which(&Area::is_contested), ["9"]);
    let three = item(register, "CAM22-R3").recommendation.status_on;
    assert!(cam.iter().filter_map(|area| area.closed.as_ref()).all(|closed| Some(closed.on) == three));
    assert_eq!(of("DA23").iter().filter(|area| area.is_unmapped()).count(), 13);
    assert_eq!(["CFI24", "CLA23", "CGG24", "CNE24"].map(|code| of(code).len()).iter().sum::<usize>(), 6);
}

pub async fn under_way(journal: &Journal, now: Timestamp) {
    let stages =
        |register: &Register| -> Vec<Stage> { register.underway.iter().map(|(_, one)| one.stage).collect() };
    let days = [
        ("2025-04-04", vec![]),
        ("2025-05-06", vec![Stage::Announced, Stage::Announced]),
        ("2025-09-16", vec![Stage::Fieldwork; 5]),
    ];
    for (on, expected) in days {
        assert_eq!(stages(&register(journal, day(on), now).await), expected, "{on}");
    }
    let today = register(journal, AsAt::Now, now).await;
    let (_, value) = today.underway.iter().find(|(_, one)| one.title == "Best Value").unwrap();
    assert_eq!((value.inspectorate.as_str(), value.partners.join(", ")), ("HMICS", "Audit Scotland".into()));
}

pub async fn groups_and_meetings(journal: &Journal, register: &Register) {
    let mut read = journal.read().await.unwrap();
    let groups = group::rows::all(&mut read).await.unwrap();
    assert_eq!(groups.len(), force::portfolio::groups().unwrap().len());
    assert!(groups.iter().all(|(_, one)| one.chair().is_some() && one.members.len() > 1));
    let (id, committee) =
        groups.iter().find(|(_, one)| one.terms.name == "Policing Performance Committee").unwrap();
    assert_eq!(committee.terms.kind, Kind::Committee);
    let meetings = meeting::rows::all(&mut read).await.unwrap();
    let own: Vec<_> = meetings.iter().map(|(_, one)| one).filter(|one| one.group == *id).collect();
    let (next, held) = own.split_last().unwrap();
    assert!(held.iter().all(|one| matches!(one.standing, Standing::Held { .. })));
    let told = ["2023-03-16", "2024-09-18", "2025-03-19", "2025-09-16", "2025-12-09"];
    assert!(told.iter().all(|on| held.iter().any(|one| one.on.to_string() == *on)));
    // Something to run a round for: the next meeting is called, and its updates are not due yet.
    assert_eq!((next.on.to_string().as_str(), &next.standing), ("2026-12-08", &Standing::Called));
    let due = due_before(Calendar::scotland(), next.on).unwrap();
    assert!(register.position.today < due.updates && due.updates < due.papers);
    assert!(meetings.iter().filter(|(_, one)| one.standing == Standing::Called).count() == 3);
    // What a group looks after is data, and all of it has come in: all seven custody plans, however late.
    for told in force::portfolio::groups().unwrap() {
        let (_, kept) = groups.iter().find(|(_, one)| one.terms.name == told.name).unwrap();
        assert_eq!(kept.terms.plans.len(), told.plans.len(), "{}", told.name);
    }
    the_month(&mut read, register).await;
}

/// One round is open, of which two have answered and one has not, and who was asked was told of it.
async fn the_month(read: &mut journal::Connection, register: &Register) {
    let open = round::month::rows::open(read).await.unwrap();
    let [kept] = open.as_slice() else { panic!("{} rounds are open", open.len()) };
    let seen = round::month::answers::seen(kept, register);
    let answered = seen.values().filter(|seen| seen.answered_on.is_some()).count();
    assert_eq!((kept.round.requests.len(), answered), (3, 2));
    assert!(kept.round.opened_on < register.position.today);
    let wanted = round::notice::rows::Wanted::default();
    let (notices, _) = round::notice::rows::list(read, wanted, 10, 0).await.unwrap();
    assert!(!notices.is_empty() && notices.iter().all(|one| one.state == "waiting"), "{notices:?}");
}

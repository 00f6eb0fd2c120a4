//! Made-up issues, from a seed: a soup of any facts at all, and stories whose failure-making behaviours are switches and
//! whose truth is known, because it is why the caller was made to call and not what the rules say.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    code::Code,
    story::{
        Choice, Contact, EndedBy, Grade, Ground, Happening, Issue, Kind, Link, Mark, Outcome, Return, State,
        Way, What,
    },
    testing::*,
};

const GRADES: [Grade; 4] = [Grade::Immediate, Grade::Prompt, Grade::Standard, Grade::OtherResolution];
const FAMILIES: [&str; 4] = ["domestic", "theft", "hate", "collision"];
const MARKS: [Mark; 4] = [Mark::OwnChange, Mark::Invited, Mark::Duplicate, Mark::CarePlan];

/// Any facts about three incidents, on hours of 40 days, so that many fall on the same moment.
pub fn soup(chance: &mut Chance) -> Issue {
    let count = 5 + chance.below(40);
    let facts = (0..count).map(|number| {
        let what = if chance.percent(30) { any_contact(chance, number) } else { any_fact(chance) };
        let is_ambient = matches!(what, What::Attempted(_) | What::OutageBegan(_) | What::OutageEnded(_));
        let incident = if is_ambient { "" } else { chance.one_of(&["A", "A", "B", "C"]) };
        fact(chance.below(40 * 24) * HOUR, incident, what)
    });
    issue(facts.collect())
}

fn any_contact(chance: &mut Chance, number: i64) -> What {
    let channel =
        chance.one_of(&["emergency", "non_emergency", "web_form", "email", "alarm_company", "unheard_of"]);
    let advisor = chance.percent(40).then(|| chance.one_of(&Code::ALL));
    let kind = chance.one_of(&[
        Some(Kind::Ordinary),
        Some(Kind::Ordinary),
        Some(Kind::Silent),
        Some(Kind::Media),
        None,
    ]);
    let marks = if chance.percent(20) { BTreeSet::from([chance.one_of(&MARKS)]) } else { BTreeSet::new() };
    let minutes = chance.below(20);
    What::Contacted(Contact {
        advisor,
        kind,
        marks,
        family: chance.percent(80).then(|| chance.one_of(&FAMILIES).to_owned()),
        number: chance.one_of(&[Some("n1"), Some("n2"), None]).map(str::to_owned),
        is_answered: !chance.percent(10),
        has_risk: chance.percent(50),
        is_new_information: chance.one_of(&[None, None, None, Some(true), Some(false)]),
        handling_minutes: chance.percent(90).then(|| u32::try_from(minutes).unwrap()),
        ..through(channel, call(&format!("c{number}")))
    })
}

fn any_fact(chance: &mut Chance) -> What {
    let name = chance.one_of(&["p", "q"]).to_owned();
    let ground = chance.one_of(&[
        None,
        Some(Ground::AvailableEarlier),
        Some(Ground::NewInformation),
        Some(Ground::Other),
    ]);
    let late_by_minutes = u32::try_from(chance.below(90)).unwrap();
    let due = chance.below(40 * 24) * HOUR;
    match chance.below(24) {
        0 | 1 => What::Graded {
            grade: chance.one_of(&GRADES),
            due_at: chance.percent(70).then(|| at(due)),
            reason: ground,
        },
        2 => What::Dispatched,
        3 => What::Arrived,
        4 => What::Reviewed,
        5 => assessed(chance.one_of(&[5, 6]), &[chance.one_of(&["alone", "injured"])], ground),
        6 => What::Promised { promise: name, due_at: at(due) },
        7 => chance.one_of::<fn(String) -> What>(&[What::Kept, What::Broken, What::Withdrawn])(name),
        8 => appointment(chance.one_of(&[State::Booked, State::CancelledByPolice, State::CancelledByCaller])),
        9 => appointment(chance.one_of(&[
            State::MissedByPolice,
            State::MissedByCaller,
            State::Kept { late_by_minutes },
        ])),
        10 | 11 => What::Closed,
        12 | 13 => What::Reopened,
        14 | 15 => What::Linked(chance.one_of(&[Link::SameOccurrence, Link::NewOccurrence])),
        16 => {
            chance.one_of(&[Some(Return::Incomplete), Some(Return::Other), None].map(What::TransferReturned))
        }
        17 => [What::TransferOffered, What::TransferAccepted, What::Sc07Returned]
            [usize::try_from(chance.below(3)).unwrap()]
        .clone(),
        18 => What::CrimeReportReturned(name),
        19 => What::Referred(name),
        20 => {
            let outcome = chance.one_of(&[
                Outcome::Accepted,
                Outcome::Declined,
                Outcome::Unavailable,
                Outcome::NoReply,
            ]);
            What::ReferralEnded { referral: name, outcome }
        }
        21 => What::Sent(chance.one_of(&[Way::Preferred, Way::NotPreferred, Way::Unsafe])),
        22 if chance.percent(50) => {
            What::Choice(chance.one_of(&[Choice::Met, Choice::NotOffered, Choice::NotMet]))
        }
        22 => chance.one_of::<fn(String) -> What>(&[What::OutageBegan, What::OutageEnded])(name),
        _ => attempt(
            u32::try_from(chance.below(90)).unwrap(),
            chance.one_of(&[EndedBy::Caller, EndedBy::Advice, EndedBy::Service]),
        ),
    }
}

/// A story, and why each of its contacts was made; none: for no reason that FD-1 knows.
pub struct Made {
    pub issue: Issue,
    pub truth: BTreeMap<String, Option<Code>>,
}

#[derive(Default)]
struct Maker {
    facts: Vec<Happening>,
    truth: BTreeMap<String, Option<Code>>,
}

/// Something that we do wrong: what is recorded, from which minute and within how many the caller comes of it, how, and
/// what is recorded so many minutes after that.
struct Failing {
    facts: Vec<(i64, What)>,
    from: i64,
    within: i64,
    contact: Contact,
    then: Vec<(i64, What)>,
}

/// One story. Without switches everything is done right, and people still call, up to so many times in 20 days: with news,
/// with wishes, again.
pub fn make(chance: &mut Chance, switches: &[Code], others: i64) -> Made {
    let mut made = Maker::default();
    let family = chance.one_of(&FAMILIES);
    made.begin(chance, family, switches);
    let mut minute = 3 * DAY;
    for code in switches.iter().filter(|code| !matches!(code, Code::F01 | Code::F11)) {
        if chance.percent(60) {
            let failing = failing(chance, *code, minute, family);
            made.fail(chance, *code, failing);
        }
        minute += 3 * DAY;
    }
    for _ in 0..chance.below(others + 1) {
        made.ordinary(chance, family);
    }
    Made { issue: issue(made.facts), truth: made.truth }
}

impl Maker {
    fn push(&mut self, minute: i64, what: What) {
        let is_ambient = matches!(what, What::Attempted(_) | What::OutageBegan(_) | What::OutageEnded(_));
        self.facts.push(fact(minute, if is_ambient { "" } else { "A" }, what));
    }

    fn contact(&mut self, minute: i64, incident: &str, contact: Contact, truth: Option<Code>) {
        let id = format!("c{}", self.truth.len());
        self.truth.insert(id.clone(), truth);
        self.facts.push(fact(minute, incident, What::Contacted(Contact { id, ..contact })));
    }

    /// The first contact and what is done about it.
    fn begin(&mut self, chance: &mut Chance, family: &str, switches: &[Code]) {
        if switches.contains(&Code::F11) && chance.percent(60) {
            let (waited, ended) = (u32::try_from(30 + chance.below(600)).unwrap(), chance.below(26 * HOUR));
            self.push(-1 - ended, attempt(waited, EndedBy::Caller));
            self.contact(0, "A", about(family, through("emergency", call(""))), Some(Code::F11));
        } else {
            if chance.percent(40) {
                let waited = u32::try_from(chance.below(30)).unwrap();
                let ended = chance.one_of(&[attempt(waited, EndedBy::Caller), attempt(90, EndedBy::Advice)]);
                self.push(-5, ended);
            }
            let channel = chance.one_of(&["emergency", "non_emergency", "web_form"]);
            self.contact(0, "A", about(family, through(channel, call(""))), Some(Code::V1));
        }
        self.push(1, assessed(6, &["alone"], None));
        if switches.contains(&Code::F01) && chance.percent(60) {
            let failing = failing(chance, Code::F01, 2, family);
            self.fail(chance, Code::F01, failing);
        } else {
            self.respond(chance);
        }
        self.push(2 * DAY, promised(2 * DAY + 8 * HOUR));
        self.push(2 * DAY + chance.below(8 * HOUR), What::Kept("p".to_owned()));
        self.push(2 * DAY, What::Sent(Way::Preferred));
    }

    /// As it should be.
    fn respond(&mut self, chance: &mut Chance) {
        let grade = chance.one_of(&GRADES);
        let due = (grade == Grade::Immediate).then_some(17);
        self.push(2, graded(grade, due));
        match grade {
            Grade::Immediate => [(4, What::Dispatched), (5 + chance.below(13), What::Arrived)]
                .map(|(at, what)| self.push(at, what))
                .to_vec(),
            Grade::Prompt => {
                [(40, What::Reviewed), (60, What::Arrived)].map(|(at, what)| self.push(at, what)).to_vec()
            }
            Grade::Standard => {
                let late_by_minutes = u32::try_from(chance.below(31)).unwrap();
                self.push(30, appointment(State::Booked));
                self.push(
                    DAY,
                    appointment(chance.one_of(&[State::MissedByCaller, State::Kept { late_by_minutes }])),
                );
                self.push(DAY, What::Choice(Choice::Met));
                vec![]
            }
            Grade::OtherResolution => {
                self.push(30, What::Referred("r".to_owned()));
                self.push(DAY, What::ReferralEnded { referral: "r".to_owned(), outcome: Outcome::Accepted });
                self.push(40, What::TransferOffered);
                self.push(50, What::TransferAccepted);
                vec![]
            }
        };
    }

    /// We fail, and most callers come of it: nine in ten of these while it can be seen, the others too late. Now and then
    /// somebody calls meanwhile for no reason that is recorded.
    fn fail(&mut self, chance: &mut Chance, code: Code, failing: Failing) {
        failing.facts.into_iter().for_each(|(minute, what)| self.push(minute, what));
        if chance.percent(10) {
            self.contact(failing.from + chance.below(failing.within), "A", call(""), None);
        }
        if chance.percent(90) {
            let delay = if chance.percent(90) {
                chance.below(failing.within)
            } else {
                failing.within + chance.below(failing.within)
            };
            let minute = failing.from + delay;
            self.contact(minute, "A", failing.contact, Some(code));
            failing.then.into_iter().for_each(|(after, what)| self.push(minute + after, what));
        }
    }

    /// A contact that no failure of ours brings about.
    fn ordinary(&mut self, chance: &mut Chance, family: &str) {
        let minute = 4 * DAY + chance.below(20 * DAY);
        let number = self.truth.len();
        let mark = |mark| marked(mark, call(""));
        match chance.below(7) {
            0 => self.contact(minute, "A", new_information(call("")), Some(Code::V3)),
            1 => self.contact(minute, "A", mark(Mark::OwnChange), Some(Code::V4)),
            2 => self.contact(minute, "A", mark(Mark::Invited), Some(Code::V5)),
            3 => self.contact(minute, "A", mark(Mark::Duplicate), Some(Code::X1)),
            4 => self.contact(minute, "A", mark(Mark::CarePlan), Some(Code::X3)),
            5 => {
                let incident = format!("B{number}");
                self.contact(minute, &incident, about(family, call("")), Some(Code::V2));
                self.facts.push(fact(minute + 5, &incident, What::Linked(Link::NewOccurrence)));
            }
            _ => self.contact(minute, "A", call(""), None),
        }
    }
}

fn failing(chance: &mut Chance, code: Code, minute: i64, family: &str) -> Failing {
    let text = |words: &str| words.to_owned();
    let is_recorded = chance.percent(90);
    let month = if family == "domestic" { 28 * DAY } else { 7 * DAY };
    let (from, contact) = (minute, call(""));
    let simple = |what, days: i64| Failing {
        facts: vec![(minute, what)],
        from,
        within: days * DAY,
        contact: call(""),
        then: vec![],
    };
    match code {
        Code::F01 => {
            let there = minute + 16 + 60 + chance.below(180);
            let facts = vec![
                (minute, graded(Grade::Immediate, Some(minute + 15))),
                (minute + 3, What::Dispatched),
                (there, What::Arrived),
            ];
            Failing { facts, from: minute + 16, within: there - minute - 16, contact, then: vec![] }
        }
        Code::F02 => simple(
            appointment(chance.one_of(&[
                State::MissedByPolice,
                State::CancelledByPolice,
                State::Kept { late_by_minutes: 31 },
            ])),
            3,
        ),
        Code::F03 => {
            let facts = vec![
                (minute, What::Promised { promise: text("f"), due_at: at(minute + DAY) }),
                (minute + 4 * DAY, What::Kept(text("f"))),
            ];
            Failing { facts, from: minute + DAY + 1, within: 3 * DAY - 1, contact, then: vec![] }
        }
        Code::F04 => Failing { contact: said(Code::F04, contact), ..simple(What::Reviewed, 20) },
        Code::F05 => Failing { within: month, then: vec![(5, What::Reopened)], ..simple(What::Closed, 7) },
        Code::F06 => {
            let reason = is_recorded.then_some(Ground::AvailableEarlier);
            Failing {
                then: vec![(5, assessed(6, &["alone", "injured"], reason))],
                ..simple(What::Reviewed, 7)
            }
        }
        Code::F07 => simple(
            What::TransferReturned(Some(if is_recorded { Return::Incomplete } else { Return::Other })),
            7,
        ),
        Code::F08 => {
            let facts = vec![
                (minute, What::TransferOffered),
                (minute + 5, What::TransferOffered),
                (minute + 9, What::TransferAccepted),
            ];
            Failing { facts, from: minute + 5, ..simple(What::Reviewed, 20) }
        }
        Code::F09 => simple(What::CrimeReportReturned(text("no locus")), 28),
        Code::F10 => {
            let outcome = chance.one_of(&[Outcome::Declined, Outcome::Unavailable, Outcome::NoReply]);
            let ended = What::ReferralEnded { referral: text("f"), outcome };
            Failing {
                facts: vec![(minute, What::Referred(text("f"))), (minute + DAY, ended)],
                ..simple(What::Reviewed, 14)
            }
        }
        Code::F12 => Failing { contact: said(Code::F12, contact), ..simple(What::Sent(Way::Preferred), 28) },
        Code::F13 => simple(chance.one_of(&[What::Sent(Way::Unsafe), What::Choice(Choice::NotMet)]), 28),
        Code::F14 => {
            let facts = vec![
                (minute, What::OutageBegan(text("cad"))),
                (minute + HOUR, What::OutageEnded(text("cad"))),
            ];
            let contact = if is_recorded { said(Code::F14, contact) } else { contact };
            Failing { facts, within: DAY + HOUR, contact, ..simple(What::Reviewed, 1) }
        }
        _ => Failing { contact: said(Code::F15, contact), ..simple(What::Reviewed, 20) },
    }
}

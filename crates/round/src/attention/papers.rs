//! Which papers have to be drafted, and by when: for who may draft them. Pure.
//!
//! Papers are published three working days before a meeting (DOMAIN 7); a deadline that only the page of the
//! meeting knew would be nobody's.

use jiff::civil::Date;
use journal::Id;
use plan::words::day;

use super::rules::{SOON_DAYS, from_now};
use crate::{
    group::rules::Group,
    meeting::rules::{Meeting, Standing, due_before},
    workday::rules::Calendar,
};

/// A paper that is due before a meeting.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PaperDue {
    /// The day by which it is due.
    pub due_on: Date,
    /// The day of the meeting.
    pub meets_on: Date,
    /// The group that meets.
    pub group: String,
    /// The meeting.
    pub meeting: Id,
    /// Why it needs attention, in a sentence.
    pub why: String,
}

/// The papers of the meetings to come that are due soon or were due already, the nearest day first.
pub fn papers_due(groups: &[(Id, Group)], meetings: &[(Id, Meeting)], today: Date) -> Vec<PaperDue> {
    let to_come =
        meetings.iter().filter(|(_, meeting)| meeting.standing == Standing::Called && meeting.on >= today);
    let mut due: Vec<PaperDue> = to_come
        .filter_map(|(id, meeting)| {
            let due_on = due_before(Calendar::scotland(), meeting.on).ok()?.papers;
            let left = (due_on - today).get_days();
            let group = groups.iter().find(|(group, _)| *group == meeting.group)?.1.terms.name.clone();
            let paper = format!("The paper for {group} on {}", day(meeting.on));
            let why = match left {
                ..0 => format!("{paper} was due on {}.", day(due_on)),
                left => format!("{paper} is due on {}, {}.", day(due_on), from_now(left)),
            };
            (left <= SOON_DAYS).then(|| PaperDue {
                due_on,
                meets_on: meeting.on,
                group,
                meeting: id.clone(),
                why,
            })
        })
        .collect();
    due.sort();
    due
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::group::{
        cadence::Cadence,
        rules::{Kind, Terms},
    };

    fn id(number: u8) -> Id {
        Id::read(&format!("018a645b-0000-7bb7-b19b-e8d3aa192b{number:02}")).unwrap()
    }

    #[test]
    fn a_paper_is_told_of_from_thirty_days_before_it_is_due_until_the_meeting() {
        let terms = Terms {
            name: "Tactical Group".into(),
            kind: Kind::Tactical,
            reference: String::new(),
            cadence: Cadence::None,
            plans: Vec::new(),
        };
        let groups = [(id(1), Group { terms, members: Vec::new(), ended: None })];
        let told = |standing: Standing, today: &str| {
            let on = "2026-11-25".parse().unwrap();
            let meeting = Meeting { group: id(1), on, place: String::new(), standing };
            let due = papers_due(&groups, &[(id(2), meeting)], today.parse().unwrap());
            due.into_iter().next().map(|paper| paper.why)
        };
        let start = "The paper for Tactical Group on 25 November 2026";
        for (today, expected) in [
            ("2026-10-20", None),
            ("2026-10-21", Some("is due on 20 November 2026, in 30 days.")),
            ("2026-11-19", Some("is due on 20 November 2026, tomorrow.")),
            ("2026-11-20", Some("is due on 20 November 2026, today.")),
            ("2026-11-21", Some("was due on 20 November 2026.")),
            ("2026-11-25", Some("was due on 20 November 2026.")),
            ("2026-11-26", None),
        ] {
            let expected = expected.map(|end| format!("{start} {end}"));
            assert_eq!(told(Standing::Called, today), expected, "{today}");
        }
        assert_eq!(told(Standing::Cancelled { reason: "No room".into() }, "2026-11-19"), None);
        assert_eq!(told(Standing::Held { minutes: String::new() }, "2026-11-25"), None);
    }
}

//! The old inspections: 464 recommendations in 45 plans from 2013 to 2021, all discharged long ago.
//!
//! All of it is invented and every title says so. The paper of September 2025 says that 580 recommendations were
//! addressed since the force began (S004 1.1) and names few of them; the told plans have 116, and these are the rest. One
//! thing is not invented: five reports on call handling had 38 recommendations (S001 1.2).

use import::TargetDate;
use jiff::{
    ToSpan,
    civil::{Date, Weekday, date},
};

use super::Story;
use crate::{
    Life, Plan, Recommendation, Shape,
    life::{Day, Event, What},
    plan::FORCE,
    sixty::Chance,
};

/// What old inspections were about: the subject, a short name, and the thing that is to be better.
const SUBJECTS: [(&str, &str, &str); 40] = [
    ("Handling of Found Property", "HFP", "the booking in and return of found property"),
    ("Handover at Shift Change", "HSC", "the handover between shifts"),
    ("Front Counters", "FRC", "the service at front counters"),
    ("Neighbourhood Teams", "NBT", "the presence of neighbourhood teams in their area"),
    ("Use of Notebooks", "UON", "the keeping of notebooks"),
    ("House-to-house Enquiries", "HHE", "the recording of house-to-house enquiries"),
    ("Burglary Response", "BGR", "the first visit after a burglary"),
    ("Scene Preservation", "SCP", "the preservation of scenes"),
    ("Statement Taking", "STT", "the taking of statements"),
    ("Warrants", "WAR", "the serving of warrants"),
    ("Bail Checks", "BLC", "the checking of bail conditions"),
    ("Witness Care", "WTC", "the informing of witnesses"),
    ("Interview Rooms", "IVR", "the equipping of interview rooms"),
    ("Intelligence Logs", "ITL", "the reading of intelligence logs"),
    ("Special Constables", "SPC", "the deployment of special constables"),
    ("Probationer Training", "PBT", "the second year of probationers"),
    ("First Aid", "FAD", "the renewal of first aid certificates"),
    ("Vehicle Fleet", "VFL", "the upkeep of vehicles"),
    ("Personal Radios", "PRD", "the coverage of personal radios"),
    ("Uniform Supply", "UNS", "the supply of uniform"),
    ("Sickness Absence", "SKA", "the following up of absence"),
    ("Exit Interviews", "EXI", "the use of exit interviews"),
    ("Court Citations of Officers", "CCO", "the citing of officers to court"),
    ("Overtime", "OVT", "the approval of overtime"),
    ("Expenses", "EXP", "the checking of expenses"),
    ("Estate Repairs", "ESR", "the repair of buildings"),
    ("Data Protection Training", "DPT", "the yearly course on data protection"),
    ("Freedom of Information", "FOI", "the answering of requests in time"),
    ("Complaints by Letter", "CPL", "the acknowledging of complaints"),
    ("Lessons from Debriefs", "LSD", "the following up of debriefs"),
    ("School Visits", "SCV", "the preparation of school visits"),
    ("Alcohol Licensing", "ALC", "the visiting of licensed premises"),
    ("Noise Complaints", "NSC", "the response to complaints about noise"),
    ("Lost Dogs", "LDG", "the handover of lost dogs"),
    ("Abnormal Loads", "ABL", "the planning of escorts for abnormal loads"),
    ("Mountain Rescue", "MTR", "the call-out of mountain rescue teams"),
    ("Marine Unit", "MRU", "the tasking of the marine unit"),
    ("Mounted Unit", "MTU", "the tasking of the mounted unit"),
    ("Dog Unit", "DGU", "the training of dogs and their handlers"),
    ("Air Support", "AIR", "the requesting of air support"),
];
/// How many recommendations each of them made, over and over; the last made what is left.
const SIZES: [usize; 10] = [8, 14, 10, 12, 9, 13, 11, 15, 7, 6];
/// How many the five reports on call handling made: 38.
const CALL_HANDLING: [usize; 5] = [10, 8, 8, 6, 6];
/// How many all of them made: 580 discharged, without the 116 of the told plans.
const ALL: usize = 464;

const VERBS: [&str; 8] = [
    "Review",
    "Write one standard for",
    "Measure",
    "Report each quarter on",
    "Train supervisors in",
    "Audit",
    "Improve",
    "Make alike",
];
const ENDS: [&str; 6] = [
    "so that the service is the same everywhere",
    "so that supervisors can see how it is done",
    "so that the public can rely on it",
    "and say who answers for it",
    "and learn from what goes wrong",
    "within a year",
];
const OWNERS: [&str; 5] = [
    "Head of Corporate Services",
    "Superintendent Local Policing",
    "Superintendent Operational Support",
    "Head of Training",
    "Superintendent Criminal Justice",
];

/// The old inspections with what became of them, the same every time.
pub fn stories() -> Vec<Story> {
    let mut chance = Chance(2013);
    let mut left = ALL;
    let mut stories = Vec::new();
    for (nth, size) in (1_i16..).zip(CALL_HANDLING) {
        let title = format!("Call Handling, report {nth} of 5 (invented)");
        let published_on = date(2014, 10, 8).saturating_add((i64::from(nth) * 213).days());
        left -= size;
        let about = ("the answering and passing on of calls", size);
        stories.push(story(&mut chance, title, format!("CALL{nth}"), published_on, about));
    }
    for (index, (subject, short, thing)) in SUBJECTS.into_iter().enumerate() {
        let size = if index + 1 == SUBJECTS.len() { left } else { SIZES[index % SIZES.len()] };
        left -= size;
        let published_on =
            weekday(date(2013, 6, 5).saturating_add((i64::try_from(index).unwrap_or(0) * 77).days()));
        let year = published_on.year();
        let title = format!("{subject} {year} (invented)");
        let code = format!("{short}{:02}", year.rem_euclid(100));
        stories.push(story(&mut chance, title, code, published_on, (thing, size)));
    }
    stories
}

fn story(
    chance: &mut Chance,
    title: String,
    code: String,
    published_on: Date,
    (thing, size): (&str, usize),
) -> Story {
    let published_on = weekday(published_on);
    let carried_in_on = weekday(published_on.saturating_add(56.days()));
    let mut events = Vec::new();
    let mut recommendations = Vec::new();
    for number in 1..=size {
        let reference = format!("R{number}");
        let months = 12 + i32::try_from(chance.below(18)).unwrap_or(0);
        let due = published_on.saturating_add(months.months());
        let verb = chance.one_of(&VERBS);
        recommendations.push(Recommendation {
            reference: reference.clone(),
            text: format!("{verb} {thing}, {}. (Invented.)", chance.one_of(&ENDS)),
            risk_exposure: chance.one_of(&["Low", "Medium", "Medium", "High"]).to_owned(),
            owner: chance.one_of(&OWNERS).to_owned(),
            target: Some(TargetDate::Month { year: due.year(), month: due.month() }),
            ..Recommendation::default()
        });
        let days = 150 + i64::try_from(chance.below(800)).unwrap_or(0);
        let discharged_on = decision(carried_in_on.saturating_add(days.days()));
        events.extend(closing(chance, &reference, verb, thing, discharged_on));
    }
    let file = format!("{}.xlsx", code.to_lowercase());
    let plan = Plan {
        title,
        code,
        kind: "assurance".to_owned(),
        published_on,
        inspectorate: "HMICS".to_owned(),
        addressees: vec![FORCE.to_owned()],
        strategic_owner: String::new(),
        recommendations,
    };
    Story { plan, shape: Shape::Plain, file, life: Life::of(carried_in_on, events) }
}

/// Evidence, proposal with a figure, and discharge.
fn closing(chance: &mut Chance, of: &str, verb: &str, thing: &str, on: Date) -> [Event; 3] {
    let (before, better) = (41 + chance.below(30), 12 + chance.below(14));
    let sample = 60 + 20 * chance.below(8);
    let what_we_did = match verb {
        "Measure" | "Report each quarter on" => {
            format!("The figures on {thing} go to the management each quarter.")
        }
        "Train supervisors in" => format!("Supervisors were trained in {thing}."),
        "Audit" => format!("An audit of {sample} cases looked at {thing}, and what it found was mended."),
        _ => format!("One standard was written for {thing}, and divisions work by it."),
    };
    let impact = format!(
        "In a sample of {sample} the standard was kept in {} of 100 cases, against {before} before.",
        before + better
    );
    let day = |days: i64| Day::On(on.saturating_sub(days.days()));
    let event = |on: Day, what: What| Event { on, of: of.to_owned(), what };
    [
        event(day(35), What::Assemble("The closure statement and the figures that it names.".to_owned())),
        event(day(28), What::Propose { what_we_did, impact }),
        event(Day::On(on), What::Discharge("The figures bear the closure statement out.".to_owned())),
    ]
}

/// The first Wednesday of the quarter after `day`: then the inspectorate decides. Invented.
fn decision(day: Date) -> Date {
    let quarter = (day.month() - 1) / 3;
    let (year, month) = if quarter == 3 { (day.year() + 1, 1) } else { (day.year(), quarter * 3 + 4) };
    date(year, month, 1).nth_weekday_of_month(1, Weekday::Wednesday).unwrap_or(day)
}

/// The day itself, or the Monday after a Saturday or Sunday.
fn weekday(day: Date) -> Date {
    match day.weekday() {
        Weekday::Saturday => day.saturating_add(2.days()),
        Weekday::Sunday => day.saturating_add(1.days()),
        _ => day,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_as_many_as_are_missing_and_all_are_marked() {
        let all = stories();
        assert_eq!(all.iter().map(|one| one.plan.recommendations.len()).sum::<usize>(), ALL);
        let calls = all.iter().filter(|one| one.plan.title.starts_with("Call Handling"));
        assert_eq!(calls.map(|one| one.plan.recommendations.len()).sum::<usize>(), 38);
        assert!(all.iter().all(|one| one.plan.title.ends_with("(invented)")));
        let again = stories();
        assert!(all.iter().zip(&again).all(|(one, other)| one.plan == other.plan));
    }

    #[test]
    fn all_are_discharged_on_a_working_day_before_2025() {
        let events = stories().into_iter().flat_map(|story| story.life.events);
        let days: Vec<Date> = events
            .filter_map(|event| match event.on {
                Day::On(day) => Some(day),
                Day::Ago(_) => None,
            })
            .collect();
        assert!(days.iter().all(|day| weekday(*day) == *day));
        assert!(days.iter().max().is_some_and(|last| *last < date(2025, 1, 1)));
    }
}

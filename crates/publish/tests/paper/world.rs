//! Invented registers, the same for the same seed, as at any of their entries.

use std::sync::Arc;

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use journal::{Id, Position};
use plan::{
    action::rules::Action,
    classification::rules::Classification,
    codes,
    dependency::{
        rows::Waiting,
        rules::{Awaited, Outside},
    },
    inspection::rules::{Inspection, Kind},
    recommendation::{
        rows::Taken,
        rules::{Exposure, Recommendation},
        status::Status,
    },
    register::rules::{Item, Register},
    target::rows::Given,
    update::rows::Said,
};
use publish::paper::{
    around::Around,
    details::{self, Details},
    gathered::{Gathered, Last},
    rules::Earlier,
};

/// Whose recommendations most are.
pub const FORCE: &str = "Caledonia Police";
/// Who answers for recommendations: of every third nobody is named.
pub const POSTS: [&str; 3] = ["Assistant Chief Constable & Crime", "", "Assistant Chief Constable Together"];
/// Another body.
pub const OTHER: &str = "Ministry & Board";

/// Numbers that look random and are the same for the same seed.
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % most
    }

    pub fn one_in(&mut self, number: usize) -> bool {
        self.below(number) == 0
    }

    fn seq(&mut self, from: i64) -> i64 {
        from + 1 + i64::try_from(self.below(300)).expect("it fits")
    }
}

/// The day of an entry: one a day.
pub fn day(seq: i64) -> Date {
    Date::constant(2023, 1, 1).saturating_add(seq.days())
}

/// A register with its whole history.
pub struct World {
    pub inspections: Vec<(Id, Inspection)>,
    /// Each recommendation at its end, with the entry that made it.
    pub items: Vec<(i64, Item)>,
}

fn id(number: usize) -> Id {
    Id::read(&format!("00000000-0000-7000-8000-{number:012}")).expect("an identity")
}

const TITLES: [&str; 4] = ["Domestic Abuse", "Custody: Fife & Tayside", "Hate Crime", "Missing Persons"];

impl World {
    /// So many inspections with so many recommendations among them.
    pub fn random(seed: u64, inspections: usize, recommendations: usize) -> Self {
        let mut chance = Chance(seed);
        let inspections: Vec<_> = (0..inspections).map(|number| inspection(&mut chance, number)).collect();
        let items = (0..recommendations).map(|number| item(&mut chance, number, &inspections)).collect();
        Self { inspections, items }
    }

    /// The register as at an entry.
    pub fn at(&self, seq: i64) -> Register {
        let items = self.items.iter().filter(|(made, _)| *made <= seq).map(|(_, item)| as_at(item, seq));
        let mut items: Vec<Item> = items.collect();
        items.sort_by_key(|item| (item.code.clone(), item.recommendation.reference.len(), item.label()));
        let position = Position { seq, today: day(seq), is_past: true };
        let mut register = Register {
            position,
            inspections: self.inspections.clone(),
            items: items.into_iter().collect(),
            areas: Vec::new(),
            programmes: Vec::new(),
            underway: Vec::new(),
        };
        register.settle();
        register
    }

    /// What a paper at entry `now` is composed of, the last one having been counted at `before`.
    pub fn gathered(&self, details: &Details, now: i64, before: Option<i64>) -> Gathered {
        let last = before.map(|seq| Last {
            paper: Earlier { details: details.clone(), counted_at: seq, on: day(seq) },
            register: self.at(seq),
        });
        Gathered { register: Arc::new(self.at(now)), last, around: Around::default() }
    }
}

fn as_at(item: &Item, seq: i64) -> Item {
    let mut item = item.clone();
    item.targets.retain(|given| given.seq <= seq);
    item.updates.retain(|said| said.seq <= seq);
    item.steps.retain(|step| step.seq <= seq);
    let last = item.steps.last();
    item.recommendation.status = last.map_or(Status::Open, |step| step.status);
    item.recommendation.status_on = last.map(|step| step.on);
    item
}

fn inspection(chance: &mut Chance, number: usize) -> (Id, Inspection) {
    let published_on = Date::constant(2019, 3, 1)
        .saturating_add(i64::try_from(number * 97 % 2_500).expect("it fits").days());
    let title = format!("{} {}", TITLES[chance.below(TITLES.len())], 2000 + number);
    let addressees = if chance.one_in(2) { vec![FORCE.to_owned()] } else { vec![FORCE.into(), OTHER.into()] };
    let one = Inspection {
        title,
        code: format!("I{number}"),
        kind: Kind::Thematic,
        published_on,
        inspectorate: "HMICS".to_owned(),
        addressees,
    };
    (id(number), one)
}

fn some<T>(chance: &mut Chance, all: &[T], key: impl Fn(&T) -> &str) -> Vec<String> {
    all.iter().filter(|_| chance.one_in(4)).map(|one| key(one).to_owned()).collect()
}

fn item(chance: &mut Chance, number: usize, inspections: &[(Id, Inspection)]) -> (i64, Item) {
    let (inspection, published) = &inspections[chance.below(inspections.len())];
    let made = i64::try_from(chance.below(500)).expect("it fits");
    let words = ["review the diary <b>", "train & support", "count what fails", "publish “standards”"];
    let recommendation = Recommendation {
        inspection: inspection.clone(),
        reference: format!("R{}", number + 1),
        aliases: Vec::new(),
        text: format!("The service should {}.\n- first\n- then", words[chance.below(4)]),
        exposure: [None, Some(Exposure::Low), Some(Exposure::High)][chance.below(3)],
        risk_statement: if chance.one_in(5) { String::new() } else { "It may differ by place.".into() },
        impact: "Better service.".to_owned(),
        owner_post: if chance.one_in(6) { String::new() } else { "Superintendent, Contact".into() },
        owner_team: String::new(),
        status: Status::Open,
        status_on: None,
        what_we_did: "We did it.".to_owned(),
        impact_achieved: "It helped.".to_owned(),
        superseded_by: None,
    };
    let targets = targets(chance, made);
    let addressees = if chance.one_in(5) { vec![OTHER.to_owned()] } else { Vec::new() };
    let item = Item {
        id: id(10_000 + number),
        recommendation,
        code: published.code.clone(),
        published_on: published.published_on,
        targets,
        actions: vec![Action {
            number: "1.1".to_owned(),
            text: "Agree a definition.".to_owned(),
            owner: String::new(),
            target: None,
            done_on: None,
            stage: None,
            moves: Vec::new(),
        }],
        updates: updates(chance, made),
        steps: steps(chance, made),
        classification: Classification {
            addressees,
            themes: some(chance, codes::themes(), |one| &one.key),
            milestones: some(chance, &codes::milestones()[..4], |one| &one.code),
            strategic_owner: POSTS[number % POSTS.len()].to_owned(),
            ..Classification::default()
        },
        waits_for: if chance.one_in(4) { vec![waiting(chance)] } else { Vec::new() },
        addressees: Vec::new(),
        is_blocked: false,
    };
    (made, item)
}

fn waiting(chance: &mut Chance) -> Waiting {
    let on = match chance.below(2) {
        0 => Awaited::Recommendation(id(10_000 + chance.below(20))),
        _ => Awaited::Other(Outside::Body("A partner".to_owned())),
    };
    Waiting { on, reason: "It has to come first.".to_owned(), since: None }
}

fn moment(seq: i64) -> Timestamp {
    day(seq).to_zoned(TimeZone::UTC).expect("a day begins").timestamp()
}

fn targets(chance: &mut Chance, made: i64) -> Vec<Given> {
    let mut targets = Vec::new();
    let mut seq = made;
    for nth in 0..chance.below(4) {
        let (year, month) = (2023 + chance.below(5), 1 + chance.below(12));
        let key = codes::delay_reasons()[chance.below(4)].key.clone();
        let told = nth > 0 && !chance.one_in(3);
        targets.push(Given {
            seq,
            at: moment(seq),
            who: "somebody".into(),
            target: format!("{year}-{month:02}").parse().expect("a target"),
            reason: if nth > 0 { "Everything is late.".into() } else { String::new() },
            approved_by: String::new(),
            delay_reason: if told { key } else { String::new() },
        });
        seq = chance.seq(seq);
    }
    targets
}

fn updates(chance: &mut Chance, made: i64) -> Vec<Said> {
    let mut seq = made;
    (0..chance.below(4))
        .map(|_| {
            seq = chance.seq(seq);
            let text = "Two divisions have sent it.\n- one\n- two".to_owned();
            Said { seq, at: moment(seq), who: "somebody".into(), text, inherited_from: None }
        })
        .collect()
}

fn steps(chance: &mut Chance, made: i64) -> Vec<Taken> {
    use Status::{Discharged, EvidenceAssembled, ProposedForClosure, Returned, Superseded};
    let ways: [&[Status]; 6] = [
        &[],
        &[EvidenceAssembled],
        &[EvidenceAssembled, ProposedForClosure],
        &[EvidenceAssembled, ProposedForClosure, Returned, EvidenceAssembled],
        &[EvidenceAssembled, ProposedForClosure, Discharged],
        &[Superseded],
    ];
    let mut seq = made;
    let way = ways[chance.below(ways.len())];
    way.iter()
        .map(|status| {
            seq = chance.seq(seq);
            Taken { status: *status, on: day(seq), seq }
        })
        .collect()
}

/// What a person says about a paper of that kind.
pub fn details(kind: details::Kind) -> Details {
    let told = serde_json::json!({
        "kind": kind.as_str(), "meeting": "Policing Performance Committee", "date": "2026-12-09",
        "location": "Video conference", "title": "Inspection improvement plans",
        "presented_by": { "$private": "A. Person" }, "ask": "discuss", "period_from": "2024-01-01",
        "period_to": "2025-06-30", "inspections": [], "theme": "custody", "added_since": "2020-01-01",
        "background": "The committee asked for this.", "implications": ["", "", "", "", "", "", "", ""],
        "recommendation": "",
    });
    serde_json::from_value(told).expect("details")
}

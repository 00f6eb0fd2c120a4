//! What is counted, over the life of a whole force and on both engines: a figure is the sum of its records, the cube is
//! what the contributions say, and both are what the journal alone gives, now and as at any entry.

mod anew;
mod random;

use std::collections::BTreeMap;

use contact::contact::rules::{self as contact_rules, Contact};
use failure::{
    code::{Class, Code},
    definition::Definition,
    units::Rate,
};
use jiff::{Timestamp, ToSpan, civil::Date};
use journal::{Connection, Id, Journal, OPEN_END, clear, dump, entries, head};
use measure::{
    TABLES,
    catalogue::Catalogue,
    contribution::Contribution,
    count::rows::position,
    demand::{
        belongs::{leads_to, root_of},
        told::{Fact, Told as Entered},
        translate::Story,
    },
    figure::rows::{Asked, By, NONE, as_at, records, sums},
    gist::of::Gist,
    life::Life,
    measures::{KEYS, by_version, failure_demand::FAILURE_DEMAND, of_an_issue},
    told::anew::{by_versions, in_force},
    worker::{catch_up, catch_up_in_blocks, catch_up_within},
};
use random::{Chance, linked, now, reached};

/// Figures that are asked for; the whole run multiplies them (`make soak`).
fn figures() -> usize {
    let soak: Option<usize> = std::env::var("ANSWERABLE_SOAK").ok().and_then(|text| text.parse().ok());
    200 * soak.unwrap_or(1)
}

/// The force at work for a day, and invented contacts of a year.
async fn worked(journal: &Journal) {
    let folder = tempfile::tempdir().expect("a folder");
    let password = || "correct horse battery".to_owned();
    force::demonstrate(journal, now(), 1, folder.path(), password, |_| {})
        .await
        .expect("the demonstration is made");
    force::many_contacts(journal, 7, 400, now(), |_| {}).await.expect("contacts are made");
}

/// What somebody contributes, with the version of the measure.
type Versioned = (i64, Contribution);

/// What every subject and every issue contributes to every version of each measure as at an entry, from the journal alone.
async fn told(journal: &Journal, seq: i64) -> Vec<Versioned> {
    let mut lives: BTreeMap<Id, Option<Life>> = BTreeMap::new();
    let mut subjects: BTreeMap<Id, Vec<Entered>> = BTreeMap::new();
    for entry in entries(&mut journal.read().await.expect("a reading begins"), 0, seq).await.expect("sql") {
        let life = lives.entry(entry.subject.clone()).or_default();
        *life = Life::after(life.take(), &entry).expect("it parses");
        let told = subjects.entry(entry.subject.clone()).or_default();
        told.extend(Entered::read(&entry).expect("it parses"));
    }
    let catalogue = Catalogue::published();
    let mut all: Vec<Versioned> =
        lives.values().flatten().flat_map(|life| by_version(catalogue, &Gist::of(life))).collect();
    all.extend(failures(subjects.into_values()));
    all
}

/// The failure demand of all issues, each folded from scratch: by what each contact leads to in the end.
fn failures(subjects: impl Iterator<Item = Vec<Entered>>) -> Vec<Versioned> {
    let subjects: Vec<Vec<Entered>> = subjects.filter(|told| !told.is_empty()).collect();
    let is_outage = |one: &&Entered| matches!(one.fact, Fact::Outage(_));
    let outages: Vec<Entered> = subjects.iter().flatten().filter(is_outage).cloned().collect();
    let contact = |told: &Vec<Entered>| {
        let facts = told.iter().filter_map(|one| match &one.fact {
            Fact::Contact(fact) => Some(fact),
            _ => None,
        });
        let whole = facts.fold(None, |was, fact| Some(contact_rules::apply(was, fact)));
        whole.map(|contact| (told[0].subject.clone(), contact))
    };
    let contacts: BTreeMap<Id, Contact> = subjects.iter().filter_map(contact).collect();
    let mut issues: BTreeMap<Id, Vec<Entered>> = BTreeMap::new();
    for told in subjects {
        let root = told.iter().find_map(|one| match &one.fact {
            Fact::Crime(crime::report::rules::Fact::Recorded(it)) => Some(it.incident.clone()),
            Fact::Referral(partner::referral::rules::Fact::Sent(it)) => Some(it.incident.clone()),
            Fact::Contact(_) | Fact::Incident(incident::standing::Happened::Incident(_)) => {
                Some(root_of(&one.subject, |it| leads_to(contacts.get(it)?)))
            }
            _ => None,
        });
        if let Some(root) = root {
            issues.entry(root).or_default().extend(told);
        }
    }
    let of = |(root, mut told): (Id, Vec<Entered>)| {
        told.extend(outages.iter().cloned());
        told.sort_by_key(|one| one.seq);
        let mut story = Story::of(root);
        for one in &told {
            story.tell(one);
        }
        of_an_issue(Catalogue::published(), &story).into_values().flatten()
    };
    issues.into_iter().flat_map(of).map(as_a_row).collect()
}

/// A row knows a moment to the microsecond.
fn as_a_row((version, one): Versioned) -> Versioned {
    let at = Timestamp::from_microsecond(one.at.as_microsecond()).expect("a moment");
    (version, Contribution { at, ..one })
}

/// Whether a version counts a day for what is asked: the one that is asked for, or else the one in force on that day.
fn counts(asked: &Asked, version: i64, one: &Contribution) -> bool {
    match asked.version {
        0 => Catalogue::published().is_in_force(one.measure, version, one.day()),
        wanted => wanted == version,
    }
}

/// What is empty narrows nothing; what has none is asked for by a name of its own.
fn is_of(asked: &str, one: &str) -> bool {
    asked.is_empty() || asked == one || (asked == NONE && one.is_empty())
}

fn sum<'a>(of: impl Iterator<Item = &'a Versioned>, asked: &Asked) -> (i64, i64, i64) {
    let is_asked = |(version, one): &&Versioned| {
        one.measure == asked.measure
            && counts(asked, *version, one)
            && (asked.from..=asked.until).contains(&one.day())
            && is_of(&asked.division, &one.division)
            && is_of(&asked.reason, &one.reason)
    };
    of.filter(is_asked)
        .fold((0, 0, 0), |(n, d, all), (_, one)| (n + one.numerator, d + one.denominator, all + 1))
}

fn part(chance: &mut Chance, of: &str) -> String {
    if of.is_empty() || chance.below(8) == 0 { NONE.to_owned() } else { of.to_owned() }
}

fn random(chance: &mut Chance, some: &[Versioned]) -> Asked {
    let today: Date = journal::day_of(now());
    let (_, one) = &some[chance.below(some.len())];
    let back =
        |chance: &mut Chance| today.saturating_sub(i64::try_from(chance.below(400)).unwrap_or(0).days());
    let (mut from, mut until) = (back(chance), back(chance).max(one.day()));
    (from, until) = (from.min(until), from.max(until));
    let measure = if chance.below(5) == 0 { KEYS[chance.below(KEYS.len())] } else { one.measure };
    let versions = Catalogue::published().versions(measure);
    Asked {
        measure: measure.to_owned(),
        version: if chance.below(3) == 0 { versions[chance.below(versions.len())].version } else { 0 },
        from,
        until,
        division: if chance.below(2) == 0 { String::new() } else { part(chance, &one.division) },
        reason: if chance.below(2) == 0 { String::new() } else { part(chance, &one.reason) },
    }
}

/// All records of a figure, page after page of seven.
async fn paged(journal: &Journal, asked: &Asked, seq: i64) -> (i64, i64, i64) {
    let mut read = journal.read().await.expect("a reading begins");
    let (mut found, mut after) = ((0, 0, 0), None);
    loop {
        let page = records(&mut read, asked, seq, after.as_ref(), 7).await.expect("sql");
        let Some(last) = page.last() else { return found };
        after = Some((last.at, last.subject.as_str().to_owned(), last.number));
        for one in &page {
            found = (found.0 + one.numerator, found.1 + one.denominator, found.2 + 1);
        }
    }
}

/// What is judged anew from the packed issues is what each contact contributes.
async fn anew_is_as_counted(read: &mut Connection, asked: Asked, present: &[Versioned]) {
    let definitions = failure::definition::definitions();
    let whole = sum(present.iter(), &asked);
    let rate = in_force(read, (asked.from, asked.until), definitions, 100).await.expect("it is judged");
    let both = |rate: &Rate| [rate.failures, rate.eligible].map(|one| i64::try_from(one).expect("it fits"));
    assert_eq!(both(&rate), [whole.0, whole.1], "{asked:?}");
    for code in Code::ALL.into_iter().filter(|code| code.class() == Class::Failure) {
        let asked = Asked { reason: code.to_string(), ..asked.clone() };
        let anew = rate.by_primary.get(&code).copied().unwrap_or_default();
        assert_eq!(i64::try_from(anew).expect("it fits"), sum(present.iter(), &asked).0, "{asked:?}");
    }
    let versions: Vec<&Definition> = definitions.version.iter().collect();
    if let [only] = versions[..] {
        let days = (asked.from.max(only.from), asked.until);
        let anew = by_versions(read, days, &versions, None).await.expect("it is judged");
        assert_eq!((anew.rates, anew.is_cut), (vec![rate], false), "{asked:?}");
    }
}

#[tokio::test]
async fn every_figure_is_its_records_its_cube_and_the_journals() {
    for t in journal::testing::engines().await {
        worked(&t.journal).await;
        assert!(linked(&t.journal, 5).await > 100, "too little is linked to mean anything");
        let (outages, calls) = reached(&t.journal, 8).await;
        assert!(outages > 10 && calls > 10, "too little is told to mean anything: {outages}, {calls}");
        let last = catch_up(&t.journal).await.expect("it is counted");
        assert_eq!(last, head(&mut t.journal.read().await.expect("a reading")).await.expect("sql"));
        let present = told(&t.journal, OPEN_END - 1).await;
        for key in &KEYS {
            assert!(
                present.iter().any(|(_, one)| one.measure == *key),
                "the force never does what {key} counts"
            );
        }
        let failed = present.iter().filter(|(_, one)| one.measure == FAILURE_DEMAND && one.numerator == 1);
        let reasons: std::collections::BTreeSet<&str> = failed.map(|(_, one)| one.reason.as_str()).collect();
        assert!(reasons.len() >= 4, "the force fails in too few ways to mean anything: {reasons:?}");
        assert!(
            reasons.contains("F11") && reasons.contains("F14"),
            "nobody could not get through: {reasons:?}"
        );
        let mut chance = Chance(11);
        let mut read = t.journal.read().await.expect("a reading begins");
        for number in 0..figures() {
            let asked = random(&mut chance, &present);
            let expected = sum(present.iter(), &asked);
            for by in [By::Day, By::Division, By::Reason] {
                let cube = sums(&mut read, &asked, by).await.expect("sql");
                let cube = cube.iter().fold((0, 0), |(n, d), one| (n + one.numerator, d + one.denominator));
                assert_eq!(cube, (expected.0, expected.1), "figure {number} by {by:?}: {asked:?}");
            }
            assert_eq!(as_at(&mut read, &asked, OPEN_END).await.expect("sql"), expected, "{asked:?}");
            if number % 10 == 0 {
                assert_eq!(paged(&t.journal, &asked, OPEN_END).await, expected, "{asked:?}");
            }
        }
        anew::is_as_the_journal_has_it(&mut read, &present, &mut chance).await;
        for _ in 0..12 {
            let asked = Asked {
                measure: FAILURE_DEMAND.to_owned(),
                division: String::new(),
                ..random(&mut chance, &present)
            };
            anew_is_as_counted(&mut read, Asked { reason: String::new(), version: 0, ..asked }, &present)
                .await;
        }
        for _ in 0..6 {
            let seq = i64::try_from(chance.below(usize::try_from(last).expect("it fits"))).expect("it fits");
            let then = told(&t.journal, seq).await;
            for _ in 0..20 {
                let asked = random(&mut chance, &present);
                let expected = sum(then.iter(), &asked);
                assert_eq!(as_at(&mut read, &asked, seq).await.expect("sql"), expected, "{seq}: {asked:?}");
            }
        }
    }
}

#[tokio::test]
async fn counting_again_gives_the_same_however_it_was_counted_before() {
    for t in journal::testing::engines().await {
        force::many_contacts(&t.journal, 7, 60, now(), |_| {}).await.expect("contacts are made");
        catch_up(&t.journal).await.expect("it is counted");
        // A day of the force comes after its later contacts were counted: late facts, and some of old subjects.
        force::many_contacts(&t.journal, 9, 60, now(), |_| {}).await.expect("contacts are made");
        catch_up(&t.journal).await.expect("it is counted");
        // And outages, long after the contacts that they are the reason of were counted.
        reached(&t.journal, 3).await;
        catch_up(&t.journal).await.expect("it is counted");
        reached(&t.journal, 4).await;
        catch_up(&t.journal).await.expect("it is counted");
        let mut tx = t.journal.begin().await.expect("a command begins");
        let before = dump(&mut tx, &TABLES).await.expect("the rows are read");
        assert!(before.len() > 300, "too little is counted to mean anything: {}", before.len());
        clear(&mut tx, &TABLES).await.expect("the rows are emptied");
        catch_up_within(&mut tx).await.expect("it is counted again");
        assert_eq!(before, dump(&mut tx, &TABLES).await.expect("the rows are read"));
        // With other definitions everything is counted anew, and the same.
        sqlx::query("update measure_position set edition = 'other'").execute(&mut *tx).await.expect("sql");
        sqlx::query("delete from measure_cube").execute(&mut *tx).await.expect("sql");
        catch_up_within(&mut tx).await.expect("it is counted again");
        assert_eq!(before, dump(&mut tx, &TABLES).await.expect("the rows are read"));
        let (seq, _) = position(&mut tx).await.expect("sql").expect("it stands somewhere");
        assert_eq!(seq, head(&mut tx).await.expect("sql"));
        assert_eq!(Catalogue::published().all().len(), KEYS.len());
    }
}

/// Everything as it is counted in blocks of so many entries.
async fn counted_in_blocks(journal: &Journal, most: i64) -> Vec<String> {
    let mut tx = journal.begin().await.expect("a command begins");
    clear(&mut tx, &TABLES).await.expect("the rows are emptied");
    catch_up_in_blocks(&mut tx, most).await.expect("it is counted again");
    dump(&mut tx, &TABLES).await.expect("the rows are read")
}

#[tokio::test]
async fn wherever_blocks_begin_the_same_is_counted() {
    for t in journal::testing::engines().await {
        let password = || "correct horse battery".to_owned();
        let behaviours = force::Behaviours::published();
        force::work(&t.journal, now(), 1, behaviours, password).await.expect("it is played");
        assert!(linked(&t.journal, 6).await > 100, "too little is linked to mean anything");
        reached(&t.journal, 9).await;
        let whole = counted_in_blocks(&t.journal, 100_000).await;
        let failures = whole.iter().filter(|line| line.contains(FAILURE_DEMAND)).count();
        assert!(failures > 20, "too little failure demand is counted to mean anything: {failures}");
        let mut chance = Chance(13);
        for most in [500, 7 + i64::try_from(chance.below(60)).expect("it fits")] {
            assert_eq!(whole, counted_in_blocks(&t.journal, most).await, "blocks of {most}");
        }
    }
}

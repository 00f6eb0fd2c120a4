//! What is packed is judged as what is not.

use std::collections::BTreeSet;

use crate::{
    classify,
    code::Code,
    definition::{Definition, Window, definitions},
    issues_testing::{make, soup},
    packed::{Count, Decided, Facts, Judge, Reader, Spoilt, fact, pack},
    rules::Judged,
    story::{Issue, What},
    testing::*,
    units::Rate,
};

const SEED: u64 = 20_261_127;

/// How many times as many random issues: `ANSWERABLE_SOAK`.
fn times() -> usize {
    std::env::var("ANSWERABLE_SOAK").ok().and_then(|times| times.parse().ok()).unwrap_or(1)
}

/// Soups, and stories with every failure in them.
fn issues() -> impl Iterator<Item = Issue> {
    let mut chance = Chance(SEED);
    let failures: Vec<Code> =
        Code::ALL.into_iter().filter(|code| code.to_string().starts_with('F')).collect();
    (0..1_500 * times()).map(move |number| {
        if number % 3 == 0 { make(&mut chance, &failures, 6).issue } else { soup(&mut chance) }
    })
}

/// The definition as it is, with other windows, with a family that has some of its own for a few days only, and with what
/// is neutral staying so.
fn variants() -> Vec<Definition> {
    let of_days = Window {
        family: Some("theft".into()),
        from: Some("2026-03-10".parse().unwrap()),
        until: Some("2026-03-20".parse().unwrap()),
        days: Some(1),
        ..fd1().window.iter().find(|one| one.code == Code::F05).unwrap().clone()
    };
    let mut dated = fd1().clone();
    dated.window.insert(0, of_days);
    let mut neutral = fd1().clone();
    neutral.failure_over_neutral = false;
    let mut all = vec![dated, neutral, fd1().with_windows(50), fd1().with_windows(200)];
    all.extend(definitions().version.iter().cloned());
    all
}

fn decided(definition: &Definition, issue: &Issue) -> Vec<(Decided, String, Option<String>, Option<String>)> {
    let (mut reader, mut facts, mut all) = (Reader::default(), Facts::default(), Vec::new());
    let mut judge = Judge::new(definition);
    for packed in pack(issue).unwrap() {
        reader.read(&packed.line, &mut facts).unwrap();
        let began = facts.facts.iter().filter(|one| matches!(one.what, fact::What::Contacted(_)));
        let began: Vec<i64> = began.map(|one| one.at).collect();
        let ends = [packed.first, packed.last].map(jiff::Timestamp::as_microsecond);
        assert_eq!((ends, packed.contacts), ([began[0], began[began.len() - 1]], began.len()));
        judge.judge(&facts, &reader, |one| {
            let name = |symbol| reader.name(symbol).to_owned();
            all.push((one, name(one.channel), one.division.map(name), one.family.map(name)));
        });
    }
    all
}

/// What both say of a contact. Contacts of one moment may come in either order.
type Said = (i64, String, Option<String>, Option<String>, String, Option<Code>, BTreeSet<Code>);

fn said_in_words(one: &Judged) -> Said {
    let both = one.advisor.zip(one.derived).filter(|_| one.class.is_some());
    let words = format!("{:?} {:?} {both:?}", one.eligibility, one.class);
    let at = one.began_at.as_microsecond();
    let reasons = one.primary.iter().chain(&one.secondary).copied().collect();
    (at, one.channel.clone(), one.division.clone(), one.family.clone(), words, one.primary, reasons)
}

fn said_in_numbers(
    (one, channel, division, family): (Decided, String, Option<String>, Option<String>),
) -> Said {
    let words = format!("{:?} {:?} {:?}", one.eligibility, one.class, one.said);
    let reasons = (0..).zip(Code::ALL).filter(|(bit, _)| one.reasons & 1 << bit != 0).map(|(_, code)| code);
    (one.at, channel, division, family, words, one.primary, reasons.collect())
}

#[test]
fn random_issues_are_judged_the_same_packed_as_not_by_any_version() {
    let variants = variants();
    let mut primaries = BTreeSet::new();
    for (number, issue) in issues().enumerate() {
        for (variant, definition) in variants.iter().enumerate() {
            let mut expected: Vec<Said> =
                classify(definition, &issue, far()).iter().map(said_in_words).collect();
            let mut found: Vec<Said> = decided(definition, &issue).into_iter().map(said_in_numbers).collect();
            expected.sort();
            found.sort();
            assert_eq!(found, expected, "issue {number} of seed {SEED}, variant {variant}: {issue:#?}");
            primaries.extend(found.iter().filter_map(|one| one.5));
        }
    }
    assert_eq!(primaries, BTreeSet::from(Code::ALL), "every code is among them");
}

#[test]
fn they_are_counted_the_same() {
    for issue in issues().take(300) {
        let mut count = Count::default();
        for (one, ..) in &decided(fd1(), &issue) {
            count.add(one);
        }
        assert_eq!(count.rate(), Rate::of(&classify(fd1(), &issue, far())));
    }
}

#[test]
fn a_name_that_parts_a_line_is_taken_for_another_and_too_many_vulnerabilities_are_not_packed() {
    let odd = issue(vec![fact(0, "A", What::Contacted(about("a;b,c", call("c0"))))]);
    let told = decided(fd1(), &odd);
    assert_eq!(told.first().and_then(|(.., family)| family.as_deref()), Some("a%b%c"));
    let names: Vec<String> = (0..61).map(|number| format!("v{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let of = |names: &[&str]| {
        let contact = fact(0, "A", What::Contacted(call("c0")));
        pack(&issue(vec![contact, fact(1, "A", assessed(6, names, None))]))
    };
    assert_eq!(of(&names), None);
    assert_eq!(of(&names[..60]).map(|all| all.len()), Some(1));
    assert_eq!(pack(&issue(vec![fact(0, "A", assessed(6, &[], None))])), Some(vec![]), "nobody got in touch");
}

#[test]
fn a_spoilt_line_is_refused_wherever_it_is_spoilt() {
    let mut reader = Reader::default();
    let mut facts = Facts::default();
    for spoilt in
        ["", "a", "a;1", "a;1;1", ";2;2;00Z", ";zzzzzzzzz0;0;", ";1;0;600002", "non_emergency;1;0;001500300"]
    {
        assert_eq!(reader.read(spoilt, &mut facts), Err(Spoilt), "{spoilt:?}");
    }
    // Cut anywhere, a line is refused or has fewer facts: never is anything read that was not there.
    for issue in issues().take(50) {
        for line in pack(&issue).unwrap().into_iter().map(|packed| packed.line) {
            reader.read(&line, &mut facts).unwrap();
            let whole = facts.facts.clone();
            let body = line.rfind(';').unwrap() + 1;
            for end in body..line.len() {
                if reader.read(&line[..end], &mut facts).is_ok() {
                    assert_eq!(facts.facts, whole[..facts.facts.len()]);
                }
            }
        }
    }
}

//! The table of cases for a suggestion; each rule can match; more danger never lowers it.

use std::collections::BTreeSet;

use journal::Private;

use super::{
    definition::{Condition, Rule, Rules, rules},
    rules::*,
};
use crate::{
    contact::rules::Channel,
    grade::Grade,
    thrive::{
        definition::definition,
        rules::{Assessment, Considered, Element, Level},
    },
};

fn considered(level: Level) -> Considered {
    Considered { level, narrative: Private::Known("Because.".to_owned()) }
}

/// All six considered, none identified, but for these.
fn assessed(but: &[(Element, Level)], markers: &[&str]) -> Situation {
    let mut elements: std::collections::BTreeMap<_, _> =
        Element::ALL.map(|one| (one, considered(Level::NoneIdentified))).into();
    elements.extend(but.iter().map(|(one, level)| (*one, considered(*level))));
    let markers = markers.iter().map(|&one| one.to_owned()).collect();
    let assessment = Assessment { elements, markers, ..Assessment::default() };
    Situation { assessment: Some(assessment), ..Situation::default() }
}

fn saying(words: &str, situation: Situation) -> Situation {
    Situation { narrative: Some(Private::Known(words.to_owned())), ..situation }
}

fn with(qualifier: &str, situation: Situation) -> Situation {
    Situation { qualifiers: [qualifier.to_owned()].into(), ..situation }
}

fn numbers(suggestion: &Suggestion) -> Vec<i64> {
    suggestion.reasons.iter().map(|reason| reason.rule).collect()
}

#[test]
fn what_is_suggested() {
    use Element::{Harm, Investigation, Risk, Threat, Vulnerability};
    use Level::{High, Low, Medium};
    let cases: Vec<(Situation, Grade, &[i64])> = vec![
        (Situation::default(), Grade::Standard, &[25, 26]),
        (assessed(&[], &[]), Grade::OtherResolution, &[26]),
        (assessed(&[(Threat, High)], &[]), Grade::Immediate, &[1, 20, 26]),
        (saying("He has a knife", assessed(&[(Threat, Low)], &[])), Grade::Immediate, &[2, 20, 26]),
        (saying("A knife was stolen", assessed(&[], &[])), Grade::OtherResolution, &[26]),
        (saying("She’s not breathing", Situation::default()), Grade::Immediate, &[3, 25, 26]),
        (
            saying("They’re fighting, right now", assessed(&[(Harm, Medium)], &[])),
            Grade::Immediate,
            &[4, 21, 26],
        ),
        (assessed(&[(Harm, High), (Risk, High)], &[]), Grade::Immediate, &[5, 7, 8, 21, 22, 26]),
        (assessed(&[(Risk, High)], &["self_harm"]), Grade::Immediate, &[6, 8, 12, 17, 22, 26]),
        (assessed(&[(Threat, Medium), (Vulnerability, Low)], &[]), Grade::Prompt, &[9, 17, 20, 26]),
        (with("domestic", assessed(&[(Threat, Medium)], &[])), Grade::Prompt, &[10, 18, 20, 26]),
        (with("domestic", assessed(&[], &["repeat_victim"])), Grade::Standard, &[17, 18, 26]),
        (saying("He breached his bail", with("domestic", assessed(&[], &[]))), Grade::Prompt, &[11, 18, 26]),
        (assessed(&[], &["missing"]), Grade::Prompt, &[13, 17, 26]),
        (assessed(&[(Investigation, Medium)], &[]), Grade::Standard, &[23, 26]),
        (Situation { repeats: 2, ..assessed(&[], &[]) }, Grade::Standard, &[24, 26]),
        (Situation { repeats: 3, ..assessed(&[(Threat, Low)], &[]) }, Grade::Prompt, &[16, 20, 24, 26]),
        (Situation { narrative: Some(Private::Erased), ..assessed(&[], &[]) }, Grade::OtherResolution, &[26]),
    ];
    for (number, (situation, grade, reasons)) in cases.into_iter().enumerate() {
        let suggestion = suggest(&situation);
        assert_eq!((suggestion.grade, &numbers(&suggestion)[..]), (grade, reasons), "case {number}");
        assert_eq!(suggestion.definition, 1);
    }
}

#[test]
fn what_could_make_it_graver_is_asked() {
    let domestic = with("domestic", assessed(&[], &["children"]));
    let ask = suggest(&domestic).ask;
    assert!(ask.iter().any(|one| one.contains("court order")), "{ask:?}");
    let mut begun = assessed(&[], &[]);
    if let Some(made) = &mut begun.assessment {
        made.elements.remove(&Element::Risk);
        made.for_want_of_ambulance = true;
    }
    let ask = suggest(&begun).ask;
    assert!(ask.contains(&"Not considered yet: Risk.".to_owned()), "{ask:?}");
    assert!(ask.contains(&definition().ambulance.clinical), "{ask:?}");
    let gravest = suggest(&assessed(&[(Element::Threat, Level::High)], &[]));
    assert_eq!(gravest.ask, Vec::<String>::new(), "nothing is graver");
}

/// A situation in which all conditions of `rule` hold.
fn meeting(rule: &Rule) -> Situation {
    let mut met = assessed(&[], &[]);
    for condition in &rule.all {
        let made = met.assessment.as_mut().unwrap();
        match condition {
            Condition::Element { key, at_least } => drop(made.elements.insert(*key, considered(*at_least))),
            Condition::Marker(keys) => made.markers.push(keys[0].clone()),
            Condition::Vulnerable(_) => made.markers.push("alone".into()),
            Condition::Qualifier(keys) => drop(met.qualifiers.insert(keys[0].clone())),
            Condition::Channel(channels) => met.channel = Some(channels[0]),
            Condition::Words(all) => met.narrative = Some(Private::Known(all[0].replace('-', "ing"))),
            Condition::Repeats(least) => met.repeats = *least,
            Condition::Incomplete(_) => drop(made.elements.remove(&Element::Engagement)),
        }
    }
    met
}

#[test]
fn every_rule_can_match_and_matches_by_each_of_its_words() {
    for rule in &rules().rule {
        let met = meeting(rule);
        let suggestion = suggest(&met);
        assert!(numbers(&suggestion).contains(&rule.number), "rule {}: {suggestion:?}", rule.number);
        assert!(suggestion.grade >= rule.grade);
        for all in
            rule.all.iter().filter_map(|one| if let Condition::Words(all) = one { Some(all) } else { None })
        {
            for word in all {
                let said =
                    saying(&format!("She said: {}!", word.replace('-', "ed").to_uppercase()), met.clone());
                assert!(numbers(&suggest(&said)).contains(&rule.number), "rule {}: {word}", rule.number);
            }
        }
    }
}

/// A small random source, so that a failure can be run again from its printed seed.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(end).unwrap()).unwrap()
    }

    fn one<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }
}

fn situation(random: &mut Random, words: &[String]) -> Situation {
    let mut elements = std::collections::BTreeMap::new();
    for element in Element::ALL {
        if random.below(5) > 0 {
            elements.insert(element, considered(random.one(&Level::ALL)));
        }
    }
    let markers: Vec<String> = (0..random.below(3)).map(|_| random.one(&definition().marker).key).collect();
    let qualifiers: BTreeSet<String> =
        (0..random.below(2)).map(|_| random.one(&["domestic", "hate", "alcohol"]).to_owned()).collect();
    let narrative = (0..random.below(4)).map(|_| random.one(words)).collect::<Vec<_>>().join(" and then ");
    Situation {
        channel: (random.below(3) > 0).then(|| random.one(&Channel::ALL)),
        qualifiers,
        assessment: (random.below(6) > 0).then(|| Assessment { elements, markers, ..Assessment::default() }),
        narrative: Some(Private::Known(narrative)),
        repeats: random.below(5),
    }
}

/// The same with one more danger: a considered element is graver, or a marker, qualifier, word or repeat is added.
fn graver(random: &mut Random, words: &[String], situation: &Situation) -> Situation {
    let mut graver = situation.clone();
    let said = graver.narrative.as_ref().map_or("", Private::shown).to_owned();
    match (random.below(5), graver.assessment.as_mut()) {
        (0, Some(made)) => {
            let considered: Vec<Element> = made.elements.keys().copied().collect();
            if let Some(one) = (!considered.is_empty())
                .then(|| random.one(&considered))
                .and_then(|one| made.elements.get_mut(&one))
            {
                let place = Level::ALL.iter().position(|level| *level == one.level).unwrap();
                one.level = random.one(&Level::ALL[place..]);
            }
        }
        (1, Some(made)) => made.markers.push(random.one(&definition().marker).key),
        (2, _) => drop(
            graver
                .qualifiers
                .insert(random.one(&["domestic", "hate", "stalking", "sexual", "alcohol"]).to_owned()),
        ),
        (3, _) => {
            graver.narrative =
                Some(Private::Known(format!("{} {said} {}", random.one(words), random.one(words))));
        }
        _ => graver.repeats += 1 + random.below(3),
    }
    graver
}

#[test]
fn more_danger_never_lowers_the_suggestion() {
    let seed = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0x5EED_0000_1234_ABCD);
    eprintln!("SEED={seed}");
    let mut random = Random(seed);
    let lists = rules().rule.iter().flat_map(|rule| &rule.all);
    let lists = lists.filter_map(|one| if let Condition::Words(all) = one { Some(all) } else { None });
    let mut words: Vec<String> = lists.flatten().map(|word| word.replace('-', "ed")).collect();
    words.extend(["a door", "in the night", "nothing"].map(str::to_owned));
    let mut rose = 0;
    for step in 0..10_000 {
        let mut before = situation(&mut random, &words);
        for _ in 0..4 {
            let after = graver(&mut random, &words, &before);
            let (was, is) = (suggest(&before), suggest(&after));
            assert!(is.grade >= was.grade, "step {step} of SEED={seed}: {before:?} to {after:?}");
            assert!(
                numbers(&was).iter().all(|number| numbers(&is).contains(number)),
                "step {step} of SEED={seed}"
            );
            rose += usize::from(is.grade > was.grade);
            before = after;
        }
    }
    assert!(rose > 1_000, "the test reaches dangers that matter: {rose}");
}

#[test]
fn a_broken_file_is_told() {
    let whole = include_str!("../../../../definitions/grades.toml");
    let cases = [
        (whole.replace("number = 2\n", "number = 1\n"), "there twice"),
        (whole.replace("marker = [\"missing\"]", "marker = [\"lost\"]"), "not in definitions/thrive.toml"),
        (whole.replace("\"knife\"", "\"Knife\""), "lower case"),
        (whole.replace("vulnerable = true", "vulnerable = false"), "only true"),
        (whole.replace("repeats = 3", "repeats = 0"), "always so"),
        (whole.replace("all = []", "all = [{ incomplete = true }]"), "lowest grade"),
        (whole.replacen("at_least = \"low\"", "at_least = \"none_identified\"", 1), "at least a low level"),
    ];
    for (text, told) in cases {
        let error = Rules::read(&text).unwrap_err();
        assert!(error.contains(told), "{told}: {error}");
    }
}

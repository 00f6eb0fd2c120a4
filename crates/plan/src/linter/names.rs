//! Names and numbers written two ways: misspellings, old names, posts that differ by a letter, R02 and R2.

use std::{
    cell::LazyCell,
    collections::{BTreeMap, BTreeSet},
};

use import::normal_reference;
use jiff::civil::Date;
use journal::Id;

use super::{
    Finding, KnownName, Look, Severity,
    look::{Plan, short},
    rules::Place,
    spelling::{Phrases, Spelling},
    text::{listed, tokens},
};
use crate::{
    programme::alias::AliasKind,
    register::rules::{Item, scottish_day},
    source::rules::{Quantity, Source},
    words::day,
};

/// A text of a recommendation: the form that mends it, the words, and the day on which they were said.
struct Words<'a> {
    form: &'static str,
    text: &'a str,
    said: Option<Date>,
}

fn words_of(item: &Item) -> Vec<Words<'_>> {
    let own = &item.recommendation;
    let of = |form, text| Words { form, text, said: None };
    let mut all = vec![
        of("text", own.text.as_str()),
        of("risk", &own.risk_statement),
        of("impact", &own.impact),
        of("owner", &own.owner_post),
        of("owner", &own.owner_team),
    ];
    for action in &item.actions {
        all.push(of("action-words", &action.text));
        all.push(of("action-words", &action.owner));
    }
    if let Some(last) = item.updates.last() {
        all.push(Words { form: "update", text: &last.text, said: Some(scottish_day(last.at)) });
    }
    all.retain(|words| !words.text.is_empty());
    all
}

/// The words of a source: its title, the sentences it was cited for, the names it gave.
fn words_of_source(source: &Source) -> impl Iterator<Item = &str> {
    let said = source.standing().flat_map(|cited| {
        let named = matches!(cited.statement.quantity, Quantity::Name | Quantity::Title | Quantity::Status);
        [cited.statement.words.as_str(), if named { cited.statement.value.as_str() } else { "" }]
    });
    std::iter::once(source.title.as_str()).chain(said)
}

/// The names that are looked for, laid out so that each text is read once for all of them.
pub(super) struct Wanted<'a> {
    /// Wrong forms and the right ones.
    wrong: Vec<(&'a str, &'a str)>,
    /// Forms of which only one may be used, and their group.
    either: Vec<(&'a str, usize)>,
    /// Names with the days on which they are valid.
    known: Vec<&'a KnownName>,
    phrases: Phrases<'a>,
}

/// One of the names that are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hit {
    Wrong(usize),
    Either(usize),
    Known(usize),
}

impl<'a> Wanted<'a> {
    /// Those of `definitions/spelling.toml`, and those that are known of programmes.
    pub(super) fn of(known: &'a [KnownName]) -> Self {
        let spelling = Spelling::ours();
        let wrong: Vec<(&str, &str)> = spelling.wrong().collect();
        let either: Vec<(&str, usize)> = spelling.either().collect();
        let forms = wrong.iter().map(|(form, _)| *form).chain(either.iter().map(|(form, _)| *form));
        let forms: BTreeSet<&str> = forms.collect();
        // What the file says of a form is told, and not what a programme says of it beside.
        let is_told = |name: &&KnownName| name.alias.is_none() || !forms.contains(name.name.as_str());
        let known: Vec<&KnownName> = known.iter().filter(is_told).collect();
        let forms = wrong.iter().map(|(form, _)| *form).chain(either.iter().map(|(form, _)| *form));
        let phrases = Phrases::of(forms.chain(known.iter().map(|name| name.name.as_str())));
        Self { wrong, either, known, phrases }
    }

    fn within(&self, text: &str) -> impl Iterator<Item = Hit> {
        let (wrong, either) = (self.wrong.len(), self.either.len());
        self.phrases.within(text).into_iter().map(move |place| match place {
            place if place < wrong => Hit::Wrong(place),
            place if place < wrong + either => Hit::Either(place - wrong),
            place => Hit::Known(place - wrong - either),
        })
    }
}

/// The names in an open recommendation, each with the place of its text among the recommendation's.
pub(super) fn hits(item: &Item, wanted: &Wanted<'_>) -> Vec<(usize, Hit)> {
    let texts = words_of(item).into_iter().enumerate();
    texts.flat_map(|(place, words)| wanted.within(words.text).map(move |hit| (place, hit))).collect()
}

/// The forms of a name that are in use, by its group: where each is.
type Forms<'a> = BTreeMap<usize, BTreeMap<&'a str, Vec<(String, Place)>>>;

/// Fault 19, of words: HIMCS for HMICS, two forms of one project's name, a name that is out of date.
pub(super) fn misspelt(look: &Look<'_>) -> Vec<Finding> {
    let wanted = Wanted::of(look.input.names);
    let mut found = Vec::new();
    let mut forms: Forms<'_> = BTreeMap::new();
    for plan in &look.plans {
        found.extend(in_plan(look, plan, &wanted, &mut forms));
    }
    for (id, source) in look.input.sources {
        found.extend(in_source(id, source, &wanted, &mut forms));
    }
    found.extend(forms.into_iter().filter_map(|(group, forms)| two_forms(&wanted, group, forms)));
    found
}

fn in_plan<'a>(look: &Look<'_>, plan: &Plan<'_>, wanted: &Wanted<'a>, forms: &mut Forms<'a>) -> Vec<Finding> {
    let mut misspelt: BTreeMap<usize, Vec<At<'_>>> = BTreeMap::new();
    let mut outdated: BTreeMap<usize, Vec<At<'_>>> = BTreeMap::new();
    for (item, reading) in plan.open_read().filter(|(_, reading)| !reading.names.is_empty()) {
        let texts = words_of(item);
        for (place, hit) in &reading.names {
            let words = &texts[*place];
            let at = At { item, form: words.form, on: words.said.unwrap_or(look.input.today) };
            match *hit {
                Hit::Wrong(place) => misspelt.entry(place).or_default().push(at),
                Hit::Either(place) => {
                    let (form, group) = wanted.either[place];
                    let here = (item.label(), Place::item(item, words.form));
                    forms.entry(group).or_default().entry(form).or_default().push(here);
                }
                Hit::Known(place) if is_outdated(wanted.known[place], at.on, words.text) => {
                    outdated.entry(place).or_default().push(at);
                }
                Hit::Known(_) => {}
            }
        }
    }
    let misspelt = misspelt.into_iter().map(|(place, at)| misspelt_in_plan(plan, &at, wanted.wrong[place]));
    let outdated = outdated.into_iter().map(|(place, at)| outdated_in_plan(plan, &at, wanted.known[place]));
    misspelt.chain(outdated).collect()
}

fn in_source<'a>(id: &Id, source: &Source, wanted: &Wanted<'a>, forms: &mut Forms<'a>) -> Vec<Finding> {
    let mut wrong = BTreeSet::new();
    for hit in words_of_source(source).flat_map(|text| wanted.within(text)) {
        match hit {
            Hit::Wrong(place) => {
                wrong.insert(place);
            }
            Hit::Either(place) => {
                let (form, group) = wanted.either[place];
                let here = (source.label().to_owned(), Place::source(id, source));
                forms.entry(group).or_default().entry(form).or_default().push(here);
            }
            Hit::Known(_) => {}
        }
    }
    let told = |place: usize| {
        let (form, right) = wanted.wrong[place];
        let sentence = format!("“{form}” stands in {}; the name is written {right}.", source.named());
        Place::source(id, source).finding("name_two_ways", Severity::Note, sentence, form)
    };
    wrong.into_iter().map(told).collect()
}

/// A recommendation whose words hold a name, the form that mends them, and the day they were said.
#[derive(Clone, Copy)]
struct At<'a> {
    item: &'a Item,
    form: &'static str,
    on: Date,
}

/// Whether a text uses a name that is out of date on its day, or is wrong on any, and not the right name beside
/// it: "PPDP (now Policing for our Communities)" tells both.
fn is_outdated(name: &KnownName, on: Date, text: &str) -> bool {
    let valid = name.from.is_none_or(|from| from <= on) && name.until.is_none_or(|until| on <= until);
    let right = match name.alias {
        None | Some(AliasKind::Abbreviation) => valid,
        Some(AliasKind::Misspelling) => false,
        // Another name by which it went for some time; without days nobody said that it ever was right.
        Some(_) => valid && (name.from.is_some() || name.until.is_some()),
    };
    !right && (name.now == name.name || !text.contains(&name.now))
}

fn misspelt_in_plan(plan: &Plan<'_>, at: &[At<'_>], (wrong, right): (&str, &str)) -> Finding {
    let names = labels(at);
    let sentence = format!(
        "“{wrong}” stands in {} of {}; the name is written {right}.",
        listed(&names),
        plan.inspection.title
    );
    let key = format!("{wrong}/{}", names.join(","));
    first(plan, at).finding("name_two_ways", Severity::Warning, sentence, &key)
}

fn outdated_in_plan(plan: &Plan<'_>, at: &[At<'_>], name: &KnownName) -> Finding {
    let names = labels(at);
    let key = format!("{}/{}", name.name, names.join(","));
    let undated = name.from.is_none() && name.until.is_none();
    let (severity, its) = match name.alias {
        Some(AliasKind::Misspelling) => return wrong_in_plan(plan, at, name, "the name is written"),
        Some(_) if undated => return wrong_in_plan(plan, at, name, "its own name is"),
        Some(AliasKind::Abbreviation) => (Severity::Note, "its abbreviation"),
        Some(_) => (Severity::Note, "another name of it"),
        None => (Severity::Warning, "its name"),
    };
    let when = match (name.from, name.until) {
        (Some(from), _) if at.iter().all(|at| at.on < from) => format!("only from {}", day(from)),
        (_, Some(until)) => format!("until {}", day(until)),
        _ => "at no time".to_owned(),
    };
    let now = if name.now == name.name { String::new() } else { format!("; it is “{}” now", name.now) };
    let sentence = format!(
        "“{}” stands in {} of {}, but that was {its} {when}{now}.",
        name.name,
        listed(&names),
        plan.inspection.title
    );
    first(plan, at).finding("name_two_ways", severity, sentence, &key)
}

fn wrong_in_plan(plan: &Plan<'_>, at: &[At<'_>], name: &KnownName, but: &str) -> Finding {
    let names = labels(at);
    let KnownName { name, now, .. } = name;
    let title = &plan.inspection.title;
    let sentence = format!("“{name}” stands in {} of {title}; {but} “{now}”.", listed(&names));
    let key = format!("{name}/{}", names.join(","));
    first(plan, at).finding("name_two_ways", Severity::Note, sentence, &key)
}

fn labels(at: &[At<'_>]) -> Vec<String> {
    let mut names: Vec<String> = at.iter().map(|at| short(at.item)).collect();
    names.dedup();
    names
}

fn first(plan: &Plan<'_>, at: &[At<'_>]) -> Place {
    let form = |at: &At<'_>| format!("/recommendations/{}/{}", at.item.id, at.form);
    Place::plan(plan.id, &plan.inspection.code, at.first().map_or_else(|| plan.list(), form))
}

/// One finding where two forms of a name are in use; it is where the rarer one is.
fn two_forms(
    wanted: &Wanted<'_>,
    group: usize,
    forms: BTreeMap<&str, Vec<(String, Place)>>,
) -> Option<Finding> {
    if forms.len() < 2 {
        return None;
    }
    let told: Vec<String> = forms
        .iter()
        .map(|(form, at)| {
            let mut labels: Vec<&str> = at.iter().map(|(label, _)| label.as_str()).collect();
            labels.dedup();
            format!("“{form}” ({})", listed(&labels))
        })
        .collect();
    let is_own = |name: &&&KnownName| name.alias.is_none() && forms.contains_key(name.name.as_str());
    let own = wanted.known.iter().find(is_own).map(|name| name.now.clone());
    let rarest = forms.into_values().min_by_key(Vec::len)?;
    let (_, place) = rarest.into_iter().next()?;
    let told_so = listed(&told);
    let sentence = match (Spelling::ours().meaning(group), own) {
        ("", None) => format!("One name is written in more than one way: {told_so}. Choose one."),
        ("", Some(own)) => format!(
            "One name is written in more than one way: {told_so}. Choose one; the programme’s name is “{own}”."
        ),
        (meaning, _) => format!(
            "Two names that are easily mixed up are in use: {told_so}. {meaning} See that each stands where it is meant."
        ),
    };
    Some(place.finding("name_two_ways", Severity::Warning, sentence, &told.join(";")))
}

/// Fault 20: R02 in one place, R2 in another, within one plan.
pub(super) fn numbered_two_ways(look: &Look<'_>) -> Vec<Finding> {
    look.plans.iter().filter_map(numbered).collect()
}

/// The words of the last update of an open recommendation that may be a recommendation's number: "R02".
pub(super) fn numbers_in(item: &Item) -> Vec<String> {
    let last = item.updates.last().map_or("", |said| said.text.as_str());
    let is_number =
        |word: &&str| word.strip_prefix('R').is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()));
    tokens(last).filter(is_number).map(str::to_owned).collect()
}

fn numbered(plan: &Plan<'_>) -> Option<Finding> {
    // Few plans have an update that gives a number at all.
    let own: LazyCell<BTreeSet<String>, _> = LazyCell::new(|| {
        plan.items.iter().map(|item| normal_reference(&item.recommendation.reference)).collect()
    });
    let (mut padded, mut bare): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let mut note = |form: &str, place: String| {
        let digits = form.trim_start_matches(['R', 'r']);
        let list = match digits.parse::<u8>() {
            Ok(1..=9) if digits.len() == 1 => &mut bare,
            Ok(1..=9) => &mut padded,
            _ => return,
        };
        let told = if place.is_empty() { form.to_owned() } else { format!("{form} ({place})") };
        if !list.contains(&told) {
            list.push(told);
        }
    };
    for (item, reading) in plan.read() {
        for reference in item.recommendation.references().filter(|one| one.starts_with(['R', 'r'])) {
            note(reference, String::new());
        }
        for word in reading.numbers.iter().filter(|word| own.contains(&normal_reference(word))) {
            note(word, format!("in the update of {}", short(item)));
        }
    }
    if padded.is_empty() || bare.is_empty() {
        return None;
    }
    let sentence = format!(
        "{} numbers its recommendations in two ways: {}; and {}.",
        plan.inspection.title,
        listed(&padded),
        listed(&bare)
    );
    let place = Place::plan(plan.id, &plan.inspection.code, plan.list());
    let key = format!("{}/{}", padded.join(","), bare.join(","));
    Some(place.finding("numbered_two_ways", Severity::Note, sentence, &key))
}

//! Two people on one record, in any order: no text is lost, and no field of risk is brought together in silence.

use std::collections::BTreeMap;

use contact::draft::rules::{Draft, Fields, Save, merge, save};
use jiff::Timestamp;

const FIELDS: [&str; 4] = ["name", "narrative", "threat", "harm"];
const RISK: [&str; 2] = ["threat", "harm"];

/// Interleavings in one run; `ANSWERABLE_SOAK` makes more of them.
const RUNS: u64 = 10_000;

/// A small generator of our own, so that a seed gives the same run for ever.
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % below as u64).expect("less than below")
    }
}

/// One editor's page: what it was opened with, what is typed, and saves that are still on their way.
#[derive(Default)]
struct Editor {
    seq: i64,
    opened: Fields,
    typed: Fields,
    number: i64,
    under_way: Vec<Save>,
    draft: Option<Draft>,
}

struct World {
    seq: i64,
    fields: Fields,
    /// Every state that was ever saved: the journal keeps them all.
    history: Vec<Fields>,
    editors: [Editor; 2],
    tokens: usize,
    conflicts: usize,
}

impl World {
    fn new() -> Self {
        let fields: Fields = FIELDS.iter().map(|name| ((*name).to_owned(), String::new())).collect();
        let editor = || Editor { opened: fields.clone(), typed: fields.clone(), ..Editor::default() };
        let editors = [editor(), editor()];
        Self { seq: 0, history: vec![fields.clone()], fields, editors, tokens: 0, conflicts: 0 }
    }

    fn step(&mut self, dice: &mut Dice) {
        let who = dice.next(2);
        match dice.next(6) {
            0 | 1 => self.type_in(who, FIELDS[dice.next(FIELDS.len())]),
            2 => self.send_draft(who),
            3 => self.deliver(who, dice),
            4 => self.submit(who),
            _ => self.crash(who),
        }
    }

    fn type_in(&mut self, who: usize, field: &str) {
        self.tokens += 1;
        let token = format!(" t{};", self.tokens);
        let editor = &mut self.editors[who];
        editor.typed.entry(field.to_owned()).or_default().push_str(&token);
        // The computer itself has it at once; the server's own copy comes later and in any order.
        self.send_draft(who);
    }

    fn send_draft(&mut self, who: usize) {
        let editor = &mut self.editors[who];
        editor.number += 1;
        editor.under_way.push(Save {
            page: format!("page-{who}"),
            number: editor.number,
            base_seq: editor.seq,
            fields: editor.typed.clone(),
            address: "/contacts/1".to_owned(),
        });
    }

    fn deliver(&mut self, who: usize, dice: &mut Dice) {
        let editor = &mut self.editors[who];
        if editor.under_way.is_empty() {
            return;
        }
        let one = editor.under_way.remove(dice.next(editor.under_way.len()));
        if let Some(kept) =
            save(editor.draft.as_ref(), one, Timestamp::UNIX_EPOCH).expect("a draft of this size is saved")
        {
            editor.draft = Some(kept);
        }
    }

    fn submit(&mut self, who: usize) {
        let editor = &self.editors[who];
        let typed = editor.typed.clone();
        let (base, seen) = (editor.opened.clone(), editor.seq);
        if seen == self.seq {
            return self.keep(who, typed);
        }
        let merged = merge(&base, &self.fields, &typed, |name| RISK.contains(&name));
        if !merged.is_clear() {
            self.conflicts += 1;
            return self.decide(
                who,
                &merged.both.iter().map(|one| (one.field.clone(), one.theirs.clone())).collect(),
                merged.fields,
            );
        }
        for name in RISK {
            let (was, theirs) = (&base[name], &self.fields[name]);
            assert!(
                theirs == was || *theirs == typed[name],
                "{name} was changed by the other and nobody was asked"
            );
        }
        self.keep(who, merged.fields);
    }

    /// The person saw both versions and puts them one after the other, as a careful one would.
    fn decide(&mut self, who: usize, theirs: &BTreeMap<String, String>, mine: Fields) {
        let now = self.fields.clone();
        let editor = &mut self.editors[who];
        editor.opened = now;
        editor.seq = self.seq;
        editor.typed = mine;
        for (field, theirs) in theirs {
            let mine = editor.typed.get(field).cloned().unwrap_or_default();
            editor.typed.insert(field.clone(), format!("{theirs}{mine}"));
        }
        self.send_draft(who);
    }

    fn keep(&mut self, who: usize, fields: Fields) {
        self.seq += 1;
        self.fields.clone_from(&fields);
        self.history.push(fields.clone());
        let editor = &mut self.editors[who];
        editor.seq = self.seq;
        editor.opened = fields.clone();
        editor.typed = fields;
        editor.draft = None; // settled in the transaction of the facts
        editor.under_way.clear();
    }

    /// The page is gone and comes back with what its computer kept: the last it sent, whether it arrived or not.
    fn crash(&mut self, who: usize) {
        let editor = &mut self.editors[who];
        let local = editor
            .under_way
            .iter()
            .max_by_key(|one| one.number)
            .map(|one| (one.number, one.base_seq, one.fields.clone()));
        let server = editor.draft.as_ref().map(|one| (one.number, one.base_seq, one.fields.clone()));
        let Some((_, base_seq, fields)) = local.into_iter().chain(server).max_by_key(|(number, ..)| *number)
        else {
            editor.opened = self.fields.clone();
            editor.typed = self.fields.clone();
            editor.seq = self.seq;
            return;
        };
        editor.seq = base_seq;
        editor.opened =
            self.history[usize::try_from(base_seq).expect("an entry is no negative number")].clone();
        editor.typed = fields;
    }

    fn is_somewhere(&self, token: &str) -> bool {
        let held = |fields: &Fields| fields.values().any(|text| text.contains(token));
        self.history.iter().any(held)
            || self.editors.iter().any(|editor| {
                held(&editor.typed)
                    || editor.draft.as_ref().is_some_and(|draft| held(&draft.fields))
                    || editor.under_way.iter().any(|one| held(&one.fields))
            })
    }
}

#[test]
fn two_editors_lose_no_text_and_merge_no_risk_in_silence() {
    let more: u64 = std::env::var("ANSWERABLE_SOAK").ok().and_then(|n| n.parse().ok()).unwrap_or(1);
    let mut conflicts = 0;
    for seed in 0..RUNS * more {
        let mut dice = Dice(seed);
        let mut world = World::new();
        for _ in 0..24 {
            world.step(&mut dice);
        }
        for token in 1..=world.tokens {
            assert!(world.is_somewhere(&format!(" t{token};")), "seed {seed}: t{token} is lost");
        }
        conflicts += world.conflicts;
    }
    println!("{} interleavings, {conflicts} times two people had to decide", RUNS * more);
    assert!(conflicts > 100, "the runs never met: {conflicts}");
}

//! The audit of one table against everything that was printed before, and the hiding that it calls for.
//!
//! What must not be found out is a *secret*: every hidden place of every edition, and every increment, that is, what
//! subtracting overlapping editions would lay bare. For each the least and the most that it can be are two linear
//! programs. Where they lie too close together, a third finds the cheapest change of the table to come that moves the
//! secret far enough and leaves everything printed before as it is; the places that this change touches are hidden.
//! That is the linear form of the cell suppression problem (Fischetti and Salazar-González, “Models and algorithms for
//! optimizing cell suppression in tabular data with linear constraints”, JASA 95, 2000).
//!
//! Hiding never narrows anything, so each secret is looked at once, and no secret can be looked at for ever.

use std::collections::{BTreeMap, BTreeSet};

use microlp::ComparisonOp;

use crate::{
    knowledge::{Knowledge, Place, Relation},
    program::{Counts, End, Groups, Line, Program, Unsolved, equation, holds, real, same, total, whole},
    table::Position,
};

/// What must not be found out, and between which proved counts it may lie.
struct Secret {
    members: Vec<usize>,
    /// The place of an edition that it is; an increment is none.
    place: Option<usize>,
    proved: Option<(f64, f64)>,
}

/// A secret that what was printed before gives away, whatever is hidden now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lost {
    /// A hidden place, by its number among the places.
    Place(usize),
    /// An increment, by its number among the increments.
    Increment(usize),
}

/// The audit while it runs.
pub(crate) struct Audit {
    pub knowledge: Knowledge,
    secrets: Vec<Secret>,
    groups: Groups,
    width: u64,
    ceiling: u64,
    lost: Vec<Lost>,
}

impl Audit {
    /// Every hidden place and every increment must be left at least so many counts of room.
    pub fn new(knowledge: Knowledge, width: u64) -> Self {
        let groups = Groups::new(knowledge.relations(0..knowledge.editions), knowledge.unknowns);
        let ceiling = knowledge.ceiling(width);
        Self { knowledge, secrets: Vec::new(), groups, width, ceiling, lost: Vec::new() }
    }

    /// Hides what must be hidden, and gives the secrets that cannot be kept any more.
    pub fn run(&mut self) -> Result<Vec<Lost>, Unsolved> {
        let hidden: Vec<usize> = (0..self.knowledge.places.len()).collect();
        self.keep_secret(&hidden);
        let printed: BTreeSet<Vec<usize>> =
            self.knowledge.places.iter().map(|at| at.members.clone()).collect();
        for members in &self.knowledge.increments {
            // What an edition prints or hides as a place of its own is looked at as that place.
            if !printed.contains(members) {
                self.secrets.push(Secret { members: members.clone(), place: None, proved: None });
            }
        }
        // Any counts that fulfil everything: there are none if what was printed contradicts itself.
        let all: Vec<usize> = (0..self.knowledge.unknowns).collect();
        let counts = self.groups.extreme(&all, End::Least, self.ceiling)?;
        self.learn(&counts);
        self.prove_together()?;
        let mut next = 0;
        while next < self.secrets.len() {
            self.examine(next)?;
            next += 1;
        }
        Ok(std::mem::take(&mut self.lost))
    }

    /// Counts those of these places that are hidden among the secrets.
    fn keep_secret(&mut self, places: &[usize]) {
        for number in places {
            if let Some(place) = self.knowledge.places.get(*number).filter(|place| place.shown.is_none()) {
                let members = place.members.clone();
                self.secrets.push(Secret { members, place: Some(*number), proved: None });
            }
        }
    }

    fn room(&self) -> f64 {
        real(self.width)
    }

    fn is_kept(&self, secret: &Secret) -> bool {
        secret.proved.is_some_and(|(least, most)| most - least >= self.room())
    }

    fn is_number_kept(&self, number: usize) -> bool {
        self.secrets.get(number).is_none_or(|secret| self.is_kept(secret))
    }

    /// Most secrets have room, and one program shows it of many: of as many as share no cell.
    fn prove_together(&mut self) -> Result<(), Unsolved> {
        let mut tried = BTreeSet::new();
        loop {
            let (mut sum, mut taken) = (Vec::new(), BTreeSet::new());
            for (number, secret) in self.secrets.iter().enumerate() {
                let cell = |member: &usize| self.knowledge.cells.get(*member).copied();
                let cells: BTreeSet<usize> = secret.members.iter().filter_map(cell).collect();
                if !tried.contains(&number) && !self.is_kept(secret) && taken.is_disjoint(&cells) {
                    tried.insert(number);
                    taken.extend(cells);
                    sum.extend(&secret.members);
                }
            }
            if sum.is_empty() {
                return Ok(());
            }
            for end in [End::Most, End::Least] {
                let counts = self.groups.extreme(&sum, end, self.ceiling)?;
                self.learn(&counts);
            }
        }
    }

    fn examine(&mut self, number: usize) -> Result<(), Unsolved> {
        let Some(secret) = self.secrets.get(number) else { return Ok(()) };
        let (members, is_increment) = (secret.members.clone(), secret.place.is_none());
        if self.is_kept(secret) {
            return Ok(());
        }
        let least = self.groups.extreme(&members, End::Least, self.ceiling)?;
        let lowest = total(&members, &least);
        // An increment that is no small number may be known: nobody hid it. Here alone the solver’s word is taken, that
        // there is nothing smaller.
        if is_increment && lowest.is_some_and(|lowest| lowest >= self.room()) {
            return Ok(());
        }
        self.learn(&least);
        let most = self.groups.extreme(&members, End::Most, self.ceiling)?;
        self.learn(&most);
        if self.is_number_kept(number) {
            return Ok(());
        }
        self.widen(number, &members)
    }

    /// Widens what every secret may be by counts that fulfil every equation. A secret is a whole number: where the answer
    /// is a fraction, it may be the next whole number inwards.
    fn learn(&mut self, counts: &Counts) {
        for secret in &mut self.secrets {
            if let Some(sum) = total(&secret.members, counts) {
                let (above, below) = whole(sum);
                let (least, most) = secret.proved.unwrap_or((above, below));
                secret.proved = Some((least.min(above), most.max(below)));
            }
        }
    }

    /// Hides until the secret has room, first above what it may be now, then wherever there is any.
    fn widen(&mut self, number: usize, members: &[usize]) -> Result<(), Unsolved> {
        let width = self.room();
        let proved = |audit: &Self| audit.secrets.get(number).and_then(|secret| secret.proved);
        if let Some((least, _)) = proved(self) {
            self.move_to(members, ComparisonOp::Ge, least + width)?;
        }
        if self.is_number_kept(number) {
            return Ok(());
        }
        // What the secret may be if everything were hidden now: from one end of that to as far above as it must be.
        let free = Groups::new(self.earlier(), self.knowledge.unknowns);
        let lowest = free.extreme(members, End::Least, self.ceiling)?;
        let highest = free.extreme(members, End::Most, self.ceiling)?;
        let ends = total(members, &lowest).zip(total(members, &highest));
        if ends.is_some_and(|(least, most)| whole(most).1 - whole(least).0 < width) {
            self.lose(number, members);
            return Ok(());
        }
        if let Some((least, _)) = ends {
            self.move_to(members, ComparisonOp::Le, least)?;
            self.move_to(members, ComparisonOp::Ge, least + width)?;
        }
        if !self.is_number_kept(number) {
            self.hide_everything();
            self.learn(&lowest);
            self.learn(&highest);
        }
        if !self.is_number_kept(number) {
            self.lose(number, members);
        }
        Ok(())
    }

    fn lose(&mut self, number: usize, members: &[usize]) {
        let place = self.secrets.get(number).and_then(|secret| secret.place).map(Lost::Place);
        let increment = self.knowledge.increments.iter().position(|own| own == members);
        self.lost.extend(place.or(increment.map(Lost::Increment)));
    }

    /// The last resort, and always safe: a table that shows nothing tells nothing.
    fn hide_everything(&mut self) {
        let is_shown = |place: &Place| self.knowledge.is_new(place) && place.shown.is_some();
        let places = self.knowledge.places.iter().enumerate();
        let shown: Vec<usize> =
            places.filter(|(_, place)| is_shown(place)).map(|(number, _)| number).collect();
        self.hide(&shown);
    }

    fn earlier(&self) -> Vec<Relation> {
        self.knowledge.relations(0..self.knowledge.editions.saturating_sub(1))
    }

    /// Hides the cheapest places of the table to come with which the secret can be there; nothing if it cannot.
    fn move_to(&mut self, members: &[usize], comparison: ComparisonOp, sum: f64) -> Result<(), Unsolved> {
        let change = change(self, members, comparison, sum);
        let counts: Counts = match change.cheapest() {
            Ok(values) => (0..self.knowledge.unknowns).zip(values).collect(),
            Err(Unsolved::Impossible) => return Ok(()),
            Err(broken @ Unsolved::Broken(_)) => return Err(broken),
        };
        if !self.earlier().iter().all(|relation| holds(relation, &counts)) {
            return Ok(());
        }
        let mut hidden = Vec::new();
        for (number, place) in self.knowledge.places.iter().enumerate() {
            let sum = total(&place.members, &counts);
            let moved = place.shown.zip(sum).is_some_and(|(shown, sum)| !same(real(shown), sum));
            if self.knowledge.is_new(place) && moved {
                hidden.push(number);
            }
        }
        self.hide(&hidden);
        self.learn(&counts);
        Ok(())
    }

    /// Hides places of the table to come.
    pub fn hide(&mut self, places: &[usize]) {
        for number in places {
            if let Some(place) = self.knowledge.places.get_mut(*number) {
                place.shown = None;
            }
        }
        self.keep_secret(places);
        self.groups =
            Groups::new(self.knowledge.relations(0..self.knowledge.editions), self.knowledge.unknowns);
    }
}

/// A program that may change what the table to come shows, at a price, so that the secret can be there.
fn change(audit: &Audit, members: &[usize], comparison: ComparisonOp, sum: f64) -> Program {
    let knowledge = &audit.knowledge;
    let own: BTreeMap<usize, usize> = (0..knowledge.unknowns).map(|unknown| (unknown, unknown)).collect();
    let mut program = Program {
        variables: vec![(0.0, real(audit.ceiling)); knowledge.unknowns],
        lines: audit.earlier().iter().map(|relation| equation(relation, &own)).collect(),
    };
    let terms = members.iter().map(|member| (*member, 1.0)).collect();
    program.lines.push(Line { terms, comparison, sum });
    let new: Vec<&Place> = knowledge.places.iter().filter(|place| knowledge.is_new(place)).collect();
    // Each cell is a variable of its own, so that a total adds up few terms.
    let mut cells = BTreeMap::new();
    for place in &new {
        if let Position::Cell { row, column } = place.position {
            let cell = variable(&mut program, 0.0, f64::INFINITY);
            cells.insert((row, column), cell);
            let members = place.members.iter().map(|member| (*member, 1.0));
            let terms = members.chain([(cell, -1.0)]).collect();
            program.lines.push(Line { terms, comparison: ComparisonOp::Eq, sum: 0.0 });
        }
    }
    for place in new {
        let Some(shown) = place.shown else { continue };
        let price = price(knowledge, place.position, shown);
        let less = variable(&mut program, price, real(shown));
        let more = variable(&mut program, price, f64::INFINITY);
        let covered = cells.iter().filter(|((row, column), _)| place.position.covers(*row, *column));
        let terms = covered.map(|(_, cell)| (*cell, 1.0)).chain([(less, 1.0), (more, -1.0)]);
        program.lines.push(Line { terms: terms.collect(), comparison: ComparisonOp::Eq, sum: real(shown) });
    }
    program
}

fn variable(program: &mut Program, cost: f64, most: f64) -> usize {
    program.variables.push((cost, most));
    program.variables.len() - 1
}

/// What it costs to hide a number: its length in binary, since a reader misses a large one more; a total thrice that; a tenth
/// if the place was hidden before, since then a reader has nothing to subtract from.
fn price(knowledge: &Knowledge, position: Position, shown: u64) -> f64 {
    let length = f64::from(u64::BITS - shown.leading_zeros()) + 1.0;
    let dear = if position.is_total() { 3.0 } else { 1.0 };
    let again = if knowledge.was_hidden_before(position) { 0.1 } else { 1.0 };
    length * dear * again
}

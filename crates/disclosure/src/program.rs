//! Linear programs: the least and the most that a hidden sum can be, given what is shown.
//!
//! The solver works in floating point and may err, so its word is not taken for safety: what it answers is put into every
//! equation again. Two answers that pass and lie far enough apart prove that a reader’s own program leaves that room. The
//! counts of an answer are nearly always whole; where the corner that the solver finds is not, a reader’s program has it
//! too, and only the whole numbers within are taken from it.

use std::collections::{BTreeMap, BTreeSet};

use microlp::{ComparisonOp, Error, OptimizationDirection, Problem};

use crate::knowledge::Relation;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unsolved {
    /// Nothing fulfils all equations.
    Impossible,
    /// The solver gave up; its own words.
    Broken(String),
}

/// One line of a linear program: these variables, so much of each, at least, at most or exactly this.
pub(crate) struct Line {
    pub terms: Vec<(usize, f64)>,
    pub comparison: ComparisonOp,
    pub sum: f64,
}

/// How far an equation may be off. Corners of these programs are whole or simple fractions, and counts far larger.
const OFF: f64 = 1e-6;

/// A linear program: what each variable costs and the most it can be (the least is nought), and the lines.
pub(crate) struct Program {
    pub variables: Vec<(f64, f64)>,
    pub lines: Vec<Line>,
}

impl Program {
    /// The cheapest values, snapped to whole numbers where they are as good as whole.
    pub fn cheapest(&self) -> Result<Vec<f64>, Unsolved> {
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let names: Vec<_> =
            self.variables.iter().map(|(cost, most)| problem.add_var(*cost, (0.0, *most))).collect();
        for line in &self.lines {
            let name = |(index, factor): &(usize, f64)| names.get(*index).map(|name| (*name, *factor));
            let terms: Vec<_> = line.terms.iter().filter_map(name).collect();
            problem.add_constraint(terms, line.comparison, line.sum);
        }
        let outcome = problem.solve().map_err(|error| match error {
            Error::Infeasible => Unsolved::Impossible,
            other => Unsolved::Broken(other.to_string()),
        })?;
        let solution =
            outcome.into_solution().map_err(|_| Unsolved::Broken("no answer in time".to_owned()))?;
        Ok(names.into_iter().map(|name| snapped(solution.var_value(name))).collect())
    }
}

/// Whether two sums are the same number.
pub(crate) fn same(one: f64, other: f64) -> bool {
    (one - other).abs() <= OFF
}

/// The whole numbers next above and next below a sum: twice the same where it is whole.
pub(crate) fn whole(sum: f64) -> (f64, f64) {
    ((sum - OFF).ceil(), (sum + OFF).floor())
}

fn snapped(value: f64) -> f64 {
    if same(value, value.round()) { value.round() } else { value }
}

/// Which end of what is possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// The smallest sum.
    Least,
    /// The greatest sum.
    Most,
}

/// Counts for some of the unknowns.
pub(crate) type Counts = BTreeMap<usize, f64>;

/// The equations, in groups that share no unknown: what one group allows does not depend on another.
pub(crate) struct Groups {
    relations: Vec<Relation>,
    group_of: Vec<usize>,
}

impl Groups {
    /// Sorts equations over so many unknowns into groups.
    pub fn new(relations: Vec<Relation>, unknowns: usize) -> Self {
        let mut parent: Vec<usize> = (0..unknowns).collect();
        for relation in &relations {
            for pair in relation.members.windows(2) {
                if let [one, other] = pair {
                    let (one, other) = (root(&mut parent, *one), root(&mut parent, *other));
                    set(&mut parent, one.max(other), one.min(other));
                }
            }
        }
        let group_of = (0..unknowns).map(|unknown| root(&mut parent, unknown)).collect();
        Self { relations, group_of }
    }

    fn group(&self, unknown: usize) -> usize {
        self.group_of.get(unknown).copied().unwrap_or(unknown)
    }

    /// Counts that fulfil every equation in the groups of these unknowns, with the sum of these at one end. Groups in which
    /// the solver’s answer does not pass are left out. No unknown is larger than `ceiling`.
    pub fn extreme(&self, sum: &[usize], end: End, ceiling: u64) -> Result<Counts, Unsolved> {
        let touched: BTreeSet<usize> = sum.iter().map(|unknown| self.group(*unknown)).collect();
        let wanted: BTreeSet<usize> = sum.iter().copied().collect();
        let mut counts = Counts::new();
        for group in touched {
            counts.extend(self.extreme_of(group, &wanted, end, ceiling)?.unwrap_or_default());
        }
        Ok(counts)
    }

    fn extreme_of(
        &self,
        group: usize,
        wanted: &BTreeSet<usize>,
        end: End,
        ceiling: u64,
    ) -> Result<Option<Counts>, Unsolved> {
        let unknowns: Vec<usize> =
            (0..self.group_of.len()).filter(|unknown| self.group(*unknown) == group).collect();
        let local: BTreeMap<usize, usize> =
            unknowns.iter().enumerate().map(|(index, unknown)| (*unknown, index)).collect();
        let own = self
            .relations
            .iter()
            .filter(|relation| relation.members.first().is_some_and(|first| self.group(*first) == group));
        let cost = if end == End::Least { 1.0 } else { -1.0 };
        let variable = |unknown| (if wanted.contains(unknown) { cost } else { 0.0 }, real(ceiling));
        let program = Program {
            variables: unknowns.iter().map(variable).collect(),
            lines: own.clone().map(|relation| equation(relation, &local)).collect(),
        };
        let counts: Counts = unknowns.iter().copied().zip(program.cheapest()?).collect();
        Ok(own.clone().all(|relation| holds(relation, &counts)).then_some(counts))
    }
}

/// The equation as a line of a program, by the program’s own numbers.
pub(crate) fn equation(relation: &Relation, local: &BTreeMap<usize, usize>) -> Line {
    let terms = relation.members.iter().filter_map(|member| local.get(member)).map(|index| (*index, 1.0));
    Line { terms: terms.collect(), comparison: ComparisonOp::Eq, sum: real_signed(relation.sum) }
}

/// Whether counts fulfil an equation, none below nought and none missing.
pub(crate) fn holds(relation: &Relation, counts: &Counts) -> bool {
    let values = relation.members.iter().map(|member| counts.get(member).copied());
    let sum = values.sum::<Option<f64>>();
    let no_less = relation.members.iter().all(|member| counts.get(member).is_some_and(|value| *value >= 0.0));
    no_less && sum.is_some_and(|sum| same(sum, real_signed(relation.sum)))
}

/// What counts add up to over these unknowns; `None` if one is missing.
pub(crate) fn total(members: &[usize], counts: &Counts) -> Option<f64> {
    members.iter().map(|member| counts.get(member).copied()).sum()
}

#[expect(clippy::cast_precision_loss, reason = "sums of counts stay far below 2^53")]
pub(crate) fn real(count: u64) -> f64 {
    count as f64
}

#[expect(clippy::cast_precision_loss, reason = "sums of counts stay far below 2^53")]
pub(crate) fn real_signed(count: i64) -> f64 {
    count as f64
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while let Some(up) = parent.get(at).copied() {
        if up == at {
            break;
        }
        let above = parent.get(up).copied().unwrap_or(up);
        set(parent, at, above);
        at = above;
    }
    at
}

fn set(parent: &mut [usize], at: usize, to: usize) {
    if let Some(place) = parent.get_mut(at) {
        *place = to;
    }
}

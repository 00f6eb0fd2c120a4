//! What a reader knows who has kept every edition: sums of counts that nobody printed one by one.
//!
//! Areas and months that no edition tells apart are one *piece*. The unknowns are the counts of each piece, by row and
//! column; every place of every edition is a sum of them; every number that is shown is an equation. Twelve rolling
//! months and their successor make three pieces: the month that left, the eleven between, the month that came.
//!
//! A count that was corrected between two editions is two unknowns, one for each of its values; months in which something
//! was corrected are pieces apart from those that stayed as they were. So the true counts always fulfil every equation, and
//! whatever was not corrected holds the editions together.

use std::collections::{BTreeMap, BTreeSet};

use crate::{published::Published, table::Position};

/// One place of one edition: the unknowns that it adds up, and the number if it is shown.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub edition: usize,
    pub position: Position,
    pub members: Vec<usize>,
    pub shown: Option<u64>,
}

/// These unknowns add up to this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Relation {
    pub members: Vec<usize>,
    pub sum: i64,
}

/// All editions, the one to come last.
#[derive(Clone, Debug)]
pub(crate) struct Knowledge {
    /// How many unknowns there are.
    pub unknowns: usize,
    /// For each unknown the cell that it is a piece of.
    pub cells: Vec<usize>,
    /// Every place of every edition, in the order of editions.
    pub places: Vec<Place>,
    /// What subtracting editions could lay bare: the pieces by row and column, and their totals where totals are printed.
    pub increments: Vec<Vec<usize>>,
    /// How many editions there are.
    pub editions: usize,
}

/// A piece, a row, a column, and which of the values that were counted there.
type Unknowns<'a> = BTreeMap<(usize, &'a str, &'a str, usize), usize>;

/// An edition, a row and a column.
type Count<'a> = (usize, &'a str, &'a str);

/// Where an edition has another value than the first that was counted: which one.
type Corrected<'a> = BTreeMap<Count<'a>, usize>;

/// An area in a month.
type Part<'a> = (&'a str, i32);

/// The editions that have a part, and what was corrected in it.
type Kept<'a> = (Vec<usize>, Corrected<'a>);

/// The pieces of all editions.
struct Pieces<'a> {
    /// For each edition its pieces.
    own: Vec<Vec<usize>>,
    /// For each piece what was corrected in it.
    corrected: Vec<Corrected<'a>>,
}

impl Pieces<'_> {
    /// Which of the values of a count an edition has.
    fn value(&self, piece: usize, count: Count<'_>) -> usize {
        self.corrected.get(piece).and_then(|corrected| corrected.get(&count)).copied().unwrap_or_default()
    }
}

impl Knowledge {
    /// Reads the editions; the last is the one that is to be protected.
    pub fn new(editions: &[&Published]) -> Self {
        let pieces = pieces(editions);
        let mut unknowns = Unknowns::new();
        for (number, (edition, own)) in editions.iter().zip(&pieces.own).enumerate() {
            for piece in own {
                for row in &edition.rows {
                    for column in &edition.columns {
                        let next = unknowns.len();
                        let value = pieces.value(*piece, (number, row, column));
                        unknowns.entry((*piece, row, column, value)).or_insert(next);
                    }
                }
            }
        }
        let mut cells = vec![0; unknowns.len()];
        let mut names = BTreeMap::new();
        for ((_, row, column, _), unknown) in &unknowns {
            let next = names.len();
            let name = *names.entry((*row, *column)).or_insert(next);
            if let Some(cell) = cells.get_mut(*unknown) {
                *cell = name;
            }
        }
        let mut places = Vec::new();
        for (number, (edition, own)) in editions.iter().zip(&pieces.own).enumerate() {
            for (position, shown) in &edition.printed {
                let members = members((number, edition), own, (&pieces, &unknowns), *position);
                places.push(Place { edition: number, position: *position, members, shown: *shown });
            }
        }
        let increments = increments(editions, &pieces, &unknowns);
        Self { unknowns: unknowns.len(), cells, places, increments, editions: editions.len() }
    }

    /// Whether a place is in the edition that is to be protected.
    pub fn is_new(&self, place: &Place) -> bool {
        place.edition + 1 == self.editions
    }

    /// Whether an earlier edition hid the place that stands there; tables of one kind have the same rows and columns.
    pub fn was_hidden_before(&self, position: Position) -> bool {
        self.places
            .iter()
            .any(|place| !self.is_new(place) && place.position == position && place.shown.is_none())
    }

    /// More than any unknown need ever be: every number shown, and room above for those that nothing bounds.
    pub fn ceiling(&self, room: u64) -> u64 {
        self.places.iter().filter_map(|place| place.shown).max().unwrap_or(0) + room
    }

    /// The equations, without what follows from the others: a shown total is what it leaves for the cells that are hidden.
    pub fn relations(&self, editions: std::ops::Range<usize>) -> Vec<Relation> {
        editions.flat_map(|edition| self.relations_of(edition)).collect()
    }

    fn relations_of(&self, edition: usize) -> Vec<Relation> {
        let places: BTreeMap<Position, &Place> = self
            .places
            .iter()
            .filter(|place| place.edition == edition)
            .map(|place| (place.position, place))
            .collect();
        let mut relations = Vec::new();
        for (position, place) in &places {
            let Some(sum) = place.shown else { continue };
            let relation = match position {
                Position::Cell { .. } => Some(Relation { members: place.members.clone(), sum: signed(sum) }),
                Position::GrandTotal => {
                    let ways = [rest_of_all(&places, sum, true), rest_of_all(&places, sum, false)];
                    ways.into_iter().min_by_key(|way| way.members.len())
                }
                _ => Some(rest(&places, |at| position.covers(at.0, at.1), sum)),
            };
            relations.extend(relation.filter(|relation| !relation.members.is_empty()));
        }
        relations
    }
}

/// What a total leaves for the cells that it covers and that are hidden.
fn rest(places: &BTreeMap<Position, &Place>, covers: impl Fn((usize, usize)) -> bool, sum: u64) -> Relation {
    let mut relation = Relation { members: Vec::new(), sum: signed(sum) };
    for (position, place) in places {
        let Position::Cell { row, column } = *position else { continue };
        if !covers((row, column)) {
            continue;
        }
        match place.shown {
            Some(shown) => relation.sum -= signed(shown),
            None => relation.members.extend(&place.members),
        }
    }
    relation.members.sort_unstable();
    relation
}

/// What the grand total leaves once the row totals (or the column totals) that are shown are taken away.
fn rest_of_all(places: &BTreeMap<Position, &Place>, sum: u64, by_row: bool) -> Relation {
    let mut known = BTreeSet::new();
    let mut left = signed(sum);
    for (position, place) in places {
        let line = match position {
            Position::RowTotal { row } if by_row => *row,
            Position::ColumnTotal { column } if !by_row => *column,
            _ => continue,
        };
        if let Some(shown) = place.shown {
            known.insert(line);
            left -= signed(shown);
        }
    }
    let relation = rest(places, |at| !known.contains(if by_row { &at.0 } else { &at.1 }), 0);
    Relation { members: relation.members, sum: relation.sum + left }
}

/// Counts are below a thousand million each (`table::LARGEST`), so that their sums fit.
pub(crate) fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Parts that are in the same editions, and in which the same was corrected between them, are one piece.
fn pieces<'a>(editions: &[&'a Published]) -> Pieces<'a> {
    let mut values: BTreeMap<(Part<'_>, &str, &str), Vec<u64>> = BTreeMap::new();
    let mut kept_by: BTreeMap<Part<'_>, Kept<'a>> = BTreeMap::new();
    for (number, edition) in editions.iter().copied().enumerate() {
        for part in edition.scope.parts() {
            let (kept, corrected) = kept_by.entry(part).or_default();
            kept.push(number);
            let Some(behind) = edition.scope.behind() else { continue };
            for row in edition.rows.iter().map(String::as_str) {
                for column in edition.columns.iter().map(String::as_str) {
                    let count = behind.count(part, (row, column));
                    let known = values.entry((part, row, column)).or_default();
                    let at = known.iter().position(|one| *one == count).unwrap_or(known.len());
                    if at == known.len() {
                        known.push(count);
                    }
                    if at > 0 {
                        corrected.insert((number, row, column), at);
                    }
                }
            }
        }
    }
    let distinct: BTreeSet<Kept<'a>> = kept_by.into_values().collect();
    let mut pieces = Pieces { own: vec![Vec::new(); editions.len()], corrected: Vec::new() };
    for (piece, (in_editions, corrected)) in distinct.into_iter().enumerate() {
        for (number, own) in pieces.own.iter_mut().enumerate() {
            if in_editions.contains(&number) {
                own.push(piece);
            }
        }
        pieces.corrected.push(corrected);
    }
    pieces
}

fn members(
    (number, edition): (usize, &Published),
    own: &[usize],
    (pieces, unknowns): (&Pieces<'_>, &Unknowns<'_>),
    position: Position,
) -> Vec<usize> {
    let mut members = Vec::new();
    for (row, row_name) in edition.rows.iter().enumerate() {
        for (column, column_name) in edition.columns.iter().enumerate() {
            if position.covers(row, column) {
                let value = |piece: &usize| pieces.value(*piece, (number, row_name, column_name));
                let own = own.iter().filter_map(|piece| {
                    unknowns.get(&(*piece, row_name.as_str(), column_name.as_str(), value(piece)))
                });
                members.extend(own.copied());
            }
        }
    }
    members.sort_unstable();
    members
}

/// What each piece would print in the shape of the editions that have it, each sum once.
fn increments(editions: &[&Published], pieces: &Pieces<'_>, unknowns: &Unknowns<'_>) -> Vec<Vec<usize>> {
    let mut found = BTreeSet::new();
    for (number, (edition, own)) in editions.iter().zip(&pieces.own).enumerate() {
        for piece in own {
            for position in edition.printed.keys() {
                found.insert(members((number, edition), &[*piece], (pieces, unknowns), *position));
            }
        }
    }
    found.into_iter().collect()
}

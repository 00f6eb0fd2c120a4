//! Nobody finds a small number: random tables, and 36 rolling editions of one, attacked by a linear program that knows
//! nothing of the rules. A slice runs always; all of it with `ANSWERABLE_SOAK=1`.

mod chance;
mod reader;

use std::collections::BTreeMap;

use chance::{Chance, named};
use disclosure::{Parts, Position, Printed, Protected, Published, Scope, THRESHOLD, Table, protect};
use reader::Reader;

/// A hidden number must have this much room (MEASURES 3).
const ROOM: f64 = 5.0;

fn is_soak() -> bool {
    std::env::var("ANSWERABLE_SOAK").is_ok_and(|text| !text.is_empty() && text != "0")
}

/// How many cells there are, how many are small, how many are hidden, and how many would be if every row with a small number were.
#[derive(Default)]
struct Share {
    cells: usize,
    small: usize,
    hidden: usize,
    with_whole_rows: usize,
}

impl Share {
    fn count(&mut self, table: &Table, protected: &Protected) {
        let is_hidden = |at: &Position| matches!(protected.at(*at), Some(Printed::Hidden(_)));
        let is_small = |at: &Position| table.count(*at).is_some_and(|count| count < THRESHOLD);
        let mut rows = 0;
        for row in 0..table.rows().len() {
            let cells: Vec<Position> =
                (0..table.columns().len()).map(|column| Position::Cell { row, column }).collect();
            self.cells += cells.len();
            self.hidden += cells.iter().filter(|at| is_hidden(at)).count();
            self.small += cells.iter().filter(|at| is_small(at)).count();
            if cells.iter().any(is_small) {
                rows += 1;
            }
        }
        // One hidden row is what the others leave of the column totals: a second has to go with it.
        let rows = if rows == 1 { 2 } else { rows };
        self.with_whole_rows += rows * table.columns().len();
    }

    fn tell(&self, what: &str) {
        let percent = |part: usize| 100 * part / self.cells.max(1);
        println!(
            "{what}: {} cells, {} % small, {} % hidden; {} % if whole rows were",
            self.cells,
            percent(self.small),
            percent(self.hidden),
            percent(self.with_whole_rows)
        );
    }
}

/// What readers get to see.
fn printed(protected: &Protected) -> Vec<(Position, Option<u64>)> {
    let seen = |printed| if let Printed::Shown(count) = printed { Some(count) } else { None };
    protected.places().map(|(position, printed)| (position, seen(printed))).collect()
}

#[test]
fn no_small_number_of_a_table_is_found() {
    let tables = if is_soak() { 1_000 } else { 120 };
    let mut share = Share::default();
    let mut attacked = 0;
    for seed in 0..tables {
        let table = Chance(seed).table();
        let scope = Scope::new(&["Scotland"], 1, 1).unwrap();
        let protected = protect(&table, &scope, &[], THRESHOLD).unwrap();
        assert_eq!(protected.lost(), [] as [String; 0], "seed {seed}");
        let mut reader = Reader::new(1, table.rows().len(), table.columns().len());
        reader.reads(&printed(&protected), &table, &[0]);
        assert_eq!(reader.attack(ROOM), [] as [String; 0], "seed {seed}");
        attacked += reader.hidden.len();
        share.count(&table, &protected);
    }
    println!("{tables} tables: {attacked} hidden numbers attacked, none found");
    share.tell("random tables");
    assert!(share.hidden < share.with_whole_rows, "hiding cells must leave more than hiding rows");
}

/// The attack is one: it finds most of what hiding only the small numbers leaves, and some of what the usual rule leaves
/// (one more in each row and column where a single number is hidden; MEASURES 3 says that it leaks).
#[test]
fn the_usual_rules_are_found_out() {
    let (mut small_only, mut one_more) = (0, 0);
    for seed in 0..60 {
        let table = Chance(seed).table();
        let mut shown: BTreeMap<Position, Option<u64>> =
            table.counts().map(|(at, count)| (at, Some(count).filter(|count| *count >= THRESHOLD))).collect();
        small_only += usize::from(!alone(&shown, &table).attack(ROOM).is_empty());
        hide_one_more(&mut shown, &table);
        one_more += usize::from(!alone(&shown, &table).attack(ROOM).is_empty());
    }
    println!(
        "of 60 tables, {small_only} leak if only small numbers are hidden, {one_more} by the usual rule"
    );
    assert!(small_only > 30 && one_more > 0);
}

fn alone(shown: &BTreeMap<Position, Option<u64>>, table: &Table) -> Reader {
    let mut reader = Reader::new(1, table.rows().len(), table.columns().len());
    let shown: Vec<_> = shown.iter().map(|(at, count)| (*at, *count)).collect();
    reader.reads(&shown, table, &[0]);
    reader
}

/// Hides the smallest cell of each row and column in which one alone is hidden, until there is none.
fn hide_one_more(shown: &mut BTreeMap<Position, Option<u64>>, table: &Table) {
    let (rows, columns) = (table.rows().len(), table.columns().len());
    let row = |row| (0..columns).map(|column| Position::Cell { row, column }).collect::<Vec<_>>();
    let column = |column| (0..rows).map(|row| Position::Cell { row, column }).collect::<Vec<_>>();
    let lines: Vec<_> = (0..rows).map(row).chain((0..columns).map(column)).collect();
    loop {
        let lonely = |line: &&Vec<Position>| line.iter().filter(|at| shown[at].is_none()).count() == 1;
        let Some(line) = lines.iter().find(lonely) else { return };
        let Some(at) = line.iter().filter(|at| shown[at].is_some()).min_by_key(|at| shown[at]) else {
            return;
        };
        shown.insert(*at, None);
    }
}

/// Counts by month, row and column: each cell has its own rate, so that some are always few and some never.
fn months(chance: &mut Chance, months: usize, rows: usize, columns: usize) -> Vec<Vec<Vec<u64>>> {
    let rates: Vec<Vec<u64>> = (0..rows)
        .map(|_| {
            (0..columns)
                .map(|_| [1, 2, 3, 8, 20][usize::try_from(chance.below(5)).expect("below five")])
                .collect()
        })
        .collect();
    let month = |chance: &mut Chance| {
        rates.iter().map(|line| line.iter().map(|rate| chance.below(rate + 1)).collect()).collect()
    };
    (0..months).map(|_| month(chance)).collect()
}

fn added(months: &[Vec<Vec<u64>>]) -> Vec<Vec<u64>> {
    let (rows, columns) = (months[0].len(), months[0][0].len());
    let cell = |row: usize, column: usize| months.iter().map(|month| month[row][column]).sum();
    (0..rows).map(|row| (0..columns).map(|column| cell(row, column)).collect()).collect()
}

fn sum(months: &[Vec<Vec<u64>>]) -> Table {
    named(&added(months)).with_all_totals()
}

/// Editions that each count so many months, one month later each time.
struct Rolling {
    truth: Vec<Vec<Vec<u64>>>,
    editions: usize,
    window: usize,
}

impl Rolling {
    fn new(seed: u64, editions: usize, window: usize, (rows, columns): (usize, usize)) -> Self {
        Self { truth: months(&mut Chance(seed), editions + window - 1, rows, columns), editions, window }
    }

    /// Publishes one edition after the other, each protected from so many of those before it, and gives a reader of all.
    fn publish(&self, before: usize, share: &mut Share) -> Reader {
        let mut published: Vec<Published> = Vec::new();
        let mut reader = Reader::new(self.truth.len(), self.truth[0].len(), self.truth[0][0].len());
        for edition in 0..self.editions {
            let own = edition..edition + self.window;
            let table = sum(&self.truth[own.clone()]);
            let month = |at: usize| i32::try_from(at).expect("few months");
            let scope = Scope::new(&["Scotland"], month(own.start), month(own.end) - 1).expect("a scope");
            let earlier = &published[edition.saturating_sub(before)..];
            let protected = protect(&table, &scope, earlier, THRESHOLD).expect("it can be");
            assert_eq!(protected.lost(), [] as [String; 0], "edition {edition}");
            published.push(protected.published());
            share.count(&table, &protected);
            reader.reads(&printed(&protected), &table, &own.collect::<Vec<_>>());
        }
        reader.wonders(&self.truth);
        reader
    }
}

/// Publishes all editions, each protected from all before it, and attacks them together at the end.
fn roll(seed: u64, editions: usize, window: usize, shape: (usize, usize)) {
    let mut hiding = Share::default();
    let reader = Rolling::new(seed, editions, window, shape).publish(editions, &mut hiding);
    assert_eq!(reader.attack(ROOM), [] as [String; 0], "seed {seed}");
    println!(
        "{editions} editions of {window} months: {} hidden numbers attacked, none found",
        reader.hidden.len()
    );
    hiding.tell("rolling editions");
}

/// The attack finds what differencing gives where each edition is protected as if it were the only one.
#[test]
fn editions_protected_one_by_one_are_found_out() {
    let reader = Rolling::new(2, 6, 12, (2, 3)).publish(0, &mut Share::default());
    let found = reader.attack(ROOM);
    println!("{} of {} hidden numbers found if editions forget each other", found.len(), reader.hidden.len());
    assert!(!found.is_empty());
}

#[test]
fn no_small_number_of_rolling_editions_is_found() {
    roll(1, 10, 6, (3, 3));
    roll(2, 10, 12, (3, 3));
    if is_soak() {
        roll(3, 36, 12, (4, 5));
    }
}

/// Months that come in one after the other and are corrected late, published by month, by quarter and as rolling sums, and
/// sometimes again where they were corrected.
struct Corrected {
    seed: u64,
    months: usize,
    window: usize,
    shape: (usize, usize),
}

impl Corrected {
    /// Publishes everything and gives a reader of all of it, and how many cells were corrected.
    fn publish(&self, share: &mut Share) -> (Reader, usize) {
        let (rows, columns) = self.shape;
        let mut chance = Chance(self.seed);
        let mut truth = months(&mut chance, self.months, rows, columns);
        let mut reader = Reader::new(self.months, rows, columns);
        let (mut published, mut corrected) = (Vec::new(), 0);
        for now in 0..self.months {
            let mut editions: Vec<_> = std::iter::once(now..now + 1).collect();
            if now > 0 && chance.below(2) == 0 {
                let late = now - 1 - usize::try_from(chance.below(6)).expect("few").min(now - 1);
                corrected += correct(&mut chance, &mut truth[late]);
                if chance.below(2) == 0 {
                    editions.push(late..late + 1);
                }
            }
            if now % 3 == 2 {
                editions.push(now - 2..now + 1);
            }
            if now + 1 >= self.window {
                editions.push(now + 1 - self.window..now + 1);
            }
            for own in editions {
                let table = sum(&truth[own.clone()]);
                let protected =
                    protect(&table, &scope_of(&truth, &own), &published, THRESHOLD).expect("it can be");
                assert_eq!(protected.lost(), [] as [String; 0], "seed {}, month {now}, {own:?}", self.seed);
                published.push(protected.published());
                share.count(&table, &protected);
                own.clone().for_each(|month| reader.counts(month, &truth[month]));
                reader.reads(&printed(&protected), &table, &own.clone().collect::<Vec<_>>());
                reader.wonders_about(&truth, own);
            }
        }
        (reader, corrected)
    }
}

/// Some cells get a few more or fewer; says how many.
fn correct(chance: &mut Chance, month: &mut [Vec<u64>]) -> usize {
    let mut corrected = 0;
    for cell in month.iter_mut().flatten() {
        if chance.below(4) == 0 {
            let was = *cell;
            *cell = (*cell + chance.below(4)).saturating_sub(chance.below(3));
            corrected += usize::from(was != *cell);
        }
    }
    corrected
}

/// The scope of months as they are counted now.
fn scope_of(truth: &[Vec<Vec<u64>>], own: &std::ops::Range<usize>) -> Scope {
    let month = |at: usize| i32::try_from(at).expect("few months");
    let mut parts = Parts::default();
    for at in own.clone() {
        let table = named(&truth[at]);
        for (position, count) in table.counts() {
            let Position::Cell { row, column } = position else { continue };
            let names = (table.rows()[row].as_str(), table.columns()[column].as_str());
            parts.add(("Scotland", month(at)), names, count);
        }
    }
    let scope = Scope::new(&["Scotland"], month(own.start), month(own.end) - 1).expect("a scope");
    scope.made_of(parts)
}

#[test]
fn no_small_number_of_corrected_editions_is_found() {
    let (histories, months, window) = if is_soak() { (12, 18, 12) } else { (6, 9, 6) };
    let mut hiding = Share::default();
    let (mut attacked, mut corrected) = (0, 0);
    for seed in 0..histories {
        let of = Corrected { seed, months, window, shape: (3, 2) };
        let (reader, cells) = of.publish(&mut hiding);
        assert_eq!(reader.attack(ROOM), [] as [String; 0], "seed {seed}");
        attacked += reader.hidden.len();
        corrected += cells;
    }
    println!(
        "{histories} histories of {months} months, {corrected} cells corrected: {attacked} hidden numbers attacked, none found"
    );
    hiding.tell("corrected editions");
    assert!(corrected > 0);
}

/// A country and its divisions, published in any order: what the parts leave of the whole is found by nobody.
#[test]
fn no_small_number_of_an_area_is_found() {
    let countries = if is_soak() { 300 } else { 30 };
    let mut hiding = Share::default();
    let mut attacked = 0;
    for seed in 0..countries {
        let mut chance = Chance(seed);
        let truth: Vec<_> = months(&mut chance, 18, 2, 3).chunks(6).map(added).collect();
        let names = ["North", "East", "West"];
        let mut scopes: Vec<Vec<usize>> = vec![vec![0], vec![1], vec![2], vec![0, 1, 2], vec![1, 2]];
        let mut reader = Reader::new(3, 2, 3);
        let mut published = Vec::new();
        while !scopes.is_empty() {
            let next = chance.below(u64::try_from(scopes.len()).expect("few"));
            let areas = scopes.swap_remove(usize::try_from(next).expect("few"));
            let parts: Vec<_> = areas.iter().map(|area| truth[*area].clone()).collect();
            let table = sum(&parts);
            let own: Vec<&str> = areas.iter().map(|area| names[*area]).collect();
            let scope = Scope::new(&own, 1, 1).expect("a scope");
            let protected = protect(&table, &scope, &published, THRESHOLD).expect("it can be");
            assert_eq!(protected.lost(), [] as [String; 0], "seed {seed}, {own:?}");
            published.push(protected.published());
            hiding.count(&table, &protected);
            reader.reads(&printed(&protected), &table, &areas);
        }
        reader.wonders(&truth);
        assert_eq!(reader.attack(ROOM), [] as [String; 0], "seed {seed}");
        attacked += reader.hidden.len();
    }
    println!("{countries} countries: {attacked} hidden numbers attacked, none found");
    hiding.tell("areas");
}

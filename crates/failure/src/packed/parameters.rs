//! The parameters of a definition, laid out so that they are found without looking for them.

use jiff::civil::Date;

use super::fact::Symbol;
use crate::{
    code::Code,
    definition::{Definition, What, Window},
};

/// The bit of every family of which the definition says nothing.
const OTHER: u64 = 1 << 63;

/// What each family is to the definition, as a bit; families are told apart only where it does.
#[derive(Debug)]
pub struct Families {
    named: Vec<String>,
    bits: Vec<u64>,
    /// Those in which a new occurrence is never failure.
    pub protected: u64,
}

impl Families {
    pub fn of(definition: &Definition) -> Self {
        let mut named: Vec<String> = definition.protected.clone();
        named.extend(definition.window.iter().filter_map(|window| window.family.clone()));
        named.sort();
        named.dedup();
        let mut families = Self { named, bits: Vec::new(), protected: 0 };
        families.protected = definition.protected.iter().map(|family| families.bit(family)).sum();
        families
    }

    /// The bit of a family by its name.
    pub fn bit(&self, family: &str) -> u64 {
        let place = self.named.iter().position(|one| one == family);
        place
            .and_then(|place| u32::try_from(place).ok())
            .and_then(|place| 1_u64.checked_shl(place))
            .unwrap_or(OTHER)
    }

    /// That of a symbol: `name` gives its name, once.
    pub fn of_symbol<'a>(&mut self, symbol: Symbol, name: impl FnOnce() -> &'a str) -> u64 {
        let Ok(place) = usize::try_from(symbol.0) else { return OTHER };
        if self.bits.len() <= place {
            self.bits.resize(place + 1, 0);
        }
        if self.bits.get(place) == Some(&0) {
            let bit = self.bit(name());
            if let Some(known) = self.bits.get_mut(place) {
                *known = bit;
            }
        }
        self.bits.get(place).copied().unwrap_or(OTHER)
    }
}

/// One parameter, for all families.
#[derive(Debug)]
pub struct Parameter {
    general: Vec<Window>,
    special: Vec<(u64, Vec<Window>)>,
    /// Where it is the same on every day.
    always: Option<Lengths>,
}

/// The lengths of the general one, and of the special ones by the bit of their family, in microseconds.
type Lengths = (Option<i64>, Vec<(u64, i64)>);

impl Parameter {
    pub fn of(definition: &Definition, families: &Families, code: Code, what: What) -> Self {
        let own = definition.window.iter().filter(|one| one.code == code && one.what == what);
        let (general, special): (Vec<Window>, Vec<Window>) =
            own.cloned().partition(|one| one.family.is_none());
        let mut by_family: Vec<(u64, Vec<Window>)> = Vec::new();
        for window in special {
            let bit = families.bit(window.family.as_deref().unwrap_or_default());
            match by_family.iter_mut().find(|(one, _)| *one == bit) {
                Some((_, all)) => all.push(window),
                None => by_family.push((bit, vec![window])),
            }
        }
        let mut all = general.iter().chain(by_family.iter().flat_map(|(_, all)| all));
        let is_dated = all.any(|one| one.from.is_some() || one.until.is_some());
        let of = |windows: &[Window]| windows.first().and_then(micros);
        let always = (!is_dated).then(|| {
            let special = by_family.iter().filter_map(|(bit, all)| Some((*bit, of(all)?))).collect();
            (of(&general), special)
        });
        Self { general, special: by_family, always }
    }

    /// Its length in microseconds for one of `families`, the longest; `day` is asked only where it matters.
    pub fn length(&self, families: u64, day: impl Fn() -> Date) -> Option<i64> {
        if let Some((general, special)) = &self.always {
            return longest(families, *general, special.iter().copied());
        }
        let day = day();
        let on = |all: &[Window]| all.iter().find(|one| one.is_valid_on(day)).and_then(micros);
        longest(
            families,
            on(&self.general),
            self.special.iter().filter_map(|(bit, all)| Some((*bit, on(all)?))),
        )
    }
}

/// The longest that holds for one of `families`, the general one where a family has none of its own.
fn longest(families: u64, general: Option<i64>, special: impl Iterator<Item = (u64, i64)>) -> Option<i64> {
    let mut rest = families;
    let mut longest = None;
    for (bit, length) in special {
        if families & bit != 0 {
            rest &= !bit;
            longest = longest.max(Some(length));
        }
    }
    if rest != 0 || families == 0 { longest.max(general) } else { longest }
}

fn micros(window: &Window) -> Option<i64> {
    i64::try_from(window.length()?.as_micros()).ok()
}

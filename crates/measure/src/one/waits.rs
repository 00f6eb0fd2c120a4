//! Where the times lie of which a figure is the mean. Pure.

use serde::Serialize;

use crate::{
    catalogue::Definition,
    figure::spread::{Value, spread},
};

/// The records of a figure that are times.
#[derive(Debug, Clone)]
pub enum Waits {
    /// They are none.
    None,
    /// There are too many to be looked at for a page.
    TooMany,
    /// How many there are of each.
    Each(Vec<Value>),
}

/// Where the times of a figure lie, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Lie {
    /// Of each record it is known.
    Within {
        /// The half took no longer: "9.0 s".
        median: String,
        /// Nine in ten took no longer.
        nine_in_ten: String,
        /// The longest.
        longest: String,
    },
    /// There are more records than are looked at for a page.
    TooMany,
}

/// Where times lie, in words; nothing where there are none.
pub fn lie(definition: &Definition, waits: &Waits) -> Option<Lie> {
    let values = match waits {
        Waits::None => return None,
        Waits::TooMany => return Some(Lie::TooMany),
        Waits::Each(values) => values,
    };
    let told = |value| definition.told(definition.value(value, 1));
    let of = spread(values.clone())?;
    Some(Lie::Within {
        median: told(of.median),
        nine_in_ten: told(of.nine_in_ten),
        longest: told(of.longest),
    })
}

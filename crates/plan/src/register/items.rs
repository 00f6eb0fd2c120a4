//! The recommendations of a register, shared with the registers before and after it. Pure.
//!
//! After a write, all but one of a thousand are what they were: they are kept, not copied.

use std::{
    ops::{Index, IndexMut},
    sync::Arc,
};

use super::rules::Item;

/// Recommendations in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Items(Vec<Arc<Item>>);

impl Items {
    /// One after the other.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Item> + ExactSizeIterator + Clone {
        self.0.iter().map(Arc::as_ref)
    }

    /// One after the other, to be changed: each is a copy of its own then, where another register has it too.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Item> {
        self.0.iter_mut().map(Arc::make_mut)
    }

    /// One after the other, as they are shared with the registers before and after.
    pub fn shared(&self) -> impl Iterator<Item = &Arc<Item>> {
        self.0.iter()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The last one.
    pub fn last(&self) -> Option<&Item> {
        self.0.last().map(Arc::as_ref)
    }

    /// Adds one at the end.
    pub fn push(&mut self, item: Item) {
        self.0.push(Arc::new(item));
    }

    /// Takes all out.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Keeps those that `keeps` holds of.
    pub fn retain(&mut self, mut keeps: impl FnMut(&Item) -> bool) {
        self.0.retain(|item| keeps(item));
    }

    /// By inspection and then as people count: R2 before R10.
    pub fn sort(&mut self) {
        self.0.sort_by_cached_key(|item| item.order());
    }
}

impl Index<usize> for Items {
    type Output = Item;

    fn index(&self, place: usize) -> &Item {
        &self.0[place]
    }
}

impl IndexMut<usize> for Items {
    /// A copy of its own, where another register has it too.
    fn index_mut(&mut self, place: usize) -> &mut Item {
        Arc::make_mut(&mut self.0[place])
    }
}

impl FromIterator<Item> for Items {
    fn from_iter<T: IntoIterator<Item = Item>>(items: T) -> Self {
        Self(items.into_iter().map(Arc::new).collect())
    }
}

impl<'a> IntoIterator for &'a Items {
    type Item = &'a Item;
    type IntoIter = std::iter::Map<std::slice::Iter<'a, Arc<Item>>, fn(&'a Arc<Item>) -> &'a Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(Arc::as_ref)
    }
}

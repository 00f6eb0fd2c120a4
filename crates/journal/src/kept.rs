//! What a room keeps in memory, as at an entry, so that a page need not read it again.
//!
//! The rows are a function of the journal, so what was read at an entry is what would be read at it again.
//! The journal knows no room: it keeps one value of each type, and the entry it was read at.

use std::{
    any::{Any, TypeId},
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

type Value = Arc<dyn Any + Send + Sync>;

/// One value of each type, with the entry it was read at.
#[derive(Default)]
pub(crate) struct Kept(Mutex<BTreeMap<TypeId, (i64, Value)>>);

impl Kept {
    /// The `T` that was read at exactly entry `seq`.
    pub(crate) fn at<T: Any + Send + Sync>(&self, seq: i64) -> Option<Arc<T>> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, value) = all.get(&TypeId::of::<T>())?;
        if *at == seq { Arc::clone(value).downcast().ok() } else { None }
    }

    /// The `T` that was read at entry `seq` or before it.
    pub(crate) fn until<T: Any + Send + Sync>(&self, seq: i64) -> Option<Arc<T>> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, value) = all.get(&TypeId::of::<T>())?;
        if *at <= seq { Arc::clone(value).downcast().ok() } else { None }
    }

    /// Keeps `value`, read at entry `seq`, unless a later one is kept already.
    pub(crate) fn keep<T: Any + Send + Sync>(&self, seq: i64, value: Arc<T>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_later = all.get(&TypeId::of::<T>()).is_some_and(|(at, _)| *at > seq);
        if !is_later {
            all.insert(TypeId::of::<T>(), (seq, value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_given_for_its_own_entry_and_type_only() {
        let kept = Kept::default();
        kept.keep(5, Arc::new("five"));
        kept.keep(4, Arc::new("four"));
        kept.keep(5, Arc::new(5_u8));
        assert_eq!(kept.at::<&str>(5).as_deref(), Some(&"five"));
        assert_eq!(kept.at::<u8>(5).as_deref(), Some(&5));
        assert_eq!(kept.at::<&str>(4), None, "an earlier one does not drive a later one out");
        assert_eq!(kept.at::<&str>(6), None);
        assert_eq!(kept.at::<u16>(5), None);
        assert_eq!(kept.until::<&str>(6).as_deref(), Some(&"five"), "it can be followed from there");
        assert_eq!(kept.until::<&str>(4), None, "what was read later is of no use");
    }
}

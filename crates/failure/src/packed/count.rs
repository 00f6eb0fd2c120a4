//! Counting what was decided, as [`crate::units`] counts what was judged.

use super::decided::{Decided, bit};
use crate::{
    code::{Class, Code},
    definition::Eligibility,
    units::Rate,
};

/// Unit A of decided contacts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Count {
    rate: Rate,
    by_primary: [usize; Code::ALL.len()],
    by_any: [usize; Code::ALL.len()],
}

impl Count {
    /// Counts one more.
    pub fn add(&mut self, one: &Decided) {
        *match one.eligibility {
            Eligibility::Eligible => &mut self.rate.eligible,
            Eligibility::Discontinued => &mut self.rate.discontinued,
            Eligibility::Never => &mut self.rate.never,
            Eligibility::Unknown => &mut self.rate.not_known_whether,
        } += 1;
        match one.class {
            Some(Class::Value) => self.rate.value += 1,
            Some(Class::Neutral) => self.rate.neutral += 1,
            Some(Class::Unknown) => self.rate.unknown += 1,
            Some(Class::Failure) => self.failure(one),
            None => {}
        }
    }

    fn failure(&mut self, one: &Decided) {
        self.rate.failures += 1;
        for (code, (primary, any)) in Code::ALL.iter().zip(self.by_primary.iter_mut().zip(&mut self.by_any)) {
            *primary += usize::from(one.primary == Some(*code));
            *any += usize::from(one.reasons & bit(*code) != 0);
        }
    }

    /// The rate of those that were counted.
    pub fn rate(&self) -> Rate {
        let some = |counts: &[usize]| {
            let all = Code::ALL.into_iter().zip(counts.iter().copied());
            all.filter(|(_, count)| *count > 0).collect()
        };
        Rate { by_primary: some(&self.by_primary), by_any: some(&self.by_any), ..self.rate.clone() }
    }
}

//! Chance that can be repeated, for random lives.

/// A small generator of numbers: the same seed gives the same life on every machine.
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % most
    }
}

/// The whole run multiplies the work (`make soak`).
pub fn times() -> usize {
    std::env::var("ANSWERABLE_SOAK").ok().and_then(|text| text.parse().ok()).unwrap_or(1)
}

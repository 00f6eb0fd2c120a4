//! Numbers that look random and are the same for the same seed; and how much of the work is done.

/// SplitMix64.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// From ANSWERABLE_SEED, or from the operating system; printed, so that what failed can be done again.
    pub fn printed(test: &str) -> Self {
        let given = std::env::var("ANSWERABLE_SEED").ok().and_then(|seed| seed.parse().ok());
        let seed = given.unwrap_or_else(|| {
            let mut bytes = [0_u8; 8];
            getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
            u64::from_ne_bytes(bytes)
        });
        println!("{test}: ANSWERABLE_SEED={seed}");
        Self(seed)
    }

    /// One for a thread of its own.
    pub fn split(&mut self) -> Self {
        Self(self.next())
    }

    /// From 0 to `below`, exclusive.
    pub fn below(&mut self, below: u64) -> u64 {
        self.next() % below.max(1)
    }

    /// As many words.
    pub fn words(&mut self, number: u64) -> String {
        const WORDS: [&str; 10] =
            ["calls", "diary", "Mòrag’s", "=cmd()", "£5", "review", "\"quoted\"", "a<b", "next\nline", "R02"];
        let pick = |chance: &mut Self| WORDS[usize::try_from(chance.below(10)).expect("ten words")];
        (0..number).map(|_| pick(self)).collect::<Vec<_>>().join(" ")
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

/// How many times the usual work is done.
pub fn times() -> u64 {
    std::env::var("ANSWERABLE_SOAK").ok().and_then(|times| times.parse().ok()).unwrap_or(1)
}

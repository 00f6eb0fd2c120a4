//! A working day in Scotland: what every deadline of the month is counted in.
//!
//! The authority publishes papers three working days before a meeting; updates are asked for some working
//! days before that. Scotland’s bank holidays are its own: 2 January, the first Monday of August and St
//! Andrew’s Day are among them, Easter Monday is not. They are data (`definitions/working_days.toml`), with
//! the years they cover; a day outside those years is refused, never guessed.

pub mod rules;

//! A time that is held while an advisor speaks: nobody else is offered it. It runs out by itself, and is no fact.

pub mod rows;

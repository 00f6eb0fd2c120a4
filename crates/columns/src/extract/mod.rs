//! Taking facts and values out: what is asked for, the stream of it, a folder of it.

pub mod folder;
pub mod rules;
pub mod stream;

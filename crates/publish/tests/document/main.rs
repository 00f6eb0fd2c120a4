//! The document tree and its renditions, tested from outside.

mod composing;
mod figures;
mod hostile;
mod papers;
mod pdf;
mod reading;
mod renditions;
mod stored;

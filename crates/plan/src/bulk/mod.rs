//! One change to many recommendations at once: chosen on the register, previewed, then made, each as a fact of
//! its own.
//!
//! A post is renamed and forty recommendations have another owner. What is done is what the form of one
//! recommendation does, forty times in one transaction; the preview says of each what it was and what it will
//! be, which are refused and why, and what is as asked already. What anybody changes between preview and
//! confirmation is shown again before anything is written.

pub mod pages;
pub mod rules;

//! The check of the register: each of the twenty-three faults of DOMAIN 9 with the sentence that tells it,
//! and the same register without the fault, of which that check says nothing.

#[path = "../chance/mod.rs"]
mod chance;
mod desk;
mod faults;
mod in_figures;
mod in_papers;
mod in_words;
mod kept;
mod more;
mod names;
mod printed;
mod speed;

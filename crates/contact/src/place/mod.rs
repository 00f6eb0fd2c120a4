//! The gazetteer: places as they are typed, with the beat and division that serve them, town or country.
//!
//! It is imported whole, as a CSV file, from the force's own gazetteer (CAM 2022 R7, action 7.2). An import that has a
//! fault changes nothing and names the rows. Contacts keep the words and the place they were given: a later edition
//! changes no fact.

pub mod pages;
pub mod rows;
pub mod rules;

//! The tables as pages say them, and each as a file by its address.

pub mod pages;
pub mod views;

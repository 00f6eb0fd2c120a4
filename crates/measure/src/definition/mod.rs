//! The definition of failure demand as it is published: what was “neither defined nor counted” (HMICS CAM 2022 R3).

pub mod pages;
pub mod sensitivity;
pub mod views;

//! The directory: who has an account, for an administrator to find one or to open one.

mod pages;

pub(crate) use pages::routes;

//! The page “My account”: what a person sees and changes of their own account and sessions.

mod pages;

pub(crate) use pages::routes;

//! A session: a browser that somebody signed in with, until they sign out, leave it alone for an hour, or
//! twelve hours have passed. Also a program's token, and the tries to sign in that are counted against
//! guessing (TRUST 2.15 and 2.19; OWASP ASVS 5.0 V6 and V7).

pub(crate) mod cookie;
pub(crate) mod pages;
pub(crate) mod rows;
pub(crate) mod rules;

pub(crate) use pages::routes;

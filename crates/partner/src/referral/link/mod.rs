//! The partner’s own screen: one referral, by a link, without an account.
//!
//! A link holds 256 random bits, is shown once, lives for some days, can be revoked, and opens one referral. Three steps
//! at most: read it; accept or decline it; say what came of it or give it back. Facts that come by a link name it; the
//! account in them is the one that gave the link out, in the role of a partner agency, because whoever holds a link has
//! no account. When the referral has ended, the link tells how and shows no word about the person any more.

pub mod pages;
pub mod views;

/// What is kept of a link’s secret: enough to know it again, not enough to use it.
pub fn kept(secret: &str) -> String {
    web::feed_hash("referral link", secret)
}

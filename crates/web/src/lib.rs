//! The page around every page.
//!
//! Layout, components, forms, problems, security headers and what every room's pages share: the site they
//! run on, one address with two representations (a page for a browser, its data for a program), and the
//! problem that is shown when a request cannot be met. It knows no rule and no noun.

mod accepts;
mod assets;
mod back;
mod faults;
mod feed;
mod form;
mod frame;
mod help;
mod input;
mod problem;
mod security;
mod site;
mod table;
mod upload;

pub use accepts::{Accepts, download, show, show_refused};
pub use assets::{asset, assets};
pub use back::{leading_back, own_page, with_done};
pub use faults::{Fault, Wrong, table_text};
pub use feed::{answer_calendar, feed_hash, feed_secret, own_address};
pub use form::{Choice, Field, FormPage, Kind};
pub use frame::{Frame, Section, Signed, Who};
pub use help::routes;
pub use input::{Input, Session, Typed};
pub use problem::{Problem, render_problems};
pub use security::{refuse_foreign_origins, security_headers};
pub use site::Site;
pub use table::{harmless, table_csv};
pub use upload::read_upload;

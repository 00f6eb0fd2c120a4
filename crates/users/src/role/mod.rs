//! A role: what a person's post lets them do. The roles are those of the contact assessment papers (service
//! advisor, area control room, resolution team) and of improvement oversight (audit manager, action owner,
//! inspectorate reviewer). They are data: `definitions/roles.toml`.

mod rules;

pub use rules::{Definitions, Permission, Role};

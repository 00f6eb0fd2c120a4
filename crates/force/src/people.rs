//! The people of Caledonia Police, one for each role. Nobody of these names is meant.

use std::collections::BTreeMap;

use anyhow::{Context, Result, anyhow};
use jiff::Timestamp;
use journal::{Actor, Journal};
use serde::{Deserialize, Serialize};
use users::{
    Role,
    account::{Opening, open_account},
};

/// How to sign in as somebody of the demonstration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// The role's key: `audit_manager`.
    pub role: String,
    /// The person's name.
    pub name: String,
    /// What they type to sign in: `audit.manager`.
    pub sign_in: String,
    /// Their password.
    pub password: String,
}

/// Who has which role. All invented.
const NAMES: [(&str, &str); 12] = [
    ("service_advisor", "Isla Drummond"),
    ("area_control_room", "Callum Baird"),
    ("resolution_team", "Mhairi Sinclair"),
    ("supervisor", "Fraser Lockhart"),
    ("diary_manager", "Eilidh Tennant"),
    ("analyst", "Rory Abernethy"),
    ("audit_manager", "Catriona Munro"),
    ("action_owner", "Gregor Pringle"),
    ("committee_member", "Ailsa Carmichael"),
    ("inspectorate_reviewer", "Hamish Geddes"),
    ("partner_agency", "Kirsty Blackwood"),
    ("administrator", "Struan Ogilvie"),
];

/// The accounts that were opened, by role.
#[derive(Debug)]
pub struct People(BTreeMap<&'static str, String>);

impl People {
    /// The account of the person of that role.
    pub fn account(&self, role: &str) -> Result<&str> {
        self.0.get(role).map(String::as_str).with_context(|| format!("nobody has the role {role}"))
    }

    /// The person of that role, on that task: as the pages put it in the journal.
    pub fn doing(&self, role: &'static str, task: &str) -> Result<Actor> {
        let who = self.0.get(role).with_context(|| format!("nobody has the role {role}"))?;
        Ok(Actor { who: who.clone(), role: role.to_owned(), task: task.to_owned() })
    }
}

/// Opens an account for each role.
pub async fn open(
    journal: &Journal,
    now: Timestamp,
    mut password: impl FnMut() -> String,
) -> Result<(People, Vec<SignIn>)> {
    let task = "Make the demonstration".to_owned();
    let actor = Actor { who: "command line".to_owned(), role: "operator".to_owned(), task };
    let mut people = BTreeMap::new();
    let mut sign_ins = Vec::new();
    for role in Role::all() {
        let name = NAMES.iter().find(|(key, _)| *key == role.key());
        let (_, name) = name.with_context(|| format!("give the role {} a name in people.rs", role.key()))?;
        let (sign_in, password) = (role.key().replace('_', "."), password());
        let opening = Opening { name, sign_in: &sign_in, role, password: &password };
        let id = open_account(journal, &actor, now, opening)
            .await
            .map_err(|problem| anyhow!("the account {sign_in} could not be opened: {problem:?}"))?;
        people.insert(role.key(), id.to_string());
        sign_ins.push(SignIn { role: role.key().to_owned(), name: (*name).to_owned(), sign_in, password });
    }
    Ok((People(people), sign_ins))
}

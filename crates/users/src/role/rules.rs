//! What each role may do: the table of `definitions/roles.toml`, checked when it is read.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// The permissions that the program asks for. The file must give words to each, and to no other.
const ASKED_FOR: [&str; 44] = [
    "plan.read",
    "plan.register",
    "plan.target",
    "plan.update",
    "plan.evidence",
    "plan.decide",
    "plan.comment",
    "plan.accept",
    "plan.groups",
    "plan.ask",
    "notices.read",
    "paper.read",
    "paper.draft",
    "accounts.manage",
    "contact.read",
    "contact.record",
    "contact.places",
    "incident.read",
    "incident.work",
    "incident.grade",
    "incident.dispatch",
    "incident.transfer",
    "incident.close",
    "incident.endorse",
    "appointment.book",
    "diary.read",
    "diary.keep",
    "referral.read",
    "referral.make",
    "measure.read",
    "message.read",
    "message.send",
    "crime.read",
    "crime.record",
    "crime.override",
    "crime.return",
    "coding.read",
    "coding.draw",
    "coding.code",
    "report.read",
    "report.make",
    "measure.extract",
    "contact.outage",
    "measure.annotate",
];

static DEFINITIONS: LazyLock<Definitions> = LazyLock::new(|| {
    Definitions::read(include_str!("../../../../definitions/roles.toml"))
        .expect("definitions/roles.toml is compiled in, and a test reads it")
});

/// A role that `definitions/roles.toml` knows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Role(usize);

/// A permission's words: what it lets a person do, as it follows "may".
pub type Permission = String;

/// The file, read and checked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definitions {
    permissions: BTreeMap<String, Permission>,
    role: Vec<Described>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Described {
    key: String,
    name: String,
    line: String,
    may: Vec<String>,
}

impl Definitions {
    /// Reads the file's text; the error says what does not fit.
    pub fn read(text: &str) -> Result<Self, String> {
        let read: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        if let Some(unworded) = ASKED_FOR.iter().find(|asked| !read.permissions.contains_key(**asked)) {
            return Err(format!("the permission {unworded:?} has no words"));
        }
        if let Some(unknown) = read.permissions.keys().find(|key| !ASKED_FOR.contains(&key.as_str())) {
            return Err(format!("nothing asks for the permission {unknown:?}"));
        }
        for (index, role) in read.role.iter().enumerate() {
            if let Some(unknown) = role.may.iter().find(|may| !read.permissions.contains_key(*may)) {
                return Err(format!("role {:?} has the unknown permission {unknown:?}", role.key));
            }
            if read.role.iter().take(index).any(|earlier| earlier.key == role.key) {
                return Err(format!("role {:?} stands twice", role.key));
            }
        }
        Ok(read)
    }
}

impl Role {
    /// The role with this key (`audit_manager`), if the file knows it.
    pub fn of(key: &str) -> Option<Self> {
        DEFINITIONS.role.iter().position(|role| role.key == key).map(Self)
    }

    /// Every role, in the file's order.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..DEFINITIONS.role.len()).map(Self)
    }

    /// The role that may least: what somebody has of whom nothing is known.
    pub(crate) fn least() -> Self {
        Self::all()
            .min_by_key(|role| role.described().may.len())
            .expect("the file has roles: a test counts them")
    }

    fn described(self) -> &'static Described {
        &DEFINITIONS.role[self.0]
    }

    /// Its key, as the journal and the command line have it.
    pub fn key(self) -> &'static str {
        &self.described().key
    }

    /// Its name in words: "Audit manager".
    pub fn name(self) -> &'static str {
        &self.described().name
    }

    /// What the role is for, in a line.
    pub fn line(self) -> &'static str {
        &self.described().line
    }

    /// Whether it may.
    pub fn may(self, permission: &str) -> bool {
        debug_assert!(
            ASKED_FOR.contains(&permission),
            "{permission:?} is no permission: add it to roles.toml"
        );
        self.described().may.iter().any(|may| may == permission)
    }

    /// Why it may not, in full sentences that name who may.
    pub fn refusal(self, permission: &str) -> String {
        let words = DEFINITIONS.permissions.get(permission).map_or(permission, String::as_str);
        let who: Vec<&str> = Self::all().filter(|role| role.may(permission)).map(Self::name).collect();
        let who = match who.as_slice() {
            [] => "No role".to_owned(),
            [one] => format!("Only the role {one}"),
            [most @ .., last] => format!("Only the roles {} and {last}", most.join(", ")),
        };
        format!("{who} may {words}. You are signed in as {}.", self.name())
    }
}

impl std::fmt::Debug for Role {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.key())
    }
}

impl std::fmt::Display for Role {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl std::str::FromStr for Role {
    type Err = String;
    fn from_str(key: &str) -> Result<Self, String> {
        Self::of(key).ok_or_else(|| {
            let known: Vec<&str> = Self::all().map(Self::key).collect();
            format!("{key:?} is no role. The roles are {}.", known.join(", "))
        })
    }
}

impl Serialize for Role {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

impl<'de> Deserialize<'de> for Role {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table as the founders agreed it: an x for each permission, in the order of `ASKED_FOR`.
    const TABLE: [(&str, &str); 12] = [
        ("service_advisor", "x..........x..xx.xxx.xx.xx.xxxxxx......x...."),
        ("area_control_room", "x..........x..xx.xxxxxx.xx.xxxxxx......x...."),
        ("resolution_team", "x..........x..xx.xxx.xx.xx.xxxxxxx.....x...."),
        ("supervisor", "x..........x..xx.xxxxxxxxxxxxxxxxxxxx.xx..xx"),
        ("diary_manager", "x..........x.....x...x..xxx..xxx.......x...."),
        ("analyst", "x..........x.................x......xxxxxx.x"),
        ("audit_manager", "xxxxx.xxxx.xx................x......x..xx..x"),
        ("action_owner", "x..x..x....x................................"),
        ("committee_member", "x.....x....x...........................x...."),
        ("inspectorate_reviewer", "x....xx....x...........................x...."),
        ("partner_agency", "............................................"),
        ("administrator", "x.........xx.x..x..........................."),
    ];

    #[test]
    fn each_role_may_what_the_table_says_and_nothing_else() {
        assert_eq!(Role::all().count(), TABLE.len());
        for (key, row) in TABLE {
            let role = Role::of(key).unwrap();
            assert_eq!(row.len(), ASKED_FOR.len(), "a mark for each permission of {key}");
            for (permission, mark) in ASKED_FOR.iter().zip(row.chars()) {
                assert_eq!(role.may(permission), mark == 'x', "{key} {permission}");
            }
        }
    }

    #[test]
    fn only_the_inspectorate_discharges() {
        let may: Vec<&str> = Role::all().filter(|role| role.may("plan.decide")).map(Role::key).collect();
        assert_eq!(may, ["inspectorate_reviewer"]);
    }

    #[test]
    fn a_role_that_the_file_does_not_know_is_refused() {
        assert!(serde_json::from_str::<Role>("\"chief\"").is_err());
        assert!("chief".parse::<Role>().unwrap_err().contains("audit_manager"));
        let role = Role::of("audit_manager").unwrap();
        assert_eq!(serde_json::to_string(&role).unwrap(), "\"audit_manager\"");
        assert_eq!(serde_json::from_str::<Role>("\"audit_manager\"").unwrap(), role);
        assert_eq!(role.to_string(), "Audit manager");
    }

    #[test]
    fn a_file_that_does_not_fit_together_is_refused() {
        let good = include_str!("../../../../definitions/roles.toml");
        let cases = [
            (good.replace("may = []", "may = [\"plan.erase\"]"), "unknown permission"),
            (good.replace("key = \"supervisor\"", "key = \"analyst\""), "stands twice"),
            (good.replace("\"plan.read\" = ", "\"plan.see\" = "), "has no words"),
            (
                good.replace("[[role]]\nkey = \"analyst\"", "[[role]]\ncolour = 1\nkey = \"analyst\""),
                "colour",
            ),
            (good.replace("[permissions]", "[permissions]\n\"plan.erase\" = \"erase\""), "nothing asks"),
        ];
        for (text, expected) in cases {
            let refusal = Definitions::read(&text).unwrap_err();
            assert!(refusal.contains(expected), "{refusal}");
        }
    }

    #[test]
    fn a_refusal_names_who_may() {
        let member = Role::of("committee_member").unwrap();
        assert_eq!(
            member.refusal("plan.update"),
            "Only the roles Audit manager and Action owner may add updates and finish actions. \
             You are signed in as Committee member."
        );
        assert!(member.refusal("plan.decide").starts_with("Only the role Inspectorate reviewer may return"));
    }
}

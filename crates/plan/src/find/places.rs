//! The pages that the find field goes to, as one names them. Pure.

/// A page one may go to.
#[derive(Debug, PartialEq, Eq)]
pub struct Place {
    /// Where it is.
    pub address: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it is for; its words find it too.
    pub about: &'static str,
    /// Who may see it; nothing where everybody may who is signed in.
    pub permission: Option<&'static str>,
}

const fn place(
    address: &'static str,
    name: &'static str,
    about: &'static str,
    permission: Option<&'static str>,
) -> Place {
    Place { address, name, about, permission }
}

/// All of them. A new page of the bar at the top, or a form that begins something, has a line here.
pub static PLACES: [Place; 15] = [
    place(
        "/attention",
        "My work",
        "What needs attention: due, overdue, asked for, blocked",
        Some("plan.read"),
    ),
    place(
        "/recommendations",
        "Improvement plan register",
        "Every recommendation, as a list",
        Some("plan.read"),
    ),
    place("/views", "Saved views", "Lists of the register that are kept under a name", Some("plan.read")),
    place("/rounds", "The month", "Rounds: who is asked for what, reminders, agenda", Some("plan.read")),
    place("/groups", "Governance groups", "Terms, members and alternates, meetings", Some("plan.read")),
    place("/papers", "Committee papers", "Drafts and frozen papers", Some("paper.read")),
    place("/papers/new", "Draft committee paper", "Begin a new paper", Some("paper.draft")),
    place("/imports", "Import a plan", "Read a published plan from a file", Some("plan.register")),
    place(
        "/inspections/new",
        "Register an inspection",
        "A new inspection and its plan",
        Some("plan.register"),
    ),
    place("/recommendations/new", "Add a recommendation", "One, by hand", Some("plan.register")),
    place("/accounts", "Accounts", "People, their roles, sign-in names", Some("accounts.manage")),
    place("/accounts/new", "Open an account", "For a new person", Some("accounts.manage")),
    place("/account", "Your account", "Password, sessions, tokens", None),
    place("/help/keys", "Keyboard help", "Keys and shortcuts", None),
    place("/accessibility", "Accessibility statement", "What works and what does not", None),
];

/// Those that a person may see.
pub fn seen(may: impl Fn(&str) -> bool) -> Vec<&'static Place> {
    PLACES.iter().filter(|place| place.permission.is_none_or(&may)).collect()
}

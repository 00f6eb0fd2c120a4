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

/// A page of those who may read the plan.
const fn read(address: &'static str, name: &'static str, about: &'static str) -> Place {
    place(address, name, about, Some("plan.read"))
}

/// All of them. A new page of the bar at the top, or a form that begins something, has a line here.
pub static PLACES: [Place; 30] = [
    read("/attention", "My work", "What needs attention: due, overdue, asked for, blocked"),
    read("/recommendations", "Improvement plan register", "Every recommendation, as a list"),
    place("/papers", "Committee papers", "Drafts and frozen papers", Some("paper.read")),
    read("/recommendations/summary", "Summary of the register", "Figures per plan, theme, owner and period"),
    read("/check", "Check of the register", "Faults, warnings and notes; what was accepted and why"),
    read("/areas", "Areas for development", "And the actions that take them up"),
    read("/programmes", "Programmes of change", "Their names, aliases and days"),
    read("/inspections-under-way", "Inspections under way", "Announced and not published yet, by kind"),
    read("/sources", "Earlier papers", "Sources that the register is held against"),
    read("/posts", "Posts", "Who holds which post, and alternates"),
    read("/views", "Saved views", "Lists of the register that are kept under a name"),
    read("/rounds", "The month", "Rounds: who is asked for what, reminders, agenda"),
    place("/rounds/new", "Ask for updates", "Open a round for a meeting", Some("plan.ask")),
    read("/groups", "Governance groups", "Terms, members and alternates, meetings"),
    place("/groups/new", "Set up a group", "A new governance group", Some("plan.groups")),
    read("/meetings", "Meetings", "Called, held and cancelled, with their agenda and days"),
    place("/meetings/new", "Call a meeting", "Of a governance group", Some("plan.groups")),
    read("/calendar", "Calendar", "Meetings, papers due, target dates, month by month"),
    read("/calendar/feeds", "Calendar feeds", "Addresses for your own calendar, and taking them back"),
    read("/mailbox", "Mailbox", "Notices that were sent to you"),
    read("/mailbox/settings", "Notice settings", "What is mailed to you, and when: the digest"),
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

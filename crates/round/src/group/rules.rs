//! What may happen to a governance group. Pure: no clock, no SQL, no HTML.

#![expect(missing_docs, reason = "the variant says what its fields are; their names say the rest")]

use jiff::civil::Date;
use journal::{Id, Refusal};
use plan::words::{LINE, PARAGRAPH, optional, required};
use serde::{Deserialize, Serialize};

use super::cadence::{Cadence, Nth, Slot, Weekday};

/// A governance group as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// Its name, its terms of reference and how often it meets.
    pub terms: Terms,
    /// Who sits on it, in the order in which they came.
    pub members: Vec<Member>,
    /// When and why it ended; nothing while it goes on.
    pub ended: Option<(Date, String)>,
}

/// What a group is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// What it is called.
    pub name: String,
    /// Where it stands.
    pub kind: Kind,
    /// Its terms of reference.
    pub reference: String,
    /// How often it meets.
    pub cadence: Cadence,
    /// The inspections whose plans it looks after; none means all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub plans: Vec<Id>,
}

/// A post that sits on a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The post; never a name.
    pub post: String,
    /// The post that sits in its place; empty where there is none.
    pub alternate: String,
    /// Whether it is the chair.
    pub chairs: bool,
}

/// Where a group stands, from the nearest to the work to the furthest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Does the work.
    Tactical,
    /// Owns it.
    Strategic,
    /// Oversees the portfolio.
    OversightBoard,
    /// Holds the service to account.
    Committee,
}

impl Kind {
    /// All, from the nearest to the work.
    pub const ALL: [Self; 4] = [Self::Tactical, Self::Strategic, Self::OversightBoard, Self::Committee];

    /// The word of a form and a row.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tactical => "tactical",
            Self::Strategic => "strategic",
            Self::OversightBoard => "oversight_board",
            Self::Committee => "committee",
        }
    }

    /// The words of a page.
    pub fn words(self) -> &'static str {
        match self {
            Self::Tactical => "Tactical group",
            Self::Strategic => "Strategic owners’ group",
            Self::OversightBoard => "Oversight board",
            Self::Committee => "Committee",
        }
    }

    /// The kind that a form or a row names.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// What somebody wants to happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// A new group.
    Form(Details),
    /// Another name, other terms of reference or another cadence.
    ChangeTerms(Details, String),
    /// Somebody comes to sit on it.
    AddMember { post: String, alternate: String, chairs: bool },
    /// Another alternate or another chair.
    ChangeMember { post: String, alternate: String, chairs: bool, reason: String },
    /// Somebody sits on it no more.
    RemoveMember { post: String, reason: String },
    /// It meets no more.
    End { reason: String },
}

/// The fields of the form, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    /// What it is called.
    pub name: String,
    /// A word of [`Kind`].
    pub kind: String,
    /// Its terms of reference.
    pub reference: String,
    /// `none`, `monthly` or `quarterly`.
    pub cadence: String,
    /// A word of [`Nth`].
    pub nth: String,
    /// A word of [`Weekday`].
    pub weekday: String,
    /// The month of the quarter, from 1 to 3.
    pub month: String,
    /// The identities of the inspections whose plans it looks after; none means all.
    pub plans: Vec<String>,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// It was set up.
    Formed(Terms),
    /// Its name, its terms of reference or its cadence were changed.
    TermsChanged { terms: Terms, reason: String },
    /// A post came to sit on it.
    MemberAdded { post: String, alternate: String, chairs: bool },
    /// A member has another alternate, or took or left the chair.
    MemberChanged { post: String, alternate: String, chairs: bool, reason: String },
    /// A post sits on it no more.
    MemberRemoved { post: String, reason: String },
    /// It meets no more.
    Ended { on: Date, reason: String },
}

impl journal::Fact for Fact {
    const NOUN: &'static str = "group";
}

/// What else the rule knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Today, in Scotland.
    pub today: Date,
    /// The names of the other groups that go on.
    pub taken: Vec<String>,
    /// The inspections that there are.
    pub inspections: Vec<Id>,
}

/// What happens, or why not.
pub fn decide(known: &Known, was: Option<&Group>, command: Command) -> Result<Fact, Refusal> {
    match (was, command) {
        (None, Command::Form(details)) => Ok(Fact::Formed(read(known, &details)?)),
        (Some(_), Command::Form(_)) => Err(Refusal::of("name", "This group is here already. Open it.")),
        (None, _) => Err(Refusal::of("name", "There is no such group. Set it up first.")),
        (Some(was), _) if was.ended.is_some() => {
            Err(Refusal::of("name", "This group has ended; nothing is changed in it. Set up a new one."))
        }
        (Some(was), command) => change(known, was, command),
    }
}

fn change(known: &Known, was: &Group, command: Command) -> Result<Fact, Refusal> {
    let because = |words: &str| required("reason", "The reason", words, PARAGRAPH);
    match command {
        Command::Form(_) => Err(Refusal::of("name", "This group is here already. Open it.")),
        Command::ChangeTerms(details, reason) => {
            let terms = read(known, &details)?;
            if terms == was.terms {
                return Err(Refusal::of("name", "Nothing is different. Change what is wrong, or go back."));
            }
            Ok(Fact::TermsChanged { terms, reason: because(&reason)? })
        }
        Command::AddMember { post, alternate, chairs } => {
            let post = required("post", "The post", &post, LINE)?;
            if let Some(member) = was.member(&post) {
                let sentence =
                    format!("{} sits on this group already. Open it there to change it.", member.post);
                return Err(Refusal::of("post", sentence));
            }
            Ok(Fact::MemberAdded { alternate: other(&post, &alternate)?, post, chairs })
        }
        Command::ChangeMember { post, alternate, chairs, reason } => {
            let member = was.member(&post).ok_or_else(|| no_member(&post))?;
            let alternate = other(&member.post, &alternate)?;
            if alternate == member.alternate && chairs == member.chairs {
                return Err(Refusal::of("alternate", "This is as it was. Change it, or go back."));
            }
            let post = member.post.clone();
            Ok(Fact::MemberChanged { post, alternate, chairs, reason: because(&reason)? })
        }
        Command::RemoveMember { post, reason } => {
            let post = was.member(&post).ok_or_else(|| no_member(&post))?.post.clone();
            Ok(Fact::MemberRemoved { post, reason: because(&reason)? })
        }
        Command::End { reason } => Ok(Fact::Ended { on: known.today, reason: because(&reason)? }),
    }
}

fn no_member(post: &str) -> Refusal {
    Refusal::of("post", format!("“{}” does not sit on this group. Choose one of its members.", post.trim()))
}

fn other(post: &str, alternate: &str) -> Result<String, Refusal> {
    let alternate = optional("alternate", "The alternate", alternate, LINE)?;
    if alternate.eq_ignore_ascii_case(post) {
        return Err(Refusal::of("alternate", "A post cannot stand in for itself. Name another, or none."));
    }
    Ok(alternate)
}

fn read(known: &Known, details: &Details) -> Result<Terms, Refusal> {
    let name = required("name", "The name", &details.name, LINE)?;
    if known.taken.iter().any(|taken| taken.to_lowercase() == name.to_lowercase()) {
        let sentence = format!("There is a group called “{name}”. Open it, or give this one its own name.");
        return Err(Refusal::of("name", sentence));
    }
    let kind = Kind::read(&details.kind).ok_or_else(|| Refusal::of("kind", "Choose where it stands."))?;
    let reference = optional("reference", "The terms of reference", &details.reference, PARAGRAPH)?;
    Ok(Terms { name, kind, reference, cadence: read_cadence(details)?, plans: read_plans(known, details)? })
}

fn read_plans(known: &Known, details: &Details) -> Result<Vec<Id>, Refusal> {
    let mut plans: Vec<Id> = Vec::new();
    for wanted in details.plans.iter().filter(|wanted| !wanted.trim().is_empty()) {
        let plan = Id::read(wanted.trim()).filter(|plan| known.inspections.contains(plan));
        let plan = plan.ok_or_else(|| {
            let sentence = "One of these inspections is not in the register. Choose from the list.";
            Refusal::of("plans", sentence)
        })?;
        if !plans.contains(&plan) {
            plans.push(plan);
        }
    }
    // In one order, so that the same choice is the same terms.
    plans.sort();
    Ok(plans)
}

fn read_cadence(details: &Details) -> Result<Cadence, Refusal> {
    let slot = || {
        let nth = Nth::read(&details.nth)
            .ok_or_else(|| Refusal::of("nth", "Choose which one in the month: the first, the last, …"))?;
        let weekday = Weekday::read(&details.weekday)
            .ok_or_else(|| Refusal::of("weekday", "Choose the day of the week on which it meets."))?;
        Ok::<Slot, Refusal>(Slot { nth, weekday })
    };
    match details.cadence.as_str() {
        "none" => Ok(Cadence::None),
        "monthly" => Ok(Cadence::Monthly(slot()?)),
        "quarterly" => {
            let month = details.month.parse().ok().filter(|month| (1..=3).contains(month));
            let month = month
                .ok_or_else(|| Refusal::of("month", "Choose in which month of the quarter it meets."))?;
            Ok(Cadence::Quarterly { slot: slot()?, month })
        }
        _ => Err(Refusal::of("cadence", "Choose how often it meets.")),
    }
}

impl Terms {
    /// Whether the plan of that inspection is one that it looks after.
    pub fn looks_after(&self, inspection: &Id) -> bool {
        self.plans.is_empty() || self.plans.contains(inspection)
    }
}

impl Group {
    /// The member with that post, however it is written.
    pub fn member(&self, post: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.post.eq_ignore_ascii_case(post.trim()))
    }

    /// The post in the chair; nothing while nobody is.
    pub fn chair(&self) -> Option<&str> {
        self.members.iter().find(|member| member.chairs).map(|member| member.post.as_str())
    }

    /// The posts that are told in the place of `post` where nobody who can be told holds it: the one that sits
    /// in its place, then the chair, then the one that sits in the place of the chair.
    pub fn in_place_of(&self, post: &str) -> Vec<&str> {
        let chair = self.members.iter().find(|member| member.chairs);
        let told = [
            self.member(post).map(|member| member.alternate.as_str()),
            chair.map(|member| member.post.as_str()),
            chair.map(|member| member.alternate.as_str()),
        ];
        let mut posts: Vec<&str> = Vec::new();
        for other in told.into_iter().flatten().filter(|other| !other.is_empty()) {
            if !other.eq_ignore_ascii_case(post.trim()) && !posts.contains(&other) {
                posts.push(other);
            }
        }
        posts
    }

    /// A group has one chair: who takes it, takes it from another.
    fn seat(&mut self, seated: Member) {
        if seated.chairs {
            self.members.iter_mut().for_each(|member| member.chairs = false);
        }
        match self.members.iter_mut().find(|member| member.post == seated.post) {
            Some(member) => *member = seated,
            None => self.members.push(seated),
        }
    }
}

/// What it is after `fact`.
pub fn apply(was: Option<Group>, fact: &Fact) -> Group {
    let terms = match (&was, fact) {
        (_, Fact::Formed(terms) | Fact::TermsChanged { terms, .. }) => terms.clone(),
        (Some(was), _) => was.terms.clone(),
        (None, _) => unreachable!("decide lets nothing happen to a group before it is formed"),
    };
    let (members, ended) = was.map_or((Vec::new(), None), |was| (was.members, was.ended));
    let mut now = Group { terms, members, ended };
    match fact.clone() {
        Fact::Formed(_) | Fact::TermsChanged { .. } => {}
        Fact::MemberAdded { post, alternate, chairs }
        | Fact::MemberChanged { post, alternate, chairs, .. } => {
            now.seat(Member { post, alternate, chairs });
        }
        Fact::MemberRemoved { post, .. } => now.members.retain(|member| member.post != post),
        Fact::Ended { on, reason } => now.ended = Some((on, reason)),
    }
    now
}

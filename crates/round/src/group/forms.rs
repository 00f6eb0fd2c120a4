//! The forms of a group.

use journal::{AsAt, Id, Reading, Refusal, last_seq};
use plan::register::{kept, rules::Item};
use users::User;
use web::{Field, FormPage, Frame, Problem, Section, Site, Typed};

use super::{
    cadence::{Cadence, Nth, Weekday},
    rows::one,
    rules::{Command, Details, Group, Kind},
};

/// One change that can be made to a group by a form.
pub(super) struct Change {
    pub word: &'static str,
    pub heading: &'static str,
    pub intro: &'static str,
    pub submit: &'static str,
    pub replaces: bool,
}

/// The changes to a group.
pub(super) const CHANGES: [Change; 5] = [
    Change {
        word: "terms",
        heading: "Change the group",
        intro: "Its name, its terms of reference, how often it meets and which plans it looks after. Meetings that are called stay as they are.",
        submit: "Change the group",
        replaces: true,
    },
    Change {
        word: "members",
        heading: "Add a member",
        intro: "A member is a post, not a person. Whoever takes the chair takes it from the one who has it.",
        submit: "Add the member",
        replaces: false,
    },
    Change {
        word: "seat",
        heading: "Change a member",
        intro: "",
        submit: "Change the member",
        replaces: true,
    },
    Change {
        word: "removal",
        heading: "Remove a member",
        intro: "What it did as a member stays on the timeline.",
        submit: "Remove the member",
        replaces: true,
    },
    Change {
        word: "end",
        heading: "End the group",
        intro: "Nothing can be changed in it afterwards, and no new meeting is called. Its meetings stay.",
        submit: "End the group",
        replaces: true,
    },
];

/// What a form says.
pub(super) fn command(word: &str, typed: &Typed) -> Command {
    let text = |name: &str| typed.get(name).to_owned();
    let chairs = typed.get("chairs") == "yes";
    match word {
        "terms" => Command::ChangeTerms(details(typed), text("reason")),
        "members" => Command::AddMember { post: text("post"), alternate: text("alternate"), chairs },
        "seat" => Command::ChangeMember {
            post: text("post"),
            alternate: text("alternate"),
            chairs,
            reason: text("reason"),
        },
        "removal" => Command::RemoveMember { post: text("post"), reason: text("reason") },
        _ => Command::End { reason: text("reason") },
    }
}

fn details(typed: &Typed) -> Details {
    let text = |name: &str| typed.get(name).to_owned();
    Details {
        name: text("name"),
        kind: text("kind"),
        reference: text("reference"),
        cadence: text("cadence"),
        nth: text("nth"),
        weekday: text("weekday"),
        month: text("month"),
        plans: typed.all("plans"),
    }
}

/// The form of a new group.
pub(super) async fn new_page(site: &Site, who: &User, typed: &Typed) -> Result<FormPage, Problem> {
    let plans = plans(site, &mut site.read().await?, &[]).await?;
    Ok(FormPage {
        frame: Frame::of("Set up a group", Section::Month).seen_by(who.signed()),
        crumbs: vec![
            ("/groups".to_owned(), "Groups".to_owned()),
            (String::new(), "Set up a group".to_owned()),
        ],
        heading: "Set up a group".to_owned(),
        about: String::new(),
        intro: "A group that meets about the improvement plan. Its members are added next.".to_owned(),
        action: "/groups/new".to_owned(),
        submit: "Set up the group".to_owned(),
        back: "/groups".to_owned(),
        last_seq: None,
        fields: terms_fields(plans, typed),
        refusals: Vec::new(),
    })
}

/// The plans that a group may look after, an inspection’s identity and its title: those with something open, and
/// those that it looks after already.
async fn plans(
    site: &Site,
    read: &mut Reading,
    looked_after: &[Id],
) -> Result<Vec<(String, String)>, Problem> {
    let register = kept::register(site, read, AsAt::Now).await?;
    let is_offered = |id: &Id| looked_after.contains(id) || register.of_inspection(id).any(Item::is_open);
    let offered = register.inspections.iter().filter(|(id, _)| is_offered(id));
    Ok(offered.map(|(id, inspection)| (id.to_string(), inspection.title.clone())).collect())
}

/// The form of a change.
pub(super) async fn form_page(
    site: &Site,
    who: &User,
    id: &Id,
    change: &Change,
    typed: &Typed,
) -> Result<FormPage, Problem> {
    let mut read = site.read().await?;
    let group = one(&mut read, id).await?.ok_or(Problem::NotFound)?;
    if group.ended.is_some() {
        return Err(Refusal::of("name", "This group has ended; nothing is changed in it.").into());
    }
    let last = last_seq(&mut read, id).await?;
    let mut filled = start(change.word, &group, typed.get("post"));
    if !typed.get("name").is_empty() {
        filled.0.remove("plans"); // a form that was sent without any means none, and not those that were
    }
    filled.0.extend(typed.0.clone());
    let address = format!("/groups/{id}");
    let plans = match change.word {
        "terms" => plans(site, &mut read, &group.terms.plans).await?,
        _ => Vec::new(),
    };
    Ok(FormPage {
        frame: Frame::of(format!("{}: {}", change.heading, group.terms.name), Section::Month)
            .seen_by(who.signed()),
        crumbs: vec![
            ("/groups".to_owned(), "Groups".to_owned()),
            (address.clone(), group.terms.name.clone()),
            (String::new(), change.heading.to_owned()),
        ],
        heading: change.heading.to_owned(),
        about: group.terms.name.clone(),
        intro: change.intro.to_owned(),
        action: format!("{address}/{}", change.word),
        submit: change.submit.to_owned(),
        back: address,
        last_seq: change.replaces.then(|| filled.last_seq().unwrap_or(last)),
        fields: fields(change.word, &group, plans, &filled),
        refusals: Vec::new(),
    })
}

/// What stands in the form at first.
fn start(word: &str, group: &Group, post: &str) -> Typed {
    match word {
        "terms" => {
            let terms = &group.terms;
            let typed = Typed::default()
                .with("name", &*terms.name)
                .with("kind", terms.kind.as_str())
                .with("reference", &*terms.reference)
                .with("cadence", terms.cadence.as_str())
                .with("plans", terms.plans.iter().map(Id::as_str).collect::<Vec<_>>().join("\n"));
            let (slot, month) = match terms.cadence {
                Cadence::None => return typed,
                Cadence::Monthly(slot) => (slot, String::new()),
                Cadence::Quarterly { slot, month } => (slot, month.to_string()),
            };
            typed.with("nth", slot.nth.as_str()).with("weekday", slot.weekday.as_str()).with("month", month)
        }
        "seat" => group.member(post).map_or_else(Typed::default, |member| {
            Typed::default()
                .with("alternate", &*member.alternate)
                .with("chairs", if member.chairs { "yes" } else { "no" })
        }),
        _ => Typed::default(),
    }
}

fn fields(word: &str, group: &Group, plans: Vec<(String, String)>, typed: &Typed) -> Vec<Field> {
    let post = || {
        let members = group.members.iter().map(|member| (member.post.clone(), member.post.clone()));
        let choices = std::iter::once((String::new(), "Choose a member".to_owned())).chain(members);
        Field::one("post", "Member", "", choices, typed)
    };
    let alternate =
        || Field::line("alternate", "Alternate", "The post that sits in its place, if there is one", typed);
    let chairs = || {
        let choices =
            [("no", "No"), ("yes", "Yes")].map(|(value, words)| (value.to_owned(), words.to_owned()));
        let hint = "What stays unanswered and has no strategic owner is escalated to the chair";
        Field::one("chairs", "Takes the chair", hint, choices, typed)
    };
    let reason = || Field::lines("reason", "Reason", "It stays on the timeline", 3, typed);
    match word {
        "terms" => terms_fields(plans, typed).into_iter().chain([reason()]).collect(),
        "members" => {
            vec![Field::line("post", "Post", "A post, not a name", typed), alternate(), chairs()]
        }
        "seat" => vec![post(), alternate(), chairs(), reason()],
        "removal" => vec![post(), reason()],
        _ => vec![reason()],
    }
}

fn terms_fields(plans: Vec<(String, String)>, typed: &Typed) -> Vec<Field> {
    let choices = |none: &str, all: &[(&str, &str)]| -> Vec<(String, String)> {
        let all = all.iter().map(|(value, words)| ((*value).to_owned(), (*words).to_owned()));
        std::iter::once((String::new(), none.to_owned())).chain(all).collect()
    };
    let kinds = Kind::ALL.map(|kind| (kind.as_str(), kind.words()));
    let nths = Nth::ALL.map(|nth| (nth.as_str(), nth.as_str()));
    let weekdays = Weekday::ALL.map(|weekday| (weekday.as_str(), weekday.words()));
    let cadences = [("monthly", "Monthly"), ("quarterly", "Quarterly"), ("none", "When it is called")];
    let months = [
        ("1", "January, April, July and October"),
        ("2", "February, May, August and November"),
        ("3", "March, June, September and December"),
    ];
    let needed = "For a group that meets monthly or quarterly";
    vec![
        Field::line("name", "Name", "", typed),
        Field::one("kind", "Where it stands", "", choices("Choose one", &kinds), typed),
        Field::lines("reference", "Terms of reference", "What it is for and to whom it reports", 6, typed),
        Field::one("cadence", "How often it meets", "", choices("Choose one", &cadences), typed),
        Field::one("nth", "Which one in the month", needed, choices("None", &nths), typed),
        Field::one("weekday", "Day of the week", needed, choices("None", &weekdays), typed),
        Field::one("month", "Months", "For a group that meets quarterly", choices("None", &months), typed),
        Field::many(
            "plans",
            "Looks after the plans of",
            "Its agendas and rounds are about these. Choose none for all. Plans of which nothing is open are left out",
            plans,
            typed,
        ),
    ]
}

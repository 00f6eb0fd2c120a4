//! The forms of a round.

use jiff::civil::Date;
use journal::{AsAt, Id, Refusal};
use plan::{
    register::{
        kept,
        rules::{Item, Register},
    },
    words::{counted, day},
};
use users::User;
use web::{Field, FormPage, Frame, Problem, Section, Site, Typed};

use super::{
    asks::{ALL, Whom, asks, ownerless},
    foreseen::foreseen,
    pages::{Change, waiting},
    rows,
    words::title,
};
use crate::{
    group::{self, rules::Group},
    meeting::{
        self,
        rules::{Meeting, Standing, due_before},
    },
    notice::reach::Reach,
    workday::rules::Calendar,
};

/// The form that opens a round.
pub(super) async fn new_page(site: &Site, who: &User, typed: &Typed) -> Result<FormPage, Problem> {
    let mut read = site.read().await?;
    let meetings = meeting::rows::all(&mut read).await?;
    let groups = group::rows::all(&mut read).await?;
    let register = kept::register(site, &mut read, AsAt::Now).await?;
    let today = site.today();
    let to_come = |(_, meeting): &&(Id, Meeting)| meeting.standing == Standing::Called && meeting.on > today;
    let name = |id: &Id| {
        let group = groups.iter().find(|(known, _)| known == id);
        group.map_or("", |(_, group)| group.terms.name.as_str())
    };
    let choices = meetings
        .iter()
        .filter(to_come)
        .map(|(id, meeting)| (id.to_string(), format!("{}, {}", name(&meeting.group), day(meeting.on))));
    let choices: Vec<_> =
        std::iter::once((String::new(), "Choose a meeting".to_owned())).chain(choices).collect();
    let chosen = meetings.iter().find(|(id, _)| id.as_str() == typed.get("meeting"));
    let of = chosen.and_then(|(_, meeting)| groups.iter().find(|(id, _)| *id == meeting.group));
    let of = of.map(|(_, group)| group);
    let reach = Reach::load(&mut read).await?;
    let whom = Whom {
        inspection: typed.get("inspection").to_owned(),
        owner: typed.get("owner").to_owned(),
        recommendation: typed.all("recommendation"),
    };
    let asks = asks(&register, &whom, of);
    let foreseen = foreseen(&reach, of, asks.iter().map(|ask| ask.post.as_str()));
    let any = groups.iter().any(|(_, group)| group.ended.is_none() && !group.terms.plans.is_empty());
    Ok(FormPage {
        frame: Frame::of("Ask for updates", Section::Month).seen_by(who.signed()),
        crumbs: vec![
            ("/rounds".to_owned(), "Rounds".to_owned()),
            (String::new(), "Ask for updates".to_owned()),
        ],
        heading: "Ask for updates".to_owned(),
        about: intro(&register, of),
        intro: foreseen.warning(),
        action: "/rounds/new".to_owned(),
        submit: "Ask for updates".to_owned(),
        back: "/rounds".to_owned(),
        last_seq: None,
        fields: vec![
            Field::one("meeting", "For the meeting", "", choices, typed),
            Field::line(
                "due_on",
                "Updates due by",
                &due_hint(chosen.map(|(_, meeting)| meeting), today),
                typed,
            ),
            Field::one("inspection", "Inspection", "", inspections(&register, any), typed),
            Field::one("owner", "Owner", "", owners(&register, &reach), typed),
        ],
        refusals: Vec::new(),
    })
}

fn intro(register: &Register, group: Option<&Group>) -> String {
    let terms = group.map(|group| &group.terms);
    let nobody = ownerless(register, terms);
    let own = |item: &&Item| terms.is_none_or(|terms| terms.looks_after(&item.recommendation.inspection));
    let open = register.items.iter().filter(|item| item.is_open()).filter(own).count() - nobody.len();
    let asked = counted(open, "open recommendation has", "open recommendations have");
    let asked = match group {
        Some(group) if !group.terms.plans.is_empty() => {
            format!("Of the plans that the group looks after, {asked}")
        }
        _ => asked,
    };
    let deadlines = &Calendar::scotland().deadlines;
    let before: Vec<String> = deadlines.remind_working_days_before_due.iter().map(u32::to_string).collect();
    let after = usize::try_from(deadlines.escalate_working_days_after_due).unwrap_or(0);
    let steps = format!(
        "Who has not answered is reminded {} working days before the day. Silence is escalated {} after it: to the recommendation’s strategic owner, or to the chair of the group where it has none.",
        before.join(" and "),
        counted(after, "working day", "working days")
    );
    if nobody.is_empty() {
        return format!("{asked} an owner to be asked. {steps}");
    }
    let labels: Vec<String> = nobody.iter().map(|item| item.label()).collect();
    format!(
        "{asked} an owner to be asked. Nobody owns {}, so nobody is asked about that. {steps}",
        labels.join(", ")
    )
}

fn due_hint(meeting: Option<&Meeting>, today: Date) -> String {
    let due = meeting.and_then(|meeting| due_before(Calendar::scotland(), meeting.on).ok());
    let Some(due) = due else {
        let deadlines = &Calendar::scotland().deadlines;
        return format!(
            "A working day before the meeting’s papers are due. Leave it empty for {} working days before that",
            deadlines.updates_working_days_before_papers
        );
    };
    let empty = if due.updates > today {
        format!("Leave it empty for {}", day(due.updates))
    } else {
        format!("Its updates were due on {}", day(due.updates))
    };
    format!("A working day before its papers are due on {}. {empty}", day(due.papers))
}

/// `some` is whether a group looks after some plans only: then nothing chosen means these.
fn inspections(register: &Register, some: bool) -> Vec<(String, String)> {
    let open = |id: &Id| register.of_inspection(id).filter(|item| item.is_open()).count();
    let choices = register.inspections.iter().filter_map(|(id, inspection)| {
        let open = open(id);
        (open > 0).then(|| (id.to_string(), format!("{} ({open} open)", inspection.title)))
    });
    let all = |value: &str| (value.to_owned(), "All inspections".to_owned());
    let first = if some {
        vec![(String::new(), "Those that the group looks after".to_owned()), all(ALL)]
    } else {
        vec![all("")]
    };
    first.into_iter().chain(choices).collect()
}

/// Each owner with what it owns, and that nobody holds the post where nobody does.
fn owners(register: &Register, reach: &Reach) -> Vec<(String, String)> {
    let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for item in register.items.iter().filter(|item| item.is_open()) {
        *counts.entry(item.recommendation.owner_post.as_str()).or_default() += 1;
    }
    counts.remove("");
    let choices = counts.into_iter().map(|(post, count)| {
        let unheld = if reach.of(post).is_empty() { ", held by nobody" } else { "" };
        (post.to_owned(), format!("{post} ({count} open{unheld})"))
    });
    std::iter::once((String::new(), "All owners".to_owned())).chain(choices).collect()
}

/// The form of a change that asks before it is done.
pub(super) async fn change_page(
    site: &Site,
    who: &User,
    id: &Id,
    change: &Change,
    typed: &Typed,
) -> Result<FormPage, Problem> {
    let mut read = site.read().await?;
    let kept = rows::one(&mut read, id).await?.ok_or(Problem::NotFound)?;
    if kept.closed_seq.is_some() {
        let round = title(&kept);
        let sentence = format!("The round “{round}” is closed; nobody is asked in it any more.");
        return Err(Refusal::of("round", sentence).into());
    }
    let register = kept::register(site, &mut read, AsAt::Now).await?;
    let waiting = waiting(&kept, &register);
    let title = title(&kept);
    let address = format!("/rounds/{id}");
    let fields = if change.word == "withdrawal" {
        let choices = std::iter::once((String::new(), "Choose a request".to_owned())).chain(waiting);
        vec![
            Field::one("recommendation", "Request", "", choices, typed),
            Field::lines("reason", "Reason", "It stays on the timeline", 3, typed),
        ]
    } else {
        Vec::new()
    };
    Ok(FormPage {
        frame: Frame::of(format!("{}: {title}", change.heading), Section::Month).seen_by(who.signed()),
        crumbs: vec![
            ("/rounds".to_owned(), "Rounds".to_owned()),
            (address.clone(), title.clone()),
            (String::new(), change.heading.to_owned()),
        ],
        heading: change.heading.to_owned(),
        about: title,
        intro: change.intro.to_owned(),
        action: format!("{address}/{}", change.word),
        submit: change.submit.to_owned(),
        back: address,
        last_seq: None,
        fields,
        refusals: Vec::new(),
    })
}

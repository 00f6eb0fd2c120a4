//! What the find field finds of this room by name: groups, their meetings and rounds.

use std::collections::BTreeMap;

use journal::{DatabaseError, Id, Reading};
use plan::{
    find::{named::Named, pages::Reads, rules::Kind},
    words::day,
};

use crate::{
    group,
    meeting::{self, rules::Standing},
    month,
};

/// All of them: three statements, and two for the members of groups.
pub fn named(read: &mut Reading) -> Reads<'_> {
    Box::pin(all(read))
}

async fn all(read: &mut Reading) -> Result<Vec<Named>, DatabaseError> {
    let groups = group::rows::all(&mut *read).await?;
    let mut all = Vec::new();
    let mut names: BTreeMap<&Id, &str> = BTreeMap::new();
    for (id, group) in &groups {
        names.insert(id, &group.terms.name);
        let posts: Vec<&str> = group.members.iter().map(|member| member.post.as_str()).collect();
        all.push(Named {
            kind: Kind::Group,
            name: group.terms.name.clone(),
            about: format!("{} {}", group.terms.reference, posts.join("; ")),
            note: if group.ended.is_some() { "Ended" } else { "" },
            address: format!("/groups/{id}"),
        });
    }
    for (id, meeting) in meeting::rows::all(&mut *read).await? {
        all.push(Named {
            kind: Kind::Meeting,
            name: format!("{}, {}", names.get(&meeting.group).unwrap_or(&""), day(meeting.on)),
            about: meeting.place.clone(),
            note: match meeting.standing {
                Standing::Called => "",
                Standing::Cancelled { .. } => "Cancelled",
                Standing::Held { .. } => "Held",
            },
            address: format!("/meetings/{id}"),
        });
    }
    for kept in month::rows::found(&mut *read, month::rows::Which::default()).await? {
        all.push(Named {
            kind: Kind::Round,
            name: format!("{}, {}", kept.group_name, day(kept.meets_on)),
            about: format!("Updates due by {}", day(kept.round.due_on)),
            note: if kept.closed_seq.is_some() { "Closed" } else { "" },
            address: format!("/rounds/{}", kept.id),
        });
    }
    Ok(all)
}

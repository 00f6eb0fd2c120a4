//! The forms that sort a recommendation.

use journal::{Actor, Id, OPEN_END, Tx, act};
use web::{Field, Site, Typed};

use super::{
    rows::Classifications,
    rules::{Command, Horizon, Known},
};
use crate::{
    codes,
    pages::{Change, Stored, recall},
};

fn reason(typed: &Typed) -> Field {
    Field::lines("reason", "Reason", "It stays on the timeline", 3, typed)
}

/// The changes to how a recommendation is sorted.
pub static CHANGES: [Change; 5] = [
    Change {
        word: "addressees",
        heading: "Say whom it is addressed to",
        intro: "Counts are per addressee: a recommendation to another body is not one of the force’s.",
        submit: "Save the addressees",
        permission: "plan.register",
        done: "The addressees are saved.",
        replaces: true,
        start: |item| Typed::default().with("addressees", item.classification.addressees.join("\n")),
        fields: |register, item, typed| {
            let bodies = register.bodies_of(item).iter().map(|body| (body.clone(), body.clone()));
            vec![
                Field::many("addressees", "Addressed to", "None chosen means all of them", bodies, typed),
                reason(typed),
            ]
        },
    },
    Change {
        word: "themes",
        heading: "Choose its themes",
        intro: "",
        submit: "Save the themes",
        permission: "plan.register",
        done: "The themes are saved.",
        replaces: true,
        start: |item| Typed::default().with("themes", item.classification.themes.join("\n")),
        fields: |_, _, typed| {
            let themes = codes::themes().iter().map(|one| (one.key.clone(), one.words.clone()));
            vec![Field::many("themes", "Themes", "", themes, typed)]
        },
    },
    Change {
        word: "horizon",
        heading: "Set its priority",
        intro: "",
        submit: "Save the priority",
        permission: "plan.register",
        done: "The priority is saved.",
        replaces: true,
        start: |item| {
            Typed::default().with("horizon", item.classification.horizon.map_or("", Horizon::as_str))
        },
        fields: |_, _, typed| {
            let choices = std::iter::once((String::new(), "Not set".to_owned()))
                .chain(Horizon::ALL.map(|one| (one.as_str().to_owned(), one.words().to_owned())));
            vec![Field::one("horizon", "Priority", "", choices, typed)]
        },
    },
    Change {
        word: "milestones",
        heading: "Link it to the business plan",
        intro: "Only direct links: the recommendation itself is part of reaching the milestone.",
        submit: "Save the links",
        permission: "plan.register",
        done: "The links to the business plan are saved.",
        replaces: true,
        start: |item| Typed::default().with("milestones", item.classification.milestones.join("\n")),
        fields: |_, _, typed| {
            let all = codes::milestones().iter().map(|one| (one.code.clone(), one.words()));
            vec![Field::many("milestones", "Milestones", "", all, typed)]
        },
    },
    Change {
        word: "strategic-owner",
        heading: "Name the strategic owner",
        intro: "The post at the top of the force that answers for it. The owner does the work.",
        submit: "Save the strategic owner",
        permission: "plan.register",
        done: "The strategic owner is saved.",
        replaces: true,
        start: |item| Typed::default().with("strategic_owner", &*item.classification.strategic_owner),
        fields: |_, _, typed| {
            vec![
                Field::line("strategic_owner", "Strategic owner", "A post, not a name", typed),
                reason(typed),
            ]
        },
    },
];

/// Stores one of [`CHANGES`].
pub async fn store(tx: &mut Tx, site: &Site, who: &Actor, id: &Id, word: &str, typed: &Typed) -> Stored {
    let recommendation = recall(tx, id).await?;
    let bodies = match &recommendation {
        Some(one) => crate::inspection::rows::one(tx, &one.inspection, OPEN_END - 1)
            .await?
            .map_or_else(Vec::new, |inspection| inspection.addressees),
        None => Vec::new(),
    };
    let text = |name: &str| typed.get(name).to_owned();
    let command = match word {
        "addressees" => Command::Address { to: text("addressees"), reason: text("reason") },
        "themes" => Command::Theme { themes: typed.all("themes") },
        "horizon" => Command::Prioritise { horizon: text("horizon") },
        "milestones" => Command::Link { milestones: typed.all("milestones") },
        _ => Command::Oversee { strategic_owner: text("strategic_owner"), reason: text("reason") },
    };
    act::<Classifications>(tx, who, site.now(), id, &Known { recommendation, bodies }, command).await
}

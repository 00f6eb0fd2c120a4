//! The forms that change a recommendation itself, and the steps to discharge.

use journal::{Actor, Id, Refusal, Tx, act};
use web::{Field, Site, Typed};

use super::{
    rows::{Recommendations, known},
    rules::{Command, Exposure},
};
use crate::{
    pages::{Change, Stored, recall},
    register::rules::Item,
};

const fn no_start(_: &Item) -> Typed {
    Typed(std::collections::BTreeMap::new())
}

fn reason(typed: &Typed) -> Field {
    Field::lines("reason", "Reason", "It stays on the timeline", 3, typed)
}

/// The changes to a recommendation.
pub static CHANGES: [Change; 10] = [
    Change {
        word: "text",
        heading: "Put its words right",
        intro: "A recommendation’s words are the inspectorate’s. Change them only to what the report says.",
        submit: "Change the words",
        permission: "plan.register",
        done: "The words are changed.",
        replaces: true,
        start: |item| Typed::default().with("text", &*item.recommendation.text),
        fields: |_, _, typed| {
            vec![Field::lines("text", "Recommendation", "As printed", 6, typed), reason(typed)]
        },
    },
    Change {
        word: "alias",
        heading: "Add another reference",
        intro: "Papers number one recommendation in different ways. It is then found by each of them.",
        submit: "Add the reference",
        permission: "plan.register",
        done: "The reference is added.",
        replaces: false,
        start: no_start,
        fields: |_, item, typed| {
            let known: Vec<_> = item.recommendation.references().collect();
            vec![Field::line("alias", "Also known as", &format!("Known as {}", known.join(", ")), typed)]
        },
    },
    Change {
        word: "owner",
        heading: "Change the owner",
        intro: "",
        submit: "Change the owner",
        permission: "plan.register",
        done: "The owner is changed.",
        replaces: true,
        start: |item| {
            Typed::default()
                .with("owner_post", &*item.recommendation.owner_post)
                .with("owner_team", &*item.recommendation.owner_team)
        },
        fields: |_, _, typed| {
            vec![
                Field::line("owner_post", "Owner", "A post, not a name", typed),
                Field::line("owner_team", "Team", "", typed),
                reason(typed),
            ]
        },
    },
    Change {
        word: "risk",
        heading: "Rate the risk",
        intro: "",
        submit: "Save the rating",
        permission: "plan.register",
        done: "The risk is rated.",
        replaces: true,
        start: |item| {
            Typed::default()
                .with("exposure", item.recommendation.exposure.map_or("", Exposure::as_str))
                .with("risk_statement", &*item.recommendation.risk_statement)
        },
        fields: |_, _, typed| {
            let choices = std::iter::once((String::new(), "Not rated".to_owned()))
                .chain(Exposure::ALL.map(|e| (e.as_str().to_owned(), e.as_str().to_owned())));
            vec![
                Field::one("exposure", "Risk exposure", "", choices, typed),
                Field::lines(
                    "risk_statement",
                    "The risk in a sentence",
                    "What may happen while this is open",
                    3,
                    typed,
                ),
                reason(typed),
            ]
        },
    },
    Change {
        word: "impact",
        heading: "Restate the intended impact",
        intro: "",
        submit: "Save the impact",
        permission: "plan.register",
        done: "The intended impact is restated.",
        replaces: true,
        start: |item| Typed::default().with("impact", &*item.recommendation.impact),
        fields: |_, _, typed| {
            vec![
                Field::lines("impact", "Intended impact", "What it is meant to bring about", 5, typed),
                reason(typed),
            ]
        },
    },
    Change {
        word: "evidence",
        heading: "Record the evidence as assembled",
        intro: "The next step is to propose closure to the inspectorate.",
        submit: "Record the evidence",
        permission: "plan.evidence",
        done: "The evidence is recorded as assembled.",
        replaces: true,
        start: no_start,
        fields: |_, _, typed| {
            vec![Field::lines(
                "evidence",
                "Evidence",
                "What there is and where it is kept, one a line",
                6,
                typed,
            )]
        },
    },
    Change {
        word: "closure",
        heading: "Propose closure",
        intro: "It goes to the inspectorate. Only their decision discharges it.",
        submit: "Propose closure",
        permission: "plan.evidence",
        done: "Closure is proposed. The inspectorate decides.",
        replaces: true,
        start: |item| {
            Typed::default()
                .with("what_we_did", &*item.recommendation.what_we_did)
                .with("impact", &*item.recommendation.impact_achieved)
        },
        fields: |_, _, typed| {
            vec![
                Field::lines("what_we_did", "What we did", "As the committee will read it", 6, typed),
                Field::lines(
                    "impact",
                    "The impact",
                    "What is better now, with the figure that shows it",
                    5,
                    typed,
                ),
            ]
        },
    },
    Change {
        word: "return",
        heading: "Return for more evidence",
        intro: "It goes back to the force with what you ask.",
        submit: "Return it",
        permission: "plan.decide",
        done: "It is returned.",
        replaces: true,
        start: no_start,
        fields: |_, _, typed| vec![Field::lines("reason", "What is still needed", "", 5, typed)],
    },
    Change {
        word: "discharge",
        heading: "Discharge",
        intro: "Its record is then closed: nothing can be added to it.",
        submit: "Discharge it",
        permission: "plan.decide",
        done: "It is discharged.",
        replaces: true,
        start: no_start,
        fields: |_, _, typed| vec![Field::lines("reason", "Why the evidence is sufficient", "", 5, typed)],
    },
    Change {
        word: "supersession",
        heading: "Record it as superseded",
        intro: "Its record is then closed; the work goes on under the other recommendation.",
        submit: "Record it as superseded",
        permission: "plan.evidence",
        done: "It is superseded.",
        replaces: true,
        start: no_start,
        fields: |register, item, typed| {
            let others = register.items.iter().filter(|other| other.id != item.id);
            let others = others
                .map(|other| (other.id.to_string(), format!("{} {}", other.label(), other.short_text())));
            let choices: Vec<_> = std::iter::once((String::new(), "Choose a recommendation".to_owned()))
                .chain(others)
                .collect();
            vec![Field::one("by", "Superseded by", "", choices, typed), reason(typed)]
        },
    },
];

/// Stores one of [`CHANGES`].
pub async fn store(tx: &mut Tx, site: &Site, who: &Actor, id: &Id, word: &str, typed: &Typed) -> Stored {
    let Some(was) = recall(tx, id).await? else {
        return Ok(Err(Refusal::of("reference", "There is no such recommendation.")));
    };
    let mut known = known(tx, &was.inspection, id, site.today()).await?;
    let text = |name: &str| typed.get(name).to_owned();
    let command = match word {
        "text" => Command::Reword { text: text("text"), reason: text("reason") },
        "alias" => Command::AddAlias { alias: text("alias") },
        "owner" => {
            Command::Reassign { post: text("owner_post"), team: text("owner_team"), reason: text("reason") }
        }
        "risk" => Command::Rate {
            exposure: text("exposure"),
            statement: text("risk_statement"),
            reason: text("reason"),
        },
        "impact" => Command::RestateImpact { impact: text("impact"), reason: text("reason") },
        "evidence" => Command::AssembleEvidence { evidence: text("evidence") },
        "closure" => Command::ProposeClosure { what_we_did: text("what_we_did"), impact: text("impact") },
        "return" => Command::Return { reason: text("reason") },
        "discharge" => Command::Discharge { reason: text("reason") },
        _ => {
            let Some(by) = Id::read(typed.get("by")).filter(|by| by != id) else {
                return Ok(Err(Refusal::of("by", "Choose the recommendation that takes it up.")));
            };
            known.successor = recall(tx, &by).await?;
            Command::Supersede { by, reason: text("reason") }
        }
    };
    act::<Recommendations>(tx, who, site.now(), id, &known, command).await
}

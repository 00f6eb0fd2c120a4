//! What rooms that the plan does not know tell of a recommendation on its page.

use evidence::evidence::{
    list::{rows::of_recommendation, views::spark_for},
    rules::Claim,
    seen::figure,
    verdict::Verdict,
    words::period,
};
use plan::recommendation::beside::{Asking, Line, Panel, Telling};

/// What stands beside a recommendation on its page.
pub static ROOMS: [for<'a> fn(Asking<'a>) -> Telling<'a>; 1] = [measured];

/// The measures that are attached to a recommendation as evidence, each with its course and whether it shows its claim.
fn measured(asking: Asking<'_>) -> Telling<'_> {
    Box::pin(async move {
        let Asking { conn, item, who } = asking;
        let all = of_recommendation(conn, &item.id).await?;
        let may_attach = who.may_do("plan.evidence");
        if all.is_empty() && !may_attach {
            return Ok(None);
        }
        let may_see_all = who.may_do("measure.read");
        let mut panel = Panel {
            heading: "Measured evidence".to_owned(),
            empty: "No measure is attached to it.".to_owned(),
            ..Panel::default()
        };
        for one in &all {
            let attached = &one.evidence.attached;
            let counted = (attached.counted.numerator, attached.counted.denominator);
            let (told, of) = figure(&attached.kept.definition(), counted, may_see_all);
            let is_withdrawn = one.evidence.withdrawn.is_some();
            let of = if of.is_empty() { String::new() } else { format!(", {of}") };
            let about = if attached.action.is_empty() {
                String::new()
            } else {
                format!(" Action {}.", attached.action)
            };
            panel.lines.push(Line {
                address: format!("/evidence/{}", one.id),
                reference: one.reference(),
                words: format!("{}: {told}{of}", attached.kept.name),
                note: format!("{}. {}.{about}", period(attached), claim_words(attached.claim)),
                state: if is_withdrawn { "Withdrawn" } else { one.verdict.words() }.to_owned(),
                is_alarming: !is_withdrawn && one.verdict == Verdict::NotShown,
                is_good: !is_withdrawn && one.verdict == Verdict::Shown,
                spark: spark_for(attached, may_see_all),
            });
        }
        if may_attach {
            let address = format!("/evidence/new?recommendation={}", item.id);
            panel.steps.push((address, "Attach a measure as evidence".to_owned()));
        }
        if !all.is_empty() {
            let address = format!("/evidence?recommendation={}", item.id);
            panel.steps.push((address, "All of it in a list".to_owned()));
        }
        Ok(Some(panel))
    })
}

fn claim_words(claim: Claim) -> String {
    format!("Claim: {}", claim.words().to_lowercase())
}

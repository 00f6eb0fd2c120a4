//! Carrying a compared plan in: every step the way a person's would go, all or none.

use std::collections::BTreeMap;

use import::{Placed, normal_reference};
use jiff::{Timestamp, civil::Date};
use journal::{Actor, AsAt, DatabaseError, Id, Refusal, Tx, act, append};
use sha2::{Digest, Sha256};

use super::{
    rows,
    rules::{Compared, Comparison, Fact, Step, compare, index},
};
use crate::{
    action::{rows::ActionsOf, rules::Known as ActionKnown},
    inspection::{
        self,
        rows::Inspections,
        rules::{Command as InspectionCommand, Details},
    },
    pages::recall,
    recommendation::{
        rows::Recommendations,
        rules::{Command as Change, Known, Printed},
    },
    register::{rows::load, rules::Item},
    target::{rows::Targets, rules::Known as TargetKnown},
    update::{
        pages::other,
        rows::UpdatesOf,
        rules::{Command as Update, Known as UpdateKnown},
    },
};

/// The file and the inspection whose plan it is.
#[derive(Debug, Clone)]
pub struct Source {
    /// The inspection, if it is registered; otherwise it is registered from `details`.
    pub inspection: Option<Id>,
    /// What to register it by.
    pub details: Details,
    /// The file's name, as the reason of changes tells it.
    pub file: String,
    /// What [`digest`] gives for its bytes.
    pub digest: String,
}

/// Who carries it in, and when.
#[derive(Debug, Clone)]
pub struct When<'a> {
    /// Who.
    pub who: &'a Actor,
    /// Now.
    pub now: Timestamp,
    /// Today, in Scotland.
    pub today: Date,
}

/// The recommendation that steps are about.
struct Of<'a> {
    inspection: &'a Id,
    id: &'a Id,
    taken: &'a BTreeMap<String, String>,
    /// The recommendations of the inspection so far, by reference.
    ids: &'a BTreeMap<String, Id>,
}

/// How many recommendations one file may have. GUESS: the longest plan in the papers has 24.
const MOST: usize = 500;

/// SHA-256 of a file, in hex.
pub fn digest(bytes: &[u8]) -> String {
    journal::hex(&Sha256::digest(bytes))
}

/// The registered inspection of that title, whatever its case.
pub async fn find_inspection(tx: &mut Tx, title: &str) -> Result<Option<Id>, DatabaseError> {
    let all = inspection::rows::all(tx, journal::OPEN_END - 1).await?;
    let title = title.trim();
    Ok(all.into_iter().find(|(_, one)| one.title.eq_ignore_ascii_case(title)).map(|(id, _)| id))
}

/// Does everything that `placed` asks in `tx`, and tells what that was. Whoever only wants to know drops
/// `tx`; whoever means it commits. Where nothing differs, nothing is written.
pub async fn carry_in(
    tx: &mut Tx,
    when: &When<'_>,
    source: &Source,
    placed: &Placed,
) -> Result<Result<(Id, Comparison), Refusal>, DatabaseError> {
    let (inspection, is_new) = match inspection(tx, when, source).await? {
        Ok(found) => found,
        Err(refusal) => return Ok(Err(refusal)),
    };
    // What was registered just now has no recommendations: the register is not read to find that out.
    let register = if is_new { None } else { Some(load(tx, AsAt::Now, when.now).await?) };
    let items: Vec<&Item> =
        register.iter().flat_map(|register| register.of_inspection(&inspection)).collect();
    let seen = rows::seen(tx, &inspection, &source.digest).await?;
    let reason = format!("As published in {}", source.file);
    let comparison = compare(placed, &items, &reason, seen);
    let fact = Fact::CarriedIn {
        file: source.file.clone(),
        digest: source.digest.clone(),
        recommendations: placed.recommendations.len(),
        actions: placed.recommendations.iter().map(|one| one.actions.len()).sum(),
        unsure: placed.unsure.len(),
        of: None,
    };
    let carried = carry_compared(tx, when, &inspection, &items, &comparison, &fact).await?;
    Ok(carried.map(|()| (inspection, comparison)))
}

/// Does every step of `comparison`, whose `items` are those of `inspection`, and tells by `fact` that it was
/// carried in. Where nothing differs, nothing is written.
pub async fn carry_compared(
    tx: &mut Tx,
    when: &When<'_>,
    inspection: &Id,
    items: &[&Item],
    comparison: &Comparison,
    fact: &Fact,
) -> Result<Result<(), Refusal>, DatabaseError> {
    if comparison.compared.len() > MOST {
        let sentence = format!(
            "The plan has {} recommendations; at most {MOST} are taken at once. Split the file.",
            comparison.compared.len()
        );
        return Ok(Err(Refusal::of("file", sentence)));
    }
    let known = index(items);
    // What a new one's reference may not be: read once, and added to as the new ones are made.
    let mut taken: BTreeMap<String, String> =
        known.iter().map(|(key, item)| (key.clone(), item.recommendation.reference.clone())).collect();
    let mut ids: BTreeMap<String, Id> =
        known.iter().map(|(key, item)| (key.clone(), item.id.clone())).collect();
    for compared in &comparison.compared {
        let key = normal_reference(&compared.reference);
        let id = known.get(&key).map_or_else(|| Id::new(when.now), |item| item.id.clone());
        let of = Of { inspection, id: &id, taken: &taken, ids: &ids };
        if let Err(refusal) = carry_one(tx, when, &of, compared).await? {
            return Ok(Err(refusal));
        }
        taken.insert(key.clone(), compared.reference.clone());
        ids.insert(key, id);
    }
    if !comparison.is_idle() {
        let entry = append(tx, when.who, when.now, inspection, fact).await?;
        rows::save(tx, &entry, inspection, &super::rules::apply(None, fact)).await?;
    }
    Ok(Ok(()))
}

async fn inspection(
    tx: &mut Tx,
    when: &When<'_>,
    source: &Source,
) -> Result<Result<(Id, bool), Refusal>, DatabaseError> {
    if let Some(id) = &source.inspection {
        // Whatever a form says, a recommendation belongs to an inspection that is there.
        return Ok(match inspection::rows::one(tx, id, journal::OPEN_END - 1).await? {
            Some(_) => Ok((id.clone(), false)),
            None => Err(Refusal::of(
                "inspection",
                "That inspection is not in the register. Choose one from the list, or register a new one.",
            )),
        });
    }
    if let Some(id) = find_inspection(tx, &source.details.title).await? {
        return Ok(Ok((id, false)));
    }
    let id = Id::new(when.now);
    let known = inspection::rows::known(tx, &id).await?;
    let command = InspectionCommand::Register(source.details.clone());
    Ok(act::<Inspections>(tx, when.who, when.now, &id, &known, command).await?.map(|_| (id, true)))
}

async fn carry_one(
    tx: &mut Tx,
    when: &When<'_>,
    of: &Of<'_>,
    compared: &Compared,
) -> Result<Result<(), Refusal>, DatabaseError> {
    for step in compared.steps.clone() {
        if let Err(refusal) = carry_step(tx, when, of, step).await? {
            let at = format!("{}, recommendation {}", compared.at, compared.reference);
            return Ok(Err(Refusal::of(at.clone(), format!("{at}: {}", refusal.sentence))));
        }
    }
    Ok(Ok(()))
}

async fn carry_step(
    tx: &mut Tx,
    when: &When<'_>,
    of: &Of<'_>,
    step: Step,
) -> Result<Result<(), Refusal>, DatabaseError> {
    let (who, now, id) = (when.who, when.now, of.id);
    let done = match step {
        Step::Make(printed) => {
            let known = Known { today: when.today, taken: of.taken.clone(), successor: None };
            let command = Change::Make(Printed { inspection: Some(of.inspection.clone()), ..printed });
            act::<Recommendations>(tx, who, now, id, &known, command).await?
        }
        Step::Change(command) => {
            // No change of an import is about references, so none has to be known.
            let known = Known { today: when.today, taken: BTreeMap::new(), successor: None };
            act::<Recommendations>(tx, who, now, id, &known, command).await?
        }
        Step::Target(command) => {
            // What is published is carried in as it was published, even a target that was past on that day.
            let known = TargetKnown { recommendation: recall(tx, id).await?, published_on: None };
            act::<Targets>(tx, who, now, id, &known, command).await?
        }
        Step::Action(command) => {
            let known = ActionKnown::on(when.today, recall(tx, id).await?);
            act::<ActionsOf>(tx, who, now, id, &known, command).await?
        }
        Step::Update(command) => {
            let known = UpdateKnown { recommendation: recall(tx, id).await?, other: None };
            act::<UpdatesOf>(tx, who, now, id, &known, command).await?
        }
        Step::AsAbove(reference) => {
            let Some(from) = of.ids.get(&normal_reference(&reference)).cloned() else {
                let sentence =
                    format!("Its update is that of {reference}, which is not there. Add it first.");
                return Ok(Err(Refusal::of("from", sentence)));
            };
            let other = other(tx, &from).await?;
            let known = UpdateKnown { recommendation: recall(tx, id).await?, other };
            let command = Update::Inherit { from, note: String::new() };
            act::<UpdatesOf>(tx, who, now, id, &known, command).await?
        }
    };
    Ok(done.map(|_| ()))
}

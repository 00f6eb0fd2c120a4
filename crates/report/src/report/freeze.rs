//! Freezing a report: counted in one reading, composed beside the server’s work, appended as one fact.

use jiff::{Timestamp, civil::Date};
use journal::{Actor, Connection, DatabaseError, Id, Journal, Refusal, act, day_of};
use measure::catalogue::Catalogue;

use super::{
    compose::{Composing, compose, published},
    rows::{Reports, edition, of_about, one, published as published_before},
    rules::{Command, Edition, Frozen, Known, Published, changed, reason},
};
use crate::{
    figure::{gather::gather, rules::Counted},
    pack::{
        definition::{Pack, pack},
        rules::About,
    },
    publication::rules::{Earlier, protect},
    subscription::{letter::News, tell::tell},
};

/// All that an edition is made of.
#[derive(Debug, Clone)]
pub struct Gathered {
    /// The pack.
    pub pack: &'static Pack,
    /// What it is about.
    pub about: About,
    /// The report, where it was frozen before.
    pub id: Option<Id>,
    /// Its last edition.
    pub was: Option<Edition>,
    /// What is counted now.
    pub counted: Counted,
    /// What was published before; empty where the pack is not published.
    pub earlier: Vec<Earlier>,
}

impl Gathered {
    /// Counts it in this reading, which must be one picture of the database, and was counted by these definitions.
    pub async fn load(
        read: &mut Connection,
        catalogue: &Catalogue,
        pack: &'static Pack,
        about: &About,
        today: Date,
    ) -> Result<Self, DatabaseError> {
        let id = of_about(read, about).await?;
        let line = match &id {
            Some(id) => one(read, id).await?,
            None => None,
        };
        let was = match &line {
            Some(line) => edition(read, &line.id, line.edition).await?,
            None => None,
        };
        let earlier = if pack.is_published { published_before(read).await? } else { Vec::new() };
        let counted = gather(read, catalogue, pack, about, today).await?;
        Ok(Self { pack, about: about.clone(), id, was, counted, earlier })
    }

    fn composing<'a>(&'a self, reason: &'a str) -> Composing<'a> {
        let Self { pack, about, was, counted, .. } = self;
        Composing { pack, about, was: was.as_ref(), reason, counted }
    }

    /// The edition that is frozen, or why there is none.
    pub fn edition(&self, typed: &str) -> Result<Edition, Refusal> {
        let reason = reason(self.was.as_ref(), typed)?;
        let of = self.composing(&reason);
        let (number, is_provisional) = (of.number(), of.is_provisional());
        let tree = Box::new(compose(&of)?);
        let published = if self.pack.is_published { Some(self.published(&of)?) } else { None };
        let (pack_version, counted) = (self.pack.version, self.counted.clone());
        Ok(Edition { number, reason: reason.clone(), pack_version, counted, is_provisional, tree, published })
    }

    /// The edition as it would be, for whoever looks before it is frozen.
    pub fn preview(&self) -> Result<Edition, Refusal> {
        self.edition("To be given when it is frozen.")
    }

    fn published(&self, of: &Composing<'_>) -> Result<Published, Refusal> {
        let mut shown = Vec::new();
        for definition in self.pack.measures() {
            let Some(figure) = self.counted.figures.iter().find(|one| one.measure == definition.key) else {
                continue;
            };
            let own = protect(definition, (&self.pack.key, self.about.period), figure, &self.earlier);
            shown.push(own.map_err(|sentence| Refusal::of("pack", sentence))?);
        }
        Ok(Published { tree: Box::new(published(of, &shown, &self.earlier)?), shown })
    }
}

/// Freezes a report; gives its identity. `reason` is why there is another edition.
/// The outer error is the database’s, the inner one a person can mend.
pub async fn freeze(
    journal: &Journal,
    who: &Actor,
    now: Timestamp,
    about: &About,
    reason: &str,
) -> Result<Result<Id, Refusal>, DatabaseError> {
    freeze_by(Catalogue::published(), journal, (who, now), about, reason).await
}

/// The same by other definitions, with which everything has to be counted.
pub async fn freeze_by(
    catalogue: &Catalogue,
    journal: &Journal,
    (who, now): (&Actor, Timestamp),
    about: &About,
    reason: &str,
) -> Result<Result<Id, Refusal>, DatabaseError> {
    let today = day_of(now);
    let Some(pack) = pack(&about.pack) else {
        return Ok(Err(Refusal::of("pack", "There is no such pack of reports. Choose one of the list.")));
    };
    let mut read = journal.read().await?;
    let gathered = Gathered::load(&mut read, catalogue, pack, about, today).await?;
    drop(read);
    let id = gathered.id.clone().unwrap_or_else(|| Id::new(now));
    let is_corrected = !changed(gathered.was.as_ref(), &gathered.counted).is_empty();
    let reason = reason.to_owned();
    // The audit of small numbers is a second’s work of one core: the server goes on.
    let composed = tokio::task::spawn_blocking(move || gathered.edition(&reason)).await;
    let edition = match composed.map_err(|error| DatabaseError::Protocol(error.to_string()))? {
        Ok(edition) => edition,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let mut tx = journal.begin().await?;
    // Somebody may have frozen the first edition in between: then it is theirs.
    let id = of_about(&mut tx, about).await?.unwrap_or(id);
    let news = News::of(&id, about, &edition, is_corrected);
    let command = Command::Freeze(Frozen { about: about.clone(), edition });
    match act::<Reports>(&mut tx, who, now, &id, &Known { today }, command).await? {
        Ok(_) => {
            // In the same transaction: an edition is frozen once, so that it is told once, whoever else is freezing it.
            tell(&mut tx, who, now, &news).await?;
            tx.commit().await?;
            Ok(Ok(id))
        }
        Err(refusal) => Ok(Err(refusal)),
    }
}

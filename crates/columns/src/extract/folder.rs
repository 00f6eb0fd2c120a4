//! All tables in a folder, with a manifest. It is written aside and renamed: a folder of that name is whole.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{Error, ErrorKind},
    path::{Path, PathBuf},
};

use jiff::{Timestamp, civil::Date};
use journal::{Connection, DatabaseError, head};
use serde::{Deserialize, Serialize};

use super::stream::{Stretch, Writers, stretch, write};
use crate::{
    file::{Format, Writer},
    pseudonym::rules::Key,
    table::rules::{ALL, VERSION},
};

/// What the manifest's file is called.
pub const MANIFEST: &str = "manifest.json";

/// What a folder says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of the schema.
    pub schema_version: i64,
    /// With which definitions the measures were counted.
    pub edition: String,
    /// The version of the organisation with which they were counted.
    #[serde(default)]
    pub organisation_version: i64,
    /// The version of the calendar of working days.
    #[serde(default)]
    pub calendar_version: i64,
    /// By what the key of the pseudonyms is known: only folders with the same can be joined by them.
    pub pseudonyms: String,
    /// The last entry of the journal when it was made.
    pub entry: i64,
    /// The entry at which the counting of measures stood.
    pub counted_to: i64,
    /// The facts are those after this entry…
    pub after_entry: i64,
    /// … until this one.
    pub until_entry: i64,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// "parquet" or "csv".
    pub format: String,
    /// The rows of each table.
    pub rows: BTreeMap<String, u64>,
}

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The key of the pseudonyms.
    pub key: &'a Key,
    /// The first day; without it, from the beginning.
    pub from: Option<Date>,
    /// The last day.
    pub until: Date,
    /// The form of the files.
    pub format: Format,
    /// The moment.
    pub now: Timestamp,
}

/// Writes the folder. `on_block` is told how far the journal was read, and of how far.
pub async fn extract(
    conn: &mut Connection,
    asked: Asked<'_>,
    folder: &Path,
    on_block: impl FnMut(i64, i64) + Send,
) -> Result<Manifest, DatabaseError> {
    let aside = Aside::beside(folder)?;
    let manifest = fill(conn, asked, &aside.0, on_block).await?;
    fs::write(aside.0.join(MANIFEST), serde_json::to_vec_pretty(&manifest).map_err(Error::other)?)?;
    fs::rename(&aside.0, folder)?;
    Ok(manifest)
}

async fn fill(
    conn: &mut Connection,
    asked: Asked<'_>,
    aside: &Path,
    mut on_block: impl FnMut(i64, i64) + Send,
) -> Result<Manifest, DatabaseError> {
    let stretch: Stretch = stretch(conn, asked.from, asked.until, asked.now).await?;
    let mut writers = Writers::new();
    for table in ALL {
        let file = File::create_new(aside.join(format!("{}.{}", table.key, asked.format.as_str())))?;
        writers.insert(table.key, (table, Writer::begin(table, asked.format, file)?));
    }
    write(conn, asked.key, &stretch, &mut writers, |seq| {
        on_block(seq - stretch.after, stretch.until - stretch.after);
    })
    .await?;
    let mut rows = BTreeMap::new();
    for (key, (_, writer)) in writers {
        rows.insert(key.to_owned(), writer.end()?);
    }
    let catalogue = measure::catalogue::Catalogue::published();
    Ok(Manifest {
        schema_version: VERSION,
        edition: catalogue.edition(),
        organisation_version: catalogue.organisation().version(),
        calendar_version: catalogue.calendar(),
        pseudonyms: asked.key.name(),
        entry: head(conn).await?,
        counted_to: measure::count::rows::counted_to(conn).await?,
        after_entry: stretch.after,
        until_entry: stretch.until,
        from: stretch.first_day,
        until: stretch.last_day,
        format: asked.format.as_str().to_owned(),
        rows,
    })
}

/// A folder that goes away again unless it is renamed.
struct Aside(PathBuf);

impl Aside {
    fn beside(folder: &Path) -> Result<Self, Error> {
        if folder.exists() {
            let told = format!("{} is there already. Name a folder that is not there yet.", folder.display());
            return Err(Error::new(ErrorKind::AlreadyExists, told));
        }
        let Some(name) = folder.file_name() else {
            let told = format!("{} is no name of a folder.", folder.display());
            return Err(Error::new(ErrorKind::InvalidInput, told));
        };
        let mut partial = std::ffi::OsString::from(".");
        partial.push(name);
        partial.push(format!(".{}.partial", std::process::id()));
        let aside = folder.with_file_name(partial);
        if let Some(parent) = folder.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::create_dir(&aside)?;
        Ok(Self(aside))
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        // After the renaming there is nothing there; after a failure nobody should take it for whole.
        let _ = fs::remove_dir_all(&self.0);
    }
}

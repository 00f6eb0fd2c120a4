//! The tables: a page, data, and each as a file.

use std::{
    fs::File,
    io::{Read, Seek},
    path::PathBuf,
    sync::Arc,
};

use axum::{
    Extension, Router,
    body::Body,
    extract::{Path, Query as Wanted, State},
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use futures_util::stream::{StreamExt, unfold};
use jiff::civil::Date;
use users::User;
use web::{Accepts, Problem, Site, show};

use super::views::{list, one};
use crate::{
    extract::{
        rules::{Query, file, named},
        stream::{Writers, stretch, write},
    },
    file::{Format, Writer},
    pseudonym::rules::Key,
    table::rules::Table,
};

/// Bytes that are sent at once.
const PIECE: usize = 64 * 1024;

/// What the binary gives the room: the key of the pseudonyms, and a folder in which files may stand while they are sent.
#[derive(Clone)]
pub struct Kept(Arc<(Key, PathBuf)>);

impl Kept {
    /// This key and this folder.
    pub fn of(key: Key, folder: PathBuf) -> Self {
        Self(Arc::new((key, folder)))
    }
}

/// The addresses of the extracts; the binary has to give [`Kept`].
pub fn routes() -> Router<Site> {
    Router::new().route("/extracts", get(show_all)).route("/extracts/{name}", get(answer))
}

/// `GET /extracts`: no statement.
async fn show_all(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Extension(kept): Extension<Kept>,
) -> Result<Response, Problem> {
    who.may("measure.extract")?;
    show(accepts, &list(&who, Query::default().by_address(site.now())?, kept.0.0.name()))
}

/// `GET /extracts/{table}`: its columns; `GET /extracts/{table}.parquet` and `.csv`: itself.
async fn answer(
    State(site): State<Site>,
    who: User,
    accepts: Accepts,
    Extension(kept): Extension<Kept>,
    Path(name): Path<String>,
    Wanted(query): Wanted<Query>,
) -> Result<Response, Problem> {
    who.may("measure.extract")?;
    if !name.contains('.') {
        return show(accepts, &one(&who, named(&name)?, Query::default().by_address(site.now())?));
    }
    let (table, format) = file(&name)?;
    let days = query.by_address(site.now())?;
    let written = written(&site, &kept, table, format, days).await?;
    let disposition =
        format!("attachment; filename=\"{}-{}-{}.{}\"", table.key, days.0, days.1, format.as_str());
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, pieces(written)).into_response())
}

/// The table as a file that has no name any more: it goes away when it is sent, or when nobody reads on.
async fn written(
    site: &Site,
    kept: &Kept,
    table: &'static Table,
    format: Format,
    (from, until): (Date, Date),
) -> Result<File, Problem> {
    let broken = |error: std::io::Error| Problem::Broken(format!("an extract could not be written: {error}"));
    let (key, folder) = &*kept.0;
    let mut written = nameless(folder).map_err(broken)?;
    let writer = Writer::begin(table, format, written.try_clone().map_err(broken)?).map_err(broken)?;
    let mut writers = Writers::from([(table.key, (table, writer))]);
    let mut read = site.read().await?;
    let stretch = stretch(&mut read, Some(from), until, site.now()).await?;
    write(&mut read, key, &stretch, &mut writers, |_| ()).await?;
    for (_, writer) in writers.into_values() {
        writer.end().map_err(broken)?;
    }
    written.rewind().map_err(broken)?;
    Ok(written)
}

fn nameless(folder: &std::path::Path) -> std::io::Result<File> {
    std::fs::create_dir_all(folder)?;
    let mut random = [0_u8; 16];
    getrandom::fill(&mut random).map_err(|error| std::io::Error::other(error.to_string()))?;
    let path = folder.join(format!("extract-{}.partial", journal::hex(&random)));
    let file = File::options().read(true).write(true).create_new(true).open(&path)?;
    std::fs::remove_file(&path)?;
    Ok(file)
}

fn pieces(file: File) -> Body {
    let pieces = unfold(file, |mut file| async move {
        let mut piece = vec![0; PIECE];
        match file.read(&mut piece) {
            Ok(0) => None,
            Ok(read) => {
                piece.truncate(read);
                Some((Ok(piece), file))
            }
            Err(error) => Some((Err(error), file)),
        }
    });
    // Whoever compresses it asks again after its end.
    Body::from_stream(pieces.fuse())
}

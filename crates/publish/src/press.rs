//! Where papers are typeset: in a process of its own, with the fonts of our own assets.
//!
//! A large paper takes a second of one core and 250 MB. In the server that memory stays, in pieces, and the second is
//! taken from somebody who records a 999 call; a process ends with both (decisions/0015).

use std::{
    io::{self, Read, Write},
    path::PathBuf,
    process::Stdio,
    sync::{LazyLock, OnceLock},
};

use tokio::{io::AsyncWriteExt, process::Command, sync::Semaphore};

use crate::document::{Document, PdfError, Typesetter};

/// The fonts of a paper: the first is its text face.
const FONTS: [&str; 2] =
    ["fonts/AtkinsonHyperlegibleNext-Regular.ttf", "fonts/AtkinsonHyperlegibleNext-Bold.ttf"];
/// What the program is asked to do.
const TYPESET: &str = "typeset";

static TYPESETTER: LazyLock<Typesetter> = LazyLock::new(|| {
    let fonts = FONTS.iter().filter_map(|name| web::asset(name)).collect();
    Typesetter::new(fonts).expect("the fonts are among the assets: `make assets` puts them there")
});
/// The program that is started for a paper; without one, papers are typeset here.
static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
/// One paper after the other: the other cores are for those who wait on the line.
static TURN: Semaphore = Semaphore::const_new(1);

/// Papers are typeset by this program from now on, which does [`typeset_here`] when its argument is "typeset".
pub fn typeset_with(program: PathBuf) {
    // Said twice, the first holds.
    let _ = PROGRAM.set(program);
}

/// The paper as a PDF.
///
/// # Errors
/// [`PdfError::Refused`] when Typst finds something that a reader could not use, or the process fails.
pub async fn pdf(document: Document) -> Result<Vec<u8>, PdfError> {
    let _turn = TURN.acquire().await.map_err(|error| failed(&error))?;
    if let Some(program) = PROGRAM.get() {
        let started = Command::new(program)
            .arg(TYPESET)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn();
        match started {
            Ok(child) => return by(child, &document).await,
            // The program may be gone, in the middle of an upgrade.
            Err(error) => tracing::warn!(%error, "no process for a paper: it is typeset in the server"),
        }
    }
    let here = tokio::task::spawn_blocking(move || TYPESETTER.pdf(&document));
    here.await.map_err(|error| failed(&error))?
}

async fn by(mut child: tokio::process::Child, document: &Document) -> Result<Vec<u8>, PdfError> {
    let paper = serde_json::to_vec(document).map_err(|error| failed(&error))?;
    if let Some(mut stdin) = child.stdin.take() {
        // A process that ended early says why below.
        let _ = stdin.write_all(&paper).await;
    }
    let ended = child.wait_with_output().await.map_err(|error| failed(&error))?;
    if ended.status.success() {
        return Ok(ended.stdout);
    }
    Err(PdfError::Refused(String::from_utf8_lossy(&ended.stderr).lines().map(str::to_owned).collect()))
}

fn failed(error: &dyn std::fmt::Display) -> PdfError {
    PdfError::Refused(vec![error.to_string()])
}

/// What the process does: reads a paper as JSON and writes it as a PDF.
///
/// # Errors
/// When what is read is no paper, or cannot be typeset.
pub fn typeset_here(mut from: impl Read, mut to: impl Write) -> io::Result<()> {
    let mut paper = Vec::new();
    from.read_to_end(&mut paper)?;
    let document: Document = serde_json::from_slice(&paper)?;
    to.write_all(&TYPESETTER.pdf(&document).map_err(io::Error::other)?)
}

//! A form with a file: its fields and the file, as they were sent.

use axum::{
    extract::{Multipart, multipart::MultipartError},
    http::StatusCode,
};
use journal::Refusal;

use crate::{Problem, Typed};

/// The fields of a form and its file, by the name that it had; nothing where none was chosen. Check the form's token
/// before anything is done with them.
pub async fn read_upload(mut form: Multipart) -> Result<(Typed, Option<(String, Vec<u8>)>), Problem> {
    let unreadable = |error: MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
        _ => Refusal::of("file", "The form could not be read. Send it once more.").into(),
    };
    let mut pairs = Vec::new();
    let mut file = None;
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            let file_name = field.file_name().unwrap_or("the file").to_owned();
            let bytes = field.bytes().await.map_err(unreadable)?;
            if !bytes.is_empty() {
                file = Some((file_name, bytes.to_vec()));
            }
        } else {
            pairs.push((name, field.text().await.map_err(unreadable)?));
        }
    }
    Ok((Typed::gather(pairs), file))
}

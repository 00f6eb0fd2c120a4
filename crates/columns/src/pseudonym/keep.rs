//! The key in the data folder: made once, read by its owner only.

use std::{
    fs::{File, OpenOptions},
    io::{Error, ErrorKind, Read, Result, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use super::rules::{BYTES, Key};

/// What the file is called.
pub const FILE: &str = "pseudonyms.key";

/// The key of an installation; made where there is none. A damaged one is refused and never replaced: the extracts of
/// years would not join those to come.
pub fn key(data_dir: &Path) -> Result<Key> {
    std::fs::create_dir_all(data_dir)?;
    let path = data_dir.join(FILE);
    if !path.exists() {
        make(data_dir, &path)?;
    }
    let mut bytes = Vec::new();
    File::open(&path)?.read_to_end(&mut bytes)?;
    let bytes: [u8; BYTES] = bytes.try_into().map_err(|_| {
        let told = format!("{} is no key of {BYTES} bytes. Put back the one that was there.", path.display());
        Error::new(ErrorKind::InvalidData, told)
    })?;
    Ok(Key::of(bytes))
}

/// Writes it aside and links it into its place: of two that make one at once, the first wins and both read it.
fn make(data_dir: &Path, path: &Path) -> Result<()> {
    let mut bytes = [0_u8; BYTES];
    getrandom::fill(&mut bytes).map_err(|error| Error::other(error.to_string()))?;
    let mut name = [0_u8; 8];
    getrandom::fill(&mut name).map_err(|error| Error::other(error.to_string()))?;
    let aside = data_dir.join(format!("{FILE}.{}", journal::hex(&name)));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&aside)?;
    file.write_all(&bytes)?;
    file.sync_all()?;
    let linked = std::fs::hard_link(&aside, path);
    std::fs::remove_file(&aside)?;
    match linked {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => File::open(data_dir)?.sync_all(),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_key_is_made_once_and_another_folder_has_another() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let first = key(&one.path().join("data")).unwrap();
        assert_eq!(key(&one.path().join("data")).unwrap().name(), first.name());
        assert_ne!(key(other.path()).unwrap().name(), first.name());
        let file = std::fs::metadata(one.path().join("data").join(FILE)).unwrap();
        assert_eq!(file.permissions().mode() & 0o777, 0o600, "nobody else reads it");
        assert_eq!(std::fs::read_dir(one.path().join("data")).unwrap().count(), 1, "nothing is left aside");
    }

    #[test]
    fn a_damaged_key_is_refused_and_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), b"short").unwrap();
        let told = key(folder.path()).unwrap_err().to_string();
        assert!(told.contains("Put back the one that was there"), "{told}");
        assert_eq!(std::fs::read(folder.path().join(FILE)).unwrap(), b"short");
    }
}

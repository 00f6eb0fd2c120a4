//! The zip file around a workbook or a Word paper, opened with suspicion: parts are counted before the
//! directory is read, and bytes while they are inflated. Nothing is ever extracted, so names do no harm.

use std::io::{BufReader, Cursor, Read};

use journal::Refusal;
use zip::ZipArchive;
use zip::read::ZipFile;

use crate::kind::refuse;
use crate::limits;
use crate::read::too_long;
use crate::xml::Xml;

/// A zip file whose directory was found harmless.
pub(crate) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// The names of the parts, as the directory has them.
    names: Vec<String>,
    file_bytes: u64,
    inflated: u64,
}

impl<'a> Archive<'a> {
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        // Every entry of the directory has this signature, whatever number the directory claims.
        if bytes.windows(4).filter(|four| four == b"PK\x01\x02").take(limits::PARTS + 1).count()
            > limits::PARTS
        {
            return Err(refuse(format!(
                "has more than {} parts inside. Copy the plan's table into a new file and import that.",
                limits::PARTS
            )));
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
        let names: Vec<String> = (0..zip.len())
            .map(|index| match zip.name_for_index(index) {
                Some(Ok(name)) => name.trim_start_matches('/').replace('\\', "/"),
                _ => String::new(),
            })
            .collect();
        let archive = Self { zip, names, file_bytes: bytes.len() as u64, inflated: 0 };
        archive.refuse_macros()?;
        Ok(archive)
    }

    fn refuse_macros(&self) -> Result<(), Refusal> {
        let macros = |name: &&String| name.to_ascii_lowercase().ends_with("vbaproject.bin");
        match self.names.iter().find(macros) {
            Some(_) => Err(refuse(
                "has macros inside, and a plan needs none. Save it as .xlsx or .docx without macros and import that.",
            )),
            None => Ok(()),
        }
    }

    /// Whether there is a part whose name ends so.
    pub(crate) fn has(&self, ending: &str) -> bool {
        self.names.iter().any(|name| name.to_ascii_lowercase().ends_with(ending))
    }

    /// Reads a part as XML with `reading`; nothing where there is no such part.
    pub(crate) fn part<T>(
        &mut self,
        name: &str,
        reading: impl FnOnce(&mut Part<'_, 'a>) -> Result<T, Refusal>,
    ) -> Result<Option<T>, Refusal> {
        let Some(index) = self.names.iter().position(|part| part.eq_ignore_ascii_case(name)) else {
            return Ok(None);
        };
        let left = limits::PART_BYTES.min(self.allowance().saturating_sub(self.inflated));
        let file = self.zip.by_index(index).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(_) => refuse(
                "is packed in a way that a spreadsheet or word processor does not use, or with a password. \
                 Open it, save it again without a password, and import that.",
            ),
            _ => damaged(),
        })?;
        let mut xml = Xml::new(BufReader::new(Counted { inner: file, left, since_event: 0 }));
        let read = reading(&mut xml);
        let counted = xml.source();
        let (left_now, over) = (counted.left, counted.left == 0);
        self.inflated += left - left_now;
        if counted.since_event > limits::EVENT_BYTES && read.is_err() {
            return Err(too_long("one cell"));
        }
        if over && read.is_err() {
            return Err(refuse(
                "unpacks to far more than a plan can be. Copy the plan's table into a new file and import that.",
            ));
        }
        read.map(Some)
    }

    /// How many bytes all parts may inflate to: by the limit, and by the size of the file.
    fn allowance(&self) -> u64 {
        limits::INFLATED_BYTES.min(limits::RATIO_FROM.max(self.file_bytes.saturating_mul(limits::RATIO)))
    }
}

/// A part being read.
pub(crate) type Part<'p, 'a> = Xml<ZipFile<'p, Cursor<&'a [u8]>>>;

/// Counts what comes out of a part, and stops it: in all, and for one event of XML.
pub(crate) struct Counted<R> {
    inner: R,
    left: u64,
    pub(crate) since_event: usize,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.since_event > limits::EVENT_BYTES {
            return Err(std::io::Error::other("one piece of the file is too long"));
        }
        if self.left == 0 {
            return Err(std::io::Error::other("too much"));
        }
        let most = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let read = self.inner.read(&mut buffer[..most])?;
        self.left -= read as u64;
        self.since_event += read;
        Ok(read)
    }
}

pub(crate) fn damaged() -> Refusal {
    refuse("is damaged and cannot be read. Open it, save it again, and import that.")
}

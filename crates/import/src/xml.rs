//! XML read as a stream, with what an attacker likes left out: no document type, no entities but the five and
//! characters by number, no depth, no event that fills the memory.

use std::io::{BufReader, Read};

use journal::Refusal;
use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesEnd, BytesStart, Event};

use crate::archive::{Counted, damaged};
use crate::kind::refuse;
use crate::limits;

/// What the readers need of XML.
pub(crate) enum Mark<'a> {
    /// An element opens; an empty one opens and closes.
    Open(Element<'a>),
    /// An element closes.
    Close(Closed<'a>),
    /// Words, with references resolved.
    Words(std::borrow::Cow<'a, str>),
    /// Anything else.
    Other,
    End,
}

/// An element that opens.
pub(crate) struct Element<'a>(BytesStart<'a>);

impl Element<'_> {
    /// Its name without prefix.
    pub(crate) fn name(&self) -> &str {
        local(self.0.name().into_inner())
    }

    /// The value of an attribute, by its name without prefix.
    pub(crate) fn value(&self, name: &str) -> Option<String> {
        let [value] = self.values([name]);
        value
    }

    /// The values of several attributes, found in one pass.
    pub(crate) fn values<const COUNT: usize>(&self, names: [&str; COUNT]) -> [Option<String>; COUNT] {
        let mut values = [const { None }; COUNT];
        let mut attributes = self.0.attributes();
        // Checking for an attribute given twice costs the square of their number.
        for attribute in attributes.with_checks(false).flatten() {
            let name = local(attribute.key.into_inner());
            if let Some(at) = names.iter().position(|wanted| *wanted == name) {
                values[at] =
                    quick_xml::escape::unescape(&attribute.value).ok().map(std::borrow::Cow::into_owned);
            }
        }
        values
    }
}

/// An element that closes.
pub(crate) struct Closed<'a>(BytesEnd<'a>);

impl Closed<'_> {
    /// Its name without prefix.
    pub(crate) fn name(&self) -> &str {
        local(self.0.name().into_inner())
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// A stream of XML.
pub(crate) struct Xml<R: Read> {
    reader: Reader<BufReader<Counted<R>>>,
    buffer: Vec<u8>,
    depth: usize,
}

impl<R: Read> Xml<R> {
    pub(crate) fn new(source: BufReader<Counted<R>>) -> Self {
        let mut reader = Reader::from_reader(source);
        reader.config_mut().expand_empty_elements = true;
        reader.config_mut().allow_dangling_amp = true;
        Self { reader, buffer: Vec::new(), depth: 0 }
    }

    /// The counted source, for its figures.
    pub(crate) fn source(&self) -> &Counted<R> {
        self.reader.get_ref().get_ref()
    }

    /// The next mark.
    pub(crate) fn next(&mut self) -> Result<Mark<'_>, Refusal> {
        self.buffer.clear();
        self.reader.get_mut().get_mut().since_event = 0;
        let event = self.reader.read_event_into(&mut self.buffer).map_err(|_| damaged())?;
        Ok(match event {
            Event::Start(element) => {
                self.depth += 1;
                if self.depth > limits::XML_DEPTH {
                    return Err(refuse(format!(
                        "nests its elements more than {} deep. Copy the plan's table into a new file and import that.",
                        limits::XML_DEPTH
                    )));
                }
                Mark::Open(Element(element))
            }
            Event::End(element) => {
                self.depth = self.depth.saturating_sub(1);
                Mark::Close(Closed(element))
            }
            Event::Text(text) => Mark::Words(text.xml10_content()),
            Event::CData(text) => Mark::Words(text.xml10_content()),
            Event::GeneralRef(name) => match name.resolve_char_ref() {
                Ok(Some(char)) => Mark::Words(char.to_string().into()),
                Ok(None) => {
                    Mark::Words(resolve_xml_entity(&name.xml10_content()).ok_or_else(own_entities)?.into())
                }
                Err(_) => return Err(damaged()),
            },
            Event::DocType(_) => return Err(own_entities()),
            Event::Decl(declaration) => match declaration.encoding() {
                Some(Ok(encoding)) if !encoding.eq_ignore_ascii_case("utf-8") => return Err(damaged()),
                _ => Mark::Other,
            },
            Event::Eof => Mark::End,
            _ => Mark::Other,
        })
    }
}

fn own_entities() -> Refusal {
    refuse(
        "defines a document type or entities of its own, which no spreadsheet or word processor writes. \
         Open it, save it again, and import that.",
    )
}

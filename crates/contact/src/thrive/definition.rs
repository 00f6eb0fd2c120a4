//! The wording of the six elements, their prompts and the vulnerability markers: `definitions/thrive.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::rules::Element;
use crate::codes::{self, Code};

static DEFINITION: LazyLock<Definition> = LazyLock::new(|| {
    Definition::read(include_str!("../../../../definitions/thrive.toml"))
        .expect("definitions/thrive.toml is compiled in, and a test reads it")
});

/// How the assessment is worded. Its version is in every assessment made with it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// The version.
    pub version: i64,
    /// The six elements, in the order of the word.
    pub element: Vec<Wording>,
    /// The vulnerability markers.
    pub marker: Vec<Code>,
    /// What is asked where the ambulance service wants police for want of its own resources.
    pub ambulance: Ambulance,
}

/// The wording of one element.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// Which.
    pub key: Element,
    /// Its name.
    pub name: String,
    /// What it asks.
    pub asks: String,
    /// Questions that help to answer it.
    pub prompts: Vec<String>,
}

/// What is asked of the ambulance service.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ambulance {
    /// Whether it asks for police for want of its own resources.
    pub asks: String,
    /// Whether it has made its clinical assessment.
    pub clinical: String,
}

impl Definition {
    fn read(text: &str) -> Result<Self, String> {
        let read: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        if !read.element.iter().map(|one| one.key).eq(Element::ALL) {
            return Err("the six elements are not there once each, in their order".to_owned());
        }
        if let Some(silent) = read.element.iter().find(|one| one.asks.is_empty() || one.prompts.is_empty()) {
            return Err(format!("{:?} asks nothing or has no prompts", silent.key));
        }
        codes::check("marker", &read.marker)?;
        Ok(read)
    }
}

/// The definition in force.
pub fn definition() -> &'static Definition {
    &DEFINITION
}

/// The wording of one element.
pub fn wording(element: Element) -> &'static Wording {
    let mut all = DEFINITION.element.iter();
    all.find(|one| one.key == element).expect("the file is refused unless all six are there")
}

/// The field of a form that holds the reason for an element's level.
pub fn narrative_field(element: Element) -> &'static str {
    match element {
        Element::Threat => "threat_narrative",
        Element::Harm => "harm_narrative",
        Element::Risk => "risk_narrative",
        Element::Investigation => "investigation_narrative",
        Element::Vulnerability => "vulnerability_narrative",
        Element::Engagement => "engagement_narrative",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_reads_and_spells_the_word() {
        let first: String = definition().element.iter().map(|one| &one.name[..1]).collect();
        assert_eq!(first, "THRIVE");
        assert!(definition().marker.len() >= 10);
        for element in Element::ALL {
            assert_eq!(serde_json::to_value(element).unwrap(), element.as_str());
            assert_eq!(narrative_field(element), format!("{}_narrative", element.as_str()));
        }
    }

    #[test]
    fn a_broken_file_is_told() {
        let whole = include_str!("../../../../definitions/thrive.toml");
        let cases = [
            (whole.replace("key = \"harm\"", "key = \"threat\""), "once each"),
            (whole.replace("key = \"weapons\"", "key = \"children\""), "there twice"),
        ];
        for (text, told) in cases {
            let told_of = Definition::read(&text).unwrap_err();
            assert!(told_of.contains(told), "{told_of}");
        }
    }
}

//! The whole portfolio of Caledonia Police: 104 open recommendations in 22 plans, 5 proposed for closure and 580
//! discharged, as on 16 September 2025 (S004 1.1; DOMAIN 9).
//!
//! **How the three are counted.** The paper says that 580 "have been fully addressed … with a further 5 proposed for
//! closure". Here the 5 are beside the 104, not among them, for three reasons: "further" adds them to what is done; open +
//! proposed + discharged + superseded then is the total with the paper's own figures (104 + 5 + 580 + 0 = 689); and
//! custody, which had 31 open in June and no closure since, has a quarter of 104 in September if the 5 are custody's
//! (DOMAIN 9, fault 17). That the 5 are custody's is a GUESS, and the plans that hold them say so. They are still with the
//! inspectorate today: the counts by status of today are those of that day.
//!
//! **Whose they are.** Counts are of what is addressed to the force. The inspection of mental health made a 14th
//! recommendation, to the Scottish Government; it is in the register and in none of these figures.
//!
//! The files beside this one hold what goes with the plans; each says at its top what its fields are.

mod files;
mod legacy;

use anyhow::Result;

pub use files::{
    Alias, Area, Contest, EarlierPaper, Group, Post, Programme, Statement, Step, UnderWay, areas,
    earlier_papers, groups, posts, programmes, under_way,
};

use crate::{Life, Plan, Shape};

/// A plan, the file it came in, and what became of it.
#[derive(Debug)]
pub struct Story {
    /// The plan.
    pub plan: Plan,
    /// How its workbook is laid out.
    pub shape: Shape,
    /// The workbook's name.
    pub file: String,
    /// What became of it.
    pub life: Life,
}

/// A plan and its life in words.
macro_rules! told {
    ($($name:literal),+ $(,)?) => {
        [$((
            $name,
            include_str!(concat!("../plans/", $name, ".toml")),
            include_str!(concat!("../lives/", $name, ".toml")),
        )),+]
    };
}

/// Every plan with its life, by its file's name.
const TOLD: [(&str, &str, &str); 24] = told!(
    "contact_assessment_model",
    "domestic_abuse",
    "mental_health",
    "missing_persons",
    "crime_audit",
    "hate_crime",
    "organisational_culture",
    "forensic_toxicology",
    "events",
    "online_child_sexual_abuse",
    "workforce_planning",
    "custody_dumfries_and_galloway",
    "custody_tayside",
    "custody_lanarkshire",
    "custody_fife",
    "custody_greater_glasgow",
    "custody_north_east",
    "custody_ayrshire",
    "stalking",
    "roads_policing",
    "firearms_licensing",
    "property_and_productions",
    "fraud",
    "rural_and_island",
);

/// The plans that are told in full, with their lives.
pub fn told() -> Result<Vec<Story>> {
    TOLD.iter()
        .map(|(name, plan, life)| {
            let plan = Plan::read(&format!("{name}.toml"), plan)?;
            let year = plan.published_on.year();
            Ok(Story {
                // The first came in the shape of March 2023; the others in the later one.
                shape: if *name == "contact_assessment_model" { Shape::Plain } else { Shape::Titled },
                file: format!("{}-{year}.xlsx", name.replace('_', "-")),
                life: Life::read(&format!("{name}.toml"), life)?,
                plan,
            })
        })
        .collect()
}

/// Everything: the old inspections, invented and discharged to the last recommendation, and the told ones.
pub fn stories() -> Result<Vec<Story>> {
    let mut stories = legacy::stories();
    stories.extend(told()?);
    Ok(stories)
}

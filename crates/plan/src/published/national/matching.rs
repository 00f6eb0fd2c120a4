//! Which inspection of the register a publication of the paper is. Pure.
//!
//! Papers shorten and misdate: "Crime Audit (2021)" and "Crime Audit 2020" are one inspection, of 2020, published
//! in March 2021 (DOMAIN 9). So the title decides, in lower case and without its year, and the year where there
//! are more than one of that title.

use std::collections::BTreeMap;

use import::{NationalPaper, Publication};
use journal::Id;

use crate::{inspection::rules::Inspection, words::day};

/// How far the year of a paper may be from the register's for one title. GUESS: a report is dated by the year of
/// the work or of its publication, which is the next at the latest.
const YEARS_APART: i16 = 1;

/// The inspection that a publication was taken for, with what has to be said of it; or why it was taken for none
/// and what to do.
pub type Match = Result<Found, String>;

/// The inspection that a publication was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// It.
    pub inspection: Id,
    /// Where a year differs: what the paper says, and what the register.
    pub notes: Vec<String>,
}

/// How well a publication fits; the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Year,
    DayOfPublication,
    TitleAlone,
}

/// An inspection and the year that it goes by: its title's, or else that of its publication.
struct Known<'a> {
    id: &'a Id,
    inspection: &'a Inspection,
    year: i16,
}

/// Takes each publication of `paper` for an inspection, in the order of the paper; no inspection twice.
pub fn matches(paper: &NationalPaper, inspections: &[(Id, Inspection)]) -> Vec<Match> {
    let mut by_words: BTreeMap<String, Vec<Known<'_>>> = BTreeMap::new();
    for (id, inspection) in inspections {
        let (words, year) = words_and_year(&inspection.title);
        let year = year.unwrap_or(inspection.published_on.year());
        by_words.entry(words).or_default().push(Known { id, inspection, year });
    }
    let found: Vec<Result<(Fit, &Known<'_>), String>> = paper
        .publications
        .iter()
        .map(|one| find(one, by_words.get(&words_and_year(&one.title).0).map_or(&[], Vec::as_slice)))
        .collect();
    // Which publication each inspection goes to: the one that fits best, and of these the first.
    let mut best: BTreeMap<&Id, (Fit, usize)> = BTreeMap::new();
    for (index, (fit, known)) in
        found.iter().enumerate().filter_map(|(index, one)| Some((index, one.as_ref().ok()?)))
    {
        let now = (*fit, index);
        best.entry(known.id).and_modify(|was| *was = now.min(*was)).or_insert(now);
    }
    let settle = |(index, one): (usize, Result<(Fit, &Known<'_>), String>)| {
        let (_, known) = one?;
        let (_, first) = best[known.id];
        let publication = &paper.publications[index];
        if first != index {
            return Err(format!(
                "“{}” of the register was taken for “{}” of this paper already. Register this one under its own title and year, or mend its name in the file, and import the paper again.",
                known.inspection.title,
                printed(&paper.publications[first])
            ));
        }
        Ok(Found { inspection: known.id.clone(), notes: differing_years(publication, known) })
    };
    found.into_iter().enumerate().map(settle).collect()
}

fn find<'a, 'b>(
    publication: &Publication,
    of_title: &'a [Known<'b>],
) -> Result<(Fit, &'a Known<'b>), String> {
    let years = years(publication);
    let fits: [(Fit, Vec<&Known<'_>>); 3] = [
        (Fit::Year, of_title.iter().filter(|known| years.contains(&known.year)).collect()),
        (
            Fit::DayOfPublication,
            of_title.iter().filter(|known| years.contains(&known.inspection.published_on.year())).collect(),
        ),
        (Fit::TitleAlone, of_title.iter().collect()),
    ];
    for (fit, known) in fits {
        match known[..] {
            [] => {}
            [only] if fit == Fit::TitleAlone && !near(&years, only) => {
                return Err(another_year(publication, only));
            }
            [only] => return Ok((fit, only)),
            _ => return Err(several(&known)),
        }
    }
    Err(format!(
        "The register has no inspection of the title “{}”. Import its improvement plan or register it under that title, and import this paper again.",
        publication.title
    ))
}

/// Whether one of the years, if there are any, is near the inspection's.
fn near(years: &[i16], known: &Known<'_>) -> bool {
    years.is_empty() || years.iter().any(|year| (year - known.year).abs() <= YEARS_APART)
}

fn another_year(publication: &Publication, known: &Known<'_>) -> String {
    format!(
        "The paper calls it “{}”; the register has only {}, which is too far from that year to be the same. Register the inspection that is meant, or mend the year in the file, and import the paper again.",
        printed(publication),
        in_words(known)
    )
}

fn several(known: &[&Known<'_>]) -> String {
    let all: Vec<String> = known.iter().map(|known| in_words(known)).collect();
    format!(
        "The register has {} inspections of that title, and the paper does not say which it means: {}. Give it the year of the one that is meant in the file, and import the paper again.",
        all.len(),
        all.join("; ")
    )
}

fn in_words(known: &Known<'_>) -> String {
    format!("“{}”, published on {}", known.inspection.title, day(known.inspection.published_on))
}

/// What has to be said where the paper prints a year that is not the inspection's.
fn differing_years(publication: &Publication, known: &Known<'_>) -> Vec<String> {
    let differs = |printed: &&String| words_and_year(printed).1.is_some_and(|year| year != known.year);
    let note = |printed: &String| {
        format!(
            "The year differs: the paper calls it “{printed}”, and the register has {}. They were taken for one inspection. Check that they are.",
            in_words(known)
        )
    };
    publication.printed.iter().filter(differs).map(note).collect()
}

/// The name of a publication as the paper first prints it.
pub fn printed(publication: &Publication) -> &str {
    publication.printed.first().unwrap_or(&publication.title)
}

/// Each year that the paper gives a publication.
fn years(publication: &Publication) -> Vec<i16> {
    let printed = publication.printed.iter().filter_map(|printed| words_and_year(printed).1);
    publication.year.into_iter().chain(printed).collect()
}

/// The words of a title in lower case, without the year that it ends with, and that year.
fn words_and_year(title: &str) -> (String, Option<i16>) {
    let lower = title.to_lowercase();
    let mut words: Vec<&str> =
        lower.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let year = words.last().and_then(|last| last.parse().ok()).filter(|year| (1990..2100).contains(year));
    if year.is_some() && words.len() > 1 {
        words.pop();
    }
    (words.join(" "), year)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::inspection::rules::Kind;

    fn publication(title: &str, printed: &[&str]) -> Publication {
        Publication {
            title: title.to_owned(),
            year: printed.first().and_then(|printed| words_and_year(printed).1),
            printed: printed.iter().map(|&printed| printed.to_owned()).collect(),
            closed: Vec::new(),
            open: Vec::new(),
            at: "Table 1".to_owned(),
        }
    }

    fn inspection((title, published_on): &(&str, &str)) -> (Id, Inspection) {
        let inspection = Inspection {
            title: (*title).to_owned(),
            code: "X".to_owned(),
            kind: Kind::Audit,
            published_on: published_on.parse().unwrap(),
            inspectorate: "HMICS".to_owned(),
            addressees: Vec::new(),
        };
        (Id::new(Timestamp::UNIX_EPOCH), inspection)
    }

    /// Titles and days of publication.
    type Registered<'a> = &'a [(&'a str, &'a str)];
    /// The title that it was taken for with how many notes, or a part of why it was not.
    type Expected<'a> = Result<(&'a str, usize), &'a str>;

    /// For each publication the title that it was taken for with how many notes, or a part of why it was not.
    fn told(
        register: &[(&str, &str)],
        publications: Vec<Publication>,
    ) -> Vec<Result<(String, usize), String>> {
        let register: Vec<_> = register.iter().map(inspection).collect();
        let paper = NationalPaper {
            cover: import::Cover::default(),
            publications,
            summary: Vec::new(),
            total: None,
            stated: Vec::new(),
            unsure: Vec::new(),
            cells: Vec::new(),
            cells_read: 0,
        };
        let title = |id: &Id| register.iter().find(|(known, _)| known == id).unwrap().1.title.clone();
        let tell = |one: Match| one.map(|found| (title(&found.inspection), found.notes.len()));
        matches(&paper, &register).into_iter().map(tell).collect()
    }

    #[test]
    fn a_publication_is_found_by_its_title_and_year() {
        let audit = ("Crime Audit 2020", "2021-03-10");
        let custody = [("Custody", "2019-05-01"), ("CUSTODY: 2023", "2023-06-01")];
        let cases: [(Registered<'_>, &str, &[&str], Expected<'_>); 12] = [
            (&[audit], "Crime Audit", &["Crime Audit (2021)", "Crime Audit 2020"], Ok((audit.0, 1))),
            (&[audit], "Crime Audit", &["Crime Audit (2021)"], Ok((audit.0, 1))),
            (&[audit], "Crime audit", &["Crime audit"], Ok((audit.0, 0))),
            (&[audit], "Crime Audit", &["Crime Audit 2019"], Ok((audit.0, 1))),
            (&[audit], "Crime Audit", &["Crime Audit 2016"], Err("too far from that year")),
            (&[audit], "Crime", &["Crime 2020"], Err("no inspection of the title “Crime”")),
            (&[], "Crime Audit", &["Crime Audit"], Err("no inspection")),
            (&custody, "Custody", &["Custody 2019"], Ok(("Custody", 0))),
            (&custody, "Custody", &["Custody (2023)"], Ok(("CUSTODY: 2023", 0))),
            (&custody, "Custody", &["Custody"], Err("2 inspections of that title")),
            (&custody, "Custody", &["Custody 2021"], Err("2 inspections of that title")),
            (&[("1999", "1999-01-01")], "1999", &["1999"], Ok(("1999", 0))),
        ];
        for (register, title, printed, expected) in cases {
            let told = told(register, vec![publication(title, printed)]).remove(0);
            match (told, expected) {
                (Ok(found), Ok((title, notes))) => {
                    assert_eq!(found, (title.to_owned(), notes), "{printed:?}");
                }
                (Err(why), Err(part)) => assert!(why.contains(part) && why.ends_with('.'), "{why}"),
                (told, _) => panic!("{printed:?}: {told:?}"),
            }
        }
    }

    #[test]
    fn an_inspection_goes_to_the_publication_that_fits_best_and_to_no_other() {
        let register = [("Custody 2023", "2023-06-01")];
        let both = vec![publication("Custody", &["Custody 2022"]), publication("Custody", &["Custody 2023"])];
        let told = told(&register, both);
        assert!(
            told[0].as_ref().is_err_and(|why| why.contains("taken for “Custody 2023” of this paper already"))
        );
        assert_eq!(told[1], Ok(("Custody 2023".to_owned(), 0)));
    }
}

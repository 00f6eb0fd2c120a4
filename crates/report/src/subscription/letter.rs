//! What somebody is told of an edition: that it is there, and where. No figure, no name and no words that somebody typed.
//! Pure.

use journal::Id;
use round::notice::rules::{Kind, Letter};
use users::Person;

use crate::{pack::rules::About, report::rules::Edition};

/// An edition that was frozen, as far as it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// The report.
    pub report: Id,
    /// What it is about.
    pub about: About,
    /// 1, 2, 3.
    pub number: i64,
    /// Whether its figures may still change.
    pub is_provisional: bool,
    /// Whether a figure is otherwise than in the edition before.
    pub is_corrected: bool,
    /// Whether those may read it who read no measures.
    pub is_published: bool,
}

impl News {
    /// Of an edition that is about to be frozen.
    pub fn of(report: &Id, about: &About, edition: &Edition, is_corrected: bool) -> Self {
        Self {
            report: report.clone(),
            about: about.clone(),
            number: edition.number,
            is_provisional: edition.is_provisional,
            is_corrected,
            is_published: edition.published.is_some(),
        }
    }

    /// Who of those who asked is told: whoever has an account still, and may read the edition in the role of now.
    pub fn readers<'a>(&self, asked: &[String], people: &'a [Person]) -> Vec<&'a Id> {
        let reads = |person: &Person| {
            person.role.may("report.read") && (self.is_published || person.role.may("measure.read"))
        };
        let is_told = |person: &&Person| {
            person.is_open && reads(person) && asked.iter().any(|id| person.id.as_str() == id)
        };
        people.iter().filter(is_told).map(|person| &person.id).collect()
    }

    /// The letter to one of them. The reason of another edition is not in it: somebody typed it, and may have typed a figure.
    pub fn letter(&self, to: &Id) -> Letter {
        let About { period, division, .. } = &self.about;
        let area = if division.is_empty() { String::new() } else { format!(", {}", self.about.area()) };
        let what = format!("{}{area}, {}", self.about.pack_name(), period.words());
        let (state, told) = match (self.number, self.is_corrected) {
            (1, _) => ("Report", "It is frozen, and can be read.".to_owned()),
            (_, true) => (
                "Corrected report",
                format!(
                    "Edition {} takes the place of the one before: figures are otherwise, and it says what was and what is now.",
                    self.number
                ),
            ),
            (_, false) => (
                "Report, another edition",
                format!(
                    "Edition {} takes the place of the one before: no figure is otherwise, and its state is another.",
                    self.number
                ),
            ),
        };
        let certain = if self.is_provisional {
            "It is provisional: its figures may still change, and another edition can follow."
        } else {
            "Its figures have settled."
        };
        let is_provisional = if self.is_provisional { " (provisional)" } else { "" };
        let lines = [
            format!("{what}."),
            told,
            certain.to_owned(),
            String::new(),
            "To read it, sign in. No figure is sent by mail:".to_owned(),
            format!("/reports/{}?edition={}", self.report, self.number),
            String::new(),
            "You are told because you asked for the reports of this pack. To change that:".to_owned(),
            Kind::Report.settings().to_owned(),
        ];
        Letter {
            to: to.clone(),
            kind: Kind::Report,
            subject: format!("{state}: {what}{is_provisional}"),
            body: lines.join("\n"),
            about: None,
            digest_of: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use users::Role;

    use super::*;
    use crate::pack::rules::Asked;

    fn news(pack: &str, division: &str, number: i64, is_provisional: bool, is_corrected: bool) -> News {
        let asked = Asked { pack: pack.into(), period: "2026-10-20".into(), division: division.into() };
        let (pack, about) = asked.read("2026-11-26".parse().unwrap()).unwrap();
        let report = Id::new(Timestamp::UNIX_EPOCH);
        News { report, about, number, is_provisional, is_corrected, is_published: pack.is_published }
    }

    #[test]
    fn a_letter_says_which_report_and_where_and_nothing_of_what_is_in_it() {
        let to = Id::new(Timestamp::UNIX_EPOCH);
        for (news, subject, told) in [
            (
                news("authority_monthly", "", 1, false, false),
                "Report: Authority, monthly, October 2026",
                "Its figures have settled.",
            ),
            (
                news("control_room_weekly", "", 1, true, false),
                "Report: Control room, weekly, 19 October 2026 to 25 October 2026 (provisional)",
                "It is provisional",
            ),
            (
                news("authority_monthly", "", 2, false, true),
                "Corrected report: Authority, monthly, October 2026",
                "what was and what is now",
            ),
            (
                news("authority_monthly", "", 3, false, false),
                "Report, another edition: Authority, monthly, October 2026",
                "no figure is otherwise",
            ),
            (
                news("division_monthly", "D", 1, false, false),
                "Report: Division, monthly, D Tayside Division, October 2026",
                "Its figures have settled.",
            ),
        ] {
            let letter = news.letter(&to);
            assert_eq!((letter.kind, letter.to.clone()), (Kind::Report, to.clone()));
            assert_eq!(letter.subject, subject);
            assert!(letter.body.contains(told), "{}", letter.body);
            let link = format!("/reports/{}?edition={}", news.report, news.number);
            let links: Vec<&str> = letter.body.lines().filter(|line| line.starts_with('/')).collect();
            assert_eq!(links, [link.as_str(), "/reports/subscriptions"]);
            // What is left without the period, the link and the number of the edition has no number in it.
            let rest = letter.body.replace(&news.about.period.words(), "").replace(&link, "");
            let rest = rest.replace(&format!("Edition {}", news.number), "");
            assert!(!rest.contains(|c: char| c.is_ascii_digit()), "{rest}");
        }
    }

    #[test]
    fn only_who_has_an_account_and_may_read_the_edition_is_told() {
        let person = |number: i64, role: &str, is_open: bool| Person {
            id: Id::new(Timestamp::from_second(number).unwrap()),
            name: "Mòrag Bàn".to_owned(),
            role: Role::of(role).unwrap(),
            is_open,
        };
        let people = [
            person(1, "analyst", true),
            person(2, "committee_member", true),
            person(3, "analyst", false),
            person(4, "administrator", true),
            person(5, "analyst", true),
        ];
        let asked: Vec<String> = people[..4].iter().map(|person| person.id.to_string()).collect();
        let told = |pack: &str| {
            let readers = news(pack, "", 1, false, false).readers(&asked, &people);
            let place = |id: &&Id| people.iter().position(|person| person.id == **id).unwrap();
            readers.iter().map(place).collect::<Vec<_>>()
        };
        assert_eq!(told("authority_monthly"), [0, 1], "everybody who reads reports may read it");
        assert_eq!(told("control_room_weekly"), [0], "whoever reads no measures may not");
    }
}

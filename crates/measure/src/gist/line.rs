//! A gist as a line of text. Pure.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};

use super::of::Gist;

/// How a line is written. It is the first character, and raised with any change of what a gist is made of; a migration then
/// forgets where the counting stands, so that everything is counted and packed anew.
const FORM: char = '1';

/// A line that is no gist, or is one of another version of the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoilt(String);

impl fmt::Display for Spoilt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a packed life cannot be read ({}): run “answerable rebuild”", self.0)
    }
}

impl std::error::Error for Spoilt {}

/// A gist as a line.
///
/// # Errors
/// None is known: a gist is made of what can be written.
pub fn pack(gist: &Gist) -> Result<String, Spoilt> {
    let bytes = postcard::to_allocvec(gist).map_err(|error| Spoilt(error.to_string()))?;
    let mut line = String::from(FORM);
    STANDARD_NO_PAD.encode_string(bytes, &mut line);
    Ok(line)
}

/// Reads lines; one after another into the same place.
#[derive(Debug, Default)]
pub struct Reader(Vec<u8>);

impl Reader {
    /// The gist of a line.
    ///
    /// # Errors
    /// What is wrong with the line.
    pub fn read(&mut self, line: &str) -> Result<Gist, Spoilt> {
        let Some(packed) = line.strip_prefix(FORM) else {
            return Err(Spoilt(format!("it is written as {:?}", line.chars().next())));
        };
        self.0.clear();
        STANDARD_NO_PAD.decode_vec(packed, &mut self.0).map_err(|error| Spoilt(error.to_string()))?;
        match postcard::take_from_bytes(&self.0) {
            Ok((gist, [])) => Ok(gist),
            Ok((_, rest)) => Err(Spoilt(format!("{} bytes too many", rest.len()))),
            Err(error) => Err(Spoilt(error.to_string())),
        }
    }
}

#[cfg(test)]
mod tests {
    use ::incident::{
        appointment::life::{Outcome, Party},
        promise::rules::State,
    };
    use contact::{contact::rules::Channel, grade::Grade};
    use journal::day_of;
    use partner::referral::rules::End;

    use super::*;
    use crate::{
        gist::of::{
            AboutGist, AppointmentGist, ContactGist, CrimeGist, HeardGist, PromiseGist, ReferralGist,
        },
        life::{Answer, Asked, Closing, Decision, Endorsement, Offered},
        measures::testing::{at, incident},
    };

    /// One of each, with all that it may have.
    fn all() -> Vec<Gist> {
        let mut whole = incident("theft", &["domestic"], vec![]);
        let when = Some(at("21:00"));
        whole.appointments = [None, Some(Outcome::Missed { at: at("22:00"), by: Party::Police })]
            .map(|outcome| AppointmentGist {
                unit: "division_e".into(),
                family: "general".into(),
                booked_at: at("20:10"),
                starts_at: at("22:00"),
                outcome,
            })
            .to_vec();
        whole.offers = [None, Some(Answer::Accepted), Some(Answer::Returned("incomplete".into()))]
            .map(|answer| Offered {
                at: at("20:20"),
                to: "division_e".into(),
                is_to_local_policing: true,
                is_assessed: true,
                is_life_at_risk: false,
                answer: when.zip(answer),
            })
            .to_vec();
        whole.held = vec!["resolution_team".into()];
        whole.closings = vec![Closing { at: at("20:30"), reopened_at: when }];
        whole.endorsements = vec![Endorsement {
            asked: Asked::Grade,
            asked_at: at("20:11"),
            decided: Some((at("20:12"), true)),
        }];
        whole.promises = vec![PromiseGist { kind: "update".into(), due_at: at("23:00"), state: State::Kept }];
        let contact = ContactGist {
            arrived_at: at("20:00"),
            answered_at: when,
            channel: Channel::NonEmergency,
            division: "E".into(),
            is_attempt: false,
            is_chasing: true,
            assessed_at: when,
            is_assessed_whole: true,
        };
        let crime = CrimeGist {
            at: at("20:40"),
            division: "E".into(),
            crime_type: "theft".into(),
            first_return: Some("facts".into()),
        };
        let end = End::Finished {
            outcome: "supported".into(),
            minutes_saved: Some(40),
            is_conveyance_avoided: true,
        };
        let referral = ReferralGist {
            at: at("20:50"),
            began_at: at("20:50"),
            division: "E".into(),
            agency: "a".into(),
            replied_at: when,
            is_accepted: true,
            ended: Some((end, at("22:30"))),
        };
        let about = AboutGist {
            is_first: true,
            grade: Some(Grade::Prompt),
            is_booked: false,
            is_referred: true,
            is_with_the_team: true,
            closed: Some("SC02".into()),
        };
        let heard = HeardGist {
            arrived_at: at("20:00"),
            channel: Channel::Emergency,
            division: "E".into(),
            outcome: Some("advice".into()),
            about: Some(about),
        };
        vec![
            Gist::Contact(contact),
            Gist::Incident(Box::new(whole)),
            Gist::Crime(crime),
            Gist::Referral(referral),
            Gist::Recommendation(vec![Decision { on: day_of(at("20:00")), is_returned: true }]),
            Gist::Heard(heard),
        ]
    }

    #[test]
    fn a_gist_is_read_as_it_was_packed() {
        let mut reader = Reader::default();
        for gist in all() {
            let line = pack(&gist).unwrap();
            assert!(!line.contains('\n'), "{line}");
            assert_eq!(reader.read(&line), Ok(gist));
        }
    }

    /// A line that changes is one that the rows of a service at work are not: raise the form, and forget where the counting
    /// stands in a migration.
    #[test]
    fn a_line_is_written_as_it_always_was() {
        let lines: Vec<String> = all().iter().map(|gist| pack(gist).unwrap()).collect();
        assert_eq!(lines, include_str!("stored.txt").lines().collect::<Vec<_>>());
    }

    #[test]
    fn a_spoilt_line_is_refused_with_its_mend() {
        let whole = pack(&all().remove(0)).unwrap();
        let (short, _) = whole.split_at(whole.len() - 4);
        for (line, told) in [
            ("", "None"),
            ("0AAAA", "Some('0')"),
            ("1", "Hit the end of buffer"),
            ("1é", "Invalid symbol"),
            ("1Zm9v", "Serde"),
            (short, "Hit the end of buffer"),
            (&format!("{whole}AAAA"), "too many"),
        ] {
            let refused = Reader::default().read(line).unwrap_err().to_string();
            assert!(refused.contains(told) && refused.contains("answerable rebuild"), "{line}: {refused}");
        }
    }
}

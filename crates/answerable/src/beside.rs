//! What rooms that do not know each other tell each other of an incident.

use crime::report::{
    list as crimes_of,
    rules::{Ending, State},
};
use incident::beside::{Asking, Line, Panel, Telling};
use journal::{Connection, Id};
use message::message::saying::About;
use partner::{
    definition::{agency_name, kind_words},
    referral::{
        list::rows::of_incident,
        new::{pages, views::Incident},
        words::end_words,
    },
};

/// What stands beside an incident on its page.
pub static ROOMS: [for<'a> fn(Asking<'a>) -> Telling<'a>; 3] = [crimes, referrals, messages];

/// What has to be known of an incident to refer somebody.
pub fn about<'a>(conn: &'a mut Connection, id: &'a Id) -> pages::Telling<'a> {
    Box::pin(async move {
        let Some(standing) = incident::recall(conn, id).await? else { return Ok(None) };
        let preferences = contact::preference::rows::of_incident(conn, id).await?;
        let listed = incident::incident::rows::one(conn, id).await?;
        Ok(listed.map(|listed| Incident {
            reference: listed.reference(),
            division: standing.incident.location.map_or_else(String::new, |place| place.division),
            assessment: standing.assessment.map(|(assessment, _)| assessment),
            preferences,
        }))
    })
}

/// What has to be known of an incident to write to somebody: it is for whoever was in touch first.
pub fn to_write<'a>(conn: &'a mut Connection, id: &'a Id) -> message::message::new::pages::Telling<'a> {
    Box::pin(async move {
        let Some(standing) = incident::recall(conn, id).await? else { return Ok(None) };
        let listed = incident::incident::rows::one(conn, id).await?;
        let contact = standing.incident.contacts.first().map(|attached| attached.contact.clone());
        Ok(listed.map(|listed| About::of(id.clone(), listed.reference(), contact)))
    })
}

/// What was said to people about an incident; what did not reach them is owed until somebody says how they were told.
fn messages(asking: Asking<'_>) -> Telling<'_> {
    Box::pin(async move {
        let Asking { conn, incident, who, .. } = asking;
        if !who.may_do("message.read") {
            return Ok(None);
        }
        let mut panel = Panel { heading: "Messages".to_owned(), ..Panel::default() };
        if who.may_do("message.send") {
            panel.steps.push((format!("/incidents/{incident}/messages/new"), "Write to them".to_owned()));
        }
        for one in message::message::rows::of_incident(conn, incident).await? {
            let row = message::message::list::views::row(&one);
            let told = if row.reason.is_empty() { String::new() } else { format!(" ({})", row.reason) };
            if row.is_alarming {
                panel.owed.push(format!("{}: {}{told}", row.message, row.state_words.to_lowercase()));
            }
            panel.lines.push(Line {
                address: row.address,
                reference: row.reference,
                words: if row.way.is_empty() { row.message } else { format!("{}, {}", row.message, row.way) },
                state: format!("{}{told}", row.state_words),
                is_alarming: row.is_alarming,
            });
        }
        Ok(Some(panel))
    })
}

/// The crime reports of an incident; what was returned is owed until it is resubmitted, and a visit until it was arranged.
fn crimes(asking: Asking<'_>) -> Telling<'_> {
    Box::pin(async move {
        let Asking { conn, incident, who, .. } = asking;
        if !who.may_do("crime.read") {
            return Ok(None);
        }
        let mut panel = Panel { heading: "Crime reports".to_owned(), ..Panel::default() };
        let Some(standing) = incident::recall(conn, incident).await? else { return Ok(None) };
        if who.may_do("crime.record") && standing.is_open() {
            let address = format!("/crime-reports/new?incident={incident}");
            panel.steps.push((address, "Record a crime directly".to_owned()));
        }
        let was_there =
            standing.response.sent.iter().any(|sent| sent.arrived_at.is_some() || sent.ended_at.is_none());
        let is_visited = was_there
            || standing.appointments.pending().is_some()
            || standing.appointments.kept_at().is_some();
        let about = crime::report::rows::about(conn, incident).await?;
        let is_vulnerable = about.is_some_and(|about| about.is_vulnerable == Some(true));
        for one in crimes_of::rows::of_incident(conn, incident).await? {
            let row = crimes_of::views::row(&one);
            if one.state == State::Returned {
                panel.owed.push(format!("{} was returned for rework", row.reference));
            }
            if one.ending == Ending::Attend && !is_visited && one.state != State::Withdrawn {
                panel
                    .owed
                    .push(format!("{} says that officers attend: nobody was sent or booked", row.reference));
            }
            if is_vulnerable
                && one.ending != Ending::Attend
                && !one.is_overridden
                && one.state != State::Withdrawn
            {
                panel.owed.push(format!(
                    "{} was recorded by telephone, and somebody is vulnerable: a supervisor says why, or officers attend",
                    row.reference
                ));
            }
            panel.lines.push(Line {
                address: row.address,
                reference: row.reference,
                words: format!("{}: {}", row.crime, row.ending.to_lowercase()),
                state: row.state_words.to_owned(),
                is_alarming: row.is_alarming,
            });
        }
        Ok(Some(panel))
    })
}

/// The referrals of an incident; what came back from an agency is owed until somebody says what was done instead.
fn referrals(asking: Asking<'_>) -> Telling<'_> {
    Box::pin(async move {
        let Asking { conn, incident, who, now } = asking;
        if !who.may_do("referral.read") {
            return Ok(None);
        }
        let mut panel = Panel { heading: "Referrals".to_owned(), ..Panel::default() };
        if who.may_do("referral.make") {
            let address = format!("/referrals/new?incident={incident}");
            panel.steps.push((address, "Refer to a partner agency".to_owned()));
        }
        for one in of_incident(conn, incident).await? {
            let (state, agency) = (one.state(now), agency_name(&one.agency));
            let end = end_words(state, &one.ended_key);
            let is_alarming = one.is_to_deal_with(now);
            if is_alarming {
                let reason = if end.is_empty() { String::new() } else { format!(" ({end})") };
                let told = state.words().to_lowercase();
                panel.owed.push(format!("{} to {agency}: {told}{reason}", one.reference()));
            }
            panel.lines.push(Line {
                address: format!("/referrals/{}", one.id),
                reference: one.reference(),
                words: format!("{agency}: {}", kind_words(&one.kind)),
                state: if end.is_empty() {
                    state.words().to_owned()
                } else {
                    format!("{}: {end}", state.words())
                },
                is_alarming,
            });
        }
        Ok(Some(panel))
    })
}

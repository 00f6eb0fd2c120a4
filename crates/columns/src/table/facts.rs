//! The tables of facts: a row for each entry of the journal. Pure data.

use super::rules::{
    Column,
    Kind::{Flag, Integer, Moment, Pseudonym, Text},
    Of, Table, always, maybe,
};

/// What every table of facts begins with.
pub static COMMON: [Column; 5] = [
    always(
        "seq",
        Integer,
        "The entry of the journal: the order in which things were recorded, and the key of the row.",
    ),
    always("recorded_at", Moment, "When it was recorded."),
    always("happened_at", Moment, "When it happened; where nobody said another time, when it was recorded."),
    always("event", Text, "What happened, as the journal calls it: “received”, “grade/chosen”."),
    maybe(
        "division",
        Text,
        "The letter of the division of the subject as it is known at the end of the extract.",
    ),
];

const INCIDENT: Column = always("incident", Pseudonym, "The incident.");

/// Contacts.
pub static CONTACT: Table = Table {
    key: "contact",
    of: Of::Facts,
    about: "What happened to contacts: received, given up before they were answered, answered, linked, attached, coded, tied to a call that was given up before, ended.",
    own: &[
        always("contact", Pseudonym, "The contact."),
        maybe(
            "incident",
            Pseudonym,
            "The incident that it belongs to, as it is known at the end of the extract.",
        ),
        maybe("channel", Text, "How it came; code set channel. Of “received” and “discontinued”."),
        maybe("answered_at", Moment, "When it was answered, where that was known when it was received."),
        maybe("wait_seconds", Integer, "From its arrival to its answer, or to when it was given up."),
        maybe("ended_by", Text, "By whom a contact was given up; code set ended_by."),
        maybe("relation", Text, "What the caller is to it; code set relation. Of “caller_described”."),
        maybe("agency", Text, "The agency that is in touch; code set agency. Of “caller_described”."),
        maybe("needs_interpreter", Flag, "Of “caller_described”."),
        maybe("is_rural", Flag, "Whether the place is in the country. Of “located”."),
        maybe("linked_to", Pseudonym, "The earlier contact or incident. Of “linked” and “unlinked”."),
        maybe("linked_kind", Text, "“contact” or “incident”."),
        maybe(
            "purpose",
            Text,
            "What it has to do with it: chase, new_information, invited_call_back, new_occurrence, unrelated.",
        ),
        maybe("outcome", Text, "How it ended; code set contact_outcome."),
        maybe("handled_seconds", Integer, "From its answer to the end of the work on it."),
        maybe(
            "why",
            Text,
            "Why they got in touch, as the advisor judges it: F01 to X3. Of “coded” and “code_taken_back”.",
        ),
        maybe("definition", Integer, "The version of the definition of failure demand that the advisor saw."),
        maybe(
            "given_up_call",
            Pseudonym,
            "The contact of a call that was given up before from the same number. Of “given_up_before”.",
        ),
    ],
};

/// Incidents: themselves, their grades, what was sent, their closing.
pub static INCIDENT_EVENT: Table = Table {
    key: "incident_event",
    of: Of::Facts,
    about: "What happened to incidents: opened, classified, graded, sent to, attended, reviewed, closed, opened again. The event has its noun before it: “grade/chosen”.",
    own: &[
        INCIDENT,
        maybe("contact", Pseudonym, "The contact that opened it or was attached to it."),
        maybe("purpose", Text, "What an attached contact has to do with it, as in the table contact."),
        maybe(
            "incident_type",
            Text,
            "Code set incident_type. Of “incident/opened” and “incident/classified”.",
        ),
        maybe("qualifiers", Text, "Keys of the code set qualifier, with a space between them."),
        maybe("is_rural", Flag, "Whether the place is in the country."),
        maybe("grade", Text, "immediate, prompt, standard, other_resolution. Of “grade/…”."),
        maybe("suggested_grade", Text, "What was suggested when the grade was chosen."),
        maybe("reason", Text, "Why it was graded anew; code set regrade_reason."),
        maybe("result", Text, "What came of the officers’ going there; code set result."),
        maybe("next_review_at", Moment, "Until when a supervisor’s review holds."),
        maybe("policy", Integer, "The policy by which nobody is sent (definitions/attendance.toml)."),
        maybe("is_excepted", Flag, "Whether an exception was made to it."),
        maybe("closure_code", Text, "Code set closure."),
        maybe("accounts_conflict", Flag, "Whether the opening and the closing account differ."),
        maybe("changes_circumstances", Flag, "Whether a line of the log calls for a new assessment."),
        maybe("linked_to", Pseudonym, "Another incident that it was linked to."),
        maybe("crime_report", Pseudonym, "The crime report that was recorded on it or withdrawn."),
    ],
};

/// Appointments.
pub static APPOINTMENT_EVENT: Table = Table {
    key: "appointment_event",
    of: Of::Facts,
    about: "What happened to appointments of incidents: asked, booked, rescheduled, cancelled, missed, kept.",
    own: &[
        INCIDENT,
        maybe("number", Integer, "Which appointment of the incident it is about, from 0."),
        maybe("new_number", Integer, "Which appointment stands for it now. Of “rescheduled”."),
        maybe(
            "family",
            Text,
            "The kind of standard that holds for it. Of “booked” and “rescheduled”, as the five that follow.",
        ),
        maybe("unit", Text, "Whose diary it is; table unit."),
        maybe("mode", Text, "home, station, phone, video."),
        maybe("officer_gender", Text, "As the diary has it."),
        maybe("starts_at", Moment, "When it begins."),
        maybe("ends_at", Moment, "When it ends."),
        maybe("by", Text, "By whom it was moved, cancelled or missed: police, caller."),
        maybe("reason", Text, "Why; the key of definitions/appointments.toml."),
        maybe("late_by_minutes", Integer, "How late officers were."),
        maybe("is_late", Flag, "Whether that is late by the standard."),
        maybe("as_asked", Flag, "Whether it was by whom they asked for, where they named a gender."),
        maybe("answer", Text, "By whom they want to be interviewed: woman, man, no_preference. Of “asked”."),
        maybe("ground", Text, "The ground of an exception from it. Of “excepted”."),
    ],
};

/// Whose an incident is.
pub static TRANSFER: Table = Table {
    key: "transfer",
    of: Of::Facts,
    about: "Whose incidents are: placed, called, offered, accepted, returned, withdrawn.",
    own: &[
        INCIDENT,
        maybe("unit", Text, "Where it went or was offered; table unit."),
        maybe("code", Text, "SC07 for a transfer to local policing."),
        maybe("old_grade", Text, "The grade when it was offered."),
        maybe("new_grade", Text, "The grade with which it was offered."),
        maybe(
            "reason",
            Text,
            "Why another grade, code set regrade_reason; why it was returned, code set return_reason.",
        ),
        maybe("is_life_at_risk", Flag, "Whether it was passed first for a life at risk."),
        maybe("considered", Integer, "How many of the six the assessment had when it was offered."),
        maybe("assessment_owed", Flag, "Whether the assessment was still owed when it passed."),
    ],
};

/// Promises.
pub static PROMISE: Table = Table {
    key: "promise",
    of: Of::Facts,
    about: "What was promised to people: made, fulfilled, withdrawn. A promise that was not kept in time has no event: it follows from due_at.",
    own: &[
        INCIDENT,
        always("number", Integer, "Which promise of the incident it is, from 0."),
        maybe("kind", Text, "Code set promise. Of “made”."),
        maybe("due_at", Moment, "By when it has to be kept. Of “made”."),
        maybe("way", Text, "How the person was reached. Of “fulfilled”."),
    ],
};

/// Crime reports.
pub static CRIME_REPORT: Table = Table {
    key: "crime_report",
    of: Of::Facts,
    about: "What happened to crime reports: recorded, amended, returned, resubmitted, exported, acknowledged, withdrawn.",
    own: &[
        always("crime_report", Pseudonym, "The crime report."),
        maybe("incident", Pseudonym, "The incident that it was recorded on."),
        maybe("crime_type", Text, "Code set crime_type."),
        maybe("counts", Integer, "How many crimes of that type."),
        maybe("ending", Text, "attend, record_and_enquire, record_and_file."),
        maybe("filing_reason", Text, "Why it was filed."),
        maybe("team", Text, "The unit whose report it is; table unit. Of “recorded”."),
        maybe(
            "is_overridden",
            Flag,
            "Whether it was dealt with by telephone although somebody is vulnerable.",
        ),
        maybe("definition", Integer, "The version of the questions that it was made with."),
        maybe("returned_by", Text, "The unit that returned it; table unit."),
        maybe("reason", Text, "Why it was returned; the key of definitions/crime.toml."),
        maybe("export", Integer, "The number of the export."),
    ],
};

/// Referrals to partner agencies.
pub static REFERRAL: Table = Table {
    key: "referral",
    of: Of::Facts,
    about: "What happened to referrals to partner agencies: sent, accepted, declined, finished, bounced back, withdrawn, settled.",
    own: &[
        always("referral", Pseudonym, "The referral."),
        maybe("incident", Pseudonym, "The incident that it was made from."),
        maybe("agency", Text, "Code set partner. Of “sent”, as the four that follow."),
        maybe("kind", Text, "Code set referral_kind."),
        maybe("reply_by", Moment, "By when the agency is to reply."),
        maybe("consent", Text, "not_needed, given, overridden."),
        maybe("basis", Text, "The legal ground, where consent was overridden."),
        maybe("is_age_confirmed", Flag, "Whether the person’s age was confirmed."),
        maybe("reason", Text, "Why it was declined or given back."),
        maybe("outcome", Text, "What came of it."),
        maybe("minutes_saved", Integer, "Minutes of officers that were saved."),
        maybe("by_link", Flag, "Whether the agency said it by its link, and not on the telephone."),
    ],
};

/// Assessments.
pub static ASSESSMENT: Table = Table {
    key: "assessment",
    of: Of::Facts,
    about: "THRIVE assessments of contacts and incidents: how much of each element, and the markers. Never the reasons.",
    own: &[
        always("subject", Pseudonym, "The contact or the incident that was assessed."),
        maybe("incident", Pseudonym, "The incident, where the subject is one or belongs to one."),
        always("considered", Integer, "How many of the six elements were considered."),
        maybe("threat", Text, "none_identified, low, medium, high; as the five that follow."),
        maybe("harm", Text, "As threat."),
        maybe("risk", Text, "As threat."),
        maybe("investigation", Text, "As threat."),
        maybe("vulnerability", Text, "As threat."),
        maybe("engagement", Text, "As threat."),
        always("markers", Text, "Keys of the code set vulnerability, with a space between them."),
        always("for_want_of_ambulance", Flag, "Whether police were asked for want of an ambulance."),
        maybe(
            "clinical_assessment_made",
            Flag,
            "Whether the ambulance service had made a clinical assessment.",
        ),
        always("definition", Integer, "The version of the elements that it was made with."),
    ],
};

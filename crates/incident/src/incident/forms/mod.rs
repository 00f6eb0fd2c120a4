//! The forms by which an incident is changed: what each asks, when it is offered, and what it means. Pure.

mod appointments;
mod asked;
mod meant;

pub(crate) use appointments::wish;
pub use asked::fields;
pub use meant::change;

use contact::grade::Grade;

use crate::{appointment::booking, standing::Standing};

/// One form.
pub struct Form {
    /// The last part of its address.
    pub word: &'static str,
    /// Its heading, and the words of the link to it.
    pub heading: &'static str,
    /// What will happen.
    pub intro: &'static str,
    /// The button.
    pub submit: &'static str,
    /// The permission it needs.
    pub permission: &'static str,
    /// What is said when it is done.
    pub done: &'static str,
    /// Whether it replaces something, so that a change made meanwhile matters.
    pub replaces: bool,
    /// Whether it is of use where the incident stands.
    pub is_offered: fn(&Standing) -> bool,
}

fn is_open(standing: &Standing) -> bool {
    standing.is_open()
}

fn is_free(standing: &Standing) -> bool {
    standing.is_open() && standing.custody.as_ref().is_none_or(|custody| custody.offer.is_none())
}

fn is_offered(standing: &Standing) -> bool {
    standing.is_open() && standing.custody.as_ref().is_some_and(|custody| custody.offer.is_some())
}

fn has_somebody_out(standing: &Standing) -> bool {
    standing.is_open() && standing.response.sent.iter().any(|sent| sent.ended_at.is_none())
}

fn has_somebody_under_way(standing: &Standing) -> bool {
    standing.is_open()
        && standing.response.sent.iter().any(|sent| sent.ended_at.is_none() && sent.arrived_at.is_none())
}

fn waits_for_downgrade(standing: &Standing) -> bool {
    standing.is_open() && standing.grade.as_ref().is_some_and(|grade| grade.waiting.is_some())
}

fn waits_for_endorsement(standing: &Standing) -> bool {
    standing.closure.waiting.is_some()
}

fn has_promised(standing: &Standing) -> bool {
    standing.promises.next_due_at().is_some()
}

fn has_appointment(standing: &Standing) -> bool {
    standing.is_open() && standing.appointments.pending().is_some()
}

fn may_have_appointment(standing: &Standing) -> bool {
    let is_sent_to = standing.grade.as_ref().is_some_and(|graded| graded.in_force.grade.is_sent_to());
    standing.is_open() && !is_sent_to
}

fn is_left_waiting(standing: &Standing) -> bool {
    standing.is_open() && standing.appointments.left_waiting(&standing.response).is_some()
}

fn may_be_excepted(standing: &Standing) -> bool {
    let none = standing.appointments.asked.as_ref().is_some_and(|asked| asked.answer.gender().is_none());
    standing.is_open() && booking::family(standing).is_listed && !none
}

fn is_listed(standing: &Standing) -> bool {
    standing.is_open() && booking::family(standing).is_listed
}

fn is_prompt(standing: &Standing) -> bool {
    standing.is_open() && standing.grade.as_ref().is_some_and(|grade| grade.in_force.grade == Grade::Prompt)
}

const fn form(
    (word, heading, intro, submit): (&'static str, &'static str, &'static str, &'static str),
    (permission, done, replaces): (&'static str, &'static str, bool),
    is_offered: fn(&Standing) -> bool,
) -> Form {
    Form { word, heading, intro, submit, permission, done, replaces, is_offered }
}

/// All of them, in the order in which they are offered.
pub static FORMS: [Form; 33] = [
    form(
        (
            "log",
            "Add to the log",
            "What became known or was done. Say whether it changes the circumstances: then the assessment is out of date.",
            "Add to the log",
        ),
        ("incident.work", "The line is in the log.", false),
        is_open,
    ),
    form(
        (
            "assessment",
            "Assess anew",
            "Every element is considered again: the last assessment stays in the history.",
            "Save the assessment",
        ),
        ("contact.record", "The assessment is saved.", true),
        is_open,
    ),
    form(
        (
            "grade",
            "Choose another grade",
            "A lower grade of a domestic incident waits for a supervisor; until then the graver one is in force.",
            "Choose the grade",
        ),
        ("incident.grade", "The grade is chosen.", true),
        is_open,
    ),
    form(
        (
            "explanation",
            "Explain the grade",
            "What was owed when it was graded at once.",
            "Explain the grade",
        ),
        ("incident.grade", "The grade is explained.", true),
        is_open,
    ),
    form(
        (
            "downgrade",
            "Endorse or refuse the lower grade",
            "You are the second person: neither who asked, nor in the same session.",
            "Decide",
        ),
        ("incident.endorse", "The decision is made.", true),
        waits_for_downgrade,
    ),
    form(
        ("dispatch", "Send officers", "When they were sent, if that was not just now.", "Send"),
        ("incident.dispatch", "The officers are sent.", false),
        is_open,
    ),
    form(
        ("arrival", "Officers have arrived", "", "Record the arrival"),
        ("incident.dispatch", "The arrival is recorded.", false),
        has_somebody_under_way,
    ),
    form(
        ("result", "Result of the officers sent", "They are free again.", "Record the result"),
        ("incident.dispatch", "The result is recorded.", false),
        has_somebody_out,
    ),
    form(
        (
            "review",
            "Supervisor’s review",
            "A Prompt incident is reviewed after 45 minutes, and again by when you say.",
            "Record the review",
        ),
        ("incident.endorse", "The review is recorded.", false),
        is_prompt,
    ),
    form(
        (
            "attendance",
            "Apply the attendance policy",
            "Whether the policy is applied, or why this incident is an exception. The caller is told.",
            "Record the decision",
        ),
        ("incident.grade", "The decision is recorded.", true),
        is_open,
    ),
    form(
        (
            "offer",
            "Offer to another unit",
            "It stays yours until they accept. It needs an assessment that is complete and newer than the last change of circumstances, unless a life is at risk.",
            "Offer it",
        ),
        ("incident.transfer", "It is offered. Until it is accepted it stays in your queue.", true),
        is_free,
    ),
    form(
        (
            "acceptance",
            "Accept the offer",
            "It is your unit’s from then on, with the grade it was offered with.",
            "Accept it",
        ),
        ("incident.transfer", "The incident is accepted.", true),
        is_offered,
    ),
    form(
        (
            "return",
            "Return the offer",
            "It stays with the unit that offered it. Say what is wrong: it is counted.",
            "Return it",
        ),
        ("incident.transfer", "The offer is returned.", true),
        is_offered,
    ),
    form(
        ("withdrawal", "Withdraw the offer", "", "Withdraw it"),
        ("incident.transfer", "The offer is withdrawn.", true),
        is_offered,
    ),
    form(
        (
            "classification",
            "Change type and qualifiers",
            "An incident that was domestic stays under the rule of the second person.",
            "Change them",
        ),
        ("incident.work", "Type and qualifiers are changed.", true),
        is_open,
    ),
    form(
        ("location", "Change the place", "", "Change the place"),
        ("incident.work", "The place is changed.", true),
        is_open,
    ),
    form(
        ("person", "Add a person", "", "Add the person"),
        ("incident.work", "The person is added.", false),
        is_open,
    ),
    form(
        ("warnings", "Warning markers", "A new one changes the circumstances.", "Save the markers"),
        ("incident.work", "The markers are saved.", true),
        is_open,
    ),
    form(
        ("link", "Link another incident", "Both show it.", "Link it"),
        ("incident.work", "The incidents are linked.", false),
        is_open,
    ),
    form(
        (
            "closure",
            "Close",
            "The four parts of the recording standard. A domestic incident closed SC02 or SC07 waits for a supervisor and stays open until then.",
            "Close the incident",
        ),
        ("incident.close", "The closing is recorded.", true),
        is_free,
    ),
    form(
        (
            "endorsement",
            "Endorse or send back the closing",
            "You are the second person: neither who closed it, nor in the same session.",
            "Decide",
        ),
        ("incident.endorse", "The decision is made.", true),
        waits_for_endorsement,
    ),
    form(
        (
            "promise",
            "Promise something",
            "What somebody was promised, and by when. It stays to be kept until it is fulfilled or withdrawn, even after the incident is closed.",
            "Record the promise",
        ),
        ("incident.work", "The promise is recorded.", false),
        is_open,
    ),
    form(
        (
            "fulfilment",
            "Fulfil a promise",
            "It was done. Done after its time it counts as broken.",
            "Record that it was kept",
        ),
        ("incident.work", "The promise is fulfilled.", false),
        has_promised,
    ),
    form(
        (
            "release",
            "Withdraw a promise",
            "It need not be kept any more. The person knows, or does not want it.",
            "Withdraw the promise",
        ),
        ("incident.work", "The promise is withdrawn.", false),
        has_promised,
    ),
    form(
        (
            "appointment",
            "Book or move an appointment",
            "The diary keeps each place for one person. Booking closes nothing: the incident stays open until the appointment is kept.",
            "Book it",
        ),
        ("appointment.book", "The appointment is booked.", true),
        may_have_appointment,
    ),
    form(
        (
            "keeping",
            "The appointment was kept",
            "When officers were with them. Later than the standard has it counts as late.",
            "Record that it was kept",
        ),
        ("appointment.book", "The appointment is recorded as kept.", true),
        has_appointment,
    ),
    form(
        (
            "miss",
            "The appointment was missed",
            "Who missed it, and why. Somebody protected whom police missed is told the same day, and assessed anew.",
            "Record that it was missed",
        ),
        ("appointment.book", "The appointment is recorded as missed.", true),
        has_appointment,
    ),
    form(
        (
            "cancellation",
            "Cancel the appointment",
            "Whose doing it is, and why. What is past was kept or missed, and is not cancelled.",
            "Cancel the appointment",
        ),
        ("appointment.book", "The appointment is cancelled.", true),
        has_appointment,
    ),
    form(
        (
            "no-appointment",
            "No other appointment is wanted",
            "They were left waiting, and say that they want none any more.",
            "Record it",
        ),
        ("appointment.book", "No other appointment is wanted.", true),
        is_left_waiting,
    ),
    form(
        (
            "interviewer",
            "Ask by whom they want to be interviewed",
            "Before the interview they are given the opportunity to specify the gender of who interviews them (2014 Act, section 8).",
            "Record the answer",
        ),
        ("appointment.book", "The answer is recorded.", true),
        is_listed,
    ),
    form(
        (
            "exception",
            "Make an exception from the interviewer’s gender",
            "A supervisor’s decision, on one of the two grounds of section 8.",
            "Make the exception",
        ),
        ("incident.endorse", "The exception is recorded.", true),
        may_be_excepted,
    ),
    form(
        (
            "allowance",
            "Allow police to move it once more",
            "Beyond what the standard has. A supervisor’s decision.",
            "Allow it",
        ),
        ("incident.endorse", "It may be moved once more.", true),
        has_appointment,
    ),
    form(
        ("reopening", "Open again", "", "Open it again"),
        ("incident.close", "The incident is open again.", true),
        |standing| !standing.is_open(),
    ),
];

/// The form with that word.
pub fn find(word: &str) -> Option<&'static Form> {
    FORMS.iter().find(|form| form.word == word)
}

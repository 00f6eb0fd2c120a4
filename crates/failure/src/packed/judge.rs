//! What each contact of a packed issue was, in one walk through its facts.

use jiff::{Timestamp, civil::Date};

use super::{
    decided::{Decided, bit},
    fact::{Contact, Fact, Facts, Symbol, What, mark},
    parameters::{Families, Parameter},
    read::Reader,
    state::{State, is_raised, is_theirs},
};
use crate::{
    code::{Class, Code},
    definition::{Definition, Eligibility, Role, Strength, What as Of, day},
    story::{EndedBy, Grade, Kind, Link, Mark, Outcome},
};

const CODES: usize = Code::ALL.len();

/// Judges packed issues by one version of the definition.
#[derive(Debug)]
pub struct Judge<'a> {
    definition: &'a Definition,
    families: Families,
    /// Of each channel that was read, in the order of the symbols; none where it is not known.
    roles: Vec<Option<Role>>,
    /// By code: whether its rule decides, over which kinds of value demand it holds, and its place in severity.
    decides: [bool; CODES],
    over: [u32; CODES],
    by_severity: Vec<(u32, Code)>,
    windows: [Parameter; CODES],
    review: Parameter,
    late: Parameter,
    wait: Parameter,
    standard: Parameter,
    state: State,
}

fn place(code: Code) -> usize {
    code as usize
}

impl<'a> Judge<'a> {
    /// By that version.
    pub fn new(definition: &'a Definition) -> Self {
        let families = Families::of(definition);
        let reason = |code| definition.reason(code);
        let over = |code| reason(code).map_or(0, |one| one.over.iter().map(|value| bit(*value)).sum());
        let decides = |code| reason(code).is_some_and(|one| one.strength == Strength::Strong);
        let mut by_severity = Code::ALL.map(|code| (definition.order(code), bit(code), code)).to_vec();
        by_severity.sort_by_key(|(order, ..)| *order);
        let parameter = |code, what| Parameter::of(definition, &families, code, what);
        let windows = Code::ALL.map(|code| parameter(code, Of::Window));
        let (review, late) = (parameter(Code::F01, Of::Review), parameter(Code::F02, Of::Late));
        let (wait, standard) = (parameter(Code::F11, Of::Wait), parameter(Code::F11, Of::Standard));
        Self {
            definition,
            roles: Vec::new(),
            decides: Code::ALL.map(decides),
            over: Code::ALL.map(over),
            by_severity: by_severity.into_iter().map(|(_, bit, code)| (bit, code)).collect(),
            windows,
            review,
            late,
            wait,
            standard,
            families,
            state: State::default(),
        }
    }

    /// Judges every contact of an issue, in the order of time; `reader` is the one that read it.
    pub fn judge(&mut self, facts: &Facts, reader: &Reader, mut tell: impl FnMut(Decided)) {
        let mut state = std::mem::take(&mut self.state);
        state.begin(facts);
        for (number, fact) in facts.facts.iter().enumerate() {
            let What::Contacted(contact) = &fact.what else {
                state.learn(fact);
                continue;
            };
            if let Some(family) = contact.family {
                state.families |= self.families.of_symbol(family, || reader.name(family));
            }
            let role = self.role(contact.channel, reader);
            let eligibility = self.eligibility(contact, role);
            let mut decided = Decided {
                at: fact.at,
                channel: contact.channel,
                division: contact.division,
                family: contact.family,
                eligibility,
                class: None,
                primary: None,
                reasons: 0,
                said: None,
            };
            if eligibility == Eligibility::Eligible {
                let (before, after) = facts.facts.split_at(number);
                let after = after.get(1..).unwrap_or_default();
                let moment = Moment { contact, fact, role, before, after, reader };
                let (class, reasons, derived) = self.decide(&state, &moment);
                decided.class = Some(class);
                decided.reasons = reasons;
                decided.primary = self.gravest(reasons);
                decided.said = contact.advisor.and_then(|said| Some((said, self.gravest(derived)?)));
                state.hear(fact, role == Some(Role::Web));
            }
            tell(decided);
        }
        self.state = state;
    }

    fn gravest(&self, reasons: u32) -> Option<Code> {
        self.by_severity.iter().find(|(bit, _)| reasons & bit != 0).map(|(_, code)| *code)
    }

    fn role(&mut self, channel: Symbol, reader: &Reader) -> Option<Role> {
        let place = usize::try_from(channel.0).ok()?;
        while self.roles.len() <= place {
            let next = Symbol(u32::try_from(self.roles.len()).ok()?);
            self.roles.push(self.definition.role(reader.name(next)));
        }
        self.roles.get(place).copied().flatten()
    }

    fn eligibility(&self, contact: &Contact, role: Option<Role>) -> Eligibility {
        if !contact.is_answered {
            return Eligibility::Discontinued;
        }
        let is_never = |kind: Kind| {
            self.definition.never_kinds.contains(&kind)
                && !(contact.has_risk && self.definition.unless_risk.contains(&kind))
        };
        match (contact.kind, role) {
            (_, Some(Role::Never)) => Eligibility::Never,
            (Some(kind), _) if is_never(kind) => Eligibility::Never,
            (None, _) | (_, None) => Eligibility::Unknown,
            _ => Eligibility::Eligible,
        }
    }

    /// The class, the reasons of it, and those of the record alone.
    fn decide(&self, state: &State, moment: &Moment<'_>) -> (Class, u32, u32) {
        let contact = moment.contact;
        let values = self.values(state, moment);
        let neutrals = self.neutrals(state, moment);
        let mut failures = 0;
        for code in Code::ALL.into_iter().filter(|code| code.class() == Class::Failure) {
            let holds = self.decides[place(code)] && values & !self.over[place(code)] == 0;
            if holds && self.fires(code, state, moment) {
                failures |= bit(code);
            }
        }
        let is_moot = !self.definition.failure_over_neutral && neutrals != 0;
        let derived = if is_moot { 0 } else { failures };
        let chases = contact.marks & mark(Mark::Chases) != 0 && derived | values | neutrals == 0;
        let said = contact.advisor.or_else(|| chases.then_some(Code::F04));
        if let Some(code) = said.filter(|code| code.class() == Class::Failure && values == 0) {
            failures |= bit(code);
        }
        if is_moot {
            failures = 0;
        }
        let beside = said.filter(|code| code.class() != Class::Failure);
        let (class, reasons) = match (failures, values, neutrals, beside) {
            (1.., ..) => (Class::Failure, failures),
            (_, 1.., ..) => (Class::Value, values),
            (_, _, 1.., _) => (Class::Neutral, neutrals),
            (.., Some(code)) => (code.class(), bit(code)),
            _ => (Class::Unknown, 0),
        };
        let alone = [derived, values, neutrals].into_iter().find(|reasons| *reasons != 0).unwrap_or_default();
        (class, reasons, alone)
    }

    fn values(&self, state: &State, moment: &Moment<'_>) -> u32 {
        let contact = moment.contact;
        let is_linked = moment.incident(state).link == Some(Link::NewOccurrence);
        let is_again = is_linked && moment.is_first_on_incident(state)
            || state.families & self.families.protected != 0 && contact.advisor == Some(Code::V2);
        let mut values = 0;
        for (code, holds) in [
            (Code::V1, !state.has_contact && !is_again),
            (Code::V2, is_again),
            (Code::V3, contact.is_new_information),
            (Code::V4, contact.marks & mark(Mark::OwnChange) != 0),
            (Code::V5, contact.marks & mark(Mark::Invited) != 0),
        ] {
            values |= if holds { bit(code) } else { 0 };
        }
        values
    }

    fn neutrals(&self, state: &State, moment: &Moment<'_>) -> u32 {
        let marks = moment.contact.marks;
        let books_again =
            || state.is_missed_by_caller && self.followed(moment).any(|one| one.what == What::Booked);
        let mut neutrals = 0;
        for (code, holds) in [
            (Code::X1, marks & mark(Mark::Duplicate) != 0),
            (Code::X2, books_again()),
            (Code::X3, marks & mark(Mark::CarePlan) != 0),
        ] {
            neutrals |= if holds { bit(code) } else { 0 };
        }
        neutrals
    }

    /// What was recorded after a contact and before the next eligible one.
    fn followed<'m>(&'m self, moment: &'m Moment<'_>) -> impl Iterator<Item = &'m Fact> {
        moment.after.iter().take_while(|one| match &one.what {
            What::Contacted(contact) => {
                let role = self.definition.role(moment.reader.name(contact.channel));
                self.eligibility(contact, role) != Eligibility::Eligible
            }
            _ => true,
        })
    }

    fn is_within(&self, code: Code, state: &State, moment: &Moment<'_>, since: Option<i64>) -> bool {
        let at = moment.fact.at;
        let window = || length(&self.windows[place(code)], state, at);
        since.is_some_and(|since| since <= at && window().is_some_and(|window| at - since <= window))
    }

    fn follows_within(&self, code: Code, state: &State, moment: &Moment<'_>, then: i64) -> bool {
        let at = moment.fact.at;
        at <= then && length(&self.windows[place(code)], state, at).is_some_and(|window| then - at <= window)
    }

    /// Whether the rule of a code holds. The rules are those of `time`, `early`, `passed` and `reach`.
    fn fires(&self, code: Code, state: &State, moment: &Moment<'_>) -> bool {
        let is_within = |since| self.is_within(code, state, moment, since);
        let at = moment.fact.at;
        match code {
            Code::F01 => self.nobody_came(state, at),
            Code::F02 => {
                is_within(state.failed_at)
                    || !state.late.is_empty()
                        && length(&self.late, state, at).is_some_and(|most| {
                            let is_late = |minutes: u32| i64::from(minutes) * 60_000_000 > most;
                            let mut late = state.late.iter().rev().filter(|(_, minutes)| is_late(*minutes));
                            late.next().is_some_and(|(since, _)| is_within(Some(*since)))
                        })
            }
            Code::F03 => {
                state.named.iter().any(|one| one.is_broken || one.due_at.is_some_and(|due| due < at))
            }
            Code::F05 => self.closed_too_early(state, moment),
            Code::F06 => self.assessed_too_low(state, moment),
            Code::F07 => is_within(state.incomplete_at),
            Code::F08 => state.is_passed_round,
            Code::F09 => is_within(state.crime_returned_at),
            Code::F10 => {
                let failed = |outcome: Option<Outcome>| outcome.is_some_and(|one| one != Outcome::Accepted);
                let mut named = state.named.iter();
                state.has_referral && named.any(|one| failed(one.outcome) && is_within(one.sent_at))
            }
            Code::F11 => self.could_not_get_through(state, moment),
            Code::F13 => is_within(state.not_honoured_at),
            Code::F14 => {
                moment.contact.advisor == Some(Code::F14)
                    && (state.named.iter().any(|one| one.is_down) || is_within(state.outage_ended_at))
            }
            _ => false,
        }
    }

    fn nobody_came(&self, state: &State, at: i64) -> bool {
        state.incidents.iter().any(|incident| {
            let response = incident.response;
            let Some((grade, graded_at, due_at)) =
                response.graded.filter(|(grade, ..)| *grade >= Grade::Prompt)
            else {
                return false;
            };
            if response.is_closed || response.is_there {
                return false;
            }
            if due_at.is_some_and(|due| due < at) {
                return true;
            }
            grade == Grade::Prompt
                && !response.is_reviewed
                && length(&self.review, state, at).is_some_and(|within| graded_at + within < at)
        })
    }

    fn closed_too_early(&self, state: &State, moment: &Moment<'_>) -> bool {
        let is_closed = |closed_at| self.is_within(Code::F05, state, moment, closed_at);
        if !state.incidents.iter().any(|one| one.closed_at.is_some()) {
            return false;
        }
        let is_reopened = moment.after.iter().any(|one| {
            one.what == What::Reopened
                && self.follows_within(Code::F05, state, moment, one.at)
                && is_closed(state.incident(one).and_then(|incident| incident.closed_at))
        });
        let is_same = moment.incident(state).link == Some(Link::SameOccurrence);
        let mut others =
            (0..).zip(&state.incidents).filter(|(number, _)| moment.fact.incident != Some(*number));
        is_reopened
            || is_same
                && moment.is_first_on_incident(state)
                && others.any(|(_, incident)| is_closed(incident.closed_at))
    }

    fn assessed_too_low(&self, state: &State, moment: &Moment<'_>) -> bool {
        let could = |one: &Fact| is_raised(Some(Grade::OtherResolution), Some(0), &one.what);
        if !state.has_contact || !moment.after.iter().any(could) {
            return false;
        }
        let mut known: Vec<_> = state.incidents.iter().map(|one| (one.grade, one.vulnerabilities)).collect();
        for one in self.followed(moment) {
            let Some(incident) = one.incident.and_then(|it| known.get_mut(usize::try_from(it).ok()?)) else {
                continue;
            };
            if is_raised(incident.0, incident.1, &one.what)
                && self.follows_within(Code::F06, state, moment, one.at)
            {
                return true;
            }
            match one.what {
                What::Graded { grade, .. } => incident.0 = Some(grade),
                What::Assessed { vulnerabilities, .. } => incident.1 = Some(vulnerabilities),
                _ => {}
            }
        }
        false
    }

    fn could_not_get_through(&self, state: &State, moment: &Moment<'_>) -> bool {
        if !matches!(moment.role, Some(Role::Emergency | Role::Web)) {
            return false;
        }
        let gave_up = || {
            let Some(wait) = length(&self.wait, state, moment.fact.at) else { return false };
            let is_failure = |one: &&Fact| match one.what {
                What::Attempted { channel, number, waited_seconds, ended_by } => {
                    ended_by != EndedBy::Advice
                        && i64::from(waited_seconds) * 1_000_000 >= wait
                        && is_theirs(one, number, moment.contact)
                        && self.definition.role(moment.reader.name(channel)) == Some(Role::NonEmergency)
                }
                _ => false,
            };
            let last = moment.before.iter().rev().find(is_failure);
            last.is_some_and(|one| self.is_within(Code::F11, state, moment, Some(one.at)))
        };
        let wrote_again = || {
            let standard = length(&self.standard, state, moment.fact.at);
            let is_open = |(place, _): &&(u32, i64)| state.sent_place.is_none_or(|sent| sent < *place);
            let first = state.written.iter().find(is_open);
            first.zip(standard).is_some_and(|((_, since), standard)| moment.fact.at - since > standard)
        };
        state.has_attempt && gave_up() || moment.role == Some(Role::Web) && wrote_again()
    }
}

/// A parameter as it holds for a contact that began then.
fn length(parameter: &Parameter, state: &State, at: i64) -> Option<i64> {
    let day = || Timestamp::from_microsecond(at).map_or(Date::MIN, day);
    parameter.length(state.families, day)
}

/// An eligible contact among the facts of its issue.
struct Moment<'a> {
    contact: &'a Contact,
    fact: &'a Fact,
    role: Option<Role>,
    before: &'a [Fact],
    after: &'a [Fact],
    reader: &'a Reader,
}

impl Moment<'_> {
    fn incident<'s>(&self, state: &'s State) -> &'s super::state::Incident {
        static NONE: std::sync::LazyLock<super::state::Incident> = std::sync::LazyLock::new(Default::default);
        state.incident(self.fact).unwrap_or(&NONE)
    }

    fn is_first_on_incident(&self, state: &State) -> bool {
        !self.incident(state).has_contact
    }
}

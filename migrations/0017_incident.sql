-- Incidents: themselves, their grade, whose they are, the response, their closing: one row, in which each noun has its
-- columns. The row is an incident as it is now, because what is counted is counted from the facts. What is about a
-- person has its own column, null where it was erased; what the clocks need of a noun is kept as it is, without such
-- words.

create table incident (
    id text primary key,
    seq integer not null,
    contact text not null,
    opened_at text not null,
    incident_type text not null,
    qualifiers text not null,
    was_domestic integer not null,
    division text not null,
    incident_state text not null,
    summary text,
    place text,
    grade text,
    grade_state text,
    unit text,
    offered_to text,
    custody_state text,
    response_state text,
    closed_at text,
    closed_code text,
    closure_state text
);

-- Everything that a list filters by, newest first: a list that finds little reads this and not the rows. A reference is
-- looked up by it, too.
create index incident_listed on incident (seq, closed_at, unit, grade, division, incident_type, qualifiers, id);

create index incident_open on incident (seq, unit, offered_to) where closed_at is null;

create table incident_contact (
    incident text not null,
    contact text not null,
    place integer not null,
    primary key (incident, contact)
);

create index incident_of_contact on incident_contact (contact);

-- The words by which an incident is found: of its persons, their numbers, its place. Erased with them.
create table incident_word (
    incident text not null,
    word text not null,
    primary key (incident, word)
);

create index incident_with_word on incident_word (word, incident);

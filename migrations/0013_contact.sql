-- Contacts, the keys they are found by, how their callers may be reached. Each table is the fold of the journal’s
-- facts of one noun; as they are now, because what is counted is counted from the facts. What is about a person has
-- its own column, null where it was erased.

create table contact (
    id text primary key,
    since_seq integer not null,
    last_seq integer not null,
    channel text not null,
    menu_option text not null,
    line text not null,
    arrived_at text not null,
    answered_at text,
    state text not null,
    ended_at text,
    handled_seconds integer not null,
    outcome text not null,
    their_reference text,
    is_described integer not null,
    relation text not null,
    language text not null,
    needs_interpreter integer not null,
    agency text not null,
    is_located integer not null,
    place text,
    division text not null,
    beat text not null,
    is_rural integer,
    is_told integer not null,
    incident text,
    checks text not null,
    number text,
    number_key text not null,
    name text,
    call_back_on text,
    call_back_key text not null,
    place_words text,
    narrative text
);

create unique index contact_reference on contact (since_seq);

create unique index contact_once on contact (their_reference);

create index contact_arrived on contact (arrived_at, since_seq);

create index contact_by_channel on contact (channel, arrived_at, since_seq);

create index contact_by_state on contact (state, arrived_at, since_seq);

create index contact_by_division on contact (division, arrived_at, since_seq);

create index contact_by_number on contact (number_key, arrived_at);

create index contact_by_call_back on contact (call_back_key, arrived_at);

create index contact_by_incident on contact (incident, arrived_at);

create table contact_link (
    contact text not null,
    to_id text not null,
    kind text not null,
    purpose text not null,
    evidence text not null,
    place integer not null,
    primary key (contact, to_id)
);

create index contact_link_to on contact_link (to_id, contact);

-- How somebody wants to be reached, by the contact in which they said it.
create table preference (
    contact text primary key,
    preferred text not null,
    safe_from text,
    safe_until text,
    interviewer text not null
);

create table preference_unsafe (
    contact text not null,
    place integer not null,
    way text not null,
    is_everywhere integer not null,
    to_where text,
    hours_from text,
    hours_until text,
    why text,
    primary key (contact, place)
);

-- What the service says to people: each row is a message as it is now, with no word of it and nothing about a person:
-- words, number and address are in the journal only.

create table message (
    id text primary key,
    seq integer not null,
    incident text not null,
    contact text,
    reference text not null,
    template text not null,
    way text not null,
    origin text not null,
    language text not null,
    wanted_language text not null,
    state text not null,
    reason text not null,
    queued_at text not null,
    due_at text not null,
    taken_until text,
    tries integer not null,
    ended_at text
);

-- Everything that a list filters by, newest first.
create index message_listed on message (seq, state, way, template);
create index message_in_state on message (state, seq);
create index message_of_incident on message (incident, seq);

-- What a sender takes up: what is due, and what was taken up by one that died.
create index message_due on message (due_at, seq) where state in ('waiting', 'failed');
create index message_leaving on message (taken_until) where state = 'leaving';

-- Promises to people: what the clock of an incident needs of them, and a row each for the list of what is to be kept.
-- Their words are in the journal only.

alter table incident add column promise_state text;

create table promise (
    incident text not null,
    number integer not null,
    kind text not null,
    due_at text not null,
    made_at text not null,
    is_open integer not null,
    primary key (incident, number)
);

create index promise_to_keep on promise (due_at, incident, number) where is_open = 1;

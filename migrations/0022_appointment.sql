-- Appointments: what the clock of an incident needs of them, and a row each for the diary, the lists and the counts.
-- Their words are in the journal only. A place in a diary is taken once: by what is to come, was kept or was missed.

alter table incident add column appointment_state text;

create table appointment (
    incident text not null,
    number integer not null,
    family text not null,
    unit text not null,
    station text not null,
    diary text not null,
    shift integer not null,
    starts_at text not null,
    officer integer not null,
    ends_at text not null,
    mode text not null,
    booked_at text not null,
    booked_seq integer not null,
    outcome text not null,
    ended_at text,
    ended_seq integer,
    late_by_minutes integer,
    has_place integer not null,
    primary key (incident, number)
);

create unique index appointment_place on appointment (diary, shift, starts_at, officer) where has_place = 1;
create index appointment_unit on appointment (unit, starts_at, incident, number);
create index appointment_starts on appointment (starts_at, incident, number);
create index appointment_to_come on appointment (starts_at, incident, number) where outcome = '';

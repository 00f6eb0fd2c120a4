-- When a system of ours was down (decisions/0030). Rows are the fold of the facts of outages, as they are now.

create table outage (
    id text primary key,
    seq integer not null,
    last_seq integer not null,
    system text not null,
    began_at text not null,
    ended_at text,
    callers text not null,
    source text,
    state text not null
);

-- A system is down once at a time, whoever says so at the same moment.
create unique index outage_open on outage (system) where state = 'open';

create index outage_began on outage (began_at, seq);

create index outage_by_system on outage (system, began_at);

-- Which contacts had given up which calls before: who it was is known by their number, which is not here (decisions/0031).

create table contact_given_up (
    later text not null,
    place integer not null,
    later_at text not null,
    attempt text not null,
    channel text not null,
    at text not null,
    waited_seconds integer not null,
    ended_by text not null,
    primary key (later, place)
);

create index contact_given_up_attempt on contact_given_up (attempt, later_at, later);

-- Where to look when an outage is told late, kept by the worker that counts, and made anew with what is counted: which
-- contacts an advisor ever said of that a system was down, and from when until when an outage was ever said to be.

create table measure_said_down (
    contact text primary key,
    at text not null
);

create index measure_said_down_at on measure_said_down (at);

create table measure_outage (
    outage text primary key,
    began_at text not null,
    ended_at text not null
);

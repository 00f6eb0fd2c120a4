-- The improvement plan. Each table is the fold of the journal's facts of one noun. Span rows
-- (since_seq <= p and until_seq > p) give the register as at any position p; what is only ever added
-- has the seq of its entry. The open end is 9223372036854775807.

create table inspection (
    id text not null,
    since_seq integer not null,
    until_seq integer not null,
    title text not null,
    code text not null,
    kind text not null,
    published_on text not null,
    inspectorate text not null,
    addressees text not null,
    primary key (id, since_seq)
);

create unique index inspection_title_once on inspection (title) where until_seq = 9223372036854775807;

create unique index inspection_code_once on inspection (code) where until_seq = 9223372036854775807;

create table recommendation (
    id text not null,
    since_seq integer not null,
    until_seq integer not null,
    inspection text not null,
    reference text not null,
    reference_key text not null,
    aliases text not null,
    text text not null,
    exposure text,
    risk_statement text not null,
    impact text not null,
    owner_post text not null,
    owner_team text not null,
    status text not null,
    status_on text,
    what_we_did text not null,
    impact_achieved text not null,
    superseded_by text,
    primary key (id, since_seq)
);

-- "R02" and "R2" are one: the second is refused even if two people race.
create unique index recommendation_reference_once on recommendation (inspection, reference_key)
    where until_seq = 9223372036854775807;

create table target_date (
    recommendation text not null,
    seq integer not null,
    at text not null,
    who text not null,
    target text not null,
    reason text not null,
    approved_by text not null,
    primary key (recommendation, seq)
);

create table action (
    recommendation text not null,
    number text not null,
    place integer not null,
    since_seq integer not null,
    until_seq integer not null,
    text text not null,
    owner text not null,
    target text,
    done_on text,
    primary key (recommendation, number, since_seq)
);

create table progress_update (
    recommendation text not null,
    seq integer not null,
    at text not null,
    who text not null,
    text text not null,
    primary key (recommendation, seq)
);

create table dependency (
    recommendation text not null,
    depends_on text not null,
    since_seq integer not null,
    until_seq integer not null,
    reason text not null,
    primary key (recommendation, depends_on, since_seq)
);

create table plan_import (
    inspection text not null,
    seq integer not null,
    at text not null,
    who text not null,
    file text not null,
    digest text not null,
    primary key (inspection, seq)
);

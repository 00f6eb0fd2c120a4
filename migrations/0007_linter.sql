-- What earlier papers said, and what was accepted of what the check of the register finds. Span rows, as
-- in 0003_plan.

create table source (
    id text not null,
    since_seq integer not null,
    until_seq integer not null,
    title text not null,
    meeting_on text,
    published_on text,
    reference text not null,
    primary key (id, since_seq)
);

create table source_statement (
    source text not null,
    no integer not null,
    since_seq integer not null,
    until_seq integer not null,
    about_kind text not null,
    about text not null,
    quantity text not null,
    value text not null,
    words text not null,
    as_on text not null,
    primary key (source, no)
);

-- An acceptance holds only for the finding with this very fingerprint.
create table accepted_finding (
    subject text not null,
    check_key text not null,
    fingerprint text not null,
    since_seq integer not null,
    until_seq integer not null,
    at text not null,
    who text not null,
    role text not null,
    sentence text not null,
    reason text not null,
    primary key (subject, check_key, fingerprint, since_seq)
);

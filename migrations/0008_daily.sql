-- The daily work on the register: views of it that people saved, and what they remark on a recommendation.
-- What is done to many recommendations at once leaves one fact in each, so it has no table of its own.

-- A deleted view is gone from here; the journal keeps that it was.
create table saved_view (
    id text primary key,
    owner text not null,
    name text not null,
    name_key text not null,
    query text not null,
    shared integer not null,
    role text not null
);

create unique index saved_view_name_once on saved_view (owner, name_key);

-- The text is null once it was erased. A withdrawn one keeps its text here, and no page shows it.
create table comment (
    recommendation text not null,
    seq integer not null,
    at text not null,
    who text not null,
    text text,
    struck_seq integer,
    struck_at text,
    struck_by text,
    struck_reason text,
    primary key (recommendation, seq)
);

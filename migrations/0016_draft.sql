-- What was typed and is not yet a fact: one draft for each record, person and window. Not the fold of the journal,
-- so a rebuild keeps it. Personal: deleted when the record is saved, and when it is old.

create table draft (
    subject text not null,
    account text not null,
    -- One open page: two windows of one person never write over each other.
    page text not null,
    -- The page's own count of its saves: one that comes late never writes over a later one.
    number integer not null,
    -- The subject's last entry when the page was opened.
    base_seq integer not null,
    fields text not null,
    -- Where it was typed: a path of our own.
    address text not null,
    saved_at text not null,
    primary key (subject, account, page)
);

create index draft_by_account on draft (account, saved_at);
create index draft_by_age on draft (saved_at);

-- Who has a record open. A page says so again and again while it is open.
create table presence (
    subject text not null,
    account text not null,
    name text not null,
    seen_at text not null,
    primary key (subject, account)
);

-- Who holds which post, and what people are told. Each table is the fold of the journal's facts of one noun.

-- A post as owners are written in the register. `title_key` is the title without case and double spaces.
create table post (
    id text primary key,
    seq integer not null,
    title text not null,
    title_key text not null
);

create unique index post_title_once on post (title_key);

-- Who holds it, and since and until which entry: span rows, as in the plan. `alternate` is 1 or 0.
create table post_holder (
    post text not null,
    account text not null,
    since_seq integer not null,
    until_seq integer not null,
    alternate integer not null,
    primary key (post, account, since_seq)
);

create index post_holder_by_account on post_holder (account, until_seq);

-- A calendar's address that needs no signing in. Only the hash of its secret is kept.
create table calendar_feed (
    id text primary key,
    account text not null,
    hash text not null,
    name text not null,
    scope text not null,
    opened_at text not null,
    revoked_at text
);

create unique index calendar_feed_by_hash on calendar_feed (hash);

create index calendar_feed_by_account on calendar_feed (account, opened_at);

-- The outbox, which is the mailbox too. `due_at` is when it is next to be sent; null when that is over.
-- `why` is why it was not sent; null where there is no such reason or it was erased.
create table notice (
    id text primary key,
    seq integer not null,
    account text not null,
    kind text not null,
    subject text not null,
    body text not null,
    found_by text not null,
    about text,
    digest_of text,
    written_at text not null,
    state text not null,
    tries integer not null,
    due_at text,
    ended_at text,
    why text
);

-- One digest a day for one account, even if two processes write it.
create unique index notice_one_digest_a_day on notice (account, digest_of);

create index notice_by_account on notice (account, seq);

create index notice_by_due on notice (due_at, seq);

-- What a person wants to be told, and where. The address goes when it is erased.
create table subscription (
    account text primary key,
    email text,
    digest integer not null
);

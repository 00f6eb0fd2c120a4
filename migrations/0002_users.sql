-- Who people are, and how they are let in.

-- An account: the fold of its facts. A name or a sign-in name that was erased is null. `found_by` is both,
-- folded for searching; `edits` counts the changes an administrator may make, so that a stale form is told.
create table account (
    id text primary key,
    name text,
    sign_in text,
    found_by text,
    role text not null,
    opened_at text not null,
    closed_at text,
    signed_in_at text,
    edits integer not null
);

-- A sign-in name is never given twice, not even after its account was closed: the journal names one person.
create unique index account_by_sign_in on account (sign_in);
create index account_by_role on account (role, opened_at);

-- The Argon2id hash of a password. Not a fact: it is in no journal, and a rebuild keeps it.
create table credential (
    account text primary key,
    hash text not null,
    set_at text not null
);

-- A signed-in browser. Only the hash of its secret is kept.
create table session (
    secret_hash text primary key,
    id text not null unique,
    account text not null,
    device text not null,
    created_at text not null,
    last_seen_at text not null
);

create index session_by_account on session (account, created_at);
create index session_by_last_seen on session (last_seen_at);

-- A program's token. Only the hash of its secret is kept.
create table token (
    secret_hash text primary key,
    account text not null,
    label text not null,
    created_at text not null
);

create index token_by_account on token (account, created_at);

-- Sign-ins that were tried and did not succeed, for a quarter of an hour. The name is kept as a hash:
-- people type their password into that field now and then.
create table sign_in_try (
    name_hash text not null,
    address text not null,
    at text not null
);

create index sign_in_try_by_address on sign_in_try (address, at);
create index sign_in_try_by_moment on sign_in_try (at);

-- The journal: every fact, in order, never changed.
-- One text for both engines; two types only. journal/src/migrate.rs makes `strict` tables of it for
-- SQLite, and `bigint` and `text collate "C"` for PostgreSQL.

-- The ticket. Whoever holds this row writes the next entry, so seq has no gap and no duplicate.
create table journal_head (
    only_row integer primary key check (only_row = 1),
    seq integer not null
);

insert into journal_head (only_row, seq) values (1, 0);

-- `at` is when it was recorded; `happened_at` the business time, where it differs. Order is seq, never a clock.
-- `leaf` is the hash that a later Merkle log seals (format: journal/src/entry.rs).
create table journal (
    seq integer primary key,
    at text not null,
    happened_at text,
    who text not null,
    role text not null,
    task text not null,
    subject text not null,
    kind text not null,
    version integer not null,
    body text not null,
    leaf text not null
);

create index journal_by_subject on journal (subject, seq);
create index journal_by_moment on journal (at, seq);

-- The personal parts of a fact, apart from it, so that they can be destroyed: the entry keeps only a
-- commitment, sha256(salt, value). A destroyed part has neither salt nor value.
create table journal_private (
    seq integer not null,
    part integer not null,
    salt text,
    value text,
    primary key (seq, part)
);

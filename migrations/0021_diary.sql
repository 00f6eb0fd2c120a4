-- Diaries of local policing, their feeds, and the times that are held while an advisor speaks. A hold is no fact.

create table diary (
    id text not null primary key,
    seq integer not null,
    unit text not null,
    station text not null,
    state text not null
);

create unique index diary_of_unit on diary (unit, station);

create table diary_hold (
    diary text not null,
    shift integer not null,
    starts_at text not null,
    officer integer not null,
    holder text not null,
    account text not null,
    until text not null,
    primary key (diary, shift, starts_at, officer)
);

create index diary_hold_of on diary_hold (holder);

create table diary_feed (
    id text not null primary key,
    diary text not null,
    hash text not null,
    name text not null,
    opened_at text not null,
    opened_by text not null,
    revoked_at text,
    revoked_by text
);

create unique index diary_feed_hash on diary_feed (hash);
create index diary_feed_of on diary_feed (diary);

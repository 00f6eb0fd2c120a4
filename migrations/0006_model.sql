-- Areas for development, programmes of change and inspections under way. Each table is the fold of the
-- journal's facts of one noun, as span rows (since_seq <= p and until_seq > p). What an area is mapped to and
-- what a programme was called are lists of their own: kept as JSON in the row, read only in Rust, so that all
-- of a noun as at any position is one statement.

create table area (
    id text not null,
    since_seq integer not null,
    until_seq integer not null,
    inspection text not null,
    number text not null,
    number_key text not null,
    text text not null,
    heading text not null,
    recommendation text,
    mappings text not null,
    closed_on text,
    closed_reason text not null,
    primary key (id, since_seq)
);

-- "AFD 06", "AFD6" and "6" are one: the second is refused even if two people race.
create unique index area_number_once on area (inspection, number_key)
    where until_seq = 9223372036854775807;

create table programme (
    id text not null,
    since_seq integer not null,
    until_seq integer not null,
    names text not null,
    aliases text not null,
    bodies text not null,
    ended_on text,
    ended_reason text not null,
    primary key (id, since_seq)
);

create table underway (
    id text not null,
    since_seq integer not null,
    until_seq integer not null,
    title text not null,
    kind text not null,
    inspectorate text not null,
    partners text not null,
    announced_on text not null,
    stage text not null,
    stage_on text not null,
    inspection text,
    reason text not null,
    primary key (id, since_seq)
);

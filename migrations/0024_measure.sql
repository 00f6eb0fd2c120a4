-- What is counted, kept by a worker that folds the journal in its order; every row can be counted anew from the journal.
-- A contribution is what one subject adds to a measure, from the entry that made it until the entry that changed it: any
-- position of the journal is a `where`. The cube is the sum of those that stand now, by day.

create table measure_position (
    only_row integer primary key,
    seq integer not null,
    -- With which definitions it was counted; others mean that everything is counted anew.
    edition text not null
);

create table measure_contribution (
    measure text not null,
    version integer not null,
    subject text not null,
    number integer not null,
    at text not null,
    day text not null,
    division text not null,
    reason text not null,
    numerator integer not null,
    denominator integer not null,
    from_seq integer not null,
    until_seq integer not null,
    primary key (subject, measure, number, from_seq)
);

create index measure_contribution_day on measure_contribution (measure, day, division, reason);

create table measure_cube (
    measure text not null,
    version integer not null,
    day text not null,
    division text not null,
    reason text not null,
    numerator integer not null,
    denominator integer not null,
    contributions integer not null,
    primary key (measure, day, division, reason, version)
);

-- Every version of a measure is counted, side by side, for every day: `in_force` says of a row whether its version is the one
-- in force on its day, which is what is published, and the others stand beside it. What was counted is dropped and counted anew
-- from the journal.

drop table measure_contribution;
drop table measure_cube;
drop table measure_sum;
delete from measure_position;

create table measure_contribution (
    measure text not null,
    version integer not null,
    in_force integer not null,
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
    primary key (subject, measure, version, number, from_seq)
);

create index measure_contribution_day on measure_contribution (measure, day, division, reason);

create table measure_cube (
    measure text not null,
    version integer not null,
    in_force integer not null,
    day text not null,
    division text not null,
    reason text not null,
    numerator integer not null,
    denominator integer not null,
    contributions integer not null,
    primary key (measure, day, division, reason, version)
);

create table measure_sum (
    -- 'hour', 'day' or 'month'.
    kind text not null,
    measure text not null,
    version integer not null,
    -- A month in which another version begins has two sums of each.
    in_force integer not null,
    -- A day, or a month as 2026-11.
    period text not null,
    -- The hour in Scotland, 00 to 23, of kind 'hour'.
    hour text not null,
    division text not null,
    -- Of kind 'month'.
    reason text not null,
    numerator integer not null,
    denominator integer not null,
    contributions integer not null,
    primary key (kind, measure, period, hour, division, reason, version, in_force)
);

-- All measures at once over some days: the list, what needs attention, a report.
create index measure_sum_period on measure_sum (kind, period, measure);

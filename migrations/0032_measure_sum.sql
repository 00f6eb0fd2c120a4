-- Sums of what is counted that a page of any period can be added up from: of an hour of the day and of a day by division, of
-- a month by division and reason. Five years of a force are some ten thousand rows of each. What was counted before has
-- none: without a position everything is counted anew.

create table measure_sum (
    -- 'hour', 'day' or 'month'.
    kind text not null,
    measure text not null,
    version integer not null,
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
    primary key (kind, measure, period, hour, division, reason, version)
);

delete from measure_position;

-- The same sums by hour of the day in Scotland, for the heat map of a measure: without reasons, so that a quarter of a whole
-- force is some ten thousand rows. What was counted before has no hours: without a position everything is counted anew.

create table measure_hour (
    measure text not null,
    version integer not null,
    day text not null,
    hour integer not null,
    division text not null,
    numerator integer not null,
    denominator integer not null,
    contributions integer not null,
    primary key (measure, day, hour, division, version)
);

delete from measure_position;

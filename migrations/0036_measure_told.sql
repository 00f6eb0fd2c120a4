-- Issues with contacts, packed small, as they are told now: to count failure demand of a year anew, by other windows or by
-- another version, without reading a year of the journal. It is counted from the journal with the rest.

create table measure_told (
    -- The incident or the contact with which it began.
    issue text not null,
    -- Its place among what stands beside one another in it.
    part integer not null,
    -- The days, in Scotland, on which its first and its last contact began.
    from_day text not null,
    until_day text not null,
    contacts integer not null,
    line text not null,
    primary key (issue, part)
);

create index measure_told_day on measure_told (from_day, until_day);

delete from measure_position;

-- What the measures need of lives, packed small, as they are told now: to count everything of a year anew without reading a
-- year of the journal. It is counted from the journal with the rest.

create table measure_gist (
    -- The contact, incident, crime report, referral or recommendation.
    subject text not null,
    -- 0: of its life; 1: of a contact as its issue is told.
    part integer not null,
    -- The days, in Scotland, on which the first and the last of it are counted; both empty where nothing is.
    from_day text not null,
    until_day text not null,
    line text not null,
    primary key (subject, part)
);

create index measure_gist_day on measure_gist (from_day, until_day);

delete from measure_position;

-- Crime reports that were recorded directly, and every return of one for rework. Each row is a report as it is now, with
-- no word about a person: those are in the journal only.

create table crime_report (
    id text primary key,
    seq integer not null,
    incident text not null,
    division text not null,
    team text not null,
    crime_type text not null,
    counts integer not null,
    ending text not null,
    standing text not null,
    recorded_at text not null,
    revision integer not null,
    is_overridden integer not null,
    to_do integer not null,
    returns integer not null,
    pence integer not null,
    reference_there text not null
);

-- Everything that a list filters by and a count counts, newest first.
create index crime_report_listed on crime_report (seq, standing, team, division, crime_type, ending, recorded_at);

create index crime_report_of_incident on crime_report (incident, seq);

create table crime_return (
    report text not null,
    number integer not null,
    seq integer not null,
    team text not null,
    division text not null,
    crime_type text not null,
    unit text not null,
    reason text not null,
    returned_at text not null,
    resubmitted_at text,
    minutes integer,
    primary key (report, number)
);

create index crime_return_listed on crime_return (seq, team, division, reason, returned_at);

-- Performance reports: what each is about and how its last edition stands, and every edition as it was frozen. An edition
-- keeps its figures and its tree, so that it renders the same for ever.

create table report (
    id text primary key,
    seq integer not null,
    pack text not null,
    kind text not null,
    from_day text not null,
    until_day text not null,
    division text not null,
    edition integer not null,
    frozen_at text not null,
    counted_at integer not null,
    is_provisional integer not null,
    is_published integer not null
);

-- One report for each pack, period and division.
create unique index report_about on report (pack, from_day, division);

create index report_listed on report (until_day, id);

create table report_edition (
    report text not null,
    number integer not null,
    seq integer not null,
    frozen_at text not null,
    counted_at integer not null,
    reason text not null,
    is_provisional integer not null,
    is_published integer not null,
    content text not null,
    primary key (report, number)
);

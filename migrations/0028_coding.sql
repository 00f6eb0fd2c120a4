-- Quality sampling of failure demand: each week’s draw, and what each contact of it was coded the second time. Rows are the
-- fold of the facts of samples; what somebody noted is in the journal only.

create table coding_sample (
    id text primary key,
    seq integer not null,
    week text not null,
    seed text not null,
    entry integer not null,
    edition text not null,
    definition integer not null,
    drawn_by text not null,
    drawn_at text not null,
    contacts integer not null,
    failures integer not null,
    drawn integer not null,
    coded integer not null,
    closed_at text
);

-- A week is drawn once, whoever draws at the same moment.
create unique index coding_sample_week on coding_sample (week);

create table coding_item (
    sample text not null,
    place integer not null,
    contact text not null,
    at text not null,
    division text not null,
    derived text not null,
    second text not null,
    coded_by text not null,
    coded_at text,
    codings integer not null,
    primary key (sample, place)
);

create unique index coding_item_contact on coding_item (sample, contact);

-- What was changed, and when, marked on the chart of a measure. A row is an annotation as it is now.

create table measure_annotation (
    id text primary key,
    seq integer not null,
    last_seq integer not null,
    measure text not null,
    division text not null,
    on_day text not null,
    words text not null,
    recommendation text not null,
    label text not null,
    action text not null,
    is_taken_back integer not null
);

create index measure_annotation_of on measure_annotation (measure, on_day, seq);

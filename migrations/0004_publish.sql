-- Committee papers: the fold of their facts. A frozen paper keeps its tree; whoever presents it is only in
-- the details, so that a name can be erased and the paper stay.

create table paper (
    id text primary key,
    seq integer not null,
    changed_at text not null,
    title text not null,
    meeting text not null,
    meeting_on text not null,
    details text not null,
    counted_at integer,
    frozen_on text,
    tree text
);

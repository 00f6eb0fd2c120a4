-- What a committee paper shows of measures beside the evidence that is attached to what it tells. A row is all of it as it
-- is now; nothing was said of most papers.

create table paper_measure (
    paper text primary key,
    seq integer not null,
    shown text not null
);

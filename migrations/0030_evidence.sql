-- Measures as evidence. A row is a piece of evidence as it is now: what a list filters by, and all of it as the journal has
-- it, so that a list draws its charts from one statement.

create table measure_evidence (
    id text primary key,
    seq integer not null,
    recommendation text not null,
    measure text not null,
    verdict text not null,
    is_withdrawn integer not null,
    withdrawn text not null,
    attached text not null
);

create index measure_evidence_of on measure_evidence (recommendation, seq);
create index measure_evidence_listed on measure_evidence (seq, measure, verdict);

-- What the plan knows of it: which attached measures do not show what they are claimed to show.

create table measured (
    recommendation text not null,
    evidence text not null,
    seq integer not null,
    sentence text not null,
    is_shown integer not null,
    primary key (recommendation, evidence)
);

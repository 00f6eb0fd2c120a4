-- How a recommendation is sorted, what it waits for besides recommendations, why a date was moved,
-- the stage of an action, and updates that stand for another's.

create table classification (
    recommendation text not null,
    since_seq integer not null,
    until_seq integer not null,
    addressees text not null,
    themes text not null,
    horizon text,
    milestones text not null,
    strategic_owner text not null,
    primary key (recommendation, since_seq)
);

alter table target_date add column delay_reason text not null default '';

alter table action add column stage text;

alter table progress_update add column inherited_from text;

alter table dependency add column kind text not null default 'recommendation';

alter table dependency add column since_on text;

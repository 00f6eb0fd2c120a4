-- The month: groups, their meetings, and the rounds in which updates are asked for. Each table is the fold of the
-- journal’s facts of one noun. None of it is counted in a paper, so the rows are as they are now.

create table governance_group (
    id text primary key,
    name text not null,
    kind text not null,
    reference text not null,
    cadence text not null,
    ended_on text,
    ended_because text
);

create table group_member (
    group_id text not null,
    place integer not null,
    post text not null,
    alternate text not null,
    chairs integer not null,
    primary key (group_id, place)
);

create table meeting (
    id text primary key,
    group_id text not null,
    meets_on text not null,
    place text not null,
    standing text not null,
    cancelled_because text not null,
    minutes text not null,
    changed_at text not null,
    moves integer not null
);

create index meeting_of_group on meeting (group_id, meets_on);

create table round (
    id text primary key,
    meeting text not null,
    opened_seq integer not null,
    opened_on text not null,
    due_on text not null,
    remind_on text not null,
    escalate_on text not null,
    calendar_version integer not null,
    closed_seq integer,
    closed_on text
);

create index round_opened on round (opened_seq);

create table update_request (
    round text not null,
    recommendation text not null,
    place integer not null,
    post text not null,
    escalate_to text not null,
    withdrawn_on text,
    withdrawn_because text,
    primary key (round, recommendation)
);

-- Everything that an owner or a chair was told by a round, in the order of the journal: asked, reminded, escalated.
create table told (
    seq integer not null,
    recommendation text not null,
    round text not null,
    kind text not null,
    post text not null,
    told_on text not null,
    due_on text not null,
    primary key (seq, recommendation)
);

create index told_by_round on told (round, seq);

-- The keys that somebody changed for themselves. Not the fold of the journal: a rebuild keeps them.

create table shortcut (
    account text not null,
    action text not null,
    -- Empty: turned off.
    keys text not null,
    primary key (account, action)
);

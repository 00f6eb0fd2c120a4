-- Who is told when a report is frozen: the fold of what each account asked for. Of a pack of one division an empty division
-- means all of them.

create table report_subscription (
    account text not null,
    pack text not null,
    division text not null,
    primary key (account, pack, division)
);

create index report_subscription_pack on report_subscription (pack, division);

-- Referrals to partner agencies, and the links by which an agency answers one. Each row is a referral as it is now, with
-- no word about a person: those are in the journal only. That nobody replied in time is no state here: it follows from
-- `reply_by` and the clock. Of a link’s secret only the hash is kept.

create table referral (
    id text primary key,
    seq integer not null,
    incident text not null,
    agency text not null,
    kind text not null,
    division text not null,
    sent_at text not null,
    reply_by text not null,
    is_overridden integer not null,
    standing text not null,
    replied_at text,
    reply_minutes integer,
    ended_at text,
    ended_key text not null,
    minutes_saved integer,
    is_conveyance_avoided integer not null,
    is_settled integer not null
);

-- Everything that a list filters by and a count counts, newest first.
create index referral_listed on referral (seq, standing, reply_by, agency, kind, division, sent_at);

create index referral_of_incident on referral (incident, seq);

create table referral_link (
    id text primary key,
    referral text not null,
    hash text not null,
    issued_at text not null,
    issued_by text not null,
    expires_at text not null,
    revoked_at text
);

create unique index referral_link_hash on referral_link (hash);
create index referral_link_of on referral_link (referral);

-- The gazetteer: places, with their beat and division. Reference data beside the journal, which holds who imported
-- which edition: an edition replaces the one before when all of it is there.

create table place (
    edition text not null,
    id text not null,
    words text not null,
    -- As it is compared: small letters, nothing shortened.
    folded text not null,
    -- The same from the street on, without flat and number.
    street text not null,
    postcode text not null,
    division text not null,
    beat text not null,
    is_rural integer not null,
    grid text not null,
    -- What officers should know before they go, one a line.
    warnings text not null,
    primary key (edition, id)
);

create index place_by_address on place (edition, folded);
create index place_by_street on place (edition, street);
create index place_by_postcode on place (edition, postcode);

create table gazetteer (
    edition text primary key,
    seq integer not null,
    at text not null,
    name text not null,
    places integer not null,
    digest text not null
);

-- The keys by which earlier contacts are found, beside their numbers.
create table contact_key (
    kind text not null,
    key text not null,
    subject text not null,
    seq integer not null,
    primary key (kind, key, subject)
);

create index contact_key_by_subject on contact_key (subject);
create index contact_key_latest on contact_key (kind, key, seq);

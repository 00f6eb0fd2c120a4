-- Why a contact was made, as the advisor judges it (decisions/0027): a reason of the definition of failure demand and the
-- version in whose words it was asked; null where nobody has said.

alter table contact add column why text;

alter table contact add column why_definition integer;

-- Which contacts were ever linked to what as about the same issue, kept by the worker that counts: the rows of the contacts
-- forget a link that was taken back, and what was counted until then does not.

create table measure_link (
    to_id text not null,
    contact text not null,
    primary key (to_id, contact)
);

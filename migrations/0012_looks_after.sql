-- The inspections whose plans a group looks after, their identities parted by spaces; empty means all.
alter table governance_group add column looks_after text not null default '';

-- What was known of moves too late, or of actions only: a move that came in without a kind of reason gets one,
-- and an action's own target is moved with its reason, and keeps where it was.

-- The entry that gave a move its kind of reason, where that was not the move's own.
alter table target_date add column categorised_seq integer;

-- The moves of an action's own target, oldest first, as JSON.
alter table action add column moves text not null default '[]';

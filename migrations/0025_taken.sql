-- The places that are taken of a unit's diaries, without those that were given back: a place may be given back many times.

create index appointment_taken on appointment (unit, starts_at, diary, shift, officer) where has_place = 1;

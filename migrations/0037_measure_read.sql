-- What a page reads of five years it finds in the index alone: with the rows behind it a page of a whole force took three
-- times as long (benches/measures.sh).

create index measure_sum_read
    on measure_sum (kind, measure, period, hour, division, in_force, version, numerator, denominator);
create index measure_cube_read
    on measure_cube (measure, day, division, reason, in_force, version, numerator, denominator);

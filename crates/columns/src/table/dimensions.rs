//! Measure values, and what facts and values are joined with. Pure data.

use super::rules::{
    Kind::{Day, Flag, Integer, Text},
    Of, Table, always, maybe,
};

/// The cube of measures.
pub static MEASURE_VALUE: Table = Table {
    key: "measure_value",
    of: Of::Values,
    about: "What is counted, by measure, day, division and reason. Sums of numerators and denominators add up; divide only after adding. Small counts are in it: it is not for publication.",
    own: &[
        always("measure", Text, "The key of the measure, as /measures/… has it."),
        always("version", Integer, "The version of its definition, the one in force on the day."),
        always("day", Day, "The day on which it is counted, in Scotland."),
        maybe("division", Text, "The letter of the division; empty where there is none."),
        maybe("reason", Text, "The key of the reason; empty where there is none."),
        always("numerator", Integer, "The count."),
        always("denominator", Integer, "Of how many; 0 of a plain count."),
        always("contributions", Integer, "How many records it opens to."),
    ],
};

/// The organisation.
pub static UNIT: Table = Table {
    key: "unit",
    of: Of::Dimension,
    about: "The units of the force, those that are no more too (definitions/organisation.toml).",
    own: &[
        always("unit", Text, "Its key."),
        always("name", Text, "Its name."),
        always("kind", Text, "service_centre, control_room, resolution_team, division."),
        maybe("division", Text, "The letter of a division."),
        maybe("control_room", Text, "The control room that serves a division."),
        maybe("first_day", Day, "Its first day; empty means always."),
        maybe("last_day", Day, "Its last day; empty means until further notice."),
    ],
};

/// The codes.
pub static CODE: Table = Table {
    key: "code",
    of: Of::Dimension,
    about: "What the keys of the other tables mean, by the set that they are of.",
    own: &[
        always("code_set", Text, "The set: channel, incident_type, closure and so on."),
        always("code", Text, "The key."),
        always("words", Text, "What a person reads."),
        maybe("parent", Text, "What it belongs to: for an incident type, its group."),
        maybe("first_day", Day, "The first day on which it may be chosen."),
        maybe("last_day", Day, "The last day on which it may be chosen."),
    ],
};

/// The calendar.
pub static CALENDAR_DAY: Table = Table {
    key: "calendar_day",
    of: Of::Dimension,
    about: "The days of the extract, in Scotland.",
    own: &[
        always("day", Day, "The day."),
        always("year", Integer, "Its year."),
        always("quarter", Integer, "Its quarter, from 1."),
        always("month", Integer, "Its month, from 1."),
        always("week_begins", Day, "The Monday of its week."),
        always("weekday", Integer, "1 is Monday."),
        always("is_weekend", Flag, "Whether it is a Saturday or a Sunday."),
        always("hours", Integer, "How many hours it has: 23 and 25 where the clocks change."),
    ],
};

//! Days and times in Scotland: the one place that knows its clocks.

use std::sync::LazyLock;

use jiff::{
    Timestamp,
    civil::{Date, date},
    tz::TimeZone,
};

/// Scottish local time: looked up once, since a list asks for it in every row.
pub fn scotland() -> TimeZone {
    static SCOTLAND: LazyLock<TimeZone> =
        LazyLock::new(|| TimeZone::get("Europe/London").expect("the time zone database is compiled in"));
    SCOTLAND.clone()
}

/// The day in Scotland. Before 1900 there is none that anybody means.
pub fn day_of(at: Timestamp) -> Date {
    at.to_zoned(scotland()).date().max(date(1900, 1, 1))
}

/// When a day begins in Scotland.
pub fn beginning_of(day: Date) -> Timestamp {
    day.to_zoned(scotland()).map_or(Timestamp::UNIX_EPOCH, |begin| begin.timestamp())
}

/// "20:14:07", in Scotland.
pub fn clock(at: Timestamp) -> String {
    at.to_zoned(scotland()).strftime("%H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_in_scotland() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        for (text, day, begins) in [
            ("2026-06-30T23:30:00Z", "2026-07-01", "2026-06-30T23:00:00Z"),
            ("2026-11-21T23:30:00Z", "2026-11-21", "2026-11-21T00:00:00Z"),
            // The clocks go back at two, and forward at one: the day begins an hour earlier than it ends.
            ("2026-10-25T12:00:00Z", "2026-10-25", "2026-10-24T23:00:00Z"),
            ("2026-03-29T12:00:00Z", "2026-03-29", "2026-03-29T00:00:00Z"),
        ] {
            let found = day_of(at(text));
            assert_eq!((found.to_string().as_str(), beginning_of(found)), (day, at(begins)), "{text}");
        }
        assert_eq!(day_of(Timestamp::MIN), date(1900, 1, 1));
        assert_eq!(clock(at("2026-07-01T19:14:07Z")), "20:14:07");
    }
}

//! The forms by which a diary is changed: what each asks, and what it means. Pure.

use contact::unit;
use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time, Weekday},
};
use journal::{
    Refusal, day_typed,
    words::{day as told_day, moment},
};
use web::{Field, Typed};

use super::rules::{Command, Diary, Officer, Shift};
use crate::{
    definition::{day_of, limits, scotland, skills},
    place::{Gender, Mode},
};

/// One form.
pub struct Form {
    /// The last part of its address.
    pub word: &'static str,
    /// Its heading, and the words of the link to it.
    pub heading: &'static str,
    /// What will happen.
    pub intro: &'static str,
    /// The button.
    pub submit: &'static str,
    /// What is said when it is done.
    pub done: &'static str,
}

/// All of them, in the order in which they are offered.
pub static FORMS: [Form; 4] = [
    Form {
        word: "shift",
        heading: "Add a shift",
        intro: "The same hours on some days of the week. A shift is never changed: end it, and add another.",
        submit: "Add the shift",
        done: "The shift is in the diary.",
    },
    Form {
        word: "end",
        heading: "End a shift",
        intro: "What is booked after its end stays booked: move or cancel it on its incident.",
        submit: "End the shift",
        done: "The shift ends on that day.",
    },
    Form {
        word: "block",
        heading: "Block a time",
        intro: "A holiday, a course, an illness: nothing is offered in it. What is booked already stays booked.",
        submit: "Block the time",
        done: "The time is blocked.",
    },
    Form {
        word: "unblock",
        heading: "Unblock a time",
        intro: "It is offered again.",
        submit: "Unblock it",
        done: "The time is offered again.",
    },
];

/// The form with that word.
pub fn find(word: &str) -> Option<&'static Form> {
    FORMS.iter().find(|form| form.word == word)
}

type Pair = (String, String);

fn blank(first: &str, rest: Vec<Pair>) -> Vec<Pair> {
    std::iter::once((String::new(), first.to_owned())).chain(rest).collect()
}

/// The fields of the form that opens a diary.
pub fn opening(t: &Typed, today: Date) -> Vec<Field> {
    let divisions = unit::valid(today).into_iter().filter(|unit| !unit.letter.is_empty());
    let divisions = divisions.map(|unit| (unit.key.clone(), unit.name.clone())).collect();
    vec![
        Field::one("unit", "Division", "", blank("Choose a division", divisions), t),
        Field::line("station", "Station", "As officers call it", t),
    ]
}

/// The fields of the form called `word`; what was typed stands in them, or else what most shifts have.
pub fn fields(word: &str, diary: &Diary, typed: &Typed, now: Timestamp) -> Vec<Field> {
    let today = day_of(now);
    let mut filled = filled(word, today);
    filled.0.extend(typed.0.clone());
    let t = &filled;
    match word {
        "shift" => shift_fields(t),
        "end" => vec![
            Field::one("number", "Shift", "", blank("Choose a shift", running(diary, today)), t),
            Field::line("last", "Last day", "As 2026-11-27; it begins for the last time on that day", t),
        ],
        "block" => vec![
            Field::line("from", "From", "As 2026-11-27 08:00, or a whole day as 2026-11-27", t),
            Field::line(
                "until",
                "Until",
                "As 2026-11-27 12:00; a day without a time is blocked to its end",
                t,
            ),
            Field::one("shift", "Shift", "", blank("All shifts", running(diary, today)), t),
            Field::line("officer", "Officer", "By their number in the shift, from 1; empty for all", t),
            Field::line("reason", "Reason", "No names: others read it", t),
        ],
        _ => {
            let blocked =
                (0..).zip(&diary.blocks).filter(|(_, block)| block.lifted_at.is_none() && block.until > now);
            let told = |(number, block): (usize, &super::rules::Block)| {
                let words = format!("{} to {}: {}", moment(block.from), moment(block.until), block.reason);
                (number.to_string(), words)
            };
            vec![Field::one(
                "number",
                "Blocked time",
                "",
                blank("Choose one", blocked.map(told).collect()),
                t,
            )]
        }
    }
}

fn filled(word: &str, today: Date) -> Typed {
    let limits = limits();
    match word {
        "shift" => Typed::default()
            .with("weekdays", "1\n2\n3\n4\n5")
            .with("first", today.to_string())
            .with("from", clock(limits.from))
            .with("until", clock(limits.until))
            .with("slot_minutes", limits.slot_minutes.to_string())
            .with("modes", "home\nstation"),
        _ => Typed::default(),
    }
}

fn shift_fields(t: &Typed) -> Vec<Field> {
    let days = (1..=7).map(|day: i8| (day.to_string(), weekday(day).to_owned()));
    let modes = Mode::ALL.map(|mode| (mode.as_str().to_owned(), mode.words().to_owned()));
    let known: Vec<&str> = skills().iter().map(|skill| skill.words.as_str()).collect();
    let hint = format!(
        "One a line: woman, man or -; then skills, as “woman: Sexual offences liaison”. Skills: {}",
        known.join(", ")
    );
    vec![
        Field::many("weekdays", "Days", "", days, t),
        Field::line("first", "First day", "As 2026-11-27", t),
        Field::line("last", "Last day", "Empty: until further notice", t),
        Field::line("from", "From", "As 08:00", t),
        Field::line("until", "Until", "As 20:00; not after the beginning means on the next day", t),
        Field::line("slot_minutes", "Minutes of a slot", "", t),
        Field::many("modes", "How people are seen", "", modes, t),
        Field::lines("officers", "Officers", &hint, 4, t),
    ]
}

/// "Monday".
pub fn weekday(number: i8) -> &'static str {
    match Weekday::from_monday_one_offset(number) {
        Ok(Weekday::Monday) => "Monday",
        Ok(Weekday::Tuesday) => "Tuesday",
        Ok(Weekday::Wednesday) => "Wednesday",
        Ok(Weekday::Thursday) => "Thursday",
        Ok(Weekday::Friday) => "Friday",
        Ok(Weekday::Saturday) => "Saturday",
        Ok(Weekday::Sunday) => "Sunday",
        Err(_) => "no day",
    }
}

/// "08:00".
pub fn clock(time: Time) -> String {
    time.strftime("%H:%M").to_string()
}

/// The shifts that are not over, with their numbers.
fn running(diary: &Diary, today: Date) -> Vec<Pair> {
    let running = (0..).zip(&diary.shifts).filter(|(_, shift)| !shift.is_over(today));
    running.map(|(number, shift): (usize, &Shift)| (number.to_string(), told(shift))).collect()
}

/// "Monday to Friday, 08:00–20:00, from 1 November 2026"; of one day only "Monday 30 November 2026, 08:00–20:00".
pub fn told(shift: &Shift) -> String {
    if shift.last == Some(shift.first) {
        let hours = format!("{}–{}", clock(shift.from), clock(shift.until));
        let day = weekday(shift.first.weekday().to_monday_one_offset());
        return format!("{day} {}, {hours}", told_day(shift.first));
    }
    let last = shift.last.map_or_else(String::new, |last| format!(" to {}", told_day(last)));
    format!(
        "{}, {}–{}, from {}{last}",
        days(&shift.weekdays),
        clock(shift.from),
        clock(shift.until),
        told_day(shift.first)
    )
}

fn days(weekdays: &[i8]) -> String {
    let is_row = weekdays.windows(2).all(|pair| pair[0] + 1 == pair[1]);
    match weekdays {
        [first, .., last] if is_row && weekdays.len() > 2 => {
            format!("{} to {}", weekday(*first), weekday(*last))
        }
        _ => weekdays.iter().map(|day| weekday(*day)).collect::<Vec<_>>().join(", "),
    }
}

/// What a filled form means.
pub fn meant(word: &str, typed: &Typed) -> Result<Command, Refusal> {
    match word {
        "shift" => shift(typed).map(Command::AddShift),
        "end" => Ok(Command::EndShift {
            number: number(typed, "number", "Choose the shift.")?,
            last: day(typed, "last")?
                .ok_or_else(|| Refusal::of("last", "Enter the last day, as 2026-11-27."))?,
        }),
        "block" => block(typed),
        _ => Ok(Command::Unblock { number: number(typed, "number", "Choose the blocked time.")? }),
    }
}

fn number<T: std::str::FromStr>(
    typed: &Typed,
    field: &'static str,
    told: &'static str,
) -> Result<T, Refusal> {
    typed.get(field).trim().parse().map_err(|_| Refusal::of(field, told))
}

fn day(typed: &Typed, field: &'static str) -> Result<Option<Date>, Refusal> {
    day_typed(field, typed.get(field))
}

fn time(typed: &Typed, field: &'static str) -> Result<Time, Refusal> {
    let text = typed.get(field).trim();
    let told = || Refusal::of(field, format!("“{text}” is not a time. Give it as 08:00."));
    Time::strptime("%H:%M", text).map_err(|_| told())
}

fn shift(typed: &Typed) -> Result<Shift, Refusal> {
    let weekdays = typed.all("weekdays").into_iter().map(|day| day.trim().parse::<i8>());
    let unknown = || Refusal::of("weekdays", "Choose the days of the week: 1 for Monday to 7 for Sunday.");
    let modes = typed.all("modes").into_iter().map(|mode| {
        let told = || Refusal::of("modes", format!("“{mode}” is no way to see people. Choose of the list."));
        Mode::of(mode.trim()).ok_or_else(told)
    });
    Ok(Shift {
        weekdays: weekdays.collect::<Result<_, _>>().map_err(|_| unknown())?,
        first: day(typed, "first")?
            .ok_or_else(|| Refusal::of("first", "Enter the first day, as 2026-11-27."))?,
        last: day(typed, "last")?,
        from: time(typed, "from")?,
        until: time(typed, "until")?,
        slot_minutes: number(typed, "slot_minutes", "Enter the minutes of a slot in digits.")?,
        modes: modes.collect::<Result<_, _>>()?,
        officers: officers(typed.get("officers"))?,
    })
}

/// One a line: "woman: sexual_offences, cyber", "man", "-".
pub fn officers(text: &str) -> Result<Vec<Officer>, Refusal> {
    let lines = (1..).zip(text.lines().map(str::trim)).filter(|(_, line)| !line.is_empty());
    let read = |(number, line): (usize, &str)| {
        let (gender, skills) = line.split_once(':').unwrap_or((line, ""));
        let gender = match gender.trim() {
            "-" | "" => None,
            word => Some(Gender::of(word).ok_or_else(|| {
                let sentence = format!("Line {number}: “{word}” is neither woman, man nor -.");
                Refusal::of("officers", sentence)
            })?),
        };
        let skills = skills.split(',').map(str::trim).filter(|skill| !skill.is_empty());
        Ok(Officer { gender, skills: skills.map(skill).collect() })
    };
    lines.map(read).collect()
}

/// The key of a skill that is written by its words or its key; what is neither is left as it is, to be refused.
fn skill(written: &str) -> String {
    let folded = written.to_lowercase();
    let found = skills().iter().find(|skill| skill.key == written || skill.words.to_lowercase() == folded);
    found.map_or_else(|| written.to_owned(), |skill| skill.key.clone())
}

fn block(typed: &Typed) -> Result<Command, Refusal> {
    let officer = match typed.get("officer").trim() {
        "" => None,
        _ => Some(
            number::<i64>(typed, "officer", "Enter the officer’s number in digits, from 1.")?
                .saturating_sub(1),
        ),
    };
    let shift = match typed.get("shift").trim() {
        "" => None,
        _ => Some(number(typed, "shift", "Choose the shift, or all of them.")?),
    };
    Ok(Command::Block {
        from: local(typed, "from", false)?,
        until: local(typed, "until", true)?,
        shift,
        officer,
        reason: typed.get("reason").to_owned(),
    })
}

/// A local time with its day; a day alone is its beginning, or its end.
fn local(typed: &Typed, field: &'static str, is_end: bool) -> Result<Timestamp, Refusal> {
    let text = typed.get(field).trim();
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at);
    }
    let told = || {
        let sentence =
            format!("“{text}” is not a time. Give it as 2026-11-27 08:00, or a whole day as 2026-11-27.");
        Refusal::of(field, sentence)
    };
    let at = if text.len() > 10 {
        text.replacen(' ', "T", 1).parse::<DateTime>().map_err(|_| told())?
    } else {
        let day: Date = text.parse().map_err(|_| told())?;
        let day = if is_end { day.tomorrow().map_err(|_| told())? } else { day };
        day.to_datetime(Time::midnight())
    };
    at.to_zoned(scotland()).map(|at| at.timestamp()).map_err(|_| told())
}

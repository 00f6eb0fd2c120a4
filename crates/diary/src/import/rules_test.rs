//! Imports: tables of cases, and files that nobody should have to read.

use jiff::Timestamp;
use journal::Id;
use web::Typed;

use super::rules::{Compared, Fate, LARGEST, TOLD, Wrong, compare, read, written};
use crate::diary::rules::{Command, Diary, Fact};

const HEAD: &str = "Division,Station,Date,From,Until,Modes,Officers,Slot minutes\n";
const ROW: &str = "E,Shore Street,2026-11-30,08:00,16:00,home; station,woman: sexual_offences; man; -,60\n";

fn now() -> Timestamp {
    "2026-11-27T10:00:00Z".parse().unwrap()
}

fn id() -> Id {
    Id::read("018a645b-0000-7bb7-b19b-0000000000d1").unwrap()
}

fn empty() -> Diary {
    Diary {
        unit: "division_e".into(),
        station: "Shore Street".into(),
        opened_at: now(),
        shifts: vec![],
        blocks: vec![],
    }
}

fn blocking() -> Typed {
    Typed::default().with("becomes", "blocks").with("reason", "A course")
}

fn shifts() -> Typed {
    Typed::default()
        .with("becomes", "shifts")
        .with("slot_minutes", "60")
        .with("modes", "home")
        .with("officers", "woman\n-")
}

fn calendar(events: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\n{events}END:VCALENDAR\r\n")
}

fn event(lines: &str) -> String {
    format!("BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Leave of Mòrag Bàn\r\n{lines}\r\nEND:VEVENT\r\n")
}

fn look(text: &str, typed: &Typed, diaries: &[(Id, Diary)]) -> Result<Compared, Wrong> {
    let lines = read(text, typed, now(), diaries.first().map(|(_, diary)| diary))?;
    compare(now(), diaries, &lines)
}

/// Row and column of each fault, and that each is told in a sentence.
fn faults(found: Result<Compared, Wrong>, case: &str) -> Vec<(usize, &'static str)> {
    match found {
        Err(Wrong::Lines(faults)) => {
            for fault in &faults {
                assert!(fault.sentence.ends_with(['.', ':']) && fault.sentence.contains(' '), "{fault:?}");
            }
            faults.iter().map(|fault| (fault.row, fault.column)).collect()
        }
        other => panic!("{case}: {other:?}"),
    }
}

fn fates(found: &Compared) -> Vec<Fate> {
    found.steps.iter().map(|step| step.fate).collect()
}

#[test]
fn a_table_opens_diaries_and_adds_shifts_and_the_same_again_changes_nothing() {
    let text = format!(
        "\u{feff}{HEAD}{ROW}e,Shore Street,01/12/2026,8:00,16:00:00,phone,-,\ndivision_n,Kinmuir,2026-12-01,22:00,06:00,home,man,30\n\nE,Shore Street,2026-11-20,08:00,16:00,home,man,60\n"
    );
    let found = look(&text, &Typed::default(), &[]).unwrap();
    assert_eq!(fates(&found), [Fate::New, Fate::New, Fate::New, Fate::Past]);
    assert_eq!(found.opened, ["Shore Street", "Kinmuir"]);
    let facts: Vec<usize> = found.changes.iter().map(|change| change.facts.len()).collect();
    assert_eq!(facts, [3, 2], "each is opened, then has its shifts");
    let Fact::ShiftAdded(shift) = &found.changes[0].facts[1] else { panic!() };
    assert_eq!(
        (shift.first, shift.last),
        ("2026-11-30".parse().unwrap(), Some("2026-11-30".parse().unwrap()))
    );
    assert_eq!((shift.officers.len(), shift.officers[0].skills[0].as_str()), (3, "sexual_offences"));

    let mut diaries: Vec<(Id, Diary)> =
        found.changes.into_iter().map(|change| (id(), change.state)).collect();
    let again = look(&text, &Typed::default(), &diaries).unwrap();
    assert_eq!(fates(&again), [Fate::Same, Fate::Same, Fate::Same, Fate::Past]);
    assert!(again.changes.is_empty() && again.opened.is_empty());
    // What was ended since stays ended.
    diaries[0].1.shifts[0].last = Some("2026-11-29".parse().unwrap());
    assert_eq!(fates(&look(&text, &Typed::default(), &diaries).unwrap())[0], Fate::Same);
}

#[test]
fn what_was_shown_is_known_again_a_minute_later_and_not_when_a_diary_changed() {
    let lines = read(&format!("{HEAD}{ROW}"), &Typed::default(), now(), None).unwrap();
    let shown = written(&compare(now(), &[], &lines).unwrap());
    let later = now() + jiff::SignedDuration::from_mins(1);
    assert_eq!(written(&compare(later, &[], &lines).unwrap()), shown);
    assert_ne!(
        written(&compare(now(), &[(id(), empty())], &lines).unwrap()),
        shown,
        "it was opened meanwhile"
    );
}

#[test]
fn each_fault_of_a_table_names_its_row_and_column_and_nothing_is_taken() {
    let with = |column: usize, cell: &str| {
        let mut cells: Vec<&str> = ROW.trim().split(',').collect();
        cells[column] = cell;
        cells.join(",")
    };
    for (column, cell, expected) in [
        (0, "B", "division"),
        (0, "", "division"),
        (1, "", "station"),
        (2, "30 November", "date"),
        (2, "2026-02-30", "date"),
        (2, "2999-11-30", "date"),
        (3, "8 o’clock", "from"),
        (4, "24:00", "until"),
        (4, "08:30", "until"),
        (5, "pigeon", "modes"),
        (5, "", "modes"),
        (6, "lady", "officers"),
        (6, "woman: magic", "officers"),
        (7, "an hour", "slot minutes"),
        (7, "5", "slot minutes"),
    ] {
        let text = format!("{HEAD}{}\n", with(column, cell));
        assert_eq!(faults(look(&text, &Typed::default(), &[]), cell), [(2, expected)], "{cell}");
    }
    let told = |text: &str| faults(look(text, &Typed::default(), &[]), text);
    assert_eq!(told(&format!("{HEAD}{ROW}{ROW}")), [(3, "date")], "the same twice may be two officers");
    assert_eq!(told(HEAD), [(2, "division")]);
    assert_eq!(told("Station,Date,Officers\n")[0], (1, "division"));
    assert_eq!(told(&format!("{HEAD}{ROW}E,\"Shore\nStreet")).len(), 1, "a stray quotation mark");
    let ten_thousand = with(6, &vec!["man"; 10_000].join(";"));
    assert_eq!(told(&format!("{HEAD}{ten_thousand}\n")), [(2, "officers")]);
    let forty_one = with(6, &vec!["man"; 41].join(";"));
    assert_eq!(told(&format!("{HEAD}{forty_one}\n")), [(2, "officers")]);
    assert_eq!(told(&format!("{HEAD}{}", "X,,,,,,\n".repeat(500))).len(), TOLD);
    let rows = |count: usize, row: fn(usize) -> String| {
        HEAD.to_owned() + &(0..count).map(row).collect::<Vec<_>>().join("\n")
    };
    let many = rows(2_001, |row| format!("E,Station {row},2026-11-30,08:00,16:00,home,man,60"));
    assert_eq!(told(&many), [(2_002, "date")]);
    let too_many = rows(201, |row| {
        format!("E,Shore Street,2026-12-01,08:00,{:02}:{:02},home,man,10", 9 + row / 60, row % 60)
    });
    assert_eq!(told(&too_many), [(202, "date")], "more shifts than a diary may have");
    let huge = look(&"x".repeat(LARGEST + 1), &Typed::default(), &[]);
    assert!(matches!(&huge, Err(Wrong::Field(refusal)) if refusal.sentence.contains("in parts")), "{huge:?}");
    for rubbish in ["", "\0\0\0", "\"", "a,b\n1,2,3\n,,,,\n", "\u{feff}", "BEGIN:VCARD"] {
        assert!(look(rubbish, &Typed::default(), &[]).is_err(), "{rubbish:?}");
    }
}

#[test]
fn an_event_becomes_a_blocked_time_whatever_its_zone_and_no_word_of_it_is_kept() {
    let diaries = [(id(), empty())];
    for (lines, from, until) in [
        (
            "DTSTART:20261201T090000Z\r\nDTEND:20261201T120000Z",
            "2026-12-01T09:00:00Z",
            "2026-12-01T12:00:00Z",
        ),
        ("DTSTART:20270601T090000\r\nDURATION:PT90M", "2027-06-01T08:00:00Z", "2027-06-01T09:30:00Z"),
        (
            "DTSTART;TZID=GMT Standard Time:20270601T090000\r\nDTEND:20270601T100000",
            "2027-06-01T08:00:00Z",
            "2027-06-01T09:00:00Z",
        ),
        (
            "DTSTART;TZID=Europe/Paris:20270601T090000\r\nDTEND;TZID=Europe/Paris:20270601T100000",
            "2027-06-01T07:00:00Z",
            "2027-06-01T08:00:00Z",
        ),
        ("DTSTART;VALUE=DATE:20270328", "2027-03-28T00:00:00Z", "2027-03-28T23:00:00Z"),
        (
            "DTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20261227",
            "2026-12-24T00:00:00Z",
            "2026-12-27T00:00:00Z",
        ),
    ] {
        let text = calendar(&event(lines));
        let found = look(&text, &blocking(), &diaries).unwrap_or_else(|wrong| panic!("{lines}: {wrong:?}"));
        let Fact::Blocked(block) = &found.changes[0].facts[0] else { panic!("{lines}") };
        assert_eq!(
            (block.from.to_string().as_str(), block.until.to_string().as_str()),
            (from, until),
            "{lines}"
        );
        assert!(!format!("{found:?}").contains("Mòrag"), "no word of an event is taken");
        let had = [(id(), found.changes[0].state.clone())];
        assert_eq!(fates(&look(&text, &blocking(), &had).unwrap()), [Fate::Same]);
    }
    let mixed = calendar(&format!(
        "{}{}BEGIN:VTODO\r\nUID:2\r\nEND:VTODO\r\n",
        event("DTSTART:20200101T090000Z\r\nDTEND:20200101T100000Z"),
        event("STATUS:CANCELLED\r\nDTSTART:20261201T090000Z\r\nDTEND:20261201T100000Z")
    ));
    assert_eq!(fates(&look(&mixed, &blocking(), &diaries).unwrap()), [Fate::Past, Fate::Cancelled]);
}

#[test]
fn an_event_becomes_a_shift_of_its_day() {
    let diaries = [(id(), empty())];
    let night = calendar(&event("DTSTART:20261201T220000Z\r\nDTEND:20261202T060000Z"));
    let found = look(&night, &shifts(), &diaries).unwrap();
    let Fact::ShiftAdded(shift) = &found.changes[0].facts[0] else { panic!() };
    assert_eq!((shift.first.to_string(), shift.officers.len()), ("2026-12-01".to_owned(), 2));
    assert_eq!(crate::diary::forms::told(shift), "Tuesday 1 December 2026, 22:00–06:00");
    let told = |lines: &str| faults(look(&calendar(&event(lines)), &shifts(), &diaries), lines);
    assert_eq!(told("DTSTART;VALUE=DATE:20261201"), [(1, "DTSTART")], "a whole day has no hours");
    assert_eq!(told("DTSTART:20261201T090000Z\r\nDTEND:20261203T090000Z"), [(1, "DTEND")], "two days");
}

#[test]
fn each_fault_of_a_calendar_names_its_event_and_what_all_share_its_field() {
    let diaries = [(id(), empty())];
    let told = |text: &str| faults(look(text, &blocking(), &diaries), text);
    for (lines, expected) in [
        ("DTSTART:20261201T090000Z\r\nDTEND:20261201T100000Z\r\nRRULE:FREQ=DAILY", "RRULE"),
        ("DTEND:20261201T100000Z", "DTSTART"),
        ("DTSTART:soon\r\nDTEND:20261201T100000Z", "DTSTART"),
        ("DTSTART:20261201T090000Z", "DTEND"),
        ("DTSTART:20261201T090000Z\r\nDURATION:long", "DTEND"),
        ("DTSTART:20261201T090000Z\r\nDURATION:P9999999999Y", "DTEND"),
        ("DTSTART:20261201T090000Z\r\nDTEND:20261201T080000Z", "DTEND"),
        ("DTSTART;TZID=Mars/Olympus:20261201T090000\r\nDTEND:20261201T100000Z", "DTSTART"),
        ("DTSTART:99991231T235959Z\r\nDTEND:99991231T235959Z", "DTSTART"),
    ] {
        let good = event("DTSTART:20261201T090000Z\r\nDTEND:20261201T100000Z");
        assert_eq!(told(&calendar(&format!("{good}{}", event(lines)))), [(2, expected)], "{lines}");
    }
    assert_eq!(told(&calendar("")), [(1, "VEVENT")]);
    assert_eq!(told("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"), [(1, "VCALENDAR")]);
    assert_eq!(told(&"BEGIN:VCALENDAR\r\n".repeat(50_000)), [(1, "VCALENDAR")], "deeper than any stack");
    // What the parser would see deeper than whoever counts.
    for hidden in [
        "BEGIN:A\r\nEND:ABEGIN:A\r\n",
        "BEGIN:A\r\nX:\nEND:A\r\n",
        "BEGIN:A\r\nEND:a\r\n",
        "BEGIN:\r\nEND:\r\n",
    ] {
        let text = format!("BEGIN:VCALENDAR\r\n{}", hidden.repeat(10_000));
        assert_eq!(told(&text), [(1, "VCALENDAR")], "{hidden:?}");
    }
    let many = event("DTSTART:20261201T090000Z\r\nDTEND:20261201T100000Z").repeat(2_001);
    assert_eq!(told(&calendar(&many)), [(2_001, "VEVENT")]);
    let one = calendar(&event("DTSTART:20261201T090000Z\r\nDTEND:20261201T100000Z"));
    for (typed, diaries, field) in [
        (blocking(), &diaries[..0], "diary"),
        (Typed::default(), &diaries[..], "becomes"),
        (blocking().with("reason", " "), &diaries[..], "reason"),
        (shifts().with("slot_minutes", "x"), &diaries[..], "slot_minutes"),
        (shifts().with("modes", "pigeon"), &diaries[..], "modes"),
        (shifts().with("officers", "lady"), &diaries[..], "officers"),
    ] {
        let found = look(&one, &typed, diaries);
        assert!(matches!(&found, Err(Wrong::Field(refusal)) if refusal.field == field), "{field}: {found:?}");
    }
}

#[test]
fn a_line_is_a_command_as_a_person_gives_it() {
    let lines = read(&format!("{HEAD}{ROW}"), &Typed::default(), now(), None).unwrap();
    assert!(matches!(&lines[0].command, Some(Command::AddShift(shift)) if shift.weekdays == [1]));
    assert_eq!((lines[0].row, lines[0].unit.as_str()), (2, "division_e"));
}

#[test]
fn files_that_were_made_to_keep_the_reader_busy_are_answered_all_the_same() {
    let diaries = [(id(), empty())];
    let full = |line: &str| line.repeat(LARGEST / 4 / line.len());
    for inside in [
        full("A:\r\n"),
        full("A;B=C:D\r\n"),
        full(";"),
        full("A;B=\""),
        full("\r\n "),
        full("\r\n"),
        full("END:X\r\n"),
        full("BEGIN:X\r\nEND:X\r\n"),
        full("BEGIN:VEVENT\r\nEND:VEVENT\r\n"),
    ] {
        let found = look(&calendar(&inside), &blocking(), &diaries);
        assert!(found.is_err(), "{}", &inside[..20]);
    }
    for table in [full(","), full("\""), full("a\n"), HEAD.to_owned() + &full(",,,,,,,\n")] {
        assert!(look(&table, &Typed::default(), &diaries).is_err());
    }
}

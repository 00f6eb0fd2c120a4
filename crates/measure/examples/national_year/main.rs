//! A national year for `benches/measures.sh`: the issues and the lives of a demonstration force, told again on other days until
//! there are so many contacts, in a store of the service; and the issues as rows for another engine.
//!
//! `national_year FORCE STORE ROWS CONTACTS FROM UNTIL`: the data folder of a force whose measures are counted, a new data
//! folder, a new CSV file, how many contacts, and the days on which an issue may begin.

mod gists;

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

use anyhow::{Context, ensure};
use failure::{
    code::Code,
    packed::{
        Facts, Packed, Reader,
        digits::{Digits, write},
        fact::{Contact, Fact, What},
    },
    story::{Choice, EndedBy, Grade, Kind, Outcome, Way},
};
use jiff::{Timestamp, civil::Date};
use journal::{Journal, scotland};
use measure::{
    catalogue::edition,
    count::rows::stand_at,
    told::rows::{each, keep_packed},
};

const DAY: i64 = 86_400_000_000;

/// A small generator of numbers: the same year on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % most
    }
}

/// An issue of the force: its line up to its first moment, that moment, and the rest.
struct Pattern {
    packed: Packed,
    head: String,
    first_at: i64,
    rest: String,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [force, store, rows, contacts, from, until] = &words[..] else {
        anyhow::bail!("national_year FORCE STORE ROWS CONTACTS FROM UNTIL");
    };
    let (from, until): (Date, Date) = (from.parse()?, until.parse()?);
    let force = open(Path::new(force)).await?;
    let patterns = patterns(&force).await?;
    ensure!(!patterns.is_empty(), "no issue of the force is told");
    let most: usize = contacts.parse()?;
    let journal = open(Path::new(store)).await?;
    let mut tx = journal.begin().await?;
    let mut rows = BufWriter::new(File::create(rows)?);
    writeln!(rows, "{COLUMNS}")?;
    let (mut chance, mut reader, mut facts) = (Chance(20_261_127), Reader::default(), Facts::default());
    let days = usize::try_from((until - from).get_days().max(1))?;
    let began = from.to_zoned(scotland())?.timestamp().as_microsecond();
    let (mut issues, mut contacts, mut told) = (0_usize, 0, 0);
    while contacts < most {
        let pattern = &patterns[chance.below(patterns.len())];
        // The same hour of another day, some seconds earlier or later.
        let day = began + i64::try_from(chance.below(days))? * DAY;
        let moved = day + pattern.first_at.rem_euclid(DAY) + i64::try_from(chance.below(60))? * 1_000_000
            - pattern.first_at;
        let packed = pattern.moved(moved)?;
        keep_packed(&mut tx, &format!("issue-{issues:08}"), std::slice::from_ref(&packed)).await?;
        reader.read(&packed.line, &mut facts)?;
        write_rows(&mut rows, issues, &facts, &reader)?;
        issues += 1;
        contacts += packed.contacts;
        told += facts.facts.len();
        if issues % 50_000 == 0 {
            tx.commit().await?;
            tx = journal.begin().await?;
        }
    }
    stand_at(&mut tx, 0, &edition()).await?;
    tx.commit().await?;
    rows.flush()?;
    let (lives, began) = (gists::of(&force).await?, Timestamp::from_microsecond(began)?);
    let lives = gists::tell(&journal, &lives, (contacts, days), (&mut chance, began)).await?;
    println!(
        "{contacts} contacts, {told} facts, {issues} issues, {lives} lives, after {} issues of the force",
        patterns.len()
    );
    Ok(())
}

async fn open(folder: &Path) -> anyhow::Result<Journal> {
    std::fs::create_dir_all(folder)?;
    Ok(Journal::open("sqlite", folder, Timestamp::UNIX_EPOCH).await?)
}

async fn patterns(force: &Journal) -> anyhow::Result<Vec<Pattern>> {
    let mut lines = Vec::new();
    let mut read = force.read().await?;
    each(&mut read, (Date::MIN, Date::MAX), |line| {
        lines.push(line.to_owned());
        Ok(true)
    })
    .await?;
    lines.iter().map(|line| Pattern::of(line)).collect()
}

impl Pattern {
    /// The first fact of a line says when it was; each other how long after the one before.
    fn of(line: &str) -> anyhow::Result<Self> {
        let (mut reader, mut facts) = (Reader::default(), Facts::default());
        reader.read(line, &mut facts)?;
        ensure!(facts.incidents == 1, "an issue of several incidents is not written as rows");
        let first = facts.facts.first().context("an issue without facts")?;
        let body = line.rfind(';').context("a line without facts")? + 1;
        // The kind comes first, then the moment; each as many digits as it takes.
        let mut digits = Digits(line.as_bytes().get(body..).context("a line without facts")?);
        digits.number().context("a line without a kind")?;
        let (head, _) = line.split_at(line.len() - digits.0.len());
        digits.number().context("a line without a moment")?;
        let (_, rest) = line.split_at(line.len() - digits.0.len());
        let began = facts.facts.iter().filter(|one| matches!(one.what, What::Contacted(_))).map(|one| one.at);
        let began: Vec<i64> = began.collect();
        let at = |place: Option<&i64>| {
            Timestamp::from_microsecond(*place.context("no contact")?).map_err(anyhow::Error::from)
        };
        let packed = Packed {
            line: line.to_owned(),
            first: at(began.first())?,
            last: at(began.last())?,
            contacts: began.len(),
        };
        Ok(Self { head: head.to_owned(), first_at: first.at, rest: rest.to_owned(), packed })
    }

    fn moved(&self, by: i64) -> anyhow::Result<Packed> {
        let mut line = self.head.clone();
        write(&mut line, u64::try_from(self.first_at + by)?);
        line.push_str(&self.rest);
        let at = |at: Timestamp| Timestamp::from_microsecond(at.as_microsecond() + by);
        Ok(Packed {
            line,
            first: at(self.packed.first)?,
            last: at(self.packed.last)?,
            contacts: self.packed.contacts,
        })
    }
}

/// The columns that another engine is given; what a fact has none of is empty.
const COLUMNS: &str = "issue,place,moment,kind,name,due_at,grade,was_available,bits,minutes,choice,channel,division,family,\
                       is_answered,contact_kind,has_risk,advisor,is_new,marks";

fn write_rows(rows: &mut impl Write, issue: usize, facts: &Facts, reader: &Reader) -> anyhow::Result<()> {
    for (place, fact) in facts.facts.iter().enumerate() {
        let Row { kind, name, due_at, grade, was_available, bits, minutes, choice } = Row::of(fact);
        write!(rows, "{issue},{place},{},{kind},", fact.at)?;
        let texts = [
            some(name),
            some(due_at),
            some(grade),
            some(was_available),
            some(bits),
            some(minutes),
            some(choice),
        ];
        write!(rows, "{}", texts.join(","))?;
        match &fact.what {
            What::Contacted(contact) => writeln!(rows, ",{}", of_contact(contact, reader))?,
            What::Attempted { channel, .. } => writeln!(rows, ",{},,,,,,,,", reader.name(*channel))?,
            _ => writeln!(rows, ",,,,,,,,,")?,
        }
    }
    Ok(())
}

fn some(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

fn of_contact(contact: &Contact, reader: &Reader) -> String {
    let name = |symbol| reader.name(symbol).to_owned();
    let kind = contact.kind.map(|kind| match kind {
        Kind::Ordinary => "ordinary",
        Kind::Silent | Kind::Misdial => "unless_risk",
        _ => "never",
    });
    [
        name(contact.channel),
        some(contact.division.map(name)),
        some(contact.family.map(name)),
        contact.is_answered.to_string(),
        some(kind),
        contact.has_risk.to_string(),
        some(contact.advisor.map(|code: Code| code.to_string())),
        contact.is_new_information.to_string(),
        contact.marks.to_string(),
    ]
    .join(",")
}

#[derive(Debug, Default)]
struct Row {
    kind: &'static str,
    name: Option<u32>,
    due_at: Option<i64>,
    grade: Option<u8>,
    was_available: Option<bool>,
    bits: Option<u64>,
    minutes: Option<u32>,
    choice: Option<&'static str>,
}

impl Row {
    fn of(fact: &Fact) -> Self {
        let of = |kind| Self { kind, ..Self::default() };
        match fact.what {
            What::Contacted(contact) => Self { name: contact.number, ..of("contacted") },
            What::Graded { grade, due_at, was_available } => Self {
                grade: Some(grade_number(grade)),
                due_at,
                was_available: Some(was_available),
                ..of("graded")
            },
            What::Dispatched => of("dispatched"),
            What::Arrived => of("arrived"),
            What::Reviewed => of("reviewed"),
            What::Assessed { vulnerabilities, was_available } => {
                Self { bits: Some(vulnerabilities), was_available: Some(was_available), ..of("assessed") }
            }
            What::Promised { promise, due_at } => {
                Self { name: Some(promise), due_at: Some(due_at), ..of("promised") }
            }
            What::Settled(promise) => Self { name: Some(promise), ..of("settled") },
            What::Broken(promise) => Self { name: Some(promise), ..of("broken") },
            What::Booked => of("booked"),
            What::MissedByCaller => of("missed_by_caller"),
            What::CancelledByCaller => of("cancelled_by_caller"),
            What::FailedByPolice => of("failed_by_police"),
            What::Kept { late_by_minutes } => Self { minutes: Some(late_by_minutes), ..of("kept") },
            What::Closed => of("closed"),
            What::Reopened => of("reopened"),
            What::Linked(_) => of("linked"),
            What::TransferOffered => of("offered"),
            What::TransferAccepted => of("accepted"),
            What::ReturnedIncomplete => of("returned_incomplete"),
            What::Returned => of("returned"),
            What::Sc07Returned => of("sc07_returned"),
            What::CrimeReportReturned => of("report_returned"),
            What::Referred(referral) => Self { name: Some(referral), ..of("referred") },
            What::ReferralEnded { referral, outcome } => {
                let failed = if outcome == Outcome::Accepted { "helped" } else { "failed" };
                Self { name: Some(referral), choice: Some(failed), ..of("referral_ended") }
            }
            What::Sent(way) => {
                Self { choice: Some(if way == Way::Preferred { "honoured" } else { "not" }), ..of("sent") }
            }
            What::Choice(choice) => {
                Self { choice: Some(if choice == Choice::Met { "honoured" } else { "not" }), ..of("choice") }
            }
            What::OutageBegan(system) => Self { name: Some(system), ..of("outage_began") },
            What::OutageEnded(system) => Self { name: Some(system), ..of("outage_ended") },
            What::Attempted { number, waited_seconds, ended_by, .. } => Self {
                name: number,
                // Whether it is one of the issue itself, whoever’s number it was.
                was_available: Some(fact.incident.is_some()),
                bits: Some(waited_seconds.into()),
                choice: Some(if ended_by == EndedBy::Advice { "advice" } else { "gave_up" }),
                ..of("attempted")
            },
        }
    }
}

fn grade_number(grade: Grade) -> u8 {
    match grade {
        Grade::OtherResolution => 0,
        Grade::Standard => 1,
        Grade::Prompt => 2,
        Grade::Immediate => 3,
    }
}

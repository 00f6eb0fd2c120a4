//! The demonstration force and its sign-ins; tokens for scripts.

use std::{io::Write, path::PathBuf, process::ExitCode};

use anyhow::{Context, bail};
use force::SignIn;
use journal::{Actor, Journal};
use users::account::Opening;
use web::Problem;

use crate::{
    settings::{Account, Demo, Settings, now},
    tell::say,
};

/// `answerable demo`
pub async fn demo(settings: &Settings, demo: &Demo) -> anyhow::Result<ExitCode> {
    if demo.large {
        return large(&settings.open().await?).await;
    }
    if let Some(count) = demo.contacts {
        return contacts(settings, count).await;
    }
    let sign_ins = ensure(settings, &settings.open().await?).await?;
    if demo.sign_ins {
        say(serde_json::to_string_pretty(&sign_ins)?);
    } else {
        say(format_args!(
            "The demonstration is in {}. `answerable demo --sign-ins` prints its sign-ins.",
            settings.data_dir.display()
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// Fills an empty journal with a large invented register.
async fn large(journal: &Journal) -> anyhow::Result<ExitCode> {
    let head = journal::head(&mut *journal.read().await?).await?;
    if head > 0 {
        bail!("this journal has {head} entries already: give an empty --data-dir");
    }
    force::thousand(journal, 1, |made| eprintln!("  {made} recommendations")).await?;
    let actor = Actor {
        who: "command line".to_owned(),
        role: "operator".to_owned(),
        task: "Open an account".to_owned(),
    };
    let role = "audit_manager".parse().map_err(anyhow::Error::msg)?;
    let opening = Opening { name: "Bench", sign_in: "bench", role, password: &password() };
    users::account::open_account(journal, &actor, now(), opening).await.map_err(told)?;
    say("1,000 invented recommendations. `answerable token audit_manager` prints a token.");
    Ok(ExitCode::SUCCESS)
}

/// Makes the demonstration where there is none, and adds invented contacts to it.
async fn contacts(settings: &Settings, count: u64) -> anyhow::Result<ExitCode> {
    let journal = settings.open().await?;
    let sign_ins = ensure(settings, &journal).await?;
    force::many_contacts(&journal, 1, count, now(), |made| {
        if made % 50_000 == 0 {
            eprintln!("  {made} contacts");
        }
    })
    .await?;
    say(serde_json::to_string_pretty(&sign_ins)?);
    Ok(ExitCode::SUCCESS)
}

/// `answerable token ROLE`
pub async fn token(settings: &Settings, role: &str) -> anyhow::Result<ExitCode> {
    let role = role.parse().map_err(anyhow::Error::msg)?;
    let token = users::account::token_for_role(&settings.open_existing().await?, now(), role).await;
    say(token.map_err(told)?);
    Ok(ExitCode::SUCCESS)
}

/// `answerable account …`
pub async fn account(settings: &Settings, account: &Account) -> anyhow::Result<ExitCode> {
    let role = account.role.parse().map_err(anyhow::Error::msg)?;
    let first = password();
    let actor = Actor {
        who: "command line".to_owned(),
        role: "operator".to_owned(),
        task: "Open an account".to_owned(),
    };
    let opening = Opening { name: &account.name, sign_in: &account.sign_in, role, password: &first };
    users::account::open_account(&settings.open().await?, &actor, now(), opening).await.map_err(told)?;
    say(format_args!("{} may sign in with the password {first} and should change it then.", account.sign_in));
    Ok(ExitCode::SUCCESS)
}

/// A problem as the command line tells it: the sentence, not the machinery.
fn told(problem: Problem) -> anyhow::Error {
    match problem {
        Problem::Refused(refusal) => anyhow::Error::msg(refusal.sentence),
        other => anyhow::anyhow!("{other:?}"),
    }
}

/// Makes the demonstration where the journal is empty; gives the sign-ins it was made with.
pub async fn ensure(settings: &Settings, journal: &Journal) -> anyhow::Result<Vec<SignIn>> {
    let head = journal::head(&mut *journal.read().await?).await?;
    let file = file(settings);
    let unfinished = settings.data_dir.join("demonstration").join("unfinished");
    if head > 0 {
        if unfinished.exists() {
            let folder = settings.data_dir.display();
            bail!("making the demonstration was interrupted. Delete the folder {folder} and start again");
        }
        if !file.exists() {
            bail!("this journal has entries already and is not a demonstration: start without --demo");
        }
        let text = std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
        return Ok(serde_json::from_str(&text)?);
    }
    eprintln!("Making the demonstration force …");
    let folder = settings.data_dir.join("demonstration");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(&unfinished, "")?;
    let mut past = force::Past::from(settings.demo_weeks);
    past.contacts_a_day = settings.demo_contacts_a_day.unwrap_or(past.contacts_a_day);
    let told = |step: &str| eprintln!("  {step}");
    let sign_ins = force::demonstrate(journal, now(), past, &folder, password, told).await?;
    eprintln!("  Counting the measures");
    measure::worker::catch_up(journal).await?;
    report_a_week(journal).await?;
    keep(&file, &sign_ins)?;
    std::fs::remove_file(&unfinished)?;
    Ok(sign_ins)
}

/// Freezes the weekly report of the control rooms for the last week that is over.
async fn report_a_week(journal: &Journal) -> anyhow::Result<()> {
    let asked = report::pack::rules::Asked { pack: "control_room_weekly".to_owned(), ..Default::default() };
    let (_, about) = asked.read(journal::day_of(now()))?;
    let who = Actor {
        who: "command line".to_owned(),
        role: "operator".to_owned(),
        task: "Make the demonstration".to_owned(),
    };
    report::freeze(journal, &who, now(), &about, "").await??;
    Ok(())
}

fn file(settings: &Settings) -> PathBuf {
    settings.data_dir.join("demonstration").join("sign-ins.json")
}

/// Keeps the sign-ins for `demo --sign-ins`, readable by nobody else.
fn keep(file: &std::path::Path, sign_ins: &[SignIn]) -> anyhow::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut file =
        std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(file)?;
    Ok(file.write_all(serde_json::to_string_pretty(sign_ins)?.as_bytes())?)
}

/// Four groups of five letters and digits that are not taken for one another: about 99 random bits.
fn password() -> String {
    const SIGNS: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let mut text = String::new();
    while text.len() < 23 {
        let mut byte = [0_u8; 1];
        getrandom::fill(&mut byte).expect("the operating system gives random bytes, or nothing here is safe");
        // 248 is the largest multiple of 31 in a byte: above it the first signs would come more often.
        if byte[0] < 248 {
            if text.len() % 6 == 5 {
                text.push('-');
            }
            text.push(char::from(SIGNS[usize::from(byte[0]) % SIGNS.len()]));
        }
    }
    text
}

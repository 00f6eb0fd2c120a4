//! `answerable check register`: what the check of the register finds, at a command line.

use std::process::ExitCode;

use journal::AsAt;
use plan::linter::{CHECKS, Checked, Finding, Severity, Summary, load_findings};
use serde_json::{Value, json};

use crate::{
    settings::{CheckRegister, Settings, now},
    tell::say,
};

/// `answerable check register`
pub async fn register(settings: &Settings, asked: &CheckRegister) -> anyhow::Result<ExitCode> {
    let as_at = AsAt::read(&asked.as_at)?;
    let journal = settings.open_existing().await?;
    let mut read = journal.read().await?;
    let checked = load_findings(&mut read, as_at, now()).await?;
    let summary = checked.summary(None);
    if asked.json {
        say(serde_json::to_string_pretty(&whole(&checked, summary))?);
    } else {
        tell(&checked, summary);
    }
    Ok(if summary.faults == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn whole(checked: &Checked, summary: Summary) -> Value {
    let position = checked.register.position;
    let findings: Vec<Value> = checked.findings.iter().map(|finding| one(checked, finding)).collect();
    json!({
        "checked_at_entry": position.seq,
        "as_at": position.today,
        "summary": summary,
        "findings": findings,
    })
}

fn one(checked: &Checked, finding: &Finding) -> Value {
    json!({
        "check": finding.check,
        "severity": finding.severity,
        "subject": finding.subject,
        "label": finding.label,
        "sentence": finding.sentence,
        "mend": finding.mend,
        "fingerprint": finding.fingerprint,
        "accepted": checked.acceptance(finding).map(|accepted| &accepted.reason),
    })
}

/// The findings that nobody accepted, by check.
fn tell(checked: &Checked, summary: Summary) {
    for check in &CHECKS {
        let found: Vec<&Finding> = checked.open().filter(|finding| finding.check == check.key).collect();
        if found.is_empty() {
            continue;
        }
        say(format_args!("{} ({})", check.title, check.key));
        for finding in found {
            say(format_args!("  {:<8} {}: {}", finding.severity.words(), finding.label, finding.sentence));
            say(format_args!("           {}", finding.mend));
        }
        say("");
    }
    let Summary { faults, warnings, notes, accepted } = summary;
    let position = checked.register.position;
    say(format_args!(
        "{} at entry {}, {}: {}, {}, {}; {accepted} accepted.",
        counted(checked.register.items.len(), "recommendation"),
        position.seq,
        position.today,
        counted(faults, &Severity::Fault.words().to_lowercase()),
        counted(warnings, &Severity::Warning.words().to_lowercase()),
        counted(notes, &Severity::Note.words().to_lowercase()),
    ));
}

/// "1 fault", "3 faults".
fn counted(number: usize, one: &str) -> String {
    plan::words::counted(number, one, &format!("{one}s"))
}

//! Renders an invented paper with 60 open recommendations to HTML and PDF, and prints what each costs.
//!
//! `cargo run -p publish --example render -- target/paper` writes `target/paper.html` and `target/paper.pdf`, and
//! two short papers beside them (`-short`, `-row`). A second argument is a folder of other
//! fonts, a third the number of recommendations.

#[path = "../tests/document/papers.rs"]
mod papers;

use publish::document::{self, Typesetter};
use std::time::Duration;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let stem = std::env::args().nth(1).unwrap_or_else(|| "target/paper".into());
    let fonts = std::env::args().nth(2);
    let fonts = fonts.map_or_else(papers::fonts, |folder| papers::fonts_in(folder.as_ref()));
    let open = std::env::args().nth(3).map_or(Ok(60), |count| count.parse())?;
    let paper = timed("compose", || papers::long_paper(open));
    let page = timed("html", || document::html(&paper));
    let typesetter = timed("fonts and library", || Typesetter::new(fonts))?;
    let pdf = timed("pdf, the first", || typesetter.pdf(&paper))?;
    let again = timed("pdf, again", || typesetter.pdf(&papers::long_paper(59)))?;
    println!("{} bytes of HTML, {} of PDF, {} again", page.len(), pdf.len(), again.len());
    let head = format!(
        "<!doctype html>\n<html lang=\"en-GB\"><meta charset=\"utf-8\"><title>{}</title>\n",
        paper.title
    );
    std::fs::write(format!("{stem}.html"), head + &page)?;
    std::fs::write(format!("{stem}.pdf"), pdf)?;
    std::fs::write(format!("{stem}-short.pdf"), typesetter.pdf(&papers::every_block())?)?;
    std::fs::write(format!("{stem}-row.pdf"), typesetter.pdf(&papers::one_long_row(400))?)?;
    Ok(())
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let before = cpu();
    let done = work();
    println!("{what:<20} {:>6.2} CPU s", cpu().saturating_sub(before).as_secs_f64());
    done
}

/// The processor time of all threads of this process, in the kernel's ticks of 10 ms.
fn cpu() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = |field: usize| {
        after_name.split_whitespace().nth(field).and_then(|ticks| ticks.parse().ok()).unwrap_or(0u64)
    };
    Duration::from_millis(10 * (ticks(11) + ticks(12)))
}

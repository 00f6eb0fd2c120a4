//! Composes a portfolio from an invented register of 1,000 recommendations, renders it, and prints what each
//! step costs.
//!
//! `cargo run --release -p publish --example portfolio -- target/portfolio` writes the paper as HTML and PDF. A
//! second argument is the number of recommendations, a third how many of the publications are listed (all
//! unless it is given).

#[path = "../tests/document/papers.rs"]
#[expect(dead_code, reason = "the invented papers of the tests; here only their fonts are wanted")]
mod papers;
#[path = "../tests/paper/world.rs"]
mod world;

use std::time::Duration;

use publish::{
    document::{self, Typesetter},
    paper::details::{Details, Kind},
};
use world::{World, details};

/// As long as the updates of real papers, and their recommendations.
const UPDATE: &str = "The working group has met and shared out the work. Two divisions have sent what was asked of \
    them; the others were reminded. The draft is with the divisions for comment until the end of the month. A first \
    count shows where the service differs most, and the change needs a release of the system and waits for its \
    date. Training has begun with the supervisors of one division, and is evaluated by samples.";
const ASKS: &str = "The police service should demonstrate that the management of local policing appointments \
    ensures the public receives a consistent level of service across the country.";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let argument = |nth: usize| std::env::args().nth(nth);
    let stem = argument(1).unwrap_or_else(|| "target/portfolio".into());
    let number: usize = argument(2).map_or(Ok(1_000), |text| text.parse())?;
    let mut world = World::random(7, number.div_ceil(12), number);
    for (_, item) in &mut world.items {
        ASKS.clone_into(&mut item.recommendation.text);
        item.updates.iter_mut().for_each(|said| UPDATE.clone_into(&mut said.text));
    }
    let listed = argument(3).map_or(Ok(0), |text| text.parse())?;
    let inspections = world.inspections.iter().take(listed).map(|(id, _)| id.to_string()).collect();
    let details = Details { inspections, ..details(Kind::Portfolio) };
    let gathered = world.gathered(&details, 1_100, Some(900));
    let typesetter = timed("fonts and library", || Typesetter::new(papers::fonts()))?;
    let paper = timed("compose", || gathered.compose(&details))?;
    let page = timed("html", || document::html(&paper));
    let pdf = timed("pdf", || typesetter.pdf(&paper))?;
    println!("{} figures, {} bytes of HTML, {} of PDF", paper.links().len(), page.len(), pdf.len());
    std::fs::write(format!("{stem}.html"), page)?;
    std::fs::write(format!("{stem}.pdf"), pdf)?;
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

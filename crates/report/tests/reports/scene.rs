//! A site with reports and a year of invented contacts, at a moment that the test sets.

use std::cell::Cell;

use jiff::Timestamp;
use journal::{Journal, testing::Testing};
use users::testing::{App, Caller};

thread_local! {
    static CLOCK: Cell<i64> = const { Cell::new(0) };
}

/// The site’s clock.
pub fn now() -> Timestamp {
    Timestamp::from_second(CLOCK.get()).expect("a moment")
}

/// It is noon of that day.
pub fn noon_of(day: &str) {
    CLOCK.set(moment(day).as_second());
}

/// Noon of that day.
pub fn moment(day: &str) -> Timestamp {
    format!("{day}T12:00:00Z").parse().expect("a moment")
}

/// The site, with contacts up to Wednesday, 11 November 2026.
pub struct Scene {
    /// The rooms.
    pub app: App,
    /// Whoever freezes.
    pub analyst: Caller,
}

impl Scene {
    pub async fn on(t: &Testing) -> Self {
        noon_of("2026-11-11");
        contacts(&t.journal, 7, 400, "2026-11-11").await;
        let app = App::of(&t.journal, now, report::routes().merge(measure::routes()));
        let analyst = Caller::program(&t.journal, &app, "analyst").await;
        Self { app, analyst }
    }
}

/// So many invented contacts of the year before that day, counted.
pub async fn contacts(journal: &Journal, seed: u64, many: usize, day: &str) {
    force::many_contacts(journal, seed, many.try_into().expect("it fits"), moment(day), |_| {})
        .await
        .expect("contacts are made");
    measure::worker::catch_up(journal).await.expect("they are counted");
}

//! What stands in the calendar, and on which day. Pure.

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Weekday},
    tz::TimeZone,
};
use journal::{Id, Refusal};
use plan::{
    post::rules::key,
    register::rules::{Item, Register},
};

use crate::{attention::rules::in_query, meeting::rules::due_before, workday::rules::Calendar};

/// A meeting, as the calendar needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Its identity.
    pub id: Id,
    /// What it is called: the group's name.
    pub title: String,
    /// Its day.
    pub on: Date,
    /// When that was last recorded.
    pub changed_at: Timestamp,
    /// How often its day was moved.
    pub moves: usize,
    /// By when its latest round asks for updates, and when that was opened; nothing where nobody was asked.
    pub asked: Option<(Date, Date)>,
    /// How many rounds there were for it.
    pub rounds: usize,
}

/// What an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A group meets.
    Meeting,
    /// The papers for a meeting are due.
    PapersDue,
    /// The updates for a meeting are due.
    UpdatesDue,
    /// A recommendation's target.
    Target,
    /// An action's target.
    ActionTarget,
}

impl Kind {
    /// The words of a page and of a calendar program.
    pub fn words(self) -> &'static str {
        match self {
            Self::Meeting => "Meeting",
            Self::PapersDue => "Papers due",
            Self::UpdatesDue => "Updates due",
            Self::Target => "Target date",
            Self::ActionTarget => "Action’s target date",
        }
    }

    /// Whether it is of a meeting, and so everybody's.
    pub fn is_of_meeting(self) -> bool {
        matches!(self, Self::Meeting | Self::PapersDue | Self::UpdatesDue)
    }
}

/// Something on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The same for ever, so that a move is a move and not another event.
    pub uid: String,
    /// What it is.
    pub kind: Kind,
    /// Its day; of a month's target the last.
    pub day: Date,
    /// "November 2026", where the target is a month.
    pub month: Option<String>,
    /// "CAM22-R3", "CAM22-R3 action 3.1", or the meeting's title.
    pub label: String,
    /// What it is about. For pages only: it is in no feed.
    pub text: String,
    /// The post that owns it; empty for a meeting. For pages only.
    pub owner: String,
    /// The inspection; nothing for a meeting.
    pub inspection: Option<Id>,
    /// Where it is looked at.
    pub path: String,
    /// How often its day was moved.
    pub moves: usize,
    /// When its day was last recorded.
    pub changed_at: Timestamp,
}

/// Which events are wanted; an empty text is no condition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// The identity of an inspection.
    pub inspection: String,
    /// Titles of posts; none means any.
    pub owners: Option<Vec<String>>,
}

impl Filter {
    fn takes(&self, event: &Event) -> bool {
        if event.kind.is_of_meeting() {
            return true;
        }
        let inspection = event.inspection.as_ref().map_or("", Id::as_str);
        let of_owner = self.owners.as_ref().is_none_or(|owners| {
            owners.iter().any(|owner| !owner.trim().is_empty() && key(owner) == key(&event.owner))
        });
        (self.inspection.is_empty() || self.inspection == inspection) && of_owner
    }
}

/// Every event that `filter` takes, in the order of the days: targets of what is still to be done, meetings, and
/// what is due before them.
pub fn events(register: &Register, meetings: &[Meeting], filter: &Filter) -> Vec<Event> {
    let open = register.items.iter().filter(|item| item.is_open());
    let mut all: Vec<Event> = open.flat_map(of_item).chain(meetings.iter().flat_map(of_meeting)).collect();
    all.retain(|event| filter.takes(event));
    all.sort_by_key(|event| (event.day, event.kind)); // what is equal stays in the register's order
    all
}

/// A meeting, and when its updates and its papers are due: counted in working days, or as its round asks.
fn of_meeting(meeting: &Meeting) -> Vec<Event> {
    let event = |word: &str, kind: Kind, day: Date| Event {
        uid: format!("{word}-{}", meeting.id),
        kind,
        day,
        month: None,
        label: meeting.title.clone(),
        text: String::new(),
        owner: String::new(),
        inspection: None,
        path: format!("/meetings/{}", meeting.id),
        moves: meeting.moves,
        changed_at: meeting.changed_at,
    };
    let mut events = vec![event("meeting", Kind::Meeting, meeting.on)];
    let due = due_before(Calendar::scotland(), meeting.on).ok();
    events.extend(due.map(|due| event("papers", Kind::PapersDue, due.papers)));
    let asked = meeting.asked;
    let updates = asked.map(|(due_on, _)| due_on).or_else(|| due.map(|due| due.updates));
    events.extend(updates.map(|on| {
        let found = event("updates", Kind::UpdatesDue, on);
        // A round may ask for another day: to a calendar program that is a move.
        let opened_at = asked.and_then(|(_, on)| on.to_zoned(TimeZone::UTC).ok()).map(|on| on.timestamp());
        let changed_at = opened_at.map_or(found.changed_at, |at| at.max(found.changed_at));
        Event { moves: meeting.moves + meeting.rounds, changed_at, ..found }
    }));
    events
}

fn of_item(item: &Item) -> Vec<Event> {
    let recommendation = &item.recommendation;
    // An action's target has no moment of its own in the register: its recommendation's last, or its publication.
    // A calendar program goes by the number of moves, and that is its own.
    let published =
        item.published_on.to_zoned(TimeZone::UTC).map_or(Timestamp::UNIX_EPOCH, |day| day.timestamp());
    let changed_at = item.targets.last().map_or(published, |given| given.at);
    let event = |kind: Kind, first: Date, last: Date, words: String| Event {
        uid: format!("target-{}", item.id),
        kind,
        day: last,
        month: (first != last).then_some(words),
        label: item.label(),
        text: item.short_text(),
        owner: recommendation.owner_post.clone(),
        inspection: Some(recommendation.inspection.clone()),
        path: format!("/recommendations/{}", item.id),
        moves: item.moves(),
        changed_at,
    };
    let own = item
        .current_target()
        .map(|target| event(Kind::Target, target.first_day(), target.last_day(), target.to_string()));
    let unfinished = item.actions.iter().filter(|action| action.done_on.is_none());
    let actions = unfinished.filter_map(|action| {
        let target = action.target?;
        let found = event(Kind::ActionTarget, target.first_day(), target.last_day(), target.to_string());
        Some(Event {
            uid: format!("action-{}-{}", item.id, in_query(&action.number)),
            label: format!("{} action {}", item.label(), action.number),
            text: action.text.lines().next().unwrap_or_default().to_owned(),
            owner: if action.owner.is_empty() {
                recommendation.owner_post.clone()
            } else {
                action.owner.clone()
            },
            moves: action.moves.len(),
            ..found
        })
    });
    own.into_iter().chain(actions).collect()
}

/// A month of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month {
    first: Date,
}

impl Month {
    /// The month in which `day` is.
    pub fn of(day: Date) -> Self {
        Self { first: day.first_of_month() }
    }

    /// The month that an address names ("2026-11").
    pub fn read(words: &str) -> Result<Self, Refusal> {
        let day = format!("{}-01", words.trim()).parse::<Date>().ok();
        let usual = day.filter(|day| (2000..=2100).contains(&day.year()) && words.trim().len() == 7);
        usual.map(Self::of).ok_or_else(|| {
            let sentence =
                format!("“{}” is not a month. Give one from 2000 to 2100, as 2026-11.", words.trim());
            Refusal::of("month", sentence)
        })
    }

    /// As an address names it.
    pub fn word(self) -> String {
        self.first.strftime("%Y-%m").to_string()
    }

    /// "November 2026".
    pub fn name(self) -> String {
        self.first.strftime("%B %Y").to_string()
    }

    /// The month before.
    #[must_use]
    pub fn previous(self) -> Self {
        Self::of(self.first.saturating_sub(1.day()))
    }

    /// The month after.
    #[must_use]
    pub fn next(self) -> Self {
        Self::of(self.first.last_of_month().saturating_add(1.day()))
    }

    /// Whether `day` is in it.
    pub fn has(self, day: Date) -> bool {
        day.first_of_month() == self.first
    }

    /// Its weeks from Monday to Sunday; nothing where a day is another month's.
    pub fn weeks(self) -> Vec<[Option<Date>; 7]> {
        let before = usize::from(self.first.weekday().since(Weekday::Monday).unsigned_abs());
        let mut weeks = vec![[None; 7]];
        for (number, day) in (0_usize..).zip(self.first.series(1.day()).take_while(|day| self.has(*day))) {
            let place = before + number;
            if place / 7 == weeks.len() {
                weeks.push([None; 7]);
            }
            weeks[place / 7][place % 7] = Some(day);
        }
        weeks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_a_month_stands_under_its_weekday() {
        for word in ["2026-11", "2027-02", "2024-02", "2026-03", "2026-10", "2000-01", "2100-12"] {
            let month = Month::read(word).unwrap();
            let weeks = month.weeks();
            let days: Vec<Date> = weeks.iter().flatten().flatten().copied().collect();
            assert_eq!(days.len(), usize::from(month.first.days_in_month().unsigned_abs()), "{word}");
            for week in &weeks {
                for (place, day) in (0_i8..).zip(week) {
                    assert!(day.is_none_or(|day| day.weekday().to_monday_zero_offset() == place), "{word}");
                }
            }
            assert_eq!(
                (month.word(), month.next().previous(), month.previous().next()),
                (word.into(), month, month)
            );
        }
        // November 2026 begins on a Sunday: six weeks; February 2027 on a Monday: four.
        let weeks = |word: &str| Month::read(word).unwrap().weeks().len();
        assert_eq!((weeks("2026-11"), weeks("2027-02")), (6, 4));
    }

    #[test]
    fn what_is_no_month_is_refused_at_its_field() {
        for wrong in
            ["", "November", "2026", "2026-13", "1999-12", "2101-01", "2026-11-01", "2026-1", "-026-11"]
        {
            assert_eq!(Month::read(wrong).unwrap_err().field, "month", "{wrong}");
        }
    }
}

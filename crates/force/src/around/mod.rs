//! What goes on around the plans: programmes of change, areas for development, inspections under way, and the
//! groups that meet about all of it.
//!
//! Each has its steps with their days, and plays them. Nothing here knows when another does what; the
//! demonstration puts all steps in order. Whatever else goes on is one more file of that kind, one more [`Step`],
//! and a line in [`Around::before`] or [`Around::after`].

mod areas;
mod groups;
mod month;
mod posts;
mod programmes;
mod sources;
mod under_way;

use anyhow::Result;
use jiff::civil::Date;

use crate::{
    portfolio::{self, Area, EarlierPaper, Group, Post, Programme, Story, UnderWay},
    stage::Stage,
};

/// What goes on around the plans, as the files tell it.
pub struct Around {
    programmes: Vec<Programme>,
    areas: Vec<Area>,
    under_way: Vec<UnderWay>,
    groups: Vec<Group>,
    posts: Vec<Post>,
    papers: Vec<EarlierPaper>,
}

/// Something that happens around the plans.
#[derive(Debug, Clone, PartialEq)]
pub enum Step<'a> {
    /// To a programme.
    Programme(programmes::Step<'a>),
    /// To an area for development.
    Area(areas::Step<'a>),
    /// To an inspection under way.
    UnderWay(under_way::Step<'a>),
    /// To a group or one of its meetings.
    Group(groups::Step<'a>),
    /// In the round that is open today.
    Month(month::Step<'a>),
    /// To a post.
    Post(posts::Step<'a>),
    /// To an earlier paper.
    Source(sources::Step<'a>),
}

impl Around {
    /// Reads the files.
    pub fn read() -> Result<Self> {
        Ok(Self {
            programmes: portfolio::programmes()?,
            areas: portfolio::areas()?,
            under_way: portfolio::under_way()?,
            groups: portfolio::groups()?,
            posts: portfolio::posts()?,
            papers: portfolio::earlier_papers()?,
        })
    }

    /// What recommendations can wait for: before what happens to plans on the same day.
    pub fn before(&self) -> impl Iterator<Item = (Date, Step<'_>)> {
        programmes::steps(&self.programmes).map(|(day, step)| (day, Step::Programme(step)))
    }

    /// What follows from plans: after what happens to them on the same day.
    pub fn after<'a>(&'a self, stories: &'a [Story], today: Date) -> impl Iterator<Item = (Date, Step<'a>)> {
        let areas = areas::steps(&self.areas, stories).map(|(day, step)| (day, Step::Area(step)));
        let under_way = under_way::steps(&self.under_way).map(|(day, step)| (day, Step::UnderWay(step)));
        let groups = groups::steps(&self.groups, stories, today);
        let posts = posts::steps(&self.posts).map(|(day, step)| (day, Step::Post(step)));
        let papers = sources::steps(&self.papers, stories).map(|(day, step)| (day, Step::Source(step)));
        let groups = groups.map(|(day, step)| (day, Step::Group(step)));
        // The month asks whoever holds a post by then, of a meeting that is called by then.
        let month = month::steps(&self.groups, today).into_iter().map(|(day, step)| (day, Step::Month(step)));
        areas.chain(under_way).chain(groups).chain(posts).chain(papers).chain(month)
    }
}

impl Stage<'_> {
    /// Plays something around the plans.
    pub async fn around(&mut self, step: &Step<'_>) -> Result<()> {
        match step {
            Step::Programme(step) => self.programme(step).await,
            Step::Area(step) => self.area(step).await,
            Step::UnderWay(step) => self.under_way(step).await,
            Step::Group(step) => self.group(step).await,
            Step::Month(step) => self.month(step).await,
            Step::Post(step) => self.post(step).await,
            Step::Source(step) => self.source(step).await,
        }
    }
}

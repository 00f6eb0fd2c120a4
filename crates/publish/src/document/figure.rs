//! A figure: a chart as the shapes of which it is drawn, and what it shows, in words.
//!
//! The shapes are data: no markup comes into a paper from elsewhere. The same figures stand in a table of the paper.

use serde::{Deserialize, Serialize};

/// A figure. Its picture is drawn by each rendition from the same shapes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// "1", counted through the paper.
    pub number: String,
    /// What the figure is of.
    pub caption: String,
    /// What it shows, for whoever does not see it: the alternative text.
    pub description: String,
    /// Where a link to this figure leads.
    pub anchor: String,
    /// How wide the picture is; the shapes lie in it.
    pub width: f64,
    /// How high.
    pub height: f64,
    /// What is drawn, the lowest first.
    pub shapes: Vec<Shape>,
}

/// A shape of a picture. Places are counted from its upper left corner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// A straight line.
    Line {
        /// What it stands for.
        kind: Stroke,
        /// Its beginning, from the left and from the top.
        from: [f64; 2],
        /// Its end.
        to: [f64; 2],
    },
    /// A line through values.
    Path(Vec<[f64; 2]>),
    /// A value.
    Dot {
        /// What it says, by its form.
        kind: Mark,
        /// Where it lies.
        at: [f64; 2],
    },
    /// A word at an axis.
    Word {
        /// Which of its ends lies there.
        align: Place,
        /// Where.
        at: [f64; 2],
        /// What it says.
        text: String,
    },
}

/// What a line stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stroke {
    /// A help for the eye.
    Grid,
    /// The mean.
    Mean,
    /// A limit of what is expected.
    Limit,
    /// The target.
    Target,
}

/// What a value says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Within the expected range: a circle.
    Common,
    /// Better: a diamond.
    Improvement,
    /// Worse: a square.
    Concern,
    /// Changed: a triangle.
    Neutral,
}

/// Where a word lies by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Before it.
    Before,
    /// Around it.
    Around,
}

impl Figure {
    /// A figure of that size. The draft gives it its number.
    pub fn new(
        caption: impl Into<String>,
        description: impl Into<String>,
        [width, height]: [f64; 2],
        shapes: Vec<Shape>,
    ) -> Self {
        Self {
            number: String::new(),
            caption: caption.into(),
            description: description.into(),
            anchor: String::new(),
            width,
            height,
            shapes,
        }
    }

    /// Whether the picture has a size, and every shape a place in it.
    pub(super) fn is_drawable(&self) -> bool {
        let inside = |[x, y]: [f64; 2]| (0.0..=self.width).contains(&x) && (0.0..=self.height).contains(&y);
        let is_size = |size: f64| size.is_finite() && size > 0.0;
        let fits = |shape: &Shape| match shape {
            Shape::Line { from, to, .. } => inside(*from) && inside(*to),
            Shape::Path(points) => points.iter().all(|point| inside(*point)),
            Shape::Dot { at, .. } | Shape::Word { at, .. } => inside(*at),
        };
        is_size(self.width) && is_size(self.height) && self.shapes.iter().all(fits)
    }
}

//! The charts of a section: each measure as the measure room draws it, with its words.

use measure::chart::drawing::{Drawing, Line, Mark, Tick};
use publish::document::{Draft, Figure, FigureMark, Place, Shape, Stroke};

use super::{Composing, whole::figures};
use crate::pack::definition::Section;

/// The size of what the measure room draws, and where its grid begins and ends.
const SIZE: [f64; 2] = [760.0, 250.0];
const GRID: [f64; 2] = [64.0, 730.0];
/// Where an upright line begins and ends.
const TOP: f64 = 12.0;
const BOTTOM: f64 = 216.0;
/// Where words stand at the axes.
const LEFT: f64 = 58.0;
const BELOW: f64 = 240.0;
/// From the middle of a word’s letters to the line that they stand on.
const DOWN: f64 = 4.0;

/// Writes the charts of a section; a measure with fewer than two values has none.
pub fn write(draft: &mut Draft, of: &Composing<'_>, section: &Section) {
    for (definition, figure) in figures(of, section) {
        let title = format!("{}, period by period", definition.name);
        if let Some(drawing) = figure.drawing(definition, &title) {
            draft.figure(picture(&drawing, title));
        }
    }
}

/// What the measure room draws, as a figure of a paper; its words are the alternative text.
pub fn picture(drawing: &Drawing, caption: String) -> Figure {
    Figure::new(caption, drawing.description.as_str(), SIZE, shapes(drawing))
}

/// A place as the measure room writes it.
fn at(text: &str) -> f64 {
    text.parse().unwrap_or_default()
}

fn shapes(drawing: &Drawing) -> Vec<Shape> {
    let grid = |tick: &Tick| {
        let y = at(&tick.at);
        let line = Shape::Line { kind: Stroke::Grid, from: [GRID[0], y], to: [GRID[1], y] };
        [line, Shape::Word { align: Place::Before, at: [LEFT, y + DOWN], text: tick.words.clone() }]
    };
    let day = |tick: &Tick| Shape::Word {
        align: Place::Around,
        at: [at(&tick.at), BELOW],
        text: tick.words.clone(),
    };
    let path = |points: &String| {
        let point = |pair: &str| pair.split_once(',').map(|(x, y)| [at(x), at(y)]);
        Shape::Path(points.split(' ').filter_map(point).collect())
    };
    let dots =
        drawing.dots.iter().map(|dot| Shape::Dot { kind: mark(dot.kind), at: [at(&dot.x), at(&dot.y)] });
    let mark = |mark: &Mark| {
        let x = at(&mark.x);
        let line = Shape::Line { kind: Stroke::Limit, from: [x, TOP], to: [x, BOTTOM] };
        // A word stands before a place or around it: at the right of the line it stands around a place beside it.
        let (align, beside) = if mark.is_left { (Place::Before, -5.0) } else { (Place::Around, 35.0) };
        [line, Shape::Word { align, at: [x + beside, TOP + 10.0], text: mark.words.clone() }]
    };
    let mut all: Vec<Shape> = drawing.values.iter().flat_map(grid).collect();
    all.extend(drawing.marks.iter().flat_map(mark));
    all.extend(drawing.days.iter().map(day));
    all.extend(drawing.lines.iter().map(line));
    all.extend(drawing.paths.iter().map(path));
    all.extend(dots);
    all
}

fn line(line: &Line) -> Shape {
    let kind = match line.kind {
        "mean" => Stroke::Mean,
        "target" => Stroke::Target,
        _ => Stroke::Limit,
    };
    let y = at(&line.y);
    Shape::Line { kind, from: [at(&line.from), y], to: [at(&line.to), y] }
}

fn mark(kind: &str) -> FigureMark {
    match kind {
        "improvement" => FigureMark::Improvement,
        "concern" => FigureMark::Concern,
        "neutral" => FigureMark::Neutral,
        _ => FigureMark::Common,
    }
}

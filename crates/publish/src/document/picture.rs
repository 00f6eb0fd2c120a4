//! The picture of a figure as SVG: with the classes of our styles on a page, with its own colours in print.

use super::{
    figure::{Figure, Mark, Place, Shape, Stroke},
    html::Escaped,
};
use std::fmt::{self, Write};

/// How the shapes get their looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look<'a> {
    /// By the classes of a page.
    Page,
    /// By attributes, with words in this family of letters.
    Print(&'a str),
}

/// The picture.
pub fn svg(figure: &Figure, look: Look<'_>) -> String {
    let mut out = String::with_capacity(8 * 1024);
    write_svg(&mut out, figure, look).expect("writing to a string cannot fail");
    out
}

fn write_svg(out: &mut String, figure: &Figure, look: Look<'_>) -> fmt::Result {
    let (width, height) = (figure.width, figure.height);
    write!(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\"")?;
    match look {
        Look::Page => {
            let anchor = Escaped(&figure.anchor);
            write!(out, " role=\"img\" aria-labelledby=\"{anchor}-caption {anchor}-description\">")?;
            write!(out, "<desc id=\"{anchor}-description\">{}</desc>", Escaped(&figure.description))?;
        }
        Look::Print(_) => write!(out, " width=\"{width}\" height=\"{height}\">")?,
    }
    figure.shapes.iter().try_for_each(|shape| write_shape(out, shape, look))?;
    out.write_str("</svg>")
}

fn write_shape(out: &mut String, shape: &Shape, look: Look<'_>) -> fmt::Result {
    match shape {
        Shape::Line { kind, from: [x1, y1], to: [x2, y2] } => {
            write!(out, "<line {} x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"/>", stroke(*kind, look))
        }
        Shape::Path(points) => {
            let points: Vec<String> = points.iter().map(|[x, y]| format!("{x},{y}")).collect();
            let drawn = match look {
                Look::Page => "class=\"an-chart__path\"",
                Look::Print(_) => "fill=\"none\" stroke=\"#7d8a97\" stroke-width=\"1.5\"",
            };
            write!(out, "<polyline {drawn} points=\"{}\"/>", points.join(" "))
        }
        Shape::Dot { kind, at } => write_dot(out, *kind, *at, look),
        Shape::Word { align, at: [x, y], text } => {
            write!(out, "<text {} x=\"{x}\" y=\"{y}\">{}</text>", word(*align, look), Escaped(text))
        }
    }
}

fn stroke(kind: Stroke, look: Look<'_>) -> String {
    let (class, print) = match kind {
        Stroke::Grid => ("grid", "stroke=\"#d5dbe1\" stroke-width=\"1\""),
        Stroke::Mean => ("mean", "stroke=\"#16202a\" stroke-width=\"1.5\""),
        Stroke::Limit => ("limit", "stroke=\"#16202a\" stroke-width=\"1\" stroke-dasharray=\"7 4\""),
        Stroke::Target => ("target", "stroke=\"#a02b1d\" stroke-width=\"1.5\" stroke-dasharray=\"2 4\""),
    };
    match look {
        Look::Page => format!("class=\"an-chart__{class}\""),
        Look::Print(_) => print.to_owned(),
    }
}

/// What a value says is in its form; its colour only repeats it.
fn write_dot(out: &mut String, kind: Mark, [x, y]: [f64; 2], look: Look<'_>) -> fmt::Result {
    let (class, colour, form) = match kind {
        Mark::Common => ("common", "#4a5763", "<circle r=\"4\"/>"),
        Mark::Improvement => ("improvement", "#1257a0", "<path d=\"M0-6 6 0 0 6-6 0Z\"/>"),
        Mark::Concern => ("concern", "#b3261e", "<path d=\"M-5-5H5V5H-5Z\"/>"),
        Mark::Neutral => ("neutral", "#6a4fa0", "<path d=\"M0-6 6 5H-6Z\"/>"),
    };
    let drawn = match look {
        Look::Page => format!("class=\"an-chart__dot an-chart__dot--{class}\""),
        Look::Print(_) => format!("fill=\"{colour}\" stroke=\"#ffffff\" stroke-width=\"1\""),
    };
    write!(out, "<g {drawn} transform=\"translate({x} {y})\">{form}</g>")
}

fn word(align: Place, look: Look<'_>) -> String {
    let (class, anchor) = match align {
        Place::Before => ("left", "end"),
        Place::Around => ("below", "middle"),
    };
    match look {
        Look::Page => format!("class=\"an-chart__word an-chart__word--{class}\""),
        Look::Print(family) => {
            format!(
                "fill=\"#4a5763\" font-size=\"13\" font-family=\"{}\" text-anchor=\"{anchor}\"",
                Escaped(family)
            )
        }
    }
}

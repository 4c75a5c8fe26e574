//! The picture: the few results that matter, as bars, legible on light and dark pages.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Result;

use crate::Side;
use crate::programs::{BINARY, BUILD, BUILD_AFTER_EDIT, START};
use crate::results::{Quantity, Results};
use crate::table::short;

/// The groups of bars: the row, the quantity and the label.
const GROUPS: &[(&str, &str, &str)] = &[
    ("default-credentials", BUILD, "Build of a program, CPU time"),
    ("four-services", BUILD, "Build with four services, CPU time"),
    ("ec2", BUILD, "Build with five operations of EC2, CPU time"),
    (
        "default-credentials",
        BUILD_AFTER_EDIT,
        "Build after an edit, CPU time",
    ),
    ("default-credentials", BINARY, "Binary"),
    (
        "json",
        "CPU time, a page of 1 WorkSpace",
        "Request, CPU time",
    ),
    (
        "default-credentials",
        START,
        "Start to first response, CPU time",
    ),
];

/// The width of the picture, chosen so that the text has 11 pixels where the picture is 400 pixels wide.
const WIDTH: f64 = 480.0;
const LEFT: f64 = 20.0;
/// The length of the longest bar. The value is to the right of it.
const LONGEST: f64 = 350.0;
const TOP: f64 = 78.0;
const GROUP: f64 = 62.0;

/// The colors follow the scheme of the reader. The background belongs to the picture, since a page can have another scheme.
const STYLE: &str = "\
text{font:13px system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;fill:#1f2328}\
.title{font-size:16px;font-weight:600}.label,.ratio{font-weight:600}.ratio{text-anchor:end}\
.muted{fill:#59636e}.card{fill:#fff;stroke:#d1d9e0}.official{fill:#9aa4af}.ours{fill:#0969da}.floor{stroke:#bc4c00;stroke-width:3}\
@media(prefers-color-scheme:dark){text{fill:#f0f6fc}.muted{fill:#9198a1}.card{fill:#0d1117;stroke:#3d444d}\
.official{fill:#656c76}.ours{fill:#4493f8}.floor{stroke:#f0883e}}";

/// Draws the results that were measured with both sides.
pub fn draw(folder: &Path) -> Result<String> {
    let mut measured = Vec::new();
    for (row, what, label) in GROUPS {
        let results = Results::load(folder, row)?.quantities;
        let quantity = results.into_iter().find(|it| it.what == *what);
        let quantity = quantity.filter(|it| it.figures.ratio().is_some());
        measured.extend(quantity.map(|quantity| (*label, quantity)));
    }
    Ok(svg(&measured))
}

fn svg(groups: &[(&str, Quantity)]) -> String {
    let has_floor = groups
        .iter()
        .any(|(_, it)| it.figures.get(Side::Floor).is_some());
    let mut description = String::new();
    let mut bars = String::new();
    for (number, (label, quantity)) in groups.iter().enumerate() {
        group(
            TOP + number as f64 * GROUP,
            label,
            quantity,
            &mut bars,
            &mut description,
        );
    }
    let height = TOP + groups.len() as f64 * GROUP + 8.0;
    let mut legend = String::new();
    for (x, class, label) in [
        (LEFT, "official", "official crates"),
        (LEFT + 130.0, "ours", "this project"),
    ] {
        let _ = writeln!(
            legend,
            "<rect class=\"{class}\" x=\"{x}\" y=\"45\" width=\"12\" height=\"12\" rx=\"2\"/><text x=\"{}\" y=\"56\">{label}</text>",
            x + 18.0
        );
    }
    if has_floor {
        let _ = writeln!(
            legend,
            "<path class=\"floor\" d=\"M{0} 44v14\"/><text x=\"{1}\" y=\"56\">plain hyper</text>",
            LEFT + 244.0,
            LEFT + 254.0
        );
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"720\" height=\"{}\" role=\"img\" \
         aria-labelledby=\"title description\">\n<title id=\"title\">Official crates and this project compared</title>\n\
         <desc id=\"description\">{description}</desc>\n<style>{STYLE}</style>\n\
         <rect class=\"card\" x=\"0.5\" y=\"0.5\" width=\"{}\" height=\"{}\" rx=\"8\"/>\n\
         <text class=\"title\" x=\"{LEFT}\" y=\"30\">The same program with both, less is better</text>\n{legend}{bars}</svg>\n",
        height * 1.5,
        WIDTH - 1.0,
        height - 1.0
    )
}

/// The bars of a quantity, of which the longer one has the full length.
fn group(y: f64, label: &str, quantity: &Quantity, out: &mut String, description: &mut String) {
    let figures = quantity.figures;
    let value = |side| figures.get(side).unwrap_or_default();
    let longest = value(Side::Official).max(value(Side::Ours));
    let length = |side| value(side) / longest * LONGEST;
    let ratio = format!("{:.1}", figures.ratio().unwrap_or_default());
    let _ = writeln!(
        out,
        "<text class=\"label\" x=\"{LEFT}\" y=\"{}\">{label}</text><text class=\"ratio\" x=\"{}\" y=\"{0}\">{ratio} : 1</text>",
        y + 11.0,
        WIDTH - LEFT
    );
    for (side, y) in [(Side::Official, y + 18.0), (Side::Ours, y + 34.0)] {
        let length = length(side);
        let text = short(value(side)) + &quantity.unit;
        let class = side.name();
        let _ = writeln!(
            out,
            "<rect class=\"{class}\" x=\"{LEFT}\" y=\"{y}\" width=\"{length:.1}\" height=\"13\" rx=\"2\"/>\
             <text class=\"muted\" x=\"{:.1}\" y=\"{}\">{text}</text>",
            LEFT + length + 6.0,
            y + 11.0
        );
    }
    if figures.get(Side::Floor).is_some() {
        let x = LEFT + length(Side::Floor);
        let _ = writeln!(out, "<path class=\"floor\" d=\"M{x:.1} {}v31\"/>", y + 17.0);
    }
    let [official, ours] =
        [Side::Official, Side::Ours].map(|side| short(value(side)) + &quantity.unit);
    let _ = writeln!(
        description,
        "{label}: {official} and {ours}, {ratio} to 1. "
    );
}

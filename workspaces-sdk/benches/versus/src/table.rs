//! The tables in Markdown, with the ratio of the official crate to ours.

use std::path::Path;

use anyhow::Result;

use crate::Side;
use crate::programs::{
    BINARY, BUILD, BUILD_AFTER_EDIT, CRATES, DEV_BUILD_AFTER_EDIT, MEMORY, START,
};
use crate::results::{Figures, Results};
use crate::rows::ROWS;

/// The table of the top-level README: the row, the quantity and its label there.
const README: &[(&str, &str, &str)] = &[
    (
        "static-keys",
        BUILD,
        "build of a program with static keys, CPU time",
    ),
    (
        "default-credentials",
        BUILD,
        "build of a program with default credentials, CPU time",
    ),
    (
        "default-credentials",
        BUILD_AFTER_EDIT,
        "build after an edit of the program, CPU time",
    ),
    (
        "default-credentials",
        DEV_BUILD_AFTER_EDIT,
        "dev build after an edit, CPU time",
    ),
    ("default-credentials", MEMORY, "peak memory of the compiler"),
    ("default-credentials", BINARY, "binary of the program"),
    (
        "default-credentials",
        CRATES,
        "crates in the dependency tree",
    ),
    (
        "default-credentials",
        START,
        "start to first response, CPU time",
    ),
    (
        "four-services",
        BUILD,
        "build of a program with four services, CPU time",
    ),
    ("four-services", BINARY, "binary of that"),
    (
        "ec2",
        BUILD,
        "build of a program with five operations of EC2, CPU time",
    ),
    ("ec2", MEMORY, "peak memory of that"),
    ("s3", BUILD, "build of a program with S3, CPU time"),
    (
        "sdk-crate",
        "CPU time, build of the SDK crate and its runtime",
        "build of the SDK crate, ours with its runtime, CPU time",
    ),
    (
        "sdk-crate",
        "lines of generated source",
        "lines of generated source",
    ),
    (
        "json",
        "CPU time, a page of 1 WorkSpace",
        "request for a page of 1 WorkSpace, CPU time",
    ),
    (
        "json",
        "CPU time, a page of 25",
        "request for a page of 25, CPU time",
    ),
    ("cbor", "CPU time, a page of 25", "the same, ours over CBOR"),
    (
        "counts",
        "instructions, a page of 1 WorkSpace",
        "instructions of a request for a page of 1",
    ),
    (
        "counts",
        "allocations, a page of 1 WorkSpace",
        "allocations of a request for a page of 1",
    ),
];

/// The rows of the top-level README that were measured.
pub fn readme(folder: &Path) -> Result<String> {
    let mut out = "| | official crates | ours | ratio |\n|---|--:|--:|--:|\n".to_owned();
    for (row, what, label) in README {
        let results = Results::load(folder, row)?;
        if let Some(quantity) = results.quantities.iter().find(|it| it.what == *what) {
            let [official, ours, ratio, _] = cells(quantity.figures, &quantity.unit);
            out += &format!("| {label} | {official} | {ours} | {ratio} |\n");
        }
    }
    Ok(out)
}

/// A table of everything that was measured, with a section for each row.
pub fn all(folder: &Path) -> Result<String> {
    let mut out =
        "| | official crates | ours | ratio | plain hyper |\n|---|--:|--:|--:|--:|\n".to_owned();
    for row in ROWS {
        let results = Results::load(folder, row.name)?;
        if !results.quantities.is_empty() {
            let commit = results.commit.as_deref().unwrap_or("unknown");
            out += &format!("| **{}**, commit {commit} | | | | |\n", row.title);
        }
        for quantity in &results.quantities {
            let cells = cells(quantity.figures, &quantity.unit).join(" | ");
            out += &format!("| {} | {cells} |\n", quantity.what);
        }
    }
    Ok(out)
}

fn cells(figures: Figures, unit: &str) -> [String; 4] {
    let cell = |side| {
        let figure = figures.get(side);
        figure.map(|it| short(it) + unit).unwrap_or_default()
    };
    let ratio = figures.ratio().map(|ratio| format!("{ratio:.1}"));
    [
        cell(Side::Official),
        cell(Side::Ours),
        ratio.unwrap_or_default(),
        cell(Side::Floor),
    ]
}

/// Formats a figure with three significant digits. Whole and large numbers are complete, with grouped digits.
pub fn short(figure: f64) -> String {
    let digits = match figure {
        whole if whole.fract() == 0.0 => format!("{whole}"),
        ..9.995 => return format!("{figure:.2}"),
        ..99.95 => return format!("{figure:.1}"),
        _ => format!("{figure:.0}"),
    };
    let mut text = String::new();
    for (number, digit) in digits.chars().enumerate() {
        if number > 0 && (digits.len() - number) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

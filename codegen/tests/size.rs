//! Work grows with the text of a model, not with its square: texts that are long or deeply nested are generated in a time, and
//! to an output, in proportion to their length.

use std::time::{Duration, Instant};

use lean_aws_codegen::{ModelFile, ModelFiles, Options};
use serde_json::json;

/// The length of the texts in a normal run. For another, set `CODEGEN_TEXT_LENGTH`.
const LENGTH: usize = 32_000;

/// A time in which texts whose work grows with their square are not generated.
const SHORT: Duration = Duration::from_millis(300);

/// The maximum number of bytes that are written for a byte of documentation. A text of list items of one character takes the
/// most, as each has a line with its indentation.
const FACTOR: usize = 60;

/// The size of a crate without documentation, and its share of the time.
const CONSTANT: usize = 100_000;

/// Texts by what is repeated.
const TEXTS: [&str; 40] = [
    "[",
    "]",
    "![",
    "[a](",
    "[a](https://e.com) ",
    "- ",
    "- a\n",
    "* - + ",
    "1. ",
    "> ",
    ">\n",
    "`",
    "`` ` ",
    "` a ",
    "~",
    "~~~\n",
    "```\n",
    "\t",
    "    a\n\n",
    "*",
    "**a ",
    "_",
    "<",
    "<a",
    "<a>",
    "<ul><li>",
    "<ul><li>a",
    "<p>",
    "<pre>",
    "<code>a",
    "<a href=\"https://e.com\">",
    "</p>",
    "&",
    "&amp;",
    "&#",
    "&lt",
    "http://a",
    "\\",
    "a",
    "a. ",
];

/// Texts of a beginning that is repeated once and an end that is repeated once for each.
const NESTED: [[&str; 2]; 8] = [
    ["- ", "\n"],
    ["> ", "a\n"],
    ["- ", "a\n"],
    ["<ul><li>", "</li></ul>"],
    ["<ul><li>", "a<p>"],
    ["[", "]"],
    ["`", "`a"],
    ["*a ", "b* "],
];

fn model(documentation: &str) -> ModelFiles {
    let json = json!({
        "metadata": {
            "apiVersion": "2024-01-01", "endpointPrefix": "x", "jsonVersion": "1.1", "protocol": "json",
            "serviceFullName": "X", "targetPrefix": "X"
        },
        "operations": {"Call": {"input": {"shape": "Input"}}},
        "shapes": {
            "Input": {"type": "structure", "members": {
                "Member": {"shape": "Text", "documentation": documentation}
            }},
            "Text": {"type": "string"}
        }
    });
    ModelFiles::new(ModelFile {
        name: "model.json".to_owned(),
        bytes: serde_json::to_vec(&json).unwrap(),
    })
}

/// A text of a length.
type Text = Box<dyn Fn(usize) -> String>;

/// Returns the size of the output and the time.
fn measure(text: &str) -> (usize, Duration) {
    let model = model(text);
    let start = Instant::now();
    let generated = lean_aws_codegen::generate(&model, &Options::default()).unwrap();
    let time = start.elapsed();
    (generated.files.values().map(String::len).sum(), time)
}

/// Returns the shortest of three times.
fn shortest(text: &str) -> Duration {
    (0..3).map(|_| measure(text).1).min().unwrap()
}

#[test]
fn output_and_time_grow_with_the_text() {
    let _alone = crate::alone();
    let length = std::env::var("CODEGEN_TEXT_LENGTH").ok();
    let length = length.map_or(LENGTH, |length| length.parse().unwrap());
    let repeated = |part: &str, length: usize| part.repeat(length / part.len());
    let mut texts: Vec<(String, Text)> = Vec::new();
    for part in TEXTS {
        let text = move |length| repeated(part, length);
        texts.push((format!("{part:?}"), Box::new(text)));
        let html = move |length| format!("<p></p>{}", text(length));
        texts.push((format!("<p> and {part:?}"), Box::new(html)));
    }
    for [start, end] in NESTED {
        let text = move |length| repeated(start, length / 2) + &repeated(end, length / 2);
        texts.push((format!("{start:?} and {end:?}"), Box::new(text)));
    }
    for (name, text) in texts {
        let long = text(length);
        let (size, time) = measure(&long);
        println!("{name}: {size} bytes, {time:?}");
        assert!(
            size <= FACTOR * long.len() + CONSTANT,
            "{name}: {size} bytes for {} bytes",
            long.len()
        );
        if time > SHORT {
            // Four times the text takes four times as long, or sixteen times if the work grows with the square.
            let (whole, quarter) = (shortest(&long), shortest(&text(length / 4)));
            assert!(
                whole < quarter * 9 + SHORT,
                "{name}: {quarter:?} for a quarter, {whole:?} for the whole"
            );
        }
    }
}

/// A text that is printed at several places is cut, so that the output does not grow with the product of both.
#[test]
fn repeated_texts_are_cut() {
    let text = "word ".repeat(20_000);
    let members = 100;
    let model = |text: &str| {
        let members = (0..members).map(|i| {
            let member = json!({"shape": "Text", "deprecated": true, "deprecatedMessage": text});
            (format!("Member{i}"), member)
        });
        let members: serde_json::Map<_, _> = members.collect();
        let model = json!({
            "metadata": {
                "apiVersion": "2024-01-01", "endpointPrefix": "x", "jsonVersion": "1.1",
                "protocol": "json", "serviceFullName": "X", "targetPrefix": "X"
            },
            "operations": {"Call": {"input": {"shape": "Input"}, "errors": [{"shape": "Failure"}]}},
            "shapes": {
                "Input": {"type": "structure", "members": members},
                "Text": {"type": "string", "documentation": text},
                "Failure": {"type": "structure", "exception": true, "members": {}, "documentation": text}
            }
        });
        ModelFiles::new(ModelFile {
            name: "model.json".to_owned(),
            bytes: serde_json::to_vec(&model).unwrap(),
        })
    };
    let size = |text: &str| -> usize {
        let generated = lean_aws_codegen::generate(&model(text), &Options::default()).unwrap();
        generated.files.values().map(String::len).sum()
    };
    let (short, long) = (size("word"), size(&text));
    // A member has its documentation at five places, and its deprecation at three. One text is printed as a whole.
    let maximum = short + members * (5 * 5_000 + 3 * 1_200) + 10 * text.len();
    assert!(long <= maximum, "{long} bytes, not {maximum}");
    assert!(members * text.len() > 2 * maximum, "the test cannot fail");
}

//! What the generator prints for each fixture, and what it says of each broken model.

mod common;

use std::fmt::Write;

/// Printed alike for every model; the fixture `structure` shows them.
const ALIKE: [&str; 6] = [
    "error.rs",
    "mod.rs",
    "operation/mod.rs",
    "service.rs",
    "types/error/mod.rs",
    "waiters/mod.rs",
];

#[test]
fn fixtures() {
    for (name, model) in common::models("fixtures").unwrap() {
        let generated = codegen::generate(&model, None);
        let generated = generated.unwrap_or_else(|faults| panic!("{name}: {faults}"));
        let mut shown = String::new();
        for warning in generated.warnings {
            writeln!(shown, "warning: {warning}\n").unwrap();
        }
        for (path, text) in generated.files {
            let has_waiters = model.waiters.is_some() && path.starts_with("waiters/");
            if name == "structure" || has_waiters || !ALIKE.contains(&path.as_str()) {
                write!(shown, "==== {path}\n{text}\n").unwrap();
            }
        }
        insta::assert_snapshot!(name, shown);
    }
}

#[test]
fn broken_models() {
    for (name, model) in common::models("broken").unwrap() {
        let faults = codegen::generate(&model, None)
            .err()
            .unwrap_or_else(|| panic!("{name} was accepted"));
        insta::assert_snapshot!(format!("broken_{name}"), faults);
    }
}

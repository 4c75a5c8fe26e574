//! The README of a crate.

use super::template::{README, fill};
use crate::Generated;
use crate::markup::plain;

pub(super) fn readme(name: &str, generated: &Generated) -> String {
    let metadata = &generated.metadata;
    let operations = match metadata.operations {
        1 => "1 operation".to_owned(),
        count => format!("{count} operations"),
    };
    fill(
        README,
        &[
            ("name", name),
            ("title", &plain(&metadata.title)),
            ("api_version", &plain(&metadata.api_version)),
            ("operations", &operations),
            ("crate_name", &name.replace('-', "_")),
            ("method", &metadata.example),
            ("limitations", &limitations(generated)),
        ],
    )
}

/// Returns the section about the warnings, if there are any.
fn limitations(generated: &Generated) -> String {
    if generated.warnings.is_empty() {
        return String::new();
    }
    let warnings = generated.warnings.iter();
    let warnings = warnings.map(|warning| format!("- {}\n", plain(&warning.to_string())));
    format!("## Limitations\n\n{}\n", warnings.collect::<String>())
}

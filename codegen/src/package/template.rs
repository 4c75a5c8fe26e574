//! The templates and their placeholders.

/// The manifest of a workspace.
pub(super) const WORKSPACE: &str = include_str!("../../templates/workspace.Cargo.toml");

/// The manifest of a crate.
pub(super) const PACKAGE: &str = include_str!("../../templates/crate.Cargo.toml");

/// `lib.rs` of a crate.
pub(super) const LIB: &str = include_str!("../../templates/lib.rs");

/// The README of a crate.
pub(super) const README: &str = include_str!("../../templates/README.md");

/// The README of a workspace.
pub(super) const WORKSPACE_README: &str = include_str!("../../templates/workspace.README.md");

/// Replaces each `{{name}}` by its value, which must be escaped for the language of the template.
///
/// Placeholders in values are not replaced. A placeholder without a value remains unchanged.
pub(super) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        filled.push_str(before);
        let value = after.split_once("}}").and_then(|(name, after)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((value, after))
        });
        match value {
            Some((value, after)) => {
                filled.push_str(value);
                rest = after;
            }
            None => {
                filled.push_str("{{");
                rest = after;
            }
        }
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_replaced_once() {
        let values = [("a", "{{b}}"), ("b", "x")];
        assert_eq!(fill("{{a}} {{b}} {{c}} {{", &values), "{{b}} x {{c}} {{");
    }

    #[test]
    fn every_placeholder_has_a_value() {
        // The names are those that `manifest` and `readme` pass.
        for (template, names) in [
            (
                WORKSPACE,
                &["mark", "members", "version", "rust_version"][..],
            ),
            (
                PACKAGE,
                &[
                    "name",
                    "description",
                    "runtime",
                    "runtime_features",
                    "runtime_version",
                    "version",
                ],
            ),
            (LIB, &[]),
            (
                WORKSPACE_README,
                &[
                    "command",
                    "crates",
                    "dependencies",
                    "exclude",
                    "first_call",
                    "patch",
                    "runtime",
                ],
            ),
            (
                README,
                &[
                    "name",
                    "title",
                    "api_version",
                    "operations",
                    "crate_name",
                    "path",
                    "imports",
                    "call",
                    "streams",
                    "checksums",
                    "discovery",
                    "identity_types",
                    "identity",
                    "limitations",
                    "waiters",
                    "tokens",
                ],
            ),
        ] {
            let values: Vec<_> = names.iter().map(|name| (*name, "")).collect();
            assert!(!fill(template, &values).contains("{{"), "{template}");
        }
    }
}

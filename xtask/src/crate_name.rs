//! The names that a generated crate can have.

use anyhow::{Result, bail};
use codegen::WINDOWS_DEVICES;

/// The maximum length of a name, as on crates.io.
const MAX_LENGTH: usize = 64;

/// The names that a crate cannot have, in lower case and with `_` for `-`, and the reasons.
const RESERVED: [(&str, &[&str]); 5] = [
    (
        "it is a keyword of Rust",
        &[
            "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
            "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen",
            "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override",
            "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
            "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while",
            "yield",
        ],
    ),
    (
        "it is the name of a crate of Rust itself",
        &["alloc", "core", "proc_macro", "std", "test"],
    ),
    (
        "Cargo uses it for its own folders",
        &["build", "deps", "examples", "incremental", "target"],
    ),
    (
        "it is the name of the runtime or of its folder",
        &["lean_aws_runtime", "runtime"],
    ),
    ("Windows reserves it", &WINDOWS_DEVICES),
];

/// Checks the name of a crate.
///
/// # Errors
/// Returns an error if Cargo would reject the name, or if it would make the crate unusable.
pub(crate) fn check(name: &str) -> Result<()> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(allowed);
    if !is_name || name.len() > MAX_LENGTH {
        bail!(
            "{name:?} is not a valid crate name; use at most {MAX_LENGTH} letters, digits, - and _, and start with a letter"
        );
    }
    let normal = name.to_ascii_lowercase().replace('-', "_");
    let mut reserved = RESERVED.iter();
    if let Some((reason, _)) = reserved.find(|(_, names)| names.contains(&normal.as_str())) {
        bail!("a crate cannot be called {name:?}, because {reason}; use a name such as {name}-sdk");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_names_are_rejected() {
        for good in ["a-b_c1", "dynamodb-sdk", "testing", "my-core"] {
            assert!(check(good).is_ok(), "{good}");
        }
        let long = "a".repeat(65);
        for bad in ["", "1a", "a b", "a.b", "-a", "a\nb", "é", "../a", &long] {
            let error = check(bad).unwrap_err().to_string();
            assert!(
                error.contains("is not a valid crate name"),
                "{bad}: {error}"
            );
        }
    }

    #[test]
    fn reserved_names_are_rejected() {
        for (name, reason) in [
            ("std", "Rust itself"),
            ("Core", "Rust itself"),
            ("proc-macro", "Rust itself"),
            ("test", "Rust itself"),
            ("self", "a keyword"),
            ("async", "a keyword"),
            ("gen", "a keyword"),
            ("deps", "Cargo"),
            ("target", "Cargo"),
            ("runtime", "the runtime"),
            ("lean-aws-runtime", "the runtime"),
            ("NUL", "Windows"),
        ] {
            let error = check(name).unwrap_err().to_string();
            assert!(error.contains(reason), "{name}: {error}");
        }
    }
}

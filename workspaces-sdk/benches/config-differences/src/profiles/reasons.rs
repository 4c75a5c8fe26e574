//! Why the crates differ. README.md explains the reasons.

use super::outcome::{Files, Outcome};

/// A reason, and how to rewrite a file without it.
type Reason = (&'static str, fn(&str) -> String);

const REASONS: [Reason; 3] = [
    ("byte order mark", without_byte_order_mark),
    ("comment in nested properties", without_nested_comments),
    ("headers that differ in spaces", with_equal_headers),
];

/// Returns the reasons that have to be removed from the files so that both crates find the same.
pub fn explain(files: &Files) -> Option<String> {
    let all = 1_usize << REASONS.len();
    let mut subsets: Vec<usize> = (1..all).collect();
    subsets.sort_by_key(|subset| subset.count_ones());
    subsets.into_iter().find_map(|subset| {
        let mut files = files.clone();
        let mut names = Vec::new();
        for (bit, (name, rewrite)) in REASONS.iter().enumerate() {
            if subset & (1 << bit) != 0 {
                names.push(*name);
                for file in [&mut files.config, &mut files.credentials] {
                    // A file that is not UTF-8 is empty for both.
                    if let Ok(text) = str::from_utf8(file) {
                        *file = rewrite(text).into_bytes();
                    }
                }
            }
        }
        (Outcome::ours(&files) == Outcome::official(&files)).then(|| names.join(" and "))
    })
}

/// Removes all marks, as this crate ignores one of several.
fn without_byte_order_mark(text: &str) -> String {
    text.trim_start_matches('\u{feff}').to_owned()
}

/// Gives indented comments the form of a property, which the official crate accepts.
fn without_nested_comments(text: &str) -> String {
    let rewrite = |line: &str| {
        let trimmed = line.trim_start_matches([' ', '\t']);
        let comment = trimmed.len() < line.len() && trimmed.starts_with(['#', ';']);
        if comment {
            " #=\n".to_owned()
        } else {
            line.to_owned()
        }
    };
    text.split_inclusive('\n').map(rewrite).collect()
}

fn with_equal_headers(text: &str) -> String {
    let rewrite = |line: &str| {
        let end = line.find(['#', ';']).unwrap_or(line.len());
        let header = line[..end].trim_matches([' ', '\t', '\r', '\n']);
        let header = header
            .strip_prefix('[')
            .and_then(|header| header.strip_suffix(']'));
        match header {
            Some(header) if line.starts_with('[') => {
                let header = header.trim_matches([' ', '\t']);
                let words = header.split_once([' ', '\t']);
                // Other white space is only removed around the two parts.
                match words.map(|(prefix, name)| (prefix.trim(), name.trim())) {
                    Some((prefix, name)) => format!("[{prefix} {name}]\n"),
                    None => format!("[{}]\n", header.trim()),
                }
            }
            _ => line.to_owned(),
        }
    };
    text.split_inclusive('\n').map(rewrite).collect()
}

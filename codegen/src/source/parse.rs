//! Bytes to a mirror, with every fault of the file told at once.
//!
//! serde stops at the first value of a wrong type. Such a value is then blanked out and the file read
//! again, until all of them are known; what is left of the file goes on to be lowered, so that its
//! other faults are told in the same run. After a fault of syntax nothing can be read.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::de::DeserializeOwned;
use serde_ignored::Path;

use super::keys;
use crate::ModelFile;
use crate::diagnostic::{
    Diagnostic, Fault, Faults, JsonFault, JsonType, Report, Suggestion, Syntax, nearest,
};
use crate::locate::{Locator, position};

/// So many values of a wrong type are told of one file.
const MOST: usize = 100;

/// Reads a file; none when it cannot be made sense of.
pub(crate) fn parse<T: DeserializeOwned>(file: &ModelFile, faults: &mut Faults) -> Option<T> {
    if file.bytes.starts_with("\u{feff}".as_bytes()) {
        let fault = JsonFault::ByteOrderMark;
        faults.extend(vec![at(file, (1, 1), String::new(), fault)]);
        return None;
    }
    let mut report = Report::new(&file.name);
    let value = read(file, &mut report);
    faults.add(report);
    value
}

fn read<T: DeserializeOwned>(file: &ModelFile, report: &mut Report) -> Option<T> {
    let mut bytes = Cow::Borrowed(file.bytes.as_slice());
    // Objects and the keys that were blanked out of them.
    let mut blanked = Vec::new();
    let mut whole = true;
    for _ in 0..MOST {
        let mut unread = Vec::new();
        let mut note = |path: Path<'_>| unread.push(way(&path));
        let mut json = serde_json::Deserializer::from_slice(&bytes);
        let reader = serde_ignored::Deserializer::new(&mut json, &mut note);
        let read = serde_path_to_error::deserialize(reader);
        let (path, error) = match read.map(|value| (value, json.end())) {
            Ok((value, Ok(()))) => {
                misspelt(&unread, report);
                // Without one of its sections nothing can be said of the rest of a file.
                return whole.then_some(value);
            }
            Ok((_, Err(error))) => (String::new(), error),
            Err(error) => {
                let path = error.path().to_string();
                let path = path.trim_end_matches(['.', '?']).to_owned();
                (path, error.into_inner())
            }
        };
        if !error.is_data() {
            report.push(syntax(file, path, &error));
            return None;
        }
        let mut locator = Locator::new(&bytes);
        let fault = wrong_type(file, &path, &error.to_string(), &mut locator);
        let (above, name) = path.rsplit_once(['.', ']']).unwrap_or(("", &path));
        // A value that was blanked out is missing now.
        let is_blanked = |(owner, name): &(String, String)| {
            let missing = match &fault.fault {
                Fault::Json(JsonFault::MissingKey { key, .. }) => key == name,
                _ => false,
            };
            *owner == path && missing
        };
        if !blanked.iter().any(is_blanked) {
            report.push(Diagnostic {
                path: report.renumbered(&fault.path),
                ..fault
            });
        }
        let range = locator.range(&path)?;
        for name in locator.keys_along(&path) {
            report.lose(None, name);
        }
        match path.strip_suffix(']').and_then(|it| it.rsplit_once('[')) {
            Some((list, i)) => report.skip(list, i.parse().unwrap_or_default()),
            None => blanked.push((above.to_owned(), name.to_owned())),
        }
        whole &= !above.is_empty();
        let mut left = bytes.into_owned();
        blank_out(&mut left, range);
        bytes = Cow::Owned(left);
    }
    None
}

/// Overwrites an entry or element, and the comma that belongs to it, with spaces: everything else
/// stays where it stands.
fn blank_out(bytes: &mut [u8], range: std::ops::Range<usize>) {
    let solid = |byte: &u8| !byte.is_ascii_whitespace();
    let (before, rest) = bytes.split_at_mut(range.start);
    let (entry, behind) = rest.split_at_mut(range.len());
    for byte in entry.iter_mut().filter(|byte| **byte != b'\n') {
        *byte = b' ';
    }
    let comma = match behind.iter_mut().find(|byte| solid(byte)) {
        Some(byte) if *byte == b',' => Some(byte),
        _ => before.iter_mut().rfind(|byte| solid(byte)),
    };
    if let Some(byte) = comma.filter(|byte| **byte == b',') {
        *byte = b' ';
    }
}

/// Reports the keys that mean nothing, but are spelled almost like one that does.
fn misspelt(unread: &[(String, String)], report: &mut Report) {
    // Few keys are different from one another, and finding what is spelled like one takes its time.
    let mut found: HashMap<&str, Suggestion> = HashMap::new();
    for (path, key) in unread {
        let suggestion = found.entry(key).or_insert_with(|| {
            let mut known = keys::KNOWN.split_whitespace();
            let mut mirrored = keys::MIRRORED.split_whitespace();
            // A key of another object is none's misspelling.
            match known.any(|it| it == key) || mirrored.any(|it| it == key) {
                true => Suggestion::None,
                false => Suggestion::similar(key, keys::MIRRORED.split_whitespace()),
            }
        });
        if *suggestion != Suggestion::None {
            let fault = JsonFault::UnknownKey {
                key: key.clone(),
                suggestion: suggestion.clone(),
            };
            report.fault(path, fault);
        }
    }
}

/// A path of serde's as ours, and the last key on it.
fn way(path: &Path<'_>) -> (String, String) {
    match path {
        Path::Root => Default::default(),
        Path::Seq { parent, index } => {
            let (path, key) = way(parent);
            (format!("{path}[{index}]"), key)
        }
        Path::Map { parent, key } => match way(parent).0.as_str() {
            "" => (key.clone(), key.clone()),
            path => (format!("{path}.{key}"), key.clone()),
        },
        Path::Some { parent }
        | Path::NewtypeStruct { parent }
        | Path::NewtypeVariant { parent } => way(parent),
    }
}

fn at(
    file: &ModelFile,
    (line, column): (usize, usize),
    path: String,
    fault: JsonFault,
) -> Diagnostic {
    Diagnostic {
        file: file.name.clone(),
        line,
        column,
        path,
        fault: fault.into(),
    }
}

/// What serde_json's messages begin with, and what they mean. Its errors have no other types.
const SYNTAX: &[(&str, Syntax)] = &[
    ("EOF while parsing", Syntax::End),
    ("trailing comma", Syntax::TrailingComma),
    ("trailing characters", Syntax::TrailingCharacters),
    ("control character", Syntax::ControlCharacter),
    ("key must be a string", Syntax::Key),
    ("expected `,` or", Syntax::Comma),
    ("expected `:`", Syntax::Colon),
    ("expected value", Syntax::Value),
    ("expected ident", Syntax::Value),
    ("invalid escape", Syntax::Escape),
    ("invalid number", Syntax::Number),
    ("invalid unicode code point", Syntax::Utf8),
    ("recursion limit exceeded", Syntax::Depth),
];

fn syntax(file: &ModelFile, path: String, error: &serde_json::Error) -> Diagnostic {
    let text = error.to_string();
    let known = SYNTAX.iter().find(|(start, _)| text.starts_with(start));
    let syntax = match known {
        Some((_, syntax)) => syntax.clone(),
        None => Syntax::Other(
            text.split(" at line ")
                .next()
                .unwrap_or_default()
                .to_owned(),
        ),
    };
    // serde_json counts bytes, and the end of a line as column 0 of the next.
    let lines = file.bytes.split_inclusive(|byte| *byte == b'\n');
    let start: usize = lines.take(error.line().max(1) - 1).map(<[u8]>::len).sum();
    let offset = (start + error.column()).saturating_sub(1);
    let rest = file.bytes.get(offset..).unwrap_or_default();
    let is_word = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
    let word: Vec<u8> = rest.iter().take_while(is_word).copied().collect();
    let word = String::from_utf8_lossy(&word).into_owned();
    let place = position(&file.bytes, offset);
    at(file, place, path, JsonFault::Syntax { syntax, word })
}

/// The diagnostic for an error of serde at a path: a value of a wrong type, or an object that lacks a
/// key or has one too many. serde's errors have no types, so their text is read here, and only here.
pub(crate) fn wrong_type(
    file: &ModelFile,
    path: &str,
    text: &str,
    locator: &mut Locator<'_>,
) -> Diagnostic {
    let text = text.rsplit_once(" at line ").map_or(text, |(text, _)| text);
    let quoted = text.split('`').nth(1).unwrap_or_default();
    let mut path = path.to_owned();
    let fault = if text.starts_with("missing field") {
        let keys = locator.keys(&path);
        // A key that has a meaning is not a misspelling of this one, unless it is its plural.
        let strange = keys.iter().filter(|key| {
            let mut mirrored = keys::MIRRORED.split_whitespace();
            key.trim_end_matches('s') == quoted.trim_end_matches('s')
                || !mirrored.any(|known| known == key.as_str())
        });
        JsonFault::MissingKey {
            key: quoted.to_owned(),
            similar: nearest(quoted, strange.map(|key| (key.as_str(), key))).cloned(),
        }
    } else if text.starts_with("duplicate field") {
        let dot = if path.is_empty() { "" } else { "." };
        path = format!("{path}{dot}{quoted}");
        JsonFault::DuplicateKey
    } else if text.starts_with("unknown field") {
        let known = text.split('`').skip(3).step_by(2);
        JsonFault::UnknownKey {
            key: quoted.to_owned(),
            suggestion: Suggestion::similar(quoted, known),
        }
    } else if text.starts_with("invalid length") {
        // serde would take a list for the fields of an object in their order.
        JsonFault::Type {
            expected: JsonType::Object,
            found: Some(JsonType::List),
        }
    } else if let Some((found, expected)) = text
        .split_once(": ")
        .and_then(|(_, text)| text.rsplit_once(", expected "))
    {
        JsonFault::Type {
            expected: json_type(expected),
            found: Some(json_type(found)),
        }
    } else if let Some(expected) = text.strip_prefix("expected ") {
        JsonFault::Type {
            expected: json_type(expected),
            found: None,
        }
    } else {
        JsonFault::Other(text.to_owned())
    };
    let place = locator.position(&path);
    at(file, place, path, fault)
}

/// The type of JSON that serde's words describe.
fn json_type(serde: &str) -> JsonType {
    let (kind, value) = serde.split_once(' ').unwrap_or((serde, ""));
    let bare = value.trim_matches('`');
    match (kind, serde) {
        (_, "null") => JsonType::Null,
        ("map", _) | (_, "a map" | "an object") => JsonType::Object,
        ("sequence", _) | (_, "a sequence" | "a list") => JsonType::List,
        ("string", _) => JsonType::String(Some(value.to_owned())),
        (_, "a string") => JsonType::String(None),
        ("integer" | "floating", _) => {
            JsonType::Number(Some(bare.trim_start_matches("point `").to_owned()))
        }
        ("boolean", _) => JsonType::Boolean(Some(bare.to_owned())),
        (_, "a boolean") => JsonType::Boolean(None),
        ("usize" | "u64" | "u32" | "i64", _) => JsonType::WholeNumber,
        (_, "a JSON number") => JsonType::Number(None),
        _ => JsonType::Other(serde.to_owned()),
    }
}

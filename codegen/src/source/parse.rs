//! Deserializes files and reports all their faults at once.
//!
//! serde stops at the first value of a wrong type. Such a value is overwritten with spaces and the file is
//! deserialized again until no such value is left. The rest of the file is lowered, so that its other faults are
//! reported in the same run. A file with a syntax error cannot be deserialized.

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

/// The maximum number of values of a wrong type that are reported for one file.
const MAX_REPORTED: usize = 100;

/// Deserializes a file and reports its faults. Returns `None` if the file is not usable.
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
    // The paths of objects, and the keys that were blanked out of them.
    let mut blanked = Vec::new();
    let mut complete = true;
    for _ in 0..MAX_REPORTED {
        let mut ignored = Vec::new();
        let mut on_ignored = |path: Path<'_>| ignored.push(path_and_key(&path));
        let mut json = serde_json::Deserializer::from_slice(&bytes);
        let reader = serde_ignored::Deserializer::new(&mut json, &mut on_ignored);
        let read = serde_path_to_error::deserialize(reader);
        let (path, error) = match read.map(|value| (value, json.end())) {
            Ok((value, Ok(()))) => {
                report_misspelled(&ignored, report);
                // Without one of its sections, the rest of a file is not meaningful.
                return complete.then_some(value);
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
        let (parent, name) = path.rsplit_once(['.', ']']).unwrap_or(("", &path));
        // A value that was blanked out is missing and must not be reported again.
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
            report.omit(None, name);
        }
        match path.strip_suffix(']').and_then(|it| it.rsplit_once('[')) {
            Some((list, i)) => report.skip(list, i.parse().unwrap_or_default()),
            None => blanked.push((parent.to_owned(), name.to_owned())),
        }
        complete &= !parent.is_empty();
        let mut rest = bytes.into_owned();
        blank_out(&mut rest, range);
        bytes = Cow::Owned(rest);
    }
    None
}

/// Overwrites an entry or element and its comma with spaces. The positions of everything else are unchanged.
fn blank_out(bytes: &mut [u8], range: std::ops::Range<usize>) {
    let is_solid = |byte: &u8| !byte.is_ascii_whitespace();
    let (before, rest) = bytes.split_at_mut(range.start);
    let (entry, after) = rest.split_at_mut(range.len());
    for byte in entry.iter_mut().filter(|byte| **byte != b'\n') {
        *byte = b' ';
    }
    let comma = match after.iter_mut().find(|byte| is_solid(byte)) {
        Some(byte) if *byte == b',' => Some(byte),
        _ => before.iter_mut().rfind(|byte| is_solid(byte)),
    };
    if let Some(byte) = comma.filter(|byte| **byte == b',') {
        *byte = b' ';
    }
}

/// Reports the ignored keys that are similar to a key of the format.
fn report_misspelled(ignored: &[(String, String)], report: &mut Report) {
    // Most ignored keys occur many times, and the search for similar keys is slow.
    let mut found: HashMap<&str, Suggestion> = HashMap::new();
    for (path, key) in ignored {
        let suggestion = found.entry(key).or_insert_with(|| {
            let mut known = keys::KNOWN.split_whitespace();
            let mut mirrored = keys::MIRRORED.split_whitespace();
            // A key of another object is not a misspelling.
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

/// Converts a path of serde to a JSON path, and returns it with the last key on it.
fn path_and_key(path: &Path<'_>) -> (String, String) {
    match path {
        Path::Root => Default::default(),
        Path::Seq { parent, index } => {
            let (path, key) = path_and_key(parent);
            (format!("{path}[{index}]"), key)
        }
        Path::Map { parent, key } => match path_and_key(parent).0.as_str() {
            "" => (key.clone(), key.clone()),
            path => (format!("{path}.{key}"), key.clone()),
        },
        Path::Some { parent }
        | Path::NewtypeStruct { parent }
        | Path::NewtypeVariant { parent } => path_and_key(parent),
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

/// The beginnings of serde_json's messages, and the corresponding syntax errors. serde_json does not expose them
/// otherwise.
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
    let message = error.to_string();
    let known = SYNTAX.iter().find(|(start, _)| message.starts_with(start));
    let syntax = match known {
        Some((_, syntax)) => syntax.clone(),
        None => Syntax::Other(
            message
                .split(" at line ")
                .next()
                .unwrap_or_default()
                .to_owned(),
        ),
    };
    // The columns of serde_json count bytes, and the end of a line is column 0 of the next line.
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

/// Converts an error of serde at a path to a diagnostic: a value of a wrong type, or an object with a missing, duplicate
/// or unknown key.
///
/// The errors of serde have no kinds. Only this file examines the wording of messages.
pub(crate) fn wrong_type(
    file: &ModelFile,
    path: &str,
    message: &str,
    locator: &mut Locator<'_>,
) -> Diagnostic {
    let message = message
        .rsplit_once(" at line ")
        .map_or(message, |(message, _)| message);
    let quoted = message.split('`').nth(1).unwrap_or_default();
    let mut path = path.to_owned();
    let fault = if message.starts_with("missing field") {
        let keys = locator.keys(&path);
        // A key of another object is not a misspelling of this one, unless they differ by one character.
        let candidates = keys.iter().filter(|key| {
            let mut mirrored = keys::MIRRORED.split_whitespace();
            strsim::damerau_levenshtein(key, quoted) == 1
                || !mirrored.any(|known| known == key.as_str())
        });
        JsonFault::MissingKey {
            key: quoted.to_owned(),
            similar: nearest(quoted, candidates.map(|key| (key.as_str(), key))).cloned(),
        }
    } else if message.starts_with("duplicate field") {
        let dot = if path.is_empty() { "" } else { "." };
        path = format!("{path}{dot}{quoted}");
        JsonFault::DuplicateKey
    } else if message.starts_with("unknown field") {
        let known = message.split('`').skip(3).step_by(2);
        let nearest = nearest(quoted, known.map(|key| (key, key)));
        JsonFault::UnknownKey {
            key: quoted.to_owned(),
            suggestion: nearest.map_or(Suggestion::None, |key| Suggestion::Similar(key.to_owned())),
        }
    } else if message.starts_with("invalid length") {
        // serde accepts a list in place of an object, as the values of its fields in order.
        JsonFault::Type {
            expected: JsonType::Object,
            found: Some(JsonType::List),
        }
    } else if let Some((found, expected)) = message
        .split_once(": ")
        .and_then(|(_, types)| types.rsplit_once(", expected "))
    {
        JsonFault::Type {
            expected: json_type(expected),
            found: Some(json_type(found)),
        }
    } else if let Some(expected) = message.strip_prefix("expected ") {
        JsonFault::Type {
            expected: json_type(expected),
            found: None,
        }
    } else {
        JsonFault::Other(message.to_owned())
    };
    let place = locator.position(&path);
    at(file, place, path, fault)
}

/// Returns the JSON type that a message of serde describes.
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
        ("usize" | "u64" | "u32" | "i64" | "i32", _) => JsonType::Integer,
        (_, "a JSON number") => JsonType::Number(None),
        _ => JsonType::Other(serde.to_owned()),
    }
}

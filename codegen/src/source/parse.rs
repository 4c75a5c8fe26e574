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
use crate::diagnostic::{Diagnostic, Faults, Report, did_you_mean, nearest};
use crate::locate::{Locator, position};

/// So many values of a wrong type are told of one file.
const MOST: usize = 100;

/// Reads a file; none when it cannot be made sense of.
pub(crate) fn parse<T: DeserializeOwned>(file: &ModelFile, faults: &mut Faults) -> Option<T> {
    if file.bytes.starts_with("\u{feff}".as_bytes()) {
        let fault = "a byte order mark, which is no JSON";
        let fault = at(
            file,
            (1, 1),
            String::new(),
            fault,
            "save the file without it",
        );
        faults.extend(vec![fault]);
        return None;
    }
    let mut report = Report::new(&file.name);
    let value = read(file, &mut report);
    faults.add(report);
    value
}

fn read<T: DeserializeOwned>(file: &ModelFile, report: &mut Report) -> Option<T> {
    let mut bytes = Cow::Borrowed(file.bytes.as_slice());
    // Objects with the faults that their lack of a key would be.
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
        // What was blanked out is missing now.
        if !blanked.contains(&(path.clone(), fault.fault.clone())) {
            report.push(Diagnostic {
                path: report.renumbered(&fault.path),
                ..fault
            });
        }
        let range = locator.range(&path)?;
        for name in locator.keys_along(&path) {
            report.lose(format!("\"{name}\""));
        }
        match path.strip_suffix(']').and_then(|it| it.rsplit_once('[')) {
            Some((list, i)) => report.skip(list, i.parse().unwrap_or_default()),
            None => blanked.push((above.to_owned(), format!("no \"{name}\""))),
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
    let mut hints: HashMap<&str, String> = HashMap::new();
    for (path, key) in unread {
        let hint = hints.entry(key).or_insert_with(|| {
            let mut known = keys::KNOWN.split_whitespace();
            let mut mirrored = keys::MIRRORED.split_whitespace();
            // A key of another object is none's misspelling.
            match known.any(|it| it == key) || mirrored.any(|it| it == key) {
                true => String::new(),
                false => did_you_mean(key, keys::MIRRORED.split_whitespace(), ""),
            }
        });
        if !hint.is_empty() {
            report.fault(path, format!("unknown key \"{key}\""), hint);
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
    fault: impl Into<String>,
    hint: impl Into<String>,
) -> Diagnostic {
    Diagnostic {
        file: file.name.clone(),
        line,
        column,
        path,
        fault: fault.into(),
        hint: hint.into(),
    }
}

const NO_VALUE: &str = "no JSON value";

/// What serde_json calls a fault of syntax, what we call it, and how to mend it.
const SYNTAX: &[(&str, &str, &str)] = &[
    (
        "EOF while parsing",
        "the file ends too early",
        "it was cut short, or a bracket or quotation mark is not closed",
    ),
    (
        "trailing comma",
        "a comma with nothing behind it",
        "remove it",
    ),
    (
        "trailing characters",
        "something stands behind the model's end",
        "remove it, or a bracket too many before it",
    ),
    (
        "control character",
        "a line break or control character inside a string",
        "close the string, or write the character as an escape, as \\n",
    ),
    (
        "key must be a string",
        "a key that is no string",
        "put it in double quotes",
    ),
    (
        "expected `,` or",
        "a comma or closing bracket should stand before this",
        "add it",
    ),
    (
        "expected `:`",
        "a colon should stand before this",
        "add it behind the key",
    ),
    (
        "expected value",
        NO_VALUE,
        "values are strings in double quotes, numbers, true, false, null, lists and objects",
    ),
    (
        "expected ident",
        NO_VALUE,
        "did you mean true, false or null?",
    ),
    (
        "invalid escape",
        "no escape of JSON",
        "known are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hex digits",
    ),
    (
        "invalid number",
        "no number of JSON",
        "write it as 7, -7, 0.7 or 7e9",
    ),
    (
        "invalid unicode code point",
        "bytes that are no UTF-8",
        "save the file as UTF-8",
    ),
    (
        "recursion limit exceeded",
        "brackets are nested too deeply",
        "128 levels are the limit",
    ),
];

fn syntax(file: &ModelFile, path: String, error: &serde_json::Error) -> Diagnostic {
    let text = error.to_string();
    let known = SYNTAX
        .iter()
        .find(|(theirs, _, _)| text.starts_with(theirs));
    let (fault, hint) = match known {
        Some((_, fault, hint)) => (*fault, *hint),
        None => (text.split(" at line ").next().unwrap_or_default(), ""),
    };
    // serde_json counts bytes, and the end of a line as column 0 of the next.
    let lines = file.bytes.split_inclusive(|byte| *byte == b'\n');
    let start: usize = lines.take(error.line().max(1) - 1).map(<[u8]>::len).sum();
    let offset = (start + error.column()).saturating_sub(1);
    let rest = file.bytes.get(offset..).unwrap_or_default();
    let is_word = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
    let word: Vec<u8> = rest.iter().take_while(is_word).copied().collect();
    let word = String::from_utf8_lossy(&word);
    let place = position(&file.bytes, offset);
    let hint = match word.to_lowercase().as_str() {
        "" => hint.to_owned(),
        _ if fault != NO_VALUE => hint.to_owned(),
        word @ ("true" | "false" | "null") => format!("write {word}"),
        "none" | "nil" | "undefined" => "write null".to_owned(),
        _ => format!("if a string is meant, write \"{word}\""),
    };
    at(file, place, path, fault, hint)
}

/// What to write where a key is missing.
const MISSING: &[(&str, &str)] = &[
    (
        "metadata",
        "a model of botocore's format has it; a Smithy model has \"smithy\" in its place",
    ),
    (
        "shape",
        "name the shape that it is of, as \"shape\": \"Name\"",
    ),
    (
        "target",
        "name the shape that it is of, as \"target\": \"namespace#Name\"",
    ),
    ("type", "say what it is, as \"type\": \"string\""),
];

/// A value of a wrong type, or an object that lacks something: path, fault and hint in our words for
/// what serde says of the value at a path.
pub(crate) fn wrong_type(
    file: &ModelFile,
    path: &str,
    text: &str,
    locator: &mut Locator<'_>,
) -> Diagnostic {
    let text = text.rsplit_once(" at line ").map_or(text, |(text, _)| text);
    let quoted = text.split('`').nth(1).unwrap_or_default();
    let mut path = path.to_owned();
    let (fault, hint) = if text.starts_with("missing field") {
        let keys = locator.keys(&path);
        // A key that has a meaning of its own is not meant for this one, unless it is its plural.
        let strange = keys.iter().filter(|key| {
            let mut mirrored = keys::MIRRORED.split_whitespace();
            key.trim_end_matches('s') == quoted.trim_end_matches('s')
                || !mirrored.any(|known| known == key.as_str())
        });
        let what = MISSING.iter().find(|(key, _)| *key == quoted);
        let hint = match nearest(quoted, strange.map(|key| (key.as_str(), key))) {
            Some(key) => format!("is it meant by \"{key}\"?"),
            None => what.map_or("add it", |(_, hint)| hint).to_owned(),
        };
        (format!("no \"{quoted}\""), hint)
    } else if text.starts_with("duplicate field") {
        let dot = if path.is_empty() { "" } else { "." };
        path = format!("{path}{dot}{quoted}");
        ("stands twice".to_owned(), "remove one of them".to_owned())
    } else if text.starts_with("unknown field") {
        let known = text.split('`').skip(3).step_by(2);
        let hint = did_you_mean(quoted, known, "remove it");
        (format!("unknown key \"{quoted}\""), hint)
    } else if text.starts_with("invalid length") {
        // serde would take a list for the fields of an object in their order.
        ("expected an object, found a list".to_owned(), String::new())
    } else if let Some((found, expected)) = text
        .split_once(": ")
        .and_then(|(_, text)| text.rsplit_once(", expected "))
    {
        let (found, expected) = (in_words(found), in_words(expected));
        let hint = mend(&found, &expected).to_owned();
        (format!("expected {expected}, found {found}"), hint)
    } else {
        (text.to_owned(), String::new())
    };
    let place = locator.position(&path);
    at(file, place, path, fault, hint)
}

/// serde's names of types in the words of JSON.
fn in_words(serde: &str) -> String {
    let (kind, value) = serde.split_once(' ').unwrap_or((serde, ""));
    let bare = value.trim_matches('`');
    match kind {
        "map" => "an object".to_owned(),
        "sequence" => "a list".to_owned(),
        "string" => format!("the string {value}"),
        "integer" | "floating" => format!("the number {}", bare.trim_start_matches("point `")),
        "boolean" => bare.to_owned(),
        "usize" | "u64" | "i64" => "a whole number".to_owned(),
        _ if serde == "a sequence" => "a list".to_owned(),
        _ if serde == "a map" => "an object".to_owned(),
        _ => serde.to_owned(),
    }
}

/// How a value of a wrong type becomes one of the right type.
fn mend(found: &str, expected: &str) -> &'static str {
    match (found, expected) {
        ("null", _) => "give it a value or remove it",
        (_, "a list") if found != "an object" => "put it in [ ]",
        (_, "a string") if found.starts_with("the number") => "put it in double quotes",
        (_, "a boolean") if found.starts_with("the string") => {
            "write true or false, without quotes"
        }
        _ if found.starts_with("the string") && expected.ends_with("number") => {
            "write it without quotes"
        }
        _ => "",
    }
}

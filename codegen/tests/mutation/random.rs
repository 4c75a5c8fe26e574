//! Random mutations of a model's files, as bytes and as JSON.

use lean_aws_codegen::{ModelFile, ModelFiles};
use serde_json::Value;

/// Strings that have a meaning in models or in Rust, or that are hard to handle.
const STRINGS: &[&str] = &[
    "",
    "_",
    "-",
    "{",
    "}{",
    "{}",
    "{Account}",
    "#",
    "a#b#c",
    "self",
    "Self",
    "crate",
    "type",
    "r#fn",
    "3D",
    "Vec",
    "Error",
    "é",
    "ſ",
    "\u{1f600}",
    "a\u{301}",
    "\u{feff}",
    "\0",
    "\"",
    "\\",
    "*/ /* //",
    "```",
    "<p>",
    "</",
    "&#x110000;",
    "a.b.c",
    "[0]",
    "99999999999999999999",
    "structure",
    "list",
    "map",
    "union",
    "enum",
    "string",
    "document",
    "operation",
    "smithy.api#String",
    "smithy.api#Unit",
    "smithy.api#Document",
    "com.example#Text",
    "com.example#Tag",
    "^(a|b)\\-\\w+\\-\\d+$",
    "(((((",
    "https://{Region}",
];

/// Returns a model with up to four changes in one of its files, which may come from `other`.
pub(crate) fn mutate(model: &ModelFiles, other: &ModelFiles, random: &mut Random) -> ModelFiles {
    let mut model = model.clone();
    let mut files = super::files(&mut model);
    let service = files.len() - 1;
    // The model itself has more to mutate than its sidecar files.
    let index = match random.below(3) {
        0 => random.below(files.len()),
        _ => service,
    };
    let file = files.swap_remove(index);
    for _ in 0..=random.below(3) {
        file.bytes = match random.below(3) {
            0 => mutate_bytes(&file.bytes, &other.service.bytes, random),
            _ => mutate_json(file, &other.service, random),
        };
    }
    model
}

fn mutate_bytes(bytes: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    if bytes.is_empty() {
        return bytes;
    }
    let at = random.below(bytes.len());
    let length = random.below(40).min(bytes.len() - at);
    match random.below(6) {
        0 => bytes[at] = random.next() as u8,
        1 => bytes[at] ^= 1 << random.below(8),
        2 => bytes.truncate(at),
        3 => drop(bytes.drain(at..at + length)),
        4 => {
            let copy = bytes[at..at + length].to_vec();
            let to = random.below(bytes.len());
            bytes.splice(to..to, copy);
        }
        _ => {
            let from = random.below(other.len());
            bytes.splice(at..at + length, other[from..].iter().copied().take(length));
        }
    }
    bytes
}

fn mutate_json(file: &ModelFile, other: &ModelFile, random: &mut Random) -> Vec<u8> {
    let Ok(mut json) = serde_json::from_slice::<Value>(&file.bytes) else {
        return file.bytes.clone();
    };
    let other = serde_json::from_slice(&other.bytes).unwrap_or_default();
    let new = match random.below(6) {
        0 => random_value(&json, random).clone(),
        1 => random_value(&other, random).clone(),
        2 => Value::Null,
        3 => Value::Bool(random.below(2) == 0),
        4 => Value::from(random.next() as i64 >> random.below(63)),
        _ => Value::from(*random.choose(STRINGS)),
    };
    let key = match random_value(&json, random) {
        Value::String(text) => text.clone(),
        _ => (*random.choose(STRINGS)).to_owned(),
    };
    let pointer = random_pointer(&json, random);
    let place = json.pointer_mut(&pointer).unwrap();
    match (place, random.below(4)) {
        (Value::Object(object), 0) => drop(object.insert(key, new)),
        (Value::Object(object), 1) if !object.is_empty() => {
            let i = random.below(object.len());
            let old = object.keys().nth(i).unwrap().clone();
            let value = object.remove(&old).unwrap();
            object.insert(key, value);
        }
        (Value::Object(object), 2) if !object.is_empty() => {
            let i = random.below(object.len());
            let old = object.keys().nth(i).unwrap().clone();
            object.remove(&old);
        }
        (Value::Array(list), 0) => list.push(new),
        (Value::Array(list), 1) => list.extend(list.clone()),
        (place, _) => *place = new,
    }
    serde_json::to_vec_pretty(&json).unwrap()
}

/// A random value of a document.
fn random_value<'v>(json: &'v Value, random: &mut Random) -> &'v Value {
    json.pointer(&random_pointer(json, random)).unwrap()
}

/// The JSON pointer to a random value of a document.
fn random_pointer(json: &Value, random: &mut Random) -> String {
    let (mut place, mut pointer) = (json, String::new());
    while random.below(6) > 0 {
        let step = match place {
            Value::Array(list) if !list.is_empty() => random.below(list.len()).to_string(),
            Value::Object(object) if !object.is_empty() => {
                let key = object.keys().nth(random.below(object.len())).unwrap();
                key.replace('~', "~0").replace('/', "~1")
            }
            _ => break,
        };
        pointer = format!("{pointer}/{step}");
        place = json.pointer(&pointer).unwrap();
    }
    pointer
}

/// The generator xorshift64*, which is small and good enough here.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        // A state of zero would stay zero.
        Self(seed | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number from 0 to below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() >> 33) as usize % end.max(1)
    }

    pub(crate) fn choose<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len())]
    }
}

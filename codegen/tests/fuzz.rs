//! Whatever stands in a model's files, the generator answers with files or faults, and soon.
//!
//! The fixtures are damaged at random, as bytes and as JSON. A few hundred cases run with the other
//! tests, the same ones each time; for more, and others each time:
//!
//! ```sh
//! CODEGEN_FUZZ_SECONDS=600 cargo test -p codegen --test fuzz --release
//! ```

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "all of it is a test"
)]

mod common;

use std::panic::catch_unwind;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use codegen::{ModelFile, ModelFiles};
use serde_json::Value;

const CASES: usize = 400;

/// So long may one case take; most take a hundredth of it.
const PATIENCE: Duration = Duration::from_secs(20);

/// Texts that mean something to a model, to Rust, or to nobody.
const TEXTS: &[&str] = &[
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

#[test]
fn readers() {
    let seconds = std::env::var("CODEGEN_FUZZ_SECONDS").ok();
    let seconds = seconds.map(|it| {
        it.parse()
            .expect("CODEGEN_FUZZ_SECONDS is a number of seconds")
    });
    let clock = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap();
    let mut random = Random(seconds.map_or(7, |_: u64| clock.as_nanos() as u64) | 1);
    let end = Instant::now() + Duration::from_secs(seconds.unwrap_or(0));
    let mut seeds = Vec::new();
    for folder in ["fixtures", "damaged"] {
        seeds.extend(common::models(folder).unwrap());
        seeds.extend(common::smithy_models(folder).unwrap());
    }
    let (mut cases, mut accepted) = (0, 0);
    while cases < CASES || Instant::now() < end {
        let (name, seed) = random.of(&seeds);
        let model = damaged(seed, &seeds, &mut random);
        if seconds.is_some() {
            // A stack that overflows leaves no other trace.
            keep(&model);
        }
        let started = Instant::now();
        let result = catch_unwind(|| codegen::generate(&model, None));
        let took = started.elapsed();
        if result.is_err() || took > PATIENCE {
            panic!(
                "{name}, after {took:?}; the case stands in {}",
                keep(&model)
            );
        }
        if let Ok(Err(faults)) = &result {
            assert!(
                !faults.0.is_empty(),
                "no fault; the case stands in {}",
                keep(&model)
            );
        }
        accepted += usize::from(matches!(result, Ok(Ok(_))));
        cases += 1;
    }
    println!("{cases} cases, {accepted} of them accepted");
}

/// Writes a case down to be looked at.
fn keep(model: &ModelFiles) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let files = [
        &model.paginators,
        &model.endpoint_rules,
        &model.partitions,
        &model.enum_docs,
        &model.rust,
    ];
    for file in files.into_iter().flatten().chain([&model.service]) {
        std::fs::write(folder.join(&file.name), &file.bytes).unwrap();
    }
    folder.display().to_string()
}

fn damaged(seed: &ModelFiles, seeds: &[(String, ModelFiles)], random: &mut Random) -> ModelFiles {
    let mut model = seed.clone();
    let beside = [
        &mut model.paginators,
        &mut model.endpoint_rules,
        &mut model.partitions,
        &mut model.enum_docs,
        &mut model.rust,
    ];
    let mut beside: Vec<_> = beside.into_iter().flatten().collect();
    let file = match beside.len() {
        // Mostly the model itself.
        0 => &mut model.service,
        count if random.below(3) == 0 => beside.swap_remove(random.below(count)),
        _ => &mut model.service,
    };
    let (_, other) = random.of(seeds);
    for _ in 0..=random.below(3) {
        file.bytes = match random.below(3) {
            0 => damaged_bytes(&file.bytes, &other.service.bytes, random),
            _ => damaged_json(file, &other.service, random),
        };
    }
    model
}

fn damaged_bytes(bytes: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
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

fn damaged_json(file: &ModelFile, other: &ModelFile, random: &mut Random) -> Vec<u8> {
    let Ok(mut json) = serde_json::from_slice::<Value>(&file.bytes) else {
        return file.bytes.clone();
    };
    let other = serde_json::from_slice(&other.bytes).unwrap_or_default();
    let new = match random.below(6) {
        0 => pick(&json, random).clone(),
        1 => pick(&other, random).clone(),
        2 => Value::Null,
        3 => Value::Bool(random.below(2) == 0),
        4 => Value::from(random.next() as i64 >> random.below(63)),
        _ => Value::from(*random.of(TEXTS)),
    };
    let key = match pick(&json, random) {
        Value::String(text) => text.clone(),
        _ => (*random.of(TEXTS)).to_owned(),
    };
    let way = way(&json, random);
    let place = json.pointer_mut(&way).unwrap();
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

/// Some value of a document.
fn pick<'v>(json: &'v Value, random: &mut Random) -> &'v Value {
    json.pointer(&way(json, random)).unwrap()
}

/// The JSON pointer of some value.
fn way(json: &Value, random: &mut Random) -> String {
    let (mut place, mut way) = (json, String::new());
    while random.below(6) > 0 {
        let step = match place {
            Value::Array(list) if !list.is_empty() => random.below(list.len()).to_string(),
            Value::Object(object) if !object.is_empty() => {
                let key = object.keys().nth(random.below(object.len())).unwrap();
                key.replace('~', "~0").replace('/', "~1")
            }
            _ => break,
        };
        way = format!("{way}/{step}");
        place = json.pointer(&way).unwrap();
    }
    way
}

/// xorshift64*: small, and good enough for this.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() >> 33) as usize % end.max(1)
    }

    fn of<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len())]
    }
}

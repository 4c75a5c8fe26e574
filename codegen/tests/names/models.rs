//! Names that generated code or the macros of the runtime define or use, and models that use them for everything.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use heck::{ToSnakeCase, ToUpperCamelCase};
use serde_json::{Map, Value, json};

/// The keywords of all editions, including reserved and weak ones, and the names that are special in paths.
const KEYWORDS: &str = "abstract as async auto await become box break catch const continue crate default do dyn else \
    enum extern false final fn for gen if impl in let loop macro macro_rules match mod move mut override priv pub raw \
    ref return safe self Self static struct super trait true try type typeof union unsafe unsized use virtual where \
    while yield _";

/// What is in scope without an import, and what tests and derived code use.
const STANDARD: &str = "Option Some None Result Ok Err Vec String Box Copy Send Sync Sized Unpin Drop Fn FnMut FnOnce \
    drop AsRef AsMut Into From Default Iterator Extend IntoIterator DoubleEndedIterator ExactSizeIterator Clone \
    ToOwned ToString TryFrom TryInto FromIterator Future IntoFuture PartialEq PartialOrd Eq Ord Hash Debug Display \
    Error Arc Rc Pin Duration HashMap BTreeMap Infallible bool char str i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 \
    usize f32 f64 std core alloc test derive doc inline deprecated must_use non_exhaustive automatically_derived \
    panic assert assert_eq debug_assert vec format print println write writeln matches todo unreachable \
    unimplemented concat stringify include_str env line column file module_path cfg compile_error thread_local \
    clone clone_from to_string to_owned into from try_into try_from borrow borrow_mut type_id eq ne cmp partial_cmp \
    lt le gt ge max min clamp hash fmt as_ref as_mut deref deref_mut into_iter next iter description cause provide";

/// The names that the crates and the runtime reserve for themselves by meaning, whatever the sources contain.
const OWN: &str = "Client Config Builder Input Output Unknown Unhandled Operation Service Endpoint Types Errors \
    Primitives Waiters Operations ServiceError SdkError Item Items Token T E R O I K V a b f it value input out";

/// Returns the names, which include all identifiers in the macros of the runtime and all identifiers that the files of
/// several generated crates have in common.
pub(crate) fn all(generated: impl Iterator<Item = String>) -> BTreeSet<String> {
    let words = [KEYWORDS, STANDARD, OWN]
        .into_iter()
        .flat_map(str::split_whitespace);
    let mut names: BTreeSet<String> = words.map(str::to_owned).collect();
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../workspaces-sdk/runtime/src");
    let before = names.len();
    in_macros(&runtime, &mut names);
    assert!(names.len() > before + 200, "the macros are not found");
    let mut crates_with: BTreeMap<String, usize> = BTreeMap::new();
    for text in generated {
        let found: BTreeSet<String> = identifiers(&text).collect();
        for name in found {
            *crates_with.entry(name).or_default() += 1;
        }
    }
    let common = crates_with.into_iter().filter(|(_, crates)| *crates > 1);
    names.extend(common.map(|(name, _)| name));
    names
}

fn in_macros(folder: &Path, names: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            in_macros(&path, names);
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for body in text.split("macro_rules! ").skip(1) {
            names.extend(identifiers(body.split("\n}\n").next().unwrap()));
        }
    }
}

/// Returns the identifiers in code, apart from comments, strings and lifetimes.
fn identifiers(code: &str) -> impl Iterator<Item = String> {
    let lines = code.lines().map(|line| line.split("//").next().unwrap());
    let outside = lines.flat_map(|line| line.split('"').step_by(2));
    let words = outside.flat_map(|text| text.split(|c: char| !c.is_alphanumeric() && c != '_'));
    let words =
        words.filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_'));
    words.map(str::to_owned)
}

/// Returns the names that differ when they are written by a convention of Rust.
fn distinct(names: &BTreeSet<String>, convert: impl Fn(&str) -> String) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut is_new = |name: &&String| {
        let converted = convert(name);
        !converted.is_empty() && seen.insert(converted)
    };
    names.iter().filter(|name| is_new(name)).cloned().collect()
}

fn snake(name: &str) -> String {
    name.to_snake_case()
}

pub(crate) fn camel(name: &str) -> String {
    name.to_upper_camel_case()
}

/// What the names are names of, and how many names there are for each one of a normal run. A name of an operation becomes
/// many types, and one of a value a single line.
pub(crate) const KINDS: [(&str, usize); 8] = [
    ("members", 8),
    ("values", 1),
    ("structures", 16),
    ("enums", 16),
    ("unions", 16),
    ("errors", 16),
    ("operations", 32),
    ("waiters", 8),
];

/// Returns a model in which all items of a kind have these names, and its waiters.
pub(crate) fn model_of(kind: &str, names: &BTreeSet<String>) -> (Value, Option<Value>) {
    let (members, types) = (distinct(names, snake), distinct(names, camel));
    let model = match kind {
        "members" => of_members(&members),
        "values" => of_values(&types),
        "operations" => of_operations(&types),
        "waiters" => return (of_operations(&types[..1]), Some(waiters(&types))),
        kind => of_types(kind, &types),
    };
    (model, None)
}

/// Returns a model of these shapes, whose operation `Call` has them as input, output and errors.
fn model(operations: Value, shapes: Map<String, Value>) -> Value {
    json!({
        "version": "2.0",
        "metadata": {
            "apiVersion": "2024-01-01", "endpointPrefix": "hostile", "jsonVersion": "1.1", "protocol": "json",
            "serviceFullName": "Hostile Names", "serviceId": "Hostile", "signatureVersion": "v4",
            "targetPrefix": "Hostile",
        },
        "operations": operations,
        "shapes": shapes,
    })
}

fn operation(name: &str, input: &str, output: &str, errors: &[&str]) -> Value {
    let errors: Vec<Value> = errors.iter().map(|error| json!({"shape": error})).collect();
    json!({
        "name": name, "http": {"method": "POST", "requestUri": "/"},
        "input": {"shape": input}, "output": {"shape": output}, "errors": errors,
    })
}

fn structure(members: impl Iterator<Item = (String, String)>) -> Value {
    let members = members.map(|(name, shape)| (name, json!({"shape": shape})));
    json!({"type": "structure", "members": members.collect::<Map<_, _>>()})
}

/// The shapes of values.
fn simple() -> Map<String, Value> {
    let shapes = json!({
        "TextHere": {"type": "string"},
        "SecretHere": {"type": "string", "sensitive": true},
        "NumberHere": {"type": "integer"},
        "TimeHere": {"type": "timestamp"},
        "BytesHere": {"type": "blob"},
        "TextsHere": {"type": "list", "member": {"shape": "TextHere"}},
        "MapHere": {"type": "map", "key": {"shape": "TextHere"}, "value": {"shape": "TextsHere"}},
    });
    shapes.as_object().unwrap().clone()
}

/// Names of members, of each kind of shape with members.
fn of_members(names: &[String]) -> Value {
    let mut shapes = simple();
    let kinds = [
        "TextHere",
        "NumberHere",
        "TimeHere",
        "TextsHere",
        "MapHere",
        "SecretHere",
        "BytesHere",
    ];
    let members = || {
        let shapes = kinds.into_iter().cycle();
        names.iter().cloned().zip(shapes.map(str::to_owned))
    };
    let message = |(name, shape): (String, String)| match snake(&name).as_str() {
        // The message of an error is a string.
        "message" => (name, "TextHere".to_owned()),
        _ => (name, shape),
    };
    let mut union = structure(members());
    union["union"] = json!(true);
    // Each error has a message, and so methods that set and get it.
    let of_message = ["set_message", "get_message"];
    let members_of_error = members().filter(|(name, _)| !of_message.contains(&&*snake(name)));
    let mut error = structure(members_of_error.map(message));
    error["exception"] = json!(true);
    let mut required = structure(members());
    required["required"] = json!(names);
    let nested =
        ["Union", "Required", "Optional"].map(|name| (name.to_owned(), format!("{name}Here")));
    for (name, shape) in [
        ("UnionHere", union),
        ("RequiredHere", required),
        ("OptionalHere", structure(members())),
        ("FailureHere", error),
        (
            "CallRequest",
            structure(members().chain(nested.clone().map(|(name, shape)| (name + "Here", shape)))),
        ),
        (
            "CallResponse",
            structure(members().chain(nested.map(|(name, shape)| (name + "Here", shape)))),
        ),
    ] {
        shapes.insert(name.to_owned(), shape);
    }
    model(
        json!({"CallHere": operation("CallHere", "CallRequest", "CallResponse", &["FailureHere"])}),
        shapes,
    )
}

/// Names of the values of an enum.
fn of_values(names: &[String]) -> Value {
    let mut shapes = simple();
    let mut values = BTreeSet::new();
    // A letter after a digit starts a word in a value.
    let values: Vec<&String> = (names.iter())
        .filter(|name| values.insert(camel(name).to_lowercase()))
        .collect();
    shapes.insert(
        "WordHere".to_owned(),
        json!({"type": "string", "enum": values}),
    );
    shapes.insert(
        "HiddenHere".to_owned(),
        json!({"type": "string", "enum": values, "sensitive": true}),
    );
    let members = ["Word", "Hidden"].map(|name| (name.to_owned(), format!("{name}Here")));
    shapes.insert("Body".to_owned(), structure(members.into_iter()));
    model(
        json!({"CallHere": operation("CallHere", "Body", "Body", &[])}),
        shapes,
    )
}

/// Names of types of one kind. Each type has a field of the next one.
fn of_types(kind: &str, names: &[String]) -> Value {
    let mut shapes = simple();
    let text = || ("TextHere".to_owned(), "TextHere".to_owned());
    let fields = ["TextHere", "TextsHere", "MapHere", "TimeHere", "BytesHere"]
        .map(|it| (it.to_owned(), it.to_owned()));
    for (i, name) in names.iter().enumerate() {
        let next = names.get(i + 1).filter(|_| i % 20 != 19);
        let next = next.map(|next| ("Next".to_owned(), next.clone()));
        let shape = match kind {
            "enums" => json!({"type": "string", "enum": ["A", "B"]}),
            "unions" => {
                let mut union = structure(fields.clone().into_iter().chain(next));
                union["union"] = json!(true);
                union
            }
            "structures" => {
                let mut structure = structure(fields.clone().into_iter().chain(next));
                structure["required"] = json!(["TextHere", "TimeHere"]);
                structure
            }
            _ => {
                let mut error = structure(
                    [("Message".to_owned(), "TextHere".to_owned())]
                        .into_iter()
                        .chain(next),
                );
                error["exception"] = json!(true);
                error
            }
        };
        shapes.insert(name.clone(), shape);
    }
    let all = names
        .iter()
        .enumerate()
        .map(|(i, name)| (format!("Member{i}"), name.clone()));
    shapes.insert(
        "CallRequest".to_owned(),
        structure(all.clone().chain([text()])),
    );
    let lists = names.iter().enumerate().map(|(i, name)| {
        shapes.insert(
            format!("List{i}Here"),
            json!({"type": "list", "member": {"shape": name}}),
        );
        (format!("Member{i}"), format!("List{i}Here"))
    });
    let lists: Vec<_> = lists.collect();
    shapes.insert("CallResponse".to_owned(), structure(lists.into_iter()));
    let errors: Vec<&str> = match kind {
        "errors" => names.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    };
    model(
        json!({"CallHere": operation("CallHere", "CallRequest", "CallResponse", &errors)}),
        shapes,
    )
}

/// Names of operations, which have pages and errors.
fn of_operations(names: &[String]) -> Value {
    let mut shapes = simple();
    let request = ["NextToken", "TextHere"].map(|name| (name.to_owned(), "TextHere".to_owned()));
    let mut response = request.to_vec();
    response.push(("TextsHere".to_owned(), "TextsHere".to_owned()));
    shapes.insert("CallRequest".to_owned(), structure(request.into_iter()));
    shapes.insert("CallResponse".to_owned(), structure(response.into_iter()));
    let mut error = structure([("Message".to_owned(), "TextHere".to_owned())].into_iter());
    error["exception"] = json!(true);
    shapes.insert("FailureHere".to_owned(), error);
    let operations = names.iter().map(|name| {
        let operation = operation(name, "CallRequest", "CallResponse", &["FailureHere"]);
        (name.clone(), operation)
    });
    model(operations.collect::<Map<_, _>>().into(), shapes)
}

/// Names of waiters, which poll the operation with the first name.
fn waiters(names: &[String]) -> Value {
    let names = names.iter().filter(|name| !name.contains('_'));
    let waiters = names.clone().map(|name| {
        let acceptor = json!({"matcher": "path", "argument": "TextHere", "expected": name, "state": "success"});
        (name.clone(), json!({"operation": names.clone().next(), "delay": 1, "maxAttempts": 2, "acceptors": [acceptor]}))
    });
    json!({"version": 2, "waiters": waiters.collect::<Map<_, _>>()})
}

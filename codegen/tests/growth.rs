//! The time for a model grows with the model, not with its square, and no model overflows the stack.
//!
//! Each model is generated in a small and in a larger size. For larger sizes:
//!
//! ```sh
//! CODEGEN_GROWTH=100000 cargo test -p lean-aws-codegen --test measurements growth --release -- --nocapture
//! ```

use std::time::{Duration, Instant};
use std::{env, fs};

use lean_aws_codegen::{ModelFile, ModelFiles, Options};
use serde_json::{Map, Value, json};

/// The size of the small models in a normal run. The others are `FACTOR` times as large.
const SIZE: usize = 120;
const FACTOR: usize = 4;

/// The maximum ratio of the times, between linear and quadratic growth.
const MAX_RATIO: f64 = 9.0;

/// The maximum memory in KiB.
const MAX_MEMORY: u64 = 1 << 20;

type Shapes = Map<String, Value>;

/// Returns a model of a size.
type Model = fn(usize) -> Value;

/// The models by name. Each is a function of its size.
const MODELS: &[(&str, Model)] = &[
    ("a chain of structures", |n| chain(n, &[], &["structure"])),
    ("a chain of required structures", |n| {
        chain(n, &["Next"], &["structure"])
    }),
    ("a chain of unions", |n| chain(n, &[], &["union"])),
    ("a chain of structures and lists", |n| {
        chain(n, &[], &["structure", "list"])
    }),
    ("a chain of structures and maps", |n| {
        chain(n, &[], &["structure", "map"])
    }),
    ("a chain of lists", |n| chain(n, &[], &["list"])),
    ("a cycle of structures", |n| cycle(n, &[])),
    ("a cycle of required structures", |n| cycle(n, &["Next"])),
    ("a tree of structures", |n| tree(n, "structure")),
    ("a tree of unions", |n| tree(n, "union")),
    ("values of an enum", values),
    ("members of a structure", |n| members(n.min(4096))),
    ("too many members", |n| members(n + 4096)),
    ("operations", |n| operations(n, 0)),
    ("errors of an operation", |n| operations(1, n)),
    ("errors of all operations", |n| operations(n, 10)),
    ("unknown shapes", unknown),
    ("a chain of mixins", |n| mixins(n / 2, false)),
    ("a cycle of mixins", |n| mixins(n / 2, true)),
    ("resources", resources),
    ("waiters", waiters),
    ("members of a condition", |n| {
        waiter(
            n,
            vec![json!({"state": "success", "matcher": {"output": {
                "path": "!Inner", "expected": "true", "comparator": "booleanEquals",
            }}})],
        )
    }),
    ("acceptors", |n| waiter(1, (0..n).map(state).collect())),
    ("unknown required members", required),
    ("unknown members in waiters", members_of_waiters),
    ("types with reserved names", |n| {
        let names: Vec<String> = (0..n).map(|i| format!("S{i}Builder")).collect();
        let members: Vec<_> = names.iter().map(|it| (it.as_str(), it.as_str())).collect();
        let shapes = names.iter().map(|it| (it.clone(), structure(&[])));
        call(&members, shapes.collect())
    }),
    ("mentions in documentation", |n| {
        let names: Vec<String> = (0..n.min(4096)).map(|i| format!("S{i}")).collect();
        let members: Vec<_> = names.iter().map(|it| (it.as_str(), it.as_str())).collect();
        let shapes = names
            .iter()
            .map(|it| (it.clone(), json!({"type": "string"})));
        let mut model = call(&members, shapes.collect());
        model["operations"]["Call"]["documentation"] = "<code>Body</code> ".repeat(20 * n).into();
        model
    }),
    ("parameters of endpoint rules", |n| parameters(4 * n)),
    ("traits of wrong types", wrong_traits),
    ("mixins of all structures", shared_mixins),
];

#[test]
fn time_grows_with_the_model() {
    let _alone = crate::alone();
    let size = env::var("CODEGEN_GROWTH").ok();
    let size: usize = size.map_or(SIZE * FACTOR, |it| it.parse().unwrap());
    let mut slow = Vec::new();
    for (name, model) in MODELS {
        let measure = || {
            let (small, _) = generate(&model(size / FACTOR));
            let (large, outcome) = generate(&model(size));
            println!(
                "{name}: {small:?}, {large:?}; {} KiB; {outcome}",
                peak_memory()
            );
            large.as_secs_f64() / small.as_secs_f64().max(0.004)
        };
        // The other measurements are for moments in which the machine does other things.
        let mut ratio = measure();
        for _ in 0..3 {
            if ratio > MAX_RATIO {
                ratio = ratio.min(measure());
            }
        }
        if ratio > MAX_RATIO {
            slow.push(format!(
                "{name}: {ratio:.1} times the time for {FACTOR} times the size"
            ));
        }
        assert!(peak_memory() < MAX_MEMORY, "{name}: {} KiB", peak_memory());
    }
    assert!(slow.is_empty(), "\n{}", slow.join("\n"));
}

fn files(model: &Value) -> ModelFiles {
    ModelFiles::new(ModelFile {
        name: "model.json".to_owned(),
        bytes: model.to_string().into_bytes(),
    })
}

/// Generates a crate, and returns the time and what it results in.
fn generate(model: &Value) -> (Duration, String) {
    let model = files(model);
    let start = cpu_time();
    let result = lean_aws_codegen::generate(&model, &Options::default());
    let time = cpu_time() - start;
    let outcome = match result {
        Ok(generated) => format!("{} files", generated.files.len()),
        Err(faults) => {
            let first: String = faults.0.first().unwrap().to_string();
            format!(
                "{} faults, such as {}",
                faults.0.len(),
                first.chars().take(200).collect::<String>()
            )
        }
    };
    (time, outcome)
}

/// Returns the CPU time of this thread on Linux, or the time since the start of the test.
fn cpu_time() -> Duration {
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    let schedule = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = schedule.and_then(|it| it.split_whitespace().next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

/// Returns the peak memory of this process in KiB, or zero if it is not Linux.
fn peak_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.and_then(|it| it.trim().strip_suffix(" kB")?.parse().ok());
    peak.unwrap_or_default()
}

fn botocore(operations: Value, mut shapes: Shapes) -> Value {
    shapes.insert("Text".to_owned(), json!({"type": "string"}));
    json!({
        "version": "2.0",
        "metadata": {
            "apiVersion": "2024-01-01", "endpointPrefix": "growth", "jsonVersion": "1.1", "protocol": "json",
            "serviceId": "Growth", "targetPrefix": "Growth",
        },
        "operations": operations,
        "shapes": shapes,
    })
}

fn structure(members: &[(&str, &str)]) -> Value {
    let members = members
        .iter()
        .map(|(name, shape)| ((*name).to_owned(), json!({"shape": shape})));
    json!({"type": "structure", "members": members.collect::<Shapes>()})
}

/// A model with one operation, whose input and output have these members.
fn call(members: &[(&str, &str)], mut shapes: Shapes) -> Value {
    shapes.insert("Body".to_owned(), structure(members));
    botocore(
        json!({"Call": {"input": {"shape": "Body"}, "output": {"shape": "Body"}}}),
        shapes,
    )
}

/// A shape of this kind that contains another one.
fn container(kind: &str, inner: &str, required: &[&str]) -> Value {
    match kind {
        "list" => json!({"type": "list", "member": {"shape": inner}}),
        "map" => json!({"type": "map", "key": {"shape": "Text"}, "value": {"shape": inner}}),
        kind => {
            let mut shape = structure(&[("Next", inner), ("Text", "Text")]);
            shape["union"] = (kind == "union").into();
            shape["required"] = json!(required);
            shape
        }
    }
}

fn chain(n: usize, required: &[&str], kinds: &[&str]) -> Value {
    let links = (0..n).zip(kinds.iter().cycle());
    let links = links.map(|(i, kind)| {
        (
            format!("S{i}"),
            container(kind, &format!("S{}", i + 1), required),
        )
    });
    let mut shapes: Shapes = links.collect();
    shapes.insert(format!("S{n}"), structure(&[("Text", "Text")]));
    call(&[("First", "S0")], shapes)
}

fn cycle(n: usize, required: &[&str]) -> Value {
    let shape = |i: usize| {
        (
            format!("S{i}"),
            container("structure", &format!("S{}", (i + 1) % n), required),
        )
    };
    call(&[("First", "S0")], (0..n).map(shape).collect())
}

fn tree(n: usize, kind: &str) -> Value {
    let shape = |i: usize| {
        let inner = (10 * i + 1..10 * i + 11).filter(|inner| *inner < n);
        let inner: Vec<String> = inner.map(|inner| format!("S{inner}")).collect();
        let mut members: Vec<(&str, &str)> =
            inner.iter().map(|it| (it.as_str(), it.as_str())).collect();
        members.push(("Text", "Text"));
        let mut shape = structure(&members);
        shape["union"] = (kind == "union").into();
        (format!("S{i}"), shape)
    };
    call(&[("First", "S0")], (0..n).map(shape).collect())
}

fn values(n: usize) -> Value {
    let values: Vec<String> = (0..n).map(|i| format!("VALUE_{i}")).collect();
    let shapes = [("Word".to_owned(), json!({"type": "string", "enum": values}))];
    call(&[("Word", "Word")], Shapes::from_iter(shapes))
}

fn members(n: usize) -> Value {
    let names: Vec<String> = (0..n).map(|i| format!("Member{i}")).collect();
    let members: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "Text")).collect();
    let shapes = [("Inner".to_owned(), structure(&members))];
    call(&[("Inner", "Inner")], Shapes::from_iter(shapes))
}

fn operations(n: usize, errors: usize) -> Value {
    let mut shapes = Shapes::new();
    let errors = (0..errors).map(|i| {
        let mut error = structure(&[("Message", "Text")]);
        error["exception"] = true.into();
        shapes.insert(format!("Error{i}"), error);
        json!({"shape": format!("Error{i}")})
    });
    let errors: Vec<Value> = errors.collect();
    let operations = (0..n).map(|i| {
        shapes.insert(format!("In{i}"), structure(&[("Text", "Text")]));
        let operation = json!({"input": {"shape": format!("In{i}")}, "errors": errors});
        (format!("Call{i}"), operation)
    });
    let operations: Shapes = operations.collect();
    botocore(operations.into(), shapes)
}

fn unknown(n: usize) -> Value {
    let names: Vec<String> = (0..n).map(|i| format!("Member{i}")).collect();
    let members: Vec<(&str, &str)> = names
        .iter()
        .map(|name| (name.as_str(), name.as_str()))
        .collect();
    call(&members, Shapes::new())
}

fn smithy(service: Value, mut shapes: Shapes) -> Value {
    let mut all = json!({
        "type": "service", "version": "2024-01-01",
        "traits": {"aws.auth#sigv4": {"name": "growth"}, "aws.protocols#awsJson1_1": {}},
    });
    all.as_object_mut()
        .unwrap()
        .extend(service.as_object().unwrap().clone());
    shapes.insert("a#Growth".to_owned(), all);
    json!({"smithy": "2.0", "shapes": shapes})
}

fn mixins(n: usize, is_cycle: bool) -> Value {
    let shape = |i: usize| {
        let next = match (i + 1 < n, is_cycle) {
            (true, _) => vec![json!({"target": format!("a#S{}", i + 1)})],
            (false, true) => vec![json!({"target": "a#S0"})],
            (false, false) => Vec::new(),
        };
        let members = json!({format!("Member{i}"): {"target": "smithy.api#String"}});
        let shape = json!({"type": "structure", "mixins": next, "members": members, "traits": {"smithy.api#mixin": {}}});
        (format!("a#S{i}"), shape)
    };
    let mut shapes: Shapes = (0..n).map(shape).collect();
    let members: Shapes = (0..n.min(4000))
        .map(|i| (format!("Of{i}"), json!({"target": format!("a#S{i}")})))
        .collect();
    shapes.insert(
        "a#Body".to_owned(),
        json!({"type": "structure", "members": members}),
    );
    shapes.insert(
        "a#Call".to_owned(),
        json!({"type": "operation", "input": {"target": "a#Body"}}),
    );
    smithy(json!({"operations": [{"target": "a#Call"}]}), shapes)
}

fn resources(n: usize) -> Value {
    let mut shapes: Shapes = (0..n)
        .flat_map(|i| {
            let next = if i + 1 < n { vec![json!({"target": format!("a#R{}", i + 1)})] } else { Vec::new() };
            let resource = json!({"type": "resource", "resources": next, "read": {"target": format!("a#Call{i}")}});
            [(format!("a#R{i}"), resource), (format!("a#Call{i}"), json!({"type": "operation"}))]
        })
        .collect();
    shapes.insert("a#Other".to_owned(), json!({"type": "operation"}));
    smithy(
        json!({"resources": [{"target": "a#R0"}], "operations": [{"target": "a#Other"}]}),
        shapes,
    )
}

fn waiters(n: usize) -> Value {
    let acceptor = json!({"state": "success", "matcher": {"output": {
        "path": "length(Texts[?contains(@, 'a') || !(@ == 'b')]) > `0`", "expected": "true", "comparator": "booleanEquals",
    }}});
    let waiters = (0..n).map(|i| (format!("Ready{i}"), json!({"acceptors": [acceptor]})));
    let waiters: Shapes = waiters.collect();
    let shapes = json!({
        "a#Texts": {"type": "list", "member": {"target": "smithy.api#String"}},
        "a#Body": {"type": "structure", "members": {"Texts": {"target": "a#Texts"}}},
        "a#Call": {
            "type": "operation", "output": {"target": "a#Body"}, "traits": {"smithy.waiters#waitable": waiters},
        },
    });
    smithy(
        json!({"operations": [{"target": "a#Call"}]}),
        shapes.as_object().unwrap().clone(),
    )
}

/// A model with a waiter for an operation whose output contains a structure with `n` members.
fn waiter(n: usize, acceptors: Vec<Value>) -> Value {
    let member = |i| (format!("Member{i}"), json!({"target": "smithy.api#String"}));
    let members: Shapes = (0..n).map(member).collect();
    let shapes = json!({
        "a#Inner": {"type": "structure", "members": members},
        "a#Body": {"type": "structure", "members": {"Inner": {"target": "a#Inner"}}},
        "a#Call": {
            "type": "operation", "output": {"target": "a#Body"},
            "traits": {"smithy.waiters#waitable": {"Ready": {"acceptors": acceptors}}},
        },
    });
    smithy(
        json!({"operations": [{"target": "a#Call"}]}),
        shapes.as_object().unwrap().clone(),
    )
}

/// A structure with `n` members that requires `n` others with similar names.
fn required(n: usize) -> Value {
    let mut model = members(n);
    let names = (0..n).map(|i| format!("Membr{i}"));
    model["shapes"]["Inner"]["required"] = names.collect();
    model
}

/// Acceptors of `n` waiters that compare members with names similar to those of a structure.
fn members_of_waiters(n: usize) -> Value {
    let mut model = waiter(n, Vec::new());
    let waiters = (0..n).map(|i| {
        let acceptor = json!({"state": "success", "matcher": {"output": {
            "path": format!("Inner.Membr{i}"), "expected": "x", "comparator": "stringEquals",
        }}});
        (format!("Ready{i}"), json!({"acceptors": [acceptor]}))
    });
    let waiters: Shapes = waiters.collect();
    model["shapes"]["a#Call"]["traits"]["smithy.waiters#waitable"] = waiters.into();
    model
}

/// Members with a trait whose value has a wrong type.
fn wrong_traits(n: usize) -> Value {
    let mut model = waiter(n, Vec::new());
    for i in 0..n {
        let traits =
            json!({"smithy.api#timestampFormat": {}, "smithy.api#documentation": ["text"]});
        model["shapes"]["a#Inner"]["members"][format!("Member{i}")]["traits"] = traits;
    }
    model
}

/// Endpoint rules with `n` parameters, which settings of the client set.
fn parameters(n: usize) -> Value {
    let parameter = |i| (format!("Parameter{i}"), json!({"type": "string"}));
    let parameters: Shapes = (0..n).map(parameter).collect();
    let rules = json!([{"conditions": [], "error": "none", "type": "error"}]);
    let mut model = waiter(1, Vec::new());
    let traits = &mut model["shapes"]["a#Growth"]["traits"];
    traits["smithy.rules#clientContextParams"] = parameters.clone().into();
    traits["smithy.rules#endpointRuleSet"] =
        json!({"version": "1.0", "parameters": parameters, "rules": rules});
    model
}

/// Structures with the same mixin, which has `n` mixins.
fn shared_mixins(n: usize) -> Value {
    let target = |name: String| json!({"target": name});
    let mixin = json!({"smithy.api#mixin": {}});
    let shape = |i: usize| {
        let used = json!({"type": "structure", "mixins": [target("a#Mixin".to_owned())]});
        let mixed = json!({"type": "structure", "traits": mixin});
        [(format!("a#S{i}"), used), (format!("a#M{i}"), mixed)]
    };
    let mut shapes: Shapes = (0..n).flat_map(shape).collect();
    let mixins: Vec<Value> = (0..n).map(|i| target(format!("a#M{i}"))).collect();
    shapes.insert(
        "a#Mixin".to_owned(),
        json!({"type": "structure", "mixins": mixins, "traits": mixin}),
    );
    let members = (0..n.min(4000)).map(|i| (format!("Of{i}"), target(format!("a#S{i}"))));
    let members: Shapes = members.collect();
    shapes.insert(
        "a#Body".to_owned(),
        json!({"type": "structure", "members": members}),
    );
    shapes.insert(
        "a#Call".to_owned(),
        json!({"type": "operation", "input": target("a#Body".to_owned())}),
    );
    smithy(json!({"operations": [target("a#Call".to_owned())]}), shapes)
}

/// An acceptor that compares a member with a string.
fn state(i: usize) -> Value {
    json!({"state": "success", "matcher": {"output": {
        "path": "Inner.Member0", "expected": format!("STATE_{i}"), "comparator": "stringEquals",
    }}})
}

/// Conditions that depend on many members or acceptors are not nested deeply.
#[test]
fn large_conditions_are_a_diagnostic() {
    let not = json!({"state": "success", "matcher": {"output": {
        "path": "!Inner", "expected": "true", "comparator": "booleanEquals",
    }}});
    for (model, message) in [
        (
            waiter(10_000, vec![not]),
            "a structure of more than 64 optional members as a condition is not supported",
        ),
        (
            waiter(1, (0..10_000).map(state).collect()),
            "a waiter has at most 100 acceptors; remove some",
        ),
    ] {
        let faults = lean_aws_codegen::generate(&files(&model), &Options::default());
        let faults = faults.unwrap_err().to_string();
        assert!(faults.contains(message), "{faults}");
    }
}

/// Brackets that are nested deeply, in each file of a model.
#[test]
fn nested_brackets_are_a_diagnostic() {
    let model = || ModelFile {
        name: "model.json".to_owned(),
        bytes: call(&[("Text", "Text")], Shapes::new())
            .to_string()
            .into_bytes(),
    };
    let places: [fn(&mut ModelFiles) -> &mut Option<ModelFile>; 6] = [
        |it| &mut it.paginators,
        |it| &mut it.waiters,
        |it| &mut it.endpoint_rules,
        |it| &mut it.partitions,
        |it| &mut it.enum_docs,
        |it| &mut it.rust,
    ];
    for (open, close) in [
        ("[", "]"),
        ("{\"a\":", "}"),
        ("{\"rules\":[", "]}"),
        ("[", ""),
        ("{\"shapes\":", ""),
    ] {
        let (open, close) = (open.repeat(100_000), close.repeat(100_000));
        let nested = ModelFile {
            name: "nested.json".to_owned(),
            bytes: format!("{{\"shapes\": {open}{close}}}").into_bytes(),
        };
        let mut models = vec![ModelFiles::new(nested.clone())];
        models.extend(places.map(|place| {
            let mut model = ModelFiles::new(model());
            *place(&mut model) = Some(nested.clone());
            model
        }));
        for model in models {
            // The parts of files that are not used are skipped without recursion.
            let Err(faults) = lean_aws_codegen::generate(&model, &Options::default()) else {
                continue;
            };
            assert!(
                faults.0.iter().all(|fault| fault.file == "nested.json"),
                "{faults}"
            );
        }
    }
}

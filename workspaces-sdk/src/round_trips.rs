//! Random values of every type of the model survive decoding and encoding.

use std::collections::HashMap;

use aws_smithy_types::base64;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::strategy::{Just, Union};
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use serde_json::{Map, Value, json};

use crate::generated::all_types::ALL_TYPES;

/// The model, relative to the folder of the package, in which Cargo runs tests.
const MODEL: &str = "../models/workspaces/2015-04-08/service-2.json";

/// The number of random values of each type.
const CASES: u32 = 24;

/// The shapes of the model.
struct Model(HashMap<String, Value>);

#[test]
fn all_types_survive_a_round_trip() {
    let model: Value = serde_json::from_slice(&std::fs::read(MODEL).unwrap()).unwrap();
    let model = Model(serde_json::from_value(model["shapes"].clone()).unwrap());
    assert!(ALL_TYPES.len() > 300, "{}", ALL_TYPES.len());
    for (name, round_trip) in ALL_TYPES {
        let mut runner = TestRunner::new(Config {
            cases: CASES,
            failure_persistence: None,
            ..Config::default()
        });
        let outcome = runner.run(&model.value(name), |value| {
            let input = serde_json::to_vec(&value).unwrap();
            let output = round_trip(&input)
                .map_err(|error| TestCaseError::fail(format!("{error} in {value}")))?;
            let output: Value = serde_json::from_slice(&output).unwrap();
            prop_assert_eq!(output, value);
            Ok(())
        });
        outcome.unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

impl Model {
    /// Generates values of a shape in the wire format.
    fn value(&self, name: &str) -> BoxedStrategy<Value> {
        let shape = &self.0[name];
        match shape["type"].as_str().unwrap() {
            "string" => match shape["enum"].as_array() {
                None => any::<String>().prop_map(Value::from).boxed(),
                Some(values) => {
                    let known = Union::new(values.iter().cloned().map(Just));
                    prop_oneof![9 => known, 1 => any::<String>().prop_map(Value::from)].boxed()
                }
            },
            "integer" => any::<i32>().prop_map(Value::from).boxed(),
            "boolean" => any::<bool>().prop_map(Value::from).boxed(),
            "timestamp" => (-62_135_596_800..253_402_300_799_i64, 0..8_u8)
                .prop_map(|(seconds, eighths)| match eighths {
                    0 => json!(seconds),
                    // A float represents eighths exactly.
                    _ => json!(seconds as f64 + f64::from(eighths) / 8.0),
                })
                .boxed(),
            "blob" => vec(any::<u8>(), 0..40)
                .prop_map(|bytes| base64::encode(bytes).into())
                .boxed(),
            "list" => vec(self.reference(&shape["member"]), 0..3)
                .prop_map(Value::from)
                .boxed(),
            "map" => vec((any::<String>(), self.reference(&shape["value"])), 0..3)
                .prop_map(|entries| entries.into_iter().collect::<Map<_, _>>().into())
                .boxed(),
            "structure" if shape["union"] == true => self.union(shape),
            "structure" => self.structure(shape),
            other => panic!("unsupported type {other}"),
        }
    }

    fn reference(&self, member: &Value) -> BoxedStrategy<Value> {
        self.value(member["shape"].as_str().unwrap())
    }

    /// Generates objects with all required members and some of the optional ones.
    fn structure(&self, shape: &Value) -> BoxedStrategy<Value> {
        let mut members: BoxedStrategy<Map<String, Value>> = Just(Map::new()).boxed();
        for (member, reference) in shape["members"].as_object().unwrap() {
            let required = shape["required"].as_array();
            let required = required.is_some_and(|names| names.iter().any(|name| name == member));
            let value = self.reference(reference);
            let value = match required {
                true => value.prop_map(Some).boxed(),
                false => option::of(value).boxed(),
            };
            let member = member.clone();
            members = (members, value)
                .prop_map(move |(mut members, value)| {
                    members.extend(value.map(|value| (member.clone(), value)));
                    members
                })
                .boxed();
        }
        members.prop_map(Value::from).boxed()
    }

    /// Generates objects with exactly one member.
    fn union(&self, shape: &Value) -> BoxedStrategy<Value> {
        let members = shape["members"].as_object().unwrap().iter();
        let choices = members.map(|(member, reference)| {
            let member = member.clone();
            let one = move |value| json!({ member.clone(): value });
            self.reference(reference).prop_map(one).boxed()
        });
        Union::new(choices).boxed()
    }
}

//! What the types of a crate are in serde. The documents are the same for all protocols, but those of XML have no nulls and no
//! documents.

use std::fmt::Debug;

use serde_json::{Value, json};

use crate::operation::put::{PutInput, PutOutput};
use crate::types::error::Failure;
use crate::types::{Choice, Item, State};

/// Whether the protocol has null and documents.
const HAS_NULL: bool = "PROTOCOL_HAS_NULL".len() == 3;

/// Reads a document, writes it again, and compares both documents and both values.
fn round_trip<T>(document: Value) -> T
where
    T: Debug + PartialEq + serde::Serialize + serde::de::DeserializeOwned,
{
    let value: T = serde_json::from_value(document.clone()).unwrap();
    assert_eq!(serde_json::to_value(&value).unwrap(), document);
    let text = serde_json::to_string(&value).unwrap();
    assert_eq!(serde_json::from_str::<T>(&text).unwrap(), value);
    let mut bytes = Vec::new();
    ciborium::into_writer(&value, &mut bytes).unwrap();
    let again: T = ciborium::from_reader(bytes.as_slice()).unwrap();
    assert_eq!(again, value);
    value
}

fn error<T: Debug + serde::de::DeserializeOwned>(document: Value) -> String {
    serde_json::from_value::<T>(document).unwrap_err().to_string()
}

fn item() -> Value {
    let mut item = json!({
        "Key": "k",
        "Secret": "in clear",
        "Bytes": "AAEC/w==",
        "At": "2024-02-29T12:30:00.5Z",
        "Epoch": "1969-12-31T23:59:59Z",
        "Http": "2024-02-29T12:30:00Z",
        "Rfc": "2024-02-29T12:30:00.000000001Z",
        "Times": ["1970-01-01T00:00:00Z"],
        "State": "not yet known",
        "States": ["READY", "on-hold"],
        "Choice": {"When": "2024-02-29T12:30:00Z"},
        "Choices": [{"Word": "w"}, {"Names": ["READY", "?"]}, {"Nested": {"Key": "n", "Days": 30}}, {}],
        "Texts": {"a": "1", "b": ""},
        "ByState": {"READY": "AA==", "new": ""},
        "Ratio": 0.25,
        "Narrow": 0.1_f32,
        "Long": 9_007_199_254_740_993_i64,
        "Days": 0,
        "Flag": false,
        "Whole": "123456789012345678901234567890",
        "Exact": "0.1000000000000000000000001",
        "Inner": {"Key": "i", "Days": 30, "Inner": {"Key": "ii", "Days": 1}},
        "Items": [{"Key": "", "Days": -1}],
    });
    if HAS_NULL {
        item["Sparse"] = json!(["a", null]);
        item["SparseTexts"] = json!({"a": null, "b": "c"});
        item["Anything"] = json!({"a": [1, -2, 0.5, "s", true, null, {}]});
    }
    item
}

#[test]
fn values_of_all_types() {
    let item: Item = round_trip(item());
    assert_eq!(item.secret(), Some("in clear"));
    assert!(!format!("{item:?}").contains("in clear"));
    assert_eq!(item.state().map(State::as_str), Some("not yet known"));
    assert_eq!(item.bytes().unwrap().as_ref(), [0, 1, 2, 255]);
    assert_eq!(item.epoch().unwrap().secs(), -1);
    assert_eq!(item.at().unwrap().subsec_nanos(), 500_000_000);
    assert!(item.choices()[3].is_unknown());
    // An offset and a whole number are read, too.
    let item: Item = serde_json::from_value(
        json!({"Key": "k", "At": "2024-02-29T13:30:00+01:00", "Ratio": 2, "Unknown": [{}], "Flag": null}),
    )
    .unwrap();
    let written = json!({"Key": "k", "At": "2024-02-29T12:30:00Z", "Ratio": 2.0, "Days": 30});
    assert_eq!(serde_json::to_value(&item).unwrap(), written);
    for (value, text) in [(f64::INFINITY, "Infinity"), (f64::NEG_INFINITY, "-Infinity")] {
        let document = json!({"Key": "k", "Ratio": text, "Narrow": text, "Days": 30});
        let item: Item = round_trip(document);
        assert_eq!(item.ratio(), Some(value));
    }
    let item: Item = serde_json::from_value(json!({"Key": "k", "Ratio": "NaN"})).unwrap();
    assert!(item.ratio().unwrap().is_nan());
    assert_eq!(serde_json::to_value(&item).unwrap()["Ratio"], "NaN");
}

/// Members of headers, queries and paths have their names in the model.
#[test]
fn inputs_outputs_and_errors() {
    let input: PutInput = round_trip(json!({
        "Label": "l",
        "ETag": "e",
        "Since": "2024-02-29T12:30:00Z",
        "Metadata": {"a": "b"},
        "Item": item(),
    }));
    assert_eq!((input.label(), input.e_tag()), (Some("l"), Some("e")));
    // Calls check the required members of inputs.
    round_trip::<PutInput>(json!({}));
    let output: PutOutput = round_trip(json!({"Version": 3, "Status": 200, "Item": item()}));
    assert_eq!(output.version(), 3);
    round_trip::<Failure>(json!({"message": "m", "State": "READY"}));
}

#[test]
fn unions_and_enums_alone() {
    assert!(round_trip::<Choice>(json!({"Word": "w"})).is_word());
    assert!(round_trip::<Choice>(json!({})).is_unknown());
    let unknown: Choice = serde_json::from_value(json!({"New": [1], "Word": null})).unwrap();
    assert!(unknown.is_unknown());
    assert_eq!(round_trip::<State>(json!("on-hold")), State::OnHold);
    assert_eq!(round_trip::<State>(json!("new")).as_str(), "new");
}

#[test]
fn errors_name_the_cause() {
    let cases = [
        (error::<Item>(json!({})), "missing field `Key`"),
        (error::<PutOutput>(json!({})), "missing field `Version`"),
        (error::<Item>(json!({"Key": null})), "missing field `Key`"),
        (error::<Item>(json!({"Key": "k", "Inner": {}})), "missing field `Key`"),
        (
            error::<Item>(json!([1])),
            "invalid type: sequence, expected a map with the members of Item",
        ),
        (
            error::<Item>(json!({"At": "secret"})),
            "invalid value: another string, expected a timestamp in the format of RFC 3339",
        ),
        (
            error::<Item>(json!({"Bytes": "secret"})),
            "invalid value: another string, expected base64",
        ),
        (
            error::<Item>(json!({"Texts": {"a": null}})),
            "invalid type: null, expected a string",
        ),
        (
            error::<Item>(json!({"Narrow": 1e300})),
            "invalid value: floating point `1e+300`, expected a float of 32 bits",
        ),
        (
            error::<Item>(json!({"Whole": "1.5"})),
            "invalid value: another string, expected an integer in a string",
        ),
        (
            error::<Choice>(json!({"Word": "w", "New": 1})),
            "Choice: more than one member is set",
        ),
    ];
    for (found, expected) in cases {
        assert_eq!(found, expected);
    }
}

//! Writes the values in protocol cases as Rust expressions, which use the builders of the generated crate.

use heck::{ToSnakeCase, ToUpperCamelCase};
use serde_json::Value;

/// Returns an expression that builds a structure: `builder` with a call of a setter for each member in `value`.
pub(super) fn built(suite: &Value, builder: &str, id: &str, value: &Value) -> String {
    let shape = &suite["shapes"][id];
    let members = value.as_object().into_iter().flatten();
    let setters = members.filter(|(_, value)| !value.is_null());
    let setters = setters.map(|(name, value)| {
        let member = &shape["members"][name];
        assert!(!member.is_null(), "{id} has no member {name}");
        let of = member["shape"].as_str().unwrap();
        // A structure can be in a box.
        let into = match suite["shapes"][of]["type"] == "structure" {
            true => ".into()",
            false => "",
        };
        // In awsJson and rpcv2Cbor, the name on the wire is that of the member.
        let protocol = &suite["metadata"]["protocol"];
        let is_named = protocol == "json" || protocol == "smithy-rpc-v2-cbor";
        let in_body = is_named && member["location"].is_null();
        let wire = member["locationName"].as_str().filter(|_| in_body);
        let setter = wire.unwrap_or(name).to_snake_case();
        format!(
            ".set_{setter}(Some({}{into}))",
            expression(suite, of, value)
        )
    });
    let setters: String = setters.collect();
    format!("{builder}{setters}.build(){}", unwrap(suite, shape))
}

/// Returns `.unwrap()` if the builder of a structure can fail, because a required member has no value in Rust if it is
/// missing.
fn unwrap(suite: &Value, shape: &Value) -> &'static str {
    let required = shape["required"].as_array().into_iter().flatten();
    let mut required = required.map(|name| &shape["members"][name.as_str().unwrap()]["shape"]);
    let zeros = ["LineNumber", "booleanType"];
    let has_default = |id: &Value| {
        let id = id.as_str().unwrap();
        suite["shapes"][id]["type"] == "structure" || zeros.contains(&id)
    };
    match required.all(has_default) {
        true => "",
        false => ".unwrap()",
    }
}

/// Returns an expression for a value of a shape.
fn expression(suite: &Value, id: &str, value: &Value) -> String {
    let shape = &suite["shapes"][id];
    let of =
        |place: &Value, value: &Value| expression(suite, place["shape"].as_str().unwrap(), value);
    let kind = shape["type"].as_str().unwrap();
    match (kind, value) {
        _ if shape["document"] == true => format!("document({:?})", value.to_string()),
        ("structure", Value::Object(members)) if shape["union"] == true => {
            let (name, value) = members.iter().find(|(_, value)| !value.is_null()).unwrap();
            let member = &shape["members"][name];
            let id_of_member = member["shape"].as_str().unwrap();
            let into = match suite["shapes"][id_of_member]["type"] == "structure" {
                true => ".into()",
                false => "",
            };
            let value = of(member, value) + into;
            let (union, variant) = (id.to_upper_camel_case(), name.to_upper_camel_case());
            format!("types::{union}::{variant}({value})")
        }
        ("structure", value) => {
            let builder = format!("types::{}::builder()", id.to_upper_camel_case());
            built(suite, &builder, id, value)
        }
        ("list", Value::Array(elements)) => {
            let elements = elements.iter().filter(|element| !element.is_null());
            let elements = elements.map(|element| of(&shape["member"], element));
            format!("vec![{}]", elements.collect::<Vec<_>>().join(", "))
        }
        ("map", Value::Object(entries)) => {
            let entries = entries.iter().filter(|(_, value)| !value.is_null());
            let entries = entries
                .map(|(key, value)| format!("({key:?}.into(), {})", of(&shape["value"], value)));
            format!(
                "HashMap::from([{}])",
                entries.collect::<Vec<_>>().join(", ")
            )
        }
        ("string", Value::String(text)) if shape["enum"].is_null() => {
            format!("{text:?}.to_owned()")
        }
        ("string", Value::String(text)) => format!("{text:?}.into()"),
        ("blob", Value::String(text)) if shape["streaming"] == true => {
            format!("aws_smithy_types::byte_stream::ByteStream::from_static({text:?}.as_bytes())")
        }
        ("blob", Value::String(text)) => format!("Blob::new({text:?})"),
        ("timestamp", Value::Number(seconds)) => {
            let seconds = seconds.as_f64().unwrap();
            match suite["metadata"]["protocol"] == "smithy-rpc-v2-cbor" {
                true => format!("DateTime::from_millis({})", (seconds * 1e3).round()),
                false => format!("DateTime::from_secs_f64({seconds}_f64)"),
            }
        }
        ("float" | "double", value) => {
            let suffix = if kind == "float" { "f32" } else { "f64" };
            match value.as_str() {
                Some("NaN") => format!("{suffix}::NAN"),
                Some("Infinity") => format!("{suffix}::INFINITY"),
                Some("-Infinity") => format!("{suffix}::NEG_INFINITY"),
                _ => format!("{value}_{suffix}"),
            }
        }
        ("byte", value) => format!("{value}_i8"),
        ("short", value) => format!("{value}_i16"),
        ("long", value) => format!("{value}_i64"),
        ("integer" | "boolean", value) => value.to_string(),
        (kind, value) => panic!("{id}, a {kind}, cannot have the value {value}"),
    }
}

//! Checks the constraints and default values of shapes.

use serde_json::{Number, Value};

use crate::diagnostic::{Fault, Item, JsonFault, JsonType, Report, Suggestion};
use crate::ir::{ShapeKind, TimestampFormat};

/// The types of numbers without a fraction.
const WHOLE: [ShapeKind; 5] = [
    ShapeKind::Byte,
    ShapeKind::Short,
    ShapeKind::Integer,
    ShapeKind::Long,
    ShapeKind::BigInteger,
];

/// The types of other numbers.
const FRACTIONAL: [ShapeKind; 3] = [ShapeKind::Float, ShapeKind::Double, ShapeKind::BigDecimal];

/// Checks the minimum and maximum at `path`: of a number, or of a length if the shape is not a number.
pub(super) fn check_bounds(
    path: &str,
    kind: &ShapeKind,
    [min, max]: [&Option<Number>; 2],
    report: &mut Report,
) {
    for (key, bound) in [("min", min), ("max", max)] {
        let Some(bound) = bound else { continue };
        let fault = match () {
            () if FRACTIONAL.contains(kind) => continue,
            () if WHOLE.contains(kind) && is_whole(bound) => continue,
            () if WHOLE.contains(kind) => JsonFault::Type {
                expected: JsonType::Integer,
                found: Some(JsonType::Number(Some(bound.to_string()))),
            }
            .into(),
            () if bound.is_u64() => continue,
            () => Fault::Length(bound.to_string()),
        };
        report.fault(format!("{path}.{key}"), fault);
    }
    let value = |bound: &Option<Number>| bound.as_ref().and_then(Number::as_f64);
    if let (Some(min), Some(max)) = (value(min), value(max))
        && min > max
    {
        report.fault(format!("{path}.min"), Fault::BoundsOrder);
    }
}

fn is_whole(number: &Number) -> bool {
    number.is_i64() || number.is_u64()
}

/// Lowers a timestamp format at `path`, given the names of all formats, and reports an unknown one.
pub(super) fn timestamp_format(
    path: String,
    format: &str,
    formats: [(&'static str, TimestampFormat); 3],
    report: &mut Report,
) -> Option<TimestampFormat> {
    let found = formats.iter().find(|(name, _)| *name == format);
    if found.is_none() {
        let suggestion = Suggestion::among(format, formats.map(|(name, _)| name));
        let fault = Fault::unknown(Item::TimestampFormat, format, suggestion);
        report.fault(path, fault);
    }
    found.map(|(_, format)| *format)
}

/// Checks a default value at `path` of a type of Smithy.
pub(super) fn check_default(path: &str, kind: &str, value: &Value, report: &mut Report) {
    let (is_valid, allowed) = match kind {
        "boolean" => (value.is_boolean(), "true or false"),
        "byte" | "short" | "integer" | "long" | "bigInteger" | "intEnum" => {
            let is_valid = matches!(value, Value::Number(number) if is_whole(number));
            (is_valid, "a whole number")
        }
        "float" | "double" | "bigDecimal" => (value.is_number(), "a number"),
        "string" | "enum" => (value.is_string(), "a string in double quotes"),
        "blob" => (value.is_string(), "a string in base64"),
        "timestamp" => (
            value.is_number() || value.is_string(),
            "a number of seconds or a string",
        ),
        "list" | "set" => (*value == Value::Array(Vec::new()), "an empty list, []"),
        "map" => (
            *value == Value::Object(Default::default()),
            "an empty object, {}",
        ),
        "structure" | "union" => {
            let (value, allowed) = (value.to_string(), None);
            report.fault(path, Fault::Default { value, allowed });
            return;
        }
        _ => return,
    };
    if !is_valid {
        let (value, allowed) = (value.to_string(), Some(allowed));
        report.fault(path, Fault::Default { value, allowed });
    }
}

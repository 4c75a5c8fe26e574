//! The encoding of responses over CBOR (RFC 8949), from the same responses over JSON.

use serde_json::Value;

/// Appends a value, in the shortest form.
pub fn encode(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Null => out.push(0xf6),
        Value::Bool(value) => out.push(0xf4 + u8::from(*value)),
        Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(positive), _) => head(0, positive, out),
            (None, Some(negative)) => head(1, negative.unsigned_abs() - 1, out),
            (None, None) => {
                out.push(0xfb);
                out.extend(number.as_f64().unwrap_or_default().to_be_bytes());
            }
        },
        Value::String(text) => string(text, out),
        Value::Array(elements) => {
            head(4, elements.len() as u64, out);
            elements.iter().for_each(|element| encode(element, out));
        }
        Value::Object(members) => {
            head(5, members.len() as u64, out);
            for (name, member) in members {
                string(name, out);
                encode(member, out);
            }
        }
    }
}

fn string(text: &str, out: &mut Vec<u8>) {
    head(3, text.len() as u64, out);
    out.extend(text.as_bytes());
}

/// Appends a major type with its argument.
fn head(major: u8, argument: u64, out: &mut Vec<u8>) {
    let bytes = argument.to_be_bytes();
    let (additional, length) = match argument {
        0..24 => (bytes[7], 0),
        24..0x100 => (24, 1),
        0x100..0x1_0000 => (25, 2),
        0x1_0000..0x1_0000_0000 => (26, 4),
        _ => (27, 8),
    };
    out.push(major << 5 | additional);
    out.extend(&bytes[8 - length..]);
}

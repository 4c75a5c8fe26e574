//! Hexadecimal encoding.

/// Appends two hexadecimal digits for each byte, in lower case.
#[doc(hidden)]
pub fn push_hex(text: &mut String, bytes: &[u8]) {
    text.reserve(2 * bytes.len());
    for byte in bytes {
        for half in [byte >> 4, byte & 0xf] {
            let digit = half + if half < 10 { b'0' } else { b'a' - 10 };
            text.push(char::from(digit));
        }
    }
}

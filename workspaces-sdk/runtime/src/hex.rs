//! Hexadecimal encoding.

/// Appends two hexadecimal digits for each byte, in lower case.
#[doc(hidden)]
pub fn push_hex(text: &mut String, bytes: &[u8]) {
    // The digits of a SHA-256 hash, which every signature has twice, are appended at once.
    const LEN: usize = 32;
    text.reserve(2 * bytes.len());
    for bytes in bytes.chunks(LEN) {
        let mut digits = [[0; 2]; LEN];
        for (pair, byte) in digits.iter_mut().zip(bytes) {
            *pair = [byte >> 4, byte & 0xf].map(digit);
        }
        let digits = digits.as_flattened().get(..2 * bytes.len());
        // Digits are valid UTF-8.
        *text += digits
            .and_then(|digits| str::from_utf8(digits).ok())
            .unwrap_or_default();
    }
}

fn digit(value: u8) -> u8 {
    let start = if value < 10 { b'0' } else { b'a' - 10 };
    value + start
}

#[cfg(test)]
mod tests {
    use super::push_hex;

    #[test]
    fn digits_of_any_number_of_bytes() {
        let bytes: Vec<u8> = (0..=255).collect();
        for count in [0, 1, 31, 32, 33, 64, 256] {
            let mut text = String::from("x");
            push_hex(&mut text, &bytes[..count]);
            let expected: String = bytes[..count]
                .iter()
                .map(|it| format!("{it:02x}"))
                .collect();
            assert_eq!(text, format!("x{expected}"));
        }
    }
}

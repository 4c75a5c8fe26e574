//! Hexadecimal encoding.

/// Appends two hexadecimal digits for each byte, in lower case.
#[doc(hidden)]
pub fn push_hex(text: &mut String, bytes: &[u8]) {
    text.reserve(2 * bytes.len());
    for bytes in bytes.chunks(32) {
        let mut digits = [0; 64];
        for (pair, byte) in digits.as_chunks_mut().0.iter_mut().zip(bytes) {
            *pair = [digit(byte >> 4), digit(byte & 0xf)];
        }
        let digits = digits.get(..2 * bytes.len()).unwrap_or_default();
        *text += str::from_utf8(digits).unwrap_or_default();
    }
}

#[inline]
fn digit(half: u8) -> u8 {
    half + if half < 10 { b'0' } else { b'a' - 10 }
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

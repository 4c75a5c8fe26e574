//! Percent-encoding.

/// Appends bytes, of which those become `%XX` that are neither unreserved (RFC 3986, section 2.3) nor in `plain`.
///
/// The bytes in `plain` must be ASCII.
pub(crate) fn push(out: &mut String, bytes: &[u8], plain: &[u8]) {
    let is_plain =
        |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~".contains(byte) || plain.contains(byte);
    let mut rest = bytes;
    loop {
        let length = rest.iter().take_while(|byte| is_plain(byte)).count();
        let (run, behind) = rest.split_at_checked(length).unwrap_or((rest, &[]));
        // A run is ASCII.
        out.push_str(str::from_utf8(run).unwrap_or_default());
        let Some((byte, behind)) = behind.split_first() else {
            return;
        };
        out.extend(['%', digit(byte >> 4), digit(byte & 0xf)]);
        rest = behind;
    }
}

/// Returns the hexadecimal digit of a number below 16.
fn digit(number: u8) -> char {
    char::from(number + if number < 10 { b'0' } else { b'A' - 10 })
}

#[cfg(test)]
mod tests {
    use super::push;

    #[test]
    fn bytes_that_are_not_plain_are_encoded() {
        for (bytes, plain, expected) in [
            (&b""[..], &b""[..], ""),
            (b"-._~azAZ09", b"", "-._~azAZ09"),
            (b"a/b c", b"", "a%2Fb%20c"),
            (b"a/b c", b"/", "a/b%20c"),
            ("\u{e9}\u{1f600}".as_bytes(), b"/", "%C3%A9%F0%9F%98%80"),
            (b"\0\x7f\xff%", b"", "%00%7F%FF%25"),
        ] {
            let mut out = "x".to_owned();
            push(&mut out, bytes, plain);
            assert_eq!(out, format!("x{expected}"));
        }
    }
}

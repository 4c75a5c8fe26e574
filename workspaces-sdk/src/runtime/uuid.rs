//! Random identifiers: idempotency tokens and the ids of calls.

/// A version 4 UUID, as `6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b`.
///
/// It is unique, not secret: the randomness is that of `fastrand`.
pub(crate) fn v4() -> String {
    from_bits(fastrand::u128(..))
}

/// The version 4 UUID of these bits; six of them are not used.
pub(super) fn from_bits(bits: u128) -> String {
    let version = (bits & !(0xf << 76)) | (4 << 76);
    let variant = (version & !(0b11 << 62)) | (0b10 << 62);
    let mut text = String::with_capacity(36);
    for place in (0..32).rev() {
        let digit = (variant >> (4 * place)) & 0xf;
        text.extend(char::from_digit(digit as u32, 16));
        if [24, 20, 16, 12].contains(&place) {
            text.push('-');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn has_the_shape_of_a_version_4_uuid() {
        for _ in 0..100 {
            let id = super::v4();
            let parts: Vec<_> = id.split('-').collect();
            assert_eq!(
                parts.iter().map(|part| part.len()).collect::<Vec<_>>(),
                [8, 4, 4, 4, 12],
                "{id}"
            );
            assert!(parts[2].starts_with('4'), "{id}");
            assert!(parts[3].starts_with(['8', '9', 'a', 'b']), "{id}");
        }
    }
}

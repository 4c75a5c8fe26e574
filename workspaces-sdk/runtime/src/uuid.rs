//! Random identifiers: idempotency tokens and invocation ids.

use crate::hex::push_hex;

/// Creates a version 4 UUID, such as `6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b`.
///
/// It is unique but not secret: `fastrand` is not a cryptographic source of randomness.
pub(crate) fn v4() -> String {
    from_bits(fastrand::u128(..))
}

/// The version 4 UUID of these bits, six of which are not used.
pub(crate) fn from_bits(bits: u128) -> String {
    let version = (bits & !(0xf << 76)) | (4 << 76);
    let variant = (version & !(0b11 << 62)) | (0b10 << 62);
    let mut text = String::with_capacity(36);
    push_hex(&mut text, &variant.to_be_bytes());
    for dash in [8, 13, 18, 23] {
        text.insert(dash, '-');
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

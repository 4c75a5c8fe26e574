//! The portable implementation is that of `ring`, and of the standards.

use proptest::prelude::*;

use super::portable;
use crate::hex::push_hex;

fn hex(bytes: impl AsRef<[u8]>) -> String {
    let mut text = String::new();
    push_hex(&mut text, bytes.as_ref());
    text
}

/// Examples of FIPS 180-4 and RFC 4231.
#[test]
fn published_examples() {
    let long = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    for (text, hash) in [
        (
            "",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ),
        (
            "abc",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        ),
        (
            long,
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
        ),
    ] {
        assert_eq!(hex(portable::sha256(text.as_bytes())), hash);
    }
    let larger = "Test Using Larger Than Block-Size Key - Hash Key First";
    for (key, text, code) in [
        (
            &b"Jefe"[..],
            "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
        (
            &[0xaa; 131],
            larger,
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        ),
    ] {
        assert_eq!(hex(portable::Key::new(key).sign(text.as_bytes())), code);
    }
}

proptest! {
    #[test]
    fn the_portable_implementation_is_equal_to_ring(
        key in prop::collection::vec(any::<u8>(), 0..200),
        bytes in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        let expected = ring::digest::digest(&ring::digest::SHA256, &bytes);
        prop_assert_eq!(hex(portable::sha256(&bytes)), hex(expected));
        let ring_key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &key);
        let expected = ring::hmac::sign(&ring_key, &bytes);
        prop_assert_eq!(hex(portable::Key::new(&key).sign(&bytes)), hex(expected));
    }
}

/// The boundaries of the parts do not matter.
#[cfg(feature = "streams")]
#[test]
fn bytes_in_parts() {
    let bytes: Vec<u8> = (0..=255).cycle().take(1000).collect();
    let whole = hex(portable::sha256(&bytes));
    for size in [1, 3, 63, 64, 65, 128, 200, 999, 1000] {
        let mut ours = portable::Sha256::new();
        let mut used = super::Sha256::new();
        for part in bytes.chunks(size) {
            ours.update(part);
            ours.update(b"");
            used.update(part);
        }
        assert_eq!(hex(ours.finish()), whole, "{size}");
        assert_eq!(hex(used.finish()), whole, "{size}");
    }
}

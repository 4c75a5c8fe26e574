//! Private keys of the curve P-256 in PEM, as `aws login` stores them.
//!
//! The format is `ECPrivateKey` of RFC 5915:
//!
//! ```text
//! ECPrivateKey ::= SEQUENCE {
//!     version        INTEGER { ecPrivkeyVer1(1) },
//!     privateKey     OCTET STRING,
//!     parameters [0] ECParameters OPTIONAL,
//!     publicKey  [1] BIT STRING OPTIONAL
//! }
//! ```

use aws_smithy_types::base64;

/// The tags of DER.
const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OCTET_STRING: u8 = 0x04;
const SEQUENCE: u8 = 0x30;
const PARAMETERS: u8 = 0xa0;
const PUBLIC_KEY: u8 = 0xa1;

/// A private key, and the public key that belongs to it.
pub(super) struct KeyPair {
    pub(super) private: Vec<u8>,
    /// The point without compression: 4, and both coordinates of 32 bytes.
    pub(super) public: Vec<u8>,
}

/// Reads a private key. Returns `None` if it has another format, or no public key.
pub(super) fn parse(pem: &str) -> Option<KeyPair> {
    let (_, rest) = pem.split_once("-----BEGIN EC PRIVATE KEY-----")?;
    let (text, _) = rest.split_once("-----END EC PRIVATE KEY-----")?;
    let text: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let der = base64::decode(text).ok()?;

    let mut input = &*der;
    let mut key = element(&mut input, SEQUENCE)?;
    if element(&mut key, INTEGER)? != [1] {
        return None;
    }
    let private = element(&mut key, OCTET_STRING)?;
    if key.first() == Some(&PARAMETERS) {
        element(&mut key, PARAMETERS)?;
    }
    let mut public = element(&mut key, PUBLIC_KEY)?;
    // The first byte is the number of unused bits at the end.
    let (0, public) = element(&mut public, BIT_STRING)?.split_first()? else {
        return None;
    };
    let is_point = public.len() == 65 && public.first() == Some(&4);
    is_point.then_some(KeyPair {
        private: padded(private)?,
        public: public.to_vec(),
    })
}

/// Returns a number of at most 32 bytes as one of 32 bytes. RFC 5915 requires that length, but `aws login` leaves out zeros at the
/// start.
fn padded(number: &[u8]) -> Option<Vec<u8>> {
    let zeros = 32_usize.checked_sub(number.len())?;
    let mut padded = vec![0; zeros];
    padded.extend(number);
    Some(padded)
}

/// Reads an element with that tag, of less than 256 bytes, and returns its contents.
fn element<'a>(input: &mut &'a [u8], tag: u8) -> Option<&'a [u8]> {
    let (found, rest) = input.split_first()?;
    let (length, rest) = match rest {
        [0x81, length, rest @ ..] => (length, rest),
        [length @ 0..=0x7f, rest @ ..] => (length, rest),
        _ => return None,
    };
    let (contents, rest) = rest.split_at_checked(usize::from(*length))?;
    *input = rest;
    (*found == tag).then_some(contents)
}

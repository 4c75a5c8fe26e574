//! Proofs that a request comes from the owner of a key: DPoP, RFC 9449.
//!
//! A proof is a JSON Web Token in the header `dpop`. It contains the method and the URL of the request, the time, a random ID and the
//! public key, and is signed by ES256 with the private key.

use std::error::Error;
use std::fmt;
use std::time::SystemTime;

use aws_smithy_types::base64;
use lean_aws_runtime::codegen::json::Encoder;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};

use super::key;

/// Creates proofs with a key.
pub(super) struct Prover {
    key: EcdsaKeyPair,
    /// The first part of each proof: the algorithm and the public key.
    header: String,
    random: SystemRandom,
}

impl Prover {
    /// Creates a prover for a private key in PEM.
    ///
    /// # Errors
    /// When the key is not a private key of P-256.
    pub(super) fn new(pem: &str) -> Result<Self, Unprovable> {
        let key = key::parse(pem).ok_or(Unprovable::Key)?;
        let random = SystemRandom::new();
        let key = EcdsaKeyPair::from_private_key_and_public_key(
            &ECDSA_P256_SHA256_FIXED_SIGNING,
            &key.private,
            &key.public,
            &random,
        )
        .map_err(|_| Unprovable::Key)?;
        let header = header(key.public_key().as_ref()).ok_or(Unprovable::Key)?;
        Ok(Self {
            key,
            header,
            random,
        })
    }

    /// Creates a proof for a request with this method and URL.
    ///
    /// # Errors
    /// When the system has no random numbers, or the time is before 1970.
    pub(super) fn prove(
        &self,
        method: &str,
        url: &str,
        now: SystemTime,
    ) -> Result<String, Unprovable> {
        let id: [u8; 16] = ring::rand::generate(&self.random)
            .map_err(|_| Unprovable::Random)?
            .expose();
        let since = now.duration_since(SystemTime::UNIX_EPOCH);
        let time = since.map_err(|_| Unprovable::Time)?.as_secs();
        let payload = object(|out| {
            let mut object = out.object();
            object.member("jti", &base64_url(&id));
            object.member("htm", method);
            object.member("htu", url);
            object.member("iat", &i64::try_from(time).unwrap_or(i64::MAX));
            object.end();
        });
        let message = format!("{}.{payload}", self.header);
        let signature = self
            .key
            .sign(&self.random, message.as_bytes())
            .map_err(|_| Unprovable::Random)?;
        Ok(format!("{message}.{}", base64_url(signature.as_ref())))
    }
}

/// Shows nothing of the key.
impl fmt::Debug for Prover {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prover").finish_non_exhaustive()
    }
}

/// Encodes the header for a public key, a point without compression.
fn header(public: &[u8]) -> Option<String> {
    let (x, y) = public.strip_prefix(&[4])?.split_at_checked(32)?;
    let jwk = format!(
        r#"{{"typ":"dpop+jwt","alg":"ES256","jwk":{{"kty":"EC","crv":"P-256","x":"{}","y":"{}"}}}}"#,
        base64_url(x),
        base64_url(y)
    );
    Some(base64_url(jwk.as_bytes()))
}

fn object(write: impl FnOnce(&mut Encoder)) -> String {
    let mut out = Encoder::new();
    write(&mut out);
    base64_url(&out.into_bytes())
}

/// Encodes bytes in the alphabet for URLs, without padding.
fn base64_url(bytes: &[u8]) -> String {
    let text = base64::encode(bytes);
    let characters = text.trim_end_matches('=').chars().map(|c| match c {
        '+' => '-',
        '/' => '_',
        c => c,
    });
    characters.collect()
}

/// The error of a proof that cannot be created.
#[derive(Debug)]
pub(super) enum Unprovable {
    Key,
    Random,
    Time,
}

impl fmt::Display for Unprovable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Key => "`dpopKey` of the login is not a private key of P-256 with its public key",
            Self::Random => "the system has no random numbers",
            Self::Time => "the clock shows a time before 1970",
        })
    }
}

impl Error for Unprovable {}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

    use super::*;

    /// A key that was created for this test.
    const PEM: &str = include_str!("test_key.pem");

    fn decoded(part: &str) -> Vec<u8> {
        let mut text = part.replace('-', "+").replace('_', "/");
        while !text.len().is_multiple_of(4) {
            text.push('=');
        }
        base64::decode(text).unwrap()
    }

    #[test]
    fn proofs_are_signed_by_the_key() {
        let prover = Prover::new(PEM).unwrap();
        let now = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        let proof = prover
            .prove("POST", "https://example.com/v1/token", now)
            .unwrap();
        let (message, signature) = proof.rsplit_once('.').unwrap();
        let public = prover.key.public_key().as_ref();
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, public)
            .verify(message.as_bytes(), &decoded(signature))
            .unwrap();

        let (header, payload) = message.split_once('.').unwrap();
        let header = String::from_utf8(decoded(header)).unwrap();
        assert!(
            header.starts_with(r#"{"typ":"dpop+jwt","alg":"ES256","jwk":{"kty":"EC""#),
            "{header}"
        );
        let payload = String::from_utf8(decoded(payload)).unwrap();
        let rest = r#""htm":"POST","htu":"https://example.com/v1/token","iat":1700000000}"#;
        assert!(payload.ends_with(rest), "{payload}");
        let again = prover
            .prove("POST", "https://example.com/v1/token", now)
            .unwrap();
        assert_ne!(again, proof);
    }

    #[test]
    fn other_keys_are_rejected() {
        let body = PEM.lines().nth(1).unwrap();
        for pem in [
            "",
            "key",
            &PEM.replace(body, ""),
            &PEM.replacen("MHc", "MHd", 1),
            &PEM.replace("EC ", "RSA "),
        ] {
            assert!(matches!(Prover::new(pem), Err(Unprovable::Key)), "{pem}");
        }
    }

    /// Hostile keys are rejected without a panic.
    #[test]
    fn changed_keys_are_rejected_or_valid() {
        let text: String = PEM.lines().filter(|line| !line.starts_with('-')).collect();
        let der = base64::decode(text).unwrap();
        for i in 0..der.len() {
            for change in [0, 1, 0x7f, 0x80, 0xff] {
                let mut der = der.clone();
                der[i] = change;
                let text = base64::encode(&der[..der.len() - i % 3]);
                let _ = Prover::new(&format!(
                    "-----BEGIN EC PRIVATE KEY-----\n{text}\n-----END EC PRIVATE KEY-----"
                ));
            }
        }
    }
}

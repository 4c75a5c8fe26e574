//! SHA-256 and HMAC-SHA-256, for signatures.
//!
//! With the default HTTPS client, `ring` computes them: TLS needs it anyway, and it uses the instructions of the processor.
//! Without the client, `ring` would be the only part that needs a C compiler, so [`portable`] computes them there.

#[cfg(any(not(feature = "default-https-client"), test))]
mod portable;

#[cfg(not(feature = "default-https-client"))]
pub(super) use portable::{Key, sha256};

#[cfg(all(feature = "streams", not(feature = "default-https-client")))]
pub(crate) use portable::Sha256;

#[cfg(feature = "default-https-client")]
pub(super) use with_ring::{Key, sha256};

#[cfg(all(feature = "streams", feature = "default-https-client"))]
pub(crate) use with_ring::Sha256;

#[cfg(feature = "default-https-client")]
mod with_ring {
    use ring::{digest, hmac};

    /// The SHA-256 hash of some bytes.
    pub(crate) fn sha256(bytes: &[u8]) -> impl AsRef<[u8]> + use<> {
        digest::digest(&digest::SHA256, bytes)
    }

    /// The SHA-256 hash of bytes that come in parts.
    #[cfg(feature = "streams")]
    pub(crate) struct Sha256(digest::Context);

    #[cfg(feature = "streams")]
    impl Sha256 {
        pub(crate) fn new() -> Self {
            Self(digest::Context::new(&digest::SHA256))
        }

        pub(crate) fn update(&mut self, bytes: &[u8]) {
            self.0.update(bytes);
        }

        pub(crate) fn finish(self) -> impl AsRef<[u8]> {
            self.0.finish()
        }
    }

    /// A key of HMAC-SHA-256.
    #[derive(Clone)]
    pub(crate) struct Key(hmac::Key);

    impl Key {
        pub(crate) fn new(bytes: &[u8]) -> Self {
            Self(hmac::Key::new(hmac::HMAC_SHA256, bytes))
        }

        /// The authentication code of some bytes.
        pub(crate) fn sign(&self, bytes: &[u8]) -> impl AsRef<[u8]> + use<> {
            hmac::sign(&self.0, bytes)
        }
    }
}

#[cfg(test)]
mod tests;

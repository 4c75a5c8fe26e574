//! The algorithms of checksums.

use aws_smithy_types::base64;

use super::crc::{Crc32c, Crc64Nvme};
use super::sha1::Sha1;
use crate::auth::Sha256;
use crate::user_agent::feature;

/// An algorithm of checksums.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Algorithm {
    Crc32,
    Crc32c,
    Crc64Nvme,
    Sha1,
    Sha256,
}

impl Algorithm {
    /// The code in the user agent.
    pub(super) fn feature(self) -> &'static str {
        match self {
            Self::Crc32 => feature::CRC32,
            Self::Crc32c => feature::CRC32C,
            Self::Crc64Nvme => feature::CRC64,
            Self::Sha1 => feature::SHA1,
            Self::Sha256 => feature::SHA256,
        }
    }

    /// The algorithms, the fastest first: their names in models, and the headers with their checksums.
    pub(crate) const ALL: [(Self, &str, &str); 5] = [
        (Self::Crc32, "CRC32", "x-amz-checksum-crc32"),
        (Self::Crc64Nvme, "CRC64NVME", "x-amz-checksum-crc64nvme"),
        (Self::Crc32c, "CRC32C", "x-amz-checksum-crc32c"),
        (Self::Sha1, "SHA1", "x-amz-checksum-sha1"),
        (Self::Sha256, "SHA256", "x-amz-checksum-sha256"),
    ];

    /// The algorithm with a name, which is compared without regard to case.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let mut all = Self::ALL.iter();
        let found = all.find(|(_, known, _)| known.eq_ignore_ascii_case(name))?;
        Some(found.0)
    }

    /// The header, or the trailer, with the checksum.
    pub(crate) fn header(self) -> &'static str {
        let mut all = Self::ALL.iter();
        all.find(|(known, ..)| *known == self)
            .map_or("", |(_, _, header)| header)
    }

    /// The length of a checksum in base64.
    pub(crate) fn encoded_length(self) -> usize {
        let bytes: usize = match self {
            Self::Crc32 | Self::Crc32c => 4,
            Self::Crc64Nvme => 8,
            Self::Sha1 => 20,
            Self::Sha256 => 32,
        };
        bytes.div_ceil(3) * 4
    }

    /// The checksum of some bytes, in base64.
    pub(crate) fn of(self, bytes: &[u8]) -> String {
        let mut hasher = Hasher::new(self);
        hasher.update(bytes);
        hasher.finish()
    }
}

/// A checksum of bytes that come in parts.
pub(crate) enum Hasher {
    Crc32(crc32fast::Hasher),
    Crc32c(Crc32c),
    Crc64Nvme(Crc64Nvme),
    Sha1(Sha1),
    Sha256(Sha256),
}

impl Hasher {
    pub(crate) fn new(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Crc32 => Self::Crc32(crc32fast::Hasher::new()),
            Algorithm::Crc32c => Self::Crc32c(Crc32c::new()),
            Algorithm::Crc64Nvme => Self::Crc64Nvme(Crc64Nvme::new()),
            Algorithm::Sha1 => Self::Sha1(Sha1::new()),
            Algorithm::Sha256 => Self::Sha256(Sha256::new()),
        }
    }

    pub(crate) fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Crc32(state) => state.update(bytes),
            Self::Crc32c(state) => state.update(bytes),
            Self::Crc64Nvme(state) => state.update(bytes),
            Self::Sha1(state) => state.update(bytes),
            Self::Sha256(state) => state.update(bytes),
        }
    }

    /// The checksum in base64.
    pub(crate) fn finish(self) -> String {
        match self {
            Self::Crc32(state) => base64::encode(state.finalize().to_be_bytes()),
            Self::Crc32c(state) => base64::encode(state.finish().to_be_bytes()),
            Self::Crc64Nvme(state) => base64::encode(state.finish().to_be_bytes()),
            Self::Sha1(state) => base64::encode(state.finish()),
            Self::Sha256(state) => base64::encode(state.finish()),
        }
    }
}

//! SHA-1, which is broken as a signature and still offered as a checksum.
//!
//! With the default HTTPS client, `ring` computes it, as it does SHA-256.

pub(super) use imp::Sha1;

#[cfg(feature = "default-https-client")]
mod imp {
    use ring::digest;

    /// The SHA-1 hash of bytes that come in parts.
    pub(crate) struct Sha1(digest::Context);

    impl Sha1 {
        pub(crate) fn new() -> Self {
            Self(digest::Context::new(&digest::SHA1_FOR_LEGACY_USE_ONLY))
        }

        pub(crate) fn update(&mut self, bytes: &[u8]) {
            self.0.update(bytes);
        }

        pub(crate) fn finish(self) -> impl AsRef<[u8]> {
            self.0.finish()
        }
    }
}

#[cfg(not(feature = "default-https-client"))]
use portable as imp;

#[cfg(any(not(feature = "default-https-client"), test))]
pub(super) mod portable {
    /// The number of bytes in a block.
    const BLOCK: usize = 64;

    const START: [u32; 5] = [
        0x6745_2301,
        0xefcd_ab89,
        0x98ba_dcfe,
        0x1032_5476,
        0xc3d2_e1f0,
    ];

    /// The SHA-1 hash of bytes that come in parts, as [FIPS 180-4] defines it.
    ///
    /// [FIPS 180-4]: https://csrc.nist.gov/pubs/fips/180-4/upd1/final
    pub(crate) struct Sha1 {
        state: [u32; 5],
        /// The bytes of the block that is not complete.
        pending: Vec<u8>,
        length: u64,
    }

    impl Sha1 {
        pub(crate) fn new() -> Self {
            Self {
                state: START,
                pending: Vec::with_capacity(BLOCK * 2),
                length: 0,
            }
        }

        pub(crate) fn update(&mut self, mut bytes: &[u8]) {
            self.length = self.length.wrapping_add(bytes.len() as u64);
            if !self.pending.is_empty() {
                let missing = BLOCK - self.pending.len();
                let (first, rest) = bytes.split_at(missing.min(bytes.len()));
                self.pending.extend_from_slice(first);
                bytes = rest;
                if self.pending.len() < BLOCK {
                    return;
                }
                let pending = std::mem::take(&mut self.pending);
                self.add(&pending);
            }
            let whole = bytes.len() - bytes.len() % BLOCK;
            let (blocks, rest) = bytes.split_at(whole);
            self.add(blocks);
            self.pending.extend_from_slice(rest);
        }

        fn add(&mut self, blocks: &[u8]) {
            let (blocks, _) = blocks.as_chunks::<BLOCK>();
            for block in blocks {
                compress(&mut self.state, block);
            }
        }

        pub(crate) fn finish(mut self) -> [u8; 20] {
            let bits = self.length.wrapping_mul(8);
            let mut end = std::mem::take(&mut self.pending);
            end.push(0x80);
            while end.len() % BLOCK != BLOCK - 8 {
                end.push(0);
            }
            end.extend_from_slice(&bits.to_be_bytes());
            self.add(&end);
            let mut hash = [0; 20];
            let words = self.state.iter().flat_map(|word| word.to_be_bytes());
            for (byte, of_word) in hash.iter_mut().zip(words) {
                *byte = of_word;
            }
            hash
        }
    }

    fn compress(state: &mut [u32; 5], block: &[u8; BLOCK]) {
        let (words, _) = block.as_chunks::<4>();
        // The schedule is kept as its last 16 words, the oldest first.
        let mut schedule: std::collections::VecDeque<u32> =
            words.iter().map(|word| u32::from_be_bytes(*word)).collect();
        let [mut a, mut b, mut c, mut d, mut e] = *state;
        for round in 0..80 {
            let (mix, constant) = match round / 20 {
                0 => ((b & c) | (!b & d), 0x5a82_7999),
                1 => (b ^ c ^ d, 0x6ed9_eba1),
                2 => ((b & c) | (b & d) | (c & d), 0x8f1b_bcdc),
                _ => (b ^ c ^ d, 0xca62_c1d6_u32),
            };
            let at = |i: usize| schedule.get(i).copied().unwrap_or_default();
            let word = at(0);
            let next = (at(13) ^ at(8) ^ at(2) ^ word).rotate_left(1);
            schedule.pop_front();
            schedule.push_back(next);
            let sum = (a.rotate_left(5))
                .wrapping_add(mix)
                .wrapping_add(e)
                .wrapping_add(constant)
                .wrapping_add(word);
            (e, d, c, b, a) = (d, c, b.rotate_left(30), a, sum);
        }
        for (old, new) in state.iter_mut().zip([a, b, c, d, e]) {
            *old = old.wrapping_add(new);
        }
    }
}

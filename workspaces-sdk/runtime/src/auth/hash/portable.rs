//! SHA-256 (FIPS 180-4) and HMAC (FIPS 198-1).
//!
//! Neither memory addresses nor branches depend on the values of the bytes, so the time reveals only their number.

/// The number of bytes that are hashed at a time.
const BLOCK: usize = 64;

/// The state of a hash before the first block.
const INITIAL: [u32; 8] = [
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
];

#[rustfmt::skip]
const ROUNDS: [u32; 64] = [
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
];

/// The SHA-256 hash of some bytes.
pub(crate) fn sha256(bytes: &[u8]) -> impl AsRef<[u8]> + use<> {
    finish(INITIAL, 0, bytes)
}

/// The SHA-256 hash of bytes that come in parts.
#[cfg(feature = "streams")]
pub(crate) struct Sha256 {
    state: [u32; 8],
    /// The number of bytes that the state contains.
    before: u64,
    /// The beginning of the next block.
    rest: Vec<u8>,
}

#[cfg(feature = "streams")]
impl Sha256 {
    pub(crate) fn new() -> Self {
        Self {
            state: INITIAL,
            before: 0,
            rest: Vec::with_capacity(BLOCK),
        }
    }

    pub(crate) fn update(&mut self, bytes: &[u8]) {
        let missing = bytes.len().min(BLOCK - self.rest.len());
        let (head, bytes) = bytes.split_at(missing);
        self.rest.extend_from_slice(head);
        if let Some(block) = self.rest.as_array() {
            self.add(&[*block]);
            self.rest.clear();
            let (blocks, rest) = bytes.as_chunks::<BLOCK>();
            self.add(blocks);
            self.rest.extend_from_slice(rest);
        }
    }

    fn add(&mut self, blocks: &[[u8; BLOCK]]) {
        for block in blocks {
            compress(&mut self.state, block);
        }
        self.before = self.before.wrapping_add((blocks.len() * BLOCK) as u64);
    }

    pub(crate) fn finish(self) -> impl AsRef<[u8]> {
        finish(self.state, self.before, &self.rest)
    }
}

/// A key of HMAC-SHA-256: the states of the two hashes after the block that contains the key.
#[derive(Clone)]
pub(crate) struct Key {
    inner: [u32; 8],
    outer: [u32; 8],
}

impl Key {
    pub(crate) fn new(bytes: &[u8]) -> Self {
        let hash = finish(INITIAL, 0, bytes);
        let bytes = if bytes.len() > BLOCK { &hash } else { bytes };
        let state = |pad| {
            let mut block = [pad; BLOCK];
            for (byte, key) in block.iter_mut().zip(bytes) {
                *byte ^= key;
            }
            let mut state = INITIAL;
            compress(&mut state, &block);
            state
        };
        Self {
            inner: state(0x36),
            outer: state(0x5c),
        }
    }

    /// The authentication code of some bytes.
    pub(crate) fn sign(&self, bytes: &[u8]) -> impl AsRef<[u8]> + use<> {
        finish(
            self.outer,
            BLOCK as u64,
            &finish(self.inner, BLOCK as u64, bytes),
        )
    }
}

/// Hashes `bytes` after `before` bytes that `state` contains already.
fn finish(mut state: [u32; 8], before: u64, bytes: &[u8]) -> [u8; 32] {
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    for block in blocks {
        compress(&mut state, block);
    }
    // A bit, zeros, and the number of bits complete the last block.
    let bits = before.wrapping_add(bytes.len() as u64).wrapping_mul(8);
    let mut last = Vec::with_capacity(2 * BLOCK);
    last.extend_from_slice(rest);
    last.push(0x80);
    last.resize((last.len() + 8).next_multiple_of(BLOCK) - 8, 0);
    last.extend_from_slice(&bits.to_be_bytes());
    for block in last.as_chunks::<BLOCK>().0 {
        compress(&mut state, block);
    }
    let mut hash = [0; 32];
    for (bytes, word) in hash.as_chunks_mut::<4>().0.iter_mut().zip(state) {
        *bytes = word.to_be_bytes();
    }
    hash
}

/// Adds a block to the state of a hash. The names are those of the standard.
fn compress(state: &mut [u32; 8], block: &[u8; BLOCK]) {
    let mut schedule = [0_u32; 64];
    for (word, bytes) in schedule.iter_mut().zip(block.as_chunks::<4>().0) {
        *word = u32::from_be_bytes(*bytes);
    }
    for t in 16..schedule.len() {
        let (earlier, later) = schedule.split_at_mut(t);
        // The words 16, 15, 7 and 2 places before.
        if let [.., w16, w15, _, _, _, _, _, _, _, w7, _, _, _, _, w2, _] = earlier
            && let Some(word) = later.first_mut()
        {
            let sigma0 = w15.rotate_right(7) ^ w15.rotate_right(18) ^ (*w15 >> 3);
            let sigma1 = w2.rotate_right(17) ^ w2.rotate_right(19) ^ (*w2 >> 10);
            *word = w16
                .wrapping_add(sigma0)
                .wrapping_add(*w7)
                .wrapping_add(sigma1);
        }
    }
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = *state;
    for (k, w) in ROUNDS.into_iter().zip(schedule) {
        let sum1 = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
        let choice = (e & f) ^ (!e & g);
        let t1 = h
            .wrapping_add(sum1)
            .wrapping_add(choice)
            .wrapping_add(k)
            .wrapping_add(w);
        let sum0 = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
        let majority = (a & b) ^ (a & c) ^ (b & c);
        let t2 = sum0.wrapping_add(majority);
        (h, g, f, e) = (g, f, e, d.wrapping_add(t1));
        (d, c, b, a) = (c, b, a, t1.wrapping_add(t2));
    }
    for (word, add) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
        *word = word.wrapping_add(add);
    }
}

//! CRC-32C and CRC-64/NVME, by tables.
//!
//! Each step reads eight bytes and looks each of them up in a table of its own ("slicing by eight"), which takes about a third of
//! the time of one table. The algorithms are those of the [catalog of parametrised CRC algorithms]. They differ from others in
//! their polynomials only: all bits of the state are inverted at both ends, and the bits of bytes are in reflected order.
//!
//! [catalog of parametrised CRC algorithms]: https://reveng.sourceforge.io/crc-catalogue/all.htm

/// The tables of an algorithm: the effect of a byte on the state, followed by up to seven zero bytes.
type Tables = [[u64; 256]; 8];

/// The polynomials in reflected order.
const CRC32C: u64 = 0x82f6_3b78;
const CRC64_NVME: u64 = 0x9a6c_9329_ac4b_c9b5;

static TABLES_32C: Tables = tables(CRC32C);
static TABLES_64_NVME: Tables = tables(CRC64_NVME);

#[expect(clippy::indexing_slicing, reason = "the compiler evaluates it")]
const fn tables(polynomial: u64) -> Tables {
    let mut tables = [[0; 256]; 8];
    let mut byte = 0;
    while byte < 256 {
        let mut state = byte as u64;
        let mut bit = 0;
        while bit < 8 {
            state = if state & 1 == 1 {
                (state >> 1) ^ polynomial
            } else {
                state >> 1
            };
            bit += 1;
        }
        tables[0][byte] = state;
        byte += 1;
    }
    let mut table = 1;
    while table < 8 {
        let mut byte = 0;
        while byte < 256 {
            let before = tables[table - 1][byte];
            tables[table][byte] = (before >> 8) ^ tables[0][(before & 0xff) as usize];
            byte += 1;
        }
        table += 1;
    }
    tables
}

/// The effect of one byte on the state.
fn lookup(table: &[u64; 256], byte: u8) -> u64 {
    // The index is always in range, so this compiles to a plain access.
    table.get(usize::from(byte)).copied().unwrap_or_default()
}

fn update(tables: &Tables, mut state: u64, bytes: &[u8]) -> u64 {
    let [t0, t1, t2, t3, t4, t5, t6, t7] = tables;
    let (chunks, rest) = bytes.as_chunks::<8>();
    for chunk in chunks {
        let [b0, b1, b2, b3, b4, b5, b6, b7] = (state ^ u64::from_le_bytes(*chunk)).to_le_bytes();
        state = lookup(t7, b0)
            ^ lookup(t6, b1)
            ^ lookup(t5, b2)
            ^ lookup(t4, b3)
            ^ lookup(t3, b4)
            ^ lookup(t2, b5)
            ^ lookup(t1, b6)
            ^ lookup(t0, b7);
    }
    for byte in rest {
        let [low, ..] = state.to_le_bytes();
        state = (state >> 8) ^ lookup(t0, low ^ byte);
    }
    state
}

/// CRC-32C, with the polynomial of Castagnoli.
pub(crate) struct Crc32c(u64);

impl Crc32c {
    pub(crate) fn new() -> Self {
        Self(u64::from(u32::MAX))
    }

    pub(crate) fn update(&mut self, bytes: &[u8]) {
        self.0 = update(&TABLES_32C, self.0, bytes);
    }

    pub(crate) fn finish(self) -> u32 {
        let [b0, b1, b2, b3, ..] = self.0.to_le_bytes();
        !u32::from_le_bytes([b0, b1, b2, b3])
    }
}

/// CRC-64/NVME.
pub(crate) struct Crc64Nvme(u64);

impl Crc64Nvme {
    pub(crate) fn new() -> Self {
        Self(u64::MAX)
    }

    pub(crate) fn update(&mut self, bytes: &[u8]) {
        self.0 = update(&TABLES_64_NVME, self.0, bytes);
    }

    pub(crate) fn finish(self) -> u64 {
        !self.0
    }
}

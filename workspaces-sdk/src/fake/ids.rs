//! Identifiers, generated in a fixed order so that every run of a program gets the same ones.

use super::saved::saved;

/// Generates identifiers. Identifiers with the same prefix increase, so lists sorted by identifier are
/// in the order of creation.
#[derive(Debug)]
pub(super) struct Ids {
    count: u64,
    seed: u64,
}

saved! {
    Ids {
        "Count" => count;
        "Seed" => seed;
    }
}

impl Ids {
    pub(super) fn new(seed: u64) -> Self {
        Self { count: 0, seed }
    }

    /// Generates an identifier such as `ws-00001k3x9`: the prefix and nine digits and letters.
    pub(super) fn next(&mut self, prefix: &str) -> String {
        let (number, random) = self.step();
        format!("{prefix}{}{}", base36(number, 5), base36(random, 4))
    }

    /// Generates the identifier of a VPC resource, such as `subnet-0a1b2c3d4e5f60718`.
    pub(super) fn next_vpc(&mut self, prefix: &str) -> String {
        let (_, random) = self.step();
        format!("{prefix}0{random:016x}")
    }

    /// Generates a request ID in the form of a UUID.
    pub(super) fn next_uuid(&mut self) -> String {
        let (number, random) = self.step();
        let (a, b, c) = (random >> 32, random >> 16 & 0xffff, random & 0xfff);
        format!("{a:08x}-{b:04x}-4{c:03x}-8000-{number:012x}")
    }

    /// Returns a pseudo-random number, which depends on the seed and the number of generated identifiers.
    pub(super) fn random(&mut self) -> u64 {
        self.step().1
    }

    /// Returns the next number and a pseudo-random number.
    fn step(&mut self) -> (u64, u64) {
        self.count = self.count.wrapping_add(1);
        // splitmix64
        let mut random = self
            .seed
            .wrapping_add(self.count.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        random = (random ^ (random >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        random = (random ^ (random >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (self.count, random ^ (random >> 31))
    }
}

/// Formats the last `digits` digits of a number in base 36.
fn base36(mut number: u64, digits: usize) -> String {
    let mut reversed = Vec::with_capacity(digits);
    for _ in 0..digits {
        let digit = u32::try_from(number % 36).unwrap_or_default();
        reversed.push(char::from_digit(digit, 36).unwrap_or('0'));
        number /= 36;
    }
    reversed.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_unique_increasing_and_of_the_service_s_length() {
        let mut ids = Ids::new(0);
        let generated: Vec<String> = (0..100_000).map(|_| ids.next("ws-")).collect();
        assert!(generated.is_sorted_by(|one, other| one < other));
        assert!(generated.iter().all(|id| id.len() == 12));
        assert_eq!(Ids::new(0).next("ws-"), generated[0]);
        assert_ne!(Ids::new(1).next("ws-"), generated[0]);
        assert_eq!(ids.next_vpc("sg-").len(), 20);
        assert_eq!(ids.next_uuid().len(), 36);
    }
}

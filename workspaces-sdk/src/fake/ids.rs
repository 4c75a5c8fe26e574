//! Identifiers: made up in a fixed order, so that two runs of a program see the same.

/// Makes identifiers up. Later ones of a kind are greater, so that lists come in the order of creation.
#[derive(Debug)]
pub(super) struct Ids {
    made: u64,
    seed: u64,
}

impl Ids {
    pub(super) fn new(seed: u64) -> Self {
        Self { made: 0, seed }
    }

    /// An identifier such as `ws-00001k3x9`: the prefix and nine digits and letters.
    pub(super) fn next(&mut self, prefix: &str) -> String {
        let (number, noise) = self.step();
        format!("{prefix}{}{}", base36(number, 5), base36(noise, 4))
    }

    /// An identifier of a part of a network, such as `subnet-0a1b2c3d4e5f60718`.
    pub(super) fn next_vpc(&mut self, prefix: &str) -> String {
        let (_, noise) = self.step();
        format!("{prefix}0{noise:016x}")
    }

    /// A request's identifier, in the form of a UUID.
    pub(super) fn next_uuid(&mut self) -> String {
        let (number, noise) = self.step();
        let (a, b, c) = (noise >> 32, noise >> 16 & 0xffff, noise & 0xfff);
        format!("{a:08x}-{b:04x}-4{c:03x}-8000-{number:012x}")
    }

    /// The next number, and what looks like chance.
    fn step(&mut self) -> (u64, u64) {
        self.made += 1;
        // splitmix64
        let mut noise = self
            .seed
            .wrapping_add(self.made.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        noise = (noise ^ (noise >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        noise = (noise ^ (noise >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (self.made, noise ^ (noise >> 31))
    }
}

/// The last `digits` digits of a number to the base of 36.
fn base36(mut number: u64, digits: usize) -> String {
    let mut text = Vec::with_capacity(digits);
    for _ in 0..digits {
        let digit = u32::try_from(number % 36).unwrap_or_default();
        text.push(char::from_digit(digit, 36).unwrap_or('0'));
        number /= 36;
    }
    text.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_differ_grow_and_look_like_the_service_s() {
        let mut ids = Ids::new(0);
        let made: Vec<String> = (0..100_000).map(|_| ids.next("ws-")).collect();
        assert!(made.is_sorted_by(|one, other| one < other));
        assert!(made.iter().all(|id| id.len() == 12));
        assert_eq!(Ids::new(0).next("ws-"), made[0]);
        assert_ne!(Ids::new(1).next("ws-"), made[0]);
        assert_eq!(ids.next_vpc("sg-").len(), 20);
        assert_eq!(ids.next_uuid().len(), 36);
    }
}

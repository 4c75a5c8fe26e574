use super::outcome::Files;

/// Parts of files that mean something to a parser.
const TOKENS: [&str; 40] = [
    "[",
    "]",
    "=",
    " ",
    "\t",
    "#",
    ";",
    "\n",
    "\r",
    "\r\n",
    "\"",
    "'",
    ":",
    "\\",
    "\u{a0}",
    "\u{feff}",
    "\0",
    "é",
    " # c",
    ";c",
    "\n#c\n",
    "\n #c\n",
    "\n  ;c = d\n",
    "[default]\n",
    "[profile default]\n",
    "[profile dev]\n",
    "[profile  dev]\n",
    "[dev]\n",
    "[sso-session corp]\n",
    "[services local]\n",
    "[services \tlocal]\n",
    "[]\n",
    "\ns3 =\n",
    "\n a = b\n",
    "\na = b\n",
    "\nA=\n",
    "profile ",
    "default",
    "services = local\n",
    "\n\n",
];

const PROFILES: [&str; 3] = ["default", "default", "dev"];

/// A generator of pseudorandom numbers: splitmix64.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Returns a number below `end`, which is not 0.
    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}

/// Creates a pair of files.
pub fn files(corpus: &[Vec<u8>], random: &mut Random) -> Files {
    Files {
        config: file(corpus, random),
        // Errors in one file hide the other, so it is empty at times.
        credentials: match random.below(3) {
            0 => Vec::new(),
            _ => file(corpus, random),
        },
        profile: PROFILES[random.below(PROFILES.len())],
    }
}

fn file(corpus: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut text = random.pick(corpus).clone();
    // A large part of the files has to remain valid.
    for _ in 0..random.below(5) {
        mutate(&mut text, corpus, random);
    }
    text
}

fn mutate(text: &mut Vec<u8>, corpus: &[Vec<u8>], random: &mut Random) {
    let mut lines: Vec<&[u8]> = text.split_inclusive(|byte| *byte == b'\n').collect();
    let line = random.below(lines.len() + 1);
    let at = random.below(text.len() + 1);
    let end = text.len().min(at + random.below(4));
    match random.below(11) {
        // Tokens, anywhere and where lines begin.
        0 | 1 => {
            text.splice(at..at, random.pick(&TOKENS).bytes());
        }
        2 => {
            text.splice(at..end, random.pick(&TOKENS).bytes());
        }
        3 | 4 => {
            lines.insert(line, random.pick(&TOKENS).as_bytes());
            *text = lines.concat();
        }
        // Bytes.
        5 => {
            text.drain(at..end);
        }
        6 => {
            if let Some(byte) = text.get_mut(at) {
                *byte = match random.below(50) {
                    0 => 0xFF,
                    _ => b' ' + random.below(95) as u8,
                };
            }
        }
        // Lines.
        7 => {
            if line < lines.len() {
                lines.remove(line);
            }
            *text = lines.concat();
        }
        8 => {
            if line < lines.len() {
                let other = random.below(lines.len());
                lines.swap(line, other);
            }
            *text = lines.concat();
        }
        9 => {
            if line < lines.len() {
                lines.insert(random.below(lines.len()), lines[line]);
            }
            *text = lines.concat();
        }
        // A part of another file.
        _ => {
            let other = random.pick(corpus);
            let other: Vec<&[u8]> = other.split_inclusive(|byte| *byte == b'\n').collect();
            let start = random.below(other.len() + 1);
            let end = other.len().min(start + random.below(6));
            lines.splice(line..line, other[start..end].iter().copied());
            *text = lines.concat();
        }
    }
}

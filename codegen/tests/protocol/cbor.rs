
/// Bodies in CBOR: the notation of the cases, and a form in which two bodies with the same meaning are the same. This reads
/// CBOR on its own, so that it does not agree with a mistake of the codec.
mod cbor {
    use std::collections::BTreeMap;

    /// Returns the bytes that a string of hexadecimal digits stands for. Text in quotes is the text itself.
    pub(super) fn bytes(notation: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (index, part) in notation.split('\'').enumerate() {
            if index % 2 == 1 {
                bytes.extend_from_slice(part.as_bytes());
                continue;
            }
            let digits: Vec<char> = part.chars().filter(|it| !it.is_whitespace()).collect();
            let pairs = digits.chunks(2).map(String::from_iter);
            bytes.extend(pairs.map(|pair| u8::from_str_radix(&pair, 16).unwrap()));
        }
        bytes
    }

    /// Describes one data item: the members of a map in the order of their names, and numbers without their width.
    pub(super) fn description(bytes: &[u8]) -> String {
        if bytes.is_empty() {
            return "nothing".to_owned();
        }
        let mut rest = bytes;
        match item(&mut rest) {
            Some(item) if rest.is_empty() => item,
            Some(item) => format!("{item} and {} bytes", rest.len()),
            None => format!("malformed {bytes:02x?}"),
        }
    }

    fn item(rest: &mut &[u8]) -> Option<String> {
        let (first, after) = rest.split_first()?;
        *rest = after;
        let (major, info) = (first >> 5, first & 0x1F);
        let width = match info {
            0..=23 => 0,
            24..=27 => 1 << (info - 24),
            31 => return indefinite(major, rest),
            _ => return None,
        };
        let argument = take(rest, width)?;
        let argument = match width {
            0 => info.into(),
            _ => argument.iter().fold(0, |value, byte| value << 8 | u64::from(*byte)),
        };
        let mut items = |count: u64| (0..count).map(|_| item(rest)).collect::<Option<Vec<_>>>();
        Some(match major {
            0 => argument.to_string(),
            1 => (-1 - i128::from(argument)).to_string(),
            2 => format!("h'{:02x?}'", take(rest, argument as usize)?),
            3 => format!("{:?}", std::str::from_utf8(take(rest, argument as usize)?).ok()?),
            4 => format!("[{}]", items(argument)?.join(", ")),
            5 => map(&items(argument * 2)?),
            6 => format!("{argument}({})", item(rest)?),
            _ => simple(width, argument)?,
        })
    }

    fn take<'a>(rest: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
        let (taken, after) = rest.split_at_checked(count)?;
        *rest = after;
        Some(taken)
    }

    fn indefinite(major: u8, rest: &mut &[u8]) -> Option<String> {
        let mut items = Vec::new();
        while *rest.first()? != 0xFF {
            items.push(item(rest)?);
        }
        take(rest, 1)?;
        Some(match major {
            2 => format!("h{}", items.concat().replace("'h'", ", ")),
            3 => format!("{:?}", items.concat().replace("\"", "")),
            4 => format!("[{}]", items.join(", ")),
            5 => map(&items),
            _ => return None,
        })
    }

    fn map(items: &[String]) -> String {
        let members = items.chunks(2);
        let members: BTreeMap<_, _> = members.clone().map(|it| (&it[0], &it[1])).collect();
        let twice = items.len() / 2 - members.len();
        let members = members.iter().map(|(name, value)| format!("{name}: {value}"));
        let members: Vec<_> = members.collect();
        match twice {
            0 => format!("{{{}}}", members.join(", ")),
            _ => format!("{{{}, {twice} twice}}", members.join(", ")),
        }
    }

    fn simple(width: usize, argument: u64) -> Option<String> {
        let float = match width {
            2 => half(argument as u16),
            4 => f32::from_bits(argument as u32).into(),
            8 => f64::from_bits(argument),
            _ => {
                let names = ["false", "true", "null", "undefined"];
                return names.get(argument.checked_sub(20)? as usize).map(|it| (*it).to_owned());
            }
        };
        Some(format!("{float:?}"))
    }

    /// A float of 16 bits, in the way of appendix D of RFC 8949.
    fn half(bits: u16) -> f64 {
        let (exponent, fraction) = (bits >> 10 & 0x1F, f64::from(bits & 0x3FF));
        let value = match (exponent, fraction) {
            (0, _) => fraction * 2_f64.powi(-24),
            (31, 0.0) => f64::INFINITY,
            (31, _) => return f64::NAN,
            _ => (fraction + 1024.0) * 2_f64.powi(i32::from(exponent) - 25),
        };
        if bits < 0x8000 { value } else { -value }
    }
}

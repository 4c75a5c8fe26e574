//! Finds the line and column of a JSON path in a file.
//!
//! Only faults need positions, so valid models cost nothing. The search tolerates syntax errors elsewhere in the file,
//! and does not recurse.

use std::collections::HashMap;
use std::ops::Range;

/// A line and a column, both from 1. Columns are counted in characters.
pub(crate) type Position = (usize, usize);

/// An entry of an object or an element of an array.
#[derive(Clone, Debug)]
struct Child {
    /// The key of an entry, or `None` for an element.
    key: Option<String>,
    /// The range of the entry, including its key, or of the element.
    range: Range<usize>,
    /// The offset of the value.
    value: usize,
}

/// Finds positions in one file.
#[derive(Debug)]
pub(crate) struct Locator<'a> {
    bytes: &'a [u8],
    /// The children of the objects and arrays visited so far, by the offset of the object or array.
    children: HashMap<usize, Vec<Child>>,
}

impl<'a> Locator<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            children: HashMap::new(),
        }
    }

    /// Returns the position of the value at a path, or of its key if the value is an object or array. If the path
    /// does not exist, this is the position of its longest prefix that does.
    pub(crate) fn position(&mut self, path: &str) -> Position {
        let found = self.follow(path).pop();
        let at = found.map_or(self.skip_whitespace(0), |child| {
            match self.bytes.get(child.value) {
                Some(b'{' | b'[') => child.range.start,
                _ => child.value,
            }
        });
        position(self.bytes, at)
    }

    /// Returns the range of the entry, including its key, or element at a path.
    pub(crate) fn range(&mut self, path: &str) -> Option<Range<usize>> {
        self.follow(path).pop().map(|child| child.range)
    }

    /// Returns the keys along a path.
    pub(crate) fn keys_along(&mut self, path: &str) -> Vec<String> {
        let children = self.follow(path).into_iter();
        children.filter_map(|child| child.key).collect()
    }

    /// Returns the keys of the object at a path.
    pub(crate) fn keys(&mut self, path: &str) -> Vec<String> {
        let at = match path {
            "" => self.skip_whitespace(0),
            path => self.follow(path).pop().map_or(0, |child| child.value),
        };
        let children = self.children(at).iter();
        children.filter_map(|child| child.key.clone()).collect()
    }

    /// Follows a path as far as it exists, and returns the children along it. Keys may contain dots, so the longest
    /// matching key is followed. Of duplicate keys, the last is followed, since that is the surplus one.
    fn follow(&mut self, path: &str) -> Vec<Child> {
        let (mut rest, mut at, mut found) = (path, self.skip_whitespace(0), Vec::new());
        while !rest.is_empty() {
            let mut best: Option<(&str, &Child)> = None;
            for (i, child) in self.children(at).iter().enumerate() {
                let Some(after) = after(rest, child, i) else {
                    continue;
                };
                let shorter = best.is_none_or(|(best, _)| after.len() < best.len());
                if shorter || (after.is_empty() && child.key.is_some()) {
                    best = Some((after, child));
                }
            }
            let Some((after, child)) = best else { break };
            (rest, at) = (after.strip_prefix('.').unwrap_or(after), child.value);
            found.push(child.clone());
        }
        found
    }

    /// Returns the children of an object or array. Other values have none.
    fn children(&mut self, at: usize) -> &[Child] {
        if !self.children.contains_key(&at) {
            let children = self.read_children(at);
            self.children.insert(at, children);
        }
        self.children
            .get(&at)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    fn read_children(&self, open: usize) -> Vec<Child> {
        let object = match self.bytes.get(open) {
            Some(b'{') => true,
            Some(b'[') => false,
            _ => return Vec::new(),
        };
        let mut children = Vec::new();
        let mut at = self.skip_whitespace(open + 1);
        while !matches!(self.bytes.get(at), None | Some(b'}' | b']')) {
            let start = at;
            let mut key = None;
            if object {
                let end = self.value_end(at);
                let string = self.bytes.get(at..end).unwrap_or_default();
                key = Some(serde_json::from_slice(string).unwrap_or_default());
                at = self.skip_whitespace(self.skip_whitespace(end) + 1);
            }
            let end = self.value_end(at);
            children.push(Child {
                key,
                range: start..end,
                value: at,
            });
            at = self.skip_whitespace(end);
            if self.bytes.get(at) != Some(&b',') {
                break;
            }
            at = self.skip_whitespace(at + 1);
        }
        children
    }

    /// Returns the end of the whitespace that begins at an offset.
    fn skip_whitespace(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        at + rest
            .iter()
            .take_while(|byte| byte.is_ascii_whitespace())
            .count()
    }

    /// Returns the end of the value that begins at an offset.
    fn value_end(&self, at: usize) -> usize {
        let (mut depth, mut end) = (0usize, at);
        loop {
            match self.bytes.get(end) {
                None => return self.bytes.len(),
                Some(b'"') => end = self.string_end(end),
                Some(b'{' | b'[') => (depth, end) = (depth + 1, end + 1),
                Some(b'}' | b']') if depth > 0 => (depth, end) = (depth - 1, end + 1),
                Some(b'}' | b']' | b',' | b':') if depth == 0 => return end,
                Some(byte) if depth == 0 && byte.is_ascii_whitespace() => return end,
                Some(_) => {
                    end += 1;
                    continue;
                }
            }
            if depth == 0 {
                return end;
            }
        }
    }

    /// Returns the end of the string that begins at an offset.
    fn string_end(&self, at: usize) -> usize {
        let mut end = at + 1;
        loop {
            match self.bytes.get(end) {
                None => return self.bytes.len(),
                Some(b'"') => return end + 1,
                Some(b'\\') => end += 2,
                Some(_) => end += 1,
            }
        }
    }
}

/// Returns the rest of a path after a child, if the path leads through it.
fn after<'p>(path: &'p str, child: &Child, i: usize) -> Option<&'p str> {
    let after = match &child.key {
        Some(key) => path.strip_prefix(key.as_str())?,
        None => path.strip_prefix(&format!("[{i}]"))?,
    };
    (after.is_empty() || after.starts_with(['.', '['])).then_some(after)
}

/// Returns the line and column of a byte.
pub(crate) fn position(bytes: &[u8], at: usize) -> Position {
    let before = bytes.get(..at).unwrap_or(bytes);
    let line_start = before
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |end| end + 1);
    let lines = before.iter().filter(|byte| **byte == b'\n').count();
    let line = before.get(line_start..).unwrap_or_default();
    // Only continuation bytes of a character are of the form 0b10xxxxxx.
    let characters = line.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
    (lines + 1, characters + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"{
  "shapes": {
    "Tag": {"type": "structure", "members": {"Kéy": {"shape": "TagKye"}}},
    "a.b#Tag": {"required": ["x", ["y", 2]], "Tag": true},
    "Twice": {"type": "one"},
    "Twice": {"type": "other"}
  }, "cut": {"of
"#;

    #[test]
    fn paths() {
        let mut locator = Locator::new(FILE.as_bytes());
        for (path, expected) in [
            ("", (1, 1)),
            ("shapes", (2, 3)),
            ("shapes.Tag", (3, 5)),
            ("shapes.Tag.type", (3, 21)),
            ("shapes.Tag.members.Kéy", (3, 46)),
            ("shapes.Tag.members.Kéy.shape", (3, 63)),
            ("shapes.Tag.members.Key.shape", (3, 34)),
            ("shapes.a.b#Tag.required[0]", (4, 30)),
            ("shapes.a.b#Tag.required[1]", (4, 35)),
            ("shapes.a.b#Tag.required[1][1]", (4, 41)),
            ("shapes.a.b#Tag.required[7]", (4, 17)),
            ("shapes.a.b#Tag.Tag", (4, 53)),
            ("shapes.Twice", (6, 5)),
            ("shapes.Twice.type", (5, 23)),
            ("nowhere", (1, 1)),
            ("cut.of.the.file", (7, 6)),
        ] {
            assert_eq!(locator.position(path), expected, "{path}");
        }
        assert_eq!(locator.keys(""), ["shapes", "cut"]);
        assert_eq!(locator.keys("shapes.Tag"), ["type", "members"]);
    }

    /// Truncated files have a position for any path.
    #[test]
    fn broken_files() {
        for end in 0..FILE.len() {
            for start in 0..10 {
                let bytes = FILE.as_bytes().get(start..end).unwrap_or_default();
                let (line, _) = Locator::new(bytes).position("shapes.Tag.members.Kéy.shape");
                assert!(line <= FILE.lines().count(), "{line} in {start}..{end}");
            }
        }
    }
}

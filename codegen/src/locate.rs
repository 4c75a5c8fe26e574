//! Finds the line and column of a JSON path in a file.
//!
//! Only faults need positions, so valid models cost nothing. The search tolerates syntax errors elsewhere in the file,
//! and does not recurse.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

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

/// The children of an object or array.
#[derive(Debug, Default)]
struct Children {
    all: Vec<Child>,
    /// The first and the last entry with each key.
    by_key: HashMap<String, (usize, usize)>,
}

/// Finds positions in one file.
#[derive(Debug)]
pub(crate) struct Locator<'a> {
    bytes: &'a [u8],
    /// The children of the objects and arrays visited so far, by the offset of the object or array.
    children: HashMap<usize, Children>,
    /// The lines of the file, computed when a position is first needed.
    lines: OnceLock<Lines>,
}

impl<'a> Locator<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            children: HashMap::new(),
            lines: OnceLock::new(),
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
        let lines = self.lines.get_or_init(|| Lines::new(self.bytes));
        lines.position(self.bytes, at)
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
        let children = self.children(at).all.iter();
        children.filter_map(|child| child.key.clone()).collect()
    }

    /// Follows a path as far as it exists, and returns the children along it. Keys may contain dots, so the longest
    /// matching key is followed. Of duplicate keys, the last is followed, since that is the surplus one.
    fn follow(&mut self, path: &str) -> Vec<Child> {
        let (mut rest, mut at, mut found) = (path, self.skip_whitespace(0), Vec::new());
        while !rest.is_empty() {
            let Some((after, child)) = self.children(at).next(rest) else {
                break;
            };
            (rest, at) = (after.strip_prefix('.').unwrap_or(after), child.value);
            found.push(child.clone());
        }
        found
    }

    /// Returns the children of an object or array. Other values have none.
    fn children(&mut self, at: usize) -> &Children {
        if !self.children.contains_key(&at) {
            let children = Children::new(self.read_children(at));
            self.children.insert(at, children);
        }
        self.children.entry(at).or_default()
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

impl Children {
    fn new(all: Vec<Child>) -> Self {
        let mut by_key = HashMap::new();
        for (i, child) in all.iter().enumerate() {
            if let Some(key) = &child.key {
                by_key.entry(key.clone()).or_insert((i, i)).1 = i;
            }
        }
        Self { all, by_key }
    }

    /// Returns the child that a path leads through, and the rest of the path after it.
    fn next<'p>(&self, path: &'p str) -> Option<(&'p str, &Child)> {
        let index = path.strip_prefix('[').and_then(|it| it.split_once(']'));
        if let Some((index, after)) = index
            && let Some(child) = index.parse().ok().and_then(|i: usize| self.all.get(i))
            && child.key.is_none()
        {
            return Some((after, child));
        }
        let ends = path.match_indices(['.', '[']).map(|(end, _)| end);
        let ends: Vec<usize> = ends.chain([path.len()]).collect();
        ends.into_iter().rev().find_map(|end| {
            let (key, after) = path.split_at_checked(end)?;
            let (first, last) = self.by_key.get(key)?;
            let child = self
                .all
                .get(if after.is_empty() { *last } else { *first })?;
            Some((after, child))
        })
    }
}

/// The number of bytes between two counts of [`Lines`].
const BLOCK: usize = 1 << 12;

/// The starts of the lines of a file, and counts of its characters.
#[derive(Debug)]
struct Lines {
    starts: Vec<usize>,
    /// The number of characters before each block of bytes.
    characters: Vec<usize>,
}

impl Lines {
    fn new(bytes: &[u8]) -> Self {
        let ends = bytes.iter().enumerate().filter(|(_, it)| **it == b'\n');
        let mut count = 0;
        let characters = bytes.chunks(BLOCK).map(|block| {
            let before = count;
            count += characters(block);
            before
        });
        Self {
            starts: [0]
                .into_iter()
                .chain(ends.map(|(end, _)| end + 1))
                .collect(),
            characters: characters.collect(),
        }
    }

    fn position(&self, bytes: &[u8], at: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= at);
        let start = line.checked_sub(1).and_then(|i| self.starts.get(i));
        let start = start.copied().unwrap_or_default();
        let before = |at: usize| {
            let block = at / BLOCK;
            let rest = bytes.get(block * BLOCK..at.min(bytes.len()));
            let known = self.characters.get(block).copied().unwrap_or_default();
            known + characters(rest.unwrap_or_default())
        };
        (line, before(at).saturating_sub(before(start)) + 1)
    }
}

/// Returns the number of characters that begin in these bytes.
fn characters(bytes: &[u8]) -> usize {
    // Only continuation bytes of a character are of the form 0b10xxxxxx.
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

/// Returns the line and column of a byte.
pub(crate) fn position(bytes: &[u8], at: usize) -> Position {
    Lines::new(bytes).position(bytes, at.min(bytes.len()))
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

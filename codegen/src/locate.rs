//! Where in a file something stands: from a JSON path to a line and a column.
//!
//! Only run when there is a fault, so that a sound model pays nothing for it. The walk is lenient: it
//! finds what it can in a file that is broken elsewhere, and never recurses.

use std::collections::HashMap;
use std::ops::Range;

/// A line and a column, both from 1; columns are counted in characters.
pub(crate) type Position = (usize, usize);

/// An entry of an object or an element of an array.
#[derive(Clone, Debug)]
struct Child {
    /// The key; none for an element.
    key: Option<String>,
    /// The bytes from the key, or from the value of an element, to the end of the value.
    whole: Range<usize>,
    /// Where the value begins.
    value: usize,
}

/// Finds places in one file.
#[derive(Debug)]
pub(crate) struct Locator<'a> {
    bytes: &'a [u8],
    /// The children of the objects and arrays that were looked into, by where these begin.
    children: HashMap<usize, Vec<Child>>,
}

impl<'a> Locator<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            children: HashMap::new(),
        }
    }

    /// The position of what a path names: a text, number or the like itself, an object or array by
    /// its key. Where the path leads nowhere, the position of the last thing on it that is there.
    pub(crate) fn position(&mut self, path: &str) -> Position {
        let found = self.follow(path).pop();
        let at = found.map_or(self.blank(0), |child| match self.bytes.get(child.value) {
            Some(b'{' | b'[') => child.whole.start,
            _ => child.value,
        });
        position(self.bytes, at)
    }

    /// The bytes of the entry or element that a path names, key and all.
    pub(crate) fn range(&mut self, path: &str) -> Option<Range<usize>> {
        self.follow(path).pop().map(|child| child.whole)
    }

    /// The keys on the way along a path.
    pub(crate) fn keys_along(&mut self, path: &str) -> Vec<String> {
        let way = self.follow(path).into_iter();
        way.filter_map(|child| child.key).collect()
    }

    /// The keys of the object that a path names.
    pub(crate) fn keys(&mut self, path: &str) -> Vec<String> {
        let at = match path {
            "" => self.blank(0),
            path => self.follow(path).pop().map_or(0, |child| child.value),
        };
        let children = self.children(at).iter();
        children.filter_map(|child| child.key.clone()).collect()
    }

    /// Walks along a path as far as it leads. A key may hold dots, so the longest that fits is taken;
    /// of an entry that stands twice the last is the surplus one.
    fn follow(&mut self, path: &str) -> Vec<Child> {
        let (mut rest, mut at, mut way) = (path, self.blank(0), Vec::new());
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
            way.push(child.clone());
        }
        way
    }

    /// What an object or array holds; nothing for other values.
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
        let mut at = self.blank(open + 1);
        while !matches!(self.bytes.get(at), None | Some(b'}' | b']')) {
            let start = at;
            let mut key = None;
            if object {
                let end = self.value(at);
                let text = self.bytes.get(at..end).unwrap_or_default();
                key = Some(serde_json::from_slice(text).unwrap_or_default());
                at = self.blank(self.blank(end) + 1);
            }
            let end = self.value(at);
            children.push(Child {
                key,
                whole: start..end,
                value: at,
            });
            at = self.blank(end);
            if self.bytes.get(at) != Some(&b',') {
                break;
            }
            at = self.blank(at + 1);
        }
        children
    }

    /// The end of the white space that begins here.
    fn blank(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        at + rest
            .iter()
            .take_while(|byte| byte.is_ascii_whitespace())
            .count()
    }

    /// The end of the value that begins here.
    fn value(&self, at: usize) -> usize {
        let (mut depth, mut end) = (0usize, at);
        loop {
            match self.bytes.get(end) {
                None => return self.bytes.len(),
                Some(b'"') => end = self.text(end),
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

    /// The end of the text whose quotation mark stands here.
    fn text(&self, at: usize) -> usize {
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

/// What is left of a path behind a child, if the path leads through it.
fn after<'p>(path: &'p str, child: &Child, i: usize) -> Option<&'p str> {
    let after = match &child.key {
        Some(key) => path.strip_prefix(key.as_str())?,
        None => path.strip_prefix(&format!("[{i}]"))?,
    };
    (after.is_empty() || after.starts_with(['.', '['])).then_some(after)
}

/// The line and column of a byte.
pub(crate) fn position(bytes: &[u8], at: usize) -> Position {
    let before = bytes.get(..at).unwrap_or(bytes);
    let line_start = before
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |end| end + 1);
    let lines = before.iter().filter(|byte| **byte == b'\n').count();
    let line = before.get(line_start..).unwrap_or_default();
    // All bytes of a character but the first are of this form.
    let characters = line.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
    (lines + 1, characters + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{
  "shapes": {
    "Tag": {"type": "structure", "members": {"Kéy": {"shape": "TagKye"}}},
    "a.b#Tag": {"required": ["x", ["y", 2]], "Tag": true},
    "Twice": {"type": "one"},
    "Twice": {"type": "other"}
  }, "cut": {"of
"#;

    #[test]
    fn paths() {
        let mut locator = Locator::new(TEXT.as_bytes());
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

    /// Any bytes, cut anywhere, have a place for any path.
    #[test]
    fn broken_files() {
        for end in 0..TEXT.len() {
            for start in 0..10 {
                let bytes = TEXT.as_bytes().get(start..end).unwrap_or_default();
                let (line, _) = Locator::new(bytes).position("shapes.Tag.members.Kéy.shape");
                assert!(line <= TEXT.lines().count(), "{line} in {start}..{end}");
            }
        }
    }
}

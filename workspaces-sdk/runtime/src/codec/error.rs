//! The error of decoding.

use std::fmt;

/// The error of decoding a document that is malformed or does not match the type.
///
/// It contains the position and what was expected, but never the content of the document, which may be secret.
#[doc(hidden)]
#[derive(Clone, PartialEq, Eq)]
pub struct DecodeError(Box<Details>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Details {
    offset: usize,
    expected: &'static str,
    found: &'static str,
    /// From the inside out: the path grows while the error passes the members around it.
    path: Vec<Segment>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::codec) enum Segment {
    /// A member of the type.
    Member(String),
    /// An element of a list.
    Index(usize),
    /// An entry of a map. Its key is data and is not shown.
    Entry,
}

impl DecodeError {
    #[cold]
    pub(in crate::codec) fn new(
        offset: usize,
        expected: &'static str,
        found: &'static str,
    ) -> Self {
        Self(Box::new(Details {
            offset,
            expected,
            found,
            path: Vec::new(),
        }))
    }

    #[cold]
    pub(in crate::codec) fn within(mut self, segment: Segment) -> Self {
        self.0.path.push(segment);
        self
    }

    /// Not generic and not inlined, because each instance of `Decoder::value` calls it.
    #[cold]
    pub(in crate::codec) fn within_member(self, name: &str) -> Self {
        self.within(Segment::Member(name.to_owned()))
    }

    /// The position of the invalid value, in bytes from the beginning of the document.
    #[cfg(test)]
    pub(crate) fn offset(&self) -> usize {
        self.0.offset
    }

    /// The members that lead to the value, such as `Items[3].Properties`; empty at the top. An entry of a map is `[*]`.
    pub(crate) fn path(&self) -> String {
        let mut path = String::new();
        for segment in self.0.path.iter().rev() {
            match segment {
                Segment::Member(name) => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(name);
                }
                Segment::Index(index) => path.push_str(&format!("[{index}]")),
                Segment::Entry => path.push_str("[*]"),
            }
        }
        path
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Details {
            offset,
            expected,
            found,
            path,
        } = &*self.0;
        write!(f, "expected {expected}, found {found}, at byte {offset}")?;
        if !path.is_empty() {
            write!(f, " in {}", self.path())?;
        }
        Ok(())
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for DecodeError {}

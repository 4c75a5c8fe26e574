//! Why a document was refused.

use std::fmt;

/// JSON that is malformed or does not fit the type it is decoded as.
///
/// It says where and what was expected, never what the document holds, which may be secret.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct DecodeError(Box<Details>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Details {
    offset: usize,
    expected: &'static str,
    found: &'static str,
    /// From the inside out: it grows while the error passes the members around it.
    path: Vec<Segment>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Segment {
    /// A member that the type has.
    Member(String),
    /// An element of a list.
    Index(usize),
    /// Some entry of a map; its key is data, so it is not told.
    Entry,
}

impl DecodeError {
    #[cold]
    pub(super) fn new(offset: usize, expected: &'static str, found: &'static str) -> Self {
        Self(Box::new(Details {
            offset,
            expected,
            found,
            path: Vec::new(),
        }))
    }

    #[cold]
    pub(super) fn within(mut self, segment: Segment) -> Self {
        self.0.path.push(segment);
        self
    }

    /// Not generic and not inlined, as it stands in each instance of `Decoder::value`.
    #[cold]
    pub(super) fn within_member(self, name: &str) -> Self {
        self.within(Segment::Member(name.to_owned()))
    }

    /// Where the value stands that was refused, in bytes from the beginning of the document.
    #[cfg(test)]
    pub(crate) fn offset(&self) -> usize {
        self.0.offset
    }

    /// The members that lead to the value, such as `Items[3].Properties`; empty at the
    /// top. An entry of a map is `[*]`.
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

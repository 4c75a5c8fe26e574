//! The names of members.

use super::string;

/// The name of a member of an object.
#[doc(hidden)]
pub trait Name {
    /// Writes the name and a colon, behind a comma unless the member is the first one.
    fn write(self, out: &mut Vec<u8>, is_first: bool);
}

impl Name for &str {
    #[inline(never)]
    fn write(self, out: &mut Vec<u8>, is_first: bool) {
        if !is_first {
            out.push(b',');
        }
        string::write(out, self);
        out.push(b':');
    }
}

/// The name of a member that the compiler knows, as [`__json_key!`](crate::__json_key) returns it.
///
/// It is copied without a search for characters to escape, which saves a quarter of the instructions of encoding.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Key(&'static str);

impl Key {
    /// Takes a comma, the name in quotes, and a colon.
    pub const fn new(text: &'static str) -> Self {
        Self(text)
    }
}

impl Name for Key {
    #[inline(never)]
    fn write(self, out: &mut Vec<u8>, is_first: bool) {
        let text = self.0.as_bytes();
        out.extend_from_slice(text.get(usize::from(is_first)..).unwrap_or_default());
    }
}

/// Returns the [`Key`] of a name.
///
/// The name is copied as the literal has it. Its escapes can only be `\"` and `\\`, which mean the same in JSON: the generator
/// rejects invisible characters in names.
#[doc(hidden)]
#[macro_export]
macro_rules! __json_key {
    ($name:literal) => {
        $crate::codegen::json::Key::new(concat!(",", stringify!($name), ":"))
    };
}

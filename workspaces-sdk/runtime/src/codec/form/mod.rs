//! Forms, `application/x-www-form-urlencoded`, as the query protocols of AWS write them.
//!
//! [`Encode`] pushes a value into an [`Encoder`]. The key of a value is the path to it: `Filters.member.1.Name`. The
//! [Smithy specification](https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#query-key-resolution) says how keys
//! are made: the members of structures, the elements of lists and the entries of maps each add a part, and lists and maps
//! count from one.

mod encode;
mod values;

#[cfg(test)]
mod tests;

use super::layout::Layout;

pub use encode::Encoder;

/// A value that can be written in a form.
#[doc(hidden)]
pub trait Encode {
    /// Writes the value under the current key, and the values inside it under longer ones.
    fn encode(&self, out: &mut Encoder, layout: &Layout);

    /// Whether a structure leaves out a member with this value. Only `None` is absent.
    fn is_absent(&self) -> bool {
        false
    }
}

//! Checksums of request bodies.

use aws_smithy_types::base64;
use md5::{Digest, Md5};

/// Returns the value of the header `content-md5` for a body.
#[doc(hidden)]
pub fn content_md5(body: &[u8]) -> String {
    base64::encode(Md5::digest(body))
}

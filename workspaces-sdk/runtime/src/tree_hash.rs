//! The tree hash of a request body, which [Amazon Glacier] requires.
//!
//! The leaves of the tree are the SHA-256 hashes of the parts of the body, of one mebibyte each. Each level above hashes the
//! hashes of two neighbors; a hash without a neighbor moves up unchanged.
//!
//! A stream that can be read more than once, such as a file, is read once for the hash and again for each attempt, and nothing of
//! it stays in memory. A stream that can be read only once is kept in memory, as in the official crate.
//!
//! [Amazon Glacier]: https://docs.aws.amazon.com/amazonglacier/latest/dev/checksum-calculations.html

use std::future::poll_fn;
use std::pin::pin;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use http::HeaderName;
use http_body::Body;

use crate::auth::Sha256;
use crate::headers::CONTENT_SHA256;
use crate::hex::push_hex;
use crate::protocol::{RequestBody, SerializedRequest};

/// The header with the tree hash.
const TREE_HASH: HeaderName = HeaderName::from_static("x-amz-sha256-tree-hash");

/// The number of bytes in a part.
const PART: usize = 1024 * 1024;

/// A SHA-256 hash.
type Hash = [u8; 32];

/// Adds the headers with the tree hash and the hash of the body, unless the caller set them.
///
/// # Errors
/// When the body cannot be read.
pub(crate) async fn add_headers(message: &mut SerializedRequest) -> Result<(), BoxError> {
    let mut tree = Tree::new();
    if let Some(stream) = message.body.copy_of_stream() {
        read(stream, &mut tree).await?;
    } else {
        if let RequestBody::Stream(_) = message.body
            && let Some(stream) = message.body.for_attempt()
        {
            let bytes = ByteStream::new(stream).collect().await?;
            message.body = RequestBody::Bytes(bytes.into_bytes());
        }
        if let RequestBody::Bytes(bytes) = &message.body {
            tree.update(bytes);
        }
    }
    let (root, whole) = tree.finish();
    for (name, hash) in [(TREE_HASH, root), (CONTENT_SHA256, whole)] {
        if !message.headers.iter().any(|(other, _)| *other == name) {
            let mut text = String::with_capacity(64);
            push_hex(&mut text, &hash);
            message.headers.push((name, text.into()));
        }
    }
    Ok(())
}

async fn read(stream: SdkBody, tree: &mut Tree) -> Result<(), BoxError> {
    let mut stream = pin!(stream);
    while let Some(frame) = poll_fn(|cx| stream.as_mut().poll_frame(cx)).await {
        if let Some(data) = frame?.data_ref() {
            tree.update(data);
        }
    }
    Ok(())
}

/// The tree of a body that is read from front to back.
struct Tree {
    leaves: Vec<Hash>,
    whole: Sha256,
    /// The hash of the part that is not complete, and its size.
    part: Sha256,
    size: usize,
}

impl Tree {
    fn new() -> Self {
        Self {
            leaves: Vec::new(),
            whole: Sha256::new(),
            part: Sha256::new(),
            size: 0,
        }
    }

    fn update(&mut self, mut bytes: &[u8]) {
        self.whole.update(bytes);
        while !bytes.is_empty() {
            let (part, rest) = bytes.split_at(bytes.len().min(PART - self.size));
            self.part.update(part);
            self.size += part.len();
            if self.size == PART {
                self.end_part();
            }
            bytes = rest;
        }
    }

    fn end_part(&mut self) {
        let part = std::mem::replace(&mut self.part, Sha256::new());
        self.leaves.push(hash(part));
        self.size = 0;
    }

    /// Returns the root of the tree, and the hash of the body. An empty body has one empty part.
    fn finish(mut self) -> (Hash, Hash) {
        if self.size > 0 || self.leaves.is_empty() {
            self.end_part();
        }
        let mut level = self.leaves;
        while level.len() > 1 {
            level = level.chunks(2).map(parent).collect();
        }
        (level.pop().unwrap_or_default(), hash(self.whole))
    }
}

/// Returns the hash of two neighbors, or of one without a neighbor.
fn parent(children: &[Hash]) -> Hash {
    if let [child] = children {
        return *child;
    }
    let mut parent = Sha256::new();
    children.iter().for_each(|child| parent.update(child));
    hash(parent)
}

fn hash(state: Sha256) -> Hash {
    let mut hash = Hash::default();
    for (byte, hashed) in hash.iter_mut().zip(state.finish().as_ref()) {
        *byte = *hashed;
    }
    hash
}

#[cfg(test)]
mod tests;

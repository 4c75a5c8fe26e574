//! Lists, maps, and values that may be null or are behind a pointer.

use std::collections::HashMap;
use std::hash::Hash;

use super::error::{DecodeError, Segment};
use super::{Decode, Decoder, Encode, Encoder};

crate::codec::containers::containers! {}

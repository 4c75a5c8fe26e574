//! The decoding of unions.

use std::borrow::Cow;

use super::error::DecodeError;
use super::{Decode, Decoder};

crate::codec::union::union_decoding! {}

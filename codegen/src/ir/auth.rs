//! Authentication schemes.

use serde::{Deserialize, Serialize};

/// An authentication scheme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AuthScheme {
    /// AWS Signature Version 4.
    SigV4,
    /// AWS Signature Version 4 with asymmetric keys.
    SigV4a,
    /// A bearer token.
    Bearer,
    /// No authentication.
    None,
    /// Another scheme, by its name.
    Other(String),
}

/// The names of authentication schemes.
const AUTH_SCHEMES: [(&str, AuthScheme); 4] = [
    ("aws.auth#sigv4", AuthScheme::SigV4),
    ("aws.auth#sigv4a", AuthScheme::SigV4a),
    ("smithy.api#httpBearerAuth", AuthScheme::Bearer),
    ("smithy.api#noAuth", AuthScheme::None),
];

impl AuthScheme {
    /// Returns the names of the schemes, apart from those of `Other`.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> + Clone {
        AUTH_SCHEMES.iter().map(|(name, _)| *name)
    }

    /// Returns the scheme with the name of a Smithy trait, such as `aws.auth#sigv4`.
    pub(crate) fn named(name: &str) -> Self {
        let known = AUTH_SCHEMES.into_iter().find(|(known, _)| *known == name);
        known.map_or_else(|| Self::Other(name.to_owned()), |(_, scheme)| scheme)
    }
}

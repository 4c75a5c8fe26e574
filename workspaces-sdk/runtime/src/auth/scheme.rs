//! Authentication schemes: which one a call uses.

use aws_smithy_runtime_api::client::auth::AuthSchemeId;

use crate::endpoint::{NO_AUTH, SIGV4};
use crate::error::{Failure, not_sent};
use crate::settings::Settings;

/// An authentication scheme of an operation.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthScheme {
    /// A signature of AWS Signature Version 4.
    SigV4,
    /// A signature with an asymmetric key, which this runtime does not support.
    SigV4a,
    /// A bearer token.
    Bearer,
    /// No authentication.
    NoAuth,
    /// A scheme that the program added.
    Custom,
}

impl AuthScheme {
    /// The name of the scheme in `auth_scheme_preference` and in the properties of endpoints.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::SigV4 => SIGV4,
            Self::SigV4a => "sigv4a",
            Self::Bearer => "httpBearerAuth",
            Self::NoAuth => NO_AUTH,
            Self::Custom => "custom",
        }
    }

    pub(super) fn id(self) -> AuthSchemeId {
        AuthSchemeId::new(self.name())
    }

    /// The scheme of this runtime with that name.
    pub(super) fn of(name: &str) -> Option<Self> {
        let mut all = [Self::SigV4, Self::Bearer, Self::NoAuth].into_iter();
        all.find(|scheme| scheme.name() == name)
    }

    /// Chooses the scheme of a call from those of its operation, which are in the order of the model.
    ///
    /// As in the official runtime, the preferred schemes come first, and the first scheme whose provider is set wins. Whether
    /// that provider succeeds makes no difference.
    ///
    /// # Errors
    /// A dispatch failure when none of several schemes has a provider, or the only scheme is not supported.
    pub(crate) fn choose(schemes: &[Self], settings: &Settings) -> Result<Self, Failure> {
        match schemes {
            [] => Ok(Self::NoAuth),
            [Self::SigV4a] => Err(not_sent(
                "the operation requires SigV4a signatures, which this crate does not support"
                    .into(),
            )),
            // Without its provider, the only scheme fails with a message of its own.
            [scheme] => Ok(*scheme),
            schemes => Self::first_available(schemes, settings),
        }
    }

    fn first_available(schemes: &[Self], settings: &Settings) -> Result<Self, Failure> {
        let preference = settings.auth_scheme_preference();
        let available = schemes
            .iter()
            .filter(|scheme| scheme.is_available(settings));
        let first = available.min_by_key(|scheme| {
            let id = scheme.id();
            let position = preference.iter().position(|preferred| *preferred == id);
            position.unwrap_or(preference.len())
        });
        first.copied().ok_or_else(|| {
                not_sent(
                    "neither a credentials provider nor a token provider is set; set `credentials_provider` or \
                     `token_provider` on the configuration"
                        .into(),
                )
            })
    }

    pub(super) fn is_available(self, settings: &Settings) -> bool {
        match self {
            Self::SigV4 => settings.credentials_provider.is_some(),
            Self::SigV4a | Self::Custom => false,
            Self::Bearer => settings.service_specific.has_token_provider(),
            Self::NoAuth => true,
        }
    }
}

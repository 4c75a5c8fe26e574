//! The clients that credentials come from, generated from the models in `models/`.

#[cfg(feature = "credentials-login")]
pub(crate) mod signin;
#[cfg(feature = "sso")]
pub(crate) mod sso;
#[cfg(feature = "sso")]
pub(crate) mod sso_oidc;
pub(crate) mod sts;

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use crate::profile::{Place, Profile, ProfileFileLoadError, Property};

/// A profile has no credentials, or its properties do not define where they come from.
///
/// The message names the profile and, where one is to blame, the property by file and line:
///
/// ```text
/// profile "dev" (~/.aws/config:12): source_profile "base" is not defined in ~/.aws/config
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ProfileFileError {
    /// A shared file could not be loaded.
    #[non_exhaustive]
    InvalidProfile(ProfileFileLoadError),

    /// There are no profiles, or the default one is not defined.
    #[non_exhaustive]
    NoProfilesDefined {
        /// The reason.
        message: Cow<'static, str>,
    },

    /// The profile has no property of credentials.
    #[non_exhaustive]
    ProfileDidNotContainCredentials {
        /// The name of the profile.
        profile: String,
    },

    /// Profiles refer to each other by `source_profile` in a circle.
    #[non_exhaustive]
    CredentialLoop {
        /// The names of the profiles, from the selected one on.
        profiles: Vec<String>,
        /// The name of the profile that comes a second time.
        next: String,
        /// The `source_profile` that closes the circle.
        place: Option<Place>,
    },

    /// The profile has no source of credentials.
    #[non_exhaustive]
    MissingCredentialSource {
        /// The name of the profile.
        profile: String,
        /// The reason.
        message: Cow<'static, str>,
        /// The property to blame.
        place: Option<Place>,
    },

    /// The properties of the profile that define the source of credentials are incomplete or contradict each other.
    #[non_exhaustive]
    InvalidCredentialSource {
        /// The name of the profile.
        profile: String,
        /// The reason.
        message: Cow<'static, str>,
        /// The property to blame.
        place: Option<Place>,
    },

    /// A profile is not defined, or a required property of it.
    #[non_exhaustive]
    MissingProfile {
        /// The name of the profile that is not defined, or lacks the property.
        profile: String,
        /// The whole message, with the name of the profile.
        message: Cow<'static, str>,
    },

    /// The value of `credential_source` is not the name of a source.
    #[non_exhaustive]
    UnknownProvider {
        /// The value of `credential_source`.
        name: String,
        /// The name of the profile.
        profile: String,
        /// The `credential_source`.
        place: Option<Place>,
    },

    /// The profile needs a feature of this crate that is not enabled.
    #[non_exhaustive]
    FeatureNotEnabled {
        /// The name of the feature.
        feature: Cow<'static, str>,
        /// The profile and the property that need the feature.
        message: Option<Cow<'static, str>>,
    },

    /// The value of `sso_session` is not the name of a section.
    #[non_exhaustive]
    MissingSsoSession {
        /// The name of the profile.
        profile: String,
        /// The value of `sso_session`.
        sso_session: String,
        /// The reason.
        message: Cow<'static, str>,
        /// The `sso_session`.
        place: Option<Place>,
    },

    /// The properties for IAM Identity Center are incomplete or contradict each other.
    #[non_exhaustive]
    InvalidSsoConfig {
        /// The name of the profile.
        profile: String,
        /// The reason.
        message: Cow<'static, str>,
        /// The property to blame.
        place: Option<Place>,
    },

    /// The profile is for a token and not for credentials: it has neither `sso_account_id` nor `sso_role_name`.
    #[non_exhaustive]
    TokenProviderConfig {
        /// The name of the profile.
        profile: String,
        /// The `sso_session` or `sso_start_url`.
        place: Option<Place>,
    },
}

impl ProfileFileError {
    /// An [`InvalidCredentialSource`](Self::InvalidCredentialSource) for which a property is to blame.
    pub(super) fn invalid(
        profile: &Profile,
        property: &Property,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::InvalidCredentialSource {
            profile: profile.name().to_owned(),
            message: message.into(),
            place: Some(property.place().clone()),
        }
    }

    /// An [`InvalidSsoConfig`](Self::InvalidSsoConfig) for which a property is to blame.
    pub(crate) fn invalid_sso(
        profile: &Profile,
        property: &Property,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::InvalidSsoConfig {
            profile: profile.name().to_owned(),
            message: message.into(),
            place: Some(property.place().clone()),
        }
    }

    /// A [`FeatureNotEnabled`](Self::FeatureNotEnabled) for a property that needs the feature.
    #[cfg_attr(
        all(
            feature = "credentials-process",
            feature = "sso",
            feature = "credentials-login"
        ),
        allow(dead_code, reason = "all features are enabled")
    )]
    pub(crate) fn not_enabled(
        feature: &'static str,
        profile: &Profile,
        property: &Property,
    ) -> Self {
        let message = format!(
            "profile \"{}\" ({}) has the property {}",
            profile.name(),
            property.place(),
            property.key()
        );
        Self::FeatureNotEnabled {
            feature: feature.into(),
            message: Some(message.into()),
        }
    }
}

impl fmt::Display for ProfileFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidProfile(_) => f.write_str("the profiles could not be loaded"),
            Self::NoProfilesDefined { message } => f.write_str(message),
            Self::ProfileDidNotContainCredentials { profile } => {
                write!(f, "profile \"{profile}\" has no credentials")
            }
            Self::CredentialLoop {
                profiles,
                next,
                place,
            } => {
                let last = profiles.last().map_or("", String::as_str);
                write_profile(f, last, place)?;
                write!(f, "source_profile \"{next}\" closes a circle: ")?;
                for profile in profiles {
                    write!(f, "{profile} -> ")?;
                }
                f.write_str(next)
            }
            Self::MissingProfile { message, .. } => f.write_str(message),
            Self::MissingCredentialSource {
                profile,
                message,
                place,
            }
            | Self::InvalidCredentialSource {
                profile,
                message,
                place,
            }
            | Self::MissingSsoSession {
                profile,
                message,
                place,
                ..
            }
            | Self::InvalidSsoConfig {
                profile,
                message,
                place,
            } => {
                write_profile(f, profile, place)?;
                f.write_str(message)
            }
            Self::UnknownProvider {
                name,
                profile,
                place,
            } => {
                write_profile(f, profile, place)?;
                write!(
                    f,
                    "credential_source \"{name}\" is unknown; it is Environment, Ec2InstanceMetadata, EcsContainer or a source \
                     that the program adds"
                )
            }
            Self::FeatureNotEnabled { feature, message } => {
                if let Some(message) = message {
                    write!(f, "{message}, which needs ")?;
                }
                write!(f, "the feature `{feature}` of the crate lean-aws-config")
            }
            Self::TokenProviderConfig { profile, place } => {
                write_profile(f, profile, place)?;
                f.write_str(
                    "the profile is for a token; for credentials, it also needs sso_account_id and sso_role_name",
                )
            }
        }
    }
}

/// Writes the name of a profile, and the place of the property to blame.
fn write_profile(f: &mut fmt::Formatter<'_>, profile: &str, place: &Option<Place>) -> fmt::Result {
    match place {
        Some(place) => write!(f, "profile \"{profile}\" ({place}): "),
        None => write!(f, "profile \"{profile}\": "),
    }
}

impl Error for ProfileFileError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::InvalidProfile(error) => Some(error),
            _ => None,
        }
    }
}

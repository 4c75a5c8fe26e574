//! The source of credentials that a single profile defines.

use aws_credential_types::Credentials;
use aws_credential_types::attributes::AccountId;

use super::error::ProfileFileError;
use super::sso::{self, Sso};
use crate::profile::{Profile, ProfileSet, Property};

/// A source that needs no other credentials.
#[derive(Debug)]
pub(crate) struct Source<'a> {
    pub(crate) profile: &'a Profile,
    /// The property that defines the source.
    pub(crate) property: &'a Property,
    pub(crate) kind: Kind<'a>,
}

#[derive(Debug)]
pub(crate) enum Kind<'a> {
    /// The source whose name is the value of `credential_source`.
    Named,
    Keys(Credentials),
    /// The value of the property is the path of the token.
    WebIdentity {
        role_arn: &'a str,
    },
    Sso(Sso<'a>),
    /// The value of the property is the ARN of the session.
    Login,
    /// The value of the property is the command.
    Process,
}

/// Returns the source of a profile. The first of its properties in this order counts.
pub(super) fn source<'a>(
    set: &'a ProfileSet,
    profile: &'a Profile,
) -> Result<Source<'a>, ProfileFileError> {
    named(profile)
        .or_else(|| web_identity(profile))
        .or_else(|| sso::source(set, profile))
        .or_else(|| simple(profile, "login_session", Kind::Login))
        .or_else(|| simple(profile, "credential_process", Kind::Process))
        .or_else(|| static_keys(profile))
        .unwrap_or_else(|| {
            let profile = profile.name().to_owned();
            Err(ProfileFileError::ProfileDidNotContainCredentials { profile })
        })
}

/// A source, or why its properties are not valid; `None` if the profile has none of them.
pub(super) type Found<'a> = Option<Result<Source<'a>, ProfileFileError>>;

/// Returns a source that one property defines.
fn simple<'a>(profile: &'a Profile, name: &str, kind: Kind<'a>) -> Found<'a> {
    let property = profile.property(name)?;
    Some(Ok(Source {
        profile,
        property,
        kind,
    }))
}

fn named(profile: &Profile) -> Found<'_> {
    simple(profile, "credential_source", Kind::Named)
}

fn web_identity(profile: &Profile) -> Found<'_> {
    let property = profile.property("web_identity_token_file")?;
    let Some(role_arn) = profile.get("role_arn") else {
        let message = "web_identity_token_file needs role_arn";
        return Some(Err(ProfileFileError::invalid(profile, property, message)));
    };
    let kind = Kind::WebIdentity { role_arn };
    Some(Ok(Source {
        profile,
        property,
        kind,
    }))
}

/// Returns the source of the access keys of a profile.
pub(super) fn static_keys(profile: &Profile) -> Found<'_> {
    const ID: &str = "aws_access_key_id";
    const SECRET: &str = "aws_secret_access_key";
    let session_token = profile.property("aws_session_token");
    let needs = |property, message| ProfileFileError::invalid(profile, property, message);
    let error = match (
        profile.property(ID),
        profile.property(SECRET),
        session_token,
    ) {
        (Some(id), Some(secret), session_token) => {
            let mut credentials = Credentials::builder()
                .access_key_id(id.value())
                .secret_access_key(secret.value())
                .provider_name("ProfileFile");
            credentials.set_session_token(session_token.map(|token| token.value().to_owned()));
            credentials.set_account_id(account_id(profile));
            return Some(Ok(Source {
                profile,
                property: id,
                kind: Kind::Keys(credentials.build()),
            }));
        }
        (Some(id), None, _) => needs(id, "aws_access_key_id needs aws_secret_access_key"),
        (None, Some(secret), _) => needs(secret, "aws_secret_access_key needs aws_access_key_id"),
        (None, None, Some(token)) => needs(
            token,
            "aws_session_token needs aws_access_key_id and aws_secret_access_key",
        ),
        (None, None, None) => return None,
    };
    Some(Err(error))
}

/// Returns the account of the credentials, if the profile has it.
pub(super) fn account_id(profile: &Profile) -> Option<AccountId> {
    profile.get("aws_account_id").map(AccountId::from)
}

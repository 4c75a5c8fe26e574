//! The properties of a profile for IAM Identity Center.
//!
//! ```ini
//! [profile by-session]
//! sso_session = corp
//! sso_account_id = 123456789012
//! sso_role_name = reader
//!
//! [sso-session corp]
//! sso_region = us-east-1
//! sso_start_url = https://corp.awsapps.com/start
//!
//! [profile legacy]
//! sso_account_id = 123456789012
//! sso_role_name = reader
//! sso_region = us-east-1
//! sso_start_url = https://corp.awsapps.com/start
//! ```

use super::base::{Found, Kind, Source};
use super::error::ProfileFileError;
use crate::profile::{Profile, ProfileSet, Property};

const ACCOUNT: &str = "sso_account_id";
const REGION: &str = "sso_region";
const ROLE: &str = "sso_role_name";
const START_URL: &str = "sso_start_url";
const SESSION: &str = "sso_session";

/// A role in an account of IAM Identity Center.
#[derive(Debug)]
#[cfg_attr(
    not(feature = "sso"),
    allow(dead_code, reason = "its provider needs the feature")
)]
pub(crate) struct Sso<'a> {
    /// The account and the role. A profile without them is for a token.
    pub(crate) role: Option<(&'a str, &'a str)>,
    pub(crate) region: &'a str,
    pub(crate) start_url: &'a str,
    pub(crate) session: Option<&'a str>,
}

/// Returns the source of a profile that has any of the properties.
pub(super) fn source<'a>(set: &'a ProfileSet, profile: &'a Profile) -> Found<'a> {
    let names = [SESSION, START_URL, REGION, ACCOUNT, ROLE];
    let property = names.iter().find_map(|name| profile.property(name))?;
    let sso = match profile.property(SESSION) {
        Some(session) => by_session(set, profile, session),
        None => legacy(profile, property),
    };
    Some(sso.map(|sso| Source {
        profile,
        property,
        kind: Kind::Sso(sso),
    }))
}

fn by_session<'a>(
    set: &'a ProfileSet,
    profile: &'a Profile,
    name: &'a Property,
) -> Result<Sso<'a>, ProfileFileError> {
    for property in [START_URL, REGION] {
        if let Some(found) = profile.property(property) {
            let message = format!(
                "{property} belongs in the section [sso-session {}], as the profile has sso_session",
                name.value()
            );
            return Err(ProfileFileError::invalid_sso(profile, found, message));
        }
    }
    let Some(session) = set.sso_session(name.value()) else {
        let message = set.missing("sso_session", "sso-session", name.value());
        return Err(ProfileFileError::MissingSsoSession {
            profile: profile.name().to_owned(),
            sso_session: name.value().to_owned(),
            message: message.to_string().into(),
            place: Some(name.place().clone()),
        });
    };
    let role = role(profile)?;
    let required = |property: &'static str| {
        session.get(property).ok_or_else(|| {
            let why = format!(
                "the section [sso-session {}] has no {property}",
                name.value()
            );
            incomplete(profile, name, &why)
        })
    };
    Ok(Sso {
        role,
        region: required(REGION)?,
        start_url: required(START_URL)?,
        session: Some(name.value()),
    })
}

fn legacy<'a>(profile: &'a Profile, any: &Property) -> Result<Sso<'a>, ProfileFileError> {
    let role = role(profile)?;
    let required = |property: &'static str| {
        profile.get(property).ok_or_else(|| {
            let why = format!("the profile needs {property}, or sso_session instead");
            incomplete(profile, any, &why)
        })
    };
    Ok(Sso {
        role,
        region: required(REGION)?,
        start_url: required(START_URL)?,
        session: None,
    })
}

/// Returns the account and the role.
fn role(profile: &Profile) -> Result<Option<(&str, &str)>, ProfileFileError> {
    let invalid =
        |property, message| Err(ProfileFileError::invalid_sso(profile, property, message));
    match (profile.property(ACCOUNT), profile.property(ROLE)) {
        (Some(account), Some(role)) => Ok(Some((account.value(), role.value()))),
        (None, None) => Ok(None),
        (Some(account), None) => invalid(account, "sso_account_id needs sso_role_name"),
        (None, Some(role)) => invalid(role, "sso_role_name needs sso_account_id"),
    }
}

/// The error of a property that is missing. The official crate has the same variant for it, with which the default chain goes on.
fn incomplete(profile: &Profile, property: &Property, why: &str) -> ProfileFileError {
    ProfileFileError::MissingProfile {
        profile: profile.name().to_owned(),
        message: format!(
            "profile \"{}\" ({}): {why}",
            profile.name(),
            property.place()
        )
        .into(),
    }
}

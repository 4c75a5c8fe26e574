//! From a profile to a chain: the source of the first credentials, and the roles that are assumed one after the other.

use std::collections::HashSet;

use super::base::{self, Source};
use super::error::ProfileFileError;
use crate::profile::{Profile, ProfileSet, Property};

/// How to get the credentials of a profile.
#[derive(Debug)]
pub(crate) struct ProfileChain<'a> {
    pub(crate) base: Source<'a>,
    /// The roles, in the order in which they are assumed.
    pub(crate) roles: Vec<Role<'a>>,
}

/// A role that is assumed with other credentials.
#[derive(Debug)]
pub(crate) struct Role<'a> {
    pub(crate) profile: &'a Profile,
    pub(crate) arn: &'a Property,
}

/// Where the credentials come from with which a role is assumed.
enum Next<'a> {
    /// From the same profile.
    Same,
    Profile(&'a Property),
}

/// Resolves the selected profile.
pub(crate) fn resolve(set: &ProfileSet) -> Result<ProfileChain<'_>, ProfileFileError> {
    let selected = set.selected_profile();
    let no_default = selected == "default" && set.get_profile(selected).is_none();
    if set.is_empty() || no_default {
        let message = set.missing_profile(selected).to_string().into();
        return Err(ProfileFileError::NoProfilesDefined { message });
    }
    let mut profile = set.get_profile(selected).ok_or_else(|| {
        let message = set.missing_profile(selected).to_string().into();
        let profile = selected.to_owned();
        ProfileFileError::MissingProfile { profile, message }
    })?;
    let mut path = vec![profile.name()];
    let mut visited = HashSet::from([profile.name()]);
    let mut roles = Vec::new();
    // The reference that led to the profile.
    let mut reference: Option<(&Profile, &Property)> = None;
    let base = loop {
        if reference.is_some()
            && let Some(Ok(keys)) = base::static_keys(profile)
        {
            // The keys of a source profile take precedence over its other properties.
            break keys;
        }
        let Some(arn) = role_arn(profile) else {
            break base::source(set, profile).map_err(|error| in_reference(error, reference))?;
        };
        let next = source_of_role(profile, arn)?;
        roles.push(Role { profile, arn });
        match next {
            Next::Same => break base::source(set, profile)?,
            Next::Profile(property) => {
                let next = follow(set, profile, property)?;
                if !visited.insert(next.name()) {
                    return Err(ProfileFileError::CredentialLoop {
                        profiles: path.into_iter().map(str::to_owned).collect(),
                        next: next.name().to_owned(),
                        place: Some(property.place().clone()),
                    });
                }
                path.push(next.name());
                reference = Some((profile, property));
                profile = next;
            }
        }
    };
    roles.reverse();
    Ok(ProfileChain { base, roles })
}

/// Returns the role of a profile that is assumed with other credentials. One that is assumed with a web identity token is a
/// source of its own.
fn role_arn(profile: &Profile) -> Option<&Property> {
    match profile.property("web_identity_token_file") {
        Some(_) => None,
        None => profile.property("role_arn"),
    }
}

fn source_of_role<'a>(
    profile: &'a Profile,
    arn: &'a Property,
) -> Result<Next<'a>, ProfileFileError> {
    if let Some(mfa) = profile.property("mfa_serial") {
        return Err(ProfileFileError::invalid(
            profile,
            mfa,
            "mfa_serial is not supported, as nothing asks for the code of the device; a credential_process can do so",
        ));
    }
    let source_profile = profile.property("source_profile");
    let credential_source = profile.property("credential_source");
    match (source_profile, credential_source) {
        (Some(_), Some(source)) => Err(ProfileFileError::invalid(
            profile,
            source,
            "credential_source and source_profile exclude each other",
        )),
        (None, None) => Err(ProfileFileError::invalid(
            profile,
            arn,
            "role_arn needs source_profile or credential_source",
        )),
        (None, Some(_)) => Ok(Next::Same),
        (Some(source), None) if source.value() == profile.name() => Ok(Next::Same),
        (Some(source), None) => Ok(Next::Profile(source)),
    }
}

/// Returns the profile that `source_profile` names.
fn follow<'a>(
    set: &'a ProfileSet,
    profile: &Profile,
    source_profile: &Property,
) -> Result<&'a Profile, ProfileFileError> {
    let name = source_profile.value();
    set.get_profile(name)
        .ok_or_else(|| ProfileFileError::MissingProfile {
            profile: name.to_owned(),
            message: format!(
                "profile \"{}\" ({}): {}",
                profile.name(),
                source_profile.place(),
                set.missing("source_profile", "profile", name)
            )
            .into(),
        })
}

/// Turns the error of a profile into an error of the `source_profile` that refers to it.
fn in_reference(
    error: ProfileFileError,
    reference: Option<(&Profile, &Property)>,
) -> ProfileFileError {
    match reference {
        None => error,
        Some((profile, property)) => ProfileFileError::invalid(
            profile,
            property,
            format!("source_profile cannot be used: {error}"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use aws_types::os_shim_internal::{Env, Fs};

    use super::super::base::Kind;
    use super::*;
    use crate::profile::profile_file::{ProfileFileKind, ProfileFiles};

    async fn load(config: &str) -> ProfileSet {
        let files = ProfileFiles::builder()
            .with_contents(ProfileFileKind::Config, config)
            .build();
        let (fs, env) = (Fs::from_slice(&[]), Env::from_slice(&[]));
        crate::profile::load(&fs, &env, &files, None).await.unwrap()
    }

    #[tokio::test]
    async fn the_first_source_in_order_counts() {
        // Each source with its properties, in the order of precedence.
        let sources = [
            ("Named", "credential_source = Custom"),
            (
                "WebIdentity",
                "role_arn = arn\nweb_identity_token_file = /token",
            ),
            (
                "Sso",
                "sso_start_url = https://corp\nsso_region = us-east-1",
            ),
            ("Login", "login_session = arn"),
            ("Process", "credential_process = false"),
            (
                "Keys",
                "aws_access_key_id = id\naws_secret_access_key = secret",
            ),
        ];
        for (number, (expected, _)) in sources.iter().enumerate() {
            let properties: Vec<_> = sources[number..].iter().map(|(_, text)| *text).collect();
            // The order in the file does not matter.
            for properties in [properties.iter().rev().copied().collect(), properties] {
                let set = load(&format!("[default]\n{}\n", properties.join("\n"))).await;
                let chain = resolve(&set).unwrap();
                let kind = match chain.base.kind {
                    Kind::Named => "Named",
                    Kind::Keys(_) => "Keys",
                    Kind::WebIdentity { .. } => "WebIdentity",
                    Kind::Sso(_) => "Sso",
                    Kind::Login => "Login",
                    Kind::Process => "Process",
                };
                assert_eq!(kind, *expected, "{properties:?}");
                assert!(chain.roles.is_empty());
            }
        }
    }

    #[tokio::test]
    async fn a_session_of_iam_identity_center_has_its_own_section() {
        let session = "[default]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = reader\n\
                       [sso-session corp]\nsso_region = us-east-2\nsso_start_url = https://corp\n";
        let legacy = "[default]\nsso_account_id = 1\nsso_role_name = reader\nsso_region = us-east-2\n\
                      sso_start_url = https://corp\n";
        for (config, expected) in [(session, Some("corp")), (legacy, None)] {
            let set = load(config).await;
            let Kind::Sso(sso) = resolve(&set).unwrap().base.kind else {
                panic!("{config}");
            };
            assert_eq!(sso.role, Some(("1", "reader")));
            assert_eq!((sso.region, sso.start_url), ("us-east-2", "https://corp"));
            assert_eq!(sso.session, expected);
        }
    }

    #[tokio::test]
    async fn a_chain_can_have_any_length() {
        let mut config = String::from("[default]\nrole_arn = arn\nsource_profile = p0\n");
        for number in 0..20_000 {
            config += &format!(
                "[profile p{number}]\nrole_arn = arn{number}\nsource_profile = p{}\n",
                number + 1
            );
        }
        config += "[profile p20000]\naws_access_key_id = id\naws_secret_access_key = secret\n";
        let set = load(&config).await;
        let roles = resolve(&set).unwrap().roles;
        assert_eq!(roles.len(), 20_001);
        let (first, last) = (&roles[0], &roles[20_000]);
        assert_eq!((first.arn.value(), last.arn.value()), ("arn19999", "arn"));
    }

    #[tokio::test]
    async fn debug_shows_no_secret() {
        let config = "[default]\naws_access_key_id = id\naws_secret_access_key = SECRET\naws_session_token = SECRET\n\
                      [profile dev]\ncredential_process = run SECRET\n";
        let mut set = load(config).await;
        let keys = format!("{:?}", resolve(&set).unwrap());
        set.selected_profile = "dev".into();
        let process = format!("{:?}", resolve(&set).unwrap());
        assert!(
            !keys.contains("SECRET") && !process.contains("SECRET"),
            "{keys} {process}"
        );
    }
}

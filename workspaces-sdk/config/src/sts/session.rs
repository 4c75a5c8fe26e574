//! Sessions of roles: their name, their policies and their credentials.

use std::time::{SystemTime, UNIX_EPOCH};

use aws_credential_types::attributes::AccountId;
use aws_credential_types::provider::{self, error::CredentialsError};

use crate::clients::sts::types::{AssumedRoleUser, Credentials, PolicyDescriptorType};

/// Returns the name of a session for which the user has chosen none: a prefix, and the time in milliseconds.
pub(crate) fn default_name(prefix: &str, now: SystemTime) -> String {
    let since_epoch = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    format!("{prefix}-{}", since_epoch.as_millis())
}

/// Converts the ARNs of managed policies.
pub(crate) fn policies(arns: Vec<String>) -> Vec<PolicyDescriptorType> {
    let policy = |arn| PolicyDescriptorType { arn: Some(arn) };
    arns.into_iter().map(policy).collect()
}

/// Converts the credentials in a response of STS.
pub(crate) fn into_credentials(
    credentials: Option<Credentials>,
    user: Option<AssumedRoleUser>,
    provider_name: &'static str,
) -> provider::Result {
    // A member that is missing in the response is empty, or a time in 1970.
    let is_complete = |credentials: &Credentials| {
        let keys = [
            &credentials.access_key_id,
            &credentials.secret_access_key,
            &credentials.session_token,
        ];
        keys.iter().all(|key| !key.is_empty()) && credentials.expiration.secs() > 0
    };
    let credentials = credentials
        .filter(is_complete)
        .ok_or_else(|| CredentialsError::unhandled("the response of STS has no credentials"))?;
    let expiry = SystemTime::try_from(credentials.expiration).map_err(|_| {
        CredentialsError::unhandled("the expiration in the response of STS is out of range")
    })?;
    let mut builder = aws_credential_types::Credentials::builder()
        .access_key_id(credentials.access_key_id)
        .secret_access_key(credentials.secret_access_key)
        .session_token(credentials.session_token)
        .expiry(expiry)
        .provider_name(provider_name);
    builder.set_account_id(user.map(|user| account_id(&user.arn)).transpose()?);
    Ok(builder.build())
}

/// Returns the account in an ARN: `arn:aws:sts::123456789012:assumed-role/demo/session`.
fn account_id(arn: &str) -> Result<AccountId, CredentialsError> {
    let account = arn.split(':').nth(4).map(AccountId::from);
    account.ok_or_else(|| {
        CredentialsError::unhandled(format!("the ARN {arn:?} in the response of STS is invalid"))
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_default_name_ends_with_the_time_in_milliseconds() {
        let now = UNIX_EPOCH + Duration::from_micros(1_234_567);
        assert_eq!(default_name("base", now), "base-1234");
        assert_eq!(
            default_name("base", UNIX_EPOCH - Duration::from_secs(1)),
            "base-0"
        );
    }

    #[test]
    fn the_account_is_the_fifth_part_of_the_arn() {
        let account = account_id("arn:aws:sts::123456789012:assumed-role/demo/a:b").unwrap();
        assert_eq!(account.as_str(), "123456789012");
        assert!(account_id("arn:aws:sts:").is_err());
    }
}

//! The features of credentials, which clients report in the user agent.

use aws_credential_types::Credentials;
use aws_credential_types::credential_feature::AwsCredentialFeature;

/// Adds to credentials how they were loaded.
pub(crate) fn add_feature(credentials: &mut Credentials, feature: AwsCredentialFeature) {
    credentials
        .get_property_mut_or_default::<Vec<AwsCredentialFeature>>()
        .push(feature);
}

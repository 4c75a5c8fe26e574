//! Assuming the roles of a chain.

use aws_credential_types::Credentials;
use aws_credential_types::provider;
use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_types::SdkConfig;

use super::StepError;
use super::chain::Role;
use crate::clients::sts::{Client, config};
use crate::service_error;
use crate::sts::session;

/// A role that is assumed with the credentials of the step before it.
pub(super) struct AssumeRole {
    /// What is reported if the role is not assumed: the profile, the place of the role, and the role.
    description: String,
    pub(super) arn: String,
    session_name: Option<String>,
    external_id: Option<String>,
}

impl From<&Role<'_>> for AssumeRole {
    fn from(role: &Role<'_>) -> Self {
        let Role { profile, arn } = role;
        let property = |name| profile.get(name).map(str::to_owned);
        Self {
            description: format!(
                "profile \"{}\" ({}): the role \"{}\" was not assumed",
                profile.name(),
                arn.place(),
                arn.value()
            ),
            arn: arn.value().to_owned(),
            session_name: property("role_session_name"),
            external_id: property("external_id"),
        }
    }
}

impl AssumeRole {
    pub(super) async fn credentials(
        &self,
        base: Credentials,
        config: &SdkConfig,
        time_source: &SharedTimeSource,
    ) -> provider::Result {
        let session_name = self.session_name.clone().unwrap_or_else(|| {
            session::default_name("assume-role-from-profile", time_source.now())
        });
        let config = config::Builder::from(config)
            .credentials_provider(base)
            .build();
        let output = Client::from_conf(config)
            .assume_role()
            .role_arn(&self.arn)
            .role_session_name(session_name)
            .set_external_id(self.external_id.clone())
            .send()
            .await
            .map_err(|error| self.failed(service_error::describe(error)))?;
        let user = output.assumed_role_user;
        session::into_credentials(output.credentials, user, "AssumeRoleProvider")
            .map_err(|error| self.failed(error))
    }

    fn failed(&self, error: impl Into<BoxError>) -> CredentialsError {
        CredentialsError::provider_error(StepError::new(&self.description, error))
    }
}

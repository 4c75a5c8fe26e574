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

#[cfg(test)]
#[cfg(all(feature = "default-https-client", feature = "rt-tokio"))]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use aws_credential_types::provider::ProvideCredentials;
    use aws_types::os_shim_internal::{Env, Fs};
    use aws_types::region::Region;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};

    use crate::profile::ProfileFileCredentialsProvider;
    use crate::provider_config::ProviderConfig;

    const CONFIG: &str = "
[default]
role_arn = arn:b
source_profile = a
[profile a]
role_arn = arn:a
source_profile = keys
[profile keys]
aws_access_key_id = id
aws_secret_access_key = secret
";

    const CREDENTIALS: &str = "<AssumeRoleResponse><AssumeRoleResult><Credentials>\
        <AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>\
        <Expiration>2040-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>";

    /// Responds to each request of a connection.
    async fn serve(mut socket: TcpStream) -> Option<()> {
        loop {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                head.push(socket.read_u8().await.ok()?);
            }
            let head = String::from_utf8(head).ok()?.to_ascii_lowercase();
            let length = head.split_once("content-length: ")?.1.lines().next()?;
            let mut body = vec![0; length.parse().ok()?];
            socket.read_exact(&mut body).await.ok()?;
            let length = CREDENTIALS.len();
            let response =
                format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{CREDENTIALS}");
            socket.write_all(response.as_bytes()).await.ok()?;
        }
    }

    #[tokio::test]
    async fn all_roles_of_all_loads_share_a_connection() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let connections = Arc::new(AtomicUsize::new(0));
        let accepted = connections.clone();
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                accepted.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(serve(socket));
            }
        });
        let env = [
            ("AWS_CONFIG_FILE", "/config"),
            ("AWS_ENDPOINT_URL_STS", url.as_str()),
        ];
        let config = ProviderConfig::without_region()
            .with_fs(Fs::from_slice(&[("/config", CONFIG)]))
            .with_env(Env::from_slice(&env))
            .with_region(Some(Region::from_static("us-east-1")));
        let provider = ProfileFileCredentialsProvider::builder().configure(&config);
        let provider = provider.build();
        for _ in 0..2 {
            let credentials = provider.provide_credentials().await.unwrap();
            assert_eq!(credentials.access_key_id(), "ASIA");
        }
        assert_eq!(connections.load(Ordering::SeqCst), 1);
    }
}

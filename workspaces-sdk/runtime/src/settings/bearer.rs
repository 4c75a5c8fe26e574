//! The settings of services that accept bearer tokens.

use std::fmt;

use aws_credential_types::Token;
use aws_credential_types::credential_feature::AwsCredentialFeature;
use aws_smithy_runtime_api::client::auth::AuthSchemeId;
use aws_smithy_runtime_api::client::identity::{Identity, SharedIdentityResolver};
use aws_smithy_types::config_bag::Layer;
use aws_types::SdkConfig;
use aws_types::service_config::ServiceConfigKey;

use super::Settings;

/// The settings of services that accept bearer tokens.
#[doc(hidden)]
#[derive(Clone, Default)]
pub struct BearerSettings {
    /// The provider of the token.
    pub token_provider: Option<SharedIdentityResolver>,
}

impl BearerSettings {
    /// Takes the provider of a configuration.
    pub(crate) fn from_sdk_config(config: &SdkConfig) -> Self {
        Self {
            token_provider: config.token_provider().map(SharedIdentityResolver::new),
        }
    }

    /// These settings, and those of `other` where these have none.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            token_provider: self.token_provider.or(other.token_provider),
        }
    }
}

impl Settings {
    /// Takes the token of the environment.
    ///
    /// The variable `AWS_BEARER_TOKEN_` with the signing name of the service, such as `AWS_BEARER_TOKEN_BEDROCK`, has a
    /// token, which is then preferred to credentials. What the program sets takes precedence.
    pub(super) fn use_token_of_environment(&mut self, config: &SdkConfig, signing_name: &str) {
        let Some(token) = token_of_environment(config, signing_name) else {
            return;
        };
        let is_set = |setting: &'static str| config.get_origin(setting).is_client_config();
        if !is_set("auth_scheme_preference") {
            self.auth_scheme_preference = Some([AuthSchemeId::new("httpBearerAuth")].into());
        }
        if !is_set("token_provider") {
            let provider = SharedIdentityResolver::new(token);
            self.service_specific.bearer.token_provider = Some(provider);
        }
    }
}

/// An empty token counts as none. A profile has no such token. The user agent says where the token comes from.
fn token_of_environment(config: &SdkConfig, signing_name: &str) -> Option<Identity> {
    let key = ServiceConfigKey::builder()
        .service_id(signing_name)
        .env("AWS_BEARER_TOKEN")
        .profile("")
        .build()
        .ok()?;
    let token = config.service_config()?.load_config(key)?;
    if token.is_empty() {
        return None;
    }
    let mut layer = Layer::new("environment");
    layer.store_append(AwsCredentialFeature::BearerServiceEnvVars);
    let token = Identity::builder().data(Token::new(token, None));
    token.property(layer.freeze()).build().ok()
}

/// Shows only whether there is a provider.
impl fmt::Debug for BearerSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BearerSettings")
            .field(
                "token_provider",
                &self.token_provider.as_ref().map(|_| "set"),
            )
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::config_bag::FrozenLayer;
    use aws_types::service_config::LoadServiceConfig;

    use super::*;

    /// An environment whose variables all have the same value.
    #[derive(Debug)]
    struct Environment(&'static str);

    impl LoadServiceConfig for Environment {
        fn load_config(&self, _: ServiceConfigKey<'_>) -> Option<String> {
            Some(self.0.to_owned())
        }
    }

    #[test]
    fn a_token_of_the_environment_says_where_it_comes_from() {
        let found = |value| {
            let config = SdkConfig::builder().service_config(Environment(value));
            token_of_environment(&config.build(), "bedrock")
        };
        assert!(found("").is_none());
        let token = found("secret").unwrap();
        assert_eq!(token.data::<Token>().unwrap().token(), "secret");
        assert!(!format!("{token:?}").contains("secret"));
        let layer = token.property::<FrozenLayer>().unwrap();
        let features: Vec<_> = layer.load::<AwsCredentialFeature>().collect();
        assert_eq!(features, [&AwsCredentialFeature::BearerServiceEnvVars]);
    }
}

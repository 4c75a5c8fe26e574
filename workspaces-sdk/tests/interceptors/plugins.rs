//! Runtime plugins. In the official crate, they are private.

use std::borrow::Cow;

use aws_smithy_runtime_api::client::interceptors::SharedInterceptor;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
use aws_smithy_types::config_bag::{FrozenLayer, Layer};
use aws_smithy_types::retry::RetryConfig;
use workspaces_sdk::Client;
use workspaces_sdk::error::SdkError;

use super::tracer::Tracer;
use super::{config, flaky};

/// A plugin with an interceptor and settings.
#[derive(Debug)]
struct Plugin(RuntimeComponentsBuilder);

impl RuntimePlugin for Plugin {
    fn config(&self) -> Option<FrozenLayer> {
        let mut layer = Layer::new("plugin");
        layer.store_put(RetryConfig::standard().with_max_attempts(1));
        Some(layer.freeze())
    }

    fn runtime_components(
        &self,
        _: &RuntimeComponentsBuilder,
    ) -> Cow<'_, RuntimeComponentsBuilder> {
        Cow::Borrowed(&self.0)
    }
}

#[tokio::test]
async fn a_plugin_adds_interceptors_and_settings() {
    let (server, tracer) = (flaky().await, Tracer::default());
    let components = RuntimeComponentsBuilder::new("plugin")
        .with_interceptor(SharedInterceptor::new(tracer.clone()));
    let config = config(&server).runtime_plugin(Plugin(components));
    let client = Client::from_conf(config.build());
    let error = client.describe_workspaces().send().await.unwrap_err();
    assert!(matches!(error, SdkError::ResponseError(_)), "{error:?}");
    assert_eq!(server.requests().len(), 1);
    assert!(tracer.lines().len() > 10);
}

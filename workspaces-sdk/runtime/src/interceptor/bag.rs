//! The settings that hooks see, and those that they and the plugins change.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{Error, Input};
use aws_smithy_runtime_api::client::runtime_components::{
    RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_runtime_api::client::runtime_plugin::{RuntimePlugins, StaticRuntimePlugin};
use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer, Storable, StoreReplace};
use aws_smithy_types::retry::ErrorKind;

use super::Extensions;
use super::classifiers::{ByCode, ByFailure, ByStatus};
use crate::endpoint::Context;
use crate::handle::Handle;
use crate::operation::EndpointParams;
use crate::settings::Settings;

/// What the retry classifiers and the bag know about an operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OperationFacts {
    pub(crate) name: &'static str,
    /// Returns the code of an error of the operation.
    pub(crate) code: fn(&Error) -> Option<&str>,
    /// The parameters of the endpoint rules that the operation sets. `None` if the input has another type.
    pub(crate) endpoint_context: fn(&Handle, &Input) -> Option<Context>,
    /// See [`Service::RETRYABLE`](crate::operation::Service::RETRYABLE).
    pub(crate) retryable: &'static [(&'static str, ErrorKind)],
}

impl OperationFacts {
    /// Puts the parameters of the endpoint rules where hooks can borrow them mutably.
    #[inline]
    pub(super) fn put_endpoint_params(
        self,
        params: Option<EndpointParams>,
        handle: &Handle,
        input: &Input,
        bag: &mut ConfigBag,
    ) {
        let context = (self.endpoint_context)(handle, input);
        if let Some((context, params)) = context.zip(params) {
            let params = (params.collect)(&handle.settings, &context, None);
            bag.interceptor_state().store_put(params);
        }
    }
}

/// The settings of a client as they were before plugins and hooks.
#[derive(Debug)]
pub(super) struct Before {
    settings: FrozenLayer,
    /// The components of plugins.
    plugged: RuntimeComponentsBuilder,
}

impl Before {
    /// Puts the settings of a client into a bag, and the components into a set, and applies the runtime plugins.
    ///
    /// # Errors
    /// When a plugin fails, or a component rejects the settings.
    #[inline]
    pub(super) fn new(
        handle: &Handle,
        operation: OperationFacts,
        input: &Input,
        extensions: &Extensions,
    ) -> Result<(Self, ConfigBag, RuntimeComponents), BoxError> {
        let settings = handle.settings_layer(operation.name).freeze();
        let mut bag = ConfigBag::base();
        bag.push_shared_layer(settings.clone());
        operation.put_endpoint_params(extensions.endpoint_params(), handle, input, &mut bag);
        let own = RuntimeComponentsBuilder::new("settings")
            .with_interceptors(extensions.interceptors().iter().cloned())
            .with_retry_classifier(ByStatus)
            .with_retry_classifier(ByCode {
                code: operation.code,
                modeled: operation.retryable,
            })
            .with_retry_classifier(ByFailure);
        let own = extensions
            .retry_classifiers()
            .iter()
            .cloned()
            .fold(own, RuntimeComponentsBuilder::with_retry_classifier);
        let plugged = RuntimePlugins::new()
            .with_client_plugin(StaticRuntimePlugin::new().with_runtime_components(own))
            .with_client_plugins(extensions.runtime_plugins().iter().cloned())
            .apply_client_configuration(&mut bag)?;
        let base = handle.transport.components();
        let base = base.map_err(|failure| failure.into_source().unwrap_or_else(Into::into))?;
        let components = base
            .to_builder()
            .with_http_client(handle.transport.client())
            .merge_from(&plugged)
            .build()?;
        Ok((Self { settings, plugged }, bag, components))
    }

    /// The settings that differ from those of the client, because a plugin or a hook changed them.
    #[inline]
    pub(super) fn changes(&self, bag: &ConfigBag) -> Option<Settings> {
        let base = &self.settings;
        let changes = Settings {
            retry_config: changed(bag, base),
            timeout_config: changed(bag, base),
            stalled_stream_protection: changed(bag, base),
            region: changed(bag, base),
            http_client: self.plugged.http_client(),
            sleep_impl: self.plugged.sleep_impl(),
            time_source: self.plugged.time_source(),
            ..Settings::default()
        };
        let is_changed = changes.retry_config.is_some()
            || changes.timeout_config.is_some()
            || changes.stalled_stream_protection.is_some()
            || changes.region.is_some()
            || changes.http_client.is_some()
            || changes.sleep_impl.is_some()
            || changes.time_source.is_some();
        is_changed.then_some(changes)
    }
}

/// Returns an entry of the bag, unless it is still that of the client.
#[inline]
fn changed<T>(bag: &ConfigBag, base: &FrozenLayer) -> Option<T>
where
    T: Storable<Storer = StoreReplace<T>> + Clone,
{
    let entry = bag.load::<T>()?;
    let is_old = base.load::<T>().is_some_and(|old| std::ptr::eq(old, entry));
    (!is_old).then(|| entry.clone())
}

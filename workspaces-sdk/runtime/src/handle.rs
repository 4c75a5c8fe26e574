//! The state of a client, which all its calls share: the settings, and the components that are built from them.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, default_async_sleep};
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::client::orchestrator::Metadata;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::config_bag::Layer;
use aws_smithy_types::primitive;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SigningName;
use aws_types::endpoint_config::{EndpointUrl, UseDualStack, UseFips};
use aws_types::region::SigningRegion;

use crate::auth::{
    AuthScheme, Clock, Identities, IdentityCache, Signer, Skew, account_id, basic_time,
};
use crate::endpoint::{Context, Endpoint, Query};
use crate::error::Failure;
use crate::headers;
use crate::retry::RetryPolicy;
use crate::service_metadata::ServiceMetadata;
use crate::settings::{InvocationId, InvocationIdGenerator, Settings};
use crate::transport::{Stall, Transport, WINDOW};
use crate::user_agent::UserAgent;
use crate::uuid;

/// What stalls when a response does.
const RESPONSE: &str = "waiting for the rest of the response";

/// What stalls when a request does.
#[cfg(feature = "streams")]
const REQUEST: &str = "waiting for the service to read the rest of the request";

/// The settings and the state of a client.
#[doc(hidden)]
#[derive(Debug)]
pub struct Handle {
    pub(crate) service: &'static ServiceMetadata,
    pub(crate) settings: Arc<Settings>,
    pub(crate) clock: Arc<Clock>,
    pub(crate) retry: RetryPolicy,
    /// Whether attempts wait for a limit on their rate.
    pub(crate) limits_rate: bool,
    pub(crate) timeouts: TimeoutConfig,
    /// The settings of stalled stream protection.
    stalls: StalledStreamProtectionConfig,
    /// The maximum size of the body of a response, in bytes.
    pub(crate) max_response_size: usize,
    pub(crate) transport: Arc<Transport>,
    /// Whether requests have the trace of an invocation.
    pub(crate) is_lambda_function: bool,
    pub(crate) user_agent: UserAgent,
    pub(crate) signer: Arc<Signer>,
    /// The endpoint of all calls that pass no parameters to the endpoint rules.
    endpoint: OnceLock<Endpoint>,
    identities: Arc<Identities>,
    sleep: Option<SharedAsyncSleep>,
    time: SharedTimeSource,
}

impl Handle {
    /// Creates the state of a client.
    pub fn new(service: &'static ServiceMetadata, settings: Arc<Settings>) -> Self {
        let identities = Identities::new(&settings, settings.identity_cache.clone());
        let transport = Transport::new(&settings);
        Self::assemble(
            service,
            settings,
            Arc::default(),
            Arc::new(transport),
            Arc::new(identities),
        )
    }

    /// The handle for a single call with other settings. It shares the state that does not depend on them.
    #[inline]
    pub(crate) fn with(&self, overrides: Settings) -> Self {
        let new_client = overrides.http_client.clone();
        let new_provider = overrides.credentials_provider.is_some()
            || overrides.service_specific.has_token_provider();
        let new_cache = overrides.identity_cache.clone();
        // The clock holds the difference between this client's time and that of the service.
        let clock = match overrides.time_source.is_some() {
            true => Arc::default(),
            false => self.clock.clone(),
        };
        let new_components = new_client.is_some()
            || overrides.sleep_impl.is_some()
            || overrides.time_source.is_some();
        let settings = overrides.or(&self.settings);
        let (identities, signer) = if new_provider || new_cache.is_some() {
            // The cache of the client holds the identity of another provider.
            let cache = match new_provider {
                true => new_cache,
                false => settings.identity_cache.clone(),
            };
            let identities = Identities::new(&settings, cache);
            (Arc::new(identities), Arc::default())
        } else {
            (self.identities.clone(), self.signer.clone())
        };
        let transport = match new_components {
            true => Arc::new(self.transport.with(&settings, new_client)),
            false => self.transport.clone(),
        };
        Self {
            signer,
            ..Self::assemble(
                self.service,
                Arc::new(settings),
                clock,
                transport,
                identities,
            )
        }
    }

    fn assemble(
        service: &'static ServiceMetadata,
        settings: Arc<Settings>,
        clock: Arc<Clock>,
        transport: Arc<Transport>,
        identities: Arc<Identities>,
    ) -> Self {
        let retry = settings.retry_config_or_default();
        let region = settings.region.as_ref().map(AsRef::as_ref);
        let mode = retry.mode();
        let retry = RetryPolicy::new(retry, settings.retry_partition.as_ref(), service.id, region);
        Self {
            service,
            clock,
            user_agent: UserAgent::new(service, &settings, mode, transport.metadata()),
            limits_rate: retry.limits_rate() || settings.request_rate.is_some(),
            retry,
            timeouts: settings.timeout_config_or_default(),
            max_response_size: settings.max_response_size_or_default(),
            stalls: settings.stalled_stream_protection_or_default(),
            transport,
            is_lambda_function: headers::is_lambda_function(),
            identities,
            signer: Arc::default(),
            endpoint: OnceLock::new(),
            sleep: settings.sleep_impl.clone().or_else(default_async_sleep),
            time: settings.time_source.clone().unwrap_or_default(),
            settings,
        }
    }

    /// Whether the endpoint of a call with this scheme depends on the account.
    #[inline]
    pub(crate) fn needs_account_id(&self, scheme: AuthScheme) -> bool {
        self.service.needs_account_id && scheme == AuthScheme::SigV4
    }

    /// The account of an identity, if the endpoint of a call with this scheme depends on it.
    #[inline]
    pub(crate) fn account_id(
        &self,
        scheme: AuthScheme,
        identity: Option<&Identity>,
    ) -> Option<String> {
        let identity = identity.filter(|_| self.needs_account_id(scheme));
        identity.and_then(account_id)
    }

    pub(crate) fn now(&self) -> SystemTime {
        self.time.now()
    }

    #[cfg(feature = "endpoint-discovery")]
    pub(crate) fn time(&self) -> &SharedTimeSource {
        &self.time
    }

    /// The settings of the client.
    #[cfg(feature = "endpoint-discovery")]
    pub fn settings(&self) -> &Arc<Settings> {
        &self.settings
    }

    /// # Errors
    /// A construction failure when there is no sleep implementation.
    pub(crate) fn sleep(&self) -> Result<&SharedAsyncSleep, Failure> {
        self.sleep.as_ref().ok_or_else(|| {
            SdkError::construction_failure(
                "no sleep implementation is available; enable the feature `rt-tokio` or set `sleep_impl` on the configuration",
            )
        })
    }

    /// Waits before a request is repeated whose call has failed `failures` times. Without a sleep implementation, the call fails.
    pub(crate) async fn back_off(&self, failures: u32) {
        if let Ok(sleep) = self.sleep() {
            sleep.sleep(self.retry.delay_after_calls(failures)).await;
        }
    }

    /// The settings as entries of the bag that interceptors and authentication schemes of the program read.
    #[inline]
    pub(crate) fn settings_layer(&self, operation: &'static str) -> Layer {
        let (settings, service) = (&self.settings, self.service);
        let mut layer = Layer::new("settings");
        layer
            .store_put(Metadata::new(operation, service.id))
            .store_put(self.retry.config().clone())
            .store_put(self.timeouts.clone())
            .store_put(self.stalls.clone())
            .store_put(SigningName::from_static(service.signing_name))
            .store_or_unset(settings.region.clone())
            .store_or_unset(settings.region.clone().map(SigningRegion::from))
            .store_or_unset(settings.app_name.clone())
            .store_or_unset(settings.use_fips.map(UseFips))
            .store_or_unset(settings.use_dual_stack.map(UseDualStack))
            .store_or_unset(settings.endpoint_url.clone().map(EndpointUrl));
        layer
    }

    /// Watches a response that is read into memory, if it is to be watched.
    ///
    /// # Errors
    /// A construction failure when there is no sleep implementation.
    pub(crate) fn watch_response(&self) -> Result<Option<Stall>, Failure> {
        let limit = self.stalls.grace_period().max(WINDOW);
        self.watch(self.stalls.download_enabled(), RESPONSE, limit)
    }

    /// Watches a response that the caller reads as a stream, if it is to be watched.
    ///
    /// # Errors
    /// A construction failure when there is no sleep implementation.
    #[cfg(feature = "streams")]
    pub(crate) fn watch_download(&self) -> Result<Option<Stall>, Failure> {
        let limit = self.stalls.grace_period().saturating_add(WINDOW);
        self.watch(self.stalls.download_enabled(), RESPONSE, limit)
    }

    /// Watches the stream of a request, if it is to be watched.
    ///
    /// # Errors
    /// A construction failure when there is no sleep implementation.
    #[cfg(feature = "streams")]
    pub(crate) fn watch_upload(&self) -> Result<Option<Stall>, Failure> {
        let limit = self.stalls.grace_period().saturating_add(WINDOW);
        self.watch(self.stalls.upload_enabled(), REQUEST, limit)
    }

    fn watch(
        &self,
        enabled: bool,
        what: &'static str,
        limit: Duration,
    ) -> Result<Option<Stall>, Failure> {
        if !enabled {
            return Ok(None);
        }
        let (sleep, time) = (self.sleep()?.clone(), self.time.clone());
        Ok(Some(Stall::new(what, limit, sleep, time)))
    }

    /// Returns the endpoint of a call, from the resolver that the program set or from the endpoint rules.
    ///
    /// # Errors
    /// See [`CustomEndpoint::resolve`](crate::endpoint::CustomEndpoint::resolve) and [`Endpoint::resolve`].
    pub(crate) async fn endpoint(
        &self,
        context: &Context,
        host_prefix: Option<&str>,
        account_id: Option<&str>,
        scheme: &str,
    ) -> Result<Cow<'_, Endpoint>, Failure> {
        match &self.settings.endpoint_resolver {
            None => self.endpoint_of_rules(context, host_prefix, account_id),
            Some(custom) => {
                let query = Query {
                    settings: &self.settings,
                    context,
                    host_prefix,
                    account_id,
                    scheme,
                };
                custom.resolve(query).await.map(Cow::Owned)
            }
        }
    }

    /// An endpoint that depends on the settings only is resolved once.
    fn endpoint_of_rules(
        &self,
        context: &Context,
        host_prefix: Option<&str>,
        account_id: Option<&str>,
    ) -> Result<Cow<'_, Endpoint>, Failure> {
        let (rules, settings) = (self.service.endpoint, &*self.settings);
        let resolve = || Endpoint::resolve(rules, settings, context, host_prefix, account_id);
        if host_prefix.is_some() || account_id.is_some() || *context != Context::default() {
            return resolve().map(Cow::Owned);
        }
        if let Some(endpoint) = self.endpoint.get() {
            return Ok(Cow::Borrowed(endpoint));
        }
        let endpoint = resolve()?;
        Ok(Cow::Borrowed(self.endpoint.get_or_init(|| endpoint)))
    }

    /// Returns the credentials to sign with now.
    ///
    /// # Errors
    /// A dispatch failure when there is no provider or it fails; a construction failure when a component is missing.
    pub(crate) async fn credentials(&self) -> Result<Identity, Failure> {
        self.cached(&self.identities.credentials).await
    }

    /// Returns the identity that a scheme needs now, if it needs any.
    ///
    /// # Errors
    /// The same errors as [`credentials`](Self::credentials).
    pub(crate) async fn identity(&self, scheme: AuthScheme) -> Result<Option<Identity>, Failure> {
        match scheme {
            // A scheme of the program gets its identity itself.
            AuthScheme::NoAuth | AuthScheme::Custom => Ok(None),
            #[cfg(feature = "bearer")]
            AuthScheme::Bearer => self.cached(&self.identities.token).await.map(Some),
            _ => self.credentials().await.map(Some),
        }
    }

    async fn cached(&self, cache: &IdentityCache) -> Result<Identity, Failure> {
        cache
            .get(
                self.now(),
                self.sleep()?,
                self.transport.components()?,
                self.retry.config(),
                &self.timeouts,
            )
            .await
    }

    /// The clock skew to sign with: none if clock skew is to be ignored.
    pub(crate) fn skew(&self) -> Skew {
        if self.ignores_clock_skew() {
            Skew::default()
        } else {
            self.clock.skew()
        }
    }

    /// Whether requests are signed with the time of the local clock, whatever the clock of the service shows.
    pub(crate) fn ignores_clock_skew(&self) -> bool {
        self.settings
            .disable_clock_skew_correction
            .unwrap_or_default()
    }

    /// Creates the ID of a call, which all its attempts have.
    ///
    /// # Errors
    /// A construction failure when the source of IDs that the program set fails.
    pub(crate) fn invocation_id(&self) -> Result<Option<String>, Failure> {
        match &self.settings.invocation_id_generator {
            None => Ok(Some(uuid::v4())),
            Some(generator) => match generator.generate() {
                Ok(id) => Ok(id.map(InvocationId::into_string)),
                Err(error) => Err(SdkError::construction_failure(error)),
            },
        }
    }

    /// The value of `amz-sdk-request`: for retries, the time until which the client waits for a response, if it is limited; the
    /// number of the attempt and the maximum number of attempts.
    pub(crate) fn attempt_info(&self, number: u32) -> String {
        let max = self.retry.max_attempts();
        let limit = self.timeouts.read_timeout().filter(|_| number > 1);
        let until = limit.and_then(|limit| self.skew().apply(self.now()).checked_add(limit));
        let mut info = String::with_capacity(48);
        if let Some(until) = until.and_then(|until| basic_time(until).ok()) {
            info += "ttl=";
            info += &until;
            info += "; ";
        }
        info += "attempt=";
        info += primitive::Encoder::from(u64::from(number)).encode();
        info += "; max=";
        info += primitive::Encoder::from(u64::from(max)).encode();
        info
    }
}

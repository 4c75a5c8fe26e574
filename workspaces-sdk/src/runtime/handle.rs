//! What the calls of one client share: its settings and what was made from them.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use aws_smithy_async::rt::sleep::{SharedAsyncSleep, default_async_sleep};
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::timeout::TimeoutConfig;

use super::Failure;
use super::clock::{Clock, basic_time};
use super::endpoint::Endpoint;
use super::identity::Credentials;
use super::operation::{Customization, Service};
use super::own::OwnSettings;
use super::retry::Policy;
use super::sign::Signer;
use super::transport::Transport;
use super::user_agent::user_agent;
use crate::config::{Builder, Config};

/// A client's settings and state.
#[derive(Debug)]
pub(crate) struct Handle {
    pub(super) service: &'static Service,
    pub(super) config: Config,
    pub(super) clock: Arc<Clock>,
    pub(super) retry: Policy,
    pub(super) timeouts: TimeoutConfig,
    /// In which time something of a body must come.
    pub(super) stall: Option<Duration>,
    pub(super) transport: Arc<Transport>,
    pub(super) user_agent: String,
    pub(super) signer: Arc<Signer>,
    /// Where the calls go that do not differ in it.
    pub(super) endpoint: OnceLock<Endpoint>,
    credentials: Arc<Credentials>,
    sleep: Option<SharedAsyncSleep>,
    time: SharedTimeSource,
}

impl Handle {
    pub(crate) fn new(service: &'static Service, config: Config) -> Self {
        let settings = &config.settings;
        let credentials = Credentials::new(
            settings.credentials_provider.clone(),
            settings.identity_cache.clone(),
        );
        let transport = Transport::new(&config);
        Self::assemble(
            service,
            config,
            Arc::default(),
            Arc::new(transport),
            Arc::new(credentials),
        )
    }

    /// The handle for a single call with other settings; it shares what does not depend on them.
    pub(super) fn with(&self, overrides: &Builder) -> Self {
        let config = self.config.with(overrides);
        let (settings, new) = (&config.settings, &overrides.settings);
        let (credentials, signer) = match (&new.credentials_provider, &new.identity_cache) {
            (None, None) => (self.credentials.clone(), self.signer.clone()),
            // The cache of the client would keep credentials that no other call asks for.
            (provider, cache) => {
                let cache = if provider.is_some() {
                    cache
                } else {
                    &settings.identity_cache
                };
                let provider = settings.credentials_provider.clone();
                let credentials = Credentials::new(provider, cache.clone());
                (Arc::new(credentials), Arc::default())
            }
        };
        let transport = match (&new.http_client, &new.sleep_impl, &new.time_source) {
            (None, None, None) => self.transport.clone(),
            _ => Arc::new(self.transport.with(&config, new.http_client.clone())),
        };
        Self {
            signer,
            ..Self::assemble(
                self.service,
                config,
                self.clock.clone(),
                transport,
                credentials,
            )
        }
    }

    fn assemble(
        service: &'static Service,
        config: Config,
        clock: Arc<Clock>,
        transport: Arc<Transport>,
        credentials: Arc<Credentials>,
    ) -> Self {
        let settings = &config.settings;
        let retry = config.retry_config_or_default();
        let region = settings.region.as_ref().map(AsRef::as_ref);
        let stall = config.stalled_stream_protection_or_default();
        Self {
            service,
            clock,
            user_agent: user_agent(service, &config, retry.mode()),
            retry: Policy::new(retry, service.id, region),
            timeouts: config.timeout_config_or_default(),
            stall: stall.download_enabled().then(|| stall.grace_period()),
            transport,
            credentials,
            signer: Arc::default(),
            endpoint: OnceLock::new(),
            sleep: config.sleep_impl().or_else(default_async_sleep),
            time: config.time_source().unwrap_or_default(),
            config,
        }
    }

    pub(crate) fn config(&self) -> &Config {
        &self.config
    }

    /// The settings that only some services have, as they hold for one call.
    pub(super) fn own(&self, call: &Customization) -> OwnSettings {
        let own = self.config.settings.own.clone();
        match &call.config {
            Some(overrides) => overrides.settings.own.clone().or(own),
            None => own,
        }
    }

    pub(super) fn now(&self) -> SystemTime {
        self.time.now()
    }

    /// # Errors
    /// A construction failure when there is nothing to sleep with.
    pub(super) fn sleep(&self) -> Result<&SharedAsyncSleep, Failure> {
        self.sleep.as_ref().ok_or_else(|| {
            SdkError::construction_failure(
                "there is no way to sleep; enable the feature `rt-tokio` or set `sleep_impl` on the configuration",
            )
        })
    }

    /// Credentials to sign with now.
    pub(super) async fn identity(&self) -> Result<Identity, Failure> {
        self.credentials
            .get(
                self.now(),
                self.sleep()?,
                self.transport.components()?,
                self.retry.config(),
                &self.timeouts,
            )
            .await
    }

    /// Our `time` on the clock of the service, or as it is where its clock is to be ignored.
    pub(super) fn time_there(&self, time: SystemTime) -> SystemTime {
        if self.ignores_skew() {
            time
        } else {
            self.clock.there(time)
        }
    }

    /// Whether signatures are made by our clock, whatever the service's clock says.
    pub(super) fn ignores_skew(&self) -> bool {
        self.config
            .disable_clock_skew_correction()
            .unwrap_or_default()
    }

    /// What the service is told of an attempt: until when an answer is waited for, where there is such a
    /// limit, and which attempt it is of how many.
    pub(super) fn attempt_info(&self, number: u32) -> String {
        let max = self.retry.max_attempts();
        let until = self
            .timeouts
            .read_timeout()
            .and_then(|limit| self.time_there(self.now()).checked_add(limit));
        let ttl = until
            .and_then(|until| basic_time(until).ok())
            .map(|until| format!("ttl={until}; "));
        format!("{}attempt={number}; max={max}", ttl.unwrap_or_default())
    }
}

//! The inputs of a crate, and how both of them load a configuration.

use std::collections::HashMap;
use std::time::Duration;

use aws_config::BehaviorVersion;
use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep, TokioSleep};
use aws_smithy_async::time::SharedTimeSource;
use aws_types::SdkConfig;
use aws_types::os_shim_internal::{Env, Fs};
use aws_types::region::Region;
use aws_types::sdk_config::SharedHttpClient;

use super::data::metadata::Clock;

/// The crate that is used.
#[derive(Clone, Copy, Debug)]
pub enum Side {
    Official,
    Ours,
}

/// Everything that determines a result.
#[derive(Clone)]
pub struct Inputs {
    pub env: HashMap<String, String>,
    pub files: HashMap<String, String>,
    /// The file system, if it does not consist of these files.
    pub fs: Option<Fs>,
    pub time: SharedTimeSource,
    /// The Region that the program sets.
    pub region: Option<&'static str>,
    pub http_client: Option<SharedHttpClient>,
    pub behavior_version: BehaviorVersion,
}

impl Default for Inputs {
    fn default() -> Self {
        Self {
            env: HashMap::new(),
            files: HashMap::new(),
            fs: None,
            time: SharedTimeSource::new(Clock::default()),
            region: None,
            http_client: None,
            behavior_version: BehaviorVersion::latest(),
        }
    }
}

/// Loads a configuration with the loader of a crate.
macro_rules! load {
    ($krate:ident, $inputs:ident) => {{
        let mut loader = $krate::defaults($inputs.behavior_version)
            .env(Env::from($inputs.env))
            .fs($inputs.fs.unwrap_or_else(|| Fs::from_map($inputs.files)))
            .time_source($inputs.time)
            .sleep_impl(Hasty);
        if let Some(region) = $inputs.region {
            loader = loader.region(Region::from_static(region));
        }
        if let Some(client) = $inputs.http_client {
            loader = loader.http_client(client);
        }
        loader.load().await
    }};
}

impl Inputs {
    pub async fn load(self, side: Side) -> SdkConfig {
        match side {
            Side::Official => load!(aws_config, self),
            Side::Ours => load!(lean_aws_config, self),
        }
    }
}

/// Ends backoff early. Timeouts are those durations that are whole tenths of seconds, which the random backoff is not.
#[derive(Debug)]
struct Hasty;

impl AsyncSleep for Hasty {
    fn sleep(&self, duration: Duration) -> Sleep {
        let is_timeout = duration.subsec_nanos().is_multiple_of(100_000_000);
        TokioSleep::new().sleep(match is_timeout {
            true => duration,
            false => duration / 1000,
        })
    }
}

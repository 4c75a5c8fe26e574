//! The Region from a profile.

use std::collections::HashSet;

use aws_types::region::Region;

use super::ProfileSet;
use super::profile_file::ProfileFiles;
use crate::meta::region::{ProvideRegion, future};
use crate::provider_config::ProviderConfig;

/// Provides the Region of a profile in the [shared files](super::load).
///
/// This is the value of `region`, or else that of the profile that `source_profile` names, and so on. A blank value counts as
/// none.
///
/// ```ini
/// [profile dev]
/// region = eu-west-1
/// ```
#[derive(Debug, Default)]
pub struct ProfileFileRegionProvider {
    config: ProviderConfig,
}

impl ProfileFileRegionProvider {
    /// Creates a provider for the profile that `AWS_PROFILE` names, or else `default`.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a builder.
    pub fn builder() -> Builder {
        Builder::default()
    }
}

impl ProvideRegion for ProfileFileRegionProvider {
    fn region(&self) -> future::ProvideRegion<'_> {
        future::ProvideRegion::new(async { find(self.config.profiles().await?) })
    }
}

fn find(profiles: &ProfileSet) -> Option<Region> {
    let mut name = profiles.selected_profile();
    let mut visited = HashSet::new();
    while visited.insert(name) {
        let profile = profiles.get_profile(name)?;
        let region = profile.get("region").map(str::trim).unwrap_or_default();
        if !region.is_empty() {
            return Some(Region::new(region.to_owned()));
        }
        name = profile.get("source_profile")?;
    }
    None
}

/// A builder of [`ProfileFileRegionProvider`].
#[derive(Debug, Default)]
pub struct Builder {
    config: Option<ProviderConfig>,
    profile_name: Option<String>,
    profile_files: Option<ProfileFiles>,
}

impl Builder {
    /// Sets the environment and the files.
    pub fn configure(mut self, config: &ProviderConfig) -> Self {
        self.config = Some(config.clone());
        self
    }

    /// Sets the name of the profile. The default is the value of `AWS_PROFILE`, or else `default`.
    pub fn profile_name(mut self, profile_name: impl Into<String>) -> Self {
        self.profile_name = Some(profile_name.into());
        self
    }

    /// Sets the files. The defaults are `~/.aws/config` and `~/.aws/credentials`.
    pub fn profile_files(mut self, profile_files: ProfileFiles) -> Self {
        self.profile_files = Some(profile_files);
        self
    }

    /// Creates the provider.
    pub fn build(self) -> ProfileFileRegionProvider {
        let config = self.config.unwrap_or_default();
        ProfileFileRegionProvider {
            config: config.with_profile(self.profile_files, self.profile_name),
        }
    }
}

#[cfg(test)]
mod tests {
    use aws_types::os_shim_internal::{Env, Fs};

    use super::*;
    use crate::profile::profile_file::ProfileFileKind;

    #[tokio::test]
    async fn the_region_may_be_that_of_a_source_profile() {
        let cases = [
            ("", None),
            ("[default]\nregion = eu-west-1\n", Some("eu-west-1")),
            ("[default]\nregion = eu-west-1 \n", Some("eu-west-1")),
            ("[default]\nregion =\n", None),
            ("[default]\noutput = json\n", None),
            ("[profile dev]\nregion = eu-west-1\n", None),
            (
                "[default]\nregion = eu-west-1\nsource_profile = a\n[profile a]\nregion = us-east-1\n",
                Some("eu-west-1"),
            ),
            (
                "[default]\nsource_profile = a\n[profile a]\nsource_profile = b\n[profile b]\nregion = us-east-1\n",
                Some("us-east-1"),
            ),
            (
                "[default]\nregion =\nsource_profile = a\n[profile a]\nregion = us-east-1\n",
                Some("us-east-1"),
            ),
            ("[default]\nsource_profile = missing\n", None),
            ("[default]\nsource_profile = default\n", None),
            (
                "[default]\nsource_profile = a\n[profile a]\nsource_profile = default\n",
                None,
            ),
            ("not a file of profiles", None),
        ];
        for (config, expected) in cases {
            let region = provider(config).build().region().await;
            assert_eq!(region.as_ref().map(Region::as_ref), expected, "{config}");
        }
    }

    #[tokio::test]
    async fn the_profile_and_the_files_can_be_set() {
        let config = "[default]\nregion = us-east-1\n[profile dev]\nregion = us-east-2\n";
        let named = provider(config).profile_name("dev").build();
        assert_eq!(named.region().await, Some(Region::from_static("us-east-2")));

        let files = ProfileFiles::builder()
            .with_contents(ProfileFileKind::Config, "[default]\nregion = eu-west-1\n")
            .build();
        let other = provider(config).profile_files(files).build();
        assert_eq!(other.region().await, Some(Region::from_static("eu-west-1")));
    }

    fn provider(config: &str) -> Builder {
        let fs = Fs::from_slice(&[("/config", config)]);
        let env = Env::from_slice(&[("AWS_CONFIG_FILE", "/config")]);
        let config = ProviderConfig::empty().with_fs(fs).with_env(env);
        ProfileFileRegionProvider::builder().configure(&config)
    }
}

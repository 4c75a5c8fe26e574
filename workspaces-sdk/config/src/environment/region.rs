//! The Region from environment variables.

use std::fmt;

use aws_types::os_shim_internal::Env;
use aws_types::region::Region;

use crate::meta::region::{ProvideRegion, future};

/// Provides the Region in `AWS_REGION`, or else the one in `AWS_DEFAULT_REGION`. A blank value counts as none.
#[derive(Default)]
pub struct EnvironmentVariableRegionProvider {
    env: Env,
}

/// Shows nothing of the environment, which may contain credentials.
impl fmt::Debug for EnvironmentVariableRegionProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EnvironmentVariableRegionProvider")
            .finish_non_exhaustive()
    }
}

impl EnvironmentVariableRegionProvider {
    /// Creates a provider that reads the environment of the process.
    pub fn new() -> Self {
        Self::default()
    }

    pub(crate) fn with_env(env: Env) -> Self {
        Self { env }
    }
}

impl ProvideRegion for EnvironmentVariableRegionProvider {
    fn region(&self) -> future::ProvideRegion<'_> {
        let variables = ["AWS_REGION", "AWS_DEFAULT_REGION"].into_iter();
        let values = variables.filter_map(|name| self.env.get(name).ok());
        let region = values
            .map(|value| value.trim().to_owned())
            .find(|value| !value.is_empty());
        future::ProvideRegion::ready(region.map(Region::new))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Variables, and the Region that they set.
    type Case = (
        &'static [(&'static str, &'static str)],
        Option<&'static str>,
    );

    #[tokio::test]
    async fn the_first_variable_with_a_value_counts() {
        let cases: [Case; 5] = [
            (&[], None),
            (&[("AWS_REGION", "us-east-1")], Some("us-east-1")),
            (&[("AWS_DEFAULT_REGION", "us-east-2")], Some("us-east-2")),
            (
                &[
                    ("AWS_REGION", "us-east-1"),
                    ("AWS_DEFAULT_REGION", "us-east-2"),
                ],
                Some("us-east-1"),
            ),
            (
                &[("AWS_REGION", " "), ("AWS_DEFAULT_REGION", " us-east-2\n")],
                Some("us-east-2"),
            ),
        ];
        for (variables, expected) in cases {
            let provider = EnvironmentVariableRegionProvider::with_env(Env::from_slice(variables));
            let region = provider.region().await;
            assert_eq!(
                region.as_ref().map(Region::as_ref),
                expected,
                "{variables:?}"
            );
        }
    }
}

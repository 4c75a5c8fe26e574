//! The parameters of endpoint rules as a type of the generated crate.
//!
//! A resolver of the program gets them. They contain what the rules of the service get: the settings, and what the operation
//! sets.

use std::fmt;

use aws_types::endpoint_config::AccountIdEndpointMode;

use super::{Context, Params, functions};
use crate::settings::Settings;

pub(super) use built_in::ACCOUNT_ID;

/// The names of the parameters that every service takes from the same settings.
mod built_in {
    pub(super) const REGION: &str = "AWS::Region";
    pub(super) const USE_FIPS: &str = "AWS::UseFIPS";
    pub(super) const USE_DUAL_STACK: &str = "AWS::UseDualStack";
    pub(super) const ENDPOINT: &str = "SDK::Endpoint";
    pub(in super::super) const ACCOUNT_ID: &str = "AWS::Auth::AccountId";
    pub(super) const ACCOUNT_ID_ENDPOINT_MODE: &str = "AWS::Auth::AccountIdEndpointMode";
}

impl<'a> Params<'a> {
    /// The parameters of a call. Rules read the same values.
    #[inline]
    pub(super) fn of_settings(
        settings: &'a Settings,
        context: &'a Context,
        account_id: Option<&'a str>,
    ) -> Self {
        let mode = match settings.service_specific.account_id_endpoint_mode {
            Some(AccountIdEndpointMode::Disabled) => "disabled",
            Some(AccountIdEndpointMode::Required) => "required",
            _ => "preferred",
        };
        Params {
            region: settings.region.as_ref().map(AsRef::as_ref),
            use_fips: settings.use_fips.unwrap_or_default(),
            use_dual_stack: settings.use_dual_stack.unwrap_or_default(),
            endpoint: settings.endpoint_url.as_deref(),
            account_id,
            account_id_endpoint_mode: Some(mode),
            context,
        }
    }

    /// The parameters that a context contains, including those that are settings.
    #[inline]
    pub(super) fn of_context(context: &'a Context) -> Self {
        Params {
            region: context.string(built_in::REGION),
            use_fips: context.boolean(built_in::USE_FIPS).unwrap_or_default(),
            use_dual_stack: context
                .boolean(built_in::USE_DUAL_STACK)
                .unwrap_or_default(),
            endpoint: context.string(built_in::ENDPOINT),
            account_id: context.string(ACCOUNT_ID),
            account_id_endpoint_mode: context.string(built_in::ACCOUNT_ID_ENDPOINT_MODE),
            context,
        }
    }

    /// The parameters of a call as a context, which includes those that are settings.
    #[inline]
    pub(super) fn into_context(self) -> Context {
        let mut all = self.context.clone();
        all.replace_string(built_in::REGION, self.region.map(str::to_owned));
        all.replace_boolean(built_in::USE_FIPS, Some(self.use_fips));
        all.replace_boolean(built_in::USE_DUAL_STACK, Some(self.use_dual_stack));
        all.replace_string(built_in::ENDPOINT, self.endpoint.map(str::to_owned));
        all.replace_string(ACCOUNT_ID, self.account_id.map(str::to_owned));
        all.replace_string(
            built_in::ACCOUNT_ID_ENDPOINT_MODE,
            self.account_id_endpoint_mode.map(str::to_owned),
        );
        all
    }
}

/// The parameters of a call, including those that are settings.
#[doc(hidden)]
#[inline]
pub fn endpoint_values(
    settings: &Settings,
    context: &Context,
    account_id: Option<&str>,
) -> Context {
    Params::of_settings(settings, context, account_id).into_context()
}

/// The reason why parameters are invalid.
#[doc(hidden)]
#[derive(Debug, PartialEq)]
pub enum InvalidParameter {
    /// A required parameter is not set.
    Missing(&'static str),
    /// A parameter has a value that it cannot have.
    Invalid(&'static str, &'static str),
}

impl InvalidParameter {
    /// Checks the Region, which becomes a part of the host.
    ///
    /// # Errors
    /// When the Region is not a host name.
    #[inline]
    pub fn check_region(context: &Context) -> Result<(), Self> {
        match context.string(built_in::REGION) {
            Some(region) if !functions::is_valid_host_label(region, true) => {
                Err(Self::Invalid("region", "must be a valid host label"))
            }
            _ => Ok(()),
        }
    }
}

impl fmt::Display for InvalidParameter {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(name) => write!(f, "a required field was missing: `{name}`"),
            Self::Invalid(name, why) => write!(f, "invalid value for field: `{name}` - {why}"),
        }
    }
}

/// The name of a parameter in messages and in `Debug`, without the prefix of a raw identifier.
#[doc(hidden)]
#[inline]
pub fn parameter_name(name: &'static str) -> &'static str {
    name.strip_prefix("r#").unwrap_or(name)
}

/// A type that a parameter can have.
#[doc(hidden)]
pub trait Parameter: Sized {
    /// Sets, replaces or removes a parameter.
    fn set(context: &mut Context, name: &'static str, value: Option<Self>);
}

impl Parameter for bool {
    #[inline]
    fn set(context: &mut Context, name: &'static str, value: Option<Self>) {
        context.replace_boolean(name, value);
    }
}

impl Parameter for String {
    #[inline]
    fn set(context: &mut Context, name: &'static str, value: Option<Self>) {
        context.replace_string(name, value);
    }
}

impl Parameter for Vec<String> {
    #[inline]
    fn set(context: &mut Context, name: &'static str, value: Option<Self>) {
        context.replace_strings(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_get_the_same_values_as_resolvers() {
        let settings = Settings {
            region: Some(aws_types::region::Region::new("eu-west-1")),
            use_fips: Some(true),
            endpoint_url: Some("https://example.com".to_owned()),
            ..Settings::default()
        };
        let context = Context::default()
            .set_boolean("Fast", Some(true))
            .set_strings("Ids", ["a"]);
        let of_rules = Params::of_settings(&settings, &context, Some("1234"));
        let values = endpoint_values(&settings, &context, Some("1234"));
        let again = Params::of_context(&values);
        let parts = |it: &Params<'_>| {
            let text = |text: Option<&str>| text.map(str::to_owned);
            (
                [text(it.region), text(it.endpoint), text(it.account_id)],
                text(it.account_id_endpoint_mode),
                [it.use_fips, it.use_dual_stack],
                it.context.boolean("Fast"),
                it.context.strings("Ids").map(<[String]>::to_vec),
            )
        };
        assert_eq!(parts(&again), parts(&of_rules));
        assert_eq!(again.account_id_endpoint_mode, Some("preferred"));
    }
}

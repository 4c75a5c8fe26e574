//! The module `config`: the settings of a client.

mod setters;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::operation::scheme;
use crate::plan::endpoint::EndpointParameter;
use crate::plan::{AuthScheme, ContextType, Operation, Plan, RequestRate, Setting};
use setters::{Getter, SETTERS, getter, parameter, setter};

/// Prints the preset of the limit on the rate of requests.
fn published_rate(plan: &Plan, rate: &RequestRate) -> TokenStream {
    let RequestRate {
        per_second,
        burst,
        source,
    } = rate;
    let doc = format!(
        " Returns a new limit to the rate that {} publishes: {per_second} requests per second, and {burst} at once.",
        plan.title
    );
    let source = format!(" Source: <{}>", source.replace(['<', '>'], ""));
    let per_second = Literal::f64_unsuffixed((*per_second).into());
    let burst = Literal::u32_unsuffixed(*burst);
    quote! {
        #[doc = #doc]
        #[doc = ""]
        #[doc = " All requests in an account and a Region count, of whatever client. Without a limit, requests beyond that rate are throttled."]
        #[doc = ""]
        #[doc = #source]
        pub fn published_request_rate() -> RequestRate {
            RequestRate::new(#per_second, #burst)
        }
    }
}

/// Prints the module `config`.
pub(super) fn file(plan: &Plan) -> TokenStream {
    let settings = &plan.settings;
    let test_util = plan.module.is_empty().then(|| {
        quote! {
            #[cfg(feature = "test-util")]
            lean_aws_runtime::codegen::config_test_util! { Builder }
        }
    });
    let tokens = settings.contains(&Setting::IdempotencyTokens);
    let token_provider = tokens.then(|| {
        quote!(
            pub use lean_aws_runtime::settings::IdempotencyTokenProvider;
        )
    });
    let checksum_types = settings.contains(&Setting::Checksums).then(|| {
        quote! {
            pub use lean_aws_runtime::settings::{RequestChecksumCalculation, ResponseChecksumValidation};
        }
    });
    // The clients in a module belong to another crate, which does not offer their settings.
    let is_crate = plan.module.is_empty();
    let retry_types = is_crate.then(|| {
        quote! {
            ClassifyRetry, ClientRateLimiter, RetryAction, RetryPartition, ShouldAttempt, TokenBucket,
        }
    });
    let plumbing = is_crate.then(|| quote!(config_plumbing! { Config, Builder }));
    let rate = plan.request_rate.as_ref().filter(|_| is_crate);
    let rate = rate.map(|rate| published_rate(plan, rate));
    let auth = is_crate.then(|| auth(plan));
    let [auth_use, endpoint_use] = match is_crate {
        true => [
            quote!(auth_schemes,),
            quote!(, config_plumbing, endpoint_params),
        ],
        false => Default::default(),
    };
    let endpoint_row = is_crate.then(|| {
        quote! {
            #![doc = " | [`endpoint_resolver`](Builder::endpoint_resolver) | the endpoint rules of the service |"]
        }
    });
    let rate_row = is_crate.then(|| {
        quote! {
            #![doc = " | [`request_rate`](Builder::request_rate) | no limit on the rate of requests |"]
        }
    });
    let endpoint = is_crate.then(|| endpoint(&plan.endpoints.parameters));
    let [bearer_types, bearer_use, bearer_methods, bearer_rows] =
        match settings.contains(&Setting::BearerTokens) {
            true => bearer(),
            false => <[TokenStream; 4]>::default(),
        };
    let setters = SETTERS
        .iter()
        .filter(|setter| settings.contains(&setter.of))
        .map(setter);
    let parameters = plan.client_parameters.iter().map(parameter);
    let setters: Vec<_> = setters.chain(parameters).collect();
    let getters: Vec<_> = SETTERS
        .iter()
        .filter(|it| settings.contains(&it.of) && it.getter != Getter::None)
        .map(getter)
        .collect();
    let getters = (!getters.is_empty()).then(|| {
        quote! {
            /// The settings that only some services have.
            impl Config {
                #(#getters)*
            }
        }
    });
    let service_specific = (!setters.is_empty()).then(|| {
        quote! {
            #getters


            /// The settings that only some services have.
            impl Builder {
                #(#setters)*
            }
        }
    });
    quote! {
        #![doc = " The settings of a client. Most of them are shared with other services through `SdkConfig`."]
        #![doc = ""]
        #![doc = " [`Config::builder`] starts with the defaults, [`Config::from`] and [`Builder::from`] with an `SdkConfig`. Creating a"]
        #![doc = " client never fails: a setting that is missing or invalid is an error of its calls, which names the setting."]
        #![doc = ""]
        #![doc = " | setting | default |"]
        #![doc = " |---|---|"]
        #![doc = " | [`region`](Builder::region) | none; calls fail |"]
        #![doc = " | [`credentials_provider`](Builder::credentials_provider) | none; calls fail, except for operations that need no signature |"]
        #bearer_rows
        #![doc = " | [`endpoint_url`](Builder::endpoint_url) | the endpoint of the service in the Region |"]
        #endpoint_row
        #![doc = " | [`retry_config`](Builder::retry_config) | the standard mode with up to three attempts |"]
        #rate_row
        #![doc = " | [`timeout_config`](Builder::timeout_config) | 3.1 seconds to connect, no other limits |"]
        #![doc = " | [`stalled_stream_protection`](Builder::stalled_stream_protection) | a response may stall for 5 seconds |"]
        #![doc = " | [`identity_cache`](Builder::identity_cache) | the client caches credentials until shortly before they expire, those without an expiry for 15 minutes |"]
        #![doc = " | [`http_client`](Builder::http_client) | HTTP/1.1 over TLS with pooled connections and proxies from the environment; without the feature `default-https-client`, calls fail |"]
        #![doc = " | [`sleep_impl`](Builder::sleep_impl) | the timer of tokio; without the feature `rt-tokio`, calls fail |"]
        #![doc = " | [`time_source`](Builder::time_source) | the clock of the system; signatures are corrected by the dates of the service's responses |"]
        #![doc = " | [`behavior_version`](Builder::behavior_version) | the latest; an older version has no retries and no connect timeout |"]

        pub use lean_aws_runtime::settings::{
            AccountIdEndpointMode, AppName, AsyncSleep, BehaviorVersion, Credentials, FrameworkMetadata, HttpClient,
            IntoShared, ProvideCredentials, Region, ResolveCachedIdentity, SharedAsyncSleep, SharedCredentialsProvider,
            SharedHttpClient, SharedIdentityCache, Sleep, StalledStreamProtectionConfig,
        };
        #token_provider
        #checksum_types
        #bearer_types
        #bearer_use
        use lean_aws_runtime::codegen::{#auth_use config #endpoint_use};

        use crate::service::ThisService;

        config! { Config, Builder for ThisService }
        #plumbing
        #rate
        #bearer_methods
        #service_specific

        #test_util

        #auth

        #endpoint

        /// The HTTP messages that a [`CustomizableOperation`](crate::client::customize::CustomizableOperation) sees.
        pub mod http {
            pub use lean_aws_runtime::codegen::{HttpRequest, HttpResponse};
        }

        /// Settings of retries.
        pub mod retry {
            pub use lean_aws_runtime::settings::{#retry_types ReconnectMode, RetryConfig, RetryConfigBuilder, RetryMode};
        }

        /// Limits on the time for a call, an attempt, a connection and a response.
        pub mod timeout {
            pub use lean_aws_runtime::settings::{TimeoutConfig, TimeoutConfigBuilder};
        }
    }
}

/// Prints the module `config::auth`.
fn auth(plan: &Plan) -> TokenStream {
    let default = auth_of_most(&plan.operations);
    let schemes = default.iter().map(scheme);
    let others = plan.operations.iter().filter(|it| it.auth != default);
    let others = others.map(|operation| {
        let (name, schemes) = (&operation.wire, operation.auth.iter().map(scheme));
        quote!(#name => #(#schemes),*;)
    });
    quote! {
        auth_schemes! {
            Config, Builder for ThisService;
            #(#schemes),*;
            #(#others)*
        }
    }
}

/// Returns the schemes that most operations have.
fn auth_of_most(operations: &[Operation]) -> &[AuthScheme] {
    let count = |schemes: &[AuthScheme]| operations.iter().filter(|it| it.auth == schemes).count();
    let schemes = operations.iter().map(|it| it.auth.as_slice());
    // Of several with the same number, the last one is found, so the operations are in reverse order.
    schemes
        .rev()
        .max_by_key(|schemes| count(schemes))
        .unwrap_or(&[AuthScheme::SigV4])
}

/// Prints the module `config::endpoint`.
fn endpoint(parameters: &[EndpointParameter]) -> TokenStream {
    let rows = parameters.iter().map(|parameter| {
        let EndpointParameter {
            wire,
            name,
            setter,
            kind,
            required,
            doc,
        } = parameter;
        let (kind, has_default) = match kind {
            ContextType::Boolean(None) => (quote!(boolean), false),
            ContextType::Boolean(Some(default)) => (quote!(boolean(#default)), true),
            ContextType::String(None) => (quote!(string), false),
            ContextType::String(Some(default)) => (quote!(string(#default.to_owned())), true),
            ContextType::Strings => (quote!(strings), false),
        };
        let required = (*required && !has_default).then(|| quote!(!required));
        quote!(#doc #name, #setter: #kind #required => #wire;)
    });
    quote! {
        endpoint_params! {
            Config, Builder for ThisService;
            #(#rows)*
        }
    }
}

/// Prints what a service that accepts bearer tokens has: exports, an import, methods and rows of the table.
fn bearer() -> [TokenStream; 4] {
    [
        quote! {
            pub use lean_aws_runtime::settings::{
                AuthSchemeId, AuthSchemePreference, ProvideToken, ResolveIdentity, SharedTokenProvider, Token,
            };
        },
        quote!(
            use lean_aws_runtime::codegen::bearer_settings;
        ),
        quote!(bearer_settings! { Builder }),
        quote! {
            #![doc = " | [`token_provider`](Builder::token_provider) | with an `SdkConfig`, the token in the environment variable `AWS_BEARER_TOKEN_` with the signing name; otherwise none |"]
            #![doc = " | `auth_scheme_preference` | the order of the model, but a token in that variable comes first; schemes without a provider are not used |"]
        },
    ]
}

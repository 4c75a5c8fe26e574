//! The module `config`: the settings of a client.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::plan::endpoint::EndpointParameter;
use crate::plan::names;
use crate::plan::{ClientParameter, ContextType, Plan, Setting};

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
    let endpoint_use = is_crate.then(|| quote!(, endpoint_params));
    let endpoint_row = is_crate.then(|| {
        quote! {
            #![doc = " | [`endpoint_resolver`](Builder::endpoint_resolver) | the endpoint rules of the service |"]
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
    let service_specific = (!setters.is_empty()).then(|| {
        quote! {
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
        use lean_aws_runtime::codegen::{config #endpoint_use};

        use crate::service::ThisService;

        config! { Config, Builder for ThisService }
        #bearer_methods
        #service_specific

        #test_util

        #endpoint

        /// The HTTP messages that a [`CustomizableOperation`](crate::client::customize::CustomizableOperation) sees.
        pub mod http {
            pub use lean_aws_runtime::codegen::{HttpRequest, HttpResponse};
        }

        /// Settings of retries.
        pub mod retry {
            pub use lean_aws_runtime::settings::{ReconnectMode, RetryConfig, RetryConfigBuilder, RetryMode};
        }

        /// Limits on the time for a call, an attempt, a connection and a response.
        pub mod timeout {
            pub use lean_aws_runtime::settings::{TimeoutConfig, TimeoutConfigBuilder};
        }
    }
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
        quote!(bearer_settings! { Config, Builder }),
        quote! {
            #![doc = " | [`token_provider`](Builder::token_provider) | with an `SdkConfig`, the token in the environment variable `AWS_BEARER_TOKEN_` with the signing name; otherwise none |"]
            #![doc = " | [`auth_scheme_preference`](Builder::auth_scheme_preference) | the order of the model, but a token in that variable comes first; schemes without a provider are not used |"]
        },
    ]
}

/// A setting, for which the builder has two methods.
struct Setter {
    of: Setting,
    name: &'static str,
    ty: &'static str,
    /// Whether the first method takes a value that converts into the type.
    into: bool,
    /// The documentation of the first method, without its verb.
    doc: &'static str,
}

const SETTERS: [Setter; 6] = [
    Setter {
        of: Setting::AccountIdEndpoints,
        name: "account_id_endpoint_mode",
        ty: "AccountIdEndpointMode",
        into: false,
        doc: "whether the host of requests may or must contain the account of the credentials. By default it may.",
    },
    Setter {
        of: Setting::Compression,
        name: "disable_request_compression",
        ty: "bool",
        into: false,
        doc: "whether requests are never compressed. The default is `false`.",
    },
    Setter {
        of: Setting::IdempotencyTokens,
        name: "idempotency_token_provider",
        ty: "IdempotencyTokenProvider",
        into: true,
        doc: "the provider of idempotency tokens that the caller does not set. By default, tokens are random UUIDs.",
    },
    Setter {
        of: Setting::Checksums,
        name: "request_checksum_calculation",
        ty: "RequestChecksumCalculation",
        into: false,
        doc: "whether requests have a checksum although the service does not require one. By default they have.",
    },
    Setter {
        of: Setting::Checksums,
        name: "response_checksum_validation",
        ty: "ResponseChecksumValidation",
        into: false,
        doc: "whether responses are validated by their checksum although the call does not ask for it. By default they are.",
    },
    Setter {
        of: Setting::Compression,
        name: "request_min_compression_size_bytes",
        ty: "u32",
        into: false,
        doc: "the size, in bytes, from which on requests are compressed. The default is 10,240.",
    },
];

fn setter(
    Setter {
        name,
        ty,
        into,
        doc,
        ..
    }: &Setter,
) -> TokenStream {
    let (name, set) = (format_ident!("{name}"), format_ident!("set_{name}"));
    let ty = format_ident!("{ty}");
    let (takes, value) = match into {
        true => (quote!(impl Into<#ty>), quote!(#name.into())),
        false => (quote!(#ty), quote!(#name)),
    };
    let (sets, clears) = (format!(" Sets {doc}"), format!(" Sets or clears {doc}"));
    quote! {
        #[doc = #sets]
        pub fn #name(mut self, #name: #takes) -> Self {
            self.#set(Some(#value));
            self
        }

        #[doc = #clears]
        pub fn #set(&mut self, #name: Option<#ty>) -> &mut Self {
            self.settings.service_specific.#name = #name;
            self
        }
    }
}

/// Prints the methods for a setting that is a parameter of the endpoint rules.
fn parameter(parameter: &ClientParameter) -> TokenStream {
    let ClientParameter {
        wire,
        method,
        setter,
        is_boolean,
        doc,
    } = parameter;
    let (ty, replace) = match is_boolean {
        true => (quote!(bool), quote!(replace_boolean)),
        false => (quote!(String), quote!(replace_string)),
    };
    let sets = doc
        .clone()
        .and_line("The default is that of the endpoint rules.");
    let clears = format!(
        " Sets or clears what [`{}`](Self::{}) sets.",
        names::unraw(method),
        names::unraw(method)
    );
    quote! {
        #sets
        pub fn #method(mut self, #method: impl Into<#ty>) -> Self {
            self.#setter(Some(#method.into()));
            self
        }

        #[doc = #clears]
        pub fn #setter(&mut self, #method: Option<#ty>) -> &mut Self {
            self.settings.service_specific.client_context.#replace(#wire, #method);
            self
        }
    }
}

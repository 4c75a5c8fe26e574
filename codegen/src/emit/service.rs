//! The type that represents the service, with the metadata that the runtime needs.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::common::{error_kind, uses};
use crate::plan::{Plan, ServiceMetadata};

pub(super) fn file(plan: &Plan) -> TokenStream {
    let ServiceMetadata {
        id,
        api_version,
        signing_name,
        target_prefix,
        query_compatible,
        account_id,
        content_sha256,
        errors_in_success,
        empty_not_found,
        requires_error_code,
        extended_request_ids: _,
        headers,
        retryable,
    } = &plan.service_metadata;
    let headers = (!headers.is_empty()).then(|| {
        let rows = headers.iter().map(|(name, value)| quote!((#name, #value)));
        quote! {
            const HEADERS: &'static [(&'static str, &'static str)] = &[#(#rows),*];
        }
    });
    let flags = [
        (
            *content_sha256,
            quote!(
                const CONTENT_SHA256: bool = true;
            ),
        ),
        (
            *errors_in_success,
            quote!(
                const ERRORS_IN_SUCCESS: bool = true;
            ),
        ),
        (
            *empty_not_found,
            quote!(
                const EMPTY_NOT_FOUND: bool = true;
            ),
        ),
        (
            *requires_error_code,
            quote!(
                const REQUIRES_ERROR_CODE: bool = true;
            ),
        ),
    ];
    let flags = flags
        .into_iter()
        .filter_map(|(is_set, flag)| is_set.then_some(flag));
    let errors = (!retryable.is_empty()).then(|| {
        let rows = retryable.iter().map(|(code, reason)| {
            let kind = error_kind(*reason);
            quote!((#code, ErrorKind::#kind))
        });
        quote! {
            const RETRYABLE: &'static [(&'static str, ErrorKind)] = &[#(#rows),*];
        }
    });
    let mut paths = BTreeSet::from(["super::endpoint".to_owned()]);
    let names = [plan.protocol.type_name, "Service", "ServiceMetadata"];
    let kind = (!retryable.is_empty()).then_some("ErrorKind");
    let names = names.into_iter().chain(kind);
    paths.extend(names.map(|name| format!("lean_aws_runtime::codegen::{name}")));
    let extensible = match plan.module.is_empty() {
        true => {
            paths.insert("lean_aws_runtime::codegen::EndpointParams".to_owned());
            paths.insert("super::config::endpoint::RESOLVER_PARAMS".to_owned());
            quote! {
                const ENDPOINT_PARAMS: Option<EndpointParams> = Some(RESOLVER_PARAMS);
            }
        }
        // A client inside another crate.
        false => quote! {
            const IS_EXTENSIBLE: bool = false;
        },
    };
    let uses = uses(&paths, None);
    let protocol = format_ident!("{}", plan.protocol.type_name);
    let doc = format!(" {}.", plan.title);
    quote! {
        #![doc = " The service: its protocol and metadata."]

        #uses

        #[doc = #doc]
        #[derive(Debug)]
        pub enum ThisService {}

        impl Service for ThisService {
            type Protocol = #protocol;

            const METADATA: &'static ServiceMetadata = &ServiceMetadata {
                id: #id,
                api_version: #api_version,
                signing_name: #signing_name,
                target_prefix: #target_prefix,
                query_compatible: #query_compatible,
                needs_account_id: #account_id,
                endpoint: endpoint::resolve,
                package: (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION")),
            };

            #headers
            #(#flags)*
            #errors
            #extensible
        }
    }
}

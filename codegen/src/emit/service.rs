//! The type that represents the service, with the metadata that the runtime needs.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::plan::{Plan, ServiceMetadata};

pub(super) fn file(plan: &Plan) -> TokenStream {
    let ServiceMetadata {
        id,
        api_version,
        signing_name,
        target_prefix,
        query_compatible,
        account_id,
    } = &plan.service_metadata;
    let protocol = format_ident!("{}", plan.protocol.type_name);
    let doc = format!(" {}.", plan.title);
    quote! {
        #![doc = " The service: its protocol and metadata."]

        use lean_aws_runtime::codegen::{#protocol, Service, ServiceMetadata};

        use super::endpoint;

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
        }
    }
}

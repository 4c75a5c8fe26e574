//! What the runtime must know of the service.

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{Plan, ServiceMetadata};

pub(super) fn file(plan: &Plan) -> TokenStream {
    let ServiceMetadata {
        id,
        signing_name,
        target_prefix,
        content_type,
        query_compatible,
        account_id,
    } = &plan.service_metadata;
    quote! {
        #![doc = " What the runtime must know of the service."]

        use super::endpoint;
        use crate::runtime::operation::Service;

        /// The service as its model tells it.
        pub(crate) const SERVICE: Service = Service {
            id: #id,
            signing_name: #signing_name,
            target_prefix: #target_prefix,
            content_type: #content_type,
            query_compatible: #query_compatible,
            account_id: #account_id,
            endpoint: endpoint::resolve,
        };
    }
}

//! The module `endpoint_discovery`: the client method that discovers the endpoint, and what keeps the endpoint valid.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::markup::code;
use crate::plan::{Discovery, DiscoveryField, Plan};

/// Prints the module `endpoint_discovery`.
pub(super) fn file(plan: &Plan, discovery: &Discovery) -> TokenStream {
    let Discovery {
        wire,
        input,
        output,
        endpoints,
        address,
        cache_period,
        doc,
        errors,
        module,
    } = discovery;
    let module = format_ident!("{module}");
    let header = format!(
        " Endpoint discovery: requests go to an endpoint that {} returns.",
        code(wire)
    );
    let example = example(plan);
    let (address, cache_period) = (read(address), read(cache_period));
    quote! {
        #![doc = #header]

        use lean_aws_runtime::codegen::discover;

        use crate::client::Client;
        use crate::config::Config;
        use crate::error::BoxError;
        use crate::operation::#module::{#input, #output};

        pub use lean_aws_runtime::codegen::{DiscoveryError, ReloadEndpoint};

        impl Client {
            #doc
            #(#[doc = #example])*
            ///
            /// # Errors
            #errors
            pub async fn with_endpoint_discovery_enabled(self) -> Result<(Self, ReloadEndpoint), BoxError> {
                let discovery = discover(self.handle, #input::default, first_endpoint);
                let (handle, reload) = discovery.await?;
                let config = Config { settings: handle.settings().clone() };
                Ok((Self { handle, config }, reload))
            }
        }

        /// Returns the address of the first endpoint, and the number of minutes for which it is valid.
        fn first_endpoint(output: &#output) -> Option<(&str, i64)> {
            let endpoint = output.#endpoints().first()?;
            Some((endpoint.#address, endpoint.#cache_period))
        }
    }
}

/// Prints the value of a field.
fn read(field: &DiscoveryField) -> TokenStream {
    let accessor = &field.accessor;
    match field.optional {
        true => quote!(#accessor()?),
        false => quote!(#accessor()),
    }
}

/// Returns the lines of an example. As in other examples, the lines around the call are hidden. The crate does not depend on
/// tokio, so the example contains the signature of its function.
fn example(plan: &Plan) -> Vec<String> {
    if !plan.module.is_empty() {
        return Vec::new();
    }
    let name = &plan.crate_name;
    let lines = format!(
        "
```no_run
# mod tokio {{ pub fn spawn(_: impl Future<Output = ()> + Send + 'static) {{}} }}
# async fn example(config: {name}::Config) -> Result<(), {name}::error::BoxError> {{
let client = {name}::Client::from_conf(config);
let (client, reload) = client.with_endpoint_discovery_enabled().await?;
tokio::spawn(reload.reload_task());
# drop(client);
# Ok(()) }}
```"
    );
    let lines = lines.lines().map(|line| match line {
        "" => String::new(),
        line => format!(" {line}"),
    });
    lines.collect()
}

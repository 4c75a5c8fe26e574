//! The settings that only some services have, as methods of the configuration.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::plan::Setting;

/// The methods for these settings.
pub(super) fn file(settings: &[Setting]) -> TokenStream {
    let tokens = settings.contains(&Setting::IdempotencyTokens);
    let account = settings.contains(&Setting::AccountIdEndpoints);
    let account_uses = account.then(|| quote!(AccountIdEndpointMode,));
    let token_uses = tokens.then(|| quote!(IdempotencyTokenProvider,));
    let setters = SETTERS
        .iter()
        .filter(|setter| settings.contains(&setter.of))
        .map(setter);
    quote! {
        #![doc = " The settings of this service that not all services have."]

        use crate::config::{#account_uses Builder, #token_uses};

        impl Builder {
            #(#setters)*
        }
    }
}

/// A setting as two methods of the builder.
struct Setter {
    of: Setting,
    name: &'static str,
    ty: &'static str,
    /// Whether the first method takes what becomes such a value.
    into: bool,
    /// What the first method does, without its verb.
    doc: &'static str,
}

const SETTERS: [Setter; 4] = [
    Setter {
        of: Setting::AccountIdEndpoints,
        name: "account_id_endpoint_mode",
        ty: "AccountIdEndpointMode",
        into: false,
        doc: "whether the host of requests may or must name the account of the credentials; without it it may.",
    },
    Setter {
        of: Setting::Compression,
        name: "disable_request_compression",
        ty: "bool",
        into: false,
        doc: "that no request is compressed.",
    },
    Setter {
        of: Setting::IdempotencyTokens,
        name: "idempotency_token_provider",
        ty: "IdempotencyTokenProvider",
        into: true,
        doc: "what makes the tokens that requests lack, in place of random ones.",
    },
    Setter {
        of: Setting::Compression,
        name: "request_min_compression_size_bytes",
        ty: "u32",
        into: false,
        doc: "from which size on requests are compressed, in bytes; without it from 10,240.",
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
            self.settings.own.#name = #name;
            self
        }
    }
}

/// The function that compresses.
pub(super) fn compression() -> TokenStream {
    quote! {
        #![doc = " The compression of large requests."]

        use std::io::{self, Write};

        use flate2::Compression;
        use flate2::write::GzEncoder;

        /// The bytes in the gzip format.
        ///
        /// # Errors
        /// None that writing to memory could cause.
        pub(crate) fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(bytes)?;
            encoder.finish()
        }
    }
}

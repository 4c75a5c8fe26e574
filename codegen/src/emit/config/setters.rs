//! The methods of settings that only some services have.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::plan::names;
use crate::plan::{ClientParameter, Setting};

/// What the first method of a setting takes.
pub(super) enum Takes {
    Value,
    /// A value that converts into the type.
    Into,
    /// A value that converts into an `Option` of the type.
    IntoOption,
}

/// What the accessor of `Config` returns, if there is one.
#[derive(PartialEq)]
pub(super) enum Getter {
    None,
    Borrowed,
    Copied,
}

/// A setting, for which the builder has two methods.
pub(super) struct Setter {
    pub(super) of: Setting,
    name: &'static str,
    ty: &'static str,
    takes: Takes,
    pub(super) getter: Getter,
    /// The documentation of the first method, without its verb.
    doc: &'static str,
}

pub(super) const SETTERS: [Setter; 6] = [
    Setter {
        of: Setting::AccountIdEndpoints,
        name: "account_id_endpoint_mode",
        ty: "AccountIdEndpointMode",
        takes: Takes::Value,
        getter: Getter::None,
        doc: "whether the host of requests may or must contain the account of the credentials. By default it may.",
    },
    Setter {
        of: Setting::Compression,
        name: "disable_request_compression",
        ty: "bool",
        takes: Takes::IntoOption,
        getter: Getter::Copied,
        doc: "whether requests are never compressed. The default is `false`.",
    },
    Setter {
        of: Setting::IdempotencyTokens,
        name: "idempotency_token_provider",
        ty: "IdempotencyTokenProvider",
        takes: Takes::Into,
        getter: Getter::None,
        doc: "the provider of idempotency tokens that the caller does not set. By default, tokens are random UUIDs.",
    },
    Setter {
        of: Setting::Checksums,
        name: "request_checksum_calculation",
        ty: "RequestChecksumCalculation",
        takes: Takes::Value,
        getter: Getter::Borrowed,
        doc: "whether requests have a checksum although the service does not require one. By default they have.",
    },
    Setter {
        of: Setting::Checksums,
        name: "response_checksum_validation",
        ty: "ResponseChecksumValidation",
        takes: Takes::Value,
        getter: Getter::Borrowed,
        doc: "whether responses are validated by their checksum although the call does not ask for it. By default they are.",
    },
    Setter {
        of: Setting::Compression,
        name: "request_min_compression_size_bytes",
        ty: "u32",
        takes: Takes::IntoOption,
        getter: Getter::Copied,
        doc: "the size, in bytes, from which on requests are compressed. The default is 10,240.",
    },
];

pub(super) fn setter(
    Setter {
        name,
        ty,
        takes,
        doc,
        ..
    }: &Setter,
) -> TokenStream {
    let (name, set) = (format_ident!("{name}"), format_ident!("set_{name}"));
    let ty = format_ident!("{ty}");
    let (takes, value) = match takes {
        Takes::Value => (quote!(#ty), quote!(Some(#name))),
        Takes::Into => (quote!(impl Into<#ty>), quote!(Some(#name.into()))),
        Takes::IntoOption => (quote!(impl Into<Option<#ty>>), quote!(#name.into())),
    };
    let (sets, clears) = (format!(" Sets {doc}"), format!(" Sets or clears {doc}"));
    quote! {
        #[doc = #sets]
        pub fn #name(mut self, #name: #takes) -> Self {
            self.#set(#value);
            self
        }

        #[doc = #clears]
        pub fn #set(&mut self, #name: Option<#ty>) -> &mut Self {
            self.settings.service_specific.#name = #name;
            self
        }
    }
}

/// Prints the accessor of a setting.
pub(super) fn getter(
    Setter {
        name,
        ty,
        getter,
        doc,
        ..
    }: &Setter,
) -> TokenStream {
    let (name, ty) = (format_ident!("{name}"), format_ident!("{ty}"));
    let (ty, value) = match getter {
        Getter::Copied => (quote!(#ty), quote!(self.settings.service_specific.#name)),
        _ => (
            quote!(&#ty),
            quote!(self.settings.service_specific.#name.as_ref()),
        ),
    };
    // The first sentence, which begins with `whether` or a noun.
    let (what, _) = doc.split_once(". ").unwrap_or((doc, ""));
    let (first, rest) = what.split_at(1);
    let doc = format!(" {}{rest}, if it was set.", first.to_uppercase());
    quote! {
        #[doc = #doc]
        pub fn #name(&self) -> Option<#ty> {
            #value
        }
    }
}

/// Prints the methods for a setting that is a parameter of the endpoint rules.
pub(super) fn parameter(parameter: &ClientParameter) -> TokenStream {
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

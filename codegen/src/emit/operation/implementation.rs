//! The implementation of `Operation`: the properties of an operation that the runtime needs.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::emit::paginator;
use crate::plan::{
    AuthScheme, ContextSource, HostPrefix, Operation, RequestChecksum, ResponseChecksum, Structure,
};

/// Prints `impl Operation` for the input: the properties of the operation that the runtime needs.
pub(super) fn implementation(operation: &Operation) -> TokenStream {
    let (wire, input, output, error) = (
        &operation.wire,
        &operation.input.name,
        &operation.output.name,
        &operation.error,
    );
    let check_required = check_required(&operation.input);
    let token = operation
        .input
        .fields
        .iter()
        .find(|field| field.idempotency_token)
        .map(|field| {
            let name = &field.name;
            quote! {
                fn set_idempotency_token(&mut self, token: &dyn Fn() -> String) {
                    self.#name.get_or_insert_with(token);
                }
            }
        });
    let host_prefix = operation.host_prefix.as_ref().map(host_prefix);
    let auth = (operation.auth != [AuthScheme::SigV4]).then(|| {
        let schemes = operation.auth.iter().map(scheme);
        quote!(
            const AUTH: &'static [AuthScheme] = &[#(AuthScheme::#schemes),*];
        )
    });
    let flags = [
        (
            operation.unsigned_payload,
            quote!(
                const UNSIGNED_PAYLOAD: bool = true;
            ),
        ),
        (
            operation.requires_length,
            quote!(
                const REQUIRES_LENGTH: bool = true;
            ),
        ),
        (
            operation.output.streams(),
            quote!(
                const STREAMS_OUTPUT: bool = true;
            ),
        ),
        (
            operation.compressed,
            quote!(
                const COMPRESS: Option<Compress> = Some(gzip);
            ),
        ),
        (
            operation.content_md5,
            quote!(
                const CONTENT_MD5: Option<ContentMd5> = Some(content_md5);
            ),
        ),
        (
            operation.long_polling,
            quote!(
                const LONG_POLLING: bool = true;
            ),
        ),
    ];
    let flags = flags
        .into_iter()
        .filter_map(|(is_set, flag)| is_set.then_some(flag));
    let request_checksum = operation.request_checksum.as_ref().map(|it| {
        let RequestChecksum { header, required } = it;
        quote! {
            const REQUEST_CHECKSUM: Option<&'static RequestChecksum> =
                Some(&RequestChecksum { header: #header, required: #required });
        }
    });
    let response_checksum = operation.response_checksum.as_ref().map(|it| {
        let ResponseChecksum { header, algorithms } = it;
        quote! {
            const RESPONSE_CHECKSUM: Option<&'static ResponseChecksum> =
                Some(&ResponseChecksum { header: #header, algorithms: &[#(#algorithms),*] });
        }
    });
    let tree_hash = (operation.tree_hash).then(|| {
        quote!(
            const TREE_HASH: bool = true;
        )
    });
    let defaults = defaults(&operation.input);
    let context = context(operation);
    let messages = (operation.compiled_messages).then(|| quote!(compiled_messages!();));
    quote! {
        impl Operation for #input {
            const NAME: &'static str = #wire;
            #auth
            #(#flags)*
            #request_checksum
            #response_checksum
            #tree_hash
            type Service = ThisService;
            type Output = #output;
            type Error = #error;

            #defaults
            #check_required
            #token
            #context
            #host_prefix
            #messages
        }
    }
}

/// Prints the method that sets the members with a default and trims IDs, if there are any: `set_default(&mut self.name, "value");`
fn defaults(input: &Structure) -> Option<TokenStream> {
    let statements = input.fields.iter().flat_map(|field| {
        let name = &field.name;
        let default = field.default.iter();
        let default = default.map(move |value| quote!(set_default(&mut self.#name, #value);));
        let prefixes = &field.trimmed_prefixes;
        let trim = (!prefixes.is_empty())
            .then(|| quote!(trim_prefix(&mut self.#name, &[#(#prefixes),*]);));
        default.chain(trim)
    });
    let statements: Vec<TokenStream> = statements.collect();
    (!statements.is_empty()).then(|| {
        quote! {
            fn set_defaults(&mut self) {
                #(#statements)*
            }
        }
    })
}

/// Returns the name of a scheme in the runtime.
pub(in crate::emit) fn scheme(scheme: &AuthScheme) -> Ident {
    format_ident!(
        "{}",
        match scheme {
            AuthScheme::SigV4 | AuthScheme::Other(_) => "SigV4",
            AuthScheme::SigV4a => "SigV4a",
            AuthScheme::Bearer => "Bearer",
            AuthScheme::None => "NoAuth",
        }
    )
}

/// Prints the method that checks the required members, if there are any: `missing.check("Name", &self.name);`
fn check_required(input: &Structure) -> Option<TokenStream> {
    let required = input.required().map(|field| {
        let (wire, name) = (&field.model_name, &field.name);
        quote!(missing.check(#wire, &self.#name);)
    });
    let checks: Vec<TokenStream> = required.collect();
    (!checks.is_empty()).then(|| {
        quote! {
            fn check_required(&self, missing: &mut MissingMembers) {
                #(#checks)*
            }
        }
    })
}

/// Prints `Context::default().set_string("ResourceArn", self.table_name.as_deref())`
fn context(operation: &Operation) -> Option<TokenStream> {
    let parameters = &operation.context;
    let discovered = (operation.discovered).then(|| quote!(.use_discovered_endpoint()));
    let set = parameters.iter().map(|(name, source)| match source {
        ContextSource::Boolean(value) => quote!(.set_boolean(#name, Some(#value))),
        ContextSource::String(value) => quote!(.set_string(#name, Some(#value))),
        ContextSource::BooleanField(field) => quote!(.set_boolean(#name, self.#field)),
        ContextSource::StringField(path) => {
            let value = paginator::borrow(&quote!(self), path, true);
            quote!(.set_string(#name, #value))
        }
        ContextSource::StringsField(field) => {
            quote!(.set_strings(#name, self.#field.iter().flatten().map(String::as_str)))
        }
        ContextSource::Keys(field) => {
            quote!(.set_strings(#name, self.#field.iter().flat_map(HashMap::keys).map(String::as_str)))
        }
        ContextSource::Each(field, paths) => {
            let paths = paths.iter().map(|path| paginator::borrow(&quote!(item), path, true));
            quote!(.set_strings(#name, self.#field.iter().flatten().flat_map(|item| [#(#paths),*]).flatten()))
        }
    });
    (operation.discovered || !parameters.is_empty()).then(|| {
        quote! {
            fn endpoint_context(&self) -> Context {
                Context::default() #(#set)* #discovered
            }
        }
    })
}

fn host_prefix(HostPrefix { format, labels }: &HostPrefix) -> TokenStream {
    let prefix = if labels.is_empty() {
        quote!(#format.to_owned())
    } else {
        let values = labels
            .iter()
            .map(|(name, field)| quote!(host_label(#name, self.#field.as_deref())?));
        quote!(format!(#format, #(#values),*))
    };
    quote! {
        fn host_prefix(&self) -> Result<Option<String>, BuildError> {
            Ok(Some(#prefix))
        }
    }
}

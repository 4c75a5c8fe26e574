//! The endpoint rules as a function of nested `if`s, and the partitions as a table.
//!
//! ```ignore
//! if let Some(region) = params.region
//!     && let Some(partition_result) = partition(region, PARTITIONS)
//! {
//!     return Ok(Endpoint::new(format!("https://workspaces.{region}.{}", partition_result.dns_suffix)));
//! }
//! Err(EndpointError::new("Invalid Configuration: Missing Region"))
//! ```

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::plan::endpoint::{Condition, Endpoints, Kind, Outcome, PARTITION, Rule, Value};
use crate::plan::{ContextType, Partition};

pub(super) fn file(endpoints: &Endpoints) -> TokenStream {
    let body = block(&endpoints.rules, true);
    let functions = endpoints
        .functions
        .iter()
        .filter(|name| **name != PARTITION);
    let functions: Vec<_> = functions.map(|name| format_ident!("{name}")).collect();
    let functions = (!functions.is_empty())
        .then(|| quote!(use lean_aws_runtime::codegen::functions::{#(#functions),*};));
    let partitions = endpoints.has_partitions().then(|| {
        quote!(
            use super::partitions::PARTITIONS;
        )
    });
    let partition = endpoints.has_partitions().then(|| quote!(, partition));
    quote! {
        #![doc = " The endpoint rules of the service."]

        #functions
        use lean_aws_runtime::codegen::{Endpoint, EndpointError, Params #partition};

        #partitions

        /// Returns the endpoint for a configuration.
        ///
        /// # Errors
        /// Returns an error if the settings are incompatible, or the service has no endpoint for them.
        pub(super) fn resolve(params: &Params<'_>) -> Result<Endpoint, EndpointError> {
            #body
        }
    }
}

/// Prints consecutive rules. `tail` is `true` at the end of the function, whose last expression is its value.
fn block(rules: &[Rule], tail: bool) -> TokenStream {
    let mut tokens = TokenStream::new();
    for rule in rules {
        if rule.conditions.is_empty() {
            tokens.extend(outcome(&rule.outcome, tail));
            return tokens;
        }
        let conditions = rule.conditions.iter().map(condition);
        let body = outcome(&rule.outcome, false);
        tokens.extend(quote!(if #(#conditions)&&* { #body }));
    }
    tokens.extend(leave(
        quote!(Err(EndpointError::new(
            "no endpoint rule matches the configuration"
        ))),
        tail,
    ));
    tokens
}

fn outcome(outcome: &Outcome, tail: bool) -> TokenStream {
    match outcome {
        Outcome::Rules(rules) => block(rules, tail),
        Outcome::Endpoint(it) => {
            let url = expression(&it.url);
            let name = it.signing_name.iter().map(literal_or_owned);
            let region = it.signing_region.iter().map(expression);
            let encoding = it.single_encoding.then(|| quote!(.single_encoding()));
            let headers = it.headers.iter().map(|(name, value)| {
                let value = expression(value);
                quote!(.header(#name, #value))
            });
            let endpoint = quote! {
                Endpoint::new(#url) #(.signing_name(#name))* #(.signing_region(#region))* #encoding #(#headers)*
            };
            leave(quote!(Ok(#endpoint)), tail)
        }
        Outcome::Error(message) => {
            let message = expression(message);
            leave(quote!(Err(EndpointError::new(#message))), tail)
        }
    }
}

fn leave(value: TokenStream, tail: bool) -> TokenStream {
    if tail { value } else { quote!(return #value;) }
}

fn condition(condition: &Condition) -> TokenStream {
    match condition {
        Condition::Holds(value) => expression(value),
        Condition::Some(name, value) => {
            let value = expression(value);
            quote!(let Some(#name) = #value)
        }
    }
}

fn expression(value: &Value) -> TokenStream {
    match &value.kind {
        Kind::Boolean(value) => quote!(#value),
        Kind::Literal(string) => quote!(#string),
        Kind::Format(format, arguments) => {
            let arguments = arguments.iter().map(expression);
            quote!(format!(#format #(, #arguments)*))
        }
        Kind::Parameter(name) => quote!(params.#name),
        Kind::Context(name, kind) => context(name, kind),
        Kind::Variable(name) => quote!(#name),
        Kind::Field(of, field) => {
            let of = expression(of);
            quote!(#of.#field)
        }
        Kind::Item(of, index) => item(of, *index),
        Kind::IsSome(of) => {
            let of = expression(of);
            quote!(#of.is_some())
        }
        Kind::Not(of) => match &of.kind {
            Kind::IsSome(of) => {
                let of = expression(of);
                quote!(#of.is_none())
            }
            Kind::Equal(left, right) => compare(left, right, &quote!(!=)),
            _ => {
                let of = expression(of);
                quote!(!#of)
            }
        },
        Kind::Equal(left, right) => compare(left, right, &quote!(==)),
        Kind::Partition(region) => {
            let region = borrowed(region);
            quote!(partition(#region, PARTITIONS))
        }
        Kind::ParseArn(string) => call("parse_arn", string),
        Kind::ParseUrl(string) => call("parse_url", string),
        Kind::UriEncode(string) => call("uri_encode", string),
        Kind::IsValidHostLabel(string, dots) => {
            let string = borrowed(string);
            quote!(is_valid_host_label(#string, #dots))
        }
        Kind::IsVirtualHostableS3Bucket(string, dots) => {
            let string = borrowed(string);
            quote!(is_virtual_hostable_s3_bucket(#string, #dots))
        }
        Kind::Split(string, separator, limit) => {
            let (string, separator) = (borrowed(string), borrowed(separator));
            let limit = proc_macro2::Literal::usize_unsuffixed(*limit);
            quote!(split(#string, #separator, #limit))
        }
        Kind::Or(first, second) => {
            let method = match second.optional {
                true => quote!(or),
                false => quote!(unwrap_or),
            };
            let is_owned = value.is_owned();
            let (first, second) = (choice(first, is_owned), choice(second, is_owned));
            quote!(#first.#method(#second))
        }
        Kind::If(condition, then, otherwise) => {
            let side = |side: &Value| {
                let tokens = choice(side, value.is_owned());
                match value.optional && !side.optional {
                    true => quote!(Some(#tokens)),
                    false => tokens,
                }
            };
            let (condition, then, otherwise) = (expression(condition), side(then), side(otherwise));
            quote!(if #condition { #then } else { #otherwise })
        }
        Kind::Substring(string, start, stop, reverse) => {
            let string = borrowed(string);
            let (start, stop) = (
                proc_macro2::Literal::usize_unsuffixed(*start),
                proc_macro2::Literal::usize_unsuffixed(*stop),
            );
            quote!(substring(#string, #start, #stop, #reverse))
        }
        Kind::Nothing => quote!(None),
    }
}

/// Prints a string literal or a `String`.
fn literal_or_owned(value: &Value) -> TokenStream {
    match value.kind {
        Kind::Literal(_) => expression(value),
        _ => choice(value, true),
    }
}

/// Prints one of several values. A `&str` becomes a `String` if another value is one.
fn choice(value: &Value, is_owned: bool) -> TokenStream {
    let tokens = expression(value);
    match (is_owned && !value.is_owned(), value.optional) {
        (false, _) => tokens,
        (true, false) => quote!(#tokens.to_owned()),
        (true, true) => quote!(#tokens.map(str::to_owned)),
    }
}

/// Prints an element of a list of strings, as an `Option<&str>`.
fn item(list: &Value, index: i32) -> TokenStream {
    let tokens = expression(list);
    let index = match usize::try_from(index) {
        Ok(index) => index,
        Err(_) => {
            let back = proc_macro2::Literal::u32_unsuffixed(index.unsigned_abs());
            return quote!(nth_from_end(&#tokens, #back));
        }
    };
    let element = match index {
        0 => quote!(first()),
        index => {
            let index = proc_macro2::Literal::usize_unsuffixed(index);
            quote!(get(#index))
        }
    };
    match list.has_string_elements() {
        true => quote!(#tokens.#element.map(String::as_str)),
        false => quote!(#tokens.#element.copied()),
    }
}

/// Prints a parameter that the operation sets.
fn context(name: &str, kind: &ContextType) -> TokenStream {
    match kind {
        ContextType::Boolean(None) => quote!(params.context.boolean(#name)),
        ContextType::Boolean(Some(default)) => {
            quote!(params.context.boolean(#name).unwrap_or(#default))
        }
        ContextType::String(None) => quote!(params.context.string(#name)),
        ContextType::String(Some(default)) => {
            quote!(params.context.string(#name).unwrap_or(#default))
        }
        ContextType::Strings => quote!(params.context.strings(#name)),
    }
}

fn call(function: &str, argument: &Value) -> TokenStream {
    let (function, argument) = (format_ident!("{function}"), borrowed(argument));
    quote!(#function(#argument))
}

/// Prints a string as an argument. A `String` is borrowed.
fn borrowed(value: &Value) -> TokenStream {
    let tokens = expression(value);
    if value.is_owned() {
        quote!(&#tokens)
    } else {
        tokens
    }
}

/// Prints a comparison. If only one side is an `Option`, the other side is wrapped in `Some`.
fn compare(left: &Value, right: &Value, operator: &TokenStream) -> TokenStream {
    let side = |value: &Value, other: &Value| {
        let tokens = expression(value);
        if other.optional && !value.optional {
            quote!(Some(#tokens))
        } else {
            tokens
        }
    };
    let (left_tokens, right_tokens) = (side(left, right), side(right, left));
    quote!(#left_tokens #operator #right_tokens)
}

pub(super) fn partitions(endpoints: &Endpoints) -> TokenStream {
    let rows = endpoints.partitions.iter().map(|partition| {
        let Partition {
            id,
            dns_suffix,
            dual_stack_dns_suffix,
            implicit_global_region,
            supports_fips,
            supports_dual_stack,
            region_prefixes,
            regions,
        } = partition;
        quote! {
            Partition {
                name: #id,
                dns_suffix: #dns_suffix,
                dual_stack_dns_suffix: #dual_stack_dns_suffix,
                supports_fips: #supports_fips,
                supports_dual_stack: #supports_dual_stack,
                implicit_global_region: #implicit_global_region,
                region_prefixes: &[#(#region_prefixes),*],
                regions: &[#(#regions),*],
            }
        }
    });
    quote! {
        #![doc = " The partitions of AWS and their regions."]

        use lean_aws_runtime::codegen::Partition;

        /// The partitions in the order in which they are matched.
        pub(super) static PARTITIONS: &[Partition] = &[#(#rows),*];
    }
}

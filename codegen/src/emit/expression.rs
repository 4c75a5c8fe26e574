//! Expressions of Rust, to which JMESPath expressions are translated.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};

use crate::plan::Code;

impl ToTokens for Code {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::Name(name) => format_ident!("{name}").into_token_stream(),
            Self::Deref(of) => quote!(*#of),
            Self::Ref(of) => quote!(&#of),
            Self::Field(of, name) => quote!(#of.#name),
            Self::Method(of, name, arguments) => quote!(#of.#name(#(#arguments),*)),
            Self::Call(name, arguments) => {
                let name = format_ident!("{name}");
                quote!(#name(#(#arguments),*))
            }
            Self::Closure(pattern, body) => {
                let pattern: TokenStream = pattern.parse().unwrap_or_default();
                quote!(|#pattern| #body)
            }
            Self::Binary(left, operator, right) => {
                let (left, right) = (operand(left, operator), operand(right, operator));
                let operator: TokenStream = operator.parse().unwrap_or_default();
                quote!(#left #operator #right)
            }
            Self::Not(of) => match of.as_ref() {
                Self::Binary(..) => quote!(!(#of)),
                _ => quote!(!#of),
            },
            Self::Some(of) => quote!(Some(#of)),
            Self::Variant(ty, name) => quote!(&#ty::#name),
            Self::String(string) => string.to_token_stream(),
            Self::Integer(integer) => {
                let digits = Literal::u64_unsuffixed(integer.unsigned_abs());
                match integer {
                    ..0 => quote!(-#digits),
                    _ => quote!(#digits),
                }
            }
            Self::Float(float) => {
                let digits = Literal::f64_unsuffixed(float.abs());
                match float.is_sign_negative() {
                    true => quote!(-#digits),
                    false => quote!(#digits),
                }
            }
            Self::Boolean(is) => is.to_token_stream(),
        });
    }
}

/// Prints an operand, in parentheses if its operator has a lower precedence.
fn operand(code: &Code, operator: &str) -> TokenStream {
    let binds_less = match (code, operator) {
        (Code::Binary(_, "||", _), operator) => operator != "||",
        (Code::Binary(..), operator) => operator != "&&" && operator != "||",
        _ => false,
    };
    match binds_less {
        true => quote!((#code)),
        false => quote!(#code),
    }
}

//! The tables of codecs: a row for each member of a structure.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::common::timestamp_format;
use super::defaults::default_function;
use super::layout;
use crate::plan::{Coding, FallbackValue, Field, FieldLocation, Structure};

/// Prints `members! { .. }`, the table of the codec with a row for each member.
pub(super) fn members(
    structure: &Structure,
    builder: &TokenStream,
    more: &TokenStream,
) -> TokenStream {
    let (encode, decode) = (structure.encode, structure.decode);
    let (decoded, others): (Vec<&Field>, Vec<&Field>) =
        (structure.fields.iter()).partition(|field| structure.is_decoded(field));
    if others.is_empty() {
        let directions = directions(encode, decode);
        let rows = rows(&decoded, [encode, decode]);
        return table(structure, &directions, rows, builder, more);
    }
    // A name has one row in a table for decoding, and so names of the model are in the table for serde.
    let all: Vec<&Field> = structure.fields.iter().collect();
    let rest = others.iter().map(|field| {
        let name = &field.name;
        quote!(#name: None)
    });
    let decoded_more = match more.is_empty() {
        true => quote!(#(#rest),*),
        false => quote!(#(#rest,)* #more),
    };
    let model_names = all.iter().map(|field| {
        let (wire, name, presence) = (&field.model_name, &field.name, presence(field));
        quote!(#wire => #name #presence;)
    });
    let mut tables = table(
        structure,
        &quote!(serde),
        model_names.collect(),
        builder,
        more,
    );
    if encode != Coding::Never {
        let (codings, none) = ([encode, Coding::Never], TokenStream::new());
        let rows = rows(&all, codings);
        tables.extend(table(
            structure,
            &quote!(encode apart),
            rows,
            builder,
            &none,
        ));
    }
    if decode != Coding::Never {
        let rows = rows(&decoded, [Coding::Never, decode]);
        tables.extend(table(
            structure,
            &quote!(decode apart),
            rows,
            builder,
            &decoded_more,
        ));
    }
    tables
}

fn table(
    structure: &Structure,
    directions: &TokenStream,
    rows: TokenStream,
    builder: &TokenStream,
    more: &TokenStream,
) -> TokenStream {
    let name = &structure.name;
    let more = (!more.is_empty()).then(|| quote!(+ #more));
    quote! {
        members! {
            #directions #name(#builder) { #rows } #more
        }
    }
}

fn rows(fields: &[&Field], codings: [Coding; 2]) -> TokenStream {
    let is_attribute = |field: &&&Field| field.location == FieldLocation::Attribute;
    let attributes = fields.iter().filter(is_attribute);
    let others = fields.iter().filter(|it| !is_attribute(it));
    let rows = attributes.chain(others).map(|field| {
        let attribute = is_attribute(&field).then(|| quote!(attribute));
        let Field {
            aliases,
            name,
            timestamp,
            ..
        } = field;
        let wire = wire(&field.wire, &field.form_name, codings);
        let presence = presence(field);
        let format = timestamp.map(|format| {
            let format = format_ident!("{}", timestamp_format(format));
            quote!(as #format)
        });
        let layout = layout::suffix(&field.layout);
        quote!(#attribute #wire #(| #aliases)* => #name #presence #format #layout;)
    });
    rows.collect()
}

/// Prints the name of a member in messages: that in XML, that in forms, or `"inXml" / "InForms"`.
pub(super) fn wire(
    wire: &str,
    form_name: &Option<String>,
    [encode, decode]: [Coding; 2],
) -> TokenStream {
    match (form_name, encode, decode) {
        (Some(form_name), Coding::Always, Coding::Never) => quote!(#form_name),
        (Some(form_name), Coding::Always, _) => quote!(#wire / #form_name),
        _ => name_literal(wire).into_token_stream(),
    }
}

/// Prints the name of a member as a literal that is the same in JSON, to which it is copied: its only escapes are `\"` and `\\`,
/// as names have no control characters.
pub(super) fn name_literal(wire: &str) -> Literal {
    let literal = serde_json::Value::from(wire).to_string().parse();
    literal.unwrap_or_else(|_| Literal::string(wire))
}

/// Prints what follows the name of a field that is not an `Option`: `required`; `default` if zero stands for a value that is
/// not set; or the function that returns its default, after `unless` if that value is not sent, and after `or` if it is.
pub(super) fn presence(field: &Field) -> Option<TokenStream> {
    if field.optional {
        return None;
    }
    let function = default_function(field);
    Some(match &field.fallback {
        Some(fallback) => match (&fallback.value, fallback.is_sent) {
            (FallbackValue::Zero, false) => quote!(default),
            (FallbackValue::Zero, true) => quote!(required),
            (_, false) => quote!(unless #function),
            (_, true) => quote!(or #function),
        },
        None => quote!(required),
    })
}

/// Prints `encode decode`, each with the condition under which it is compiled.
pub(super) fn directions(encode: Coding, decode: Coding) -> TokenStream {
    let direction = |coding: Coding, name: TokenStream| match coding {
        Coding::Never => quote!(),
        Coding::Always => name,
        Coding::Offline => quote!(#name (any(test, feature = "fake"))),
    };
    let (encode, decode) = (
        direction(encode, quote!(encode)),
        direction(decode, quote!(decode)),
    );
    quote!(#encode #decode)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visible::is_visible;

    /// The literal of a name of visible characters is that of JSON, and means the name in Rust.
    #[test]
    fn names_are_the_same_in_json() {
        let visible: Vec<char> = ('\0'..=char::MAX).filter(|c| is_visible(*c)).collect();
        for some in visible.chunks(1000) {
            let wire: String = some.iter().collect();
            let literal = name_literal(&wire);
            assert_eq!(literal.to_string(), serde_json::json!(wire).to_string());
            let literal: syn::LitStr = syn::parse2(quote!(#literal)).unwrap();
            assert_eq!(literal.value(), wire);
        }
    }
}

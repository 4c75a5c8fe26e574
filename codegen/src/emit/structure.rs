//! A structure and its builder:
//!
//! ```ignore
//! pub struct Tag { pub key: String, pub value: Option<String> }
//! impl Tag { pub fn builder() -> TagBuilder; pub fn key(&self) -> &str; .. }
//! members! { encode decode Tag(TagBuilder) { .. } }
//! pub struct TagBuilder { .. }
//! impl TagBuilder { setters! { .. } pub fn build(self) -> Result<Tag, BuildError> }
//! ```

use proc_macro2::TokenStream;
use quote::quote;

use super::common::{
    accessor, add, add_builder_uses, add_structure_uses, build, builder_fields, checks, debug,
    derive_debug, members, public_fields, setters, uses,
};
use crate::plan::Structure;

pub(super) fn file(structure: &Structure) -> TokenStream {
    let Structure {
        name, builder, doc, ..
    } = structure;
    let mut paths = structure.imports();
    add_structure_uses(structure, &mut paths);
    add_builder_uses(structure, &mut paths);
    if structure.encode && !checks(structure).is_empty() {
        add(&mut paths, &["crate::runtime::required::CheckRequired"]);
    }
    let uses = uses(&paths, Some(name));
    let derive_debug = derive_debug(structure.redacted);
    let fields = public_fields(structure);
    let accessors = structure.fields.iter().map(accessor);
    let debug_structure = debug(structure, name);
    let members = members(structure, &quote!(#builder), &quote!());
    let check_required = check_required(structure);
    let builder_fields = builder_fields(structure, &quote!());
    let debug_builder = debug(structure, builder);
    let setters = setters(structure, &quote!());
    let build = build(structure, &quote!());
    let starts = format!(" Starts a [`{name}`].");
    let builds = format!(" Builds a [`{name}`].");
    quote! {
        #uses

        #doc
        #[derive(Clone, #derive_debug PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
        }

        impl #name {
            #[doc = #starts]
            pub fn builder() -> #builder {
                #builder::default()
            }

            #(#accessors)*
        }

        #debug_structure
        #members
        #check_required

        #[doc = #builds]
        #[derive(Clone, #derive_debug Default, PartialEq)]
        #[non_exhaustive]
        pub struct #builder {
            #builder_fields
        }

        #debug_builder

        impl #builder {
            #setters
            #build
        }
    }
}

/// `impl CheckRequired`, for a structure that is sent and can lack something.
fn check_required(structure: &Structure) -> TokenStream {
    let checks = checks(structure);
    if checks.is_empty() || !structure.encode {
        return TokenStream::new();
    }
    let name = &structure.name;
    quote! {
        impl CheckRequired for #name {
            fn required(&self, check: &mut Required) {
                #(#checks)*
            }
        }
    }
}

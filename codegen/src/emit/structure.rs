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
    print(structure, &More::default())
}

/// What a kind of structure has beside its members.
#[derive(Default)]
pub(super) struct More {
    /// Paths to `use`.
    pub(super) uses: &'static [&'static str],
    /// A field of the structure.
    pub(super) field: TokenStream,
    /// The value of that field where the structure is decoded.
    pub(super) decoded: TokenStream,
    /// The value of that field where the structure is built.
    pub(super) built: TokenStream,
    /// Items behind the structure's methods.
    pub(super) items: TokenStream,
    /// A field of the builder.
    pub(super) builder_field: TokenStream,
    /// Methods of the builder.
    pub(super) builder_methods: TokenStream,
}

/// A structure, its builder, and `more`.
pub(super) fn print(structure: &Structure, more: &More) -> TokenStream {
    let Structure {
        name, builder, doc, ..
    } = structure;
    let More {
        uses: more_uses,
        field,
        decoded,
        built,
        items,
        builder_field,
        builder_methods,
    } = more;
    let mut paths = structure.imports();
    add_structure_uses(structure, &mut paths);
    add_builder_uses(structure, &mut paths);
    add(&mut paths, more_uses);
    if structure.is_checked() {
        add(&mut paths, &["crate::runtime::required::CheckRequired"]);
    }
    let uses = uses(&paths, Some(name));
    let derive_debug = derive_debug(structure.redacted);
    let fields = public_fields(structure);
    let accessors = structure.fields.iter().map(accessor);
    let debug_structure = debug(structure, name);
    let members = members(structure, &quote!(#builder), decoded);
    let check_required = check_required(structure);
    let builder_fields = builder_fields(structure, &quote!());
    let debug_builder = debug(structure, builder);
    let setters = setters(structure);
    let build = build(structure, built);
    let starts = format!(" Starts a [`{name}`].");
    let builds = format!(" Builds a [`{name}`].");
    quote! {
        #uses

        #doc
        #[derive(Clone, #derive_debug PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
            #field
        }

        impl #name {
            #[doc = #starts]
            pub fn builder() -> #builder {
                #builder::default()
            }

            #(#accessors)*
        }

        #items
        #debug_structure
        #members
        #check_required

        #[doc = #builds]
        #[derive(Clone, #derive_debug Default, PartialEq)]
        #[non_exhaustive]
        pub struct #builder {
            #builder_fields
            #builder_field
        }

        #debug_builder

        impl #builder {
            #setters
            #builder_methods
            #build
        }
    }
}

/// `impl CheckRequired`, for a structure that is sent and can lack something.
fn check_required(structure: &Structure) -> TokenStream {
    if !structure.is_checked() {
        return TokenStream::new();
    }
    let (name, checks) = (&structure.name, checks(structure));
    quote! {
        impl CheckRequired for #name {
            fn required(&self, check: &mut Required) {
                #(#checks)*
            }
        }
    }
}

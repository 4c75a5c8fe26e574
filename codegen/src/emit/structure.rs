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
    accessor, add, add_builder_uses, add_structure_uses, build, builder_fields, debug,
    derive_debug, members, public_fields, setters, uses,
};
use crate::plan::{Codec, Structure};

pub(super) fn file(structure: &Structure, codec: Codec) -> TokenStream {
    print(structure, codec, &StructureExtras::default())
}

/// The parts of a structure that do not follow from its members.
#[derive(Default)]
pub(super) struct StructureExtras {
    /// Paths to `use`.
    pub(super) uses: &'static [&'static str],
    /// An additional field of the structure.
    pub(super) field: TokenStream,
    /// The value of that field when the structure is decoded.
    pub(super) decoded: TokenStream,
    /// The value of that field when the structure is built.
    pub(super) built: TokenStream,
    /// Items after the methods of the structure.
    pub(super) items: TokenStream,
    /// An additional field of the builder.
    pub(super) builder_field: TokenStream,
    /// Additional methods of the builder.
    pub(super) builder_methods: TokenStream,
}

/// Prints a structure, its builder and `extras`.
pub(super) fn print(structure: &Structure, codec: Codec, extras: &StructureExtras) -> TokenStream {
    let Structure {
        name, builder, doc, ..
    } = structure;
    let StructureExtras {
        uses: extra_uses,
        field,
        decoded,
        built,
        items,
        builder_field,
        builder_methods,
    } = extras;
    let mut paths = structure.imports();
    add_structure_uses(structure, codec, &mut paths);
    add_builder_uses(structure, &mut paths);
    add(&mut paths, extra_uses);
    let uses = uses(&paths, Some(name));
    let derive_debug = derive_debug(structure.redacted);
    let fields = public_fields(structure);
    let accessors = structure.fields.iter().map(accessor);
    let debug_structure = debug(structure, name);
    let members = members(structure, &quote!(#builder), decoded);
    let builder_fields = builder_fields(structure, &quote!());
    let debug_builder = debug(structure, builder);
    let setters = setters(structure);
    let build = build(structure, built);
    let starts = format!(" Creates a builder of [`{name}`].");
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

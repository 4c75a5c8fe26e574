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
    accessor, add, add_builder_uses, add_structure_uses, build, builder_fields, debug, derive,
    public_fields, setters, uses,
};
use super::defaults;
use super::members::members;
use crate::plan::{Codec, Structure};

pub(super) fn file(structure: &Structure, codec: Codec) -> TokenStream {
    let builder = &structure.builder;
    let extras = StructureExtras {
        table: codec.path("members"),
        members: members(structure, &quote!(#builder), &quote!()),
        codec,
        uses: &[],
        others: &[],
        field: quote!(),
        built: quote!(),
        items: quote!(),
        builder_field: quote!(),
        builder_methods: quote!(),
    };
    print(structure, &extras)
}

/// The parts of a structure that do not follow from its members.
pub(super) struct StructureExtras {
    /// Paths to `use`.
    pub(super) uses: &'static [&'static str],
    /// The names of the additional fields of the structure, which its builder has too.
    pub(super) others: &'static [&'static str],
    /// The additional fields of the structure.
    pub(super) field: TokenStream,
    /// The values of these fields when the structure is built.
    pub(super) built: TokenStream,
    /// The path of the macro that implements the codec, and its table.
    pub(super) table: String,
    pub(super) members: TokenStream,
    /// The codec of members.
    pub(super) codec: Codec,
    /// Items after the methods of the structure.
    pub(super) items: TokenStream,
    /// The additional fields of the builder.
    pub(super) builder_field: TokenStream,
    /// The additional methods of the builder.
    pub(super) builder_methods: TokenStream,
}

/// Prints a structure, its builder and `extras`.
pub(super) fn print(structure: &Structure, extras: &StructureExtras) -> TokenStream {
    let Structure {
        name, builder, doc, ..
    } = structure;
    let StructureExtras {
        uses: extra_uses,
        others,
        field,
        table,
        members,
        codec,
        built,
        items,
        builder_field,
        builder_methods,
    } = extras;
    let mut paths = structure.imports();
    add_structure_uses(structure, table.clone(), *codec, &mut paths);
    add_builder_uses(structure, &mut paths);
    add(&mut paths, extra_uses);
    let uses = uses(&paths, Some(name));
    let (derive_structure, derive_builder) = (derive(structure, false), derive(structure, true));
    let fields = public_fields(structure);
    let accessors = structure.fields.iter().map(accessor);
    let defaults = defaults::functions(structure);
    let debug_structure = debug(structure, name, others);
    let builder_fields = builder_fields(structure, &quote!());
    let debug_builder = debug(structure, builder, others);
    let setters = setters(structure);
    let build = build(structure, built);
    let starts = format!(" Creates a builder of [`{name}`].");
    let builds = format!(" The builder of [`{name}`].");
    quote! {
        #uses

        #doc
        #derive_structure
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
        #defaults

        #[doc = #builds]
        #derive_builder
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

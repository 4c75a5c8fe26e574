//! The Rust types of shapes.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::names;
use super::reserved::{self, Scope, is_reserved};
use crate::ir::{self, Service, ShapeId, ShapeKind};

/// The type of a value, apart from whether it is an `Option`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Type {
    Bool,
    I8,
    I16,
    I32,
    I64,
    F32,
    F64,
    String,
    /// A type of `aws_smithy_types`: `Blob`, `DateTime`, `Document`, `BigInteger`, `BigDecimal`.
    Smithy(&'static str),
    /// A structure, enum, union or error of the model.
    Model(ModelType),
    Vec(Box<Type>),
    /// An element of a sparse list or map.
    Option(Box<Type>),
    /// Keys are `String`s or enums.
    Map(Box<Type>, Box<Type>),
    Box(Box<Type>),
}

/// A type of the model, and how a file names it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ModelType {
    name: Ident,
    /// The module below the crate's root.
    module: &'static str,
    /// Whether files write the name with its module, because some files import or define another item with this name.
    qualified: bool,
    is_enum: bool,
}

impl ModelType {
    fn of(service: &Service, id: &ShapeId, module: &'static str) -> Self {
        let name = names::type_name(id);
        Self {
            qualified: is_taken(service, &name),
            name,
            module,
            is_enum: matches!(
                service.shapes.get(id).map(|shape| &shape.kind),
                Some(ShapeKind::Enum(_))
            ),
        }
    }

    /// Whether the type is an enum of strings.
    pub(super) fn is_enum(&self) -> bool {
        self.is_enum
    }

    /// Returns the path for links in documentation; the prefix `type@` resolves ambiguous names.
    pub(crate) fn path(&self) -> String {
        format!("type@crate::{}::{}", self.module, self.name)
    }
}

impl Type {
    /// Returns the type of a shape's values.
    pub(crate) fn of(service: &Service, id: &ShapeId) -> Self {
        let Some(shape) = service.shapes.get(id) else {
            return Self::Smithy("Document");
        };
        match &shape.kind {
            ShapeKind::Boolean => Self::Bool,
            ShapeKind::Byte => Self::I8,
            ShapeKind::Short => Self::I16,
            ShapeKind::Integer => Self::I32,
            ShapeKind::Long => Self::I64,
            ShapeKind::Float => Self::F32,
            ShapeKind::Double => Self::F64,
            ShapeKind::String => Self::String,
            ShapeKind::BigInteger => Self::Smithy("BigInteger"),
            ShapeKind::BigDecimal => Self::Smithy("BigDecimal"),
            ShapeKind::Blob if shape.streaming => Self::Smithy("ByteStream"),
            ShapeKind::Blob => Self::Smithy("Blob"),
            ShapeKind::Timestamp(_) => Self::Smithy("DateTime"),
            ShapeKind::Document => Self::Smithy("Document"),
            ShapeKind::List(element) => Self::Vec(Box::new(Self::element(service, shape, element))),
            ShapeKind::Map { key, value } => Self::Map(
                Box::new(Self::of(service, key)),
                Box::new(Self::element(service, shape, value)),
            ),
            ShapeKind::Structure(structure) if structure.error.is_some() => {
                Self::Model(ModelType::of(service, id, "types::error"))
            }
            ShapeKind::Enum(_) | ShapeKind::Structure(_) | ShapeKind::Union(_) => {
                Self::Model(ModelType::of(service, id, "types"))
            }
        }
    }

    /// Returns the type of the elements of a list, or of the values of a map.
    fn element(service: &Service, collection: &ir::Shape, id: &ShapeId) -> Self {
        let element = Self::of(service, id);
        match collection.sparse {
            true => Self::Option(Box::new(element)),
            false => element,
        }
    }

    /// Adds the paths that a file must `use` to name the type.
    pub(crate) fn imports(&self, uses: &mut BTreeSet<String>) {
        match self {
            Self::Smithy(name) => {
                uses.insert(format!("crate::primitives::{name}"));
            }
            Self::Model(model) if model.qualified => {
                uses.insert("crate::types".to_owned());
            }
            Self::Model(ModelType { name, module, .. }) => {
                uses.insert(format!("crate::{module}::{name}"));
            }
            Self::Map(key, value) => {
                uses.insert("std::collections::HashMap".to_owned());
                key.imports(uses);
                value.imports(uses);
            }
            Self::Vec(inner) | Self::Option(inner) | Self::Box(inner) => inner.imports(uses),
            _ => {}
        }
    }
}

/// Whether some generated file imports or defines another item with this name.
pub(super) fn is_taken(service: &Service, name: &Ident) -> bool {
    let name = name.to_string();
    let is_operation = |prefix: &str| {
        let mut wires = service.operations_like(prefix);
        wires.any(|wire| {
            names::type_prefix(wire) == prefix || names::operation_prefix(wire) == prefix
        })
    };
    let is_marker = |wire: &str| names::marker(wire).is_some_and(|it| it == name);
    let is_shape = |prefix: &str| {
        // A reserved name has a suffix.
        let unsuffixed = prefix.strip_suffix("Value").unwrap_or(prefix);
        let mut wires = service
            .shapes_like(prefix)
            .chain(service.shapes_like(unsuffixed));
        wires.any(|wire| names::type_name(wire) == prefix)
    };
    is_reserved(Scope::Import, &name)
        || service.operations_like(&name).any(is_marker)
        || prefixes(Scope::OperationType, &name).any(is_operation)
        || prefixes(Scope::StructureType, &name).any(is_shape)
}

/// Returns the name without each of the ends that are reserved in a scope.
fn prefixes(scope: Scope, name: &str) -> impl Iterator<Item = &str> {
    reserved::names(scope).filter_map(move |suffix| name.strip_suffix(suffix))
}

/// Whether the crate defines a type for a shape. It does not for a shape that is only the input or the
/// output of an operation.
pub(super) fn is_defined(service: &Service, id: &str) -> bool {
    !service.is_end(id) || service.is_nested(id)
}

impl ToTokens for Type {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::Bool => quote!(bool),
            Self::I8 => quote!(i8),
            Self::I16 => quote!(i16),
            Self::I32 => quote!(i32),
            Self::I64 => quote!(i64),
            Self::F32 => quote!(f32),
            Self::F64 => quote!(f64),
            Self::String => quote!(String),
            Self::Smithy(name) => format_ident!("{name}").into_token_stream(),
            Self::Model(ModelType {
                name,
                module,
                qualified,
                ..
            }) => match (qualified, *module) {
                (false, _) => name.into_token_stream(),
                (true, "types::error") => quote!(types::error::#name),
                (true, _) => quote!(types::#name),
            },
            Self::Vec(element) => quote!(Vec<#element>),
            Self::Option(element) => quote!(Option<#element>),
            Self::Map(key, value) => quote!(HashMap<#key, #value>),
            Self::Box(inner) => quote!(Box<#inner>),
        });
    }
}

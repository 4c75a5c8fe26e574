//! The names that generated files and the macros of the runtime define or use, in one table.
//!
//! Names of the model that would collide with one of these are renamed, or written with their module;
//! `names`, `member` and `types` say how.

/// Where a name is reserved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// The methods of `Client`.
    Client,
    /// The fields, accessors and setters of every structure.
    Structure,
    /// Those of an operation's input, which also has a fluent builder.
    Input,
    /// Those of the input of an operation that waiters call, which also has the builders of the waiters.
    PolledInput,
    /// Those of an error.
    Error,
    /// The variants of an enum or a union.
    Variant,
    /// Types that the files of other types, or the macros in them, name without a path.
    Type,
    /// Types that some generated files import or define; they write a type of the model with such a
    /// name as `types::Name`.
    Import,
    /// The ends of the names of types that the file of an operation defines.
    OperationType,
    /// The ends of the names of types that the file of a structure defines.
    StructureType,
    /// The modules beside those of the types.
    TypeModule,
}

use Scope::{
    Client, Error, Import, Input, OperationType, PolledInput, Structure, StructureType, Type,
    TypeModule, Variant,
};

const TABLE: &[(Scope, &str)] = &[
    // The client and `operations!`.
    (Client, "clone"),
    (Client, "config"),
    (Client, "from_conf"),
    (Client, "new"),
    // A structure, its builder, `members!`, and the names that the official crates reserve.
    (Structure, "as_input"),
    (Structure, "build"),
    (Structure, "builder"),
    (Structure, "customize"),
    (Structure, "default"),
    (Structure, "deserialize"),
    (Structure, "make_operation"),
    (Structure, "meta"),
    (Structure, "presigned"),
    (Structure, "send"),
    (Structure, "send_with"),
    // `fluent_builder!` and the file of an operation.
    (Input, "into_paginator"),
    (Input, "new"),
    // `waiter!`.
    (PolledInput, "wait"),
    // The builder of an error; `source` is the method of `std::error::Error`.
    (Error, "set_meta"),
    (Error, "source"),
    // `string_enum!` and the file of a union.
    (Variant, "Self"),
    (Variant, "Unknown"),
    // The files of types and the macros in them.
    (Type, "AsRef"),
    (Type, "Box"),
    (Type, "BuildError"),
    (Type, "Decode"),
    (Type, "DecodeError"),
    (Type, "Decoder"),
    (Type, "Default"),
    (Type, "Encode"),
    (Type, "Encoder"),
    (Type, "ErrorMetadata"),
    (Type, "Fn"),
    (Type, "From"),
    (Type, "HashMap"),
    (Type, "Into"),
    (Type, "Option"),
    (Type, "Result"),
    (Type, "Self"),
    (Type, "String"),
    (Type, "Sync"),
    (Type, "Vec"),
    // The files of operations and waiters, and the types of `aws_smithy_types`.
    (Import, "AcceptorState"),
    (Import, "Answer"),
    (Import, "BigDecimal"),
    (Import, "BigInteger"),
    (Import, "Blob"),
    (Import, "Compress"),
    (Import, "Context"),
    (Import, "DateTime"),
    (Import, "Document"),
    (Import, "Error"),
    (Import, "Format"),
    (Import, "Operation"),
    (Import, "PagedItems"),
    (Import, "Paginated"),
    (Import, "Polled"),
    (Import, "Required"),
    (Import, "Send"),
    (Import, "Unhandled"),
    (Import, "Waiter"),
    (OperationType, "Error"),
    (OperationType, "FluentBuilder"),
    (OperationType, "Input"),
    (OperationType, "Output"),
    (OperationType, "OutputBuilder"),
    (OperationType, "Paginator"),
    (OperationType, "PaginatorItems"),
    (StructureType, "Builder"),
    (TypeModule, "builders"),
    (TypeModule, "error"),
];

/// The names that are reserved in a scope.
pub(super) fn names(scope: Scope) -> impl Iterator<Item = &'static str> {
    let rows = TABLE.iter().filter(move |(other, _)| *other == scope);
    rows.map(|(_, name)| *name)
}

/// Whether a name is reserved in a scope.
pub(super) fn is_reserved(scope: Scope, name: &str) -> bool {
    names(scope).any(|reserved| reserved == name)
}

/// The scopes in which a name is reserved.
pub(super) fn scopes(name: &str) -> impl Iterator<Item = Scope> {
    let rows = TABLE.iter().filter(move |(_, reserved)| *reserved == name);
    rows.map(|(scope, _)| *scope)
}

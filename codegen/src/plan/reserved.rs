//! The names that generated files and the macros of the runtime define or use, in one table.
//!
//! Names of the model that would collide with one of these are renamed, or written with their module: see `names`,
//! `member` and `types`.

/// Where a name is reserved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// The methods of `Client`.
    Client,
    /// The methods of `config::Builder`, apart from `set_` at the beginning of a name.
    Config,
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
    Client, Config, Error, Import, Input, OperationType, PolledInput, Structure, StructureType,
    Type, TypeModule, Variant,
};

const TABLE: &[(Scope, &str)] = &[
    // `client!`.
    (Client, "clone"),
    (Client, "config"),
    (Client, "from_conf"),
    (Client, "new"),
    // Endpoint discovery.
    (Client, "with_endpoint_discovery_enabled"),
    // `config!`, `auth_schemes!`, `endpoint_params!`, `bearer_settings!`, `config_test_util!` and the service-specific settings.
    (Config, "account_id_endpoint_mode"),
    (Config, "allow_no_auth"),
    (Config, "app_name"),
    (Config, "apply_test_defaults"),
    (Config, "apply_test_defaults_v2"),
    (Config, "auth_scheme_preference"),
    (Config, "auth_scheme_resolver"),
    (Config, "auth_schemes"),
    (Config, "bearer_token"),
    (Config, "bearer_token_resolver"),
    (Config, "behavior_version"),
    (Config, "behavior_version_latest"),
    (Config, "build"),
    (Config, "check_required"),
    (Config, "clone"),
    (Config, "credentials_provider"),
    (Config, "default"),
    (Config, "disable_clock_skew_correction"),
    (Config, "disable_request_compression"),
    (Config, "endpoint_resolver"),
    (Config, "endpoint_url"),
    (Config, "framework_metadata"),
    (Config, "http_client"),
    (Config, "idempotency_token_provider"),
    (Config, "identity_cache"),
    (Config, "interceptor"),
    (Config, "interceptors"),
    (Config, "invocation_id_generator"),
    (Config, "max_response_size_bytes"),
    (Config, "new"),
    (Config, "push_auth_scheme"),
    (Config, "push_framework_metadata"),
    (Config, "push_interceptor"),
    (Config, "push_retry_classifier"),
    (Config, "push_runtime_plugin"),
    (Config, "region"),
    (Config, "request_checksum_calculation"),
    (Config, "request_min_compression_size_bytes"),
    (Config, "response_checksum_validation"),
    (Config, "retry_classifier"),
    (Config, "retry_classifiers"),
    (Config, "retry_config"),
    (Config, "request_rate"),
    (Config, "retry_partition"),
    (Config, "runtime_plugin"),
    (Config, "signing_name"),
    (Config, "sleep_impl"),
    (Config, "stalled_stream_protection"),
    (Config, "time_source"),
    (Config, "timeout_config"),
    (Config, "to_builder"),
    (Config, "token_provider"),
    (Config, "use_dual_stack"),
    (Config, "use_fips"),
    (Config, "with_test_defaults"),
    (Config, "with_test_defaults_v2"),
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
    (Input, "presigned_blocking"),
    (Input, "send_blocking"),
    // `fluent_builder!` and the file of an operation.
    (Input, "into_batch"),
    (Input, "into_input"),
    (Input, "into_paginator"),
    (Input, "into_request"),
    (Input, "new"),
    // `waiter!`.
    (PolledInput, "wait"),
    (PolledInput, "wait_blocking"),
    // An error and its builder; `source` is the method of `std::error::Error`.
    (Error, "retryable_error_kind"),
    (Error, "set_meta"),
    (Error, "source"),
    // `string_enum!` and the file of a union.
    (Variant, "Self"),
    (Variant, "Unknown"),
    // The files of types and the macros in them.
    (Type, "AsRef"),
    (Type, "Box"),
    (Type, "BuildError"),
    (Type, "Default"),
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
    (Type, "UnknownVariantError"),
    (Type, "Vec"),
    // The files of operations and waiters, and the types of `aws_smithy_types`.
    (Import, "AcceptorState"),
    (Import, "AuthScheme"),
    (Import, "PollResult"),
    (Import, "RequestChecksum"),
    (Import, "ResponseChecksum"),
    (Import, "BigDecimal"),
    (Import, "BigInteger"),
    (Import, "Blob"),
    (Import, "Compress"),
    (Import, "ContentMd5"),
    (Import, "Context"),
    (Import, "DateTime"),
    (Import, "Document"),
    (Import, "Error"),
    (Import, "Format"),
    (Import, "MissingMembers"),
    (Import, "Operation"),
    (Import, "PagedItems"),
    (Import, "Paginated"),
    (Import, "Polled"),
    (Import, "Send"),
    (Import, "ThisService"),
    (Import, "Unhandled"),
    (Import, "Waiter"),
    (OperationType, "Error"),
    (OperationType, "FluentBuilder"),
    (OperationType, "Input"),
    (OperationType, "InputBuilder"),
    (OperationType, "Output"),
    (OperationType, "OutputBuilder"),
    (OperationType, "Paginator"),
    (OperationType, "PaginatorItems"),
    (StructureType, "Builder"),
    (TypeModule, "builders"),
    (TypeModule, "error"),
    (TypeModule, "lean_aws_runtime"),
];

/// The names of devices, which files cannot have on Windows, with any extension.
pub const WINDOWS_DEVICES: [&str; 22] = [
    "aux", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lpt1",
    "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
];

/// Returns the names that are reserved in a scope.
pub(super) fn names(scope: Scope) -> impl Iterator<Item = &'static str> {
    let rows = TABLE.iter().filter(move |(other, _)| *other == scope);
    rows.map(|(_, name)| *name)
}

/// Whether a name is reserved in a scope.
pub(super) fn is_reserved(scope: Scope, name: &str) -> bool {
    names(scope).any(|reserved| reserved == name)
}

/// Returns the scopes in which a name is reserved.
pub(super) fn scopes(name: &str) -> impl Iterator<Item = Scope> {
    let rows = TABLE.iter().filter(move |(_, reserved)| *reserved == name);
    rows.map(|(scope, _)| *scope)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::*;

    /// Methods that macros define in types without methods that are named after a model: the enums of strings, the
    /// errors of operations, the paginators, and the parameters of authentication.
    const ELSEWHERE: [&str; 11] = [
        "as_str",
        "auth_token",
        "generic",
        "items",
        "operation_name",
        "position",
        "starting_token",
        "stop_on_duplicate_token",
        "try_parse",
        "unhandled",
        "values",
    ];

    /// A new method of a macro must not break the crates whose models have a member with the same
    /// name.
    #[test]
    fn every_method_of_a_macro_has_a_row() {
        let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../workspaces-sdk/runtime/src");
        let mut files = Vec::new();
        rust_files(&runtime, &mut files);
        let methods: Vec<(String, PathBuf)> = files
            .into_iter()
            .flat_map(|file| {
                let text = fs::read_to_string(&file).unwrap_or_default();
                let methods: Vec<String> = macro_methods(&text).map(str::to_owned).collect();
                methods
                    .into_iter()
                    .map(move |method| (method, file.clone()))
            })
            .collect();
        assert!(methods.len() > 10, "found only {methods:?}");
        for (method, file) in methods {
            let name = method.strip_prefix("set_").unwrap_or(&method);
            assert!(
                scopes(name).next().is_some() || ELSEWHERE.contains(&name),
                "`{method}` of a macro in {} has no row",
                file.display()
            );
        }
    }

    fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        for path in entries.map(|entry| entry.path()) {
            // Names of a model cannot collide with methods of customized requests.
            let skipped = ["target", "generated", "tests", "customize.rs"];
            let is_skipped = skipped.iter().any(|name| path.ends_with(name));
            if is_skipped {
                continue;
            }
            if path.is_dir() {
                rust_files(&path, files);
            } else if path.extension().is_some_and(|it| it == "rs") {
                files.push(path);
            }
        }
    }

    /// Returns the inherent methods that a model does not name in the macros of a file for generated crates, whose
    /// names begin with two underscores.
    fn macro_methods(text: &str) -> impl Iterator<Item = &str> {
        let macros = text.split("\nmacro_rules! __").skip(1);
        let bodies = macros.filter_map(|text| text.split("\n}\n").next());
        bodies.flat_map(str::lines).filter_map(|line| {
            let (visibility, name) = line.trim_start().split_once("fn ")?;
            let name = name.split('(').next()?;
            (visibility.starts_with("pub") && !name.starts_with('$')).then_some(name)
        })
    }
}

//! Prints the plan as tokens, one kind of file per module. The plan has all decisions.

mod all_types;
mod batch;
mod binding;
mod client;
mod client_docs;
mod common;
mod config;
mod constraints;
mod defaults;
mod discovery;
mod endpoint;
mod enumeration;
mod error;
mod example;
mod expression;
mod layout;
mod members;
mod modules;
mod operation;
mod paginator;
mod relocate;
mod service;
mod structure;
mod union;
mod waiter;

use proc_macro2::TokenStream;

use crate::FirstCall;
use crate::plan::Plan;

/// A file with its path relative to `generated/`.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) tokens: TokenStream,
}

impl File {
    fn new(path: impl Into<String>, tokens: TokenStream) -> Self {
        Self {
            path: path.into(),
            tokens,
        }
    }
}

/// Prints all generated files of a crate.
pub(crate) fn emit(plan: &Plan) -> Vec<File> {
    let mut files = files(plan);
    if !plan.module.is_empty() {
        for file in &mut files {
            file.tokens = relocate::relocate(std::mem::take(&mut file.tokens), &plan.module);
        }
    }
    files
}

/// Prints the call in the README and in the documentation of the client. A crate without operations has none.
pub(crate) fn first_call(plan: &Plan) -> FirstCall {
    let planned = plan.first_call.as_ref().and_then(|call| {
        let operation = plan.operations.iter().find(|it| it.wire == call.wire)?;
        Some(example::first_call(operation, call, &plan.crate_name))
    });
    planned.unwrap_or_default()
}

fn files(plan: &Plan) -> Vec<File> {
    let codec = plan.protocol.codec;
    let structures = plan.structures.iter().map(|it| {
        File::new(
            format!("types/{}.rs", it.module),
            structure::file(it, codec),
        )
    });
    let enumerations = plan.enumerations.iter().map(|it| {
        File::new(
            format!("types/{}.rs", it.module),
            enumeration::file(it, plan.protocol.bindings.unwrap_or(codec)),
        )
    });
    let unions = plan
        .unions
        .iter()
        .map(|it| File::new(format!("types/{}.rs", it.module), union::file(it, codec)));
    let errors = plan.errors.iter().map(|it| {
        File::new(
            format!("types/error/{}.rs", it.structure.module),
            error::file(it, plan.protocol),
        )
    });
    let operations = plan.operations.iter().map(|it| {
        File::new(
            format!("operation/{}.rs", it.module),
            operation::file(it, plan.protocol),
        )
    });
    let waiters = plan.operations.iter().flat_map(|operation| {
        let file = |it| (it, waiter::file(operation, it));
        operation.waiters.iter().map(file)
    });
    let waiters =
        waiters.map(|(it, tokens)| File::new(format!("waiters/{}.rs", it.module), tokens));
    let single = [
        File::new("mod.rs", modules::root(plan)),
        File::new("types/mod.rs", modules::types(plan)),
        File::new("types/error/mod.rs", modules::errors(plan)),
        File::new("operation/mod.rs", modules::operations(plan)),
        File::new("client.rs", client::file(plan)),
        File::new("client/customize.rs", client::customize(plan)),
        File::new("config.rs", config::file(plan)),
        File::new("error.rs", error::module()),
        File::new("error_meta.rs", error::service_error(plan)),
        File::new("meta.rs", modules::meta()),
        File::new("primitives.rs", modules::primitives(plan)),
        File::new("endpoint.rs", endpoint::file(&plan.endpoints)),
        File::new("service.rs", service::file(plan)),
        File::new("waiters/mod.rs", waiter::modules(plan)),
    ];
    let partitions = plan
        .endpoints
        .has_partitions()
        .then(|| File::new("partitions.rs", endpoint::partitions(&plan.endpoints)));
    let discovery = (plan.discovery.as_ref())
        .map(|it| File::new("endpoint_discovery.rs", discovery::file(plan, it)));
    let constraints = (!plan.constraints.is_empty())
        .then(|| File::new("constraints.rs", constraints::file(&plan.constraints)));
    let presigning = (plan.presigned()).then(|| File::new("presigning.rs", modules::presigning()));
    let auth_token =
        (plan.auth_token.as_ref()).map(|it| File::new("auth_token.rs", modules::auth_token(it)));
    let all_types = (plan.offline).then(|| File::new("all_types.rs", all_types::file(plan)));
    structures
        .chain(enumerations)
        .chain(unions)
        .chain(errors)
        .chain(operations)
        .chain(waiters)
        .chain(single)
        .chain(partitions)
        .chain(discovery)
        .chain(constraints)
        .chain(presigning)
        .chain(auth_token)
        .chain(all_types)
        .collect()
}

//! The files of a model.

use lean_aws_codegen::{ModelFile, ModelFiles};

/// The files of a model, the sidecar files first.
pub(crate) fn files(model: &mut ModelFiles) -> Vec<&mut ModelFile> {
    let ModelFiles {
        service,
        paginators,
        waiters,
        endpoint_rules,
        partitions,
        enum_docs,
        rust,
    } = model;
    let sidecars = [
        paginators,
        waiters,
        endpoint_rules,
        partitions,
        enum_docs,
        rust,
    ];
    sidecars.into_iter().flatten().chain([service]).collect()
}

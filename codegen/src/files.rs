//! What goes into the generator and what comes out of it: files, by name.

use std::collections::BTreeMap;

use crate::{Stages, Warning};

/// A file of a model.
#[derive(Clone, Debug)]
pub struct ModelFile {
    /// The name that diagnostics give the file.
    pub name: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

/// The files of a model: botocore's, or a Smithy model in place of the first three.
#[derive(Clone, Debug)]
pub struct ModelFiles {
    /// `service-2.json`: operations and shapes. Or Smithy's JSON AST, which is told by its content.
    pub service: ModelFile,
    /// `paginators-1.json`: which operations page.
    pub paginators: Option<ModelFile>,
    /// `waiters-2.json`: what can be waited for.
    pub waiters: Option<ModelFile>,
    /// `endpoint-rule-set-1.json`: how the address of the service is found.
    pub endpoint_rules: Option<ModelFile>,
    /// `partitions.json`: the partitions that endpoint rules ask for.
    pub partitions: Option<ModelFile>,
    /// `enum-docs.json`, ours: words for enum values.
    pub enum_docs: Option<ModelFile>,
    /// `rust.json`, ours: names and the like that the official Rust crate chose otherwise.
    pub rust: Option<ModelFile>,
}

/// The generated files: texts by their paths below `generated/`.
pub type Files = BTreeMap<String, String>;

/// What is made of a model.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The generated files.
    pub files: Files,
    /// What the crate does without, or leaves to its user.
    pub warnings: Vec<Warning>,
    /// The facts about the crate that its manifest and its README state.
    pub about: CrateMetadata,
    /// How long each stage took, from `lower` to `format`.
    pub stages: Stages,
}

/// The facts about a crate that its manifest and its README state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrateMetadata {
    /// The short name of the service, as `WorkSpaces`.
    pub id: String,
    /// The full name of the service, as `Amazon WorkSpaces`.
    pub title: String,
    /// The version of the API, as `2015-04-08`.
    pub api_version: String,
    /// How many operations there are.
    pub operations: usize,
    /// The method of an operation that can be called first, with as little as possible to set.
    pub example: String,
    /// What the crate depends on beside what every crate does: lines of a manifest.
    pub dependencies: Vec<&'static str>,
}

impl ModelFiles {
    /// A model that is a single file.
    pub fn new(service: ModelFile) -> Self {
        Self {
            service,
            paginators: None,
            waiters: None,
            endpoint_rules: None,
            partitions: None,
            enum_docs: None,
            rust: None,
        }
    }

    /// All files that are there.
    pub(crate) fn all(&self) -> Vec<&ModelFile> {
        let beside = [
            &self.paginators,
            &self.waiters,
            &self.endpoint_rules,
            &self.partitions,
            &self.enum_docs,
            &self.rust,
        ];
        let beside = beside.into_iter().flatten();
        std::iter::once(&self.service).chain(beside).collect()
    }
}

//! What goes into the generator and what comes out of it: files, by name.

use std::collections::BTreeMap;

use crate::{ModulePath, Stages, Warning};

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

/// The choices of the caller about a crate. The default is the whole service under the default name.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// The operations to generate; `None` for all.
    pub operations: Option<&'a [String]>,
    /// The name of the crate, which its examples use.
    pub crate_name: Option<&'a str>,
    /// The module of the crate for the code; `None` for the root. A client in a module has no examples, because the module
    /// may be private, and no feature `test-util`.
    pub module: Option<&'a ModulePath>,
}

/// The result of generating a crate.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The generated files.
    pub files: Files,
    /// The features of the model that the crate does not support.
    pub warnings: Vec<Warning>,
    /// The facts about the crate that its manifest and its README state.
    pub metadata: CrateMetadata,
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
    /// The number of operations.
    pub operations: usize,
    /// The method of an operation for a first call, with as few required members as possible.
    pub example: String,
    /// The features of the runtime that the crate needs.
    pub runtime_features: Vec<&'static str>,
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

//! The inputs and outputs of the generator.

use std::collections::BTreeMap;

use crate::changes::Snapshot;
use crate::{ModulePath, Stages, Warning};

/// A file of a model.
#[derive(Clone, Debug)]
pub struct ModelFile {
    /// The name of the file in diagnostics.
    pub name: String,
    /// The contents of the file.
    pub bytes: Vec<u8>,
}

/// The files of a model.
///
/// A Smithy model is a single file, `service`, which also contains what botocore has in `paginators`, `waiters` and
/// `endpoint_rules`. The other files complement models of both formats.
#[derive(Clone, Debug)]
pub struct ModelFiles {
    /// The operations and shapes: botocore's `service-2.json`, or the JSON AST of a Smithy model. The generator
    /// detects the format.
    pub service: ModelFile,
    /// `paginators-1.json`: the operations with pagination.
    pub paginators: Option<ModelFile>,
    /// `waiters-2.json`: the waiters.
    pub waiters: Option<ModelFile>,
    /// `endpoint-rule-set-1.json`: the rules that determine the endpoint of a request.
    pub endpoint_rules: Option<ModelFile>,
    /// `partitions.json`: the partitions that endpoint rules use.
    pub partitions: Option<ModelFile>,
    /// `enum-docs.json`, a format of this project: the documentation of enum values.
    pub enum_docs: Option<ModelFile>,
    /// `rust.json`, a format of this project: differences between the model and the API of the official Rust crate.
    pub rust: Option<ModelFile>,
}

/// The generated files: their contents by their paths below `generated/`.
pub type Files = BTreeMap<String, String>;

/// The options of a generated crate. The default is a crate with all operations and the default name.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// The operations to generate, or `None` for all.
    pub operations: Option<&'a [String]>,
    /// The name of the crate in its examples, or `None` for the default name.
    pub crate_name: Option<&'a str>,
    /// The module that contains the code, or `None` for the root of the crate. A client in a module has no examples,
    /// because the module may be private, and no feature `test-util`.
    pub module: Option<&'a ModulePath>,
    /// The name of the protocol of the client, such as `query`, in botocore or in Smithy. `None` selects the one in
    /// `rust.json`, or else the preferred one that the model offers: `json`, `rest-json`, `rest-xml`, `smithy-rpc-v2-cbor`, `query`
    /// or `ec2`, in this order.
    pub protocol: Option<&'a str>,
    /// Whether the crate has an offline service in a module `fake`, which needs the constraints on inputs, and the codecs
    /// of a server.
    pub offline: bool,
}

/// The result of generating a crate.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The generated files.
    pub files: Files,
    /// The features of the model that the crate does not support.
    pub warnings: Vec<Warning>,
    /// The metadata of the crate for its manifest and its README.
    pub metadata: CrateMetadata,
    /// The call in the README.
    pub first_call: FirstCall,
    /// The generated operations, for comparing them with those of a later model.
    pub snapshot: Snapshot,
    /// The duration of each stage, from `lower` to `format`.
    pub stages: Stages,
}

/// A call that can succeed: of an operation without required members, or with example values for them. Preferably, the operation
/// changes nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FirstCall {
    /// Whether the operation may change something.
    pub changes: bool,
    /// The number of required members.
    pub required: usize,
    /// The lines of the imports.
    pub imports: Vec<String>,
    /// The lines of the statements, which use a `client`.
    pub statements: Vec<String>,
}

/// The metadata of a crate for its manifest and its README.
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
    /// Whether no operation accepts credentials, but some accept a bearer token.
    pub bearer_only: bool,
    /// The features of the runtime that the crate needs.
    pub runtime_features: Vec<&'static str>,
}

impl CrateMetadata {
    /// The types and the setting with which an example sets the Region and the identity of its calls.
    pub(crate) fn example_identity(&self) -> (&'static str, &'static str) {
        match self.bearer_only {
            true => (
                "Region, Token",
                r#".bearer_token(Token::new("TOKEN", None))"#,
            ),
            false => (
                "Credentials, Region",
                r#".credentials_provider(Credentials::new("AKID", "SECRET", None, None, "example"))"#,
            ),
        }
    }
}

impl ModelFiles {
    /// Creates a model from a single file.
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

    /// Returns the file that contains the endpoint rules.
    pub(crate) fn rules_file(&self) -> &ModelFile {
        self.endpoint_rules.as_ref().unwrap_or(&self.service)
    }

    /// Returns all files.
    pub(crate) fn all(&self) -> Vec<&ModelFile> {
        let sidecars = [
            &self.paginators,
            &self.waiters,
            &self.endpoint_rules,
            &self.partitions,
            &self.enum_docs,
            &self.rust,
        ];
        let sidecars = sidecars.into_iter().flatten();
        std::iter::once(&self.service).chain(sidecars).collect()
    }
}

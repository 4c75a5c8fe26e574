//! The clients in this repository, which `cargo xtask codegen` regenerates.

use anyhow::Result;
use codegen::{Generated, ModulePath, Options};

use crate::checkout::root;
use crate::model;

/// A client in this repository.
pub(crate) struct Client {
    /// The folder of its model, relative to the root of the repository.
    pub(crate) model: &'static str,
    /// The folder of the generated files, relative to the root of the repository.
    pub(crate) folder: &'static str,
    /// The module of its crate that contains it, unless this is the root.
    module: Option<&'static str>,
    /// Whether it has an offline service.
    offline: bool,
}

/// The SDK crate, and the clients that `lean-aws-config` gets credentials from.
pub(crate) const CLIENTS: [Client; 5] = [
    Client {
        model: model::OURS,
        folder: "workspaces-sdk/src/generated",
        module: None,
        offline: true,
    },
    of_config(
        "models/sts/2011-06-15",
        "workspaces-sdk/config/src/clients/sts",
        "clients::sts",
    ),
    of_config(
        "models/sso/2019-06-10",
        "workspaces-sdk/config/src/clients/sso",
        "clients::sso",
    ),
    of_config(
        "models/sso-oidc/2019-06-10",
        "workspaces-sdk/config/src/clients/sso_oidc",
        "clients::sso_oidc",
    ),
    of_config(
        "models/signin/2023-01-01",
        "workspaces-sdk/config/src/clients/signin",
        "clients::signin",
    ),
];

const fn of_config(model: &'static str, folder: &'static str, module: &'static str) -> Client {
    Client {
        model,
        folder,
        module: Some(module),
        offline: false,
    }
}

impl Client {
    /// Whether its model has all operations of the service. Those of `lean-aws-config` have what it calls.
    pub(crate) fn has_all_operations(&self) -> bool {
        self.module.is_none()
    }

    /// Generates the files of the client.
    pub(crate) fn generate(&self) -> Result<Generated> {
        let module = self.module.map(str::parse::<ModulePath>).transpose()?;
        let options = Options {
            module: module.as_ref(),
            offline: self.offline,
            ..Options::default()
        };
        model::generate(&root()?.join(self.model), &options)
    }
}

//! The README of a workspace.

use super::readme::lines;
use super::template::{WORKSPACE_README, fill};
use super::{CONFIG, Package, Workspace};
use crate::markup::plain;

pub(super) fn readme(workspace: &Workspace<'_>) -> String {
    fill(
        WORKSPACE_README,
        &[
            ("crates", &crates(workspace)),
            ("dependencies", &dependencies(workspace)),
            ("first_call", &first_call(workspace)),
            ("patch", &patch(workspace)),
            ("runtime", &workspace.runtime_name()),
        ],
    )
}

/// The rows of the table.
fn crates(workspace: &Workspace<'_>) -> String {
    let services = workspace.packages.iter().map(|package| {
        let Package { folder, name, .. } = package;
        let metadata = &package.generated.metadata;
        let (title, count) = (plain(&metadata.title), metadata.operations);
        format!("| `{name}` | {title} | {count} | `{folder}/` |\n")
    });
    let config = workspace.config.map(|config| {
        let name = config.name;
        format!(
            "| `{name}` | settings and credentials, in place of `aws-config` | | `{CONFIG}/` |\n"
        )
    });
    services.chain(config).collect()
}

fn dependencies(workspace: &Workspace<'_>) -> String {
    let location = workspace.location;
    let services = workspace.packages.iter();
    let services =
        services.map(|it| format!("{} = {{ path = \"{location}{}\" }}\n", it.name, it.folder));
    let config = match workspace.config.map(|config| config.name) {
        Some("aws-config") => format!("aws-config = {{ path = \"{location}{CONFIG}\" }}\n"),
        Some(name) => {
            format!("aws-config = {{ package = \"{name}\", path = \"{location}{CONFIG}\" }}\n")
        }
        None => "aws-config = \"1\"\n".to_owned(),
    };
    let tokio = "tokio = { version = \"1\", features = [\"macros\", \"rt\"] }\n".to_owned();
    services.chain([config, tokio]).collect()
}

/// The first call of the crate whose call is the shortest.
fn first_call(workspace: &Workspace<'_>) -> String {
    let packages = workspace.packages.iter();
    let calls = packages.filter(|it| !it.generated.first_call.statements.is_empty());
    let Some(package) = calls.min_by_key(|it| {
        let call = &it.generated.first_call;
        (call.imports.len(), call.statements.len())
    }) else {
        return String::new();
    };
    let library = package.name.replace('-', "_");
    let call = &package.generated.first_call;
    format!(
        "```rust,no_run\nuse aws_config::BehaviorVersion;\nuse {library}::{{Client, Error}};\n{imports}\n\
         #[tokio::main(flavor = \"current_thread\")]\nasync fn main() -> Result<(), Error> {{\n    \
         let config = aws_config::load_defaults(BehaviorVersion::latest()).await;\n    \
         let client = Client::new(&config);\n{statements}    Ok(())\n}}\n```\n",
        imports = lines(&call.imports, ""),
        statements = lines(&call.statements, "    "),
    )
}

/// The section about crates that take the place of official ones, if there are any.
fn patch(workspace: &Workspace<'_>) -> String {
    let location = workspace.location;
    let services = workspace.packages.iter().filter(|it| it.is_official());
    let services = services.filter_map(|it| Some((it.name, it.version?, it.folder)));
    let config = workspace.config.iter();
    let config = config.filter(|config| config.name == "aws-config");
    let config = config.filter_map(|config| Some((config.name, config.version?, CONFIG)));
    let rows: Vec<String> = services
        .chain(config)
        .map(|(name, _, folder)| format!("{name} = {{ path = \"{location}{folder}\" }}\n"))
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    format!(
        "## In place of the official crates\n\n\
         These lines in the `Cargo.toml` of a program put the crates in place of the official ones, also where other crates depend\n\
         on those. In the `[dependencies]`, the official line stays, such as `{} = \"1\"`:\n\n\
         ```toml\n[patch.crates-io]\n{}```\n\n",
        rows.first()
            .and_then(|row| row.split(' ').next())
            .unwrap_or_default(),
        rows.concat()
    )
}

//! The README of a workspace.

use super::escape::toml;
use super::readme::{imports, lines};
use super::template::{WORKSPACE_README, fill};
use super::{CONFIG, Package, Workspace};
use crate::markup::{code, plain};

pub(super) fn readme(workspace: &Workspace<'_>) -> String {
    fill(
        WORKSPACE_README,
        &[
            ("command", &code(workspace.command)),
            ("crates", &crates(workspace)),
            ("dependencies", &dependencies(workspace)),
            ("exclude", &exclude(workspace.location)),
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

/// The paragraph about programs in a workspace, to which cargo would add the crates.
fn exclude(location: &str) -> String {
    let folder = location.trim_end_matches('/');
    if folder.is_empty() || folder.starts_with(['.', '/']) {
        return String::new();
    }
    format!(
        "If the program is in a Cargo workspace, and this folder is below that, the manifest of the workspace excludes this folder, with the path from there:\n\n\
         ```toml\n[workspace]\nexclude = [{}]\n```\n\n",
        toml(folder)
    )
}

/// The first call of the crate whose call is the most likely to succeed: it changes nothing, needs the fewest values, and is short.
fn first_call(workspace: &Workspace<'_>) -> String {
    let packages = workspace.packages.iter();
    let calls = packages.filter(|it| !it.generated.first_call.statements.is_empty());
    let Some(package) = calls.min_by_key(|it| {
        let call = &it.generated.first_call;
        (
            call.changes,
            call.required,
            call.imports.len(),
            call.statements.len(),
        )
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
        imports = imports(call),
        statements = lines(&call.statements, "    "),
    )
}

/// The section about crates that take the place of official ones, if there are any.
fn patch(workspace: &Workspace<'_>) -> String {
    let services = workspace.packages.iter().filter(|it| it.is_official());
    let services = services.map(|it| (it.name, it.version, it.folder));
    let config = workspace.config.iter();
    let config = config.filter(|config| config.name == "aws-config");
    let config = config.map(|config| (config.name, config.version, CONFIG));
    let (ready, without_version): (Vec<_>, Vec<_>) = services
        .chain(config)
        .partition(|(_, version, _)| version.is_some());
    let mut section = String::new();
    if let Some((first, ..)) = ready.first() {
        let location = workspace.location;
        let names: Vec<_> = ready.iter().map(|(name, ..)| *name).collect();
        let rows = ready.iter();
        let rows =
            rows.map(|(name, _, folder)| format!("{name} = {{ path = \"{location}{folder}\" }}\n"));
        section.push_str(&format!(
            "These lines in the `Cargo.toml` of a program put the crates in place of the official ones, also where other crates depend\n\
             on those. In the `[dependencies]`, the official line stays, such as `{first} = \"1\"`:\n\n\
             ```toml\n[patch.crates-io]\n{rows}```\n\n\
             With a `Cargo.lock` from before, run `cargo update --recursive {names}` once: the crates require newer versions of the\n\
             libraries that they share with the official ones. A package whose `rust-version` is below 1.94.1 gets official crates.\n\n",
            rows = rows.collect::<String>(),
            names = names.join(" "),
        ));
    }
    // A crate that `codegen --out` writes has no version of its own.
    for (name, ..) in without_version {
        if !workspace.location.is_empty() {
            section.push_str(&format!(
                "`{name}` can take the place of the official crate when the file of the SDK sets its `version` to one of that.\n\n"
            ));
        }
    }
    match section.is_empty() {
        true => section,
        false => format!("## In place of the official crates\n\n{section}"),
    }
}

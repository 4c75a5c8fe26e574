//! The documentation of the client: how to create, configure and share it, with an example.

use super::first_call;
use crate::plan::Plan;

/// What a client shares with its clones and with other clients.
const SHARING: &str = "
A clone is cheap and shares connections, credentials and limits with the original: create a client
once, and clone it for each task or thread. Another client has connections of its own, unless the
settings of both have the same `http_client`.";

/// Returns the lines of the documentation, without the slashes.
pub(super) fn client(plan: &Plan) -> Vec<String> {
    let mut text = format!("A client of {}.\n", plan.title);
    if plan.discovery.is_some() {
        text += "
The service requires endpoint discovery: call
[`with_endpoint_discovery_enabled`](Self::with_endpoint_discovery_enabled) on a new client.
";
    }
    // The public paths of an example do not exist if the module is private.
    if plan.module.is_empty() {
        text += "
Its methods return builders of requests. Set the members of a request, then call `send`.
";
        text += &program(plan);
        text += "
# Configuration

[`Client::new`](Self::new) takes an `SdkConfig`, which has the settings that all services share.
`aws-config`, or a crate in its place, loads it from the environment and profiles.
[`Client::from_conf`](Self::from_conf) takes a [`Config`](crate::Config) with the settings of this
service as well; `config::Builder::from(&sdk_config)` adds settings to the shared ones. The method
`customize` of a request changes them for a single call.

# Connections
";
    }
    text += SHARING;
    let lines = text.lines().map(|line| match line {
        "" => String::new(),
        line => format!(" {line}"),
    });
    lines.collect()
}

/// Returns a program that creates a client and calls an operation.
fn program(plan: &Plan) -> String {
    let name = &plan.crate_name;
    let call = first_call(plan);
    let (imports, statements) = (call.imports.join("\n"), call.statements.join("\n"));
    let (identity, provider) = plan.crate_metadata.example_identity();
    format!(
        "
```no_run
# async fn example() -> Result<(), {name}::Error> {{
use {name}::config::{{{identity}}};
use {name}::{{Client, Config}};
{imports}
let config = Config::builder()
    .region(Region::new(\"us-east-1\"))
    {provider}
    .build();
let client = Client::from_conf(config);

{statements}
# Ok(()) }}
```
"
    )
}

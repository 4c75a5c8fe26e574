//! The README of a crate.

use super::template::{README, fill};
use crate::Generated;
use crate::markup::plain;

/// The crate does not depend on tokio, so that the example cannot be a test.
const DISCOVERY: &str = "\
## Endpoint discovery

The service assigns an endpoint to each account, and accepts other requests than the one above only there. A client discovers
its endpoint by one call, and a task discovers it again before it expires:

```rust,ignore
let client = Client::from_conf(config);
let (client, reload) = client.with_endpoint_discovery_enabled().await?;
tokio::spawn(reload.reload_task());
```

";

pub(super) fn readme(name: &str, generated: &Generated) -> String {
    let metadata = &generated.metadata;
    let operations = match metadata.operations {
        1 => "1 operation".to_owned(),
        count => format!("{count} operations"),
    };
    fill(
        README,
        &[
            ("name", name),
            ("title", &plain(&metadata.title)),
            ("api_version", &plain(&metadata.api_version)),
            ("operations", &operations),
            ("crate_name", &name.replace('-', "_")),
            ("method", &metadata.example),
            ("discovery", discovery(generated)),
            ("limitations", &limitations(generated)),
        ],
    )
}

/// Returns the section about endpoint discovery, if the client has it.
fn discovery(generated: &Generated) -> &'static str {
    match generated.files.contains_key("endpoint_discovery.rs") {
        true => DISCOVERY,
        false => "",
    }
}

/// Returns the section about the warnings, if there are any.
fn limitations(generated: &Generated) -> String {
    if generated.warnings.is_empty() {
        return String::new();
    }
    let warnings = generated.warnings.iter();
    let warnings = warnings.map(|warning| format!("- {}\n", plain(&warning.to_string())));
    format!("## Limitations\n\n{}\n", warnings.collect::<String>())
}

//! The README of a crate.

use super::Package;
use super::template::{README, fill};
use crate::markup::plain;
use crate::{FirstCall, Generated};

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

/// The crate does not depend on `aws-config`, so that the example cannot be a test.
const TOKENS: &str = "\
## Tokens

The module `auth_token` creates tokens that take the place of passwords. Its errors are `Box<dyn Error + Send + Sync>`:

```rust,ignore
use {{crate_name}}::auth_token::{AuthTokenGenerator, Config};

let config = aws_config::load_defaults(BehaviorVersion::latest()).await;
let database = Config::builder().hostname(\"db.example.com\").port(5432).username(\"ada\").build()?;
let token = AuthTokenGenerator::new(database).auth_token(&config).await?;
```

";

/// The crate does not depend on tokio, so that the example cannot be a test.
const WAITERS: &str = "\
## Waiters

The trait `client::Waiters` adds {{methods}} to `Client`. A waiter polls until the goal is reached or the maximum time has passed. Its
error says why the goal was not reached:

```rust,ignore
use {{crate_name}}::client::Waiters;

let waiter = client.wait_until_{{first}}();
waiter.wait(std::time::Duration::from_secs(600)).await?;
```

The builder of a waiter has the setters that select what to wait for.

";

const STREAMS: &str = "\
## Streams

A member of type `primitives::ByteStream` is a stream, of any size:

- The stream in an output is read in parts by `try_next`, as a whole by `collect`, or as a tokio reader by `into_async_read`. The
  time limits of the call end when its headers have arrived, and `max_response_size_bytes` does not apply.
- `ByteStream::from_path` sends a file, and `ByteStream::from` bytes in memory. Both are sent again if an attempt fails. A stream
  that can be read only once, such as that of `ByteStream::from_body_1_x`, is sent once.
- A stream of unknown length is sent in chunks. Where the service requires the length, the call fails before anything is sent.
- Unless the model says that content is not signed, or it has a checksum and is sent over HTTPS, a file is read twice, first for
  its signature.
- A transfer fails if no data moves for 6 seconds: the grace period of `stalled_stream_protection`, which is 5 seconds by default,
  and 1 second more. The time in which the program does not read, or in which its own stream has no data, does not count.

";

const CHECKSUMS: &str = "\
## Checksums

- Requests have the CRC-32 of their content, unless the caller chooses another algorithm or sets the checksum: CRC-32, CRC-32C,
  CRC-64/NVME, SHA-1 and SHA-256 are calculated, and checksums by other algorithms can be set.
- Content in memory has its checksum in a header. A stream has it in a trailer, so that it is read only once; its length must be
  known. Over plain HTTP, a file has it in a header too, and is read twice.
- A download is validated while it is read. If its checksum is wrong, the stream ends with an error, after all of its parts. The
  checksum of an object that was uploaded in parts depends on the parts, and is not validated.
- `request_checksum_calculation` and `response_checksum_validation` of `config::Builder` limit this to what the service requires and
  what the call asks for.

";

pub(super) fn readme(package: &Package<'_>, location: &str) -> String {
    let Package {
        folder,
        name,
        generated,
        ..
    } = package;
    let metadata = &generated.metadata;
    let operations = match metadata.operations {
        1 => "1 operation".to_owned(),
        count => format!("{count} operations"),
    };
    let (types, identity) = metadata.example_identity();
    let crate_name = name.replace('-', "_");
    fill(
        README,
        &[
            ("name", name),
            ("path", &format!("{location}{folder}")),
            ("title", &plain(&metadata.title)),
            ("api_version", &plain(&metadata.api_version)),
            ("operations", &operations),
            ("crate_name", &crate_name),
            ("imports", &imports(&generated.first_call)),
            ("call", &lines(&generated.first_call.statements, "    ")),
            ("waiters", &waiters(generated, &crate_name)),
            ("tokens", &tokens(generated, &crate_name)),
            ("streams", streams(generated)),
            ("checksums", checksums(generated)),
            ("discovery", discovery(generated)),
            ("identity_types", &format!("{{{types}}}")),
            ("identity", identity),
            ("limitations", &limitations(generated)),
        ],
    )
}

/// Returns the imports of a call, without the blank line after them.
pub(super) fn imports(call: &FirstCall) -> String {
    let imports = call.imports.iter().filter(|line| !line.is_empty());
    imports.map(|line| format!("{line}\n")).collect()
}

/// Returns lines of code with an indentation. Blank lines have none.
pub(super) fn lines(lines: &[String], indentation: &str) -> String {
    let lines = lines.iter().map(|line| match line.as_str() {
        "" => "\n".to_owned(),
        line => format!("{indentation}{line}\n"),
    });
    lines.collect()
}

/// Returns the section about waiters, if the client has any.
fn waiters(generated: &Generated, crate_name: &str) -> String {
    let files = generated.files.keys();
    let modules = files.filter_map(|path| path.strip_prefix("waiters/")?.strip_suffix(".rs"));
    let modules: Vec<&str> = modules.filter(|module| *module != "mod").collect();
    let Some(first) = modules.first() else {
        return String::new();
    };
    let methods = match modules.len() {
        1 => "a method".to_owned(),
        count => format!("{count} methods, such as the one below,"),
    };
    let values = [
        ("crate_name", crate_name),
        ("first", *first),
        ("methods", methods.as_str()),
    ];
    fill(WAITERS, &values)
}

/// Returns the section about tokens in place of passwords, if the client has any.
fn tokens(generated: &Generated, crate_name: &str) -> String {
    match generated.files.contains_key("auth_token.rs") {
        true => fill(TOKENS, &[("crate_name", crate_name)]),
        false => String::new(),
    }
}

/// Returns the section about streams, if the client has any.
fn streams(generated: &Generated) -> &'static str {
    match generated.metadata.runtime_features.contains(&"streams") {
        true => STREAMS,
        false => "",
    }
}

/// Returns the section about checksums, if the client has any whose algorithm can be chosen.
fn checksums(generated: &Generated) -> &'static str {
    let features = &generated.metadata.runtime_features;
    match features.contains(&"checksums") {
        true => CHECKSUMS,
        false => "",
    }
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

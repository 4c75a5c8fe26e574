//! Broken connections and timeouts.

use std::time::Duration;

use aws_credential_types::provider::future;
use aws_sdk_workspaces::config::timeout::{TimeoutConfig, TimeoutConfigBuilder};
use aws_sdk_workspaces::config::{Builder, StalledStreamProtectionConfig};

use super::settings::Provider;
use super::{Fault, LONG, SHORT, at, send, served, set};
use crate::server::Step;

/// Faults of connections.
pub fn connections() -> Vec<Fault> {
    let half = "HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{\"NextToken\":";
    let chunk = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"a\":\r\nzz\r\n";
    vec![
        set("refused", |config, ports| {
            config.endpoint_url(format!("http://127.0.0.1:{}", ports.get("refused")))
        }),
        set("unknown host", |config, _| {
            config
                // The label is too long, so no name server is asked.
                .endpoint_url(format!("http://{}.invalid", "a".repeat(64)))
                .timeout_config(TimeoutConfig::builder().connect_timeout(LONG).build())
        }),
        set("closed before the request", |config, ports| {
            config.endpoint_url(format!("http://127.0.0.1:{}", ports.get("close")))
        }),
        set("reset before the request", |config, ports| {
            config.endpoint_url(format!("http://127.0.0.1:{}", ports.get("reset")))
        }),
        served("closed after the request", vec![Step::Close]),
        served("reset after the request", vec![Step::Reset]),
        served(
            "closed within the head",
            vec![send("HTTP/1.1 200 OK\r\ncont"), Step::Close],
        ),
        served("closed within the body", vec![send(half), Step::Close]),
        served(
            "reset within the body",
            vec![
                send(half),
                Step::Wait(Duration::from_millis(50)),
                Step::Reset,
            ],
        ),
        served("broken chunk", vec![send(chunk), Step::Wait(LONG)]),
        served(
            "not HTTP",
            vec![send("SSH-2.0-OpenSSH\r\n\r\n"), Step::Close],
        ),
        served("HTTP/0.9", vec![send("{}"), Step::Close]),
        served(
            "broken header",
            vec![send("HTTP/1.1 200 OK\r\na b\r\n\r\n"), Step::Close],
        ),
        served(
            "broken length",
            vec![
                send("HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n{}"),
                Step::Close,
            ],
        ),
        set("TLS: closed", |config, ports| {
            config.endpoint_url(format!("https://127.0.0.1:{}", ports.get("close")))
        }),
        set("TLS: reset", |config, ports| {
            config.endpoint_url(format!("https://127.0.0.1:{}", ports.get("reset")))
        }),
        set("TLS: garbage", |config, ports| {
            config.endpoint_url(format!("https://127.0.0.1:{}", ports.get("garbage")))
        }),
        set("TLS: alert", |config, ports| {
            config.endpoint_url(format!("https://127.0.0.1:{}", ports.get("alert")))
        }),
    ]
}

/// Every timeout.
pub fn timeouts() -> Vec<Fault> {
    fn with(config: Builder, limit: fn(TimeoutConfigBuilder) -> TimeoutConfigBuilder) -> Builder {
        config.timeout_config(limit(TimeoutConfig::builder()).build())
    }
    let stalls = vec![
        send("HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{"),
        Step::Wait(LONG),
    ];
    vec![
        at(
            "connect timeout",
            |config, ports| {
                let url = format!("https://127.0.0.1:{}", ports.get("silent"));
                with(config, |limits| limits.connect_timeout(SHORT)).endpoint_url(url)
            },
            Vec::new(),
        ),
        at(
            "read timeout",
            |config, _| with(config, |limits| limits.read_timeout(SHORT)),
            vec![Step::Wait(LONG)],
        ),
        at(
            "attempt timeout",
            |config, _| with(config, |limits| limits.operation_attempt_timeout(SHORT)),
            vec![Step::Wait(LONG)],
        ),
        at(
            "operation timeout",
            |config, _| with(config, |limits| limits.operation_timeout(SHORT)),
            vec![Step::Wait(LONG)],
        ),
        at(
            "attempt timeout within the body",
            |config, _| with(config, |limits| limits.operation_attempt_timeout(SHORT)),
            stalls.clone(),
        ),
        at(
            "read timeout within the body",
            |config, _| {
                with(config, |limits| {
                    limits.read_timeout(4 * SHORT).operation_timeout(8 * SHORT)
                })
            },
            stalls.clone(),
        ),
        at(
            "stalled body",
            |config, _| {
                config
                    .stalled_stream_protection(
                        StalledStreamProtectionConfig::enabled()
                            .grace_period(Duration::from_secs(1))
                            .build(),
                    )
                    .timeout_config(
                        TimeoutConfig::builder()
                            .operation_timeout(Duration::from_secs(20))
                            .build(),
                    )
            },
            stalls,
        ),
        at(
            "operation timeout of a provider",
            |config, _| {
                with(config, |limits| limits.operation_timeout(SHORT)).credentials_provider(
                    Provider(|| future::ProvideCredentials::new(std::future::pending())),
                )
            },
            Vec::new(),
        ),
    ]
}

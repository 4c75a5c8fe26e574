//! The faults: what a server sends, settings that cannot work, and environment variables.

use std::sync::Arc;
use std::time::Duration;

use aws_sdk_workspaces::config::Builder;

use crate::server::{self, Requests, Step};

mod connections;
mod responses;
mod settings;

/// A fault.
#[derive(Clone)]
pub struct Fault {
    pub name: &'static str,
    /// What the server does after each request.
    steps: Vec<Step>,
    /// The settings in addition to those of the call.
    pub settings: fn(Builder, &Ports) -> Builder,
    /// Whether the configuration has credentials before `settings`. The official crate cannot remove them.
    pub has_credentials: bool,
    /// The environment variables. The names of [`Ports`] in braces stand for their numbers.
    pub environment: &'static [(&'static str, &'static str)],
}

/// The ports of the servers.
#[derive(Clone)]
pub struct Ports(Arc<[(String, u16)]>);

impl Ports {
    /// Starts the servers.
    pub async fn open(faults: &[Fault], requests: &Requests) -> Self {
        let steps: Vec<_> = faults.iter().map(|fault| fault.steps.clone()).collect();
        let http = server::start(requests.clone(), true, move |path| {
            let number = path
                .split('/')
                .next()
                .and_then(|number| number.parse().ok());
            let number: usize = number.unwrap_or_default();
            steps[number].clone()
        });
        let before_request =
            |steps: Vec<Step>| server::start(requests.clone(), false, move |_| steps.clone());
        let refused = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let refused = refused
            .and_then(|it| it.local_addr())
            .expect("a port")
            .port();
        let alert = vec![0x15, 3, 3, 0, 2, 2, 40];
        let proxy = |text: &str| {
            let text = text.as_bytes().to_vec();
            server::start(requests.clone(), true, move |_| {
                vec![Step::Send(text.clone()), Step::Close]
            })
        };
        let ports = [
            ("http", http.await),
            ("refused", refused),
            (
                "close",
                before_request(vec![Step::Wait(SHORT / 3), Step::Close]).await,
            ),
            ("reset", before_request(vec![Step::Reset]).await),
            ("silent", before_request(vec![Step::Wait(LONG)]).await),
            (
                "garbage",
                before_request(vec![
                    Step::Send(b"SSH-2.0-OpenSSH\r\n".to_vec()),
                    Step::Wait(LONG),
                ])
                .await,
            ),
            (
                "alert",
                before_request(vec![Step::Send(alert), Step::Close]).await,
            ),
            (
                "proxy-407",
                proxy("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n")
                    .await,
            ),
            (
                "proxy-502",
                proxy("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n").await,
            ),
        ];
        Self(
            ports
                .into_iter()
                .map(|(name, port)| (name.to_owned(), port))
                .collect(),
        )
    }

    /// The ports of servers that another process started.
    pub fn from_arguments(arguments: impl Iterator<Item = String>) -> Self {
        let port = |argument: String| {
            let (name, port) = argument.split_once('=')?;
            Some((name.to_owned(), port.parse().ok()?))
        };
        Self(arguments.filter_map(port).collect())
    }

    pub fn to_arguments(&self) -> Vec<String> {
        let ports = self.0.iter();
        ports.map(|(name, port)| format!("{name}={port}")).collect()
    }

    pub fn get(&self, name: &str) -> u16 {
        let mut ports = self.0.iter();
        ports
            .find(|(known, _)| known == name)
            .expect("a known port")
            .1
    }

    /// Replaces names in braces by their ports.
    pub fn fill_in(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (name, port) in self.0.iter() {
            text = text.replace(&format!("{{{name}}}"), &port.to_string());
        }
        text
    }
}

/// A time that no call waits for.
const LONG: Duration = Duration::from_secs(300);

/// A time after which calls do not wait any more.
const SHORT: Duration = Duration::from_millis(300);

pub fn faults() -> Vec<Fault> {
    [
        responses::responses(),
        connections::connections(),
        connections::timeouts(),
        settings::settings(),
        settings::credentials(),
        settings::http_clients(),
        settings::environments(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn served(name: &'static str, steps: Vec<Step>) -> Fault {
    Fault {
        name,
        steps,
        settings: |config, _| config,
        has_credentials: true,
        environment: &[],
    }
}

fn set(name: &'static str, settings: fn(Builder, &Ports) -> Builder) -> Fault {
    Fault {
        settings,
        ..served(name, response("200 OK", &[], "{}"))
    }
}

fn at(name: &'static str, settings: fn(Builder, &Ports) -> Builder, steps: Vec<Step>) -> Fault {
    Fault {
        settings,
        ..served(name, steps)
    }
}

fn env(name: &'static str, environment: &'static [(&'static str, &'static str)]) -> Fault {
    Fault {
        environment,
        ..served(name, response("200 OK", &[], "{}"))
    }
}

fn send(text: impl Into<Vec<u8>>) -> Step {
    Step::Send(text.into())
}

fn response(status: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Vec<Step> {
    let body = body.as_ref();
    let mut head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    vec![Step::Send([head.as_bytes(), b"\r\n", body].concat())]
}

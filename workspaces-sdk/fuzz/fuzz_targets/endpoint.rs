//! Resolves endpoints for any Region, endpoint URL and switches, and signs a request to the endpoint.
//!
//! A call either sends a request to a URL with a host, or fails before it is sent. Nothing panics, and neither an error nor
//! `Debug` output contains the password of an endpoint URL.
//!
//! The input consists of a byte of switches and three lines: the Region, the endpoint URL, and the name of the app. The text
//! `PASSWORD` in the URL stands for a password.

#![no_main]

use std::sync::{Arc, Mutex};

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use libfuzzer_sys::fuzz_target;
use tokio::runtime::{Builder, Runtime};
use workspaces_sdk::config::retry::RetryConfig;
use workspaces_sdk::config::{AppName, Credentials, Region};
use workspaces_sdk::error::{DisplayErrorContext, SdkError};
use workspaces_sdk::{Client, Config};

const PASSWORD: &str = "PASSWORD";

thread_local!(static RUNTIME: Runtime = Builder::new_current_thread().enable_time().build().expect("a runtime"));

/// An HTTP client that stores the URL of the request.
#[derive(Clone, Debug, Default)]
struct Urls(Arc<Mutex<Option<String>>>);

impl HttpConnector for Urls {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let signed = request.headers().get("authorization");
        assert!(signed.is_some_and(|value| value.contains("Signature=")));
        *self.0.lock().expect("no panic") = Some(request.uri().to_owned());
        let status = 200.try_into().expect("a status");
        HttpConnectorFuture::ready(Ok(HttpResponse::new(status, SdkBody::empty())))
    }
}

fuzz_target!(|data: &[u8]| {
    let Some((&switches, text)) = data.split_first() else {
        return;
    };
    let Ok(text) = str::from_utf8(text) else {
        return;
    };
    let mut lines = text.splitn(3, '\n');
    let mut line = || lines.next().unwrap_or_default().to_owned();
    let (region, url, app) = (line(), line(), line());
    let is_set = |bit: u8| switches & (1 << bit) != 0;

    let urls = Urls::default();
    let connector = SharedHttpConnector::new(urls.clone());
    let mut config = Config::builder()
        .credentials_provider(Credentials::new("AKID", "SECRET", None, None, "fuzz"))
        .retry_config(RetryConfig::disabled())
        .http_client(http_client_fn(move |_, _| connector.clone()));
    config
        .set_region(is_set(0).then(|| Region::new(region.clone())))
        .set_endpoint_url(is_set(1).then(|| url.clone()))
        .set_use_fips(Some(is_set(2)))
        .set_use_dual_stack(Some(is_set(3)))
        .set_app_name(AppName::new(app).ok());
    let config = config.build();
    let debug = format!("{config:?}");
    let call = Client::from_conf(config).describe_workspaces().send();
    let outcome = RUNTIME.with(|runtime| runtime.block_on(call));
    let sent = urls.0.lock().expect("no panic").take();
    match outcome {
        Ok(_) => {
            let sent = sent.expect("a request");
            let parsed: http::Uri = sent.parse().expect("a URL");
            let authority = parsed.authority().expect("an authority");
            assert!(
                !authority.host().is_empty() && !authority.as_str().contains('@'),
                "{sent}"
            );
            assert!(
                matches!(parsed.scheme_str(), Some("http" | "https")),
                "{sent}"
            );
            assert!(
                parsed.query().is_none() && parsed.path().ends_with('/'),
                "{sent}"
            );
            assert!(is_set(0), "a request without a Region");
        }
        Err(error) => {
            assert!(
                matches!(
                    error,
                    SdkError::ConstructionFailure(_) | SdkError::DispatchFailure(_)
                ),
                "{error:?}"
            );
            assert!(sent.is_none(), "an error after a request");
            let shown = format!("{error:?} {} {debug}", DisplayErrorContext(&error));
            // The password is secret where it is one, and nothing else is equal to it.
            let is_secret = is_set(1)
                && text.matches(PASSWORD).count() == 1
                && url
                    .split_once(PASSWORD)
                    .is_some_and(|(before, after)| before.ends_with(':') && after.starts_with('@'));
            assert!(!is_secret || !shown.contains(PASSWORD), "{shown}");
        }
    }
});

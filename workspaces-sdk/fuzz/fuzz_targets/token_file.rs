//! Loads and refreshes a token of IAM Identity Center, or a login with its key, from any file.
//!
//! Nothing panics, and the `Debug` output of the result has no part of the new tokens. A file that was refreshed is read again, with the
//! same result and without a request for another token.
//!
//! The input is a byte for the kind of file, and the file.

#![no_main]

use std::collections::HashMap;
use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, UNIX_EPOCH};

use aws_credential_types::Credentials;
use aws_credential_types::provider::ProvideCredentials;
use aws_smithy_async::time::StaticTimeSource;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_types::os_shim_internal::{Env, Fs};
use aws_types::region::Region;
use lean_aws_config::BehaviorVersion;
use libfuzzer_sys::fuzz_target;

/// The config file, the file of the login, and the path of the request that refreshes it.
type Kind = (&'static str, &'static str, &'static str);

const KINDS: [Kind; 2] = [
    (
        "[default]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = reader\n[sso-session corp]\n\
         sso_region = us-east-1\nsso_start_url = https://corp.awsapps.com/start\n",
        "/home/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json",
        "/token",
    ),
    (
        "[default]\nlogin_session = arn:aws:iam::111122223333:user/ada\n",
        "/home/.aws/login/cache/8a94dcaf071ee6a78db9a6b90e40b539573c9c8ef33a82541e6d9d2ceda11e00.json",
        "/v1/token",
    ),
];

fuzz_target!(|data: &[u8]| {
    let Some((kind, file)) = data.split_first() else {
        return;
    };
    let kind = KINDS[usize::from(*kind) % KINDS.len()];
    let files = HashMap::from([
        ("/home/.aws/config".into(), kind.0.as_bytes().to_vec()),
        (kind.1.into(), file.to_vec()),
    ]);
    let fs = Fs::from_raw_map(files);
    let (first, requests) = load(&fs);
    if !requests.iter().any(|path| path == kind.2) || first.is_none() {
        return;
    }
    let stored = wait(fs.read_to_end(kind.1)).expect("a file");
    assert_ne!(stored, file);
    let (second, requests) = load(&fs);
    assert_eq!(second, first);
    assert!(!requests.iter().any(|path| path == kind.2), "{requests:?}");
});

/// Loads credentials, and returns the paths of the requests.
fn load(fs: &Fs) -> (Option<Credentials>, Vec<String>) {
    let client = Service::default();
    let config = lean_aws_config::defaults(BehaviorVersion::latest())
        .env(Env::from_slice(&[("HOME", "/home")]))
        .fs(fs.clone())
        .http_client(client.clone())
        // 2030-01-01T00:00:00Z
        .time_source(StaticTimeSource::new(
            UNIX_EPOCH + Duration::from_secs(1_893_456_000),
        ))
        .region(Region::from_static("us-east-1"));
    let config = wait(config.load());
    let provider = config.credentials_provider().expect("the default chain");
    let result = wait(provider.provide_credentials());
    let debug = format!("{provider:?} {result:?}");
    assert!(!debug.contains("HIDDEN"), "{debug}");
    let requests = client.0.lock().expect("no panic").clone();
    (result.ok(), requests)
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result,
        Poll::Pending => unreachable!("it waits for nothing"),
    }
}

/// The services, which record the paths of requests.
#[derive(Clone, Debug, Default)]
struct Service(Arc<Mutex<Vec<String>>>);

impl HttpClient for Service {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Service {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let uri: http::Uri = request.uri().parse().expect("a URL");
        let body = match uri.path() {
            "/token" => r#"{"accessToken": "HIDDEN", "expiresIn": 3600, "refreshToken": "HIDDEN"}"#,
            "/v1/token" => {
                r#"{"accessToken": {"accessKeyId": "ID", "secretAccessKey": "HIDDEN", "sessionToken": "HIDDEN"},
                "tokenType": "aws_sigv4", "expiresIn": 3600, "refreshToken": "HIDDEN"}"#
            }
            _ => {
                r#"{"roleCredentials": {"accessKeyId": "ID", "secretAccessKey": "HIDDEN", "sessionToken": "HIDDEN",
                "expiration": 2051319845000}}"#
            }
        };
        let mut requests = self.0.lock().expect("no panic");
        requests.push(uri.path().to_owned());
        let status = 200.try_into().expect("a status");
        let response = HttpResponse::new(status, SdkBody::from(body));
        HttpConnectorFuture::ready(Ok(response))
    }
}

//! The endpoints of the operations in the fixture `endpoint_context`.

use std::collections::HashMap;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task;
use std::time::Duration;

use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use lean_aws_runtime::codegen::{Endpoint, Operation, Params, Service};

use crate::Client;
use crate::config::{Builder, Config, Credentials, Region};
use crate::operation::get::GetInput;
use crate::operation::get_many::GetManyInput;
use crate::operation::list::ListInput;
use crate::operation::put::PutInput;
use crate::operation::put_many::PutManyInput;
use crate::service::ThisService;
use crate::types::{Change, Drop, Target};

const ARN: &str = "arn:aws:fixture:eu-west-1:123456789012:thing/a";

#[track_caller]
fn goes_to(input: &impl Operation, expected: &str) {
    resolves_to(input, Endpoint::new(expected));
}

#[track_caller]
fn resolves_to(input: &impl Operation, expected: Endpoint) {
    let context = input.endpoint_context();
    let params = Params {
        region: Some("us-east-1"),
        account_id_endpoint_mode: Some("preferred"),
        context: &context,
        ..Params::default()
    };
    let endpoint = (ThisService::METADATA.endpoint)(&params);
    assert_eq!(endpoint, Ok(expected));
}

#[test]
fn the_endpoint_depends_on_the_operation_and_its_input() {
    let get = GetInput::builder().name("a");
    goes_to(
        &get.clone().build().unwrap(),
        "https://data.us-east-1.example.com",
    );
    let fast = Endpoint::new("https://fast.us-east-1.example.com")
        .signing_region("eu-west-2")
        .single_encoding()
        .header("x-fixture-plane", "data");
    resolves_to(&get.fast(true).build().unwrap(), fast);
    let control = "https://control.fixture.us-east-1.example.com";
    goes_to(&PutInput::builder().build().unwrap(), control);

    let many = "https://many.eu-west-1.example.com";
    let items = HashMap::from([(ARN.to_owned(), "x".to_owned())]);
    goes_to(
        &GetManyInput::builder()
            .set_items(Some(items))
            .build()
            .unwrap(),
        many,
    );
    goes_to(&ListInput::builder().names(ARN).build().unwrap(), many);
    goes_to(&ListInput::builder().build().unwrap(), control);
    let put = Change::builder().put(Target::builder().arn(ARN).build().unwrap());
    goes_to(
        &PutManyInput::builder().items(put.build()).build().unwrap(),
        many,
    );
    let drop = Change::builder().drop(Drop::builder().arn(ARN).build());
    goes_to(
        &PutManyInput::builder().items(drop.build()).build().unwrap(),
        many,
    );
}

#[test]
fn the_endpoint_depends_on_the_account_in_the_configuration() {
    assert!(ThisService::METADATA.needs_account_id);
    let context = PutInput::builder().build().unwrap().endpoint_context();
    let params = Params {
        region: Some("us-east-1"),
        account_id: Some("123456789012"),
        account_id_endpoint_mode: Some("required"),
        context: &context,
        ..Params::default()
    };
    let endpoint = (ThisService::METADATA.endpoint)(&params);
    let expected = "https://123456789012.fixture.us-east-1.example.com";
    assert_eq!(endpoint, Ok(Endpoint::new(expected)));
}

/// Records each request and returns an empty response, without a connection.
#[derive(Clone, Debug, Default)]
struct Wire(Arc<Mutex<Vec<HttpRequest>>>);

impl HttpConnector for Wire {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        self.0.lock().unwrap().push(request);
        HttpConnectorFuture::ready(Ok(HttpResponse::new(
            200.try_into().unwrap(),
            SdkBody::from("{}"),
        )))
    }
}

/// A sleep that never ends.
#[derive(Debug)]
struct NoSleep;

impl AsyncSleep for NoSleep {
    fn sleep(&self, _: Duration) -> Sleep {
        Sleep::new(std::future::pending())
    }
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = task::Context::from_waker(task::Waker::noop());
    loop {
        if let task::Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}

fn settings(wire: &Wire) -> Builder {
    let connector = SharedHttpConnector::new(wire.clone());
    Config::builder()
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "test"))
        .sleep_impl(NoSleep)
        .http_client(http_client_fn(move |_, _| connector.clone()))
}

/// A setting is a parameter of the rules, unless the operation sets the same one. It can be changed for a call.
#[test]
fn the_endpoint_depends_on_settings_of_the_service() {
    let wire = Wire::default();
    let client = Client::from_conf(settings(&wire).plane("other").build());
    wait(client.put().send()).unwrap();
    wait(client.get().name("a").send()).unwrap();
    let overridden = Config::builder().plane("third");
    wait(client.put().customize().config_override(overridden).send()).unwrap();
    let mut cleared = settings(&wire).plane("other");
    cleared.set_plane(None);
    let cleared = Client::from_conf(cleared.build());
    wait(cleared.put().send()).unwrap();
    let requests = wire.0.lock().unwrap();
    let urls: Vec<&str> = requests.iter().map(|request| request.uri()).collect();
    assert_eq!(
        urls,
        [
            "https://other.fixture.us-east-1.example.com/",
            "https://data.us-east-1.example.com/",
            "https://third.fixture.us-east-1.example.com/",
            "https://control.fixture.us-east-1.example.com/",
        ]
    );
}

#[test]
fn requests_have_the_headers_of_the_endpoint() {
    let wire = Wire::default();
    let client = Client::from_conf(settings(&wire).build());
    wait(client.get().name("a").fast(true).send()).unwrap();
    let requests = wire.0.lock().unwrap();
    let headers = requests[0].headers();
    assert_eq!(headers.get("x-fixture-plane"), Some("data"));
    let authorization = headers.get("authorization").unwrap();
    assert!(authorization.contains("/eu-west-2/fixture/aws4_request, "), "{authorization}");
    assert!(authorization.contains(";x-fixture-plane,"), "{authorization}");
}

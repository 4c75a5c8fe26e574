//! What the types of a crate print, decode and send. The expected strings are those of the official crates.

use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;

use crate::Client;
use crate::config::{Config, Credentials, Region};
use crate::error::BuildError;
use crate::operation::put::PutOutput;
use crate::types::error::Failure;
use crate::types::{Choice, Item, State};

/// The name of the crate.
const NAME: &str = "PROTOCOL";

/// Returns the same response for every request, and keeps the last body.
#[derive(Clone, Debug)]
struct Service(&'static str, Arc<Mutex<String>>);

impl HttpConnector for Service {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let body = request.body().bytes().unwrap_or_default();
        *self.1.lock().unwrap() = String::from_utf8(body.to_vec()).unwrap();
        let status = 200.try_into().unwrap();
        HttpConnectorFuture::ready(Ok(HttpResponse::new(status, SdkBody::from(self.0))))
    }
}

/// Sleeps forever, so that no timeout passes.
#[derive(Debug)]
struct NoTime;

impl AsyncSleep for NoTime {
    fn sleep(&self, _: Duration) -> Sleep {
        Sleep::new(std::future::pending())
    }
}

fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("nothing is waited for"),
    }
}

/// Sends an item and returns the body of the request with the output, or with the error and its causes.
fn put(item: Option<Item>, response: &'static str) -> (String, Result<PutOutput, String>) {
    let body = Arc::default();
    let connector = SharedHttpConnector::new(Service(response, Arc::clone(&body)));
    let config = Config::builder()
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("AKID", "SECRET", None, None, "test"))
        .endpoint_url("https://example.com")
        .sleep_impl(NoTime)
        .http_client(http_client_fn(move |_, _| connector.clone()));
    let client = Client::from_conf(config.build());
    let output = ready(client.put().set_item(item).send());
    let output = output.map_err(|error| crate::error::DisplayErrorContext(error).to_string());
    let body = body.lock().unwrap().clone();
    (body, output)
}

fn item() -> Item {
    Item::builder().key("k").r#type("t").required(0).build().unwrap()
}

#[test]
fn members_that_are_not_set_have_their_defaults() {
    let item = item();
    let numbers: [i32; 4] = [item.count, item.required, item.added, item.days];
    assert_eq!(numbers, [0, 0, 0, 30]);
    assert_eq!((item.learn(), item.ratio()), (true, 0.5));
    assert_eq!((item.text(), item.claim()), ("", "sub"));
    assert_eq!((item.state(), item.names()), (&State::Ready, [].as_slice()));
    let options: [Option<i32>; 2] = [item.free, item.open];
    assert_eq!((options, item.since), ([None; 2], None));
    let output = PutOutput::builder().build();
    assert_eq!((output.status(), output.port()), (&State::Ready, 3128));
}

#[test]
fn missing_members_are_errors() {
    let texts = |built: Result<Item, BuildError>| built.unwrap_err().to_string();
    assert_eq!(
        [
            texts(Item::builder().r#type("t").build()),
            texts(Item::builder().key("k").build()),
        ],
        [
            "key was missing: key was not specified but it is required when building Item",
            "r#type was missing: r#type was not specified but it is required when building Item",
        ]
    );
}

#[test]
fn required_messages_are_plain() {
    let failure = Failure::builder().message("m").build().unwrap();
    let message: &String = &failure.message;
    assert_eq!((message.as_str(), failure.message()), ("m", "m"));
    assert_eq!(failure.to_string(), "Failure: m");
    assert!(Failure::builder().build().is_err());
}

/// Numbers and booleans are not sent if they are the default, unless they are required or once had no default.
#[test]
fn defaults_are_sent_or_not() {
    let plain = r#""Key":"k","Type":"t","Required":0,"Added":0,"Ratio":0.5,"Text":"","Claim":"sub","State":"READY","Names":[]"#;
    let set = r#""Key":"k","Type":"t","Count":1,"Required":0,"Added":0,"Days":0,"Learn":false,"Ratio":0.5,"Text":"","Claim":"sub","State":"READY","Names":[]"#;
    let changed = Item::builder().key("k").r#type("t").count(1).days(0).learn(false);
    for (item, expected) in [(item(), plain), (changed.build().unwrap(), set)] {
        let (body, _) = put(Some(item), "");
        match NAME {
            "types_rest_xml" => {
                let names = |text: &str, before: &str, after: &str| -> Vec<String> {
                    let parts = text.split(before).skip(1);
                    let names = parts.filter_map(|part| Some(part.split_once(after)?.0.to_owned()));
                    names.filter(|name| !name.starts_with('/') && !name.contains(' ')).collect()
                };
                let mut sent = names(&body, "<", ">");
                sent.retain(|name| name != "Item");
                let expected = format!(",{expected}");
                assert_eq!(sent, names(&expected, ",\"", "\""), "{body}");
            }
            _ => assert_eq!(body, format!(r#"{{"Item":{{{expected}}}}}"#)),
        }
    }
}

#[test]
fn responses_without_members_have_the_defaults() {
    let (response, set) = match NAME {
        "types_rest_xml" => (
            "<PutResponse><Item><Days>4</Days></Item></PutResponse>",
            "<PutResponse><Port>0</Port><Status>ON_HOLD</Status></PutResponse>",
        ),
        _ => (r#"{"Item":{"Days":4,"Learn":null}}"#, r#"{"Port":0,"Status":"ON_HOLD"}"#),
    };
    let output = put(None, response).1.unwrap();
    let mut expected = item();
    (expected.key, expected.r#type, expected.days) = (String::new(), String::new(), 4);
    assert_eq!(output.item(), Some(&expected));
    assert_eq!((output.status(), output.port()), (&State::Ready, 3128));
    let output = put(None, set).1.unwrap();
    assert_eq!((output.status(), output.port()), (&State::OnHold, 0));
}

#[test]
fn debug_redacts_sensitive_values_only() {
    let printed = [
        format!("{:?}", Choice::Word("w".to_owned())),
        format!("{:?}", Choice::Number(1)),
        format!("{:?}", State::from("NEW")),
        format!("{:?}", PutOutput::builder().code("c").build()),
        format!("{:?}", PutOutput::builder().code("c")),
    ];
    assert_eq!(
        printed,
        [
            "*** Sensitive Data Redacted ***",
            "Number(1)",
            r#"Unknown(UnknownVariantValue("NEW"))"#,
            r#"PutOutput { item: None, status: Ready, port: 3128, code: "*** Sensitive Data Redacted ***", _request_id: None }"#,
            r#"PutOutputBuilder { item: None, status: None, port: None, code: "*** Sensitive Data Redacted ***" }"#,
        ]
    );
}

// XML has no null.
#[test]
fn null_is_an_element_of_a_sparse_list_only() {
    let output = put(None, r#"{"Item":{"Sparse":["a",null]}}"#).1.unwrap();
    let sparse = output.item().unwrap().sparse().to_vec();
    assert_eq!(sparse, [Some("a".to_owned()), None]);
    let error = put(None, r#"{"Item":{"Names":["a",null]}}"#).1.unwrap_err();
    let expected = "expected a string, found null, at byte 22 in Item.Names[1]";
    assert!(error.contains(expected), "{error}");
}

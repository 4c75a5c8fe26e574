//! ec2Query, as far as it differs from awsQuery.

use super::*;
use crate::codec::form::Encode;
use crate::codec::xml::{Decode, DecodeError};
use crate::protocol::query::{Ec2Query, not_wrapped, output};
use crate::protocol::{DeserializeOperationError, Messages, Protocol};

/// A structure whose members have other names in forms than in XML.
#[derive(Clone, Debug, Default, PartialEq)]
struct Instance {
    id: Option<String>,
    groups: Option<Vec<String>>,
    flat: Option<Vec<i32>>,
    nested: Option<Vec<Vec<i32>>>,
    parts: Option<Vec<Instance>>,
    state: Option<State>,
}

members! {
    encode decode Instance(Self) {
        "instanceId" / "InstanceId" => id;
        "groupSet" / "SecurityGroup" | "groups" => groups;
        "flat" / "Flat" => flat: list("member").flat();
        "nested" / "Nested" => nested;
        "parts" / "Parts" => parts;
        "state" / "State" => state;
    }
}

/// A union whose members have other names in forms, too.
#[derive(Clone, Debug, PartialEq)]
enum State {
    Code(i32),
    Unknown,
}

choices! {
    encode decode State {
        "code" / "Code" => Code;
    }
}

struct NoError;

impl<P> DeserializeOperationError<P> for NoError {
    fn deserialize_operation_error(
        _: crate::error::ErrorMetadata,
        _: &mut HttpResponse,
    ) -> Result<Self, crate::error::BoxError> {
        Ok(Self)
    }
}

fn body<I: Encode>(input: I) -> String {
    let request =
        <Ec2Query as Messages<I, Instance, NoError>>::serialize(input, "Operate", &SERVICE)
            .unwrap();
    let body = request.body.for_attempt().unwrap();
    String::from_utf8(body.bytes().unwrap().to_vec()).unwrap()
}

fn decode<O: Decode>(body: &str) -> Result<O, DecodeError> {
    output(body.as_bytes(), "Operate", not_wrapped)
}

#[test]
fn lists_in_forms_are_flat() {
    let text = |text: &str| text.to_owned();
    let instance = Instance {
        id: Some(text("i-1")),
        groups: Some(vec![text("a"), text("b")]),
        flat: Some(vec![1, 2]),
        nested: Some(vec![vec![3, 4], vec![], vec![5]]),
        parts: Some(vec![Instance {
            groups: Some(vec![text("c")]),
            ..Instance::default()
        }]),
        state: Some(State::Code(16)),
    };
    assert_eq!(
        body(instance),
        "Action=Operate&Version=2020-01-08&InstanceId=i-1&SecurityGroup.1=a&SecurityGroup.2=b&Flat.1=1&Flat.2=2\
         &Nested.1.1=3&Nested.1.2=4&Nested.3.1=5&Parts.1.SecurityGroup.1=c&State.Code=16"
    );
    let empty = Instance {
        groups: Some(vec![]),
        flat: Some(vec![]),
        ..Instance::default()
    };
    assert_eq!(body(empty), "Action=Operate&Version=2020-01-08");
}

#[test]
fn members_of_outputs_are_in_the_root_element() {
    let instance = Instance {
        id: Some("i-1".to_owned()),
        groups: Some(vec!["a".to_owned()]),
        flat: Some(vec![1, 2]),
        nested: Some(vec![vec![3], vec![]]),
        parts: None,
        state: Some(State::Code(16)),
    };
    let body = "<OperateResponse xmlns='x'><requestId>id</requestId><instanceId>i-1</instanceId><InstanceId>no</InstanceId>\
        <groupSet><item>a</item></groupSet><flat>1</flat><flat>2</flat>\
        <nested><item><item>3</item></item><item/></nested><state><code>16</code></state></OperateResponse>";
    assert_eq!(decode(body), Ok(instance));
    for body in ["", " \n", "<OperateResponse/>"] {
        assert_eq!(decode(body), Ok(Instance::default()), "{body:?}");
    }
    for body in [
        "<OtherResponse/>",
        "<OperateResponse>",
        "<OperateResponse/><a/>",
        "<OperateResult/>",
        "{}",
    ] {
        assert!(decode::<Instance>(body).is_err(), "{body:?}");
    }
}

#[test]
fn the_request_id_is_in_the_body_if_no_header_has_it() {
    let body = |text: &'static str| HttpResponse::new(200.try_into().unwrap(), SdkBody::from(text));
    for (text, expected) in [
        (
            "<OperateResponse><a><requestId>no</requestId></a><requestId> id </requestId></OperateResponse>",
            Some("id"),
        ),
        (
            "<OperateResponse><requestId>id</requestId><broken",
            Some("id"),
        ),
        ("<OperateResponse><requestId/></OperateResponse>", None),
        ("no XML", None),
    ] {
        let mut response = body(text);
        assert_eq!(Ec2Query::request_id(&response).as_deref(), expected);
        response.headers_mut().insert("x-amzn-requestid", "header");
        assert_eq!(Ec2Query::request_id(&response).as_deref(), Some("header"));
    }
}

#[test]
fn errors_are_in_a_response_element() {
    let body = "<Response><Errors><Error><Code>InvalidInstanceID.NotFound</Code><Message>no i-1</Message></Error></Errors>\
        <RequestID>id</RequestID></Response>";
    let response = HttpResponse::new(400.try_into().unwrap(), SdkBody::from(body));
    let meta = Ec2Query::error_metadata(&response, &SERVICE);
    assert_eq!(meta.code(), Some("InvalidInstanceID.NotFound"));
    assert_eq!(meta.message(), Some("no i-1"));
    assert_eq!(meta.extra("aws_request_id"), Some("id"));
}

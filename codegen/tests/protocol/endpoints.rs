//! The endpoints of the operations in the fixture `endpoint_context`.

use std::collections::HashMap;

use lean_aws_runtime::codegen::{Endpoint, Operation, Params, Service};

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
    let context = input.endpoint_context();
    let params = Params {
        region: Some("us-east-1"),
        account_id_endpoint_mode: Some("preferred"),
        context: &context,
        ..Params::default()
    };
    let endpoint = (ThisService::METADATA.endpoint)(&params);
    assert_eq!(endpoint, Ok(Endpoint::new(expected)));
}

#[test]
fn the_endpoint_depends_on_the_operation_and_its_input() {
    let get = GetInput::builder().name("a");
    goes_to(
        &get.clone().build().unwrap(),
        "https://data.us-east-1.example.com",
    );
    goes_to(
        &get.fast(true).build().unwrap(),
        "https://fast.us-east-1.example.com",
    );
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

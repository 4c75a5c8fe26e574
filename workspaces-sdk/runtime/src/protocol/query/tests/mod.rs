//! Tests of the query protocols, with types as the generator declares them.

mod ec2;
mod errors;
mod requests;
mod responses;

use std::collections::HashMap;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::{Blob, DateTime};

use crate::codegen::query::{choices, list, map, members, string_enum};
use crate::endpoint::{Endpoint, EndpointError, Params};
use crate::service_metadata::ServiceMetadata;

crate::__unknown_variant_error!(UnknownVariantError);

string_enum! {
    /// An enum.
    Color {
        /// Red.
        Red = "red",
    }
}

/// A structure with a member of each kind.
#[derive(Clone, Debug, Default, PartialEq)]
struct Sample {
    name: Option<String>,
    flag: Option<bool>,
    byte: Option<i8>,
    long: Option<i64>,
    float: Option<f32>,
    double: Option<f64>,
    blob: Option<Blob>,
    color: Option<Color>,
    at: Option<DateTime>,
    epoch: Option<DateTime>,
    http_date: Option<DateTime>,
    names: Option<Vec<String>>,
    items: Option<Vec<String>>,
    flat: Option<Vec<i32>>,
    nested: Option<Vec<Vec<String>>>,
    dates: Option<Vec<DateTime>>,
    map: Option<HashMap<String, String>>,
    colors: Option<HashMap<Color, Color>>,
    flat_map: Option<HashMap<String, String>>,
    lists: Option<HashMap<String, Vec<String>>>,
    tags: Option<Vec<Tag>>,
    inner: Option<Box<Sample>>,
    choice: Option<Choice>,
}

members! {
    encode decode Sample(Self) {
        "Name" | "name" => name;
        "Flag" => flag;
        "Byte" => byte;
        "Long" => long;
        "Float" => float;
        "Double" => double;
        "Blob" => blob;
        "Color" => color;
        "At" => at;
        "Epoch" => epoch as EpochSeconds;
        "HttpDate" => http_date as HttpDate;
        "Names" => names;
        "Items" => items: list("Item");
        "Flat" => flat: list("member").flat();
        "Nested" => nested: list("a").of(&list("b"));
        "Dates" => dates: list("date").of(&crate::codegen::query::timestamp(crate::codegen::Format::HttpDate));
        "Map" => map;
        "Colors" => colors: map("K", "V").entry("E");
        "FlatMap" => flat_map: map("K", "V").flat();
        "Lists" => lists: map("key", "value").of(&list("item"));
        "Tags" => tags: list("Tag");
        "Inner" => inner;
        "Choice" => choice;
    }
}

/// A structure with required members, which has a builder.
#[derive(Clone, Debug, PartialEq)]
struct Tag {
    key: String,
    since: DateTime,
    values: Vec<String>,
    note: Option<String>,
}

#[derive(Default)]
struct TagBuilder {
    key: Option<String>,
    since: Option<DateTime>,
    values: Option<Vec<String>>,
    note: Option<String>,
}

members! {
    encode decode Tag(TagBuilder) {
        "Key" => key required;
        "Since" => since required as EpochSeconds;
        "Values" => values required: list("Value").flat();
        "Note" => note;
    }
}

/// A structure without members, except for the request id.
#[derive(Debug, Default, PartialEq)]
struct Empty {
    _request_id: Option<String>,
}

members! {
    encode decode Empty(Self) {}
    + _request_id: None
}

/// A union.
#[derive(Clone, Debug, PartialEq)]
enum Choice {
    Text(String),
    Since(DateTime),
    Items(Vec<String>),
    Sample(Box<Sample>),
    Unknown,
}

choices! {
    encode decode Choice {
        "Text" => Text;
        "Since" => Since as EpochSeconds;
        "Items" => Items: list("Item");
        "Sample" => Sample;
    }
}

const SERVICE: ServiceMetadata = ServiceMetadata {
    id: "Test",
    api_version: "2020-01-08",
    signing_name: "test",
    target_prefix: "",
    query_compatible: false,
    needs_account_id: false,
    endpoint: no_endpoint,
    package: ("test", "0"),
};

fn no_endpoint(_: &Params<'_>) -> Result<Endpoint, EndpointError> {
    panic!("the tests send nothing")
}

fn response(status: u16, headers: &[(&'static str, &'static str)], body: &str) -> HttpResponse {
    let mut response = HttpResponse::new(status.try_into().unwrap(), SdkBody::from(body));
    for (name, value) in headers {
        response.headers_mut().insert(*name, *value);
    }
    response
}

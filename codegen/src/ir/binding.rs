//! HTTP requests, checksums, and the locations and names of members in messages.

use serde::{Deserialize, Serialize};

/// The location and names of a member in messages.
///
/// Each protocol uses a part of it: `awsJson` ignores locations, for example, because all its members are in the body.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Binding {
    /// The location of the member in an HTTP message.
    pub location: Location,
    /// The name in the body, in protocols where it can differ from the name of the member, such as `restJson1`.
    pub json_name: Option<String>,
    /// The name as an XML element or attribute.
    pub xml_name: Option<String>,
    /// Whether the member is an XML attribute.
    pub xml_attribute: bool,
    /// Whether the elements of the list or map are not enclosed in an XML element.
    pub flattened: bool,
    /// The XML namespace.
    pub xml_namespace: Option<XmlNamespace>,
    /// The name in a query of the `ec2` protocol.
    pub query_name: Option<String>,
    /// The media type of a string. In a header, a value of type `application/json` is encoded in base64.
    pub media_type: Option<String>,
    /// The location of the member in an event of a stream.
    pub event: Option<EventPlace>,
}

/// The location of a member in an HTTP message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Location {
    /// An entry of the body.
    #[default]
    Body,
    /// The header of this name.
    Header(String),
    /// All headers with this prefix.
    PrefixHeaders(String),
    /// The query parameter of this name.
    Query(String),
    /// Query parameters, one for each entry of a map.
    QueryParams,
    /// The label of the path with this name.
    Label(String),
    /// The endpoint, which the endpoint rules write it to.
    Endpoint,
    /// The whole body.
    Payload,
    /// The whole body, as an element of XML even if it is a string.
    RootElement,
    /// The status of the response.
    StatusCode,
}

/// The location of a member in an event of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EventPlace {
    /// A header of the event.
    Header,
    /// The payload of the event.
    Payload,
}

/// An XML namespace.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct XmlNamespace {
    /// The URI.
    pub uri: String,
    /// The prefix, if there is one.
    pub prefix: Option<String>,
}

/// The names of a shape and its elements in XML.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct XmlShape {
    /// The name of the element of the shape.
    pub name: Option<String>,
    /// The namespace of the element of the shape.
    pub namespace: Option<XmlNamespace>,
    /// Whether the elements of the list or map are not enclosed in an XML element.
    pub flattened: bool,
    /// The name of each element of a list.
    pub element: Option<String>,
    /// The name of each key of a map.
    pub key: Option<String>,
    /// The name of each value of a map.
    pub value: Option<String>,
    /// The namespace of each element of a list, or of each value of a map.
    pub element_namespace: Option<XmlNamespace>,
    /// The namespace of each key of a map.
    pub key_namespace: Option<XmlNamespace>,
}

/// The name of a root element that can be any.
pub const ANY_ROOT: &str = "*";

/// The HTTP request of an operation, in protocols with HTTP bindings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Http {
    /// The method, such as `GET`.
    pub method: String,
    /// The path and query, such as `/books/{Id}?list`.
    pub uri: String,
    /// The status of a successful response.
    pub status: u16,
}

impl Default for Http {
    fn default() -> Self {
        Self {
            method: "POST".to_owned(),
            uri: "/".to_owned(),
            status: 200,
        }
    }
}

/// The checksums of an operation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Checksum {
    /// Whether requests must have a checksum.
    pub required: bool,
    /// The member of the input that selects the algorithm for requests.
    pub request_algorithm_member: Option<String>,
    /// The member of the input that requests a checksum of the response.
    pub request_validation_member: Option<String>,
    /// The algorithms for responses.
    pub response_algorithms: Vec<String>,
}

//! Where members are in a message, and what they are called there.

use serde::{Deserialize, Serialize};

/// Where a member is in a message, and what it is called there.
///
/// A protocol uses what it has a place for: `awsJson` has none for locations, and puts every member in
/// the body.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Binding {
    /// Where the member is in an HTTP message.
    pub location: Location,
    /// The name in the body of protocols that have names of their own, such as `restJson1`.
    pub json_name: Option<String>,
    /// The name as an XML element or attribute.
    pub xml_name: Option<String>,
    /// Whether it is an XML attribute.
    pub xml_attribute: bool,
    /// Whether its elements have no element around them.
    pub flattened: bool,
    /// The XML namespace.
    pub xml_namespace: Option<XmlNamespace>,
    /// The name in a query of the `ec2` protocol.
    pub query_name: Option<String>,
    /// The media type of a string; `application/json` is a JSON value in base64 where it is a header.
    pub media_type: Option<String>,
    /// Its place in an event of a stream.
    pub event: Option<EventPlace>,
}

/// Where a member is in an HTTP message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Location {
    /// In the body, by its name.
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
    /// The part of the path that has this name.
    Label(String),
    /// The whole body.
    Payload,
    /// The status of the response.
    StatusCode,
}

/// Where a member is in an event of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EventPlace {
    /// A header of the event.
    Header,
    /// The payload of the event.
    Payload,
}

/// An XML namespace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct XmlNamespace {
    /// The URI.
    pub uri: String,
    /// The prefix, if it has one.
    pub prefix: Option<String>,
}

/// What a shape is called in XML, and its elements in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct XmlShape {
    /// The name of the shape's own element.
    pub name: Option<String>,
    /// The namespace of the shape's own element.
    pub namespace: Option<XmlNamespace>,
    /// Whether the elements of the list or map have no element around them.
    pub flattened: bool,
    /// The name of each element of a list.
    pub element: Option<String>,
    /// The name of each key of a map.
    pub key: Option<String>,
    /// The name of each value of a map.
    pub value: Option<String>,
}

/// The HTTP request of an operation, in protocols that have one for each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Http {
    /// The method, as `GET`.
    pub method: String,
    /// The path and query, as `/books/{Id}?list`.
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

/// How the bodies of an operation are protected by checksums.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checksum {
    /// Whether a request must have one.
    pub required: bool,
    /// The member of the input that names the algorithm for the request.
    pub request_algorithm_member: Option<String>,
    /// The member of the input that asks for a checksum of the response.
    pub request_validation_member: Option<String>,
    /// The algorithms of checksums of responses.
    pub response_algorithms: Vec<String>,
}

/// A way to authenticate requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AuthScheme {
    /// AWS Signature Version 4.
    SigV4,
    /// AWS Signature Version 4 with asymmetric keys.
    SigV4a,
    /// A bearer token.
    Bearer,
    /// No authentication.
    None,
    /// Another one, by its name.
    Other(String),
}

/// The names of authentication schemes.
const AUTH_SCHEMES: [(&str, AuthScheme); 4] = [
    ("aws.auth#sigv4", AuthScheme::SigV4),
    ("aws.auth#sigv4a", AuthScheme::SigV4a),
    ("smithy.api#httpBearerAuth", AuthScheme::Bearer),
    ("smithy.api#noAuth", AuthScheme::None),
];

impl AuthScheme {
    /// The scheme with a name of Smithy's, as `aws.auth#sigv4`.
    pub(crate) fn named(name: &str) -> Self {
        let known = AUTH_SCHEMES.into_iter().find(|(known, _)| *known == name);
        known.map_or_else(|| Self::Other(name.to_owned()), |(_, scheme)| scheme)
    }
}

//! What the official crates know about single services, beyond their models.
//!
//! The rows are those of the [decorators](https://github.com/smithy-lang/smithy-rs) of the official generator, and of Smithy
//! models where botocore's lack a fact.

mod responses;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{pagination, rows};
use crate::ir::{Location, Operation, Retryable, Service, ShapeKind};

/// The customizations by the ID of the service.
const TABLE: &str = include_str!("../tables/services.json");

static ROWS: rows::Table<Customizations> = LazyLock::new(|| rows::parse(TABLE));

/// The customizations of a service. The default has none. A row for a shape or an operation that a model does not have is
/// ignored, because models of a service differ.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct Customizations {
    /// The structures that are unions in Smithy models, which botocore's model does not mark.
    pub(super) unions: Vec<String>,
    /// The types of shapes in Smithy models, where they are not those of botocore's model.
    pub(super) kinds: BTreeMap<String, String>,
    /// The shapes of members with a name, where they are not those of botocore's model.
    pub(super) targets: BTreeMap<String, String>,
    /// By output: the name of the root element of responses, which botocore's model does not have. It is `*` if the official
    /// crate accepts any.
    roots: BTreeMap<String, String>,
    /// The error that operations return if their endpoint was discovered and is no longer valid.
    discovery_error: Option<String>,
    /// Operations with pagination in Smithy models that neither botocore's models nor the names of members show: the members for
    /// the token of a page, that of the next page and, if there is one, the size of a page.
    paginators: BTreeMap<String, Vec<String>>,
    /// By operation: the member of the output that is true if there are more pages, for pages whose token does not say so.
    truncated: BTreeMap<String, String>,
    /// The headers that all requests have.
    headers: BTreeMap<String, String>,
    /// By member of inputs: the value that clients send if the caller sets none.
    defaults: BTreeMap<String, String>,
    /// The IDs in paths that clients send without their prefixes.
    trimmed: Trimmed,
    /// Whether signed requests have the header `x-amz-content-sha256`.
    content_sha256: bool,
    /// Whether responses with a successful status can contain an error.
    errors_in_success: bool,
    /// Whether a failed response with status 404 and an empty body has the error code `NotFound`.
    empty_not_found: bool,
    /// The service and the action that tokens in place of passwords are signed for.
    auth_token: Option<[String; 2]>,
    /// Whether a failed response without an error code is a response error. So it is in those official crates that read messages by
    /// schemas: 38 of 155 with JSON or CBOR, and none of 12 with another protocol, in November 2026.
    requires_error_code: bool,
    /// Strings that are dates, and that outputs have as strings too, because they can be anything.
    lenient_dates: Vec<String>,
    /// The operations with the method `HEAD` that can receive the error `NotFound`.
    not_found: Vec<String>,
    /// Codes of errors that are retried, although no operation models them.
    retryable_codes: Vec<String>,
    /// The operations whose outputs have no element around their only member.
    unwrapped: Vec<String>,
    /// Whether responses have extended request IDs.
    extended_request_ids: bool,
    /// The label at the beginning of paths that the endpoint contains, so that requests do not have it in their paths.
    endpoint_label: Option<String>,
    /// The operations whose requests have the tree hash of their body.
    tree_hash: Vec<String>,
    /// The operations of long polling: the service waits before it responds, until it has something to return.
    long_polling: Vec<String>,
    /// The operations whose requests can be presigned. Besides those of the official crates, they include
    /// `GetCallerIdentity`, whose presigned requests prove an identity to others.
    presigned: Vec<String>,
    /// The structures that `Debug` does not print.
    sensitive: Vec<String>,
    /// The errors that are retried.
    retryable: Vec<String>,
    /// The operations whose URIs contain their name as the parameter `x-id`, which botocore's model leaves out.
    x_id: Vec<String>,
}

/// A property of an operation that a row sets.
type Flag = fn(&mut Operation) -> &mut bool;

/// IDs that clients send without the prefixes that they have in responses.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Trimmed {
    /// The shapes of the IDs.
    shapes: Vec<String>,
    /// The prefixes, which can have a slash before them.
    prefixes: Vec<String>,
}

/// Returns the customizations of the service with an ID.
pub(super) fn of_service(id: &str) -> Customizations {
    rows::of_service(&ROWS, id)
}

/// Applies the customizations that do not depend on the format of the model.
pub(super) fn apply(service: &mut Service) {
    let customizations = of_service(&service.id);
    service.headers = customizations.headers.into_iter().collect();
    for (id, root) in customizations.roots {
        if let Some(shape) = service.shapes.get_mut(&id) {
            shape.xml.name.get_or_insert(root);
        }
    }
    service.content_sha256 = customizations.content_sha256;
    service.extended_request_ids = customizations.extended_request_ids;
    service.errors_in_success = customizations.errors_in_success;
    service.empty_not_found = customizations.empty_not_found;
    service.auth_token = customizations.auth_token;
    service.requires_error_code = customizations.requires_error_code;
    service.retryable_codes = customizations.retryable_codes;
    responses::not_found(service, &customizations.not_found);
    responses::lenient_dates(service, &customizations.lenient_dates);
    responses::unwrapped(service, &customizations.unwrapped);
    if let Some(error) = &customizations.discovery_error {
        responses::discovery_error(service, error);
    }
    for (name, members) in &customizations.paginators {
        pagination::known(service, name, members);
    }
    for (name, member) in &customizations.truncated {
        pagination::truncated(service, name, member);
    }
    if let Some(label) = &customizations.endpoint_label {
        move_to_endpoint(service, label);
    }
    let flags: [(&[String], Flag); 3] = [
        (&customizations.tree_hash, |it| &mut it.tree_hash),
        (&customizations.long_polling, |it| &mut it.long_polling),
        (&customizations.presigned, |it| &mut it.presigned),
    ];
    for (names, flag) in flags {
        for name in names {
            if let Some(operation) = service.operations.get_mut(name) {
                *flag(operation) = true;
            }
        }
    }
    for name in &customizations.x_id {
        if let Some(operation) = service.operations.get_mut(name) {
            add_x_id(&mut operation.http.uri, name);
        }
    }
    for id in &customizations.sensitive {
        if let Some(shape) = service.shapes.get_mut(id) {
            shape.sensitive = true;
        }
    }
    for id in &customizations.retryable {
        if let Some(shape) = service.shapes.get_mut(id)
            && let ShapeKind::Structure(structure) = &mut shape.kind
            && let Some(error) = &mut structure.error
        {
            error.retryable = Some(Retryable::Server);
        }
    }
    let inputs = service
        .operations
        .values()
        .filter_map(|it| it.input.as_ref());
    for id in inputs {
        let Some(shape) = service.shapes.get_mut(id) else {
            continue;
        };
        for member in shape.kind.members_mut() {
            if let Some(value) = customizations.defaults.get(&member.model_name) {
                member.client_default = Some(value.clone());
                member.required = false;
            }
            let is_label = matches!(member.binding.location, Location::Label(_));
            if is_label && customizations.trimmed.shapes.contains(&member.shape) {
                member.trimmed_prefixes = customizations.trimmed.prefixes.clone();
            }
        }
    }
}

/// Adds the name of an operation to the query of its URI, unless the model has it there.
fn add_x_id(uri: &mut String, name: &str) {
    if !uri.contains("x-id=") {
        let separator = if uri.contains('?') { '&' } else { '?' };
        uri.push_str(&format!("{separator}x-id={name}"));
    }
}

/// Removes a label from the beginning of all paths, and marks the members that fill it.
fn move_to_endpoint(service: &mut Service, label: &str) {
    let prefix = format!("/{{{label}}}");
    for operation in service.operations.values_mut() {
        let Some(rest) = operation.http.uri.strip_prefix(&prefix) else {
            continue;
        };
        operation.http.uri = match rest.starts_with('/') {
            true => rest.to_owned(),
            false => format!("/{rest}"),
        };
        let input = operation
            .input
            .as_ref()
            .and_then(|id| service.shapes.get_mut(id));
        for member in input.into_iter().flat_map(|shape| shape.kind.members_mut()) {
            if matches!(&member.binding.location, Location::Label(name) if name == label) {
                member.binding.location = Location::Endpoint;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lowers a model with an operation for each row of the table that a model must have a shape or an operation for.
    fn lowered(id: &str) -> Service {
        let structure = |members| serde_json::json!({"type": "structure", "members": members});
        let mut error = structure(serde_json::json!({}));
        error["exception"] = true.into();
        let account =
            serde_json::json!({"accountId": {"shape": "Text"}, "Name": {"shape": "Text"}});
        let mut input = structure(account);
        input["required"] = serde_json::json!(["accountId", "Name"]);
        let model = serde_json::json!({
            "metadata": {
                "apiVersion": "1", "endpointPrefix": "a", "protocol": "json", "jsonVersion": "1.1", "targetPrefix": "A",
                "serviceId": id,
            },
            "operations": {"UploadArchive": {
                "input": {"shape": "Input"}, "output": {"shape": "Input"},
                "errors": [{"shape": "IDPCommunicationErrorException"}], "endpointdiscovery": {},
            }, "ReceiveMessage": {}},
            "shapes": {
                "Text": {"type": "string"}, "Input": input, "IDPCommunicationErrorException": error,
                "Credentials": structure(serde_json::json!({"Token": {"shape": "Text"}})),
                "RoleCredentials": structure(serde_json::json!({"Token": {"shape": "Text"}})),
            },
        });
        let file = crate::ModelFile {
            name: "model.json".to_owned(),
            bytes: model.to_string().into_bytes(),
        };
        let mut faults = crate::diagnostic::Faults::default();
        let service = crate::lower::lower(&crate::ModelFiles::new(file), None, &mut faults);
        assert!(faults.is_empty());
        service.unwrap()
    }

    #[test]
    fn rows_apply_to_their_service_only() {
        for id in [
            "API Gateway",
            "DynamoDB",
            "Glacier",
            "SQS",
            "SSO",
            "STS",
            "Other",
        ] {
            let service = lowered(id);
            let is = |other| id == other;
            let sensitive = |shape: &str| service.shapes[shape].sensitive;
            assert_eq!(sensitive("Credentials"), is("STS"), "{id}");
            assert_eq!(sensitive("RoleCredentials"), is("SSO"), "{id}");
            let error = &service.shapes["IDPCommunicationErrorException"].kind;
            let ShapeKind::Structure(error) = error else {
                panic!("no structure");
            };
            let retryable = error.error.as_ref().unwrap().retryable;
            assert_eq!(retryable.is_some(), is("STS"), "{id}");
            let headers: Vec<&str> = service
                .headers
                .iter()
                .map(|(name, _)| name.as_str())
                .collect();
            let expected: &[&str] = match id {
                "API Gateway" => &["accept"],
                "Glacier" => &["x-amz-glacier-version"],
                _ => &[],
            };
            assert_eq!(headers, expected, "{id}");
            let operation = &service.operations["UploadArchive"];
            let discovery = "InvalidEndpointException";
            let is_error = operation.errors.iter().any(|it| it == discovery);
            let is_shape = service.shapes.contains_key(discovery);
            assert_eq!([is_error, is_shape], [is("DynamoDB"); 2], "{id}");
            assert_eq!(operation.tree_hash, is("Glacier"), "{id}");
            let polled = &service.operations["ReceiveMessage"];
            assert_eq!(polled.long_polling, is("SQS"), "{id}");
            let members = service.members(operation.input.as_deref());
            let found = members
                .iter()
                .map(|it| (it.required, it.client_default.is_some()));
            let found: Vec<_> = found.collect();
            assert_eq!(
                found,
                [(!is("Glacier"), is("Glacier")), (true, false)],
                "{id}"
            );
        }
    }

    /// The types of shapes, the shapes of members, and the root elements of responses that botocore's models have otherwise.
    #[test]
    fn types_and_root_elements_are_those_of_the_official_crates() {
        let member = |shape: &str| serde_json::json!({"shape": shape});
        let model = |id: &str| {
            serde_json::json!({
                "metadata": {
                    "apiVersion": "1", "endpointPrefix": "a", "protocol": "rest-xml", "serviceId": id,
                },
                "operations": {"Get": {
                    "http": {"method": "GET", "requestUri": "/"}, "output": {"shape": "DeleteObjectsOutput"},
                }},
                "shapes": {
                    "DeleteObjectsOutput": {"type": "structure", "members": {
                        "MaxItems": member("PageMaxItems"),
                        "Count": member("integer"),
                        "Marker": member("PartNumberMarker"),
                    }},
                    "PageMaxItems": {"type": "string"},
                    "integer": {"type": "integer"},
                    "PartNumberMarker": {"type": "integer"},
                },
            })
        };
        for (id, target, [items, marker], root) in [
            ("CloudFront", "integer", ["string", "integer"], None),
            ("Route 53", "PageMaxItems", ["integer", "integer"], None),
            (
                "S3",
                "PageMaxItems",
                ["string", "string"],
                Some("DeleteResult"),
            ),
            ("Other", "PageMaxItems", ["string", "integer"], None),
        ] {
            let file = crate::ModelFile {
                name: "model.json".to_owned(),
                bytes: model(id).to_string().into_bytes(),
            };
            let mut faults = crate::diagnostic::Faults::default();
            let service = crate::lower::lower(&crate::ModelFiles::new(file), None, &mut faults);
            assert!(faults.is_empty(), "{id}: {faults:?}");
            let service = service.unwrap();
            let members = service.members(Some("DeleteObjectsOutput"));
            let found = members.iter().find(|member| member.name == "MaxItems");
            assert_eq!(found.unwrap().shape, target, "{id}");
            for (shape, expected) in [("PageMaxItems", items), ("PartNumberMarker", marker)] {
                let kind = match service.shapes[shape].kind {
                    ShapeKind::String => "string",
                    ShapeKind::Integer => "integer",
                    _ => "another",
                };
                assert_eq!(kind, expected, "{id}: {shape}");
            }
            let name = service.shapes["DeleteObjectsOutput"].xml.name.as_deref();
            assert_eq!(name, root, "{id}");
        }
    }

    #[test]
    fn table_is_sound() {
        rows::checked::<Customizations>(TABLE);
        assert_eq!(of_service("DynamoDB").unions, ["AttributeValue"]);
        assert!(of_service("WorkSpaces").unions.is_empty());
    }
}

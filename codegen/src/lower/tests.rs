//! The IR of the fixture `bindings` is the same for both formats and complete.

use crate::diagnostic::Faults;
use crate::ir::{AuthScheme, EventPlace, Location, Member, Protocol, Service, ShapeKind};
use crate::{ModelFile, ModelFiles};

const BOTOCORE: &str = include_str!("../../tests/fixtures/bindings.json");
const SMITHY: &str = include_str!("../../tests/fixtures/bindings.smithy.json");

fn lowered(model: &str) -> Service {
    let file = ModelFile {
        name: "model.json".to_owned(),
        bytes: model.as_bytes().to_vec(),
    };
    let mut faults = Faults::default();
    let service = super::lower(&ModelFiles::new(file), None, &mut faults);
    let faults = faults.into_diagnostics();
    assert!(faults.0.is_empty(), "{faults}");
    service.unwrap()
}

/// Clears the properties that depend on the format: paths, and the names of members in the model.
fn without_paths(mut service: Service) -> Service {
    for operation in service.operations.values_mut() {
        operation.path.clear();
    }
    for warning in &mut service.warnings {
        warning.path.clear();
    }
    for shape in service.shapes.values_mut() {
        shape.path.clear();
        for member in shape.kind.members_mut() {
            member.path.clear();
            member.model_name.clear();
        }
        if let ShapeKind::Structure(structure) = &mut shape.kind {
            structure
                .members
                .sort_by(|one, other| one.name.cmp(&other.name));
        }
        // Smithy has this trait on the shape, and botocore also has it on members.
        shape.media_type = None;
    }
    service
}

fn member<'a>(service: &'a Service, shape: &str, name: &str) -> &'a Member {
    let mut members = service.members(Some(shape)).iter();
    members.find(|member| member.name == name).unwrap()
}

#[test]
fn both_formats_have_the_same_bindings() {
    assert_eq!(
        without_paths(lowered(BOTOCORE)),
        without_paths(lowered(SMITHY))
    );
}

#[test]
fn bindings_of_operations() {
    let service = lowered(BOTOCORE);
    let protocols = [Protocol::AwsJson1_1, Protocol::RestJson, Protocol::RestXml];
    assert_eq!(service.protocols, protocols);
    assert_eq!(service.protocol, Protocol::AwsJson1_1);
    assert_eq!(service.auth, [AuthScheme::SigV4]);
    let put = &service.operations["PutBook"];
    assert_eq!((put.http.method.as_str(), put.http.status), ("PUT", 201));
    assert_eq!(put.http.uri, "/books/{Id}");
    assert!(put.unsigned_payload);
    assert_eq!(put.auth, Some(vec![AuthScheme::SigV4a, AuthScheme::SigV4]));
    let checksum = put.checksum.as_ref().unwrap();
    assert!(checksum.required);
    assert_eq!(checksum.response_algorithms, ["CRC32", "SHA256"]);
    let list = &service.operations["ListBooks"];
    assert!(list.checksum.as_ref().unwrap().required);
    assert_eq!(list.auth, Some(vec![AuthScheme::SigV4, AuthScheme::Bearer]));
}

#[test]
fn bindings_of_members() {
    let service = lowered(BOTOCORE);
    for (name, location) in [
        ("Book", Location::Payload),
        ("Filter", Location::Query("filter".to_owned())),
        ("Id", Location::Label("Id".to_owned())),
        ("Info", Location::Header("X-Info".to_owned())),
        ("Labels", Location::PrefixHeaders("X-Label-".to_owned())),
        ("More", Location::QueryParams),
    ] {
        let member = member(&service, "PutBookRequest", name);
        assert_eq!(member.binding.location, location, "{name}");
    }
    let info = member(&service, "PutBookRequest", "Info");
    assert_eq!(info.binding.media_type.as_deref(), Some("application/json"));
    let body = member(&service, "PutBookRequest", "Book");
    assert_eq!(body.model_name, "Body");
    let namespace = body.binding.xml_namespace.as_ref().unwrap();
    assert_eq!(namespace.uri, "https://example.com/body");
    let language = member(&service, "Book", "xml:lang");
    assert!(language.binding.xml_attribute);
    assert_eq!(language.binding.xml_name.as_deref(), Some("xml:lang"));
    assert!(member(&service, "Book", "Index").binding.flattened);
    assert_eq!(service.shapes["Pages"].xml.element.as_deref(), Some("Page"));
    let index = &service.shapes["Index"].xml;
    let names = (index.key.as_deref(), index.value.as_deref());
    assert_eq!(names, (Some("Word"), Some("Page")));
}

#[test]
fn events_have_headers_and_payloads() {
    let model = BOTOCORE.replace("\"xmlAttribute\": true", "\"eventheader\": true");
    let language = lowered(&model);
    let language = member(&language, "Book", "xml:lang");
    assert_eq!(language.binding.event, Some(EventPlace::Header));
}

/// Values that differ in case only have names of their own in Smithy models, which botocore's lack.
#[test]
fn values_of_a_known_service_have_the_names_of_its_smithy_model() {
    let names = |id: &str, shape: &str| -> Vec<String> {
        let mut model: serde_json::Value = serde_json::from_str(BOTOCORE).unwrap();
        model["metadata"]["serviceId"] = id.into();
        let values = ["INVALID_REQUEST", "invalid_request", "server_error"];
        model["shapes"][shape] = serde_json::json!({"type": "string", "enum": values});
        let service = lowered(&model.to_string());
        let ShapeKind::Enum(values) = &service.shapes[shape].kind else {
            panic!("{shape} is no enum");
        };
        values.iter().map(|value| value.name.clone()).collect()
    };
    let plain = ["INVALID_REQUEST", "invalid_request", "server_error"];
    let renamed = ["INVALID_REQUEST", "OauthInvalidRequest", "server_error"];
    for (id, shape, expected) in [
        ("Signin", "OAuth2ErrorCode", renamed),
        ("Signin", "OtherCode", plain),
        ("Fixture", "OAuth2ErrorCode", plain),
    ] {
        assert_eq!(names(id, shape), expected, "{shape} of {id}");
    }
}

/// `auth` of the service is that of its operations, unless they have their own.
#[test]
fn members_of_a_known_service_are_present_as_in_its_smithy_model() {
    for (service, shape, member, is_required, is_plain) in [
        ("ECS", "Service", "Integer", false, true),
        ("ECS", "Service", "Boolean", false, true),
        ("ECS", "Service", "Other", false, false),
        ("ECS", "Service", "Other", true, true),
        ("ECS", "LinearConfiguration", "Integer", false, false),
        ("WorkSpaces", "Service", "Integer", false, false),
        ("CloudFormation", "Stack", "Other", true, false),
        ("RDS", "Filter", "Other", true, false),
        ("RDS", "Stack", "Other", true, true),
    ] {
        let name = match shape {
            "LinearConfiguration" => "stepBakeTimeInMinutes",
            _ => "Name",
        };
        let required = if is_required { vec![name] } else { Vec::new() };
        let mut model: serde_json::Value = serde_json::from_str(BOTOCORE).unwrap();
        model["metadata"]["serviceId"] = service.into();
        let members = serde_json::json!({name: {"shape": member}});
        for (id, of) in [
            (
                shape,
                serde_json::json!({"type": "structure", "required": required, "members": members}),
            ),
            ("Integer", serde_json::json!({"type": "integer"})),
            ("Boolean", serde_json::json!({"type": "boolean"})),
            ("Other", serde_json::json!({"type": "integer"})),
        ] {
            model["shapes"][id] = of;
        }
        let lowered = lowered(&model.to_string());
        let found = lowered.shapes[shape].kind.members();
        assert_eq!(
            !lowered.is_optional(&found[0]),
            is_plain,
            "{service} {shape} {member}"
        );
    }
}

#[test]
fn operations_of_a_service_without_authentication_are_not_signed() {
    let mut model: serde_json::Value = serde_json::from_str(SMITHY).unwrap();
    let shapes = &mut model["shapes"];
    let own = shapes["com.example#ListBooks"]["traits"]
        .as_object_mut()
        .unwrap();
    own.remove("smithy.api#auth").unwrap();
    assert!(!lowered(&model.to_string()).operations["ListBooks"].unsigned);

    let auth = &mut model["shapes"]["com.example#FixtureService"]["traits"]["smithy.api#auth"];
    *auth = serde_json::json!([]);
    let service = lowered(&model.to_string());
    assert!(service.operations["ListBooks"].unsigned);
    assert!(!service.operations["PutBook"].unsigned);
}

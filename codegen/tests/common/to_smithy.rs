//! Translates a botocore model into Smithy's JSON AST, the inverse of what the generator does.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "part of a test, which a fixture without the key fails"
)]

use std::collections::BTreeMap;

use lean_aws_codegen::{ModelFile, ModelFiles};
use serde_json::{Map, Value, json};

const SHAPES: &str = "com.example.fixture";
/// The Smithy identifiers of shapes by their botocore names.
type Ids = BTreeMap<String, String>;

const OPERATIONS: &str = "com.example.fixture.calls";

/// Whether a model is in Smithy's format.
/// Whether a model of botocore is of a service with awsJson.
pub(crate) fn is_json(model: &ModelFiles) -> bool {
    let json: Value = serde_json::from_slice(&model.service.bytes).unwrap();
    json["metadata"]["protocol"] == "json"
}

pub(crate) fn is_smithy_model(model: &ModelFiles) -> bool {
    let json: Value = serde_json::from_slice(&model.service.bytes).unwrap();
    !json["smithy"].is_null()
}

/// The same model in both formats, each with the same sidecar files.
pub(crate) fn twins(model: &ModelFiles) -> (ModelFiles, ModelFiles) {
    let read = |file: &ModelFile| serde_json::from_slice::<Value>(&file.bytes).unwrap();
    let service = read(&model.service);
    let file = |content: &Value| ModelFile {
        name: model.service.name.clone(),
        bytes: serde_json::to_vec_pretty(content).unwrap(),
    };
    let smithy = to_smithy(
        &service,
        model.paginators.as_ref().map(read),
        model.endpoint_rules.as_ref().map(read),
    );
    let smithy = ModelFiles {
        service: file(&smithy),
        paginators: None,
        endpoint_rules: None,
        ..model.clone()
    };
    // Parsing may change the order of members, so the botocore model is parsed and written as well.
    let botocore = ModelFiles {
        service: file(&service),
        ..model.clone()
    };
    (botocore, smithy)
}

fn to_smithy(service: &Value, paginators: Option<Value>, rules: Option<Value>) -> Value {
    let (mut shapes, mut rename) = (Map::new(), Map::new());
    let compatible = !service["metadata"]["awsQueryCompatible"].is_null();
    let mut ids = Ids::new();
    for (name, shape) in entries(&service["shapes"]) {
        // The wire name of an error is the name of its shape, which the service renames.
        let code = shape["error"]["code"].as_str();
        let id = match code.filter(|code| code != name && !compatible) {
            Some(code) => format!("{SHAPES}.{name}#{code}"),
            None => format!("{SHAPES}#{name}"),
        };
        if !id.ends_with(&format!("#{name}")) {
            rename.insert(id.clone(), json!(name));
        }
        ids.insert(name.clone(), id);
    }
    for (name, shape) in entries(&service["shapes"]) {
        let mut converted = convert(shape, &ids);
        if compatible {
            let code = shape["error"]["code"].as_str().unwrap_or(name);
            let error = json!({"code": code, "httpResponseCode": 400});
            converted["traits"]["aws.protocols#awsQueryError"] = error;
        }
        shapes.insert(ids[name].clone(), converted);
    }
    let (mut operations, mut discovery) = (Vec::new(), Value::Null);
    for (name, operation) in entries(&service["operations"]) {
        let id = format!("{OPERATIONS}#{name}");
        operations.push(json!({"target": id}));
        let page = paginators
            .as_ref()
            .map_or(&Value::Null, |it| &it["pagination"][name]);
        if operation["endpointoperation"] == true {
            discovery = json!({"operation": id});
        }
        shapes.insert(id, convert_operation(operation, page, &ids));
    }
    let metadata = &service["metadata"];
    let protocol = match metadata["jsonVersion"].as_str() {
        Some("1.0") => "aws.protocols#awsJson1_0",
        _ => "aws.protocols#awsJson1_1",
    };
    let signing_name = match &metadata["signingName"] {
        Value::Null => &metadata["endpointPrefix"],
        name => name,
    };
    let mut traits = json!({
        "aws.api#service": {
            "sdkId": metadata["serviceId"],
            "arnNamespace": metadata["endpointPrefix"],
            "endpointPrefix": metadata["endpointPrefix"],
        },
        "aws.auth#sigv4": {"name": signing_name},
        protocol: {},
        "smithy.api#title": metadata["serviceFullName"],
        "smithy.api#xmlNamespace": {"uri": "https://example.com/"},
    });
    copy(service, "documentation", &mut traits);
    let settings = &service["clientContextParams"];
    if !settings.is_null() {
        traits["smithy.rules#clientContextParams"] = settings.clone();
    }
    if !discovery.is_null() {
        traits["aws.api#clientEndpointDiscovery"] = discovery;
    }
    if compatible {
        traits["aws.protocols#awsQueryCompatible"] = json!({});
    }
    if let Some(rules) = rules {
        traits["smithy.rules#endpointRuleSet"] = rules;
    }
    let target = metadata["targetPrefix"].as_str().unwrap();
    shapes.insert(
        format!("{SHAPES}.service#{target}"),
        json!({
            "type": "service",
            "version": metadata["apiVersion"],
            "operations": operations,
            "rename": rename,
            "traits": traits,
        }),
    );
    json!({"smithy": "2.0", "metadata": {}, "shapes": shapes})
}

fn convert_operation(operation: &Value, page: &Value, ids: &Ids) -> Value {
    let mut traits = traits(operation);
    if let Some(prefix) = operation["endpoint"]["hostPrefix"].as_str() {
        traits["smithy.api#endpoint"] = json!({"hostPrefix": prefix});
    }
    for (theirs, ours) in [
        ("requestcompression", "smithy.api#requestCompression"),
        ("staticContextParams", "smithy.rules#staticContextParams"),
        (
            "operationContextParams",
            "smithy.rules#operationContextParams",
        ),
        ("endpointdiscovery", "aws.api#clientDiscoveredEndpoint"),
    ] {
        if !operation[theirs].is_null() {
            traits[ours] = operation[theirs].clone();
        }
    }
    if operation["httpChecksumRequired"] == true {
        traits["smithy.api#httpChecksumRequired"] = json!({});
    }
    if operation["unsignedPayload"] == true {
        traits["aws.auth#unsignedPayload"] = json!({});
    }
    if operation["authtype"] == "none" {
        traits["smithy.api#auth"] = json!([]);
    } else if !operation["auth"].is_null() {
        traits["smithy.api#auth"] = operation["auth"].clone();
    }
    if !page.is_null() {
        let mut paginated = Map::new();
        for (theirs, ours) in [
            ("input_token", "inputToken"),
            ("output_token", "outputToken"),
            ("limit_key", "pageSize"),
            ("result_key", "items"),
        ] {
            if !page[theirs].is_null() {
                paginated.insert(ours.to_owned(), page[theirs].clone());
            }
        }
        traits["smithy.api#paginated"] = Value::Object(paginated);
    }
    let target = |place: &str| match operation[place]["shape"].as_str() {
        Some(name) => json!({"target": ids[name]}),
        None => json!({"target": "smithy.api#Unit"}),
    };
    let errors = operation["errors"].as_array().into_iter().flatten();
    json!({
        "type": "operation",
        "input": target("input"),
        "output": target("output"),
        "errors": errors.map(|it| reference(it, ids)).collect::<Vec<_>>(),
        "traits": traits,
    })
}

fn convert(shape: &Value, ids: &Ids) -> Value {
    let is = |key: &str| shape[key].as_bool().unwrap_or_default();
    let mut traits = traits(shape);
    let kind = match shape["type"].as_str().unwrap() {
        "structure" if is("document") => "document",
        "structure" if is("union") || is("eventstream") => "union",
        "string" if !shape["enum"].is_null() => "enum",
        "character" => "string",
        kind => kind,
    };
    if is("exception") {
        traits["smithy.api#error"] = json!("client");
        traits["smithy.api#httpError"] = json!(400);
    }
    if kind == "structure" {
        let code = json!({"code": "Unheeded", "httpResponseCode": 400});
        traits["aws.protocols#awsQueryError"] = code;
    }
    copy(shape, "retryable", &mut traits);
    copy(shape, "pattern", &mut traits);
    let bounds = ["min", "max"].map(|bound| (bound, &shape[bound]));
    let bounds = bounds.into_iter().filter(|(_, it)| !it.is_null());
    let bounds: Map<String, Value> = bounds
        .map(|(name, it)| (name.to_owned(), it.clone()))
        .collect();
    if !bounds.is_empty() {
        let length = matches!(kind, "string" | "blob" | "list" | "map" | "enum");
        let name = if length {
            "smithy.api#length"
        } else {
            "smithy.api#range"
        };
        traits[name] = Value::Object(bounds);
    }
    let mut converted = json!({"type": kind, "traits": traits});
    match kind {
        "structure" | "union" => {
            let required = shape["required"].as_array();
            let required: Vec<&Value> = required.into_iter().flatten().collect();
            let mut members = Map::new();
            for (name, member) in entries(&shape["members"]) {
                let mut converted = reference(member, ids);
                if required.iter().any(|it| *it == name) {
                    converted["traits"]["smithy.api#required"] = json!({});
                }
                // awsJson ignores `jsonName` and uses the name of the member.
                converted["traits"]["smithy.api#jsonName"] = json!("unheeded");
                // The name of a header or label is in its trait.
                let wire = member["locationName"].as_str();
                let wire = wire.filter(|_| member["location"].is_null());
                let name = wire.unwrap_or(name);
                members.insert(name.to_owned(), converted);
            }
            converted["members"] = Value::Object(members);
        }
        "enum" => {
            let mut members = Map::new();
            for value in shape["enum"].as_array().unwrap() {
                let traits = json!({"smithy.api#enumValue": value});
                let member = json!({"target": "smithy.api#Unit", "traits": traits});
                // A name of the model's would name the variant; here it is formed from the value.
                members.insert(value.as_str().unwrap().to_owned(), member);
            }
            converted["members"] = Value::Object(members);
        }
        _ => {
            for place in ["member", "key", "value"] {
                if !shape[place].is_null() {
                    converted[place] = reference(&shape[place], ids);
                }
            }
        }
    }
    converted
}

fn reference(member: &Value, ids: &Ids) -> Value {
    let target = &ids[member["shape"].as_str().unwrap()];
    json!({"target": target, "traits": traits(member)})
}

/// The traits that members and shapes of any type can have.
fn traits(from: &Value) -> Value {
    let mut traits = json!({});
    copy(from, "documentation", &mut traits);
    for flag in ["sensitive", "idempotencyToken", "hostLabel"] {
        if from[flag] == true {
            traits[format!("smithy.api#{flag}")] = json!({});
        }
    }
    if from["eventstream"] == true {
        traits["smithy.api#streaming"] = json!({});
    }
    if !from["contextParam"].is_null() {
        traits["smithy.rules#contextParam"] = from["contextParam"].clone();
    }
    if from["deprecated"] == true {
        traits["smithy.api#deprecated"] = match &from["deprecatedMessage"] {
            Value::Null => json!({}),
            message => json!({"message": message, "since": "2020-01-01"}),
        };
    }
    if let Some(format) = from["timestampFormat"].as_str() {
        traits["smithy.api#timestampFormat"] = json!(match format {
            "iso8601" => "date-time",
            "rfc822" => "http-date",
            _ => "epoch-seconds",
        });
    }
    traits
}

fn copy(from: &Value, key: &str, traits: &mut Value) {
    if !from[key].is_null() {
        traits[format!("smithy.api#{key}")] = from[key].clone();
    }
}

fn entries(object: &Value) -> impl Iterator<Item = (&String, &Value)> {
    object.as_object().into_iter().flatten()
}

//! Decides whether the client discovers its endpoint.
//!
//! It does if an operation requires it, as in the official crates. If discovery is optional, the endpoint of the Region serves
//! all operations, according to Smithy's specification of the trait `aws.api#clientDiscoveredEndpoint`.

use crate::ir::{EndpointDiscovery, Service};
use crate::warning::{Warning, WarningKind};

/// Removes the facts about endpoint discovery that the client does not use, and warns if it would need them.
pub(super) fn run(mut service: Service) -> Service {
    let operations = service.operations.iter();
    let requires =
        operations.filter(|(_, it)| it.endpoint_discovery == EndpointDiscovery::Required);
    let requires: Vec<String> = requires.map(|(name, _)| name.clone()).collect();
    if !requires.is_empty() && service.endpoint_operation().is_some() {
        return service;
    }
    let discovery = service.discovery.take();
    for operation in service.operations.values_mut() {
        operation.endpoint_discovery = EndpointDiscovery::None;
    }
    if !requires.is_empty() {
        let kind = WarningKind::EndpointDiscovery {
            operations: requires,
            // The caller of the generator did not select it.
            missing: discovery.filter(|name| !service.operations.contains_key(name)),
        };
        service.warnings.push(Warning::new("operations", kind));
    }
    service
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::{ModelFile, ModelFiles, Options, Warning, generate};

    const FIXTURE: &str = include_str!("../../tests/fixtures/endpoint_discovery.json");

    /// Generates the fixture after a change. Returns whether its client discovers endpoints, and the warnings.
    fn generated(change: impl Fn(&mut Value), only: Option<&[String]>) -> (bool, Vec<Warning>) {
        let mut model: Value = serde_json::from_str(FIXTURE).unwrap();
        change(&mut model);
        let files = ModelFiles::new(ModelFile {
            name: "model.json".to_owned(),
            bytes: model.to_string().into_bytes(),
        });
        let options = Options {
            operations: only,
            ..Options::default()
        };
        let generated = generate(&files, &options).unwrap();
        let discovers = generated.files.contains_key("endpoint_discovery.rs");
        let operation = &generated.files["operation/query.rs"];
        let features = &generated.metadata.runtime_features;
        assert_eq!(operation.contains("use_discovered_endpoint"), discovers);
        assert_eq!(features.contains(&"endpoint-discovery"), discovers);
        (discovers, generated.warnings)
    }

    #[test]
    fn the_fixture_discovers_endpoints() {
        assert_eq!(generated(|_| {}, None), (true, Vec::new()));
    }

    #[test]
    fn optional_discovery_is_not_used() {
        let optional = |model: &mut Value| {
            model["operations"]["Query"]["endpointdiscovery"] = json!({});
        };
        assert_eq!(generated(optional, None), (false, Vec::new()));
    }

    #[test]
    fn required_discovery_that_is_not_supported_has_a_warning() {
        type Change = fn(&mut Value);
        let changes: [Change; 8] = [
            |model| model["operations"]["DescribeEndpoints"]["endpointoperation"] = false.into(),
            |model| model["operations"]["DescribeEndpoints"]["output"]["shape"] = "Endpoint".into(),
            |model| {
                let input = &mut model["shapes"]["DescribeEndpointsRequest"];
                input["members"] = json!({"Operation": {"shape": "String"}});
            },
            |model| model["shapes"]["Endpoints"]["member"]["shape"] = "String".into(),
            |model| {
                model["shapes"]["DescribeEndpointsResponse"]["members"] =
                    json!({"Endpoints": {"shape": "Endpoint"}});
            },
            |model| model["shapes"]["Endpoint"]["members"]["Address"]["shape"] = "Long".into(),
            |model| {
                let period = &mut model["shapes"]["Endpoint"]["members"]["CachePeriodInMinutes"];
                period["shape"] = "String".into();
            },
            |model| {
                let members = &mut model["shapes"]["Endpoint"]["members"];
                members
                    .as_object_mut()
                    .unwrap()
                    .remove("CachePeriodInMinutes");
            },
        ];
        for (i, change) in changes.into_iter().enumerate() {
            let (discovers, warnings) = generated(change, None);
            let warnings: Vec<String> = warnings.iter().map(Warning::to_string).collect();
            let expected = "operations: Query must be sent to an endpoint that the service assigns, and the client cannot discover it; set it as `endpoint_url`";
            assert_eq!(
                (discovers, warnings),
                (false, vec![expected.to_owned()]),
                "{i}"
            );
        }
    }

    #[test]
    fn the_operation_that_returns_endpoints_must_be_selected() {
        let only = ["Query", "DescribeEndpoints"].map(str::to_owned);
        assert_eq!(generated(|_| {}, Some(&only)), (true, Vec::new()));
        let (discovers, warnings) = generated(|_| {}, only.get(..1));
        assert!(!discovers);
        let expected = "operations: Query must be sent to an endpoint that DescribeEndpoints returns; generate DescribeEndpoints too, or set the endpoint as `endpoint_url`";
        assert_eq!(
            warnings.iter().map(Warning::to_string).collect::<Vec<_>>(),
            [expected]
        );
    }
}

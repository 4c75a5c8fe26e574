//! The choice of one of the protocols that a model offers.

use crate::diagnostic::{Fault, Faults, Report};
use crate::ir::Protocol;
use crate::source::tables::Rust;

/// The names of protocols that select one: botocore's, and Smithy's.
const NAMES: [(&str, &str, Protocol); 7] = [
    ("json", "awsJson1_1", Protocol::AwsJson1_1),
    ("json", "awsJson1_0", Protocol::AwsJson1_0),
    ("rest-json", "restJson1", Protocol::RestJson),
    ("rest-xml", "restXml", Protocol::RestXml),
    ("query", "awsQuery", Protocol::Query),
    ("ec2", "ec2Query", Protocol::Ec2Query),
    ("smithy-rpc-v2-cbor", "rpcv2Cbor", Protocol::RpcV2Cbor),
];

/// The selection of a protocol by the caller or by a table beside the model.
#[derive(Clone, Copy, Debug)]
pub(super) struct Selection<'a> {
    name: &'a str,
    /// The name of the option or of the table, in diagnostics.
    file: &'a str,
    /// The path in the table.
    path: &'a str,
}

impl<'a> Selection<'a> {
    /// Returns the selection. The option takes precedence.
    pub(super) fn new(option: Option<&'a str>, table: &'a Option<(String, Rust)>) -> Option<Self> {
        let of_option = option.map(|name| Self {
            name,
            file: "--protocol",
            path: "",
        });
        of_option.or_else(|| {
            let (file, rust) = table.as_ref()?;
            Some(Self {
                name: rust.protocol.as_deref()?,
                file,
                path: "protocol",
            })
        })
    }
}

/// Returns the protocol of the client: the selected one, or else the first one of [`Protocol::SUPPORTED`] that the model
/// offers. Returns `None` if there is none, and reports a selection that is not possible.
pub(super) fn choose(
    offered: &[(&str, Protocol)],
    selection: Option<Selection<'_>>,
    faults: &mut Faults,
) -> Option<Protocol> {
    let is_offered = |protocol: &Protocol| offered.iter().any(|(_, other)| other == protocol);
    let mut usable = Protocol::SUPPORTED.into_iter().filter(is_offered);
    let Some(Selection { name, file, path }) = selection else {
        return usable.next();
    };
    let has_name = |protocol: &Protocol| {
        let names = NAMES.iter().filter(|(_, _, named)| named == protocol);
        let mut names = names.flat_map(|(botocore, smithy, _)| [botocore, smithy]);
        names.any(|other| *other == name)
    };
    let found = usable.find(has_name);
    if found.is_none() {
        let mut report = Report::new(file);
        let fault = Fault::UnusableProtocol {
            name: name.to_owned(),
            offered: offered.iter().map(|(name, _)| (*name).to_owned()).collect(),
        };
        report.fault(path, fault);
        faults.add(report);
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::ir::{Service, ShapeKind};
    use crate::{ModelFile, ModelFiles};

    use super::*;

    fn botocore(protocols: &[&str]) -> serde_json::Value {
        json!({
            "metadata": {
                "apiVersion": "2024-01-01", "endpointPrefix": "a", "jsonVersion": "1.0", "targetPrefix": "A",
                "serviceId": "A", "awsQueryCompatible": {}, "protocols": protocols,
            },
            "operations": {"Get": {"errors": [{"shape": "Gone"}]}},
            "shapes": {"Gone": {
                "type": "structure", "members": {}, "exception": true, "error": {"code": "Old.Gone"},
            }},
        })
    }

    fn smithy(protocols: &[&str]) -> serde_json::Value {
        let mut traits =
            json!({"aws.auth#sigv4": {"name": "a"}, "aws.protocols#awsQueryCompatible": {}});
        for protocol in protocols {
            let namespace = match *protocol {
                "rpcv2Cbor" => "smithy",
                _ => "aws",
            };
            traits[format!("{namespace}.protocols#{protocol}")] = json!({});
        }
        json!({"smithy": "2.0", "shapes": {
            "x#A": {"type": "service", "version": "1", "operations": [{"target": "x#Get"}], "traits": traits},
            "x#Get": {"type": "operation", "errors": [{"target": "x#Gone"}]},
            "x#Gone": {"type": "structure", "members": {}, "traits": {
                "smithy.api#error": "client",
                "aws.protocols#awsQueryError": {"code": "Old.Gone", "httpResponseCode": 404},
            }},
        }})
    }

    fn lower(
        model: &serde_json::Value,
        option: Option<&str>,
        table: Option<&str>,
    ) -> Result<Service, String> {
        let file = |name: &str, content: String| ModelFile {
            name: name.to_owned(),
            bytes: content.into_bytes(),
        };
        let rust = table.map(|name| file("rust.json", json!({"protocol": name}).to_string()));
        let files = ModelFiles {
            rust,
            ..ModelFiles::new(file("model.json", model.to_string()))
        };
        let mut faults = Faults::default();
        let service = crate::lower::lower(&files, option, &mut faults);
        match faults.is_empty() {
            true => Ok(service.unwrap()),
            false => Err(faults.into_diagnostics().located(&files.all()).to_string()),
        }
    }

    fn chosen(model: &serde_json::Value, option: Option<&str>, table: Option<&str>) -> Protocol {
        lower(model, option, table).unwrap().protocol
    }

    use Protocol::{AwsJson1_0, AwsJson1_1, Query, RestJson, RestXml, RpcV2Cbor};

    #[test]
    fn without_a_selection_the_order_is_that_of_botocore() {
        for (protocols, protocol) in [
            (&["json"][..], AwsJson1_0),
            (&["smithy-rpc-v2-cbor", "json"], AwsJson1_0),
            (&["smithy-rpc-v2-cbor", "json", "query"], AwsJson1_0),
            (&["query", "rest-json"], RestJson),
            (&["rest-xml", "query"], RestXml),
            (&["ec2", "query"], Query),
            (&["smithy-rpc-v2-cbor"], RpcV2Cbor),
            (&["query", "smithy-rpc-v2-cbor"], RpcV2Cbor),
        ] {
            assert_eq!(
                chosen(&botocore(protocols), None, None),
                protocol,
                "{protocols:?}"
            );
        }
        for (protocols, protocol) in [
            (&["awsJson1_1"][..], AwsJson1_1),
            (&["rpcv2Cbor", "awsQuery", "awsJson1_0"], AwsJson1_0),
            (&["awsQuery", "restJson1"], RestJson),
            (&["awsQuery", "restXml"], RestXml),
            (&["rpcv2Cbor"], RpcV2Cbor),
            (&["awsQuery", "rpcv2Cbor"], RpcV2Cbor),
        ] {
            assert_eq!(
                chosen(&smithy(protocols), None, None),
                protocol,
                "{protocols:?}"
            );
        }
    }

    /// The option takes precedence over the table. Names of both formats select a protocol in models of both.
    #[test]
    fn the_option_and_the_table_select_a_protocol() {
        let protocols = ["smithy-rpc-v2-cbor", "json", "query", "rest-json"];
        let traits = ["rpcv2Cbor", "awsJson1_0", "awsQuery", "restJson1"];
        for model in [botocore(&protocols), smithy(&traits)] {
            for (option, table, protocol) in [
                (Some("query"), None, Query),
                (Some("awsQuery"), None, Query),
                (None, Some("query"), Query),
                (None, Some("restJson1"), RestJson),
                (Some("rest-json"), Some("query"), RestJson),
                (Some("json"), Some("query"), AwsJson1_0),
                (Some("awsJson1_0"), None, AwsJson1_0),
                (Some("smithy-rpc-v2-cbor"), None, RpcV2Cbor),
                (Some("rpcv2Cbor"), Some("query"), RpcV2Cbor),
            ] {
                let found = chosen(&model, option, table);
                assert_eq!(found, protocol, "{option:?} {table:?}");
            }
        }
    }

    #[test]
    fn a_selection_that_is_not_possible_names_what_is() {
        let model = botocore(&["smithy-rpc-v2-cbor", "json", "query"]);
        let rest = "cannot be used: the service has \"smithy-rpc-v2-cbor\", \"json\", \"query\"; the supported protocols are \
            \"json\" (awsJson 1.0 and 1.1), \"rest-json\", \"rest-xml\", \"smithy-rpc-v2-cbor\", \"query\" and \"ec2\"";
        for name in ["rest-json", "ec2", "awsJson1_1", "", "x"] {
            let error = lower(&model, Some(name), None).unwrap_err();
            assert_eq!(error, format!("--protocol: \"{name}\" {rest}"));
        }
        let error = lower(&model, None, Some("ec2")).unwrap_err();
        assert_eq!(error, format!("rust.json:1:13: protocol: \"ec2\" {rest}"));
        let error = lower(&smithy(&["awsQuery"]), Some("json"), None).unwrap_err();
        assert!(
            error.starts_with("--protocol: \"json\" cannot be used: the service has \"awsQuery\"")
        );
        let error = lower(&botocore(&[]), Some("json"), None).unwrap_err();
        assert!(
            error.contains("because the service has no protocol"),
            "{error}"
        );
    }

    /// In awsQuery, the code of an error is that of the query protocol. In awsJson and rpcv2Cbor, it is the name of the shape.
    #[test]
    fn codes_of_errors_depend_on_the_protocol() {
        for model in [
            botocore(&["json", "query", "smithy-rpc-v2-cbor"]),
            smithy(&["awsJson1_0", "awsQuery", "rpcv2Cbor"]),
        ] {
            for (name, code, query_code, is_compatible) in [
                ("json", "Gone", Some("Old.Gone"), true),
                ("rpcv2Cbor", "Gone", Some("Old.Gone"), true),
                ("query", "Old.Gone", None, false),
            ] {
                let service = lower(&model, Some(name), None).unwrap();
                let ShapeKind::Structure(gone) = &service.shapes["Gone"].kind else {
                    panic!("no structure");
                };
                let error = gone.error.as_ref().unwrap();
                assert_eq!(
                    (error.code.as_str(), error.query_code.as_deref()),
                    (code, query_code)
                );
                assert_eq!(service.query_compatible, is_compatible, "{name}");
            }
        }
    }
}

//! Resolves the endpoints of test cases, in the format of botocore's `endpoint-tests-1.json`, by generated rules.

use lean_aws_runtime::codegen::{Context, Endpoint, EndpointError, Params};
use serde_json::Value;

type Rules = fn(&Params<'_>) -> Result<Endpoint, EndpointError>;

/// Schemes of endpoints that are errors here.
const UNSUPPORTED: [(&str, &str); 2] = [
    ("sigv4a", "the endpoint requires SigV4a signatures, which this crate does not support; "),
    (
        "sigv4-s3express",
        "the endpoint requires sessions of S3 Express, which this crate does not support; ",
    ),
];

/// The numbers of cases.
#[derive(Debug, Default, PartialEq)]
struct Counts {
    passed: usize,
    /// Those of `passed` that expect a scheme in [`UNSUPPORTED`], and find an error.
    unsupported: usize,
    /// Cases with a parameter that no setting sets.
    skipped: usize,
}

/// Runs the cases of a service, given its rules as a function and as JSON.
fn run(name: &str, rules: Rules, set: &str, tests: &str, counts: &mut Counts) -> Vec<String> {
    let (set, tests): (Value, Value) =
        (serde_json::from_str(set).unwrap(), serde_json::from_str(tests).unwrap());
    let mut failures = Vec::new();
    for case in tests["testCases"].as_array().unwrap() {
        let Some((found, is_unsupported)) = found(rules, &set["parameters"], case) else {
            counts.skipped += 1;
            continue;
        };
        match found {
            Ok(()) => {
                counts.passed += 1;
                counts.unsupported += usize::from(is_unsupported);
            }
            Err(difference) => failures.push(format!(
                "{name}: {}: {} {difference}",
                case["documentation"], case["params"]
            )),
        }
    }
    failures
}

/// Compares the result of a case. Returns `None` if it has a parameter that no setting sets.
fn found(rules: Rules, parameters: &Value, case: &Value) -> Option<(Result<(), String>, bool)> {
    let text = |value: &'static Value| value.as_str();
    // Parameters borrow their values for the rest of the program.
    let case: &'static Value = Box::leak(Box::new(case.clone()));
    let none = serde_json::Map::new();
    let mut context = Context::default();
    let mut params = Params::default();
    for (name, value) in case["params"].as_object().unwrap_or(&none) {
        let name: &'static str = Box::leak(name.clone().into_boxed_str());
        let value: &'static Value = Box::leak(Box::new(value.clone()));
        match parameters[name]["builtIn"].as_str() {
            Some("AWS::Region") => params.region = text(value),
            Some("AWS::UseFIPS") => params.use_fips = value.as_bool().unwrap(),
            Some("AWS::UseDualStack") => params.use_dual_stack = value.as_bool().unwrap(),
            Some("SDK::Endpoint") => params.endpoint = text(value),
            Some("AWS::Auth::AccountId") => params.account_id = text(value),
            Some("AWS::Auth::AccountIdEndpointMode") => {
                params.account_id_endpoint_mode = text(value)
            }
            Some(built_in) if built_in.ends_with("::UseGlobalEndpoint") => {
                if value == true {
                    return None;
                }
            }
            _ => {
                context = match value {
                    Value::Bool(value) => context.set_boolean(name, Some(*value)),
                    Value::String(value) => context.set_string(name, Some(value)),
                    Value::Array(values) => {
                        context.set_strings(name, values.iter().filter_map(Value::as_str))
                    }
                    other => panic!("{other}"),
                }
            }
        }
    }
    params.context = &context;
    let found = rules(&params);
    let expected = &case["expect"];
    if let Some(error) = expected["error"].as_str() {
        return Some((compare(found, Err(error)), false));
    }
    let endpoint = &expected["endpoint"];
    let schemes = endpoint["properties"]["authSchemes"].as_array();
    let schemes = schemes.map(Vec::as_slice).unwrap_or_default();
    let named = |name: &str| schemes.iter().find(|scheme| scheme["name"] == name);
    let scheme = named("sigv4");
    if let (None, [_, ..]) = (scheme, schemes) {
        let error = UNSUPPORTED.iter().find(|(name, _)| named(name).is_some());
        let (_, error) = error.unwrap_or_else(|| panic!("{endpoint}"));
        let same = matches!(&found, Err(found) if found.to_string().starts_with(error));
        let result = if same { Ok(()) } else { Err(format!("{error}, found {found:?}")) };
        return Some((result, true));
    }
    let mut wanted = Endpoint::new(endpoint["url"].as_str().unwrap());
    for (name, values) in endpoint["headers"].as_object().unwrap_or(&none) {
        let name: &'static str = Box::leak(name.clone().into_boxed_str());
        for value in values.as_array().unwrap() {
            wanted = wanted.header(name, value.as_str().unwrap());
        }
    }
    if let Some(scheme) = scheme {
        if let Some(name) = scheme["signingName"].as_str() {
            wanted = wanted.signing_name(name.to_owned());
        }
        if let Some(region) = scheme["signingRegion"].as_str() {
            wanted = wanted.signing_region(region);
        }
        if scheme["disableDoubleEncoding"] == true {
            wanted = wanted.single_encoding();
        }
    }
    Some((compare(found, Ok(wanted)), false))
}

fn compare(
    found: Result<Endpoint, EndpointError>,
    expected: Result<Endpoint, &str>,
) -> Result<(), String> {
    let is_same = match (&found, &expected) {
        (Ok(found), Ok(expected)) => found == expected,
        (Err(found), Err(expected)) => found.to_string() == *expected,
        _ => false,
    };
    match is_same {
        true => Ok(()),
        false => Err(format!("expected {expected:?}, found {found:?}")),
    }
}

#[test]
fn endpoints() {
    let (mut failures, mut counts) = (Vec::new(), Counts::default());
    for (name, rules, set, tests) in SERVICES {
        failures.extend(run(name, *rules, set, tests, &mut counts));
    }
    println!("{counts:?} in {} services", SERVICES.len());
    assert!(failures.is_empty(), "{} fail\n{}", failures.len(), failures.join("\n"));
    assert!(counts.passed > 0);
}

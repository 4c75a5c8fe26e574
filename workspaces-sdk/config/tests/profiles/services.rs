use lean_aws_config::profile::Property;

use crate::load_files;

#[tokio::test]
async fn nested_properties_of_services() {
    let config = "\
[default]
services = dev
[services dev]
WorkSpaces =
  endpoint_url = http://localhost:1 # kept
  # comment = 1

  Other = A
workspaces_web =
  endpoint_url = http://localhost:2
api-gateway =
  endpoint_url = http://localhost:3
in valid =
  endpoint_url = http://localhost:4
s3 =
  a = 1
s3 =
  b = 2
  b = 3
  c = =
  d =
[services  other]
sts =
  endpoint_url = http://localhost:5
";
    let set = load_files(config, "").await.unwrap();
    for (service, key, expected) in [
        (
            "WorkSpaces",
            "endpoint_url",
            Some(("http://localhost:1 # kept", 5)),
        ),
        ("WorkSpaces", "Endpoint_URL", None),
        ("WorkSpaces", "Other", Some(("A", 8))),
        ("WorkSpaces", "# comment", None),
        ("WorkSpaces", "missing", None),
        (
            "WorkSpaces Web",
            "endpoint_url",
            Some(("http://localhost:2", 10)),
        ),
        (
            "API Gateway",
            "endpoint_url",
            Some(("http://localhost:3", 12)),
        ),
        ("in valid", "endpoint_url", None),
        ("S3", "a", None),
        ("S3", "b", Some(("3", 19))),
        ("S3", "c", Some(("=", 20))),
        ("S3", "d", Some(("", 21))),
        ("STS", "endpoint_url", None),
    ] {
        let found = set.service_property(service, key);
        let found = found.map(|p| (p.value().to_owned(), p.place().to_string()));
        let expected =
            expected.map(|(value, line)| (value.to_owned(), format!("~/.aws/config:{line}")));
        assert_eq!(found, expected, "{service} {key}");
    }
}

#[tokio::test]
async fn the_selected_profile_names_the_section() {
    let section = "[services dev]\nsts =\n a = 1\n";
    for (profile, expected) in [
        ("[default]\nservices = dev\n", Some("1")),
        ("[default]\nservices = Dev\n", None),
        ("[default]\nservices = other\n", None),
        ("[default]\n", None),
        ("[profile other]\nservices = dev\n", None),
        ("", None),
    ] {
        let set = load_files(&format!("{profile}{section}"), "")
            .await
            .unwrap();
        let found = set.service_property("STS", "a").map(Property::value);
        assert_eq!(found, expected, "{profile}");
    }
}

use std::error::Error;

use lean_aws_config::profile::Property;
use lean_aws_config::profile::profile_file::{ProfileFileKind, ProfileFiles};

use crate::load_files;

const SECRET: &str = "wJalrXUtnFEMI";

#[tokio::test]
async fn values_are_not_part_of_debug_output() {
    let config = format!(
        "[default]\nservices = s\na = {SECRET}\nb =\n c = {SECRET}\n[sso-session s]\na = {SECRET}\n\
         [services s]\ns3 =\n a = {SECRET}\n[ignored]\na = {SECRET}"
    );
    let set = load_files(&config, "").await.unwrap();
    assert_eq!(set.service_property("s3", "a").unwrap().value(), SECRET);
    let property = Property::new("a".to_owned(), SECRET.to_owned());
    let files = ProfileFiles::builder()
        .with_contents(ProfileFileKind::Credentials, SECRET)
        .with_file(ProfileFileKind::Config, "/some/path");
    for output in [
        format!("{set:?}{set:#?}"),
        format!("{property:?}"),
        format!("{files:?}{:?}", files.clone().build()),
    ] {
        assert!(!output.contains(SECRET), "{output}");
    }
    assert_eq!(
        format!("{property:?}"),
        "Property { key: \"a\", value: \"** redacted **\", place: Place(set in code) }"
    );
    assert!(format!("{set:?}").contains("Place(~/.aws/config:3)"));
    assert!(format!("{files:?}").contains("/some/path"));
}

#[tokio::test]
async fn errors_do_not_quote_the_file() {
    for line in [
        format!("aws_secret_access_key: {SECRET}"),
        format!("= {SECRET}"),
        format!("[{SECRET}"),
        format!("[default] {SECRET}"),
        format!("s3 =\n {SECRET}"),
        format!("s3 =\n = {SECRET}"),
        format!(" {SECRET}"),
    ] {
        let error = load_files(&format!("[default]\n{line}"), "")
            .await
            .unwrap_err();
        let source = error.source().unwrap();
        let output = format!("{error} {error:?} {source} {source:?}");
        assert!(!output.contains(SECRET), "{output}");
    }
}

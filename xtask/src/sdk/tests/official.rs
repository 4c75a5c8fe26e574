//! Tests of crates that take the place of the official ones.

use super::{Project, fixture_of};

#[test]
fn services_are_found_by_their_official_names() {
    let project = Project::new();
    for name in ["ds", "directory", "aws-sdk-directory"] {
        let text =
            format!("[services.{name}]\npackage = \"aws-sdk-directory\"\nversion = \"1.2.3\"\n");
        project.run(&text);
        let files = project.files();
        let manifest = &files[&format!("{name}/Cargo.toml")];
        assert!(manifest.contains("name = \"aws-sdk-directory\"\n"));
        assert!(manifest.contains("version = \"1.2.3\"\n"), "{manifest}");
        let patch = format!("[patch.crates-io]\naws-sdk-directory = {{ path = \"sdk/{name}\" }}\n");
        assert!(
            files["README.md"].contains(&patch),
            "{}",
            files["README.md"]
        );
    }
}

/// Cargo uses a patch only if its version fits.
#[test]
fn a_crate_without_a_version_is_no_patch() {
    let project = Project::new();
    project.run("[services.ds]\npackage = \"aws-sdk-directory\"\n");
    let readme = &project.files()["README.md"];
    let expected = "\n`aws-sdk-directory` can take the place of the official crate when the file of the SDK sets its `version`";
    assert!(readme.contains(expected), "{readme}");
    assert!(!readme.contains("[patch.crates-io]"), "{readme}");
}

/// Cargo rejects a patch without a feature of the original.
#[test]
fn crates_have_the_features_of_the_official_ones() {
    let project = Project::new();
    project.run("[services.ds]\n[config]\npackage = \"aws-config\"\nversion = \"1.13.0\"\n");
    let files = project.files();
    for (folder, features) in [
        (
            "ds",
            &[
                "behavior-version-latest",
                "default",
                "default-https-client",
                "gated-tests",
                "http-02x",
                "http-1x",
                "legacy-https-client",
                "legacy-test-util",
                "rt-tokio",
                "rustls",
                "sigv4a",
                "test-util",
            ][..],
        ),
        (
            "aws-config",
            &[
                "allow-compilation",
                "behavior-version-latest",
                "client-hyper",
                "credentials-login",
                "credentials-process",
                "default",
                "default-https-client",
                "legacy-client",
                "rt-tokio",
                "rustls",
                "sso",
                "test-util",
            ],
        ),
    ] {
        let manifest = &files[&format!("{folder}/Cargo.toml")];
        let manifest: toml_edit::Document<_> = toml_edit::Document::parse(manifest).unwrap();
        for feature in features {
            let found = manifest["features"].get(feature);
            assert!(found.is_some(), "{folder} has no feature {feature}");
        }
    }
    assert!(files["aws-config/Cargo.toml"].contains("version = \"1.13.0\"\n"));
    let patch = "[patch.crates-io]\naws-config = { path = \"sdk/aws-config\" }\n";
    assert!(files["README.md"].contains(patch), "{}", files["README.md"]);
}

/// The official `aws-config` is built on crates that could be replaced.
#[test]
fn missing_operations_of_aws_config_are_named() {
    let project = Project::new();
    let text = fixture_of("query", "STS").replace("\"Search\"", "\"AssumeRole\"");
    project.put("models/sts/2020-01-01/service-2.json", &text);
    let official = "[services.sts]\noperations = [\"AssumeRole\"]\npackage = \"aws-sdk-sts\"\n";
    let warnings = project.run(official).warnings;
    let expected = "sts: the official aws-config does not build with this aws-sdk-sts, because it calls AssumeRoleWithWebIdentity; \
                    add that to `operations`, or replace aws-config in [config], too";
    assert_eq!(warnings, [expected]);
    for text in [
        format!("{official}[config]\npackage = \"aws-config\"\n"),
        official.replace("aws-sdk-sts", "my-sts"),
        official.replace("operations = [\"AssumeRole\"]\n", ""),
    ] {
        assert_eq!(project.run(&text).warnings, Vec::<String>::new(), "{text}");
    }
}

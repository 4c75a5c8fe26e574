//! The authentication schemes of operations.

use crate::ir::{AuthScheme, Operation, Service};

/// Returns the schemes that requests can use, in the order of the model. Requests without any are not signed.
///
/// A scheme that crates do not support is left out if there is another one. If there is none, calls fail that need SigV4a,
/// which is so close to SigV4 that a request would look signed. Other calls are signed with SigV4: a program can add what the
/// service expects.
pub(super) fn schemes(service: &Service, operation: &Operation) -> Vec<AuthScheme> {
    if operation.unsigned {
        return Vec::new();
    }
    let modeled = operation.auth.as_ref().unwrap_or(&service.auth);
    usable(modeled, operation.optional_auth)
}

/// Returns the schemes that requests can use unless their operation has its own.
pub(crate) fn of_service(service: &Service) -> Vec<AuthScheme> {
    usable(&service.auth, false)
}

fn usable(modeled: &[AuthScheme], is_optional: bool) -> Vec<AuthScheme> {
    let mut schemes: Vec<AuthScheme> = modeled.iter().filter(is_supported).cloned().collect();
    if is_optional {
        schemes.push(AuthScheme::None);
    }
    if let Some(none) = schemes.iter().position(|it| *it == AuthScheme::None) {
        // Nothing is needed, so the schemes behind it are never used.
        schemes.truncate(none + 1);
    }
    match schemes.as_slice() {
        [AuthScheme::None] => Vec::new(),
        [] if modeled.contains(&AuthScheme::SigV4a) => vec![AuthScheme::SigV4a],
        [] => vec![AuthScheme::SigV4],
        _ => schemes,
    }
}

fn is_supported(scheme: &&AuthScheme) -> bool {
    use AuthScheme::{Bearer, None, SigV4};
    matches!(scheme, SigV4 | Bearer | None)
}

/// Whether any operation accepts a bearer token.
pub(super) fn has_bearer(service: &Service) -> bool {
    let mut operations = service.operations.values();
    operations.any(|operation| schemes(service, operation).contains(&AuthScheme::Bearer))
}

/// Whether no operation accepts credentials, but some accept a bearer token.
pub(super) fn is_bearer_only(service: &Service) -> bool {
    let mut operations = service.operations.values();
    let signs = |operation| schemes(service, operation).contains(&AuthScheme::SigV4);
    has_bearer(service) && !operations.any(signs)
}

#[cfg(test)]
mod tests {
    use super::schemes;
    use crate::ir::AuthScheme::{Bearer, SigV4, SigV4a};
    use crate::ir::{AuthScheme, Protocol};
    use crate::{ModelFile, ModelFiles};

    /// The schemes of the only operation of a model, from parts of its service and of the operation.
    fn planned(metadata: &str, operation: &str) -> (Vec<AuthScheme>, bool) {
        let model = format!(
            r#"{{
                "metadata": {{
                    "apiVersion": "2024-01-01", "endpointPrefix": "a", "protocol": "rest-json", {metadata}
                }},
                "operations": {{"Get": {{"http": {{"method": "GET", "requestUri": "/"}}, {operation} "name": "Get"}}}},
                "shapes": {{}}
            }}"#
        );
        let files = ModelFiles::new(ModelFile {
            name: "service-2.json".to_owned(),
            bytes: model.into_bytes(),
        });
        let mut faults = crate::diagnostic::Faults::default();
        let service = crate::lower::lower(&files, None, &mut faults).unwrap();
        assert_eq!(service.protocol, Protocol::RestJson);
        let operation = &service.operations["Get"];
        (schemes(&service, operation), operation.unsigned_payload)
    }

    /// Every combination in the models of botocore, with a service that has it, and those that botocore would accept. The
    /// expected schemes are those that botocore chooses from.
    #[test]
    fn schemes_are_those_of_botocore() {
        const V4: &str = r#""signatureVersion": "v4""#;
        const SIGV4: &str = r#""signatureVersion": "v4", "auth": ["aws.auth#sigv4"]"#;
        const BEARER: &str = r#""signatureVersion": "bearer""#;
        const BOTH: &str =
            r#""signatureVersion": "v4", "auth": ["aws.auth#sigv4", "smithy.api#httpBearerAuth"]"#;
        const TWO: &str =
            r#""signatureVersion": "v4", "auth": ["aws.auth#sigv4", "aws.auth#sigv4a"]"#;
        const OTHER_FIRST: &str =
            r#""signatureVersion": "v4", "auth": ["aws.auth#sigv4a", "aws.auth#sigv4"]"#;
        const NONE: &str = r#""auth": ["smithy.api#noAuth"], "authtype": "none","#;
        const UNSIGNED_BODY: &str = r#""authtype": "v4-unsigned-body", "unsignedPayload": true,"#;
        const CASES: [(&str, &str, &str, &[AuthScheme], bool); 18] = [
            ("workspaces-web", V4, "", &[SigV4], false),
            ("lambda", SIGV4, "", &[SigV4], false),
            ("codecatalyst", BEARER, "", &[Bearer], false),
            (
                "account-access-runtime",
                r#""signatureVersion": "bearer", "auth": ["smithy.api#httpBearerAuth"]"#,
                "",
                &[Bearer],
                false,
            ),
            ("bedrock-runtime", BOTH, "", &[SigV4, Bearer], false),
            ("sts", TWO, "", &[SigV4], false),
            ("sustainability", OTHER_FIRST, "", &[SigV4], false),
            (
                "s3control",
                r#""signatureVersion": "s3v4", "auth": ["aws.auth#sigv4"]"#,
                "",
                &[SigV4],
                false,
            ),
            // SigV2 is not supported: a warning says so.
            ("sdb", r#""signatureVersion": "v2""#, "", &[SigV4], false),
            ("sso", SIGV4, NONE, &[], false),
            ("sts AssumeRoleWithSAML", TWO, NONE, &[], false),
            ("ebs", SIGV4, UNSIGNED_BODY, &[SigV4], true),
            // `auth` precedes `authtype`, and the first scheme that is supported counts.
            ("", SIGV4, r#""authtype": "none","#, &[], false),
            (
                "",
                SIGV4,
                r#""auth": ["aws.auth#sigv4"], "authtype": "none","#,
                &[SigV4],
                false,
            ),
            ("", SIGV4, r#""auth": ["smithy.api#noAuth"],"#, &[], false),
            (
                "",
                SIGV4,
                r#""auth": ["aws.auth#sigv4a"],"#,
                &[SigV4a],
                false,
            ),
            (
                "",
                SIGV4,
                r#""auth": ["aws.auth#sigv4a", "smithy.api#httpBearerAuth"],"#,
                &[Bearer],
                false,
            ),
            (
                "",
                SIGV4,
                r#""auth": ["aws.auth#sigv4", "smithy.api#noAuth"],"#,
                &[SigV4, AuthScheme::None],
                false,
            ),
        ];
        for (service, metadata, operation, schemes, unsigned_payload) in CASES {
            let expected = (schemes.to_vec(), unsigned_payload);
            assert_eq!(
                planned(metadata, operation),
                expected,
                "{service}: {metadata} {operation}"
            );
        }
    }
}

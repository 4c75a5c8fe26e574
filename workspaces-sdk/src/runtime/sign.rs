//! AWS Signature Version 4, in the headers of a request.

use std::time::SystemTime;

use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign as signature};
use aws_sigv4::sign::v4;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use http::HeaderValue;

/// What a signature holds for.
#[derive(Debug)]
pub(crate) struct Scope<'a> {
    /// The region, as `eu-west-1`.
    pub(crate) region: &'a str,
    /// The service's signing name.
    pub(crate) name: &'a str,
}

/// Adds `authorization`, `x-amz-date` and, for temporary credentials, `x-amz-security-token`.
///
/// All headers but those that proxies change are signed, so nothing may touch the request after this.
/// The defaults of [`SigningSettings`] are what services other than S3 expect: the path normalised and
/// encoded twice, no header with the hash of the body.
///
/// # Errors
/// When `identity` holds no credentials, or a header is no text.
pub(crate) fn sign(
    request: &mut HttpRequest,
    identity: &Identity,
    scope: &Scope<'_>,
    time: SystemTime,
) -> Result<(), BoxError> {
    let params = v4::SigningParams::builder()
        .identity(identity)
        .region(scope.region)
        .name(scope.name)
        .time(time)
        .settings(SigningSettings::default())
        .build()?
        .into();
    let body = request
        .body()
        .bytes()
        .ok_or("the body of a request to sign must be in memory")?;
    let signable = SignableRequest::new(
        request.method(),
        request.uri(),
        request.headers().iter(),
        SignableBody::Bytes(body),
    )?;
    let (instructions, _) = signature(signable, &params)?.into_parts();
    let (headers, _) = instructions.into_parts();
    for header in headers {
        let mut value = HeaderValue::from_str(header.value())?;
        value.set_sensitive(header.sensitive());
        request.headers_mut().insert(header.name(), value);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use aws_credential_types::Credentials;
    use aws_smithy_types::body::SdkBody;

    use super::*;

    /// Token of the published examples.
    const TOKEN: &str = "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==";

    /// Signs as in AWS's published examples and gives the headers that were added.
    fn sign_example(
        method: &str,
        path: &str,
        headers: &[(&'static str, &'static str)],
        body: &'static str,
        token: Option<&str>,
    ) -> [Option<String>; 3] {
        let mut request = HttpRequest::new(SdkBody::from(body));
        request.set_method(method).unwrap();
        request
            .set_uri(format!("https://example.amazonaws.com{path}"))
            .unwrap();
        for (name, value) in headers {
            request.headers_mut().insert(*name, *value);
        }
        let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
        let identity = Credentials::new(
            "AKIDEXAMPLE",
            secret,
            token.map(str::to_owned),
            None,
            "test",
        )
        .into();
        let scope = Scope {
            region: "us-east-1",
            name: "service",
        };
        let time = UNIX_EPOCH + Duration::from_secs(1_440_938_160);
        sign(&mut request, &identity, &scope, time).unwrap();
        ["authorization", "x-amz-date", "x-amz-security-token"]
            .map(|name| request.headers().get(name).map(str::to_owned))
    }

    /// The examples of AWS's Signature Version 4 test suite, by their names there.
    #[test]
    fn published_examples() {
        let form: &'static [_] = &[
            ("content-type", "application/x-www-form-urlencoded"),
            ("content-length", "13"),
            (
                "x-amz-content-sha256",
                "9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e",
            ),
        ];
        let form_names = "content-length;content-type;host;x-amz-content-sha256;x-amz-date";
        let names = "host;x-amz-date";
        let sts_names = "host;x-amz-date;x-amz-security-token";
        type Headers = &'static [(&'static str, &'static str)];
        type Example = (
            &'static str,
            &'static str,
            &'static str,
            Headers,
            &'static str,
            Option<&'static str>,
            &'static str,
            &'static str,
        );
        #[rustfmt::skip]
        let examples: [Example; 5] = [
            ("get-vanilla", "GET", "/", &[], "", None, names, "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
            ("post-vanilla", "POST", "/", &[], "", None, names, "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
            ("get-vanilla-query-order-key-case", "GET", "/?Param2=value2&Param1=value1", &[], "", None, names, "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"),
            ("post-x-www-form-urlencoded", "POST", "/", form, "Param1=value1", None, form_names, "d3875051da38690788ef43de4db0d8f280229d82040bfac253562e56c3f20e0b"),
            ("post-sts-header-before", "POST", "/", &[], "", Some(TOKEN), sts_names, "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead"),
        ];
        for (name, method, path, headers, body, token, signed, signature) in examples {
            let expected = format!(
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, \
                 SignedHeaders={signed}, Signature={signature}"
            );
            let expected = [
                Some(expected),
                Some("20150830T123600Z".into()),
                token.map(str::to_owned),
            ];
            assert_eq!(
                sign_example(method, path, headers, body, token),
                expected,
                "{name}"
            );
        }
    }
}

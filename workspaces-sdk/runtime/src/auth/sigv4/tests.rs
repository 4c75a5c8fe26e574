//! Signatures are equal to published examples and to those of the reference implementation.

use std::time::{Duration, UNIX_EPOCH};

use aws_sigv4::http_request::{
    self, PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SigningSettings,
    UriPathNormalizationMode,
};
use aws_sigv4::sign::v4;
use aws_smithy_types::body::SdkBody;
use proptest::prelude::*;

use super::*;

/// The session token of the published examples.
const TOKEN: &str = "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==";

/// Signs a request of AWS's published examples and returns the headers that were added.
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
        single_encoding: false,
        hash_header: false,
    };
    let time = UNIX_EPOCH + Duration::from_secs(1_440_938_160);
    Signer::default()
        .sign(&mut request, &identity, &scope, time, false)
        .unwrap();
    ["authorization", "x-amz-date", "x-amz-security-token"]
        .map(|name| request.headers().get(name).map(str::to_owned))
}

/// Examples of AWS's Signature Version 4 test suite, with the names that they have there.
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

/// The settings of the reference implementation. Those for single encoding are the ones for S3.
fn settings(scope: &Scope<'_>) -> SigningSettings {
    let mut settings = SigningSettings::default();
    if scope.single_encoding {
        settings.percent_encoding_mode = PercentEncodingMode::Single;
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
    }
    if scope.hash_header {
        settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
    }
    settings
}

/// The header `authorization` of the reference implementation.
fn reference(
    request: &HttpRequest,
    identity: &Identity,
    scope: &Scope<'_>,
    time: SystemTime,
) -> String {
    let params = v4::SigningParams::builder()
        .identity(identity)
        .region(scope.region)
        .name(scope.name)
        .time(time)
        .settings(settings(scope))
        .build()
        .unwrap()
        .into();
    let signable = SignableRequest::new(
        request.method(),
        request.uri(),
        request.headers().iter(),
        SignableBody::Bytes(request.body().bytes().unwrap()),
    )
    .unwrap();
    let output = http_request::sign(signable, &params).unwrap();
    let (headers, _) = output.into_parts().0.into_parts();
    let authorization = headers
        .iter()
        .find(|header| header.name() == "authorization");
    authorization.unwrap().value().to_owned()
}

/// The URL that the reference implementation presigns.
#[cfg(feature = "presigning")]
fn presigned_by_reference(
    request: &HttpRequest,
    identity: &Identity,
    scope: &Scope<'_>,
    time: SystemTime,
    valid: Duration,
) -> String {
    let mut settings = settings(scope);
    settings.signature_location = http_request::SignatureLocation::QueryParams;
    settings.expires_in = Some(valid);
    let params = v4::SigningParams::builder()
        .identity(identity)
        .region(scope.region)
        .name(scope.name)
        .time(time)
        .settings(settings)
        .build()
        .unwrap()
        .into();
    let signable = SignableRequest::new(
        request.method(),
        request.uri(),
        request.headers().iter(),
        match scope.hash_header {
            true => SignableBody::UnsignedPayload,
            false => SignableBody::Bytes(request.body().bytes().unwrap()),
        },
    )
    .unwrap();
    let output = http_request::sign(signable, &params).unwrap();
    let mut signed = http::Request::builder()
        .uri(request.uri())
        .body(())
        .unwrap();
    let (instructions, _) = output.into_parts();
    instructions.apply_to_request_http1x(&mut signed);
    signed.uri().to_string()
}

/// Whether a percent-encoded byte is not ASCII.
fn has_high_byte(query: &str) -> bool {
    query.split('%').skip(1).any(|part| {
        let byte = part
            .get(..2)
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        byte.is_some_and(|byte| !byte.is_ascii())
    })
}

proptest! {
    #[test]
    fn signatures_are_those_of_the_reference_implementation(
        host in "https?://[a-z]{1,9}(\\.[a-z]{2,3})?(:(80|443|8080))?",
        path in "(/|/[a-zA-Z0-9%._~!$&'()*+,;=:@-]{0,6}|/\\.|/\\.\\.){0,5}",
        query in "(\\?([a-z0-9_.~%:/,@+*!-]{1,4}(=[A-F0-9_.~%:/,@+*!-]{0,4})?&){0,3}[a-z]{1,3}(=[a-z]{0,2})?)?",
        headers in prop::collection::btree_map(
            "x-[a-z-]{1,4}|authorization|user-agent|host|transfer-encoding|x-amzn-trace-id",
            "[ \t]{0,2}[!-~]([ -~]{0,12}|[!-~ \t]{0,12}[!-~])[ \t]{0,2}",
            0..6,
        ),
        body in ".{0,20}",
        (key, secret, token) in ("[A-Z0-9]{1,20}", "[!-~]{1,90}", prop::option::of("[!-~]{1,40}")),
        (region, name) in ("[a-z]{2}-[a-z]{4}-[0-9]", "[a-z]{1,12}"),
        (seconds, single_encoding, hash_header) in (0..4_000_000_000_u64, any::<bool>(), any::<bool>()),
    ) {
        // The reference implementation replaces bytes that are not UTF-8.
        prop_assume!(!has_high_byte(&query));
        let mut request = HttpRequest::new(SdkBody::from(body));
        request.set_method("POST").unwrap();
        request.set_uri(format!("{host}{path}{query}")).unwrap();
        let mut transmitted = request.try_clone().unwrap();
        for (name, value) in headers {
            // HTTP does not transmit spaces and tabs around a value.
            let trimmed = value.trim_matches([' ', '\t']).to_owned();
            transmitted.headers_mut().append(name.clone(), trimmed);
            request.headers_mut().append(name, value);
        }
        let identity = Credentials::new(key, secret, token, None, "test").into();
        let scope = Scope { region: &region, name: &name, single_encoding, hash_header };
        let time = UNIX_EPOCH + Duration::from_secs(seconds);
        let expected = reference(&transmitted, &identity, &scope, time);
        let signer = Signer::default();
        for _ in 0..2 {
            let mut request = request.try_clone().unwrap();
            signer.sign(&mut request, &identity, &scope, time, false).unwrap();
            prop_assert_eq!(request.headers().get("authorization"), Some(&*expected));
        }
    }
}

#[cfg(feature = "presigning")]
proptest! {
    #[test]
    fn presigned_requests_are_those_of_the_reference_implementation(
        host in "https?://[a-z]{1,9}(\\.[a-z]{2,3})?(:(80|443|8080))?",
        path in "(/|/[a-zA-Z0-9%._~!$&'()*+,;=:@-]{0,6}|/\\.|/\\.\\.){1,5}",
        query in "(\\?([a-z0-9_.~%:/,@+*!-]{1,4}(=[A-F0-9_.~%:/,@+*!-]{0,4})?&){0,3}[a-z]{1,3}(=[a-z]{0,2})?)?",
        headers in prop::collection::btree_map(
            "x-[a-z-]{1,4}|authorization|user-agent|host|x-amzn-trace-id|x-amz-user-agent|x-amz-checksum-mode",
            "[!-~]([ -~]{0,12}[!-~])?",
            0..6,
        ),
        body in ".{0,20}",
        (key, secret, token) in ("[A-Z0-9]{1,20}", "[!-~]{1,90}", prop::option::of("[!-~]{1,40}")),
        (region, name) in ("[a-z]{2}-[a-z]{4}-[0-9]", "[a-z]{1,12}"),
        (seconds, valid) in (0..4_000_000_000_u64, 0..700_000_u64),
        (single_encoding, hash_header) in (any::<bool>(), any::<bool>()),
    ) {
        // The reference implementation replaces bytes that are not UTF-8.
        prop_assume!(!has_high_byte(&query));
        let mut request = HttpRequest::new(SdkBody::from(body));
        request.set_uri(format!("{host}{path}{query}")).unwrap();
        for (name, value) in headers {
            request.headers_mut().append(name, value);
        }
        let identity = Credentials::new(key, secret, token, None, "test").into();
        let scope = Scope { region: &region, name: &name, single_encoding, hash_header };
        let (time, valid) = (UNIX_EPOCH + Duration::from_secs(seconds), Duration::from_secs(valid));
        let expected = presigned_by_reference(&request, &identity, &scope, time, valid);
        Signer::default().presign(&mut request, &identity, &scope, time, valid).unwrap();
        prop_assert_eq!(request.uri(), expected);
    }
}

/// The cached key is not used for other credentials, another Region or another day.
#[test]
fn the_cached_key_is_used_for_its_scope_only() {
    let signer = Signer::default();
    let sign = |secret: &str, region: &str, day: u64| {
        let mut request = HttpRequest::new(SdkBody::from("{}"));
        request.set_uri("https://example.com/").unwrap();
        let identity = Credentials::new("AKID", secret, None, None, "test").into();
        let scope = Scope {
            region,
            name: "service",
            single_encoding: false,
            hash_header: false,
        };
        let time = UNIX_EPOCH + Duration::from_secs(day * 86_400);
        let expected = reference(&request, &identity, &scope, time);
        signer
            .sign(&mut request, &identity, &scope, time, false)
            .unwrap();
        assert_eq!(request.headers().get("authorization"), Some(&*expected));
    };
    sign("one", "eu-west-1", 1);
    sign("two", "eu-west-1", 1);
    sign("two", "us-east-1", 1);
    sign("two", "us-east-1", 2);
}

/// A percent sign that starts no escape is a character like any other.
#[test]
fn malformed_escapes_are_signed_as_they_are_sent() {
    for target in [
        "/?a=%+5",
        "/?a=%5+",
        "/?%=%",
        "/?a=%4",
        "/?a=%zz",
        "/?a=%%41",
        "/?a=%25+5",
        "/%",
        "/%zz/%4",
        "/%+5/..",
        "/a%2F..%2f",
    ] {
        let mut request = HttpRequest::new(SdkBody::from("{}"));
        request
            .set_uri(format!("https://example.com{target}"))
            .unwrap();
        let identity = Credentials::new("AKID", "SECRET", None, None, "test").into();
        let scope = Scope {
            region: "eu-west-1",
            name: "service",
            single_encoding: false,
            hash_header: false,
        };
        let expected = reference(&request, &identity, &scope, UNIX_EPOCH);
        Signer::default()
            .sign(&mut request, &identity, &scope, UNIX_EPOCH, false)
            .unwrap();
        assert_eq!(
            request.headers().get("authorization"),
            Some(&*expected),
            "{target}"
        );
    }
}

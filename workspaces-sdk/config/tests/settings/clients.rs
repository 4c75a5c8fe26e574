//! Retries, compression, checksums, the user agent and signatures.

use super::{Case, both, env, file};

pub(crate) const CASES: &[Case] = &[
    env(
        "AWS_RETRY_MODE",
        &[("AWS_RETRY_MODE", "adaptive")],
        &[("retry mode", "Adaptive")],
    ),
    file(
        "retry_mode",
        "[default]\nretry_mode = ADAPTIVE\n",
        &[("retry mode", "Adaptive")],
    ),
    both(
        "AWS_RETRY_MODE comes before the profile",
        &[("AWS_RETRY_MODE", "standard")],
        "[default]\nretry_mode = adaptive\n",
        &[],
    ),
    env(
        "the retry mode legacy",
        &[("AWS_RETRY_MODE", "legacy")],
        &[],
    ),
    file("retry_mode is blank", "[default]\nretry_mode =\n", &[]),
    env(
        "AWS_MAX_ATTEMPTS",
        &[("AWS_MAX_ATTEMPTS", "7")],
        &[("max attempts", "7")],
    ),
    file(
        "max_attempts",
        "[default]\nmax_attempts = 1\n",
        &[("max attempts", "1")],
    ),
    both(
        "AWS_MAX_ATTEMPTS comes before the profile",
        &[("AWS_MAX_ATTEMPTS", "7")],
        "[default]\nmax_attempts = 8\n",
        &[("max attempts", "7")],
    ),
    env("no attempts", &[("AWS_MAX_ATTEMPTS", "0")], &[]),
    env(
        "AWS_MAX_ATTEMPTS is not a number",
        &[("AWS_MAX_ATTEMPTS", "x")],
        &[],
    ),
    env(
        "AWS_MAX_ATTEMPTS is negative",
        &[("AWS_MAX_ATTEMPTS", "-1")],
        &[],
    ),
    both(
        "AWS_MAX_ATTEMPTS is blank",
        &[("AWS_MAX_ATTEMPTS", "")],
        "[default]\nmax_attempts = 8\n",
        &[("max attempts", "8")],
    ),
    env(
        "retry mode and attempts",
        &[("AWS_RETRY_MODE", "adaptive"), ("AWS_MAX_ATTEMPTS", "5")],
        &[("retry mode", "Adaptive"), ("max attempts", "5")],
    ),
    env(
        "AWS_NEW_RETRIES_2026",
        &[("AWS_NEW_RETRIES_2026", "True")],
        &[("retries of 2026", "true")],
    ),
    env(
        "AWS_NEW_RETRIES_2026 is not valid",
        &[("AWS_NEW_RETRIES_2026", "1")],
        &[],
    ),
    env(
        "AWS_DISABLE_REQUEST_COMPRESSION",
        &[("AWS_DISABLE_REQUEST_COMPRESSION", "true")],
        &[("no request compression", "true")],
    ),
    both(
        "AWS_DISABLE_REQUEST_COMPRESSION comes before the profile",
        &[("AWS_DISABLE_REQUEST_COMPRESSION", "false")],
        "[default]\ndisable_request_compression = true\n",
        &[("no request compression", "false")],
    ),
    file(
        "disable_request_compression is not valid",
        "[default]\ndisable_request_compression = no\n",
        &[],
    ),
    env(
        "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES",
        &[("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "128")],
        &[("min compression size", "128")],
    ),
    file(
        "request_min_compression_size_bytes",
        "[default]\nrequest_min_compression_size_bytes = 0\n",
        &[("min compression size", "0")],
    ),
    env(
        "the largest number of bytes",
        &[("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "10485760")],
        &[("min compression size", "10485760")],
    ),
    env(
        "more than the largest number of bytes",
        &[("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "10485761")],
        &[("min compression size", "10485761")],
    ),
    env(
        "the number of bytes has a unit",
        &[("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "1 KiB")],
        &[],
    ),
    env(
        "checksums when required",
        &[
            ("AWS_REQUEST_CHECKSUM_CALCULATION", "when_required"),
            ("AWS_RESPONSE_CHECKSUM_VALIDATION", "WHEN_REQUIRED"),
        ],
        &[
            ("request checksums", "WhenRequired"),
            ("response checksums", "WhenRequired"),
        ],
    ),
    both(
        "checksums of the environment come before the profile",
        &[("AWS_REQUEST_CHECKSUM_CALCULATION", "when_supported")],
        "[default]\nrequest_checksum_calculation = when_required\nresponse_checksum_validation = when_required\n",
        &[("response checksums", "WhenRequired")],
    ),
    env(
        "checksums that are not valid",
        &[
            ("AWS_REQUEST_CHECKSUM_CALCULATION", "never"),
            ("AWS_RESPONSE_CHECKSUM_VALIDATION", "true"),
        ],
        &[],
    ),
    env(
        "AWS_SDK_UA_APP_ID",
        &[("AWS_SDK_UA_APP_ID", "my-app")],
        &[("app name", "my-app")],
    ),
    file(
        "sdk_ua_app_id",
        "[default]\nsdk_ua_app_id = my-app\n",
        &[("app name", "my-app")],
    ),
    file(
        "sdk-ua-app-id",
        "[default]\nsdk-ua-app-id = my-app\n",
        &[("app name", "my-app")],
    ),
    file(
        "both names of the app name",
        "[default]\nsdk-ua-app-id = old\nsdk_ua_app_id = new\n",
        &[("app name", "new")],
    ),
    both(
        "AWS_SDK_UA_APP_ID comes before the profile",
        &[("AWS_SDK_UA_APP_ID", "my-app")],
        "[default]\nsdk_ua_app_id = other\n",
        &[("app name", "my-app")],
    ),
    env(
        "an app name with a space",
        &[("AWS_SDK_UA_APP_ID", "my app")],
        &[],
    ),
    both(
        "an app name that is not valid, and an older one",
        &[("AWS_SDK_UA_APP_ID", "my app")],
        "[default]\nsdk-ua-app-id = other\n",
        &[],
    ),
    env(
        "AWS_AUTH_SCHEME_PREFERENCE",
        &[(
            "AWS_AUTH_SCHEME_PREFERENCE",
            "aws.auth#sigv4a, httpBearerAuth,\tsigv4 ",
        )],
        &[("auth schemes", "sigv4a httpBearerAuth sigv4")],
    ),
    file(
        "auth_scheme_preference",
        "[default]\nauth_scheme_preference = sigv4a, sigv4\n",
        &[("auth schemes", "sigv4a sigv4")],
    ),
    env(
        "an empty name of an auth scheme",
        &[("AWS_AUTH_SCHEME_PREFERENCE", "sigv4a,,sigv4")],
        &[],
    ),
    env(
        "AWS_SIGV4A_SIGNING_REGION_SET",
        &[("AWS_SIGV4A_SIGNING_REGION_SET", "us-east-1, eu-west-1,")],
        &[("SigV4a Regions", "us-east-1,eu-west-1")],
    ),
    both(
        "AWS_SIGV4A_SIGNING_REGION_SET comes before the profile",
        &[("AWS_SIGV4A_SIGNING_REGION_SET", "*")],
        "[default]\nsigv4a_signing_region_set = us-east-1\n",
        &[("SigV4a Regions", "*")],
    ),
    file(
        "no Regions for SigV4a",
        "[default]\nsigv4a_signing_region_set = ,\n",
        &[],
    ),
    env(
        "AWS_DISABLE_CLOCK_SKEW_CORRECTION",
        &[("AWS_DISABLE_CLOCK_SKEW_CORRECTION", "true")],
        &[("no clock skew correction", "true")],
    ),
    file(
        "disable_clock_skew_correction is not valid",
        "[default]\ndisable_clock_skew_correction = on\n",
        &[],
    ),
    env(
        "spaces around a value",
        &[
            ("AWS_USE_FIPS_ENDPOINT", " true "),
            ("AWS_MAX_ATTEMPTS", " 7 "),
        ],
        &[("FIPS", "true"), ("max attempts", "7")],
    ),
];

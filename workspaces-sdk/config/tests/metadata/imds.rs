//! Cases of the metadata service of EC2. Those of its endpoint are in [`super::imds_endpoints`].

use std::ops::RangeInclusive;

use super::Expected::{Credentials, InvalidConfiguration, NotLoaded, ProviderError, Unhandled};
use super::Reply::{Bytes, Silence, Status, Token};
use super::{Case, Reply, Rules};

pub(super) const ENDPOINT: &str = "AWS_EC2_METADATA_SERVICE_ENDPOINT";
const DISABLED: &str = "AWS_EC2_METADATA_DISABLED";

pub(super) const SERVER: (&str, &str) = (ENDPOINT, "http://{server}");

pub(super) const TOKEN: &str = "PUT /latest/api/token";
const ROLE: &str = "GET /latest/meta-data/iam/security-credentials/";
const CREDENTIALS: &str = "GET /latest/meta-data/iam/security-credentials/role";

/// The requests, with their tokens.
const R1: &str = "PUT /latest/api/token 21600";
const R2: &str = "GET /latest/meta-data/iam/security-credentials/ T0KEN-1";
const R3: &str = "GET /latest/meta-data/iam/security-credentials/role T0KEN-1";
pub(super) const ALL: &[&str] = &[R1, R2, R3];

const DOCUMENT: &str = r#"{"Code":"Success","LastUpdated":"2026-01-01T00:00:00Z","Type":"AWS-HMAC","AccessKeyId":"ASIAFROMIMDS",
    "SecretAccessKey":"hidden1","Token":"hidden2","Expiration":"2026-01-01T06:00:00Z"}"#;
const OTHER: &str = r#"{"accessKeyId":"OTHER","secretAccessKey":"hidden3","sessionToken":"hidden4",
    "accountId":"111122223333","expiresAt":"2026-01-01T00:30:00.500Z"}"#;
const EXPIRED: &str = r#"{"Code":"Success","AccessKeyId":"ASIAFROMIMDS","SecretAccessKey":"hidden1","Token":"hidden2",
    "Expiration":"2025-12-31T23:59:59Z"}"#;

const VALUES: &str = "ASIAFROMIMDS hidden1 hidden2";
const SIX_HOURS: RangeInclusive<u64> = 21_600..=21_600;
pub(super) const LOADED: super::Expected = Credentials {
    values: VALUES,
    seconds: SIX_HOURS,
};

const ANY_TOKEN: (&str, &[Reply]) = (TOKEN, &[Token("T0KEN-1", "21600")]);
const ANY_ROLE: (&str, &[Reply]) = (ROLE, &[Status(200, "role")]);
pub(super) const WORKING: Rules = &[ANY_TOKEN, ANY_ROLE, (CREDENTIALS, &[Status(200, DOCUMENT)])];

/// All cases.
pub(crate) const CASES: &[Case] = &[
    Case {
        name: "credentials",
        env: &[SERVER],
        files: &[],
        server: WORKING,
        expected: LOADED,
        requests: ALL,
    },
    Case {
        name: "turned off",
        env: &[SERVER, (DISABLED, "true")],
        files: &[],
        server: WORKING,
        expected: NotLoaded("AWS_EC2_METADATA_DISABLED is `true`"),
        requests: &[],
    },
    Case {
        name: "turned off in upper case",
        env: &[SERVER, (DISABLED, "TRUE")],
        files: &[],
        server: WORKING,
        expected: NotLoaded("AWS_EC2_METADATA_DISABLED"),
        requests: &[],
    },
    Case {
        name: "another value does not turn it off",
        env: &[SERVER, (DISABLED, "1")],
        files: &[],
        server: WORKING,
        expected: LOADED,
        requests: ALL,
    },
    Case {
        name: "no server",
        env: &[(ENDPOINT, "http://{closed}")],
        files: &[],
        server: WORKING,
        expected: NotLoaded(
            "no session token could be loaded from http://127.0.0.1:1/latest/api/token",
        ),
        requests: &[],
    },
    Case {
        name: "a server that does not reply is asked once",
        env: &[SERVER],
        files: &[],
        server: &[(TOKEN, &[Silence])],
        expected: NotLoaded("took longer than 1s"),
        requests: &[R1],
    },
    Case {
        name: "a server that closes the connection is asked once",
        env: &[SERVER],
        files: &[],
        server: &[(TOKEN, &[Bytes(b"")])],
        expected: NotLoaded("no session token could be loaded"),
        requests: &[R1],
    },
    Case {
        name: "the connection is closed after the token",
        env: &[SERVER],
        files: &[],
        server: &[ANY_TOKEN, (ROLE, &[Bytes(b"")])],
        expected: ProviderError("/latest/meta-data/iam/security-credentials/ did not respond"),
        requests: &[R1, R2],
    },
    Case {
        name: "an incomplete response",
        env: &[SERVER],
        files: &[],
        server: &[
            ANY_TOKEN,
            (
                ROLE,
                &[Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nrole")],
            ),
        ],
        expected: ProviderError("did not respond"),
        requests: &[R1, R2],
    },
    Case {
        name: "no permission for a token",
        env: &[SERVER],
        files: &[],
        server: &[(TOKEN, &[Status(403, "hidden")])],
        expected: ProviderError("the metadata service returned the status 403; it is turned off"),
        requests: &[R1],
    },
    Case {
        name: "a bad request for a token",
        env: &[SERVER],
        files: &[],
        server: &[(TOKEN, &[Status(400, "hidden")])],
        expected: ProviderError("the metadata service returned the status 400"),
        requests: &[R1],
    },
    Case {
        name: "the second attempt for a token succeeds",
        env: &[SERVER],
        files: &[],
        server: &[
            (TOKEN, &[Status(503, ""), Token("T0KEN-1", "21600")]),
            ANY_ROLE,
            (CREDENTIALS, &[Status(200, DOCUMENT)]),
        ],
        expected: LOADED,
        requests: &[R1, R1, R2, R3],
    },
    Case {
        name: "four attempts for a token",
        env: &[SERVER],
        files: &[],
        server: &[(TOKEN, &[Status(500, "")])],
        expected: ProviderError("the metadata service returned the status 500"),
        requests: &[R1, R1, R1, R1],
    },
    Case {
        name: "a token without a time to live",
        env: &[SERVER],
        files: &[],
        server: &[(TOKEN, &[Status(200, "T0KEN-1")])],
        expected: ProviderError("the token has no time to live"),
        requests: &[R1],
    },
    Case {
        name: "a token with a time to live that is not valid",
        env: &[SERVER],
        files: &[],
        server: &[(TOKEN, &[Token("T0KEN-1", "soon")])],
        expected: ProviderError("the time to live of the token is not valid"),
        requests: &[R1],
    },
    Case {
        name: "a token that cannot be a header",
        env: &[SERVER],
        files: &[],
        server: &[(TOKEN, &[Token("T0KEN-1\nline", "21600")])],
        expected: ProviderError("the token cannot be the value of a header"),
        requests: &[R1],
    },
    Case {
        name: "a token that ends at once is loaded for each request",
        env: &[SERVER],
        files: &[],
        server: &[
            (TOKEN, &[Token("T0KEN-1", "0"), Token("T0KEN-2", "120")]),
            ANY_ROLE,
            (CREDENTIALS, &[Status(200, DOCUMENT)]),
        ],
        expected: LOADED,
        requests: &[
            R1,
            R2,
            R1,
            "GET /latest/meta-data/iam/security-credentials/role T0KEN-2",
        ],
    },
    Case {
        name: "no role",
        env: &[SERVER],
        files: &[],
        server: &[ANY_TOKEN, (ROLE, &[Status(404, "hidden")])],
        expected: NotLoaded("the instance has no IAM role"),
        requests: &[R1, R2],
    },
    Case {
        name: "no permission for the role",
        env: &[SERVER],
        files: &[],
        server: &[ANY_TOKEN, (ROLE, &[Status(403, "hidden")])],
        expected: ProviderError("/iam/security-credentials/ returned the status 403"),
        requests: &[R1, R2],
    },
    Case {
        name: "another place for the role is not visited",
        env: &[SERVER],
        files: &[],
        server: &[
            ANY_TOKEN,
            (
                ROLE,
                &[Bytes(
                    b"HTTP/1.1 302 Found\r\nlocation: /other\r\ncontent-length: 0\r\n\r\n",
                )],
            ),
        ],
        expected: ProviderError("returned the status 302"),
        requests: &[R1, R2],
    },
    Case {
        name: "the third attempt for the role succeeds",
        env: &[SERVER],
        files: &[],
        server: &[
            ANY_TOKEN,
            (
                ROLE,
                &[Status(500, ""), Status(599, ""), Status(200, "role")],
            ),
            (CREDENTIALS, &[Status(200, DOCUMENT)]),
        ],
        expected: LOADED,
        requests: &[R1, R2, R2, R2, R3],
    },
    Case {
        name: "four attempts for the role",
        env: &[SERVER],
        files: &[],
        server: &[ANY_TOKEN, (ROLE, &[Status(503, "")])],
        expected: ProviderError("returned the status 503"),
        requests: &[R1, R2, R2, R2, R2],
    },
    Case {
        name: "a role that is not text",
        env: &[SERVER],
        files: &[],
        server: &[
            ANY_TOKEN,
            (
                ROLE,
                &[Bytes(
                    b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n\xa0\xa1",
                )],
            ),
        ],
        expected: ProviderError("returned a response that is not valid"),
        requests: &[R1, R2],
    },
    Case {
        name: "four attempts for the credentials",
        env: &[SERVER],
        files: &[],
        server: &[ANY_TOKEN, ANY_ROLE, (CREDENTIALS, &[Status(500, "hidden")])],
        expected: ProviderError("/iam/security-credentials/role returned the status 500"),
        requests: &[R1, R2, R3, R3, R3, R3],
    },
    Case {
        name: "no credentials",
        env: &[SERVER],
        files: &[],
        server: &[ANY_TOKEN, ANY_ROLE, (CREDENTIALS, &[Status(404, "hidden")])],
        expected: ProviderError("/iam/security-credentials/role returned the status 404"),
        requests: ALL,
    },
    Case {
        name: "a role that the instance cannot assume",
        env: &[SERVER],
        files: &[],
        server: &[
            ANY_TOKEN,
            ANY_ROLE,
            (
                CREDENTIALS,
                &[Status(
                    200,
                    r#"{"Code":"AssumeRoleUnauthorizedAccess","Message":"EC2 cannot assume the role."}"#,
                )],
            ),
        ],
        expected: InvalidConfiguration("AssumeRoleUnauthorizedAccess: EC2 cannot assume the role."),
        requests: ALL,
    },
    Case {
        name: "another error document",
        env: &[SERVER],
        files: &[],
        server: &[
            ANY_TOKEN,
            ANY_ROLE,
            (
                CREDENTIALS,
                &[Status(200, r#"{"Code":"Failed","AccessKeyId":"hidden"}"#)],
            ),
        ],
        expected: ProviderError("Failed: no message"),
        requests: ALL,
    },
    Case {
        name: "a document that is not JSON is not asked for again",
        env: &[SERVER],
        files: &[],
        server: &[
            ANY_TOKEN,
            ANY_ROLE,
            (CREDENTIALS, &[Status(200, "hidden"), Status(200, DOCUMENT)]),
        ],
        expected: Unhandled("the credentials document is not a JSON object"),
        requests: ALL,
    },
    Case {
        name: "a document without a token",
        env: &[SERVER],
        files: &[],
        server: &[
            ANY_TOKEN,
            ANY_ROLE,
            (
                CREDENTIALS,
                &[Status(
                    200,
                    r#"{"AccessKeyId":"id","SecretAccessKey":"hidden","Expiration":"2026-01-01T06:00:00Z"}"#,
                )],
            ),
        ],
        expected: Unhandled("the credentials document has no `Token`"),
        requests: ALL,
    },
    Case {
        name: "other names of members, and the account",
        env: &[SERVER],
        files: &[],
        server: &[ANY_TOKEN, ANY_ROLE, (CREDENTIALS, &[Status(200, OTHER)])],
        expected: Credentials {
            values: "OTHER hidden3 hidden4 111122223333",
            seconds: 1800..=1800,
        },
        requests: ALL,
    },
    Case {
        name: "expired credentials are used for 10 to 15 minutes",
        env: &[SERVER],
        files: &[],
        server: &[ANY_TOKEN, ANY_ROLE, (CREDENTIALS, &[Status(200, EXPIRED)])],
        expected: Credentials {
            values: VALUES,
            seconds: 600..=900,
        },
        requests: ALL,
    },
];

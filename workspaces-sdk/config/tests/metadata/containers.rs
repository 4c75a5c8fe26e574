//! Cases of the credentials endpoints of containers.

use std::ops::RangeInclusive;

use super::Expected::{Credentials, InvalidConfiguration, NotLoaded, ProviderError, Unhandled};
use super::Reply::{Bytes, Status};
use super::{Case, Rules};

const RELATIVE: &str = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
const FULL: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
const TOKEN: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
const TOKEN_FILE: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";

const SERVER: (&str, &str) = (FULL, "http://{server}/c");
const REQUEST: &str = "GET /c";

const DOCUMENT: &str = r#"{"RoleArn":"arn:aws:iam::111122223333:role/task","AccessKeyId":"ASIAFROMECS",
    "SecretAccessKey":"hidden1","Token":"hidden2","Expiration":"2026-01-01T06:00:00Z"}"#;
const WITH_ACCOUNT: &str = r#"{"AccessKeyId":"ASIAFROMECS","SecretAccessKey":"hidden1","Token":"hidden2",
    "Expiration":"2026-01-01T06:00:00Z","AccountId":"111122223333"}"#;
const EXPIRED: &str = r#"{"AccessKeyId":"ASIAFROMECS","SecretAccessKey":"hidden1","Token":"hidden2",
    "Expiration":"2025-12-31T23:59:59Z"}"#;

const VALUES: &str = "ASIAFROMECS hidden1 hidden2";
const SIX_HOURS: RangeInclusive<u64> = 21_600..=21_600;
const LOADED: super::Expected = Credentials {
    values: VALUES,
    seconds: SIX_HOURS,
};
const WORKING: Rules = &[
    (REQUEST, &[Status(200, DOCUMENT)]),
    ("GET /c?a=b", &[Status(200, DOCUMENT)]),
    ("GET /", &[Status(200, DOCUMENT)]),
];

/// All cases.
pub(crate) const CASES: &[Case] = &[
    Case {
        name: "no variable",
        env: &[],
        files: &[],
        server: WORKING,
        expected: NotLoaded(
            "neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set",
        ),
        requests: &[],
    },
    Case {
        name: "only a token",
        env: &[(TOKEN, "T0KEN-1")],
        files: &[],
        server: WORKING,
        expected: NotLoaded("is set"),
        requests: &[],
    },
    Case {
        name: "a full URL",
        env: &[SERVER],
        files: &[],
        server: WORKING,
        expected: LOADED,
        requests: &["GET /c"],
    },
    Case {
        name: "a full URL without a path",
        env: &[(FULL, "http://{server}")],
        files: &[],
        server: WORKING,
        expected: LOADED,
        requests: &["GET /"],
    },
    Case {
        name: "a full URL with a query",
        env: &[(FULL, "http://{server}/c?a=b")],
        files: &[],
        server: WORKING,
        expected: LOADED,
        requests: &["GET /c?a=b"],
    },
    Case {
        name: "a path",
        env: &[(RELATIVE, "/c?a=b")],
        files: &[],
        server: WORKING,
        expected: LOADED,
        requests: &["GET http://169.254.170.2/c?a=b"],
    },
    Case {
        name: "a path before a full URL",
        env: &[(RELATIVE, "/c"), (FULL, "http://10.0.0.1/")],
        files: &[],
        server: WORKING,
        expected: LOADED,
        requests: &["GET http://169.254.170.2/c"],
    },
    Case {
        name: "a path with another host",
        env: &[(RELATIVE, "http://10.0.0.1/c")],
        files: &[],
        server: WORKING,
        expected: LOADED,
        requests: &["GET http://169.254.170.2/c"],
    },
    Case {
        name: "an empty path",
        env: &[(RELATIVE, ""), SERVER],
        files: &[],
        server: WORKING,
        expected: InvalidConfiguration(
            "the value of AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is not a path",
        ),
        requests: &[],
    },
    Case {
        name: "a path that is not valid",
        env: &[(RELATIVE, "not a path")],
        files: &[],
        server: WORKING,
        expected: InvalidConfiguration(
            "the value of AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is not a path",
        ),
        requests: &[],
    },
    Case {
        name: "the endpoint of ECS",
        env: &[(FULL, "http://169.254.170.2/c")],
        files: &[],
        server: WORKING,
        expected: LOADED,
        requests: &["GET http://169.254.170.2/c"],
    },
    Case {
        name: "the endpoint of EKS, with a token file",
        env: &[
            (FULL, "http://169.254.170.23/c"),
            (TOKEN_FILE, "/var/token"),
        ],
        files: &[("/var/token", "T0KEN-1")],
        server: WORKING,
        expected: LOADED,
        requests: &["GET http://169.254.170.23/c T0KEN-1"],
    },
    Case {
        name: "the endpoint of EKS over IPv6",
        env: &[(FULL, "http://[fd00:ec2::23]/c"), (TOKEN, "T0KEN-1")],
        files: &[],
        server: WORKING,
        expected: LOADED,
        requests: &["GET http://[fd00:ec2::23]/c T0KEN-1"],
    },
    Case {
        name: "another loopback address",
        env: &[(FULL, "http://127.8.8.8:81/c")],
        files: &[],
        server: WORKING,
        expected: LOADED,
        requests: &["GET http://127.8.8.8:81/c"],
    },
    Case {
        name: "loopback over IPv6",
        env: &[(FULL, "http://[::1]/c")],
        files: &[],
        server: WORKING,
        expected: LOADED,
        requests: &["GET http://[::1]/c"],
    },
    Case {
        name: "a name of loopback",
        env: &[(FULL, "http://localhost/c")],
        files: &[],
        server: WORKING,
        expected: LOADED,
        requests: &["GET http://localhost/c"],
    },
    Case {
        name: "another host over TLS",
        env: &[(FULL, "https://credentials.example/c")],
        files: &[],
        server: WORKING,
        expected: LOADED,
        requests: &["GET http://credentials.example/c"],
    },
    Case {
        name: "another host",
        env: &[(FULL, "http://10.0.0.1/c?hidden")],
        files: &[],
        server: WORKING,
        expected: InvalidConfiguration(
            "AWS_CONTAINER_CREDENTIALS_FULL_URI names the host 10.0.0.1, which is neither loopback nor",
        ),
        requests: &[],
    },
    Case {
        name: "a neighbor of the endpoint of ECS",
        env: &[(FULL, "http://169.254.170.3/c")],
        files: &[],
        server: WORKING,
        expected: InvalidConfiguration("169.254.170.3"),
        requests: &[],
    },
    Case {
        name: "another host over IPv6",
        env: &[(FULL, "http://[fd00:ec2::24]/c")],
        files: &[],
        server: WORKING,
        expected: InvalidConfiguration("[fd00:ec2::24]"),
        requests: &[],
    },
    Case {
        name: "a user name that looks like a host",
        env: &[(FULL, "http://127.0.0.1:hidden@10.0.0.1/c")],
        files: &[],
        server: WORKING,
        expected: InvalidConfiguration("names the host 10.0.0.1"),
        requests: &[],
    },
    Case {
        name: "no host",
        env: &[(FULL, "/c")],
        files: &[],
        server: WORKING,
        expected: InvalidConfiguration("AWS_CONTAINER_CREDENTIALS_FULL_URI has no host"),
        requests: &[],
    },
    Case {
        name: "a full URL that is not valid",
        env: &[(FULL, "http://not a host")],
        files: &[],
        server: WORKING,
        expected: InvalidConfiguration("AWS_CONTAINER_CREDENTIALS_FULL_URI is not a URL"),
        requests: &[],
    },
    Case {
        name: "an empty full URL",
        env: &[(FULL, "")],
        files: &[],
        server: WORKING,
        expected: InvalidConfiguration("AWS_CONTAINER_CREDENTIALS_FULL_URI is not a URL"),
        requests: &[],
    },
    Case {
        name: "the file of a token before the token",
        env: &[SERVER, (TOKEN, "T0KEN-2"), (TOKEN_FILE, "/token")],
        files: &[("/token", "T0KEN-1")],
        server: WORKING,
        expected: LOADED,
        requests: &["GET /c T0KEN-1"],
    },
    Case {
        name: "the file of a token that does not exist",
        env: &[SERVER, (TOKEN, "T0KEN-2"), (TOKEN_FILE, "/token")],
        files: &[],
        server: WORKING,
        expected: ProviderError(
            "the file /token, which AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE names, cannot be read",
        ),
        requests: &[],
    },
    Case {
        name: "the file of a token that does not exist, without an endpoint",
        env: &[(TOKEN_FILE, "/token")],
        files: &[],
        server: WORKING,
        expected: ProviderError("the file /token"),
        requests: &[],
    },
    Case {
        name: "the file of a token that ends with a line break",
        env: &[SERVER, (TOKEN_FILE, "/token")],
        files: &[("/token", "hidden\n")],
        server: WORKING,
        expected: InvalidConfiguration("remove the line break at its end"),
        requests: &[],
    },
    Case {
        name: "a token that cannot be a header",
        env: &[SERVER, (TOKEN, "hidden\nline")],
        files: &[],
        server: WORKING,
        expected: InvalidConfiguration(
            "the value of AWS_CONTAINER_AUTHORIZATION_TOKEN cannot be the value of a header",
        ),
        requests: &[],
    },
    Case {
        name: "no server is asked three times",
        env: &[(FULL, "http://{closed}/hidden?hidden")],
        files: &[],
        server: WORKING,
        expected: Unhandled("http://127.0.0.1:1 did not respond"),
        requests: &[],
    },
    Case {
        name: "a server that closes the connection is asked three times",
        env: &[SERVER],
        files: &[],
        server: &[(REQUEST, &[Bytes(b"")])],
        expected: Unhandled("did not respond"),
        requests: &["GET /c", "GET /c", "GET /c"],
    },
    Case {
        name: "the third attempt succeeds",
        env: &[SERVER],
        files: &[],
        server: &[(
            REQUEST,
            &[
                Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhidden"),
                Status(503, ""),
                Status(200, DOCUMENT),
            ],
        )],
        expected: LOADED,
        requests: &["GET /c", "GET /c", "GET /c"],
    },
    Case {
        name: "a gateway that does not work at first",
        env: &[SERVER],
        files: &[],
        server: &[(
            REQUEST,
            &[Status(502, ""), Status(504, ""), Status(200, DOCUMENT)],
        )],
        expected: LOADED,
        requests: &["GET /c", "GET /c", "GET /c"],
    },
    Case {
        name: "three attempts, and the path of a task is a secret",
        env: &[(RELATIVE, "/hidden")],
        files: &[],
        server: &[("GET /hidden", &[Status(500, "hidden")])],
        expected: ProviderError("http://169.254.170.2 returned the status 500"),
        requests: &[
            "GET http://169.254.170.2/hidden",
            "GET http://169.254.170.2/hidden",
            "GET http://169.254.170.2/hidden",
        ],
    },
    Case {
        name: "another status of the server is not retried",
        env: &[SERVER],
        files: &[],
        server: &[(REQUEST, &[Status(501, "hidden")])],
        expected: ProviderError("returned the status 501"),
        requests: &["GET /c"],
    },
    Case {
        name: "too many requests are not retried",
        env: &[SERVER],
        files: &[],
        server: &[(REQUEST, &[Status(429, "hidden")])],
        expected: ProviderError("returned the status 429"),
        requests: &["GET /c"],
    },
    Case {
        name: "no permission, with a reason",
        env: &[SERVER],
        files: &[],
        server: &[(
            REQUEST,
            &[Status(
                403,
                r#"{"code":"AccessDenied","message":"The task has no role."}"#,
            )],
        )],
        expected: ProviderError("returned the status 403: AccessDenied: The task has no role."),
        requests: &["GET /c"],
    },
    Case {
        name: "another place is not visited",
        env: &[SERVER],
        files: &[],
        server: &[(
            REQUEST,
            &[Bytes(
                b"HTTP/1.1 302 Found\r\nlocation: /\r\ncontent-length: 0\r\n\r\n",
            )],
        )],
        expected: ProviderError("returned the status 302"),
        requests: &["GET /c"],
    },
    Case {
        name: "a document that is not JSON is asked for again",
        env: &[SERVER],
        files: &[],
        server: &[(REQUEST, &[Status(200, "hidden"), Status(200, DOCUMENT)])],
        expected: LOADED,
        requests: &["GET /c", "GET /c"],
    },
    Case {
        name: "documents that are not JSON",
        env: &[SERVER],
        files: &[],
        server: &[(REQUEST, &[Status(200, "hidden")])],
        expected: Unhandled("the credentials document is not a JSON object"),
        requests: &["GET /c", "GET /c", "GET /c"],
    },
    Case {
        name: "an empty document",
        env: &[(FULL, "http://{server}/hidden")],
        files: &[],
        server: &[("GET /hidden", &[Status(200, "")])],
        expected: Unhandled("the credentials document is empty"),
        requests: &["GET /hidden", "GET /hidden", "GET /hidden"],
    },
    Case {
        name: "an error document is not asked for again",
        env: &[(FULL, "http://{server}/hidden")],
        files: &[],
        server: &[(
            "GET /hidden",
            &[
                Status(200, r#"{"code":"Failed","message":"why"}"#),
                Status(200, DOCUMENT),
            ],
        )],
        expected: ProviderError("returned no credentials: Failed: why"),
        requests: &["GET /hidden"],
    },
    Case {
        name: "the account",
        env: &[SERVER],
        files: &[],
        server: &[(REQUEST, &[Status(200, WITH_ACCOUNT)])],
        expected: Credentials {
            values: "ASIAFROMECS hidden1 hidden2 111122223333",
            seconds: SIX_HOURS,
        },
        requests: &["GET /c"],
    },
    Case {
        name: "expired credentials",
        env: &[SERVER],
        files: &[],
        server: &[(REQUEST, &[Status(200, EXPIRED)])],
        expected: Credentials {
            values: VALUES,
            seconds: 0..=0,
        },
        requests: &["GET /c"],
    },
];

//! Roles for a web identity token.

use super::case::ErrorKind::{InvalidConfiguration, NotLoaded, ProviderError, Unhandled};
use super::case::{CASE, Case, Expected, Reply};

const FILE: (&str, &str) = ("~/token", "SECRET.JWT");
const VARIABLES: &[(&str, &str)] = &[
    ("AWS_WEB_IDENTITY_TOKEN_FILE", "{home}/token"),
    ("AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/a"),
    ("AWS_ROLE_SESSION_NAME", "session"),
];
const REQUEST: &str = "unsigned AssumeRoleWithWebIdentity RoleArn=arn:aws:iam::111122223333:role/a \
                       RoleSessionName=session WebIdentityToken=SECRET.JWT";
const KEYS: Expected = Expected::Credentials(
    "ASIA1 SECRET-ASIA1 SECRET-TOKEN-ASIA1 of 111122223333 until 2035-01-02T03:04:05Z",
);

/// The environment defines the token and the role.
pub(crate) const CASES: &[Case] = &[
    Case {
        name: "no variables",
        expected: Expected::Error(NotLoaded, "AWS_WEB_IDENTITY_TOKEN_FILE is not set"),
        ..CASE
    },
    Case {
        name: "a file without a role",
        env: &[("AWS_WEB_IDENTITY_TOKEN_FILE", "{home}/token")],
        files: &[FILE],
        expected: Expected::Error(NotLoaded, "AWS_ROLE_ARN is not set"),
        ..CASE
    },
    Case {
        name: "a role without a file",
        env: &[
            ("AWS_ROLE_ARN", "arn:a"),
            ("AWS_ROLE_SESSION_NAME", "session"),
        ],
        files: &[FILE],
        expected: Expected::Error(NotLoaded, "AWS_WEB_IDENTITY_TOKEN_FILE is not set"),
        ..CASE
    },
    Case {
        name: "a file that does not exist",
        env: VARIABLES,
        expected: Expected::Error(
            ProviderError,
            "could not read the web identity token in \"/home/user/token\", the value of AWS_WEB_IDENTITY_TOKEN_FILE: entity not found",
        ),
        ..CASE
    },
    Case {
        name: "an empty path",
        env: &[
            ("AWS_WEB_IDENTITY_TOKEN_FILE", ""),
            ("AWS_ROLE_ARN", "arn:a"),
        ],
        files: &[FILE],
        expected: Expected::Error(
            ProviderError,
            "could not read the web identity token in \"\", the value of AWS_WEB_IDENTITY_TOKEN_FILE: entity not found",
        ),
        ..CASE
    },
    Case {
        name: "all variables",
        env: VARIABLES,
        files: &[FILE],
        server: &[(REQUEST, Reply::Keys("ASIA1"))],
        expected: KEYS,
    },
    Case {
        name: "the default name of the session",
        env: &[
            ("AWS_WEB_IDENTITY_TOKEN_FILE", "{home}/token"),
            ("AWS_ROLE_ARN", "arn:a"),
        ],
        files: &[FILE],
        server: &[(
            "unsigned AssumeRoleWithWebIdentity RoleArn=arn:a RoleSessionName=web-identity-token-* WebIdentityToken=SECRET.JWT",
            Reply::Keys("ASIA1"),
        )],
        expected: KEYS,
    },
    Case {
        name: "keys of the environment do not sign the request",
        env: &[
            ("AWS_WEB_IDENTITY_TOKEN_FILE", "{home}/token"),
            ("AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/a"),
            ("AWS_ROLE_SESSION_NAME", "session"),
            ("AWS_ACCESS_KEY_ID", "AKIDENV"),
            ("AWS_SECRET_ACCESS_KEY", "SECRET-env"),
        ],
        files: &[FILE],
        server: &[(REQUEST, Reply::Keys("ASIA1"))],
        expected: KEYS,
    },
    Case {
        name: "the profile does not matter",
        env: VARIABLES,
        files: &[
            FILE,
            (
                "~/.aws/config",
                "[default]\nrole_arn = arn:unused\nweb_identity_token_file = /unused\n",
            ),
        ],
        server: &[(REQUEST, Reply::Keys("ASIA1"))],
        expected: KEYS,
    },
    Case {
        name: "white space is a part of the token",
        env: VARIABLES,
        files: &[("~/token", "SECRET\n")],
        server: &[(
            "unsigned AssumeRoleWithWebIdentity RoleArn=arn:aws:iam::111122223333:role/a RoleSessionName=session WebIdentityToken=SECRET\n",
            Reply::Keys("ASIA1"),
        )],
        expected: KEYS,
    },
    Case {
        name: "the provider is not reached, twice",
        env: VARIABLES,
        files: &[FILE],
        server: &[
            (
                REQUEST,
                Reply::Error(400, "IDPCommunicationError", "no response"),
            ),
            (
                REQUEST,
                Reply::Error(400, "IDPCommunicationError", "no response"),
            ),
            (REQUEST, Reply::Keys("ASIA1")),
        ],
        expected: KEYS,
    },
    Case {
        name: "the provider is never reached",
        env: VARIABLES,
        files: &[FILE],
        server: &[
            (
                REQUEST,
                Reply::Error(400, "IDPCommunicationError", "no response"),
            ),
            (
                REQUEST,
                Reply::Error(400, "IDPCommunicationError", "no response"),
            ),
            (
                REQUEST,
                Reply::Error(400, "IDPCommunicationError", "no response"),
            ),
        ],
        expected: Expected::Error(ProviderError, "IDPCommunicationError: no response"),
    },
    Case {
        name: "the token has expired",
        env: VARIABLES,
        files: &[FILE],
        server: &[(
            REQUEST,
            Reply::Error(400, "ExpiredTokenException", "the token has expired"),
        )],
        expected: Expected::Error(
            ProviderError,
            "ExpiredTokenException: the token has expired",
        ),
    },
    Case {
        name: "the token is not valid",
        env: VARIABLES,
        files: &[FILE],
        server: &[(
            REQUEST,
            Reply::Error(400, "InvalidIdentityToken", "the token is not a JWT"),
        )],
        expected: Expected::Error(
            ProviderError,
            "InvalidIdentityToken: the token is not a JWT",
        ),
    },
    Case {
        name: "STS denies the role to the token",
        env: VARIABLES,
        files: &[FILE],
        server: &[(
            REQUEST,
            Reply::Error(
                403,
                "AccessDenied",
                "Not authorized to perform sts:AssumeRoleWithWebIdentity",
            ),
        )],
        expected: Expected::Error(
            ProviderError,
            "AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity",
        ),
    },
    Case {
        name: "a response without credentials",
        env: VARIABLES,
        files: &[FILE],
        server: &[(
            REQUEST,
            Reply::Body(
                "<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult/></AssumeRoleWithWebIdentityResponse>",
            ),
        )],
        expected: Expected::Error(Unhandled, "the response of STS has no credentials"),
    },
];

/// A profile defines the token and the role.
pub(crate) const PROFILE_CASES: &[Case] = &[
    Case {
        name: "a profile with a token and a role",
        files: &[
            FILE,
            (
                "~/.aws/config",
                "[default]\nrole_arn = arn:aws:iam::111122223333:role/a\nweb_identity_token_file = {home}/token\n\
                 role_session_name = session\n",
            ),
        ],
        server: &[(REQUEST, Reply::Keys("ASIA1"))],
        expected: KEYS,
        ..CASE
    },
    Case {
        name: "the default name of the session of a profile",
        files: &[
            FILE,
            (
                "~/.aws/config",
                "[default]\nrole_arn = arn:a\nweb_identity_token_file = {home}/token\n",
            ),
        ],
        server: &[(
            "unsigned AssumeRoleWithWebIdentity RoleArn=arn:a RoleSessionName=web-identity-token-profile-* WebIdentityToken=SECRET.JWT",
            Reply::Keys("ASIA1"),
        )],
        expected: KEYS,
        ..CASE
    },
    Case {
        name: "a token comes before a source profile, keys and an MFA device",
        files: &[
            FILE,
            (
                "~/.aws/config",
                "[default]\nrole_arn = arn:aws:iam::111122223333:role/a\nweb_identity_token_file = {home}/token\n\
                 role_session_name = session\nsource_profile = base\nmfa_serial = device\naws_access_key_id = AKID\n\
                 aws_secret_access_key = SECRET\n",
            ),
        ],
        server: &[(REQUEST, Reply::Keys("ASIA1"))],
        expected: KEYS,
        ..CASE
    },
    Case {
        name: "a profile with a token and no role",
        files: &[
            FILE,
            (
                "~/.aws/config",
                "[default]\nweb_identity_token_file = {home}/token\n",
            ),
        ],
        expected: Expected::Error(
            InvalidConfiguration,
            "profile \"default\" (~/.aws/config:2): web_identity_token_file needs role_arn",
        ),
        ..CASE
    },
    Case {
        name: "the token of a profile does not exist",
        files: &[(
            "~/.aws/config",
            "[default]\nrole_arn = arn:a\nweb_identity_token_file = ~/token\n",
        )],
        expected: Expected::Error(
            ProviderError,
            "profile \"default\" (~/.aws/config:3): web_identity_token_file failed: an error occurred while loading credentials: could not read the web identity token in \"~/token\": entity not found",
        ),
        ..CASE
    },
    Case {
        name: "STS does not accept the token of a profile",
        files: &[
            FILE,
            (
                "~/.aws/config",
                "[default]\nrole_arn = arn:aws:iam::111122223333:role/a\nweb_identity_token_file = {home}/token\n\
                 role_session_name = session\n",
            ),
        ],
        server: &[(
            REQUEST,
            Reply::Error(400, "IDPRejectedClaim", "the token was revoked"),
        )],
        expected: Expected::Error(
            ProviderError,
            "profile \"default\" (~/.aws/config:3): web_identity_token_file failed: an error occurred while loading credentials: IDPRejectedClaim: the token was revoked",
        ),
        ..CASE
    },
];

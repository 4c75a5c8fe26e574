//! Roles of IAM Identity Center, by tokens that `aws sso login` has stored.

use super::case::{CASE, Case, Expected, Reply, STORED_CASE, StoredCase};

pub(super) const CONFIG: &str = "~/.aws/config";
pub(crate) const SESSION: (&str, &str) = (
    CONFIG,
    "[default]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = reader\n\
     [sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://corp.awsapps.com/start\n",
);
pub(super) const LEGACY: (&str, &str) = (
    CONFIG,
    "[default]\nsso_region = us-east-1\nsso_start_url = https://corp.awsapps.com/start\n\
     sso_account_id = 111122223333\nsso_role_name = reader\n",
);
/// The file of the session.
pub(super) const FILE: &str = "~/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json";
/// The file of the start URL.
pub(super) const LEGACY_FILE: &str =
    "~/.aws/sso/cache/a51746d4aa793ae07b25e90c3a5db96fc7832bd7.json";
pub(super) const VALID: &str =
    "{\"accessToken\": \"SECRET-1\", \"expiresAt\": \"2030-01-01T00:05:01Z\"}";
pub(super) const EXPIRED: &str =
    "{\"accessToken\": \"SECRET-1\", \"expiresAt\": \"2030-01-01T00:00:00Z\"}";

/// A token that can be refreshed until `$registration`.
macro_rules! refreshable {
    ($expires:literal, $registration:literal) => {
        concat!(
            "{\"startUrl\": \"https://corp.awsapps.com/start\", \"region\": \"us-east-1\", \"accessToken\": \"SECRET-1\", \
             \"expiresAt\": \"",
            $expires,
            "\", \"clientId\": \"client\", \"clientSecret\": \"SECRET-client\", \"registrationExpiresAt\": \"",
            $registration,
            "\", \"refreshToken\": \"SECRET-REFRESH-1\"}"
        )
    };
}
/// A token that expires within five minutes.
pub(super) const EXPIRING: &str = refreshable!("2030-01-01T00:05:00Z", "2030-02-01T00:00:00Z");
pub(super) const EXPIRED_REFRESHABLE: &str =
    refreshable!("2029-12-31T23:59:59Z", "2030-02-01T00:00:00Z");
const REGISTRATION_EXPIRED: &str = refreshable!("2030-01-01T00:05:00Z", "2030-01-01T00:00:00Z");
pub(super) const BOTH_EXPIRED: &str = refreshable!("2030-01-01T00:00:00Z", "2030-01-01T00:00:00Z");
pub(super) const REGISTRATION_INVALID: &str = refreshable!("2030-01-01T01:00:00Z", "tomorrow");
/// The token after it was refreshed.
pub(super) const REFRESHED: &str = "{\"accessToken\":\"SECRET-2\",\"expiresAt\":\"2030-01-01T01:00:00Z\",\"refreshToken\":\"SECRET-REFRESH-2\",\
                         \"clientId\":\"client\",\"clientSecret\":\"SECRET-client\",\"registrationExpiresAt\":\"2030-02-01T00:00:00Z\",\
                         \"region\":\"us-east-1\",\"startUrl\":\"https://corp.awsapps.com/start\"}";
/// The file after a refresh that returned no new refresh token.
pub(super) const KEPT_REFRESH_TOKEN: &str = "{\"accessToken\":\"SECRET-2\",\"expiresAt\":\"2030-01-01T01:00:00Z\",\"refreshToken\":\"SECRET-REFRESH-1\",\"clientId\":\"client\",\"clientSecret\":\"SECRET-client\",\"registrationExpiresAt\":\"2030-02-01T00:00:00Z\",\"region\":\"us-east-1\",\"startUrl\":\"https://corp.awsapps.com/start\"}";
pub(super) const REFRESH: &str = "unsigned POST /token clientId=client clientSecret=SECRET-client grantType=refresh_token \
                                  refreshToken=SECRET-REFRESH-1";
pub(super) const GET: &str =
    "unsigned GET /federation/credentials account_id=111122223333 role_name=reader bearer=SECRET-1";
pub(super) const GET_REFRESHED: &str =
    "unsigned GET /federation/credentials account_id=111122223333 role_name=reader bearer=SECRET-2";
pub(super) const KEYS: Expected = Expected::Credentials(
    "ASIA1 SECRET-ASIA1 SECRET-TOKEN-ASIA1 of 111122223333 until 2035-01-02T03:04:05Z",
);
pub(super) const OUTAGE: Reply = Reply::Error(500, "InternalServerException", "an outage");

/// A profile names the account, the role, and the session or the start URL.
pub(crate) const CASES: &[StoredCase] = &[
    StoredCase {
        case: Case {
            name: "a valid token",
            files: &[SESSION, (FILE, VALID)],
            server: &[(GET, Reply::Keys("ASIA1"))],
            expected: KEYS,
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "a token that expires soon",
            files: &[SESSION, (FILE, EXPIRING)],
            server: &[
                (REFRESH, Reply::Keys("2")),
                (GET_REFRESHED, Reply::Keys("ASIA1")),
            ],
            expected: KEYS,
            ..CASE
        },
        stored: &[(FILE, REFRESHED)],
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "an expired token that can be refreshed",
            files: &[SESSION, (FILE, EXPIRED_REFRESHABLE)],
            server: &[
                (REFRESH, Reply::Keys("2")),
                (GET_REFRESHED, Reply::Keys("ASIA1")),
            ],
            expected: KEYS,
            ..CASE
        },
        stored: &[(FILE, REFRESHED)],
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "a refresh that fails, and a token that expires soon",
            files: &[SESSION, (FILE, EXPIRING)],
            server: &[
                (
                    REFRESH,
                    Reply::Error(
                        400,
                        "InvalidGrantException",
                        "the refresh token was revoked",
                    ),
                ),
                (GET, Reply::Keys("ASIA1")),
            ],
            expected: KEYS,
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "a refresh that fails at first",
            files: &[SESSION, (FILE, EXPIRING)],
            server: &[
                (REFRESH, OUTAGE),
                (REFRESH, Reply::Keys("2")),
                (GET_REFRESHED, Reply::Keys("ASIA1")),
            ],
            expected: KEYS,
            ..CASE
        },
        stored: &[(FILE, REFRESHED)],
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "a refresh that always fails, and a token that expires soon",
            files: &[SESSION, (FILE, EXPIRING)],
            server: &[
                (REFRESH, OUTAGE),
                (REFRESH, OUTAGE),
                (REFRESH, OUTAGE),
                (GET, Reply::Keys("ASIA1")),
            ],
            expected: KEYS,
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "a refresh without an access token",
            files: &[SESSION, (FILE, EXPIRING)],
            server: &[
                (
                    REFRESH,
                    Reply::Body("{\"expiresIn\":3600,\"refreshToken\":\"SECRET-REFRESH-2\"}"),
                ),
                (GET, Reply::Keys("ASIA1")),
            ],
            expected: KEYS,
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "a refresh without a refresh token",
            files: &[SESSION, (FILE, EXPIRING)],
            server: &[
                (
                    REFRESH,
                    Reply::Body("{\"accessToken\":\"SECRET-2\",\"expiresIn\":3600}"),
                ),
                (GET_REFRESHED, Reply::Keys("ASIA1")),
            ],
            expected: KEYS,
            ..CASE
        },
        stored: &[(FILE, KEPT_REFRESH_TOKEN)],
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "an expired registration, and a token that expires soon",
            files: &[SESSION, (FILE, REGISTRATION_EXPIRED)],
            server: &[(GET, Reply::Keys("ASIA1"))],
            expected: KEYS,
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "names in other case, and other members",
            files: &[
                SESSION,
                (
                    FILE,
                    "{\"AccessToken\": \"SECRET-1\", \"other\": [{\"accessToken\": \"SECRET-3\"}], \"EXPIRESAT\": \"2031-01-01T00:00:00Z\", \"region\": null}",
                ),
            ],
            server: &[(GET, Reply::Keys("ASIA1"))],
            expected: KEYS,
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "the name of the session has other characters",
            files: &[
                (
                    CONFIG,
                    "[default]\nsso_session = corp.eu@x/1\nsso_account_id = 111122223333\nsso_role_name = reader\n\
 [sso-session corp.eu@x/1]\nsso_region = us-east-1\nsso_start_url = https://corp.awsapps.com/start\n",
                ),
                (
                    "~/.aws/sso/cache/8acaca7518cb5245db5028aa9312c5a098c414a2.json",
                    VALID,
                ),
            ],
            server: &[(GET, Reply::Keys("ASIA1"))],
            expected: KEYS,
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "the name of the role has other characters",
            files: &[
                (
                    CONFIG,
                    "[default]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = a+b&c=d/\u{fc}\n\
 [sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://corp.awsapps.com/start\n",
                ),
                (FILE, VALID),
            ],
            server: &[(
                "unsigned GET /federation/credentials account_id=111122223333 role_name=a+b&c=d/\u{fc} bearer=SECRET-1",
                Reply::Keys("ASIA1"),
            )],
            expected: KEYS,
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "a start URL without a session",
            files: &[LEGACY, (LEGACY_FILE, VALID)],
            server: &[(GET, Reply::Keys("ASIA1"))],
            expected: KEYS,
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "a token of a start URL is never refreshed",
            files: &[LEGACY, (LEGACY_FILE, EXPIRING)],
            server: &[(GET, Reply::Keys("ASIA1"))],
            expected: KEYS,
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "a start URL with a fragment",
            files: &[
                (
                    CONFIG,
                    "[default]\nsso_region = us-east-1\nsso_start_url = https://corp.awsapps.com/start#/\n\
 sso_account_id = 111122223333\nsso_role_name = reader\n",
                ),
                (
                    "~/.aws/sso/cache/89299b9a0529ad2f5a9f7b829db1b8f767e655cc.json",
                    VALID,
                ),
            ],
            server: &[(GET, Reply::Keys("ASIA1"))],
            expected: KEYS,
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "a role with the source profile",
            files: &[
                (
                    CONFIG,
                    "[default]\nrole_arn = arn:a\nrole_session_name = session\nsource_profile = base\n\
 [profile base]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = reader\n\
 [sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://corp.awsapps.com/start\n",
                ),
                (FILE, VALID),
            ],
            server: &[
                (GET, Reply::Keys("ASIA1")),
                (
                    "ASIA1 +SECRET-TOKEN-ASIA1 AssumeRole RoleArn=arn:a RoleSessionName=session",
                    Reply::Keys("ASIA2"),
                ),
            ],
            expected: Expected::Credentials(
                "ASIA2 SECRET-ASIA2 SECRET-TOKEN-ASIA2 of 111122223333 until 2035-01-02T03:04:05Z",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
];

//! Roles that are assumed with the credentials of other profiles, and their credentials.

use super::case::{CASE, Case, Expected, Reply};

const CONFIG: &str = "~/.aws/config";
const CREDENTIALS: &str = "~/.aws/credentials";

const BASE: (&str, &str) = (
    CREDENTIALS,
    "[base]\naws_access_key_id = AKIDBASE\naws_secret_access_key = SECRET-base\n",
);
const ROLE: &str =
    "[default]\nrole_arn = arn:aws:iam::111122223333:role/a\nsource_profile = base\n";
const REQUEST: &str = "AKIDBASE AssumeRole RoleArn=arn:aws:iam::111122223333:role/a \
                       RoleSessionName=assume-role-from-profile-*";

const KEYS: Expected = Expected::Credentials(
    "ASIA1 SECRET-ASIA1 SECRET-TOKEN-ASIA1 of 111122223333 until 2035-01-02T03:04:05Z",
);

pub(crate) const CASES: &[Case] = &[
    Case {
        name: "a role with the keys of another profile",
        files: &[(CONFIG, ROLE), BASE],
        server: &[(REQUEST, Reply::Keys("ASIA1"))],
        expected: KEYS,
        ..CASE
    },
    Case {
        name: "the name of the session and the external ID",
        files: &[
            (
                CONFIG,
                "[default]\nrole_arn = arn:aws:iam::111122223333:role/a\nsource_profile = base\n\
                 role_session_name = helen\nexternal_id = external\n",
            ),
            BASE,
        ],
        server: &[(
            "AKIDBASE AssumeRole RoleArn=arn:aws:iam::111122223333:role/a RoleSessionName=helen ExternalId=external",
            Reply::Keys("ASIA1"),
        )],
        expected: KEYS,
        ..CASE
    },
    Case {
        name: "the duration is not supported",
        files: &[
            (
                CONFIG,
                "[default]\nrole_arn = arn:aws:iam::111122223333:role/a\nsource_profile = base\nduration_seconds = 1800\n",
            ),
            BASE,
        ],
        server: &[(REQUEST, Reply::Keys("ASIA1"))],
        expected: KEYS,
        ..CASE
    },
    Case {
        name: "three roles, each with the credentials of the one before it",
        files: &[
            (
                CONFIG,
                "[default]\nrole_arn = arn:c\nsource_profile = b\nrole_session_name = s3\n\
                 [profile b]\nrole_arn = arn:b\nsource_profile = a\nrole_session_name = s2\n\
                 [profile a]\nrole_arn = arn:a\nsource_profile = base\nrole_session_name = s1\n",
            ),
            (
                CREDENTIALS,
                "[base]\naws_access_key_id = AKIDBASE\naws_secret_access_key = SECRET-base\naws_session_token = SECRET-T\n",
            ),
        ],
        server: &[
            (
                "AKIDBASE +SECRET-T AssumeRole RoleArn=arn:a RoleSessionName=s1",
                Reply::Keys("ASIA1"),
            ),
            (
                "ASIA1 +SECRET-TOKEN-ASIA1 AssumeRole RoleArn=arn:b RoleSessionName=s2",
                Reply::Keys("ASIA2"),
            ),
            (
                "ASIA2 +SECRET-TOKEN-ASIA2 AssumeRole RoleArn=arn:c RoleSessionName=s3",
                Reply::Keys("ASIA3"),
            ),
        ],
        expected: Expected::Credentials(
            "ASIA3 SECRET-ASIA3 SECRET-TOKEN-ASIA3 of 111122223333 until 2035-01-02T03:04:05Z",
        ),
        ..CASE
    },
    Case {
        name: "the keys of a source profile come before its role",
        files: &[
            (CONFIG, ROLE),
            (
                "~/.aws/credentials",
                "[base]\naws_access_key_id = AKIDBASE\naws_secret_access_key = SECRET-base\n\
                 role_arn = arn:unused\nsource_profile = unused\ncredential_process = false\n",
            ),
        ],
        server: &[(REQUEST, Reply::Keys("ASIA1"))],
        expected: KEYS,
        ..CASE
    },
    Case {
        name: "a role of the selected profile comes before its keys",
        files: &[
            (
                CONFIG,
                "[default]\nrole_arn = arn:aws:iam::111122223333:role/a\nsource_profile = base\n\
                 aws_access_key_id = UNUSED\naws_secret_access_key = SECRET-unused\n",
            ),
            BASE,
        ],
        server: &[(REQUEST, Reply::Keys("ASIA1"))],
        expected: KEYS,
        ..CASE
    },
    Case {
        name: "a profile that is its own source",
        files: &[(
            CONFIG,
            "[default]\nrole_arn = arn:aws:iam::111122223333:role/a\nsource_profile = default\n\
             aws_access_key_id = AKIDBASE\naws_secret_access_key = SECRET-base\n",
        )],
        server: &[(REQUEST, Reply::Keys("ASIA1"))],
        expected: KEYS,
        ..CASE
    },
    Case {
        name: "a role with the keys of the environment",
        env: &[
            ("AWS_ACCESS_KEY_ID", "AKIDBASE"),
            ("AWS_SECRET_ACCESS_KEY", "SECRET-env"),
        ],
        files: &[(
            CONFIG,
            "[default]\nrole_arn = arn:aws:iam::111122223333:role/a\ncredential_source = Environment\n",
        )],
        server: &[(REQUEST, Reply::Keys("ASIA1"))],
        expected: KEYS,
    },
    Case {
        name: "a role with a source that the program adds",
        files: &[(
            CONFIG,
            "[default]\nrole_arn = arn:a\ncredential_source = Custom\nrole_session_name = s\n",
        )],
        server: &[(
            "AKIDCUSTOM AssumeRole RoleArn=arn:a RoleSessionName=s",
            Reply::Keys("ASIA1"),
        )],
        expected: KEYS,
        ..CASE
    },
    Case {
        name: "a role with a web identity as its source",
        env: &[("AWS_PROFILE", "second")],
        files: &[
            (
                CONFIG,
                "[profile second]\nrole_arn = arn:b\nsource_profile = first\nrole_session_name = s2\n\
                 [profile first]\nrole_arn = arn:a\nweb_identity_token_file = {home}/token\nrole_session_name = s1\n",
            ),
            ("~/token", "SECRET.JWT"),
        ],
        server: &[
            (
                "unsigned AssumeRoleWithWebIdentity RoleArn=arn:a RoleSessionName=s1 WebIdentityToken=SECRET.JWT",
                Reply::Keys("ASIA1"),
            ),
            (
                "ASIA1 +SECRET-TOKEN-ASIA1 AssumeRole RoleArn=arn:b RoleSessionName=s2",
                Reply::Keys("ASIA2"),
            ),
        ],
        expected: Expected::Credentials(
            "ASIA2 SECRET-ASIA2 SECRET-TOKEN-ASIA2 of 111122223333 until 2035-01-02T03:04:05Z",
        ),
    },
    Case {
        name: "STS is tried again after a server error",
        files: &[(CONFIG, ROLE), BASE],
        server: &[
            (REQUEST, Reply::Error(500, "InternalFailure", "try again")),
            (REQUEST, Reply::Keys("ASIA1")),
        ],
        expected: KEYS,
        ..CASE
    },
    Case {
        name: "the endpoint of the selected profile",
        env: &[("AWS_ENDPOINT_URL_STS", "-"), ("AWS_PROFILE", "dev")],
        files: &[
            (
                CONFIG,
                "[profile dev]\nrole_arn = arn:aws:iam::111122223333:role/a\nsource_profile = base\nservices = local\n\
                 [services local]\nsts =\n  endpoint_url = {server}\n",
            ),
            BASE,
        ],
        server: &[(REQUEST, Reply::Keys("ASIA1"))],
        expected: KEYS,
    },
    Case {
        name: "a role with its own source, behind another role",
        env: &[
            ("AWS_ACCESS_KEY_ID", "AKIDENV"),
            ("AWS_SECRET_ACCESS_KEY", "SECRET-env"),
        ],
        files: &[(
            CONFIG,
            "[default]\nrole_arn = arn:b\nsource_profile = first\nrole_session_name = s2\n\
             [profile first]\nrole_arn = arn:a\ncredential_source = Environment\nrole_session_name = s1\n",
        )],
        server: &[
            (
                "AKIDENV AssumeRole RoleArn=arn:a RoleSessionName=s1",
                Reply::Keys("ASIA1"),
            ),
            (
                "ASIA1 +SECRET-TOKEN-ASIA1 AssumeRole RoleArn=arn:b RoleSessionName=s2",
                Reply::Keys("ASIA2"),
            ),
        ],
        expected: Expected::Credentials(
            "ASIA2 SECRET-ASIA2 SECRET-TOKEN-ASIA2 of 111122223333 until 2035-01-02T03:04:05Z",
        ),
    },
    Case {
        name: "a source profile with a part of its keys has its other source",
        env: &[
            ("AWS_ACCESS_KEY_ID", "AKIDBASE"),
            ("AWS_SECRET_ACCESS_KEY", "SECRET-env"),
        ],
        files: &[
            (CONFIG, ROLE),
            (
                CREDENTIALS,
                "[base]\naws_access_key_id = UNUSED\ncredential_source = Environment\n",
            ),
        ],
        server: &[(REQUEST, Reply::Keys("ASIA1"))],
        expected: KEYS,
    },
];

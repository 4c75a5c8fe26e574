//! Roles that are assumed with the credentials of other profiles, and the errors of their chains.

use super::case::ErrorKind::{InvalidConfiguration, NotLoaded, ProviderError};
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

pub(crate) const CASES: &[Case] = &[
    Case {
        name: "a profile that is its own source, without keys",
        files: &[(
            CONFIG,
            "[default]\nrole_arn = arn:a\nsource_profile = default\n",
        )],
        expected: Expected::Error(NotLoaded, "profile \"default\" has no credentials"),
        ..CASE
    },
    Case {
        name: "a source profile that is its own source, without keys",
        files: &[(
            CONFIG,
            "[default]\nrole_arn = arn:b\nsource_profile = first\n[profile first]\nrole_arn = arn:a\nsource_profile = first\n",
        )],
        expected: Expected::Error(NotLoaded, "profile \"first\" has no credentials"),
        ..CASE
    },
    Case {
        name: "a role with keys of the environment that are not set",
        files: &[(
            CONFIG,
            "[default]\nrole_arn = arn:a\ncredential_source = Environment\n",
        )],
        expected: Expected::Error(
            ProviderError,
            "profile \"default\" (~/.aws/config:3): credential_source \"Environment\" failed: the credential provider was not enabled: AWS_ACCESS_KEY_ID is not set",
        ),
        ..CASE
    },
    Case {
        name: "a role with an unknown source",
        files: &[(
            CONFIG,
            "[default]\nrole_arn = arn:a\ncredential_source = Nowhere\n",
        )],
        expected: Expected::Error(
            InvalidConfiguration,
            "profile \"default\" (~/.aws/config:3): credential_source \"Nowhere\" is unknown; it is Environment, Ec2InstanceMetadata, EcsContainer or a source that the program adds",
        ),
        ..CASE
    },
    Case {
        name: "both sources",
        files: &[
            (
                CONFIG,
                "[default]\nrole_arn = arn:a\nsource_profile = base\ncredential_source = Environment\n",
            ),
            BASE,
        ],
        expected: Expected::Error(
            InvalidConfiguration,
            "profile \"default\" (~/.aws/config:4): credential_source and source_profile exclude each other",
        ),
        ..CASE
    },
    Case {
        name: "a role without a source",
        files: &[(
            CONFIG,
            "[default]\nrole_arn = arn:a\naws_access_key_id = AKID\naws_secret_access_key = SECRET\n",
        )],
        expected: Expected::Error(
            InvalidConfiguration,
            "profile \"default\" (~/.aws/config:2): role_arn needs source_profile or credential_source",
        ),
        ..CASE
    },
    Case {
        name: "a source profile that is not defined",
        files: &[(
            CONFIG,
            "[default]\nrole_arn = arn:a\n\nsource_profile = base\n",
        )],
        expected: Expected::Error(
            NotLoaded,
            "profile \"default\" (~/.aws/config:4): source_profile \"base\" is not defined in ~/.aws/config: ~/.aws/credentials does not exist",
        ),
        ..CASE
    },
    Case {
        name: "a source profile without credentials",
        env: &[("AWS_PROFILE", "dev")],
        files: &[(
            CONFIG,
            "[profile dev]\nrole_arn = arn:a\nsource_profile = base\n[profile base]\nregion = us-east-1\n",
        )],
        expected: Expected::Error(
            InvalidConfiguration,
            "profile \"dev\" (~/.aws/config:3): source_profile cannot be used: profile \"base\" has no credentials",
        ),
        ..CASE
    },
    Case {
        name: "a source profile with half of its keys",
        files: &[
            (CONFIG, ROLE),
            (CREDENTIALS, "[base]\naws_access_key_id = AKIDBASE\n"),
        ],
        expected: Expected::Error(
            InvalidConfiguration,
            "profile \"default\" (~/.aws/config:3): source_profile cannot be used: profile \"base\" (~/.aws/credentials:2): aws_access_key_id needs aws_secret_access_key",
        ),
        ..CASE
    },
    Case {
        name: "a circle of two",
        files: &[(
            CONFIG,
            "[default]\nrole_arn = arn:a\nsource_profile = b\n[profile b]\nrole_arn = arn:b\nsource_profile = default\n",
        )],
        expected: Expected::Error(
            InvalidConfiguration,
            "profile \"b\" (~/.aws/config:6): source_profile \"default\" closes a circle: default -> b -> default",
        ),
        ..CASE
    },
    Case {
        name: "a circle behind the selected profile",
        files: &[(
            CONFIG,
            "[default]\nrole_arn = arn:a\nsource_profile = b\n[profile b]\nrole_arn = arn:b\nsource_profile = c\n\
             [profile c]\nrole_arn = arn:c\nsource_profile = b\n",
        )],
        expected: Expected::Error(
            InvalidConfiguration,
            "profile \"c\" (~/.aws/config:9): source_profile \"b\" closes a circle: default -> b -> c -> b",
        ),
        ..CASE
    },
    Case {
        name: "STS denies the role",
        files: &[(CONFIG, ROLE), BASE],
        server: &[(
            REQUEST,
            Reply::Error(403, "AccessDenied", "helen may not assume the role"),
        )],
        expected: Expected::Error(
            ProviderError,
            "profile \"default\" (~/.aws/config:2): the role \"arn:aws:iam::111122223333:role/a\" was not assumed: AccessDenied: helen may not assume the role",
        ),
        ..CASE
    },
    Case {
        name: "STS denies the second role",
        files: &[
            (
                CONFIG,
                "[default]\nrole_arn = arn:b\nsource_profile = a\nrole_session_name = s2\n\
                 [profile a]\nrole_arn = arn:a\nsource_profile = base\nrole_session_name = s1\n",
            ),
            BASE,
        ],
        server: &[
            (
                "AKIDBASE AssumeRole RoleArn=arn:a RoleSessionName=s1",
                Reply::Keys("ASIA1"),
            ),
            (
                "ASIA1 +SECRET-TOKEN-ASIA1 AssumeRole RoleArn=arn:b RoleSessionName=s2",
                Reply::Error(400, "RegionDisabledException", "STS is disabled"),
            ),
        ],
        expected: Expected::Error(
            ProviderError,
            "profile \"default\" (~/.aws/config:2): the role \"arn:b\" was not assumed: RegionDisabledException: STS is disabled",
        ),
        ..CASE
    },
    Case {
        name: "a response without credentials",
        files: &[(CONFIG, ROLE), BASE],
        server: &[(
            REQUEST,
            Reply::Body("<AssumeRoleResponse><AssumeRoleResult/></AssumeRoleResponse>"),
        )],
        expected: Expected::Error(
            ProviderError,
            "profile \"default\" (~/.aws/config:2): the role \"arn:aws:iam::111122223333:role/a\" was not assumed: unexpected credentials error: the response of STS has no credentials",
        ),
        ..CASE
    },
    Case {
        name: "an endpoint that is not valid",
        env: &[("AWS_ENDPOINT_URL_STS", "nowhere")],
        files: &[(CONFIG, ROLE), BASE],
        expected: Expected::Error(
            ProviderError,
            "profile \"default\" (~/.aws/config:2): the role \"arn:aws:iam::111122223333:role/a\" was not assumed: dispatch failure: other: the endpoint URL `nowhere` cannot be used: it has no scheme; begin it with `https://` or `http://`",
        ),
        ..CASE
    },
    Case {
        name: "FIPS endpoints exclude one of the environment",
        files: &[
            (
                CONFIG,
                "[default]\nrole_arn = arn:a\nsource_profile = base\nuse_fips_endpoint = true\n",
            ),
            BASE,
        ],
        expected: Expected::Error(
            ProviderError,
            "profile \"default\" (~/.aws/config:2): the role \"arn:a\" was not assumed: dispatch failure: other: Invalid Configuration: FIPS and custom endpoint are not supported",
        ),
        ..CASE
    },
    Case {
        name: "a role with the metadata service of EC2, which is disabled",
        files: &[(
            CONFIG,
            "[default]\nrole_arn = arn:a\ncredential_source = Ec2InstanceMetadata\n",
        )],
        expected: Expected::Error(
            ProviderError,
            "profile \"default\" (~/.aws/config:3): credential_source \"Ec2InstanceMetadata\" failed: the credential provider was not enabled: AWS_EC2_METADATA_DISABLED is `true`",
        ),
        ..CASE
    },
    Case {
        name: "a role with the credentials of a container, outside of one",
        files: &[(
            CONFIG,
            "[default]\nrole_arn = arn:a\ncredential_source = EcsContainer\n",
        )],
        expected: Expected::Error(
            ProviderError,
            "profile \"default\" (~/.aws/config:3): credential_source \"EcsContainer\" failed: the credential provider was not enabled: neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set",
        ),
        ..CASE
    },
    Case {
        name: "a source profile of IAM Identity Center that lacks a property",
        files: &[(
            CONFIG,
            "[default]\nrole_arn = arn:a\nsource_profile = base\n[profile base]\nsso_region = us-east-1\n",
        )],
        expected: Expected::Error(
            InvalidConfiguration,
            "profile \"default\" (~/.aws/config:3): source_profile cannot be used: profile \"base\" (~/.aws/config:5): the profile needs sso_start_url, or sso_session instead",
        ),
        ..CASE
    },
    Case {
        name: "a source profile that is for a token",
        files: &[(
            CONFIG,
            "[default]\nrole_arn = arn:a\nsource_profile = base\n[profile base]\nsso_region = us-east-1\n\
             sso_start_url = https://corp.awsapps.com/start\n",
        )],
        expected: Expected::Error(
            NotLoaded,
            "profile \"base\" (~/.aws/config:6): the profile is for a token; for credentials, it also needs sso_account_id and sso_role_name",
        ),
        ..CASE
    },
    Case {
        name: "the name of a profile is case-sensitive",
        files: &[
            (
                CONFIG,
                "[default]\nrole_arn = arn:a\nsource_profile = BASE\n",
            ),
            BASE,
        ],
        expected: Expected::Error(
            NotLoaded,
            "profile \"default\" (~/.aws/config:3): source_profile \"BASE\" is not defined in ~/.aws/config or ~/.aws/credentials",
        ),
        ..CASE
    },
    Case {
        name: "an empty role",
        files: &[
            (
                CONFIG,
                "[default]\nrole_arn =\nsource_profile = base\nrole_session_name = s\n",
            ),
            BASE,
        ],
        server: &[(
            "AKIDBASE AssumeRole RoleArn= RoleSessionName=s",
            Reply::Error(400, "ValidationError", "the ARN is too short"),
        )],
        expected: Expected::Error(
            ProviderError,
            "profile \"default\" (~/.aws/config:2): the role \"\" was not assumed: ValidationError: the ARN is too short",
        ),
        ..CASE
    },
];

/// Cases in which this crate differs from the official one: it does not call STS without the code of an MFA device, and does not
/// return empty keys or a missing time as 1970.
pub(crate) const DIFFERENT_CASES: &[Case] = &[
    Case {
        name: "an MFA device",
        files: &[
            (
                CONFIG,
                "[default]\nrole_arn = arn:a\nsource_profile = base\nmfa_serial = arn:aws:iam::111122223333:mfa/helen\n",
            ),
            BASE,
        ],
        expected: Expected::Error(
            InvalidConfiguration,
            "profile \"default\" (~/.aws/config:4): mfa_serial is not supported, as nothing asks for the code of the device; a credential_process can do so",
        ),
        ..CASE
    },
    Case {
        name: "a response with half of the credentials",
        files: &[(CONFIG, ROLE), BASE],
        server: &[(
            REQUEST,
            Reply::Body(
                "<AssumeRoleResponse><AssumeRoleResult><Credentials><SecretAccessKey>SECRET</SecretAccessKey></Credentials>\
                 </AssumeRoleResult></AssumeRoleResponse>",
            ),
        )],
        expected: Expected::Error(
            ProviderError,
            "profile \"default\" (~/.aws/config:2): the role \"arn:aws:iam::111122223333:role/a\" was not assumed: unexpected credentials error: the response of STS has no credentials",
        ),
        ..CASE
    },
    Case {
        name: "a response without a session token",
        files: &[(CONFIG, ROLE), BASE],
        server: &[(
            REQUEST,
            Reply::Body(
                "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>SECRET</SecretAccessKey>\
                 <Expiration>2035-01-02T03:04:05Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>",
            ),
        )],
        expected: Expected::Error(
            ProviderError,
            "profile \"default\" (~/.aws/config:2): the role \"arn:aws:iam::111122223333:role/a\" was not assumed: unexpected credentials error: the response of STS has no credentials",
        ),
        ..CASE
    },
    Case {
        name: "a response without a time of expiration",
        files: &[(CONFIG, ROLE), BASE],
        server: &[(
            REQUEST,
            Reply::Body(
                "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>SECRET</SecretAccessKey>\
                 <SessionToken>SECRET</SessionToken></Credentials></AssumeRoleResult></AssumeRoleResponse>",
            ),
        )],
        expected: Expected::Error(
            ProviderError,
            "profile \"default\" (~/.aws/config:2): the role \"arn:aws:iam::111122223333:role/a\" was not assumed: unexpected credentials error: the response of STS has no credentials",
        ),
        ..CASE
    },
];

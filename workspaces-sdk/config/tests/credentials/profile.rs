//! The choice of a profile, and of the source that it defines.

use super::case::ErrorKind::{InvalidConfiguration, NotLoaded, ProviderError};
use super::case::{CASE, Case, Expected};

const CONFIG: &str = "~/.aws/config";
const CREDENTIALS: &str = "~/.aws/credentials";

pub(crate) const CASES: &[Case] = &[
    Case {
        name: "no files",
        expected: Expected::Error(
            NotLoaded,
            "profile \"default\" is not defined: ~/.aws/config does not exist, ~/.aws/credentials does not exist",
        ),
        ..CASE
    },
    Case {
        name: "no default profile",
        files: &[(CONFIG, "[profile dev]\nregion = us-east-1\n")],
        expected: Expected::Error(
            NotLoaded,
            "profile \"default\" is not defined in ~/.aws/config: ~/.aws/credentials does not exist",
        ),
        ..CASE
    },
    Case {
        name: "a profile that is not defined",
        env: &[("AWS_PROFILE", "dev")],
        files: &[(CONFIG, "[dev]\nregion = us-east-1\n[default]\n")],
        expected: Expected::Error(
            NotLoaded,
            "profile \"dev\" is not defined: [dev] at ~/.aws/config:1 is ignored, as the header of a profile in a config file is [profile dev]",
        ),
        ..CASE
    },
    Case {
        name: "a profile that is not defined, without any other",
        env: &[("AWS_PROFILE", "dev")],
        expected: Expected::Error(
            NotLoaded,
            "profile \"dev\" is not defined: ~/.aws/config does not exist, ~/.aws/credentials does not exist",
        ),
        ..CASE
    },
    Case {
        name: "a profile without credentials",
        files: &[(
            CONFIG,
            "[default]\nregion = us-east-1\nrole_session_name = unused\n",
        )],
        expected: Expected::Error(NotLoaded, "profile \"default\" has no credentials"),
        ..CASE
    },
    Case {
        name: "a source profile without a role is ignored",
        files: &[(
            CONFIG,
            "[default]\nsource_profile = base\n[profile base]\naws_access_key_id = AKID\naws_secret_access_key = SECRET\n",
        )],
        expected: Expected::Error(NotLoaded, "profile \"default\" has no credentials"),
        ..CASE
    },
    Case {
        name: "a file that is not valid",
        files: &[(
            CONFIG,
            "[default]\naws_access_key_id = AKID\nSECRET without a name\n",
        )],
        expected: Expected::Error(
            InvalidConfiguration,
            "the profiles could not be loaded: a shared config file is invalid: ~/.aws/config:3: expected a property like `name = value`, but there is no `=`",
        ),
        ..CASE
    },
    Case {
        name: "keys in the credentials file",
        files: &[(
            CREDENTIALS,
            "[default]\naws_access_key_id = AKID\naws_secret_access_key = SECRET\n",
        )],
        expected: Expected::Credentials("AKID SECRET"),
        ..CASE
    },
    Case {
        name: "all properties of keys",
        files: &[(
            CONFIG,
            "[default]\naws_access_key_id = AKID\naws_secret_access_key = SECRET\naws_session_token = SECRET-TOKEN\n\
             aws_account_id = 123456789012\n",
        )],
        expected: Expected::Credentials("AKID SECRET SECRET-TOKEN of 123456789012"),
        ..CASE
    },
    Case {
        name: "the credentials file takes precedence",
        files: &[
            (
                CONFIG,
                "[default]\naws_access_key_id = AKIDCONFIG\naws_secret_access_key = SECRET-config\naws_account_id = 123456789012\n",
            ),
            (
                CREDENTIALS,
                "[default]\naws_access_key_id = AKID\naws_secret_access_key = SECRET\n",
            ),
        ],
        expected: Expected::Credentials("AKID SECRET of 123456789012"),
        ..CASE
    },
    Case {
        name: "the profile of the environment, in files of the environment",
        env: &[
            ("AWS_PROFILE", "dev"),
            ("AWS_CONFIG_FILE", "{home}/config"),
            ("AWS_SHARED_CREDENTIALS_FILE", "{home}/keys"),
        ],
        files: &[
            ("~/config", "[profile dev]\naws_access_key_id = AKID\n"),
            ("~/keys", "[dev]\naws_secret_access_key = SECRET\n"),
            (CONFIG, "[profile dev]\naws_access_key_id = UNUSED\n"),
        ],
        expected: Expected::Credentials("AKID SECRET"),
        ..CASE
    },
    Case {
        name: "an access key ID without a secret",
        files: &[(CREDENTIALS, "[default]\naws_access_key_id = AKID\n")],
        expected: Expected::Error(
            InvalidConfiguration,
            "profile \"default\" (~/.aws/credentials:2): aws_access_key_id needs aws_secret_access_key",
        ),
        ..CASE
    },
    Case {
        name: "a secret without an access key ID",
        files: &[(
            CREDENTIALS,
            "[default]\naws_secret_access_key = SECRET\naws_session_token = SECRET-TOKEN\n",
        )],
        expected: Expected::Error(
            InvalidConfiguration,
            "profile \"default\" (~/.aws/credentials:2): aws_secret_access_key needs aws_access_key_id",
        ),
        ..CASE
    },
    Case {
        name: "a session token without keys",
        files: &[(CREDENTIALS, "[default]\naws_session_token = SECRET-TOKEN\n")],
        expected: Expected::Error(
            InvalidConfiguration,
            "profile \"default\" (~/.aws/credentials:2): aws_session_token needs aws_access_key_id and aws_secret_access_key",
        ),
        ..CASE
    },
    Case {
        name: "empty keys are keys",
        files: &[(
            CREDENTIALS,
            "[default]\naws_access_key_id =\naws_secret_access_key =\n",
        )],
        expected: Expected::Credentials(" "),
        ..CASE
    },
    Case {
        name: "the environment as the source",
        env: &[
            ("AWS_ACCESS_KEY_ID", "AKIDENV"),
            ("AWS_SECRET_ACCESS_KEY", "SECRET-env"),
        ],
        files: &[(CONFIG, "[default]\ncredential_source = environment\n")],
        expected: Expected::Credentials("AKIDENV SECRET-env"),
        ..CASE
    },
    Case {
        name: "the environment as the source, without keys",
        files: &[(CONFIG, "[default]\ncredential_source = Environment\n")],
        expected: Expected::Error(
            ProviderError,
            "profile \"default\" (~/.aws/config:2): credential_source \"Environment\" failed: the credential provider was not enabled: AWS_ACCESS_KEY_ID is not set",
        ),
        ..CASE
    },
    Case {
        name: "a source that the program adds",
        files: &[(CONFIG, "[default]\ncredential_source = cUSTOM\n")],
        expected: Expected::Credentials("AKIDCUSTOM SECRET-custom"),
        ..CASE
    },
    Case {
        name: "an unknown source",
        files: &[(CONFIG, "[default]\n\ncredential_source = Nowhere\n")],
        expected: Expected::Error(
            InvalidConfiguration,
            "profile \"default\" (~/.aws/config:3): credential_source \"Nowhere\" is unknown; it is Environment, Ec2InstanceMetadata, EcsContainer or a source that the program adds",
        ),
        ..CASE
    },
    Case {
        name: "a named source comes before all others",
        files: &[(
            CONFIG,
            "[default]\ncredential_source = Custom\nweb_identity_token_file = /token\nsso_session = corp\nlogin_session = arn\n\
             credential_process = false\naws_access_key_id = AKID\naws_secret_access_key = SECRET\n",
        )],
        expected: Expected::Credentials("AKIDCUSTOM SECRET-custom"),
        ..CASE
    },
    Case {
        name: "a web identity comes before IAM Identity Center",
        files: &[(
            CONFIG,
            "[default]\nweb_identity_token_file = /token\nsso_session = corp\nlogin_session = arn\n",
        )],
        expected: Expected::Error(
            InvalidConfiguration,
            "profile \"default\" (~/.aws/config:2): web_identity_token_file needs role_arn",
        ),
        ..CASE
    },
    Case {
        name: "IAM Identity Center comes before a login session",
        files: &[(
            CONFIG,
            "[default]\nsso_session = corp\nlogin_session = arn\ncredential_process = false\n",
        )],
        expected: Expected::Error(
            InvalidConfiguration,
            "profile \"default\" (~/.aws/config:2): sso_session \"corp\" is not defined in ~/.aws/config: ~/.aws/credentials does not exist",
        ),
        ..CASE
    },
    Case {
        name: "a session with a start URL in the profile",
        files: &[(
            CONFIG,
            "[default]\nsso_session = corp\nsso_start_url = https://corp.awsapps.com/start\n[sso-session corp]\n",
        )],
        expected: Expected::Error(
            InvalidConfiguration,
            "profile \"default\" (~/.aws/config:3): sso_start_url belongs in the section [sso-session corp], as the profile has sso_session",
        ),
        ..CASE
    },
    Case {
        name: "a session with a Region in the profile",
        files: &[(
            CONFIG,
            "[default]\nsso_session = corp\nsso_region = us-east-1\n[sso-session corp]\n",
        )],
        expected: Expected::Error(
            InvalidConfiguration,
            "profile \"default\" (~/.aws/config:3): sso_region belongs in the section [sso-session corp], as the profile has sso_session",
        ),
        ..CASE
    },
    Case {
        name: "a session without a Region",
        files: &[(
            CONFIG,
            "[default]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = reader\n[sso-session corp]\n\
             sso_start_url = https://corp.awsapps.com/start\n",
        )],
        expected: Expected::Error(
            NotLoaded,
            "profile \"default\" (~/.aws/config:2): the section [sso-session corp] has no sso_region",
        ),
        ..CASE
    },
    Case {
        name: "a session with an account and no role",
        files: &[(
            CONFIG,
            "[default]\nsso_session = corp\nsso_account_id = 123456789012\n[sso-session corp]\nsso_region = us-east-1\n\
             sso_start_url = https://corp.awsapps.com/start\n",
        )],
        expected: Expected::Error(
            InvalidConfiguration,
            "profile \"default\" (~/.aws/config:3): sso_account_id needs sso_role_name",
        ),
        ..CASE
    },
    Case {
        name: "an account without a role",
        files: &[(
            CONFIG,
            "[default]\nsso_account_id = 123456789012\nsso_region = us-east-1\nsso_start_url = https://corp.awsapps.com/start\n",
        )],
        expected: Expected::Error(
            InvalidConfiguration,
            "profile \"default\" (~/.aws/config:2): sso_account_id needs sso_role_name",
        ),
        ..CASE
    },
    Case {
        name: "a role of IAM Identity Center without an account",
        files: &[(CONFIG, "[default]\nsso_role_name = reader\n")],
        expected: Expected::Error(
            InvalidConfiguration,
            "profile \"default\" (~/.aws/config:2): sso_role_name needs sso_account_id",
        ),
        ..CASE
    },
    Case {
        name: "an account and a role without a start URL",
        files: &[(
            CONFIG,
            "[default]\nsso_account_id = 123456789012\nsso_role_name = reader\nsso_region = us-east-1\n",
        )],
        expected: Expected::Error(
            NotLoaded,
            "profile \"default\" (~/.aws/config:4): the profile needs sso_start_url, or sso_session instead",
        ),
        ..CASE
    },
];

pub(crate) const SSO_CASES: &[Case] = &[Case {
    name: "a session without an account and a role is for a token",
    files: &[(
        CONFIG,
        "[default]\nsso_session = corp\n[sso-session corp]\nsso_region = us-east-1\n\
         sso_start_url = https://corp.awsapps.com/start\n",
    )],
    expected: Expected::Error(
        NotLoaded,
        "profile \"default\" (~/.aws/config:2): the profile is for a token; for credentials, it also needs sso_account_id and sso_role_name",
    ),
    ..CASE
}];

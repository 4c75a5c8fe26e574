//! Commands that print credentials. They run in `sh`.

use super::case::ErrorKind::ProviderError;
use super::case::{CASE, Case, Expected, Reply};

const CONFIG: &str = "~/.aws/config";

macro_rules! process {
    ($command:literal) => {
        &[(
            CONFIG,
            concat!("[default]\ncredential_process = ", $command, "\n"),
        )]
    };
}

pub(crate) const CASES: &[Case] = &[
    Case {
        name: "all members",
        files: process!(
            r#"echo '{"Version": 1, "AccessKeyId": "AKID", "SecretAccessKey": "SECRET", "SessionToken": "SECRET-TOKEN", "Expiration": "2035-01-02T03:04:05Z", "AccountId": "111122223333"}'"#
        ),
        expected: Expected::Credentials(
            "AKID SECRET SECRET-TOKEN of 111122223333 until 2035-01-02T03:04:05Z",
        ),
        ..CASE
    },
    Case {
        name: "required members only",
        files: process!(
            r#"echo '{"Version": 1, "AccessKeyId": "AKID", "SecretAccessKey": "SECRET"}'"#
        ),
        expected: Expected::Credentials("AKID SECRET"),
        ..CASE
    },
    Case {
        name: "null members count as missing",
        files: process!(
            r#"echo '{"Version": 1, "AccessKeyId": "AKID", "SecretAccessKey": "SECRET", "SessionToken": null, "Expiration": null}'"#
        ),
        expected: Expected::Credentials("AKID SECRET"),
        ..CASE
    },
    Case {
        name: "the case of names does not matter, nor do other members",
        files: process!(
            r#"echo '{"version": 1, "ACCESSKEYID": "AKID", "secretaccesskey": "SECRET", "More": {"AccessKeyId": [1]}}'"#
        ),
        expected: Expected::Credentials("AKID SECRET"),
        ..CASE
    },
    Case {
        name: "a time with an offset",
        files: process!(
            r#"echo '{"Version": 1, "AccessKeyId": "AKID", "SecretAccessKey": "SECRET", "Expiration": "2035-01-02T05:04:05.5+02:00"}'"#
        ),
        expected: Expected::Credentials("AKID SECRET until 2035-01-02T03:04:05Z"),
        ..CASE
    },
    Case {
        name: "a time as Python prints it",
        files: process!(
            r#"echo '{"Version": 1, "AccessKeyId": "AKID", "SecretAccessKey": "SECRET", "Expiration": "2035-01-02 03:04:05+00:00"}'"#
        ),
        expected: Expected::Credentials("AKID SECRET until 2035-01-02T03:04:05Z"),
        ..CASE
    },
    Case {
        name: "a time in the past",
        files: process!(
            r#"echo '{"Version": 1, "AccessKeyId": "AKID", "SecretAccessKey": "SECRET", "Expiration": "2001-02-03T04:05:06Z"}'"#
        ),
        expected: Expected::Credentials("AKID SECRET until 2001-02-03T04:05:06Z"),
        ..CASE
    },
    Case {
        name: "a time that is not valid",
        files: process!(
            r#"echo '{"Version": 1, "AccessKeyId": "AKID", "SecretAccessKey": "SECRET", "Expiration": "tomorrow"}'"#
        ),
        expected: Expected::Error(
            ProviderError,
            "profile \"default\" (~/.aws/config:2): credential_process failed: an error occurred while loading credentials: the credential process `echo` did not print credentials: `Expiration` in the credentials document is not a time such as 2016-02-25T06:03:31Z",
        ),
        ..CASE
    },
    Case {
        name: "the account of the profile is the default",
        files: process!(
            r#"echo '{"Version": 1, "AccessKeyId": "AKID", "SecretAccessKey": "SECRET"}'
aws_account_id = 444455556666"#
        ),
        expected: Expected::Credentials("AKID SECRET of 444455556666"),
        ..CASE
    },
    Case {
        name: "the account of the process takes precedence",
        files: process!(
            r#"echo '{"Version": 1, "AccessKeyId": "AKID", "SecretAccessKey": "SECRET", "AccountId": "111122223333"}'
aws_account_id = 444455556666"#
        ),
        expected: Expected::Credentials("AKID SECRET of 111122223333"),
        ..CASE
    },
    Case {
        name: "the shell expands the command",
        files: process!(
            r#"sh -c 'A=AK; echo "{\"Version\": 1, \"AccessKeyId\": \"${A}ID\", \"SecretAccessKey\": \"SECRET\"}"' | cat; true"#
        ),
        expected: Expected::Credentials("AKID SECRET"),
        ..CASE
    },
    Case {
        name: "text on standard error",
        files: process!(
            r#"echo SECRET-noise >&2; echo '{"Version": 1, "AccessKeyId": "AKID", "SecretAccessKey": "SECRET"}'"#
        ),
        expected: Expected::Credentials("AKID SECRET"),
        ..CASE
    },
    Case {
        name: "much text on standard error",
        files: process!(
            r#"head -c 1000000 /dev/zero >&2; echo '{"Version": 1, "AccessKeyId": "AKID", "SecretAccessKey": "SECRET"}'"#
        ),
        expected: Expected::Credentials("AKID SECRET"),
        ..CASE
    },
    Case {
        name: "another version",
        files: process!(
            r#"echo '{"Version": 2, "AccessKeyId": "AKID", "SecretAccessKey": "SECRET"}'"#
        ),
        expected: Expected::Error(
            ProviderError,
            "profile \"default\" (~/.aws/config:2): credential_process failed: an error occurred while loading credentials: the credential process `echo` did not print credentials: `Version` in the credentials document is not 1",
        ),
        ..CASE
    },
    Case {
        name: "no version",
        files: process!(r#"echo '{"AccessKeyId": "AKID", "SecretAccessKey": "SECRET"}'"#),
        expected: Expected::Error(
            ProviderError,
            "profile \"default\" (~/.aws/config:2): credential_process failed: an error occurred while loading credentials: the credential process `echo` did not print credentials: the credentials document has no `Version`",
        ),
        ..CASE
    },
    Case {
        name: "no access key ID",
        files: process!(r#"echo '{"Version": 1, "SecretAccessKey": "SECRET"}'"#),
        expected: Expected::Error(
            ProviderError,
            "profile \"default\" (~/.aws/config:2): credential_process failed: an error occurred while loading credentials: the credential process `echo` did not print credentials: the credentials document has no `AccessKeyId`",
        ),
        ..CASE
    },
    Case {
        name: "no secret",
        files: process!(r#"echo '{"Version": 1, "AccessKeyId": "AKID"}'"#),
        expected: Expected::Error(
            ProviderError,
            "profile \"default\" (~/.aws/config:2): credential_process failed: an error occurred while loading credentials: the credential process `echo` did not print credentials: the credentials document has no `SecretAccessKey`",
        ),
        ..CASE
    },
    Case {
        name: "no output",
        files: process!("true"),
        expected: Expected::Error(
            ProviderError,
            "profile \"default\" (~/.aws/config:2): credential_process failed: an error occurred while loading credentials: the credential process `true` did not print credentials: the credentials document is empty",
        ),
        ..CASE
    },
    Case {
        name: "output that is not JSON",
        files: process!("echo SECRET"),
        expected: Expected::Error(
            ProviderError,
            "profile \"default\" (~/.aws/config:2): credential_process failed: an error occurred while loading credentials: the credential process `echo` did not print credentials: the credentials document is not a JSON object: expected an object, found another character, at byte 0",
        ),
        ..CASE
    },
    Case {
        name: "output that is not UTF-8",
        files: process!(
            r#"printf '{"Version": 1, "AccessKeyId": "AKID", "SecretAccessKey": "\377"}'"#
        ),
        expected: Expected::Error(
            ProviderError,
            "profile \"default\" (~/.aws/config:2): credential_process failed: an error occurred while loading credentials: the credential process `printf` did not print credentials: the credentials document is not a JSON object: expected UTF-8, found other bytes, at byte 58",
        ),
        ..CASE
    },
    Case {
        name: "text after the object",
        files: process!(
            r#"echo '{"Version": 1, "AccessKeyId": "AKID", "SecretAccessKey": "SECRET"} more'"#
        ),
        expected: Expected::Error(
            ProviderError,
            "profile \"default\" (~/.aws/config:2): credential_process failed: an error occurred while loading credentials: the credential process `echo` did not print credentials: the credentials document is not a JSON object: expected the end, found another character, at byte 67",
        ),
        ..CASE
    },
    Case {
        name: "a failure with a message",
        files: process!("printf 'sign in\\nfirst' >&2; echo SECRET; exit 3"),
        expected: Expected::Error(
            ProviderError,
            "profile \"default\" (~/.aws/config:2): credential_process failed: an error occurred while loading credentials: the credential process `printf` failed (exit status: 3): sign in first",
        ),
        ..CASE
    },
    Case {
        name: "a failure without a message, after credentials",
        files: process!(
            r#"echo '{"Version": 1, "AccessKeyId": "AKID", "SecretAccessKey": "SECRET"}'; false"#
        ),
        expected: Expected::Error(
            ProviderError,
            "profile \"default\" (~/.aws/config:2): credential_process failed: an error occurred while loading credentials: the credential process `echo` failed (exit status: 1) without a message on its standard error",
        ),
        ..CASE
    },
    Case {
        name: "a command that does not exist",
        files: process!("/does/not/exist --password SECRET 2>/dev/null"),
        expected: Expected::Error(
            ProviderError,
            "profile \"default\" (~/.aws/config:2): credential_process failed: an error occurred while loading credentials: the credential process `/does/not/exist` failed (exit status: 127) without a message on its standard error",
        ),
        ..CASE
    },
    Case {
        name: "a variable before the command",
        files: process!("TOKEN=SECRET sh -c 'exit 3'"),
        expected: Expected::Error(
            ProviderError,
            "profile \"default\" (~/.aws/config:2): credential_process failed: an error occurred while loading credentials: the credential process `sh` failed (exit status: 3) without a message on its standard error",
        ),
        ..CASE
    },
    Case {
        name: "a quoted variable before the command",
        files: process!("TOKEN='a SECRET' sh -c 'exit 3'"),
        expected: Expected::Error(
            ProviderError,
            "profile \"default\" (~/.aws/config:2): credential_process failed: an error occurred while loading credentials: the credential process `` failed (exit status: 3) without a message on its standard error",
        ),
        ..CASE
    },
    Case {
        name: "an empty command",
        files: process!(""),
        expected: Expected::Error(
            ProviderError,
            "profile \"default\" (~/.aws/config:2): credential_process failed: an error occurred while loading credentials: the credential process `` did not print credentials: the credentials document is empty",
        ),
        ..CASE
    },
    Case {
        name: "a process comes before keys",
        files: process!(
            r#"echo '{"Version": 1, "AccessKeyId": "AKID", "SecretAccessKey": "SECRET"}'
aws_access_key_id = UNUSED
aws_secret_access_key = SECRET-unused"#
        ),
        expected: Expected::Credentials("AKID SECRET"),
        ..CASE
    },
    Case {
        name: "a process as the source of a role",
        files: process!(
            r#"false
role_arn = arn:a
role_session_name = s
source_profile = base
[profile base]
credential_process = echo '{"Version": 1, "AccessKeyId": "AKIDBASE", "SecretAccessKey": "SECRET"}'"#
        ),
        server: &[(
            "AKIDBASE AssumeRole RoleArn=arn:a RoleSessionName=s",
            Reply::Keys("ASIA1"),
        )],
        expected: Expected::Credentials(
            "ASIA1 SECRET-ASIA1 SECRET-TOKEN-ASIA1 of 111122223333 until 2035-01-02T03:04:05Z",
        ),
        ..CASE
    },
];

/// Cases in which this crate differs from the official one: it limits the output.
pub(crate) const LIMITED_CASES: &[Case] = &[
    Case {
        name: "output of 64 KiB",
        files: process!(
            r#"printf '%65469s{"Version": 1, "AccessKeyId": "AKID", "SecretAccessKey": "SECRET"}\n'"#
        ),
        expected: Expected::Credentials("AKID SECRET"),
        ..CASE
    },
    Case {
        name: "output of more than 64 KiB",
        files: process!(
            r#"printf '%65470s{"Version": 1, "AccessKeyId": "AKID", "SecretAccessKey": "SECRET"}\n'"#
        ),
        expected: Expected::Error(
            ProviderError,
            "profile \"default\" (~/.aws/config:2): credential_process failed: an error occurred while loading credentials: the credential process `printf` printed more than 64 KiB",
        ),
        ..CASE
    },
    Case {
        name: "output without an end",
        files: process!("yes SECRET"),
        expected: Expected::Error(
            ProviderError,
            "profile \"default\" (~/.aws/config:2): credential_process failed: an error occurred while loading credentials: the credential process `yes` printed more than 64 KiB",
        ),
        ..CASE
    },
];

use std::error::Error;

use lean_aws_config::profile::ProfileFileLoadError;

use crate::load_files;

async fn message(config: &str, credentials: &str) -> String {
    let error = load_files(config, credentials).await.unwrap_err();
    assert_eq!(error.to_string(), "a shared config file is invalid");
    let ProfileFileLoadError::ParseError(parse_error) = &error else {
        panic!("{error:?}");
    };
    let message = error.source().unwrap().to_string();
    assert!(message.starts_with(&format!("{}: ", parse_error.place())));
    message
}

#[tokio::test]
async fn an_error_has_the_line_and_says_what_it_must_be() {
    for (config, expected) in [
        (
            "a = 1",
            "1: expected a section before the first property, such as [default] or [profile NAME]",
        ),
        (
            "\n# c\n continued",
            "3: expected a section before the first property, such as [default] or [profile NAME]",
        ),
        (
            " [default]",
            "1: the header of a section must not be indented: remove the space before `[`",
        ),
        (
            "[default]\n\t[profile a]",
            "2: the header of a section must not be indented: remove the space before `[`",
        ),
        (
            "[default]\na = 1\n[default]\n continued",
            "4: an indented line continues a property, but the section has none before it: remove the space at its start",
        ),
        (
            "[default",
            "1: the header of the section does not end with `]`",
        ),
        (
            "[default # ]",
            "1: the header of the section does not end with `]`",
        ),
        ("[", "1: the header of the section does not end with `]`"),
        (
            "[default] a = 1",
            "1: expected the end of the line or a comment after the `]` of the header",
        ),
        (
            "[default]\r\na : 1\r\n",
            "2: expected a property like `name = value`, but there is no `=`",
        ),
        (
            "[default]\na # = 1",
            "2: expected a property like `name = value`, but there is no `=`",
        ),
        (
            "[default]\na = 1\n\u{a0}",
            "3: expected a property like `name = value`, but there is no `=`",
        ),
        (
            "[default]\n= 1",
            "2: expected the name of a property before `=`",
        ),
        (
            "[default]\ns3 =\n\n a",
            "4: expected a nested property like `name = value`, as the property above it has no value, but there is no `=`",
        ),
        (
            "[default]\ns3 = # c\n = 1",
            "3: expected the name of a nested property before `=`",
        ),
        (
            "[default]\n\u{feff}[profile a]",
            "2: expected a property like `name = value`, but there is no `=`",
        ),
        // The lines of ignored sections and properties are checked as well.
        (
            "[ignored]\na",
            "2: expected a property like `name = value`, but there is no `=`",
        ),
        (
            "[default]\nin valid =\n a",
            "3: expected a nested property like `name = value`, as the property above it has no value, but there is no `=`",
        ),
    ] {
        let expected = format!("~/.aws/config:{expected}");
        assert_eq!(message(config, "").await, expected, "{config:?}");
    }
    assert_eq!(
        message("", "aws_access_key_id = a").await,
        "~/.aws/credentials:1: expected a section before the first property, such as [default] or [NAME]"
    );
    // The files are parsed in order.
    assert!(message("a", "b").await.starts_with("~/.aws/config:1"));
}

#[tokio::test]
async fn a_missing_section_is_explained() {
    let config =
        "[dev]\n[profile \"team\"]\n[sso-sesion corp]\n[profile in valid]\n[sso-session a b]";
    let credentials = "[profile prod]\n[sso-session shared]\n[a!]";
    let set = load_files(config, credentials).await.unwrap();
    for (name, expected) in [
        (
            "dev",
            ": [dev] at ~/.aws/config:1 is ignored, as the header of a profile in a config file is [profile dev]",
        ),
        (
            "prod",
            ": [profile prod] at ~/.aws/credentials:1 is ignored, as the header of a profile in a credentials file is [prod]",
        ),
        (
            "team",
            ": [profile \"team\"] at ~/.aws/config:2 is ignored, as a name consists of ASCII letters, digits and `_-/.%@:+`, without quotes",
        ),
        (
            "in valid",
            ": [profile in valid] at ~/.aws/config:4 is ignored, as a name consists of ASCII letters, digits and `_-/.%@:+`, without quotes",
        ),
        (
            "a!",
            ": [a!] at ~/.aws/credentials:3 is ignored, as a name consists of ASCII letters, digits and `_-/.%@:+`, without quotes",
        ),
        ("shared", " in ~/.aws/config or ~/.aws/credentials"),
    ] {
        let expected = format!("profile {name:?} is not defined{expected}");
        assert_eq!(set.missing_profile(name).to_string(), expected);
    }
    for (name, expected) in [
        (
            "corp",
            ": [sso-sesion corp] at ~/.aws/config:3 is ignored, as the kinds of sections are `profile`, `sso-session` and `services`",
        ),
        (
            "shared",
            ": [sso-session shared] at ~/.aws/credentials:2 is ignored, as such a section belongs in the config file",
        ),
        (
            "a b",
            ": [sso-session a b] at ~/.aws/config:5 is ignored, as a name consists of ASCII letters, digits and `_-/.%@:+`, without quotes",
        ),
        ("dev", " in ~/.aws/config or ~/.aws/credentials"),
    ] {
        let expected = format!("SSO session {name:?} is not defined{expected}");
        assert_eq!(set.missing_sso_session(name).to_string(), expected);
    }
}

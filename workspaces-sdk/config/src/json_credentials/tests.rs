use std::time::{Duration, UNIX_EPOCH};

use super::*;

/// The document of a metadata endpoint with other members.
fn endpoint(more: &str) -> String {
    format!(
        r#"{{"AccessKeyId":"ASIARTEST","SecretAccessKey":"xjtest","Token":"IQote///test",
            "Expiration":"2021-09-18T03:31:56Z"{more}}}"#
    )
}

fn credentials(document: &str) -> DocumentCredentials {
    match parse(document.as_bytes()) {
        Ok(JsonCredentials::Credentials(credentials)) => credentials,
        other => panic!("{document}: {other:?}"),
    }
}

fn expected(account_id: Option<&str>) -> DocumentCredentials {
    DocumentCredentials {
        access_key_id: "ASIARTEST".to_owned(),
        secret_access_key: "xjtest".to_owned(),
        session_token: Some("IQote///test".to_owned()),
        account_id: account_id.map(str::to_owned),
        expiration: Some(UNIX_EPOCH + Duration::from_secs(1_631_935_916)),
    }
}

#[test]
fn credentials_of_endpoints() {
    let cases = [
        (endpoint(""), None),
        (endpoint(r#","Code":"Success","Type":"AWS-HMAC""#), None),
        (endpoint(r#","RoleArn":"arn:aws:iam::1:role/r""#), None),
        (
            endpoint(r#","AccountId":"111122223333""#),
            Some("111122223333"),
        ),
        (
            endpoint(r#","AccountID":"111122223333""#),
            Some("111122223333"),
        ),
        // Other types count as absent, and do not replace a string.
        (endpoint(r#","Code":null,"accountid":1,"token":[{}]"#), None),
        (endpoint(r#","Unknown":{"AccessKeyId":"other"}"#), None),
        // The last one counts.
        (endpoint(r#","accountId":"1","AccountId":"2""#), Some("2")),
        (endpoint("").replace("Token", "SessionToken"), None),
        (endpoint("").replace("Expiration", "expiresAt"), None),
        (endpoint("").replace("AccessKeyId", "accessKEYid"), None),
        (endpoint("").replace("xjtest", r"xj\u0074est"), None),
        (format!("\n {} \r\n", endpoint("")), None),
    ];
    for (document, account_id) in cases {
        assert_eq!(credentials(&document), expected(account_id), "{document}");
    }
}

#[test]
fn errors_of_endpoints() {
    let long = "x".repeat(MAX_TEXT + 1);
    let shortened = "x".repeat(MAX_TEXT);
    let cases = [
        (
            r#"{"Code":"AssumeRoleUnauthorizedAccess","Message":"EC2 cannot assume the role."}"#
                .to_owned(),
            "AssumeRoleUnauthorizedAccess",
            "EC2 cannot assume the role.",
        ),
        (r#"{"code":"Failed"}"#.to_owned(), "Failed", "no message"),
        (
            endpoint(r#","Code":"Failed","message":"two\nlines\u001b[0m""#),
            "Failed",
            "two lines [0m",
        ),
        (
            format!(r#"{{"code":"{long}","message":"{long}"}}"#),
            &*shortened,
            &*shortened,
        ),
    ];
    for (document, code, message) in cases {
        let expected = JsonCredentials::Error {
            code: code.to_owned(),
            message: message.to_owned(),
        };
        assert_eq!(parse(document.as_bytes()).unwrap(), expected, "{document}");
    }
}

#[test]
fn credentials_of_programs() {
    let all = r#"{"Version":1,"AccessKeyId":"ASIARTEST","SecretAccessKey":"xjtest","SessionToken":"IQote///test",
        "AccountId":"111122223333","Expiration":"2021-09-18T05:31:56+02:00"}"#;
    let read = |document: &str| parse_process(document.as_bytes()).unwrap();
    assert_eq!(read(all), expected(Some("111122223333")));
    assert_eq!(read(&all.replace("+02:00", "+02:30")).expiration, {
        let earlier = Duration::from_secs(1_631_935_916 - 30 * 60);
        Some(UNIX_EPOCH + earlier)
    });

    let few =
        read(r#"{"version":1.0,"accesskeyid":"id","secretaccesskey":"secret","Code":"Failed"}"#);
    assert_eq!(
        (&*few.access_key_id, &*few.secret_access_key),
        ("id", "secret")
    );
    assert_eq!(
        (few.session_token, few.account_id, few.expiration),
        (None, None, None)
    );

    // These names are those of endpoints.
    let others = all
        .replace("SessionToken", "Token")
        .replace("Expiration", "ExpiresAt");
    assert_eq!(
        (read(&others).session_token, read(&others).expiration),
        (None, None)
    );
}

type Parse = fn(&[u8]) -> Option<InvalidJsonCredentials>;
const ENDPOINT: Parse = |bytes| parse(bytes).err();
const PROCESS: Parse = |bytes| parse_process(bytes).err();

#[test]
fn invalid_documents() {
    let without = |name: &str| endpoint("").replace(name, "Other");
    let deep = |depth| format!("{}{}", r#"{"a":"#.repeat(depth), "}".repeat(depth));
    let cases: [(Parse, String, &str); 21] = [
        (ENDPOINT, String::new(), "the credentials document is empty"),
        (
            PROCESS,
            " \n".to_owned(),
            "the credentials document is empty",
        ),
        (
            ENDPOINT,
            "404: not found".to_owned(),
            "the credentials document is not a JSON object: expected an object, found a number, at byte 0",
        ),
        (
            ENDPOINT,
            "[1,2,3]".to_owned(),
            "the credentials document is not a JSON object: expected an object, found a list, at byte 0",
        ),
        (
            ENDPOINT,
            endpoint("") + "x",
            "the credentials document is not a JSON object: expected the end",
        ),
        (
            ENDPOINT,
            endpoint(","),
            "the credentials document is not a JSON object: expected the name of a member",
        ),
        (
            ENDPOINT,
            endpoint(r#","a":"\ud800""#),
            "the credentials document is not a JSON object: ",
        ),
        (
            ENDPOINT,
            deep(500_000),
            "the credentials document is not a JSON object: expected at most 128 levels",
        ),
        (
            ENDPOINT,
            r#"{"AccessKeyId":"#.repeat(2),
            "the credentials document is not a JSON object: ",
        ),
        (
            ENDPOINT,
            without("AccessKeyId"),
            "the credentials document has no `AccessKeyId`",
        ),
        (
            ENDPOINT,
            without("SecretAccessKey"),
            "the credentials document has no `SecretAccessKey`",
        ),
        (
            ENDPOINT,
            without("Token"),
            "the credentials document has no `Token`",
        ),
        (
            ENDPOINT,
            without("Expiration"),
            "the credentials document has no `Expiration`",
        ),
        (
            ENDPOINT,
            r#"{"Code":"Success"}"#.to_owned(),
            "the credentials document has no `AccessKeyId`",
        ),
        (
            ENDPOINT,
            endpoint("").replace("2021-09-18", "Saturday"),
            "`Expiration` in the credentials document is not a time such as 2016-02-25T06:03:31Z",
        ),
        (
            ENDPOINT,
            endpoint("").replace("56Z", "56+02:00"),
            "`Expiration` in the credentials document is not",
        ),
        (
            PROCESS,
            endpoint(""),
            "the credentials document has no `Version`",
        ),
        (
            PROCESS,
            endpoint(r#","Version":"1""#),
            "the credentials document has no `Version`",
        ),
        (
            PROCESS,
            endpoint(r#","Version":2"#),
            "`Version` in the credentials document is not 1",
        ),
        (
            PROCESS,
            r#"{"Version":1}"#.to_owned(),
            "the credentials document has no `AccessKeyId`",
        ),
        (
            PROCESS,
            endpoint(r#","Version":1"#).replace("56Z", "56"),
            "`Expiration` in the credentials document is not",
        ),
    ];
    for (parse, document, expected) in cases {
        let start = document.get(..100).unwrap_or(&document);
        let error = parse(document.as_bytes()).unwrap_or_else(|| panic!("no error: {start}"));
        let mut message = error.to_string();
        if let Some(source) = error.source() {
            message = format!("{message}: {source}");
        }
        assert!(message.starts_with(expected), "{start}: {message}");
        assert!(
            !format!("{message}{error:?}").contains("xjtest"),
            "{message}"
        );
    }
}

#[test]
fn nothing_panics_or_shows_a_secret() {
    let document = endpoint(r#","Version":1,"AccountId":"111122223333""#);
    for parse in [ENDPOINT, PROCESS] {
        for end in 0..document.len() {
            assert!(parse(&document.as_bytes()[..end]).is_some(), "{end}");
            for byte in [0, b'"', b'\\', b'{', b'1', 0xff] {
                let mut changed = document.clone().into_bytes();
                changed[end] = byte;
                let error = parse(&changed).map(|error| format!("{error} {error:?}"));
                assert!(
                    !error.unwrap_or_default().contains("jtest"),
                    "{end}, {byte}"
                );
            }
        }
    }
    let debug = format!("{:?}", credentials(&document));
    assert!(
        !debug.contains("xjtest") && !debug.contains("IQote"),
        "{debug}"
    );
}

//! The files in which `aws sso login` stores tokens.
//!
//! The name of a file is the SHA-1 digest of the name of the session, or of the start URL for a login without a session, in
//! hexadecimal.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use aws_smithy_types::date_time::Format;
use aws_types::os_shim_internal::Env;
use lean_aws_runtime::codegen::json::{Decoder, Encoder};
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};

use crate::files::Files;
use crate::profile::home::home_dir;
use crate::token_file::{
    self, Reason, StoredToken, TokenFileError, file_name, in_seconds, read_strings, time,
};

/// The command that writes the files.
pub(super) const COMMAND: &str = "aws sso login";

/// A token of a session, and what is necessary to refresh it.
#[derive(Clone, PartialEq)]
pub(super) struct CachedToken {
    pub(super) access_token: String,
    pub(super) expires_at: SystemTime,
    pub(super) client_id: Option<String>,
    pub(super) client_secret: Option<String>,
    pub(super) refresh_token: Option<String>,
    pub(super) registration_expires_at: Option<SystemTime>,
    pub(super) region: Option<String>,
    pub(super) start_url: Option<String>,
}

impl fmt::Debug for CachedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CachedToken")
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

impl StoredToken for CachedToken {
    fn expires_at(&self) -> SystemTime {
        self.expires_at
    }

    fn is_refreshable(&self, now: SystemTime) -> bool {
        self.client_id.is_some()
            && self.client_secret.is_some()
            && self.refresh_token.is_some()
            && self.registration_expires_at.is_some_and(|time| time > now)
    }
}

/// Reads the token of a session.
///
/// # Errors
/// When the file cannot be read, or is not the file of a token.
pub(super) async fn load(
    env: &Env,
    files: &Files,
    session: &str,
) -> Result<CachedToken, TokenFileError> {
    let read = token_file::read(files, path(env, session), parse);
    read.await.map_err(|reason| reason.after(COMMAND))
}

/// Writes the token of a session.
///
/// # Errors
/// When the file cannot be written.
pub(super) async fn save(
    env: &Env,
    files: &Files,
    session: &str,
    token: &CachedToken,
) -> Result<(), TokenFileError> {
    let contents = to_json(token);
    let write = token_file::write(files, path(env, session), &contents);
    write.await.map_err(|reason| reason.after(COMMAND))
}

fn path(env: &Env, session: &str) -> Result<PathBuf, Reason> {
    let home = home_dir(env).ok_or(Reason::NoHome)?;
    let digest = digest(&SHA1_FOR_LEGACY_USE_ONLY, session.as_bytes());
    Ok(Path::new(&home)
        .join(".aws/sso/cache")
        .join(file_name(&digest)))
}

fn parse(bytes: &[u8], path: &Path) -> Result<CachedToken, Reason> {
    let read = || {
        let mut input = Decoder::new(bytes)?;
        let names = [
            "accessToken",
            "expiresAt",
            "clientId",
            "clientSecret",
            "refreshToken",
            "registrationExpiresAt",
            "region",
            "startUrl",
        ];
        let values = read_strings(&mut input, names, |_, input| input.skip())?;
        input.finish()?;
        Ok(values)
    };
    let values = read().map_err(|source| Reason::NotJson {
        path: path.to_owned(),
        source,
    })?;
    let [
        access_token,
        expires_at,
        client_id,
        client_secret,
        refresh_token,
        registration_expires_at,
        region,
        start_url,
    ] = values;
    let required = |value: Option<String>, member| {
        value.ok_or_else(|| Reason::Missing {
            path: path.to_owned(),
            member,
        })
    };
    let read_time = |text: String, member| {
        time(&text).ok_or_else(|| Reason::Invalid {
            path: path.to_owned(),
            member,
            expected: "a time such as 2019-11-14T04:05:45Z",
        })
    };
    Ok(CachedToken {
        access_token: required(access_token, "accessToken")?,
        expires_at: read_time(required(expires_at, "expiresAt")?, "expiresAt")?,
        client_id,
        client_secret,
        refresh_token,
        registration_expires_at: registration_expires_at
            .map(|text| read_time(text, "registrationExpiresAt"))
            .transpose()?,
        region,
        start_url,
    })
}

fn to_json(token: &CachedToken) -> Vec<u8> {
    let mut out = Encoder::new();
    let mut object = out.object();
    object.member("accessToken", &token.access_token);
    object.timestamp("expiresAt", &in_seconds(token.expires_at), Format::DateTime);
    object.member("refreshToken", &token.refresh_token);
    object.member("clientId", &token.client_id);
    object.member("clientSecret", &token.client_secret);
    let registration = token.registration_expires_at.map(in_seconds);
    object.timestamp("registrationExpiresAt", &registration, Format::DateTime);
    object.member("region", &token.region);
    object.member("startUrl", &token.start_url);
    object.end();
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    fn parsed(text: &str) -> Result<CachedToken, String> {
        let token = parse(text.as_bytes(), Path::new("token.json"));
        token.map_err(|error| error.to_string())
    }

    #[test]
    fn the_name_of_the_file_is_a_digest() {
        let env = Env::from_slice(&[("HOME", "/home/ada")]);
        let name = "d033e22ae348aeb5660fc2140aec35850c4da997";
        assert_eq!(
            path(&env, "admin").unwrap(),
            Path::new(&format!("/home/ada/.aws/sso/cache/{name}.json"))
        );
        let error = path(&Env::from_slice(&[]), "admin").unwrap_err();
        assert_eq!(error.to_string(), "there is no home directory; set HOME");
    }

    #[test]
    fn members_have_no_case() {
        let token = parsed(
            r#"{"AccessToken": "token", "expiresat": "1970-01-12T13:46:40Z", "more": [{}], "region": 1}"#,
        )
        .unwrap();
        assert_eq!(token.access_token, "token");
        assert_eq!(
            token.expires_at,
            UNIX_EPOCH + Duration::from_secs(1_000_000)
        );
        assert_eq!(token.region, None);
        assert!(!token.is_refreshable(UNIX_EPOCH));
    }

    #[test]
    fn what_is_written_can_be_read() {
        let token = CachedToken {
            access_token: "token \" \n".to_owned(),
            expires_at: UNIX_EPOCH + Duration::from_secs(1_000_000),
            client_id: Some("id".to_owned()),
            client_secret: Some("hidden".to_owned()),
            refresh_token: Some("refresh".to_owned()),
            registration_expires_at: Some(UNIX_EPOCH + Duration::from_secs(2_000_000)),
            region: Some("us-east-1".to_owned()),
            start_url: None,
        };
        let written = String::from_utf8(to_json(&token)).unwrap();
        assert_eq!(parsed(&written).unwrap(), token);
        assert!(token.is_refreshable(UNIX_EPOCH + Duration::from_secs(1_999_999)));
        assert!(!token.is_refreshable(UNIX_EPOCH + Duration::from_secs(2_000_000)));
        assert!(!format!("{token:?}").contains("hidden"));
    }

    #[test]
    fn errors_name_the_file() {
        for (text, expected) in [
            ("", "token.json has no `accessToken`"),
            ("[]", "token.json does not contain a JSON object"),
            ("{", "token.json does not contain a JSON object"),
            ("{} x", "token.json does not contain a JSON object"),
            ("{}", "token.json has no `accessToken`"),
            (r#"{"accessToken": 1}"#, "token.json has no `accessToken`"),
            (r#"{"accessToken": "a"}"#, "token.json has no `expiresAt`"),
            (
                r#"{"accessToken": "a", "expiresAt": "soon"}"#,
                "`expiresAt` in token.json is not a time such as 2019-11-14T04:05:45Z",
            ),
        ] {
            assert_eq!(parsed(text).unwrap_err(), expected, "{text}");
        }
    }
}

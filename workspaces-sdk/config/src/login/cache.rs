//! The files in which `aws login` stores credentials.
//!
//! The name of a file is the SHA-256 digest of the ARN of the session in hexadecimal.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_credential_types::attributes::AccountId;
use aws_smithy_types::Document;
use aws_smithy_types::date_time::Format;
use aws_types::os_shim_internal::Env;
use lean_aws_runtime::codegen::json::{Decoder, Encode, Encoder};
use ring::digest::{SHA256, digest};

use super::PROVIDER_NAME;
use crate::files::Files;
use crate::profile::home::home_dir;
use crate::token_file::{
    self, Reason, StoredToken, TokenFileError, file_name, in_seconds, read_strings, time,
};

/// The command that writes the files.
pub(super) const COMMAND: &str = "aws login";

/// The variable that names another folder for the files.
const FOLDER: &str = "AWS_LOGIN_CACHE_DIRECTORY";

/// The credentials of a login, and what is necessary to refresh them.
#[derive(Clone)]
pub(super) struct Login {
    /// The credentials, which have an expiry.
    pub(super) credentials: Credentials,
    pub(super) refresh_token: String,
    pub(super) client_id: String,
    /// The private key that proves the possession of the refresh token, in PEM.
    pub(super) dpop_key: String,
    pub(super) token_type: Option<String>,
    pub(super) id_token: Option<String>,
    /// The members that this crate does not know, which stay in the file.
    pub(super) other: Vec<(String, Document)>,
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login")
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}

impl Login {
    /// The Region in which the user has logged in. The files of early versions of the AWS CLI do not have it.
    pub(super) fn region(&self) -> Option<&str> {
        let mut members = self.other.iter();
        let (_, region) = members.find(|(name, _)| name == "signInRegion")?;
        region.as_string().filter(|region| !region.is_empty())
    }
}

impl StoredToken for Login {
    fn expires_at(&self) -> SystemTime {
        self.credentials.expiry().unwrap_or(SystemTime::UNIX_EPOCH)
    }

    fn is_refreshable(&self, _: SystemTime) -> bool {
        true
    }
}

/// Reads the login of a session.
///
/// # Errors
/// When the file cannot be read, or is not the file of a login.
pub(super) async fn load(env: &Env, files: &Files, session: &str) -> Result<Login, TokenFileError> {
    let read = token_file::read(files, path(env, session), parse);
    read.await.map_err(|reason| reason.after(COMMAND))
}

/// Writes the login of a session.
///
/// # Errors
/// When the file cannot be written.
pub(super) async fn save(
    env: &Env,
    files: &Files,
    session: &str,
    login: &Login,
) -> Result<(), TokenFileError> {
    let contents = to_json(login);
    let write = token_file::write(files, path(env, session), &contents);
    write.await.map_err(|reason| reason.after(COMMAND))
}

fn path(env: &Env, session: &str) -> Result<PathBuf, Reason> {
    let folder = match env.get(FOLDER).ok().filter(|folder| !folder.is_empty()) {
        Some(folder) => PathBuf::from(folder),
        None => {
            let home = home_dir(env).ok_or(Reason::NoHome)?;
            Path::new(&home).join(".aws/login/cache")
        }
    };
    let digest = digest(&SHA256, session.trim().as_bytes());
    Ok(folder.join(file_name(&digest)))
}

fn parse(bytes: &[u8], path: &Path) -> Result<Login, Reason> {
    let mut of_token = [const { None }; 5];
    let mut other_members = Vec::new();
    let mut read = || {
        let mut input = Decoder::new(bytes)?;
        let names = [
            "refreshToken",
            "clientId",
            "dpopKey",
            "tokenType",
            "idToken",
        ];
        let values = read_strings(&mut input, names, |name, input| {
            if !name.eq_ignore_ascii_case("accessToken") {
                let value: Option<Document> = input.value()?;
                other_members.extend(value.map(|value| (name.to_owned(), value)));
                return Ok(());
            }
            if input.peek() != Some(b'{') {
                return input.skip();
            }
            let names = [
                "accessKeyId",
                "secretAccessKey",
                "sessionToken",
                "accountId",
                "expiresAt",
            ];
            of_token = read_strings(input, names, |_, input| input.skip())?;
            Ok(())
        })?;
        input.finish()?;
        Ok(values)
    };
    let [refresh_token, client_id, dpop_key, token_type, id_token] =
        read().map_err(|source| Reason::NotJson {
            path: path.to_owned(),
            source,
        })?;
    let [
        access_key_id,
        secret_access_key,
        session_token,
        account_id,
        expires_at,
    ] = of_token;
    let required = |value: Option<String>, member| {
        value.ok_or_else(|| Reason::Missing {
            path: path.to_owned(),
            member,
        })
    };
    let member = "accessToken.expiresAt";
    let expires_at = required(expires_at, member)?;
    let expires_at = time(&expires_at).ok_or_else(|| Reason::Invalid {
        path: path.to_owned(),
        member,
        expected: "a time such as 2025-11-19T04:05:45Z",
    })?;
    let credentials = Credentials::builder()
        .access_key_id(required(access_key_id, "accessToken.accessKeyId")?)
        .secret_access_key(required(secret_access_key, "accessToken.secretAccessKey")?)
        .session_token(required(session_token, "accessToken.sessionToken")?)
        .account_id(AccountId::from(required(
            account_id,
            "accessToken.accountId",
        )?))
        .expiry(expires_at)
        .provider_name(PROVIDER_NAME);
    Ok(Login {
        credentials: credentials.build(),
        refresh_token: required(refresh_token, "refreshToken")?,
        client_id: required(client_id, "clientId")?,
        // The escape sequence of a line feed can be escaped itself.
        dpop_key: required(dpop_key, "dpopKey")?.replace("\\n", "\n"),
        token_type,
        id_token,
        other: other_members,
    })
}

fn to_json(login: &Login) -> Vec<u8> {
    let mut out = Encoder::new();
    let mut object = out.object();
    object.member("accessToken", &AccessToken(&login.credentials));
    object.member("tokenType", &login.token_type);
    object.member("refreshToken", &login.refresh_token);
    object.member("idToken", &login.id_token);
    object.member("clientId", &login.client_id);
    object.member("dpopKey", &login.dpop_key);
    for (name, value) in &login.other {
        object.member(name.as_str(), value);
    }
    object.end();
    out.into_bytes()
}

/// Credentials as a member of the file.
struct AccessToken<'a>(&'a Credentials);

impl Encode for AccessToken<'_> {
    fn encode(&self, out: &mut Encoder) {
        let mut object = out.object();
        object.member("accessKeyId", self.0.access_key_id());
        object.member("secretAccessKey", self.0.secret_access_key());
        object.member("sessionToken", self.0.session_token().unwrap_or_default());
        let account_id = self
            .0
            .account_id()
            .map(|account| account.as_str().to_owned());
        object.member("accountId", &account_id);
        let expires = self.0.expiry().map(in_seconds);
        object.timestamp("expiresAt", &expires, Format::DateTime);
        object.end();
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    const FILE: &str = r#"{
        "accessToken": {
            "accessKeyId": "id", "secretAccessKey": "hidden-1", "sessionToken": "hidden-4",
            "accountId": "123456789012", "expiresAt": "1970-01-12T13:46:40Z"
        },
        "tokenType": "aws_sigv4", "refreshToken": "hidden-2", "idToken": "identity",
        "clientId": "arn:aws:signin:::devtools/same-device", "dpopKey": "hidden-3"
    }"#;

    fn parsed(text: &str) -> Result<Login, String> {
        let login = parse(text.as_bytes(), Path::new("login.json"));
        login.map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_written_can_be_read() {
        let login = parsed(FILE).unwrap();
        let expires = UNIX_EPOCH + Duration::from_secs(1_000_000);
        assert_eq!(login.expires_at(), expires);
        let again = parsed(std::str::from_utf8(&to_json(&login)).unwrap()).unwrap();
        assert_eq!(again.credentials, login.credentials);
        assert_eq!(to_json(&again), to_json(&login));
        let debug = format!("{login:?}");
        assert!(!debug.contains("hidden"), "{debug}");
    }

    #[test]
    fn errors_name_the_member() {
        for (from, to, expected) in [
            ("{", "", "login.json does not contain a JSON object"),
            (
                "\"accessKeyId\"",
                "\"x\"",
                "login.json has no `accessToken.accessKeyId`",
            ),
            ("\"dpopKey\"", "\"x\"", "login.json has no `dpopKey`"),
            (
                "1970-01-12T",
                "1970-01-12 ",
                "`accessToken.expiresAt` in login.json is not a time such as 2025-11-19T04:05:45Z",
            ),
        ] {
            let text = FILE.replacen(from, to, 1);
            assert_eq!(parsed(&text).unwrap_err(), expected, "{text}");
        }
    }

    #[test]
    fn a_variable_names_the_folder() {
        let session = " arn:aws:iam::123456789012:user/ada\n";
        let at = |variables: &[(&str, &str)]| path(&Env::from_slice(variables), session).unwrap();
        let home = at(&[("HOME", "/home/ada"), (FOLDER, "")]);
        let folder = at(&[("HOME", "/home/ada"), (FOLDER, "/cache")]);
        assert_eq!(
            home.parent().unwrap(),
            Path::new("/home/ada/.aws/login/cache")
        );
        assert_eq!(folder.parent().unwrap(), Path::new("/cache"));
        assert_eq!(home.file_name(), folder.file_name());
    }
}

//! Reading and parsing the shared files.

use std::borrow::Cow;

use aws_types::os_shim_internal::{Env, Fs};

use super::profile_file::ProfileFiles;
use super::{home, merge, parse, read};

#[doc(inline)]
pub use super::{Profile, ProfileSet, Property};
#[doc(inline)]
pub use super::{ProfileFileLoadError, ProfileParseError};

/// The variable that selects a profile.
const AWS_PROFILE: &str = "AWS_PROFILE";

/// Reads the shared files and merges them.
///
/// The profile that [`ProfileSet::get`] reads is `selected_profile_override`, else the value of the environment variable
/// `AWS_PROFILE`, else `default`. It need not exist.
///
/// # Files
///
/// By default these are `~/.aws/config` and `~/.aws/credentials`. The environment variables `AWS_CONFIG_FILE` and
/// `AWS_SHARED_CREDENTIALS_FILE` give other paths. A leading `~` is the home directory: `HOME`, and on Windows
/// also `USERPROFILE`, or `HOMEDRIVE` with `HOMEPATH`. Without a home directory, files below it are not read.
///
/// A file that does not exist, cannot be read or is not UTF-8 counts as empty, and a warning is logged. A file that was added with
/// [`with_file`](super::profile_file::Builder::with_file) must exist and be readable.
///
/// # Syntax
///
/// ```ini
/// # ~/.aws/config
/// [default]
/// region = eu-west-1
///
/// [profile dev]
/// sso_session = corp     # a comment
/// services = local
///
/// [sso-session corp]
/// sso_start_url = https://corp.awsapps.com/start
///
/// [services local]
/// workspaces =
///   endpoint_url = http://localhost:8080
/// ```
///
/// ```ini
/// # ~/.aws/credentials
/// [dev]
/// aws_access_key_id = AKIAIOSFODNN7EXAMPLE
/// aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
/// ```
///
/// - In the config file, the header of a profile is `[profile NAME]`, or `[default]`. In the credentials file, it is `[NAME]`.
///   `[sso-session NAME]` and `[services NAME]` belong in the config file. All other sections are ignored, and a warning is
///   logged.
/// - Names of sections and properties consist of ASCII letters, digits and `_-/.%@:+`. Others are ignored, and so are names in
///   quotes. The names of properties are not case-sensitive, those of sections are.
/// - A section that appears twice is merged, and the later of two properties with the same name counts. Files are merged in the
///   same way: the credentials file overrides the config file. If a config file has `[profile default]`, its `[default]` is ignored.
/// - A line that starts with a space or a tab continues the value of the property above it, as a new line of the value.
///   If that property has no value on its own line, each indented line is a nested property.
/// - A line that starts with `#` or `;` is a comment. So is the end of a line, from `#` or `;` on: after a header always, after a
///   value only if a space precedes it, and never on an indented line. In nested properties, an indented line can be a comment.
/// - Spaces and tabs around names and values are ignored. Quotes are part of a value. Lines end with LF or CR LF, and
///   a byte order mark is ignored.
///
/// # Errors
///
/// Returns an error with the file and the line if a line has another form, and an error with the path if a file that was added
/// with `with_file` cannot be read. Neither contains text of the file.
pub async fn load(
    fs: &Fs,
    env: &Env,
    profile_files: &ProfileFiles,
    selected_profile_override: Option<Cow<'static, str>>,
) -> Result<ProfileSet, ProfileFileLoadError> {
    let home = home::home_dir(env);
    let mut contents = Vec::with_capacity(profile_files.files.len());
    for file in &profile_files.files {
        contents.push(read::read(file, home.as_deref(), fs, env).await?);
    }
    let selected = selected_profile_override
        .or_else(|| env.get(AWS_PROFILE).ok().map(Cow::Owned))
        .unwrap_or(Cow::Borrowed("default"));
    let mut set = ProfileSet::select(selected);
    for file in &contents {
        merge::merge(&mut set, file, parse::parse(file)?);
    }
    Ok(set)
}

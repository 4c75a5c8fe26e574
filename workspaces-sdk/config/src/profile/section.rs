use std::fmt;

use super::Place;
use super::profile_file::ProfileFileKind::{self, Config, Credentials};

/// The characters around names and values that are ignored. Other white space is part of them.
pub(super) const SPACE: [char; 2] = [' ', '\t'];

const DEFAULT: &str = "default";

/// A section that is used, by its header.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) enum Section<'a> {
    /// `[default]` of a config file, which `[profile default]` of the same file replaces.
    Default,
    Profile(&'a str),
    SsoSession(&'a str),
    Services(&'a str),
}

impl<'a> Section<'a> {
    /// Identifies a section by the text between the brackets, or says why the section is ignored.
    pub(super) fn from_header(text: &'a str, kind: ProfileFileKind) -> Result<Self, Reason> {
        let (prefix, name) = split(text);
        match (kind, prefix) {
            (Config, None) if name == DEFAULT => Ok(Self::Default),
            (Config, None) => Err(Reason::NeedsPrefix),
            (Credentials, Some("profile")) => Err(Reason::HasPrefix),
            (Credentials, Some(_)) => Err(Reason::BelongsInConfig),
            _ if !is_name(name) => Err(Reason::InvalidName),
            (Credentials, None) | (Config, Some("profile")) => Ok(Self::Profile(name)),
            (Config, Some("sso-session")) => Ok(Self::SsoSession(name)),
            (Config, Some("services")) => Ok(Self::Services(name)),
            (Config, Some(_)) => Err(Reason::UnknownKind),
        }
    }

    pub(super) const PROFILE_DEFAULT: Self = Self::Profile(DEFAULT);
}

/// Separates the name of a section from the word before it.
fn split(text: &str) -> (Option<&str>, &str) {
    match text.trim_matches(SPACE).split_once(SPACE) {
        Some((prefix, name)) => (Some(prefix.trim()), name.trim()),
        None => (None, text.trim()),
    }
}

/// Whether `name` has only the characters of names of sections and properties.
pub(super) fn is_name(name: &str) -> bool {
    name.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"_-/.%@:+".contains(&byte))
}

/// A section that is ignored.
#[derive(Clone, Debug)]
pub(super) struct Ignored {
    pub(super) place: Place,
    pub(super) header: String,
    pub(super) reason: Reason,
}

impl Ignored {
    /// Whether it looks as if it were meant to be the section `[prefix name]`.
    pub(super) fn is_meant_as(&self, prefix: &str, name: &str) -> bool {
        let (own_prefix, own_name) = split(&self.header);
        let profile = "profile";
        own_name.trim_matches(['"', '\'']) == name
            && match self.reason {
                Reason::NeedsPrefix | Reason::HasPrefix => prefix == profile,
                Reason::InvalidName => own_prefix.unwrap_or(profile) == prefix,
                Reason::BelongsInConfig => own_prefix == Some(prefix),
                Reason::UnknownKind => true,
            }
    }
}

impl fmt::Display for Ignored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (_, name) = split(&self.header);
        write!(f, "[{}] at {} is ignored, as ", self.header, self.place)?;
        match self.reason {
            Reason::NeedsPrefix => write!(
                f,
                "the header of a profile in a config file is [profile {name}]"
            ),
            Reason::HasPrefix => write!(
                f,
                "the header of a profile in a credentials file is [{name}]"
            ),
            Reason::BelongsInConfig => f.write_str("such a section belongs in the config file"),
            Reason::InvalidName => f.write_str(
                "a name consists of ASCII letters, digits and `_-/.%@:+`, without quotes",
            ),
            Reason::UnknownKind => {
                f.write_str("the kinds of sections are `profile`, `sso-session` and `services`")
            }
        }
    }
}

/// Why a section is ignored.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Reason {
    NeedsPrefix,
    HasPrefix,
    BelongsInConfig,
    InvalidName,
    UnknownKind,
}

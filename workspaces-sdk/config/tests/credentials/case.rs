//! What a table contains.

/// An environment and files, and their result.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    /// The environment variables. `HOME` is set as well, to `{home}`, the endpoints of STS, SSO, SSO OIDC and Signin, to `{server}`, and
    /// `AWS_EC2_METADATA_DISABLED`. The value `-` removes one of them.
    pub(crate) env: &'static [(&'static str, &'static str)],
    /// The files by path. `~`, `{home}` and `{server}` stand for the home directory and the URL of the server, in the contents
    /// only the latter two.
    pub(crate) files: &'static [(&'static str, &'static str)],
    /// The requests that the services receive, in this order, and the responses.
    ///
    /// A request to STS is the access key ID that signs it, `+` and the session token, the action and its parameters:
    /// `ASIA1 +SECRET-TOKEN-ASIA1 AssumeRole RoleArn=... RoleSessionName=...`. `unsigned` stands for no signature. A `*` at the end of
    /// a word stands for digits.
    ///
    /// A request to another service is `unsigned`, the method, the path, the sorted parameters of the query or of the body,
    /// `bearer=` and the token of the header, and `proof` for a valid header `dpop`.
    pub(crate) server: &'static [(&'static str, Reply)],
    pub(crate) expected: Expected,
}

/// A case for which the time is [`NOW`], whose files are on the disk.
pub(crate) struct StoredCase {
    pub(crate) case: Case,
    /// A folder that is removed when the first request arrives, so that nothing can be stored in it.
    pub(crate) removed: Option<&'static str>,
    /// Files and their contents afterwards. The other files do not change.
    pub(crate) stored: &'static [(&'static str, &'static str)],
}

/// The time of a [`StoredCase`], 2030-01-01T00:00:00Z, in seconds since 1970.
pub(crate) const NOW: u64 = 1_893_456_000;

/// A response of a service.
#[derive(Clone, Copy)]
pub(crate) enum Reply {
    /// Credentials with this access key ID. The secret is `SECRET-` and the ID, the token is `SECRET-TOKEN-` and the ID, the
    /// account is `111122223333`, and the time of expiration is `2035-01-02T03:04:05Z`.
    ///
    /// A response of SSO OIDC has the access token `SECRET-` and the ID, a response of Signin has the keys. Both have the refresh
    /// token `SECRET-REFRESH-` and the ID, and expire after an hour.
    Keys(&'static str),
    /// An error with this status, code and message. The type of an error of Signin depends on the status.
    Error(u16, &'static str, &'static str),
    /// A response with status 200 and this body.
    Body(&'static str),
}

/// The result of a case.
#[derive(Clone, Copy)]
pub(crate) enum Expected {
    /// The access key ID, the secret, the session token, `of` and the account, `until` and the expiration. Or a token and its expiration.
    Credentials(&'static str),
    /// An error. A chain of providers goes on after the kind `NotLoaded`, and ends at the others. The text is that of this crate:
    /// the messages of the error and its sources, separated by colons, except for the first one.
    Error(ErrorKind, &'static str),
}

/// The kinds of errors of credentials.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ErrorKind {
    NotLoaded,
    InvalidConfiguration,
    ProviderError,
    Unhandled,
}

/// A case in which nothing is stored.
pub(crate) const STORED_CASE: StoredCase = StoredCase {
    case: CASE,
    removed: None,
    stored: &[],
};

/// A case in which nothing is set.
pub(crate) const CASE: Case = Case {
    name: "",
    env: &[],
    files: &[],
    server: &[],
    expected: Expected::Credentials(""),
};

//! AWS Signature Version 4, in the headers or in the query of a request.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use http::HeaderName;
use http::header::AUTHORIZATION;

use super::clock::basic_time;
use super::hash::{Key, sha256};
use crate::headers::{CONTENT_SHA256, set_header};
use crate::hex::push_hex;
use crate::percent;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// The header with the time of the signature.
const DATE: HeaderName = HeaderName::from_static("x-amz-date");

/// The header with the session token of temporary credentials.
const SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");

/// Headers that are not signed, because proxies change them.
const UNSIGNED: [&str; 4] = [
    "authorization",
    "transfer-encoding",
    "user-agent",
    "x-amzn-trace-id",
];

/// The Region and the service that a signature is valid for.
#[derive(Debug)]
pub(crate) struct Scope<'a> {
    /// The Region, such as `eu-west-1`.
    pub(crate) region: &'a str,
    /// The service's signing name.
    pub(crate) name: &'a str,
    /// Whether the path is signed as it is sent, instead of being normalized and encoded once more.
    pub(crate) single_encoding: bool,
    /// Whether requests have the hash of their body in the header `x-amz-content-sha256`.
    pub(crate) hash_header: bool,
}

/// Signs the requests of a client.
///
/// The signing key is the same for a day. The last one is cached, because deriving it takes longer than signing.
#[derive(Default)]
pub(crate) struct Signer {
    last: Mutex<Option<SigningKey>>,
}

struct SigningKey {
    credentials: Credentials,
    scope: String,
    key: Key,
}

impl Signer {
    /// Adds `authorization`, `x-amz-date` and, for temporary credentials, `x-amz-security-token`.
    ///
    /// All headers except those in [`UNSIGNED`] are signed, so the request must not be changed afterwards. The path is
    /// normalized and encoded twice, unless the endpoint asks for single encoding, as those of S3 do. The signature covers the body by the hash in the header
    /// `x-amz-content-sha256`, if there is one. Without it, the signature covers the body unless `unsigned_payload` is set or
    /// the body is a stream.
    ///
    /// # Errors
    /// When `identity` holds no credentials, or the request has no host.
    pub(crate) fn sign(
        &self,
        request: &mut HttpRequest,
        identity: &Identity,
        scope: &Scope<'_>,
        time: SystemTime,
        unsigned_payload: bool,
    ) -> Result<(), BoxError> {
        let credentials = credentials_of(identity)?;
        let single_encoding = scope.single_encoding;
        if scope.hash_header && !request.headers().contains_key(CONTENT_SHA256.as_str()) {
            let hash = payload(request, unsigned_payload);
            set_header(request.headers_mut(), &CONTENT_SHA256, &hash)?;
        }
        let (time, scope) = stamp(time, scope)?;
        let headers = request.headers_mut();
        set_header(headers, &DATE, &time)?;
        // Credentials from the environment may have an empty token, which counts as none.
        if let Some(token) = credentials.session_token()
            && !token.is_empty()
        {
            set_header(headers, &SECURITY_TOKEN, token)?;
        }
        let (text, names) = canonical_request(request, single_encoding, unsigned_payload, &[])?;
        let signature = self.signature(credentials, &time, &scope, text);
        let key_id = credentials.access_key_id();
        let mut authorization = String::with_capacity(256 + names.len());
        for part in [
            ALGORITHM,
            " Credential=",
            key_id,
            "/",
            &scope,
            ", SignedHeaders=",
            &names,
        ] {
            authorization += part;
        }
        authorization += ", Signature=";
        authorization += &signature;
        request
            .headers_mut()
            .try_insert(AUTHORIZATION, authorization)
            .map_err(|_| "the access key ID contains a character that HTTP does not allow")?;
        Ok(())
    }

    /// The signature of a canonical request, in hexadecimal.
    fn signature(
        &self,
        credentials: &Credentials,
        time: &str,
        scope: &str,
        mut text: String,
    ) -> String {
        let hash = sha256(text.as_bytes());
        text.clear();
        for part in [ALGORITHM, "\n", time, "\n", scope, "\n"] {
            text += part;
        }
        push_hex(&mut text, hash.as_ref());
        let signature = self.key(credentials, scope).sign(text.as_bytes());
        text.clear();
        push_hex(&mut text, signature.as_ref());
        text
    }

    /// The signing key of the credentials for `scope`: day, Region and service.
    fn key(&self, credentials: &Credentials, scope: &str) -> Key {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = &*last
            && last.scope == scope
            && last.credentials == *credentials
        {
            return last.key.clone();
        }
        let secret = format!("AWS4{}", credentials.secret_access_key());
        let first = Key::new(secret.as_bytes());
        let key = scope.split('/').fold(first, |last, part| {
            Key::new(last.sign(part.as_bytes()).as_ref())
        });
        *last = Some(SigningKey {
            credentials: credentials.clone(),
            scope: scope.to_owned(),
            key: key.clone(),
        });
        key
    }
}

/// Shows nothing of the key.
impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").finish_non_exhaustive()
    }
}

fn credentials_of(identity: &Identity) -> Result<&Credentials, BoxError> {
    let credentials = identity.data::<Credentials>();
    Ok(credentials.ok_or("the identity has no credentials to sign with")?)
}

/// The time and the scope of a signature, in the form in which it contains them.
fn stamp(time: SystemTime, scope: &Scope<'_>) -> Result<(String, String), BoxError> {
    let time = basic_time(time).map_err(|_| {
        "the time to sign with is before year 1 or after year 9999; correct the clock or `time_source`"
    })?;
    let (day, _) = time.split_at(8);
    let scope = [day, scope.region, scope.name, "aws4_request"].join("/");
    Ok((time, scope))
}

/// The headers that a signature covers, sorted by name: all except those in [`UNSIGNED`] and `unsigned`.
fn headers_to_sign<'a>(
    request: &'a HttpRequest,
    url: &Url<'a>,
    unsigned: &[&str],
) -> Vec<(&'a str, &'a str)> {
    let headers = request.headers();
    let mut sorted: Vec<(&str, &str)> = Vec::with_capacity(16);
    for (name, value) in headers
        .iter()
        .filter(|(name, _)| !UNSIGNED.contains(name) && !unsigned.contains(name))
        .chain((!headers.contains_key("host")).then_some(("host", url.host)))
    {
        // Values of one name stay in order. For so few headers, this is smaller and faster than a sort.
        let position = sorted.partition_point(|(other, _)| *other <= name);
        sorted.insert(position, (name, value));
    }
    sorted
}

/// The canonical request and the names of the signed headers.
fn canonical_request(
    request: &HttpRequest,
    single_encoding: bool,
    unsigned_payload: bool,
    unsigned_headers: &[&str],
) -> Result<(String, String), BoxError> {
    let url = Url::of(request)?;
    let headers = headers_to_sign(request, &url, unsigned_headers);
    let query = canonical_query(url.query);
    let mut text = String::with_capacity(1024);
    text += request.method();
    text.push('\n');
    match single_encoding {
        true => text += url.path,
        false => percent::push(&mut text, normalized(url.path).as_bytes(), b"/"),
    }
    text.push('\n');
    text += &query;
    let mut names = String::with_capacity(256);
    let mut last = "";
    let mut announced = None;
    for (name, value) in headers {
        if name == CONTENT_SHA256.as_str() {
            announced = Some(value);
        }
        if name == last {
            text.push(',');
        } else {
            text += "\n";
            text += name;
            text.push(':');
            names += if names.is_empty() { "" } else { ";" };
            names += name;
            last = name;
        }
        push_value(&mut text, value);
    }
    text += "\n\n";
    text += &names;
    text.push('\n');
    match announced {
        Some(hash) => text += hash,
        None => push_payload(&mut text, request, unsigned_payload),
    }
    Ok((text, names))
}

/// The hash of the body, in hexadecimal, or what stands for it if the signature does not cover the body.
fn payload(request: &HttpRequest, unsigned: bool) -> String {
    let mut text = String::with_capacity(64);
    push_payload(&mut text, request, unsigned);
    text
}

fn push_payload(text: &mut String, request: &HttpRequest, unsigned: bool) {
    match request.body().bytes() {
        Some(body) if !unsigned => push_hex(text, sha256(body).as_ref()),
        // A stream that can be read only once is not read before it is sent.
        _ => *text += "UNSIGNED-PAYLOAD",
    }
}

/// The parts of a URL that are signed.
struct Url<'a> {
    /// The value of the header `host`: with the port, unless it is the default of the scheme.
    host: &'a str,
    path: &'a str,
    query: &'a str,
}

impl<'a> Url<'a> {
    /// Finds the parts in the URL of a request.
    ///
    /// # Errors
    /// When the URL has no host.
    fn of(request: &'a HttpRequest) -> Result<Self, BoxError> {
        let url = request.uri();
        let (url, _) = url.split_once('#').unwrap_or((url, ""));
        let (scheme, rest) = url
            .split_once(':')
            .and_then(|(scheme, rest)| Some((scheme, rest.strip_prefix("//")?)))
            .ok_or("a request to sign must have a host")?;
        let port = match scheme.eq_ignore_ascii_case("https") {
            true => ":443",
            false => ":80",
        };
        let (authority, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        Ok(Self {
            host: authority.strip_suffix(port).unwrap_or(authority),
            path: if path.is_empty() { "/" } else { path },
            query,
        })
    }
}

/// The path without `.`, `..` and empty segments.
fn normalized(path: &str) -> Cow<'_, str> {
    let has_empty_segment = path.as_bytes().windows(2).any(|pair| pair == b"//");
    if !has_empty_segment && !path.contains('.') {
        return path.into();
    }
    let mut segments = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            segment => segments.push(segment),
        }
    }
    let open = ["/", "/.", "/.."].iter().any(|end| path.ends_with(end));
    let end = if open && !segments.is_empty() {
        "/"
    } else {
        ""
    };
    format!("/{}{end}", segments.join("/")).into()
}

/// The parameters, decoded and encoded again, in sorted order.
fn canonical_query(query: &str) -> String {
    let mut parameters: Vec<_> = query
        .split('&')
        .filter(|parameter| !parameter.is_empty())
        .map(|parameter| parameter.split_once('=').unwrap_or((parameter, "")))
        .map(|(name, value)| (recoded(name), recoded(value)))
        .collect();
    parameters.sort_unstable();
    let parameters: Vec<_> = parameters
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    parameters.join("&")
}

fn recoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        let plain = if *first == b'+' { b' ' } else { *first };
        let (byte, behind) = escape(rest).unwrap_or((plain, behind));
        bytes.push(byte);
        rest = behind;
    }
    let mut encoded = String::with_capacity(bytes.len());
    percent::push(&mut encoded, &bytes, b"");
    encoded
}

/// The byte of an escape at the start, and the rest.
fn escape(text: &[u8]) -> Option<(u8, &[u8])> {
    let [b'%', high, low, behind @ ..] = text else {
        return None;
    };
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    let byte = u8::try_from((digit(high)? << 4) | digit(low)?).ok()?;
    Some((byte, behind))
}

/// Appends the value of a header, without the spaces and tabs around it, which HTTP does not transmit, and with single spaces
/// inside.
fn push_value(text: &mut String, value: &str) {
    for part in value.trim_ascii().split_inclusive(' ') {
        if part != " " {
            *text += part;
        }
    }
}

#[cfg(feature = "presigning")]
mod query;
#[cfg(test)]
mod tests;

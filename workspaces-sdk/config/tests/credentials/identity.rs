//! The parts of IAM Identity Center and of AWS Sign-In, which a [`Server`](super::server::Server) takes.

use aws_smithy_types::base64;
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

use super::case::{NOW, Reply};

/// The coordinates of the public keys that belong to the private keys of the cases.
const PUBLIC_KEYS: [[&str; 2]; 2] = [
    [
        "UfJ_VUo0KViPIiNkIn50B1ORuTG3pIx6F0wEbeZMp0U",
        "KCvqwJKPvzD6UtixDmkBRN0PRfltJDnzbxbDXnq12ts",
    ],
    [
        "-7RTAThTWtlwepIfqPNwPFfsChGYTDKa0b8KF6T_4K0",
        "jd10h8ChKrepCkbuXFb5rlTOfB5Uh4yg9eTzmF94Hh8",
    ],
];

/// Describes a request: the method, the path, the sorted parameters, the bearer token and the proof of possession.
///
/// A proof that is not valid is described by its fault. The IDs of proofs are added to `proofs`.
pub(super) fn describe<'a>(
    method: &str,
    target: &str,
    header: impl Fn(&str) -> Option<&'a str>,
    body: &str,
    proofs: &mut Vec<String>,
) -> String {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut parameters: Vec<_> = query
        .split('&')
        .map(super::server::decode)
        .chain(members(body))
        .filter(|parameter| !parameter.is_empty())
        .collect();
    parameters.sort();
    let mut words = vec![method.to_owned(), path.to_owned()];
    words.extend(parameters);
    if !body.is_empty() && header("content-type") != Some("application/json") {
        words.push("of another type".to_owned());
    }
    words.extend(header("x-amz-sso_bearer_token").map(|token| format!("bearer={token}")));
    if let Some(proof) = header("dpop") {
        let url = format!("http://{}{target}", header("host").unwrap());
        words.push(match check(proof, method, &url, proofs) {
            Ok(()) => "proof".to_owned(),
            Err(fault) => format!("proof-{fault}"),
        });
    }
    words.join(" ")
}

/// Returns the members of a JSON object that contains only strings, without escape sequences.
fn members(body: &str) -> impl Iterator<Item = String> {
    let object = body.strip_prefix("{\"").and_then(|s| s.strip_suffix("\"}"));
    let members = object.unwrap_or(body).split("\",\"");
    members.map(|member| member.replacen("\":\"", "=", 1))
}

/// Checks a proof of possession, as RFC 9449 describes: its type, key, method, URL, time, ID and signature.
fn check(
    proof: &str,
    method: &str,
    url: &str,
    proofs: &mut Vec<String>,
) -> Result<(), &'static str> {
    let (message, signature) = proof.rsplit_once('.').ok_or("parts")?;
    let (header, payload) = message.split_once('.').ok_or("parts")?;
    let [header, payload] = [header, payload].map(|part| String::from_utf8(decode(part)).unwrap());
    let claim = |part: &str, name, value: &str| match part.contains(&format!("\"{name}\":{value}"))
    {
        true => Ok(()),
        false => Err(name),
    };
    let text = |part: &str, name, value: &str| claim(part, name, &format!("\"{value}\""));
    text(&header, "typ", "dpop+jwt")?;
    text(&header, "alg", "ES256")?;
    text(&header, "kty", "EC")?;
    text(&header, "crv", "P-256")?;
    let public_key = PUBLIC_KEYS
        .into_iter()
        .find(|[x, y]| text(&header, "x", x).is_ok() && text(&header, "y", y).is_ok());
    let [x, y] = public_key.ok_or("key")?;
    text(&payload, "htm", method)?;
    text(&payload, "htu", url)?;
    claim(&payload, "iat", &NOW.to_string())?;
    let (_, id) = payload.split_once("\"jti\":\"").ok_or("jti")?;
    let (id, _) = id.split_once('"').ok_or("jti")?;
    if id.is_empty() || proofs.iter().any(|earlier| earlier == id) {
        return Err("jti");
    }
    proofs.push(id.to_owned());
    let public = [&[4][..], &decode(x), &decode(y)].concat();
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, public)
        .verify(message.as_bytes(), &decode(signature))
        .map_err(|_| "signature")
}

/// Decodes base64 in the alphabet for URLs, without padding.
fn decode(text: &str) -> Vec<u8> {
    let mut text = text.replace('-', "+").replace('_', "/");
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    base64::decode(text).unwrap()
}

/// Returns the status, the type of the error and the body of a response to a request for this path.
pub(super) fn respond(path: &str, reply: Reply) -> (u16, String, String) {
    match reply {
        Reply::Keys(id) => (200, String::new(), keys(path, id)),
        Reply::Body(body) => (200, String::new(), body.to_owned()),
        Reply::Error(status, code, message) if path == "/v1/token" => {
            let kind = match status {
                400 => "ValidationException",
                401 => "AccessDeniedException",
                429 => "TooManyRequestsError",
                _ => "InternalServerException",
            };
            let body = format!("{{\"error\":\"{code}\",\"message\":\"{message}\"}}");
            (status, kind.to_owned(), body)
        }
        Reply::Error(status, code, message) => {
            let body = format!("{{\"message\":\"{message}\"}}");
            (status, code.to_owned(), body)
        }
    }
}

fn keys(path: &str, id: &str) -> String {
    let keys = format!(
        "\"accessKeyId\":\"{id}\",\"secretAccessKey\":\"SECRET-{id}\",\"sessionToken\":\"SECRET-TOKEN-{id}\""
    );
    match path {
        "/federation/credentials" => {
            format!("{{\"roleCredentials\":{{{keys},\"expiration\":2051319845000}}}}")
        }
        "/token" => format!(
            "{{\"accessToken\":\"SECRET-{id}\",\"tokenType\":\"Bearer\",\"expiresIn\":3600,\"refreshToken\":\"SECRET-REFRESH-{id}\"}}"
        ),
        _ => format!(
            "{{\"accessToken\":{{{keys}}},\"tokenType\":\"aws_sigv4\",\"expiresIn\":3600,\"refreshToken\":\"SECRET-REFRESH-{id}\"}}"
        ),
    }
}

//! Why outcomes may differ. README.md describes each reason.

use anyhow::{Result, ensure};

const README: &str = include_str!("../../README.md");

/// The name of a reason, the source, and the inputs that differ for this reason.
type Reason = (&'static str, &'static str, &'static [&'static str]);

const REASONS: &[Reason] = &[
    ("MFA", "role chain", &["an MFA device"]),
    (
        "Half a response",
        "role chain",
        &[
            "a response with half of the credentials",
            "a response without a session token",
            "a response without a time of expiration",
        ],
    ),
    ("Endless output", "process", &["output of more than 64 KiB"]),
    (
        "Half a response",
        "SSO",
        &[
            "a refresh without a time of expiration",
            "no session token in the response",
            "no time of expiration in the response",
        ],
    ),
    (
        "Half a response",
        "login",
        &[
            "no credentials in the response",
            "no secret in the response",
            "no session token in the response",
            "no time of expiration in the response",
            "the response is empty",
        ],
    ),
    (
        "Refresh tokens",
        "SSO",
        &["a refresh with an empty refresh token"],
    ),
    (
        "Refresh tokens",
        "login",
        &["no refresh token in the response"],
    ),
    (
        "Expired tokens",
        "SSO",
        &[
            "a refresh that fails, and an expired token",
            "an expired token of a start URL",
        ],
    ),
    (
        "Failed refreshes",
        "login",
        &["a refresh that fails, and credentials that expire soon"],
    ),
    (
        "Tokens that cannot be stored",
        "SSO",
        &["a refreshed token that cannot be stored"],
    ),
    (
        "Times of the AWS CLI",
        "SSO",
        &["a time as early versions of the AWS CLI wrote it"],
    ),
    (
        "Tokens without a session",
        "SSO token",
        &["a start URL without a session"],
    ),
    (
        "Members of a login",
        "login",
        &["other members stay in the file"],
    ),
    ("Keys in one line", "login", &["the key is one line"]),
    ("Status 429", "login", &["too many requests"]),
    (
        "Account of IMDS",
        "IMDS",
        &["other names of members, and the account"],
    ),
    (
        "Blank values",
        "settings",
        &[
            "AWS_ENDPOINT_URL is blank",
            "AWS_ENDPOINT_URL_S3 is blank",
            "AWS_MAX_ATTEMPTS is blank",
            "AWS_USE_FIPS_ENDPOINT is blank",
            "a blank AWS_REGION",
            "a blank region",
            "endpoint_url is blank",
            "retry_mode is blank",
        ],
    ),
    (
        "Spaces around values",
        "settings",
        &["spaces around AWS_REGION", "spaces around a value"],
    ),
    (
        "Retries that are not valid",
        "settings",
        &[
            "AWS_MAX_ATTEMPTS is negative",
            "AWS_MAX_ATTEMPTS is not a number",
            "no attempts",
            "the retry mode legacy",
        ],
    ),
    (
        "IDs with spaces",
        "settings",
        &["a section of services with a space in the ID"],
    ),
];

/// Returns the reason for a difference.
pub fn find(source: &str, name: &str) -> Option<&'static str> {
    let mut reasons = REASONS.iter();
    let found = reasons.find(|(_, of, names)| *of == source && names.contains(&name));
    found.map(|(reason, ..)| *reason)
}

/// Returns the sources and names of all inputs with a reason.
pub fn inputs() -> impl Iterator<Item = (&'static str, &'static str)> {
    let reasons = REASONS.iter();
    reasons.flat_map(|(_, source, names)| names.iter().map(|name| (*source, *name)))
}

/// Checks that README.md has all reasons.
pub fn check_readme() -> Result<()> {
    for (reason, ..) in REASONS {
        let entry = format!("- **{reason}.**");
        ensure!(README.contains(&entry), "README.md has no entry {entry:?}");
    }
    Ok(())
}

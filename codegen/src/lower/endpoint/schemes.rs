//! The authentication schemes of endpoints.

use heck::ToSnakeCase;

use super::Lower;
use crate::source::rules::{Rule, RuleAuthScheme, RuleEndpoint};
use crate::warning::WarningKind;

/// An authentication scheme that crates do not support.
pub(super) struct Unsupported {
    name: &'static str,
    description: &'static str,
    pub(super) warning: WarningKind,
    /// The setting without which endpoints do not require it.
    setting: Option<&'static str>,
}

const UNSUPPORTED: [Unsupported; 2] = [
    Unsupported {
        name: "sigv4a",
        description: "SigV4a signatures",
        warning: WarningKind::Sigv4a,
        setting: None,
    },
    Unsupported {
        name: "sigv4-s3express",
        description: "sessions of S3 Express",
        warning: WarningKind::S3Express,
        setting: Some("DisableS3ExpressSessionAuth"),
    },
];

impl Unsupported {
    /// Returns the first of these schemes that is known, but not supported.
    pub(super) fn among(schemes: &[RuleAuthScheme]) -> Option<&'static Self> {
        let is_among = |it: &&Self| schemes.iter().any(|scheme| scheme.name == it.name);
        UNSUPPORTED.iter().find(is_among)
    }

    /// Returns the error of an endpoint that requires the scheme, with the parameters of the operation that lead to it.
    pub(super) fn error(&self, lower: &Lower<'_>) -> String {
        let names: Vec<String> = (lower.tested.iter())
            .map(|name| format!("`{name}`"))
            .collect();
        let setting = self.setting.filter(|name| lower.settings.contains(*name));
        let remedy = match (setting, names.as_slice()) {
            (Some(setting), _) => format!("set `{}`", setting.to_snake_case()),
            (None, [_, ..]) if lower.accepts_sigv4 => {
                format!("do not set {}", names.join(" and "))
            }
            _ => "use a client that does".to_owned(),
        };
        let scheme = self.description;
        format!("the endpoint requires {scheme}, which this crate does not support; {remedy}")
    }
}

/// Whether any rule results in an endpoint that accepts SigV4 signatures.
pub(super) fn accepts_sigv4(rules: &[Rule]) -> bool {
    rules.iter().any(|rule| {
        let endpoint = rule.endpoint.as_ref();
        endpoint.is_some_and(|endpoint| !requires_unsupported(endpoint))
            || accepts_sigv4(rule.rules.as_deref().unwrap_or_default())
    })
}

fn requires_unsupported(endpoint: &RuleEndpoint) -> bool {
    let schemes = &endpoint.properties.auth_schemes;
    !schemes.is_empty() && !schemes.iter().any(|scheme| scheme.name == "sigv4")
}

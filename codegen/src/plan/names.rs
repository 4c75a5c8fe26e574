//! Converts names of models to Rust names, as in the official `aws-sdk-*` crates.

use std::borrow::Cow;

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;

use super::reserved::{Scope, WINDOWS_DEVICES, is_reserved, scopes};

/// Keywords that cannot be identifiers even as `r#word`.
const NOT_EVEN_RAW: [&str; 4] = ["crate", "self", "super", "_"];

/// Whether a name of the model has a valid form in Rust: without punctuation, it must be ASCII and not empty.
pub(crate) fn is_valid(wire: &str) -> bool {
    let name = snake(wire);
    !name.is_empty() && name.is_ascii()
}

/// Whether a name of the model can name a type and its module. A name that starts with a digit cannot:
/// with a `_` before the digit, the type and the module could have the same name.
pub(crate) fn is_type(wire: &str) -> bool {
    is_valid(wire) && !snake(wire).starts_with(|first: char| first.is_ascii_digit())
}

/// Returns the default name of a service's package: `Secrets Manager` -> `secretsmanager-sdk`.
pub(crate) fn package_name(service: &str) -> String {
    let letters = service.chars().filter(char::is_ascii_alphanumeric);
    let short: String = letters.map(|c| c.to_ascii_lowercase()).collect();
    format!("{short}-sdk")
}

/// Returns the name of a crate in programs, from the name of its package. The default is derived from the service, as
/// in `workspaces_sdk`.
pub(crate) fn crate_name(package: Option<&str>, service: &str) -> Ident {
    let name = package.map_or_else(|| package_name(service), str::to_owned);
    let name = name.replace('-', "_");
    // Cargo rejects such a name, so the package must have another one when it is built.
    syn::parse_str(&name).unwrap_or_else(|_| Ident::new("sdk", Span::call_site()))
}

/// Returns the name of a structure, enum, union or error: `IDCConfig` -> `IdcConfig`.
pub(crate) fn type_name(wire: &str) -> Ident {
    let name = upper_camel(wire);
    if is_reserved(Scope::Type, &name) {
        identifier(&format!("{name}Value"))
    } else {
        identifier(&name)
    }
}

/// Returns the beginning of the names of several types: `IDCReady` -> `IdcReady`. It is not the name of a type itself,
/// so it can be any word.
pub(crate) fn type_prefix(wire: &str) -> String {
    upper_camel(wire)
}

/// Returns the beginning of the names of an operation's error and fluent builder: `CreateDBInstance` stays as it is, whereas
/// the input is a `CreateDbInstanceInput`, as in the official crates.
pub(crate) fn operation_prefix(wire: &str) -> String {
    let mut letters = wire.chars();
    match letters.next() {
        Some(first) if wire.chars().all(|it| it.is_ascii_alphanumeric()) => {
            first.to_ascii_uppercase().to_string() + letters.as_str()
        }
        _ => upper_camel(wire),
    }
}

/// Returns the name of the type that stands for an operation, unless files import or define another item with that name.
pub(super) fn marker(wire: &str) -> Option<Ident> {
    let name = operation_prefix(wire);
    let is_free = ![Scope::Type, Scope::Import]
        .into_iter()
        .any(|scope| is_reserved(scope, &name));
    is_free.then(|| identifier(&name))
}

/// Returns the name of a module and its file: `WorkspaceState` -> `workspace_state`; a keyword, and a name that files cannot
/// have on Windows, get a `_`.
pub(crate) fn module_name(wire: &str) -> String {
    let name = snake(wire);
    let is_raw_keyword = NOT_EVEN_RAW.contains(&name.as_str());
    let is_device = WINDOWS_DEVICES.contains(&name.as_str());
    if is_keyword(&name) || is_raw_keyword || is_device || is_reserved(Scope::TypeModule, &name) {
        format!("{name}_")
    } else {
        name
    }
}

/// Returns the name of a member's field, accessor and setter in any structure: `ipGroupIds` -> `ip_group_ids`.
pub(crate) fn member_name(wire: &str) -> Ident {
    member_name_unless(wire, |scope| scope == Scope::Structure)
}

/// Returns the name of a member's field, accessor and setter, given the scopes in which it must be free.
pub(super) fn member_name_unless(wire: &str, is_in: impl Fn(Scope) -> bool) -> Ident {
    with_suffix_if_reserved(snake(wire), is_in)
}

/// Returns the name of the method that replaces or clears a member, given the scopes in which it must be free:
/// `Key` -> `set_key`.
pub(super) fn setter_name_unless(wire: &str, is_in: impl Fn(Scope) -> bool) -> Ident {
    with_suffix_if_reserved(format!("set_{}", snake(wire)), is_in)
}

/// Returns the name of the method that returns what is set for a member, given the scopes in which it must be free:
/// `Key` -> `get_key`.
pub(super) fn getter_name_unless(wire: &str, is_in: impl Fn(Scope) -> bool) -> Ident {
    with_suffix_if_reserved(format!("get_{}", snake(wire)), is_in)
}

fn with_suffix_if_reserved(name: String, is_in: impl Fn(Scope) -> bool) -> Ident {
    if scopes(&name).any(is_in) {
        identifier(&format!("{name}_value"))
    } else {
        identifier(&name)
    }
}

/// Returns the name of a local variable: `PartitionResult` -> `partition_result`. A keyword and a name that is taken get a
/// suffix.
pub(super) fn variable_name(wire: &str, is_taken: impl Fn(&str) -> bool) -> Ident {
    let mut name = snake(wire);
    loop {
        let identifier = identifier(&name);
        let spelled = identifier.to_string();
        if !spelled.starts_with("r#") && !is_taken(&spelled) {
            return identifier;
        }
        name.push_str("_value");
    }
}

/// Returns a name with a prefix: `is_` and `Available` -> `is_available`.
pub(crate) fn prefixed(prefix: &str, wire: &str) -> Ident {
    identifier(&format!("{prefix}{}", snake(wire)))
}

/// Returns an identifier without the mark of a keyword: `r#type` -> `type`.
pub(crate) fn unraw(name: &Ident) -> String {
    name.unraw().to_string()
}

/// Returns the name of an operation's method: `DescribeWorkspaces` -> `describe_workspaces`.
pub(crate) fn method_name(wire: &str) -> Ident {
    let name = snake(wire);
    if is_reserved(Scope::Client, &name) {
        identifier(&format!("{name}_operation"))
    } else {
        identifier(&name)
    }
}

/// Returns the name of an enum's or a union's variant: `ADMIN_MAINTENANCE` -> `AdminMaintenance`.
///
/// The variant `Unknown` represents values that the model does not have, so a value of the model with this name becomes
/// `UnknownValue`.
pub(crate) fn variant_name(wire: &str) -> Ident {
    let name = upper_camel(wire);
    if is_reserved(Scope::Variant, &name) {
        identifier(&format!("{name}Value"))
    } else {
        identifier(&name)
    }
}

fn snake(wire: &str) -> String {
    let wire = whole_words(wire);
    apart_from_digits(&wire).to_snake_case()
}

/// Words that contain capitals, and how they are written so that they are not split. The generator of the official crates has
/// them, too.
const WHOLE_WORDS: [(&str, &str); 7] = [
    ("ARNs", "Arns"),
    ("GiB", "Gib"),
    ("IPv4", "Ipv4"),
    ("IPv6", "Ipv6"),
    ("KiB", "Kib"),
    ("MiB", "Mib"),
    ("SigV4", "Sigv4"),
];

/// `SizeInMiB` -> `SizeInMib`.
fn whole_words(wire: &str) -> Cow<'_, str> {
    let mut spelled = Cow::Borrowed(wire);
    for (word, whole) in WHOLE_WORDS {
        if spelled.contains(word) {
            spelled = spelled.replace(word, whole).into();
        }
    }
    spelled
}

fn upper_camel(wire: &str) -> String {
    apart_from_digits(wire).to_upper_camel_case()
}

/// `ChecksumCRC32C` -> `ChecksumCRC32_C`: a capital after a digit starts a word.
fn apart_from_digits(wire: &str) -> Cow<'_, str> {
    let starts = |pair: &[u8]| matches!(pair, [digit, capital] if digit.is_ascii_digit() && capital.is_ascii_uppercase());
    if !wire.as_bytes().windows(2).any(starts) {
        return wire.into();
    }
    let mut spelled = String::with_capacity(wire.len() + 1);
    let mut before = ' ';
    for c in wire.chars() {
        if before.is_ascii_digit() && c.is_ascii_uppercase() {
            spelled.push('_');
        }
        spelled.push(c);
        before = c;
    }
    spelled.into()
}

/// Returns an identifier for any text. Names that are not ASCII are faults of the model; here, their other characters become
/// `_`, so that later faults can be found.
fn identifier(name: &str) -> Ident {
    let name = name.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
    let spelled = match name.chars().next() {
        Some(first) if !first.is_ascii_digit() => name,
        _ => format!("_{name}"),
    };
    if NOT_EVEN_RAW.contains(&spelled.as_str()) {
        Ident::new(&format!("{spelled}_"), Span::call_site())
    } else if is_keyword(&spelled) {
        Ident::new_raw(&spelled, Span::call_site())
    } else {
        Ident::new(&spelled, Span::call_site())
    }
}

/// Whether a name is a keyword. Parsing is slow, so this checks the length first.
fn is_keyword(name: &str) -> bool {
    name.len() <= "abstract".len() && (syn::parse_str::<syn::Ident>(name).is_err() || name == "gen")
}

#[cfg(test)]
mod tests;

//! Places of botocore's format as places of a Smithy file, for faults that both formats share.

use super::local;
use crate::ModelFile;
use crate::diagnostic::Diagnostic;
use crate::locate::Locator;

/// What the ends of paths are in Smithy.
const ENDS: &[(&str, &str)] = &[
    (".shape", ".target"),
    (".timestampFormat", ".traits.smithy.api#timestampFormat"),
    (".idempotencyToken", ".traits.smithy.api#idempotencyToken"),
    (".eventstream", ".traits.smithy.api#streaming"),
    (
        ".endpoint.hostPrefix",
        ".traits.smithy.api#endpoint.hostPrefix",
    ),
    (".input_token", ".inputToken"),
    (".output_token", ".outputToken"),
    (".result_key", ".items"),
    (".limit_key", ".pageSize"),
];

/// Gives the faults of a Smithy model paths of its own file.
pub(in crate::lower) fn native(faults: &mut [Diagnostic], file: &ModelFile) {
    let mut locator = Locator::new(&file.bytes);
    let ids = locator.keys("shapes");
    let mut is_service = |id: &&String| {
        let path = format!("shapes.{id}.type");
        let range = locator.range(&path).and_then(|range| file.bytes.get(range));
        range.is_some_and(|entry| entry.ends_with(b"\"service\""))
    };
    let service = ids
        .iter()
        .find(&mut is_service)
        .cloned()
        .unwrap_or_default();
    for fault in faults.iter_mut().filter(|it| it.file == file.name) {
        if let Some(path) = in_smithy(&fault.path, &ids, &service) {
            fault.path = by_name(path, &mut locator);
        }
    }
}

/// A value of an enum by its name, where botocore's format has its number.
fn by_name(path: String, locator: &mut Locator<'_>) -> String {
    let value = path
        .strip_suffix(']')
        .and_then(|it| it.rsplit_once(".enum["));
    let Some((shape, i)) = value else { return path };
    let names = locator.keys(&format!("{shape}.members"));
    match i.parse().ok().and_then(|i: usize| names.get(i)) {
        Some(name) => format!("{shape}.members.{name}"),
        None => format!("{shape}.traits.smithy.api#enum[{i}]"),
    }
}

/// The path in the Smithy file; none if it is one already.
fn in_smithy(path: &str, ids: &[String], service: &str) -> Option<String> {
    let service = format!("shapes.{service}");
    let (head, rest) = path.split_once('.').unwrap_or((path, ""));
    let trait_of = match head {
        "shapes" | "operations" if rest.is_empty() => return Some("shapes".to_owned()),
        "shapes" | "operations" => "",
        "pagination" => ".traits.smithy.api#paginated",
        "metadata" => return Some(service),
        _ if head.starts_with("rules[") => {
            return Some(format!(
                "{service}.traits.smithy.rules#endpointRuleSet.{path}"
            ));
        }
        _ => return None,
    };
    let end = rest.find(['.', '[']).unwrap_or(rest.len());
    let (name, rest) = rest.split_at(end);
    let id = ids.iter().find(|id| local(id) == name)?;
    let end = ENDS.iter().find_map(|(theirs, ours)| {
        let stem = rest.strip_suffix(theirs)?;
        Some(format!("{stem}{ours}"))
    });
    let rest = end.unwrap_or_else(|| rest.to_owned());
    Some(format!("shapes.{id}{trait_of}{rest}"))
}

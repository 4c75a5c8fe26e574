//! Takes over a newer model of the service: facts from there, words from ours.

mod json;

use std::collections::BTreeMap;

use json::{Json, is_words};

use crate::changes::{Comparison, compare};
use crate::diagnostic::{Diagnostic, Diagnostics, Fault, Faults};
use crate::source::parse;
use crate::{ModelFile, ModelFiles, Stages, lower};

/// What an import makes of a model.
#[derive(Clone, Debug)]
pub struct Import {
    /// What changed between our model and the newer one.
    pub comparison: Comparison,
    /// The texts of the files by name, to stand in the folder of our model; some may be as before.
    pub files: BTreeMap<String, String>,
    /// What has no words yet: paths such as `shapes.Tag.members.Key`, in order.
    pub lacking: Vec<String>,
    /// What of our own tables no longer fits, or keeps the crate from being generated.
    pub faults: Vec<Diagnostic>,
}

/// Takes the facts of a newer model into ours: what is new comes without words, since those are
/// somebody else's; what is gone takes our words with it. Where there are no paginators or endpoint
/// rules in the newer model, ours stay; waiters always do.
///
/// # Errors
/// The faults of both models, or that the newer one is not in botocore's format, as ours is; nothing
/// should be written then.
pub fn import(ours: &ModelFiles, newer: &ModelFiles) -> Result<Import, Diagnostics> {
    if lower::is_smithy_model(&newer.service) {
        return Err(Diagnostics(vec![other_format(&newer.service)]));
    }
    let newer = ModelFiles {
        service: newer.service.clone(),
        paginators: newer.paginators.clone().or_else(|| ours.paginators.clone()),
        endpoint_rules: newer
            .endpoint_rules
            .clone()
            .or_else(|| ours.endpoint_rules.clone()),
        ..ours.clone()
    };
    let comparison = compare(ours, &newer)?;
    let found = merged(ours, &newer)?;
    let mut after = ours.clone();
    let mut files = BTreeMap::new();
    for (name, json) in &found {
        let name = (*name).to_owned();
        let text = json
            .written(&name)
            .map_err(|fault| Diagnostics(vec![fault]))?;
        let file = ModelFile {
            name: name.clone(),
            bytes: text.clone().into_bytes(),
        };
        match name.as_str() {
            SERVICE => after.service = file,
            PAGINATORS => after.paginators = Some(file),
            ENDPOINT_RULES => after.endpoint_rules = Some(file),
            _ => after.enum_docs = Some(file),
        }
        files.insert(name, text);
    }
    let none = Json::Null(());
    let file = |name| found.get(name).unwrap_or(&none);
    Ok(Import {
        comparison,
        lacking: lacking(file(SERVICE), file(ENUM_DOCS)),
        faults: faults(&after),
        files,
    })
}

const SERVICE: &str = "service-2.json";
const PAGINATORS: &str = "paginators-1.json";
const ENDPOINT_RULES: &str = "endpoint-rule-set-1.json";
const ENUM_DOCS: &str = "enum-docs.json";

/// Where a model is of the format that ours is not.
fn other_format(file: &ModelFile) -> Diagnostic {
    Diagnostic {
        file: file.name.clone(),
        line: 1,
        column: 1,
        path: "smithy".to_owned(),
        fault: Fault::SmithyImport,
    }
}

/// The files as they are to be.
fn merged(
    ours: &ModelFiles,
    newer: &ModelFiles,
) -> Result<BTreeMap<&'static str, Json>, Diagnostics> {
    let read = |file: &ModelFile| {
        let mut faults = Faults::default();
        let json: Option<Json> = parse(file, &mut faults);
        json.ok_or_else(|| faults.into_diagnostics().located(&[file]))
    };
    let mut found = BTreeMap::new();
    let service = merge(&read(&ours.service)?, &read(&newer.service)?);
    for (name, mine, theirs) in [
        (PAGINATORS, &ours.paginators, &newer.paginators),
        (ENDPOINT_RULES, &ours.endpoint_rules, &newer.endpoint_rules),
    ] {
        let json = match (mine, theirs) {
            (Some(mine), Some(theirs)) => merge(&read(mine)?, &read(theirs)?),
            (None, Some(theirs)) => read(theirs)?.wordless(),
            (_, None) => continue,
        };
        found.insert(name, json);
    }
    if let Some(docs) = &ours.enum_docs {
        found.insert(ENUM_DOCS, still_there(&read(docs)?, &service));
    }
    found.insert(SERVICE, service);
    Ok(found)
}

/// The facts of `theirs` with the words of `ours`, in the order of `ours`; what is new stands behind
/// what it stands behind in `theirs`.
fn merge(ours: &Json, theirs: &Json) -> Json {
    match (ours, theirs) {
        (Json::Object(_), Json::Object(_)) => {
            let kept = ours.entries().filter_map(|(key, mine)| {
                let merged = match theirs.get(key) {
                    _ if is_words(key, mine) => mine.clone(),
                    Some(theirs) => merge(mine, theirs),
                    None => return None,
                };
                Some((key.to_owned(), merged))
            });
            let mut entries: Vec<(String, Json)> = kept.collect();
            let mut behind = 0;
            for (key, value) in theirs.entries() {
                if let Some(place) = entries.iter().position(|(other, _)| other == key) {
                    behind = place + 1;
                } else if !is_words(key, value) {
                    entries.insert(behind, (key.to_owned(), value.wordless()));
                    behind += 1;
                }
            }
            Json::Object(entries.into_iter().collect())
        }
        (Json::List(mine), Json::List(theirs)) if mine.len() == theirs.len() => {
            let pairs = mine.iter().zip(theirs);
            Json::List(pairs.map(|(mine, theirs)| merge(mine, theirs)).collect())
        }
        _ => theirs.wordless(),
    }
}

/// The words of those enum values that the model still has.
fn still_there(docs: &Json, service: &Json) -> Json {
    let enums = docs.entries().filter_map(|(name, words)| {
        let values = values(service.get("shapes")?.get(name)?);
        let kept: Vec<(String, Json)> = words
            .entries()
            .filter(|(value, _)| values.contains(value))
            .map(|(value, words)| (value.to_owned(), words.clone()))
            .collect();
        (!kept.is_empty()).then(|| (name.to_owned(), Json::Object(kept.into_iter().collect())))
    });
    Json::Object(enums.collect())
}

/// The values of an enum.
fn values(shape: &Json) -> Vec<&str> {
    let values = shape.get("enum").map(Json::elements).unwrap_or_default();
    values.iter().filter_map(Json::text).collect()
}

/// The paths of all that has no words.
fn lacking(service: &Json, enum_docs: &Json) -> Vec<String> {
    let mut found = Vec::new();
    let mut ask = |path: String, value: &Json| {
        let words = value.get("documentation").and_then(Json::text);
        if words.is_none_or(|words| words.trim().is_empty()) {
            found.push(path);
        }
    };
    for (name, operation) in service.below("operations") {
        ask(format!("operations.{name}"), operation);
    }
    for (name, shape) in service.below("shapes") {
        ask(format!("shapes.{name}"), shape);
        for (member, value) in shape.below("members") {
            ask(format!("shapes.{name}.members.{member}"), value);
        }
    }
    for (name, shape) in service.below("shapes") {
        let words = enum_docs.get(name);
        let mut values = values(shape);
        values.retain(|value| words.and_then(|words| words.get(value)).is_none());
        found.extend(
            values
                .iter()
                .map(|value| format!("shapes.{name}.enum.{value}")),
        );
    }
    found
}

/// What keeps a crate from being generated, with our tables.
fn faults(files: &ModelFiles) -> Vec<Diagnostic> {
    crate::planned(files, None, &mut Stages::default())
        .err()
        .map(|faults| faults.0)
        .unwrap_or_default()
}

//! Imports a newer model of the service, keeping the documentation of the current one.

mod json;
mod subset;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use json::{Json, is_documentation};

use crate::changes::{Comparison, compare};
use crate::diagnostic::{Diagnostic, Diagnostics, Fault, Faults};
use crate::source::parse;
use crate::{ModelFile, ModelFiles, Options, Stages, lower};

/// The result of an import.
#[derive(Clone, Debug)]
pub struct Import {
    /// The comparison of the current model with the newer one.
    pub comparison: Comparison,
    /// The contents of the model's files, by name. Some may be unchanged.
    pub files: BTreeMap<String, String>,
    /// The paths of items that have no documentation and are new or had some, such as `shapes.Tag.members.Key`, in order.
    pub undocumented: Vec<String>,
    /// The faults that keep the crate from being generated, for example obsolete rows of a table.
    pub faults: Vec<Diagnostic>,
}

/// Imports a newer model of the same format. The documentation of the newer model is never copied, so new items have none.
/// Paginators and endpoint rules stay if the newer model has none, and waiters always stay.
///
/// `operations` are those that a model in botocore's format keeps or gains, or `None` for all of the newer model.
///
/// # Errors
/// Returns the faults of both models, or a fault if the models have different formats. Callers must not write any file then.
pub fn import(
    current: &ModelFiles,
    newer: &ModelFiles,
    operations: Option<&[String]>,
) -> Result<Import, Diagnostics> {
    let is_smithy = lower::is_smithy_model(&current.service);
    if is_smithy != lower::is_smithy_model(&newer.service) {
        return Err(Diagnostics(vec![other_format(&newer.service, is_smithy)]));
    }
    let mut newer = newer.clone();
    if let Some(operations) = operations {
        newer.service = subset::of_service(&newer.service, operations)?;
        newer.paginators = newer.paginators.filter(|_| current.paginators.is_some());
    }
    let newer = ModelFiles {
        service: newer.service.clone(),
        paginators: newer
            .paginators
            .clone()
            .or_else(|| current.paginators.clone()),
        endpoint_rules: newer
            .endpoint_rules
            .clone()
            .or_else(|| current.endpoint_rules.clone()),
        ..current.clone()
    };
    let comparison = compare(current, &newer)?;
    let merged = merge_files(current, &newer)?;
    let mut imported = current.clone();
    let mut files = BTreeMap::new();
    for (name, json) in &merged {
        let name = (*name).to_owned();
        let text = json
            .to_pretty_string(&name)
            .map_err(|fault| Diagnostics(vec![fault]))?;
        let file = ModelFile {
            name: name.clone(),
            bytes: text.clone().into_bytes(),
        };
        match name.as_str() {
            SERVICE => imported.service = file,
            PAGINATORS => imported.paginators = Some(file),
            ENDPOINT_RULES => imported.endpoint_rules = Some(file),
            _ => imported.enum_docs = Some(file),
        }
        files.insert(name, text);
    }
    let none = Json::Null(());
    let file = |name| merged.get(name).unwrap_or(&none);
    let enum_docs = current.enum_docs.as_ref().map(read).transpose()?;
    let before = undocumented(
        &read(&current.service)?,
        enum_docs.as_ref().unwrap_or(&none),
    );
    let before: BTreeSet<String> = before.into_iter().collect();
    let mut undocumented = undocumented(file(SERVICE), file(ENUM_DOCS));
    undocumented.retain(|path| !before.contains(path));
    Ok(Import {
        comparison,
        undocumented,
        faults: generation_faults(&imported),
        files,
    })
}

const SERVICE: &str = "service-2.json";
const PAGINATORS: &str = "paginators-1.json";
const ENDPOINT_RULES: &str = "endpoint-rule-set-1.json";
const ENUM_DOCS: &str = "enum-docs.json";

/// The fault of a model that does not have the format of the current one.
fn other_format(file: &ModelFile, is_smithy: bool) -> Diagnostic {
    Diagnostic {
        file: file.name.clone(),
        line: 1,
        column: 1,
        path: String::new(),
        fault: Fault::ImportFormat { is_smithy },
    }
}

/// Reads a file of a model.
fn read(file: &ModelFile) -> Result<Json, Diagnostics> {
    let mut faults = Faults::default();
    let json: Option<Json> = parse(file, &mut faults);
    json.ok_or_else(|| faults.into_diagnostics().located(&[file]))
}

/// Merges each file of the newer model into the current one.
fn merge_files(
    current: &ModelFiles,
    newer: &ModelFiles,
) -> Result<BTreeMap<&'static str, Json>, Diagnostics> {
    let mut merged = BTreeMap::new();
    let service = merge(&read(&current.service)?, &read(&newer.service)?);
    for (name, current, newer) in [
        (PAGINATORS, &current.paginators, &newer.paginators),
        (
            ENDPOINT_RULES,
            &current.endpoint_rules,
            &newer.endpoint_rules,
        ),
    ] {
        let json = match (current, newer) {
            (Some(current), Some(newer)) => merge(&read(current)?, &read(newer)?),
            (None, Some(newer)) => read(newer)?.without_documentation(),
            (_, None) => continue,
        };
        merged.insert(name, json);
    }
    if let Some(docs) = &current.enum_docs {
        merged.insert(ENUM_DOCS, retain_existing(&read(docs)?, &service));
    }
    merged.insert(SERVICE, service);
    Ok(merged)
}

/// Merges `newer` into `current`, whose documentation and order stay. A new entry follows the same entry
/// as in `newer`.
fn merge(current: &Json, newer: &Json) -> Json {
    match (current, newer) {
        (Json::Object(_), Json::Object(_)) => {
            // The new entries by the entry before them.
            let mut new: HashMap<Option<&str>, Vec<(String, Json)>> = HashMap::new();
            let (mut before, mut known) = (None, HashSet::new());
            for (key, value) in newer.entries() {
                if current.get(key).is_some() {
                    before = Some(key);
                } else if !is_documentation(key, value) && known.insert(key) {
                    let entry = (key.to_owned(), value.without_documentation());
                    new.entry(before).or_default().push(entry);
                }
            }
            let mut entries = new.remove(&None).unwrap_or_default();
            for (key, value) in current.entries() {
                let merged = match newer.get(key) {
                    _ if is_documentation(key, value) => value.clone(),
                    Some(newer) => merge(value, newer),
                    None => continue,
                };
                entries.push((key.to_owned(), merged));
                entries.append(&mut new.remove(&Some(key)).unwrap_or_default());
            }
            Json::Object(entries.into_iter().collect())
        }
        (Json::List(current), Json::List(newer)) if current.len() == newer.len() => {
            let pairs = current.iter().zip(newer);
            Json::List(
                pairs
                    .map(|(current, newer)| merge(current, newer))
                    .collect(),
            )
        }
        _ => newer.without_documentation(),
    }
}

/// The documentation of the enum values that the model still has.
fn retain_existing(docs: &Json, service: &Json) -> Json {
    let enums = docs.entries().filter_map(|(name, docs)| {
        let values = enum_values(service.get("shapes")?.get(name)?);
        let values: HashSet<&str> = values.into_iter().collect();
        let kept: Vec<(String, Json)> = docs
            .entries()
            .filter(|(value, _)| values.contains(value))
            .map(|(value, text)| (value.to_owned(), text.clone()))
            .collect();
        (!kept.is_empty()).then(|| (name.to_owned(), Json::Object(kept.into_iter().collect())))
    });
    Json::Object(enums.collect())
}

fn enum_values(shape: &Json) -> Vec<&str> {
    let values = shape.get("enum").map(Json::elements).unwrap_or_default();
    values.iter().filter_map(Json::as_str).collect()
}

/// The paths of all operations, shapes, members and enum values without documentation.
fn undocumented(service: &Json, enum_docs: &Json) -> Vec<String> {
    let mut paths = Vec::new();
    let is_smithy = service.get("smithy").is_some();
    let mut check = |path: String, value: &Json| {
        let text = match is_smithy {
            true => value
                .get("traits")
                .and_then(|traits| traits.get("smithy.api#documentation")),
            false => value.get("documentation"),
        };
        let text = text.and_then(Json::as_str);
        if text.is_none_or(|text| text.trim().is_empty()) {
            paths.push(path);
        }
    };
    for (name, operation) in service.nested_entries("operations") {
        check(format!("operations.{name}"), operation);
    }
    for (name, shape) in service.nested_entries("shapes") {
        check(format!("shapes.{name}"), shape);
        for (member, value) in shape.nested_entries("members") {
            check(format!("shapes.{name}.members.{member}"), value);
        }
    }
    for (name, shape) in service.nested_entries("shapes") {
        let docs = enum_docs.get(name);
        let mut values = enum_values(shape);
        values.retain(|value| docs.and_then(|docs| docs.get(value)).is_none());
        let values = values.into_iter();
        paths.extend(values.map(|value| format!("shapes.{name}.enum.{value}")));
    }
    paths
}

/// The faults that keep a crate from being generated.
fn generation_faults(files: &ModelFiles) -> Vec<Diagnostic> {
    crate::plan_crate(files, &Options::default(), &mut Stages::default())
        .err()
        .map(|faults| faults.0)
        .unwrap_or_default()
}

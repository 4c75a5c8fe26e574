//! A part of a newer model, for a model that has only the operations that its clients need.

use std::collections::BTreeSet;

use super::json::Json;
use super::read;
use crate::ModelFile;
use crate::diagnostic::Diagnostics;

/// Returns a copy of a model in botocore's format with these operations, and the shapes that they need.
pub(super) fn of_service(
    file: &ModelFile,
    operations: &[String],
) -> Result<ModelFile, Diagnostics> {
    let service = read(file)?;
    let operations: BTreeSet<&str> = operations.iter().map(String::as_str).collect();
    let is_kept = |name: &str| operations.contains(name);
    let mut pending: Vec<&Json> = service
        .nested_entries("operations")
        .filter(|(name, _)| is_kept(name))
        .map(|(_, operation)| operation)
        .collect();
    let mut shapes: BTreeSet<&str> = BTreeSet::new();
    while let Some(value) = pending.pop() {
        for (key, value) in value.entries() {
            if let Some(shape) = value.as_str().filter(|_| key == "shape")
                && shapes.insert(shape)
            {
                let definition = service.get("shapes").and_then(|shapes| shapes.get(shape));
                pending.extend(definition);
            }
            pending.push(value);
        }
        pending.extend(value.elements());
    }
    let retain = |value: &Json, is_kept: &dyn Fn(&str) -> bool| {
        let kept = value.entries().filter(|(name, _)| is_kept(name));
        Json::Object(
            kept.map(|(name, it)| (name.to_owned(), it.clone()))
                .collect(),
        )
    };
    let entries = service.entries().map(|(key, value)| {
        let value = match key {
            "operations" => retain(value, &is_kept),
            "shapes" => retain(value, &|name| shapes.contains(name)),
            _ => value.clone(),
        };
        (key.to_owned(), value)
    });
    let text = Json::Object(entries.collect()).to_pretty_string(&file.name);
    Ok(ModelFile {
        name: file.name.clone(),
        bytes: text.map_err(|fault| Diagnostics(vec![fault]))?.into_bytes(),
    })
}

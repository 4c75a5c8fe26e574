//! Edits of names.

use serde_json::{Map, Value};

use super::{Model, kind};

impl Model<'_> {
    pub(super) fn rename_member(&mut self) -> Option<()> {
        let ((id, old), new) = (self.member()?, self.name());
        let shape = &mut self.shapes()[&id];
        rename_key(shape["members"].as_object_mut()?, &old, &new);
        let required = shape.get_mut("required").and_then(Value::as_array_mut);
        for name in required.into_iter().flatten().filter(|name| **name == old) {
            *name = new.clone().into();
        }
        Some(())
    }

    pub(super) fn rename_shape(&mut self) -> Option<()> {
        let (old, new) = (self.data()?, self.name());
        let new = match old.split_once('#') {
            Some((namespace, _)) => format!("{namespace}#{new}"),
            None => new,
        };
        if self.shapes().contains_key(&new) {
            return None;
        }
        rename_key(self.shapes(), &old, &new);
        let target = self.target();
        replace(&mut self.json, target, &old, &new);
        Some(())
    }

    pub(super) fn rename_operation(&mut self) -> Option<()> {
        let new = self.name();
        if self.is_smithy {
            let old = self.shape(|shape| kind(shape) == "operation")?;
            let new = format!("{}#{new}", old.split_once('#')?.0);
            rename_key(self.shapes(), &old, &new);
            replace(&mut self.json, "target", &old, &new);
            return Some(());
        }
        let old = self.operation()?;
        rename_key(self.json["operations"].as_object_mut()?, &old, &new);
        Some(())
    }
}

fn rename_key(object: &mut Map<String, Value>, old: &str, new: &str) {
    if let Some(value) = object.remove(old) {
        object.insert(new.to_owned(), value);
    }
}

/// Replaces references to a shape.
fn replace(json: &mut Value, key: &str, old: &str, new: &str) {
    match json {
        Value::Object(object) => {
            for (name, value) in object {
                match value {
                    Value::String(text) if name == key && text == old => *text = new.to_owned(),
                    value => replace(value, key, old, new),
                }
            }
        }
        Value::Array(list) => list
            .iter_mut()
            .for_each(|value| replace(value, key, old, new)),
        _ => {}
    }
}

//! Edits of what shapes and operations consist of.

use serde_json::{Value, json};

use super::{Model, kind};

impl Model<'_> {
    pub(super) fn retarget(&mut self) -> Option<()> {
        let ((id, member), new, target) = (self.member()?, self.data()?, self.target());
        self.shapes()[&id]["members"][&member][target] = new.into();
        Some(())
    }

    /// Adds a copy of a shape, and makes a member refer to it.
    pub(super) fn copy_shape(&mut self) -> Option<()> {
        let ((id, member), old, target) = (self.member()?, self.data()?, self.target());
        let new = match old.split_once('#') {
            Some((namespace, _)) => format!("{namespace}#{}", self.name()),
            None => self.name(),
        };
        let copy = self.shapes()[&old].clone();
        self.shapes().entry(new.clone()).or_insert(copy);
        self.shapes()[&id]["members"][&member][target] = new.into();
        Some(())
    }

    pub(super) fn copy_operation(&mut self) -> Option<()> {
        let (old, new) = (self.operation()?, self.name());
        let copy = self.json["operations"][&old].clone();
        self.json["operations"]
            .as_object_mut()?
            .entry(new)
            .or_insert(copy);
        Some(())
    }

    /// Lets a structure contain itself, directly, in a list or in a map, and requires it.
    pub(super) fn contain_itself(&mut self) -> Option<()> {
        let (id, (other, member), target) = (self.structure()?, self.member()?, self.target());
        match self.random.below(3) {
            0 => self.shapes()[&id]["members"]["Inner"] = json!({target: id}),
            1 => {
                self.shapes()[&id]["members"]["Inner"] = json!({target: other});
                self.shapes()[&other]["members"][&member][target] = id.into();
            }
            _ => {
                let list = self.shape(|shape| kind(shape) == "list")?;
                self.shapes()[&list]["member"] = json!({target: id});
                self.shapes()[&id]["members"]["Inners"] = json!({target: list});
            }
        }
        Some(())
    }

    /// Swaps the targets of two members, or the input and output of an operation.
    pub(super) fn swap(&mut self) -> Option<()> {
        let target = self.target();
        if self.random.below(2) == 0 && !self.is_smithy {
            let name = self.operation()?;
            let operation = self.json["operations"][&name].as_object_mut()?;
            let (input, output) = (operation.remove("input"), operation.remove("output"));
            operation.extend(input.map(|input| ("output".to_owned(), input)));
            operation.extend(output.map(|output| ("input".to_owned(), output)));
            return Some(());
        }
        let ((one, first), (other, second)) = (self.member()?, self.member()?);
        let shapes = self.shapes();
        let old = shapes[&one]["members"][&first][target].take();
        let new = shapes[&other]["members"][&second][target].clone();
        shapes[&one]["members"][&first][target] = match new.is_null() {
            true => old.clone(),
            false => new,
        };
        shapes[&other]["members"][&second][target] = old;
        Some(())
    }

    pub(super) fn remove_member(&mut self) -> Option<()> {
        let (id, member) = self.member()?;
        let shape = &mut self.shapes()[&id];
        shape["members"].as_object_mut()?.remove(&member);
        if let Some(required) = shape.get_mut("required").and_then(Value::as_array_mut) {
            required.retain(|name| *name != member);
        }
        Some(())
    }

    /// Puts a list or map around the target of a member, several times.
    pub(super) fn wrap(&mut self) -> Option<()> {
        let ((id, member), target) = (self.member()?, self.target());
        let mut inner = self.shapes()[&id]["members"][&member][target]
            .as_str()?
            .to_owned();
        let key = self.shape(|shape| kind(shape) == "string");
        for i in 0..=self.random.below(6) {
            let new = format!(
                "{}Wrapped{i}",
                if self.is_smithy { "com.example#" } else { "" }
            );
            let shape = match key.as_ref().filter(|_| self.random.below(2) == 0) {
                Some(key) => json!({"type": "map", "key": {target: key}, "value": {target: inner}}),
                None => json!({"type": "list", "member": {target: inner}}),
            };
            self.shapes().insert(new.clone(), shape);
            inner = new;
        }
        self.shapes()[&id]["members"][&member][target] = inner.into();
        Some(())
    }

    /// Adds many members of one shape, which can make a large type.
    pub(super) fn add_members(&mut self) -> Option<()> {
        let (id, new, target) = (self.structure()?, self.data()?, self.target());
        let (name, count) = (self.name(), self.random.below(40));
        let members = self.shapes()[&id]["members"].as_object_mut()?;
        members.extend((0..count).map(|i| (format!("{name}{i}"), json!({target: new}))));
        Some(())
    }

    /// Makes a structure an error of an operation.
    pub(super) fn add_error(&mut self) -> Option<()> {
        let id = self.structure()?;
        if self.is_smithy {
            let operation = self.shape(|shape| kind(shape) == "operation")?;
            let shape = self.shapes()[&id].as_object_mut()?;
            let traits = shape.entry("traits").or_insert_with(|| json!({}));
            traits["smithy.api#error"] = "client".into();
            self.shapes()[&operation]["errors"] = json!([{"target": id}]);
            return Some(());
        }
        let operation = self.operation()?;
        self.shapes()[&id]["exception"] = true.into();
        let operation = self.json["operations"][&operation].as_object_mut()?;
        let errors = operation.entry("errors").or_insert_with(|| json!([]));
        errors.as_array_mut()?.push(json!({"shape": id}));
        Some(())
    }
}

//! Changes to the meaning of a model, most of which leave it valid.

use serde_json::{Map, Value, json};

use crate::random::Random;

/// Names with a meaning in Rust, in generated code or in the formats of models.
const NAMES: &[&str] = &[
    "self",
    "Self",
    "crate",
    "super",
    "type",
    "async",
    "gen",
    "box",
    "Box",
    "Option",
    "Result",
    "Vec",
    "String",
    "Some",
    "None",
    "Ok",
    "Err",
    "ERR",
    "Error",
    "Default",
    "From",
    "Into",
    "Client",
    "Config",
    "Builder",
    "build",
    "builder",
    "send",
    "send_with",
    "customize",
    "new",
    "items",
    "source",
    "deserialize",
    "message",
    "Message",
    "meta",
    "set_name",
    "code",
    "request_id",
    "_request_id",
    "Unknown",
    "Unhandled",
    "HashMap",
    "Blob",
    "DateTime",
    "Document",
    "Input",
    "Output",
    "Operation",
    "Send",
    "Sync",
    "Clone",
    "Debug",
    "clone",
    "as_str",
    "values",
    "value",
    "input",
    "wait",
    "Waiter",
    "Types",
    "types",
    "error",
    "lean_aws_runtime",
    "std",
    "core",
    "T",
    "P",
    "E",
    "f",
    "__type",
    "A1",
    "X86_64",
    "IPv4Address",
    "NextToken",
    "nextToken",
    "MaxResults",
    "2Fast",
    "a-b",
    "a.b",
    "TagBuilder",
    "TagInput",
    "EchoError",
];

/// Texts for documentation, values and patterns.
const TEXTS: &[&str] = &[
    "",
    " ",
    "{",
    "}",
    "{}",
    "\"",
    "\\",
    "*/",
    "```",
    "~~~\nfn main() {}\n~~~",
    "    code",
    "<p>One</p>",
    "[x](y)",
    "a\nb",
    "\u{e9}",
    "\u{1f600}",
    "\u{200b}",
    "#",
    "null",
    "true",
    "0",
    "-1",
    "^[a-z]+$",
    "[",
    "\\p{L}*",
    "x{1000}",
];

const SIMPLE: &[&str] = &[
    "string",
    "integer",
    "long",
    "float",
    "double",
    "boolean",
    "timestamp",
    "blob",
    "bigInteger",
    "bigDecimal",
    "byte",
    "short",
];

/// A model as JSON, of either format.
pub(crate) struct Model<'a> {
    json: Value,
    random: &'a mut Random,
    is_smithy: bool,
}

/// Returns a model with several changes, or `None` if it is not an object with shapes.
pub(crate) fn edit(bytes: &[u8], random: &mut Random) -> Option<Vec<u8>> {
    let json: Value = serde_json::from_slice(bytes).ok()?;
    json.get("shapes")?.as_object()?;
    let is_smithy = json.get("smithy").is_some();
    let mut model = Model {
        json,
        random,
        is_smithy,
    };
    for _ in 0..=model.random.below(8) {
        model.change();
    }
    Some(serde_json::to_vec_pretty(&model.json).unwrap())
}

impl Model<'_> {
    fn change(&mut self) -> Option<()> {
        match self.random.below(22) {
            0 => self.rename_member(),
            1 | 2 => self.rename_shape(),
            3 => self.rename_operation(),
            4 | 5 => self.retarget(),
            6 => self.retype(),
            7 | 8 => self.require(),
            9 | 10 => self.flag(),
            11 => self.add_value(),
            12 => self.constrain(),
            13 => self.copy_shape(),
            14 => self.copy_operation(),
            15 => self.contain_itself(),
            16 => self.swap(),
            17 => self.remove_member(),
            18 => self.wrap(),
            19 => self.document(),
            20 => self.add_members(),
            _ => self.add_error(),
        }
    }

    fn shapes(&mut self) -> &mut Map<String, Value> {
        self.json["shapes"].as_object_mut().unwrap()
    }

    /// The key of references to shapes.
    fn target(&self) -> &'static str {
        if self.is_smithy { "target" } else { "shape" }
    }

    fn name(&mut self) -> String {
        (*self.random.choose(NAMES)).to_owned()
    }

    /// Returns the ID of a random shape that satisfies a condition.
    fn shape(&mut self, is: impl Fn(&Value) -> bool) -> Option<String> {
        let ids: Vec<String> = self
            .shapes()
            .iter()
            .filter(|(_, it)| is(it))
            .map(|(id, _)| id.clone())
            .collect();
        (!ids.is_empty()).then(|| self.random.choose(&ids).clone())
    }

    fn data(&mut self) -> Option<String> {
        self.shape(|shape| !["service", "operation", "resource", "apply"].contains(&kind(shape)))
    }

    fn structure(&mut self) -> Option<String> {
        self.shape(|shape| {
            let members = shape.get("members").and_then(Value::as_object);
            members.is_some_and(|members| !members.is_empty())
                && ["structure", "union"].contains(&kind(shape))
        })
    }

    /// Returns a random structure and one of its members.
    fn member(&mut self) -> Option<(String, String)> {
        let id = self.structure()?;
        let members = self.shapes()[&id]["members"].as_object()?;
        let names: Vec<String> = members.keys().cloned().collect();
        Some((id, self.random.choose(&names).clone()))
    }

    fn rename_member(&mut self) -> Option<()> {
        let ((id, old), new) = (self.member()?, self.name());
        let shape = &mut self.shapes()[&id];
        rename_key(shape["members"].as_object_mut()?, &old, &new);
        let required = shape.get_mut("required").and_then(Value::as_array_mut);
        for name in required.into_iter().flatten().filter(|name| **name == old) {
            *name = new.clone().into();
        }
        Some(())
    }

    fn rename_shape(&mut self) -> Option<()> {
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

    fn rename_operation(&mut self) -> Option<()> {
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

    /// Returns the name of a random operation of botocore's format.
    fn operation(&mut self) -> Option<String> {
        let names: Vec<String> = self
            .json
            .get("operations")?
            .as_object()?
            .keys()
            .cloned()
            .collect();
        (!names.is_empty()).then(|| self.random.choose(&names).clone())
    }

    fn retarget(&mut self) -> Option<()> {
        let ((id, member), new, target) = (self.member()?, self.data()?, self.target());
        self.shapes()[&id]["members"][&member][target] = new.into();
        Some(())
    }

    fn retype(&mut self) -> Option<()> {
        let id = self.shape(|shape| SIMPLE.contains(&kind(shape)))?;
        let new = *self.random.choose(SIMPLE);
        let shape = self.shapes()[&id].as_object_mut()?;
        shape.retain(|key, _| key == "traits" || key == "documentation");
        shape.insert("type".to_owned(), new.into());
        Some(())
    }

    fn require(&mut self) -> Option<()> {
        let (id, member) = self.member()?;
        let all = self.random.below(3) == 0;
        let is_smithy = self.is_smithy;
        let shape = &mut self.shapes()[&id];
        let names: Vec<String> = match all {
            true => shape["members"].as_object()?.keys().cloned().collect(),
            false => vec![member],
        };
        if !is_smithy {
            shape["required"] = json!(names);
            return Some(());
        }
        for name in names {
            let member = shape["members"][&name].as_object_mut()?;
            let traits = member
                .entry("traits")
                .or_insert_with(|| json!({}))
                .as_object_mut()?;
            if traits.remove("smithy.api#required").is_none() {
                traits.insert("smithy.api#required".to_owned(), json!({}));
            }
        }
        Some(())
    }

    /// Sets or removes a property of a shape or a member.
    fn flag(&mut self) -> Option<()> {
        let (name, choice) = (self.name(), self.random.below(100));
        let on_member = self.random.below(2) == 0;
        let (flags, place) = match (self.is_smithy, on_member) {
            (true, true) => {
                let flags = json!({
                    "smithy.api#deprecated": {"message": name}, "smithy.api#jsonName": name,
                    "smithy.api#clientOptional": {}, "smithy.api#xmlName": name,
                });
                let (id, member) = self.member()?;
                let member = self.shapes()[&id]["members"][&member].as_object_mut()?;
                (flags, member.entry("traits").or_insert_with(|| json!({})))
            }
            (true, false) => {
                let flags = json!({"smithy.api#deprecated": {}, "smithy.api#sensitive": {}, "smithy.api#sparse": {}});
                let id = self.data()?;
                let shape = self.shapes()[&id].as_object_mut()?;
                (flags, shape.entry("traits").or_insert_with(|| json!({})))
            }
            (false, true) => {
                let flags = json!({
                    "deprecated": true, "deprecatedMessage": name, "locationName": name, "jsonvalue": true,
                    "idempotencyToken": true, "box": true, "flattened": true, "hostLabel": true,
                    "timestampFormat": "iso8601",
                });
                let (id, member) = self.member()?;
                (flags, &mut self.shapes()[&id]["members"][&member])
            }
            (false, false) => {
                let flags = json!({
                    "deprecated": true, "sensitive": true, "union": true, "document": true, "flattened": true,
                    "exception": true, "eventstream": true, "jsonvalue": true, "timestampFormat": "rfc822",
                });
                let id = self.data()?;
                (flags, &mut self.shapes()[&id])
            }
        };
        let flags: Vec<(String, Value)> = flags.as_object()?.clone().into_iter().collect();
        let place = place.as_object_mut()?;
        let (flag, value) = flags[choice % flags.len()].clone();
        if place.remove(&flag).is_none() {
            place.insert(flag, value);
        }
        Some(())
    }

    fn add_value(&mut self) -> Option<()> {
        let value = match self.random.below(3) {
            0 => (*self.random.choose(TEXTS)).to_owned(),
            _ => self.name(),
        };
        if self.is_smithy {
            let (id, name) = (self.shape(|shape| kind(shape) == "enum")?, self.name());
            let member =
                json!({"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": value}});
            self.shapes()[&id]["members"][&name] = member;
            return Some(());
        }
        let id = self.shape(|shape| kind(shape) == "string")?;
        let shape = self.shapes()[&id].as_object_mut()?;
        shape
            .entry("enum")
            .or_insert_with(|| json!([]))
            .as_array_mut()?
            .push(value.into());
        Some(())
    }

    fn constrain(&mut self) -> Option<()> {
        let (low, pattern) = (self.random.below(70), *self.random.choose(TEXTS));
        let max = low + self.random.below(1 << 20);
        if self.is_smithy {
            let id = self.shape(|shape| kind(shape) == "string")?;
            let shape = self.shapes()[&id].as_object_mut()?;
            let traits = shape.entry("traits").or_insert_with(|| json!({}));
            traits["smithy.api#length"] = json!({"min": low, "max": max});
            traits["smithy.api#pattern"] = pattern.into();
            return Some(());
        }
        let id = self.data()?;
        let shape = &mut self.shapes()[&id];
        (shape["min"], shape["max"]) = (low.into(), max.into());
        if kind(shape) == "string" {
            shape["pattern"] = pattern.into();
        }
        Some(())
    }

    /// Adds a copy of a shape, and makes a member refer to it.
    fn copy_shape(&mut self) -> Option<()> {
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

    fn copy_operation(&mut self) -> Option<()> {
        let (old, new) = (self.operation()?, self.name());
        let copy = self.json["operations"][&old].clone();
        self.json["operations"]
            .as_object_mut()?
            .entry(new)
            .or_insert(copy);
        Some(())
    }

    /// Lets a structure contain itself, directly, in a list or in a map, and requires it.
    fn contain_itself(&mut self) -> Option<()> {
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
    fn swap(&mut self) -> Option<()> {
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

    fn remove_member(&mut self) -> Option<()> {
        let (id, member) = self.member()?;
        let shape = &mut self.shapes()[&id];
        shape["members"].as_object_mut()?.remove(&member);
        if let Some(required) = shape.get_mut("required").and_then(Value::as_array_mut) {
            required.retain(|name| *name != member);
        }
        Some(())
    }

    /// Puts a list or map around the target of a member, several times.
    fn wrap(&mut self) -> Option<()> {
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

    fn document(&mut self) -> Option<()> {
        let ((id, member), text) = (self.member()?, *self.random.choose(TEXTS));
        let is_smithy = self.is_smithy;
        let member = self.shapes()[&id]["members"][&member].as_object_mut()?;
        match is_smithy {
            true => {
                let traits = member.entry("traits").or_insert_with(|| json!({}));
                traits["smithy.api#documentation"] = text.into();
            }
            false => drop(member.insert("documentation".to_owned(), text.into())),
        }
        Some(())
    }

    /// Adds many members of one shape, which can make a large type.
    fn add_members(&mut self) -> Option<()> {
        let (id, new, target) = (self.structure()?, self.data()?, self.target());
        let (name, count) = (self.name(), self.random.below(40));
        let members = self.shapes()[&id]["members"].as_object_mut()?;
        members.extend((0..count).map(|i| (format!("{name}{i}"), json!({target: new}))));
        Some(())
    }

    /// Makes a structure an error of an operation.
    fn add_error(&mut self) -> Option<()> {
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

fn kind(shape: &Value) -> &str {
    shape
        .get("type")
        .and_then(Value::as_str)
        .unwrap_or_default()
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

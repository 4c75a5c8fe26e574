//! Edits of the properties of a shape or a member.

use serde_json::{Value, json};

use super::words::{SIMPLE, TEXTS};
use super::{Model, kind};

impl Model<'_> {
    pub(super) fn retype(&mut self) -> Option<()> {
        let id = self.shape(|shape| SIMPLE.contains(&kind(shape)))?;
        let new = *self.random.choose(SIMPLE);
        let shape = self.shapes()[&id].as_object_mut()?;
        shape.retain(|key, _| key == "traits" || key == "documentation");
        shape.insert("type".to_owned(), new.into());
        Some(())
    }

    pub(super) fn require(&mut self) -> Option<()> {
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
    pub(super) fn flag(&mut self) -> Option<()> {
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

    pub(super) fn add_value(&mut self) -> Option<()> {
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

    pub(super) fn constrain(&mut self) -> Option<()> {
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

    pub(super) fn document(&mut self) -> Option<()> {
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
}

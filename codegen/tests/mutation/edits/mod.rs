//! Changes to the meaning of a model, most of which leave it valid.

mod names;
mod properties;
mod references;
mod words;

use serde_json::{Map, Value};

use super::random::Random;
use words::NAMES;

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
}

fn kind(shape: &Value) -> &str {
    shape
        .get("type")
        .and_then(Value::as_str)
        .unwrap_or_default()
}

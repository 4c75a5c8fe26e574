//! The values of members that are not set.

use super::{EnumValue, Member, Service, ShapeKind};

/// The value of a member that is not set, in outputs and in structures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DefaultValue<'a> {
    /// Zero, false, or empty.
    Zero,
    /// `true`.
    True,
    /// Another whole number.
    Integer(i64),
    /// Another number.
    Float(f64),
    /// Another string.
    String(&'a str),
    /// A value of an enum.
    Variant(&'a EnumValue),
}

impl Service {
    /// Whether the field for a member is an `Option`, as in the official crates. This is the case for optional members
    /// without a default, for structures and unions, which have no default, and for members that clients may omit.
    pub fn is_optional(&self, member: &Member) -> bool {
        let is_plain = member.required || self.default_of(member).is_some();
        !is_plain || member.client_optional || self.is_composed(member)
    }

    /// Returns the value of a member that is not set, if the model specifies it and it is not up to the service.
    ///
    /// Defaults of documents, timestamps and large numbers, and of blobs that are not empty, are not supported.
    pub fn default_of<'a>(&'a self, member: &'a Member) -> Option<DefaultValue<'a>> {
        use ShapeKind::{
            Blob, Boolean, Byte, Double, Enum, Float, Integer, List, Long, Map, Short, String,
        };
        let value = member
            .default
            .as_ref()
            .filter(|_| !member.client_optional)?;
        let is_zero = value.as_f64() == Some(0.0)
            || *value == false
            || *value == ""
            || value.as_array().is_some_and(Vec::is_empty)
            || value.as_object().is_some_and(serde_json::Map::is_empty);
        match &self.shapes.get(&member.shape)?.kind {
            Enum(values) => {
                let text = value.as_str()?;
                let found = values.iter().find(|it| it.value == text);
                found.map(DefaultValue::Variant)
            }
            Boolean if *value == true => Some(DefaultValue::True),
            Boolean
            | Byte
            | Short
            | Integer
            | Long
            | Float
            | Double
            | String
            | Blob
            | List(_)
            | Map { .. }
                if is_zero =>
            {
                Some(DefaultValue::Zero)
            }
            Byte | Short | Integer | Long => value.as_i64().map(DefaultValue::Integer),
            Float | Double => value.as_f64().map(DefaultValue::Float),
            String => value.as_str().map(DefaultValue::String),
            _ => None,
        }
    }

    /// Whether the value that stands for an unset member is sent. Only numbers and booleans are omitted, unless the service
    /// requires them or was once called without the default.
    pub fn sends_default(&self, member: &Member) -> bool {
        use ShapeKind::{Boolean, Byte, Double, Float, Integer, Long, Short};
        let target = self.shapes.get(&member.shape).map(|shape| &shape.kind);
        let is_scalar = matches!(
            target,
            Some(Boolean | Byte | Short | Integer | Long | Float | Double)
        );
        !is_scalar || member.required || member.added_default
    }

    fn is_composed(&self, member: &Member) -> bool {
        let target = self.shapes.get(&member.shape).map(|shape| &shape.kind);
        matches!(target, Some(ShapeKind::Structure(_) | ShapeKind::Union(_)))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::ir::Shape;

    #[test]
    fn defaults_by_the_kind_of_the_shape() {
        use DefaultValue::{Float, Integer, String, True, Variant, Zero};
        let on = EnumValue {
            value: "ON".to_owned(),
            ..EnumValue::default()
        };
        let map = ShapeKind::Map {
            key: "K".to_owned(),
            value: "V".to_owned(),
        };
        let list = ShapeKind::List("V".to_owned());
        let values = ShapeKind::Enum(vec![on.clone()]);
        for (kind, value, expected, is_sent) in [
            (ShapeKind::Integer, json!(0), Some(Zero), false),
            (ShapeKind::Integer, json!(30), Some(Integer(30)), false),
            (ShapeKind::Double, json!(0), Some(Zero), false),
            (ShapeKind::Double, json!(0.5), Some(Float(0.5)), false),
            (ShapeKind::Double, json!(1), Some(Float(1.0)), false),
            (ShapeKind::Boolean, json!(false), Some(Zero), false),
            (ShapeKind::Boolean, json!(true), Some(True), false),
            (ShapeKind::String, json!(""), Some(Zero), true),
            (ShapeKind::String, json!("sub"), Some(String("sub")), true),
            (ShapeKind::Blob, json!(""), Some(Zero), true),
            (ShapeKind::Blob, json!("AA=="), None, true),
            (list, json!([]), Some(Zero), true),
            (map, json!({}), Some(Zero), true),
            (values.clone(), json!("ON"), Some(Variant(&on)), true),
            (values.clone(), json!("OFF"), None, true),
            (values, json!(""), None, true),
            (ShapeKind::Document, json!({}), None, true),
            (ShapeKind::Timestamp(None), json!(0), None, true),
            (ShapeKind::Union(Vec::new()), json!({}), None, true),
            (ShapeKind::Integer, json!("x"), None, false),
        ] {
            let mut service = Service::default();
            service.shapes.insert("A".to_owned(), Shape::new(kind));
            let mut member = Member {
                shape: "A".to_owned(),
                default: Some(value.clone()),
                ..Member::default()
            };
            assert_eq!(service.default_of(&member), expected, "{value}");
            assert_eq!(service.is_optional(&member), expected.is_none(), "{value}");
            assert_eq!(service.sends_default(&member), is_sent, "{value}");
            member.added_default = true;
            assert!(service.sends_default(&member), "{value}");
            member.client_optional = true;
            assert_eq!(service.default_of(&member), None, "{value}");
            assert!(service.is_optional(&member), "{value}");
        }
    }
}

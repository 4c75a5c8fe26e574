//! What an operation says to the endpoint rules of its service.

/// The parameters that an operation sets, by their names.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Context(Vec<(&'static str, Value)>);

#[derive(Clone, Debug, PartialEq)]
enum Value {
    Boolean(bool),
    Text(String),
    Texts(Vec<String>),
}

/// Most operations say nothing.
static NOTHING: Context = Context(Vec::new());

impl Default for &Context {
    fn default() -> Self {
        &NOTHING
    }
}

#[allow(dead_code, reason = "not every service has rules that ask for such")]
impl Context {
    /// Says a boolean, if there is one.
    pub(crate) fn set_boolean(self, name: &'static str, value: Option<bool>) -> Self {
        self.set(name, value.map(Value::Boolean))
    }

    /// Says a text, if there is one.
    pub(crate) fn set_text(self, name: &'static str, value: Option<&str>) -> Self {
        self.set(name, value.map(|text| Value::Text(text.to_owned())))
    }

    /// Says texts, if there is at least one.
    pub(crate) fn set_texts<'v>(
        self,
        name: &'static str,
        values: impl IntoIterator<Item = &'v str>,
    ) -> Self {
        let texts: Vec<String> = values.into_iter().map(str::to_owned).collect();
        let texts = (!texts.is_empty()).then_some(Value::Texts(texts));
        self.set(name, texts)
    }

    fn set(mut self, name: &'static str, value: Option<Value>) -> Self {
        self.0.extend(value.map(|value| (name, value)));
        self
    }

    /// The boolean that was said under a name.
    pub(crate) fn boolean(&self, name: &str) -> Option<bool> {
        match self.get(name)? {
            Value::Boolean(value) => Some(*value),
            _ => None,
        }
    }

    /// The text that was said under a name.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            Value::Text(value) => Some(value),
            _ => None,
        }
    }

    /// The texts that were said under a name.
    pub(crate) fn texts(&self, name: &str) -> Option<&[String]> {
        match self.get(name)? {
            Value::Texts(values) => Some(values),
            _ => None,
        }
    }

    fn get(&self, name: &str) -> Option<&Value> {
        let mut values = self.0.iter();
        values
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::Context;

    #[test]
    fn what_is_said_is_found_again() {
        let context = Context::default()
            .set_boolean("Yes", Some(true))
            .set_text("Id", Some("a"))
            .set_text("None", None)
            .set_texts("Ids", ["a", "b"])
            .set_texts("Empty", []);
        assert_eq!(context.boolean("Yes"), Some(true));
        assert_eq!(context.text("Id"), Some("a"));
        assert_eq!(context.text("None"), None);
        assert_eq!(context.text("Yes"), None);
        assert_eq!(context.texts("Ids").map(<[String]>::len), Some(2));
        assert_eq!(context.texts("Empty"), None);
        assert_eq!(<&Context>::default(), &Context::default());
    }
}

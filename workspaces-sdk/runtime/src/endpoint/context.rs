//! The parameters that an operation passes to the endpoint rules of its service.

/// The parameters that an operation sets, by their names.
#[doc(hidden)]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Context {
    parameters: Vec<(&'static str, Value)>,
    /// Whether the discovered endpoint replaces that of the rules.
    #[cfg(feature = "endpoint-discovery")]
    uses_discovered_endpoint: bool,
}

#[derive(Clone, Debug, PartialEq)]
enum Value {
    Boolean(bool),
    String(String),
    Strings(Vec<String>),
}

/// Most operations set no parameters.
static EMPTY: Context = Context {
    parameters: Vec::new(),
    #[cfg(feature = "endpoint-discovery")]
    uses_discovered_endpoint: false,
};

impl Default for &Context {
    fn default() -> Self {
        &EMPTY
    }
}

impl Context {
    /// Sets a boolean, if there is one.
    pub fn set_boolean(self, name: &'static str, value: Option<bool>) -> Self {
        self.set(name, value.map(Value::Boolean))
    }

    /// Sets a string, if there is one.
    pub fn set_string(self, name: &'static str, value: Option<&str>) -> Self {
        self.set(name, value.map(|value| Value::String(value.to_owned())))
    }

    /// Sets a list of strings, unless it is empty.
    pub fn set_strings<'v>(
        self,
        name: &'static str,
        values: impl IntoIterator<Item = &'v str>,
    ) -> Self {
        let strings: Vec<String> = values.into_iter().map(str::to_owned).collect();
        let strings = (!strings.is_empty()).then_some(Value::Strings(strings));
        self.set(name, strings)
    }

    fn set(mut self, name: &'static str, value: Option<Value>) -> Self {
        self.parameters.extend(value.map(|value| (name, value)));
        self
    }

    /// Sets, replaces or removes a boolean.
    pub fn replace_boolean(&mut self, name: &'static str, value: Option<bool>) {
        self.replace(name, value.map(Value::Boolean));
    }

    /// Sets, replaces or removes a string.
    pub fn replace_string(&mut self, name: &'static str, value: Option<String>) {
        self.replace(name, value.map(Value::String));
    }

    /// Sets, replaces or removes a list of strings.
    pub fn replace_strings(&mut self, name: &'static str, value: Option<Vec<String>>) {
        self.replace(name, value.map(Value::Strings));
    }

    /// The order does not depend on that of the calls.
    fn replace(&mut self, name: &'static str, value: Option<Value>) {
        self.parameters.retain(|(known, _)| *known != name);
        if let Some(value) = value {
            let position = self.parameters.partition_point(|(other, _)| *other < name);
            self.parameters.insert(position, (name, value));
        }
    }

    /// These parameters, and those of `other` that these do not have.
    #[cfg(feature = "client-context")]
    pub(crate) fn or(mut self, other: &Self) -> Self {
        for (name, value) in &other.parameters {
            if self.get(name).is_none() {
                self.parameters.push((name, value.clone()));
            }
        }
        self
    }

    /// Replaces the endpoint of the rules by the one that the client has discovered, if it has.
    #[cfg(feature = "endpoint-discovery")]
    pub fn use_discovered_endpoint(mut self) -> Self {
        self.uses_discovered_endpoint = true;
        self
    }

    #[cfg(feature = "endpoint-discovery")]
    pub(super) fn uses_discovered_endpoint(&self) -> bool {
        self.uses_discovered_endpoint
    }

    /// The boolean with that name.
    pub fn boolean(&self, name: &str) -> Option<bool> {
        match self.get(name)? {
            Value::Boolean(value) => Some(*value),
            _ => None,
        }
    }

    /// The string with that name.
    pub fn string(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            Value::String(value) => Some(value),
            _ => None,
        }
    }

    /// The list of strings with that name.
    pub fn strings(&self, name: &str) -> Option<&[String]> {
        match self.get(name)? {
            Value::Strings(values) => Some(values),
            _ => None,
        }
    }

    fn get(&self, name: &str) -> Option<&Value> {
        let mut values = self.parameters.iter();
        values
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::Context;

    #[test]
    fn the_order_of_replacements_makes_no_difference() {
        let (mut one, mut other) = (Context::default(), Context::default());
        one.replace_boolean("Fast", Some(true));
        one.replace_strings("Ids", Some(vec!["a".to_owned()]));
        other.replace_strings("Ids", Some(vec!["a".to_owned()]));
        other.replace_boolean("Fast", Some(false));
        assert_ne!(one, other);
        other.replace_boolean("Fast", Some(true));
        assert_eq!(one, other);
    }

    #[cfg(feature = "client-context")]
    #[test]
    fn parameters_of_the_operation_replace_those_of_the_client() {
        let mut client = Context::default();
        client.replace_boolean("Fast", Some(false));
        client.replace_boolean("Fast", Some(true));
        client.replace_string("Id", Some("a".to_owned()));
        client.replace_string("None", Some("a".to_owned()));
        client.replace_string("None", None);
        let context = Context::default().set_string("Id", Some("b")).or(&client);
        assert_eq!(context.boolean("Fast"), Some(true));
        assert_eq!(context.string("Id"), Some("b"));
        assert_eq!(context.string("None"), None);
    }

    #[test]
    fn parameters_are_found_by_name_and_type() {
        let context = Context::default()
            .set_boolean("Yes", Some(true))
            .set_string("Id", Some("a"))
            .set_string("None", None)
            .set_strings("Ids", ["a", "b"])
            .set_strings("Empty", []);
        assert_eq!(context.boolean("Yes"), Some(true));
        assert_eq!(context.string("Id"), Some("a"));
        assert_eq!(context.string("None"), None);
        assert_eq!(context.string("Yes"), None);
        assert_eq!(context.strings("Ids").map(<[String]>::len), Some(2));
        assert_eq!(context.strings("Empty"), None);
        assert_eq!(<&Context>::default(), &Context::default());
    }
}

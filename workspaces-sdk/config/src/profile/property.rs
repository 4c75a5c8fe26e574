use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

/// The place of a property in a shared file.
///
/// Its `Display` is the file as the user knows it, and the line, which counts from 1: `~/.aws/config:12`.
#[derive(Clone, Eq, PartialEq)]
pub struct Place(Option<(Arc<str>, usize)>);

impl Place {
    pub(super) fn new(file: &Arc<str>, line: usize) -> Self {
        Self(Some((Arc::clone(file), line)))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some((file, line)) => write!(f, "{file}:{line}"),
            None => f.write_str("set in code"),
        }
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Place({self})")
    }
}

/// A property of a section: `key = value`.
///
/// Properties are equal if their keys and values are, wherever they are defined. The value is not part of the `Debug` output, as
/// it can be a secret.
#[derive(Clone)]
pub struct Property {
    key: String,
    value: String,
    place: Place,
}

impl Property {
    /// Creates a property that is in no file.
    pub fn new(key: String, value: String) -> Self {
        let place = Place(None);
        Self { key, value, place }
    }

    pub(super) fn at(place: Place, key: String, value: String) -> Self {
        Self { key, value, place }
    }

    /// Returns the name of the property. ASCII letters are lowercase, except in nested properties.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Returns the value. It has several lines if the property is continued or has nested properties.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Returns where the property is defined.
    pub fn place(&self) -> &Place {
        &self.place
    }
}

impl PartialEq for Property {
    fn eq(&self, other: &Self) -> bool {
        (&self.key, &self.value) == (&other.key, &other.value)
    }
}

impl Eq for Property {}

impl fmt::Debug for Property {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Property")
            .field("key", &self.key)
            .field("value", &"** redacted **")
            .field("place", &self.place)
            .finish()
    }
}

/// A section with its properties by their lowercase names.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Named {
    name: String,
    properties: HashMap<String, Property>,
}

impl Named {
    fn property(&self, name: &str) -> Option<&Property> {
        self.properties.get(&*to_lowercase(name))
    }
}

macro_rules! sections {
    ($($(#[$doc:meta])* $section:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Eq, PartialEq)]
        pub struct $section(Named);

        impl $section {
            /// Creates a section. The keys of `properties` are lowercase.
            pub fn new(name: impl Into<String>, properties: HashMap<String, Property>) -> Self {
                let name = name.into();
                Self(Named { name, properties })
            }

            /// Returns the name of the section.
            pub fn name(&self) -> &str {
                &self.0.name
            }

            /// Returns the value of a property. The name is not case-sensitive.
            pub fn get(&self, name: &str) -> Option<&str> {
                self.property(name).map(Property::value)
            }

            /// Returns a property with the place where it is defined. The name is not case-sensitive.
            pub fn property(&self, name: &str) -> Option<&Property> {
                self.0.property(name)
            }

            /// Returns all properties, in no particular order.
            pub fn properties(&self) -> impl Iterator<Item = &Property> {
                self.0.properties.values()
            }

            pub(super) fn extend(&mut self, properties: impl Iterator<Item = Property>) {
                let properties = properties.map(|property| (property.key.clone(), property));
                self.0.properties.extend(properties);
            }
        }
    )*};
}

sections! {
    /// A profile: a section like `[profile dev]`.
    Profile
    /// A session of IAM Identity Center: a section like `[sso-session corp]`.
    SsoSession
}

/// Copies only a name that has uppercase letters.
pub(super) fn to_lowercase(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

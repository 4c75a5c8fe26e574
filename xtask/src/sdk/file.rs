//! The file `sdk.toml`, which says what an SDK consists of.

use std::collections::BTreeSet;
use std::path::Path;

use codegen::Suggestion;
use toml_edit::{Document, Item, TableLike};

use super::faults::Faults;
use crate::crate_name;

/// The default folder of the SDK, relative to the file.
const OUT: &str = "sdk";

/// The default beginning of the names of the runtime and of `lean-aws-config`.
const NAME: &str = "sdk";

const KEYS: [&str; 5] = ["config", "models", "name", "out", "services"];
const SERVICE_KEYS: [&str; 4] = ["operations", "package", "protocol", "version"];
const CONFIG_KEYS: [&str; 2] = ["package", "version"];

/// A string and its position in the file, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Text {
    pub(crate) value: String,
    pub(crate) at: usize,
}

/// The contents of the file. What is faulty is missing.
#[derive(Debug)]
pub(crate) struct SdkFile {
    /// The folder of the models, relative to the file.
    pub(crate) models: Option<Text>,
    /// The folder of the SDK, relative to the file.
    pub(crate) out: String,
    /// The beginning of the names of the runtime and of `lean-aws-config`.
    pub(crate) name: String,
    pub(crate) services: Vec<Service>,
    pub(crate) config: Option<Config>,
}

/// A service, by the name of its model.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) key: Text,
    /// The names of operations, or `None` for all.
    pub(crate) operations: Option<Vec<Text>>,
    pub(crate) package: Option<Text>,
    pub(crate) version: Option<Text>,
    pub(crate) protocol: Option<Text>,
}

/// The section for `lean-aws-config`.
#[derive(Debug)]
pub(crate) struct Config {
    pub(crate) package: Option<Text>,
    pub(crate) version: Option<Text>,
}

/// Parses the file. Returns `None` if it is not TOML.
pub(crate) fn parse(text: &str, faults: &mut Faults<'_>) -> Option<SdkFile> {
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            faults.add(at, "", error.message().replace('\n', ", "));
            return None;
        }
    };
    let root = Section {
        table: document.as_table(),
        path: String::new(),
        at: 0,
    };
    root.check_keys(&KEYS, faults);
    let models = root.string("models", faults);
    let models = models.filter(|models| is_path("models", models, faults));
    if models.is_none() && !root.table.contains_key("models") {
        let example = "models = \"../botocore/botocore/data\"";
        let remedy = format!("missing; add the folder of the models, such as {example}");
        faults.add(0, "models", remedy);
    }
    let out = root.string("out", faults).filter(|out| {
        let is_path = is_path("out", out, faults);
        let is_visible = !out
            .value
            .contains(|c: char| c.is_control() || "\"\\".contains(c));
        if !is_visible {
            let message =
                "is not a path; use letters, digits and other visible characters, separated by /";
            faults.add(out.at, "out", message);
        }
        is_path && is_visible
    });
    let name = root.string("name", faults);
    let name = name.filter(|name| is_package("name", name, faults));
    let services = root.section("services", faults);
    if services.is_none() && !root.table.contains_key("services") {
        let example = "add the operations of a service, such as\n  [services.dynamodb]\n  operations = [\"GetItem\", \"PutItem\"]";
        faults.add(0, "services", format!("missing; {example}"));
    }
    let config = root.section("config", faults);
    Some(SdkFile {
        models,
        out: out.map_or_else(|| OUT.to_owned(), |out| out.value),
        name: name.map_or_else(|| NAME.to_owned(), |name| name.value),
        services: services.map_or_else(Vec::new, |section| section.services(faults)),
        config: config.map(|section| section.config(faults)),
    })
}

impl Service {
    /// Returns the names of operations, without their positions.
    pub(crate) fn operation_names(&self) -> Option<Vec<String>> {
        let names = self.operations.as_ref()?.iter();
        Some(names.map(|name| name.value.clone()).collect())
    }
}

/// A table of the file.
struct Section<'a> {
    table: &'a dyn TableLike,
    path: String,
    at: usize,
}

impl<'a> Section<'a> {
    fn path(&self, key: &str) -> String {
        match self.path.as_str() {
            "" => key.to_owned(),
            path => format!("{path}.{key}"),
        }
    }

    /// The position of the value of a key, or else of the table.
    fn position(&self, item: &Item) -> usize {
        item.span().map_or(self.at, |span| span.start)
    }

    /// The position of a key.
    fn key_position(&self, key: &str) -> usize {
        let key = self.table.key(key).and_then(|key| key.span());
        key.map_or(self.at, |span| span.start)
    }

    /// Adds a fault for each key that is not known.
    fn check_keys(&self, known: &[&'static str], faults: &mut Faults<'_>) {
        for (key, _) in self.table.iter() {
            if !known.contains(&key) {
                let suggestion = Suggestion::among(key, known.iter().copied());
                let message = format!("unknown key{suggestion}");
                faults.add(self.key_position(key), &self.path(key), message);
            }
        }
    }

    fn section(&self, key: &str, faults: &mut Faults<'_>) -> Option<Section<'a>> {
        let item = self.table.get(key)?;
        let at = self.key_position(key);
        let Some(table) = item.as_table_like() else {
            let path = self.path(key);
            let message = format!("is {}, not a table; begin it with [{path}]", kind(item));
            faults.add(at, &self.path(key), message);
            return None;
        };
        Some(Section {
            table,
            path: self.path(key),
            at,
        })
    }

    /// A string, which is not empty.
    fn string(&self, key: &str, faults: &mut Faults<'_>) -> Option<Text> {
        let item = self.table.get(key)?;
        let at = self.position(item);
        let message = match item.as_str() {
            Some("") => "is empty".to_owned(),
            Some(value) => {
                let value = value.to_owned();
                return Some(Text { value, at });
            }
            None => format!("is {}, not a string", kind(item)),
        };
        faults.add(at, &self.path(key), message);
        None
    }

    fn services(&self, faults: &mut Faults<'_>) -> Vec<Service> {
        if self.table.is_empty() {
            faults.add(self.at, &self.path, "names no service");
        }
        let keys = self.table.iter().map(|(key, _)| key.to_owned());
        let services = keys.filter_map(|key| {
            let section = self.section(&key, faults)?;
            section.check_keys(&SERVICE_KEYS, faults);
            Some(Service {
                operations: section.operations(faults),
                package: section.package(faults),
                version: section.version(faults),
                protocol: section.string("protocol", faults),
                key: Text {
                    value: key,
                    at: section.at,
                },
            })
        });
        services.collect()
    }

    fn config(&self, faults: &mut Faults<'_>) -> Config {
        self.check_keys(&CONFIG_KEYS, faults);
        Config {
            package: self.package(faults),
            version: self.version(faults),
        }
    }

    fn operations(&self, faults: &mut Faults<'_>) -> Option<Vec<Text>> {
        let item = self.table.get("operations")?;
        let path = self.path("operations");
        let Some(array) = item.as_array() else {
            let message = format!("is {}, not a list of strings", kind(item));
            faults.add(self.position(item), &path, message);
            return None;
        };
        if array.is_empty() {
            let message = "names no operation; without this line, the crate has all operations";
            faults.add(self.position(item), &path, message);
        }
        let mut names: Vec<Text> = Vec::new();
        let mut known = BTreeSet::new();
        for value in array {
            let at = value.span().map_or(self.at, |span| span.start);
            match value.as_str() {
                Some(name) if !known.insert(name) => {
                    faults.add(at, &path, format!("{name:?} is listed twice"));
                }
                Some(name) => names.push(Text {
                    value: name.to_owned(),
                    at,
                }),
                None => faults.add(
                    at,
                    &path,
                    format!("contains {}, not only strings", value_kind(value)),
                ),
            }
        }
        Some(names)
    }

    /// The name of a package.
    fn package(&self, faults: &mut Faults<'_>) -> Option<Text> {
        let package = self.string("package", faults)?;
        is_package(&self.path("package"), &package, faults).then_some(package)
    }

    /// The version of a package.
    fn version(&self, faults: &mut Faults<'_>) -> Option<Text> {
        let version = self.string("version", faults)?;
        match semver::Version::parse(&version.value) {
            Ok(_) => Some(version),
            Err(error) => {
                let message = format!("is not a version such as \"1.2.3\": {error}");
                faults.add(version.at, &self.path("version"), message);
                None
            }
        }
    }
}

/// Whether a path does not begin with the sign for the home folder, which only shells replace.
fn is_path(key: &str, path: &Text, faults: &mut Faults<'_>) -> bool {
    let is_home = path.value == "~" || path.value.starts_with("~/");
    if is_home {
        let message = "only a shell replaces ~ by the home folder; use a path from the folder of this file, or an absolute one";
        faults.add(path.at, key, message);
    }
    !is_home
}

fn is_package(path: &str, name: &Text, faults: &mut Faults<'_>) -> bool {
    let result = crate_name::check(&name.value);
    if let Err(error) = &result {
        faults.add(name.at, path, error);
    }
    result.is_ok()
}

/// Names the type of an item, with an article.
fn kind(item: &Item) -> &'static str {
    match item {
        Item::Value(value) => value_kind(value),
        Item::ArrayOfTables(_) => "a list of tables",
        _ => "a table",
    }
}

fn value_kind(value: &toml_edit::Value) -> &'static str {
    match value {
        toml_edit::Value::String(_) => "a string",
        toml_edit::Value::Integer(_) => "an integer",
        toml_edit::Value::Float(_) => "a float",
        toml_edit::Value::Boolean(_) => "a boolean",
        toml_edit::Value::Datetime(_) => "a date or time",
        toml_edit::Value::Array(_) => "a list",
        toml_edit::Value::InlineTable(_) => "a table",
    }
}

/// The path of the folder that contains a file. Empty for the current folder.
pub(crate) fn folder_of(file: &Path) -> &Path {
    file.parent().unwrap_or(Path::new(""))
}

//! Models in which every string that can have any characters is hostile: it tries to leave the place where it is printed.

use std::collections::{BTreeMap, BTreeSet};

use lean_aws_codegen::{ModelFile, ModelFiles};
use serde_json::{Value, json};

/// Texts with a meaning in Markdown, HTML, Rust or a terminal.
const DOCS: &[&str] = &[
    "Before.\n\n~~~\npanic!(\"ran\")\n~~~\n\nAfter.",
    "> ```\n> panic!(\"ran\")\n> ```",
    "- ```\n  panic!(\"ran\")\n  ```\n- > ~~~\n  > panic!(\"ran\")",
    "\tpanic!(\"ran\")\n\n    panic!(\"ran\")\n\n- a\n\n      panic!(\"ran\")",
    "1. a\n\n   \tpanic!(\"ran\")\n\n> a\n>\n>     panic!(\"ran\")",
    "<p>a</p><pre><code>panic!(\"ran\")</code></pre><ul><li>a<ul><li>    panic!(\"ran\")</li></ul></li></ul>",
    "<p>```\npanic!(\"ran\")\n```</p><p>&#96;&#96;&#96;&#10;panic!(\"ran\")&#10;&#96;&#96;&#96;</p>",
    "<p>a<br/>&#10;&#10;    panic!(\"ran\")</p><ol><li>b</li></ol>",
    "```rust\npanic!(\"ran\")",
    "``` ` \npanic!(\"ran\")\n```",
    "a\n***\n```\npanic!(\"ran\")\n```\r~~~\rpanic!(\"ran\")\r~~~\r\n",
    "<script>alert(1)</script> <img src=x onerror=alert(1)> <!-- --> <![CDATA[ ]]> <?php",
    "<p><a href=\"javascript:alert(1)\">x</a> <a href='https://e.com/`\"(<>'>y</a></p>",
    "[x](javascript:alert(1)) [y](crate::Client) [Client] [`Client`] [`crate::nothing`] ![z](https://e.com/z.png)",
    "[a]: javascript:alert(1)\n\n[a] [^1]\n\n[^1]: note",
    "See https://example.com/a_b, <https://example.com> and http://example.com/?a=1&b=2.",
    "*/ } fn injected() {} /* */ \"#; \\\" // \\",
    "\u{202e}evil\u{2066}\u{2069} \u{200b}\u{feff}\u{2028}\u{2029} \u{0}\u{7}\u{1b}[31mred\u{9b}0m\u{7f}\u{85}",
    "{{name}} {} {0} $crate #[doc] __table_0 %s",
    "| a | b |\n|---|---|\n| ``` | c |\n\nTitle\n===\n\n# Heading\n\n- [ ] task ~~old~~ __b__ *i*",
    "`a` ``b`` ` c",
    "AT&T &lt;b&gt; &amp;lt; &#0; &#x110000; &nosuch; &",
    "",
    "   \n\t\n",
];

/// The end of names, which can have punctuation.
const OF_NAME: &str = "`\"'\\ {{name}}<b>|_*~&lt;](javascript:x) */// ``` #[[";

/// The same for protocols with XML, which allows no others.
const OF_XML_NAME: &str = "-._";

/// What models of protocols with XML contain, in both formats.
const XML: [&str; 6] = [
    "\"rest-xml\"",
    "\"query\"",
    "\"ec2\"",
    "#restXml\"",
    "#awsQuery\"",
    "#ec2Query\"",
];

/// The end of values, which can have any characters.
const OF_VALUE: &str =
    "\n```\nfn ran() {}\r\u{1b}[31m\u{202e}\u{200b}\u{feff}\u{2028}\u{0}\"'\\`{}<b>|](crate::x) */";

/// The keys of names of the service.
const SERVICE_NAMES: [&str; 7] = [
    "serviceFullName",
    "serviceId",
    "targetPrefix",
    "signingName",
    "smithy.api#title",
    "sdkId",
    "code",
];

/// The keys of values.
const VALUES: [&str; 3] = ["smithy.api#enumValue", "pattern", "smithy.api#pattern"];

/// Returns a copy of a model of either format in which every string is hostile.
pub(crate) fn hostile(model: &ModelFiles) -> ModelFiles {
    let mut hostile = Hostile::default();
    hostile.collect(model);
    let mut change = |file: &ModelFile| {
        let json: Value = serde_json::from_slice(&file.bytes).unwrap();
        ModelFile {
            name: file.name.clone(),
            bytes: serde_json::to_vec_pretty(&hostile.value("", "", json)).unwrap(),
        }
    };
    ModelFiles {
        service: change(&model.service),
        paginators: model.paginators.as_ref().map(&mut change),
        waiters: model.waiters.as_ref().map(&mut change),
        endpoint_rules: model.endpoint_rules.as_ref().map(&mut change),
        partitions: model.partitions.clone(),
        // These files are ours. They name the values of enums.
        enum_docs: None,
        rust: None,
    }
}

#[derive(Default)]
struct Hostile {
    /// The new names of operations, shapes and members.
    names: BTreeMap<String, String>,
    /// The number of documentation texts so far.
    docs: usize,
}

impl Hostile {
    /// Chooses the names to change: those that are not part of an expression.
    fn collect(&mut self, model: &ModelFiles) {
        let json: Value = serde_json::from_slice(&model.service.bytes).unwrap();
        let mut names = BTreeSet::new();
        for section in ["operations", "shapes"] {
            for (name, item) in json[section].as_object().into_iter().flatten() {
                let is_value = matches!(item["type"].as_str(), Some("enum" | "service"));
                if !is_value {
                    names.insert(name.clone());
                    names.extend(keys(&item["members"]));
                }
            }
        }
        let sidecars = [&model.paginators, &model.waiters, &model.endpoint_rules];
        let mut expressions = String::new();
        for file in sidecars.into_iter().flatten() {
            expressions += str::from_utf8(&file.bytes).unwrap();
        }
        let service = str::from_utf8(&model.service.bytes).unwrap();
        // Expressions in the model itself are those of paginators, waiters and prefixes of hosts.
        for key in [
            "smithy.api#paginated",
            "waitable",
            "hostPrefix",
            "ContextParam",
        ] {
            expressions.extend(
                service
                    .split(key)
                    .skip(1)
                    .map(|it| it.get(..1200).unwrap_or(it)),
            );
        }
        let has_xml = XML.iter().any(|protocol| service.contains(protocol));
        let end = if has_xml { OF_XML_NAME } else { OF_NAME };
        for name in names {
            let short = name.rsplit('#').next().unwrap();
            let is_key = short.chars().all(|c| c.is_ascii_lowercase()) || short == "Message";
            if !is_key && !expressions.contains(short) {
                self.names.insert(name.clone(), format!("{name}{end}"));
            }
        }
    }

    /// Changes a value, given its key and the key of the object around it.
    fn value(&mut self, outer: &str, key: &str, value: Value) -> Value {
        match value {
            Value::Object(entries) => {
                let is_item = matches!(outer, "shapes" | "operations" | "members");
                let is_smithy = entries.contains_key("traits") || entries.contains_key("target");
                let mut changed: serde_json::Map<String, Value> = entries
                    .into_iter()
                    .map(|(name, value)| {
                        let value = self.value(key, &name, value);
                        (self.name(&name), value)
                    })
                    .collect();
                if is_item && is_smithy {
                    let traits = changed.entry("traits").or_insert(json!({}));
                    traits["smithy.api#documentation"] = self.doc();
                } else if is_item && !changed.contains_key("target") {
                    changed.insert("documentation".to_owned(), self.doc());
                }
                if changed.contains_key("deprecated") {
                    changed.insert("deprecatedMessage".to_owned(), self.doc());
                }
                Value::Object(changed)
            }
            Value::Array(values) => {
                let changed = values.into_iter().map(|it| self.value(outer, key, it));
                Value::Array(changed.collect())
            }
            Value::String(text) => Value::String(self.string(outer, key, text)),
            other => other,
        }
    }

    fn string(&mut self, outer: &str, key: &str, text: String) -> String {
        match key {
            "description" | "smithy.api#documentation" | "documentation" => self.text(),
            "message" if outer == "smithy.api#deprecated" => self.text(),
            "hostPrefix" => format!("a\"\\`<b>.{text}"),
            "enum" => text + OF_VALUE,
            // Braces enclose parameters.
            "error" => text + &OF_VALUE.replace(['{', '}'], ""),
            "signingName" if outer == "authSchemes" => text + &OF_NAME.replace(['{', '}'], ""),
            key if SERVICE_NAMES.contains(&key) => text + OF_NAME,
            key if VALUES.contains(&key) => text + OF_VALUE,
            _ => self.name(&text),
        }
    }

    fn name(&self, name: &str) -> String {
        self.names.get(name).map_or(name, String::as_str).to_owned()
    }

    fn doc(&mut self) -> Value {
        Value::String(self.text())
    }

    /// Returns the next text for documentation. Each second one consists of two.
    fn text(&mut self) -> String {
        self.docs += 1;
        let text = DOCS[self.docs % DOCS.len()];
        match self.docs % 2 {
            0 => text.to_owned(),
            _ => format!(
                "{text}{}",
                DOCS[(self.docs * 7 + self.docs / DOCS.len()) % DOCS.len()]
            ),
        }
    }
}

fn keys(object: &Value) -> impl Iterator<Item = String> {
    object
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, _)| key.clone())
}

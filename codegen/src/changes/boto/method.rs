//! A method as Python's users know it: what it does, how it is called, what it takes and gives.

use super::literal::quoted;
use crate::ir::{Member, Service, ShapeKind};

/// Writes the description of an operation.
pub(super) fn write(out: &mut String, service: &Service, name: &str) {
    let Some(operation) = service.operations.get(name) else {
        return;
    };
    let members = |id: &Option<String>| service.members(id.as_deref());
    let mut page = Page {
        service,
        out,
        open: Vec::new(),
        is_request: true,
    };
    page.paragraphs(0, &operation.documentation);
    page.paragraph(0, "See also: AWS API Documentation");
    page.paragraph(0, "Request Syntax");
    page.open.extend(operation.input.clone());
    let call = page.call(name, members(&operation.input));
    page.paragraph(4, &call);
    for member in members(&operation.input) {
        page.parameter(member);
    }
    page.open.clear();
    page.is_request = false;
    let Some(output) = &operation.output else {
        page.paragraph(0, "returns: None");
        return;
    };
    page.paragraph(0, "rtype: dict\nreturns:");
    page.paragraph(4, "Response Syntax");
    let response = page.syntax(output, 0);
    page.paragraph(8, &response);
    page.paragraph(4, "Response Structure");
    page.paragraph(8, "(dict) --");
    page.inside(10, output);
}

struct Page<'a> {
    service: &'a Service,
    out: &'a mut String,
    /// The shapes around the one that is written, lest it go on for ever.
    open: Vec<String>,
    /// What is required is told of requests alone.
    is_request: bool,
}

impl Page<'_> {
    /// The call with all that it takes.
    fn call(&mut self, operation: &str, members: &[Member]) -> String {
        let arguments: Vec<String> = members
            .iter()
            .map(|member| format!("    {}={}", member.name, self.syntax(&member.shape, 4)))
            .collect();
        let method = method_name(operation);
        match arguments.is_empty() {
            true => format!("client.{method}()"),
            false => format!("client.{method}(\n{}\n)", arguments.join(",\n")),
        }
    }

    /// What a value looks like, in lines that stand behind `indent` columns, but for the first.
    fn syntax(&mut self, id: &str, indent: usize) -> String {
        let Some(shape) = self.service.shapes.get(id) else {
            return "None".to_owned();
        };
        if self.open.iter().any(|other| other == id) {
            return "{'... recursive ...'}".to_owned();
        }
        self.open.push(id.to_owned());
        let (outer, inner) = (" ".repeat(indent), " ".repeat(indent + 4));
        let text = match &shape.kind {
            ShapeKind::Enum(values) => {
                let values: Vec<String> = values.iter().map(|it| quoted(&it.value)).collect();
                values.join("|")
            }
            ShapeKind::List(element) => {
                format!("[\n{inner}{},\n{outer}]", self.syntax(element, indent + 4))
            }
            ShapeKind::Map { key, value } => {
                let key = self.syntax(key, indent + 4);
                let value = self.syntax(value, indent + 4);
                format!("{{\n{inner}{key}: {value}\n{outer}}}")
            }
            kind @ (ShapeKind::Structure(_) | ShapeKind::Union(_)) => {
                let member = |it: &Member| {
                    let value = self.syntax(&it.shape, indent + 4);
                    format!("{inner}{}: {value}", quoted(&it.name))
                };
                let members: Vec<String> = kind.members().iter().map(member).collect();
                match members.is_empty() {
                    true => "{}".to_owned(),
                    false => format!("{{\n{}\n{outer}}}", members.join(",\n")),
                }
            }
            simple => python(simple).1.to_owned(),
        };
        self.open.pop();
        text
    }

    fn parameter(&mut self, member: &Member) {
        let (name, kind) = (&member.name, self.kind(&member.shape));
        let required = self.required(member);
        self.paragraph(0, &format!("type {name}: {kind}\nparam {name}:{required}"));
        self.words(4, &member.documentation, &member.shape);
        self.inside(4, &member.shape);
    }

    /// What a value is made of.
    fn inside(&mut self, indent: usize, id: &str) {
        let Some(shape) = self.service.shapes.get(id) else {
            return;
        };
        if self.open.iter().any(|other| other == id) {
            return;
        }
        self.open.push(id.to_owned());
        match &shape.kind {
            ShapeKind::List(element) => self.entry(indent, element),
            ShapeKind::Map { value, .. } => {
                self.paragraph(indent, "(string) --");
                self.entry(indent + 2, value);
            }
            kind => {
                for member in kind.members() {
                    let required = self.required(member);
                    let kind = self.kind(&member.shape);
                    self.paragraph(indent, &format!("{} ({kind}) --{required}", member.name));
                    self.words(indent + 2, &member.documentation, &member.shape);
                    self.inside(indent + 2, &member.shape);
                }
            }
        }
        self.open.pop();
    }

    /// An element or value, which has no name.
    fn entry(&mut self, indent: usize, id: &str) {
        let kind = self.kind(id);
        self.paragraph(indent, &format!("({kind}) --"));
        self.words(indent + 2, "", id);
        self.inside(indent + 2, id);
    }

    fn required(&self, member: &Member) -> &'static str {
        match member.required && self.is_request {
            true => " [REQUIRED]",
            false => "",
        }
    }

    fn kind(&self, id: &str) -> &'static str {
        let shape = self.service.shapes.get(id);
        shape.map_or("document", |shape| python(&shape.kind).0)
    }

    /// The words of a member or, where it has none, those of its shape.
    fn words(&mut self, indent: usize, own: &str, id: &str) {
        let shape = self.service.shapes.get(id);
        let words = match (own.trim(), shape) {
            ("", Some(shape)) => &shape.documentation,
            _ => own,
        };
        self.paragraphs(indent, words);
    }

    fn paragraphs(&mut self, indent: usize, documentation: &str) {
        let text = documentation.trim();
        if !text.is_empty() {
            self.paragraph(indent, text);
        }
    }

    /// An empty line, and then a text whose lines are indented.
    fn paragraph(&mut self, indent: usize, text: &str) {
        self.out.push('\n');
        for line in text.lines() {
            if !line.trim().is_empty() {
                self.out.push_str(&" ".repeat(indent));
            }
            self.out.push_str(line.trim_end());
            self.out.push('\n');
        }
    }
}

/// The type of a value in Python, and an example of one.
fn python(kind: &ShapeKind) -> (&'static str, &'static str) {
    match kind {
        ShapeKind::Boolean => ("boolean", "True|False"),
        ShapeKind::Byte
        | ShapeKind::Short
        | ShapeKind::Integer
        | ShapeKind::Long
        | ShapeKind::BigInteger => ("integer", "123"),
        ShapeKind::Float | ShapeKind::Double | ShapeKind::BigDecimal => ("float", "123.0"),
        ShapeKind::String | ShapeKind::Enum(_) => ("string", "'string'"),
        ShapeKind::Blob => ("bytes", "b'bytes'"),
        ShapeKind::Timestamp(_) => ("datetime", "datetime(2015, 1, 1)"),
        ShapeKind::Document => ("document", "{...}|[...]|123|123.4|'string'|True|None"),
        ShapeKind::List(_) => ("list", "[]"),
        ShapeKind::Map { .. } | ShapeKind::Structure(_) | ShapeKind::Union(_) => ("dict", "{}"),
    }
}

/// Words with capitals inside that Python's names take for one.
const ONE_WORD: [(&str, &str); 4] = [
    ("HITs", "Hits"),
    ("iSCSI", "Iscsi"),
    ("OTel", "Otel"),
    ("WhatsApp", "Whatsapp"),
];

/// The name of an operation's method in Python: words begin with a capital that a small letter
/// follows, and with a capital behind a small letter or digit.
fn method_name(operation: &str) -> String {
    let spell = |name: String, (word, one): &(&str, &str)| name.replace(word, one);
    let operation = ONE_WORD.iter().fold(operation.to_owned(), spell);
    let chars: Vec<char> = operation.chars().collect();
    let plural = is_plural_acronym(&chars);
    let mut name = String::new();
    let mut before = '_';
    for (i, &c) in chars.iter().enumerate() {
        let after = chars.get(i + 1).is_some_and(char::is_ascii_lowercase);
        let last = plural && i + 2 == chars.len();
        let begins = (after && !last) || before.is_ascii_lowercase() || before.is_ascii_digit();
        if c.is_ascii_uppercase() && begins && before != '_' {
            name.push('_');
        }
        name.push(c.to_ascii_lowercase());
        before = c;
    }
    name
}

/// Whether a name ends as `VPCs` does.
fn is_plural_acronym(name: &[char]) -> bool {
    matches!(name, [.., one, two, 's'] if one.is_ascii_uppercase() && two.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn method_names() {
        for (operation, method) in [
            ("DescribeIpGroups", "describe_ip_groups"),
            ("CreateDBCluster", "create_db_cluster"),
            ("ListSHA256Sums", "list_sha256_sums"),
            ("GetV2Policy", "get_v2_policy"),
            ("AssignIpv6Addresses", "assign_ipv6_addresses"),
            ("SendWhatsAppMessage", "send_whatsapp_message"),
            ("ListVPCs", "list_vpcs"),
        ] {
            assert_eq!(method_name(operation), method);
        }
    }
}

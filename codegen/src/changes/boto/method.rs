//! The documentation of a boto3 method: its description, syntax, parameters and result.

use super::ancestors::Ancestors;
use super::literal::quote;
use crate::ir::{Member, Service, ShapeKind};
use crate::markup::{Document, Links, beginning};

/// The maximum length of the documentation of a member in bytes. It is printed for each path to the member.
const MAX_DOCUMENTATION: usize = 4_000;

/// Writes the documentation of an operation.
pub(super) fn write(out: &mut String, service: &Service, name: &str, ancestors: &mut Ancestors) {
    let Some(operation) = service.operations.get(name) else {
        return;
    };
    let members = |id: &Option<String>| service.members(id.as_deref());
    let mut writer = MethodWriter {
        service,
        out,
        ancestors,
        is_request: true,
    };
    writer.paragraphs(0, &operation.documentation);
    writer.paragraph(0, "See also: AWS API Documentation");
    writer.paragraph(0, "Request Syntax");
    if let Some(input) = &operation.input {
        writer.ancestors.enter(input);
    }
    let call = writer.call(name, members(&operation.input));
    writer.paragraph(4, &call);
    for member in members(&operation.input) {
        writer.parameter(member);
    }
    writer.ancestors.leave();
    writer.is_request = false;
    let Some(output) = &operation.output else {
        writer.paragraph(0, "returns: None");
        return;
    };
    writer.paragraph(0, "rtype: dict\nreturns:");
    writer.paragraph(4, "Response Syntax");
    let response = writer.syntax(output, 0);
    writer.paragraph(8, &response);
    writer.paragraph(4, "Response Structure");
    writer.paragraph(8, "(dict) --");
    writer.contents(10, output);
}

struct MethodWriter<'a> {
    service: &'a Service,
    out: &'a mut String,
    /// The shapes that enclose the current one. They end the description of recursive shapes.
    ancestors: &'a mut Ancestors,
    /// Only requests mark required members.
    is_request: bool,
}

impl MethodWriter<'_> {
    /// Returns a call with all parameters.
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

    /// Returns the syntax of a value. All lines but the first are indented.
    fn syntax(&mut self, id: &str, indent: usize) -> String {
        let Some(shape) = self.service.shapes.get(id) else {
            return "None".to_owned();
        };
        if !self.ancestors.enter(id) {
            return "{'... recursive ...'}".to_owned();
        }
        let (outer, inner) = (" ".repeat(indent), " ".repeat(indent + 4));
        let text = match &shape.kind {
            ShapeKind::Enum(values) => {
                let values: Vec<String> = values.iter().map(|it| quote(&it.value)).collect();
                let values = values.join("|");
                self.ancestors.add(values.len());
                values
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
                    self.ancestors.add(indent + it.name.len());
                    let value = self.syntax(&it.shape, indent + 4);
                    format!("{inner}{}: {value}", quote(&it.name))
                };
                let members: Vec<String> = kind.members().iter().map(member).collect();
                match members.is_empty() {
                    true => "{}".to_owned(),
                    false => format!("{{\n{}\n{outer}}}", members.join(",\n")),
                }
            }
            simple => python_type(simple).1.to_owned(),
        };
        self.ancestors.leave();
        text
    }

    fn parameter(&mut self, member: &Member) {
        let (name, type_name) = (&member.name, self.type_name(&member.shape));
        let required = self.required_mark(member);
        let text = format!("type {name}: {type_name}\nparam {name}:{required}");
        self.paragraph(0, &text);
        self.documentation(4, &member.documentation, &member.shape);
        self.contents(4, &member.shape);
    }

    /// Writes the contents of a value.
    fn contents(&mut self, indent: usize, id: &str) {
        let Some(shape) = self.service.shapes.get(id) else {
            return;
        };
        if !self.ancestors.enter(id) {
            return;
        }
        match &shape.kind {
            ShapeKind::List(element) => self.entry(indent, element),
            ShapeKind::Map { value, .. } => {
                self.paragraph(indent, "(string) --");
                self.entry(indent + 2, value);
            }
            kind => {
                for member in kind.members() {
                    let required = self.required_mark(member);
                    let (name, type_name) = (&member.name, self.type_name(&member.shape));
                    self.paragraph(indent, &format!("{name} ({type_name}) --{required}"));
                    self.documentation(indent + 2, &member.documentation, &member.shape);
                    self.contents(indent + 2, &member.shape);
                }
            }
        }
        self.ancestors.leave();
    }

    /// Writes an element of a list or a value of a map.
    fn entry(&mut self, indent: usize, id: &str) {
        let type_name = self.type_name(id);
        self.paragraph(indent, &format!("({type_name}) --"));
        self.documentation(indent + 2, "", id);
        self.contents(indent + 2, id);
    }

    fn required_mark(&self, member: &Member) -> &'static str {
        match member.required && self.is_request {
            true => " [REQUIRED]",
            false => "",
        }
    }

    fn type_name(&self, id: &str) -> &'static str {
        let shape = self.service.shapes.get(id);
        shape.map_or("document", |shape| python_type(&shape.kind).0)
    }

    /// Writes the documentation of a member, or that of its shape if the member has none.
    fn documentation(&mut self, indent: usize, of_member: &str, id: &str) {
        let shape = self.service.shapes.get(id);
        let documentation = match (of_member.trim(), shape) {
            ("", Some(shape)) => &shape.documentation,
            _ => of_member,
        };
        self.paragraphs(indent, beginning(documentation, MAX_DOCUMENTATION));
    }

    fn paragraphs(&mut self, indent: usize, documentation: &str) {
        let text = Document::read(documentation, Links::Web).text();
        if !text.is_empty() {
            self.paragraph(indent, &text);
        }
    }

    /// Writes a blank line and indented text.
    fn paragraph(&mut self, indent: usize, text: &str) {
        if self.ancestors.is_too_long() {
            return;
        }
        self.out.push('\n');
        for line in text.lines() {
            self.ancestors.add(indent + line.len());
            if !line.trim().is_empty() {
                self.out.push_str(&" ".repeat(indent));
            }
            self.out.push_str(line.trim_end());
            self.out.push('\n');
        }
    }
}

/// The Python type of a value and an example of one.
fn python_type(kind: &ShapeKind) -> (&'static str, &'static str) {
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

/// Words with inner capitals that boto3 does not split, and the spellings that keep them whole.
const UNSPLIT_WORDS: [(&str, &str); 4] = [
    ("HITs", "Hits"),
    ("iSCSI", "Iscsi"),
    ("OTel", "Otel"),
    ("WhatsApp", "Whatsapp"),
];

/// The name of an operation's method in Python. A word starts at an uppercase letter that precedes a
/// lowercase letter, or that follows a lowercase letter or digit.
fn method_name(operation: &str) -> String {
    let respell = |name: String, (word, spelling): &(&str, &str)| name.replace(word, spelling);
    let operation = UNSPLIT_WORDS.iter().fold(operation.to_owned(), respell);
    let chars: Vec<char> = operation.chars().collect();
    let plural = is_plural_acronym(&chars);
    let mut name = String::new();
    let mut previous = '_';
    for (i, &c) in chars.iter().enumerate() {
        let precedes_lowercase = chars.get(i + 1).is_some_and(char::is_ascii_lowercase);
        let last = plural && i + 2 == chars.len();
        let starts_word = (precedes_lowercase && !last)
            || previous.is_ascii_lowercase()
            || previous.is_ascii_digit();
        if c.is_ascii_uppercase() && starts_word && previous != '_' {
            name.push('_');
        }
        name.push(c.to_ascii_lowercase());
        previous = c;
    }
    name
}

/// Whether a name ends with the plural of an acronym, like `VPCs`.
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
